// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import ModelFormats
import Testing

/// The files in `Golden/storm` were written here and read by Storm; `report.txt` has its answers.
@Suite struct StormTests {
  static let sources = [
    ("checker", "storm/checker.json"), ("frozenlake", "gymnasium/frozenlake-4x4.json"),
    ("maze_2", "prism/maze_2.umb"), ("slipgrid", "prism/slipgrid.umb"),
    ("two_dice", "prism/two_dice.umb"),
  ]

  @Test("still writes the bytes that Storm has read", arguments: sources)
  func sameBytes(name: String, source: String) throws {
    let document = try readModel(at: golden(source))
    let scratch = try Scratch()
    for ending in ["umb", "drn", "tra"] {
      try writeModel(document, to: scratch.path("\(name).\(ending)"))
    }
    let written = try scratch.names()
    #expect(written.count >= 5)
    for file in written {
      let expected = try readBytes(golden("storm/\(file)"))
      #expect(try scratch.bytes(file) == expected, "\(file)")
    }
  }

  @Test("agrees with Storm on sizes and labels", arguments: sources)
  func sizes(name: String, source: String) throws {
    let report = String(decoding: try readBytes(golden("storm/report.txt")), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    for ending in ["umb", "drn", "tra"] {
      let model = try readModel(
        at: golden("storm/\(name).\(ending)"), options: .init(storage: .sparse)
      ).dynamics
      let title = try #require(report.firstIndex(of: "\(name).\(ending) as written here"))
      #expect(
        report[title + 1] == "  \(model.stateCount) states, \(model.choiceCount) choices, "
          + "\(model.transitions.transitionCount) transitions")
      let labels = model.stateLabels.merging(["init": [0]]) { a, _ in a }
      let expected = labels.sorted { $0.key < $1.key }.map {
        "\(ending == "tra" ? $0.key.replacing(" ", with: "_") : $0.key) \($0.value.count)"
      }
      #expect(report[title + 2] == "  labels: " + expected.joined(separator: ", "))
    }
  }

  @Test("keeps Storm's answers the same for the original and for what was written here")
  func sameAnswers() throws {
    let report = String(decoding: try readBytes(golden("storm/report.txt")), as: UTF8.self)
    var answers: [String: Set<String>] = [:]
    var name = ""
    for line in report.split(separator: "\n") {
      if !line.hasPrefix(" ") {
        name = String(line.prefix { $0 != "." })
      } else if let equals = line.range(of: " = ") {
        answers[name + line[..<equals.lowerBound], default: []].insert(
          String(line[equals.upperBound...]))
      }
    }
    #expect(answers.count == 11)
    for (question, values) in answers { #expect(values.count == 1, "\(question): \(values)") }
  }
}
