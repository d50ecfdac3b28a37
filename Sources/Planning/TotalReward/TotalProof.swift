// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The vectors of a total-reward certificate while they are made; the steps are those of
/// ``StochasticShortestPath``.
///
/// In a state whose gain is undecided the gain bounds of the average-reward proof stay, one on either
/// side of zero: they claim nothing about the total, and the states around may lean on them. Putting 0
/// in their place where bounds on the total are found only helps the conditions of other states, since
/// it lowers an upper and raises a lower gain.
struct TotalProof {
  let rows: LongRunRows
  private(set) var gainLower: [Double]
  private(set) var gainUpper: [Double]
  var biasLower: [Double]
  var biasUpper: [Double]
  private(set) var choices: [Int]
  private(set) var notes: [String] = []
  private(set) var properStates: [Int] = []
  /// The states with upper bounds, and those with lower bounds.
  private(set) var hasUpper: [Bool]
  private(set) var hasLower: [Bool]
  /// What the finite upper bounds were solved on; `nil` before.
  private(set) var upperQuotient: Quotient?
  /// The solutions of (6) and (7) without the slack: what the bounds would be without rounding.
  private var plainUpper: [Double]
  private var plainLower: [Double]
  private let isFinite: [Bool]
  private let rawLower: [Double]
  private let rawUpper: [Double]
  private let rawBias: [Double]

  /// A number below every gain that can be told from zero.
  private static let tiny = 0x1p-1000

  init(_ rows: LongRunRows, _ gains: GainComposition.Stages) {
    self.rows = rows
    (rawLower, rawUpper) = (gains.gainLower, gains.gainUpper)
    (biasLower, biasUpper) = (gains.biasLower, gains.biasUpper)
    rawBias = gains.biasUpper
    choices = gains.choices
    let S = rows.stateCount
    (plainUpper, plainLower) = (gains.biasUpper, gains.biasLower)
    let finite = (0..<S).map { !(gains.gainLower[$0] > 0) && !(gains.gainUpper[$0] < 0) }
    isFinite = finite
    gainLower = (0..<S).map {
      finite[$0] ? min(gains.gainLower[$0], -Self.tiny) : gains.gainLower[$0]
    }
    gainUpper = (0..<S).map {
      finite[$0] ? max(gains.gainUpper[$0], Self.tiny) : gains.gainUpper[$0]
    }
    hasUpper = finite
    hasLower = [Bool](repeating: false, count: S)
    let infinite = (0..<S).filter { gains.gainLower[$0] > 0 }
    let minus = (0..<S).filter { gains.gainUpper[$0] < 0 }
    if !infinite.isEmpty {
      notes.append(
        "\(TotalProof.list(infinite)): +∞, a policy has a gain of at least "
          + "\(infinite.reduce(Double.infinity) { min($0, gains.gainLower[$1]) })")
    }
    if !minus.isEmpty {
      notes.append(
        "\(TotalProof.list(minus)): −∞, no policy has a gain above "
          + "\(minus.reduce(-Double.infinity) { max($0, gains.gainUpper[$1]) })")
    }
    let all = [Bool](repeating: true, count: S)
    properStates = Quotient(rows, states: all) { _ in true }.proper().states.sorted()
  }

  /// How much farther apart the bounds of a finite value are than the solutions without slack.
  var roundingWidth: Double {
    (0..<rows.stateCount).reduce(0) { width, s in
      guard hasUpper[s], hasLower[s] else { return width }
      return max(
        width, max(0, biasUpper[s] - plainUpper[s]) + max(0, plainLower[s] - biasLower[s]))
    }
  }

  /// "states 1, 2, 3 and 7 more", for notes.
  static func list(_ states: [Int]) -> String {
    let shown = states.prefix(6).map(String.init).joined(separator: ", ")
    let more = states.count > 6 ? " and \(states.count - 6) more" : ""
    return (states.count == 1 ? "state " : "states ") + shown + more
  }

  /// Whether every next state of the choice is in the set.
  private func stays(_ k: Int, _ set: [Bool]) -> Bool {
    rows.entries(k).allSatisfy { set[Int(rows.columns[$0])] }
  }

  /// Whether the choice loses gain for certain.
  private func losesGain(_ k: Int, _ s: Int) -> Bool {
    var (rises, falls) = (false, rows.ends[k] > 0 && gainUpper[s] > 0)
    if rows.ends[k] > 0, gainUpper[s] < 0 { rises = true }
    for e in rows.entries(k) {
      let difference = gainUpper[Int(rows.columns[e])] - gainUpper[s]
      if difference > 0 { rises = true }
      if difference < 0 { falls = true }
    }
    return falls && (!rises || rows.bounds(k, s, gainUpper, reward: 0).high < 0)
  }

  /// Roundings allowed for in a choice whose values are about v, times `factor`.
  private func slack(_ problem: ProperProblem, _ v: [Double], _ factor: Double) -> [Double] {
    var result = [Double](repeating: 0, count: problem.origins.count)
    for node in 0..<problem.nodeCount {
      for c in problem.choices(node) where problem.origins[c] >= 0 {
        var size = abs(problem.rewards[c]) + problem.masses[c] * abs(v[node])
        for e in problem.rowPointers[c]..<problem.rowPointers[c + 1] {
          size += problem.probabilities[e] * abs(v[Int(problem.targets[e])])
        }
        result[c] = factor * 0x1p-53 * size + 0x1p-960 * problem.masses[c] + 0x1p-1000
      }
    }
    return result
  }

  // MARK: Upper bounds

  /// (6) Upper bounds for as many states of F as can be had.
  mutating func solveUpper() {
    while true {
      shrinkUpper()
      guard hasUpper.contains(true) else { return }
      let set = hasUpper
      let quotient = Quotient(rows, states: set) { stays($0, set) }
      let proper = quotient.proper()
      let missing = quotient.states.filter { !proper.states.contains($0) }
      if !missing.isEmpty {
        drop(missing, "no policy ends or rests, and the best gain may be 0: totals swing for ever")
        continue
      }
      if !quotient.gaining.isEmpty {
        drop(quotient.gaining, "a choice that stays pays, and its gain is too small to tell")
        continue
      }
      guard let plain = try? quotient.problem.optimum(from: proper.policy, slack: { _ in 0 }) else {
        drop(quotient.states, "the linear system could not be solved")
        continue
      }
      guard plain.trapped.isEmpty else {
        drop(
          plain.trapped.flatMap { quotient.nodes[$0] },
          "an end component has a gain of 0, or too near to tell, with rewards that are not 0")
        continue
      }
      if raise(quotient, plain) {
        upperQuotient = quotient
        return
      }
      drop(quotient.states, "rounding errors exceed what can be bounded")
    }
  }

  private mutating func raise(_ quotient: Quotient, _ plain: ProperProblem.Optimum) -> Bool {
    var factor = 128.0
    for _ in 0..<9 {
      let slack = slack(quotient.problem, plain.values, factor)
      factor *= 8
      guard
        let y = try? quotient.problem.optimum(from: plain.policy, slack: { slack[$0] }),
        y.trapped.isEmpty
      else { continue }
      for (node, states) in quotient.nodes.enumerated() {
        for s in states {
          biasUpper[s] = quotient.rests(node) ? max(y.values[node], 0) : y.values[node]
          plainUpper[s] = quotient.rests(node) ? max(plain.values[node], 0) : plain.values[node]
        }
      }
      let holds = quotient.states.allSatisfy { s in
        rows.model.choices(of: s).allSatisfy { k in
          losesGain(k, s) || rests(k, s, biasUpper) && biasUpper[s] >= 0
            || rows.bounds(k, s, biasUpper).high < 0
        }
      }
      if holds { return true }
    }
    for s in quotient.states { biasUpper[s] = rawBias[s] }
    return false
  }

  /// Whether choice `k` pays nothing and changes nothing in x.
  private func rests(_ k: Int, _ s: Int, _ x: [Double]) -> Bool {
    rows.model.rewards[k] == 0
      && rows.entries(k).allSatisfy { x[Int(rows.columns[$0])] == x[s] }
  }

  /// (3) Takes out states with a choice that leaves F without losing gain for certain.
  private mutating func shrinkUpper() {
    for s in 0..<rows.stateCount where hasUpper[s] { gainUpper[s] = 0 }
    var changed = true
    while changed {
      changed = false
      for s in 0..<rows.stateCount where hasUpper[s] {
        let fine = rows.model.choices(of: s).allSatisfy { stays($0, hasUpper) || losesGain($0, s) }
        if !fine {
          hasUpper[s] = false
          gainUpper[s] = max(rawUpper[s], Self.tiny)
          changed = true
        }
      }
    }
  }

  private mutating func drop(_ states: [Int], _ reason: String) {
    for s in states {
      hasUpper[s] = false
      gainUpper[s] = max(rawUpper[s], Self.tiny)
    }
    notes.append("\(Self.list(states.sorted())): no upper bound, \(reason)")
  }

  // MARK: Lower bounds

  /// (7) A policy that ends or rests from every state of W, and lower bounds on what it earns.
  mutating func solveLower() {
    let set = isFinite
    let quotient = Quotient(rows, states: set) { stays($0, set) }
    let proper = quotient.proper()
    guard !proper.states.isEmpty else { return }
    let inside = (0..<rows.stateCount).map { proper.states.contains($0) }
    let kept = Quotient(rows, states: inside) { stays($0, inside) }
    guard
      let plain = try? kept.problem.optimum(from: kept.proper().policy, slack: { _ in 0 })
    else { return }
    let policy = kept.statePolicy(plain.policy)
    let resting = Set(
      kept.nodes.indices.filter { kept.problem.origins[plain.policy[$0]] < 0 }
        .flatMap { kept.nodes[$0] })
    // The policy state by state, so that a way out of a collapsed component is a path.
    var chain = ProperProblem()
    let states = kept.states
    var place = [Int32](repeating: -1, count: rows.stateCount)
    for (i, s) in states.enumerated() { place[s] = Int32(i) }
    for (i, s) in states.enumerated() {
      if resting.contains(s) {
        chain.addChoice(origin: -1, reward: 0, end: 1, entries: [])
      } else {
        let k = policy[s]
        chain.addChoice(k, reward: rows.model.rewards[k], of: i, rows, nodeOfState: place)
      }
      chain.endNode()
    }
    let all = Array(0..<states.count)
    guard let v = try? chain.values(all, slack: { _ in 0 }) else { return }
    var factor = 128.0
    for _ in 0..<9 {
      let slack = slack(chain, v, factor)
      factor *= 8
      guard let z = try? chain.values(all, slack: { -slack[$0] }) else { return }
      var lower = biasLower
      for (i, s) in states.enumerated() { lower[s] = resting.contains(s) ? 0 : z[i] }
      let holds = states.allSatisfy { s in
        rests(policy[s], s, lower) && lower[s] <= 0 || rows.bounds(policy[s], s, lower).low > 0
      }
      guard holds else { continue }
      biasLower = lower
      for s in states {
        hasLower[s] = true
        gainLower[s] = 0
        choices[s] = policy[s]
      }
      for (i, s) in states.enumerated() { plainLower[s] = resting.contains(s) ? 0 : v[i] }
      return
    }
  }
}
