// SPDX-License-Identifier: Apache-2.0
import Certificates
import Foundation
import MarkovModels
import Planning
import TestSupport
import Testing

@Suite("Certificate checker")
struct CertificateCheckerTests {
  /// Three states in a ring with a reward in one of them, and a choice to wait.
  private func ring() throws -> TabularMDP {
    try OutcomeTable(states: 3, actions: 2) { s, a in
      a == 0
        ? [Outcome(0.75, to: (s + 1) % 3, reward: s == 2 ? 1 : 0), Outcome(0.25, to: s)]
        : [Outcome(1, to: s, reward: 0.1)]
    }.model()
  }

  private func certificate(_ model: TabularMDP) throws -> Certificate {
    try PolicyIteration().solve(model, discount: 0.9, stopping: StoppingRule(epsilon: 1e-9))
      .certificate
  }

  private func changing(
    _ certificate: Certificate, _ change: (inout [Double], inout [Double], inout [Int]) -> Void
  ) -> Certificate {
    var (lower, upper, choices) = (
      certificate.stages[0].lower, certificate.stages[0].upper, certificate.stages[0].choices
    )
    change(&lower, &upper, &choices)
    return Certificate(
      criterion: certificate.criterion,
      stages: [.init(lower: lower, upper: upper, choices: choices)], method: certificate.method,
      status: certificate.status, iterations: certificate.iterations,
      residual: certificate.residual, epsilon: certificate.epsilon)
  }

  @Test("accepts what a solver proves")
  func accepts() throws {
    let model = try ring()
    #expect(try CertificateChecker().check(certificate(model), against: model) == nil)
  }

  @Test("refuses a bound moved inward by 1e-6, in any state")
  func refusesMovedBounds() throws {
    let model = try ring()
    let good = try certificate(model)
    for s in 0..<3 {
      let low = changing(good) { lower, _, _ in lower[s] += 1e-6 }
      guard case .lowerFails(0, s, _, _) = CertificateChecker().check(low, against: model) else {
        Issue.record("a lower bound raised in state \(s) was accepted")
        continue
      }
      let high = changing(good) { _, upper, _ in upper[s] -= 1e-6 }
      guard case .upperFails(0, s, _, _) = CertificateChecker().check(high, against: model) else {
        Issue.record("an upper bound lowered in state \(s) was accepted")
        continue
      }
    }
  }

  @Test("refuses a file in which any value was moved by 1e-6")
  func refusesDamagedFiles() throws {
    let model = try ring()
    let good = try certificate(model)
    for s in 0..<3 {
      for sign in [-1.0, 1.0] {
        for moved in [
          changing(good) { lower, _, _ in lower[s] += sign * 1e-6 },
          changing(good) { _, upper, _ in upper[s] += sign * 1e-6 },
        ] {
          let digest = String(good.digest, radix: 16)
          let text = moved.json().replacingOccurrences(
            of: String(moved.digest, radix: 16), with: digest)
          #expect(throws: CertificateFileError.self) {
            try Certificate(json: Data(text.utf8))
          }
        }
      }
    }
  }

  @Test("refuses a wrong policy, a wrong model and wrong sizes")
  func refusesWrongThings() throws {
    let model = try ring()
    let good = try certificate(model)
    let checker = CertificateChecker()
    let badChoice = changing(good) { _, _, choices in choices[1] = 0 }
    #expect(checker.check(badChoice, against: model) == .badChoice(stage: 0, state: 1, choice: 0))
    let worse = changing(good) { _, _, choices in choices[2] = choices[2] == 4 ? 5 : 4 }
    #expect(checker.check(worse, against: model) != nil)
    let notFinite = changing(good) { _, upper, _ in upper[2] = .infinity }
    #expect(checker.check(notFinite, against: model) == .notFinite(stage: 0, state: 2))
    let short = changing(good) { lower, _, _ in lower.removeLast() }
    #expect(
      checker.check(short, against: model)
        == .wrongSize(what: "lower bounds", expected: 3, found: 2))
    let richer = try OutcomeTable(states: 3, actions: 2) { s, _ in
      [Outcome(1, to: s, reward: 2)]
    }.model()
    guard case .upperFails = checker.check(good, against: richer) else {
      Issue.record("a certificate of another model was accepted")
      return
    }
  }

  @Test("a certificate survives its file bit for bit")
  func roundTrip() throws {
    let good = try certificate(ring())
    #expect(try Certificate(json: Data(good.json().utf8)) == good)
  }

  @Test("a finite-horizon certificate survives its file and is checked stage by stage")
  func finiteHorizon() throws {
    let model = try ring()
    let problem = try FiniteHorizonMDP(model, horizon: 5)
    let good = try BackwardInduction().solve(problem).certificate
    #expect(try Certificate(json: Data(good.json().utf8)) == good)
    #expect(CertificateChecker().check(good, against: problem) == nil)
    var stages = good.stages
    stages[2] = .init(
      lower: stages[2].lower, upper: stages[2].upper.map { $0 - 1e-6 }, choices: stages[2].choices)
    let moved = Certificate(
      criterion: good.criterion, stages: stages, method: good.method, status: good.status,
      iterations: good.iterations, residual: good.residual, epsilon: good.epsilon)
    guard case .upperFails(2, _, _, _) = CertificateChecker().check(moved, against: problem) else {
      Issue.record("a lowered upper bound in stage 2 was accepted")
      return
    }
  }

  @Test("names the key that is missing from a file")
  func missingKey() throws {
    let text = try certificate(ring()).json().replacingOccurrences(of: "epsilon", with: "epsilom")
    #expect(throws: CertificateFileError.self) { try Certificate(json: Data(text.utf8)) }
    #expect(throws: CertificateFileError.self) { try Certificate(json: Data("{}".utf8)) }
    #expect(throws: CertificateFileError.self) { try Certificate(json: Data()) }
  }
}
