// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels
import TestSupport
import Testing

@Suite("ModelValidator")
struct ModelValidatorTests {
  /// Three states, the choices (0: left, right), (1: right), (2: left, right), by rows.
  private struct Parts {
    var stateCount = 3
    var actionCount = 2
    var pointers: [Int]? = [0, 2, 3, 5]
    var labels: [Int32]? = [0, 1, 1, 0, 1]
    var rows: [[(next: Int, p: Double)]] = [
      [(0, 1)], [(0, 0.5), (1, 0.5)], [(1, 0.25), (2, 0.75)], [(1, 1)], [(2, 1)],
    ]
    var rewards: [Double] = [0, 1, 2, 3, 4]
    var outcomeRewards: [Double]?
    var termination: [Double]?
    var initial: [Double]?
    var stateNames: [String]? = ["low", "middle", "high"]
    var actionNames: [String]? = ["left", "right"]
    var stateLabels: [String: [Int]] = [:]

    func transitions(dense: Bool) throws -> TransitionMatrix {
      var pointers = [0]
      for row in rows { pointers.append(pointers[pointers.count - 1] + row.count) }
      let sparse = try SparseMatrix(
        rowCount: rows.count, columnCount: stateCount, rowPointers: pointers,
        columns: rows.flatMap { $0.map { Int32($0.next) } },
        values: rows.flatMap { $0.map(\.p) })
      guard dense else { return .sparse(sparse) }
      return .dense(TransitionMatrix.sparse(sparse).denseForm())
    }

    func model(dense: Bool = false) throws -> TabularMDP {
      try TabularMDP(
        stateCount: stateCount, actionCount: actionCount, choicePointers: pointers,
        choiceActions: labels, transitions: transitions(dense: dense), rewards: rewards,
        outcomeRewards: outcomeRewards, termination: termination, initialDistribution: initial,
        stateNames: stateNames, actionNames: actionNames, stateLabels: stateLabels)
    }
  }

  private func place(_ s: Int, _ a: Int? = nil) -> ModelPlace {
    ModelPlace(
      state: s, stateName: ["low", "middle", "high"][s], action: a,
      actionName: a.map { ["left", "right"][$0] })
  }

  /// Expects an error after one change, from the sparse and the dense form alike.
  private func expect(
    _ error: ModelError, dense: Bool = true, sourceLocation: SourceLocation = #_sourceLocation,
    after change: (inout Parts) -> Void
  ) {
    var parts = Parts()
    change(&parts)
    #expect(throws: error, sourceLocation: sourceLocation) { try parts.model() }
    if dense {
      #expect(throws: error, sourceLocation: sourceLocation) { try parts.model(dense: true) }
    }
  }

  @Test("accepts a valid model in either form")
  func valid() throws {
    #expect(try Parts().model().choiceCount == 5)
    #expect(try Parts().model(dense: true).choiceCount == 5)
  }

  @Test("a model has states, and actions")
  func sizes() {
    #expect(throws: ModelError.noStates) {
      try TabularMDP(
        stateCount: 0, actionCount: 1, transitions: .dense(Matrix(0, 0)), rewards: [])
    }
    for actions in [0, -1] {
      #expect(throws: ModelError.noActions(ModelPlace(state: 0))) {
        try TabularMDP(
          stateCount: 1, actionCount: actions, transitions: .dense(Matrix(1, 0)), rewards: [])
      }
    }
    expect(.noActions(place(1))) { $0.pointers = [0, 2, 2, 5] }
  }

  @Test("arrays have the right lengths")
  func lengths() {
    func count(_ array: String, _ expected: Int, _ found: Int) -> ModelError {
      .wrongCount(array: array, expected: expected, found: found)
    }
    expect(count("choice pointers", 4, 3)) { $0.pointers = [0, 2, 5] }
    expect(count("action labels", 5, 4)) { $0.labels = [0, 1, 1, 0] }
    expect(count("state names", 3, 1)) { $0.stateNames = ["low"] }
    expect(count("action names", 2, 3)) { $0.actionNames = ["a", "b", "c"] }
    expect(count("rewards", 5, 6)) { $0.rewards.append(0) }
    expect(count("termination", 5, 1)) { $0.termination = [0] }
    expect(count("initial distribution", 3, 2)) { $0.initial = [0.5, 0.5] }
    expect(count("rewards of outcomes", 7, 2), dense: false) { $0.outcomeRewards = [1, 2] }
    expect(count("rows of transition probabilities", 5, 4)) { $0.rows.removeLast() }
    expect(count("choices of state 1 (no action labels given)", 2, 1)) { $0.labels = nil }
    #expect(throws: count("columns of transition probabilities", 2, 3)) {
      try TabularMDP(
        stateCount: 2, actionCount: 1, transitions: .dense(Matrix(3, 2)), rewards: [0, 0])
    }
    #expect(throws: count("rewards of outcomes", 4, 2)) {
      try TabularMDP(
        stateCount: 2, actionCount: 1, transitions: .dense(.identity(2)), rewards: [0, 0],
        outcomeRewards: [0, 0])
    }
  }

  @Test("choice pointers start at zero and never decrease")
  func pointers() {
    expect(.choicePointersDecrease(state: 0)) { $0.pointers = [1, 2, 3, 5] }
    expect(.choicePointersDecrease(state: 1)) { $0.pointers = [0, 3, 2, 5] }
  }

  @Test("action labels exist and are distinct within a state")
  func labels() {
    expect(.badAction(ModelPlace(state: 1, stateName: "middle", action: 2))) {
      $0.labels = [0, 1, 2, 0, 1]
    }
    expect(.badAction(ModelPlace(state: 2, stateName: "high", action: -1))) {
      $0.labels = [0, 1, 1, -1, 1]
    }
    expect(.badAction(place(2, 1))) { $0.labels = [0, 1, 1, 1, 1] }
  }

  @Test("rewards are finite", arguments: [Double.infinity, -.infinity])
  func rewards(bad: Double) {
    expect(.badReward(place(1, 1), reward: bad)) { $0.rewards[2] = bad }
    expect(.badReward(place(2, 0), reward: bad), dense: false) {
      $0.outcomeRewards = [0, 0, 0, 0, 0, bad, 0]
    }
    #expect(throws: ModelError.self) {
      var parts = Parts()
      parts.rewards[0] = .nan
      _ = try parts.model()
    }
  }

  @Test("probabilities lie in [0, 1]")
  func probabilities() {
    expect(.badProbability(place(0, 1), next: 1, probability: -0.5)) {
      $0.rows[1] = [(0, 0.5), (1, -0.5)]
    }
    expect(.badProbability(place(2, 1), next: 2, probability: 1.5)) { $0.rows[4] = [(2, 1.5)] }
    expect(.badProbability(place(1, 1), next: nil, probability: -0.25)) {
      $0.termination = [0, 0, -0.25, 0, 0]
    }
    var parts = Parts()
    parts.rows[3] = [(1, .nan)]
    for dense in [false, true] {
      let error = #expect(throws: ModelError.self) { try parts.model(dense: dense) }
      #expect(error.map { "\($0)".hasPrefix("state 2 \"high\", action 0 \"left\"") } == true)
    }
  }

  @Test("rows sum to one within a unit in the last place for each entry, and one more")
  func rowSums() {
    expect(.rowNotStochastic(place(1, 1), sum: 0.75, tolerance: 3 * .ulpOfOne)) {
      $0.rows[2] = [(1, 0.25), (2, 0.5)]
    }
    expect(.rowNotStochastic(place(0, 0), sum: 1.5, tolerance: 2 * .ulpOfOne)) {
      $0.termination = [0.5, 0, 0, 0, 0]
    }
    expect(.rowNotStochastic(place(2, 0), sum: 0, tolerance: 1 * .ulpOfOne)) { $0.rows[3] = [] }
    expect(.rowNotStochastic(place(2, 0), sum: 1 - 3 * .ulpOfOne, tolerance: 2 * .ulpOfOne)) {
      $0.rows[3] = [(1, 1 - 3 * .ulpOfOne)]
    }
    var parts = Parts()
    parts.rows[3] = [(1, 1 - 2 * .ulpOfOne)]
    #expect(throws: Never.self) { try parts.model() }
  }

  @Test("bounds on the row sums leave termination out and hold outward")
  func rowSumBounds() throws {
    var parts = Parts()
    parts.rows[3] = [(1, 0.75)]
    parts.termination = [0, 0, 0, 0.25, 0]
    for dense in [false, true] {
      let sums = try parts.model(dense: dense).rowSums
      #expect(sums.lowerBound < 0.75 && sums.lowerBound > 0.749_999)
      #expect(sums.upperBound > 1 && sums.upperBound < 1.000_001)
    }
  }

  @Test("a transition is listed once")
  func duplicates() {
    expect(.duplicateTransition(place(1, 1), next: 1), dense: false) {
      $0.rows[2] = [(1, 0.25), (2, 0.5), (1, 0.25)]
    }
    // Unsorted rows without duplicates are fine.
    var parts = Parts()
    parts.rows[2] = [(2, 0.5), (0, 0.5)]
    #expect(throws: Never.self) { try parts.model() }
  }

  @Test("the initial distribution is one")
  func initial() {
    expect(.badInitialDistribution(state: 1, value: -0.5)) { $0.initial = [1, -0.5, 0.5] }
    expect(.badInitialDistribution(state: nil, value: 0.75)) { $0.initial = [0.25, 0.25, 0.25] }
  }

  @Test("labels name states that exist")
  func stateLabels() throws {
    expect(.badLabel(name: "goal", state: 3, stateCount: 3)) { $0.stateLabels = ["goal": [1, 3]] }
    expect(.badLabel(name: "goal", state: -1, stateCount: 3)) { $0.stateLabels = ["goal": [-1]] }
    var parts = Parts()
    parts.stateLabels = ["goal": [2, 0, 2]]
    #expect(try parts.model().stateLabels == ["goal": [0, 2]])
  }

  @Test("a place near the end of a large model is found")
  func largeModel() throws {
    let S = 1_000
    var rewards = [Double](repeating: 0, count: 3 * S)
    rewards[2_995] = .infinity
    let rows = try SparseMatrix(
      rowCount: 3 * S, columnCount: S, rowPointers: Array(0...(3 * S)),
      columns: [Int32](repeating: 0, count: 3 * S), values: [Double](repeating: 1, count: 3 * S))
    let place = ModelPlace(state: 998, action: 1)
    #expect(throws: ModelError.badReward(place, reward: .infinity)) {
      try TabularMDP(stateCount: S, actionCount: 3, transitions: .sparse(rows), rewards: rewards)
    }
  }

  @Test("random models of every kind are valid", arguments: RandomModelKind.allCases)
  func randomModels(kind: RandomModelKind) throws {
    for seed in 0..<20 {
      let (S, A) = (1 + seed, 1 + seed % 4)
      let model = try randomMDP(kind: kind, states: S, actions: A, seed: UInt64(seed))
      #expect(model.stateCount == S)
      #expect(try randomMDP(kind: kind, states: S, actions: A, seed: UInt64(seed)) == model)
    }
  }
}
