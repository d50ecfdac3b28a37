// SPDX-License-Identifier: Apache-2.0
import Experiments
import Randomness

@testable import Claims

extension Lie {
  static let bandits: [Lie] = [
    .distorting(
      "bandits/lai-robbins", "wrong exponent", "regret grows like the square of ln t"
    ) { point, _, outcome in
      guard !point.has("learner", "follow the leader") else { return }
      outcome.curves["regret"] = zip(
        outcome.curves["regret"] ?? [], LaiRobbinsSlopes.checkpoints
      ).map { $0 * Portable.log($1) }
    },
    .distorting(
      "bandits/lai-robbins", "missing log", "regret stops growing after 10,000 rounds"
    ) { point, _, outcome in
      guard !point.has("learner", "follow the leader"), let curve = outcome.curves["regret"]
      else { return }
      let held = zip(curve, LaiRobbinsSlopes.checkpoints).reversed().first { $1 <= 1e4 }?.0 ?? 0
      outcome.curves["regret"] = curve.map { min($0, held) }
    },
    .measuring("bandits/lai-robbins", "bonus over 10", "UCB1 is as good as KL-UCB") {
      $0.has("arms", "Bernoulli") && $0.has("learner", "UCB1")
        ? $0.with("learner", "KL-UCB") : $0
    },
    .factor(
      "bandits/minimax", "wrong exponent", "MOSS has regret T^0.6", of: "regret",
      where: { $0.has("learner", "MOSS") },
      by: { power($0["T"], 0.1) }
    ),
    .factor(
      "bandits/minimax", "wrong exponent", "UCB1 beats the rate: T^0.35", of: "regret",
      where: { $0.has("learner", "UCB1") },
      by: { power($0["T"], -0.15) }
    ),
    .factor(
      "bandits/minimax", "missing log", "MOSS has a further ln T", of: "regret",
      where: { $0.has("learner", "MOSS") },
      by: { Portable.log($0["T"]) }
    ),
    .measuring("bandits/minimax", "swapped", "UCB1 is better than MOSS") {
      $0.has("learner", "MOSS")
        ? $0.with("learner", "UCB1") : $0.has("learner", "UCB1") ? $0.with("learner", "MOSS") : $0
    },
  ]

  static let pevi: [Lie] = [
    .distorting("pevi/penalty-bound", "no bonus", "the bound holds without a penalty") {
      _, _, outcome in outcome.scalars["bound"] = outcome.scalars["greedy bound"]
    },
    .factor(
      "pevi/penalty-bound", "bonus over 10", "a tenth of the penalty bounds the loss", of: "bound",
      by: { _ in 10 }
    ),
    .measuring("pevi/coverage", "bonus over 10", "a tenth of the multipliers covers") {
      $0.has("factor", 1) ? $0.with("factor", 0.1) : $0
    },
    .measuring("pevi/coverage", "bonus over 32", "a thirty-second covers") {
      $0.has("factor", 1) ? $0.with("factor", 0.03125) : $0
    },
    .distorting("pevi/coverage", "wrong sign", "one run with a valid penalty is optimistic") {
      point, trial, outcome in
      if point.has("factor", 1) && trial == 7 { outcome.scalars["exception"] = 1 }
    },
    .factor(
      "pevi/rate", "wrong exponent", "rate N^-0.4", of: "suboptimality", where: { $0["m"] > 0 },
      by: { power($0["N"], 0.1) }
    ),
    .factor(
      "pevi/rate", "wrong exponent", "C*^0.75", of: "suboptimality", where: { $0["m"] > 0 },
      by: { power($0["C*"], 0.25) }
    ),
    .factor(
      "pevi/rate", "missing log", "a further ln N", of: "suboptimality", where: { $0["m"] > 0 },
      by: { Portable.log($0["N"]) }
    ),
    .distorting("pevi/one-hot", "wrong count", "one run differs") { _, trial, outcome in
      if trial == 17 { outcome.scalars["differs"] = 1 }
    },
    .distorting("pevi/separation", "no bonus", "PEVI forgets its penalty") { _, _, outcome in
      outcome.scalars["PEVI"] = outcome.scalars["no penalty"]
    },
    .distorting("pevi/separation", "swapped", "the method without penalty learns") {
      _, _, outcome in outcome.scalars["no penalty"] = outcome.scalars["PEVI"]
    },
  ]

  static let lsvi: [Lie] = [
    .factor(
      "lsvi-ucb/rate", "wrong exponent", "regret K^0.7", of: "regret",
      where: { !$0.has("problem", "greedy arms") },
      by: { power($0["K"], 0.2) }
    ),
    .factor(
      "lsvi-ucb/rate", "wrong exponent", "regret K^0.3 on the arms", of: "regret",
      where: { $0.has("problem", "arms") },
      by: { power($0["K"], -0.2) }
    ),
    .factor(
      "lsvi-ucb/rate", "missing log", "one more ln K", of: "regret",
      where: { !$0.has("problem", "greedy arms") },
      by: { Portable.log($0["K"]) }
    ),
    .distorting("lsvi-ucb/rate", "wrong count", "plans are twice their bound once") {
      point, trial, outcome in
      if point.has("problem", "random doubling") && trial == 3 {
        outcome.scalars["plans over bound"] = 2
      }
    },
    .measuring("lsvi-ucb/optimism", "no bonus", "no bonus is optimistic") {
      $0.has("c", 1) ? $0.with("c", 0) : $0
    },
    .measuring("lsvi-ucb/optimism", "bonus over 10", "a tenth of the bonus is optimistic") {
      $0.has("c", 1) ? $0.with("c", 0.1) : $0
    },
    .measuring("lsvi-ucb/optimism", "bonus over 512", "a 512th of the bonus is optimistic") {
      $0.has("c", 1) ? $0.with("c", 0.001953125) : $0
    },
    .factor(
      "lsvi-ucb/growth", "wrong exponent", "one more √d", of: "regret",
      where: { $0.has("sweep", "d") },
      by: { $0["d"].squareRoot() }
    ),
    .factor(
      "lsvi-ucb/growth", "wrong exponent", "one more √H³", of: "regret",
      where: { $0.has("sweep", "H") },
      by: { $0["H"] * $0["H"].squareRoot() }
    ),
    .distorting("lsvi-ucb/one-hot", "wrong count", "one run differs") { point, trial, outcome in
      if point.has("problem", "random") && trial == 1 { outcome.scalars["differs"] = 1 }
    },
    .measuring("lsvi-ucb/one-hot", "no bonus", "the lock opens without a bonus") {
      $0.has("problem", "lock") ? $0.with("problem", "lock without bonus") : $0
    },
  ]

  static let precipice: [Lie] = [
    .factor(
      "statistical-precipice/intervals", "wrong exponent", "width n^-0.25", of: "IQM width",
      by: { power($0["runs"], 0.25) }
    ),
    .distorting(
      "statistical-precipice/intervals", "wrong coverage", "every eighth interval misses"
    ) { _, trial, outcome in if trial % 8 == 0 { outcome.scalars["IQM held"] = 0 } },
    .distorting("statistical-precipice/intervals", "swapped", "the median is narrower") {
      _, _, outcome in
      (outcome.scalars["IQM width"], outcome.scalars["median width"]) = (
        outcome.scalars["median width"], outcome.scalars["IQM width"]
      )
    },
    .distorting("statistical-precipice/reversals", "wrong sign", "the worse one is better") {
      _, _, outcome in
      outcome.scalars["IQM reversed"] = 1 - (outcome.scalars["IQM reversed"] ?? 0)
    },
    .distorting(
      "statistical-precipice/reversals", "wrong count", "five of a hundred intervals are wrong"
    ) { _, trial, outcome in if trial % 20 == 0 { outcome.scalars["interval wrong"] = 1 } },
    .measuring(
      "statistical-precipice/reversals", "wrong exponent", "more runs do not help"
    ) { $0["runs"] == 100 ? $0.with("runs", 3) : $0 },
  ]

  static let shift: [Lie] = [
    .measuring("reward-shift/identity", "wrong sign", "ends keep their value") {
      $0.with("setting", .label(ShiftedPair.Setting.terminalsKept.rawValue))
    },
    .factor(
      "reward-shift/identity", "wrong discount", "off by a hundredth of a shift",
      of: "deviation over bound",
      by: { _ in 1e12 }
    ),
    .distorting("reward-shift/identity", "wrong count", "one pair parts") { _, trial, outcome in
      if trial == 5 { outcome.scalars["parted"] = 1 }
    },
    .distorting("reward-shift/exploration", "no bonus", "a negative shift does not explore") {
      point, _, outcome in
      guard point["b"] < 0, point.has("Q0", "0") else { return }
      outcome.scalars["first reward"] = min(
        ShiftExploration.expectedSteps(point["n"]), Double(ShiftExploration.most))
    },
    .factor(
      "reward-shift/exploration", "wrong exponent", "b = 0 needs 1.8^n steps",
      of: "first reward", where: { $0["b"] == 0 },
      by: { power(0.9, $0["n"]) }
    ),
    .distorting("reward-shift/exploration", "wrong count", "one optimistic start differs") {
      point, trial, outcome in
      if trial == 5 && point["b"] == -1 { outcome.scalars["differs"] = 1 }
    },
    .distorting("reward-shift/conservatism", "wrong sign", "a positive shift loses") {
      point, _, outcome in
      guard point.has("data", .label(PoorlyCoveredData.Coverage.unseen.rawValue)) else { return }
      outcome.curves["loss"]?.reverse()
    },
    .distorting(
      "reward-shift/conservatism", "wrong discount", "overestimation falls by 1/(1 − γ²)"
    ) { _, _, outcome in
      let gamma = PoorlyCoveredData.discount
      outcome.curves["overestimation"] = outcome.curves["overestimation"]?.map { $0 / (1 + gamma) }
    },
    .distorting("reward-shift/conservatism", "wrong count", "one state off the data") {
      _, trial, outcome in if trial == 3 { outcome.curves["share unseen"]?[10] = 0.05 }
    },
  ]
}
