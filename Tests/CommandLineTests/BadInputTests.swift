// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Bad input")
struct BadInputTests {
  /// A model in our own JSON form, with one piece replaced.
  private static func model(_ piece: String, _ replacement: String) -> String {
    let good = """
      {"format": "provably-mdp/1", "states": 2, "actions": 2, "discount": 0.9,
       "choices": [
        {"state": 0, "action": 0, "reward": 1.0, "next": [0, 1], "probability": [0.5, 0.5]},
        {"state": 0, "action": 1, "reward": 0.0, "next": [1], "probability": [1.0]},
        {"state": 1, "action": 0, "reward": 2.0, "next": [0], "probability": [1.0]}]}
      """
    return good.replacingOccurrences(of: piece, with: replacement)
  }

  private static let deep =
    String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)

  /// Name of the file, its text, and what the message must mention.
  static let files: [(name: String, text: String, mentions: [String])] = [
    ("empty.json", "", ["empty.json"]),
    ("empty.npz", "", ["empty.npz"]),
    ("empty.drn", "", ["empty.drn"]),
    ("empty.umb", "", ["empty.umb"]),
    ("deep.json", deep, ["deep.json"]),
    ("junk.npz", "not an archive at all", ["junk.npz"]),
    (
      "missing.drn",
      "@type: MDP\n@parameters\n\n@reward_models\n\n@nr_states\n3\n@nr_choices\n2\n@model\n"
        + "state 0 init\n\taction a\n\t\t1 : 1\nstate 2\n\taction a\n\t\t2 : 1\n",
      ["missing.drn"]
    ),
    (
      "sum.drn",
      "@type: MDP\n@parameters\n\n@reward_models\n\n@nr_states\n1\n@nr_choices\n1\n@model\n"
        + "state 0 init\n\taction a\n\t\t0 : 0.97\n", ["sum.drn", "0.97"]
    ),
    (
      "claim.drn",
      "@type: MDP\n@parameters\n\n@reward_models\n\n@nr_states\n4294967296000\n@nr_choices\n1\n"
        + "@model\nstate 0 init\n\taction a\n\t\t0 : 1\n", ["claim.drn"]
    ),
  ]

  @Test("a bad file ends with 65, one message that names it, and no output", arguments: files)
  func badFiles(_ file: (name: String, text: String, mentions: [String])) throws {
    let program = try Program()
    try program.write(file.name, file.text)
    let run = try program(
      "solve", file.name, "--discount", "0.9", "--values", "v.csv", "--certificate", "c.json")
    #expect(run.code == 65, "\(run.output)\(run.errors)")
    #expect(run.errors.hasPrefix("error: "))
    #expect(run.errors.split(separator: "\n").count <= 2)
    for word in file.mentions { #expect(run.errors.contains(word), "\(run.errors)") }
    #expect(try program.files() == [file.name])
  }

  @Test(
    "a discount outside [0, 1) ends with 65", arguments: ["1", "1.2", "nan", "-0.5", "inf"])
  func discounts(_ discount: String) throws {
    let run = try Program()("solve", "taxi", "--discount=\(discount)")
    #expect(run.code == 65 && run.errors.contains("discount"), "\(run.errors)")
  }

  @Test("a horizon below 1 ends with 65", arguments: ["-1", "0"])
  func horizons(_ horizon: String) throws {
    let run = try Program()("solve", "taxi", "--horizon=\(horizon)")
    #expect(run.code == 65 && run.errors.contains("horizon"), "\(run.errors)")
  }

  @Test(
    "environments that do not exist, or with wrong parameters, end with 65",
    arguments: ["riverswimm", "taxi:seed=3", "maze:slip=2", "maze:cells=x", "maze:cells"])
  func environments(_ name: String) throws {
    let run = try Program()("solve", name, "--discount", "0.9")
    #expect(run.code == 65, "\(run.errors)")
    #expect(run.errors.contains("expected"), "\(run.errors)")
  }

  @Test("a missing file ends with 65, wrong usage with 64")
  func usage() throws {
    let program = try Program()
    #expect(try program("solve", "nowhere.npz", "--discount", "0.9").code == 65)
    #expect(try program("solve", "taxi", "--discount", "0.9", "--horizon", "3").code == 64)
    #expect(try program("solve", "taxi", "--method", "magic").code == 64)
    #expect(try program("solve", "taxi", "--epsilon", "0").code == 64)
    #expect(try program("solve", "taxi", "--values", "v.txt").code == 64)
    #expect(try program("solve").code == 64)
    #expect(try program("prove").code == 64)
    #expect(try program.files().isEmpty)
  }

  @Test("a damaged or foreign certificate ends with 65")
  func certificates() throws {
    let program = try Program()
    _ = try program("solve", "taxi", "--discount", "0.9", "--certificate", "c.json")
    let text = String(decoding: try program.read("c.json"), as: UTF8.self)
    let moved = try #require(text.range(of: "\"lower\": [")?.upperBound)
    let comma = try #require(text[moved...].firstIndex(of: ","))
    let value = try #require(Double(text[moved..<comma]))
    try program.write(
      "moved.json", text.replacingCharacters(in: moved..<comma, with: "\(value - 1e-6)"))
    let run = try program("check", "moved.json", "taxi")
    #expect(run.code == 65 && run.errors.contains("changed"), "\(run.errors)")
    try program.write("junk.json", "{\"schema\": 3}")
    #expect(try program("check", "junk.json", "taxi").code == 65)
    #expect(try program("check", "nowhere.json", "taxi").code == 65)
  }

  @Test(
    "a model beyond the memory is refused before it is built",
    arguments: [
      ["solve", "garnet:states=1000000000,actions=4", "--discount", "0.9"],
      ["info", "garnet:states=200000"], ["make", "maze:cells=1000000", "--out", "m.npz"],
      ["measure", "lowrank:states=1000000"],
      ["solve", "riverswim", "--horizon", "1000000000000000"],
    ])
  func memory(arguments: [String]) throws {
    let program = try Program()
    let run = try program.run(arguments, environment: ["PROVABLY_MAX_MEMORY": "64MiB"])
    #expect(run.code == 65, "\(run.errors)")
    #expect(run.errors.contains("64 MiB may be taken"), "\(run.errors)")
    #expect(run.errors.contains("PROVABLY_MAX_MEMORY"), "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(try program.files().isEmpty)
  }

  @Test("a limit of memory that is no number of bytes is wrong usage")
  func badLimit() throws {
    let run = try Program().run(["info", "taxi"], environment: ["PROVABLY_MAX_MEMORY": "lots"])
    #expect(run.code == 64)
    #expect(run.errors.contains("expected a number of bytes such as 8GiB"), "\(run.errors)")
  }

  @Test("an error is one line of moderate length, whatever the file quotes")
  func quotedErrors() throws {
    let program = try Program()
    let long = String(repeating: "z", count: 5_000)
    try program.write("t.csv", "x,y\n1,\"\u{1B}[31m\nerror: \u{202E}\(long)\"\n")
    let run = try program("plot", "t.csv", "-o", "t.svg")
    #expect(run.code == 65)
    #expect(run.errors.split(separator: "\n").count == 1)
    #expect(run.errors.unicodeScalars.count < 1_100)
    #expect(!run.errors.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
    #expect(run.errors.hasSuffix("z is no number\n"), "\(run.errors)")
  }
}
