// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("Inventory")
struct InventoryTests {
  @Test("has the published optimal values over three months")
  func published() throws {
    let model = try Inventory().model()
    #expect(Oracle(model).optimalValues(horizon: 3) == Inventory.publishedValues)
  }

  @Test("has the published rewards and transitions")
  func rewards() throws {
    let model = try Inventory().model()
    #expect(model.choicePointers == [0, 4, 7, 9, 10])
    #expect(model.rewards == [0, -1, -2, -5, 5, 0, -3, 6, -1, 5])
    let rows = model.transitions.denseForm()
    // Supply 0, 1, 2, 3 in state 0.
    #expect(
      Array(rows.elements[0..<16]) == [
        1, 0, 0, 0, 0.75, 0.25, 0, 0, 0.25, 0.5, 0.25, 0, 0, 0.25, 0.5, 0.25,
      ])
  }

  @Test("copes with demand beyond or below the capacity")
  func demand() throws {
    let large = try Inventory(capacity: 2, demand: [0, 0, 0, 0, 0, 1]).model()
    #expect(
      (0..<large.choiceCount).allSatisfy { large.transitions.probability(row: $0, next: 0) == 1 })
    let none = try Inventory(capacity: 2, demand: [1]).model()
    #expect(none.isAbsorbing(2))
  }

  @Test("refuses parameters out of range")
  func badParameters() {
    #expect(throws: ModelError.self) { try Inventory(capacity: 0) }
    #expect(throws: ModelError.self) { try Inventory(demand: []) }
    #expect(throws: ModelError.self) { try Inventory(demand: [0.5, 0.6]) }
    #expect(throws: ModelError.self) { try Inventory(demand: [1.5, -0.5]) }
    #expect(throws: ModelError.self) { try Inventory(price: .nan) }
  }
}
