// SPDX-License-Identifier: Apache-2.0

// Chains, locks and textbook examples. Defaults repeat those of the initializers: a test compares.
extension EnvironmentCatalogue {
  static let chain = Entry(
    name: "chain", summary: "go on for a late reward, or back for a small one",
    parameters: [
      .integer("states", 5, in: 1...ParameterCheck.maximumStates, "states"),
      .number("slip", 0.2, in: 0...1, "probability that an action has the other's effect"),
    ], suggestedDiscount: 0.95
  ) { p throws(ModelError) in
    let chain = try Chain(states: p.integer("states"), slip: p.number("slip"))
    return BuiltEnvironment(try chain.model(), discount: 0.95)
  }

  static let combinationLock = Entry(
    name: "combinationlock", summary: "a reward after the right actions in a row",
    parameters: [
      .integer("length", 10, in: 1...ParameterCheck.maximumStates, "right actions in a row"),
      .integer("actions", 2, in: 2...ParameterCheck.maximumStates, "actions in every state"), .seed,
    ], suggestedDiscount: 0.95
  ) { p throws(ModelError) in
    let lock = try CombinationLock(
      length: p.integer("length"), actions: p.integer("actions"), seed: p.seed)
    return BuiltEnvironment(try lock.model(), discount: 0.95, horizon: lock.length)
  }

  static let deepSea = Entry(
    name: "deepsea", summary: "one way of exponentially many finds the treasure",
    parameters: [.integer("size", 10, in: 1...65_535, "rows, and steps of an episode")],
    suggestedDiscount: 0.99
  ) { p throws(ModelError) in
    let sea = try DeepSea(size: p.integer("size"))
    return BuiltEnvironment(try sea.model(), discount: 0.99, horizon: sea.size)
  }

  static let inventory = Entry(
    name: "inventory", summary: "order goods before the demand is known",
    parameters: [.integer("capacity", 3, in: 1...46_340, "greatest stock")],
    suggestedDiscount: 0.95
  ) { p throws(ModelError) in
    let store = try Inventory(capacity: p.integer("capacity"))
    return BuiltEnvironment(try store.model(), discount: 0.95, horizon: 3)
  }

  static let machine = Entry(
    name: "machine", summary: "run a machine that wears out, or replace it",
    parameters: [
      .integer("states", 10, in: 2...ParameterCheck.maximumStates, "degrees of wear"),
      .number("wear", 0.5, in: 0...1, "probability of wear a step"),
      .number("replacement", 10, in: 0...1e100, "cost of a new machine"),
    ], suggestedDiscount: 0.95
  ) { p throws(ModelError) in
    let machine = try MachineReplacement(
      states: p.integer("states"), wear: p.number("wear"),
      replacementCost: p.number("replacement"))
    return BuiltEnvironment(try machine.model(), discount: 0.95)
  }

  static let puterman = Entry(
    name: "puterman", summary: "the two-state example of Puterman's book", parameters: [],
    suggestedDiscount: 0.95
  ) { _ throws(ModelError) in
    BuiltEnvironment(try PutermanTwoState().model(), discount: 0.95)
  }

  static let riverSwim = Entry(
    name: "riverswim", summary: "swim against the current for a large reward",
    parameters: [
      .integer("states", 6, in: 2...ParameterCheck.maximumStates, "states"),
      .number("ahead", 0.35, in: 0...1, "probability that right moves ahead, between the ends"),
      .number("back", 0.05, in: 0...1, "probability that right falls back, between the ends"),
    ], suggestedDiscount: 0.95
  ) { p throws(ModelError) in
    let river = try RiverSwim(
      states: p.integer("states"), ahead: p.number("ahead"), back: p.number("back"))
    return BuiltEnvironment(try river.model(), discount: 0.95, horizon: 20)
  }

  static let twoState = Entry(
    name: "twostate", summary: "two states, one action, all in closed form",
    parameters: [
      .number("leavefirst", 0.1, in: 0...1, "probability of leaving the first state"),
      .number("leavesecond", 0.2, in: 0...1, "probability of leaving the second state"),
    ], suggestedDiscount: 0.95
  ) { p throws(ModelError) in
    let chain = try TwoStateChain(
      leaveFirst: p.number("leavefirst"), leaveSecond: p.number("leavesecond"))
    return BuiltEnvironment(try chain.model(), discount: 0.95)
  }
}
