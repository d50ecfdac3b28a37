// SPDX-License-Identifier: Apache-2.0
import ExactArithmetic
import MarkovModels

/// The Laurent expansion of a policy's discounted value around discount 1, in exact fractions.
///
///     V_γ = (1 + ρ) Σ_{n ≥ −1} ρⁿ y_n,  ρ = (1 − γ)/γ,
///
///     y_{−1} = gain:  c_C + ((I − P) w)(s) = r(s) on each recurrent class C  (1)
///     y_n:  (I − P) w = b,  b = r − y_{−1} for n = 0, −y_{n−1} for n ≥ 1     (2)
///           y_n = w − what makes its stationary mean zero on every class     (3)
///
/// y_0 is the bias; the policy's N-step reward is N y_{−1} + y_0 + o(1) in the Cesàro sense.
///
/// - Assumes: rows are divided by their exact sums: row k is multiplied through by its sum σ_k, so
///   that only stored doubles enter the systems.
/// - Guarantee: exact.
/// - Complexity: three p-adic solves of dimension S an order; the digits of y_n grow with n.
/// - Source: [puterman1994], Theorem 8.2.3 and Corollary 8.2.4; [blackwell1962]; [dixon1982].
public struct LaurentExpansion: Sendable {
  /// y_{−1}, y_0, y_1, …; each has one fraction for each state.
  public private(set) var coefficients: [RationalVector]

  private let chain: ExactChain
  private let rewards: RationalVector

  /// The gain y_{−1} of each state.
  public var gain: RationalVector { coefficients[0] }

  /// Expands up to y_`order`.
  ///
  /// - Throws: ``/ExactArithmetic/RationalError`` when the model is too large or the program was
  ///   built without exact arithmetic.
  public init(
    _ policy: DeterministicPolicy, in problem: AverageRewardMDP, order: Int = 0
  ) throws {
    let model = problem.dynamics
    chain = try ExactChain(policy.choices, model)
    rewards = try RationalVector(policy.choices.map { model.rewards[$0] })
    coefficients = [try chain.extended(chain.solve(rewards))]  // (1)
    try expand(to: order)
  }

  /// Adds coefficients up to y_`order`, if they are not there yet.
  ///
  /// - Throws: ``/ExactArithmetic/RationalError``.
  public mutating func expand(to order: Int) throws {
    while coefficients.count < order + 2 {
      let last = coefficients[coefficients.count - 1]
      let b = (coefficients.count == 1 ? rewards : chain.zero).subtracting(last)
      let w = try chain.relative(chain.solve(b))  // (2)
      coefficients.append(
        w.subtracting(try chain.extended(chain.solve(w))))  // (3)
    }
  }
}

/// The linear systems of one policy, exact.
struct ExactChain {
  let zero: RationalVector
  private let one: Rational
  /// Row s has entries p in column s: multiplies a vector by the row sums.
  private let sums: RationalRows
  private let system: RationalRows
  private let harmonic: RationalRows
  /// Row s picks w(s) out of a solution: nothing for a reference state.
  private let differences: RationalRows
  /// Row s picks c of the class of s out of a solution: nothing for a transient state.
  private let means: RationalRows
  private let identity: [Int]

  init(_ choices: [Int], _ model: TabularMDP) throws {
    let S = model.stateCount
    let classes = PolicyClasses(choices, LongRunRows(model))
    identity = Array(0..<S)
    zero = try RationalVector([Double](repeating: 0, count: S))
    one = try Rational(1)
    var reference = [Int](repeating: -1, count: S)
    var isReference = [Bool](repeating: false, count: S)
    for recurrent in classes.recurrentClasses {
      for s in recurrent.states { reference[s] = recurrent.states[0] }
      isReference[recurrent.states[0]] = true
    }
    // The unknowns are w, and in the reference state of each class, where w = 0, its mean c.
    var sums = RowBuilder()
    var system = RowBuilder()
    var harmonic = RowBuilder()
    var differences = RowBuilder()
    var means = RowBuilder()
    for s in 0..<S {
      let c = reference[s]
      system.add(s, 1)
      if c < 0 { harmonic.add(s, 1) }
      model.transitions.forEachEntry(row: choices[s]) { t, p, _ in
        sums.add(s, p)
        if c >= 0 { system.add(c, -p) }
        guard t != s else { return }
        if c != s { system.add(s, -p) }
        if !isReference[t] { system.add(t, p) }
        if c < 0 {
          harmonic.add(s, -p)
          harmonic.add(t, p)
        }
      }
      if !isReference[s] { differences.add(s, 1) }
      if c >= 0 { means.add(c, 1) }
      differences.endRow()
      means.endRow()
      sums.endRow()
      system.endRow()
      harmonic.endRow()
    }
    self.sums = try sums.rows(columnCount: S)
    self.system = try system.rows(columnCount: S)
    self.differences = try differences.rows(columnCount: S)
    self.means = try means.rows(columnCount: S)
    self.harmonic = try harmonic.rows(columnCount: S)
  }

  /// Solves c + (I − P) w = b on the recurrent classes and (I − P) w = b elsewhere.
  ///
  /// The result holds c in the reference states and w in the others.
  func solve(_ b: RationalVector) throws -> RationalVector {
    let scaled = sums.backup(rewards: zero, discount: one, values: b)
    return try system.solve(rewards: scaled, discount: one, choice: identity)
  }

  /// The vector w of a solution.
  func relative(_ solution: RationalVector) throws -> RationalVector {
    differences.backup(rewards: zero, discount: one, values: solution)
  }

  /// The means c of a solution, constant on each class, harmonic on the transient states.
  func extended(_ solution: RationalVector) throws -> RationalVector {
    let boundary = means.backup(rewards: zero, discount: one, values: solution)
    return try harmonic.solve(rewards: boundary, discount: one, choice: identity)
  }
}

/// Rows of doubles on their way to exact rows.
struct RowBuilder {
  private var pointers = [0]
  private var columns: [Int32] = []
  private var values: [Double] = []

  mutating func add(_ column: Int, _ value: Double) {
    columns.append(Int32(column))
    values.append(value)
  }

  mutating func endRow() { pointers.append(columns.count) }

  func rows(columnCount: Int) throws -> RationalRows {
    RationalRows(
      columnCount: columnCount, rowPointers: pointers, columns: columns,
      values: try RationalVector(values))
  }
}
