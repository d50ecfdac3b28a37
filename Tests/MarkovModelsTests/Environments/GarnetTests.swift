// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("Garnet")
struct GarnetTests {
  @Test("every choice has the given number of distinct next states", arguments: [1, 5, 17, 100])
  func branching(b: Int) throws {
    let model = try Garnet(states: 100, actions: 3, branching: b).model()
    let rows = model.transitions.sparseForm()
    for k in 0..<model.choiceCount {
      #expect(Set(rows.columns[rows.entries(ofRow: k)]).count == b)
    }
  }

  @Test("rows sum to exactly one")
  func exactRows() throws {
    let rows = try Garnet(states: 50, branching: 20).model().transitions.sparseForm()
    for k in 0..<rows.rowCount {
      // Multiples of 2⁻⁵³ that sum to 1 do so without rounding, in any order.
      #expect(rows.entries(ofRow: k).reduce(0) { $0 + rows.values[$1] } == 1)
    }
  }

  @Test("next states stay within the window", arguments: [0, 1, 6])
  func window(w: Int) throws {
    let recipe = try Garnet(states: 40, actions: 2, branching: min(w + 1, 4), window: w)
    let model = try recipe.model()
    for k in 0..<model.choiceCount {
      model.transitions.forEachEntry(row: k) { next, _, _ in
        #expect(abs(next - model.state(ofChoice: k)) <= w)
      }
    }
  }

  @Test("next states are uniform")
  func uniform() throws {
    // 8000 choices of 2 of 10 states: each count has mean 1600 and variance 1280; one of them is off
    // by 216 with probability below 10 · 2 e⁻¹⁷ < 10⁻⁶ for one seed (Bernstein).
    let model = try Garnet(states: 10, actions: 800, branching: 2, seed: 3).model()
    let rows = model.transitions.sparseForm()
    var counts = [Int](repeating: 0, count: 10)
    for column in rows.columns { counts[Int(column)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 1600) < 216 })
  }

  @Test("is dense when the branching is that of a dense model")
  func storage() throws {
    guard case .dense = try Garnet(states: 20, branching: 20).model().transitions else {
      Issue.record("expected dense storage")
      return
    }
    guard case .sparse = try Garnet(states: 200, branching: 2).model().transitions else {
      Issue.record("expected sparse storage")
      return
    }
  }

  @Test("is a pure function of its parameters")
  func repeatable() throws {
    #expect(try Garnet(seed: 4).model() == Garnet(seed: 4).model())
    #expect(try Garnet(seed: 4).model() != Garnet(seed: 5).model())
  }

  @Test("refuses parameters out of range")
  func badParameters() {
    #expect(throws: ModelError.self) { try Garnet(states: 0) }
    #expect(throws: ModelError.self) { try Garnet(states: 4) }
    #expect(throws: ModelError.self) { try Garnet(branching: 0) }
    #expect(throws: ModelError.self) { try Garnet(branching: 4, window: 2) }
    #expect(throws: ModelError.self) { try Garnet(states: 2_000_000_000, branching: 5) }
  }
}
