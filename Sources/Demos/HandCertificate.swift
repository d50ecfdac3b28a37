// SPDX-License-Identifier: Apache-2.0
import Provably

/// A certificate checked line by line in exact fractions.
enum HandCertificate: Demo {
  static let name = "certificate"
  static let summary = "a proof of optimality for two states, checked by hand in fractions"

  static func run(seed: UInt64, on screen: inout Screen) throws {
    var rng = Xoshiro256(seed: seed, purpose: "demo certificate")
    let half = try Rational(text: "1/2")
    // Stay in "a" with an even chance for r, or leave for "b", which pays less for ever.
    let (hold, leave, stuck) = (2 + rng.uniform(below: 5), 5 + rng.uniform(below: 5), 1)
    let (zero, one) = (try Rational(0), try Rational(1))
    let rewards = [
      [try Rational(hold), try Rational(leave)], [try Rational(stuck), try Rational(0)],
    ]
    let rows = [[[half, half], [zero, one]], [[zero, one], [zero, one]]]
    let model = VerifiedChecker.Model(discount: half, P: rows, r: rewards)

    screen.title("Is V* what somebody says? A certificate needs no trust, only fractions")
    screen.line("discount 1/2, states a and b, actions 0 and 1:")
    screen.line("  a, 0: reward \(hold), then a or b, each with probability 1/2")
    screen.line("  a, 1: reward \(leave), then b")
    screen.line("  b, 0: reward \(stuck), then b         b, 1: reward 0, then b")
    screen.line()
    // Everything follows from V(b) = 1 / (1 - 1/2): the two policies differ in state a only.
    let b = rewards[1][0] / (one - half)
    let stay = (rewards[0][0] + half * half * b) / (one - half * half)
    let go = rewards[0][1] + half * b
    let (action, a) = go <= stay ? (0, stay) : (1, go)
    let policy = [action == 0 ? [one, zero] : [zero, one], [one, zero]]
    let claim = VerifiedChecker.Bounds(policy: policy, upper: [a, b], lower: [a, b])
    screen.line("Claim: V*(a) = \(a), V*(b) = \(b), by action \(action) in a and action 0 in b.")
    screen.line("Proof: no action promises more than hi; the policy's reaches lo; here lo = hi.")
    screen.line()
    try lines(model, claim, on: &screen)
    let verdict = VerifiedChecker.check(model, claim, states: 2, actions: 2)
    try check(verdict == nil, "the certificate is accepted")
    screen.line("verdict: accepted, so lo = V* = hi exactly")
    screen.line()
    let small = try Rational(text: "1/1000")
    let less = [a - small, b]
    let lie = VerifiedChecker.Bounds(policy: policy, upper: less, lower: less)
    let refusal = VerifiedChecker.check(model, lie, states: 2, actions: 2)
    try check(refusal == .upperFails, "a claim that is too small by 1/1000 is refused")
    screen.line("The same with V*(a) smaller by 1/1000:")
    try lines(model, lie, on: &screen)
    screen.line("verdict: refused (\(refusal?.rawValue ?? ""))")
    screen.line()
    screen.line("The checker is VerifiedChecker, twin of a program that Coq has proved sound.")
    screen.closing("`provably solve puterman --discount 0.9 --exact`, or another --seed.")
  }

  private static func lines(
    _ model: VerifiedChecker.Model, _ claim: VerifiedChecker.Bounds, on screen: inout Screen
  ) throws {
    for (s, name) in ["a", "b"].enumerated() {
      for (action, backup) in model.backups(claim.upper, state: s).enumerated() {
        let hi = claim.upper[s]
        let sign = backup == hi ? "=" : backup < hi ? "<" : ">"
        let mark = backup <= hi ? "ok" : "FAILS"
        screen.line(
          "  \(name), \(action): reward + 1/2 E[hi] = \(Screen.pad("\(backup)", -9)) "
            + "\(sign) hi(\(name)) = \(Screen.pad("\(hi)", -10)) \(mark)")
      }
    }
  }
}
