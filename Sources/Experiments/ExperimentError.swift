// SPDX-License-Identifier: Apache-2.0

/// Why an experiment cannot be run, stored or judged.
public enum ExperimentError: Error, Equatable, CustomStringConvertible {
  /// The design cannot be run as stated.
  case badDesign(String)
  /// A trial returned something that the schema does not allow.
  case badMeasurement(String)
  /// A trial failed; the text names claim, point and trial.
  case trialFailed(String)
  /// The file is not a store of this program, or of a later version, or damaged.
  case badStore(String)
  /// The store cannot be read or written now: a full disk, a folder without permission, a lock.
  case unavailableStore(String)
  /// The store holds results of another revision of the claim.
  case otherRevision(String)
  /// Two stores disagree about a cell.
  case conflict(String)
  /// Results are asked for that were not run.
  case missing(String)
  /// A shard that is not of the form i/n with 1 ≤ i ≤ n.
  case badShard(String)

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .badDesign(let text): "the design is not valid: \(text)"
    case .badMeasurement(let text): "a measurement is not valid: \(text)"
    case .trialFailed(let text), .badStore(let text), .unavailableStore(let text),
      .otherRevision(let text), .conflict(let text), .missing(let text), .badShard(let text):
      text
    }
  }
}
