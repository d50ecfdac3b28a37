// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The recurrent classes of a policy, its transient states, and the periods.
///
/// - Guarantee: exact; only the graph of positive probabilities counts.
/// - Complexity: O(entries of the policy's rows).
/// - Source: [puterman1994], appendix A.2; [tarjan1972].
public struct PolicyClasses: Sendable {
  /// One recurrent class.
  public struct RecurrentClass: Equatable, Sendable {
    /// Its states, in increasing order.
    public let states: [Int]
    /// The greatest common divisor of the lengths of its cycles; 1 means aperiodic.
    public let period: Int
  }

  /// The recurrent classes, by their lowest state.
  public let recurrentClasses: [RecurrentClass]
  /// The recurrent class of each state; −1 for transient states.
  public let classOfState: [Int32]
  /// The states that are visited finitely often, in increasing order.
  public let transientStates: [Int]
  /// Whether the policy may end the episode in some state.
  public let mayEnd: Bool

  /// Whether there is one recurrent class and no end: the long run is the same from every state.
  public var isUnichain: Bool { recurrentClasses.count == 1 && !mayEnd }
  /// Whether the episode ends with probability 1 from every state.
  public var isProper: Bool { recurrentClasses.isEmpty }

  /// Finds the classes of a policy.
  public init(_ policy: DeterministicPolicy, in model: TabularMDP) {
    self.init(policy.choices, LongRunRows(model))
  }

  init(_ choices: [Int], _ rows: LongRunRows) {
    let S = rows.stateCount
    var pointers = [0]
    var targets: [Int32] = []
    for s in 0..<S {
      targets.append(contentsOf: rows.columns[rows.entries(choices[s])])
      pointers.append(targets.count)
    }
    let strong = StrongComponents(
      pointers: pointers, targets: targets, includes: [Bool](repeating: true, count: S))
    var closed = [Bool](repeating: true, count: strong.count)
    var ends = false
    for s in 0..<S {
      let c = strong.componentOfVertex[s]
      if rows.ends[choices[s]] > 0 {
        closed[Int(c)] = false
        ends = true
      }
      for t in targets[pointers[s]..<pointers[s + 1]]
      where strong.componentOfVertex[Int(t)] != c {
        closed[Int(c)] = false
      }
    }
    mayEnd = ends
    var number = [Int32](repeating: -1, count: strong.count)
    var classes: [[Int]] = []
    var of = [Int32](repeating: -1, count: S)
    for s in 0..<S {
      let c = Int(strong.componentOfVertex[s])
      guard closed[c] else { continue }
      if number[c] < 0 {
        number[c] = Int32(classes.count)
        classes.append([])
      }
      of[s] = number[c]
      classes[Int(number[c])].append(s)
    }
    classOfState = of
    transientStates = (0..<S).filter { of[$0] < 0 }
    var level = [Int](repeating: -1, count: S)
    recurrentClasses = classes.map { states in
      // The distances d from one state: d(t) differs from d(s) + 1 by a multiple of the period.
      var period = 0
      var queue = [states[0]]
      level[states[0]] = 0
      var next = 0
      while next < queue.count {
        let s = queue[next]
        next += 1
        for t in targets[pointers[s]..<pointers[s + 1]].map({ Int($0) }) {
          if level[t] < 0 {
            level[t] = level[s] + 1
            queue.append(t)
          } else {
            period = PolicyClasses.gcd(period, abs(level[s] + 1 - level[t]))
          }
        }
      }
      return RecurrentClass(states: states, period: period)
    }
  }

  private static func gcd(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}
