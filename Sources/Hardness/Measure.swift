// SPDX-License-Identifier: Apache-2.0

/// The measures of hardness by name, so that a program can be told which to find.
public enum Measure: String, CaseIterable, Sendable {
  /// The least positive action gap; see ``ActionGaps``.
  case gap
  /// The median of the positive action gaps.
  case gapMedian = "gap-median"
  /// The greatest action gap.
  case gapGreatest = "gap-greatest"
  /// The sum of inverse gaps; see ``InverseGapSum``.
  case inverseGaps = "inverse-gaps"
  /// The span of V*; see ``ValueSpan``.
  case span
  /// The value norm; see ``ValueNorm``.
  case valueNorm = "value-norm"
  /// The environmental variance; see ``EnvironmentalVariance``.
  case variance
  /// The effective horizon; see ``EffectiveHorizon``.
  case effectiveHorizon = "effective-horizon"
  /// The diameter; see ``Diameter``.
  case diameter
  /// The one-way diameter; see ``OneWayDiameter``.
  case oneWayDiameter = "one-way-diameter"
  /// The mixing time of the optimal policy; see ``MixingTime``.
  case mixingTime = "mixing-time"
  /// The second eigenvalue of the optimal policy; see ``SecondEigenvalue``.
  case secondEigenvalue = "second-eigenvalue"
  /// Kemeny's constant of the optimal policy; see ``KemenyConstant``.
  case kemeny
  /// The concentrability of the optimal policy; see ``Concentrability``.
  case concentrability
  /// The concentrability of all policies; see ``UniformConcentrability``.
  case uniformConcentrability = "uniform-concentrability"
  /// The coverability; see ``Coverability``.
  case coverability
  /// The least eigenvalue of the feature covariance; see ``FeatureCovariance``.
  case featureEigenvalue = "feature-eigenvalue"

  /// What the measure is, in one line.
  public var summary: String {
    switch self {
    case .gap: "least positive gap V*(s) - Q*(s,a)"
    case .gapMedian: "median of the positive gaps"
    case .gapGreatest: "greatest gap"
    case .inverseGaps: "sum of 1/gap over positive gaps"
    case .span: "greatest less least V*"
    case .valueNorm: "greatest standard deviation of V*(next state)"
    case .variance: "greatest variance of V*(next state)"
    case .effectiveHorizon: "lookahead that makes the random policy's Q optimal"
    case .diameter: "longest best way between two states, expected steps"
    case .oneWayDiameter: "longest best way to a state of greatest V*"
    case .mixingTime: "steps of the optimal policy to total variation 1/4"
    case .secondEigenvalue: "modulus for the optimal policy's chain"
    case .kemeny: "expected steps to a stationary state, optimal policy"
    case .concentrability: "greatest optimal over random occupancy, C*"
    case .uniformConcentrability: "the same over all policies"
    case .coverability: "sum of the greatest occupancies of all choices"
    case .featureEigenvalue: "least eigenvalue of the features' covariance"
    }
  }

  /// What the number counts.
  public var unit: String {
    switch self {
    case .gap, .gapMedian, .gapGreatest, .span, .valueNorm: "reward"
    case .inverseGaps: "1/reward"
    case .variance: "reward^2"
    case .effectiveHorizon, .diameter, .oneWayDiameter, .mixingTime, .kemeny: "steps"
    case .secondEigenvalue, .concentrability, .uniformConcentrability, .coverability,
      .featureEigenvalue:
      "1"
    }
  }
}

/// What was found for one measure: a number, or why there is none.
public struct Finding: Sendable {
  /// The measure.
  public let measure: Measure
  /// The number; `nil` when the measure does not apply.
  public let value: Measured?
  /// Where the number comes from or, without one, why; one phrase.
  public let note: String
}
