// SPDX-License-Identifier: Apache-2.0
import Bounds
import MarkovModels
import OnlineLearning
import Randomness

/// Which learner the textbook is.
enum Kind { case hoeffding, bernstein, greedy }

/// The learners as the textbook says them: dense counts, every backup in every episode, every policy
/// evaluated from nothing.
///
/// Slow and plain; shares no loop with the module.
struct Textbook {
  let kind: Kind
  let multiplier: Double
  let delta: Double

  /// The regret at the end of each episode, and the least of Q − Q* over all episodes.
  func run(
    _ model: TabularMDP, horizon H: Int, episodes K: Int, using rng: inout Xoshiro256
  ) -> (regret: [Double], margin: Double) {
    let ends = model.termination?.contains { $0 > 0 } ?? false
    let S = model.stateCount + (ends ? 1 : 0)
    let C = model.choiceCount
    func p(_ k: Int, _ t: Int) -> Double {
      t < model.stateCount
        ? model.transitions.probability(row: k, next: t) : model.termination?[k] ?? 0
    }
    let numbers = UCBVIHoeffding(
      nextStates: S, pairs: C, horizon: H, episodes: K, failureProbability: delta)
    let L = numbers.bonusLogTerm
    let zeros = [[Double]](repeating: [Double](repeating: 0, count: S), count: H + 1)
    func expected(_ k: Int, _ v: [Double]) -> Double {
      var sum = 0.0
      for t in 0..<S where p(k, t) > 0 { sum += p(k, t) * v[t] }
      return model.rewards[k] + sum
    }
    func start(_ v: [Double]) -> Double {
      var sum = 0.0
      for s in 0..<model.stateCount where model.startDistribution[s] > 0 {
        sum += model.startDistribution[s] * v[s]
      }
      return sum
    }
    var best = zeros
    for h in (0..<H).reversed() {
      for s in 0..<model.stateCount {
        best[h][s] = model.choices(of: s).map { expected($0, best[h + 1]) }.max() ?? 0
      }
    }
    var counts = [[Double]](repeating: [Double](repeating: 0, count: S), count: C)
    var Q = (0..<H).map { h in model.rewards.map { $0 + Double(H - 1 - h) } }
    var regrets: [Double] = []
    var (regret, margin) = (0.0, Double.infinity)
    for _ in 0..<K {
      var V = zeros
      var pi = [[Int]](repeating: [Int](repeating: 0, count: S), count: H)
      for h in (0..<H).reversed() {
        for s in 0..<model.stateCount {
          for k in model.choices(of: s) {
            let n = counts[k].reduce(0, +)
            var sum = 0.0
            for t in 0..<S { sum += counts[k][t] * V[h + 1][t] }
            let mean = n > 0 ? sum * (1 / n) : 0
            let m = Double(H - 1 - h)
            switch kind {
            case .greedy: Q[h][k] = model.rewards[k] + mean
            case .hoeffding where n > 0:
              let bonus = m * (multiplier * multiplier * L / 2 / n).squareRoot()
              Q[h][k] = min(Q[h][k], model.rewards[k] + mean + bonus)
            case .bernstein where n > 1:
              var squares = 0.0
              for t in 0..<S {
                let d = V[h + 1][t] - mean
                squares += counts[k][t] * (d * d)
              }
              let v = squares / (n - 1)
              let bonus =
                (v * (2 * multiplier * multiplier * L / n)).squareRoot()
                + m * (7 * multiplier * L / (3 * (n - 1)))
              Q[h][k] = min(Q[h][k], model.rewards[k] + mean + bonus)
            default: break
            }
            margin = min(margin, Q[h][k] - expected(k, best[h + 1]))
          }
          let choices = model.choices(of: s)
          pi[h][s] = choices.reduce(choices.lowerBound) { Q[h][$1] > Q[h][$0] ? $1 : $0 }
          V[h][s] = Q[h][pi[h][s]]
        }
      }
      var W = zeros
      for h in (0..<H).reversed() {
        for s in 0..<model.stateCount { W[h][s] = expected(pi[h][s], W[h + 1]) }
      }
      regret += start(best[0]) - start(W[0])
      regrets.append(regret)
      let possible = (0..<model.stateCount).filter { model.startDistribution[$0] > 0 }
      var s = possible[0]
      if possible.count > 1 {
        var u = rng.uniform()
        s = possible[possible.count - 1]
        for candidate in possible {
          u -= model.startDistribution[candidate]
          if u < 0 {
            s = candidate
            break
          }
        }
      }
      for h in 0..<H {
        if s == model.stateCount { break }
        let k = pi[h][s]
        let next = (0..<S).filter { p(k, $0) > 0 }
        var t = next[next.count - 1]
        if next.count > 1 {
          let u = rng.uniform()
          var sum = 0.0
          for candidate in next {
            sum += p(k, candidate)
            if u < sum {
              t = candidate
              break
            }
          }
        }
        counts[k][t] += 1
        s = t
      }
    }
    return (regrets, margin)
  }
}
