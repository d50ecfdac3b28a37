// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The concentrability of all policies, sup_π max_{s,a} d^π(s, a)/μ(s, a).
///
/// - Assumes: μ covers every choice that some policy can take.
/// - Guarantee: two-sided in spite of rounding.
/// - Complexity: that of ``GreatestVisits``.
/// - Source: [chen2019] (admissible distributions stage by stage there; the normalized
///   discounted occupancy here).
public struct UniformConcentrability: Sendable {
  /// The constant.
  public let value: Measured
  /// The choice that has it, by the lower bounds.
  public let choice: Int

  /// Finds the constant.
  ///
  /// - Parameters:
  ///   - visits: The greatest occupancies.
  ///   - data: The distribution μ; the uniform policy's occupancy if absent.
  /// - Throws: ``HardnessError/uncovered(_:)``; errors of a factorization.
  public init(of visits: GreatestVisits, data: DataDistribution? = nil) throws {
    let data = try data ?? DataDistribution.uniformPolicy(in: visits.problem)
    (value, choice) = try Concentrability.greatestRatio(
      visits.visits, data.weights, visits.problem.dynamics)
  }
}
