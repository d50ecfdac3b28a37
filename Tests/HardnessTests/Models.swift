// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// A model from its rows: `rows[s][a]` lists (next state, probability).
func model(
  _ rows: [[[(Int, Double)]]], rewards: [[Double]]? = nil, termination: [[Double]]? = nil,
  start: [Double]? = nil
) throws -> TabularMDP {
  var (pointers, columns, values) = ([0], [Int32](), [Double]())
  var (choices, labels) = ([0], [Int32]())
  for state in rows {
    for (a, row) in state.enumerated() {
      for (t, p) in row {
        columns.append(Int32(t))
        values.append(p)
      }
      pointers.append(columns.count)
      labels.append(Int32(a))
    }
    choices.append(labels.count)
  }
  return try TabularMDP(
    stateCount: rows.count, actionCount: rows.map(\.count).max() ?? 1, choicePointers: choices,
    choiceActions: labels,
    transitions: .sparse(
      SparseMatrix(
        rowCount: labels.count, columnCount: rows.count, rowPointers: pointers, columns: columns,
        values: values)),
    rewards: rewards.map { $0.flatMap { $0 } } ?? labels.map { _ in 0 },
    termination: termination.map { $0.flatMap { $0 } }, initialDistribution: start)
}

/// An n × n grid with four moves; with probability `slip` the move is drawn evenly from all four.
func slipperyGrid(_ n: Int, slip: Double = 0.1) throws -> TabularMDP {
  let moves = [(-1, 0), (0, 1), (1, 0), (0, -1)]
  var rows: [[[(Int, Double)]]] = []
  for r in 0..<n {
    for c in 0..<n {
      let next = moves.map { dr, dc in
        (0..<n).contains(r + dr) && (0..<n).contains(c + dc)
          ? (r + dr) * n + c + dc : r * n + c
      }
      rows.append(
        next.map { aim in
          var row: [Int: Double] = [:]
          for t in next { row[t, default: 0] += slip / 4 }
          row[aim, default: 0] += 1 - slip
          return row.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        })
    }
  }
  return try model(rows)
}

/// A ring of n states and one action.
func cycle(_ n: Int) throws -> TabularMDP { try model((0..<n).map { [[(($0 + 1) % n, 1)]] }) }

/// The dense matrix of a model with one action.
func chainMatrix(_ model: TabularMDP) -> [[Double]] {
  (0..<model.stateCount).map { s in
    (0..<model.stateCount).map { model.transitions.probability(row: s, next: $0) }
  }
}

/// The least hitting times by plain value iteration from zero, which rises to them.
func slowHittingTimes(_ model: TabularMDP, to g: Int, sweeps: Int = 20_000) -> [Double] {
  let S = model.stateCount
  let P = (0..<model.choiceCount).map { k in
    (0..<S).map { model.transitions.probability(row: k, next: $0) }
  }
  var v = [Double](repeating: 0, count: S)
  for _ in 0..<sweeps {
    let next = (0..<S).map { s -> Double in
      if s == g { return 0 }
      return model.choices(of: s).map { k in
        1 + zip(P[k], v).reduce(0) { $0 + $1.0 * $1.1 }
      }.min() ?? 0
    }
    let change = zip(next, v).map { abs($0 - $1) }.max() ?? 0
    v = next
    if change < 1e-13 { break }
  }
  return v
}
