// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The maximal end components of a model: where a policy can stay for ever.
///
///     keep the choices that cannot end the episode                        (1)
///     repeat
///       drop states without choices, and the choices that lead to them     (2)
///       C ← strong components under the choices that are left              (3)
///       drop choices that may leave their component                        (4)
///     until (4) drops nothing
///
/// An **end component** is a set of states with choices that lead nowhere else and make every state
/// reachable from every other. Whatever a policy does, with probability 1 it ends up taking the
/// choices of one end component for ever, or the episode ends.
///
/// - Guarantee: exact; only the graph of positive probabilities counts, and no rounding enters.
/// - Deviates: (2) runs to its end before (3), which saves rounds and changes no result.
/// - Complexity: O(entries) a round; at most S rounds, nearly always a few.
/// - Source: [dealfaro1997], section 3.3.
public struct EndComponents: Sendable {
  /// One maximal end component.
  public struct Component: Equatable, Sendable {
    /// Its states, in increasing order.
    public let states: [Int]
    /// The choices that stay in it, in increasing order.
    public let choices: [Int]
  }

  /// The components, by their lowest state.
  public let components: [Component]
  /// The component of each state; −1 for states that are in none.
  public let componentOfState: [Int32]

  /// Finds the components of a model.
  ///
  /// - Complexity: O(entries) times the number of rounds.
  public init(_ model: TabularMDP) {
    self.init(LongRunRows(model)) { _ in true }
  }

  /// Finds the end components that use only the choices that `allowed` accepts.
  init(_ rows: LongRunRows, states included: [Bool]? = nil, allowed: (Int) -> Bool) {
    let S = rows.stateCount
    let model = rows.model
    var alive = (0..<rows.choiceCount).map { rows.ends[$0] == 0 && allowed($0) }  // (1)
    var included = included ?? [Bool](repeating: true, count: S)
    var owner = [Int32](repeating: 0, count: rows.choiceCount)
    for s in 0..<S { for k in model.choices(of: s) { owner[k] = Int32(s) } }
    let sources = Sources(rows)
    var left = (0..<S).map { s in
      model.choices(of: s).reduce(0) { $0 + (alive[$1] ? 1 : 0) }
    }
    var dropped = (0..<S).filter { !included[$0] || left[$0] == 0 }
    func kill(_ k: Int) {
      guard alive[k] else { return }
      alive[k] = false
      let s = Int(owner[k])
      left[s] -= 1
      if left[s] == 0, included[s] { dropped.append(s) }
    }
    while true {
      while let s = dropped.popLast() {  // (2)
        included[s] = false
        for k in model.choices(of: s) where alive[k] {
          alive[k] = false
          left[s] -= 1
        }
        for k in sources.of(s) { kill(Int(k)) }
      }
      var pointers = [0]
      var targets: [Int32] = []
      for s in 0..<S {
        if included[s] {
          for k in model.choices(of: s) where alive[k] {
            targets.append(contentsOf: rows.columns[rows.entries(k)])
          }
        }
        pointers.append(targets.count)
      }
      let strong = StrongComponents(  // (3)
        pointers: pointers, targets: targets, includes: included)
      var changed = false
      for s in 0..<S where included[s] {
        for k in model.choices(of: s) where alive[k] {
          let stays = rows.entries(k).allSatisfy {
            strong.componentOfVertex[Int(rows.columns[$0])] == strong.componentOfVertex[s]
          }
          if !stays {  // (4)
            kill(k)
            changed = true
          }
        }
      }
      if changed { continue }
      (components, componentOfState) = EndComponents.collect(model, strong, alive, included)
      return
    }
  }

  private static func collect(
    _ model: TabularMDP, _ strong: StrongComponents, _ alive: [Bool], _ included: [Bool]
  ) -> ([Component], [Int32]) {
    var number = [Int32](repeating: -1, count: strong.count)
    var states: [[Int]] = []
    var choices: [[Int]] = []
    var of = [Int32](repeating: -1, count: model.stateCount)
    for s in 0..<model.stateCount where included[s] {
      let c = Int(strong.componentOfVertex[s])
      if number[c] < 0 {
        number[c] = Int32(states.count)
        states.append([])
        choices.append([])
      }
      of[s] = number[c]
      states[Int(number[c])].append(s)
      choices[Int(number[c])].append(contentsOf: model.choices(of: s).filter { alive[$0] })
    }
    return (zip(states, choices).map { Component(states: $0, choices: $1) }, of)
  }

  /// The choices that may lead to each state.
  struct Sources {
    private var pointers: [Int]
    private var choices: [Int32]

    init(_ rows: LongRunRows) {
      pointers = [Int](repeating: 0, count: rows.stateCount + 1)
      for t in rows.columns { pointers[Int(t) + 1] += 1 }
      for t in 0..<rows.stateCount { pointers[t + 1] += pointers[t] }
      choices = [Int32](repeating: 0, count: rows.columns.count)
      var next = pointers
      for k in 0..<rows.choiceCount {
        for i in rows.entries(k) {
          let t = Int(rows.columns[i])
          choices[next[t]] = Int32(k)
          next[t] += 1
        }
      }
    }

    func of(_ t: Int) -> ArraySlice<Int32> { choices[pointers[t]..<pointers[t + 1]] }
  }
}
