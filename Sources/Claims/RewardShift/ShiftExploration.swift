// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Literature
import MarkovModels
import OnlineLearning
import Randomness
import Statistics

/// On a chain that sets back, lower rewards make Q-learning explore, and higher ones keep it where
/// it is.
struct ShiftExploration: Claim {
  let id = "reward-shift/exploration"
  let revision = 1
  let title =
    "A negative shift explores a chain in polynomial time; without it ε-greedy needs 2ⁿ steps"
  let kind = ClaimKind.phenomenon
  let sources: [Citation] = [.sun2022, .koenig1996]
  let statement = """
    The abstract says that a negative shift of rewards leads to curiosity-driven exploration (only \
    the abstract was read; its experiments are with deep networks, here the case is tabular). That \
    Q-learning from zero is exponential with rewards at the goal only, and polynomial when actions \
    cost something or the first values are high, is the abstract of the second source. Derived \
    here: before the first reward ε-greedy play with fair ties is a fair coin at b = 0, so that \
    the first reward is expected after 2ⁿ⁺¹ − 2 steps.
    """
  let setup = """
    A chain of n states without slip: on moves ahead, back returns to the first state, the only \
    reward is 1 for on in the last state, and the task never ends. Q-learning from Q_0 = 0, \
    ε-greedy with ε = 0.05 and fair ties within 10⁻⁹, γ = 0.95, step size 1/2, rewards shifted by \
    b. Counted: steps to the first reward, and steps until the task is solved, that is, Q prefers \
    on to back in every state by more than 10⁻⁹. In every trial the same is run with b = 0 and Q_0 \
    = −b/(1 − γ), by the same random numbers. Runs end after 100,000 steps; what was not reached \
    counts as 100,000.
    """
  let criterion = """
    First reward, at b = 0: the mean over 2ⁿ⁺¹ − 2 is 1 ± 0.15 at every n, and grows by a factor \
    of at least 2^0.9 a state. At b = −0.1 and −1 its exponent in n, from 6 to 64, is at most 3. \
    At n = 12 the mean at b = 0 is at least 10 times that at b = −0.1, and the mean number of \
    steps until solved at least twice. At n = 8 the mean to the first reward at b = +0.1 is at \
    least twice that at b = 0. Number of trials in which the shift and the optimistic start differ \
    in a count: 0. 95 % bootstrap intervals; against: an interval on the other side, or one trial \
    that differs. Control: b = −0.1 with Q_0 = b/(1 − γ), moved along, must explore as badly as b \
    = 0: ratio 1 ± 0.15. The count until solved was added after a pilot with another seed.
    """
  let limits = """
    One family, made so that exploring matters; where rewards are everywhere a shift costs time. \
    Before the first reward the estimates are proportional to b, so only its sign counts here. A \
    shift helps only relative to the first values, and only until they are forgotten.
    """

  static let discount = 0.95
  static let most = 100_000
  static let short = [4.0, 6, 8, 10, 12]
  /// The shifts that are compared on one chain.
  static let shifts = [-1, -0.1, -0.01, 0, 0.01, 0.1, 1]
  static let long = [6.0, 8, 12, 16, 24, 32, 48, 64]

  /// The expected number of fair coins until n heads in a row.
  static func expectedSteps(_ n: Double) -> Double {
    var power = 2.0
    for _ in 0..<Int(n) { power *= 2 }
    return power - 2
  }

  private func point(_ b: Double, _ start: String, _ n: Double) -> Point {
    Point([("b", .number(b)), ("Q0", .label(start)), ("n", .number(n))])
  }

  private func points(_ b: Double, _ start: String = "0") -> [Point] {
    let lengths = b < 0 && start == "0" ? Array(Set(Self.short + Self.long)).sorted() : Self.short
    return (b > 0 ? Array(Self.short.prefix(3)) : lengths).map { point(b, start, $0) }
  }

  func design(at scale: Scale) -> Design {
    let all =
      points(-1) + points(-0.1) + points(0) + points(0.1) + points(-0.1, "moved along")
      + [-0.01, 0.01, 1].map { point($0, "0", 8) }
    // What is compared with the closed form needs more trials.
    return Design(
      all.map { point in
        let isCoin = point.has("b", 0) || !point.has("Q0", "0")
        let quick = isCoin ? 1_000 : 100
        return (point, .fixed(scale == .quick ? quick : 5 * quick))
      }, measuring: Schema(scalars: ["first reward", "solved", "differs"]))
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 3 : 30 }

  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome {
    var rng = Xoshiro256(from: &stream)
    let simulator = ModelSimulator(
      try Chain(states: point.count("n"), slip: 0, backReward: 0, endReward: 1).model())
    let constant = point["b"] / (1 - Self.discount)
    let start = point.label("Q0") == "0" ? 0 : constant
    var other = rng
    let counts = counts(simulator, shift: point["b"], start: start, using: &rng)
    let same = self.counts(simulator, shift: 0, start: start - constant, using: &other)
    return TrialOutcome([
      "first reward": Double(counts.first), "solved": Double(counts.solved),
      "differs": counts == same ? 0 : 1,
    ])
  }

  /// The numbers of steps to the first reward and until the task is solved.
  func counts(
    _ simulator: ModelSimulator, shift b: Double, start: Double, using rng: inout Xoshiro256
  ) -> (first: Int, solved: Int) {
    var agent = QLearning(
      discount: Self.discount, stepSize: .constant(0.5), initialValues: .constant(start),
      rewardShift: b
    ).agent(for: simulator.model)
    var (step, first) = (0, Self.most)
    let solved = agent.play(
      simulator, by: EpsilonGreedyBehavior(0.05, ties: .uniform(within: 1e-9)), steps: Self.most,
      using: &rng
    ) { agent, transition in
      step += 1
      if transition.reward > 0 { first = min(first, step) }
      guard first < Self.most else { return false }
      let Q = agent.values
      return stride(from: 0, to: Q.count, by: 2).allSatisfy { Q[$0] > Q[$0 + 1] + 1e-9 }
    }
    return (first, solved)
  }

  /// The mean at one point over the mean at another.
  private func ratio(_ results: Results, _ scalar: String, _ first: Point, _ second: Point) throws
    -> ConfidenceInterval
  {
    // As many trials as both have; they are independent.
    let matrix = try results.trialMatrix(scalar, at: [first, second])
    var stream = results.resampling("ratio of \(scalar) \(first.key) \(second.key)")
    return try Bootstrap().interval(trials: matrix.count, using: &stream) { rows in
      rows.reduce(0) { $0 + matrix[$1][0] } / rows.reduce(0) { $0 + matrix[$1][1] }
    }
  }

  func judge(_ results: Results) throws -> Judgement {
    func overClosedForm(_ points: [Point], _ name: String) throws -> [Check] {
      try points.map { point in
        let mean = try results.mean("first reward", at: point)
        let scaled = mean.scaled(by: 1 / Self.expectedSteps(point["n"]))
        return .equals(
          "\(name), n = \(point.count("n")): first reward / (2ⁿ⁺¹ − 2)", scaled, 1, within: 0.15)
      }
    }
    var checks = try overClosedForm(points(0), "b = 0")
    let growth = try results.slope("first reward", at: points(0), along: "n", scale: .logY).slope
      .scaled(by: 1 / Portable.log(2))
    checks.append(.atLeast("b = 0: log₂ of the growth a state", growth, 0.9))
    var exponents: [ConfidenceInterval] = []
    for b in [-0.1, -1] {
      let fit = try results.slope("first reward", at: points(b), along: "n", window: 6...64)
      exponents.append(fit.slope)
      checks.append(.atMost("b = \(text(b)): exponent in n", fit.slope, 3))
    }
    let gain = try ratio(results, "first reward", point(0, "0", 12), point(-0.1, "0", 12))
    let solved = try ratio(results, "solved", point(0, "0", 12), point(-0.1, "0", 12))
    let loss = try ratio(results, "first reward", point(0.1, "0", 8), point(0, "0", 8))
    checks.append(.atLeast("n = 12: first reward at b = 0 over b = −0.1", gain, 10))
    checks.append(.atLeast("n = 12: solved at b = 0 over b = −0.1", solved, 2))
    checks.append(.atLeast("n = 8: first reward at b = +0.1 over b = 0", loss, 2))
    let differing = try results.points.reduce(0.0) {
      try $0 + results.values("differs", at: $1).reduce(0, +)
    }
    checks.append(
      .identity(
        "trials in which shift and optimistic start differ", differing, 0, tolerance: 0))
    checks += try overClosedForm(points(-0.1, "moved along"), "b = −0.1, Q_0 moved along").map {
      $0.asControl()
    }
    return Judgement(
      checks,
      finding:
        "To the first reward of a chain of 12 states b = 0 needs \(gain.text) times the steps of "
        + "b = −0.1, whose number grows like n^\(exponents[0].text); b = +0.1 needs "
        + "\(loss.text) times those of b = 0 at n = 8."
    )
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let figure = try Figure(
      id: "exploration", title: "Lower rewards find the end of a chain; zero is a coin",
      subtitle: "mean steps of ε-greedy Q-learning to the first reward; simultaneous 95 % bands",
      x: .log("states n →"), y: .log("↑ steps")
    ) {
      for (b, name) in [(-0.1, "b = −0.1"), (0, "b = 0"), (0.1, "b = +0.1")] {
        let points = points(b)
        let band = try results.band("first reward", at: points)
        let x = points.map { $0["n"] }
        Band(x: x, low: band.lower, high: band.upper, series: name)
        Line(x: x, y: band.means, series: name)
      }
      Theory(
        x: Self.short, y: Self.short.map(Self.expectedSteps), label: "2ⁿ⁺¹ − 2, exact",
        kind: .exact)
    }
    let compared = Self.shifts.map { point($0, "0", 8) }
    let bySign = try Figure(
      id: "shifts", title: "The sign of the shift decides; its size matters little",
      subtitle: "chain of 8 states; mean steps, simultaneous 95 % bands",
      x: .symlog("shift b →", linearWithin: 0.01), y: .log("↑ steps")
    ) {
      for (scalar, name) in [("first reward", "to the first reward"), ("solved", "until solved")] {
        let band = try results.band(scalar, at: compared)
        Band(x: Self.shifts, low: band.lower, high: band.upper, series: name)
        Line(x: Self.shifts, y: band.means, series: name)
      }
    }
    let table = PageTable(
      ["b", "Q_0", "n", "2ⁿ⁺¹ − 2", "first reward", "not found", "solved", "not solved"],
      rows: try results.points.map { point in
        func cells(_ scalar: String) throws -> [String] {
          let steps = try results.values(scalar, at: point)
          let cut = steps.filter { $0 >= Double(Self.most) }.count
          return [
            try results.mean(scalar, at: point).text,
            text(Double(cut) / Double(steps.count)),
          ]
        }
        return [
          text(point["b"], digits: 1), point.label("Q0") == "0" ? "0" : "b/(1 − γ)",
          "\(point.count("n"))", text(Self.expectedSteps(point["n"])),
        ] + (try cells("first reward")) + (try cells("solved"))
      }, textColumns: [1])
    return [
      Exhibit(
        figure,
        caption:
          "Q_0 = 0, γ = 0.95, step size 1/2, ε = 0.05. The optimistic start Q_0 = −b/(1 − γ) with "
          + "b = 0 gives the same numbers, run by run. Runs end after 100,000 steps, which lowers "
          + "the means of b = +0.1."
      ),
      Exhibit(
        bySign,
        caption:
          "Before the first reward every estimate is proportional to b, so that its size changes "
          + "nothing as long as differences exceed 10⁻⁹. For b > 0 the cap of 100,000 steps lowers "
          + "the means."),
      Exhibit(
        table,
        caption:
          "Mean steps with a 95 % bootstrap interval, and the share of runs that ended before."
      ),
    ]
  }
}
