// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// Reads a model from NumPy arrays.
///
/// Compressed rows, as `scipy.sparse.csr_array` has them; K choices, S·A of them unless
/// `choice_pointers` says otherwise:
///
///     indptr  (K+1,) int64 or int32      where row k = s·A + a starts
///     indices (nnz,) int32 or int64      next states; one listed twice in a row means the sum
///     data    (nnz,) float64             probabilities
///     R       (K,) or (S, A) float64     expected rewards
///     S, A    ()                         numbers of states and actions
///
/// Dense, in either ``DenseLayout``: `P` (S, A, S) or (A, S, S), `R` as `P` or (S, A).
///
/// Optional in both: `gamma` () discount; `H` () horizon, 0 for infinite; `initial` (S,);
/// `termination` (K,) probability that a choice ends the episode; `choice_pointers` (S+1,) and
/// `choice_actions` (K,) when the actions depend on the state. Other arrays are ignored.
func readNpz(_ file: ReadableFile, options: ReadOptions) throws(ModelFormatError) -> ModelDocument {
  let arrays = try NpzArrays(file, byteLimit: options.unpackedByteLimit)
  let horizon = try arrays.whole("H", in: 0...Int.max)
  let H = horizon == 0 ? nil : horizon
  let discount = try checkedDiscount(
    arrays.scalars["gamma"], horizon: H, file: file.path, place: .array("gamma"))
  let isDense = arrays.doubles["P"] != nil
  guard !isDense || arrays.pointers["indptr"] == nil else {
    throw .badValue(
      file.path, .array("P"), reason: "both P and indptr are there; keep one of the two forms")
  }
  var document =
    isDense
    ? try arrays.denseDocument(options: options) : try arrays.sparseDocument(options: options)
  document.discount = discount
  document.horizon = H
  return document
}

extension NpzArrays {
  /// A scalar that must be a whole number in a range; `nil` when it is absent.
  func whole(_ name: String, in range: ClosedRange<Int>) throws(ModelFormatError) -> Int? {
    guard let x = scalars[name] else { return nil }
    guard let number = Int(exactly: x), range.contains(number) else {
      throw .badValue(
        file, .array(name),
        reason: "it is \(x), expected a whole number of at least "
          + "\(range.lowerBound)")
    }
    return number
  }

  private func required<T>(_ value: T?, _ name: String) throws(ModelFormatError) -> T {
    guard let value else { throw .missing(file, what: "the array \(name)") }
    return value
  }

  /// The model of compressed rows.
  fileprivate func sparseDocument(options: ReadOptions) throws(ModelFormatError) -> ModelDocument {
    let S = try required(whole("S", in: 1...Int(Int32.max)), "S")
    let A = try required(whole("A", in: 1...Int(Int32.max)), "A")
    let rowPointers = try required(pointers["indptr"], "indptr")
    let columns = try required(labels["indices"], "indices").values
    let values = try required(doubles["data"], "data").values
    var model = ModelArrays(stateCount: S, actionCount: A)
    try setChoices(of: &model)
    let K = try choiceCount(of: model)
    try checkLength(rowPointers.values.count, "indptr", is: K + 1, "the number of choices plus 1")
    try checkPointers(rowPointers.values, "indptr", end: values.count, of: "data")
    try checkLength(columns.count, "indices", is: values.count, "the length of data")
    try checkColumns(columns, below: S)
    model.rowPointers = rowPointers.values
    model.columns = columns
    model.values = values
    try setVectors(of: &model)
    let R = try required(doubles["R"], "R")
    model.rewards = try choiceRewards(R, choices: K, model)
    var warnings: [String] = []
    if let merged = model.mergeDuplicates() {
      warnings.append(
        "\(merged.count) entries lead to a state that their row lists already and are added to it; "
          + "the first is indices[\(merged.position)], \(model.place(ofChoice: merged.row))")
    }
    if options.rowSumTolerance > 0,
      let rescaled = model.rescaleRows(within: { _ in options.rowSumTolerance })
    {
      warnings.append(rescalingWarning(rescaled.count, model.place(ofChoice: rescaled.row)))
    }
    let dynamics = try model.model(in: file, storage: options.storage) { error, model in
      place(of: error, model) { k, next in
        let row = rowPointers.values[k]..<rowPointers.values[k + 1]
        let index = next.flatMap { next in row.first { Int(columns[$0]) == next } }
        return .entry(array: "data", index: index ?? row.lowerBound)
      }
    }
    return ModelDocument(dynamics: dynamics, warnings: warnings)
  }

  private func setChoices(of model: inout ModelArrays) throws(ModelFormatError) {
    guard let starts = pointers["choice_pointers"]?.values else { return }
    let actions = try required(labels["choice_actions"], "choice_actions").values
    try checkLength(starts.count, "choice_pointers", is: model.stateCount + 1, "S + 1")
    try checkPointers(starts, "choice_pointers", end: actions.count, of: "choice_actions")
    for (k, a) in actions.enumerated() where a < 0 || Int(a) >= model.actionCount {
      throw .badValue(
        file, .entry(array: "choice_actions", index: k),
        reason: "\(a) is not in 0 ..< \(model.actionCount)")
    }
    (model.choicePointers, model.choiceActions) = compactChoices(
      pointers: starts, actions: actions, actionCount: model.actionCount)
    guard model.actionCount <= max(1 << 20, actions.count) else {
      throw .implausibleSize(file, .array("A"), reason: "\(model.actionCount) action labels")
    }
  }

  private func choiceCount(of model: ModelArrays) throws(ModelFormatError) -> Int {
    if let pointers = model.choicePointers { return pointers.last ?? 0 }
    let (K, overflow) = model.stateCount.multipliedReportingOverflow(by: model.actionCount)
    guard !overflow else {
      throw .implausibleSize(file, .array("S"), reason: "S · A does not fit into an integer")
    }
    return K
  }

  func checkLength(
    _ found: Int, _ name: String, is expected: Int, _ why: String
  ) throws(ModelFormatError) {
    guard found == expected else {
      throw .badValue(
        file, .array(name), reason: "it has \(found) entries, expected \(expected), \(why)")
    }
  }

  private func checkPointers(
    _ pointers: [Int], _ name: String, end: Int, of target: String
  ) throws(ModelFormatError) {
    if let i = firstBadPointer(pointers, end: end) {
      let reason =
        i == 0
        ? "it must start at 0"
        : i == pointers.count - 1 && pointers[i] >= pointers[i - 1]
          ? "\(target) has \(end) entries" : "the entry before is \(pointers[i - 1])"
      throw .badValue(
        file, .entry(array: name, index: i), reason: "it is \(pointers[i]), but \(reason)")
    }
  }

  private func checkColumns(_ columns: [Int32], below S: Int) throws(ModelFormatError) {
    var largest: UInt32 = 0
    for column in columns { largest = max(largest, UInt32(bitPattern: column)) }
    guard largest >= UInt32(S), !columns.isEmpty,
      let i = columns.firstIndex(where: { $0 < 0 || Int($0) >= S })
    else { return }
    throw .badValue(
      file, .entry(array: "indices", index: i), reason: "\(columns[i]) is not in 0 ..< \(S)")
  }

  /// The arrays that both forms may have.
  func setVectors(of model: inout ModelArrays) throws(ModelFormatError) {
    if let initial = doubles["initial"]?.values {
      try checkLength(initial.count, "initial", is: model.stateCount, "S")
      model.initialDistribution = initial
    }
    if let termination = doubles["termination"]?.values {
      try checkLength(termination.count, "termination", is: model.choiceCount, "one a choice")
      model.termination = termination
    }
  }

  /// `R` of shape (K,), or (S, A) in either order of axes.
  func choiceRewards(
    _ R: Doubles, choices K: Int, _ model: ModelArrays
  ) throws(ModelFormatError) -> [Double] {
    let (S, A) = (model.stateCount, model.actionCount)
    if R.header.shape == [K] { return R.values }
    guard R.header.shape == [S, A], model.choicePointers == nil else {
      throw .badValue(
        file, .array("R"),
        reason: "the shape is \(shapeText(R.header.shape)), expected \(shapeText([K]))"
          + (model.choicePointers == nil ? " or \(shapeText([S, A]))" : ""))
    }
    guard R.header.isFortran else { return R.values }
    return (0..<K).map { R.values[$0 / A + S * ($0 % A)] }
  }

  /// Where the thing that an error is about stands in the file.
  ///
  /// - Parameters:
  ///   - error: What the model found.
  ///   - model: The arrays given to the model.
  ///   - probability: The place of a probability, or of a row for no next state.
  /// - Returns: The array, and the index if there is one.
  func place(
    of error: ModelError, _ model: ModelArrays, probability: (_ k: Int, _ next: Int?) -> FilePlace
  ) -> FilePlace {
    switch error {
    case .badInitialDistribution(let s, _):
      return s.map { .entry(array: "initial", index: $0) } ?? .array("initial")
    case .noActions(let place): return .entry(array: "choice_pointers", index: place.state)
    default: break
    }
    guard let k = model.choice(of: error) else { return .file }
    switch error {
    case .badAction: return .entry(array: "choice_actions", index: k)
    case .badReward: return .entry(array: "R", index: k)
    case .badProbability(_, nil, _): return .entry(array: "termination", index: k)
    case .badProbability(_, let next, _): return probability(k, next)
    default: return probability(k, nil)
    }
  }
}

/// The first position at which pointers do not start at 0, decrease, or do not end at `end`.
func firstBadPointer(_ pointers: [Int], end: Int) -> Int? {
  pointers.withUnsafeBufferPointer { p in
    guard let last = p.last else { return nil }
    if p[0] != 0 { return 0 }
    for i in 1..<max(p.count, 1) where p[i] < p[i - 1] || p[i] > end { return i }
    return last == end ? nil : p.count - 1
  }
}
