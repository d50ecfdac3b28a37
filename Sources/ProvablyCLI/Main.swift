// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably

/// The program, one verb a file; exit codes are in `Failure.swift`.
@main
struct Main: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "provably",
    abstract: "Reinforcement-learning theory you can run: exact solutions with certificates.",
    discussion: """
      EXAMPLES:
        provably solve frozenlake:map=8x8 --discount 0.99
        provably help certificate

      A MODEL is a file (.npz, .umb, .drn, .tra, .json) or an environment with
      parameters, such as riverswim:states=6.

      A model that needs more memory than there is gets refused before it is built;
      PROVABLY_MAX_MEMORY=8GiB sets the limit.

      Exit codes: 0 done, 1 failed, 2 ran but did not converge or a check did not
      hold, 64 wrong usage, 65 bad input, 130 interrupted.

      Completions: --generate-completion-script bash, zsh or fish; `make install`
      puts them in their places.
      """,
    version: version,
    subcommands: [
      Solve.self, Check.self, QueryCommand.self, MeasureCommand.self, BoundCommand.self,
      Info.self, Convert.self, Make.self, List.self, Reproduce.self, ReportCommand.self,
      ClaimsCommand.self, Merge.self,
      StoreCommand.self, Sweep.self, Plot.self, Demo.self, HelpCommand.self,
    ])

  /// The version that `--version` prints and that documents carry.
  static let version = "0.1.0"

  static func main() {
    // libarchive gives names that are not ASCII only in a UTF-8 locale.
    setlocale(LC_CTYPE, "C.UTF-8")
    signal(SIGPIPE, SIG_DFL)
    do {
      try checkMemoryVariable()
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      failure.exit()
    } catch let error as ExitCode {
      exit(withError: error)
    } catch {
      if let failure = Failure(error) { failure.exit() }
      exit(withError: error)
    }
  }

  /// Refuses a limit of memory that is not a number of bytes.
  private static func checkMemoryVariable() throws {
    guard let text = ProcessInfo.processInfo.environment[MachineMemory.variable],
      MachineMemory.bytes(parsing: text) == nil
    else { return }
    throw Failure(
      .usage, "\(MachineMemory.variable) is \"\(text)\", expected a number of bytes such as 8GiB")
  }
}
