// SPDX-License-Identifier: Apache-2.0

/// A rule that names one available choice in every state.
public struct DeterministicPolicy: Equatable, Sendable {
  /// The choice of each state, as an index into the model's choices; S entries.
  public let choices: [Int]

  /// Creates a policy for a model.
  ///
  /// - Throws: ``ModelError/badPolicy(state:reason:)`` when a choice is not one of the state's.
  public init(choices: [Int], of model: TabularMDP) throws(ModelError) {
    guard choices.count == model.stateCount else {
      throw .wrongCount(array: "policy", expected: model.stateCount, found: choices.count)
    }
    let stranger = model.choicePointers.withUnsafeBufferPointer { pointers in
      choices.indices.first { !(pointers[$0]..<pointers[$0 &+ 1]).contains(choices[$0]) }
    }
    if let s = stranger {
      throw .badPolicy(
        state: s, reason: "choice \(choices[s]) is not one of \(model.choices(of: s))")
    }
    self.choices = choices
  }

  /// Creates a policy from the action label of each state.
  ///
  /// - Throws: ``ModelError/badPolicy(state:reason:)`` when a state does not offer its action.
  public init(actions: [Int], of model: TabularMDP) throws(ModelError) {
    guard actions.count == model.stateCount else {
      throw .wrongCount(array: "policy", expected: model.stateCount, found: actions.count)
    }
    var choices: [Int] = []
    choices.reserveCapacity(actions.count)
    for (s, a) in actions.enumerated() {
      guard let k = model.choice(of: s, action: a) else {
        throw .badPolicy(state: s, reason: "action \(a) is not available")
      }
      choices.append(k)
    }
    self.choices = choices
  }

  /// The action label in each state.
  public func actions(in model: TabularMDP) -> [Int] {
    choices.enumerated().map { model.action(ofChoice: $1, in: $0) }
  }
}

/// A rule that gives every available choice a probability.
public struct StochasticPolicy: Equatable, Sendable {
  /// The probability of each choice given its state; K entries that sum to 1 over each state.
  public let probabilities: [Double]

  /// Creates a policy for a model.
  ///
  /// - Throws: ``ModelError/badPolicy(state:reason:)`` unless the probabilities of every state are
  ///   nonnegative and sum to 1 within n units in the last place, n the number of its choices.
  public init(probabilities: [Double], of model: TabularMDP) throws(ModelError) {
    guard probabilities.count == model.choiceCount else {
      throw .wrongCount(array: "policy", expected: model.choiceCount, found: probabilities.count)
    }
    for s in 0..<model.stateCount {
      var sum = CompensatedSum()
      for k in model.choices(of: s) {
        let p = probabilities[k]
        guard p >= 0, p <= 1 else {
          throw .badPolicy(state: s, reason: "choice \(k) has probability \(p)")
        }
        sum.add(p)
      }
      guard abs(sum.value - 1) <= Double(model.choices(of: s).count + 1) * .ulpOfOne else {
        throw .badPolicy(state: s, reason: "the probabilities sum to \(sum.value), expected 1")
      }
    }
    self.probabilities = probabilities
  }

  /// The policy that takes `policy`'s choice with probability 1.
  public init(_ policy: DeterministicPolicy, of model: TabularMDP) {
    var probabilities = [Double](repeating: 0, count: model.choiceCount)
    for k in policy.choices { probabilities[k] = 1 }
    self.probabilities = probabilities
  }

  /// The policy that takes every available choice with the same probability.
  public static func uniform(of model: TabularMDP) -> StochasticPolicy {
    var probabilities: [Double] = []
    probabilities.reserveCapacity(model.choiceCount)
    for s in 0..<model.stateCount {
      let n = model.choices(of: s).count
      probabilities.append(contentsOf: repeatElement(1 / Double(n), count: n))
    }
    return StochasticPolicy(unchecked: probabilities)
  }

  private init(unchecked probabilities: [Double]) { self.probabilities = probabilities }
}

/// A deterministic rule for each stage of a finite horizon.
public struct StagedPolicy: Equatable, Sendable {
  /// The rule of each stage, the first stage first; H entries.
  public let stages: [DeterministicPolicy]

  /// Creates a policy for a problem.
  ///
  /// - Throws: ``ModelError/stagesDiffer(stage:reason:)`` unless there is one rule for each stage, and
  ///   it fits the dynamics of its stage.
  /// - Complexity: O(H S).
  public init(stages: [DeterministicPolicy], of problem: FiniteHorizonMDP) throws(ModelError) {
    guard stages.count == problem.horizon else {
      throw .stagesDiffer(
        stage: stages.count, reason: "the policy has \(stages.count) stages, not \(problem.horizon)"
      )
    }
    for (h, rule) in stages.enumerated() {
      do {
        _ = try DeterministicPolicy(choices: rule.choices, of: problem.dynamics(atStage: h))
      } catch { throw .stagesDiffer(stage: h, reason: "\(error)") }
    }
    self.stages = stages
  }
}
