// SPDX-License-Identifier: Apache-2.0
#if ExactRationals
  import ExactArithmetic
  import TestSupport

  /// n/d, exactly.
  func q(_ n: Int, _ d: Int = 1) -> Rational {
    guard let x = try? Rational(text: "\(n)/\(d)") else { preconditionFailure("\(n)/\(d)") }
    return x
  }

  extension Rational {
    /// |x|.
    var magnitude: Rational { sign < 0 ? q(0) - self : self }
    /// The nearest double below or at the number.
    var double: Double { bounds.lowerBound }
  }

  extension Sequence where Element == Rational {
    /// The sum; 0 for no numbers.
    var sum: Rational { reduce(q(0), +) }
  }

  /// Small random numbers.
  struct Draws {
    var rng: RepeatableGenerator

    init(_ seed: UInt64) { rng = RepeatableGenerator(seed: seed) }

    mutating func int(_ range: ClosedRange<Int>) -> Int {
      range.lowerBound + Int(rng.next() % UInt64(range.count))
    }

    /// A multiple of 1/8 between −a and a.
    mutating func number(_ a: Int = 2) -> Rational { q(int(-8 * a...8 * a), 8) }

    /// A distribution on n points, some of them often 0.
    mutating func distribution(_ n: Int) -> [Rational] {
      var weights = (0..<n).map { _ in max(0, int(-1...4)) }
      if weights.allSatisfy({ $0 == 0 }) { weights[int(0...n - 1)] = 1 }
      return weights.map { q($0, weights.reduce(0, +)) }
    }

    /// A discount below 1.
    mutating func discount() -> Rational { q(int(0...9), 10) }
  }

  /// A discounted model in exact numbers: everything by enumeration and elimination.
  struct ExactMDP {
    var g: Rational
    var P: [[[Rational]]]
    var r: [[Rational]]

    var S: Int { P.count }
    var A: Int { P[0].count }

    init(g: Rational, P: [[[Rational]]], r: [[Rational]]) {
      (self.g, self.P, self.r) = (g, P, r)
    }

    init(_ draws: inout Draws, states: Int = 3, actions: Int = 2) {
      g = draws.discount()
      P = (0..<states).map { _ in (0..<actions).map { _ in draws.distribution(states) } }
      r = (0..<states).map { _ in (0..<actions).map { _ in draws.number() } }
    }

    func Q(_ V: [Rational], _ s: Int, _ a: Int) -> Rational { r[s][a] + g * dot(P[s][a], V) }

    func dot(_ p: [Rational], _ v: [Rational]) -> Rational { zip(p, v).map { $0 * $1 }.sum }

    /// T V.
    func T(_ V: [Rational]) -> [Rational] {
      (0..<S).map { s in (0..<A).map { Q(V, s, $0) }.max() ?? q(0) }
    }

    /// The greedy policy, the lowest action at ties.
    func greedy(_ V: [Rational]) -> [Int] {
      (0..<S).map { s in (0..<A).first { Q(V, s, $0) == T(V)[s] } ?? 0 }
    }

    /// V^π.
    func value(_ pi: [Int]) -> [Rational] {
      let rows = (0..<S).map { s in
        (0..<S).map { t in (s == t ? q(1) : q(0)) - g * P[s][pi[s]][t] }
      }
      return solve(rows, (0..<S).map { r[$0][pi[$0]] })
    }

    var policies: [[Int]] {
      (0..<S).reduce([[]]) { lists, _ in lists.flatMap { list in (0..<A).map { list + [$0] } } }
    }

    /// V*: the greatest V^π in every state.
    var optimal: [Rational] {
      let values = policies.map(value)
      return (0..<S).map { s in values.map { $0[s] }.max() ?? q(0) }
    }
  }

  /// The solution of a small linear system, by Gauss and Jordan.
  func solve(_ matrix: [[Rational]], _ rightHandSide: [Rational]) -> [Rational] {
    var (a, b) = (matrix, rightHandSide)
    for i in b.indices {
      guard let p = (i..<b.count).first(where: { a[$0][i].sign != 0 }) else {
        preconditionFailure("singular")
      }
      a.swapAt(i, p)
      b.swapAt(i, p)
      let pivot = a[i][i]
      a[i] = a[i].map { $0 / pivot }
      b[i] = b[i] / pivot
      for j in b.indices where j != i && a[j][i].sign != 0 {
        let f = a[j][i]
        a[j] = zip(a[j], a[i]).map { $0 - f * $1 }
        b[j] = b[j] - f * b[i]
      }
    }
    return b
  }

  /// An episodic model with its own rows at every stage.
  struct ExactEpisode {
    var P: [[[[Rational]]]]
    var r: [[[Rational]]]

    var H: Int { P.count }
    var S: Int { P[0].count }
    var A: Int { P[0][0].count }

    init(_ draws: inout Draws, horizon: Int = 3, states: Int = 2, actions: Int = 2) {
      P = (0..<horizon).map { _ in
        (0..<states).map { _ in (0..<actions).map { _ in draws.distribution(states) } }
      }
      r = (0..<horizon).map { _ in
        (0..<states).map { _ in (0..<actions).map { _ in q(draws.int(0...8), 8) } }
      }
    }

    func backup(_ h: Int, _ V: [Rational], _ s: Int, _ a: Int) -> Rational {
      r[h][s][a] + zip(P[h][s][a], V).map { $0 * $1 }.sum
    }

    /// E_π[Σ f] from every stage and state; stage H is 0.
    func sums(_ pi: [[Int]], of f: [[[Rational]]]) -> [[Rational]] {
      var V = [[Rational]](repeating: [Rational](repeating: q(0), count: S), count: H + 1)
      for h in (0..<H).reversed() {
        for s in 0..<S {
          let a = pi[h][s]
          V[h][s] = f[h][s][a] + zip(P[h][s][a], V[h + 1]).map { $0 * $1 }.sum
        }
      }
      return V
    }

    /// V* and an optimal policy.
    var optimal: (values: [[Rational]], policy: [[Int]]) {
      var V = [[Rational]](repeating: [Rational](repeating: q(0), count: S), count: H + 1)
      var pi = [[Int]](repeating: [Int](repeating: 0, count: S), count: H)
      for h in (0..<H).reversed() {
        for s in 0..<S {
          let backups = (0..<A).map { backup(h, V[h + 1], s, $0) }
          V[h][s] = backups.max() ?? q(0)
          pi[h][s] = backups.firstIndex(of: V[h][s]) ?? 0
        }
      }
      return (V, pi)
    }
  }
#endif
