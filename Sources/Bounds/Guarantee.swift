// SPDX-License-Identifier: Apache-2.0

/// How a guarantee is known.
public enum GuaranteeStatus: String, CaseIterable, Sendable {
  /// Machine-checked in `Proofs`.
  case proved
  /// A written proof in this repository.
  case derived
  /// A theorem of a paper, named by its number.
  case cited
  /// The exponent only; no constant is ever printed.
  case rateOnly = "rate only"
}

/// The statements that bounds are instances of; the raw value is the name in the register,
/// `Proofs/claims.tsv`.
///
/// What is known of each stands in `Guarantee+Register.swift`, from which the register is written.
public enum Guarantee: String, CaseIterable, Sendable {
  // MARK: Planning
  case aposteriori
  case aposterioriNext
  case macqueen
  case macqueenGreedy
  case greedyLoss
  case certificateGap
  case certificateStoredRows
  case certificateHorizon
  case gainBracket
  case spanUpper
  case spanLower
  case totalUpper
  case totalLower
  case simulation
  case lowRankBounds
  case lpWeakDuality
  case occupancyExists
  case occupancyValue

  // MARK: Learning, on the good event
  case vilcb
  case ucbvi
  case ellipticalProduct

  case ellipticalPotential
  case delayedCounts

  // MARK: Concentration
  case hoeffdingScalar
  case hoeffdingSample
  case azuma
  case visitsHoeffding
  case visitsBernstein
  case foldsHoeffding

  // MARK: Learning, with probability
  case lcbBandit
  case vilcbFolds
  case peviQuantifier
  case peviSplit
  case linearQuantifier
  case linearSplit
  case ucb1Plays
  case ucb1Regret
  case ucbviOptimism
  case ucbviRegret
  case ucbviUniformRegret
  case ucbviSharpRegret
  case ucbviBernsteinRate

  /// What is known of a guarantee.
  public struct Entry: Equatable, Sendable {
    /// How it is known.
    public let status: GuaranteeStatus
    /// The name of the statement in ``file``, or of the theorem in the paper.
    public let lemma: String
    /// The file with the proof: in `Proofs` if it is machine-checked, otherwise from the root of the
    /// repository; `nil` where there is none.
    public let file: String?
    /// The statement in one line, as it is printed.
    public let printedForm: String
    /// What must hold, in one or two sentences.
    public let assumptions: String
    /// The Swift symbol that stands on it; `nil` if none does yet.
    public let symbol: String?
    /// The key of a paper with the number of the theorem; `nil` where there is none.
    public let citation: String?

    init(
      _ status: GuaranteeStatus, _ lemma: String, in file: String?, _ printedForm: String,
      assumes assumptions: String, symbol: String? = nil, cites citation: String? = nil
    ) {
      self.status = status
      self.lemma = lemma
      self.file = file
      self.printedForm = printedForm
      self.assumptions = assumptions
      self.symbol = symbol
      self.citation = citation
    }
  }

  /// How it is known.
  public var status: GuaranteeStatus { entry.status }

  /// Where the proof is, in a few words.
  public var whereabouts: String {
    switch entry.status {
    case .proved: "\(entry.lemma) in Proofs/\(entry.file ?? "")"
    case .derived: "\(entry.lemma) in \(entry.file ?? "")"
    case .cited, .rateOnly: entry.citation ?? entry.lemma
    }
  }

  /// The register as text: a header and a line for each guarantee, fields separated by tabs, `-` for
  /// what there is not.
  public static var register: String {
    let header = [
      "guarantee", "status", "lemma", "file", "printed_as", "assumptions", "swift_symbol",
      "citation",
    ]
    let rows = allCases.map { guarantee in
      let x = guarantee.entry
      return [
        guarantee.rawValue, x.status.rawValue, x.lemma, x.file ?? "-", x.printedForm,
        x.assumptions, x.symbol ?? "-", x.citation ?? "-",
      ]
    }
    return ([header] + rows).map { $0.joined(separator: "\t") + "\n" }.joined()
  }
}
