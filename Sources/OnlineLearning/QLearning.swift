// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import Randomness

/// Tabular Q-learning on a discounted model, from its own play or from fixed data.
///
///     Q(k) ← Q_0(k) for every choice k                                             (1)
///     in state s: play a choice k of s that the behavior policy picks from Q(s, ·)  (2)
///     for each observation k, r, s′
///       n(k) ← n(k) + 1;  α ← α_n(k)                                               (3)
///       y ← r + b + γ max Q(s′, ·),  or  y ← r + b + γ z  if the episode ended     (4)
///       Q(k) ← Q(k) + α (y − Q(k))                                                 (5)
///
/// b is a constant added to every reward, 0 unless one is studied; z is the value of the end of an
/// episode, which is 0 by definition. A shifted reward needs a shifted z for the shift to change
/// nothing: see `Claims/RewardShift`.
///
/// - Shapes: arrays over choices are indexed by k as in `TabularMDP`.
/// - Units: any rewards; values in units of reward.
/// - Assumes: tabular; bounded rewards. A discount of 1 is for models whose episodes end.
/// - Guarantee: no rate here. Q → Q* for rewards r + b and ends worth z, with probability 1, if
///   γ < 1, every choice is observed for ever, and for each Σ α_n = ∞ and Σ α_n² < ∞: so for
///   ``StepSize/harmonic`` and ``StepSize/power(_:)``, not for ``StepSize/constant(_:)``.
/// - Deviates: none; b and z are 0 in the source.
/// - Numerics: six roundings an observation, bounded in `Claims/RewardShift/ShiftedPair.swift`; no
///   libm.
/// - Complexity: O(choices of s′) an observation; O(K) memory.
/// - Source: [watkins1992], the theorem and its conditions.
public struct QLearning: Equatable, Sendable {
  /// Where the estimates start.
  public enum InitialValues: Equatable, Sendable {
    /// The same for every choice.
    case constant(Double)
    /// r_max/(1 − γ), which no value exceeds if no reward exceeds r_max: an optimistic start.
    case optimistic(greatestReward: Double)
    /// One for each choice.
    case perChoice([Double])
  }

  /// The discount γ.
  public let discount: Double
  /// The step sizes α_n.
  public let stepSize: StepSize
  /// Q_0.
  public let initialValues: InitialValues
  /// The constant b that is added to every reward.
  public let rewardShift: Double
  /// The value z of the end of an episode.
  public let terminalValue: Double

  /// Creates a learner.
  ///
  /// - Precondition: `0 ≤ discount ≤ 1`, below 1 for an optimistic start; shift and terminal value
  ///   are finite.
  public init(
    discount: Double, stepSize: StepSize = .harmonic, initialValues: InitialValues = .constant(0),
    rewardShift: Double = 0, terminalValue: Double = 0
  ) {
    precondition(discount >= 0 && discount <= 1, "the discount lies in [0, 1]")
    precondition(rewardShift.isFinite && terminalValue.isFinite, "shifts are finite")
    if case .optimistic = initialValues {
      precondition(discount < 1, "an optimistic start needs a discount below 1")
    }
    (self.discount, self.stepSize, self.initialValues) = (discount, stepSize, initialValues)
    (self.rewardShift, self.terminalValue) = (rewardShift, terminalValue)
  }

  /// A new run on a model; the model lends only its choices.
  ///
  /// - Precondition: as many initial values as choices, all finite.
  public func agent(for model: TabularMDP) -> Agent { Agent(self, model.choicePointers) }

  /// A run of the learner.
  public struct Agent: Sendable {
    /// The learner.
    public let learner: QLearning
    /// S + 1 positions: the choices of state s are `choicePointers[s]..<choicePointers[s + 1]`.
    public let choicePointers: [Int]
    /// Q, one for each choice.
    public private(set) var values: [Double]
    /// n, one for each choice.
    public private(set) var visits: [Int]

    init(_ learner: QLearning, _ choicePointers: [Int]) {
      let K = choicePointers[choicePointers.count - 1]
      switch learner.initialValues {  // (1)
      case .constant(let value): values = .init(repeating: value, count: K)
      case .optimistic(let greatest):
        values = .init(repeating: greatest / (1 - learner.discount), count: K)
      case .perChoice(let all):
        precondition(all.count == K, "\(all.count) initial values for \(K) choices")
        values = all
      }
      precondition(values.allSatisfy(\.isFinite), "initial values are finite")
      visits = .init(repeating: 0, count: K)
      (self.learner, self.choicePointers) = (learner, choicePointers)
    }

    /// The greatest estimate of a state.
    @inline(__always)
    public func value(ofState s: Int) -> Double {
      var best = -Double.infinity
      for k in choicePointers[s]..<choicePointers[s + 1] { best = max(best, values[k]) }
      return best
    }

    /// The choice of greatest estimate in each state, the lowest of several.
    public var greedyChoices: [Int] {
      (0..<choicePointers.count - 1).map { s in
        var best = choicePointers[s]
        for k in choicePointers[s]..<choicePointers[s + 1] where values[k] > values[best] {
          best = k
        }
        return best
      }
    }

    /// The choice to play in a state.
    public func choice(
      in s: Int, by behavior: some BehaviorPolicy, using rng: inout Xoshiro256
    ) -> Int {
      let choices = choicePointers[s]..<choicePointers[s + 1]
      return behavior.choice(among: values[choices], using: &rng)  // (2)
    }

    /// Learns from one observation, whoever made it.
    ///
    /// - Precondition: the choice and the next state are of the model, the reward is finite.
    public mutating func observe(_ transition: Transition) {
      let k = transition.choice
      precondition(transition.reward.isFinite, "the reward of choice \(k) is not finite")
      visits[k] += 1
      let alpha = learner.stepSize(visit: visits[k])  // (3)
      let following = transition.next.map { value(ofState: $0) } ?? learner.terminalValue
      let target = transition.reward + learner.rewardShift + learner.discount * following  // (4)
      values[k] += alpha * (target - values[k])  // (5)
    }

    /// Learns from fixed data, in their order, so many times over.
    ///
    /// - Precondition: `passes ≥ 0`.
    public mutating func replay(_ data: [Transition], passes: Int = 1) {
      for _ in 0..<passes { for transition in data { observe(transition) } }
    }

    /// Plays and learns; an episode that ended is followed by the next one.
    ///
    /// - Parameters:
    ///   - simulator: What is played.
    ///   - behavior: How.
    ///   - steps: How many steps at most.
    ///   - rng: The random numbers of behavior and model, in the order of steps.
    ///   - isDone: Called after each step with the run so far and the step; `true` ends the play.
    /// - Returns: The number of steps played.
    @discardableResult
    public mutating func play(
      _ simulator: ModelSimulator, by behavior: some BehaviorPolicy, steps: Int,
      using rng: inout Xoshiro256, until isDone: (Agent, Transition) -> Bool = { _, _ in false }
    ) -> Int {
      var s = simulator.start(using: &rng)
      for t in 0..<steps {
        let k = choice(in: s, by: behavior, using: &rng)
        let transition = simulator.step(choice: k, using: &rng)
        observe(transition)
        if isDone(self, transition) { return t + 1 }
        s = transition.next ?? simulator.start(using: &rng)
      }
      return steps
    }
  }
}
