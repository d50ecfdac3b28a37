// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels
import ModelFormats
import Testing

@Suite struct DRNTests {
  static func text(
    type: String = "MDP", extra: String = "", states: String = "2", choices: String = "3",
    model: String = """
    state 0 [1, 0] init
    \taction a [0, 2]
    \t\t0 : 0.5
    \t\t1 : 0.5
    \taction b [1, 0]
    \t\t1 : 1
    state 1 [0, 0] goal
    \taction a [0, 0]
    \t\t1 : 1
    """
  ) -> String {
    """
    // a comment
    @type: \(type)
    @value_type: double
    @parameters

    \(extra)@reward_models
    time cost\u{20}
    @nr_states
    \(states)
    @nr_choices
    \(choices)
    @model
    \(model)

    """
  }

  @Test("reads states, actions, rewards, labels and comments")
  func reads() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      Self.text(
        model: """
          state 0 [1, 0] init "two words" x
          //[x=1\t& y=2]
          \taction a [0, 2]
          \t\t0 : 0.5
          \t\t1 : 0.5

          \taction b [1, 0]
          \t\t1 : 1\u{20}
          state 1 [0, 0] goal x\r
          \taction a [0, 0]
          \t\t1 : 1
          """), "m.drn")
    let document = try readModel(at: path)
    #expect(document.rewardModels == ["time": [1, 2, 0], "cost": [2, 0, 0]])
    #expect(document.rewardModel == "cost")
    #expect(document.warnings.count == 1)
    #expect(document.dynamics.actionNames == ["a", "b"])
    #expect(document.dynamics.choicePointers == [0, 2, 3])
    #expect(document.dynamics.stateLabels == ["goal": [1], "two words": [0], "x": [0, 1]])
    #expect(document.dynamics.initialDistribution == [1, 0])
    let time = try readModel(at: path, options: .init(rewardModel: "time"))
    #expect(time.dynamics.rewards == [1, 2, 0])
    #expect(time.warnings.isEmpty)
    #expect(readError(path, .init(rewardModel: "x")).contains("\"cost\", \"time\""))
  }

  @Test("reads a chain, rationals, placeholders and absent rewards")
  func variants() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      """
      @type: DTMC
      @value_type: rational
      @placeholders
      $0 : 1/3
      @reward_models

      @nr_states
      2
      @model
      state 0
      \taction 0
      \t\t0 : $0
      \t\t1 : 2/3
      state 1
      \t\t1 : 1
      """, "m.drn")
    let document = try readModel(at: path)
    #expect(document.dynamics.transitions.probability(row: 0, next: 0) == 1.0 / 3)
    #expect(document.dynamics.choiceActions == nil)
    #expect(document.dynamics.actionNames == nil)
    #expect(document.rewardModels.isEmpty)
    #expect(document.rewardModel == nil)
    #expect(document.warnings == ["the file has no rewards; every reward is 0"])
  }

  @Test("takes actions that are numbers as they are")
  func numbers() throws {
    let scratch = try Scratch()
    let model = try TabularMDP(
      stateCount: 2, actionCount: 5, choicePointers: [0, 1, 3], choiceActions: [4, 0, 2],
      transitions: .sparse(
        SparseMatrix(
          rowCount: 3, columnCount: 2, rowPointers: [0, 1, 2, 3], columns: [0, 1, 0],
          values: [1, 1, 1])), rewards: [0, 1e-300, -7.25], storage: .sparse)
    for format in [ModelFormat.drn, .umb, .prismExplicit] {
      let again = try scratch.roundTrip(
        ModelDocument(dynamics: model), format, .init(storage: .sparse))
      #expect(again.dynamics == model, "\(format)")
      #expect(again.rewardModel == "default")
    }
  }

  @Test("writes what reads back as the same model, spaces and several rewards included")
  func roundTrip() throws {
    let scratch = try Scratch()
    let model = try Samples.checker()
    let document = ModelDocument(
      dynamics: model, rewardModels: ["a": model.rewards, "zeit": [0, 1, 0, 1, 0, 1e-17]],
      rewardModel: "a")
    for format in [ModelFormat.drn, .umb, .prismExplicit, .json] {
      let again = try scratch.roundTrip(document, format, .init(rewardModel: "a", storage: .sparse))
      #expect(again == document, "\(format)")
    }
  }

  @Test(
    "puts termination into one more state, and says so",
    arguments: [ModelFormat.drn, .umb, .prismExplicit])
  func termination(format: ModelFormat) throws {
    let scratch = try Scratch()
    let source = try Samples.rich()
    let path = scratch.path("m.\(format.fileExtension)")
    let losses = try writeModel(ModelDocument(dynamics: source, discount: 0.5), to: path)
    #expect(losses.contains { $0.contains("absorbing state 3") })
    #expect(losses.contains { $0.contains("the discount") })
    #expect(losses.contains { $0.contains("the names of states") })
    let model = try readModel(at: path).dynamics
    #expect(model.stateCount == 4)
    #expect(model.choiceCount == 5)
    #expect(model.transitions.probability(row: 1, next: 3) == 0.25)
    #expect(model.isTerminal(3))
    #expect(model.stateLabels["terminated"] == [3])
    #expect(model.rewards == source.rewards + [0])
    #expect(model.termination == nil)
  }

  static let row = "state 0 [0, 0]\n\taction a [0, 0]\n\t\t"
  static let rest = "\nstate 1 [0, 0]\n\taction a [0, 0]\n\t\t1 : 1"

  static let bad: [(String, String)] = [
    (text(states: "3"), "state 2 of 3"),
    (text(states: "1"), "line 16: next state 1 is not in 0 ..< 1"),
    (text(states: "4294967296"), "line 9: the number of states is 4294967296"),
    (text(states: "99999999999999999999"), "line 9: the number of states: the number is too large"),
    (text(states: "-1"), "line 9"),
    (text(states: "0"), "line 9"),
    (text(choices: "4"), "@nr_choices is 4, but there are 3"),
    (text(choices: "4294967296"), "line 11: the number of choices is 4294967296"),
    (text(type: "CTMC"), "line 2: the model type \"CTMC\""),
    (text(type: "POMDP"), "POMDP"),
    (text(extra: "@what\n"), "line 6: expected a line of the header"),
    (text(extra: "@placeholders\n$0 = 1\n"), "line 7"),
    (text(extra: "@placeholders\n$0 : p+1\n"), "line 7: expected the value"),
    (text(extra: "@placeholders\n$0 : 1\n$0 : 1\n"), "line 8: the placeholder $0 occurs twice"),
    (
      text().replacing("@parameters\n", with: "@parameters\np q"), "line 5: a model with parameters"
    ),
    (text().replacing("double", with: "double-interval"), "line 3: the value type"),
    (text().replacing("@model", with: ""), "line 13: expected a line of the header"),
    (text().replacing("@type: MDP", with: ""), "@type before @model is missing"),
    (text(model: "state 1\n"), "line 13: found state 1, expected state 0"),
    (text(model: "state x\n"), "line 13: expected the number of the state"),
    (text(model: "\taction a\n"), "line 13: an action before the first state"),
    (text(model: "\t\t0 : 1\n"), "line 13: expected \"state 0\""),
    (text(model: "state 0\nstate 1\n"), "line 13: state 0: no action is available"),
    (text(model: "state 0 [0\n"), "line 13: expected \"]\""),
    (text(model: "state 0 \"x\n"), "line 13: expected a text in double quotes"),
    (
      text(model: row + "0 : 0.5\n\t\t0 : 0.5" + rest),
      "line 16: state 0, action 0 \"a\": the transition"
    ),
    (
      text(model: row + "0 : 0.47\n\t\t1 : 0.5" + rest),
      "line 14: row (state 0, action 0 \"a\") sums to 0.97"
    ),
    (text(model: row + "0 : 0.4\n\t\t1 : 0.5" + rest), "line 14: row"),
    (text(model: row + "0 : 0.333333\n\t\t1 : 0.333333" + rest), "line 14"),
    (text(model: row + "0 : 1.5" + rest), "line 15: the probability is 1.5"),
    (text(model: row + "0 : -0.5" + rest), "line 15: the probability is -0.5"),
    (text(model: row + "0 : nan" + rest), "line 15: expected a probability, a finite number"),
    (text(model: row + "0 : 1e999" + rest), "line 15"),
    (text(model: row + "0 : 1/0" + rest), "line 15"),
    (text(model: row + "0 : $7" + rest), "line 15: the placeholder $7 has no value"),
    (text(model: row + "2 : 1" + rest), "line 15: next state 2 is not in 0 ..< 2"),
    (text(model: row + "0 1" + rest), "line 15: expected \":\""),
    (text(model: row + "0 : 1 1" + rest), "line 15: unexpected \"1\""),
    (
      text(model: row + "99999999999999999999 : 1" + rest),
      "line 15: a next state: the number is too"
    ),
    (
      text(model: row.replacing("a [0", with: "a [inf") + "0 : 1" + rest),
      "line 14: expected a reward"
    ),
    (text(model: row.replacing("a [0", with: "a [nan") + "0 : 1" + rest), "line 14"),
    (
      text(model: row.replacing("\n\t\t", with: "\n") + "junk" + rest),
      "line 15: expected a next state"
    ),
    (text(model: "state 0 [0, 0]\n\taction a [0, 0]" + rest), "line 14: row (state 0"),
    ("\u{0}\u{1}\u{2}", "line 1"),
    ("@type: MDP\n@nr_states", "line 2"),
  ]

  @Test("names the line of a mistake", arguments: bad.indices)
  func mistakes(i: Int) throws {
    let (text, expected) = Self.bad[i]
    let scratch = try Scratch()
    let message = readError(try scratch.write(text, "m.drn"))
    #expect(message.contains(expected), "\(message)")
  }

  @Test("rescales a row only as far as its printed digits allow")
  func printedDigits() throws {
    let scratch = try Scratch()
    let third =
      "@type: DTMC\n@nr_states\n3\n@model\nstate 0 [1]\n0 : A\n1 : A\n2 : A\n"
      + "state 1 [1]\n1 : 1\nstate 2 [1]\n2 : 1\n"
    for (text, isRead) in [
      ("0.333333", true), ("0.3333333333", true), ("3.33333e-1", true), (".333333", true),
      ("0.33333", false), ("0.3", false), ("0.333332", false), ("0.33333333333333331", true),
      ("1/3", true), ("0.33333333333333333333333333333333", true),
    ] {
      let path = try scratch.write(third.replacing("A", with: text), "t.drn")
      if isRead {
        let document = try readModel(at: path)
        #expect(document.dynamics.transitions.probability(row: 0, next: 1) == 1.0 / 3, "\(text)")
      } else {
        #expect(readError(path).contains("line 6: row (state 0"), "\(text)")
      }
    }
    let coarse = try scratch.write(third.replacing("A", with: "0.33"), "c.drn")
    #expect(try readModel(at: coarse, options: .init(rowSumTolerance: 0.02)).warnings.count == 1)
  }

  @Test("reads decimal numbers as the nearest doubles")
  func numbersAreNearest() throws {
    let scratch = try Scratch()
    let texts = [
      "0.1", "1e-300", "123456789012345678", "0.30000000000000004", "1e22", "1e23",
      "9007199254740993",
      "4.9e-324", "2.2250738585072011e-308", "1.7976931348623157e308", "-0.5", "+2", "5.",
      "00012.5e-1",
      "0.000000000000000000000000000000000000000000000001", "8.5E+3",
    ]
    for text in texts {
      let path = try scratch.write(
        "@type: MDP\n@nr_states\n1\n@model\nstate 0\n\taction a [\(text)]\n\t\t0 : 1\n", "m.drn")
      #expect(try readModel(at: path).dynamics.rewards == [try #require(Double(text))], "\(text)")
    }
  }
}
