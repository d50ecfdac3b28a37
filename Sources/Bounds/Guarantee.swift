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
  /// The error of V by its Bellman residual: |V − V*| ≤ residual / (1 − γ).
  case aposteriori
  /// The error of T V by the residual of V: |T V − V*| ≤ γ residual / (1 − γ).
  case aposterioriNext
  /// Bounds on V* by the least and the greatest change T V − V of a backup.
  case macqueen
  /// A lower bound on the value of the policy greedy for V, by the least change.
  case macqueenGreedy
  /// The loss of the policy greedy for V by the error of V: V* − V^π ≤ 2 γ e / (1 − γ).
  case greedyLoss
  /// L ≤ V^π ≤ V* ≤ U for a discounted certificate that the verified checker accepts.
  case certificateGap
  /// The same for rows as they are stored, whose sums need not be exactly 1.
  case certificateStoredRows
  /// L_h ≤ V_h^π ≤ V_h* ≤ U_h at each stage of an accepted finite-horizon certificate.
  case certificateHorizon
  /// Bounds on the reward of n steps, for all n, by the bounds on gain and bias.
  case gainBracket
  /// No policy gains more a step than the greatest change T v − v, whatever v is.
  case spanUpper
  /// The policy greedy for v gains at least the least change T v − v a step.
  case spanLower
  /// An upper bound on the total reward where the gain is 0.
  case totalUpper
  /// A lower bound on the policy's total reward where its gain is 0.
  case totalLower
  /// How far the values of one policy in two models are apart, by the errors of r and P.
  case simulation
  /// Bounds on V* of the true model from a solution in the factors Φ M.
  case lowRankBounds
  /// Weak duality: visits that satisfy the flow constraints earn at most Σ_s μ(s) V(s).
  case lpWeakDuality
  /// The discounted visits of a policy satisfy the flow constraints, and are not negative.
  case occupancyExists
  /// Visits times rewards are the value of the policy from μ.
  case occupancyValue

  // MARK: Learning, on the good event
  /// Pessimism: V̂ ≤ V^π, and π loses at most twice the bonuses on the way of the best policy.
  case vilcb
  /// Optimism: V̂ ≥ V*, and π loses at most twice the bonuses on its own way.
  case ucbvi
  /// The determinant of a Gram matrix grows by the factor 1 + w at a rank-one update.
  case ellipticalProduct
  /// The sum of min{1, xᵀ Λ⁻¹ x} over updates is at most 2 ln(det Λ_n / det Λ_0).
  case ellipticalPotential
  /// The sum of B / √n over visits, when counts are only known after an episode.
  case delayedCounts

  // MARK: Concentration
  /// Hoeffding's lemma for two outcomes.
  case hoeffdingScalar
  /// Hoeffding's inequality for the mean of n independent draws, two-sided.
  case hoeffdingSample
  /// The inequality of Azuma and Hoeffding for martingale differences in known intervals.
  case azuma
  /// Hoeffding's inequality for the mean at every number of visits to a cell at once.
  case visitsHoeffding
  /// Bernstein's inequality for a frequency at every number of visits to a cell at once.
  case visitsBernstein
  /// Hoeffding's inequality in all cells and folds of a fixed design at once.
  case foldsHoeffding

  // MARK: Learning, with probability
  /// The loss of the arm with the greatest lower confidence bound, on data of a fixed design.
  case lcbBandit
  /// The loss of value iteration with lower confidence bounds, on T + 1 folds of data.
  case vilcbFolds
  /// The penalty of PEVI covers the error of its estimate, for counts.
  case peviQuantifier
  /// The loss of PEVI on data split by stages, for counts.
  case peviSplit
  /// The penalty of PEVI covers the error of its regression, for features in the simplex.
  case linearQuantifier
  /// The loss of PEVI on data split by stages, for features in the simplex.
  case linearSplit
  /// How often UCB1 plays an arm of a given gap, in expectation.
  case ucb1Plays
  /// The expected regret of UCB1 after T rounds.
  case ucb1Regret
  /// Q_k ≥ Q* in all episodes, stages, states and actions of UCBVI at once.
  case ucbviOptimism
  /// The regret of UCBVI: the lesser of the two bounds below.
  case ucbviRegret
  /// The regret of UCBVI, with Hoeffding's inequality in the analysis.
  case ucbviUniformRegret
  /// The regret of UCBVI, with Bernstein's inequality in the analysis.
  case ucbviSharpRegret
  /// The rate of UCBVI with Bernstein bonuses, from the paper; no constants.
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
