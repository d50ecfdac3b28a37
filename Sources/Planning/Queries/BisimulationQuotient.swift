// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// The coarsest bisimulation of a model and its quotient, by partition refinement.
///
///     all states in one block (or in the blocks given)                      (1)
///     repeat
///       signature(s) ← for each action label: the reward, the probability of the end,
///         and the exact probability of each block                           (2)
///       split each block by signature                                       (3)
///     until no block was split
///     the quotient: one state a block, the rows of its first state          (4)
///
/// States in one block have the same values under every discount and horizon, in the long run too, and
/// the same optimal actions: they need to be solved once.
///
/// - Assumes: actions with one label correspond to each other.
/// - Guarantee: (2) adds the stored doubles exactly, so that two states share a block only if they are
///   bisimilar as real-arithmetic states. In (4) the sums are stored as doubles; `isExact` says whether
///   all of them are doubles. If not, the quotient's values differ by the effect of one rounding a sum.
/// - Deviates: states are split by whole signatures, not by one splitter at a time: simpler, and more
///   rounds in the worst case.
/// - Complexity: O(entries) and hashing a round, at most S rounds.
/// - Source: [givan2003].
public struct BisimulationQuotient: Sendable {
  /// The block of each state, numbered by their first states.
  public let blockOfState: [Int]
  /// The first state of each block.
  public let representatives: [Int]
  /// The quotient model.
  public let model: TabularMDP
  /// Whether every probability of the quotient is exactly the sum that it stands for.
  public let isExact: Bool
  /// How often (2) and (3) were done.
  public let rounds: Int

  /// Computes the quotient of a model.
  ///
  /// - Parameters:
  ///   - model: The model; its initial distribution and labels are carried over.
  ///   - keepingLabels: Whether states with different labels must stay apart.
  /// - Throws: ``/MarkovModels/ModelError`` when rounding (4) makes a row that is not a
  ///   distribution.
  public init(_ model: TabularMDP, keepingLabels: Bool = true) throws(ModelError) {
    let S = model.stateCount
    var block = [Int](repeating: 0, count: S)  // (1)
    if keepingLabels {
      var signs = [[UInt64]](repeating: [], count: S)
      for (i, name) in model.stateLabels.keys.sorted().enumerated() {
        for s in model.stateLabels[name] ?? [] { signs[s].append(UInt64(i)) }
      }
      block = BisimulationQuotient.numbered(signs)
    }
    var count = (block.max() ?? 0) + 1
    var rounds = 0
    while true {
      rounds += 1
      let signatures = (0..<S).map { s in  // (2)
        [UInt64(block[s])] + BisimulationQuotient.signature(of: s, in: model, block)
      }
      let next = BisimulationQuotient.numbered(signatures)  // (3)
      let nextCount = (next.max() ?? 0) + 1
      block = next
      if nextCount == count { break }
      count = nextCount
    }
    blockOfState = block
    var first = [Int](repeating: -1, count: count)
    for s in (0..<S).reversed() { first[block[s]] = s }
    representatives = first
    self.rounds = rounds
    (self.model, isExact) = try BisimulationQuotient.quotient(model, block, first)
  }

  /// A vector over the quotient's states as one over the model's states.
  public func lifted(_ values: [Double]) -> [Double] { blockOfState.map { values[$0] } }

  /// The policy of the quotient, taken by its action labels in every state.
  ///
  /// - Throws: ``/MarkovModels/ModelError/badPolicy(state:reason:)``, never for a policy of the
  ///   quotient.
  public func lifted(
    _ policy: DeterministicPolicy, to original: TabularMDP
  ) throws(ModelError) -> DeterministicPolicy {
    let actions = policy.actions(in: model)
    return try DeterministicPolicy(actions: blockOfState.map { actions[$0] }, of: original)
  }

  /// Numbers equal arrays alike, in the order of their first occurrence.
  private static func numbered(_ keys: [[UInt64]]) -> [Int] {
    var numbers: [[UInt64]: Int] = [:]
    return keys.map { key in
      if let number = numbers[key] { return number }
      let number = numbers.count
      numbers[key] = number
      return number
    }
  }

  /// What the next step looks like from a state, as words; equal exactly when it is equal.
  private static func signature(of s: Int, in model: TabularMDP, _ block: [Int]) -> [UInt64] {
    let choices = model.choices(of: s).sorted {
      model.action(ofChoice: $0, in: s) < model.action(ofChoice: $1, in: s)
    }
    var words: [UInt64] = []
    for k in choices {
      words.append(UInt64(model.action(ofChoice: k, in: s)))
      words.append((model.rewards[k] + 0).bitPattern)
      words.append(((model.termination?[k] ?? 0) + 0).bitPattern)
      let sums = blockSums(k, model, block)
      words.append(UInt64(sums.count))
      for (b, sum) in sums {
        words.append(UInt64(b))
        words.append(UInt64(sum.words.count))
        words.append(contentsOf: sum.words)
      }
    }
    return words
  }

  /// The exact probability of each block that a row leads to, by block.
  private static func blockSums(
    _ k: Int, _ model: TabularMDP, _ block: [Int]
  ) -> [(block: Int, sum: ExactSum)] {
    var entries: [(block: Int, p: Double)] = []
    model.transitions.forEachEntry(row: k) { t, p, _ in entries.append((block[t], p)) }
    entries.sort { $0.block < $1.block }
    var sums: [(block: Int, sum: ExactSum)] = []
    for (b, p) in entries {
      if let last = sums.last, last.block == b {
        sums[sums.count - 1].sum.add(p)
      } else {
        var sum = ExactSum()
        sum.add(p)
        sums.append((b, sum))
      }
    }
    return sums
  }

  private static func quotient(
    _ model: TabularMDP, _ block: [Int], _ first: [Int]
  ) throws(ModelError) -> (TabularMDP, Bool) {  // (4)
    var isExact = true
    var choicePointers = [0]
    var actions: [Int32] = []
    var rowPointers = [0]
    var columns: [Int32] = []
    var values: [Double] = []
    var rewards: [Double] = []
    var termination: [Double] = []
    for s in first {
      for k in model.choices(of: s) {
        actions.append(Int32(model.action(ofChoice: k, in: s)))
        rewards.append(model.rewards[k])
        termination.append(model.termination?[k] ?? 0)
        for (b, sum) in blockSums(k, model, block) {
          let rounded = sum.rounded
          isExact = isExact && sum.isExactly(rounded)
          columns.append(Int32(b))
          values.append(min(rounded, 1))
        }
        rowPointers.append(values.count)
      }
      choicePointers.append(actions.count)
    }
    var initial: [Double]?
    if let old = model.initialDistribution {
      var sums = [ExactSum](repeating: ExactSum(), count: first.count)
      for (s, p) in old.enumerated() where p > 0 { sums[block[s]].add(p) }
      initial = sums.map { min($0.rounded, 1) }
      isExact = isExact && sums.allSatisfy { $0.isExactly($0.rounded) }
    }
    let matrix: SparseMatrix
    do {
      matrix = try SparseMatrix(
        rowCount: rewards.count, columnCount: first.count, rowPointers: rowPointers,
        columns: columns, values: values)
    } catch { preconditionFailure("\(error)") }
    let result = try TabularMDP(
      stateCount: first.count, actionCount: model.actionCount, choicePointers: choicePointers,
      choiceActions: actions, transitions: .sparse(matrix), rewards: rewards,
      termination: model.termination == nil ? nil : termination, initialDistribution: initial,
      stateNames: model.stateNames.map { names in first.map { names[$0] } },
      actionNames: model.actionNames,
      stateLabels: model.stateLabels.mapValues { states in
        Set(states.map { block[$0] }).sorted()
      })
    return (result, isExact)
  }
}

/// A sum of doubles in [0, 1], exactly: a fixed-point number of 32-bit digits.
///
/// Digit i counts multiples of 2^(32 i − 1088); 2⁻¹⁰⁷⁴ is the smallest positive double. After each
/// addition the carries are resolved, so equal sums have equal digits.
struct ExactSum: Equatable {
  private var digits = [UInt32](repeating: 0, count: 36)
  /// The lowest and one past the highest digit in use.
  private var range = 36..<36

  /// Adds a finite number that is not negative; sums stay below 2³².
  mutating func add(_ x: Double) {
    guard x > 0 else { return }
    let significand = x.significandBitPattern | (x.isNormal ? 1 << 52 : 0)
    let exponent = x.isNormal ? Int(x.exponentBitPattern) - 1075 : -1074
    let position = exponent + 1088
    let (low, shift) = (position / 32, position % 32)
    // 53 bits shifted by at most 31 span three digits.
    var parts = [
      UInt64(truncatingIfNeeded: significand << shift) & 0xFFFF_FFFF,
      (significand >> (32 - shift)) & 0xFFFF_FFFF,
      shift == 0 ? 0 : significand >> (64 - shift),
    ]
    var carry: UInt64 = 0
    var i = low
    while !parts.isEmpty || carry > 0 {
      let part = parts.isEmpty ? 0 : parts.removeFirst()
      let total = UInt64(digits[i]) + part + carry
      digits[i] = UInt32(truncatingIfNeeded: total)
      carry = total >> 32
      i += 1
    }
    range = range.isEmpty ? low..<i : min(low, range.lowerBound)..<max(i, range.upperBound)
  }

  /// The digits without leading and trailing zeros, with the place of the first one.
  var words: [UInt64] {
    guard let low = range.first(where: { digits[$0] != 0 }),
      let high = range.last(where: { digits[$0] != 0 })
    else { return [] }
    return [UInt64(low)] + digits[low...high].map { UInt64($0) }
  }

  /// The sum, rounded; exact when it is a double.
  var rounded: Double {
    // From the top, the first addition that is inexact rounds, and what follows is far smaller.
    range.reversed().reduce(0.0) { sum, i in
      sum + Double(sign: .plus, exponent: 32 * i - 1088, significand: Double(digits[i]))
    }
  }

  /// Whether the sum is `x` exactly.
  func isExactly(_ x: Double) -> Bool {
    var other = ExactSum()
    other.add(x)
    return words == other.words
  }
}
