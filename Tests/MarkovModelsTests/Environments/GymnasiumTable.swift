// SPDX-License-Identifier: Apache-2.0
import Foundation
import MarkovModels
import Testing

/// A transition table exported from Gymnasium.
struct GymnasiumTable: Decodable {
  let states: Int
  let actions: Int
  let initial: [Double]
  let outcomes: [[[Outcome]]]

  private enum CodingKeys: String, CodingKey {
    case states
    case actions
    case initial
    case outcomes = "P"
  }

  /// One outcome, written as [probability, next state, reward, terminated].
  private struct Row: Decodable {
    let outcome: Outcome

    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      let probability = try row.decode(Double.self)
      let next = try row.decode(Int.self)
      let reward = try row.decode(Double.self)
      outcome = Outcome(
        probability, to: next, reward: reward, terminates: try row.decode(Bool.self))
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    states = try container.decode(Int.self, forKey: .states)
    actions = try container.decode(Int.self, forKey: .actions)
    initial = try container.decode([Double].self, forKey: .initial)
    let rows = try container.decode([[[Row]]].self, forKey: .outcomes)
    outcomes = rows.map { $0.map { $0.map(\.outcome) } }
  }

  init(named name: String) throws {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Gymnasium"))
    self = try JSONDecoder().decode(GymnasiumTable.self, from: Data(contentsOf: url))
  }

  /// Expects a table to agree entry for entry, the order of the outcomes included.
  func expectEqual(
    to table: OutcomeTable, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(table.stateCount == states, sourceLocation: sourceLocation)
    #expect(table.actionCount == actions, sourceLocation: sourceLocation)
    #expect(table.initialDistribution == initial, sourceLocation: sourceLocation)
    for s in 0..<min(states, table.stateCount) {
      for a in 0..<min(actions, table.actionCount) {
        #expect(
          table[s, a] == outcomes[s][a], "state \(s), action \(a)",
          sourceLocation: sourceLocation)
      }
    }
  }
}
