// SPDX-License-Identifier: Apache-2.0
import Foundation
import Provably

/// The answer to one question: some facts and one table, as text and as one JSON document.
struct QueryAnswer: Encodable {
  /// One value of a fact or of a table.
  enum Cell: Encodable {
    case number(Double)
    /// A certified bound, which must not be rounded where it is printed.
    case bound(Double)
    case integer(Int)
    case text(String)
    case truth(Bool)
    case absent

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .number(let x), .bound(let x): try container.encode(x)
      case .integer(let n): try container.encode(n)
      case .text(let text): try container.encode(text)
      case .truth(let isTrue): try container.encode(isTrue)
      case .absent: try container.encodeNil()
      }
    }

    /// The value as text, long fractions cut.
    var shown: String {
      switch self {
      case .number(let x): x == x.rounded() && abs(x) < 1e15 ? "\(x)" : String(format: "%.10g", x)
      case .bound(let x): "\(x)"
      case .integer(let n): "\(n)"
      case .text(let text): text.count <= 40 ? text : text.prefix(24) + "…"
      case .truth(let isTrue): isTrue ? "yes" : "no"
      case .absent: "-"
      }
    }
  }

  let schema = "provably-query/1"
  let version = Main.version
  let model: String
  let states: Int
  let actions: Int
  let question: String
  private(set) var discount: Double?
  /// Named numbers.
  private(set) var facts: [String: Cell] = [:]
  /// One row for each thing that was asked about; the keys are `columns`.
  private(set) var table: [[String: Cell]] = []
  private var columns: [String] = []
  private var order: [String] = []
  /// What the answer is worth.
  private(set) var guarantee = ""

  private enum CodingKeys: CodingKey {
    case schema
    case version
    case model
    case states
    case actions
    case question
    case discount
    case facts
    case table
    case guarantee
  }

  init(model: String, states: Int, actions: Int, question: Question) {
    (self.model, self.states, self.actions) = (model, states, actions)
    self.question = question.rawValue
  }

  // MARK: Questions under a discount

  /// Solves the problem, checks the certificate, and answers.
  mutating func ask(_ problem: DiscountedMDP, epsilon: Double) throws {
    discount = problem.discount
    let solution = try AutomaticPlanner().solve(
      problem, stopping: StoppingRule(epsilon: epsilon))
    if let refusal = CertificateChecker().check(solution.certificate, against: problem.dynamics) {
      throw Failure(.failed, "the certificate was refused: \(refusal)")
    }
    switch Question(rawValue: question) {
    case .gaps: askGaps(solution, problem)
    case .sensitivity: try askSensitivity(solution, problem)
    case .discounts: try askDiscounts(solution, problem)
    case .occupancy: try askOccupancy(solution, problem)
    default: preconditionFailure("\(question) has no discount")
    }
  }

  private mutating func askGaps(_ solution: Solution, _ problem: DiscountedMDP) {
    let model = problem.dynamics
    let answer = ActionGaps(solution.certificate, of: problem)
    guarantee =
      "every interval holds its number in spite of rounding; ties are never proved, see --exact"
    add("certifiedGap", .bound(solution.certificate.gap))
    let decided = answer.decidedStates.count
    add("decidedStates", .integer(decided))
    add("undecidedStates", .integer(model.stateCount - decided))
    let positive = answer.gaps.filter { $0.lowerBound > 0 }
    add(
      "smallestPositiveGap",
      positive.map(\.lowerBound).min().map { .bound($0) } ?? .absent)
    columns = ["state", "action", "canBeOptimal", "gapLower", "gapUpper", "qLower", "qUpper"]
    for s in 0..<model.stateCount {
      for k in model.choices(of: s) {
        append(
          [
            .text(model.name(ofState: s)), .text(actionName(k, s, model)),
            .truth(answer.gaps[k].lowerBound == 0), .bound(answer.gaps[k].lowerBound),
            .bound(answer.gaps[k].upperBound), .bound(answer.actionValues[k].lowerBound),
            .bound(answer.actionValues[k].upperBound),
          ])
      }
    }
  }

  private mutating func askSensitivity(_ solution: Solution, _ problem: DiscountedMDP) throws {
    let model = problem.dynamics
    let answer = try Sensitivity(solution.policy, in: problem)
    guarantee =
      "exact formulas in doubles, not certified; where several actions are optimal, one-sided "
      + "slopes; of the derivatives in a row's probabilities only differences mean something"
    add("value", .number(answer.value))
    add("derivativeInDiscount", .number(answer.discount))
    columns = ["state", "action", "next", "derivativeInReward", "derivativeInProbability"]
    for k in visited(answer.occupancy) {
      let s = model.state(ofChoice: k)
      var next: [Int] = []
      model.transitions.forEachEntry(row: k) { t, p, _ in if p > 0 { next.append(t) } }
      for t in next {
        append([
          .text(model.name(ofState: s)), .text(actionName(k, s, model)),
          .text(model.name(ofState: t)), .number(answer.reward[k]),
          .number(answer.probability(ofChoice: k, next: t)),
        ])
      }
    }
  }

  private mutating func askDiscounts(_ solution: Solution, _ problem: DiscountedMDP) throws {
    let model = problem.dynamics
    guarantee = "computed in doubles, not certified; near 1 ask for blackwell"
    guard let answer = try DiscountInterval(solution.policy, in: problem) else {
      throw Failure(
        .failed,
        "the policy found is not optimal to the last digits at discount \(problem.discount)",
        hint: "give a smaller --epsilon")
    }
    add("lower", .number(answer.lower))
    add("upper", .number(answer.upper))
    columns = ["side", "discount", "state", "betterAction"]
    for (side, discount, challenger) in [
      ("below", answer.lower, answer.challengerBelow),
      ("above", answer.upper, answer.challengerAbove),
    ] {
      guard let k = challenger else { continue }
      let s = model.state(ofChoice: k)
      append([
        .text(side), .number(discount), .text(model.name(ofState: s)),
        .text(actionName(k, s, model)),
      ])
    }
  }

  private mutating func askOccupancy(_ solution: Solution, _ problem: DiscountedMDP) throws {
    let model = problem.dynamics
    let visits = try Sensitivity(solution.policy, in: problem).occupancy
    guarantee = "computed in doubles, not certified; flowResidual is how far off it is"
    add("totalVisits", .number(visits.visits.reduce(0, +)))
    add("reward", .number(visits.reward(in: model)))
    add(
      "flowResidual", .number(visits.flowResidual(of: problem, start: model.startDistribution)))
    columns = ["state", "action", "visits"]
    for k in visited(visits) {
      let s = model.state(ofChoice: k)
      append([
        .text(model.name(ofState: s)), .text(actionName(k, s, model)), .number(visits.visits[k]),
      ])
    }
  }

  // MARK: Questions about all discounts

  /// Answers a question that needs no discount.
  mutating func ask(_ model: TabularMDP) throws {
    switch Question(rawValue: question) {
    case .quotient: try askQuotient(model)
    case .blackwell: try askBlackwell(model)
    default: preconditionFailure("\(question) needs a discount")
    }
  }

  private mutating func askQuotient(_ model: TabularMDP) throws {
    let answer = try BisimulationQuotient(model)
    guarantee = "states of one block are bisimilar exactly: equal values under every discount"
    add("blocks", .integer(answer.representatives.count))
    add("rounds", .integer(answer.rounds))
    add("quotientIsExact", .truth(answer.isExact))
    columns = ["state", "block", "representative"]
    for s in 0..<model.stateCount {
      let block = answer.blockOfState[s]
      append([
        .text(model.name(ofState: s)), .integer(block),
        .text(model.name(ofState: answer.representatives[block])),
      ])
    }
  }

  /// The number of states up to which `blackwell` answers: the digits of the expansion grow with it.
  private static let blackwellLimit = 128

  private mutating func askBlackwell(_ model: TabularMDP) throws {
    guard model.stateCount <= Self.blackwellLimit else {
      throw Failure(
        .badInput,
        "\(self.model) has \(model.stateCount) states; blackwell works in fractions, for at most "
          + "\(Self.blackwellLimit)",
        hint: "`quotient` may make it smaller; `discounts` looks at discounts up to 0.9999")
    }
    let answer = try BlackwellOptimality().solve(AverageRewardMDP(model))
    guarantee = "exact for the stored doubles, rows divided by their sums"
    add("optimalFrom", answer.optimalFrom.map { .bound($0) } ?? .absent)
    add("policiesEvaluated", .integer(answer.rounds))
    columns = ["state", "action", "alsoOptimal", "gain", "bias"]
    for s in 0..<model.stateCount {
      let chosen = answer.policy.choices[s]
      let others = answer.optimalChoices[s].filter { $0 != chosen }
      append([
        .text(model.name(ofState: s)), .text(actionName(chosen, s, model)),
        .text(others.map { actionName($0, s, model) }.joined(separator: " ")),
        .text(answer.expansion.coefficients[0].text(at: s)),
        .text(answer.expansion.coefficients[1].text(at: s)),
      ])
    }
  }

  // MARK: Output

  /// The choices that are visited, most visited first.
  private func visited(_ measure: OccupancyMeasure) -> [Int] {
    let visits = measure.visits
    return visits.indices.filter { visits[$0] > 0 }
      .sorted { (visits[$1], $0) < (visits[$0], $1) }
  }

  private func actionName(_ k: Int, _ s: Int, _ model: TabularMDP) -> String {
    model.name(ofAction: model.action(ofChoice: k, in: s))
  }

  private mutating func add(_ key: String, _ value: Cell) {
    facts[key] = value
    order.append(key)
  }

  private mutating func append(_ cells: [Cell]) {
    table.append(Dictionary(uniqueKeysWithValues: zip(columns, cells)))
  }

  /// One JSON document with sorted keys; numbers that are not finite become strings.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// The facts, then the first `limit` lines of the table in aligned columns.
  func text(rows limit: Int) -> String {
    let width = max(12, (order.map(\.count).max() ?? 0)) + 2
    var lines = [
      "model".padding(to: width) + model,
      "size".padding(to: width) + "\(states) states, \(actions) actions",
    ]
    if let discount { lines.append("discount".padding(to: width) + "\(discount)") }
    lines += order.map { $0.padding(to: width) + (facts[$0] ?? .absent).shown }
    lines.append("guarantee".padding(to: width) + guarantee)
    let shown = table.prefix(limit).map { row in columns.map { (row[$0] ?? .absent).shown } }
    guard !shown.isEmpty else { return lines.joined(separator: "\n") }
    let widths = columns.indices.map { i in
      max(columns[i].count, shown.map { $0[i].count }.max() ?? 0) + 2
    }
    func line(_ cells: [String]) -> String {
      let text = zip(cells, widths).map { $0.padding(to: $1) }.joined()
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
    lines += ["", line(columns)] + shown.map(line)
    if table.count > limit { lines.append("… \(table.count - limit) more lines; --rows n, --json") }
    return lines.joined(separator: "\n")
  }
}
