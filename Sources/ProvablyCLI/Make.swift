// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Provably

/// `provably make`: an environment as a file.
struct Make: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write an environment to a file.",
    discussion: """
      EXAMPLES:
        provably make maze:cells=100000,seed=1 --out maze.npz
        provably make frozenlake:map=8x8 --out lake.json --format gymnasium
      """)

  @Argument(
    help: ArgumentHelp(
      "An environment with parameters; see `provably list models`.", valueName: "environment"),
    completion: .list(EnvironmentCatalogue.entries.map(\.name)))
  var environment: String

  @Option(help: "The file to write; its ending says the format.")
  var out: String

  @Option(help: "The format to write, when the ending does not say: \(ModelFormat.allNames).")
  var format: ModelFormat?

  @Flag(help: "Replace a file that exists.")
  var force = false

  func run() throws {
    try OutputFile(path: out, force: force).check()
    var source = ModelArgument()
    source.model = environment
    source.layout = .sas
    try writeModel(source.load().documentToWrite(), to: out, format: format)
  }
}
