// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels

/// Which choices are optimal, and by how much the others are not, from a discounted certificate.
///
///     Q⁻(k) ← r_k + γ Σ_t P_k(t) L(t) − error,  Q⁺(k) ← the same with U + error  (1)
///     V⁻(s) ← max{ L(s), max_k Q⁻(k) },  V⁺(s) ← min{ U(s), max_k Q⁺(k) }        (2)
///     gap of k in [max{0, V⁻ − Q⁺(k)}, V⁺ − Q⁻(k)]                               (3)
///     if only one choice of s can have gap 0, its gap is 0                       (4)
///
/// The gap V*(s) − Q*(k) is what one deviation costs. Q* and V* are those of the stored doubles.
///
/// **Rounding.** A compensated sum of n products with B = |r| + γ Σ p |v| is within 6 u B of the exact
/// backup, by the count in ``/Certificates/CertificateChecker``; 16 u B is allowed. Differences are
/// rounded outward.
///
/// - Assumes: the certificate holds for the problem: let ``/Certificates/CertificateChecker`` say
///   so first.
/// - Guarantee: every interval contains the gap. Two-sided bounds can prove that a choice is not
///   optimal, never that two choices tie exactly: for that see ``ExactPolicyIteration``.
/// - Deviates: none.
/// - Complexity: O(K + entries).
/// - Source: [macqueen1967] for discarding choices by such bounds.
public struct ActionGaps: Sendable {
  /// Bounds on the gap of each choice; K intervals.
  public let gaps: [ClosedRange<Double>]
  /// Bounds on Q* of each choice; K intervals.
  public let actionValues: [ClosedRange<Double>]
  private let model: TabularMDP

  /// Computes the gaps.
  ///
  /// - Parameters:
  ///   - certificate: An accepted certificate of criterion
  ///     ``/Certificates/Criterion/discounted(_:)``.
  ///   - problem: The problem it was accepted for.
  public init(_ certificate: Certificate, of problem: DiscountedMDP) {
    precondition(
      certificate.criterion == .discounted(problem.discount) && certificate.stages.count == 1,
      "a certificate of another criterion")
    let stage = certificate.stages[0]
    let model = problem.dynamics
    self.model = model
    var q: [ClosedRange<Double>] = []
    q.reserveCapacity(model.choiceCount)
    for k in 0..<model.choiceCount {  // (1)
      let low = ActionGaps.backup(model, problem.discount, stage.lower, k).low
      let high = ActionGaps.backup(model, problem.discount, stage.upper, k).high
      q.append(low...max(low, high))
    }
    var gaps = [ClosedRange<Double>](repeating: 0...0, count: model.choiceCount)
    for s in 0..<model.stateCount {
      let choices = model.choices(of: s)
      let low = choices.reduce(stage.lower[s]) { max($0, q[$1].lowerBound) }  // (2)
      let best = choices.reduce(-Double.infinity) { max($0, q[$1].upperBound) }
      let high = max(low, min(stage.upper[s], best))
      for k in choices {  // (3)
        let least = max(0, (low - q[k].upperBound).nextDown)
        gaps[k] = least...max(least, (high - q[k].lowerBound).nextUp)
      }
      let open = choices.filter { gaps[$0].lowerBound == 0 }
      if open.count == 1, let only = open.first { gaps[only] = 0...0 }  // (4)
    }
    self.gaps = gaps
    actionValues = q
  }

  /// The choices of a state that were not proved suboptimal: all optimal ones are among them.
  public func candidates(of s: Int) -> [Int] {
    model.choices(of: s).filter { gaps[$0].lowerBound == 0 }
  }

  /// The states in which exactly one choice is optimal for certain.
  public var decidedStates: [Int] {
    (0..<model.stateCount).filter { candidates(of: $0).count == 1 }
  }

  /// Bounds on r + γ P v.
  private static func backup(
    _ model: TabularMDP, _ discount: Double, _ v: [Double], _ k: Int
  ) -> (low: Double, high: Double) {
    var (sum, errors, size, count) = (0.0, 0.0, 0.0, 0.0)
    model.transitions.forEachEntry(row: k) { t, p, _ in
      let x = p * v[t]
      let next = sum + x
      let b = next - sum
      errors += (sum - (next - b)) + (x - b)
      sum = next
      size += abs(x)
      count += 1
    }
    let value = model.rewards[k] + discount * (sum + errors)
    let error =
      16 * 0x1.01p-53 * (abs(model.rewards[k]) + discount * size)
      + (count + 8) * .leastNormalMagnitude
    return ((value - error).nextDown, (value + error).nextUp)
  }
}
