// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels

/// Howard's multichain policy iteration: gain first, then bias.
///
///     repeat
///       g ← P* r,  h ← H r  for the policy π                                (1)
///       π′(s) ← argmax_k Σ_t P̂_k(t) g(t), π(s) kept if it is one            (2)
///       where none is better: π′(s) ← argmax_k r_k + Σ_t P̂_k(t) h(t)
///               among the choices that keep the gain, π(s) kept if it is one (3)
///     until π′ = π
///     bounds: each end component from the policy found, then joined         (4)
///
/// P* is the limiting matrix of π and H its deviation matrix, the Drazin inverse of I − P.
///
/// - Numerics: (1) is dense LAPACK, O(S³), for up to `denseLimit` states; larger models go straight
///   to (4). In (2) and (3) a choice counts as better only beyond rounding. (4) is policy iteration
///   within each component, which starts from π and usually only confirms it; large components are
///   first tried by a few sweeps of value iteration.
/// - Assumes: rows are divided by their exact sums; see `CertificateChecker+LongRun.swift`.
/// - Guarantee: L ≤ gain of the policy ≤ optimal gain ≤ U in every state, in spite of rounding.
/// - Deviates: (4) is not Howard's; it is what makes the answer certain.
/// - Complexity: O(S³) a round; sparse LU within components.
/// - Source: [puterman1994], section 9.2.1; [howard1960].
public struct MultichainPolicyIteration: AverageRewardPlanner {
  /// The method's name on the command line.
  public static let name = "multichain-pi"
  /// One line for lists.
  public static let summary = "Howard's multichain policy iteration: gain and bias by LAPACK"
  /// The number of states up to which (1) is done.
  public static let denseLimit = 600

  /// Creates the method.
  public init() {}

  /// Solves a problem.
  public func solve(
    _ problem: AverageRewardMDP, stopping: StoppingRule, monitor: SolveMonitor
  ) throws -> AverageSolution {
    let model = problem.dynamics
    let rows = LongRunRows(model)
    let parts = AverageParts(rows)
    var notes = [parts.note]
    var start: [Int]?
    if !parts.isWeaklyCommunicating, model.stateCount <= Self.denseLimit {
      let howard = try improve(rows, model, stopping, monitor)
      start = howard.choices
      notes.append("\(howard.rounds) rounds of multichain policy iteration")
    }
    let found = try parts.stages { local in  // (4)
      try Self.local(local, from: start, stopping: stopping) { iteration, gap in
        monitor.shouldContinue(
          SolveProgress(method: Self.name, iteration: iteration, gap: gap))
      }
    }
    return try AverageSolution(
      found.stages, model: model, method: Self.name, locals: found.locals,
      epsilon: stopping.epsilon, notes: notes)
  }

  /// The states from which a part is first tried by value iteration: on mixing models a few sweeps
  /// reach the last digit, where a sparse LU may fill up.
  private static let iterateFirst = 300

  /// Policy iteration in one part, with value iteration before it on large parts and as the last
  /// resort.
  static func local(
    _ problem: LocalProblem, from start: [Int]?, stopping: StoppingRule,
    shouldContinue: (Int, Double) -> Bool
  ) throws -> LocalGain {
    let zero = [Double](repeating: 0, count: problem.rows.stateCount)
    var start = start
    if problem.states.count >= iterateFirst {
      let quick = LocalGain.iterate(
        problem, from: zero, step: 0.9, epsilon: stopping.epsilon / 2,
        maximumIterations: min(stopping.maximumIterations, 200), shouldContinue: shouldContinue)
      if quick.status == .converged || quick.status == .precisionLimit { return quick }
      start = start ?? quick.choices
    }
    let found = try? CommunicatingPolicyIteration(problem).solve(
      from: start, epsilon: stopping.epsilon / 2,
      maximumIterations: min(stopping.maximumIterations, 1_000), shouldContinue: shouldContinue)
    if let found, found.gap <= max(stopping.epsilon / 2, 64 * found.roundingWidth) { return found }
    let iterated = LocalGain.iterate(
      problem, from: found?.bias ?? zero, step: 0.75, epsilon: stopping.epsilon / 2,
      maximumIterations: min(stopping.maximumIterations, 100_000), shouldContinue: shouldContinue)
    if let found, found.gap <= iterated.gap { return found }
    return iterated
  }

  private func improve(
    _ rows: LongRunRows, _ model: TabularMDP, _ stopping: StoppingRule, _ monitor: SolveMonitor
  ) throws -> (choices: [Int], rounds: Int) {
    var choices = (0..<model.stateCount).map { s in
      model.choices(of: s).reduce(model.choices(of: s).lowerBound) {
        model.rewards[$1] > model.rewards[$0] ? $1 : $0
      }
    }
    for round in 1...200 {
      let chain = try LimitingMatrices(choices, rows)
      let r = choices.map { model.rewards[$0] }
      let (g, h) = (chain.gain(r), chain.bias(r))  // (1)
      let scale = 1e-11 * largestMagnitude(g)
      var next = choices
      for s in 0..<model.stateCount {
        var best = choices[s]
        var top = rows.change(best, s, g) + scale
        for k in model.choices(of: s) where rows.change(k, s, g) > top {  // (2)
          (best, top) = (k, rows.change(k, s, g))
        }
        if best == choices[s] {
          let kept = rows.change(best, s, g) - 2 * scale
          let b = rows.bounds(best, s, h)
          top = b.high + 1e-10 * (abs(g[s]) + abs(h[s]))
          for k in model.choices(of: s)
          where rows.change(k, s, g) >= kept && rows.bounds(k, s, h).low > top {  // (3)
            (best, top) = (k, rows.bounds(k, s, h).low)
          }
        }
        next[s] = best
      }
      let goesOn = monitor.shouldContinue(
        SolveProgress(method: Self.name, iteration: round, gap: .infinity))
      if next == choices || !goesOn { return (choices, round) }
      choices = next
    }
    return (choices, 200)
  }
}
