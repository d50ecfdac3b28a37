// SPDX-License-Identifier: Apache-2.0
import Certificates
import LinearAlgebra
import MarkovModels

/// Turns a vector and one Bellman application into bounds on V* that survive rounding.
///
/// Let v be any vector, π greedy for v, and d⁻ ≤ (T v)(s) − v(s) ≤ d⁺ for all s; note T_π v = T v.
/// For a constant c ≥ 0 monotonicity gives T(v + c) ≤ T v + γ σ⁺ c, and for c < 0 the same with σ⁻,
/// where σ⁻ ≤ σ⁺ bound the row sums. Hence U = v + c satisfies T U ≤ U as soon as
///
///     d⁺ ≤ c (1 − γ σ),   σ = σ⁺ if c ≥ 0 else σ⁻,                                (1)
///
/// which is MacQueen's bound; L = v + c with d⁻ in the place of d⁺ is the mirror image for π.
///
/// **Rounding.** With u = 2⁻⁵³, w ≥ max |v| + |c| and B = max |r| + γ σ⁺ w:
/// - a computed (T v)(s) misses the exact one by at most (m + 4) u B, where m = ⌈n/8⌉ + 4 counts the
///   roundings that a term of the canonical eight-lane sum of n terms meets, plus n + 4 underflows;
/// - forming d rounds once more: u |d| ≤ u (B + w);
/// - storing v(s) + c rounds by at most u w, in every state: (1 + γ σ⁺) u w ≤ 2.1 u w in (1);
/// - a lazy sweep may pass over a row that is better by one more such error, see `LazySweep`;
/// - the checker allows itself 6 u B and the rounding of q, at most 1.1 u B.
/// Their sum, at most M = u ((2 m + 17) B + 4 w), is added to d⁺ and subtracted from d⁻; (1) is then solved with
/// outward-rounded arithmetic. The derivation is tested against exact rationals and by the checker.
struct CertifiedBounds {
  /// Added to v this gives the upper bound.
  let upperShift: Double
  /// Added to v this gives the lower bound.
  let lowerShift: Double
  /// The width that is there only because of rounding.
  let roundingWidth: Double
  /// The Bellman residual max |T v − v|.
  let residual: Double

  /// The certified gap: what the stored bounds of any state are apart at most.
  let gap: Double

  /// What of a model the bounds need, computed once.
  struct Constants {
    let discount: Double
    let rowSums: ClosedRange<Double>
    let largestReward: Double
    let longestRow: Int
    /// The greatest sum of |coefficient| over what a computed backup adds up; above the row sums
    /// only for signed low-rank factors.
    let absoluteSum: Double

    init(_ op: BellmanOperator) {
      self.discount = op.discount
      self.rowSums = op.model.rowSums
      let range = op.model.rewardRange
      self.largestReward = max(abs(range.lowerBound), abs(range.upperBound))
      self.longestRow = op.longestRow
      self.absoluteSum = rowSums.upperBound
    }

    init(
      discount: Double, rowSums: ClosedRange<Double>, largestReward: Double, longestRow: Int,
      absoluteSum: Double
    ) {
      self.discount = discount
      self.rowSums = rowSums
      self.largestReward = largestReward
      self.longestRow = longestRow
      self.absoluteSum = max(absoluteSum, rowSums.upperBound)
    }

    /// The margin M for vectors whose magnitude is at most `w`.
    func margin(_ w: Double) -> Double {
      let u = 0x1p-53
      let m = Double((longestRow + 7) / 8 + 4)
      let B = largestReward + discount * absoluteSum * w
      return u * ((2 * m + 17) * B + 4 * w) * 1.001 + Double(longestRow + 8) * .leastNormalMagnitude
    }
  }

  /// Bounds from d⁻ and d⁺ (`extrema`) of a vector v of the given greatest magnitude.
  ///
  /// `slack` is how far the operator that made `extrema` may be from the model's own: 0 unless the
  /// transition matrix was truncated.
  init(
    extrema: BellmanOperator.Extrema, magnitude: Double, constants: Constants, slack: Double = 0
  ) {
    residual = extrema.magnitude
    guard extrema.low.isFinite, extrema.high.isFinite, magnitude.isFinite else {
      // A diverged vector proves nothing.
      (upperShift, lowerShift, roundingWidth) = (.infinity, -.infinity, .infinity)
      gap = .infinity
      return
    }
    // w depends on c, and c on w through M: two or three rounds settle it.
    var w = magnitude + extrema.magnitude
    var (high, low) = (0.0, 0.0)
    for _ in 0..<60 {
      let M = constants.margin(w)
      high = CertifiedBounds.shift((extrema.high + M + slack).nextUp, constants)
      low = -CertifiedBounds.shift((-extrema.low + M + slack).nextUp, constants)
      let needed = magnitude + max(abs(high), abs(low))
      if needed <= w { break }
      w = 1.5 * needed
    }
    if magnitude + max(abs(high), abs(low)) > w { (high, low) = (.infinity, -.infinity) }
    upperShift = high
    lowerShift = low
    roundingWidth = 2 * CertifiedBounds.shift(constants.margin(w), constants)
    gap = (high - low) + 0x1.8p-52 * w  // storing each bound rounds by u w at most
  }

  /// The least c, rounded up, with d ≤ c (1 − γ σ).
  private static func shift(_ d: Double, _ constants: Constants) -> Double {
    if d >= 0 {
      let contraction = (1 - (constants.discount * constants.rowSums.upperBound).nextUp).nextDown
      return contraction > 0 ? (d / contraction).nextUp : .infinity
    }
    let contraction = (1 - (constants.discount * constants.rowSums.lowerBound).nextDown).nextUp
    return (d / contraction).nextUp
  }

  /// Whether rounding alone keeps the gap above ε: no further iteration can help.
  func isAtPrecisionLimit(epsilon: Double) -> Bool {
    gap > epsilon && gap <= 2 * roundingWidth
  }

  /// The certificate that these bounds prove, for the vector and the greedy policy they came from.
  func certificate(
    discount: Double, vector v: [Double], choices: [Int], method: String, status: SolveStatus,
    iterations: Int, epsilon: Double
  ) -> Certificate {
    Certificate(
      criterion: .discounted(discount),
      stages: [
        Certificate.Stage(
          lower: shifted(v, by: lowerShift), upper: shifted(v, by: upperShift), choices: choices)
      ], method: method, status: status, iterations: iterations, residual: residual,
      epsilon: epsilon)
  }

  /// The solution that these bounds prove.
  func solution(
    _ problem: DiscountedMDP, vector v: [Double], choices: [Int], method: String,
    status: SolveStatus, iterations: Int, epsilon: Double, notes: [String]
  ) throws -> Solution {
    let middle = 0.5 * (upperShift + lowerShift)
    let certificate = certificate(
      discount: problem.discount, vector: v, choices: choices, method: method, status: status,
      iterations: iterations, epsilon: epsilon)
    return Solution(
      values: shifted(v, by: middle),
      policy: try DeterministicPolicy(choices: choices, of: problem.dynamics),
      certificate: certificate, roundingWidth: roundingWidth, notes: notes)
  }
}

/// max |v|, by the lanes of a vector register rather than by `reduce`.
func largestMagnitude(_ v: [Double]) -> Double {
  v.withUnsafeBufferPointer { largestMagnitude($0) }
}

func largestMagnitude(_ p: UnsafeBufferPointer<Double>) -> Double {
  var lanes = SIMD8<Double>(repeating: 0)
  var i = 0
  while i &+ 8 <= p.count {
    let x = UnsafeRawPointer(p.baseAddress.unsafelyUnwrapped + i)
      .loadUnaligned(as: SIMD8<Double>.self)
    let magnitude = x.replacing(with: 0 - x, where: x .< 0)
    lanes.replace(with: magnitude, where: magnitude .> lanes)
    i &+= 8
  }
  var largest = lanes.max()
  while i < p.count {
    largest = max(largest, abs(p[i]))
    i &+= 1
  }
  return largest
}

/// v + c in every state, in huge pages and on two threads if v is long.
func shifted(_ v: [Double], by c: Double) -> [Double] {
  [Double](unsafeUninitializedCapacity: v.count) { out, count in
    count = v.count
    useHugePages(UnsafeMutableRawBufferPointer(out))
    v.withUnsafeBufferPointer { v in
      nonisolated(unsafe) let (v, out) = (v, out)
      SecondThread.share(4, of: v.count, with: .forPass(over: v.count)) {
        for s in $0 { (out.baseAddress.unsafelyUnwrapped + s).initialize(to: v[s] + c) }
      }
    }
  }
}
