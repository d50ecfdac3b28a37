// SPDX-License-Identifier: Apache-2.0

/// A walk along a cliff: the shortest safe way costs 1 a step, a step over the edge 100.
///
///     . . . . . . . . . . . .      Twelve columns, four rows. Stepping onto a C pays −100 and leads
///     . . . . . . . . . . . .      back to S; every other step pays −1, and the step that reaches G
///     . . . . . . . . . . . .      ends the episode. Into the border a move stays.
///     S C C C C C C C C C C G
///
/// - Shapes: states are the 48 cells, row after row; actions are up, right, down, left.
/// - Closed form: V*(s) = −(1 − γ^d)/(1 − γ), d = ``steps(from:)``.
/// - Source: [sutton2018], Example 6.6; [towers2024], CliffWalking-v0 and later: the tables agree
///   entry for entry, cells that no episode visits included.
public struct CliffWalking: Equatable, Sendable {
  /// The state where an episode starts.
  public static let start = 36
  /// The state whose entry ends it.
  public static let goal = 47

  /// Creates the walk.
  public init() {}

  /// The outcomes of each state and action, in Gymnasium's order.
  public func table() -> OutcomeTable {
    OutcomeTable(
      states: 48, actions: 4,
      initialDistribution: (0..<48).map { $0 == CliffWalking.start ? 1 : 0 },
      actionNames: ["up", "right", "down", "left"]
    ) { state, action in
      let (row, column) = (state / 12, state % 12)
      let next =
        switch action {
        case 0: row > 0 ? state - 12 : state
        case 1: column < 11 ? state + 1 : state
        case 2: row < 3 ? state + 12 : state
        default: column > 0 ? state - 1 : state
        }
      guard next <= CliffWalking.start || next == CliffWalking.goal else {
        return [Outcome(1, to: CliffWalking.start, reward: -100)]
      }
      return [Outcome(1, to: next, reward: -1, terminates: next == CliffWalking.goal)]
    }
  }

  /// The model of the table.
  ///
  /// - Throws: ``ModelError`` if the numbers do not pass the checks of ``TabularMDP``.
  public func model() throws(ModelError) -> TabularMDP { try table().model() }

  /// The number of steps d of the best way from a state to the goal.
  ///
  /// Right along the row above the cliff, then down; one step up first from the bottom row, except
  /// beside the goal (one step right) and in it (one step against the border).
  public func steps(from state: Int) -> Int {
    precondition(state >= 0 && state < 48, "state \(state) is not in 0 ..< 48")
    let (row, column) = (state / 12, state % 12)
    if row < 3 { return (11 - column) + (3 - row) }
    return column >= 10 ? 1 : 13 - column
  }

  /// The optimal value of each state in closed form.
  public func optimalValues(discount gamma: Double) -> [Double] {
    (0..<48).map { s in
      (0..<steps(from: s)).reduce(0.0) { value, _ in -1 + gamma * value }
    }
  }
}
