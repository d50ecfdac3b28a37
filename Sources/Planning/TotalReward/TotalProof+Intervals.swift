// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels

extension TotalProof {
  /// (9) Interval iteration: sweeps that move both bounds inward as long as it pays.
  ///
  /// For a choice of s with x = bounds of r + Δ U and m the probability of leaving s, putting
  /// U(s) + x.high / m in the place of U(s) makes the choice's inequality an equality; the greatest
  /// such value over the choices, and some roundings more, keeps all strict. Lowering U(s) only helps
  /// other states. L mirrors this for the policy's choice. States that rest keep their bounds level,
  /// so they move only as one: they are left alone here.
  mutating func tighten(
    epsilon: Double, maximumIterations: Int, shouldContinue: (Int, Double) -> Bool
  ) -> (count: Int, status: SolveStatus) {
    let S = rows.stateCount
    let movableUpper = (0..<S).filter { hasUpper[$0] && isSingle($0) }
    let movableLower = (0..<S).filter { hasLower[$0] && !restsByPolicy($0) }
    var count = 0
    while true {
      let gap = (0..<S).reduce(0.0) {
        hasUpper[$1] && hasLower[$1] ? max($0, biasUpper[$1] - biasLower[$1]) : $0
      }
      if gap <= epsilon { return (count, .converged) }
      if count >= maximumIterations { return (count, .iterationLimit) }
      if !shouldContinue(count, gap) { return (count, .interrupted) }
      count += 1
      var moved = 0.0
      for s in movableUpper {
        var shift = -Double.infinity
        for k in rows.model.choices(of: s) where !leavesUpper(k) {
          let step = step(k, s, biasUpper)
          if step.mass > 0 { shift = max(shift, (step.high + step.margin) / step.mass) }
        }
        if shift < 0, shift.isFinite {
          moved = max(moved, -shift)
          biasUpper[s] += shift
        }
      }
      for s in movableLower {
        let step = step(choices[s], s, biasLower)
        guard step.mass > 0 else { continue }
        let shift = (step.low - step.margin) / step.mass
        if shift > 0, shift.isFinite {
          moved = max(moved, shift)
          biasLower[s] += shift
        }
      }
      if moved <= 1e-3 * gap { return (count, .precisionLimit) }
    }
  }

  /// Whether the state was not collapsed with others, and cannot rest.
  private func isSingle(_ s: Int) -> Bool {
    guard let quotient = upperQuotient, quotient.nodeOfState[s] >= 0 else { return false }
    return !quotient.rests(Int(quotient.nodeOfState[s]))
  }

  private func restsByPolicy(_ s: Int) -> Bool {
    let k = choices[s]
    return rows.model.rewards[k] == 0
      && rows.entries(k).allSatisfy { biasLower[Int(rows.columns[$0])] == biasLower[s] }
  }

  private func leavesUpper(_ k: Int) -> Bool {
    !rows.entries(k).allSatisfy { hasUpper[Int(rows.columns[$0])] }
  }

  /// Bounds on r + Δ x, the probability of leaving s, and room for storing x and for strictness.
  private func step(
    _ k: Int, _ s: Int, _ x: [Double]
  ) -> (low: Double, high: Double, mass: Double, margin: Double) {
    let b = rows.bounds(k, s, x)
    var mass = rows.ends[k]
    var size = abs(rows.model.rewards[k])
    for e in rows.entries(k) where Int(rows.columns[e]) != s {
      mass += rows.probabilities[e]
      size += rows.probabilities[e] * (abs(x[s]) + abs(x[Int(rows.columns[e])]))
    }
    size += mass * abs(x[s])
    return (b.low, b.high, mass, 128 * 0x1p-53 * size + 0x1p-960)
  }
}
