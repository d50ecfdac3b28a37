// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably

/// `provably query`: questions about a model and its optimal policy.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Ask about a solution: gaps, sensitivities, discounts, visits, symmetries.",
    discussion: """
      EXAMPLES:
        provably query riverswim:states=6 gaps --discount 0.95
        provably query taxi quotient --json

      QUESTIONS:
      \(Question.allCases.map { "  " + $0.rawValue.padding(to: 14) + $0.summary }
        .joined(separator: "\n"))

      Without --discount the model's own is used. The optimal policy that is asked
      about comes from `solve --method auto`.
      """)

  @OptionGroup var source: ModelArgument

  @Argument(help: ArgumentHelp("What to ask; see below.", valueName: "question"))
  var question: Question

  @Option(help: "The discount, in [0, 1); not for quotient and blackwell.")
  var discount: Double?

  @Option(help: "The certified gap to which the model is solved, in reward units.")
  var epsilon: Double = 1e-9

  @Option(help: "The number of table lines to print; --json always has all.")
  var rows: Int = 20

  @Flag(help: "Print one JSON document.")
  var json = false

  func validate() throws {
    guard epsilon > 0, epsilon.isFinite else {
      throw ValidationError("--epsilon is \(epsilon), expected a positive number")
    }
    guard rows >= 0 else { throw ValidationError("--rows is \(rows), expected at least 0") }
    if discount != nil, !question.needsDiscount {
      throw ValidationError(
        "\(question.rawValue) is about all discounts at once: leave --discount out")
    }
  }

  func run() throws {
    let model = try source.load()
    for warning in model.warnings { printError("warning: \(warning)") }
    let dynamics = try model.document(for: "query").dynamics
    var answer = QueryAnswer(
      model: model.name, states: model.stateCount, actions: model.actionCount,
      question: question)
    if question.needsDiscount {
      guard let discount = discount ?? model.discount else {
        throw Failure(.usage, "\(model.name) names no discount", hint: "give --discount g")
      }
      try answer.ask(DiscountedMDP(dynamics, discount: discount), epsilon: epsilon)
    } else {
      try answer.ask(dynamics)
    }
    if json { return print(try answer.json()) }
    let lines = answer.text(rows: rows).split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines { print(onOneLine(String(line))) }
  }
}

/// What `provably query` can be asked.
enum Question: String, CaseIterable, ExpressibleByArgument {
  case gaps
  case sensitivity
  case discounts
  case occupancy
  case quotient
  case blackwell

  /// Whether the answer is about one discount.
  var needsDiscount: Bool { self != .quotient && self != .blackwell }

  /// One line for the help.
  var summary: String {
    switch self {
    case .gaps: "V* - Q* of every action, certified; which can be optimal"
    case .sensitivity: "derivatives of the value in rewards, probabilities, discount"
    case .discounts: "the discounts for which the optimal policy stays optimal"
    case .occupancy: "expected discounted visits to each action from the start"
    case .quotient: "bisimilar states, exactly; the size of the quotient model"
    case .blackwell: "a policy optimal for all discounts near 1, in fractions"
    }
  }
}
