// SPDX-License-Identifier: Apache-2.0
import Provably

/// The best policy turns at critical discounts.
enum CriticalDiscount: Demo {
  static let name = "horizon"
  static let summary = "with too small a discount the best policy swims the wrong way"

  static func run(seed: UInt64, on screen: inout Screen) throws {
    var rng = Xoshiro256(seed: seed, purpose: "demo horizon")
    // Other seeds pay a little more or less at the mouth.
    let pay = seed == 1 ? 0.005 : 0.001 * Double(2 + rng.uniform(below: 8))
    let model = try RiverSwim(states: 10, mouthReward: pay).model()
    let pays = Screen.fixed(pay, 3)

    screen.title("RiverSwim: \(pays) for staying at the mouth, 1 at the source far upstream")
    screen.line("Each row is one optimal policy and the discounts for which it is optimal;")
    screen.line("< drifts to the mouth (left), > swims to the source (right).")
    screen.line()
    screen.line("policy         from gamma     to gamma   swims in")
    var gamma = 0.999
    var rows: [(arrows: String, low: Double, high: Double, swims: Int)] = []
    while gamma > 0.01, rows.count < 20 {
      let problem = try DiscountedMDP(model, discount: gamma)
      let policy = try PolicyIteration().solve(problem).policy
      guard let interval = try DiscountInterval(policy, in: problem, limit: 0.999) else { break }
      let moves = policy.actions(in: model)
      let arrows = moves.map { $0 == 0 ? "<" : ">" }.joined()
      rows.append((arrows, interval.lower, interval.upper, moves.reduce(0, +)))
      gamma = interval.lower - 1e-6
    }
    try check(rows.count > 2, "the policy turns more than once")
    for row in rows {
      screen.row(
        [
          row.arrows, Screen.fixed(row.low, 4), Screen.fixed(row.high, 4),
          "\(row.swims) of 10 states",
        ], [-12, 12, 12, 14])
    }
    screen.line()
    let turns = zip(rows, rows.dropFirst()).allSatisfy { $0.swims > $1.swims }
    try check(turns && rows[0].swims == 10, "one state after the other gives up")
    let turn = Screen.fixed(rows[0].low, 4)
    screen.line("Above \(turn) the far reward is worth the swim from every state. Below it states")
    screen.line("near the mouth give up, one after the other, and never see the source.")
    try check(1 / (1 - rows[0].low) < 9, "the horizon is shorter than the swim")
    let horizon = Screen.fixed(1 / (1 - rows[0].low), 1)
    screen.line(
      "A discount of \(turn) looks 1/(1 - gamma) = \(horizon) steps ahead; the swim is 9.")
    screen.closing("`provably query riverswim discounts --discount 0.99`, or another --seed.")
  }
}
