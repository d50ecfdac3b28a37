// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The concentrability C* = max_{s,a} d^π(s, a)/μ(s, a) of an optimal policy π against data from μ.
///
/// d^π is the normalized discounted occupancy from the start distribution. 0/0 counts as 0: a choice
/// that π never takes needs no data.
///
/// - Assumes: μ covers π.
/// - Guarantee: two-sided in spite of rounding, for the policy of the ``ValueBounds``. Other optimal
///   policies have other constants.
/// - Complexity: one factorization and O(entries).
/// - Source: [rashidinejad2021], Definition 1.
public struct Concentrability: Sendable {
  /// The constant.
  public let value: Measured
  /// The choice that has it, by the lower bounds.
  public let choice: Int

  /// Finds the constant of the optimal policy.
  ///
  /// - Parameters:
  ///   - bounds: Bounds on the values, with the policy.
  ///   - data: The distribution μ; the uniform policy's occupancy if absent.
  /// - Throws: ``HardnessError/uncovered(_:)`` with a choice that the policy takes and μ does not;
  ///   errors of a factorization.
  public init(of bounds: ValueBounds, data: DataDistribution? = nil) throws {
    let problem = bounds.problem
    let model = problem.dynamics
    let target = try DataDistribution(
      occupancyOf: StochasticPolicy(bounds.policy, of: model), in: problem)
    let data = try data ?? DataDistribution.uniformPolicy(in: problem)
    (value, choice) = try Self.greatestRatio(target.weights, data.weights, model)
  }

  /// The greatest of the ratios, and where it is.
  static func greatestRatio(
    _ target: [Measured], _ data: [Measured], _ model: TabularMDP
  ) throws(HardnessError) -> (Measured, Int) {
    guard data.count == target.count else {
      throw .wrongCount(array: "weights", expected: target.count, found: data.count)
    }
    var (greatest, place) = (Measured(0), 0)
    for k in target.indices where target[k] != Measured(0) {
      guard data[k].upper > 0 else { throw .uncovered(model.place(choice: k)) }
      let ratio = target[k].divided(by: data[k]).atLeast(0)
      if ratio.lower > greatest.lower { place = k }
      greatest = greatest.maximum(ratio)
    }
    return (greatest, place)
  }
}
