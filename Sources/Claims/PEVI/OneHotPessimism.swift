// SPDX-License-Identifier: Apache-2.0
import Experiments
import LinearLearning
import Literature
import MarkovModels
import Randomness
import Statistics

/// One feature a choice makes PEVI the tabular algorithm.
struct OneHotPessimism: Claim {
  let id = "pevi/one-hot"
  let revision = 1
  let title = "With one feature a choice PEVI is the tabular algorithm, bit for bit"
  let kind = ClaimKind.identity
  let sources: [Citation] = [.jin2021]
  let statement = """
    With one-hot features Λ_h is diagonal with entries λ + n_h(s, a), so the ridge regression is the count \
    estimate and ‖φ‖_{Λ⁻¹} = (λ + n)^{−1/2}. Derived here; both programs use the same order of sums and the \
    factorization has no square roots, so equality holds in every bit, not only up to rounding.
    """
  let setup = """
    Random sparse tabular models with S from 2 to 12, A from 1 to 4, H from 1 to 6, random N and \
    behaviour; λ = 1/64, random multipliers. The regression with d = SA, with and without a shortcut for \
    unit vectors, against a program that only counts.
    """
  let criterion = """
    Number of runs in which estimates, penalties, Q̂, V̂ or policy differ in any bit: 0. Control: with \
    λ doubled in one of the two programs all runs in which something was seen must differ.
    """
  let limits = "About the two programs here; λ is a power of two, so that the sums λ + n are exact."

  func design(at scale: Scale) -> Design {
    Design(
      [(Point([("runs", "random")]), .fixed(scale == .quick ? 300 : 4_000))],
      measuring: Schema(scalars: ["differs", "control differs"]))
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 1 : 8 }

  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome {
    var rng = Xoshiro256(from: &stream)
    let S = 2 + rng.uniform(below: 11)
    let (A, H) = (1 + rng.uniform(below: 4), 1 + rng.uniform(below: 6))
    let model = try LinearEpisode(
      oneHot: Garnet(states: S, actions: A, branching: 1 + rng.uniform(below: S), seed: rng.next())
        .model(), horizon: H)
    var behaviour: [Double] = []
    for _ in 0..<H * S { behaviour += rng.uniformSimplex(A) }
    let data = StageCounts(
      of: model, behaviour: [(1, behaviour)], episodes: H * (1 + rng.uniform(below: 300)),
      using: &rng)
    let lambda = OfflineInstance.regularization
    let multipliers = (0..<H).map { _ in 2 * rng.uniform() }
    let linear = PEVI(regularization: lambda, multipliers: multipliers)
      .solve(data, features: model.features.withoutShortcut)
    let short = PEVI(regularization: lambda, multipliers: multipliers)
      .solve(data, features: model.features)
    let tabular = TabularPEVI(regularization: lambda, multipliers: multipliers).solve(data)
    let other = TabularPEVI(regularization: 2 * lambda, multipliers: multipliers).solve(data)
    return TrialOutcome([
      "differs": linear == tabular && short == tabular ? 0 : 1,
      "control differs": linear == other ? 0 : 1,
    ])
  }

  func judge(_ results: Results) throws -> Judgement {
    let differing = try results.values("differs", at: results.points[0])
    let control = try results.values("control differs", at: results.points[0])
    let count = differing.reduce(0, +)
    return Judgement(
      [
        .identity("runs that differ", count, 0, tolerance: 0),
        .identity(
          "share of runs that differ with λ doubled in one",
          control.reduce(0, +) / Double(control.count), 1, tolerance: 0
        ).asControl(),
      ],
      finding: "\(Int(count)) of \(differing.count) random runs differ in some bit.")
  }

  func exhibits(_ results: Results) throws -> [Exhibit] { [] }
}
