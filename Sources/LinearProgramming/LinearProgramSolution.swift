// SPDX-License-Identifier: Apache-2.0

/// How a linear program ended, and its solution if it has one.
///
/// - Postconditions: when ``status`` is `optimal`, x is feasible and the duals are, each within the
///   solver's tolerance of 10⁻⁷. The reduced costs are d = c − Aᵀy for either sense, so that yᵢ is
///   the rate at which the optimal objective changes with the bound that row i attains.
public struct LinearProgramSolution: Equatable, Sendable {
  /// How the solver ended.
  public enum Status: Equatable, Sendable {
    /// x is optimal.
    case optimal
    /// No x satisfies the bounds.
    case infeasible
    /// The bounds can be satisfied, and the objective is unbounded.
    case unbounded
    /// The solver did as many iterations as it was allowed.
    case iterationLimit
  }

  /// How the solver ended.
  public let status: Status
  /// The objective at x; infinite, with the sign of the extremum over no or all x, for an infeasible
  /// or unbounded program.
  public let objective: Double
  /// The variables; the last point that was tried when the status is not `optimal`.
  public let x: [Double]
  /// The multiplier y of each row.
  public let rowDuals: [Double]
  /// The reduced cost d of each variable.
  public let reducedCosts: [Double]
  /// The number of simplex iterations.
  public let iterations: Int
}

extension LinearProgram {
  /// The greatest amount by which x violates a bound of a row or of a variable.
  ///
  /// - Complexity: O(m + n + coefficients).
  public func violation(of x: [Double]) -> Double {
    var activity = [Double](repeating: 0, count: rowCount)
    var worst = 0.0
    for j in 0..<columnCount {
      worst = max(worst, columnBounds[j].distance(of: x[j]))
      for k in columnPointers[j]..<columnPointers[j + 1] {
        activity[Int(rows[k])] += coefficients[k] * x[j]
      }
    }
    for i in 0..<rowCount { worst = max(worst, rowBounds[i].distance(of: activity[i])) }
    return worst
  }

  /// The bound on the optimal objective that any multipliers give: from below for a minimum, from
  /// above for a maximum.
  ///
  /// For a minimum Σᵢ min{yᵢ b : b in the bounds of row i} + Σⱼ min{dⱼ x : x in the bounds of j}
  /// with d = c − Aᵀy; terms whose multiplier is at most `tolerance` in magnitude are left out when
  /// the bound they need is infinite.
  ///
  /// - Parameters:
  ///   - y: The multiplier y of each row.
  ///   - tolerance: What counts as zero.
  /// - Returns: The bound; infinite when the multipliers give none.
  /// - Complexity: O(m + n + coefficients).
  public func dualObjective(rowDuals y: [Double], tolerance: Double = 1e-7) -> Double {
    let sign = sense == .minimize ? 1.0 : -1.0
    var total = 0.0
    func add(_ multiplier: Double, _ bounds: Bounds) {
      let end = sign * multiplier > 0 ? bounds.lower : bounds.upper
      guard multiplier != 0, end.isFinite || abs(multiplier) > tolerance else { return }
      total += multiplier * end
    }
    for i in 0..<rowCount { add(y[i], rowBounds[i]) }
    for j in 0..<columnCount {
      var d = objective[j]
      for k in columnPointers[j]..<columnPointers[j + 1] { d -= coefficients[k] * y[Int(rows[k])] }
      add(d, columnBounds[j])
    }
    return total
  }
}

extension LinearProgram.Bounds {
  /// How far a value lies outside.
  fileprivate func distance(of value: Double) -> Double { max(0, lower - value, value - upper) }
}
