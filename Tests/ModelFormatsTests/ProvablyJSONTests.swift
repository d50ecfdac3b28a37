// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels
import ModelFormats
import Testing

@Suite struct ProvablyJSONTests {
  static func text(
    states: String = "2", actions: String = "1", extra: String = "",
    choices: String = """
    {"state":0,"action":0,"reward":1,"next":[[0,0.5],[1,0.5]]},
    {"state":1,"action":0,"reward":0,"next":[[1,1]]}
    """
  ) -> String {
    """
    {"format":"provably-mdp/1","states":\(states),"actions":\(actions),\(extra)
    "choices":[\(choices)]}
    """
  }

  @Test("keeps everything a document has")
  func roundTrip() throws {
    let scratch = try Scratch()
    let model = try Samples.rich()
    let document = ModelDocument(
      dynamics: model, discount: 0.1 + 0.2, horizon: 20,
      rewardModels: ["pay": model.rewards, "zeit": [0, 1, .leastNonzeroMagnitude, -0.0]],
      rewardModel: "pay",
      name: "ein \"Name\" \\ \u{1}")
    #expect(try scratch.roundTrip(document, .json, .init(storage: .sparse)) == document)
  }

  @Test("keeps dense and sparse models equal", arguments: [false, true])
  func storage(isDense: Bool) throws {
    let scratch = try Scratch()
    let storage: TransitionMatrix.Storage = isDense ? .dense : .sparse
    let document = ModelDocument(dynamics: try Samples.uniform(storage))
    #expect(try scratch.roundTrip(document, .json, .init(storage: storage)) == document)
    let other = try scratch.roundTrip(document, .json, .init(storage: isDense ? .sparse : .dense))
    #expect(other.dynamics.transitions.denseForm() == document.dynamics.transitions.denseForm())
    #expect(other.dynamics.rewards == document.dynamics.rewards)
  }

  @Test("keeps rewards of transitions")
  func outcomeRewards() throws {
    let scratch = try Scratch()
    let model = try TabularMDP(
      stateCount: 2, actionCount: 1,
      transitions: .sparse(
        SparseMatrix(
          rowCount: 2, columnCount: 2, rowPointers: [0, 2, 3], columns: [0, 1, 1],
          values: [0.5, 0.5, 1])), rewards: [2, 0], outcomeRewards: [1, 3, 0], storage: .sparse)
    let document = ModelDocument(dynamics: model)
    #expect(try scratch.roundTrip(document, .json, .init(storage: .sparse)) == document)
  }

  @Test("chooses another reward model when asked")
  func rewardModel() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      Self.text(extra: #""rewardModel":"a","rewardModels":{"a":[1,0],"b":[5,6]},"#), "m.json")
    #expect(try readModel(at: path).dynamics.rewards == [1, 0])
    let other = try readModel(at: path, options: .init(rewardModel: "b"))
    #expect(other.dynamics.rewards == [5, 6])
    #expect(other.rewardModel == "b")
    #expect(readError(path, .init(rewardModel: "c")).contains("\"a\", \"b\""))
  }

  @Test("divides rows by their sums only when asked, and says so")
  func rescaling() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      Self.text(
        choices: """
          {"state":0,"action":0,"reward":1,"next":[[0,0.3],[1,0.3]],"end":0.3},
          {"state":1,"action":0,"reward":0,"next":[[1,1]]}
          """), "m.json")
    #expect(readError(path).contains("choices[0]: row (state 0, action 0) sums to 0.89"))
    let document = try readModel(at: path, options: .init(rowSumTolerance: 0.2))
    #expect(abs(document.dynamics.transitions.probability(row: 0, next: 1) - 1.0 / 3) < 1e-15)
    #expect(document.warnings.count == 1)
  }

  @Test("takes a discount of 1 beside a horizon as none")
  func undiscounted() throws {
    let scratch = try Scratch()
    let path = try scratch.write(Self.text(extra: #""discount":1,"horizon":3,"#), "m.json")
    let document = try readModel(at: path)
    #expect(document.discount == nil)
    #expect(document.horizon == 3)
  }

  @Test(
    "names the place of a bad value",
    arguments: [
      (text(extra: #""discount":1,"#), "discount: the discount is 1.0"),
      (text(extra: #""discount":1.2,"#), "1.2"),
      (text(extra: #""discount":-0.1,"#), "-0.1"),
      (text(extra: #""discount":"x","#), "discount"),
      (text(extra: #""discount":NaN,"#), "line 1"),
      (text(extra: #""horizon":-1,"#), "horizon"),
      (text(extra: #""horizon":0,"#), "horizon"),
      (text(extra: #""stateNames":["a"],"#), "stateNames"),
      (text(extra: #""actionNames":[],"#), "actionNames"),
      (text(extra: #""labels":{"g":[2]},"#), "labels.g"),
      (text(extra: #""initial":[[2,1]],"#), "initial[0]"),
      (text(extra: #""initial":[[0,0.5]],"#), "initial"),
      (text(extra: #""rewardModels":{"a":[1]},"#), "rewardModels.a"),
      (text(extra: #""rewardModel":"a","#), "there are none"),
      (text(extra: #""rewardModel":"a","rewardModels":{"a":[1,7]},"#), "choices[1].reward"),
      (text(states: "4294967296"), "states: 4294967296 states"),
      (text(states: "9223372036854775807"), "states: 9.2"),
      (text(states: "-1"), "at least 1"),
      (text(states: "3"), "choices"),
      (text(actions: "4294967296"), "actions"),
      (text(actions: "0"), "at least 1"),
      (text(choices: #"{"state":1,"action":0,"reward":0,"next":[[1,1]]}"#), "choices"),
      (
        text(
          choices: """
            {"state":1,"action":0,"reward":0,"next":[[1,1]]},
            {"state":1,"action":0,"reward":0,"next":[[1,1]]}
            """), "no action is available"
      ),
      (
        text(
          choices: """
            {"state":0,"action":0,"reward":0,"next":[[0,1]]},
            {"state":1,"action":1,"reward":0,"next":[[1,1]]}
            """), "choices[1].action"
      ),
      (
        text(
          choices: """
            {"state":0,"action":0,"reward":0,"next":[[0,0.97]]},
            {"state":1,"action":0,"reward":0,"next":[[1,1]]}
            """), "choices[0]: row (state 0, action 0) sums to 0.97"
      ),
      (
        text(
          choices: """
            {"state":0,"action":0,"reward":0,"next":[[0,0.5],[0,0.5]]},
            {"state":1,"action":0,"reward":0,"next":[[1,1]]}
            """), "choices[0]: state 0, action 0: the transition to state 0 is listed twice"
      ),
      (
        text(
          choices: """
            {"state":0,"action":0,"reward":0,"next":[[0,1.5],[1,-0.5]]},
            {"state":1,"action":0,"reward":0,"next":[[1,1]]}
            """), "choices[0]"
      ),
      (
        text(
          choices: """
            {"state":0,"action":0,"reward":0,"next":[[2,1]]},
            {"state":1,"action":0,"reward":0,"next":[[1,1]]}
            """), "choices[0].next[0]"
      ),
      (
        text(
          choices: """
            {"state":0,"action":0,"reward":0,"next":[[0,0.5,1],[1,0.5]]},
            {"state":1,"action":0,"reward":0,"next":[[1,1]]}
            """), "choices[0].next[1]"
      ),
      (
        "{\"format\":\"provably-mdp/2\",\"states\":1,\"actions\":1,\"choices\":[]}",
        "provably-mdp/2"
      ),
      ("{\"format\":\"provably-mdp/1\",\"states\":1,\"actions\":1}", "choices is missing"),
      ("{}", "neither"),
      ("[]", "found an array"),
      ("{\n", "line 2: not JSON: the text ends too early"),
      ("\u{0}", "line 1"),
      ("{\"P\":\n[1,]}", "line 2"),
      ("{\"P\":\n[01]}", "line 2"),
      ("{\"P\":\n[1}", "line 2"),
      ("{\"P\"\n[1]}", "line 2"),
      ("{\"P\":[1]\n}}", "line 2"),
      ("{\"P\":[1.]}", "line 1"),
      ("{\"P\":[tru]}", "line 1"),
      ("{P:1}", "line 1"),
      ("{\"P\":\"a\nb\"}", "line 1"),
      ("{\"P\":\"\\x\"}", "line 1"),
      ("{\"P\":[1e400]}", "line 1"),
    ])
  func badValues(text: String, expected: String) throws {
    let scratch = try Scratch()
    let message = readError(try scratch.write(text, "m.json"))
    #expect(message.contains(expected), "\(message)")
  }

  @Test("does not write numbers that it would not read")
  func unwritable() throws {
    let scratch = try Scratch()
    let model = try Samples.uniform()
    for format in ModelFormat.allCases {
      for document in [
        ModelDocument(dynamics: model, discount: 1), ModelDocument(dynamics: model, discount: .nan),
        ModelDocument(dynamics: model, horizon: 0),
        ModelDocument(dynamics: model, rewardModels: ["a": [1]]),
        ModelDocument(dynamics: model, rewardModels: ["a": [1, 2, 3, .infinity]]),
      ] {
        #expect(throws: ModelFormatError.self) {
          try writeModel(document, to: scratch.path("m"), format: format)
        }
      }
    }
    #expect(try scratch.names().isEmpty)
  }

  @Test("refuses JSON nested a hundred thousand deep without recursion")
  func deepNesting() throws {
    let scratch = try Scratch()
    let deep = String(repeating: "[", count: 100_000)
    let path = try scratch.write("{\"P\":\n" + deep, "m.json")
    #expect(readError(path) == "FILE, line 2: not JSON: arrays and objects nest more than 64 deep")
    let objects = String(repeating: "{\"a\":", count: 100_000)
    #expect(readError(try scratch.write(objects, "n.json")).contains("64 deep"))
    let quoted = "{\"format\":\"\(String(repeating: "[\\\"", count: 1000))\"}"
    #expect(!readError(try scratch.write(quoted, "o.json")).contains("64 deep"))
  }
}
