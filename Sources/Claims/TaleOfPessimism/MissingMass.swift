// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Literature
import OfflineLearning
import Randomness
import Statistics

/// What an expert's data fail to show.
struct MissingMass: Claim {
  let id = "tale-of-pessimism/missing-mass"
  let revision = 1
  let title = "On an expert's data LCB loses exactly the missing mass"
  let kind = ClaimKind.identity
  let sources: [Citation] = [.rashidinejad2021]
  let statement = """
    With C* = 1 only contexts that the data miss cost anything (derived here). S − 1 contexts of mass \
    1/(N + 1), loss 1 when wrong, ties against the learner: the expected suboptimality is \
    (S − 1)/(N + 1) · (1 − 1/(N + 1))^N from the rare contexts, plus ρ₀ (1 − ρ₀)^N from the common one of \
    mass ρ₀ = 1 − (S − 1)/(N + 1). The sum tends to (S − 1)/(e N).
    """
  let setup = """
    LCB with L = log(2A/δ), δ = 0.1, on contextual bandits of two arms that pay 1 and 0. Enumeration: S = 3 \
    and 5, N = 4, 8, 12: the rule runs on every possible vector of counts, weighted with its multinomial \
    probability. Sums: S = 20, N from 30 to 3,000, all binomial terms. Draws: the same instances, simulated.
    """
  let criterion = """
    Enumeration and sums equal the closed form within 1e-12; the simulated means have it inside their 99.9 % band over \
    all N. Against the claim: any other number.
    """
  let limits = """
    An identity about one family; it is the source of the term S/N in the lower bound, which holds for every \
    rule. A rule that breaks ties at random loses half of it.
    """

  static let draws = [30.0, 100, 300, 1_000, 3_000]
  static let contexts = 20.0
  static let learner = LCBBandit(arms: 2, failureProbability: 0.1)

  private func point(_ method: String, _ S: Double, _ N: Double) -> Point {
    Point([("method", .label(method)), ("S", .number(S)), ("N", .number(N))])
  }

  func design(at scale: Scale) -> Design {
    var rows: [(Point, TrialPlan)] = []
    for S in [3.0, 5] {
      for N in [4.0, 8, 12] { rows.append((point("enumeration", S, N), .exact)) }
    }
    for N in Self.draws {
      rows.append((point("sums", Self.contexts, N), .exact))
      rows.append((point("draws", Self.contexts, N), .fixed(scale == .quick ? 400 : 10_000)))
    }
    return Design(rows, measuring: Schema(scalars: ["suboptimality"]))
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 0.5 : 3 }

  func measure(
    _ point: Point, trial: Int, using stream: inout Randomness.Stream
  ) throws -> TrialOutcome {
    let N = point.count("N")
    let bandit = try TaleInstances.expert(contexts: point.count("S"), draws: N)
    let loss: Double
    switch point.label("method") {
    case "enumeration": loss = try Self.enumerated(bandit, draws: N)
    case "sums":
      loss = ExactSuboptimality(of: Self.learner, negligible: 0).expected(draws: N, on: bandit)
    default:
      var rng = Xoshiro256(from: &stream)
      let policy = Self.learner.policy(from: bandit.draw(N, using: &rng))
      loss = bandit.suboptimality(of: policy)
    }
    return TrialOutcome(["suboptimality": loss])
  }

  /// The expectation by running the rule on every vector of context counts; only the best arm is in
  /// the data, and it always pays.
  static func enumerated(_ bandit: ContextualBandit, draws N: Int) throws -> Double {
    let S = bandit.contextCount
    var counts = [Int](repeating: 0, count: S)
    var total = 0.0
    func visit(_ s: Int, _ left: Int, _ probability: Double) throws {
      if s == S - 1 {
        counts[s] = left
        let data = try counts.map { try ArmData(pulls: [0, $0], successes: [0, $0]) }
        total +=
          probability * TaleInstances.power(bandit.contextWeights[s], left)
          * bandit.suboptimality(of: learner.policy(from: data))
        return
      }
      // Binomial coefficients C(left, n) by their recurrence: exact integers at these sizes.
      var ways = 1.0
      for n in 0...left {
        counts[s] = n
        try visit(
          s + 1, left - n, probability * ways * TaleInstances.power(bandit.contextWeights[s], n))
        ways = (ways * Double(left - n) / Double(n + 1)).rounded()
      }
    }
    try visit(0, N, 1)
    return total
  }

  func judge(_ results: Results) throws -> Judgement {
    var checks: [Check] = []
    for method in ["enumeration", "sums"] {
      let errors = try results.points(where: ["method": .label(method)]).map {
        try abs(
          results.values("suboptimality", at: $0)[0]
            - TaleInstances.expertLoss(contexts: $0.count("S"), draws: $0.count("N")))
      }
      checks.append(
        .identity(
          "\(method) minus closed form, greatest of \(errors.count)", errors.max() ?? 1, 0,
          tolerance: 1e-12))
    }
    checks.append(
      try results.agreement(
        "draws", "suboptimality", at: results.points(where: ["method": "draws"]), with: closedForm))
    return Judgement(
      checks,
      finding: "Enumeration, sums and draws give the closed form; at N = 3,000 it is "
        + "\(text(closedForm[Self.draws.count - 1])) for 20 contexts.")
  }

  private var closedForm: [Double] {
    Self.draws.map { TaleInstances.expertLoss(contexts: Int(Self.contexts), draws: Int($0)) }
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let points = results.points(where: ["method": "draws"])
    let band = try results.band("suboptimality", at: points)
    let unit = Self.draws.map { $0 / (Self.contexts - 1) }
    let figure = Figure(
      id: "missing-mass", title: "LCB's loss on an expert's data, and the missing mass",
      subtitle: "20 contexts, 19 of mass 1/(N + 1); simultaneous 95 % bands of "
        + "\(results.trialCount(at: points[0])) draws at each N",
      x: .log("data N →"), y: .linear("↑ expected suboptimality × N/(S − 1)")
    ) {
      Interval(
        x: Self.draws, y: zip(band.means, unit).map(*), low: zip(band.lower, unit).map(*),
        high: zip(band.upper, unit).map(*), series: "draws")
      Theory(x: Self.draws, y: zip(closedForm, unit).map(*), label: "closed form", kind: .exact)
      Reference(y: Portable.exp(-1), "1/e")
    }
    return [
      Exhibit(
        figure,
        caption: "Simulated suboptimality of LCB, multiplied by N/(S − 1), against the closed form "
          + "and its limit 1/e.")
    ]
  }
}
