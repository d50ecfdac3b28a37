// SPDX-License-Identifier: Apache-2.0
import Foundation
import Provably

/// The sample of the Open Bandit Dataset, if the user has it.
///
/// `OPEN_BANDIT` names the folder that holds `bts/men.csv` and `random/men.csv`; the data are not part of
/// the repository. One log was made by Thompson sampling and holds the probability of each recommendation; the other one
/// by the uniform policy over 34 items, whose click rate the first log must predict.
struct BanditLogs {
  /// A recommendation: whether it was clicked, and the probability with which it was made.
  struct Round {
    let click: Double
    let propensity: Double
  }

  /// Rounds of Thompson sampling, then of the uniform policy.
  let logs: [[Round]]
  static let items = 34.0

  /// Reads both logs; `nil` if `OPEN_BANDIT` is not set.
  init?(environment: [String: String]) throws {
    guard let folder = environment["OPEN_BANDIT"], !folder.isEmpty else { return nil }
    logs = try ["bts", "random"].map { try Self.read(folder + "/\($0)/men.csv") }
  }

  private static func read(_ path: String) throws -> [Round] {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw DemoInputError(description: "OPEN_BANDIT: \(path) cannot be read")
    }
    var lines = text.split(separator: "\n").makeIterator()
    let header = lines.next()?.split(separator: ",", omittingEmptySubsequences: false) ?? []
    guard let click = header.firstIndex(of: "click"),
      let propensity = header.firstIndex(of: "propensity_score")
    else { throw DemoInputError(description: "\(path): no columns click and propensity_score") }
    var rounds: [Round] = []
    while let line = lines.next() {
      let cells = line.split(
        separator: ",", maxSplits: max(click, propensity) + 1, omittingEmptySubsequences: false)
      guard cells.count > max(click, propensity), let clicked = Double(cells[click]),
        let p = Double(cells[propensity]), clicked == 0 || clicked == 1, p > 0, p <= 1
      else {
        throw DemoInputError(
          description:
            "\(path), line \(rounds.count + 2): a click is 0 or 1, a propensity in (0, 1]")
      }
      rounds.append(Round(click: clicked, propensity: p))
    }
    guard !rounds.isEmpty else { throw DemoInputError(description: "\(path): no rounds") }
    return rounds
  }

  /// What importance weights make of the first log, beside what the second one says.
  func draw(on screen: inout Screen) throws {
    let (log, uniform) = (logs[0], logs[1])
    let n = Double(log.count)
    let weights = log.map { 1 / Self.items / $0.propensity }
    let terms = zip(weights, log).map { $0 * $1.click }
    let (total, squares) = (weights.reduce(0, +), weights.reduce(0) { $0 + $1 * $1 })
    let estimate = terms.reduce(0, +) / n
    let spread = terms.reduce(0) { $0 + ($1 - estimate) * ($1 - estimate) } / n
    let error = 1.96 * (spread / n).squareRoot()
    let clicks = uniform.filter { $0.click == 1 }.count
    let truth = try Proportion.clopperPearson(successes: clicks, trials: uniform.count)
    func rate(_ value: Double) -> String { Screen.fixed(1_000 * value, 2) }

    screen.title("What would random recommendations earn? Another policy's log, reweighted")
    let widths = [-35, 10, 17, 15]
    screen.row(
      ["clicks in 1,000 recommendations", "estimate", "95 % interval", "effective size"], widths)
    screen.row(
      [
        "their own log (the truth)", rate(truth.estimate),
        "\(rate(truth.lower)) to \(rate(truth.upper))",
        "\(uniform.count)",
      ], widths)
    screen.row(
      [
        "reweighted (IPS)", rate(estimate),
        "\(rate(estimate - error)) to \(rate(estimate + error))",
        "\(Int(total * total / squares))",
      ], widths)
    screen.row(
      ["reweighted, weights sum to n (SNIPS)", rate(terms.reduce(0, +) / total), "", ""], widths)
    screen.row(
      [
        "the log as it is (another question)", rate(log.reduce(0) { $0 + $1.click } / n), "",
        "\(log.count)",
      ],
      widths)
    screen.line()
    let least = log.map(\.propensity).min() ?? 1
    let heaviest = weights.sorted(by: >).prefix(log.count / 100)
    let share = Screen.fixed(100 * heaviest.reduce(0, +) / total, 0)
    screen.line("Open Bandit Dataset, men: \(log.count) rounds of Thompson sampling, 34 items.")
    screen.line(
      "The least probability of a recommendation was \(Screen.scientific(least)): had it been clicked, one"
    )
    screen.line(
      "round would weigh \(Int(1 / Self.items / least)). The heaviest 1 % of rounds hold \(share) % of the weight."
    )
    screen.line(
      "The interval is the normal one: it counts what was seen, and a click so rare")
    screen.line("that it was never seen is not in it.")
    screen.closing("unset OPEN_BANDIT for the same with the truth known exactly.")
  }
}
