// SPDX-License-Identifier: Apache-2.0
import Randomness

/// A suite of tasks on which the law of an algorithm's score is known exactly.
///
/// A task is a Bernoulli bandit of five arms; a run of "explore N" pulls each arm N times and recommends
/// the arm of the greatest empirical mean, the lowest on a tie. Its score is the mean of the recommended
/// arm, scaled to 0 for the worst and 1 for the best. The score has five values whose probabilities are
/// sums of binomial probabilities, so every aggregate over the suite has a true value.
struct ExactSuite: Sendable {
  /// A task's scores, decreasing, and the probability of each.
  struct Task: Sendable {
    let scores: [Double]
    let probabilities: [Double]
    private let table: AliasTable

    init(means: [Double], pulls: Int) throws {
      let (low, high) = (means.min() ?? 0, means.max() ?? 1)
      scores = means.map { ($0 - low) / (high - low) }
      probabilities = Self.recommendation(means: means, pulls: pulls)
      table = try AliasTable(probabilities)
    }

    /// The score of a run.
    func run(using rng: inout Xoshiro256) -> Double { scores[table.sample(using: &rng)] }

    /// The expected score.
    var mean: Double { zip(scores, probabilities).reduce(0) { $0 + $1.0 * $1.1 } }

    /// P(arm a is recommended) = Σ_x P(X_a = x) Π_{k<a} P(X_k < x) Π_{k>a} P(X_k ≤ x) for binomial X_k.
    ///
    /// - Complexity: O(K² N).
    static func recommendation(means: [Double], pulls n: Int) -> [Double] {
      let mass = means.map { binomialMass(n, $0) }
      let below = mass.map { mass in
        var sum = 0.0
        return mass.map { p in
          defer { sum += p }
          return sum
        }
      }
      return means.indices.map { a in
        (0...n).reduce(0) { total, x in
          var term = mass[a][x]
          for k in means.indices where k != a { term *= below[k][x] + (k > a ? mass[k][x] : 0) }
          return total + term
        }
      }
    }

    /// The probabilities of 0 … n successes, by the recurrence from the mode outwards.
    private static func binomialMass(_ n: Int, _ p: Double) -> [Double] {
      let mode = min(n, Int(Double(n + 1) * p))
      var mass = [Double](repeating: 0, count: n + 1)
      mass[mode] = 1
      let odds = p / (1 - p)
      for x in stride(from: mode, to: n, by: 1) {
        mass[x + 1] = mass[x] * odds * Double(n - x) / Double(x + 1)
      }
      for x in stride(from: mode, to: 0, by: -1) {
        mass[x - 1] = mass[x] / odds * Double(x) / Double(n - x + 1)
      }
      let total = mass.reduce(0, +)
      return mass.map { $0 / total }
    }
  }

  let tasks: [Task]

  /// The suite of ten tasks, from one clear best arm to arms that hardly differ.
  init(pulls: Int) throws {
    tasks = try (0..<10).map { task in
      let gap = 0.05 + 0.04 * Double(task)
      return try Task(
        means: [0.5 + gap / 2, 0.5, 0.5 - gap / 3, 0.5 - gap / 2, 0.5 - gap], pulls: pulls)
    }
  }

  /// Scores of `runs` runs on every task: a row a task.
  func run(_ runs: Int, using rng: inout Xoshiro256) -> [[Double]] {
    tasks.map { task in (0..<runs).map { _ in task.run(using: &rng) } }
  }

  /// The true mean over tasks.
  var mean: Double { tasks.reduce(0) { $0 + $1.mean } / Double(tasks.count) }

  /// The true median over tasks of the mean score.
  var median: Double {
    let sorted = tasks.map(\.mean).sorted()
    return (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2
  }

  /// The true interquartile mean: the mean of the middle half of the pooled law.
  var interquartileMean: Double {
    let weight = 1 / Double(tasks.count)
    let pooled = tasks.flatMap { task in
      zip(task.scores, task.probabilities).map { (score: $0, mass: $1 * weight) }
    }.sorted { $0.score < $1.score }
    var (below, sum) = (0.0, 0.0)
    for (score, mass) in pooled {
      sum += score * max(0, min(below + mass, 0.75) - max(below, 0.25))
      below += mass
    }
    return 2 * sum
  }

  /// The true share of scores above a threshold, averaged over tasks.
  func share(above threshold: Double) -> Double {
    tasks.reduce(0) { total, task in
      total
        + zip(task.scores, task.probabilities).reduce(0) {
          $1.0 > threshold ? $0 + $1.1 : $0
        }
    } / Double(tasks.count)
  }
}

/// The three aggregates that the study compares.
enum PrecipiceAggregate: String, CaseIterable {
  case mean
  case median
  case iqm = "IQM"

  /// The true value on a suite.
  func truth(_ suite: ExactSuite) -> Double {
    switch self {
    case .mean: suite.mean
    case .median: suite.median
    case .iqm: suite.interquartileMean
    }
  }
}
