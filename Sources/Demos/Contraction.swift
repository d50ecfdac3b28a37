// SPDX-License-Identifier: Apache-2.0
import Provably

/// The Bellman operator contracts.
enum Contraction: Demo {
  static let name = "contraction"
  static let summary = "value iteration's error falls at least as fast as gamma^k"

  static func run(seed: UInt64, on screen: inout Screen) throws {
    let gamma = 0.9
    let model = try Garnet(states: 30, actions: 3, branching: 4, seed: seed).model()
    let problem = try DiscountedMDP(model, discount: gamma)
    let exact = try PolicyIteration().solve(problem).values
    var values = [Double](repeating: 0, count: model.stateCount)
    let first = distance(values, exact)

    screen.title("The Bellman operator T shrinks every distance by the discount, \(gamma)")
    screen.line("A random model (Garnet, 30 states, 3 actions). V_0 = 0, V_k+1 = T V_k.")
    screen.line()
    let widths = [4, 12, 12, 10, -36]
    screen.row(["k", "error", "bound", "ratio", " error, on a scale of logarithms"], widths)
    var (bound, previous, worst) = (first, first, 0.0)
    let shown = [0, 1, 2, 3, 5, 10, 15, 20, 30, 40, 50, 60]
    let floor = Portable.log(first * 1e-4)
    for k in 0...60 {
      let error = distance(values, exact)
      if k > 0 { worst = max(worst, error / previous) }
      try check(error <= bound * (1 + 1e-9), "the error is at most gamma^k times the first")
      if shown.contains(k) {
        let ratio = k == 0 ? "" : Screen.fixed(error / previous, 3)
        let height = max(0, Portable.log(error) - floor)
        let bar = Screen.bar(height, of: Portable.log(first) - floor, width: screen.width - 46)
        screen.row(
          ["\(k)", Screen.scientific(error), Screen.scientific(bound), ratio, " " + bar], widths)
      }
      previous = error
      bound *= gamma
      values = try problem.backup(values).values
    }
    screen.line()
    screen.line("error: the greatest |V_k(s) - V*(s)|; V* by policy iteration, certified.")
    screen.line("bound: gamma^k times the first error, which no model exceeds.")
    screen.line("ratio: an error over the one before; the greatest was \(Screen.fixed(worst, 4)).")
    screen.closing("another --seed; then `provably solve garnet --method vi --discount 0.99`.")
  }
}
