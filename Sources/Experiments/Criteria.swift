// SPDX-License-Identifier: Apache-2.0
import Statistics

// The comparisons that criteria are made of. Each is written so that too few trials give
// `inconclusive` and never a pass.

extension Check {
  /// An equality up to a tolerance stated beforehand.
  ///
  /// `consistent` if the whole interval lies within the tolerance, `inconsistent` if it lies outside,
  /// `inconclusive` otherwise (two one-sided tests).
  public static func equals(
    _ name: String, _ interval: ConfidenceInterval, _ prediction: Double, within tolerance: Double,
    isControl: Bool = false
  ) -> Check {
    let (low, high) = (prediction - tolerance, prediction + tolerance)
    let verdict: Verdict =
      low <= interval.lower && interval.upper <= high
      ? .consistent : interval.upper < low || interval.lower > high ? .inconsistent : .inconclusive
    return Check(
      name, predicted: "\(text(prediction)) ± \(text(tolerance))", measured: interval.text,
      verdict: verdict, isControl: isControl)
  }

  /// An upper bound: `notViolated` if the whole interval lies below it.
  public static func atMost(
    _ name: String, _ interval: ConfidenceInterval, _ bound: Double, isControl: Bool = false
  ) -> Check {
    let verdict: Verdict =
      interval.upper <= bound
      ? .notViolated : interval.lower > bound ? .inconsistent : .inconclusive
    return Check(
      name, predicted: "at most \(text(bound))", measured: interval.text, verdict: verdict,
      isControl: isControl)
  }

  /// A lower bound: `notViolated` if the whole interval lies above it.
  public static func atLeast(
    _ name: String, _ interval: ConfidenceInterval, _ bound: Double, isControl: Bool = false
  ) -> Check {
    let verdict: Verdict =
      interval.lower >= bound
      ? .notViolated : interval.upper < bound ? .inconsistent : .inconclusive
    return Check(
      name, predicted: "at least \(text(bound))", measured: interval.text, verdict: verdict,
      isControl: isControl)
  }

  /// A statement that must hold with probability at least `probability`: the count of trials in which
  /// it held, with a two-sided 95 % interval of Clopper and Pearson.
  ///
  /// - Precondition: `0 ≤ held ≤ trials`, `trials ≥ 1`.
  /// - Throws: `StatisticsError` if the precondition does not hold.
  public static func coverage(
    _ name: String, held: Int, of trials: Int, atLeast probability: Double,
    isControl: Bool = false
  ) throws -> Check {
    let interval = try Proportion.clopperPearson(successes: held, trials: trials)
    let verdict: Verdict =
      interval.lower >= probability
      ? .notViolated : interval.upper < probability ? .inconsistent : .inconclusive
    return Check(
      name, predicted: "at least \(text(probability))",
      measured: "\(held) of \(trials): \(interval.text)", verdict: verdict, isControl: isControl)
  }

  /// A quantity that is computed, not estimated, and must equal a number up to rounding.
  public static func identity(
    _ name: String, _ value: Double, _ prediction: Double, tolerance: Double,
    isControl: Bool = false
  ) -> Check {
    Check(
      name, predicted: "\(text(prediction, digits: 6)) ± \(text(tolerance))",
      measured: text(value, digits: 6),
      verdict: abs(value - prediction) <= tolerance ? .consistent : .inconsistent,
      isControl: isControl)
  }

  /// A comparison of a statistic that the data may not define, such as the exponent of a mean that is
  /// 0: then `inconclusive`, with the reason in place of the measurement.
  ///
  /// - Parameters:
  ///   - name: What is compared; `check` gets it.
  ///   - predicted: What was predicted, for the case that there is nothing to compare.
  ///   - check: The comparison.
  /// - Returns: The comparison, or one that is `inconclusive`.
  /// - Throws: Whatever `check` throws, except `StatisticsError.undefined`.
  public static func ifDefined(
    _ name: String, predicted: String, _ check: (_ name: String) throws -> Check
  ) throws -> Check {
    do { return try check(name) } catch {
      guard case StatisticsError.undefined = error else { throw error }
      return Check(name, predicted: predicted, measured: "\(error)", verdict: .inconclusive)
    }
  }

  /// The same comparison as a negative control: it must come out as stated, or the verdict on the
  /// claim is `inconclusive`.
  public func asControl() -> Check {
    Check(name, predicted: predicted, measured: measured, verdict: verdict, isControl: true)
  }
}

extension ConfidenceInterval {
  /// The estimate and the ends: `0.51 [0.48, 0.54]`.
  public var text: String {
    // Ends that are not numbers are no range.
    guard lower <= upper else { return "\(Experiments.text(estimate)) without bounds" }
    return Experiments.text(estimate, in: lower...upper)
  }

  /// A computed number, without width.
  public static func exact(_ value: Double) -> ConfidenceInterval {
    ConfidenceInterval(estimate: value, lower: value, upper: value, level: 0.95)
  }

  /// The interval of a positive multiple of the quantity.
  public func scaled(by factor: Double) -> ConfidenceInterval {
    ConfidenceInterval(
      estimate: estimate * factor, lower: lower * factor, upper: upper * factor, level: level)
  }

  /// The interval of the quantity plus a number.
  public func shifted(by offset: Double) -> ConfidenceInterval {
    ConfidenceInterval(
      estimate: estimate + offset, lower: lower + offset, upper: upper + offset, level: level)
  }
}
