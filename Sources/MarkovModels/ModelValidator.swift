// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// Checks the invariants of a model, one method each; every error names a state and an action.
struct ModelValidator {
  let stateCount: Int
  let actionCount: Int
  let choicePointers: [Int]
  let choiceActions: [Int32]?
  let stateNames: [String]?
  let actionNames: [String]?

  var choiceCount: Int { choicePointers.last ?? 0 }

  /// The place of choice `k`.
  func place(choice k: Int) -> ModelPlace {
    var s = 0
    while s + 1 < stateCount && choicePointers[s + 1] <= k { s += 1 }
    let a = choiceActions.map { Int($0[k]) } ?? (k - choicePointers[s])
    return place(state: s, action: a)
  }

  func place(state s: Int, action a: Int? = nil) -> ModelPlace {
    let name = a.flatMap { a in
      actionNames.flatMap { $0.indices.contains(a) ? $0[a] : nil }
    }
    return ModelPlace(state: s, stateName: stateNames?[s], action: a, actionName: name)
  }

  /// Sizes of the arrays, choices in order, at least one in every state, labels distinct.
  func checkChoices() throws(ModelError) {
    guard stateCount >= 1 else { throw .noStates }
    guard actionCount >= 1 else { throw .noActions(ModelPlace(state: 0)) }
    try check(choicePointers.count, is: stateCount + 1, "choice pointers")
    if let stateNames { try check(stateNames.count, is: stateCount, "state names") }
    if let actionNames { try check(actionNames.count, is: actionCount, "action names") }
    guard choicePointers[0] == 0 else { throw .choicePointersDecrease(state: 0) }
    for s in 0..<stateCount {
      guard choicePointers[s] <= choicePointers[s + 1] else {
        throw .choicePointersDecrease(state: s)
      }
      guard choicePointers[s] < choicePointers[s + 1] else { throw .noActions(place(state: s)) }
    }
    guard let choiceActions else {
      for s in 0..<stateCount where choicePointers[s + 1] - choicePointers[s] != actionCount {
        throw .wrongCount(
          array: "choices of state \(s) (no action labels given)", expected: actionCount,
          found: choicePointers[s + 1] - choicePointers[s])
      }
      return
    }
    try check(choiceActions.count, is: choiceCount, "action labels")
    var seenIn = [Int](repeating: -1, count: actionCount)
    for s in 0..<stateCount {
      for k in choicePointers[s]..<choicePointers[s + 1] {
        let a = Int(choiceActions[k])
        guard a >= 0, a < actionCount, seenIn[a] != s else { throw .badAction(place(choice: k)) }
        seenIn[a] = s
      }
    }
  }

  /// Rewards finite, one for each choice.
  func checkRewards(_ rewards: [Double]) throws(ModelError) {
    try check(rewards.count, is: choiceCount, "rewards")
    for (k, r) in rewards.enumerated() where !r.isFinite {
      throw .badReward(place(choice: k), reward: r)
    }
  }

  /// Rewards of outcomes finite, one for each stored entry.
  func checkOutcomeRewards(
    _ rewards: [Double], transitions: TransitionMatrix
  ) throws(ModelError) {
    switch transitions {
    case .dense(let matrix):
      try check(rewards.count, is: matrix.elements.count, "rewards of outcomes")
      for (i, r) in rewards.enumerated() where !r.isFinite {
        throw .badReward(place(choice: i / stateCount), reward: r)
      }
    case .sparse(let matrix):
      try check(rewards.count, is: matrix.storedCount, "rewards of outcomes")
      for row in 0..<matrix.rowCount {
        for i in matrix.entries(ofRow: row) where !rewards[i].isFinite {
          throw .badReward(place(choice: row), reward: rewards[i])
        }
      }
    }
  }

  /// Labels name states that exist.
  func checkLabels(_ labels: [String: [Int]]) throws(ModelError) {
    for (name, states) in labels {
      for s in states where s < 0 || s >= stateCount {
        throw .badLabel(name: name, state: s, stateCount: stateCount)
      }
    }
  }

  /// The initial distribution nonnegative, with sum 1 within S + 1 units in the last place.
  func checkInitial(_ distribution: [Double]) throws(ModelError) {
    try check(distribution.count, is: stateCount, "initial distribution")
    var sum = CompensatedSum()
    for (s, p) in distribution.enumerated() {
      guard p >= 0, p <= 1 else { throw .badInitialDistribution(state: s, value: p) }
      sum.add(p)
    }
    guard abs(sum.value - 1) <= Double(stateCount + 1) * .ulpOfOne else {
      throw .badInitialDistribution(state: nil, value: sum.value)
    }
  }

  /// Probabilities in [0, 1], no transition twice, rows that sum to 1 with termination.
  ///
  /// Returns bounds on the exact row sums without termination. A compensated sum of n numbers of
  /// one sign is within (1 + n² u) u of the exact one relatively, u = 2⁻⁵³, so one `ulp` and a bit
  /// outward is a bound for every n below 2²⁰; three are taken.
  func checkRows(
    _ transitions: TransitionMatrix, termination: [Double]?
  ) throws(ModelError) -> ClosedRange<Double> {
    try check(transitions.rowCount, is: choiceCount, "rows of transition probabilities")
    try check(transitions.stateCount, is: stateCount, "columns of transition probabilities")
    if let termination { try check(termination.count, is: choiceCount, "termination") }
    var (least, greatest) = (Double.infinity, 0.0)
    func finish(row: Int, sum: Double, entries: Int) throws(ModelError) {
      let end = termination?[row] ?? 0
      guard end >= 0, end <= 1 else {
        throw .badProbability(place(choice: row), next: nil, probability: end)
      }
      let tolerance = Double(entries + 1) * .ulpOfOne
      guard abs((sum - 1) + end) <= tolerance else {
        throw .rowNotStochastic(place(choice: row), sum: sum + end, tolerance: tolerance)
      }
      least = min(least, sum)
      greatest = max(greatest, sum)
    }
    switch transitions {
    case .dense(let matrix):
      let S = stateCount
      try matrix.elements.withUnsafeBufferPointer { p throws(ModelError) in
        for row in 0..<choiceCount {
          var sum = CompensatedSum()
          var positive = 0
          for next in 0..<S {
            let x = p[row &* S &+ next]
            guard x >= 0, x <= 1 else {
              throw .badProbability(place(choice: row), next: next, probability: x)
            }
            sum.add(x)
            positive &+= x > 0 ? 1 : 0
          }
          try finish(row: row, sum: sum.value, entries: positive)
        }
      }
    case .sparse(let matrix):
      var seenIn: [Int] = []
      try matrix.values.withUnsafeBufferPointer { p throws(ModelError) in
        try matrix.columns.withUnsafeBufferPointer { c throws(ModelError) in
          for row in 0..<choiceCount {
            var sum = CompensatedSum()
            let range = matrix.entries(ofRow: row)
            var sorted = true
            var last: Int32 = -1
            for i in range {
              let x = p[i]
              guard x >= 0, x <= 1 else {
                throw .badProbability(place(choice: row), next: Int(c[i]), probability: x)
              }
              sum.add(x)
              sorted = sorted && c[i] > last
              last = c[i]
            }
            if !sorted {
              if seenIn.isEmpty { seenIn = [Int](repeating: -1, count: stateCount) }
              for i in range {
                guard seenIn[Int(c[i])] != row else {
                  throw .duplicateTransition(place(choice: row), next: Int(c[i]))
                }
                seenIn[Int(c[i])] = row
              }
            }
            try finish(row: row, sum: sum.value, entries: range.count)
          }
        }
      }
    }
    let low = max(0, least - 3 * least.ulp)
    return low...(greatest + 3 * greatest.ulp)
  }

  private func check(_ found: Int, is expected: Int, _ array: String) throws(ModelError) {
    guard found == expected else {
      throw .wrongCount(array: array, expected: expected, found: found)
    }
  }
}

/// A running sum with its rounding errors collected (Neumaier's variant of Kahan's method).
struct CompensatedSum {
  private var sum = 0.0
  private var errors = 0.0

  @inline(__always)
  mutating func add(_ x: Double) {
    // Knuth's TwoSum: sum + x = total + error exactly, without a branch.
    let total = sum + x
    let b = total - sum
    errors += (sum - (total - b)) + (x - b)
    sum = total
  }

  var value: Double { sum + errors }
}

extension TransitionMatrix {
  /// The matrix in the wanted form, with values that belong to its entries carried along.
  func stored(as storage: Storage, entryValues: [Double]?) -> (TransitionMatrix, [Double]?) {
    let wantsDense: Bool
    switch storage {
    case .dense: wantsDense = true
    case .sparse: wantsDense = false
    case .automatic:
      let size = Double(rowCount) * Double(stateCount)
      let stored =
        switch self {
        case .dense: transitionCount
        case .sparse(let matrix): matrix.storedCount
        }
      wantsDense = Double(stored) >= TransitionMatrix.denseThreshold * size
    }
    switch (self, wantsDense) {
    case (.dense, true), (.sparse, false): return (self, entryValues)
    case (.sparse(let sparse), true):
      var values: [Double]?
      if let entryValues {
        var dense = [Double](repeating: 0, count: rowCount * stateCount)
        for row in 0..<rowCount {
          for i in sparse.entries(ofRow: row) {
            dense[row * stateCount + Int(sparse.columns[i])] = entryValues[i]
          }
        }
        values = dense
      }
      return (.dense(denseForm()), values)
    case (.dense(let matrix), false):
      let kept = matrix.elements.indices.filter { matrix.elements[$0] != 0 }
      return (.sparse(sparseForm()), entryValues.map { values in kept.map { values[$0] } })
    }
  }
}
