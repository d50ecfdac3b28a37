// SPDX-License-Identifier: Apache-2.0
import ExactArithmetic
import LinearAlgebra
import MarkovModels
import Planning
import TestSupport

/// Small random models whose long run is not simple.
enum LongRunKind: String, CaseIterable {
  /// One next state a choice: periodic policies, ties, many end components.
  case deterministic
  /// One or two next states, rewards −1, 0 or 1: zero-reward cycles, gains of either sign.
  case coarse
  /// As before with probabilities that do not sum to 1 exactly.
  case thirds
  /// Rewards from 10⁻¹² to 10¹², either sign.
  case scales
  /// Staying has probability 1 − 10⁻⁹.
  case sticky
  /// All rewards at most zero, the last state absorbing and free: a shortest path.
  case costs
  /// As before with positive and negative rewards.
  case mixedCosts
}

/// A model of a kind; with `ends`, choices may end the episode.
func longRunModel(_ kind: LongRunKind, seed: Int, ends: Bool = false) throws -> TabularMDP {
  var rng = RepeatableGenerator(seed: UInt64(1_000 * seed + 7))
  func below(_ n: Int) -> Int { Int(rng.next() % UInt64(n)) }
  func unit() -> Double { Double(rng.next() >> 11) * 0x1p-53 }
  let S = 2 + below(3)
  return try OutcomeTable(states: S, actions: 2) { s, a in
    if kind == .costs || kind == .mixedCosts, s == S - 1 { return [Outcome(1, to: s)] }
    let (first, second) = (below(S), below(S))
    let terminates = ends && below(4) == 0
    let r: Double
    switch kind {
    case .scales: r = (2 * unit() - 1) * [1e-12, 1e-6, 1, 1e6, 1e12][below(5)]
    case .costs: r = -Double(below(3))
    default: r = Double(below(3) - 1)
    }
    switch kind {
    case .deterministic: return [Outcome(1, to: first, reward: r, terminates: terminates)]
    case .coarse, .costs, .mixedCosts:
      return [
        Outcome(0.5, to: first, reward: r),
        Outcome(0.5, to: second, reward: r, terminates: terminates),
      ]
    case .thirds:
      return [
        Outcome(1.0 / 3, to: first, reward: r), Outcome(0.1, to: s, reward: r),
        Outcome(1 - 1.0 / 3 - 0.1, to: second, reward: r, terminates: terminates),
      ]
    case .scales:
      let p = 0.1 + 0.8 * unit()
      return [
        Outcome(p, to: first, reward: r),
        Outcome(1 - p, to: second, reward: r, terminates: terminates),
      ]
    case .sticky:
      return [
        Outcome(1 - 1e-9, to: s, reward: r),
        Outcome(1e-9, to: first, reward: r, terminates: terminates),
      ]
    }
  }.model()
}

/// All deterministic policies of a model.
func allPolicies(_ model: TabularMDP) throws -> [DeterministicPolicy] {
  var lists: [[Int]] = [[]]
  for s in 0..<model.stateCount {
    lists = lists.flatMap { list in model.choices(of: s).map { list + [$0] } }
  }
  return try lists.map { try DeterministicPolicy(choices: $0, of: model) }
}

/// The greatest of some vectors of fractions, state by state.
func greatest(_ vectors: [RationalVector], _ s: Int) -> Rational? {
  vectors.map { $0[s] }.max()
}

/// The model with its end made a state, the last one.
func withEndState(_ model: TabularMDP) throws -> TabularMDP {
  let S = model.stateCount
  var pointers = [0]
  var columns: [Int32] = []
  var values: [Double] = []
  for k in 0..<model.choiceCount {
    model.transitions.forEachEntry(row: k) { t, p, _ in
      columns.append(Int32(t))
      values.append(p)
    }
    if let end = model.termination?[k], end > 0 {
      columns.append(Int32(S))
      values.append(end)
    }
    pointers.append(values.count)
  }
  columns.append(Int32(S))
  values.append(1)
  pointers.append(values.count)
  return try TabularMDP(
    stateCount: S + 1, actionCount: model.actionCount,
    choicePointers: model.choicePointers + [model.choiceCount + 1],
    choiceActions: (0..<S).flatMap { s in
      model.choices(of: s).map { Int32(model.action(ofChoice: $0, in: s)) }
    } + [0],
    transitions: .sparse(
      SparseMatrix(
        rowCount: model.choiceCount + 1, columnCount: S + 1, rowPointers: pointers,
        columns: columns, values: values)), rewards: model.rewards + [0])
}
