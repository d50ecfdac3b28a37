// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import Planning
import TestSupport
import Testing

@Suite("Classification")
struct ClassificationTests {
  @Test("end components of a model with a trap, a cycle and a way out")
  func endComponents() throws {
    // 0 ⇄ 1, where 1 may fall into the trap 2; 3 leads to 0 or 2 and comes back from nowhere.
    let model = try OutcomeTable(states: 4, actions: 2) { s, a in
      switch (s, a) {
      case (0, _): [Outcome(1, to: 1)]
      case (1, 0): [Outcome(1, to: 0)]
      case (1, _): [Outcome(0.5, to: 0), Outcome(0.5, to: 2)]
      case (2, _): [Outcome(1, to: 2)]
      default: [Outcome(0.5, to: 0), Outcome(0.5, to: 2)]
      }
    }.model()
    let found = EndComponents(model)
    #expect(found.components.map(\.states) == [[0, 1], [2]])
    #expect(found.components.map(\.choices) == [[0, 1, 2], [4, 5]])
    #expect(found.componentOfState == [0, 0, 1, -1])
    let kinds = ModelClassification(model)
    #expect(!kinds.isCommunicating && !kinds.isWeaklyCommunicating && kinds.isUnichain == false)
  }

  @Test("classes and periods of a policy")
  func policyClasses() throws {
    // A ring of three, a loop, and a state that leads to both.
    let model = try OutcomeTable(states: 5, actions: 1) { s, _ in
      switch s {
      case 0, 1, 2: [Outcome(1, to: (s + 1) % 3)]
      case 3: [Outcome(1, to: 3)]
      default: [Outcome(0.5, to: 0), Outcome(0.5, to: 3)]
      }
    }.model()
    let classes = PolicyClasses(
      try DeterministicPolicy(actions: [0, 0, 0, 0, 0], of: model), in: model)
    #expect(classes.recurrentClasses.map(\.states) == [[0, 1, 2], [3]])
    #expect(classes.recurrentClasses.map(\.period) == [3, 1])
    #expect(classes.transientStates == [4])
    #expect(!classes.isUnichain && !classes.isProper)
  }

  /// 7 kinds × 60 seeds: the answers against a list of all policies.
  @Test(
    "unichain and communicating agree with a list of all policies", arguments: LongRunKind.allCases)
  func brute(_ kind: LongRunKind) throws {
    for seed in 1...60 {
      let model = try longRunModel(kind, seed: seed)
      let S = model.stateCount
      let policies = try allPolicies(model)
      let classes = policies.map { PolicyClasses($0, in: model) }
      let found = ModelClassification(model)
      let unichain = classes.allSatisfy { $0.recurrentClasses.count == 1 }
      #expect(found.isUnichain == unichain, "\(kind) \(seed)")
      if let witness = found.witness {
        #expect(PolicyClasses(witness, in: model).recurrentClasses.count > 1)
      } else {
        #expect(unichain)
      }
      // Communicating: every state can be reached from every other under some policy.
      var reach = (0..<S).map { s in (0..<S).map { $0 == s } }
      for _ in 0..<S {
        for s in 0..<S {
          for k in model.choices(of: s) {
            model.transitions.forEachEntry(row: k) { t, _, _ in
              for u in 0..<S where reach[t][u] { reach[s][u] = true }
            }
          }
        }
      }
      #expect(found.isCommunicating == reach.allSatisfy { $0.allSatisfy { $0 } }, "\(kind) \(seed)")
      // Weakly communicating: the states that are recurrent under some policy reach each other.
      let recurrent = (0..<S).filter { s in classes.contains { $0.classOfState[s] >= 0 } }
      let weakly = recurrent.allSatisfy { s in recurrent.allSatisfy { reach[s][$0] } }
      #expect(found.isWeaklyCommunicating == weakly, "\(kind) \(seed)")
      for s in recurrent { #expect(found.endComponents.componentOfState[s] >= 0) }
      for s in 0..<S where found.endComponents.componentOfState[s] >= 0 {
        #expect(recurrent.contains(s))
      }
    }
  }

  @Test("a model too large for the search says that it did not decide")
  func undecided() throws {
    // Two rings of 12 that touch in no state: a policy may stay in either, and no state is in both.
    let model = try OutcomeTable(states: 40, actions: 2) { s, a in
      [Outcome(1, to: a == 0 ? (s + 1) % 40 : (s * 7 + 3) % 40)]
    }.model()
    #expect(ModelClassification(model, budget: 1).isUnichain == nil)
    #expect(ModelClassification(model).isCommunicating)
  }
}
