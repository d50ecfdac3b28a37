// SPDX-License-Identifier: Apache-2.0

// The entries, one for each environment. Defaults repeat those of the initializers: a test builds
// every entry without parameters and compares.
extension EnvironmentCatalogue {
  static let cliffWalking = Entry(
    name: "cliffwalking", summary: "a walk along a cliff, 48 cells (Gymnasium)", parameters: [],
    suggestedDiscount: 0.99
  ) { _ throws(ModelError) in
    try BuiltEnvironment(CliffWalking().table(), discount: 0.99)
  }

  static let frozenLake = Entry(
    name: "frozenlake", summary: "a slippery lake with holes (Gymnasium)",
    parameters: [
      .choice("map", ["4x4", "8x8"], "which map"), .flag("slippery", true, "whether moves slip"),
    ], suggestedDiscount: 0.99
  ) { p throws(ModelError) in
    let lake = try FrozenLake(
      map: p.word("map") == "8x8" ? FrozenLake.map8x8 : FrozenLake.map4x4,
      slippery: p.flag("slippery"))
    return try BuiltEnvironment(lake.table(), discount: 0.99)
  }

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

  static let taxi = Entry(
    name: "taxi", summary: "a taxi and its passenger, 500 states (Gymnasium)", parameters: [],
    suggestedDiscount: 0.99
  ) { _ throws(ModelError) in
    try BuiltEnvironment(Taxi().table(), discount: 0.99)
  }
}
