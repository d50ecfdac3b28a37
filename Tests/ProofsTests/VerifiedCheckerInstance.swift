// SPDX-License-Identifier: Apache-2.0
#if ExactRationals
  import Certificates
  import ExactArithmetic

  /// A certificate of a small exact model, as the verified checker reads it.
  struct VerifiedCheckerInstance {
    private let model: VerifiedChecker.Model
    private let bounds: VerifiedChecker.Bounds
    private let m: ExactMDP

    init(_ m: ExactMDP, _ pi: [Int], upper: [Rational], lower: [Rational]) {
      self.m = m
      model = VerifiedChecker.Model(discount: m.g, P: m.P, r: m.r)
      bounds = VerifiedChecker.Bounds(
        policy: pi.map { a in (0..<m.A).map { q($0 == a ? 1 : 0) } }, upper: upper, lower: lower)
    }

    /// What the checker says.
    var isAccepted: Bool {
      VerifiedChecker.check(model, bounds, states: m.S, actions: m.A) == nil
    }

    /// What a checker says that looks at the lower bound only.
    var isLowerAccepted: Bool {
      VerifiedChecker.checkLower(model, bounds, next: bounds.lower, states: m.S)
    }
  }
#endif
