// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Provably

/// `provably convert`: one model format into another.
struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Convert a model from one format to another.",
    discussion: """
      EXAMPLES:
        provably convert model.npz model.umb
        provably convert taxi taxi.json

      Formats go by the ending: .npz, .umb, .drn, .tra (PRISM explicit), .json (our
      own; Gymnasium tables with --format gymnasium).
      """)

  @OptionGroup var source: ModelArgument

  @Argument(help: "The file to write.", completion: .file())
  var output: String

  @Option(help: "The format to write, when the ending does not say: \(ModelFormat.allNames).")
  var format: ModelFormat?

  @Flag(help: "Replace a file that exists.")
  var force = false

  func run() throws {
    try OutputFile(path: output, force: force).check()
    let model = try source.load()
    for warning in model.warnings { printError("warning: \(warning)") }
    try writeModel(model.documentToWrite(), to: output, format: format)
  }
}

extension ModelFormat: ExpressibleByArgument {
  static var allNames: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
