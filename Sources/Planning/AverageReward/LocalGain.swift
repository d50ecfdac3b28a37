// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels

/// States with choices that never leave them: a model of its own, in which all can reach all, or all
/// but some transient states can.
struct LocalProblem {
  let rows: LongRunRows
  let states: [Int]
  /// Where the choices of `states[i]` start in `choices`; one entry more than states.
  let pointers: [Int]
  let choices: [Int]

  /// The states and choices of an end component.
  init(_ rows: LongRunRows, _ component: EndComponents.Component) {
    self.rows = rows
    states = component.states
    choices = component.choices
    var pointers = [0]
    var next = 0
    for s in states {
      while next < choices.count, choices[next] < rows.model.choicePointers[s + 1] { next += 1 }
      pointers.append(next)
    }
    self.pointers = pointers
  }

  /// All states with all choices.
  init(whole rows: LongRunRows) {
    self.rows = rows
    states = Array(0..<rows.stateCount)
    pointers = rows.model.choicePointers
    choices = Array(0..<rows.choiceCount)
  }

  /// The choices of the i-th state.
  func choices(_ i: Int) -> ArraySlice<Int> { choices[pointers[i]..<pointers[i + 1]] }
}

/// A gain common to all states of a local problem, with its bounds and what proves them.
///
/// For any vector h the numbers of a step, d(s) = max_k r_k + change(k, s, h), enclose the optimal
/// gain: min d ≤ gain of the greedy policy ≤ optimal gain ≤ max d, since h telescopes away in the
/// long run. The bounds are rounded outward by `LongRunRows.bounds`.
///
/// - Source: [odoni1969]; [puterman1994], Theorem 8.5.5.
struct LocalGain {
  /// h, for all states of the model; only those of the problem count.
  var bias: [Double]
  /// The greedy choice of each state; only those of the problem count.
  var choices: [Int]
  var lower: Double
  var upper: Double
  /// How much of `upper − lower` is there for rounding only.
  var roundingWidth: Double
  var iterations = 0
  var status = SolveStatus.converged

  var gap: Double { upper - lower }

  /// Certified bounds from a vector.
  init(_ problem: LocalProblem, bias h: [Double]) {
    let rows = problem.rows
    bias = h
    choices = [Int](repeating: 0, count: rows.stateCount)
    lower = .infinity
    upper = -.infinity
    roundingWidth = 0
    for (i, s) in problem.states.enumerated() {
      var best = -Double.infinity
      for k in problem.choices(i) {
        let b = rows.bounds(k, s, h)
        upper = b.high.isNaN ? .infinity : max(upper, b.high)
        roundingWidth = max(roundingWidth, b.high - b.low)
        if b.low > best || best == -.infinity {
          best = b.low
          choices[s] = k
        }
      }
      lower = best.isNaN ? -.infinity : min(lower, best)
    }
  }

  /// Relative value iteration on the lazy chain, from the vector `h`.
  ///
  /// h ← h + τ (d − m), d as above and m the middle of its range: the step τ < 1 is the aperiodicity
  /// transform (with probability 1 − τ nothing happens), without which periodic policies make it
  /// swing for ever.
  static func iterate(
    _ problem: LocalProblem, from start: [Double], step tau: Double, epsilon: Double,
    maximumIterations: Int, shouldContinue: (_ iteration: Int, _ gap: Double) -> Bool
  ) -> LocalGain {
    let rows = problem.rows
    var h = start
    var d = h
    var best = LocalGain(problem, bias: h)
    var nextCheck = 1
    var iteration = 0
    while true {
      var (low, high) = (Double.infinity, -Double.infinity)
      for (i, s) in problem.states.enumerated() {
        var value = -Double.infinity
        for k in problem.choices(i) {
          value = max(value, rows.model.rewards[k] + rows.change(k, s, h))
        }
        d[s] = value
        (low, high) = (min(low, value), max(high, value))
      }
      let isClose = high - low <= max(0.5 * epsilon, 2 * best.roundingWidth)
      if isClose || iteration >= nextCheck {
        nextCheck = 2 * iteration
        let found = LocalGain(problem, bias: h)
        if found.gap < best.gap || iteration == 0 { best = found }
        best.iterations = iteration
        if best.gap <= epsilon { return best }
        if isClose && best.gap <= 4 * best.roundingWidth {
          best.status = .precisionLimit
          return best
        }
      }
      if iteration >= maximumIterations || !shouldContinue(iteration, best.gap) {
        let found = LocalGain(problem, bias: h)
        if found.gap < best.gap { best = found }
        best.iterations = iteration
        best.status =
          best.gap <= epsilon
          ? .converged : iteration >= maximumIterations ? .iterationLimit : .interrupted
        return best
      }
      iteration += 1
      let middle = 0.5 * low + 0.5 * high
      for s in problem.states { h[s] += tau * (d[s] - middle) }
    }
  }
}
