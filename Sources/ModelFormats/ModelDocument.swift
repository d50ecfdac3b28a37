// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// What a model file says: the dynamics, and everything beside them.
public struct ModelDocument: Equatable, Sendable {
  /// States, choices, transitions and the chosen rewards.
  public var dynamics: TabularMDP
  /// The discount γ in [0, 1), if the file has one.
  public var discount: Double?
  /// The horizon H ≥ 1, if the file has one; `nil` means infinite.
  public var horizon: Int?
  /// Named expected rewards, one number for each choice (UMB, DRN and PRISM name their rewards).
  public var rewardModels: [String: [Double]]
  /// The name in ``rewardModels`` of the rewards that ``dynamics`` uses.
  public var rewardModel: String?
  /// The name of the model.
  public var name: String?
  /// What the reader had to decide: duplicates summed, rows rescaled to the printed digits.
  public var warnings: [String]
  /// The outcome table of a Gymnasium file, kept so that it can be written back entry for entry.
  public var table: OutcomeTable?

  /// Creates a document.
  public init(
    dynamics: TabularMDP, discount: Double? = nil, horizon: Int? = nil,
    rewardModels: [String: [Double]] = [:], rewardModel: String? = nil, name: String? = nil,
    warnings: [String] = [], table: OutcomeTable? = nil
  ) {
    self.dynamics = dynamics
    self.discount = discount
    self.horizon = horizon
    self.rewardModels = rewardModels
    self.rewardModel = rewardModel
    self.name = name
    self.warnings = warnings
    self.table = table
  }
}

/// The file formats of models.
public enum ModelFormat: String, CaseIterable, Sendable {
  /// Arrays of NumPy in a zip archive: compressed rows, or dense probabilities.
  case npz
  /// The unified Markov binary format of the probabilistic model checkers.
  case umb
  /// Storm's text format.
  case drn
  /// PRISM's explicit text files: `.tra` with `.lab`, `.srew`, `.trew` and `.sta` beside it.
  case prismExplicit = "prism"
  /// The `P` table of a Gymnasium environment as JSON.
  case gymnasium
  /// Our own JSON, `provably-mdp/1`, which keeps everything.
  case json

  /// The usual ending of a file's name, without the dot.
  public var fileExtension: String {
    switch self {
    case .npz: "npz"
    case .umb: "umb"
    case .drn: "drn"
    case .prismExplicit: "tra"
    case .gymnasium, .json: "json"
    }
  }
}

/// The order of the axes of dense probabilities in an `.npz` file.
public enum DenseLayout: String, CaseIterable, Sendable {
  /// `P[s, a, s′]` with `R[s, a]` or `R[s, a, s′]`.
  case sas
  /// `P[a, s, s′]` with `R[s, a]` or `R[a, s, s′]`, as pymdptoolbox has it.
  case ass
}

/// How to read a model file.
public struct ReadOptions: Equatable, Sendable {
  /// The format; `nil` to find it from the ending of the name (and for `.json` from the content).
  public var format: ModelFormat?
  /// The order of the axes of dense probabilities in an `.npz` file.
  public var layout: DenseLayout
  /// Which named rewards to use; `nil` for the only ones, or the first by name with a warning.
  public var rewardModel: String?
  /// Whether the model keeps its rows dense or sparse.
  public var storage: TransitionMatrix.Storage
  /// Rows whose sum differs from 1 by at most this are divided by it, with a warning.
  ///
  /// At 0 only rows of DRN and PRISM text are, as far as the printed digits allow.
  public var rowSumTolerance: Double
  /// The most bytes an archive may unpack to.
  public var unpackedByteLimit: Int

  /// Creates options; what is not given is found from the file.
  public init(
    format: ModelFormat? = nil, layout: DenseLayout = .sas, rewardModel: String? = nil,
    storage: TransitionMatrix.Storage = .automatic, rowSumTolerance: Double = 0,
    unpackedByteLimit: Int = 1 << 36
  ) {
    self.format = format
    self.layout = layout
    self.rewardModel = rewardModel
    self.storage = storage
    self.rowSumTolerance = rowSumTolerance
    self.unpackedByteLimit = unpackedByteLimit
  }
}
