// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The name of a reward model that its file leaves without a name.
let unnamedRewardModel = "default"

/// The named rewards.
///
/// - Throws: ``ModelFormatError/missing(_:what:)``, listing the names there are.
func rewards(
  named name: String, in models: [String: [Double]], file: String
) throws(ModelFormatError) -> [Double] {
  if let rewards = models[name] { return rewards }
  let names = models.keys.sorted().map { "\"\(printable($0))\"" }.joined(separator: ", ")
  throw .missing(
    file,
    what: "the reward model \"\(printable(name))\" (there "
      + (models.isEmpty ? "are none" : "is \(names)") + ")")
}

/// Which of the named rewards a model uses: the wanted ones, the only ones, or the first by name.
///
/// - Returns: The name and the rewards; zeros without a name if the file has no rewards.
func chooseRewards(
  from models: [String: [Double]], wanted: String?, choiceCount: Int, file: String,
  warnings: inout [String]
) throws(ModelFormatError) -> (name: String?, rewards: [Double]) {
  if let wanted { return (wanted, try rewards(named: wanted, in: models, file: file)) }
  let names = models.keys.sorted()
  guard let name = names.first, let rewards = models[name] else {
    warnings.append("the file has no rewards; every reward is 0")
    return (nil, [Double](repeating: 0, count: choiceCount))
  }
  if names.count > 1 {
    warnings.append(
      "the file has \(names.count) reward models; \"\(name)\" is used, not "
        + names.dropFirst().map { "\"\($0)\"" }.joined(separator: ", "))
  }
  return (name, rewards)
}

/// What to say when rows were divided by their sums.
func rescalingWarning(_ count: Int, _ first: ModelPlace, because reason: String = "") -> String {
  "\(count) row\(count == 1 ? "" : "s") divided by the sum to sum to 1\(reason); "
    + "the first is \(first)"
}

/// Several initial states, none more likely: the distribution they stand for.
func initialDistribution(
  ofStates states: [Int], count: Int, warnings: inout [String]
) -> [Double]? {
  guard !states.isEmpty else { return nil }
  if states.count > 1 {
    warnings.append("the file marks \(states.count) initial states; they are taken equally likely")
  }
  var distribution = [Double](repeating: 0, count: count)
  for s in states { distribution[s] = 1 / Double(states.count) }
  return distribution
}
