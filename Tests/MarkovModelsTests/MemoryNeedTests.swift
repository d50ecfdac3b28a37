// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import MarkovModels

@Suite struct MemoryNeedTests {
  @Test("adds up what a model and its solver keep")
  func arithmetic() {
    let need = MemoryNeed.tabular(states: 1e7, choices: 2e7, entries: 1e8)
    #expect(need.bytes == 24e8 + 32 * 2e7 + 56e7)
    #expect(MemoryNeed.factored(states: 10, choices: 40, entries: 1_000).bytes == 17_840)
    #expect(MemoryNeed.stages(horizon: 9, states: 100).bytes == 60_000)
  }

  @Test("refuses with what is needed and what is there")
  func refusal() throws {
    let need = MemoryNeed(bytes: 3 * 0x1p30)
    try need.check("a model", available: 3 << 30)
    let error = #expect(throws: ModelError.self) {
      try need.check("a model", available: (3 << 30) - 1)
    }
    #expect(
      error.map { "\($0)" }?.hasPrefix("a model needs about 3 GiB of memory, but 3 GiB may be")
        == true)
  }

  @Test("asks nobody about small models")
  func small() throws {
    try MemoryNeed(bytes: 0x1p26).check("a model", available: 0)
    #expect(throws: ModelError.self) {
      try MemoryNeed(bytes: 0x1p26.nextUp).check("a model", available: 0)
    }
  }

  @Test(
    "refuses sizes whose product no integer holds",
    arguments: [(1e18, 1e18, 1e18), (1e300, 1e300, 1e300), (1, 1, .infinity), (1, 1, .nan)])
  func overflow(states: Double, choices: Double, entries: Double) {
    let need = MemoryNeed.tabular(states: states, choices: choices, entries: entries)
    #expect(throws: ModelError.self) { try need.check("a model", available: 1 << 62) }
  }

  @Test("prints bytes in the unit that suits them")
  func text() {
    #expect(MemoryNeed.text(999) == "999 B")
    #expect(MemoryNeed.text(1_000) == "0.98 KiB")
    #expect(MemoryNeed.text(0x1p30 * 1.25) == "1.25 GiB")
    #expect(MemoryNeed.text(37.26 * 0x1p30) == "37.3 GiB")
    #expect(MemoryNeed.text(1e30).hasSuffix("EiB"))
    #expect(!MemoryNeed.text(.infinity).contains("inf"))
  }

  @Test(
    "reads numbers of bytes",
    arguments: [
      ("8GiB", 8 << 30), ("500MB", 500_000_000), ("1e9", 1_000_000_000), ("12 kB", nil), ("0", nil),
      ("-1GB", nil), ("lots", nil), ("", nil), ("nanB", nil), ("1e30", 1 << 62), ("0.5KiB", 512),
    ] as [(String, Int?)])
  func bytes(text: String, expected: Int?) {
    #expect(MachineMemory.bytes(parsing: text) == expected)
  }

  @Test("reads what Linux says is available")
  func memoryInformation() {
    let text = "MemTotal:       24661852 kB\nMemFree: 1 kB\nMemAvailable:   22020096 kB\n"
    #expect(MachineMemory.availableBytes(memoryInformation: text) == 22_020_096 * 1_024)
    #expect(MachineMemory.availableBytes(memoryInformation: "MemTotal: 5 kB\n") == nil)
    #expect(MachineMemory.availableBytes(memoryInformation: "MemAvailable:\n") == nil)
  }

  @Test("finds the limits of control groups, of both versions")
  func controlGroups() {
    #expect(
      MachineMemory.controlGroupFiles("0::/user.slice/job\n") == [
        "/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/user.slice/memory.max",
        "/sys/fs/cgroup/user.slice/job/memory.max",
      ])
    #expect(
      MachineMemory.controlGroupFiles("5:cpu:/x\n4:memory:/docker\n") == [
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory/docker/memory.limit_in_bytes",
      ])
    #expect(MachineMemory.limit(controlGroup: "max\n") == nil)
    #expect(MachineMemory.limit(controlGroup: "1073741824\n") == 1 << 30)
  }

  @Test("finds some memory on this machine")
  func available() { #expect(MachineMemory.available > 1 << 20) }
}
