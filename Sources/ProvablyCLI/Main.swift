// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Provably

@main
struct Main: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "provably")
}
