// SPDX-License-Identifier: Apache-2.0

// Models drawn from a seed. Defaults repeat those of the initializers: a test compares.
extension EnvironmentCatalogue {
  static let garnet = Entry(
    name: "garnet", summary: "a random model with a fixed number of next states",
    parameters: [
      .integer("states", 100, in: 1...ParameterCheck.maximumStates, "states"),
      .integer("actions", 4, in: 1...ParameterCheck.maximumStates, "actions in every state"),
      .integer(
        "branching", 5, in: 1...ParameterCheck.maximumStates,
        "next states of every choice; the number of states for a dense model"),
      .integer(
        "window", 0, in: 0...ParameterCheck.maximumStates,
        "greatest distance of a next state; 0 for no limit"),
      .seed,
    ], suggestedDiscount: 0.99
  ) { p throws(ModelError) in
    let states = p.integer("states")
    let recipe = try Garnet(
      states: states, actions: p.integer("actions"),
      branching: p.isGiven("branching") ? p.integer("branching") : min(states, 5),
      window: p.integer("window") == 0 ? nil : p.integer("window"), seed: p.seed)
    return BuiltEnvironment(try recipe.model(), discount: 0.99)
  }

  static let linear = Entry(
    name: "linear", summary: "a random linear MDP with simplex features",
    parameters: [
      .integer("states", 50, in: 1...ParameterCheck.maximumStates, "states"),
      .integer("actions", 4, in: 1...ParameterCheck.maximumStates, "actions in every state"),
      .integer("dimension", 6, in: 1...ParameterCheck.maximumStates, "dimension of the features"),
      .integer("rank", 0, in: 0...ParameterCheck.maximumStates, "rank; 0 for the dimension"),
      .seed,
    ], suggestedDiscount: 0.95
  ) { p throws(ModelError) in
    let recipe = try RandomLinearMDP(
      states: p.integer("states"), actions: p.integer("actions"),
      dimension: p.integer("dimension"), rank: p.integer("rank") == 0 ? nil : p.integer("rank"),
      seed: p.seed)
    return BuiltEnvironment(.lowRank(try recipe.model().lowRank), discount: 0.95)
  }

  static let lowRank = Entry(
    name: "lowrank", summary: "a random model of low rank, in factors",
    parameters: [
      .integer("states", 1_000, in: 1...ParameterCheck.maximumStates, "states"),
      .integer("actions", 4, in: 1...ParameterCheck.maximumStates, "actions in every state"),
      .integer("rank", 20, in: 1...ParameterCheck.maximumStates, "latent classes"),
      .integer("branching", 3, in: 1...ParameterCheck.maximumStates, "classes after a choice"),
      .seed,
    ], suggestedDiscount: 0.99
  ) { p throws(ModelError) in
    let recipe = try LowRankFactorModel(
      states: p.integer("states"), actions: p.integer("actions"), rank: p.integer("rank"),
      branching: p.integer("branching"), seed: p.seed)
    return BuiltEnvironment(.lowRank(try recipe.model()), discount: 0.99)
  }

  static let maze = Entry(
    name: "maze", summary: "a random maze with slippery ground",
    parameters: [
      .integer("cells", 400, in: 3...1_000_000_000, "cells of a square grid, about half are free"),
      .integer("rows", 20, in: 1...1_000_000, "rows of cells, instead of a square"),
      .integer("columns", 20, in: 1...1_000_000, "columns of cells, instead of a square"),
      .number("openings", 0.1, in: 0...1, "probability that a spare wall falls"),
      .number("slip", 0.1, in: 0...1, "probability that a move goes sideways"),
      .choice("objective", GridObjective.allCases.map(\.rawValue), "-1 a step, or 1 at the goal"),
      .seed,
    ], suggestedDiscount: 0.999
  ) { p throws(ModelError) in
    let side = Int(Double(p.integer("cells")).squareRoot().rounded(.up))
    try ParameterCheck.require(
      !p.isGiven("cells") || !(p.isGiven("rows") || p.isGiven("columns")), "cells of maze",
      p.integer("cells"), "cells alone, or rows and columns")
    let maze = try GridMaze(
      rows: p.isGiven("rows") ? p.integer("rows") : side,
      columns: p.isGiven("columns") ? p.integer("columns") : side,
      openings: p.number("openings"), slip: p.number("slip"),
      objective: GridObjective(rawValue: p.word("objective")) ?? .steps, seed: p.seed)
    return BuiltEnvironment(try maze.model(), discount: 0.999)
  }
}
