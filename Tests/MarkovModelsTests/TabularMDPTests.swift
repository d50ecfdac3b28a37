// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels
import TestSupport
import Testing

@Suite("TabularMDP")
struct TabularMDPTests {
  @Test(
    "choices, actions and states are inverse to each other", arguments: RandomModelKind.allCases)
  func indexing(kind: RandomModelKind) throws {
    let model = try randomMDP(kind: kind, states: 13, actions: 3, seed: 5)
    for s in 0..<model.stateCount {
      for k in model.choices(of: s) {
        #expect(model.state(ofChoice: k) == s)
        #expect(model.choice(of: s, action: model.action(ofChoice: k, in: s)) == k)
      }
      #expect(model.choice(of: s, action: 3) == nil)
    }
    #expect(model.choices(of: 12).upperBound == model.choiceCount)
  }

  @Test("a model may offer every action in every state without saying so")
  func uniformChoices() throws {
    let model = try randomMDP(kind: .dense, states: 3, actions: 2, seed: 1)
    #expect(model.choicePointers == [0, 2, 4, 6])
    #expect(model.choiceActions == nil)
  }

  @Test("names are their own, or numbers")
  func names() throws {
    let model = try PutermanTwoState().model()
    #expect(model.name(ofState: 1) == "s2")
    #expect(model.name(ofAction: 1) == "1")
  }

  @Test("absorbing and terminal states are recognized")
  func terminal() throws {
    let model = try PutermanTwoState().model()
    #expect(!model.isAbsorbing(0))
    #expect(model.isAbsorbing(1))
    #expect(!model.isTerminal(1), "it pays −1 for ever")
    let lake = try FrozenLake().model()
    #expect((0..<16).filter(lake.isTerminal) == [5, 7, 11, 12, 15])
  }

  @Test("the range of rewards and the start")
  func ranges() throws {
    let model = try PutermanTwoState().model()
    #expect(model.rewardRange == -1...10)
    #expect(model.startDistribution == [0.5, 0.5])
    #expect(try Chain().model().startDistribution == [1, 0, 0, 0, 0])
  }
}
