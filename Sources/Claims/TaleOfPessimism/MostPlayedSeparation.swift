// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Literature
import OfflineLearning
import Randomness
import Statistics

/// LCB against the most played arm where the data play the best arm most often.
struct MostPlayedSeparation: Claim {
  let id = "tale-of-pessimism/separation"
  let revision = 1
  let title = "For 1 < C* < 2 the most played arm beats LCB exponentially"
  let kind = ClaimKind.separation
  let sources: [Citation] = [.rashidinejad2021]
  let statement = """
    For bandits with 1 < C* < 2 the paper claims no optimality of LCB: the most played arm errs with a \
    probability that is exponentially small in N, LCB does not (from memory, shape only). The exponent is \
    derived here: with two arms and μ(a*) = p the most played arm is wrong with probability \
    P(Bin(N, p) ≤ N/2) = exp(−N kl(1/2, p) + O(log N)), kl(1/2, p) = −½ ln(4 p (1 − p)). With a fixed \
    penalty constant LCB's probability of error at the gap N^(−1/2) tends to a constant.
    """
  let setup = """
    Two Bernoulli arms of means 1/2 ± N^(−1/2)/2, C* = 3/2, that is p = 2/3; N even, 20 to 1,000. The \
    most played arm; LCB with L = 1; LCB with L = ln N. Binomial sums with all their terms.
    """
  let criterion = """
    Over N ≥ 160: the logarithm of the most played arm's expected suboptimality, divided by the gap, is a \
    line in N of slope −kl(1/2, 2/3) = −0.0589, within 0.003. LCB with L = 1 has a power law of exponent \
    −1/2 ± 0.03. LCB with L = ln N stays polynomial: exponent at least −1. At N = 1,000 both lose \
    at least 10⁶ times what the most played arm loses. Against the claim: an exponential decay of LCB on \
    this family.
    """
  let limits = """
    One family with C* = 3/2. For C* ≥ 2 the most played arm does not learn at all (see bandit-rate).
    """

  static let draws = [20.0, 40, 80, 160, 240, 320, 480, 640, 800, 1_000]
  static let rules = ["most played", "LCB with L of 1", "LCB with L of ln N"]

  private func point(_ rule: String, _ N: Double) -> Point {
    Point([("rule", .label(rule)), ("N", .number(N))])
  }

  func design(at scale: Scale) -> Design {
    Design(
      Self.rules.flatMap { rule in Self.draws.map { (point(rule, $0), TrialPlan.exact) } },
      measuring: Schema(scalars: ["suboptimality"]))
  }

  func estimatedSeconds(at scale: Scale) -> Double { 0.5 }

  func measure(
    _ point: Point, trial: Int, using stream: inout Randomness.Stream
  ) throws -> TrialOutcome {
    let N = point.count("N")
    let means = TaleInstances.means(gap: 1 / Double(N).squareRoot())
    func loss(_ rule: some OfflineBanditLearner) -> Double {
      ExactSuboptimality(of: rule, negligible: 0)
        .expected(draws: N, firstShare: 1.0 / 3, means: means)
    }
    let value =
      switch point.label("rule") {
      case "most played": loss(MostPlayed())
      case "LCB with L of 1": loss(LCBBandit(logarithm: 1))
      default: loss(LCBBandit(logarithm: Portable.log(Double(N))))
      }
    return TrialOutcome(["suboptimality": value])
  }

  private func curve(_ results: Results, _ rule: String, from first: Double = 0) throws -> [Double]
  {
    try Self.draws.filter { $0 >= first }.map {
      try results.values("suboptimality", at: point(rule, $0))[0]
    }
  }

  func judge(_ results: Results) throws -> Judgement {
    let x = Self.draws.filter { $0 >= 160 }
    let most = try curve(results, Self.rules[0], from: 160)
    let kl = -0.5 * Portable.log(8.0 / 9)
    let rate = exactSlope(x: x, y: zip(most, x).map { $0 * $1.squareRoot() }, logX: false)
    let fixed = try curve(results, Self.rules[1], from: 160)
    let growing = try curve(results, Self.rules[2], from: 160)
    let exponents = [fixed, growing].map { exactSlope(x: x, y: $0) }
    let last = most.count - 1
    let least = min(fixed[last], growing[last]) / most[last]
    return Judgement(
      [
        .identity("most played: semilog slope of loss over gap", rate, -kl, tolerance: 0.003),
        .identity("LCB with L = 1: exponent", exponents[0], -0.5, tolerance: 0.03),
        .atLeast("LCB with L = ln N: exponent", .exact(exponents[1]), -1),
        .atLeast("N = 1,000: the better LCB over most played", .exact(least), 1e6),
      ],
      finding: "The most played arm's loss falls like exp(−\(text(-rate)) N), LCB's like "
        + "N^\(text(exponents[0])) (L = 1) and N^\(text(exponents[1])) (L = ln N).")
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let figure = try Figure(
      id: "separation", title: "With C* = 3/2 imitation errs exponentially rarely, LCB does not",
      subtitle: "two arms of gap N^(−1/2); binomial sums, no sampling error",
      x: .linear("data N →"), y: .log("↑ expected suboptimality")
    ) {
      for rule in Self.rules {
        Line(
          x: Self.draws, y: try curve(results, rule),
          series: rule.replacing(" with L of ", with: ", L = "))
      }
    }
    return [
      Exhibit(
        figure,
        caption:
          "Expected suboptimality on a logarithmic axis against N on a linear one: a line is "
          + "an exponential. The gap moves with N, so even a constant probability of error falls.")
    ]
  }
}
