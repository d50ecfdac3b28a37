// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels
import OnlineLearning

/// Decisions that are hard to tell apart: in each of three roots one of four actions is better by Δ.
///
///     root i ──a──→ good (reward 1 a step, stays)   with probability p + Δ if a = i + 1, else p
///            ──a──→ bad  (reward 0, stays)          otherwise
///
/// An episode of H = 4 steps starts in a root drawn uniformly. V* = (H − 1)(p + Δ), and a wrong action
/// costs (H − 1) Δ, so uniform play costs (3/4)(H − 1) Δ an episode.
struct HardFamily {
  static let roots = 3
  static let arms = 4
  static let horizon = 4
  /// The probability p of the other actions.
  let base: Double
  /// The gap Δ.
  let gap: Double

  /// The gap g √(12 / K), where 12 is the number of pairs of root and action.
  static func gap(_ multiple: Double, episodes K: Double) -> Double {
    multiple * (Double(roots * arms) / K).squareRoot()
  }

  /// What the regret is measured in: (H − 1) √(12 K).
  static func unit(episodes K: Double) -> Double {
    Double(horizon - 1) * (Double(roots * arms) * K).squareRoot()
  }

  func model() throws -> TabularMDP {
    let (R, A) = (Self.roots, Self.arms)
    var rows: [[Double]] = []
    var rewards: [Double] = []
    var actions: [Int32] = []
    for root in 0..<R {
      for a in 0..<A {
        let p = a == root + 1 ? base + gap : base
        rows.append([Double](repeating: 0, count: R) + [p, 1 - p])
        rewards.append(0)
        actions.append(Int32(a))
      }
    }
    rows.append([Double](repeating: 0, count: R) + [1, 0])
    rows.append([Double](repeating: 0, count: R) + [0, 1])
    let start = (0..<R + 2).map { $0 < R ? 1 / Double(R) : 0 }
    return try TabularMDP(
      stateCount: R + 2, actionCount: A,
      choicePointers: (0...R).map { $0 * A } + [R * A + 1, R * A + 2],
      choiceActions: actions + [0, 0],
      transitions: .dense(Matrix(R + 2, rows.count, columnMajor: rows.flatMap { $0 })),
      rewards: rewards + [1, 0], initialDistribution: start)
  }

  func problem() throws -> EpisodicProblem {
    try EpisodicProblem(try model(), horizon: Self.horizon)
  }
}
