// SPDX-License-Identifier: Apache-2.0

/// What the measurement says about a claim.
///
/// An upper bound is never confirmed by a smaller measurement: it is `notViolated`.
public enum Verdict: String, CaseIterable, Sendable {
  /// The prediction is an equality or a shape, and the measurement agrees within its interval.
  case consistent
  /// The prediction is one-sided, and the measurement is on the allowed side.
  case notViolated = "not violated"
  /// The measurement excludes the prediction.
  case inconsistent
  /// The measurement allows both, or a control did not behave as it must.
  case inconclusive
}

/// One comparison of a prediction with a measurement.
public struct Check: Sendable {
  /// What is compared.
  public let name: String
  /// What was predicted, as text with its number.
  public let predicted: String
  /// What was measured, as text with its interval.
  public let measured: String
  /// What follows.
  public let verdict: Verdict
  /// Whether this is a negative control, which must come out as stated for the rest to count.
  public let isControl: Bool

  /// Creates a check.
  public init(
    _ name: String, predicted: String, measured: String, verdict: Verdict, isControl: Bool = false
  ) {
    self.name = name
    self.predicted = predicted
    self.measured = measured
    self.verdict = verdict
    self.isControl = isControl
  }
}

/// The verdict on a claim, with what it rests on.
public struct Judgement: Sendable {
  /// The comparisons, controls included.
  public let checks: [Check]
  /// One sentence with numbers.
  public let finding: String

  /// Creates a judgement.
  ///
  /// - Precondition: there is a check that is not a control.
  public init(_ checks: [Check], finding: String) {
    precondition(checks.contains { !$0.isControl }, "a judgement needs a check")
    self.checks = checks
    self.finding = finding
  }

  /// The verdict that follows from the checks.
  ///
  /// A control that did not behave makes the verdict `inconclusive`, unless a check already excludes
  /// the claim. `consistent` needs a check that could have been consistent; one-sided checks alone
  /// give `notViolated`.
  public var verdict: Verdict {
    let main = checks.filter { !$0.isControl }.map(\.verdict)
    if main.contains(.inconsistent) { return .inconsistent }
    let failed: Set<Verdict> = [.inconsistent, .inconclusive]
    if main.contains(.inconclusive) || checks.contains(where: { failed.contains($0.verdict) }) {
      return .inconclusive
    }
    return main.contains(.consistent) ? .consistent : .notViolated
  }
}
