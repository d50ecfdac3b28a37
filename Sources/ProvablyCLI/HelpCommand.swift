// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation

/// `provably help`: concepts and commands.
struct HelpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help",
    abstract: "Explain a concept, or a command.",
    discussion: """
      EXAMPLES:
        provably help certificate
        provably help solve

      Without a name the concepts are listed.
      """)

  @Argument(
    help: "A concept, such as coverage or hard-instance, or a command.",
    completion: .list(Topic.allCases.map(\.rawValue)))
  var name: [String] = []

  func run() throws {
    let wanted = name.joined(separator: "-").lowercased()
    if wanted.isEmpty {
      print("Concepts (`provably help NAME`):\n")
      for topic in Topic.allCases {
        print("  " + topic.rawValue.padding(to: 15) + topic.summary)
      }
      print("\nCommands, each with --help:\n")
      for command in Main.configuration.subcommands {
        print("  " + command._commandName.padding(to: 15) + command.configuration.abstract)
      }
      return
    }
    if let topic = Topic(rawValue: wanted) { return print(topic.text) }
    let commands = Main.configuration.subcommands
    if let command = commands.first(where: { $0._commandName == wanted }) {
      return print(Main.helpMessage(for: command))
    }
    let topics = Topic.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError(
      "nothing is known about \(wanted); concepts are \(topics), and every command has --help")
  }
}
