// SPDX-License-Identifier: Apache-2.0

// Named grid worlds.
extension EnvironmentCatalogue {
  static let cliffWalking = Entry(
    name: "cliffwalking", summary: "a walk along a cliff, 48 cells (Gymnasium)", parameters: [],
    suggestedDiscount: 0.99
  ) { _ throws(ModelError) in
    try BuiltEnvironment(CliffWalking().table(), discount: 0.99)
  }

  static let fourRooms = Entry(
    name: "fourrooms", summary: "four rooms joined by hallways, 104 cells",
    parameters: [
      .number("slip", 1.0 / 3, in: 0...1, "probability that a move goes astray"),
      .choice("objective", ["goal", "steps"], "1 at the goal, or -1 a step"),
    ], suggestedDiscount: 0.95
  ) { p throws(ModelError) in
    let rooms = try FourRooms(
      slip: p.number("slip"), objective: GridObjective(rawValue: p.word("objective")) ?? .goal)
    return BuiltEnvironment(try rooms.model(), discount: 0.95)
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

  static let taxi = Entry(
    name: "taxi", summary: "a taxi and its passenger, 500 states (Gymnasium)", parameters: [],
    suggestedDiscount: 0.99
  ) { _ throws(ModelError) in
    try BuiltEnvironment(Taxi().table(), discount: 0.99)
  }
}
