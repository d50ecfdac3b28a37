// SPDX-License-Identifier: Apache-2.0
import Foundation
import Hardness
import LinearAlgebra
import MarkovModels
import TestSupport
import Testing

@Suite("Chains of policies")
struct ChainTests {
  private func chain(_ model: TabularMDP) throws -> PolicyChain {
    try PolicyChain(StochasticPolicy.uniform(of: model), of: model)
  }

  @Test(
    "two states have every measure in closed form",
    arguments: [(0.1, 0.2), (0.5, 0.5), (0.01, 0.03), (0.9, 0.8), (1, 0.25)])
  func twoStates(a: Double, b: Double) throws {
    let example = try TwoStateChain(leaveFirst: a, leaveSecond: b)
    let chain = try chain(example.model())
    let lambda = abs(example.secondEigenvalue)
    let pi = try StationaryDistribution(of: chain).probabilities
    for s in 0...1 {
      expectClose(pi[s].middle, example.stationaryDistribution[s], tolerance: 1e-15)
      #expect(pi[s].width < 1e-13)
    }
    let second = try SecondEigenvalue(of: chain)
    expectClose(second.modulus.middle, lambda, tolerance: 1e-12)
    expectClose(try KemenyConstant(of: chain).steps.middle, 1 / (a + b), tolerance: 1e-11)
    // d(t) = max π |λ|^t.
    let largest = max(a, b) / (a + b)
    var (t, distance) = (0.0, largest)
    while distance > 0.25 { (t, distance) = (t + 1, distance * lambda) }
    let mixing = try MixingTime(of: chain).steps
    #expect(mixing.contains(t))
    #expect(mixing.width <= 1)
  }

  @Test("a ring mixes never, and takes (n − 1)/2 steps to a random state", arguments: [2, 5, 12])
  func ring(n: Int) throws {
    let chain = try chain(cycle(n))
    #expect(throws: HardnessError.periodic(period: n)) { try MixingTime(of: chain) }
    #expect(try SecondEigenvalue(of: chain).modulus == Measured(1))
    let kemeny = try KemenyConstant(of: chain).steps
    #expect(kemeny.contains(Double(n - 1) / 2))
    #expect(kemeny.width < 1e-10)
  }

  @Test("rows that are all alike forget at once", arguments: [2, 4, 8])
  func independent(n: Int) throws {
    let row = (0..<n).map { ($0, 1 / Double(n)) }
    let chain = try chain(model((0..<n).map { _ in [row] }))
    #expect(try MixingTime(of: chain).steps == Measured(1))
    #expect(try SecondEigenvalue(of: chain).modulus.upper < 1e-10)
    #expect(try KemenyConstant(of: chain).steps.contains(Double(n - 1)))
  }

  @Test("a lazy walk on a complete graph has gap p and Kemeny constant (n − 1)/p")
  func complete() throws {
    let (n, p) = (8, 0.125)
    let rows = (0..<n).map { s in
      [(0..<n).map { t in (t, p / Double(n) + (s == t ? 1 - p : 0)) }]
    }
    let chain = try chain(model(rows))
    let second = try SecondEigenvalue(of: chain).modulus
    #expect(second.contains(1 - p) && second.width < 1e-9)
    #expect(try KemenyConstant(of: chain).steps.contains(Double(n - 1) / p))
    // d(t) = (1 − 1/n)(1 − p)^t ≤ 1/4.
    let t = (log(0.25 / (1 - 1 / Double(n))) / log(1 - p)).rounded(.up)
    #expect(try MixingTime(of: chain).steps == Measured(t))
  }

  @Test("random chains agree with powers and eigenvalues", arguments: 0..<10 as Range<UInt64>)
  func randomChains(seed: UInt64) throws {
    let n = 3 + Int(seed)
    let mdp = try randomMDP(kind: .dense, states: n, actions: 1, seed: seed)
    // A slow mixture with staying put.
    let rows = chainMatrix(mdp).enumerated().map { s, row in
      row.enumerated().map { t, p in 0.1 * p + (s == t ? 0.9 : 0) }
    }
    let slow = try model(rows.map { row in [row.enumerated().map { ($0, $1) }] })
    let chain = try chain(slow)
    var power = Matrix.identity(n)
    let P = Matrix(rows: rows)
    for _ in 0..<4_000 { power = power.times(P) }
    let pi = try StationaryDistribution(of: chain).probabilities
    for s in 0..<n {
      expectClose(pi[s].middle, power[0, s], tolerance: 1e-10)
      #expect(pi[s].width < 1e-11)
    }
    var (t, current) = (0, Matrix.identity(n))
    func distance() -> Double {
      (0..<n).map { s in (0..<n).reduce(0) { $0 + abs(current[s, $1] - power[0, $1]) } / 2 }
        .max() ?? 0
    }
    while distance() > 0.25 {
      t += 1
      current = current.times(P)
    }
    #expect(try MixingTime(of: chain).steps == Measured(Double(t)))
    let values = try Eigendecomposition(P).values
    let sorted = values.sorted { $0.modulus > $1.modulus }
    let second = try SecondEigenvalue(of: chain).modulus
    expectClose(second.middle, sorted[1].modulus, tolerance: 1e-9)
    #expect(second.width < 1e-8)
    // Σ 1/(1 − λ) is real: conjugate pairs add twice the real part.
    let sum = sorted.dropFirst().reduce(0.0) { sum, value in
      let real = 1 - value.real
      return sum + real / (real * real + value.imaginary * value.imaginary)
    }
    let kemeny = try KemenyConstant(of: chain).steps
    expectClose(kemeny.middle, sum, tolerance: 1e-8)
    #expect(kemeny.width < 1e-7)
  }

  @Test("a defective chain keeps an upper bound on its second eigenvalue")
  func defective() throws {
    // Every state steps down to 0, which stays: all other eigenvalues are 0, in one Jordan block.
    let n = 6
    let chain = try chain(model((0..<n).map { [[(max($0 - 1, 0), 1)]] }))
    let second = try SecondEigenvalue(of: chain).modulus
    #expect(second.lower == 0 && second.upper < 0.05)
    #expect(try MixingTime(of: chain).steps == Measured(Double(n - 1)))
    #expect(throws: HardnessError.notIrreducible(from: .init(state: 0), to: .init(state: 1))) {
      try KemenyConstant(of: chain)
    }
  }

  @Test("chains that do not settle on one class say so")
  func reducible() throws {
    let chain = try chain(model([[[(0, 1)]], [[(1, 1)]]]))
    #expect(throws: HardnessError.severalClosedClasses(2)) { try MixingTime(of: chain) }
    #expect(throws: HardnessError.severalClosedClasses(2)) {
      try StationaryDistribution(of: chain)
    }
    #expect(try SecondEigenvalue(of: chain).modulus == Measured(1))
    #expect(!chain.isIrreducible && chain.closedClassCount == 2)
  }

  @Test("an ending episode and too many states are refused; one state is trivial")
  func edges() throws {
    let ending = try model([[[(0, 0.5)]]], termination: [[0.5]])
    #expect(throws: HardnessError.terminates(.init(state: 0, action: 0))) { try chain(ending) }
    #expect(throws: HardnessError.tooLarge(what: "states", size: 5, limit: 4)) {
      try PolicyChain(StochasticPolicy.uniform(of: cycle(5)), of: cycle(5), limit: 4)
    }
    let one = try chain(model([[[(0, 1)]]]))
    #expect(try MixingTime(of: one).steps == Measured(0))
    #expect(try KemenyConstant(of: one).steps == Measured(0))
    #expect(try SecondEigenvalue(of: one).modulus == Measured(0))
    #expect(try StationaryDistribution(of: one).probabilities == [Measured(1)])
  }

  @Test("a chain of rare jumps keeps its bounds")
  func rare() throws {
    let example = try TwoStateChain(leaveFirst: 1e-9, leaveSecond: 2e-9)
    let chain = try chain(example.model())
    let kemeny = try KemenyConstant(of: chain).steps
    expectClose(kemeny.middle, 1 / 3e-9, tolerance: 1e3)
    #expect(kemeny.upper.isFinite)
    let mixing = try MixingTime(of: chain).steps
    let t = log(0.25 / (2.0 / 3)) / log1p(-3e-9)
    #expect(mixing.lower <= t.rounded(.up) + 1 && mixing.upper >= t.rounded(.down))
  }
}
