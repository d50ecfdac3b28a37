// SPDX-License-Identifier: Apache-2.0
import Figures

/// Figures as reports draw them, over invented but deterministic numbers.
enum Gallery {
  /// A number in [−1, 1) that depends on `i` and `salt` only.
  static func noise(_ i: Int, _ salt: Int) -> Double {
    var z = UInt64(truncatingIfNeeded: i &* 0x9E37_79B9 &+ salt &* 0x85EB_CA6B) &+ 0x1234_5678
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 40) / Double(1 << 23) - 1
  }

  /// 10² … 10⁶ in 41 steps, rounded to whole episodes.
  static let ks: [Int] = {
    let tenth = 1.2589254117941673  // 10^(1/10)
    var (all, value) = ([Int](), 100.0)
    for _ in 0...40 {
      all.append(Int(value.rounded()))
      value *= tenth
    }
    return all
  }()

  static var regret: Figure {
    let roots = ks.map { Double($0).squareRoot() }
    let ucb = roots.enumerated().map { 6.2 * $1 * (1 + 0.05 * noise($0 / 4, 1)) }
    let greedy = ks.enumerated().map {
      2.2 * Double($1) / Double($1).squareRoot().squareRoot().squareRoot()
        * (1 + 0.04 * noise($0 / 4, 2))
    }
    let band = zip(ucb, greedy).enumerated().map { i, y in
      let spread = 1 + 0.5 / (1 + Double(i) / 8)
      return (y.0 / spread, y.0 * spread, y.1 / spread, y.1 * spread)
    }
    return Figure(
      id: "regret", title: "UCBVI’s regret grows like √K, 60\u{A0}× under its bound",
      subtitle: "RiverSwim(6), H = 20, 50 seeds, mean with 95 % bootstrap band",
      description: "Log-log plot of cumulative regret against episodes for two learners.",
      x: .log("episodes K →"), y: .log("↑ cumulative regret")
    ) {
      Band(x: ks, low: band.map(\.0), high: band.map(\.1), series: "UCBVI")
      Band(x: ks, low: band.map(\.2), high: band.map(\.3), series: "ε-greedy")
      Line(x: ks, y: ucb, series: "UCBVI", note: "slope 0.51 ± 0.03")
      Line(x: ks, y: greedy, series: "ε-greedy", note: "slope 0.87 ± 0.02")
      Theory(
        x: ks, y: roots.map { 372 * $0 }, label: "proved bound", kind: .upperBound,
        source: "Azar 2017, Thm 1")
      SlopeGuide(slope: 0.5, at: 3e4)
      FitWindow(1e4...1e6, "slope fitted here")
    }
  }

  static var facets: Figure {
    let ns = [100, 316, 1_000, 3_162, 10_000, 31_623, 100_000, 316_228, 1_000_000]
    return Figure(
      id: "lcb-coverage",
      title: "LCB keeps its rate as coverage falls; the plug-in learner does not",
      subtitle: "two Bernoulli arms, gap √(C*/N), mean of 2\u{A0}000 trials with 95 % band",
      x: .log("samples N →"), y: .log("↑ suboptimality"), facets: .columns(3)
    ) {
      for (k, c) in [1.0, 2, 9].enumerated() {
        Panel("C* = \(Int(c))") {
          let lcb = ns.map { (n: Int) -> Double in
            k == 0 ? 4 / Double(n) : 0.4 * (c / Double(n)).squareRoot()
          }
          let plugin = ns.map { (n: Int) -> Double in
            0.5 * c * (1 / Double(n)).squareRoot().squareRoot()
          }
          Band(x: ns, low: lcb.map { $0 / 1.3 }, high: lcb.map { $0 * 1.3 }, series: "LCB")
          Line(
            x: ns, y: lcb, series: "LCB", note: k == 0 ? "slope −1.00 ± 0.02" : "slope −0.50 ± 0.01"
          )
          Line(x: ns, y: plugin, series: "plug-in", note: "slope −0.25 ± 0.02")
          if k == 2 {
            Line(x: ns, y: ns.map { _ in 0.45 }, series: "cloning", note: "slope 0.00 ± 0.01")
          }
          Theory(
            x: ns, y: ns.map { (c / Double($0)).squareRoot() }, label: "rate only", kind: .rateOnly,
            source: "N⁻¹ᐟ² at N = 10²")
          SlopeGuide(slope: k == 0 ? -1 : -0.5)
        }
      }
    }
  }

  static var coverage: Figure {
    let ns = [10, 30, 100, 300, 1_000, 3_000]
    let series: [(String, Double, Int)] = [
      ("Hoeffding", 0.996, 1), ("Bernstein", 0.984, 2), ("bootstrap", 0.936, 3),
    ]
    return Figure(
      id: "coverage", title: "Bootstrap intervals fall short of 1\u{A0}−\u{A0}δ on small data",
      subtitle: "coverage of V^π in 2\u{A0}000 trials, Clopper–Pearson 95 % whiskers",
      x: .log("trajectories n →"), y: .linear("↑ coverage")
    ) {
      Reference(y: 0.95, "1 − δ = 0.95")
      for (name, level, salt) in series {
        let y = ns.enumerated().map { i, n in
          min(
            1,
            level - 0.6 * (1 - level) * (10 / Double(n)).squareRoot() * 3 + 0.003 * noise(i, salt))
        }
        Interval(
          x: ns, y: y, low: y.map { $0 - 0.004 - 0.08 * (1 - $0) },
          high: y.map { min(1, $0 + 0.003 + 0.07 * (1 - $0)) }, series: name)
      }
    }
  }

  static var gridWorld: Figure {
    let map = ["....", ".#.O", "...O", "O..G"]
    var (values, arrows) = ([[Double?]](), [[String]]())
    for (r, row) in map.enumerated() {
      values.append([])
      arrows.append([])
      for (c, cell) in row.enumerated() {
        let distance = Double(6 - r - c)
        values[r].append(cell == "#" ? nil : cell == "O" ? 0 : 1 / (1 + 0.3 * distance))
        arrows[r].append(
          cell == "#" || cell == "O"
            ? ""
            : cell == "G"
              ? "★" : r < 3 && c < 3 && (r + c) % 2 == 0 ? "↓" : r == 3 ? "→" : c == 3 ? "←" : "↘")
      }
    }
    return Figure(
      id: "grid-world", title: "The optimal policy keeps away from the holes",
      subtitle: "FrozenLake 4 × 4, γ = 0.99: value and greedy action of each state",
      x: .category(), y: .category()
    ) {
      Heat(values, label: "V*", glyphs: arrows)
    }
  }

  static var forest: Figure {
    let names = [
      "UCBVI on RiverSwim(6)", "UCBVI on DeepSea(10)", "LCB, C* = 1", "LCB, C* = 9",
      "PEVI, d = 20", "LSVI-UCB, d = 20", "Thompson sampling on ten Bernoulli arms",
    ]
    let y = [0.51, 0.48, 0.99, 0.52, 0.55, 0.61, 0.08]
    let half = [0.03, 0.05, 0.02, 0.04, 0.09, 0.12, 0.015]
    return Figure(
      id: "slopes", title: "Six of seven fitted slopes agree with their theorem",
      subtitle: "absolute slope on log-log axes, 95 % bootstrap interval",
      x: .linear("slope →"), y: .category()
    ) {
      Reference(x: 0.5, "½")
      Interval(
        x: y, y: names, low: zip(y, half).map { $0 - $1 }, high: zip(y, half).map { $0 + $1 },
        values: true)
    }
  }

  static var profiles: Figure {
    let taus = (0...60).map { Double($0) / 60 }
    let series: [(String, Double)] = [
      ("UCBVI", 0.9), ("OptQL", 0.6), ("PSRL", 0.95), ("UCRL2", 0.45),
    ]
    return Figure(
      id: "profiles", title: "PSRL leads at every level of score",
      subtitle: "fraction of 240 runs with a normalised score above τ; 95 % stratified bootstrap",
      x: .linear("score τ →"), y: .linear("↑ fraction of runs")
    ) {
      for (name, level) in series {
        let y = taus.map { t in
          let u = t / level
          return u >= 1.1 ? 0 : (max(0, 1 - u * u * u / 1.331) * 60).rounded() / 60
        }
        Band(
          x: taus, low: y.map { max(0, $0 - 0.04) }, high: y.map { min(1, $0 + 0.04) },
          series: name,
          curve: .step)
        Line(x: taus, y: y, series: name, curve: .step, labelAt: level * 0.85)
      }
    }
  }

  static var bars: Figure {
    let names = ["RiverSwim", "DeepSea", "FrozenLake", "four rooms", "Garnet"]
    let data: [(String, [Double])] = [
      ("UCBVI", [412, 655, 230, 540, 310]), ("OptQL", [980, 1_210, 705, 1_480, 860]),
      ("PSRL", [233, 340, 150, 420, 205]),
    ]
    return Figure(
      id: "bars", title: "PSRL has the least regret on all five instances",
      subtitle: "regret after 10⁴ episodes, mean of 50 seeds, 95 % bootstrap whiskers",
      x: .category("", names), y: .linear("↑ regret")
    ) {
      for (name, y) in data {
        Bars(
          x: names, y: y, low: y.map { $0 * 0.9 }, high: y.map { $0 * 1.12 }, series: name)
      }
    }
  }

  static var lyingBars: Figure {
    Figure(
      id: "times", title: "Policy iteration is fastest on small models",
      subtitle: "seconds of one solve, median of five",
      x: .linear("seconds →"), y: .category()
    ) {
      Bars(
        x: [0.12, 0.45, 0.31, 1.92],
        y: ["policy iteration", "value iteration", "Gauss–Seidel", "linear programme"], values: true
      )
    }
  }

  static var manyPanels: Figure {
    Figure(
      id: "families", title: "Every learner’s regret bends, at its own scale",
      subtitle: "one panel a learner, own y-axis; single runs, their mean, and the proved bound",
      x: .linear("episodes →"), y: .linear("↑ regret"), facets: .columns(3, y: .free)
    ) {
      let names = ["UCBVI", "OptQL", "PSRL", "UCRL2", "RLSVI", "EULER"]
      for (k, name) in names.enumerated() {
        Panel(name) {
          let xs = (0...20).map { $0 * 500 }
          let scale = [1.0, 3, 0.6, 12, 2, 150][k]
          let y = xs.map { scale * Double($0).squareRoot() }
          Runs(
            x: xs,
            ys: (0..<8).map { run in y.enumerated().map { $1 * (1 + 0.3 * noise(run, k)) } },
            series: name)
          Line(x: xs, y: y, series: name, markers: .none)
          Theory(
            x: xs, y: y.map { $0 * 4 }, label: "proved bound", kind: .upperBound, clipped: true)
        }
      }
    }
  }

  static var phases: Figure {
    let gaps = ["0.01", "0.03", "0.1", "0.3"]
    let sizes = ["10²", "10³", "10⁴", "10⁵", "10⁶"]
    return Figure(
      id: "phases", title: "Data and gap trade off along one curve",
      subtitle: "probability that the best arm is found, 1 000 trials a cell",
      x: .category("samples N →"), y: .category("gap"), facets: .columns(2)
    ) {
      for (k, name) in ["uniform logging", "skewed logging"].enumerated() {
        Panel(name) {
          let values = gaps.indices.map { r in
            sizes.indices.map { c in
              min(1, max(0.5, 0.5 + 0.12 * Double(r + c) - 0.2 - 0.1 * Double(k)))
            }
          }
          Heat(
            values, label: "P(found)", rows: gaps, columns: sizes, cells: .stretched,
            range: 0.5...1)
        }
      }
    }
  }

  static var mixed: Figure {
    let xs = (1...24).map { $0 * $0 * 20 }
    let y = xs.enumerated().map { 40 * noise($0, 9) * Double($1) / 1_000 + Double($1) / 30 }
    return Figure(
      id: "mixed", title: "The advantage turns positive after 2\u{A0}000 episodes",
      subtitle: "difference of returns, symmetric logarithmic axis",
      x: .linear("episodes →"), y: .symlog("↑ difference", linearWithin: 10)
    ) {
      Points(x: xs, y: y, series: "paired seeds")
      Reference(y: 0)
      Reference(x: 2_000, "K₀")
      Theory(
        x: xs, y: xs.map { 600 * Double($0).squareRoot() }, label: "proved bound",
        kind: .upperBound, source: "off scale", clipped: true)
      Theory(x: xs, y: xs.map { Double($0) / 30 }, label: "expectation", kind: .exact)
      Theory(x: xs, y: xs.map { -Double($0).squareRoot() }, label: "lower bound", kind: .lowerBound)
      Vacuous(until: 5_000, "vacuous until K ≈ 5 000")
      Text(x: 8_700, y: -62.0, "two runs fell behind")
    }
  }

  static var all: [Figure] {
    [
      regret, facets, coverage, gridWorld, forest, profiles, bars, lyingBars, manyPanels, phases,
      mixed,
    ]
  }
}
