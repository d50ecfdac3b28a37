// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import LinearLearning
import Literature
import MarkovModels
import Randomness
import Statistics

/// One feature a choice makes LSVI-UCB optimistic value iteration on counts; a lock shows what the
/// bonus is for.
struct OneHotOptimism: Claim {
  let id = "lsvi-ucb/one-hot"
  let revision = 1
  let title = "With one feature a choice LSVI-UCB counts; without a bonus it never opens a lock"
  let kind = ClaimKind.identity
  let sources: [Citation] = [.jin2020, .kakade2003]
  let statement = """
    With one-hot features Λ_h is diagonal with entries λ + n, so LSVI-UCB is optimistic value iteration on \
    counts with bonus β/√(λ + n). Derived here; the two programs share no code and agree in every bit, \
    since the order of sums is the same and λ + n is exact. Without a bonus the greedy policy of a \
    combination lock never tries the right digits.
    """
  let setup = """
    Random sparse tabular models, S from 2 to 7, A from 1 to 4, H from 1 to 5, 60 episodes, random β, λ = 1: \
    regret, policy and all Q of the last plan; half of the runs without the shortcut for unit vectors. Lock: 5 digits of 3 values, right ones last, K = 20,000, \
    β = c d H √ι with c = 0.01 and c = 0.
    """
  let criterion = """
    Number of random runs in which regret, policy or any Q differs in any bit: 0. The exponent of the mean \
    regret on the lock over the last decade with c = 0.01: at most 0.9. Against: any such run, or an interval above. Control: with c = 0 the exponent is \
    1 ± 0.001 and every episode loses the whole value.
    """
  let limits = """
    The identity is about the two programs here. The lock is deterministic; its regret with a bonus says \
    nothing about √K.
    """

  static let checkpoints = geometricGrid(from: 20, through: 20_000, count: 25)

  func design(at scale: Scale) -> Design {
    var rows: [(Point, TrialPlan)] = [
      (Point([("problem", "random")]), .fixed(scale == .quick ? 100 : 2_000))
    ]
    for name in ["lock", "lock without bonus"] {
      rows.append((Point([("problem", .label(name))]), .fixed(scale == .quick ? 2 : 10)))
    }
    return Design(
      rows,
      measuring: Schema(scalars: ["differs"], curves: [.init("regret", at: Self.checkpoints)]))
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 1 : 10 }

  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome {
    var rng = Xoshiro256(from: &stream)
    let name = point.label("problem")
    if name == "random" {
      let zeros = [Double](repeating: 0, count: Self.checkpoints.count)
      return TrialOutcome(
        ["differs": try randomRunDiffers(using: &rng) ? 1 : 0], curves: ["regret": zeros])
    }
    let model = try DigitLock(length: 5, actions: 3).episode()
    let rounds = Self.checkpoints.map { Int($0) }
    var learner = OnlineInstance.learner(name == "lock" ? 0.01 : 0, model, episodes: 20_000)
    let run = try learner.play(model, at: rounds, using: &rng)
    return TrialOutcome(["differs": 0], curves: ["regret": run.regret])
  }

  private func randomRunDiffers(using rng: inout Xoshiro256) throws -> Bool {
    let S = 2 + rng.uniform(below: 6)
    let (A, H) = (1 + rng.uniform(below: 4), 1 + rng.uniform(below: 5))
    let model = try LinearEpisode(
      oneHot: Garnet(states: S, actions: A, branching: 1 + rng.uniform(below: S), seed: rng.next())
        .model(), horizon: H)
    let beta = 2 * rng.uniform()
    let features = rng.bernoulli(0.5) ? model.features : model.features.withoutShortcut
    var linear = LSVIUCB(features: features, states: S, horizon: H, multiplier: beta)
    var tabular = TabularLSVIUCB(states: S, actions: A, horizon: H, multiplier: beta)
    var other = rng
    let first = try linear.play(model, at: [60], using: &rng)
    let second = try tabular.play(model, at: [60], using: &other)
    let K = model.choiceCount
    let sameValues = (0..<H).allSatisfy { h in
      (0..<K).allSatisfy {
        linear.actionValues[h * linear.stride + $0] == tabular.actionValues[h * K + $0]
      }
    }
    return first != second || linear.policy != tabular.policy || !sameValues
  }

  func judge(_ results: Results) throws -> Judgement {
    let differing = try results.values("differs", at: results.points[0])
    let count = differing.reduce(0, +)
    let window = 2e3...2e4
    let slopes = try results.points.dropFirst().map {
      try results.slope(ofCurve: "regret", at: $0, window: window).slope
    }
    let greedy = try results.curves("regret", at: results.points[2])
    return Judgement(
      [
        .identity("random runs that differ", count, 0, tolerance: 0),
        .atMost("lock: exponent of regret over the last decade", slopes[0], 0.9),
        .equals("lock without bonus: exponent", slopes[1], 1, within: 0.001).asControl(),
        .identity(
          "lock without bonus: regret an episode", (greedy[0].last ?? 0) / 20_000, 1,
          tolerance: 1e-9
        ).asControl(),
      ],
      finding:
        "\(Int(count)) of \(differing.count) random runs differ in some bit; on the lock regret "
        + "grows like K^\(text(slopes[0].estimate)) with the bonus and K^\(text(slopes[1].estimate)) "
        + "without.")
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let figure = try Figure(
      id: "lock", title: "Regret on a combination lock with and without a bonus",
      subtitle: "5 digits of 3 values, one feature a choice; exact regret, mean over runs",
      x: .log("episode →"), y: .log("↑ regret")
    ) {
      for (point, name) in zip(results.points.dropFirst(), ["c = 0.01", "no bonus"]) {
        let runs = try results.curves("regret", at: point)
        let means = Self.checkpoints.indices.map { j in Summary.mean(runs.map { $0[j] }) }
        Line(x: Self.checkpoints, y: means, series: name, markers: .none)
      }
      FitWindow(2e3...2e4)
    }
    return [
      Exhibit(
        figure,
        caption:
          "The lock is deterministic and ties go to the lowest action, so runs do not differ.")
    ]
  }
}
