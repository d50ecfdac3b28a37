// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// The arrays of a model in compressed rows, as a reader fills them.
///
/// - Invariants on entry to ``model(in:storage:locate:)``: `rowPointers` starts at 0, never
///   decreases and ends at the number of columns, values and (if any) outcome rewards; K is the
///   number of rows; `choicePointers`, if any, has S + 1 entries, never decreases, ends at K.
struct ModelArrays {
  var stateCount: Int
  var actionCount: Int
  var choicePointers: [Int]?
  var choiceActions: [Int32]?
  var rowPointers: [Int] = [0]
  var columns: [Int32] = []
  var values: [Double] = []
  var rewards: [Double] = []
  var outcomeRewards: [Double]?
  var termination: [Double]?
  var initialDistribution: [Double]?
  var stateNames: [String]?
  var actionNames: [String]?
  var stateLabels: [String: [Int]] = [:]

  /// The number of choices K.
  var choiceCount: Int { rowPointers.count - 1 }

  /// The state and the action of choice `k`.
  func place(ofChoice k: Int) -> ModelPlace {
    let s = choicePointers.map { state(ofChoice: k, in: $0) } ?? k / max(actionCount, 1)
    let a = choiceActions.map { Int($0[k]) } ?? (k - (choicePointers?[s] ?? s * actionCount))
    let name = actionNames.flatMap { $0.indices.contains(a) ? $0[a] : nil }
    let stateName = stateNames.flatMap { $0.indices.contains(s) ? $0[s] : nil }
    return ModelPlace(state: s, stateName: stateName, action: a, actionName: name)
  }

  private func state(ofChoice k: Int, in pointers: [Int]) -> Int {
    var (low, high) = (0, pointers.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if pointers[middle] <= k { low = middle } else { high = middle }
    }
    return low
  }

  /// The choice that an error of the model is about, if it is about one.
  func choice(of error: ModelError) -> Int? {
    let place: ModelPlace
    switch error {
    case .badAction(let p), .nextStateOutOfRange(let p, _, _), .badProbability(let p, _, _),
      .rowNotStochastic(let p, _, _), .duplicateTransition(let p, _), .badReward(let p, _):
      place = p
    default: return nil
    }
    guard let action = place.action, place.state >= 0, place.state < stateCount else { return nil }
    guard let choicePointers else { return place.state * actionCount + action }
    let range = choicePointers[place.state]..<choicePointers[place.state + 1]
    guard let choiceActions else { return range.lowerBound + action }
    return range.first { Int(choiceActions[$0]) == action }
  }

  /// The position of the entry of row `k` that leads to state `next`.
  func entry(ofRow k: Int, next: Int) -> Int? {
    (rowPointers[k]..<rowPointers[k + 1]).first { Int(columns[$0]) == next }
  }

  /// Adds up entries of one row that lead to the same state; the first entry keeps the sum.
  ///
  /// Rows without such entries keep their order. Outcome rewards of merged entries are dropped.
  ///
  /// - Returns: How many entries were merged into others, and the first of them (its row and its
  ///   position before merging).
  mutating func mergeDuplicates() -> (count: Int, row: Int, position: Int)? {
    guard firstUnsortedRow() != nil else { return nil }
    var seenAt = [Int](repeating: -1, count: stateCount)
    var first: (row: Int, position: Int)?
    var kept = 0
    var start = 0
    for row in 0..<choiceCount {
      let (from, to) = (start, rowPointers[row + 1])
      start = to
      let rowStart = kept
      for i in from..<to {
        let next = Int(columns[i])
        if seenAt[next] >= rowStart {
          if first == nil { first = (row, i) }
          values[seenAt[next]] += values[i]
        } else {
          seenAt[next] = kept
          columns[kept] = columns[i]
          values[kept] = values[i]
          kept += 1
        }
      }
      rowPointers[row + 1] = kept
    }
    guard let first else { return nil }
    let count = values.count - kept
    columns.removeLast(count)
    values.removeLast(count)
    outcomeRewards = nil
    return (count, first.row, first.position)
  }

  /// The first row whose columns do not increase strictly.
  private func firstUnsortedRow() -> Int? {
    columns.withUnsafeBufferPointer { columns in
      rowPointers.withUnsafeBufferPointer { pointers in
        for row in 0..<pointers.count - 1 {
          var last: Int32 = -1
          for i in pointers[row]..<pointers[row + 1] {
            guard columns[i] > last else { return row }
            last = columns[i]
          }
        }
        return nil
      }
    }
  }

  /// Divides rows by their sums where the sums differ from 1 by more than rounding explains and by
  /// at most `tolerance(row)`.
  ///
  /// - Returns: How many rows were rescaled, and the first of them.
  mutating func rescaleRows(within tolerance: (Int) -> Double) -> (count: Int, row: Int)? {
    var first: Int?
    var count = 0
    for row in 0..<choiceCount {
      let range = rowPointers[row]..<rowPointers[row + 1]
      let sum = accurateSum(values[range], startingAt: termination?[row] ?? 0)
      let distance = abs(sum - 1)
      guard distance > Double(range.count + 1) * .ulpOfOne, distance <= tolerance(row) else {
        continue
      }
      for i in range { values[i] /= sum }
      termination?[row] /= sum
      if first == nil { first = row }
      count += 1
    }
    return first.map { (count, $0) }
  }

  /// The model of the arrays.
  ///
  /// - Parameters:
  ///   - file: The file's name, for errors.
  ///   - storage: Whether to keep the rows dense or sparse.
  ///   - locate: Where in the file the thing that an error is about stands.
  /// - Returns: The model.
  /// - Throws: ``ModelFormatError/badModel(_:_:_:)`` with the place.
  func model(
    in file: String, storage: TransitionMatrix.Storage,
    locate: (ModelError, ModelArrays) -> FilePlace
  ) throws(ModelFormatError) -> TabularMDP {
    try checkDenseSize(rows: choiceCount, states: stateCount, storage: storage, file: file)
    let matrix: SparseMatrix
    do {
      matrix = try SparseMatrix(
        rowCount: choiceCount, columnCount: stateCount, rowPointers: rowPointers, columns: columns,
        values: values)
    } catch { throw .badValue(file, .file, reason: "\(error)") }
    return try model(of: .sparse(matrix), in: file, storage: storage, locate: locate)
  }

  /// The model of the arrays with these transitions in place of the compressed rows.
  func model(
    of transitions: TransitionMatrix, in file: String, storage: TransitionMatrix.Storage,
    locate: (ModelError, ModelArrays) -> FilePlace
  ) throws(ModelFormatError) -> TabularMDP {
    do {
      return try TabularMDP(
        stateCount: stateCount, actionCount: actionCount, choicePointers: choicePointers,
        choiceActions: choiceActions, transitions: transitions, rewards: rewards,
        outcomeRewards: outcomeRewards, termination: termination,
        initialDistribution: initialDistribution, stateNames: stateNames, actionNames: actionNames,
        stateLabels: stateLabels, storage: storage)
    } catch { throw .badModel(file, locate(error, self), error) }
  }
}

/// The sum of numbers with its rounding errors collected (Knuth's two-term sums).
func accurateSum(_ numbers: ArraySlice<Double>, startingAt start: Double) -> Double {
  var sum = start
  var error = 0.0
  for x in numbers {
    let total = sum + x
    let part = total - sum
    error += (sum - (total - part)) + (x - part)
    sum = total
  }
  return sum + error
}

/// Refuses a dense form that would take more than 64 GiB.
func checkDenseSize(
  rows: Int, states: Int, storage: TransitionMatrix.Storage, file: String
) throws(ModelFormatError) {
  guard storage == .dense else { return }
  let (size, overflow) = rows.multipliedReportingOverflow(by: states)
  guard !overflow, size <= 1 << 33 else {
    throw .implausibleSize(
      file, .file, reason: "dense storage of \(rows) × \(states) probabilities exceeds 64 GiB")
  }
}

/// Checks a discount and a horizon against each other.
///
/// A discount of exactly 1 beside a horizon means "no discount" and becomes `nil`.
func checkedDiscount(
  _ discount: Double?, horizon: Int?, file: String, place: FilePlace
) throws(ModelFormatError) -> Double? {
  guard let discount else { return nil }
  if discount == 1, horizon != nil { return nil }
  guard discount >= 0, discount < 1 else { throw .badModel(file, place, .badDiscount(discount)) }
  return discount
}

/// Which choices offer which actions, with the uniform case (0 ..< A everywhere) recognized.
///
/// - Parameters:
///   - pointers: Where the choices of each state start.
///   - actions: The action label of each choice.
///   - actionCount: The number of labels A.
/// - Returns: Both arrays, or `nil` for both when every state offers 0 ..< A in order.
func compactChoices(
  pointers: [Int], actions: [Int32], actionCount: Int
) -> (pointers: [Int]?, actions: [Int32]?) {
  let (K, overflow) = (pointers.count - 1).multipliedReportingOverflow(by: actionCount)
  guard !overflow, K == actions.count,
    pointers.indices.allSatisfy({ pointers[$0] == $0 * actionCount }),
    actions.indices.allSatisfy({ Int(actions[$0]) == $0 % max(actionCount, 1) })
  else { return (pointers, actions) }
  return (nil, nil)
}
