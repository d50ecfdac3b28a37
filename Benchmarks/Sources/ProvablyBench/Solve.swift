// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably

/// Times a planner on one instance: the model is loaded once and solved again and again.
///
/// Standard output has one JSON document a line: `ready` when the model is in memory, `repetition`
/// after each solve, `result` at the end. A parent that loses patience thus keeps what was measured.
struct Solve: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Time one planner on one instance.")

  @Argument(help: "An .npz file, or an environment (a low-rank one is never formed).")
  var instance: String

  @Option(help: "The discount, in [0, 1).")
  var discount: Double?

  @Option(help: "The number of stages of a finite horizon.")
  var horizon: Int?

  @Option(help: "One of auto, vi, gs, pi, mpi, lp.")
  var method: Method = .auto

  @Option(help: "The certified gap to reach: twice the error of the values, which are its middle.")
  var epsilon: Double = 2e-6

  @Option(help: "How often to solve; slow solves are repeated less.")
  var repetitions: Int = 5

  @Option(help: "No solve is started when all before it took longer than this together.")
  var patience: Double = 20

  @Option(help: "Write the value vector to this .npy file.")
  var values: String?

  @Flag(help: "Also time single sweeps over all of P, for the roofline.")
  var sweeps = false

  func run() throws {
    let (loadSeconds, model) = try Stopwatch.time { try Instance(instance) }
    let loadPeak = ProcessMemory.peakBytes
    try Line(event: "ready", loadSeconds: loadSeconds).print()
    ProcessMemory.forgetPeak()
    var seconds: [Double] = []
    var last: Answer?
    for _ in 0..<max(1, repetitions) {
      last = nil  // so that the memory of two answers is never held at once
      let (time, answer) = try Stopwatch.time { try solve(model) }
      seconds.append(time)
      last = answer
      try Line(event: "repetition", seconds: [time]).print()
      if seconds.reduce(0, +) > patience { break }
    }
    guard let answer = last else { return }
    let solvePeak = ProcessMemory.peakBytes
    let refusal = check(answer, model)
    if let values { try writeNpy(answer.values, to: values) }
    let certificate = answer.certificate
    let estimate = PassEstimate(
      certificate.method, iterations: certificate.iterations, notes: answer.notes,
      choices: model.choiceCount)
    try Line(
      event: "result", loadSeconds: loadSeconds, seconds: seconds, method: certificate.method,
      notes: answer.notes, status: certificate.status.rawValue, iterations: certificate.iterations,
      gap: certificate.gap, verified: refusal == nil, refusal: refusal?.description,
      states: model.stateCount, choices: model.choiceCount, entries: model.entryCount,
      dense: model.isDense, bytesPerPass: model.bytesPerPass, passes: estimate.passes,
      passesAre: estimate.kind.rawValue, sweepSeconds: sweeps ? FullSweep(model)?.seconds() : nil,
      peakBytes: max(loadPeak, solvePeak), solvePeakBytes: solvePeak
    ).print()
  }

  /// What every kind of solution has.
  private struct Answer {
    let values: [Double]
    let certificate: Certificate
    let notes: [String]
  }

  private func solve(_ model: Instance) throws -> Answer {
    switch model {
    case .tabular(let dynamics):
      if let horizon {
        let problem = try FiniteHorizonMDP(dynamics, horizon: horizon)
        let solution = try BackwardInduction().solve(problem, epsilon: epsilon)
        return Answer(
          values: solution.values.first ?? [], certificate: solution.certificate, notes: [])
      }
      let problem = try DiscountedMDP(dynamics, discount: requiredDiscount())
      let solution = try method.planner.solve(problem, stopping: StoppingRule(epsilon: epsilon))
      return Answer(
        values: solution.values, certificate: solution.certificate, notes: solution.notes)
    case .lowRank(let factors):
      let solution = try LowRankPlanner().solve(
        factors, discount: requiredDiscount(), stopping: StoppingRule(epsilon: epsilon))
      return Answer(
        values: solution.values, certificate: solution.certificate, notes: solution.notes)
    }
  }

  private func requiredDiscount() throws -> Double {
    guard let discount else { throw ValidationError("give --discount or --horizon") }
    return discount
  }

  private func check(_ answer: Answer, _ model: Instance) -> Refusal? {
    let checker = CertificateChecker()
    switch model {
    case .lowRank(let factors): return checker.check(answer.certificate, against: factors)
    case .tabular(let dynamics):
      guard let horizon, let problem = try? FiniteHorizonMDP(dynamics, horizon: horizon) else {
        return checker.check(answer.certificate, against: dynamics)
      }
      return checker.check(answer.certificate, against: problem)
    }
  }
}

/// One line of standard output; what is `nil` is left out.
private struct Line: Encodable {
  var event: String
  var loadSeconds: Double?
  var seconds: [Double]?
  var method: String?
  var notes: [String]?
  var status: String?
  var iterations: Int?
  var gap: Double?
  var verified: Bool?
  var refusal: String?
  var states: Int?
  var choices: Int?
  var entries: Int?
  var dense: Bool?
  var bytesPerPass: Int?
  var passes: Double?
  var passesAre: String?
  var sweepSeconds: Double?
  var peakBytes: Int?
  var solvePeakBytes: Int?

  func print() throws { try printJSON(self) }
}
