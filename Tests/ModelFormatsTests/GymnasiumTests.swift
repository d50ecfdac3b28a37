// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels
import ModelFormats
import Testing

@Suite struct GymnasiumTests {
  static let files = ["frozenlake-4x4", "frozenlake-8x8", "cliffwalking", "taxi"]

  static func row(_ outcomes: String) -> String {
    #"{"states":1,"actions":1,"initial":[1],"P":[[\#(outcomes)]]}"#
  }

  @Test("reads the tables of Gymnasium's toy texts", arguments: files)
  func reads(name: String) throws {
    let document = try readModel(at: golden("gymnasium/\(name).json"))
    let sizes = [
      "frozenlake-4x4": (16, 4), "frozenlake-8x8": (64, 4), "cliffwalking": (48, 4),
      "taxi": (500, 6),
    ]
    let (S, A) = try #require(sizes[name])
    #expect(document.dynamics.stateCount == S)
    #expect(document.dynamics.actionCount == A)
    #expect(document.dynamics.choiceActions == nil)
    #expect(document.dynamics.termination != nil)
    #expect(document.name?.hasPrefix("gymnasium 0.29.1") == true)
    #expect(document.warnings.isEmpty)
  }

  @Test("adds the outcomes that slip to the same state and ends at the hole")
  func frozenLake() throws {
    let model = try readModel(at: golden("gymnasium/frozenlake-4x4.json")).dynamics
    let third = 0.3333333333333333
    #expect(model.transitions.probability(row: 0, next: 0) == third + third)
    #expect(model.transitions.probability(row: 0, next: 4) == third)
    #expect(model.termination?[4 * 4 + 1] == third)  // state 4, down or right into the hole 5
    #expect(model.termination?[5 * 4] == 1)  // the hole itself
    #expect(model.rewards[14 * 4 + 1] == third)
    #expect(model.initialDistribution?[0] == 1)
  }

  @Test("writes a table back entry for entry", arguments: files)
  func roundTrip(name: String) throws {
    let scratch = try Scratch()
    let document = try readModel(at: golden("gymnasium/\(name).json"))
    let again = try scratch.roundTrip(document, .gymnasium)
    #expect(again == document)
  }

  @Test("writes a table from the dynamics with equal expected values")
  func fromDynamics() throws {
    let scratch = try Scratch()
    var document = try readModel(at: golden("gymnasium/frozenlake-4x4.json"))
    document.table = nil
    let again = try scratch.roundTrip(document, .gymnasium)
    #expect(again.dynamics.transitions == document.dynamics.transitions)
    #expect(again.dynamics.termination == document.dynamics.termination)
    for (a, b) in zip(again.dynamics.rewards, document.dynamics.rewards) {
      #expect(abs(a - b) <= 2 * b.ulp)
    }
  }

  @Test("does not write a table that no longer belongs to the dynamics")
  func staleTable() throws {
    let scratch = try Scratch()
    var document = try readModel(at: golden("gymnasium/frozenlake-4x4.json"))
    document.dynamics = try Samples.uniform()
    let again = try scratch.roundTrip(document, .gymnasium)
    #expect(again.dynamics.stateCount == 2)
    #expect(again.dynamics.rewards == document.dynamics.rewards)
  }

  @Test("keeps rewards that depend on the next state")
  func outcomeRewards() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      #"{"states":2,"actions":1,"P":[[[[0.5,0,1,false],[0.5,1,3,false]]],[[[1,1,0,false]]]]}"#,
      "t.json")
    var document = try readModel(at: path)
    #expect(document.dynamics.rewards == [2, 0])
    #expect(document.dynamics.outcomeRewards != nil)
    document.table = nil
    #expect(try scratch.roundTrip(document, .gymnasium).dynamics == document.dynamics)
  }

  @Test("refuses to write actions that depend on the state")
  func stateDependent() throws {
    let scratch = try Scratch()
    let document = ModelDocument(dynamics: try Samples.rich())
    #expect(throws: ModelFormatError.self) {
      try writeModel(document, to: scratch.path("x.json"), format: .gymnasium)
    }
    #expect(try scratch.names().isEmpty)
  }

  @Test(
    "names the place of a bad entry",
    arguments: [
      (row("[[1.0,0,0.0]]"), "P[0][0][0]"),
      (row("[[1.0,0,0.0,0]]"), "P[0][0][0][3]"),
      (row("[[1.0,0,0.0,false,1]]"), "P[0][0][0]"),
      (row("[[1.0,1,0.0,false]]"), "next state 1 is out of range"),
      (row("[[1.0,-1,0.0,false]]"), "P[0][0]"),
      (row("[[1.0,0.5,0.0,false]]"), "P[0][0][0][1]"),
      (row("[[-0.1,0,0.0,false],[1.1,0,0,false]]"), "-0.1"),
      (row("[[0.97,0,0.0,false]]"), "sums to 0.97"),
      (row("[]"), "sums to 0.0"),
      (row("[[1.0,0,NaN,false]]"), "line 1"),
      (row("[[1.0,0,1e999,false]]"), "1e999"),
      (row("[[1.0,0,1e305,false]]"), "P[0][0][0][2]"),
      (#"{"states":2,"actions":1,"P":[[[[1,0,0,false]]]]}"#, "\"states\" is 2"),
      (#"{"states":1,"actions":2,"P":[[[[1,0,0,false]]]]}"#, "P[0]"),
      (#"{"states":4294967296,"actions":4294967296,"P":[]}"#, "P: 0 entries"),
      (#"{"states":0,"actions":2,"P":[]}"#, "at least 1"),
      (#"{"states":9223372036854775807,"actions":9223372036854775807,"P":[]}"#, "states: 9.2"),
      (#"{"states":1,"actions":1,"initial":[0.5],"P":[[[[1,0,0,false]]]]}"#, "initial"),
      (#"{"states":1,"actions":1,"initial":[1,0],"P":[[[[1,0,0,false]]]]}"#, "initial"),
      (#"{"states":1,"actions":1,"state_names":[],"P":[[[[1,0,0,false]]]]}"#, "state_names"),
      (#"{"states":1,"P":[[[[1,0,0,false]]]]}"#, "actions is missing"),
    ])
  func badEntries(text: String, expected: String) throws {
    let scratch = try Scratch()
    let message = readError(try scratch.write(text, "t.json"))
    #expect(message.contains(expected), "\(message)")
  }
}
