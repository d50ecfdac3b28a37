// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably

/// Times UCBVI with the exact regret of every episode, and the plain loop of `episodes.py` beside it.
struct Episodes: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure episodes a second of UCBVI on slippery grids, one core, and of numba.")

  @Option(help: "Episodes of a run.")
  var episodes: Int = 1000

  @Option(help: "How many runs to take the best of.")
  var repetitions: Int = 9

  @Option(help: "The factor of the bonus.")
  var factor: Double = 1

  @Option(help: "A Python with numpy and numba; none: only ours.")
  var python: String?

  private struct Line: Encodable {
    let event = "episodes"
    let grid: String
    let horizon: Int
    let episodes: Int
    let factor: Double
    let episodesPerSecond: Double
    let rivalEpisodesPerSecond: Double?
    let ratio: Double?
    let regret: Double
    let rivalRegret: Double?
  }

  func run() throws {
    for (side, horizon) in [(5, 20), (10, 20), (10, 40)] {
      var map = [String](repeating: String(repeating: "F", count: side), count: side)
      map[0] = "S" + map[0].dropFirst()
      map[side - 1] = map[side - 1].dropLast() + "G"
      let problem = try EpisodicProblem(try FrozenLake(map: map).model(), horizon: horizon)
      var best = Double.infinity
      var regret = 0.0
      for seed in 0..<repetitions {
        var rng = Xoshiro256(seed: UInt64(seed), purpose: "episodes")
        let (seconds, curve) = try Stopwatch.time {
          try UCBVI(multiplier: factor).regret(on: problem, at: [episodes], using: &rng)
        }
        best = min(best, seconds)
        regret += curve[0] / Double(repetitions)
      }
      let speed = Double(episodes) / best
      let rival = try rival(side: side, horizon: horizon)
      try printJSON(
        Line(
          grid: "\(side)x\(side)", horizon: horizon, episodes: episodes, factor: factor,
          episodesPerSecond: speed, rivalEpisodesPerSecond: rival?[0],
          ratio: rival.map { speed / $0[0] }, regret: regret, rivalRegret: rival?[1]))
    }
  }

  /// Episodes a second and mean regret of the plain loop.
  private func rival(side: Int, horizon: Int) throws -> [Double]? {
    guard let python else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    process.arguments =
      [folder.appendingPathComponent("episodes.py").path]
      + [side, horizon, episodes, repetitions].map(String.init) + ["\(factor)"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let numbers = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      .compactMap { Double($0) }
    guard process.terminationStatus == 0, numbers.count == 2 else {
      throw ValidationError("\(python) episodes.py failed")
    }
    return numbers
  }
}
