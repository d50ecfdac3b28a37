// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// Why a certificate does not prove its bounds for a model.
public enum Refusal: Equatable, Sendable, CustomStringConvertible {
  /// The certificate has another number of stages, states or choices than the model.
  case wrongSize(what: String, expected: Int, found: Int)
  /// A bound is not a finite number.
  case notFinite(stage: Int, state: Int)
  /// The policy names a choice that the state does not offer.
  case badChoice(stage: Int, state: Int, choice: Int)
  /// The discount is outside [0, 1), or so near to 1 that a row's sum brings it there.
  case badDiscount(Double)
  /// (1) fails: a choice is worth more than the upper bound.
  case upperFails(stage: Int, state: Int, action: Int, excess: Double)
  /// (2) fails: the policy's choice is not shown to be worth the lower bound.
  case lowerFails(stage: Int, state: Int, action: Int, excess: Double)
  /// A choice may lead to greater upper gain bounds than its state has.
  case upperGainFails(state: Int, action: Int)
  /// The policy's choice may lead to smaller lower gain bounds than its state has.
  case lowerGainFails(state: Int, action: Int)
  /// The stored digest does not belong to the stored numbers.
  case damaged

  /// The refusal in words.
  public var description: String {
    switch self {
    case .wrongSize(let what, let expected, let found):
      "\(what): \(found), the model has \(expected)"
    case .notFinite(let stage, let state): "stage \(stage), state \(state): a bound is not finite"
    case .badChoice(let stage, let state, let choice):
      "stage \(stage), state \(state): choice \(choice) is not available"
    case .badDiscount(let discount): "the discount \(discount) does not make a contraction"
    case .upperFails(let stage, let state, let action, let excess):
      "stage \(stage), state \(state): action \(action) may exceed the upper bound by \(excess)"
    case .lowerFails(let stage, let state, let action, let excess):
      "stage \(stage), state \(state): action \(action) may miss the lower bound by \(excess)"
    case .upperGainFails(let state, let action):
      "state \(state): action \(action) may lead to a gain above the upper bound"
    case .lowerGainFails(let state, let action):
      "state \(state): action \(action) may lead to a gain below the lower bound"
    case .damaged: "the digest does not match: the certificate was changed after it was written"
    }
  }
}

/// Verifies a certificate against a model, in doubles, soundly in spite of rounding.
///
/// The checker shares no code with the solvers. Its functions carry the names of the ones in
/// `Proofs/Cert.v`, whose theorem `check_sound` says what acceptance means; there they compute with
/// rationals, here with outward-rounded doubles, so this checker may refuse a certificate that holds
/// by less than the rounding, and never accepts one that does not.
///
/// **Error of a backup.** Let u = 2⁻⁵³ and q = r + γ Σ p_i v_i. Each product is rounded once
/// (relative u). The sum is compensated, so its own error is at most u |Σ x_i| + (n u)² Σ |x_i| with
/// x_i the rounded products. Multiplying by γ and adding r round once each. With
/// B = |r| + γ Σ |p_i v_i| the total is at most 5 u B + O(u²) B; B itself, a plain sum, is computed
/// within a factor 1 + n u. For n u ≤ 10⁻⁵ all of it is below 6 u B. Products that underflow add at
/// most 2⁻¹⁰⁷⁵ each, covered by (n + 4) · 2⁻¹⁰²².
///
/// - Complexity: O(K + entries) for each stage.
/// - Source: [ogita2005] for the compensated sum.
public struct CertificateChecker: Sendable {
  /// Creates a checker.
  public init() {}

  /// Returns `nil` when the certificate proves its bounds for `model`, else the first reason why not.
  public func check(_ certificate: Certificate, against model: TabularMDP) -> Refusal? {
    switch certificate.criterion {
    case .discounted(let discount):
      guard discount >= 0, discount < 1, (discount * model.rowSums.upperBound).nextUp < 1 else {
        return .badDiscount(discount)
      }
      guard certificate.stages.count == 1 else {
        return .wrongSize(what: "stages", expected: 1, found: certificate.stages.count)
      }
      let stage = certificate.stages[0]
      return wf(stage, 0, model)
        ?? checkHi(model, discount, stage.upper, next: stage.upper, 0)
        ?? checkLo(model, discount, stage.lower, next: stage.lower, stage.choices, 0)
    case .finiteHorizon(let horizon):
      guard horizon >= 1 else {
        return .wrongSize(what: "horizon", expected: 1, found: horizon)
      }
      return checkStages(certificate) { _ in model }
    case .averageReward, .totalReward:
      guard certificate.stages.count == 2 else {
        return .wrongSize(what: "stages", expected: 2, found: certificate.stages.count)
      }
      for (h, stage) in certificate.stages.enumerated() {
        if let refusal = wf(stage, h, model) { return refusal }
      }
      return checkLongRun(certificate, model)
    }
  }

  /// Returns `nil` when the certificate proves its bounds for a finite-horizon problem.
  public func check(_ certificate: Certificate, against problem: FiniteHorizonMDP) -> Refusal? {
    guard certificate.criterion == .finiteHorizon(problem.horizon) else {
      return .wrongSize(
        what: "stages", expected: problem.horizon, found: certificate.stages.count)
    }
    return checkStages(certificate) { problem.dynamics(atStage: $0) }
  }

  /// Returns `nil` when the certificate proves its bounds for a model given by its factors.
  ///
  /// The expectation under row k of Φ M is Σ_i φ_ki (Σ_s M_is v_s): the error analysis above for
  /// each inner sum, whose error, at most 6 u Σ |M v|, enters the outer one as it is.
  ///
  /// - Complexity: O((K + S) r).
  public func check(_ certificate: Certificate, against model: LowRankMDP) -> Refusal? {
    guard case .discounted(let discount) = certificate.criterion, discount >= 0, discount < 1,
      (discount * model.rowSums.upperBound).nextUp < 1
    else { return .badDiscount(.nan) }
    guard certificate.stages.count == 1 else {
      return .wrongSize(what: "stages", expected: 1, found: certificate.stages.count)
    }
    let (stage, S, A) = (certificate.stages[0], model.stateCount, model.actionCount)
    for (what, found) in [
      ("lower bounds", stage.lower.count), ("upper bounds", stage.upper.count),
      ("choices", stage.choices.count),
    ] where found != S {
      return .wrongSize(what: what, expected: S, found: found)
    }
    for s in 0..<S {
      guard stage.lower[s].isFinite, stage.upper[s].isFinite else {
        return .notFinite(stage: 0, state: s)
      }
      guard stage.choices[s] / A == s, stage.choices[s] >= 0 else {
        return .badChoice(stage: 0, state: s, choice: stage.choices[s])
      }
    }
    let hi = FactoredBackup(model, discount, stage.upper)
    let lo = FactoredBackup(model, discount, stage.lower)
    for s in 0..<S {
      for k in s * A..<(s + 1) * A {
        let worth = hi.bounds(k).high
        guard worth <= stage.upper[s] else {
          return .upperFails(
            stage: 0, state: s, action: k - s * A, excess: worth - stage.upper[s])
        }
      }
      let k = stage.choices[s]
      let worth = lo.bounds(k).low
      guard worth >= stage.lower[s] else {
        return .lowerFails(stage: 0, state: s, action: k - s * A, excess: stage.lower[s] - worth)
      }
    }
    return nil
  }

  private func checkStages(
    _ certificate: Certificate, dynamics: (Int) -> TabularMDP
  ) -> Refusal? {
    guard case .finiteHorizon(let horizon) = certificate.criterion,
      certificate.stages.count == horizon
    else {
      return .wrongSize(what: "stages", expected: 1, found: certificate.stages.count)
    }
    var (nextLower, nextUpper) = ([Double](), [Double]())
    for h in (0..<horizon).reversed() {
      let model = dynamics(h)
      if h == horizon - 1 {
        nextLower = [Double](repeating: 0, count: model.stateCount)
        nextUpper = nextLower
      }
      let stage = certificate.stages[h]
      if let refusal = wf(stage, h, model)
        ?? checkHi(model, 1, stage.upper, next: nextUpper, h)
        ?? checkLo(model, 1, stage.lower, next: nextLower, stage.choices, h)
      {
        return refusal
      }
      (nextLower, nextUpper) = (stage.lower, stage.upper)
    }
    return nil
  }

  /// Sizes agree, bounds are finite, the policy's choices are available.
  private func wf(_ stage: Certificate.Stage, _ h: Int, _ model: TabularMDP) -> Refusal? {
    let S = model.stateCount
    guard stage.lower.count == S else {
      return .wrongSize(what: "lower bounds", expected: S, found: stage.lower.count)
    }
    guard stage.upper.count == S else {
      return .wrongSize(what: "upper bounds", expected: S, found: stage.upper.count)
    }
    guard stage.choices.count == S else {
      return .wrongSize(what: "choices", expected: S, found: stage.choices.count)
    }
    for s in 0..<S {
      guard stage.lower[s].isFinite, stage.upper[s].isFinite else {
        return .notFinite(stage: h, state: s)
      }
      guard model.choices(of: s).contains(stage.choices[s]) else {
        return .badChoice(stage: h, state: s, choice: stage.choices[s])
      }
    }
    return nil
  }

  /// Condition (1): no choice is worth more than the upper bound.
  private func checkHi(
    _ model: TabularMDP, _ discount: Double, _ hi: [Double], next: [Double], _ h: Int
  ) -> Refusal? {
    for s in 0..<model.stateCount {
      for k in model.choices(of: s) {
        let worth = backup(model, discount, next, k).high
        guard worth <= hi[s] else {
          return .upperFails(
            stage: h, state: s, action: model.action(ofChoice: k, in: s), excess: worth - hi[s])
        }
      }
    }
    return nil
  }

  /// Condition (2): the policy's choice is worth at least the lower bound.
  private func checkLo(
    _ model: TabularMDP, _ discount: Double, _ lo: [Double], next: [Double], _ choices: [Int],
    _ h: Int
  ) -> Refusal? {
    for s in 0..<model.stateCount {
      let k = choices[s]
      let worth = backup(model, discount, next, k).low
      guard worth >= lo[s] else {
        return .lowerFails(
          stage: h, state: s, action: model.action(ofChoice: k, in: s), excess: lo[s] - worth)
      }
    }
    return nil
  }

  /// Bounds on r(k) + γ Σ_t P_k(t) v(t), by the error analysis above.
  private func backup(
    _ model: TabularMDP, _ discount: Double, _ v: [Double], _ k: Int
  ) -> (low: Double, high: Double) {
    var sum = SumWithSize()
    model.transitions.forEachEntry(row: k) { next, p, _ in sum.add(p * v[next]) }
    return SumWithSize.backup(model.rewards[k], discount, sum, innerError: 0)
  }
}

/// A compensated sum that remembers the sum of magnitudes, on which its error bound rests.
private struct SumWithSize {
  var sum = 0.0
  var correction = 0.0
  var size = 0.0
  var count = 0.0

  var value: Double { sum + correction }

  @inline(__always)
  mutating func add(_ x: Double) {
    let total = sum + x
    let b = total - sum
    correction += (sum - (total - b)) + (x - b)
    sum = total
    size += abs(x)
    count += 1
  }

  /// Bounds on r + γ (sum ± innerError), by the error analysis of ``CertificateChecker``.
  static func backup(
    _ r: Double, _ discount: Double, _ sum: SumWithSize, innerError: Double
  ) -> (low: Double, high: Double) {
    let q = r + discount * sum.value
    let error =
      6 * 0x1p-53 * 1.0001 * (abs(r) + discount * sum.size) + discount * innerError * 1.0001
      + (sum.count + 4) * .leastNormalMagnitude
    return ((q - error).nextDown, (q + error).nextUp)
  }
}

/// Backups through the factors of a low-rank model.
private struct FactoredBackup {
  private let model: LowRankMDP
  private let discount: Double
  private var inner: [Double] = []
  private var innerErrors: [Double] = []

  init(_ model: LowRankMDP, _ discount: Double, _ v: [Double]) {
    self.model = model
    self.discount = discount
    for i in 0..<model.rank {
      var sum = SumWithSize()
      for s in 0..<model.stateCount { sum.add(model.measures[i, s] * v[s]) }
      inner.append(sum.value)
      innerErrors.append(
        6 * 0x1p-53 * 1.0001 * sum.size + (sum.count + 4) * .leastNormalMagnitude)
    }
  }

  func bounds(_ k: Int) -> (low: Double, high: Double) {
    var sum = SumWithSize()
    var error = 0.0
    for i in 0..<model.rank {
      sum.add(model.features[k, i] * inner[i])
      error += model.features[k, i] * innerErrors[i]
    }
    return SumWithSize.backup(model.rewards[k], discount, sum, innerError: error)
  }
}
