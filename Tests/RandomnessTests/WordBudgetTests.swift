// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import TestSupport
import Testing

/// Counts the words drawn from a broken generator; above the budget of a draw it mends itself, so that
/// a loop without a bound ends and is found out by its count.
private struct CountedGenerator: RandomNumberGenerator {
  var broken: HostileGenerator
  var mended = RepeatableGenerator(seed: 1)
  var count = 0
  var budget = 0
  static let perDraw = 10_000_000

  mutating func next() -> UInt64 {
    count += 1
    return count > budget ? mended.next() : broken.next()
  }
}

@Suite("Words that a draw may take")
struct WordBudgetTests {
  /// A rejection loop tries at most so often.
  private let tries = 64
  /// PROVABLY_DRAWS: how often each is drawn; if set, a line with the most words is printed.
  private static let draws =
    ProcessInfo.processInfo.environment["PROVABLY_DRAWS"].flatMap(Int.init)

  private func expectWords(
    _ name: String, _ generator: HostileGenerator, atMost limit: Int,
    _ draw: (inout CountedGenerator) throws -> Void
  ) rethrows {
    var rng = CountedGenerator(broken: generator)
    var most = 0
    for _ in 0..<(Self.draws ?? 50) {
      let before = rng.count
      rng.budget = before + CountedGenerator.perDraw
      try draw(&rng)
      most = max(most, rng.count - before)
    }
    #expect(most <= limit, "\(name): \(most) words from \(generator)")
    if let draws = Self.draws {
      print("WORDS", name, generator, draws, most, limit, separator: "\t")
    }
  }

  @Test("every sampler has a bound, whatever the generator", arguments: HostileGenerator.all)
  func bounded(_ g: HostileGenerator) throws {
    expectWords("uniform", g, atMost: 1) { _ = $0.uniform() }
    expectWords("bernoulli", g, atMost: 1) { _ = $0.bernoulli(0.5) }
    expectWords("categorical", g, atMost: 1) { _ = $0.categorical([1, 0, 2]) }
    expectWords("exponential", g, atMost: 1) { _ = $0.exponential() }
    expectWords("geometric", g, atMost: 1) { _ = $0.geometric(probability: 1e-9) }
    let table = try AliasTable([1, 2, 3])
    expectWords("alias table", g, atMost: 1) { _ = table.sample(using: &$0) }
    for n in [1, 3, 1 << 40, Int.max] {
      expectWords("uniform below \(n)", g, atMost: 1 + tries) { _ = $0.uniform(below: n) }
    }
    // A word, then of each try a uniform number and a word, or in the tail two exponentials.
    let gaussian = 1 + 4 * tries
    expectWords("gaussian", g, atMost: gaussian) { _ = $0.gaussian() }
    // Of each try a Gaussian and a uniform number; a small shape takes an exponential more.
    let gamma = tries * (gaussian + 1) + 1
    for shape in [1e-300, 0.01, 0.9, 1, 30, 1e15] {
      expectWords("gamma \(shape)", g, atMost: gamma) { _ = $0.gamma(shape: shape) }
      expectWords("beta \(shape)", g, atMost: 2 * gamma + 1) { _ = $0.beta(shape, 0.5) }
    }
    expectWords("dirichlet", g, atMost: 6 * gamma + 1) { _ = $0.dirichlet([0.01, 1, 30]) }
    expectWords("dirichlet, tiny", g, atMost: 6 * gamma + 1) {
      _ = $0.dirichlet([1e-300, 1e-300, 1e-300])
    }
    for (n, p) in [(7, 0.5), (1_000, 0.5), (1 << 53, 0.3), (1 << 53, 1e-12)] {
      expectWords("binomial \(n)", g, atMost: 2 * tries) {
        _ = $0.binomial(trials: n, probability: p)
      }
    }
    expectWords("multinomial", g, atMost: 3 * 2 * tries) {
      _ = $0.multinomial(trials: 1 << 40, weights: [1, 2, 3])
    }
    for n in [1, 5, 40] {
      expectWords("simplex", g, atMost: n - 1) { _ = $0.uniformSimplex(n) }
      expectWords("permutation", g, atMost: n * (1 + tries)) { _ = $0.permutation(of: n) }
      expectWords("sample", g, atMost: n * (1 + tries)) { _ = $0.sample(n, below: 1_000) }
    }
  }

  @Test("probability 0 never happens and probability 1 always", arguments: HostileGenerator.all)
  func certain(_ generator: HostileGenerator) {
    var rng = generator
    for _ in 0..<6 {
      let (never, always) = (rng.bernoulli(0), rng.bernoulli(1))
      #expect(!never && always)
    }
  }
}
