// SPDX-License-Identifier: Apache-2.0

/// How a guarantee is known.
public enum GuaranteeStatus: String, CaseIterable, Sendable {
  /// Machine-checked in `Proofs`.
  case proved
  /// A written proof in this repository.
  case derived
  /// A theorem of a paper, compared with the paper's text.
  case cited
  /// The exponent only; no constant is ever printed.
  case rateOnly = "rate only"
}

/// The statements that bounds are instances of; the raw value is the name in the register of
/// guarantees, `Proofs/claims.tsv`.
public enum Guarantee: String, CaseIterable, Sendable {
  /// UCBVI with Hoeffding bonuses is optimistic with probability 1 − δ.
  case ucbviOptimism
  /// The regret of UCBVI with Hoeffding bonuses, constants included.
  case ucbviHoeffdingRegret
  /// The regret Õ(√(H S A T)) of UCBVI with Bernstein bonuses.
  case ucbviBernsteinRate

  /// How it is known.
  public var status: GuaranteeStatus {
    switch self {
    case .ucbviOptimism, .ucbviHoeffdingRegret: .derived
    case .ucbviBernsteinRate: .rateOnly
    }
  }

  /// The file with the proof, from the root of the repository; `nil` where there is none.
  public var file: String? {
    switch self {
    case .ucbviOptimism, .ucbviHoeffdingRegret: "Sources/Bounds/UCBVIHoeffding.md"
    case .ucbviBernsteinRate: nil
    }
  }

  /// The name of the statement in the file.
  public var lemma: String? {
    switch self {
    case .ucbviOptimism: "Lemma 2"
    case .ucbviHoeffdingRegret: "Theorem"
    case .ucbviBernsteinRate: nil
    }
  }

  /// The statement in one line, as it is printed.
  public var printedForm: String {
    switch self {
    case .ucbviOptimism: "Q_k >= Q* for all k, h, s, a with probability 1 - delta/3"
    case .ucbviHoeffdingRegret:
      "R(K) <= min{R_u, R_b} with probability 1 - delta, UCBVIHoeffding.swift"
    case .ucbviBernsteinRate: "R = O~(sqrt(H S A T) + H^2 S^2 A + H sqrt(T)), T = K H"
    }
  }
}
