// SPDX-License-Identifier: Apache-2.0

/// What a total-reward certificate says about one state.
public enum TotalValue: Equatable, Sendable {
  /// The optimal value lies between the bounds, and the policy's value is at least the lower one.
  case finite(ClosedRange<Double>)
  /// The policy earns more than any number: its gain is positive.
  case infinite
  /// Every policy loses more than any number: every gain is negative.
  case minusInfinite
  /// The policy earns at least this much; no upper bound was found.
  case atLeast(Double)
  /// No policy earns more than this; no lower bound was found.
  case atMost(Double)
  /// Nothing was proved: the best gain is too near to zero.
  case undecided
}

extension Certificate {
  /// What the certificate says about the total reward from a state.
  ///
  /// - Precondition: the criterion is ``Criterion/totalReward``, with its two stages.
  public func totalValue(of s: Int) -> TotalValue {
    precondition(criterion == .totalReward && stages.count == 2, "not a total-reward certificate")
    let (value, gain) = (stages[0], stages[1])
    if gain.lower[s] > 0 { return .infinite }
    if gain.upper[s] < 0 { return .minusInfinite }
    switch (gain.lower[s] == 0, gain.upper[s] == 0) {
    case (true, true):
      // An accepted certificate has L ≤ V ≤ U; whatever else is stored proves nothing.
      return value.lower[s] <= value.upper[s]
        ? .finite(value.lower[s]...value.upper[s]) : .undecided
    case (true, false): return .atLeast(value.lower[s])
    case (false, true): return .atMost(value.upper[s])
    case (false, false): return .undecided
    }
  }
}
