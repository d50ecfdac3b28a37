// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import ModelFormats
import Testing

@Suite struct PrismTests {
  static let transitions = "2 3 4\n0 0 0 0.5 a\n0 0 1 0.5 a\n0 1 1 1 b\n1 0 1 1\n"

  @Test("reads a decision process with labels, rewards and names")
  func decisionProcess() throws {
    let scratch = try Scratch()
    let path = try scratch.write(Self.transitions, "m.tra")
    _ = try scratch.write("0=\"init\" 1=\"deadlock\" 2=\"goal here\"\n0: 0\n1: 2\n", "m.lab")
    _ = try scratch.write("# Reward structure \"time\"\n# State rewards\n2 1\n0 10\n", "m.srew")
    _ = try scratch.write(
      "# Reward structure \"time\"\n# Transition rewards\n2 3 2\n0 0 0 1\n0 0 1 3\n0 1 1 7\n",
      "m.trew")
    _ = try scratch.write("(x,y)\n0:(0,1)\n1:(0,2)\n", "m.sta")
    let document = try readModel(at: path)
    #expect(document.rewardModels == ["time": [12, 17, 0]])
    #expect(document.dynamics.rewards == [12, 17, 0])
    #expect(document.dynamics.outcomeRewards?.prefix(2) == [11, 13])
    #expect(document.dynamics.actionNames == ["a", "b", "unlabeled"])
    #expect(document.dynamics.stateLabels == ["deadlock": [], "goal here": [1]])
    #expect(document.dynamics.initialDistribution == [1, 0])
    #expect(document.dynamics.stateNames == ["(0,1)", "(0,2)"])
    #expect(document.warnings.isEmpty)
  }

  @Test("reads a chain, and takes state 0 as the initial one without labels")
  func chain() throws {
    let scratch = try Scratch()
    let path = try scratch.write("2 3\n1 1 1\n0 1 .25\n0 0 7.5e-1\n", "m.tra")
    let document = try readModel(at: path)
    #expect(document.dynamics.transitions.probability(row: 0, next: 0) == 0.75)
    #expect(document.dynamics.choiceCount == 2)
    #expect(document.dynamics.initialDistribution == [1, 0])
    #expect(document.warnings.count == 2)
  }

  @Test("reads Storm's variant of the files")
  func storm() throws {
    let scratch = try Scratch()
    let path = try scratch.write("mdp\n0 0 0 0.5\n0 0 1 0.5\n0 1 1 1\n1 0 1 1\n", "m.tra")
    _ = try scratch.write("#DECLARATION\ninit goal\n#END\n0 init\n1 goal\n", "m.lab")
    _ = try scratch.write("0 2\n", "m.srew")
    _ = try scratch.write("0 1 1 5\n", "m.trew")
    let document = try readModel(at: path)
    #expect(document.dynamics.rewards == [2, 7, 0])
    #expect(document.dynamics.stateLabels == ["goal": [1]])
    #expect(document.dynamics.actionNames == nil)
  }

  @Test("reads several reward structures from numbered files, but not those of another model")
  func numberedRewards() throws {
    let scratch = try Scratch()
    let path = try scratch.write(Self.transitions, "m.tra")
    _ = try scratch.write("# Reward structure \"a\"\n2 1\n0 1\n", "m1.srew")
    _ = try scratch.write("2 1\n1 2\n", "m2.srew")
    _ = try scratch.write("2 1\n1 2\n", "m3.srew")
    _ = try scratch.write(Self.transitions, "m3.tra")
    let document = try readModel(at: path)
    #expect(document.rewardModels == ["a": [1, 1, 0], "rew2": [0, 0, 2]])
  }

  @Test("does not write beside files that would be read with the model")
  func strangers() throws {
    let scratch = try Scratch()
    let document = ModelDocument(dynamics: try Samples.checker())
    for stranger in ["m.srew", "m.sta", "m1.trew"] {
      _ = try scratch.write("old", stranger)
      #expect(throws: ModelFormatError.self) { try writeModel(document, to: scratch.path("m.tra")) }
      #expect(try scratch.names() == [stranger])
      try scratch.remove(stranger)
    }
    try writeModel(document, to: scratch.path("m.tra"))
    try writeModel(document, to: scratch.path("m.tra"))
    #expect(try scratch.names() == ["m.lab", "m.tra", "m.trew"])
  }

  static let bad: [(String, String)] = [
    ("", "the file is empty"),
    ("\n\n", "the line of counts is missing"),
    ("ctmc\n0 0 1\n", "a model of kind \"ctmc\""),
    ("2\n", "line 1: expected \"states choices transitions\""),
    ("2 3 4 5\n", "line 1"),
    ("0 0 0\n", "line 1"),
    ("4294967296 3 4\n", "line 1: it says 4294967296 3 4, but the file has only"),
    ("99999999999999999999 3 4\n", "line 1: a count: the number is too large"),
    (transitions.replacing("2 3 4", with: "3 3 4"), "a transition of state 2 of 3 is missing"),
    (transitions.replacing("2 3 4", with: "2 4 4"), "line 1: it says 2 4 4, but there are 2 3 4"),
    (transitions.replacing("2 3 4", with: "2 3 5"), "line 1: it says 2 3 5"),
    (transitions.replacing("2 3 4", with: "1 3 4"), "line 3: next state 1 is not in 0 ..< 1"),
    (
      transitions.replacing("0 1 1 1", with: "0 2 1 1"),
      "line 4: state 0 has choice 2 but no choice 1"
    ),
    (transitions.replacing("0 1 1 1", with: "0 0 1 1"), "line 4: the action differs"),
    (
      transitions.replacing("0 0 1 0.5 a", with: "0 0 0 0.5 a"),
      "line 3: state 0, action 0 \"a\": the tr"
    ),
    (
      transitions.replacing("0 0 1 0.5", with: "0 0 1 0.47"),
      "line 2: row (state 0, action 0 \"a\") sums"
    ),
    (transitions.replacing("0 1 1 1", with: "0 1 1 nan"), "line 4: expected a probability"),
    (transitions.replacing("0 1 1 1", with: "0 1 1 1.5"), "line 4: the probability is 1.5"),
    (transitions.replacing("0 1 1 1", with: "0 1 1 -1"), "line 4: the probability is -1"),
    (transitions.replacing("0 1 1 1", with: "0 1 x 1"), "line 4: expected a next state"),
    ("mdp\n0 0 9999999999 1\n", "line 2: next state 9999999999 is not in"),
    ("mdp\n5 0 0 1\n", "state 5 is not in"),
  ]

  @Test("names the line of a mistake", arguments: bad.indices)
  func mistakes(i: Int) throws {
    let (text, expected) = Self.bad[i]
    let scratch = try Scratch()
    let message = readError(try scratch.write(text, "m.tra"))
    #expect(message.contains(expected), "\(message)")
  }

  @Test(
    "names the file and the line of a mistake in a sibling",
    arguments: [
      ("lab", "0=\"init\" 0=\"x\"\n", "m.lab, line 1"),
      ("lab", "0=\"init\"\n2: 0\n", "m.lab, line 2: state 2 is not in 0 ..< 2"),
      ("lab", "0=\"init\"\n1: 1\n", "m.lab, line 2: label 1 is not declared"),
      ("lab", "0=\"init\"\n1 1\n", "m.lab, line 2: expected \":\""),
      ("lab", "0=init\n", "m.lab, line 1: expected a text in double quotes"),
      ("lab", "#DECLARATION\ninit\n#END\n0 goal\n", "m.lab, line 4: the label goal"),
      ("srew", "2 1\n2 1\n", "m.srew, line 2: state 2 is not in 0 ..< 2"),
      ("srew", "2 1\n0 nan\n", "m.srew, line 2: expected a reward"),
      ("srew", "2 1\n0 1\n0 1\n", "m.srew, line 3: the reward is listed twice"),
      ("trew", "2 3 1\n0 2 0 1\n", "m.trew, line 2: state 0 has only 2 choices"),
      (
        "trew", "2 3 1\n0 1 0 1\n", "m.trew, line 2: state 0, choice 1 has no transition to state 0"
      ),
      ("trew", "2 3 1\n9 1 0 1\n", "m.trew, line 2: state 9 is not in"),
      ("sta", "(x)\n0:(1)\n", "m.sta: state 1 of 2 is missing"),
      ("sta", "(x)\n1:(1)\n", "m.sta, line 2"),
      ("lab", "", "m.lab: the file is empty"),
    ])
  func siblings(ending: String, text: String, expected: String) throws {
    let scratch = try Scratch()
    let path = try scratch.write(Self.transitions, "m.tra")
    _ = try scratch.write(text, "m.\(ending)")
    let message = readError(path)
    #expect(message.contains(expected), "\(message)")
  }
}
