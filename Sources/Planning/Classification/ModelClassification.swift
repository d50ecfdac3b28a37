// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// Where a model stands in the hierarchy of long-run behavior.
///
///     M ← the maximal end components                                      (1)
///     communicating ⟺ M is one component that holds every state           (2)
///     weakly communicating ⟺ M is one component                           (3)
///     unichain ⟺ no two end components are disjoint:
///       no, if M has two components;                                      (4)
///       yes, if some state belongs to every end component;                (5)
///       else search for two disjoint sets in which a policy can stay      (6)
///
/// In (3) the one component is closed: whoever leaves it comes back with probability 1, so that the
/// detour belongs to the component. (4) and (5) decide most models; the question in general is
/// NP-hard, so (6), which assigns the states to the two sets one by one and prunes when one of the
/// sets can no longer hold a policy, has a budget and may answer "not decided".
///
/// - Guarantee: exact whenever `isUnichain` is not `nil`; a model that can end is in none of the
///   classes, since the end is a recurrent class of its own.
/// - Deviates: none.
/// - Complexity: O(entries · rounds) for (1) to (4), O(S · entries) for (5); (6) as the budget says.
/// - Source: [puterman1994], section 8.3; [tsitsiklis2007] for the hardness; [feinberg2008] for (5).
public struct ModelClassification: Sendable {
  /// The number of states up to which step (6) is tried.
  public static let searchLimit = 1_000

  /// The maximal end components.
  public let endComponents: EndComponents
  /// Whether every state can be reached from every other under some policy.
  public let isCommunicating: Bool
  /// Whether the states fall into one closed communicating set and states that every policy leaves
  /// for ever: then the optimal gain is the same from every state.
  public let isWeaklyCommunicating: Bool
  /// Whether every deterministic policy has one recurrent class; `nil` when this was not decided.
  public let isUnichain: Bool?
  /// A policy with two recurrent classes, if the model was found not to be unichain.
  public let witness: DeterministicPolicy?

  /// The most specific statement, in words.
  public var summary: String {
    let unichain =
      switch isUnichain {
      case true?: "unichain"
      case false?: "multichain"
      case nil: "unichain or not: not decided"
      }
    if isCommunicating { return "communicating, \(unichain)" }
    if isWeaklyCommunicating { return "weakly communicating, \(unichain)" }
    return endComponents.components.isEmpty
      ? "every policy ends" : "multichain, \(endComponents.components.count) end components"
  }

  /// Classifies a model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - budget: The greatest number of assignments that step (6) tries; large models get fewer.
  public init(_ model: TabularMDP, budget: Int = 20_000) {
    let rows = LongRunRows(model)
    let S = model.stateCount
    endComponents = EndComponents(rows) { _ in true }  // (1)
    let components = endComponents.components
    let ends = rows.ends.contains { $0 > 0 }
    isCommunicating = !ends && components.count == 1 && components[0].states.count == S  // (2)
    isWeaklyCommunicating = !ends && components.count == 1  // (3)
    if ends || components.count != 1 {  // (4)
      isUnichain = false
      let inside = Set(components.flatMap(\.choices))
      witness =
        components.count < 2
        ? nil
        : ModelClassification.policy(model) { inside.contains($0) }
      return
    }
    // Each look at a set costs up to all entries, so large models get fewer looks.
    let looks = max(1, 200_000_000 / (rows.columns.count + 1))
    var search = DisjointSearch(rows, states: components[0].states, budget: min(budget, looks))
    for s in components[0].states.prefix(looks) {  // (5)
      search.side[s] = .outside
      let others = search.safe(in: .first)
      search.side[s] = .open
      if others.isEmpty {
        (isUnichain, witness) = (true, nil)
        return
      }
    }
    // The search descends one level a state, so that large components are left undecided.
    let searches = components[0].states.count <= Self.searchLimit
    let found = searches && search.run(0)  // (6)
    isUnichain = found ? false : searches && search.budget > 0 ? true : nil
    guard found else {
      witness = nil
      return
    }
    let (first, second) = (Set(search.safe(in: .first)), Set(search.safe(in: .second)))
    witness = ModelClassification.policy(model) { k in
      let s = model.state(ofChoice: k)
      let home = first.contains(s) ? first : second.contains(s) ? second : []
      return !home.isEmpty && rows.entries(k).allSatisfy { home.contains(Int(rows.columns[$0])) }
    }
  }

  /// The policy that takes in each state the first choice that `prefers` accepts, if there is one.
  private static func policy(
    _ model: TabularMDP, prefers: (Int) -> Bool
  ) -> DeterministicPolicy? {
    try? DeterministicPolicy(
      choices: (0..<model.stateCount).map { s in
        model.choices(of: s).first { prefers($0) } ?? model.choices(of: s).lowerBound
      }, of: model)
  }
}

/// The search for two disjoint sets of states in which a policy can stay.
private struct DisjointSearch {
  enum Side {
    case open
    case first
    case second
    case outside
  }

  private let rows: LongRunRows
  private let states: [Int]
  var side: [Side]
  var budget: Int

  init(_ rows: LongRunRows, states: [Int], budget: Int) {
    self.rows = rows
    self.states = states
    self.budget = budget
    side = [Side](repeating: .outside, count: rows.stateCount)
    for s in states { side[s] = .open }
  }

  /// The greatest set of states, each open or on the given side, in which a policy can stay.
  func safe(in mine: Side) -> [Int] {
    var inside = side.map { $0 == .open || $0 == mine }
    var members = states.filter { inside[$0] }
    while true {
      let kept = members.filter { s in
        rows.model.choices(of: s).contains { k in
          rows.entries(k).allSatisfy { inside[Int(rows.columns[$0])] }
        }
      }
      if kept.count == members.count { return kept }
      for s in members { inside[s] = false }
      for s in kept { inside[s] = true }
      members = kept
    }
  }

  /// Whether the sides of `states[i...]` can be chosen so that a policy can stay on either side.
  mutating func run(_ i: Int) -> Bool {
    guard budget > 0 else { return false }
    budget -= 1
    if safe(in: .first).isEmpty || safe(in: .second).isEmpty { return false }
    guard i < states.count else { return true }
    // The two sides are alike, so the first state may be put on the first.
    for choice in i == 0 ? [Side.first] : [.first, .second] {
      side[states[i]] = choice
      if run(i + 1) { return true }
      if budget == 0 { return false }
    }
    side[states[i]] = .open
    return false
  }
}
