// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import Randomness

/// One step of experience.
public struct Transition: Equatable, Sendable {
  /// The choice k, that is, the state and the action.
  public let choice: Int
  /// The reward.
  public let reward: Double
  /// The next state, `nil` if the episode ended.
  public let next: Int?

  /// Creates a step.
  public init(choice: Int, reward: Double, next: Int?) {
    (self.choice, self.reward, self.next) = (choice, reward, next)
  }
}

/// A model to be played: start states and outcomes, drawn by their probabilities.
///
/// - Complexity: O(K + entries) to create; O(entries of a row) a step.
public struct ModelSimulator: Sendable {
  /// The model.
  public let model: TabularMDP
  private let outcomes: [[Outcome]]
  private let startWeights: [Double]

  /// Prepares a model.
  public init(_ model: TabularMDP) {
    self.model = model
    outcomes = (0..<model.choiceCount).map { model.outcomes(ofChoice: $0) }
    startWeights = model.startDistribution
  }

  /// A start state.
  public func start(using rng: inout Xoshiro256) -> Int { rng.categorical(startWeights) }

  /// What follows a choice; takes no random number if only one thing can follow.
  ///
  /// - Precondition: the model has the choice.
  public func step(choice k: Int, using rng: inout Xoshiro256) -> Transition {
    let row = outcomes[k]
    var i = 0
    if row.count > 1 {
      var u = rng.uniform() - row[0].probability
      while u >= 0 && i < row.count - 1 {
        i += 1
        u -= row[i].probability
      }
    }
    return Transition(
      choice: k, reward: row[i].reward, next: row[i].terminates ? nil : row[i].next)
  }
}
