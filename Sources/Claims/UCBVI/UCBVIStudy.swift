// SPDX-License-Identifier: Apache-2.0
import Experiments
import Literature
import OnlineLearning

/// UCBVI: optimism with bonuses, its rate, its bound and its price.
public let ucbviStudy = Study(
  id: "ucbvi",
  title: "UCBVI: optimism by bonuses in episodic tabular problems",
  source: .azar2017,
  summary: """
    Value iteration in the empirical model, with a bonus for what was seen seldom, has a regret of the \
    order √K. The paper's abstract gives Õ(√(HSAT) + H²S²A + H√T), T = KH, for Bernstein bonuses; its \
    constants are not used here. The bonus of UCBVI on this page is √(L/2n) times the stages to \
    come, and its bound is proved in the repository (`Sources/Bounds/UCBVIHoeffding.md`), so that \
    every number on the page has a proof or is a measurement. Regret is exact: the policy of each \
    episode is evaluated against the model.
    """,
  claims: [HardRate(), RegretBound(), OptimismCoverage(), HoeffdingBernstein()])

/// The learners of the study by their names in points.
enum UCBVILearner {
  /// A factor of the bonus below that of the proof; with 0.2 a pilot had runs that never recovered.
  static let tuned = 0.5
  /// The failure probability in every bonus of the study.
  static let delta = 0.05

  /// The name in figures and tables: what is called tuned has half the bonus of the proof.
  static func shown(_ name: String) -> String {
    switch name {
    case "UCBVI tuned": "UCBVI, half bonus"
    case "Bernstein tuned": "Bernstein, half bonus"
    default: name
    }
  }

  static func named(_ name: String) -> (any EpisodicLearner)? {
    switch name {
    case "UCBVI": UCBVI(failureProbability: delta)
    case "UCBVI tuned": UCBVI(failureProbability: delta, multiplier: tuned, name: name)
    case "Bernstein": UCBVIBernstein(failureProbability: delta, name: name)
    case "Bernstein tuned":
      UCBVIBernstein(failureProbability: delta, multiplier: tuned, name: name)
    case "greedy model": GreedyModel()
    default: nil
    }
  }
}
