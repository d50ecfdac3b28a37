// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("EnvironmentCatalogue")
struct EnvironmentCatalogueTests {
  @Test("every entry builds with its default values, for a discount it suggests")
  func defaults() throws {
    for entry in EnvironmentCatalogue.entries {
      let built = try EnvironmentCatalogue.build(entry.name)
      #expect(built.stateCount > 0)
      #expect(built.suggestedDiscount == entry.suggestedDiscount)
      #expect(built.suggestedDiscount > 0 && built.suggestedDiscount < 1)
      for parameter in entry.parameters where !["rows", "columns"].contains(parameter.name) {
        let text = "\(entry.name):\(parameter.name)=\(parameter.defaultText)"
        #expect(try EnvironmentCatalogue.build(text) == built, "\(text)")
      }
    }
  }

  @Test("names are sorted and in lower case")
  func names() {
    let names = EnvironmentCatalogue.entries.map(\.name)
    #expect(names == Set(names).sorted())
    #expect(names.allSatisfy { $0 == $0.lowercased() })
  }

  @Test("the defaults are those of the initializers")
  func initializers() throws {
    func model(_ name: String) throws -> BuiltEnvironment.Model {
      try EnvironmentCatalogue.build(name).model
    }
    #expect(try model("garnet") == .tabular(Garnet().model(), table: nil))
    #expect(try model("maze") == .tabular(GridMaze().model(), table: nil))
    #expect(try model("chain") == .tabular(Chain().model(), table: nil))
    #expect(try model("combinationlock") == .tabular(CombinationLock().model(), table: nil))
    #expect(try model("deepsea") == .tabular(DeepSea().model(), table: nil))
    #expect(try model("fourrooms") == .tabular(FourRooms().model(), table: nil))
    #expect(try model("inventory") == .tabular(Inventory().model(), table: nil))
    #expect(try model("linear") == .lowRank(RandomLinearMDP().model().lowRank))
    #expect(try model("lowrank") == .lowRank(LowRankFactorModel().model()))
    #expect(try model("machine") == .tabular(MachineReplacement().model(), table: nil))
    #expect(try model("riverswim") == .tabular(RiverSwim().model(), table: nil))
    #expect(try model("twostate") == .tabular(TwoStateChain().model(), table: nil))
    let lake = try FrozenLake()
    #expect(try model("frozenlake") == .tabular(lake.model(), table: lake.table()))
  }

  @Test("parameters reach the environment")
  func parameters() throws {
    #expect(try EnvironmentCatalogue.build("frozenlake:map=8x8").stateCount == 64)
    #expect(try EnvironmentCatalogue.build("garnet:states=7,branching=7").stateCount == 7)
    let maze = try GridMaze(rows: 32, columns: 32, slip: 0.2, objective: .goal, seed: 9)
    let built = try EnvironmentCatalogue.build("maze:cells=1000,slip=0.2,objective=goal,seed=9")
    #expect(built.model == .tabular(try maze.model(), table: nil))
  }

  @Test(
    "says what is allowed",
    arguments: [
      ("rivrswim", "taxi"), ("frozenlake:maps=8x8", "map, slippery"),
      ("frozenlake:map=9x9", "4x4, 8x8"), ("frozenlake:slippery=yes", "true or false"),
      ("garnet:states=0", "a whole number from 1"), ("garnet:states=", "a whole number from 1"),
      ("garnet:states", "a whole number from 1"), ("garnet:states=5,states=6", "one value"),
      ("maze:slip=1.5", "a number from 0.0 to 1.0"), ("maze:slip=nan", "a number from 0.0 to 1.0"),
      ("maze:cells=9,rows=3", "cells alone"), ("taxi:size=5", "it has no parameters"),
      ("garnet:states=2000000000", "GiB"), ("maze:seed=-1", "a whole number from 0"),
      ("", "one of"), ("maze:,", "one of"),
    ])
  func errors(text: String, allowed: String) {
    let error = #expect(throws: ModelError.self) { try EnvironmentCatalogue.build(text) }
    #expect(error.map { "\($0)".contains(allowed) } == true, "\(String(describing: error))")
  }
}
