// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels
import TestSupport
import Testing

@Suite("TransitionMatrix")
struct TransitionMatrixTests {
  @Test("dense and sparse storage hold the same model", arguments: RandomModelKind.allCases)
  func storage(kind: RandomModelKind) throws {
    let model = try randomMDP(kind: kind, states: 9, actions: 3, seed: 2)
    func stored(_ storage: TransitionMatrix.Storage) throws -> TabularMDP {
      try TabularMDP(
        stateCount: model.stateCount, actionCount: model.actionCount,
        choicePointers: model.choicePointers, choiceActions: model.choiceActions,
        transitions: model.transitions, rewards: model.rewards,
        outcomeRewards: model.outcomeRewards, termination: model.termination, storage: storage)
    }
    let (dense, sparse) = (try stored(.dense), try stored(.sparse))
    guard case .dense = dense.transitions, case .sparse = sparse.transitions else {
      Issue.record("the storage is not the one asked for")
      return
    }
    #expect(dense.transitions.denseForm() == sparse.transitions.denseForm())
    #expect(dense.transitions.transitionCount == sparse.transitions.transitionCount)
    #expect(dense.rowSums.lowerBound == sparse.rowSums.lowerBound)
    for k in 0..<model.choiceCount {
      var fromDense: [Int: [Double]] = [:]
      dense.transitions.forEachEntry(row: k) { next, p, i in
        fromDense[next] = [p, dense.outcomeRewards?[i] ?? 0]
      }
      var fromSparse: [Int: [Double]] = [:]
      sparse.transitions.forEachEntry(row: k) { next, p, i in
        fromSparse[next] = [p, sparse.outcomeRewards?[i] ?? 0]
      }
      #expect(fromDense == fromSparse)
      for next in 0..<model.stateCount {
        let p = dense.transitions.probability(row: k, next: next)
        #expect(p == sparse.transitions.probability(row: k, next: next))
        #expect(p == fromDense[next]?[0] ?? 0)
      }
    }
    expectClose(
      Oracle(dense).optimalValues(discount: 0.9), Oracle(sparse).optimalValues(discount: 0.9),
      tolerance: 1e-9 * max(1, model.rewardRange.upperBound))
  }

  @Test("values of entries follow their entries when the storage changes")
  func outcomeRewards() throws {
    let rows = try SparseMatrix(
      rowCount: 2, columnCount: 2, rowPointers: [0, 2, 3], columns: [1, 0, 1],
      values: [0.25, 0.75, 1])
    let model = try TabularMDP(
      stateCount: 2, actionCount: 1, transitions: .sparse(rows), rewards: [4, 3],
      outcomeRewards: [1, 5, 3], storage: .dense)
    #expect(model.outcomeRewards == [5, 1, 0, 3])
    let back = try TabularMDP(
      stateCount: 2, actionCount: 1, transitions: model.transitions, rewards: [4, 3],
      outcomeRewards: model.outcomeRewards, storage: .sparse)
    #expect(back.outcomeRewards == [5, 1, 3])
  }

  @Test("automatic storage is dense from a quarter of the entries")
  func automatic() throws {
    func isDense(entries: Int, of S: Int) throws -> Bool {
      let rows = try SparseMatrix(
        rowCount: S, columnCount: S, rowPointers: (0...S).map { $0 * entries },
        columns: (0..<S).flatMap { _ in (0..<Int32(entries)).map { $0 } },
        values: [Double](repeating: 1 / Double(entries), count: S * entries))
      let model = try TabularMDP(
        stateCount: S, actionCount: 1, transitions: .sparse(rows),
        rewards: [Double](repeating: 0, count: S))
      if case .dense = model.transitions { return true }
      return false
    }
    #expect(try isDense(entries: 2, of: 8))
    #expect(try !isDense(entries: 2, of: 9))
  }
}
