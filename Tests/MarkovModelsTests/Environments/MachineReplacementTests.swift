// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("MachineReplacement")
struct MachineReplacementTests {
  @Test(
    "the closed form is the optimal gain",
    arguments: [(10, 0.5, 10.0), (5, 0.9, 1.0), (4, 0.2, 100.0), (6, 1.0, 0.0)])
  func optimalGain(states: Int, wear: Double, cost: Double) throws {
    let machine = try MachineReplacement(states: states, wear: wear, replacementCost: cost)
    let gain = Oracle(try machine.model()).optimalGain(tolerance: 1e-11)
    expectClose(machine.optimalGain, gain, tolerance: 1e-9)
  }

  @Test("the gain of a limit is that of its cycle")
  func cycle() throws {
    // Replacing at 2 when each step wears: costs 0, 1, R = 10 over three steps.
    let machine = try MachineReplacement(wear: 1)
    expectClose(machine.gain(ofReplacingAt: 2), -11.0 / 3, tolerance: 1e-12)
    #expect(machine.gain(ofReplacingAt: 0) == -10)
    #expect(machine.gain(ofReplacingAt: 10) == -9)
  }

  @Test("refuses parameters out of range")
  func badParameters() {
    #expect(throws: ModelError.self) { try MachineReplacement(states: 1) }
    #expect(throws: ModelError.self) { try MachineReplacement(wear: 0) }
    #expect(throws: ModelError.self) { try MachineReplacement(replacementCost: -1) }
  }
}
