// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// The graph of a model: which states can reach which, under some policy.
///
/// A **component** is a greatest set of states that can all reach each other. A component that no
/// choice leaves is **closed**: once there, the process stays for ever (or ends the episode).
///
/// - Source: [tarjan1972].
public struct Structure: Equatable, Sendable {
  /// The component of each state, numbered so that transitions go from higher to lower numbers.
  public let componentOfState: [Int32]
  /// The number of components.
  public let componentCount: Int
  /// The number of states in each component.
  public let componentSizes: [Int]
  /// Whether each component is closed.
  public let isClosed: [Bool]
  /// The number of states that the initial distribution can reach; all states if there is none.
  public let reachableCount: Int

  /// Finds the components of a model.
  ///
  /// - Complexity: O(S + entries) time, O(S) memory besides the edges; no recursion.
  public init(_ model: TabularMDP) {
    let S = model.stateCount
    let graph = Successors(model)
    var search = ComponentSearch(stateCount: S)
    for s in 0..<S where search.component[s] < 0 { search.visit(from: s, graph) }
    componentOfState = search.component
    componentCount = search.count
    var sizes = [Int](repeating: 0, count: search.count)
    var closed = [Bool](repeating: true, count: search.count)
    for s in 0..<S {
      sizes[Int(search.component[s])] += 1
      for t in graph.of(s) where search.component[Int(t)] != search.component[s] {
        closed[Int(search.component[s])] = false
      }
    }
    componentSizes = sizes
    isClosed = closed
    reachableCount = Structure.reachable(model, graph)
  }

  /// The number of closed components.
  public var closedCount: Int { isClosed.reduce(0) { $0 + ($1 ? 1 : 0) } }

  private static func reachable(_ model: TabularMDP, _ graph: Successors) -> Int {
    guard let initial = model.initialDistribution else { return model.stateCount }
    var seen = [Bool](repeating: false, count: model.stateCount)
    var stack = initial.indices.filter { initial[$0] > 0 }.map { Int32($0) }
    for s in stack { seen[Int(s)] = true }
    var count = stack.count
    while let s = stack.popLast() {
      for t in graph.of(Int(s)) where !seen[Int(t)] {
        seen[Int(t)] = true
        count += 1
        stack.append(t)
      }
    }
    return count
  }
}

/// The next states of each state under all its choices, repeats included.
private struct Successors {
  private let pointers: [Int]
  private let targets: [Int32]

  init(_ model: TabularMDP) {
    let matrix = model.transitions.sparseForm()
    // An explicit zero is no edge; without zeros the columns serve as they are.
    if !matrix.values.contains(0) {
      pointers = model.choicePointers.map { matrix.rowPointers[$0] }
      targets = matrix.columns
      return
    }
    var pointers = [0]
    var targets: [Int32] = []
    for s in 0..<model.stateCount {
      for k in model.choices(of: s) {
        for i in matrix.entries(ofRow: k) where matrix.values[i] > 0 {
          targets.append(matrix.columns[i])
        }
      }
      pointers.append(targets.count)
    }
    self.pointers = pointers
    self.targets = targets
  }

  func of(_ s: Int) -> ArraySlice<Int32> { targets[pointers[s]..<pointers[s + 1]] }
}

/// Tarjan's depth-first search with a stack of its own instead of recursion.
private struct ComponentSearch {
  var component: [Int32]
  var count = 0
  private var index: [Int32]
  private var low: [Int32]
  private var clock: Int32 = 0
  private var path: [Int32] = []
  private var frames: [(state: Int32, next: Int)] = []

  init(stateCount: Int) {
    component = [Int32](repeating: -1, count: stateCount)
    index = component
    low = component
  }

  mutating func visit(from root: Int, _ graph: Successors) {
    enter(root, graph)
    while let frame = frames.last {
      let s = Int(frame.state)
      let successors = graph.of(s)
      if frame.next < successors.endIndex {
        let t = Int(successors[frame.next])
        frames[frames.count - 1].next += 1
        if index[t] < 0 {
          enter(t, graph)
        } else if component[t] < 0 {
          low[s] = min(low[s], index[t])
        }
        continue
      }
      frames.removeLast()
      if let parent = frames.last { low[Int(parent.state)] = min(low[Int(parent.state)], low[s]) }
      guard low[s] == index[s] else { continue }
      while let t = path.popLast() {
        component[Int(t)] = Int32(count)
        if Int(t) == s { break }
      }
      count += 1
    }
  }

  private mutating func enter(_ s: Int, _ graph: Successors) {
    index[s] = clock
    low[s] = clock
    clock += 1
    path.append(Int32(s))
    frames.append((Int32(s), graph.of(s).startIndex))
  }
}
