// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The rows of a model divided by their sums, and what one step changes in a vector.
///
/// Without a discount the problem that is solved is that of the rows p̂_k = p_k / σ_k, σ_k the exact
/// sum of the stored row and its termination ê_k; see `CertificateChecker+LongRun.swift`. The end is
/// a state of value 0. For a choice k of s,
///
///     change(k, s, x) = Σ_t p̂_k(t) (x(t) − x(s)) − ê_k x(s).
///
/// **Rounding.** ``bounds(_:_:_:reward:)`` is for certificates. Its sum is compensated, so that it is
/// within 10 u B of the exact r + change, with B = |r| + Σ p̂ |x(t) − x(s)| + ê |x(s)|, by the count in
/// the checker; the checker's own bound lies within another 20 u B. Hence bounds 32 u B wide are
/// accepted by it. `change` is a plain sum and only steers iterations.
struct LongRunRows {
  let model: TabularMDP
  let rowPointers: [Int]
  let columns: [Int32]
  /// p̂ of each entry, rounded.
  let probabilities: [Double]
  /// ê of each choice, rounded.
  let ends: [Double]

  var stateCount: Int { model.stateCount }
  var choiceCount: Int { model.choiceCount }
  var rewards: [Double] { model.rewards }

  init(_ model: TabularMDP) {
    self.model = model
    var pointers = [0]
    var columns: [Int32] = []
    var probabilities: [Double] = []
    var ends = [Double](repeating: 0, count: model.choiceCount)
    for k in 0..<model.choiceCount {
      let end = model.termination?[k] ?? 0
      var total = end
      model.transitions.forEachEntry(row: k) { t, p, _ in
        columns.append(Int32(t))
        probabilities.append(p)
        total += p
      }
      for i in (pointers.last ?? 0)..<columns.count { probabilities[i] /= total }
      ends[k] = end / total
      pointers.append(columns.count)
    }
    self.rowPointers = pointers
    self.columns = columns
    self.probabilities = probabilities
    self.ends = ends
  }

  /// The entries of row `k`.
  @inline(__always)
  func entries(_ k: Int) -> Range<Int> { rowPointers[k]..<rowPointers[k + 1] }

  /// The expected change of `x` in one step by choice `k` of state `s`.
  func change(_ k: Int, _ s: Int, _ x: [Double]) -> Double {
    var sum = -ends[k] * x[s]
    for i in entries(k) { sum += probabilities[i] * (x[Int(columns[i])] - x[s]) }
    return sum
  }

  /// Bounds on r + change that leave room for the checker's own rounding.
  func bounds(
    _ k: Int, _ s: Int, _ x: [Double], reward: Double? = nil
  ) -> (low: Double, high: Double) {
    let r = reward ?? model.rewards[k]
    var sum = 0.0
    var errors = 0.0
    var size = abs(r)
    func add(_ term: Double) {
      let next = sum + term
      let b = next - sum
      errors += (sum - (next - b)) + (term - b)
      sum = next
      size += abs(term)
    }
    for i in entries(k) { add(probabilities[i] * (x[Int(columns[i])] - x[s])) }
    if ends[k] > 0 { add(-ends[k] * x[s]) }
    let value = r + (sum + errors)
    let margin =
      32 * 0x1.02p-53 * size + 8 * Double(entries(k).count + 8) * .leastNormalMagnitude
    return (value - margin, value + margin)
  }

  /// Whether choice `k` leads only to states that have the value of `s` in `x`; an end counts as 0.
  func keeps(_ k: Int, _ s: Int, _ x: [Double]) -> Bool {
    (ends[k] == 0 || x[s] == 0) && entries(k).allSatisfy { x[Int(columns[$0])] == x[s] }
  }
}

/// The strongly connected components of a graph, by Tarjan's search without recursion.
///
/// - Complexity: O(vertices + edges).
/// - Source: [tarjan1972].
struct StrongComponents {
  /// The component of each vertex, numbered so that edges go from higher to lower numbers; −1 for
  /// vertices that were left out.
  private(set) var componentOfVertex: [Int32]
  /// The number of components.
  private(set) var count = 0
  private var index: [Int32]
  private var low: [Int32]

  /// Finds the components among the vertices that `includes` marks; edges to others are ignored.
  init(pointers: [Int], targets: [Int32], includes: [Bool]) {
    let n = pointers.count - 1
    componentOfVertex = [Int32](repeating: -1, count: n)
    index = componentOfVertex
    low = componentOfVertex
    var clock: Int32 = 0
    var path: [Int32] = []
    var frames: [(vertex: Int, next: Int)] = []
    for root in 0..<n where includes[root] && index[root] < 0 {
      frames.append((root, pointers[root]))
      while let frame = frames.last {
        let v = frame.vertex
        if frame.next == pointers[v], index[v] < 0 {
          index[v] = clock
          low[v] = clock
          clock += 1
          path.append(Int32(v))
        }
        if frame.next < pointers[v + 1] {
          let t = Int(targets[frame.next])
          if includes[t], index[t] < 0 {
            // Entered now, looked at again when it is done.
            frames.append((t, pointers[t]))
            continue
          }
          if includes[t], componentOfVertex[t] < 0 {
            // Its low number is final if it is a finished child, else its index bounds it.
            low[v] = min(low[v], low[t])
          }
          frames[frames.count - 1].next += 1
          continue
        }
        frames.removeLast()
        guard low[v] == index[v] else { continue }
        while let t = path.popLast() {
          componentOfVertex[Int(t)] = Int32(count)
          if Int(t) == v { break }
        }
        count += 1
      }
    }
  }
}
