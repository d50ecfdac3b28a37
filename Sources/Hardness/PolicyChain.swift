// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// The Markov chain of a policy, P_π(s, t) = Σ_a π(a | s) P(t | s, a), in dense form.
///
/// Stored rows need not sum to 1 to the last bit. The chain is the one of the **off-diagonal**
/// entries: a state stays with the probability that they leave. Every measure of the chain refers to
/// that matrix, whose rows sum to 1 exactly.
///
/// - Numerics: an off-diagonal entry of n > 1 summed products is off by at most (n + 2) u relatively,
///   which `entryError` bounds; those of a deterministic policy are exact.
/// - Complexity: O(S²) memory.
/// - Source: [puterman1994], appendix A.
public struct PolicyChain: Sendable {
  /// The number of states.
  public let stateCount: Int
  /// The probabilities, row after row, the diagonal as what is missing to 1.
  let rows: [Double]
  /// A bound on the relative error of the off-diagonal entries.
  let entryError: Double
  /// The component of each state, numbered so that transitions go from higher to lower numbers.
  let components: [Int]
  /// Whether each component is closed.
  let isClosed: [Bool]
  private let model: TabularMDP

  /// The states up to which dense chains are made.
  public static let stateLimit = 1_000

  /// Makes the chain of a policy.
  ///
  /// - Throws: ``HardnessError/terminates(_:)`` when a choice that the policy takes may end the
  ///   episode, ``HardnessError/tooLarge(what:size:limit:)`` beyond `limit` states.
  public init(
    _ policy: StochasticPolicy, of model: TabularMDP, limit: Int = PolicyChain.stateLimit
  ) throws {
    let S = model.stateCount
    guard S <= limit else {
      throw HardnessError.tooLarge(what: "states", size: S, limit: limit)
    }
    var rows = [Double](repeating: 0, count: S * S)
    var most = 0
    var support: [Int32] = []
    var pointers = [0]
    for s in 0..<S {
      let taken = model.choices(of: s).filter { policy.probabilities[$0] > 0 }
      most = max(most, taken.count)
      for k in taken {
        if let end = model.termination?[k], end > 0 {
          throw HardnessError.terminates(model.place(choice: k))
        }
        model.transitions.forEachEntry(row: k) { t, p, _ in
          rows[s * S + t] += policy.probabilities[k] * p
        }
      }
      var others = 0.0
      for t in 0..<S where t != s { others += rows[s * S + t] }
      rows[s * S + s] = max(0, 1 - others)
      for t in 0..<S where rows[s * S + t] > 0 { support.append(Int32(t)) }
      pointers.append(support.count)
    }
    self.stateCount = S
    self.rows = rows
    self.entryError = most <= 1 ? 0 : Double(most + 2) * 0x1.01p-53
    self.model = model
    // Only which entries are positive matters for the graph.
    let sizes = (0..<S).map { pointers[$0 + 1] - pointers[$0] }
    let graph = try TabularMDP(
      stateCount: S, actionCount: 1,
      transitions: .sparse(
        SparseMatrix(
          rowCount: S, columnCount: S, rowPointers: pointers, columns: support,
          values: sizes.flatMap { [Double](repeating: 1 / Double($0), count: $0) })),
      rewards: [Double](repeating: 0, count: S), storage: .sparse)
    let structure = Structure(graph)
    components = structure.componentOfState.map { Int($0) }
    isClosed = structure.isClosed
  }

  /// Makes the chain of a deterministic policy.
  ///
  /// - Throws: ``HardnessError/terminates(_:)`` when a choice that the policy takes may end the
  ///   episode, ``HardnessError/tooLarge(what:size:limit:)`` beyond `limit` states.
  public init(
    _ policy: DeterministicPolicy, of model: TabularMDP, limit: Int = PolicyChain.stateLimit
  ) throws {
    try self.init(StochasticPolicy(policy, of: model), of: model, limit: limit)
  }

  /// The number of closed classes; at least 1.
  public var closedClassCount: Int { isClosed.reduce(0) { $0 + ($1 ? 1 : 0) } }

  /// Whether every state reaches every other.
  public var isIrreducible: Bool { isClosed.count == 1 }

  /// The states of the only closed class.
  ///
  /// - Throws: ``HardnessError/severalClosedClasses(_:)``.
  public func recurrentStates() throws(HardnessError) -> [Int] {
    guard closedClassCount == 1, let closed = isClosed.firstIndex(of: true) else {
      throw .severalClosedClasses(closedClassCount)
    }
    return (0..<stateCount).filter { components[$0] == closed }
  }

  /// The period of the only closed class: the greatest common divisor of its cycles' lengths.
  ///
  /// - Throws: ``HardnessError/severalClosedClasses(_:)``.
  /// - Complexity: O(S²).
  public func period() throws(HardnessError) -> Int {
    let recurrent = try recurrentStates()
    var level = [Int](repeating: -1, count: stateCount)
    level[recurrent[0]] = 0
    var queue = [recurrent[0]]
    var head = 0
    var divisor = 0
    while head < queue.count {
      let s = queue[head]
      head += 1
      for t in recurrent where rows[s * stateCount + t] > 0 {
        if level[t] < 0 {
          level[t] = level[s] + 1
          queue.append(t)
        } else {
          var (a, b) = (divisor, abs(level[s] + 1 - level[t]))
          while b != 0 { (a, b) = (b, a % b) }
          divisor = a
        }
      }
    }
    return max(divisor, 1)
  }

  /// Checks that every state reaches every other.
  ///
  /// - Throws: ``HardnessError/notIrreducible(from:to:)`` with a pair of states.
  func requireIrreducible() throws(HardnessError) {
    // Component 0 reaches no higher one.
    guard !isIrreducible, let from = components.firstIndex(of: 0),
      let to = components.firstIndex(where: { $0 != 0 })
    else { return }
    throw .notIrreducible(from: model.place(state: from), to: model.place(state: to))
  }
}
