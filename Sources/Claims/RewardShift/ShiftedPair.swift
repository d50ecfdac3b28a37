// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import OnlineLearning
import Randomness

/// Two runs of Q-learning that a shift of rewards makes equal up to a known difference φ.
///
/// The shifted run is paid r + b; its first values are Q_0. The plain run is paid r; its first
/// values are Q_0 − φ. If φ(k) = b + γ φ(next) whatever follows, and φ is the same for all choices
/// of a state, then Q_t of the first run is Q_t of the second plus φ, by induction over t: y is
/// larger by b + γ φ(next) = φ(k).
///
/// - Continuing, or the end of an episode is worth b/(1 − γ) to the shifted run: φ = b/(1 − γ).
/// - Horizon H, stages h = 0 … H − 1, no discount, ends worth 0: φ = b (H − h).
/// - Ends worth 0 and a discount: at a choice that always ends the episode y is larger by b only,
///   which is φ − γ φ, so that the difference of the runs lacks γ φ (1 − Π (1 − α_i)) of φ.
///
/// Rounding. Let u = 2⁻⁵³, D = 1/(1 − γ) or H, |r| and |Q_0| at most 1, and M = 1 + D (1 + 2 |b|),
/// which bounds every Q and y of both runs. ``QLearning`` rounds r + b, γ max Q, their sum, y − Q,
/// α (y − Q) and the new Q, each by at most u times the result. With results of at most M, M, M,
/// 2 M, 2 α M and M that is an error of at most u M (7 α + 1) an observation, and of 6 α in place
/// of 7 α for the run without b. The stored φ is off by at most 2 u |φ|, so that b + γ φ(next) misses
/// φ(k) by at most 2 u M, which counts α times. So the deviation E from the identity obeys
///
///     E′ ≤ (1 − α) E + α γ max E + u M (15 α + 2),
///
/// starts at most at 2 u M (the stored Q_0 − φ), and is read off with an error of 3 u M. By
/// induction it stays below
///
///     B = u M D (24 + 2/α_min),  α_min the least step size so far,
///
/// where 24 > 15 + 2 + 3 leaves room for the terms in u². Over a horizon E_h ≤ E_{h+1} + …/α gives
/// the same with D = H.
struct ShiftedPair {
  /// What differs between the settings of the claim.
  enum Setting: String, CaseIterable {
    case continuing
    case terminalsShifted = "ends shifted along"
    case finiteHorizon = "finite horizon"
    case terminalsKept = "ends kept at 0"
  }

  let setting: Setting
  let simulator: ModelSimulator
  let shift: Double
  /// φ, one for each choice.
  let difference: [Double]
  /// The choices that end the episode for sure.
  let ending: [Int]
  /// D.
  let span: Double
  var shifted: QLearning.Agent
  var plain: QLearning.Agent

  /// A random model, shift and start.
  init(_ setting: Setting, stepSize: StepSize, using rng: inout Xoshiro256) throws {
    let (S, A) = (2 + rng.uniform(below: 5), 1 + rng.uniform(below: 3))
    let H = setting == .finiteHorizon ? 2 + rng.uniform(below: 5) : 1
    let gamma = setting == .finiteHorizon ? 1 : [0.5, 0.9, 0.98][rng.uniform(below: 3)]
    let b = (rng.bernoulli(0.5) ? 1 : -1) * (0.5 + 1.5 * rng.uniform())
    var outcomes: [[Outcome]] = []
    var ending: [Int] = []
    for k in 0..<H * S * A {
      let (h, s) = (k / (S * A), k / A % S)
      // Without a horizon the first choice of state 0 ends the episode, and some others do.
      let ends =
        switch setting {
        case .continuing: false
        case .finiteHorizon: h == H - 1
        case .terminalsShifted, .terminalsKept: k == 0 || rng.bernoulli(0.2)
        }
      if ends { ending.append(k) }
      let weights = rng.uniformSimplex(S)
      let rewards = weights.map { _ in 2 * rng.uniform() - 1 }
      outcomes.append(
        ends
          ? [Outcome(1, to: h * S + s, reward: rewards[0], terminates: true)]
          : weights.indices.map {
            Outcome(weights[$0], to: min(h + 1, H - 1) * S + $0, reward: rewards[$0])
          })
    }
    var start = [Double](repeating: 0, count: H * S)
    for s in 0..<S { start[s] = 1 / Double(S) }
    let model = try OutcomeTable(states: H * S, actions: A, initialDistribution: start) {
      outcomes[$0 * A + $1]
    }.model(storage: .sparse)
    let constant = gamma < 1 ? b / (1 - gamma) : 0
    difference = (0..<model.choiceCount).map { k in
      setting == .finiteHorizon ? b * Double(H - k / (S * A)) : constant
    }
    let first = difference.map { _ in 2 * rng.uniform() - 1 }
    shifted =
      QLearning(
        discount: gamma, stepSize: stepSize, initialValues: .perChoice(first), rewardShift: b,
        terminalValue: setting == .terminalsShifted ? constant : 0
      ).agent(for: model)
    plain =
      QLearning(
        discount: gamma, stepSize: stepSize,
        initialValues: .perChoice(zip(first, difference).map(-))
      ).agent(for: model)
    (self.setting, self.ending) = (setting, ending)
    (simulator, shift) = (ModelSimulator(model), b)
    span = gamma < 1 ? 1 / (1 - gamma) : Double(H)
  }

  /// B, for a least step size.
  func bound(leastStepSize alpha: Double) -> Double {
    let M = 1 + span * (1 + 2 * abs(shift))
    return 0x1p-53 * M * span * (24 + 2 / alpha)
  }

  /// What a run of the pair shows.
  struct Run {
    /// The largest deviation from the identity up to each checkpoint.
    var deviations: [Double] = []
    /// The largest deviation over the rounding bound of its time.
    var ratio = 0.0
    /// At choices that always end the episode: the largest distance of the deviation from
    /// −γ φ (1 − Π (1 − α_i)), over the rounding bound; and that amount at its largest, over it.
    var predictionRatio = 0.0
    var missing = 0.0
    /// Whether the two runs once chose differently.
    var parted = false
  }

  /// Plays both runs with the same random numbers, each by its own estimates; with the ends kept at
  /// 0 both learn from what the plain run does, because they would part.
  mutating func run(steps checkpoints: [Int], using rng: inout Xoshiro256) -> Run {
    // Ties within 1e-9 of each other: rounding does not decide, and real differences are larger.
    let behavior = EpsilonGreedyBehavior(0.2, ties: .uniform(within: 1e-9))
    let gamma = plain.learner.discount
    var run = Run()
    var largest = 0.0
    var leastStep = 1.0
    var kept = [Double](repeating: 1, count: difference.count)
    var isEnding = [Bool](repeating: false, count: difference.count)
    for k in ending { isEnding[k] = true }
    var s = simulator.start(using: &rng)
    for t in 1...(checkpoints.last ?? 1) {
      var copy = rng
      let k = plain.choice(in: s, by: behavior, using: &rng)
      if setting != .terminalsKept {
        run.parted = run.parted || shifted.choice(in: s, by: behavior, using: &copy) != k
      }
      let transition = simulator.step(choice: k, using: &rng)
      plain.observe(transition)
      shifted.observe(transition)
      let alpha = plain.learner.stepSize(visit: plain.visits[k])
      leastStep = min(leastStep, alpha)
      kept[k] *= 1 - alpha
      // Only choice k has moved.
      let deviation = shifted.values[k] - plain.values[k] - difference[k]
      let bound = bound(leastStepSize: leastStep)
      largest = max(largest, abs(deviation))
      run.ratio = max(run.ratio, abs(deviation) / bound)
      if setting == .terminalsKept && isEnding[k] {
        let missing = gamma * difference[k] * (1 - kept[k])
        run.predictionRatio = max(run.predictionRatio, abs(deviation + missing) / bound)
        run.missing = max(run.missing, abs(missing) / bound)
      }
      if checkpoints[run.deviations.count] == t { run.deviations.append(largest) }
      s = transition.next ?? simulator.start(using: &rng)
    }
    return run
  }
}
