// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("provably query")
struct QueryTests {
  private func ask(_ arguments: String...) throws -> [String: Any] {
    let run = try Program().run(["query"] + arguments + ["--json"])
    #expect(run.code == 0, "\(run.errors)")
    let answer = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(answer["schema"] as? String == "provably-query/1")
    return answer
  }

  private func facts(_ answer: [String: Any]) throws -> [String: Any] {
    try #require(answer["facts"] as? [String: Any])
  }

  private func table(_ answer: [String: Any]) throws -> [[String: Any]] {
    try #require(answer["table"] as? [[String: Any]])
  }

  /// State 0 stays for 1 or goes to state 1 for 0; state 1 pays 3 for ever, or 2 and back.
  ///
  /// V(1) = 3 / (1 − γ); going is worth 3 γ / (1 − γ), staying 1 / (1 − γ): going wins from γ = 1/3 on.
  private static let twoStates = """
    {"format": "provably-mdp/1", "states": 2, "actions": 2, "discount": 0.75,
     "choices": [
      {"state": 0, "action": 0, "reward": 1.0, "next": [[0, 1.0]]},
      {"state": 0, "action": 1, "reward": 0.0, "next": [[1, 1.0]]},
      {"state": 1, "action": 0, "reward": 3.0, "next": [[1, 1.0]]},
      {"state": 1, "action": 1, "reward": 2.0, "next": [[0, 1.0]]}],
     "initial": [[0, 1.0]]}
    """

  private func askTwoStates(_ question: String, _ more: String...) throws -> [String: Any] {
    let program = try Program()
    try program.write("two.json", Self.twoStates)
    let run = try program.run(["query", "two.json", question, "--json"] + more)
    #expect(run.code == 0, "\(run.errors)")
    return try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  @Test("gaps: the closed form of two states lies in every interval")
  func gaps() throws {
    let answer = try askTwoStates("gaps")
    // At γ = 3/4: V = (9, 12), Q = (1 + 6.75, 9; 12, 2 + 6.75).
    let q = [7.75, 9, 12, 8.75]
    let gap = [1.25, 0, 0, 3.25]
    let rows = try table(answer)
    #expect(rows.count == 4)
    for (k, row) in rows.enumerated() {
      let bounds = try ["gapLower", "gapUpper", "qLower", "qUpper"].map {
        try #require(row[$0] as? Double)
      }
      #expect(bounds[0] <= gap[k] && gap[k] <= bounds[1] && bounds[1] - bounds[0] < 1e-9)
      #expect(bounds[2] <= q[k] && q[k] <= bounds[3] && bounds[3] - bounds[2] < 1e-9)
      #expect(row["canBeOptimal"] as? Bool == (gap[k] == 0))
    }
    #expect(try facts(answer)["decidedStates"] as? Int == 2)
  }

  @Test("discounts: going is optimal from a third on, and what wins below is staying")
  func discounts() throws {
    let answer = try askTwoStates("discounts")
    let found = try facts(answer)
    #expect(abs(try #require(found["lower"] as? Double) - 1 / 3.0) < 1e-9)
    #expect(found["upper"] as? Double == 0.9999)
    let rows = try table(answer)
    #expect(rows.count == 1 && rows[0]["side"] as? String == "below")
    #expect(rows[0]["state"] as? String == "0" && rows[0]["betterAction"] as? String == "0")
  }

  @Test("occupancy and sensitivity: visits 1 and γ/(1 − γ), slopes of 3γ/(1 − γ)")
  func visits() throws {
    // Start in state 0: one visit to going, then 1/(1 − γ) − 1 = 3 visits to state 1.
    let rows = try table(askTwoStates("occupancy"))
    #expect(rows.count == 2)
    #expect(rows.map { $0["state"] as? String } == ["1", "0"])
    let visits = rows.compactMap { $0["visits"] as? Double }
    #expect(abs(visits[0] - 3) < 1e-12 && abs(visits[1] - 1) < 1e-12)
    let answer = try askTwoStates("sensitivity")
    let found = try facts(answer)
    #expect(abs(try #require(found["value"] as? Double) - 9) < 1e-12)
    // d/dγ 3γ/(1 − γ) = 3/(1 − γ)² = 48.
    #expect(abs(try #require(found["derivativeInDiscount"] as? Double) - 48) < 1e-10)
    // γ d V = 0.75 · 3 · 12 for the loop of state 1.
    let slope = try #require(try table(answer)[0]["derivativeInProbability"] as? Double)
    #expect(abs(slope - 27) < 1e-10)
  }

  @Test("quotient: the holes of the lake are one block")
  func quotient() throws {
    let answer = try ask("frozenlake:map=4x4", "quotient")
    let rows = try table(answer)
    #expect(rows.count == 16)
    let holes = [5, 7, 11, 12].map { rows[$0]["block"] as? Int }
    #expect(Set(holes).count == 1)
    #expect(try facts(answer)["blocks"] as? Int == Set(rows.map { $0["block"] as? Int }).count)
  }

  @Test("blackwell: gain and bias are fractions, and the bound on the discount holds")
  func blackwell() throws {
    let answer = try askTwoStates("blackwell")
    let rows = try table(answer)
    // Gain 3 everywhere; the bias is −3 in state 0, which loses one step, and 0 in state 1.
    #expect(rows.map { $0["gain"] as? String } == ["3", "3"])
    #expect(rows.map { $0["bias"] as? String } == ["-3", "0"])
    #expect(rows.map { $0["action"] as? String } == ["1", "0"])
    let from = try #require(try facts(answer)["optimalFrom"] as? Double)
    #expect(from >= 1 / 3.0 && from < 1)
  }

  @Test("the text says what the answer is worth and cuts the table where it is told to")
  func text() throws {
    let program = try Program()
    let run = try program("query", "taxi", "gaps", "--discount", "0.99", "--rows", "3")
    #expect(run.code == 0)
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.contains { $0.hasPrefix("guarantee") && $0.contains("rounding") })
    #expect(run.output.contains("… 2997 more lines"))
  }

  @Test("wrong questions end with one clear message")
  func wrong() throws {
    let program = try Program()
    let twice = try program("query", "taxi", "quotient", "--discount", "0.9")
    #expect(twice.code == 64 && twice.errors.contains("leave --discount out"))
    let unknown = try program("query", "taxi", "colour")
    #expect(unknown.code == 64 && unknown.errors.contains("colour"))
    let ends = try program("query", "frozenlake:map=4x4", "blackwell")
    #expect(ends.code == 65 && ends.errors.contains("absorbing"))
    let large = try program("query", "maze:cells=400", "blackwell")
    #expect(large.code == 65 && large.errors.contains("128"))
    let factored = try program("query", "lowrank:states=50", "gaps", "--discount", "0.9")
    #expect(factored.code == 65 && factored.errors.contains("provably make lowrank:states=50"))
  }

  @Test("a small low-rank model is written as a table with the same values; a large one is not")
  func lowRankTable() throws {
    let program = try Program()
    let factors = "lowrank:states=30,actions=2,rank=3"
    let made = try program("make", factors, "--out", "table.npz")
    #expect(made.code == 0, "\(made.errors)")
    let asked = try program("query", "table.npz", "gaps", "--discount", "0.9")
    #expect(asked.code == 0, "\(asked.errors)")
    func value(_ model: String, _ method: String) throws -> Double {
      let outcome = try program(
        "solve", model, "--discount", "0.9", "--method", method, "--epsilon", "1e-9", "--json")
      #expect(outcome.code == 0, "\(outcome.errors)")
      let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      return try #require((document as? [String: Any])?["value"] as? Double)
    }
    #expect(abs(try value(factors, "low-rank") - value("table.npz", "pi")) < 1e-8)
    let large = try program("make", "lowrank:states=2000", "--out", "large.npz")
    #expect(large.code == 65 && large.errors.contains("16000000 entries"), "\(large.errors)")
    #expect(try program.files() == ["table.npz"])
  }
}
