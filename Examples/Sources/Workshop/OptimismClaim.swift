// SPDX-License-Identifier: Apache-2.0
import Provably

/// The claim that the programs judge and report.
public let optimismClaim: any Claim = OptimismClaim()

/// That optimism learns to run the machine, within the bound that was proved.
struct OptimismClaim: Claim {
  // (1) What is said, and what would count against it: written before the run.
  let id = "machine/optimism"
  let revision = 1
  let title = "UCBVI learns to run the machine, within its proved bound"
  let kind = ClaimKind.inequality
  let sources: [Citation] = [.azar2017]
  let statement = "With the bonus of the proof the regret stays below the bound."
  let setup = "The machine of this package, ten steps an episode, 20,000 episodes."
  let criterion =
    "Mean regret of UCBVI over its bound, 95 % interval over trials: at most 1. Control: without "
    + "a bonus the regret must grow linearly, exponent 1 ± 0.05 over the last decade."
  let limits = "One machine; a bound that is not violated is not thereby sharp."

  // (2) The points of the experiment, and what one trial measures.
  static let checkpoints = geometricGrid(from: 20, through: 20_000, count: 16)

  func design(at scale: Scale) -> Design {
    Design(
      [(name: "learner", values: ["UCBVI", "greedy"])],
      measuring: Schema(scalars: [], curves: [.init("regret", at: Self.checkpoints)])
    ) { _ in .fixed(scale == .quick ? 8 : 50) }
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 1 : 5 }

  func measure(
    _ point: Point, trial: Int, using stream: inout Stream
  ) throws -> TrialOutcome {
    let problem = try EpisodicProblem(Machine().model(), horizon: 10)
    let learner: any EpisodicLearner =
      point.label("learner") == "UCBVI" ? UCBVI() : GreedyModel()
    var rng = Xoshiro256(from: &stream)
    let regret = try learner.regret(on: problem, at: Self.checkpoints.map { Int($0) }, using: &rng)
    return TrialOutcome(curves: ["regret": regret])
  }

  // (3) The verdict, by the criterion.
  func judge(_ results: Results) throws -> Judgement {
    let problem = try EpisodicProblem(Machine().model(), horizon: 10)
    let bound = UCBVI().numbers(of: problem, episodes: 20_000).regret.value
    let last = try results.curves("regret", at: results.points[0]).map { $0[15] }
    var stream = results.resampling("last regret")
    let mean = try Bootstrap().interval(last, using: &stream, statistic: Summary.mean)
    let greedy = try results.slope(
      ofCurve: "regret", at: results.points[1], window: 2_000...20_000)
    return Judgement(
      [
        .atMost("regret over its bound", mean.scaled(by: 1 / bound), 1),
        .equals("exponent without a bonus", greedy.slope, 1, within: 0.05, isControl: true),
      ], finding: "After 20,000 episodes UCBVI has lost \(mean.text); the bound is \(text(bound)).")
  }

  // (4) What the page shows besides.
  func exhibits(_ results: Results) throws -> [Exhibit] {
    let x = Self.checkpoints
    let figure = try Figure(
      id: "machine", title: "UCBVI learns, greed does not", subtitle: "mean and 95 % band",
      x: .log("episodes →"), y: .log("↑ regret")
    ) {
      for point in results.points {
        let band = try results.band(ofCurve: "regret", at: point)
        Band(x: x, low: band.lower, high: band.upper, series: point.label("learner"))
        Line(x: x, y: band.means, series: point.label("learner"), markers: .none)
      }
    }
    return [Exhibit(figure, caption: "Regret, with a simultaneous 95 % band over trials.")]
  }
}
