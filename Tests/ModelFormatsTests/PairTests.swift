// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import ModelFormats
import Testing

/// Storm wrote each of these models once as DRN (10 digits) and once as UMB (all bits).
@Suite struct PairTests {
  static let names = ["coin2-2", "csma2-2", "maze_2", "slipgrid", "two_dice"]

  @Test("reads the same model from DRN and from UMB", arguments: names)
  func pair(name: String) throws {
    for storage in [TransitionMatrix.Storage.sparse, .dense] {
      let text = try readModel(
        at: golden("prism/\(name).drn"), options: .init(storage: storage))
      let binary = try readModel(
        at: golden("prism/\(name).umb"), options: .init(storage: storage))
      let (a, b) = (text.dynamics, binary.dynamics)
      #expect(a.stateCount == b.stateCount)
      #expect(a.actionCount == b.actionCount)
      #expect(a.choicePointers == b.choicePointers)
      #expect(a.choiceActions == b.choiceActions)
      #expect(a.actionNames == b.actionNames)
      #expect(a.initialDistribution == b.initialDistribution)
      #expect(a.rewards == b.rewards)
      #expect(text.rewardModels == binary.rewardModels)
      #expect(text.rewardModel == binary.rewardModel)
      // DRN does not mention labels that no state has.
      #expect(a.stateLabels == b.stateLabels.filter { !$0.value.isEmpty })
      let (P, Q) = (a.transitions.sparseForm(), b.transitions.sparseForm())
      #expect(P.rowPointers == Q.rowPointers)
      #expect(P.columns == Q.columns)
      for (p, q) in zip(P.values, Q.values) { #expect(abs(p - q) <= 5e-11 * q) }
    }
  }

  @Test(
    "reads sizes, labels and rewards as Storm reports them",
    arguments: [
      ("coin2-2", 272, 400, "steps"), ("csma2-2", 1038, 1054, "time"),
      ("maze_2", 15, 54, "default"), ("slipgrid", 16, 48, "default"),
      ("two_dice", 169, 254, "coinflips"),
    ])
  func sizes(name: String, states: Int, choices: Int, reward: String) throws {
    let document = try readModel(at: golden("prism/\(name).umb"))
    #expect(document.dynamics.stateCount == states)
    #expect(document.dynamics.choiceCount == choices)
    #expect(Array(document.rewardModels.keys) == [reward])
    #expect(document.rewardModel == reward)
    #expect(document.warnings.isEmpty)
    #expect(document.dynamics.initialDistribution?[0] == 1)
  }

  @Test("divides thirteen times 0.07692307692 by its sum, and says so")
  func limitedDigits() throws {
    let document = try readModel(at: golden("prism/maze_2.drn"))
    #expect(document.warnings.count == 1)
    #expect(document.warnings.first?.contains("the text has 10 digits") == true)
    #expect(document.dynamics.transitions.probability(row: 0, next: 5) == 1.0 / 13)
  }

  @Test("tells choices of one state with the same label apart")
  func sharedLabels() throws {
    let coin = try readModel(at: golden("prism/coin2-2.umb")).dynamics
    #expect(coin.actionNames == ["unlabeled", "unlabeled#2", "done"])
    let dice = try readModel(at: golden("prism/two_dice.umb")).dynamics
    #expect(dice.actionNames == nil)
    #expect(dice.choiceActions?.prefix(4) == [0, 1, 0, 1])
  }

  @Test("brings every pair through every format", arguments: names)
  func roundTrips(name: String) throws {
    let scratch = try Scratch()
    let document = try readModel(at: golden("prism/\(name).umb"), options: .init(storage: .sparse))
    for format in [ModelFormat.umb, .drn, .prismExplicit, .json, .npz] {
      let again = try scratch.roundTrip(document, format, .init(storage: .sparse))
      #expect(again.dynamics.transitions == document.dynamics.transitions)
      #expect(again.dynamics.choicePointers == document.dynamics.choicePointers)
      #expect(again.dynamics.choiceActions == document.dynamics.choiceActions)
      #expect(again.dynamics.rewards == document.dynamics.rewards)
      #expect(again.dynamics.initialDistribution == document.dynamics.initialDistribution)
      if format != .npz {
        #expect(again.dynamics.actionNames == document.dynamics.actionNames)
        #expect(again.rewardModels == document.rewardModels)
        #expect(
          again.dynamics.stateLabels.filter { !$0.value.isEmpty }
            == document.dynamics.stateLabels.filter { !$0.value.isEmpty })
      }
      #expect(again.warnings.isEmpty)
    }
  }
}
