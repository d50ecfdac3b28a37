// SPDX-License-Identifier: Apache-2.0

/// Least-squares value iteration with upper confidence bonuses, online.
///
///     before episode k:  V_H ← 0
///       for h = H − 1 … 0
///         w ← Λ_h⁻¹ Σ_{past} φ (r + V_{h+1}(s′))                        (1)
///         Q_h ← min(φᵀ w + β √(φᵀ Λ_h⁻¹ φ), H − h)⁺;  V_h ← max_a Q_h    (2)
///     during it:  play argmax_a Q_h(s, ·);  Λ_h ← Λ_h + φ φᵀ              (3)
///
/// The sum over the past in (1) is kept by next state (`StageRegression`), so an episode costs the
/// same however long the past is: K episodes cost O(K), where the textbook's sum costs O(K²).
///
/// - Units: β, the ``multiplier``, is the whole factor of the bonus, in units of value. The paper's is
///   c d H √ι with an unspecified absolute constant c.
/// - Deviates: Q_h is truncated at H − h (stages from 0) and at 0 where the paper truncates at H only;
///   both hold for every optimistic value when rewards lie in [0, 1].
/// - Switching: with ``Switching/determinant(growth:)`` the plan is made anew only when some
///   det Λ_h has grown by a factor since the last plan: O(d H log K) plans. This is another algorithm,
///   and its regret bound is another one (the bonus in use may be too wide by √growth).
/// - Numerics: one canonical order; ties go to the lowest action; no LAPACK, no libm.
/// - Complexity: O(H (A S d² + S d)) a plan, O(d²) a step, O(H (S d + d²)) memory.
/// - Source: [jin2020], Algorithm 1; switching by determinants [abbasi2011].
public struct LSVIUCB: OptimisticLearner {
  /// When a new plan is made.
  public enum Switching: Equatable, Sendable {
    /// Before every episode, as in the paper.
    case everyEpisode
    /// When det Λ_h of a stage has grown by this factor, above 1, since the last plan.
    case determinant(growth: Double)
  }

  /// The features.
  public let features: FeatureMap
  /// The number of states S.
  public let stateCount: Int
  /// The horizon H.
  public let horizon: Int
  /// The multiplier β.
  public let multiplier: Double
  /// When a new plan is made.
  public let switching: Switching
  /// The action of every stage and state.
  public private(set) var policy: [Int]
  /// Q of the last plan, H stages of ``stride`` numbers.
  public private(set) var actionValues: [Double]
  /// K, rounded up to whole blocks of eight.
  public var stride: Int { features.paddedCount }
  private var stages: [StageRegression]
  private var values: [Double]
  private var weights: [Double]
  private var means: [Double]
  private var isStale = true

  /// Creates a learner that has seen nothing.
  ///
  /// - Parameters:
  ///   - features: The features of all choices.
  ///   - states: S; the number of choices is a multiple of it.
  ///   - horizon: H.
  ///   - regularization: λ; 1 in the paper.
  ///   - multiplier: β; 0 is the greedy control.
  ///   - switching: When a new plan is made.
  public init(
    features: FeatureMap, states: Int, horizon: Int, regularization: Double = 1,
    multiplier: Double, switching: Switching = .everyEpisode
  ) {
    precondition(states >= 1 && features.choiceCount % states == 0, "every state has A actions")
    precondition(horizon >= 1 && multiplier >= 0, "H ≥ 1 and β ≥ 0")
    if case .determinant(let growth) = switching {
      precondition(growth > 1, "a determinant grows by a factor above 1")
    }
    self.features = features
    stateCount = states
    self.horizon = horizon
    self.multiplier = multiplier
    self.switching = switching
    policy = [Int](repeating: 0, count: horizon * states)
    actionValues = [Double](repeating: 0, count: horizon * features.paddedCount)
    stages = (0..<horizon).map { _ in
      StageRegression(
        regularization: regularization, dimension: features.dimension, states: states)
    }
    values = [Double](repeating: 0, count: (horizon + 1) * states)
    weights = [Double](repeating: 0, count: features.dimension)
    means = [Double](repeating: 0, count: features.paddedCount)
  }

  /// Plans from what was observed.
  ///
  /// - Returns: Whether a new plan was made.
  public mutating func plan() -> Bool {
    guard isStale else { return false }
    let (S, H, padded) = (stateCount, horizon, features.paddedCount)
    let A = features.choiceCount / S
    values.withUnsafeMutableBufferPointer { values in
      weights.withUnsafeMutableBufferPointer { weights in
        means.withUnsafeMutableBufferPointer { means in
          actionValues.withUnsafeMutableBufferPointer { q in
            policy.withUnsafeMutableBufferPointer { policy in
              guard let v = values.baseAddress, let w = weights.baseAddress,
                let mean = means.baseAddress, let q = q.baseAddress
              else { return }
              for h in (0..<H).reversed() {
                stages[h].weights(for: v + (h + 1) * S, into: w)  // (1)
                features.products(w, into: mean)
                let stage = q + h * padded
                stages[h].design.inverseQuadraticForms(of: features, into: stage)
                let ceiling = Double(H - h)
                for s in 0..<S {  // (2)
                  var best = 0
                  var greatest = -Double.infinity
                  for a in 0..<A {
                    let k = s &* A &+ a
                    let sum = mean[k] + multiplier * stage[k].squareRoot()
                    let value = max(0, min(sum, ceiling))
                    stage[k] = value
                    if value > greatest { (best, greatest) = (a, value) }
                  }
                  v[h &* S &+ s] = greatest
                  policy[h &* S &+ s] = best
                }
              }
            }
          }
        }
      }
    }
    if switching != .everyEpisode {
      for h in 0..<H { stages[h].design.markDeterminant() }
      isStale = false
    }
    return true
  }

  /// Takes note of a transition.
  @inline(__always)
  public mutating func observe(stage h: Int, choice k: Int, reward: Double, next: Int) {
    stages[h].record(k, of: features, reward: reward, next: next)  // (3)
    if case .determinant(let growth) = switching, stages[h].design.growth >= growth {
      isStale = true
    }
  }
}
