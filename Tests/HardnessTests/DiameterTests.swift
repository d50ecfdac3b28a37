// SPDX-License-Identifier: Apache-2.0
import ExactArithmetic
import Hardness
import MarkovModels
import TestSupport
import Testing

@Suite("Diameter")
struct DiameterTests {
  @Test("is n − 1 for a ring and for a corridor", arguments: [2, 3, 10, 57])
  func closedForms(n: Int) throws {
    let ring = try Diameter(of: cycle(n))
    #expect(ring.steps.contains(Double(n - 1)))
    expectClose(ring.steps.middle, Double(n - 1), tolerance: 1e-12 * Double(n))
    #expect((ring.start + n - 1) % n == ring.target)
    let corridor = try model(
      (0..<n).map { [[(max($0 - 1, 0), 1)], [(min($0 + 1, n - 1), 1)]] })
    let diameter = try Diameter(of: corridor)
    #expect(diameter.steps.contains(Double(n - 1)))
    #expect(diameter.steps.width < 1e-11 * Double(n))
  }

  @Test("of two states is the longer of 1/a and 1/b")
  func twoStates() throws {
    let diameter = try Diameter(of: TwoStateChain(leaveFirst: 0.125, leaveSecond: 0.5).model())
    #expect(diameter.steps.contains(8))
    #expect(diameter.start == 0 && diameter.target == 1)
  }

  @Test(
    "of the slippery grid is what independent value iteration finds",
    arguments: [(5, 8.775475489501), (10, 19.770319585586), (20, 41.776135321785)])
  func grids(n: Int, expected: Double) throws {
    let diameter = try Diameter(of: slipperyGrid(n))
    expectClose(diameter.steps.lower, expected, tolerance: 1e-9)
    expectClose(diameter.steps.upper, expected, tolerance: 1e-9)
  }

  @Test(
    "of a river is the sum of the steps upstream", arguments: [(6, 0.35, 0.05), (10, 0.1, 0.3)])
  func river(states: Int, ahead: Double, back: Double) throws {
    let river = try RiverSwim(states: states, ahead: ahead, back: back)
    // From s0 a step takes 1/0.6, from s it takes (1 + back times the step before)/ahead.
    var (step, total) = (1 / river.fromMouth, 1 / river.fromMouth)
    for _ in 1..<(states - 1) {
      step = (1 + back * step) / ahead
      total += step
    }
    let diameter = try Diameter(of: river.model())
    expectClose(diameter.steps.middle, total, tolerance: 1e-10 * total)
    #expect(diameter.steps.upper.isFinite)
    #expect(diameter.start == 0 && diameter.target == states - 1)
  }

  @Test("says so when a way is longer than doubles can prove")
  func beyondDoubles() throws {
    let diameter = try Diameter(of: RiverSwim(states: 40, ahead: 0.05, back: 0.5).model())
    #expect(diameter.steps.upper == .infinity)
    #expect(diameter.steps.lower > 1)
  }

  @Test("holds the truth of random models on both sides", arguments: 0..<12 as Range<UInt64>)
  func randomModels(seed: UInt64) throws {
    let kind: RandomModelKind = seed % 2 == 0 ? .dense : .sparse
    let mdp = try randomMDP(kind: kind, states: 9, actions: 3, seed: seed)
    let diameter: Diameter
    do { diameter = try Diameter(of: mdp) } catch is HardnessError { return }
    let slow = (0..<9).map { slowHittingTimes(mdp, to: $0).max() ?? 0 }.max() ?? 0
    expectClose(diameter.steps.lower, slow, tolerance: 1e-9 * slow)
    expectClose(diameter.steps.upper, slow, tolerance: 1e-9 * slow)
    #expect(diameter.steps.width <= 1e-10 * slow)
  }

  @Test("contains the exact rational times of every target", arguments: 0..<6 as Range<UInt64>)
  func rationals(seed: UInt64) throws {
    let (S, A) = (4, 2)
    let mdp = try randomMDP(kind: .dense, states: S, actions: A, seed: 100 + seed)
    for g in 0..<S {
      let times = try HittingTimes(to: g, in: mdp).times
      // The rows of the target are empty, so that its time is its reward 0.
      var (pointers, columns, values) = ([0], [Int32](), [Double]())
      for k in 0..<mdp.choiceCount {
        if k / A != g {
          mdp.transitions.forEachEntry(row: k) { t, p, _ in
            columns.append(Int32(t))
            values.append(p)
          }
        }
        pointers.append(columns.count)
      }
      let rows = RationalRows(
        columnCount: S, rowPointers: pointers, columns: columns,
        values: try RationalVector(values))
      let costs = try RationalVector((0..<mdp.choiceCount).map { $0 / A == g ? 0 : 1 })
      // The best of all policies, state by state: one policy is best everywhere.
      var best: RationalVector?
      for code in 0..<(1 << S) {
        let v = try rows.solve(
          rewards: costs, discount: Rational(1), choice: (0..<S).map { $0 * A + (code >> $0) % 2 })
        guard let old = best else {
          best = v
          continue
        }
        if (0..<S).allSatisfy({ v.compare($0, with: old, $0) <= 0 }) { best = v }
      }
      let exact = try #require(best)
      for s in 0..<S {
        let truth = exact.bounds(at: s)
        #expect(times[s].lower <= truth.upperBound && truth.lowerBound <= times[s].upper)
        #expect(times[s].width <= 1e-11 * truth.upperBound)
      }
    }
  }

  @Test("is at least the longest shortest path", arguments: 0..<4 as Range<UInt64>)
  func shortestPaths(seed: UInt64) throws {
    let mdp = try slipperyGrid(4, slip: 0.05 + 0.1 * Double(seed))
    #expect(try Diameter(of: mdp).steps.lower >= 6)
  }

  @Test("copes with states that are hardly ever left")
  func sticky() throws {
    let p = 1e-9
    let mdp = try model([[[(0, 1 - p), (1, p)]], [[(0, 1)]]])
    let steps = try Diameter(of: mdp).steps
    expectClose(steps.middle, 1e9, tolerance: 1e3)
    #expect(steps.lower <= 1e9 && steps.upper.isFinite)
  }

  @Test("of a long corridor with slips follows the closed form", arguments: [50, 400])
  func slipperyCorridor(n: Int) throws {
    let slip = 0.1
    let mdp = try model(
      (0..<n).map { s in
        let (back, on) = (max(s - 1, 0), min(s + 1, n - 1))
        let away = s == 0 ? 0 : back
        return [[(on, 1 - slip), (away, slip)], [(away, 1 - slip), (on, slip)]].map { row in
          row[0].0 == row[1].0 ? [(row[0].0, 1)] : row
        }
      })
    // A step ahead takes h(s) = 1 + slip (h(s − 1) + h(s)), from s0 1/(1 − slip).
    var (step, total) = (1 / (1 - slip), 1 / (1 - slip))
    for _ in 1..<(n - 1) {
      step = (1 + slip * step) / (1 - slip)
      total += step
    }
    let steps = try Diameter(of: mdp).steps
    expectClose(steps.middle, total, tolerance: 1e-10 * total)
    #expect(steps.width < 1e-9 * total)
  }

  @Test("is the same for dense and for sparse storage", arguments: 0..<4 as Range<UInt64>)
  func storage(seed: UInt64) throws {
    let mdp = try randomMDP(kind: .dense, states: 7, actions: 2, seed: seed)
    let sparse = try TabularMDP(
      stateCount: 7, actionCount: 2, transitions: .sparse(mdp.transitions.sparseForm()),
      rewards: mdp.rewards, storage: .sparse)
    #expect(try Diameter(of: mdp).steps == Diameter(of: sparse).steps)
  }

  @Test("names a pair whose distance is infinite")
  func unreachable() throws {
    let oneWay = try model([[[(1, 1)]], [[(1, 1)]]])
    #expect(throws: HardnessError.unreachable(from: .init(state: 1), to: .init(state: 0))) {
      try Diameter(of: oneWay)
    }
    // A choice that may end the episode leads nowhere for sure.
    let ending = try model([[[(1, 0.5)]], [[(0, 1)]]], termination: [[0.5], [0]])
    #expect(throws: HardnessError.unreachable(from: .init(state: 0), to: .init(state: 1))) {
      try Diameter(of: ending)
    }
    // With another choice beside it, it is simply not taken.
    let avoidable = try model(
      [[[(1, 0.5)], [(1, 0.25), (0, 0.75)]], [[(0, 1)]]], termination: [[0.5, 0], [0]])
    #expect(try Diameter(of: avoidable).steps.contains(4))
  }

  @Test("of one state is 0, and too much work is refused")
  func edges() throws {
    #expect(try Diameter(of: model([[[(0, 1)], [(0, 1)]]])).steps == Measured(0))
    #expect(throws: HardnessError.self) { try Diameter(of: slipperyGrid(5), limit: 100) }
  }

  @Test("one way only counts the way to the best state")
  func oneWay() throws {
    // s0 → s1 → s2, an absorbing state that pays.
    let mdp = try model(
      [[[(1, 1)]], [[(2, 0.5), (1, 0.5)]], [[(2, 1)]]], rewards: [[0], [0], [1]])
    #expect(throws: HardnessError.self) { try Diameter(of: mdp) }
    let bounds = try ValueBounds(of: DiscountedMDP(mdp, discount: 0.9))
    let diameter = try OneWayDiameter(of: bounds)
    #expect(diameter.targets == [2])
    #expect(diameter.steps.contains(3))
    // Ties: both states are best, and the interval covers both.
    let even = try ValueBounds(
      of: DiscountedMDP(TwoStateChain(rewards: [1, 1]).model(), discount: 0.5))
    let tied = try OneWayDiameter(of: even)
    #expect(tied.targets == [0, 1] || !tied.steps.isExact)
  }

  @Test("a target that is only reached with luck is unreachable")
  func almostSurely() throws {
    let gamble = try model([[[(1, 0.5), (2, 0.5)]], [[(1, 1)]], [[(2, 1)]]])
    #expect(throws: HardnessError.unreachable(from: .init(state: 0), to: .init(state: 1))) {
      try HittingTimes(to: 1, in: gamble)
    }
    let safe = try model(
      [[[(1, 0.5), (2, 0.5)], [(1, 0.25), (0, 0.75)]], [[(1, 1)]], [[(0, 1)]]])
    let times = try HittingTimes(to: 1, in: safe)
    // Gambling costs t = 1 + (1 + t)/2 = 3, patience 4.
    #expect(times.times[0].contains(3) && times.times[2].contains(4))
    #expect(times.farthest == 2)
  }
}
