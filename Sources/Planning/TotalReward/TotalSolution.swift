// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels

/// What a total-reward planner returns.
public struct TotalSolution: Sendable {
  /// What is known of the optimal value of each state.
  public let values: [TotalValue]
  /// A stationary policy that earns at least the lower bounds.
  public let policy: DeterministicPolicy
  /// The proof; criterion `totalReward`.
  public let certificate: Certificate
  /// How much of the gap of finite values is there only to allow for rounding errors.
  public let roundingWidth: Double
  /// States from which a policy ends, or rests in states that pay nothing, with probability 1, in
  /// increasing order: the others have no proper policy.
  public let properStates: [Int]
  /// What was found and done, in words: among it where values are infinite or undecided, and why.
  public let notes: [String]

  /// How the method ended.
  public var status: SolveStatus { certificate.status }

  /// The middle of the interval of a finite value, ±∞ for an infinite one, NaN for an undecided one.
  public func value(of s: Int) -> Double {
    switch values[s] {
    case .finite(let bounds): 0.5 * bounds.lowerBound + 0.5 * bounds.upperBound
    case .infinite: .infinity
    case .minusInfinite: -.infinity
    case .atLeast, .atMost, .undecided: .nan
    }
  }
}
