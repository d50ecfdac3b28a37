// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// A set of states with the end components that pay nothing collapsed, each into one node.
///
/// A collapsed node has the extra choice to rest, which is worth 0. Choices that stay within a node
/// are left out: inside a component that pays nothing they are free moves, and otherwise they pay
/// less than nothing for ever; those that pay more are listed in `gaining`.
struct Quotient {
  let rows: LongRunRows
  /// The states of each node; collapsed components come first.
  let nodes: [[Int]]
  /// The node of each state; −1 outside the set.
  let nodeOfState: [Int32]
  let problem: ProperProblem
  /// States with a choice that stays within their node and pays.
  let gaining: [Int]
  private let resting: EndComponents

  /// All states of the nodes.
  var states: [Int] { nodes.flatMap { $0 } }

  /// Whether the node is a collapsed component.
  func rests(_ node: Int) -> Bool { node < resting.components.count }

  init(_ rows: LongRunRows, states included: [Bool], allowed: (Int) -> Bool) {
    self.rows = rows
    let model = rows.model
    resting = EndComponents(rows, states: included) { model.rewards[$0] == 0 && allowed($0) }
    var nodeOfState = resting.componentOfState
    var nodes = resting.components.map(\.states)
    for s in 0..<rows.stateCount where included[s] && nodeOfState[s] < 0 {
      nodeOfState[s] = Int32(nodes.count)
      nodes.append([s])
    }
    var problem = ProperProblem()
    var gaining: [Int] = []
    for (node, states) in nodes.enumerated() {
      if node < resting.components.count {
        problem.addChoice(origin: -1, reward: 0, end: 1, entries: [])
      }
      for s in states {
        for k in model.choices(of: s) where allowed(k) {
          let leaves =
            rows.ends[k] > 0
            || rows.entries(k).contains { nodeOfState[Int(rows.columns[$0])] != Int32(node) }
          if leaves {
            problem.addChoice(
              k, reward: model.rewards[k], of: node, rows, nodeOfState: nodeOfState)
          } else if model.rewards[k] > 0 {
            gaining.append(s)
          }
        }
      }
      problem.endNode()
    }
    self.nodes = nodes
    self.nodeOfState = nodeOfState
    self.problem = problem
    self.gaining = gaining
  }

  /// The states from which some policy ends or rests with probability 1, and such a policy.
  ///
  /// The set shrinks to the states that can reach the end by choices that stay in it. The policy has
  /// one choice for each node, meaningless for nodes outside.
  func proper() -> (states: Set<Int>, policy: [Int]) {
    let n = problem.nodeCount
    var inside = [Bool](repeating: true, count: n)
    var policy = (0..<n).map { problem.choices($0).lowerBound }
    var sources = [[(node: Int, choice: Int)]](repeating: [], count: n)
    for node in 0..<n {
      for c in problem.choices(node) {
        for e in problem.rowPointers[c]..<problem.rowPointers[c + 1] {
          sources[Int(problem.targets[e])].append((node, c))
        }
      }
    }
    while true {
      func isInside(_ c: Int) -> Bool {
        (problem.rowPointers[c]..<problem.rowPointers[c + 1]).allSatisfy {
          inside[Int(problem.targets[$0])]
        }
      }
      var reached = [Bool](repeating: false, count: n)
      var queue: [Int] = []
      for node in 0..<n where inside[node] {
        if let c = problem.choices(node).first(where: { problem.ends[$0] > 0 && isInside($0) }) {
          policy[node] = c
          reached[node] = true
          queue.append(node)
        }
      }
      var next = 0
      while next < queue.count {
        for (node, c) in sources[queue[next]] where !reached[node] && inside[node] && isInside(c) {
          policy[node] = c
          reached[node] = true
          queue.append(node)
        }
        next += 1
      }
      if reached == inside { break }
      inside = reached
    }
    var states: Set<Int> = []
    for node in 0..<n where inside[node] { states.formUnion(nodes[node]) }
    return (states, policy)
  }

  /// The choice of each state of the model under a policy over nodes; states outside get their first.
  ///
  /// A component that rests takes its free moves; one that leaves walks to the state of its exit.
  func statePolicy(_ chosen: [Int]) -> [Int] {
    var choices = (0..<rows.stateCount).map { rows.model.choices(of: $0).lowerBound }
    let sources = EndComponents.Sources(rows)
    for node in nodes.indices {
      let k = problem.origins[chosen[node]]
      if !rests(node) {
        choices[nodes[node][0]] = k
        continue
      }
      let component = resting.components[node]
      for j in component.choices.reversed() { choices[rows.model.state(ofChoice: j)] = j }
      guard k >= 0 else { continue }
      let free = Set(component.choices)
      let exit = rows.model.state(ofChoice: k)
      choices[exit] = k
      var reached: Set<Int> = [exit]
      var queue = [exit]
      var next = 0
      while next < queue.count {
        for j in sources.of(queue[next]).map({ Int($0) }) where free.contains(j) {
          let s = rows.model.state(ofChoice: j)
          if reached.insert(s).inserted {
            choices[s] = j
            queue.append(s)
          }
        }
        next += 1
      }
    }
    return choices
  }
}
