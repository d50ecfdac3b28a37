// SPDX-License-Identifier: Apache-2.0
import Experiments
import MarkovModels
import OnlineLearning
import Randomness
import Statistics
import TestSupport
import Testing

@testable import Claims

@Suite("Study of reward shifts")
struct RewardShiftStudyTests {
  // MARK: Identity

  @Test("quick runs of the identity are consistent")
  func identity() throws {
    #expect(try quickJudgement(ShiftIdentity()).verdict == .consistent)
  }

  @Test("an identity that is a hundred thousandth of a shift off is found out")
  func slightlyOff() throws {
    // The pair of the wrong shift: the plain run starts at Q_0 − φ of another b.
    var rng = Xoshiro256(seed: 3, purpose: "off")
    var pair = try ShiftedPair(.continuing, stepSize: .constant(0.1), using: &rng)
    let learner = pair.plain.learner
    guard case .perChoice(let values) = learner.initialValues else {
      Issue.record("no values")
      return
    }
    pair.plain =
      QLearning(
        discount: learner.discount, stepSize: learner.stepSize,
        initialValues: .perChoice(zip(values, pair.difference).map { $0 + 1e-5 * $1 })
      ).agent(for: pair.simulator.model)
    #expect(pair.run(steps: [100], using: &rng).ratio > 1e3)
  }

  @Test("ends that keep their value where the claim shifts them are found out")
  func keptEnds() throws {
    let claim = ShiftIdentity()
    let planted = Planted(claim) { point, trial, stream in
      let kept = ShiftedPair.Setting.terminalsKept.rawValue
      return try claim.measure(
        Point([("setting", .label(kept)), ("step", .label(point.label("step")))]), trial: trial,
        using: &stream)
    }
    #expect(try quickJudgement(planted).verdict == .inconsistent)
  }

  @Test("one pair that parts is found out; a control that does not fail makes it inconclusive")
  func parted() throws {
    func distorted(_ name: String, _ value: Double, in setting: ShiftedPair.Setting) -> Planted {
      Planted(distorting: ShiftIdentity()) { point, outcome in
        var outcome = outcome
        if point.has("setting", .label(setting.rawValue)) { outcome.scalars[name] = value }
        return outcome
      }
    }
    #expect(
      try quickJudgement(distorted("parted", 1, in: .finiteHorizon)).verdict == .inconsistent)
    for (name, value) in [("deviation over bound", 0.5), ("prediction over bound", 2)] {
      let verdict = try quickJudgement(distorted(name, value, in: .terminalsKept)).verdict
      #expect(verdict == .inconclusive, "\(name)")
    }
  }

  // MARK: Exploration

  @Test("the expected number of coins until n heads, by its recursion")
  func coins() {
    // E_n = E_{n−1} + 1 + (half the time) E_n.
    var expected = 0.0
    for n in 1...20 {
      expected = 2 * (expected + 1)
      #expect(ShiftExploration.expectedSteps(Double(n)) == expected)
    }
  }

  @Test("a shift explores as the optimistic start does, and its size does not matter")
  func exploration() throws {
    let claim = ShiftExploration()
    let chain = try Chain(states: 6, slip: 0, backReward: 0, endReward: 1).model()
    let simulator = ModelSimulator(chain)
    for seed in 0..<20 {
      func counts(_ b: Double, _ start: Double) -> (first: Int, solved: Int) {
        var rng = Xoshiro256(seed: UInt64(seed), purpose: "exploration")
        return claim.counts(simulator, shift: b, start: start, using: &rng)
      }
      let shifted = counts(-0.5, 0)
      #expect(shifted == counts(0, 0.5 / (1 - ShiftExploration.discount)))
      // Times a power of two every estimate is the same up to the exponent.
      #expect(shifted.first == counts(-0.0625, 0).first)
      #expect(shifted.first >= 6 && shifted.first <= shifted.solved)
    }
  }

  /// Steps as the claim says, times a factor that depends on the point.
  private func planted(
    differs: Double = 0, _ factor: @escaping @Sendable (Point) -> Double = { _ in 1 }
  ) -> Planted {
    Planted(ShiftExploration()) { point, _, stream in
      let (b, n) = (point["b"], point["n"])
      let coin = ShiftExploration.expectedSteps(n)
      let isShift = point.has("Q0", "0")
      let mean = !isShift || b == 0 ? coin : b < 0 ? n * n : 100 * coin
      let first = mean * factor(point) * (0.9 + 0.2 * stream.uniform())
      return TrialOutcome([
        "first reward": first, "solved": 2 * first, "differs": differs,
      ])
    }
  }

  @Test("what the claim says is consistent; what it denies is found out")
  func plantedExploration() throws {
    #expect(try quickJudgement(planted()).verdict == .consistent)
    let wrong: [(String, Planted)] = [
      ("a shift that does not explore", planted { $0["b"] < 0 ? $0["n"] * $0["n"] : 1 }),
      ("b = 0 is not a coin", planted { $0["b"] == 0 ? 1.4 : 1 }),
      ("a positive shift explores", planted { $0["b"] > 0 ? 0.01 : 1 }),
      ("the optimistic start differs", planted(differs: 1)),
    ]
    for (name, claim) in wrong {
      #expect(try quickJudgement(claim).verdict == .inconsistent, "\(name)")
    }
    // The control explores although nothing was changed.
    let control = planted { $0.has("Q0", "0") ? 1 : 0.1 }
    #expect(try quickJudgement(control).verdict == .inconclusive)
  }

  // MARK: Conservatism

  @Test("data lack half of the choices, or none; what they lack is never updated")
  func data() throws {
    var rng = Xoshiro256(seed: 4, purpose: "data")
    let unseen = try PoorlyCoveredData(.unseen, using: &rng)
    #expect(unseen.unseen.count == 40 && unseen.data.count == 40 * 40)
    // After one pass already the sign of the shift decides.
    for (b, share) in [(-0.5, 20), (0, 20), (1, 0), (1.5, 0)] {
      let agent = unseen.learn(shift: b, passes: 1)
      #expect(unseen.unseen.allSatisfy { agent.values[$0] == 0 })
      #expect(agent.greedyChoices.filter(Set(unseen.unseen).contains).count == share)
    }
    let rare = try PoorlyCoveredData(.rare, using: &rng)
    #expect(rare.unseen.isEmpty && (rare.data.filter { $0.choice == 7 }).count == 2)
    // Arm 19 is optimal; another costs 0.3 γ/(1 − γ).
    let others = rare.problem.dynamics
    let best = [19, others.choicePointers[1], others.choicePointers[2]]
    expectClose(try rare.loss(of: best), 0, tolerance: 1e-12)
    let gamma = PoorlyCoveredData.discount
    expectClose(
      try rare.loss(of: [0] + best.dropFirst()), 0.3 * gamma / (1 - gamma), tolerance: 1e-12)
  }

  /// Curves as the claim says, changed at one place.
  private func planted(
    _ change: @escaping @Sendable (Point, inout TrialOutcome) -> Void = { _, _ in }
  ) -> Planted {
    Planted(ShiftConservatism()) { point, _, stream in
      let isRare = point.has("data", "rare")
      let noise = 0.1 * stream.uniform()
      let drop = 1 / (1 - PoorlyCoveredData.discount)
      let shifts = ShiftConservatism.shifts
      var outcome = TrialOutcome(
        ["loss of VI-LCB": isRare ? 0 : 1, "loss of plug-in": 1],
        curves: [
          "loss": shifts.map { isRare ? 1 : $0 <= 0 ? 2 + noise : noise },
          "share unseen": shifts.map { $0 <= 0 && !isRare ? 1 : 0 },
          "overestimation": shifts.map { 1.5 - $0 * drop },
          "value error": shifts.map { $0 <= 0 ? 3 + noise : noise },
        ])
      change(point, &outcome)
      return outcome
    }
  }

  @Test("a conservative shift is consistent; one that is not is found out")
  func plantedConservatism() throws {
    #expect(try quickJudgement(planted()).verdict == .consistent)
    let wrong: [(String, Planted)] = [
      ("a positive shift loses", planted { $1.curves["loss"]?.reverse() }),
      ("estimates get worse", planted { $1.curves["value error"]?.reverse() }),
      ("one state off the data", planted { $1.curves["share unseen"]?[10] = 0.05 }),
      ("one state on the data", planted { $1.curves["share unseen"]?[2] = 0.95 }),
      (
        "half the pessimism",
        planted { $1.curves["overestimation"] = ShiftConservatism.shifts.map { -2.5 * $0 } }
      ),
    ]
    for (name, claim) in wrong {
      #expect(try quickJudgement(claim).verdict == .inconsistent, "\(name)")
    }
    let helped = planted { point, outcome in
      guard point.has("data", "rare") else { return }
      outcome.curves["loss"] = ShiftConservatism.shifts.map { $0 <= 0 ? 1 : 0 }
    }
    #expect(try quickJudgement(helped).verdict == .inconclusive)
  }
}
