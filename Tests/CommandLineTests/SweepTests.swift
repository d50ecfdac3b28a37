// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Sweep and plot")
struct SweepTests {
  let program: Program
  init() throws { program = try Program() }

  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: program.folder.appendingPathComponent(name))
  }

  static let river = """
    {"name": "river", "environments": ["riverswim:states=4", "combinationlock"], "horizon": 8,
     "episodes": 300, "trials": 4,
     "learners": [{"algorithm": "ucbvi", "multiplier": 0.1}, {"algorithm": "greedy"}],
     "expect": [{"learner": "ucbvi c=0.1", "environment": "riverswim:states=4", "slope": SLOPE,
                 "within": 0.9, "from": 30, "to": 300}]}
    """

  @Test("a sweep is run, judged and reported; a false expectation is found out")
  func sweep() throws {
    try write("true.json", Self.river.replacingOccurrences(of: "SLOPE", with: "0.5"))
    let good = try program("sweep", "true.json", "--out", "pages", "--export", "cells")
    #expect(good.code == 0 && good.output.contains("consistent"), "\(good.errors)\(good.output)")
    let page = try String(
      contentsOf: program.folder.appendingPathComponent("pages/river/README.md"), encoding: .utf8)
    #expect(page.contains("provably sweep true.json --seed 1"))
    #expect(page.contains("riverswim:states=4"))
    let cells = try String(
      contentsOf: program.folder.appendingPathComponent("cells/river-sweep.csv"), encoding: .utf8)
    #expect(cells.split(separator: "\n").count == 1 + 2 * 2 * 4)
    try write("false.json", Self.river.replacingOccurrences(of: "SLOPE", with: "-4"))
    let bad = try program("sweep", "false.json")
    #expect(bad.code == 2 && bad.output.contains("inconsistent"), "\(bad.errors)")
  }

  @Test("a wrong specification is one clear error")
  func errors() throws {
    let good = Self.river.replacingOccurrences(of: "SLOPE", with: "0.5")
    let cases = [
      ("\"trials\": 4", "\"trails\": 4", "unknown field trails"),
      ("\"trials\": 4,", "", "lacks the field trials"),
      ("\"trials\": 4", "\"trials\": \"four\"", "trials"),
      ("\"trials\": 4", "\"trials\": 0", "trials: 0 is not between"),
      ("\"horizon\": 8", "\"horizon\": -1", "horizon: -1"),
      ("riverswim:states=4\", \"combinationlock", "lake", "environments, lake"),
      ("\"ucbvi\",", "\"ucbv\",", "there is no algorithm ucbv"),
      ("\"multiplier\": 0.1", "\"multiplier\": -1", "a multiplier is not negative"),
      ("ucbvi c=0.1", "ucbvi", "the sweep has no learner ucbvi"),
      ("\"to\": 300", "\"to\": 301", "from < to"),
      ("\"name\": \"river\"", "\"name\": \"../x\"", "name: ../x"),
      ("\"combinationlock\"", "\"chain\"", "[0, 1]"),
      ("{\"name\"", "[{\"name\"", "it is not"),
    ]
    for (old, new, text) in cases {
      #expect(good.contains(old))
      try write("bad.json", good.replacingOccurrences(of: old, with: new))
      let outcome = try program("sweep", "bad.json")
      #expect(outcome.code == 65 && outcome.errors.contains(text), "\(new): \(outcome.errors)")
      #expect(outcome.errors.hasPrefix("error: bad.json: "), "\(outcome.errors)")
    }
    #expect(try program("sweep", "none.json").code == 65)
  }

  @Test("a table is drawn; a missing column, a word for a number, an existing file are refused")
  func plot() throws {
    try write("t.csv", "K,regret,who\n1,10,a\n10,20,a\n100,40,a\n1,12,\"b, c\"\n10,15,\"b, c\"\n")
    let arguments = ["plot", "t.csv", "--x", "K", "--y", "regret", "--series", "who", "--log-x"]
    let first = try program.run(arguments + ["--log-y", "-o", "t.svg"])
    #expect(first.code == 0, "\(first.errors)")
    let svg = try String(
      contentsOf: program.folder.appendingPathComponent("t.svg"), encoding: .utf8)
    #expect(svg.hasPrefix("<svg") && svg.contains("b, c"))
    #expect(try program.run(arguments + ["-o", "t.svg"]).code == 1)
    let dashed = arguments + ["--theory", "b, c", "--subtitle", "two of them", "-o"]
    #expect(try program.run(dashed + ["d.svg"]).code == 0)
    let theory = try String(decoding: program.read("d.svg"), as: UTF8.self)
    #expect(theory.contains("stroke-dasharray=\"6 4\"") && theory.contains("two of them"))
    #expect(!svg.contains("stroke-dasharray=\"6 4\""))
    let unknown = try program.run(arguments + ["--theory", "d", "-o", "u.svg"])
    #expect(unknown.code == 65 && unknown.errors.contains("no series d"), "\(unknown.errors)")
    #expect(unknown.errors.contains("it has a, b, c"))
    let missing = try program("plot", "t.csv", "--x", "K", "--y", "loss", "-o", "u.svg")
    #expect(missing.code == 65 && missing.errors.contains("its columns are K, regret, who"))
    try write("w.csv", "x,y\n1,2\n2,three\n")
    let word = try program("plot", "w.csv", "-o", "u.svg")
    #expect(word.code == 65 && word.errors.contains("w.csv, line 3, y: three is no number"))
    try write("z.csv", "x,y\n1,2\n2,0\n")
    let zero = try program("plot", "z.csv", "--log-y", "-o", "u.svg")
    #expect(zero.code == 65 && zero.errors.contains("z.csv"))
    let left = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
    #expect(!left.contains("u.svg"))
  }
}
