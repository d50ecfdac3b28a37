// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels
import Planning
import TestSupport
import Testing

@Suite("Banded evaluation")
struct BandedEvaluationTests {
  @Test("a large local chain is evaluated within its band, and agrees with Krylov")
  func localChain() throws {
    let model = try Garnet(states: 5_000, actions: 3, branching: 4, window: 20, seed: 4).model()
    let problem = try DiscountedMDP(model, discount: 0.999)
    let stopping = StoppingRule(epsilon: 1e-7)
    let banded = try PolicyIteration().solve(problem, stopping: stopping)
    #expect(banded.notes.contains { $0.contains("banded LU, half bandwidth 20") })
    let krylov = try PolicyIteration(evaluation: .krylov).solve(problem, stopping: stopping)
    for solution in [banded, krylov] {
      #expect(solution.status == .converged)
      #expect(CertificateChecker().check(solution.certificate, against: model) == nil)
    }
    for (a, b) in zip(banded.values, krylov.values) { #expect(abs(a - b) <= 1e-7) }
  }

  @Test(
    "small models: within the band where it is narrow and no goal makes systems triangular",
    arguments: [
      ("garnet:states=160,actions=3,branching=4,window=20,seed=4", "banded LU, half bandwidth 20"),
      ("garnet:states=159,actions=3,branching=4,window=20,seed=4", "sparse LU (KLU)"),
      ("maze:cells=2000,slip=0.1,seed=1", "sparse LU (KLU)"),
      ("riverswim:states=20", "banded LU, half bandwidth 1"),
    ])
  func smallModels(_ specification: String, _ method: String) throws {
    let problem = try DiscountedMDP(catalogueModel(specification), discount: 0.99)
    let stopping = StoppingRule(epsilon: 1e-9)
    let chosen = try PolicyIteration().solve(problem, stopping: stopping)
    #expect(chosen.notes.contains { $0.contains(method) }, "\(chosen.notes)")
    for method in [EvaluationMethod.sparseDirect, .banded, .dense] {
      let other = try PolicyIteration(evaluation: method).solve(problem, stopping: stopping)
      #expect(chosen.status == .converged && other.status == .converged)
      for (a, b) in zip(chosen.values, other.values) { #expect(abs(a - b) <= 1e-9) }
    }
  }

  @Test("a large model with far next states is not")
  func farStates() throws {
    let model = try Garnet(states: 3_000, actions: 2, branching: 4, seed: 4).model()
    let solution = try PolicyIteration().solve(
      DiscountedMDP(model, discount: 0.99), stopping: StoppingRule(epsilon: 1e-7))
    #expect(solution.status == .converged)
    #expect(solution.notes.contains { $0.contains("BiCGStab") })
  }
}
