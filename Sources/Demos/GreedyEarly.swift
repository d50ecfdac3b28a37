// SPDX-License-Identifier: Apache-2.0
import Provably

/// The greedy policy may be optimal long before the values are, or long after one hopes.
enum GreedyEarly: Demo {
  static let name = "greedy-early"
  static let summary = "the greedy policy is optimal long before the values are; or not"

  static func run(seed: UInt64, on screen: inout Screen) throws {
    screen.title("When is the greedy policy optimal? Loss of the policy greedy for V_k, exactly")
    let random = try Garnet(states: 12, actions: 3, branching: 12, seed: seed).model()
    let river = try RiverSwim(states: 12).model()
    try show("random, every state can follow every state", random, on: &screen)
    screen.line()
    try show("RiverSwim, the reward is eleven states away", river, on: &screen)
    screen.line()
    screen.line("Where any state may follow any other, a look a step or two ahead goes far; where")
    screen.line("news travels one state a backup, greed goes wrong at least until it arrives.")
    screen.closing("`provably query riverswim gaps`: how near the second-best action is.")
  }

  private static func show(_ title: String, _ model: TabularMDP, on screen: inout Screen) throws {
    let problem = try DiscountedMDP(model, discount: 0.95)
    let best = try PolicyIteration().solve(problem).values
    let scale = best.reduce(0) { max($0, abs($1)) }
    var values = [Double](repeating: 0, count: model.stateCount)
    var rows: [(k: Int, error: Double, loss: Double)] = []
    for k in 0...60 {
      let step = try problem.backup(values)
      rows.append((k, distance(values, best), try problem.loss(of: step.greedy, against: best)))
      values = step.values
    }
    // A loss below this is rounding: nine digits beneath the values.
    let rounding = 1e-9 * scale
    let last = rows.last { $0.loss > rounding }?.k
    screen.line("\(title): \(model.stateCount) states, discount 0.95")
    screen.row(["k", "values off by", "policy loses"], [6, 14, 14])
    for k in [0, 1, 2, 5, 10, 20, 40] {
      let loss = rows[k].loss > rounding ? rows[k].loss : 0
      let bar = Screen.bar(loss, of: scale, width: screen.width - 40)
      screen.row(
        ["\(k)", Screen.fixed(rows[k].error, 3), Screen.fixed(loss, 3), " " + bar], [6, 14, 14, -1])
    }
    let start = (last ?? -1) + 1
    if start < rows.count {
      screen.line(
        "Optimal from k = \(start) on, when the values are still off by "
          + "\(Screen.fixed(rows[start].error, 3)) of \(Screen.fixed(scale, 3)).")
    } else {
      screen.line("Not yet optimal at k = 60.")
    }
  }
}
