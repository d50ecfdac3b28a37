// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A user's own grid of environments, learners and parameters, read from JSON.
///
///     {
///       "name": "river-bonus",
///       "environments": ["riverswim:states=6", "deepsea:size=6"],
///       "horizon": 20, "episodes": 2000, "trials": 40,
///       "learners": [
///         {"algorithm": "ucbvi", "multiplier": 0.1},
///         {"algorithm": "greedy"}
///       ],
///       "expect": [
///         {"learner": "ucbvi c=0.1", "environment": "riverswim:states=6", "slope": 0.5, "within": 0.15,
///          "from": 200, "to": 2000}
///       ]
///     }
///
/// An expectation is a criterion stated before the run: the slope of the mean regret on log-log axes
/// between two numbers of episodes.
public struct SweepSpecification: Decodable, Sendable {
  /// A learner of the sweep.
  public struct Learner: Decodable, Sendable {
    /// `ucbvi`, `ucbvi-bernstein` or `greedy`.
    public let algorithm: String
    /// The factor of the bonus; 1 is the theory's.
    public let multiplier: Double?
    /// The probability δ with which the bonus may fail.
    public let failureProbability: Double?
  }

  /// A criterion stated beforehand.
  public struct Expectation: Decodable, Sendable {
    /// The learner, as the report names it.
    public let learner: String
    /// The environment, as in the list.
    public let environment: String
    /// The slope expected.
    public let slope: Double
    /// The tolerance.
    public let within: Double
    /// The window of the fit, in episodes.
    public let from: Double
    /// The end of the window.
    public let to: Double
  }

  /// A name of lower case letters, digits and hyphens.
  public let name: String
  /// Environments, as `provably list models` writes them.
  public let environments: [String]
  /// The horizon of an episode.
  public let horizon: Int
  /// How many episodes a trial has.
  public let episodes: Int
  /// How many trials a point has.
  public let trials: Int
  /// The learners.
  public let learners: [Learner]
  /// The criteria.
  public let expect: [Expectation]?

  /// Reads a specification.
  ///
  /// - Throws: ``SweepError`` that says which field is missing, unknown or out of range.
  public init(json: Data) throws(SweepError) {
    do {
      try Self.refuseUnknownFields(json)
      self = try JSONDecoder().decode(Self.self, from: json)
    } catch let error as SweepError {
      throw error
    } catch let DecodingError.keyNotFound(key, context) {
      throw SweepError("\(Self.path(context)) lacks the field \(key.stringValue)")
    } catch let DecodingError.typeMismatch(_, context) {
      throw SweepError("\(Self.path(context)): \(context.debugDescription)")
    } catch let DecodingError.valueNotFound(_, context) {
      throw SweepError("\(Self.path(context)): \(context.debugDescription)")
    } catch {
      throw SweepError("it is not JSON: \(error.localizedDescription)")
    }
    try validate()
  }

  private static func path(_ context: DecodingError.Context) -> String {
    let keys = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
    return keys.isEmpty ? "the specification" : keys.joined(separator: ".")
  }

  private static let fields: [String: Set<String>] = [
    "": ["name", "environments", "horizon", "episodes", "trials", "learners", "expect"],
    "learners": ["algorithm", "multiplier", "failureProbability"],
    "expect": ["learner", "environment", "slope", "within", "from", "to"],
  ]

  private static func refuseUnknownFields(_ json: Data) throws {
    // Only names of fields are looked at here; numbers are read by the decoder.
    guard let object = try JSONSerialization.jsonObject(with: json) as? [String: Any] else {
      throw SweepError("it is not an object of fields")
    }
    func check(_ object: [String: Any], _ place: String) throws {
      for key in object.keys.sorted() where !(fields[place]?.contains(key) ?? false) {
        let known = (fields[place] ?? []).sorted().joined(separator: ", ")
        throw SweepError(
          "unknown field \(key); the fields\(place.isEmpty ? "" : " of " + place) are \(known)")
      }
    }
    try check(object, "")
    for place in ["learners", "expect"] {
      for item in object[place] as? [[String: Any]] ?? [] { try check(item, place) }
    }
  }

  private func validate() throws(SweepError) {
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
    guard let first = name.first, first.isLetter, name.allSatisfy({ allowed.contains($0) }) else {
      throw SweepError("name: \(name) is not made of lower case letters, digits and hyphens")
    }
    for (field, value, limit) in [
      ("horizon", horizon, 10_000), ("episodes", episodes, 100_000_000),
      ("trials", trials, 1_000_000),
    ] where !(1...limit).contains(value) {
      throw SweepError("\(field): \(value) is not between 1 and \(limit)")
    }
    guard !environments.isEmpty, Set(environments).count == environments.count else {
      throw SweepError("environments: at least one, and each once")
    }
    guard (1...4).contains(learners.count) else {
      throw SweepError("learners: between one and four, as a panel shows no more")
    }
    for learner in learners {
      guard (learner.multiplier ?? 1) >= 0, learner.multiplier?.isFinite ?? true else {
        throw SweepError("learners: a multiplier is not negative")
      }
      let delta = learner.failureProbability ?? 0.05
      guard delta > 0 && delta < 1 else {
        throw SweepError("learners: failureProbability \(delta) is not in (0, 1)")
      }
    }
    for item in expect ?? [] {
      guard item.within > 0, item.from >= 1, item.to <= Double(episodes), item.from < item.to else {
        throw SweepError(
          "expect: within must be positive, and 1 ≤ from < to ≤ episodes; it is \(item)")
      }
      guard trials >= 2 else { throw SweepError("expect: an interval needs at least two trials") }
    }
  }
}

/// Why a specification cannot be run.
public struct SweepError: Error, Equatable, CustomStringConvertible {
  /// What is wrong, where, and what to do.
  public let description: String

  init(_ description: String) { self.description = description }
}
