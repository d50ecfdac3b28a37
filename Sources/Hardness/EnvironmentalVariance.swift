// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The environmental variance max_{s,a} Var_{t ∼ P(s,a)} V*(t), the square of the ``ValueNorm``.
///
/// The variance of row k is Σ_t P_k(t) (V*(t) − m)² with m = Σ_t P_k(t) V*(t); the end of an episode
/// counts as a next state of value 0.
///
/// - Assumes: nothing. It is 0 for deterministic dynamics.
/// - Guarantee: two-sided in spite of rounding: V* = v + e with |e| ≤ w changes a standard deviation
///   by at most w, since it is a seminorm; the rest is interval arithmetic.
/// - Complexity: O(entries).
/// - Source: [maillard2014].
public struct EnvironmentalVariance: Sendable {
  /// The greatest variance, in squared reward units.
  public let value: Measured
  /// The choice that has it, by the lower bounds.
  public let choice: Int

  /// The greatest standard deviation.
  let deviation: Measured

  /// Finds the greatest variance of a next value.
  public init(of bounds: ValueBounds) {
    let model = bounds.problem.dynamics
    let v = bounds.values.map(\.middle)
    let radius = bounds.values.reduce(0.0) { max($0, $1.width) }
    var (greatest, place) = (Measured(0), 0)
    for k in 0..<model.choiceCount {
      var next: [(value: Double, probability: Double)] = []
      model.transitions.forEachEntry(row: k) { t, p, _ in next.append((v[t], p)) }
      if let end = model.termination?[k], end > 0 { next.append((0, end)) }
      // One certain outcome has no variance, whatever its value.
      if next.count < 2 { continue }
      var mean = Measured(0)
      for (x, p) in next { mean = mean + Measured(x) * Measured(p) }
      var variance = Measured(0)
      for (x, p) in next {
        let distance = Measured(x) - mean
        let size = Measured(
          lower: distance.contains(0) ? 0 : min(abs(distance.lower), abs(distance.upper)),
          upper: max(abs(distance.lower), abs(distance.upper)))
        variance = variance + size.squareOfNonnegative * Measured(p)
      }
      let deviation = variance.squareRoot.widened(by: radius).atLeast(0)
      if deviation.lower > greatest.lower { place = k }
      greatest = greatest.maximum(deviation)
    }
    deviation = greatest
    value = greatest == Measured(0) ? greatest : greatest.squareOfNonnegative
    choice = place
  }
}
