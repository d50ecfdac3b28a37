// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Testing

@testable import ProvablyCLI

@Suite("Help")
struct HelpTests {
  /// A command that test output names.
  struct Command: Sendable, CustomTestStringConvertible {
    let type: any ParsableCommand.Type
    var testDescription: String { type._commandName }
  }
  static let commands = Main.configuration.subcommands.map { Command(type: $0) }

  /// The examples of a command, each as its arguments; what a shell adds is cut off.
  private func examples(of command: any ParsableCommand.Type) -> [[String]] {
    command.configuration.discussion.split(separator: "\n")
      .filter { $0.hasPrefix("  provably ") }
      .map { line in
        let own = line.split(separator: "&&")[0]
        return own.split(separator: " ").dropFirst().map(String.init)
      }
  }

  @Test("every command has two examples that the program accepts", arguments: commands)
  func examplesParse(_ command: Command) throws {
    let examples = examples(of: command.type)
    #expect(examples.count >= 2)
    for example in examples {
      #expect(example.first == command.type._commandName, "\(example)")
      #expect(throws: Never.self, "\(example)") { _ = try Main.parseAsRoot(example) }
    }
  }

  @Test("a help text of 80 columns breaks no line of its own", arguments: commands)
  func width(_ command: Command) {
    for line in command.type.configuration.discussion.split(separator: "\n") {
      #expect(line.count <= 78, "\(line)")
    }
  }

  @Test(
    "a topic takes at most half a screen, names its own commands rightly", arguments: Topic.allCases
  )
  func topics(_ topic: Topic) throws {
    let lines = topic.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 16)
    #expect(lines.allSatisfy { $0.count <= 80 })
    let commands = lines.filter { $0.hasPrefix("  provably ") }
    #expect(!commands.isEmpty)
    for command in commands {
      let words = command.split(separator: "  ")[0].split(separator: " ").dropFirst()
      #expect(throws: Never.self, "\(command)") { _ = try Main.parseAsRoot(words.map(String.init)) }
    }
    #expect(topic.summary.count <= 60)
  }

  @Test("help explains topics and commands, and says what it knows when it does not know")
  func help() throws {
    let program = try Program()
    #expect(try program("help", "certificate").output == Topic.certificate.text + "\n")
    #expect(try program("help", "hard", "instance").output == Topic.hardInstance.text + "\n")
    #expect(try program("help", "solve").output == program("solve", "--help").output)
    let all = try program("help").output
    for topic in Topic.allCases { #expect(all.contains("  \(topic.rawValue) ")) }
    for command in Self.commands { #expect(all.contains("  \(command.type._commandName) ")) }
    let unknown = try program("help", "nonsense")
    #expect(unknown.code == 64 && unknown.errors.contains("hard-instance"))
  }

  @Test("completions are made for three shells, and know studies and demos")
  func completions() throws {
    let program = try Program()
    for shell in ["bash", "zsh", "fish"] {
      let script = try program("--generate-completion-script", shell)
      #expect(script.code == 0)
      #expect(script.output.contains("tale-of-pessimism"), "\(shell)")
      #expect(script.output.contains("three-seeds"), "\(shell)")
    }
  }
}
