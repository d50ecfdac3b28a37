// SPDX-License-Identifier: Apache-2.0

/// The part of a UMB archive's `index.json` that concerns Markov decision processes.
///
/// - Source: the UMB specification of 26 January 2026 (pmc-tools.github.io/umb/spec).
struct UMBIndex: Decodable {
  /// The name of the index in the archive.
  static let memberName = "index.json"
  /// The longest index that is read: 4 MiB, where real ones have some thousand bytes.
  static let byteLimit = 1 << 22

  var formatVersion: WholeNumber
  var modelData: ModelData?
  var system: TransitionSystem
  var annotations: [String: [String: Annotation]]?

  enum CodingKeys: String, CodingKey {
    case formatVersion = "format-version"
    case modelData = "model-data"
    case system = "transition-system"
    case annotations
  }

  /// Information about the model.
  struct ModelData: Decodable {
    var name: String?
  }

  /// The kind of the model and its sizes.
  struct TransitionSystem: Decodable {
    var time: String
    var players: WholeNumber
    var states: WholeNumber
    var choices: WholeNumber
    var choiceActions: WholeNumber
    var branches: WholeNumber
    var observations: WholeNumber?
    var probabilityType: ValueType?

    enum CodingKeys: String, CodingKey {
      case time
      case players = "#players"
      case states = "#states"
      case choices = "#choices"
      case choiceActions = "#choice-actions"
      case branches = "#branches"
      case observations = "#observations"
      case probabilityType = "branch-probability-type"
    }
  }

  /// The type of the values of an array.
  struct ValueType: Decodable {
    var type: String
    var size: WholeNumber?
  }

  /// Values attached to states, choices or branches.
  struct Annotation: Decodable {
    var alias: String?
    var appliesTo: [String]
    var type: ValueType
    var probabilityType: ValueType?

    enum CodingKeys: String, CodingKey {
      case alias
      case appliesTo = "applies-to"
      case type
      case probabilityType = "probability-type"
    }
  }

  /// Refuses models that are not discrete-time decision processes or chains with known states.
  func check(file: String) throws(ModelFormatError) {
    let place = FilePlace.array(UMBIndex.memberName)
    func unsupported(_ feature: String) -> ModelFormatError {
      .unsupported(file, place, feature: feature)
    }
    guard formatVersion.value == 1 else {
      throw unsupported("version \(formatVersion.value) of UMB")
    }
    guard system.time == "discrete" else {
      throw unsupported("time \"\(printable(system.time))\"")
    }
    guard system.players.value == 0 || system.players.value == 1 else {
      throw unsupported("a game of \(system.players.value) players")
    }
    guard (system.observations?.value ?? 0) == 0 else { throw unsupported("partial observation") }
    guard system.probabilityType != nil else { throw unsupported("a model without probabilities") }
    let counts = [
      ("#states", system.states, 1), ("#choices", system.choices, 1),
      ("#branches", system.branches, 1), ("#choice-actions", system.choiceActions, 0),
    ]
    for (name, count, least) in counts where count.value < least {
      throw .badValue(file, place, reason: "\(name) is \(count.value), expected at least \(least)")
    }
    for (name, count, _) in counts where count.value > 1 << 40 {
      throw .implausibleSize(file, place, reason: "\(name) is \(count.value)")
    }
    guard system.states.value <= Int32.max else {
      throw .implausibleSize(
        file, place, reason: "\(system.states.value) states are more than \(Int32.max)")
    }
  }
}
