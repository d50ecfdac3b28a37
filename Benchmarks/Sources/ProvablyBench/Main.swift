// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The measuring instrument: what must run inside one process is here, the rest is in `run.py`.
@main
struct Main: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ProvablyBench",
    abstract: "Times Provably's planners in-process; see run.py for the whole benchmark.",
    subcommands: [
      Solve.self, Bandwidth.self, ExportFactors.self, Learners.self, LinearLearners.self,
      Episodes.self,
    ])
}
