// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Demos

@Suite("Logs of the Open Bandit Dataset")
struct BanditLogsTests {
  /// A folder with two logs of these texts; it goes away with the returned closure.
  private func folder(_ bts: String, _ random: String) throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("provably-logs-\(UUID().uuidString)")
    for (name, text) in [("bts", bts), ("random", random)] {
      let place = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: place.appendingPathComponent("men.csv"))
    }
    return folder
  }

  private static let header = ",item_id,click,propensity_score,more\n"

  @Test("the estimate by hand: three rounds, one click of propensity 1/17")
  func byHand() throws {
    // Weights 1/34 over 1/17, 1/34, 2/17: 1/2, 1, 1/4; the click has weight 1/2: IPS 1/6, SNIPS 2/7.
    let log = "0,5,1,\(1.0 / 17),x\n1,6,0,\(1.0 / 34),x\n2,7,0,\(2.0 / 17),x\n"
    let place = try folder(Self.header + log, Self.header + "0,1,1,0.03,x\n1,2,0,0.03,x\n")
    defer { try? FileManager.default.removeItem(at: place) }
    let unset = try BanditLogs(environment: [:])
    #expect(unset == nil)
    let logs = try #require(try BanditLogs(environment: ["OPEN_BANDIT": place.path]))
    var screen = Screen()
    try logs.draw(on: &screen)
    #expect(screen.text.contains("500.00"))
    #expect(screen.text.contains("166.67"))
    #expect(screen.text.contains("285.71"))
    #expect(screen.text.contains("333.33"))
    #expect(screen.lines.allSatisfy { $0.count <= 80 } && screen.lines.count <= 24)
  }

  @Test("a file that is no such log is one clear error")
  func refusals() throws {
    let good = Self.header + "0,1,1,0.03,x\n"
    for (bad, reason) in [
      ("a,b\n1,2\n", "no columns click"), (Self.header, "no rounds"),
      (Self.header + "0,1,2,0.03,x\n", "line 2: a click is 0 or 1"),
      (Self.header + "0,1,1,0.03,x\n0,1,1,0,x\n", "line 3"), (Self.header + "0,1\n", "line 2"),
      (Self.header + "0,1,1,nan,x\n", "line 2"),
    ] {
      let place = try folder(bad, good)
      defer { try? FileManager.default.removeItem(at: place) }
      let error = #expect(throws: DemoInputError.self) {
        try BanditLogs(environment: ["OPEN_BANDIT": place.path])
      }
      #expect(error?.description.contains(reason) == true, "\(reason)")
    }
    let missing = #expect(throws: DemoInputError.self) {
      try BanditLogs(environment: ["OPEN_BANDIT": "/nowhere"])
    }
    #expect(missing?.description.contains("cannot be read") == true)
  }
}
