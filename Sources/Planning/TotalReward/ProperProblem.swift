// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// A total-reward problem over nodes, each a state or a set of states collapsed into one.
///
/// A choice of node i pays its reward and leads to nodes; what its probabilities lack to 1 ends. The
/// probabilities of staying at i are left out: only the `mass` that leaves counts, so that rows which
/// leave with probability 10⁻⁹ are as exact as others.
struct ProperProblem {
  /// Where the choices of each node start; one more entry than nodes.
  private(set) var choicePointers = [0]
  /// The model's choice behind each choice, or −1 for "stop here".
  private(set) var origins: [Int] = []
  private(set) var rewards: [Double] = []
  /// The probability of leaving the node by the choice, for other nodes or the end.
  private(set) var masses: [Double] = []
  /// The probability that the choice ends.
  private(set) var ends: [Double] = []
  private(set) var rowPointers = [0]
  private(set) var targets: [Int32] = []
  private(set) var probabilities: [Double] = []

  var nodeCount: Int { choicePointers.count - 1 }

  func choices(_ node: Int) -> Range<Int> { choicePointers[node]..<choicePointers[node + 1] }

  /// Adds a choice to the node being built; the entries name other nodes only.
  mutating func addChoice(
    origin: Int, reward: Double, end: Double, entries: [(node: Int, probability: Double)]
  ) {
    origins.append(origin)
    rewards.append(reward)
    var mass = end
    for (node, p) in entries {
      targets.append(Int32(node))
      probabilities.append(p)
      mass += p
    }
    masses.append(mass)
    ends.append(end)
    rowPointers.append(targets.count)
  }

  /// Adds a choice that is a row of the model: next states are mapped to nodes, `node` is the owner.
  mutating func addChoice(
    _ k: Int, reward: Double, of node: Int, _ rows: LongRunRows, nodeOfState: [Int32]
  ) {
    addChoice(
      origin: k, reward: reward, end: rows.ends[k],
      entries: rows.entries(k).compactMap { e in
        let j = Int(nodeOfState[Int(rows.columns[e])])
        return j == node ? nil : (j, rows.probabilities[e])
      })
  }

  /// Ends the node being built; the next choice belongs to the next node.
  mutating func endNode() { choicePointers.append(origins.count) }

  /// reward + slack − mass · v(node) + Σ p v: how much better than v(node) the choice is.
  func advantage(_ c: Int, of node: Int, _ v: [Double], slack: (Int) -> Double) -> Double {
    var sum = 0.0
    for e in rowPointers[c]..<rowPointers[c + 1] {
      sum += probabilities[e] * (v[Int(targets[e])] - v[node])
    }
    sum -= ends[c] * v[node]
    return rewards[c] + slack(c) + sum
  }

  /// The values of a policy, one choice for each node, with `slack` added to the rewards.
  ///
  /// - Throws: The errors of the factorization, for example when the policy never ends.
  func values(_ policy: [Int], slack: (Int) -> Double) throws -> [Double] {
    let n = nodeCount
    var pointers = [0]
    var columns: [Int32] = []
    var entries: [Double] = []
    for i in 0..<n {
      let c = policy[i]
      columns.append(Int32(i))
      entries.append(masses[c])
      for e in rowPointers[c]..<rowPointers[c + 1] {
        columns.append(targets[e])
        entries.append(-probabilities[e])
      }
      pointers.append(entries.count)
    }
    let factors = try LongRunFactors(
      SparseMatrix(
        rowCount: n, columnCount: n, rowPointers: pointers, columns: columns, values: entries))
    var v = [Double](repeating: 0, count: n)
    for _ in 0..<2 {
      let delta = factors.solve((0..<n).map { advantage(policy[$0], of: $0, v, slack: slack) })
      for i in 0..<n { v[i] += delta[i] }
    }
    return v
  }

  /// What policy iteration found.
  struct Optimum {
    var values: [Double]
    var policy: [Int]
    /// Nodes from which the improved policy never ends: the best gain there is not below zero.
    var trapped: [Int]
  }

  /// Policy iteration from a policy that ends from every node.
  func optimum(from start: [Int], slack: (Int) -> Double) throws -> Optimum {
    var policy = start
    var v = try values(policy, slack: slack)
    for _ in 0..<1_000 {
      var improved = false
      var next = policy
      for i in 0..<nodeCount {
        let noise = 0x1p-44 * (abs(rewards[policy[i]]) + masses[policy[i]] * abs(v[i]))
        var top = max(0, advantage(policy[i], of: i, v, slack: slack)) + noise
        for c in choices(i) {
          let a = advantage(c, of: i, v, slack: slack)
          let floor = 0x1p-44 * (abs(rewards[c]) + masses[c] * abs(v[i]))
          if a > max(top, floor) {
            top = a
            next[i] = c
            improved = true
          }
        }
      }
      if !improved { break }
      let trapped = trappedNodes(next)
      if !trapped.isEmpty { return Optimum(values: v, policy: policy, trapped: trapped) }
      policy = next
      v = try values(policy, slack: slack)
    }
    return Optimum(values: v, policy: policy, trapped: [])
  }

  /// The nodes from which a policy cannot reach the end.
  func trappedNodes(_ policy: [Int]) -> [Int] {
    let n = nodeCount
    var sources = [[Int32]](repeating: [], count: n)
    var reached = [Bool](repeating: false, count: n)
    var queue: [Int] = []
    for i in 0..<n {
      let c = policy[i]
      for e in rowPointers[c]..<rowPointers[c + 1] { sources[Int(targets[e])].append(Int32(i)) }
      if ends[c] > 0 {
        reached[i] = true
        queue.append(i)
      }
    }
    while let t = queue.popLast() {
      for s in sources[t] where !reached[Int(s)] {
        reached[Int(s)] = true
        queue.append(Int(s))
      }
    }
    return (0..<n).filter { !reached[$0] }
  }
}
