// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// The kinds of random model that a planner must cope with.
public enum RandomModelKind: String, CaseIterable, Sendable {
  /// Every next state possible, dense storage.
  case dense
  /// About three next states a choice, unsorted, sparse storage.
  case sparse
  /// A random nonempty subset of the actions in every state, sparse.
  case stateDependentActions
  /// Every choice may end the episode; some surely do.
  case terminating
  /// One next state for every choice, integer rewards: many ties.
  case deterministic
  /// Staying has probability 1 − 10⁻⁹ or so; one state is absorbing.
  case nearAbsorbing
  /// Rewards of about 10⁻¹².
  case tinyRewards
  /// Rewards of about 10¹².
  case hugeRewards
  /// Rewards from 10⁻¹² to 10¹² in one model, of either sign.
  case mixedRewards
  /// Probabilities down to 10⁻³⁰⁰ in one row.
  case extremeProbabilities
  /// Rewards that depend on the next state.
  case outcomeRewards
  /// All rewards equal: every policy is optimal.
  case constantRewards
}

/// A random model of a kind; a pure function of its arguments.
///
/// - Throws: ``ModelError`` only if a generator here is wrong: every model is meant to be valid.
public func randomMDP(
  kind: RandomModelKind, states S: Int, actions A: Int, seed: UInt64
) throws -> TabularMDP {
  var rng = RepeatableGenerator(seed: seed)
  func unit() -> Double { Double(rng.next() >> 11) * 0x1p-53 }
  func below(_ n: Int) -> Int { Int(rng.next() % UInt64(n)) }
  func signed() -> Double { 2 * unit() - 1 }

  var pointers = [0]
  var labels: [Int32] = []
  var rowPointers = [0]
  var columns: [Int32] = []
  var values: [Double] = []
  var rewards: [Double] = []
  var entryRewards: [Double] = []
  var termination: [Double] = []

  /// Appends a row in proportion to the weights; what remains of `mass` is termination.
  func appendRow(_ weights: [(next: Int, weight: Double)], mass: Double = 1) {
    let total = weights.reduce(0) { $0 + $1.weight }
    for (next, weight) in weights {
      columns.append(Int32(next))
      values.append(weight / total * mass)
      entryRewards.append(signed())
    }
    rowPointers.append(values.count)
    termination.append(1 - mass)
  }
  func distinct(_ count: Int) -> [Int] {
    var order = Array(0..<S)
    for i in 0..<min(count, S) { order.swapAt(i, i + below(S - i)) }
    return Array(order.prefix(count))
  }

  for s in 0..<S {
    for a in 0..<A {
      if kind == .stateDependentActions, a != s % A, unit() < 0.5 { continue }
      labels.append(Int32(a))
      switch kind {
      case .dense, .tinyRewards, .mixedRewards:
        appendRow((0..<S).map { ($0, unit() + 1e-3) })
      case .sparse, .stateDependentActions, .hugeRewards, .outcomeRewards, .constantRewards:
        appendRow(distinct(3).map { ($0, unit() + 1e-3) })
      case .terminating:
        let mass = below(4) == 0 ? 0 : 0.5 + 0.5 * unit()
        appendRow(mass == 0 ? [] : distinct(2).map { ($0, unit() + 1e-3) }, mass: mass)
      case .deterministic: appendRow([(below(S), 1)])
      case .nearAbsorbing:
        let other = below(S)
        appendRow(s == 0 || other == s ? [(s, 1)] : [(s, 1e9), (other, unit())])
      case .extremeProbabilities:
        let exponents = [0, -8, -16, -100, -300]
        appendRow(
          zip(distinct(5), exponents).map { next, e in
            (next, (1...max(1, -e / 4)).reduce(unit() + 0.5) { w, _ in e == 0 ? w : w * 1e-4 })
          })
      }
      switch kind {
      case .tinyRewards: rewards.append(1e-12 * signed())
      case .hugeRewards: rewards.append(1e12 * signed())
      case .mixedRewards:
        rewards.append(signed() * (0..<below(25)).reduce(1e-12) { scale, _ in scale * 10 })
      case .deterministic: rewards.append(Double(below(3)))
      case .constantRewards: rewards.append(0.7)
      case .outcomeRewards:
        let row = rowPointers[rewards.count]..<values.count
        rewards.append(row.reduce(0) { $0 + values[$1] * entryRewards[$1] })
      default: rewards.append(signed())
      }
    }
    pointers.append(labels.count)
  }
  let matrix = try SparseMatrix(
    rowCount: labels.count, columnCount: S, rowPointers: rowPointers, columns: columns,
    values: values)
  return try TabularMDP(
    stateCount: S, actionCount: A, choicePointers: kind == .stateDependentActions ? pointers : nil,
    choiceActions: kind == .stateDependentActions ? labels : nil, transitions: .sparse(matrix),
    rewards: rewards, outcomeRewards: kind == .outcomeRewards ? entryRewards : nil,
    termination: kind == .terminating ? termination : nil,
    storage: kind == .dense ? .dense : kind == .sparse ? .sparse : .automatic)
}

/// A tabular model of the catalogue, such as `garnet:states=100`.
///
/// - Throws: What the catalogue says of the specification; ``ModelError`` if its model is no table.
public func catalogueModel(_ specification: String) throws -> TabularMDP {
  guard case .tabular(let model, _) = try EnvironmentCatalogue.build(specification).model else {
    throw ModelError.noStates
  }
  return model
}
