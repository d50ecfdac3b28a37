// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("Bandits")
struct BanditTests {
  @Test("the best arm is the lowest of the greatest means")
  func bestArm() throws {
    let bandit = try BernoulliBandit(means: [0.25, 0.75, 0.75])
    #expect(bandit.bestArm == 1)
    #expect(bandit.armCount == 3)
    #expect(bandit.gap(ofArm: 0) == 0.5)
    #expect(bandit.gap(ofArm: 1) == 0)
  }

  @Test("refuses bad arms")
  func errors() {
    #expect(throws: ModelError.self) { try BernoulliBandit(means: []) }
    #expect(throws: ModelError.self) { try BernoulliBandit(means: [0.5, 1.5]) }
    #expect(throws: ModelError.self) { try BernoulliBandit(means: [.nan]) }
    #expect(throws: ModelError.self) { try GaussianBandit(means: []) }
    #expect(throws: ModelError.self) { try GaussianBandit(means: [.infinity]) }
    #expect(throws: ModelError.self) { try GaussianBandit(means: [0], standardDeviations: [-1]) }
    #expect(throws: ModelError.self) { try GaussianBandit(means: [0], standardDeviations: [.nan]) }
    #expect(throws: ModelError.wrongCount(array: "standard deviations", expected: 2, found: 1)) {
      try GaussianBandit(means: [0, 1], standardDeviations: [1])
    }
  }

  @Test("Bernoulli rewards have the mean of the arm")
  func bernoulli() throws {
    // Hoeffding: the mean of 10⁵ rewards is off by 0.015 with probability below 2 e⁻⁴⁵.
    let bandit = try BernoulliBandit(means: [0, 0.3, 1])
    var rng = RepeatableGenerator(seed: 1)
    for arm in 0..<3 {
      let total = (0..<100_000).reduce(0.0) { sum, _ in sum + bandit.reward(ofArm: arm, using: &rng)
      }
      expectClose(total / 100_000, bandit.means[arm], tolerance: 0.015)
    }
  }

  @Test("Gaussian rewards have the mean and the spread of the arm")
  func gaussian() throws {
    // The mean of 10⁵ standard normals is off by 0.02 with probability below 2 e⁻²⁰, their mean
    // square by 0.05 with probability below 2 e⁻³⁰ (chi-square tails).
    let bandit = try GaussianBandit(means: [-3, 10], standardDeviations: [2, 0])
    var rng = RepeatableGenerator(seed: 2)
    let noise = (0..<100_000).map { _ in (bandit.reward(ofArm: 0, using: &rng) + 3) / 2 }
    expectClose(noise.reduce(0, +) / 100_000, 0, tolerance: 0.02)
    expectClose(noise.reduce(0) { $0 + $1 * $1 } / 100_000, 1, tolerance: 0.05)
    #expect(bandit.reward(ofArm: 1, using: &rng) == 10)
    #expect(try GaussianBandit(means: [1, 2]).standardDeviations == [1, 1])
  }

  @Test("broken generators give finite rewards", arguments: HostileGenerator.all)
  func hostile(generator: HostileGenerator) throws {
    var rng = generator
    let bernoulli = try BernoulliBandit(means: [0.5])
    let gaussian = try GaussianBandit(means: [0])
    for _ in 0..<100 {
      #expect([0, 1].contains(bernoulli.reward(ofArm: 0, using: &rng)))
      #expect(abs(gaussian.reward(ofArm: 0, using: &rng)) < 9)
    }
  }
}
