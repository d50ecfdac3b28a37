// SPDX-License-Identifier: Apache-2.0
import Provably

/// A program of one screen that shows one idea; its output is a function of the seed.
public protocol Demo {
  /// What `provably demo` calls it.
  static var name: String { get }
  /// What it shows, in a line.
  static var summary: String { get }
  /// Computes and draws; the last line is `Try: …`.
  static func run(seed: UInt64, on screen: inout Screen) throws
}

/// Every demo of this module, in the order in which they are best read.
public enum DemoCatalogue {
  /// The demos.
  public static var all: [any Demo.Type] {
    [
      Contraction.self, GreedyEarly.self, HandCertificate.self, Lake.self, CriticalDiscount.self,
      LowRank.self, BanditRegret.self, Pessimism.self, TwoRegimes.self, RiverRegret.self,
      Overlap.self, Luck.self, ThreeSeeds.self,
    ]
  }

  /// What they are called.
  public static var names: [String] { all.map { $0.name } }

  /// The demo called `name`, if there is one.
  public static func demo(named name: String) -> (any Demo.Type)? { all.first { $0.name == name } }
}

extension DiscountedMDP {
  /// One Bellman backup of `values`: the new values, and a greedy choice in each state.
  func backup(_ values: [Double]) throws -> (values: [Double], greedy: DeterministicPolicy) {
    let choices = (0..<dynamics.stateCount).map { dynamics.choices(of: $0).lowerBound }
    let first = try DeterministicPolicy(choices: choices, of: dynamics)
    let q = try PolicyEvaluation(first, in: self).actionValues(of: values)
    let greedy = (0..<dynamics.stateCount).map { s in
      dynamics.choices(of: s).reduce(dynamics.choices(of: s).lowerBound) { q[$1] > q[$0] ? $1 : $0 }
    }
    return (greedy.map { q[$0] }, try DeterministicPolicy(choices: greedy, of: dynamics))
  }

  /// What `policy` loses in its worst state, given the optimal values.
  func loss(of policy: DeterministicPolicy, against best: [Double]) throws -> Double {
    distance(try PolicyEvaluation(policy, in: self).values(), best)
  }
}

/// The greatest difference of two vectors in any component.
func distance(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

/// A file that the user has pointed a demo to is not what it must be.
public struct DemoInputError: Error, CustomStringConvertible {
  /// What is wrong, and where.
  public let description: String
}

/// What a demo says is not so: a fault of the program, not of its user.
struct DemoError: Error, CustomStringConvertible {
  let description: String
}

/// Throws unless what a demo is about to say holds.
func check(_ holds: Bool, _ claim: String) throws {
  guard holds else { throw DemoError(description: "the demo's claim fails: \(claim)") }
}
