// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably

/// Verifies a certificate against a model: `provably check`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verify a certificate against a model.",
    discussion: """
      EXAMPLES:
        provably check c.json riverswim:states=6
        provably check c.json model.npz && echo proved

      The checker shares no code with the solvers. Exit code 0: the bounds hold; 2:
      they are not proved; 65: the file is not a certificate, or was damaged.
      """)

  @Argument(
    help: "The certificate, as written by `provably solve --certificate`.",
    completion: .file(extensions: ["json"]))
  var certificate: String

  @OptionGroup var source: ModelArgument

  func run() throws {
    guard let data = FileManager.default.contents(atPath: certificate) else {
      throw Failure(.badInput, "\(certificate): there is no such file, or it cannot be read")
    }
    let certificate: Certificate
    do {
      certificate = try Certificate(json: data)
    } catch let error as CertificateFileError {
      throw Failure(.badInput, "\(self.certificate): \(error.description)")
    }
    let model = try source.load()
    let refusal: Refusal?
    let start: [Double]
    switch model.content {
    case .tabular(let document):
      refusal = CertificateChecker().check(certificate, against: document.dynamics)
      start = document.dynamics.startDistribution
    case .lowRank(let lowRank):
      refusal = CertificateChecker().check(certificate, against: lowRank)
      start =
        lowRank.initialDistribution
        ?? [Double](repeating: 1 / Double(lowRank.stateCount), count: lowRank.stateCount)
    }
    if let refusal {
      print("REFUSED: \(refusal.description)")
      throw ExitCode(Failure.Code.notConverged.rawValue)
    }
    let bounds = certificate.valueBounds(from: start)
    print("proved: the value from the start is \(SolveReport.interval(bounds))")
    print(
      "proved: the policy loses at most " + String(format: "%.1e", certificate.lossBound)
        + " in any state")
  }
}
