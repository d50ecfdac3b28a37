// SPDX-License-Identifier: Apache-2.0
import Provably

/// The rank of a transition matrix shows in its singular values.
enum LowRank: Demo {
  static let name = "low-rank"
  static let summary = "five hidden classes behind 40 states, seen in the singular values"

  static func run(seed: UInt64, on screen: inout Screen) throws {
    let (states, rank) = (40, 5)
    let hidden = try LowRankFactorModel(
      states: states, actions: 2, rank: rank, branching: 3, seed: seed)
    let low = try hidden.model().tabular()
    let full = try Garnet(states: states, actions: 2, branching: 3, seed: seed).model()
    let spectra = try [low, full].map {
      try SingularValueDecomposition($0.transitions.denseForm())
    }
    let ranks = spectra.map { $0.rank() }
    try check(ranks[0] <= rank, "the rank is at most the number of classes")
    try check(ranks[1] > 2 * rank, "a random model has no small rank")

    screen.title("80 transition rows over 40 states: how many directions do they span?")
    let column = (screen.width - 8) / 2
    screen.row(["", "\(rank) hidden classes", "no structure (Garnet)"], [-4, -column, -column])
    let full0 = spectra.map { $0.singularValues[0] }
    for i in 0..<12 {
      let cells = spectra.indices.map { which -> String in
        let value = spectra[which].singularValues[i]
        let text = i < ranks[which] ? Screen.fixed(value, 3) : "0"
        let bar = Screen.bar(i < ranks[which] ? value : 0, of: full0[which], width: column - 10)
        return Screen.pad(text, 6) + " " + bar
      }
      screen.row(["\(i + 1)"] + cells, [-4, -column, -column])
    }
    screen.row(["rank"] + ranks.map { Screen.pad("\($0)", 6) }, [-4, -column, -column])
    screen.line()
    screen.line("Left: P = Phi M through \(rank) classes; a planner may work in \(rank) numbers.")
    screen.line("What the best matrix of rank r leaves of P, in the spectral norm:")
    screen.line()
    let kept = [1, 2, 3, 4, 5, 10, 20, 30]
    let widths = [-14] + kept.map { _ in 7 }
    screen.row(["r"] + kept.map { "\($0)" }, widths)
    for (spectrum, name) in zip(spectra, ["classes", "no structure"]) {
      let left = kept.map { Screen.fixed(spectrum.truncated(rank: $0).spectralError, 3) }
      screen.row([name] + left, widths)
    }
    screen.closing("`provably solve` with --method low-rank; `provably list methods`.")
  }
}
