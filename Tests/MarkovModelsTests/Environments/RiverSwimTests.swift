// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("RiverSwim")
struct RiverSwimTests {
  @Test("the closed form is the optimal gain", arguments: [2, 3, 6, 12])
  func optimalGain(states: Int) throws {
    let river = try RiverSwim(states: states)
    let gain = Oracle(try river.model()).optimalGain(tolerance: 1e-11)
    expectClose(river.optimalGain, gain, tolerance: 1e-10)
  }

  @Test("the mouth wins when the current is strong")
  func strongCurrent() throws {
    let river = try RiverSwim(states: 8, ahead: 0.1, back: 0.6)
    #expect(river.gainOfSwimmingRight < river.mouthReward)
    #expect(river.optimalGain == river.mouthReward)
    let gain = Oracle(try river.model()).optimalGain(tolerance: 1e-11)
    expectClose(gain, river.optimalGain, tolerance: 1e-10)
  }

  @Test("has the transitions of the picture")
  func transitions() throws {
    let model = try RiverSwim().model()
    let rows = model.transitions.denseForm()
    expectClose(
      rows.elements[(1 * 6)..<(2 * 6)].map { $0 }, [0.4, 0.6, 0, 0, 0, 0], tolerance: 1e-15)
    expectClose(
      rows.elements[(7 * 6)..<(8 * 6)].map { $0 }, [0, 0, 0.05, 0.6, 0.35, 0], tolerance: 1e-15)
    expectClose(
      rows.elements[(11 * 6)..<(12 * 6)].map { $0 }, [0, 0, 0, 0, 0.4, 0.6], tolerance: 1e-15)
    #expect(model.rewards == [0.005, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
  }

  @Test("refuses parameters out of range")
  func badParameters() {
    #expect(throws: ModelError.self) { try RiverSwim(states: 1) }
    #expect(throws: ModelError.self) { try RiverSwim(ahead: 0.9, back: 0.2) }
    #expect(throws: ModelError.self) { try RiverSwim(back: 0) }
    #expect(throws: ModelError.self) { try RiverSwim(fromMouth: .nan) }
    #expect(throws: ModelError.self) { try RiverSwim(sourceReward: .infinity) }
  }
}
