// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// Why a measure does not apply to a model.
public enum HardnessError: Error, Equatable, Sendable {
  /// No policy surely reaches one state from the other: their distance is infinite.
  case unreachable(from: ModelPlace, to: ModelPlace)
  /// The policy's chain never comes from one state to the other.
  case notIrreducible(from: ModelPlace, to: ModelPlace)
  /// The policy's chain has several closed classes, and with them several stationary distributions.
  case severalClosedClasses(Int)
  /// The policy's chain visits its states in turns and never settles.
  case periodic(period: Int)
  /// The episode may end under the policy, so that there is no chain that goes on for ever.
  case terminates(ModelPlace)
  /// The data distribution gives a choice no weight that the policy in question takes.
  case uncovered(ModelPlace)
  /// A method for dense matrices, or one planning problem for each state, would take too long.
  case tooLarge(what: String, size: Int, limit: Int)
  /// Every choice is optimal: there is no positive gap.
  case noGap
  /// The model has no features.
  case noFeatures
  /// An array has the wrong length.
  case wrongCount(array: String, expected: Int, found: Int)
  /// The weights of a distribution are negative, not finite, or do not sum to 1.
  case badDistribution(String)
}

extension HardnessError: CustomStringConvertible {
  /// Why the measure does not apply, in one phrase.
  public var description: String {
    switch self {
    case .unreachable(let from, let to): "no policy surely comes from \(from) to \(to)"
    case .notIrreducible(let from, let to):
      "the chain is not irreducible: never from \(from) to \(to)"
    case .severalClosedClasses(let count): "the chain has \(count) closed classes"
    case .periodic(let period): "the chain has period \(period)"
    case .terminates(let place): "the episode may end: \(place)"
    case .uncovered(let place): "the data never take \(place)"
    case .tooLarge(let what, let size, let limit): "not computed: \(what) \(size) above \(limit)"
    case .noGap: "every choice is optimal"
    case .noFeatures: "the model has no features"
    case .wrongCount(let array, let expected, let found):
      "\(array): \(found) entries, expected \(expected)"
    case .badDistribution(let reason): "the distribution \(reason)"
    }
  }
}

extension TabularMDP {
  /// The place of a state, for errors.
  func place(state s: Int) -> ModelPlace { ModelPlace(state: s, stateName: stateNames?[s]) }

  /// The place of a choice, for errors.
  func place(choice k: Int) -> ModelPlace {
    let s = state(ofChoice: k)
    let a = action(ofChoice: k, in: s)
    return ModelPlace(
      state: s, stateName: stateNames?[s], action: a, actionName: actionNames?[a])
  }
}
