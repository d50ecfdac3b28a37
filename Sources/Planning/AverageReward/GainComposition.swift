// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels

/// Joins the gains of the end components into certified bounds for every state.
///
///     nodes: the end components, each as one, and the states in none           (1)
///     y(node) = max{ upper gain if it is a component,
///                    max over choices that leave: Σ_t P̂(t) y(t) + δ }           (2)
///     π: stay where staying is best, else go to the best way out               (3)
///     z(s) = lower gain where π stays, Σ_t P̂_π(t) z(t) − δ elsewhere            (4)
///     check the conditions of the certificate; if one fails, δ ← 16 δ          (5)
///
/// No policy can stay outside components, so (2) is a problem in which every policy ends: policy
/// iteration solves it. The slack δ, a few roundings, makes every choice that leaves lose gain in y
/// and win gain in z **strictly**; the certificate then asks nothing about biases there, and within a
/// component the local bias proves the rest.
///
/// - Guarantee: the certificate holds; if (5) never succeeds it is the trivial one,
///   min r ≤ gain ≤ max r.
/// - Source: [ashok2017] for the decomposition; the slack is ours.
struct GainComposition {
  let rows: LongRunRows
  let components: EndComponents
  let locals: [LocalGain]

  /// The two stages of an average-reward certificate.
  struct Stages {
    var gainLower: [Double]
    var gainUpper: [Double]
    var biasLower: [Double]
    var biasUpper: [Double]
    var choices: [Int]
    /// How much of the gain bounds' distance, in the state where it is most, is there for rounding
    /// only: that of the components' own bounds, and what the slack δ moves.
    var roundingWidth: Double
    var isTrivial = false
  }

  /// One gain for all states: the bounds of the local problem that holds the whole model.
  static func constant(_ local: LocalGain) -> Stages {
    let n = local.bias.count
    return Stages(
      gainLower: [Double](repeating: local.lower, count: n),
      gainUpper: [Double](repeating: local.upper, count: n),
      biasLower: local.bias, biasUpper: local.bias, choices: local.choices,
      roundingWidth: local.roundingWidth)
  }

  func stages() throws -> Stages {
    let S = rows.stateCount
    var scale = 0.0
    for local in locals { scale = max(scale, max(abs(local.lower), abs(local.upper))) }
    guard scale.isFinite else { return trivial() }
    var nodeOfState = components.componentOfState
    var nodes = components.components.map { $0.states }
    for s in 0..<S where nodeOfState[s] < 0 {
      nodeOfState[s] = Int32(nodes.count)
      nodes.append([s])
    }
    let inside = Set(components.components.flatMap(\.choices))
    let quotient = problem(nodes, nodeOfState, inside)  // (1)
    let first = (0..<nodes.count).map { quotient.choices($0).lowerBound }
    var bias = [Double](repeating: 0, count: S)
    for (i, component) in components.components.enumerated() {
      for s in component.states { bias[s] = locals[i].bias[s] }
    }
    var delta = max(scale * 0x1p-47, 0x1p-900)
    for _ in 0..<12 {
      let slack: (Int) -> Double = {
        quotient.origins[$0] < 0 ? 0 : delta * quotient.masses[$0]
      }
      guard let y = try? quotient.optimum(from: first, slack: slack) else { break }  // (2)
      var upper = (0..<S).map { y.values[Int(nodeOfState[$0])] }
      for (i, component) in components.components.enumerated() {
        for s in component.states { upper[s] = max(upper[s], locals[i].upper) }
      }
      let choices = policy(quotient, y.policy, nodeOfState, inside)  // (3)
      let lower = try lowerGains(choices, y.policy, quotient, nodeOfState, delta)  // (4)
      var found = Stages(
        gainLower: lower, gainUpper: upper, biasLower: bias, biasUpper: bias, choices: choices,
        roundingWidth: 0)
      if holds(found) {  // (5)
        let plain = try quotient.values(y.policy) { _ in 0 }
        let plainLower = try lowerGains(choices, y.policy, quotient, nodeOfState, 0)
        for s in 0..<S {
          let moved =
            (y.values[Int(nodeOfState[s])] - plain[Int(nodeOfState[s])])
            + (plainLower[s] - lower[s])
          found.roundingWidth = max(found.roundingWidth, moved)
        }
        found.roundingWidth += locals.reduce(0) { max($0, $1.roundingWidth) }
        return found
      }
      delta *= 16
    }
    return trivial()
  }

  private func problem(
    _ nodes: [[Int]], _ nodeOfState: [Int32], _ inside: Set<Int>
  ) -> ProperProblem {
    var problem = ProperProblem()
    for (i, states) in nodes.enumerated() {
      if i < locals.count {
        problem.addChoice(origin: -1, reward: locals[i].upper, end: 1, entries: [])
      }
      for s in states {
        for k in rows.model.choices(of: s) where i >= locals.count || !inside.contains(k) {
          problem.addChoice(k, reward: 0, of: i, rows, nodeOfState: nodeOfState)
        }
      }
      problem.endNode()
    }
    return problem
  }

  private func policy(
    _ quotient: ProperProblem, _ chosen: [Int], _ nodeOfState: [Int32], _ inside: Set<Int>
  ) -> [Int] {
    var choices = (0..<rows.stateCount).map { rows.model.choices(of: $0).lowerBound }
    let sources = EndComponents.Sources(rows)
    for node in 0..<quotient.nodeCount {
      let k = quotient.origins[chosen[node]]
      guard node < locals.count else {
        let s = rows.model.state(ofChoice: k)
        choices[s] = k
        continue
      }
      let component = components.components[node]
      if k < 0 {
        for s in component.states { choices[s] = locals[node].choices[s] }
        continue
      }
      let exit = rows.model.state(ofChoice: k)
      choices[exit] = k
      var reached: Set<Int> = [exit]
      var queue = [exit]
      var next = 0
      while next < queue.count {
        for j in sources.of(queue[next]).map({ Int($0) }) where inside.contains(j) {
          let s = rows.model.state(ofChoice: j)
          if nodeOfState[s] == Int32(node), reached.insert(s).inserted {
            choices[s] = j
            queue.append(s)
          }
        }
        next += 1
      }
    }
    return choices
  }

  private func lowerGains(
    _ choices: [Int], _ chosen: [Int], _ quotient: ProperProblem, _ nodeOfState: [Int32],
    _ delta: Double
  ) throws -> [Double] {
    var chain = ProperProblem()
    let identity = (0..<rows.stateCount).map { Int32($0) }
    var stays: [Int] = []
    for s in 0..<rows.stateCount {
      let node = Int(nodeOfState[s])
      if node < locals.count, quotient.origins[chosen[node]] < 0 {
        chain.addChoice(origin: -1, reward: locals[node].lower, end: 1, entries: [])
        stays.append(s)
      } else {
        chain.addChoice(choices[s], reward: 0, of: s, rows, nodeOfState: identity)
      }
      chain.endNode()
    }
    var z = try chain.values(Array(0..<rows.stateCount)) {
      chain.origins[$0] < 0 ? 0 : -delta * chain.masses[$0]
    }
    for s in stays { z[s] = locals[Int(nodeOfState[s])].lower }
    return z
  }

  /// The conditions of the certificate, with room for the checker's rounding.
  private func holds(_ stages: Stages) -> Bool {
    for s in 0..<rows.stateCount {
      for k in rows.model.choices(of: s) {
        if rows.keeps(k, s, stages.gainUpper) {
          guard rows.bounds(k, s, stages.biasUpper).high <= stages.gainUpper[s] else {
            return false
          }
        } else if !(rows.bounds(k, s, stages.gainUpper, reward: 0).high < 0) {
          return false
        }
      }
      let k = stages.choices[s]
      if rows.keeps(k, s, stages.gainLower) {
        guard rows.bounds(k, s, stages.biasLower).low >= stages.gainLower[s] else { return false }
      } else if !(rows.bounds(k, s, stages.gainLower, reward: 0).low > 0) {
        return false
      }
    }
    return true
  }

  /// min r ≤ gain ≤ max r, with h = 0.
  private func trivial() -> Stages {
    let range = rows.model.rewardRange
    let S = rows.stateCount
    // An end pays nothing for ever.
    let ends = rows.ends.contains { $0 > 0 }
    let low = ends ? min(0, range.lowerBound) : range.lowerBound
    let high = ends ? max(0, range.upperBound) : range.upperBound
    let zero = [Double](repeating: 0, count: S)
    let margin = 64 * 0x1p-53 * max(abs(low), abs(high)) + 0x1p-900
    return Stages(
      gainLower: [Double](repeating: low - margin, count: S),
      gainUpper: [Double](repeating: high + margin, count: S), biasLower: zero, biasUpper: zero,
      choices: (0..<S).map { rows.model.choices(of: $0).lowerBound }, roundingWidth: 2 * margin,
      isTrivial: true)
  }
}
