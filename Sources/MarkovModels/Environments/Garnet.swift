// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Randomness

/// A random model: every choice leads to `branching` random next states.
///
///     s ──a──┬── p1 ──→ s1     s1 … sb are distinct, uniform over all states, or over the states
///            ├── …             within `window` of s; p1 … pb are the gaps between b − 1 uniform
///            └── pb ──→ sb     cut points of [0, 1]; r(s, a) is uniform in [0, 1).
///
/// - Shapes: S states, A actions in each; S A b stored probabilities, dense when b ≥ S / 4.
/// - Numerics: every row sums to exactly 1, and no bit depends on the system's libm.
/// - Complexity: O(S A b log b) time, O(S A b) memory.
/// - Source: [archibald1995]; windows are our own, for models that mix slowly.
public struct Garnet: Equatable, Sendable {
  /// The number of states.
  public let states: Int
  /// The number of actions in every state.
  public let actions: Int
  /// The number of next states of every choice.
  public let branching: Int
  /// How far a next state may lie from its state, if that is limited.
  public let window: Int?
  /// The seed of the model.
  public let seed: UInt64

  /// Creates the recipe of a model.
  ///
  /// - Parameters:
  ///   - states: The number of states S.
  ///   - actions: The number of actions A.
  ///   - branching: The number b of next states; S for a dense model.
  ///   - window: The greatest distance |s′ − s|; `nil` for none. A state has at least
  ///     min(S, window + 1) states within it, which bounds b.
  ///   - seed: The seed of the model.
  /// - Throws: ``ModelError/badParameter(name:value:expected:)``.
  public init(
    states: Int = 100, actions: Int = 4, branching: Int = 5, window: Int? = nil, seed: UInt64 = 1
  ) throws(ModelError) {
    try ParameterCheck.range("states", states, 1...ParameterCheck.maximumStates)
    try ParameterCheck.range("actions", actions, 1...ParameterCheck.maximumStates)
    if let window { try ParameterCheck.range("window", window, 0...ParameterCheck.maximumStates) }
    let reachable = window.map { min(states, $0 + 1) } ?? states
    try ParameterCheck.range("branching", branching, 1...reachable)
    let choices = Double(states) * Double(actions)
    try ParameterCheck.size(
      "states", states, states: Double(states), choices: choices,
      entries: choices * Double(branching))
    self.states = states
    self.actions = actions
    self.branching = branching
    self.window = window
    self.seed = seed
  }

  /// The model of the recipe.
  ///
  /// - Throws: ``ModelError`` if the numbers do not pass the checks of ``TabularMDP``.
  public func model() throws(ModelError) -> TabularMDP {
    var rng = Xoshiro256(seed: seed, purpose: "garnet")
    let (S, A, b) = (states, actions, branching)
    let K = S * A
    var columns = [Int32](repeating: 0, count: K * b)
    var values = [Double](repeating: 0, count: K * b)
    var rewards = [Double](repeating: 0, count: K)
    var weights = [Double](repeating: 0, count: b)
    // The row in which a state was last drawn, so that no state is drawn twice.
    var drawnIn = [Int](repeating: -1, count: S)
    columns.withUnsafeMutableBufferPointer { columns in
      for k in 0..<K {
        let row = UnsafeMutableBufferPointer(rebasing: columns[(k * b)..<(k * b + b)])
        let s = k / A
        let low = window.map { max(0, s - $0) } ?? 0
        let high = window.map { min(S - 1, s + $0) } ?? S - 1
        drawStates(from: low, through: high, row: k, into: row, drawnIn: &drawnIn, using: &rng)
        rng.uniformSimplex(into: &weights)
        for i in 0..<b { values[k * b + i] = weights[i] }
        rewards[k] = rng.uniform()
      }
    }
    let matrix: SparseMatrix
    do {
      matrix = try SparseMatrix(
        rowCount: K, columnCount: S, rowPointers: (0...K).map { $0 * b }, columns: columns,
        values: values)
    } catch { preconditionFailure("\(error)") }
    return try TabularMDP(
      stateCount: S, actionCount: A, transitions: .sparse(matrix), rewards: rewards)
  }

  /// Draws distinct states of a range by Floyd's method [bentley1987], in increasing order.
  private func drawStates(
    from low: Int, through high: Int, row k: Int, into row: UnsafeMutableBufferPointer<Int32>,
    drawnIn: inout [Int], using rng: inout Xoshiro256
  ) {
    var states = row
    let b = states.count
    guard b < high - low + 1 else {
      for i in 0..<b { states[i] = Int32(truncatingIfNeeded: low + i) }
      return
    }
    for i in 0..<b {
      let top = high - b + 1 + i
      var state = low + rng.uniform(below: top - low + 1)
      if drawnIn[state] == k { state = top }
      drawnIn[state] = k
      guard b <= 16 else {
        states[i] = Int32(truncatingIfNeeded: state)
        continue
      }
      var j = i
      while j > 0 && states[j - 1] > Int32(truncatingIfNeeded: state) {
        states[j] = states[j - 1]
        j -= 1
      }
      states[j] = Int32(truncatingIfNeeded: state)
    }
    if b > 16 { states.sort() }
  }
}
