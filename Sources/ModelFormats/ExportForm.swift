// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// The label of initial states in the formats of model checkers.
let initialLabel = "init"

/// A model as the formats of model checkers want it: rows sorted, all entries positive, no
/// termination, one initial set of states, file labels for actions.
struct ExportForm {
  /// The label of the state that stands for the end of an episode.
  static let terminatedLabel = "terminated"

  let model: TabularMDP
  let matrix: SparseMatrix
  /// The named rewards, sorted by name; ``unnamedRewardModel`` for rewards without a name.
  let rewards: [(name: String, values: [Double])]
  /// The label of each action in the file, empty for none; `nil` when actions are numbers.
  let actionLabels: [String]?
  /// The states that an episode may start in.
  let initialStates: [Int]
  /// What the form has lost, one sentence each.
  private(set) var losses: [String]

  /// Prepares a document.
  ///
  /// A choice that may end the episode gets a transition to one more state, which is absorbing,
  /// pays 0 and has the label `terminated`. A label `init` of the model's own is dropped, since
  /// that name belongs to the initial states.
  ///
  /// - Parameters:
  ///   - document: The model.
  ///   - file: The file's name, for errors.
  ///   - kept: What the format keeps beside what all of them keep.
  /// - Throws: ``ModelFormatError/inexpressible(_:reason:)``.
  init(
    _ document: ModelDocument, file: String, keeping kept: DocumentParts = []
  ) throws(ModelFormatError) {
    let source = document.dynamics
    let sink = source.termination?.contains { $0 > 0 } == true ? source.stateCount : nil
    self.matrix = try ExportForm.matrix(of: source, sink: sink, file: file)
    self.model = try ExportForm.model(of: source, matrix, sink: sink, file: file)
    var named = document.rewardModels
    named[document.rewardModel ?? unnamedRewardModel] = source.rewards
    let K = model.choiceCount
    self.rewards = named.sorted { $0.key < $1.key }.map { name, values in
      (name, values + [Double](repeating: 0, count: max(0, K - values.count)))
    }
    self.actionLabels = ActionLabels.fileLabels(of: model)
    let initial = model.initialDistribution ?? []
    self.initialStates = initial.indices.filter { initial[$0] > 0 }
    self.losses = ModelFormats.losses(
      of: document, keeping: kept.union([.rewardModels, .initial, .actionNames, .labels]))
    if source.stateLabels[initialLabel] != nil {
      losses.append("not kept by this format: the label \"\(initialLabel)\"")
    }
    let weights = Set(initialStates.map { initial[$0] })
    if weights.count > 1 {
      losses.append("not kept by this format: how likely each initial state is")
    }
    if let sink {
      losses.append(
        "not kept by this format: termination; it leads to the new absorbing state \(sink), "
          + "labeled \"\(ExportForm.terminatedLabel)\"")
    }
    if initialStates.isEmpty {
      losses.append("the model names no initial state; a model checker may ask for one")
    }
  }

  private static func matrix(
    of model: TabularMDP, sink: Int?, file: String
  ) throws(ModelFormatError) -> SparseMatrix {
    let sparse = model.transitions.sparseForm()
    var (pointers, columns, values): ([Int], [Int32], [Double]) = ([0], [], [])
    pointers.reserveCapacity(sparse.rowCount + 2)
    columns.reserveCapacity(sparse.storedCount)
    values.reserveCapacity(sparse.storedCount)
    for k in 0..<sparse.rowCount {
      let row = sparse.entries(ofRow: k)
      let isSorted = row.dropFirst().allSatisfy { sparse.columns[$0 - 1] < sparse.columns[$0] }
      for i in isSorted ? Array(row) : row.sorted(by: { sparse.columns[$0] < sparse.columns[$1] })
      where sparse.values[i] > 0 {
        columns.append(sparse.columns[i])
        values.append(sparse.values[i])
      }
      if let sink, let end = model.termination?[k], end > 0 {
        columns.append(Int32(clamping: sink))
        values.append(end)
      }
      pointers.append(values.count)
    }
    if let sink {
      columns.append(Int32(clamping: sink))
      values.append(1)
      pointers.append(values.count)
    }
    do {
      return try SparseMatrix(
        rowCount: pointers.count - 1, columnCount: model.stateCount + (sink == nil ? 0 : 1),
        rowPointers: pointers, columns: columns, values: values)
    } catch { throw .inexpressible(file, reason: "\(error)") }
  }

  private static func model(
    of source: TabularMDP, _ matrix: SparseMatrix, sink: Int?, file: String
  ) throws(ModelFormatError) -> TabularMDP {
    var pointers = source.choicePointers
    var actions = source.choiceActions
    var labels = source.stateLabels
    labels[initialLabel] = nil
    if let sink {
      if actions == nil {
        actions = (0..<source.choiceCount).map { Int32($0 % source.actionCount) }
      }
      actions?.append(0)
      pointers.append(source.choiceCount + 1)
      labels[terminatedLabel, default: []].append(sink)
    }
    do {
      return try TabularMDP(
        stateCount: matrix.columnCount, actionCount: source.actionCount,
        choicePointers: actions == nil ? nil : pointers, choiceActions: actions,
        transitions: .sparse(matrix), rewards: source.rewards + (sink == nil ? [] : [0]),
        initialDistribution: source.initialDistribution.map { $0 + (sink == nil ? [] : [0]) },
        stateNames: source.stateNames.map { $0 + (sink == nil ? [] : [terminatedLabel]) },
        actionNames: source.actionNames, stateLabels: labels, storage: .sparse)
    } catch { throw .inexpressible(file, reason: "\(error)") }
  }

  /// The label of choice `k` of state `s` in the file: empty for none, a number for no names.
  func label(ofChoice k: Int, in s: Int) -> String {
    let a = model.action(ofChoice: k, in: s)
    return actionLabels?[a] ?? "\(a)"
  }

  /// Whether the action of every choice is its position within the state.
  var hasPositionalActions: Bool {
    guard let actions = model.choiceActions else { return true }
    return (0..<model.stateCount).allSatisfy { s in
      model.choices(of: s).allSatisfy { Int(actions[$0]) == $0 - model.choicePointers[s] }
    }
  }

  /// The labels of states, sorted by name.
  var stateLabels: [(name: String, states: [Int])] {
    model.stateLabels.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
