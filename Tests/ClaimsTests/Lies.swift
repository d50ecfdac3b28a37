// SPDX-License-Identifier: Apache-2.0
import Experiments
import Randomness

@testable import Claims

/// A false statement in the place of a claim: what its measurements would be if it were true.
struct Lie: Sendable {
  /// The claim.
  let claim: String
  /// What kind of error: of an exponent, of the bonus, of a logarithm, of a bound, of a count.
  let kind: String
  /// What is said in place of the truth.
  let name: String
  /// Why it may pass; `nil` if it must not.
  ///
  /// Either the statement is true, or the criterion is too wide to tell it from the claim.
  let passes: String?
  /// The outcome of a trial, from outcomes of the claim's own measurement.
  let tell:
    @Sendable (
      _ point: Point, _ trial: Int, _ measured: (Point) throws -> TrialOutcome
    ) throws -> TrialOutcome
}

extension Lie {
  /// Changes the outcome of the point itself.
  static func distorting(
    _ claim: String, _ kind: String, _ name: String, passes: String? = nil,
    _ change: @escaping @Sendable (Point, Int, inout TrialOutcome) -> Void
  ) -> Lie {
    Lie(claim: claim, kind: kind, name: name, passes: passes) { point, trial, measured in
      var outcome = try measured(point)
      change(point, trial, &outcome)
      return outcome
    }
  }

  /// Multiplies a scalar by a power of coordinates.
  static func factor(
    _ claim: String, _ kind: String, _ name: String, of scalar: String, passes: String? = nil,
    where isMeant: @escaping @Sendable (Point) -> Bool = { _ in true },
    by factor: @escaping @Sendable (Point) -> Double
  ) -> Lie {
    distorting(claim, kind, name, passes: passes) { point, _, outcome in
      if isMeant(point) { outcome.scalars[scalar, default: 0] *= factor(point) }
    }
  }

  /// Measures another point, for example one with a wrong bonus.
  static func measuring(
    _ claim: String, _ kind: String, _ name: String, passes: String? = nil,
    _ other: @escaping @Sendable (Point) -> Point
  ) -> Lie {
    Lie(claim: claim, kind: kind, name: name, passes: passes) { point, _, measured in
      try measured(other(point))
    }
  }
}

extension Point {
  /// The point with another value of a coordinate.
  func with(_ name: String, _ value: Value) -> Point {
    Point(coordinates.map { (name: $0.name, value: $0.name == name ? value : $0.value) })
  }
}

func power(_ x: Double, _ exponent: Double) -> Double {
  Portable.exp(exponent * Portable.log(x))
}

@Sendable private func isMethod(_ point: Point, _ methods: [String]) -> Bool {
  methods.contains { point.has("method", .label($0)) }
}

extension Lie {
  static let all: [Lie] = tale + ucbvi + bandits + pevi + lsvi + precipice + shift

  static let tale: [Lie] = [
    .factor(
      "tale-of-pessimism/bandit-rate", "wrong exponent", "LCB learns at the rate N^-0.4",
      of: "suboptimality", where: { $0.has("learner", "LCB") && $0.has("family", "gaps") },
      by: { power($0["N"], 0.1) }
    ),
    .factor(
      "tale-of-pessimism/bandit-rate", "wrong exponent", "experts' data give N^-0.9",
      of: "suboptimality", where: { $0.has("family", "expert") },
      by: { power($0["N"], 0.1) }
    ),
    .factor(
      "tale-of-pessimism/bandit-rate", "missing log", "LCB on experts' data has a further ln N",
      of: "suboptimality", where: { $0.has("family", "expert") },
      by: { Portable.log($0["N"]) }
    ),
    .measuring(
      "tale-of-pessimism/bandit-rate", "no bonus", "LCB forgets its penalty near an expert"
    ) { $0.has("family", "nearly expert") ? $0.with("learner", "plug-in") : $0 },
    .factor(
      "tale-of-pessimism/missing-mass", "wrong constant", "one part in a billion more",
      of: "suboptimality",
      by: { _ in 1 + 1e-9 }
    ),
    .measuring("tale-of-pessimism/missing-mass", "wrong count", "N + 1 observations for N") {
      $0.with("N", .number($0["N"] + 1))
    },
    .factor(
      "tale-of-pessimism/knee", "wrong exponent", "slope 0.6 after the knee", of: "suboptimality",
      by: { power(1 + $0["C*-1"] * $0["N"], 0.1) }
    ),
    .measuring("tale-of-pessimism/knee", "wrong exponent", "the knee does not move with N") {
      $0.with("N", 1_000)
    },
    .factor(
      "tale-of-pessimism/separation", "wrong exponent", "LCB with fixed L falls like 1/N",
      of: "suboptimality", where: { $0.has("rule", "LCB with L of 1") },
      by: { 1 / $0["N"].squareRoot() }
    ),
    .factor(
      "tale-of-pessimism/separation", "swapped arguments", "the rate is kl(2/3, 1/2)",
      of: "suboptimality",
      passes: "the two divergences differ by 0.0023, less than the tolerance 0.003",
      where: { $0.has("rule", "most played") },
      by: { Portable.exp(0.002_259 * $0["N"]) }
    ),
    .factor(
      "tale-of-pessimism/separation", "missing factor 2", "the most played arm has half the rate",
      of: "suboptimality", where: { $0.has("rule", "most played") },
      by: { Portable.exp(0.0294 * $0["N"]) }
    ),
    .distorting(
      "tale-of-pessimism/hoeffding-bound", "bonus over 10", "a tenth of the bound holds"
    ) { point, _, outcome in
      let (loss, bound) = (outcome.scalars["suboptimality"] ?? 0, outcome.scalars["bound"] ?? 0)
      outcome.scalars["held"] = loss <= bound / 10 ? 1 : 0
    },
    .factor(
      "tale-of-pessimism/mdp-rate", "wrong exponent", "rate N^-0.25", of: "suboptimality",
      where: { isMethod($0, MDPRates.pessimistic) && $0.has("family", "partial") },
      by: { power($0["N"], 0.25) }
    ),
    .factor(
      "tale-of-pessimism/mdp-rate", "wrong exponent", "nearly an expert: N^-0.8",
      of: "suboptimality",
      where: { isMethod($0, MDPRates.pessimistic) && $0.has("family", "nearly expert") },
      by: { power($0["N"], 0.2) }
    ),
    .factor(
      "tale-of-pessimism/mdp-rate", "wrong exponent", "linear in C*", of: "suboptimality",
      where: { isMethod($0, MDPRates.pessimistic) && $0.has("family", "partial") },
      by: { power($0["C*"], 0.5) }
    ),
    .factor(
      "tale-of-pessimism/mdp-rate", "wrong exponent", "one more factor 1/(1 − γ)",
      of: "suboptimality",
      where: { isMethod($0, MDPRates.pessimistic) && $0.has("family", "partial") },
      by: { $0["horizon"] }
    ),
    .measuring("tale-of-pessimism/coverage", "no bonus", "folds forget their penalty") {
      isMethod($0, ["folds c of 1"]) ? $0.with("method", "plug-in") : $0
    },
    .measuring(
      "tale-of-pessimism/coverage", "bonus over 10", "a tenth of the penalty covers"
    ) { isMethod($0, ["folds c of 1"]) ? $0.with("method", "folds c of 0.1") : $0 },
    .measuring(
      "tale-of-pessimism/coverage", "bonus over 50", "a fiftieth of the penalty covers"
    ) { isMethod($0, ["folds c of 1"]) ? $0.with("method", "folds c of 0.02") : $0 },
  ]

  static let ucbvi: [Lie] = [
    .factor(
      "ucbvi/hard-rate", "wrong exponent", "regret K^0.7", of: "regret",
      where: { !$0.has("learner", "greedy model") },
      by: { power($0["K"], 0.2) }
    ),
    .factor(
      "ucbvi/hard-rate", "wrong exponent", "regret K^0.3", of: "regret",
      where: { !$0.has("learner", "greedy model") },
      by: { power($0["K"], -0.2) }
    ),
    .factor(
      "ucbvi/hard-rate", "missing log", "one more ln K", of: "regret",
      where: { !$0.has("learner", "greedy model") },
      by: { Portable.log($0["K"]) }
    ),
    .measuring("ucbvi/regret-bound", "no bonus", "the bound holds without a bonus") {
      $0.with("learner", "greedy model")
    },
    .distorting(
      "ucbvi/regret-bound", "wrong exponent", "regret grows like k^0.5 times k^0.5"
    ) { point, _, outcome in
      guard point.has("learner", "UCBVI") else { return }
      outcome.curves["regret"] = zip(
        outcome.curves["regret"] ?? [], RegretBound.checkpoints
      ).map { $0 * $1.squareRoot() }
    },
    .measuring("ucbvi/optimism", "bonus over 10", "a tenth of the bonus covers") {
      $0.has("factor", 1) ? $0.with("factor", 0.1) : $0
    },
    .measuring("ucbvi/optimism", "no bonus", "no bonus covers") {
      $0.has("factor", 1) ? $0.with("factor", 0) : $0
    },
    .measuring("ucbvi/bernstein", "swapped", "Hoeffding has the advantage") {
      $0.with("learner", $0.has("learner", "UCBVI") ? "Bernstein" : "UCBVI")
    },
    .measuring("ucbvi/bernstein", "wrong constant", "there is no advantage") {
      $0.with("learner", "Bernstein")
    },
  ]
}
