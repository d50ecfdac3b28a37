// SPDX-License-Identifier: Apache-2.0
import Experiments
import OfflineLearning
import Randomness
import Statistics

/// The bandits of the study.
///
/// Arm 0 is the worse one, so that ties are broken against the learner.
enum TaleInstances {
  /// Two arms, μ(a*) = 1/C*, gap m √(C*/N) at most 1/2; m = 0 stands for the fixed gap 1/2.
  static func gap(_ m: Double, concentrability C: Double, draws N: Int) -> Double {
    m == 0 ? 0.5 : min(0.5, m * (C / Double(N)).squareRoot())
  }

  /// Means around 1/2, arm 1 the better one.
  static func means(gap: Double) -> (Double, Double) { (0.5 - gap / 2, 0.5 + gap / 2) }

  /// An expert's data, C* = 1: S − 1 contexts of mass 1/(N + 1), the rest in one; arm 1 pays 1 and is
  /// always played, arm 0 pays 0.
  static func expert(contexts S: Int, draws N: Int) throws -> ContextualBandit {
    let mass = 1 / Double(N + 1)
    let weights = [1 - Double(S - 1) * mass] + [Double](repeating: mass, count: S - 1)
    return try ContextualBandit(
      contextWeights: weights, means: .init(repeating: [0, 1], count: S),
      dataWeights: weights.map { [0, $0] })
  }

  /// The expected suboptimality there of any rule that plays the seen arm in seen contexts and arm 0
  /// in the others: a rare context is missing with probability (1 − 1/(N + 1))^N and then costs 1.
  ///
  /// It leaves out the first context: exact if that one holds all but a share of (S − 1)/(N + 1), up
  /// to its own term ρ₀ (1 − ρ₀)^N, which ``expertLoss(contexts:draws:)`` adds.
  static func missingMass(contexts S: Int, draws N: Int) -> Double {
    let mass = 1 / Double(N + 1)
    return Double(S - 1) * mass * power(1 - mass, N)
  }

  /// ``missingMass(contexts:draws:)`` plus the first context's own term.
  static func expertLoss(contexts S: Int, draws N: Int) -> Double {
    let first = 1 - Double(S - 1) / Double(N + 1)
    return missingMass(contexts: S, draws: N) + first * power(1 - first, N)
  }

  /// The instance on which a concentrability of C* = 1 + x costs most, as a function of N.
  ///
  /// S rare contexts share the mass w = max(x, S/(N + 1)); their best arm is in the data with weight
  /// ρ(s)/C* and the other arms share the rest, 1 − 1/C*. Where x ≥ S/(N + 1) both arms of a rare
  /// context are expected x N/(S C*) times, and no rule can tell a gap of that number to the −1/2.
  static func rareContexts(_ S: Int, excess x: Double, draws N: Int) throws -> ContextualBandit {
    let C = 1 + x
    let rare = max(x, Double(S) / Double(N + 1)) / Double(S)
    let weights = [1 - Double(S) * rare] + [Double](repeating: rare, count: S)
    let gap = min(1, 0.5 / (Double(N) * x / Double(S)).squareRoot())
    let pair = means(gap: gap)
    let other = (1 - 1 / C) / Double(S)
    return try ContextualBandit(
      contextWeights: weights, means: [[0, 1]] + .init(repeating: [pair.0, pair.1], count: S),
      dataWeights: [[0, weights[0] / C]] + .init(repeating: [other, rare / C], count: S))
  }

  /// x^n by repeated squaring.
  static func power(_ x: Double, _ n: Int) -> Double {
    var (result, base, rest) = (1.0, x, n)
    while rest > 0 {
      if rest & 1 == 1 { result *= base }
      base *= base
      rest >>= 1
    }
    return result
  }

  /// The rules of the study by name.
  static func learner(_ name: String) -> any OfflineBanditLearner {
    switch name {
    case "LCB": LCBBandit(arms: 2, failureProbability: 0.1)
    case "plug-in": EmpiricalBest()
    case "most played": MostPlayed()
    default: preconditionFailure("the study has no rule \(name)")
    }
  }
}

/// The least-squares slope of computed numbers; `logX` false for a semilog plot.
///
/// - Precondition: positive ordinates, at least two different abscissae.
func exactSlope(x: [Double], y: [Double], logX: Bool = true) -> Double {
  let u = logX ? x.map(Portable.log) : x
  let v = y.map(Portable.log)
  let (mu, mv) = (Summary.mean(u), Summary.mean(v))
  var (cross, square) = (0.0, 0.0)
  for (a, b) in zip(u, v) {
    cross += (a - mu) * (b - mv)
    square += (a - mu) * (a - mu)
  }
  return cross / square
}

extension Results {
  /// Whether the mean of drawn trials agrees with computed numbers at all points at once.
  ///
  /// `consistent` if the sup-t band of level 99.9 % contains the whole curve.
  func agreement(
    _ name: String, _ scalar: String, at points: [Point], with exact: [Double]
  ) throws -> Check {
    var stream = resampling("agreement \(name)")
    let band = try CurveBand.supT(
      trials: trialMatrix(scalar, at: points), level: 0.999, using: &stream)
    var worst = 0.0
    for i in exact.indices {
      let half = (band.upper[i] - band.lower[i]) / 2
      worst = max(worst, half > 0 ? abs(exact[i] - band.means[i]) / half : 0)
    }
    return Check(
      name, predicted: "inside the 99.9 % band at all \(exact.count) points",
      measured: "at most \(text(worst)) half-widths away",
      verdict: band.contains(exact) ? .consistent : .inconsistent)
  }
}
