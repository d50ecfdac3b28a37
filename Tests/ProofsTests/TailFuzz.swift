// SPDX-License-Identifier: Apache-2.0
#if ExactRationals
  import ExactArithmetic
  import Foundation
  import TestSupport

  /// The slack of comparisons between doubles.
  let margin = 1 + 1e-12

  enum PotentialFuzz {
    typealias Verdict = FuzzTests.Verdict

    /// The weights x′ L⁻¹ x of rank-one updates of a 2 × 2 matrix, and the ratio of determinants.
    private static func updates(_ draws: inout Draws) -> (weights: [Rational], ratio: Rational) {
      let d = q(draws.int(0...1))
      var L = [[q(draws.int(2...4)), d], [d, q(draws.int(1...3))]]
      func det() -> Rational { L[0][0] * L[1][1] - L[0][1] * L[1][0] }
      let first = det()
      var weights: [Rational] = []
      for _ in 0..<draws.int(1...6) {
        let x = [q(draws.int(-3...3), 2), q(draws.int(-3...3), 2)]
        let y = solve(L, x)
        weights.append(x[0] * y[0] + x[1] * y[1])
        for i in 0..<2 { for j in 0..<2 { L[i][j] = L[i][j] + x[i] * x[j] } }
      }
      return (weights, det() / first)
    }

    static func product(_ draws: inout Draws) -> Verdict {
      let (weights, ratio) = updates(&draws)
      func product(_ factor: Rational) -> Rational {
        weights.reduce(q(1)) { $0 * (q(1) + factor * $1) }
      }
      return Verdict(holds: ratio == product(q(1)), twin: ratio == product(q(1, 2)))
    }

    static func potential(_ draws: inout Draws) -> Verdict {
      let (weights, ratio) = updates(&draws)
      let sum = weights.map { min(q(1), $0) }.sum.double
      let bound = log(ratio.double)
      return Verdict(holds: sum <= 2 * bound * margin, twin: sum <= bound / margin)
    }

    static func charges(_ draws: inout Draws) -> Verdict {
      let (H, C) = (draws.int(1...4), draws.int(1...4))
      let (c, B) = (Double(draws.int(0...4)), Double(draws.int(0...8)) / 2)
      let counts = (0..<C).map { _ in draws.int(0...60) }
      var total = 0.0
      for n in counts {
        for j in 0..<n { total += j < H ? c : B / Double(j + 1 - H).squareRoot() }
      }
      let N = Double(counts.reduce(0, +))
      func bound(_ factor: Double) -> Double {
        Double(C) * Double(H) * c + factor * B * (Double(C) * N).squareRoot()
      }
      return Verdict(holds: total <= bound(2) * margin, twin: total <= bound(1))
    }
  }

  enum TailFuzz {
    typealias Verdict = FuzzTests.Verdict

    static func scalar(_ draws: inout Draws) -> Verdict {
      let (p, t) = (Double(draws.int(0...16)) / 16, Double(draws.int(-40...40)) / 8)
      let left = (1 - p) * exp(-p * t) + p * exp((1 - p) * t)
      return Verdict(
        holds: left <= exp(t * t / 8) * margin, twin: left <= exp(t * t / 9) / margin)
    }

    /// The sequences of n bits that a test is true of, as a share of all with probability p of a 1.
    static func probability(
      _ n: Int, _ p: Rational, of test: ([Bool]) -> Bool
    ) -> Rational {
      var sum = q(0)
      for word in 0..<(1 << n) {
        let bits = (0..<n).map { word >> $0 & 1 == 1 }
        if test(bits) { sum = sum + bits.map { $0 ? p : q(1) - p }.reduce(q(1), *) }
      }
      return sum
    }

    static func sample(_ draws: inout Draws) -> Verdict {
      let (n, p) = (draws.int(1...8), q(draws.int(1...9), 10))
      let L = q(draws.int(1...60), 20)
      // (Σ f − n p)² > n L / 2, without a root.
      let fails = probability(n, p) { bits in
        let sum = q(bits.count { $0 }) - q(n) * p
        return sum * sum > q(n) * L / q(2)
      }.double
      return Verdict(
        holds: fails <= 2 * exp(-L.double) * margin, twin: fails <= 2 * exp(-2 * L.double))
    }

    /// A number that depends on the past: a hash of the bits so far.
    private static func past(_ bits: ArraySlice<Bool>, _ salt: Int) -> UInt64 {
      var rng = RepeatableGenerator(
        seed: bits.reduce(UInt64(salt) &+ 1) { $0 &* 2 &+ ($1 ? 1 : 0) })
      return rng.next()
    }

    static func azuma(_ draws: inout Draws) -> Verdict {
      let (n, salt) = (5, draws.int(0...1_000_000))
      let (b, v) = (q(draws.int(1...10), 4), q(draws.int(1...12), 2))
      // ± c/2 with a fair coin, c known before: 0, 1/2, 1 or 3/2.
      let fails = probability(n, q(1, 2)) { bits in
        var (sum, squares) = (q(0), q(0))
        for t in 0..<n {
          let c = q(Int(past(bits[0..<t], salt) % 4), 2)
          sum = sum + c * q(bits[t] ? 1 : -1, 2)
          squares = squares + c * c
        }
        return sum >= b && squares <= v
      }.double
      let exponent = 2 * (b * b / v).double
      return Verdict(
        holds: fails <= exp(-exponent) * margin, twin: fails <= exp(-2 * exponent))
    }

    static func visits(_ draws: inout Draws) -> Verdict {
      let (N, m, salt) = (7, draws.int(1...7), draws.int(0...1_000_000))
      let L = q(draws.int(1...40), 20)
      let fails = probability(N, q(1, 2)) { bits in
        var (n, sum) = (0, q(0))
        for t in 0..<N {
          // A step that visits the cell, as the past decides, or that does not.
          guard past(bits[0..<t], salt) % 3 > 0 else { continue }
          n += 1
          sum = sum + q(bits[t] ? 1 : -1, 2)
          if n <= m, sum * sum > q(n) * L / q(2) { return true }
        }
        return false
      }.double
      return Verdict(
        holds: fails <= Double(m) * 2 * exp(-L.double) * margin, twin: fails <= exp(-L.double))
    }

    static func bernstein(_ draws: inout Draws) -> Verdict {
      let (N, m, salt) = (6, draws.int(1...6), draws.int(0...1_000_000))
      let (p, L) = (q(draws.int(1...9), 20), Double(draws.int(4...40)) / 10)
      let fails = probability(N, p) { bits in
        var (n, sum) = (0, 0.0)
        for t in 0..<N where past(bits[0..<t], salt) % 3 > 0 {
          n += 1
          sum += (bits[t] ? 1 : 0) - p.double
          let width = (2 * Double(n) * p.double * L).squareRoot() + L / 3
          if n <= m, sum > width * margin { return true }
        }
        return false
      }.double
      return Verdict(holds: fails <= Double(m) * exp(-L) * margin, twin: fails <= exp(-3 * L))
    }

    static func folds(_ draws: inout Draws) -> Verdict {
      let sizes = [draws.int(1...3), draws.int(1...4)]
      let (p, L) = (q(draws.int(1...9), 10), q(draws.int(1...60), 20))
      let fails = probability(sizes[0] + sizes[1], p) { bits in
        // F of the second fold is turned round by the first draw of the first.
        func isFar(_ fold: ArraySlice<Bool>, turned: Bool) -> Bool {
          let sum = q(fold.count { $0 != turned })
          let mean = turned ? q(1) - p : p
          let miss = sum - q(fold.count) * mean
          return miss * miss > q(fold.count) * L / q(2)
        }
        return isFar(bits[..<sizes[0]], turned: false)
          || isFar(bits[sizes[0]...], turned: bits[0])
      }.double
      // δ = 2 C T e^{−L} with one cell and two folds.
      return Verdict(
        holds: fails <= 4 * exp(-L.double) * margin, twin: fails <= exp(-L.double))
    }
  }
#endif
