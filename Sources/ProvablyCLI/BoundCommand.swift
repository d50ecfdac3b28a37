// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably

/// `provably bound`: a bound of the literature for numbers of one's own, and where its proof is.
struct BoundCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bound",
    abstract: "Evaluate a proved bound for given numbers, and say where its proof is.",
    discussion: """
      EXAMPLES:
        provably bound ucbvi --states 6 --actions 2 --horizon 10 --episodes 100000
        provably bound ucb1 --gaps 0.1 --gaps 0.25 --rounds 10000

      Rewards are in [0, 1]. Every bound is rounded up in the last digit printed.
      The theorems behind the bounds: provably list guarantees.

      BOUNDS:
      \(NamedBound.allCases.map { "  " + $0.rawValue.padding(to: 16) + $0.summary }
        .joined(separator: "\n"))
      """)

  @Argument(help: "The name of the bound.")
  var name: NamedBound

  @OptionGroup var numbers: BoundNumbers

  @Flag(help: "Print one JSON document.")
  var json = false

  func run() throws {
    let bounds = try name.evaluate(numbers)
    if json {
      print(try BoundReport(name: name.rawValue, bounds: bounds).json())
      return
    }
    for (i, part) in bounds.enumerated() {
      if i > 0 { print() }
      let guarantee = part.bound.guarantee
      print("bound       \(part.title)")
      print("value       " + BoundReport.roundedUp(part.bound.value))
      if let trivial = part.trivial, part.bound.isVacuous(beyond: trivial) {
        print("            vacuous: no policy can lose more than \(BoundReport.roundedUp(trivial))")
      }
      print("formula     \(part.formula)")
      print("theorem     \(guarantee.entry.printedForm)")
      print("status      \(guarantee.status.rawValue)" + Self.meaning(of: guarantee.status))
      print("where       \(guarantee.whereabouts)")
      for (j, assumption) in part.bound.assumptions.enumerated() {
        print((j == 0 ? "assumes     " : "            ") + assumption)
      }
    }
  }

  private static func meaning(of status: GuaranteeStatus) -> String {
    switch status {
    case .proved: ": checked by Coq, no axioms"
    case .derived: ": a written proof in this repository"
    case .cited: ": a theorem of a paper"
    case .rateOnly: ": no constant is known here"
    }
  }
}

/// The numbers that bounds are functions of.
struct BoundNumbers: ParsableArguments {
  @Option(help: "The number of states S.") var states: Int?
  @Option(help: "The number of actions A in every state, or of arms.") var actions: Int?
  @Option(help: "The horizon H of an episode.") var horizon: Int?
  @Option(help: "The number of episodes K.") var episodes: Int?
  @Option(help: "The number of rounds T of a bandit.") var rounds: Int?
  @Option(help: "The discount, in [0, 1).") var discount: Double?
  @Option(help: "The probability that the bound may fail, in (0, 1).") var delta = 0.05
  @Option(help: "Observations of each choice, in each part of the data.") var observations: Int?
  @Option(help: "The number of iterations T; the data have T + 1 parts.") var iterations: Int?
  @Option(help: "The regularization of a ridge regression.") var regularization = 1.0
  @Option(
    parsing: .upToNextOption, help: "The gaps of the arms that are not best, in (0, 1].")
  var gaps: [Double] = []
  @Option(help: "A bound on |V - V*|, or on |r - r'|.") var error: Double?
  @Option(help: "A bound on |T V - V|.") var residual: Double?
  @Option(help: "A bound on |(P - P') V'|.") var transitionError: Double?

  func validate() throws {
    for (name, count) in [
      ("states", states), ("actions", actions), ("horizon", horizon), ("episodes", episodes),
      ("rounds", rounds), ("observations", observations), ("iterations", iterations),
    ] {
      guard let count, count < 1 || count > 1 << 40 else { continue }
      throw ValidationError("--\(name) is \(count), expected 1 to 2^40")
    }
    for (name, x) in [
      ("error", error), ("residual", residual), ("transition-error", transitionError),
    ] {
      guard let x, !(x >= 0 && x.isFinite) else { continue }
      throw ValidationError("--\(name) is \(x), expected a number that is not negative")
    }
    guard delta > 0, delta < 1 else {
      throw ValidationError("--delta is \(delta), expected a number in (0, 1)")
    }
    if let discount, !(discount >= 0 && discount < 1) {
      throw ValidationError("--discount is \(discount), expected a number in [0, 1)")
    }
    guard regularization > 0, regularization.isFinite else {
      throw ValidationError("--regularization is \(regularization), expected a positive number")
    }
    for gap in gaps where !(gap > 0 && gap <= 1) {
      throw ValidationError("a gap is \(gap), expected numbers in (0, 1]")
    }
  }

  /// A number that a bound cannot do without.
  func need<T>(_ number: KeyPath<BoundNumbers, T?>, _ name: String) throws -> T {
    guard let x = self[keyPath: number] else {
      throw Failure(
        .usage, "this bound needs --\(name)", hint: "provably bound --help lists the bounds")
    }
    return x
  }
}

/// A bound with its words.
struct BoundPart {
  let title: String
  let bound: Bound
  let formula: String
  /// What needs no theorem, if there is such a number.
  var trivial: Double?
}

/// The bounds by name.
enum NamedBound: String, CaseIterable, ExpressibleByArgument {
  case residual
  case greedyLoss = "greedy-loss"
  case simulation
  case lcb
  case viLCB = "vi-lcb"
  case pevi
  case ucb1
  case ucbvi

  var summary: String {
    switch self {
    case .residual: "error of a value with a small Bellman residual"
    case .greedyLoss: "loss of the policy that is greedy for an approximate value"
    case .simulation: "difference of a policy's values in two models"
    case .lcb: "loss of the best lower bound, on fixed bandit data"
    case .viLCB: "loss of pessimistic value iteration, discounted, split data"
    case .pevi: "loss of pessimistic value iteration, by stages, counts"
    case .ucb1: "expected regret of UCB1"
    case .ucbvi: "regret of UCBVI with Hoeffding bonuses"
    }
  }

  func evaluate(_ x: BoundNumbers) throws -> [BoundPart] {
    switch self {
    case .residual:
      let errors = DiscountedErrors(discount: try x.need(\.discount, "discount"))
      let residual = try x.need(\.residual, "residual")
      return [
        BoundPart(
          title: "|V - V*| in every state", bound: errors.valueError(residual: residual),
          formula: "residual / (1 - g)"),
        BoundPart(
          title: "|T V - V*| in every state", bound: errors.nextValueError(residual: residual),
          formula: "g residual / (1 - g)"),
      ]
    case .greedyLoss:
      let errors = DiscountedErrors(discount: try x.need(\.discount, "discount"))
      return [
        BoundPart(
          title: "V* - V^pi in every state, pi greedy for V",
          bound: errors.greedyLoss(error: try x.need(\.error, "error")),
          formula: "2 g error / (1 - g)")
      ]
    case .simulation:
      let errors = DiscountedErrors(discount: try x.need(\.discount, "discount"))
      return [
        BoundPart(
          title: "|V - V'| in every state, the same policy in two models",
          bound: errors.simulationError(
            reward: try x.need(\.error, "error"),
            transition: try x.need(\.transitionError, "transition-error")),
          formula: "(error + g transition-error) / (1 - g)")
      ]
    case .lcb:
      let numbers = LCBHoeffding(
        arms: try x.need(\.actions, "actions"), failureProbability: x.delta)
      let n = try x.need(\.observations, "observations")
      return [
        BoundPart(
          title: "r(a*) - r(a^), with \(n) pulls of a*",
          bound: numbers.suboptimality(observations: n),
          formula: "2 sqrt(L / 2n), L = ln(2 A / delta)", trivial: 1)
      ]
    case .viLCB:
      let gamma = try x.need(\.discount, "discount")
      let n = try x.need(\.observations, "observations")
      let choices = try x.need(\.states, "states") * x.need(\.actions, "actions")
      // Enough iterations that gamma^T says little more than the penalties do.
      let T = x.iterations ?? max(1, Int((Portable.log(Double(n)) / (1 - gamma)).rounded(.up)))
      guard T <= 10_000_000 else {
        throw Failure(.usage, "\(T) iterations are too many; give --iterations")
      }
      let numbers = VILCBHoeffding(
        choices: choices, iterations: T, discount: gamma, failureProbability: x.delta)
      guard let bound = numbers.suboptimality(observations: n) else {
        throw Failure(.usage, "the theorem needs L = ln(2 S A T / delta) >= 2")
      }
      return [
        BoundPart(
          title: "V* - V^pi in every state, \(n) observations of each choice in each of "
            + "\(T + 1) parts of the data", bound: bound,
          formula: "2 (1 - g^T)/(1 - g)^2 sqrt(L / 2n) + g^T/(1 - g), L = ln(2 S A T / delta)",
          trivial: numbers.greatestValue)
      ]
    case .pevi:
      let H = try x.need(\.horizon, "horizon")
      let n = try x.need(\.observations, "observations")
      let numbers = PEVIHoeffding(
        choices: try x.need(\.states, "states") * x.need(\.actions, "actions"), horizon: H,
        regularization: x.regularization, failureProbability: x.delta)
      return [
        BoundPart(
          title: "V* - V^pi in every state, \(n) observations of each choice in each stage",
          bound: numbers.suboptimality(observations: n),
          formula: "2 sum_h beta_h / sqrt(lambda + n), beta_h = (H - 1 - h) "
            + "sqrt(ln(2 H S A / delta)/2) + sqrt(lambda) (H - h)", trivial: Double(H))
      ]
    case .ucb1:
      guard !x.gaps.isEmpty else { throw Failure(.usage, "this bound needs --gaps") }
      let rounds = try x.need(\.rounds, "rounds")
      return [
        BoundPart(
          title: "expected regret of \(rounds) rounds, \(x.gaps.count + 1) arms",
          bound: UCB1Regret(gaps: x.gaps).regret(rounds: rounds),
          formula: "sum over gaps D of 8 ln T / D + 7/6 D",
          trivial: Double(rounds) * (x.gaps.max() ?? 1))
      ]
    case .ucbvi:
      let (H, K) = (try x.need(\.horizon, "horizon"), try x.need(\.episodes, "episodes"))
      let S = try x.need(\.states, "states")
      let numbers = UCBVIHoeffding(
        nextStates: S, pairs: S * (try x.need(\.actions, "actions")), horizon: H, episodes: K,
        failureProbability: x.delta)
      let bound = numbers.regret
      return [
        BoundPart(
          title: "regret of \(K) episodes, S A = \(numbers.pairCount)", bound: bound,
          formula: "min{R_u, R_b}, R_u = " + BoundReport.roundedUp(numbers.uniformRegret(after: K))
            + ", R_b = " + BoundReport.roundedUp(numbers.bernsteinRegret(after: K))
            + ": Sources/Bounds/UCBVIHoeffding.md", trivial: Double(K) * Double(H))
      ]
    }
  }
}

/// What `provably bound --json` prints.
struct BoundReport: Encodable {
  struct Part: Encodable {
    let title, formula, guarantee, statement, status, proof: String
    let assumptions: [String]
    let value: Double
    let isVacuous: Bool
  }

  let schema = "provably-bound-1"
  let version = Main.version
  let name: String
  let bounds: [Part]

  init(name: String, bounds: [BoundPart]) {
    self.name = name
    self.bounds = bounds.map { part in
      let guarantee = part.bound.guarantee
      return Part(
        title: part.title, formula: part.formula, guarantee: guarantee.rawValue,
        statement: guarantee.entry.printedForm, status: guarantee.status.rawValue,
        proof: guarantee.whereabouts, assumptions: part.bound.assumptions,
        value: part.bound.value,
        isVacuous: part.trivial.map { part.bound.isVacuous(beyond: $0) } ?? false)
    }
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// A number with six significant digits that is not less than `x`.
  static func roundedUp(_ x: Double) -> String {
    let text = String(format: "%.6g", x)
    guard let value = Double(text), value < x else { return text }
    return String(format: "%.6g", x + abs(x) * 1e-5 / 2)
  }
}
