// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// What a certificate speaks about.
public enum Criterion: Equatable, Sendable {
  /// The discounted total reward with this discount.
  case discounted(Double)
  /// The total reward of this many stages.
  case finiteHorizon(Int)
  /// The long-run reward per step; see `CertificateChecker+LongRun.swift` for what is proved.
  case averageReward
  /// The undiscounted total reward, which may be infinite.
  case totalReward
}

/// How a solver ended.
public enum SolveStatus: String, Equatable, Sendable, CaseIterable {
  /// The certified gap is at most the requested ε.
  case converged
  /// The iterations ran out before the gap reached ε.
  case iterationLimit
  /// Rounding errors keep the gap above ε: the bounds hold, but doubles cannot make them tighter.
  case precisionLimit
  /// The truncation of a low-rank method keeps the gap above ε: a greater rank can help.
  case truncationLimit
  /// The caller stopped the solver; the bounds hold for the work done so far.
  case interrupted
}

/// Proof that a policy is near-optimal: bounds that a small checker can verify against the model.
///
/// Each stage carries two vectors L ≤ U and one choice for each state such that
///
///     U(s) ≥ r(k) + γ Σ_t P_k(t) U⁺(t)   for every choice k of s,          (1)
///     L(s) ≤ r(k) + γ Σ_t P_k(t) L⁺(t)   for the policy's choice k of s.   (2)
///
/// Under a discount U⁺ = U and L⁺ = L; with a finite horizon they belong to the next stage, and are
/// zero after the last. Since the Bellman operators are monotone contractions, (1) and (2) imply
/// L ≤ V^π ≤ V* ≤ U, whoever computed the vectors and however: see `check_sound` in Proofs.
///
/// The long-run criteria have two stages, both with the one stationary policy: the average reward
/// has the bounds on the gain, then the two bias vectors that prove them; the total reward has the
/// bounds on the value, then those on the gain, whose signs say where the value is infinite.
///
/// - Units: values in reward units.
/// - Source: [puterman1994], Theorem 6.2.2 for the discounted case.
public struct Certificate: Equatable, Sendable {
  /// The bounds and the policy of one stage.
  public struct Stage: Equatable, Sendable {
    /// The lower bound on V^π, one number for each state.
    public let lower: [Double]
    /// The upper bound on V*, one number for each state.
    public let upper: [Double]
    /// The policy's choice in each state, as an index into the model's choices.
    public let choices: [Int]

    /// Creates a stage; each array has one entry for each state.
    public init(lower: [Double], upper: [Double], choices: [Int]) {
      self.lower = lower
      self.upper = upper
      self.choices = choices
    }
  }

  /// What the bounds are about.
  public let criterion: Criterion
  /// One stage under a discount; H stages, the first one first, with a finite horizon; two for the
  /// long-run criteria.
  public let stages: [Stage]
  /// The name of the method that found them.
  public let method: String
  /// How the method ended.
  public let status: SolveStatus
  /// How many iterations it took.
  public let iterations: Int
  /// The Bellman residual max_s |T V(s) − V(s)| of the vector that the bounds were made from.
  public let residual: Double
  /// The gap that was asked for.
  public let epsilon: Double

  /// Creates a certificate, without checking it: that is the work of ``CertificateChecker``.
  public init(
    criterion: Criterion, stages: [Stage], method: String, status: SolveStatus, iterations: Int,
    residual: Double, epsilon: Double
  ) {
    self.criterion = criterion
    self.stages = stages
    self.method = method
    self.status = status
    self.iterations = iterations
    self.residual = residual
    self.epsilon = epsilon
  }

  /// The greatest distance between the bounds, over the states of the first stage, rounded up.
  ///
  /// For the total reward a state counts only if its value is finite; it is infinite if some state
  /// is undecided.
  public var gap: Double {
    guard let first = stages.first else { return 0 }
    var gap = 0.0
    if criterion == .totalReward {
      for s in first.lower.indices {
        switch totalValue(of: s) {
        case .finite(let bounds): gap = max(gap, (bounds.upperBound - bounds.lowerBound).nextUp)
        case .infinite, .minusInfinite: continue
        case .atLeast, .atMost, .undecided: return .infinity
        }
      }
      return gap
    }
    for (low, high) in zip(first.lower, first.upper) { gap = max(gap, (high - low).nextUp) }
    return gap
  }

  /// A bound on max_s V*(s) − V^π(s), what following the policy can cost.
  ///
  /// The lower bounds hold for the policy's own value, so the gap is such a bound.
  public var lossBound: Double { gap }

  /// An interval that contains the optimal value from a start distribution.
  ///
  /// The bounds are widened by the rounding of the sum over states, one probability each. For the
  /// total reward the interval is ±∞ when the states that count are, and everything when they differ
  /// or are undecided.
  ///
  /// - Complexity: O(S).
  public func valueBounds(from distribution: [Double]) -> ClosedRange<Double> {
    guard let first = stages.first else { return 0...0 }
    if criterion == .totalReward {
      let open = distribution.indices.filter { distribution[$0] > 0 }.map { totalValue(of: $0) }
        .filter { if case .finite = $0 { false } else { true } }
      if !open.isEmpty {
        if open.allSatisfy({ $0 == .infinite }) { return .infinity ... .infinity }
        if open.allSatisfy({ $0 == .minusInfinite }) { return -.infinity ... -.infinity }
        return -.infinity ... .infinity
      }
    }
    // A sum of n products has error at most (n + 1) u Σ |μ V| (1 + o(1)), u = 2⁻⁵³.
    var (low, high, size) = (0.0, 0.0, 0.0)
    var terms = 0.0
    for (s, p) in distribution.enumerated() where p > 0 {
      low += p * first.lower[s]
      high += p * first.upper[s]
      size += p * max(abs(first.lower[s]), abs(first.upper[s]))
      terms += 1
    }
    let error = (terms + 3) * 0x1.01p-53 * size + .leastNormalMagnitude
    return (low - error).nextDown...(high + error).nextUp
  }

  /// A digest of everything above, to notice damage in storage.
  ///
  /// It is 64-bit FNV-1a over the bit patterns; no defense against forgery, and it needs none: the
  /// bounds are checked themselves.
  public var digest: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func mix(_ word: UInt64) {
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        hash = (hash ^ ((word >> shift) & 0xFF)) &* 0x0000_0100_0000_01B3
      }
    }
    func mix(_ text: String) { for byte in text.utf8 { mix(UInt64(byte)) } }
    switch criterion {
    case .discounted(let discount): mix(discount.bitPattern)
    case .finiteHorizon(let horizon): mix(UInt64(bitPattern: Int64(horizon)))
    case .averageReward: mix("average-reward")
    case .totalReward: mix("total-reward")
    }
    for stage in stages {
      for x in stage.lower { mix(x.bitPattern) }
      for x in stage.upper { mix(x.bitPattern) }
      for k in stage.choices { mix(UInt64(bitPattern: Int64(k))) }
    }
    mix(method)
    mix(status.rawValue)
    mix(UInt64(bitPattern: Int64(iterations)))
    mix(residual.bitPattern)
    mix(epsilon.bitPattern)
    return hash
  }
}
