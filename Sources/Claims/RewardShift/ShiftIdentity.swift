// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Literature
import OnlineLearning
import Randomness

/// A shift of rewards is a shift of the first values, at every step of every run.
struct ShiftIdentity: Claim {
  let id = "reward-shift/identity"
  let revision = 1
  let title = "A shift of rewards by b is a shift of the first values by −b/(1 − γ), at every step"
  let kind = ClaimKind.identity
  let sources: [Citation] = [.sun2022, .watkins1992]
  let statement = """
    The abstract says that shifting rewards is equivalent to changing the initialization of the \
    Q-function (only the abstract was read; it speaks of function approximation, this is the \
    tabular case). Derived here by induction over steps: Q_t(r + b; Q_0) = Q_t(r; Q_0 − b/(1 − γ)) \
    + b/(1 − γ) for every t if the task goes on for ever, or if the end of an episode is worth \
    b/(1 − γ) instead of 0; over a horizon of H stages without discount the same with b (H − h) in \
    stage h, ends worth 0.
    """
  let setup = """
    Random models: 2 to 6 states, 1 to 3 actions, rewards (of outcomes, or of choices where \
    episodes end) and Q_0 in [−1, 1], γ one of 0.5, 0.9, 0.98, or 2 to 6 stages without \
    discount; |b| in [0.5, 2], either sign. Q-learning, ε-greedy with ε = 0.2, 2,000 steps, step \
    sizes 0.1, 1/n, n^−0.7. Both runs use the same random numbers, each acts by its own \
    estimates.
    """
  let criterion = """
    The rounding bound B = u M D (24 + 2/α), u = 2⁻⁵³, D = 1/(1 − γ) or H, M = 1 + D (1 + 2 |b|), \
    α the least step size so far, derived in the source before any run. Expected: the deviation \
    from the identity is at most B at every step of every run, and no two runs choose differently. \
    Against: one deviation above B, or one pair that parts. Controls: with ends kept at 0 the \
    identity must fail, by more than 1,000 B in each run, and at choices that always end the \
    episode by γ b/(1 − γ) (1 − Π (1 − α_i)) up to B.
    """
  let limits = """
    Tabular Q-learning. With function approximation the shift of the first values must be \
    representable, and what an optimizer makes of it is not settled by this identity.
    """

  static let checkpoints = [10.0, 20, 50, 100, 200, 500, 1_000, 2_000]
  static let stepSizes: [(name: String, value: StepSize)] = [
    ("0.1", .constant(0.1)), ("1/n", .harmonic), ("n^-0.7", .power(0.7)),
  ]
  static let scalars = [
    "deviation over bound", "parted", "prediction over bound", "missing over bound",
  ]

  func design(at scale: Scale) -> Design {
    let settings = ShiftedPair.Setting.allCases.map { Point.Value.label($0.rawValue) }
    return Design(
      [("setting", settings), ("step", Self.stepSizes.map { .label($0.name) })],
      measuring: Schema(scalars: Self.scalars, curves: [.init("deviation", at: Self.checkpoints)])
    ) { _ in .fixed(scale == .quick ? 20 : 2_000) }
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 0.3 : 15 }

  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome {
    var rng = Xoshiro256(from: &stream)
    guard let setting = ShiftedPair.Setting(rawValue: point.label("setting")),
      let step = Self.stepSizes.first(where: { $0.name == point.label("step") })
    else { throw ExperimentError.badDesign("no setting of the point \(point.key)") }
    var pair = try ShiftedPair(setting, stepSize: step.value, using: &rng)
    let run = pair.run(steps: Self.checkpoints.map { Int($0) }, using: &rng)
    let values = [run.ratio, run.parted ? 1 : 0, run.predictionRatio, run.missing]
    return TrialOutcome(
      Dictionary(uniqueKeysWithValues: zip(Self.scalars, values)),
      curves: ["deviation": run.deviations])
  }

  private func points(_ results: Results, _ setting: ShiftedPair.Setting) -> [Point] {
    results.points(where: ["setting": .label(setting.rawValue)])
  }

  func judge(_ results: Results) throws -> Judgement {
    func all(_ scalar: String, _ points: [Point]) throws -> [Double] {
      try points.flatMap { try results.values(scalar, at: $0) }
    }
    var checks: [Check] = []
    var worst = 0.0
    let settings: [ShiftedPair.Setting] = [.continuing, .terminalsShifted, .finiteHorizon]
    for setting in settings {
      let ratio = try all("deviation over bound", points(results, setting)).max() ?? .infinity
      worst = max(worst, ratio)
      checks.append(
        .identity(
          "\(setting.rawValue): largest deviation, in units of B", ratio, 0, tolerance: 1))
    }
    let held = settings.flatMap { points(results, $0) }
    let parted = try all("parted", held)
    checks.append(
      .identity("pairs that choose differently", parted.reduce(0, +), 0, tolerance: 0))
    let control = points(results, .terminalsKept)
    let prediction = try all("prediction over bound", control).max() ?? .infinity
    let missing = try all("missing over bound", control).min() ?? 0
    let least = try all("deviation over bound", control).min() ?? 0
    checks += [
      .identity(
        "ends kept at 0: distance from the predicted failure, in units of B", prediction, 0,
        tolerance: 1
      ).asControl(),
      .atLeast(
        "ends kept at 0: least deviation of a run, in units of B", .exact(min(missing, least)), 1e3
      ).asControl(),
    ]
    return Judgement(
      checks,
      finding:
        "Over \(parted.count) pairs of runs the deviation is at most \(text(worst)) of the rounding "
        + "bound, and \(Int(parted.reduce(0, +))) pairs part; with ends kept at 0 it is at least "
        + "\(text(least)) times the bound."
    )
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    func curve(_ setting: ShiftedPair.Setting) throws -> [Double] {
      var largest = Self.checkpoints.map { _ in 0.0 }
      for point in points(results, setting) {
        try results.forEachCurve("deviation", at: point) { values in
          for j in largest.indices { largest[j] = max(largest[j], values[j]) }
        }
      }
      return largest
    }
    let figure = try Figure(
      id: "identity", title: "The identity holds to rounding, unless ends keep their value 0",
      subtitle: "largest deviation over all choices, runs and step sizes so far",
      x: .log("step t →"), y: .log("↑ deviation from the identity")
    ) {
      for setting in ShiftedPair.Setting.allCases {
        Line(x: Self.checkpoints, y: try curve(setting), series: setting.rawValue)
      }
    }
    let table = PageTable(
      ["setting", "step size", "largest deviation", "over B", "pairs that part"],
      rows: try results.points.map { point in
        var largest = 0.0
        try results.forEachCurve("deviation", at: point) { largest = max(largest, $0.last ?? 0) }
        let ratio = try results.values("deviation over bound", at: point).max() ?? 0
        let parted = try results.values("parted", at: point).reduce(0, +)
        return [
          point.label("setting"), point.label("step"), text(largest), text(ratio),
          point.label("setting") == ShiftedPair.Setting.terminalsKept.rawValue
            ? "same data" : "\(Int(parted))",
        ]
      }, textColumns: [0, 1])
    return [
      Exhibit(
        figure,
        caption:
          "The largest of |Q_t(r + b; Q_0) − Q_t(r; Q_0 − φ) − φ|. With ends kept at 0 "
          + "both runs learn from the same data."),
      Exhibit(table, caption: "The largest over runs; B is the rounding bound of the criterion."),
    ]
  }
}
