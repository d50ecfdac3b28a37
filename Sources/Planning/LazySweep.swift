// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// Bellman sweeps that read only the rows of P that can still be the best of their state.
///
/// For every choice k the sweep keeps the value q_k of its last reading, at some earlier vector v′.
/// With Δ = max_s (v(s) − v′(s)), summed over the sweeps in between,
///
///     r_k + γ P_k v ≤ q_k + γ σ Δ =: the bound of k,   σ = σ⁺ if Δ ≥ 0 else σ⁻.
///
/// The incumbent of a state is read first; another row is read only if its bound reaches the best
/// value so far. The result is that of a full sweep, because what is passed over cannot win. On models
/// that mix Δ − min_s (v − v′) shrinks fast, and after a few sweeps one row a state is read.
///
/// Since the increments are the same for all rows they are kept once, as a *credit*, and bounds are
/// stored relative to it. At v = 0 the values are the rewards, so the first sweep needs no P at all.
///
/// **Rounding.** A stored value misses the exact one by one evaluation error E; credits are rounded
/// up. A row that is passed over exceeds the best by at most E, which `CertifiedBounds` allows for;
/// `magnitude` includes the credit, which the stored bounds are rounded against; when the credit
/// outgrows the values by `creditLimit`, every row is read once and the credit starts again at 0.
///
/// - Source: the test is the one of action elimination, [puterman1994] section 6.7, with bounds kept
///   row by row from sweep to sweep.
struct LazySweep {
  private let T: BellmanOperator
  private var bounds: RowBounds?
  private var last: [Double]
  /// max |v| of the last vector, and no less than the credit that stored bounds are rounded against.
  private(set) var magnitude = 0.0
  /// The greedy choice of each state for the last vector.
  private(set) var choices: [Int]
  /// The policy that was adopted last: its rows in a large sparse model, its choices in any other.
  private var rows: PolicyRows?
  private var adopted: [Int] = []
  /// Sweeps of `rows` in place; `nil` where there are too few rows.
  private var inPlace: InPlaceSweep?
  /// Whether `rows` are those of `choices`.
  private var heldIsCurrent = false
  /// The number of rows that the last sweep read.
  private(set) var lastRowsRead = 0
  /// The number of rows that all sweeps over the choices read.
  private(set) var rowsRead = 0
  /// The number of rows that all sweeps of one policy read.
  private(set) var policyRowsRead = 0

  private let creditLimit: Double
  /// Entries of P from which sweeps of a policy read a copy of its rows.
  ///
  /// A smaller model lies in the cache, where scattered rows cost little and fresh memory for a copy
  /// costs more.
  private let entriesForCopies: Int

  /// Prepares sweeps; the bounds belong to v = 0.
  ///
  /// `creditLimit` is how far, in units of the values, the credit may grow: a greater one saves full
  /// readings and widens the certified bounds' share of rounding as much.
  init(_ T: BellmanOperator, creditLimit: Double = 1, entriesForCopies: Int = 100_000) {
    self.T = T
    self.creditLimit = creditLimit
    self.entriesForCopies = entriesForCopies
    let model = T.model
    let range = model.rewardRange
    bounds = RowBounds(
      rewards: model.rewards, largest: max(abs(range.lowerBound), abs(range.upperBound)))
    last = [Double](inHugePages: 0, count: model.stateCount)
    choices = choicesOfGreatestReward(model.rewards, model.choicePointers)
  }

  /// out ← T 0, which needs no P; only before the first sweep.
  func sweepZero(into out: inout [Double]) {
    for s in out.indices { out[s] = T.model.rewards[choices[s]] }
  }

  /// out ← T v.
  mutating func apply(_ v: [Double], into out: inout [Double]) -> BellmanOperator.Extrema {
    guard let bounds else { preconditionFailure("a sweep after the last") }
    let (increase, largest) = follow(v)
    magnitude = bounds.raise(
      by: increase, discount: T.discount, sums: T.model.rowSums, magnitude: largest,
      limit: creditLimit)
    let (extrema, count) = T.applyLazily(
      v, bounds: bounds, choices: &choices, into: &out,
      held: heldIsCurrent ? rows : nil)
    heldIsCurrent = false
    lastRowsRead = count
    rowsRead += count
    return extrema
  }

  /// last ← v, a stretch at a time that stays in the cache, on two threads if v is long.
  ///
  /// - Returns: The greatest increase from `last` to v, rounded up, and max |v|.
  private mutating func follow(_ v: [Double]) -> (increase: Double, magnitude: Double) {
    let second = SecondThread.forPass(over: v.count)
    let pieces = second == nil ? 1 : 4
    let found = last.withUnsafeMutableBufferPointer { last in
      v.withUnsafeBufferPointer { v in
        nonisolated(unsafe) let (v, last) = (v, last)
        return BellmanOperator.Extrema.joined(pieces, with: second) {
          let end = v.count * ($0 + 1) / pieces
          $1[0] = 0
          $1[1] = -.infinity
          for first in stride(from: v.count * $0 / pieces, to: end, by: 2_048) {
            let range = first..<min(first + 2_048, end)
            let (new, old) = (UnsafeBufferPointer(rebasing: v[range]), last[range])
            $1[0] = min($1[0], -largestMagnitude(new))
            $1[1] = max(
              $1[1], greatestIncrease(from: UnsafeBufferPointer(rebasing: old), to: new))
            _ = UnsafeMutableBufferPointer(rebasing: old).update(from: new)
          }
        }
      }
    }
    return (found.high, -found.low)
  }

  /// Makes the greedy policy of the last sweep the one that ``applyPolicy(_:_:)`` sweeps.
  ///
  /// - Returns: In how many states the policy is not what it was at the last call.
  mutating func adoptPolicy() -> Int {
    guard case .sparse(let matrix) = T.model.transitions,
      matrix.storedCount >= entriesForCopies
    else {
      let same = zip(choices, adopted).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
      adopted = choices
      return choices.count - same
    }
    let changed = T.withArrays { model in
      if let rows { return rows.update(choices, of: model) }
      let held = PolicyRows(model)
      (rows, inPlace) = (held, InPlaceSweep(held))
      return held.update(choices, of: model)
    }
    heldIsCurrent = true
    policyRowsRead += changed
    return changed
  }

  /// Whether a sweep of a policy costs much less than ``apply(_:into:)``, however few rows that reads:
  /// on sparse rows, where passing over the others takes as long as reading a few.
  var hasCheapPolicySweeps: Bool {
    if case .sparse = T.model.transitions { true } else { false }
  }

  /// Ends the sweeps: gives the memory back and returns the greedy policy of the last one.
  mutating func finish() -> [Int] {
    (rows, bounds, last, adopted) = (nil, nil, [], [])
    return choices
  }

  /// v ← T_π v, by way of w, for the policy that was adopted last.
  ///
  /// A large sparse model is swept in place as long as that pays, see ``InPlaceSweep``; v is then off by
  /// a constant.
  mutating func applyPolicy(_ v: inout [Double], _ w: inout [Double]) -> BellmanOperator.Extrema {
    policyRowsRead += choices.count
    if let rows, let change = inPlace?.apply(rows, discount: T.discount, &v, scratch: &w) {
      return change
    }
    defer { swap(&v, &w) }
    guard let rows else { return T.applyPolicy(adopted, v, into: &w) }
    return T.applyPolicy(rows, v, into: &w)
  }
}

/// max_s to(s) − from(s), rounded up.
func greatestIncrease(from: [Double], to: [Double]) -> Double {
  from.withUnsafeBufferPointer { a in
    to.withUnsafeBufferPointer { greatestIncrease(from: a, to: $0) }
  }
}

func greatestIncrease(
  from a: UnsafeBufferPointer<Double>, to b: UnsafeBufferPointer<Double>
) -> Double {
  var lanes = SIMD8<Double>(repeating: -.infinity)
  var i = 0
  while i &+ 8 <= a.count {
    let x = UnsafeRawPointer(a.baseAddress.unsafelyUnwrapped + i)
      .loadUnaligned(as: SIMD8<Double>.self)
    let y = UnsafeRawPointer(b.baseAddress.unsafelyUnwrapped + i)
      .loadUnaligned(as: SIMD8<Double>.self)
    let d = y - x
    lanes.replace(with: d, where: d .> lanes)
    i &+= 8
  }
  var greatest = lanes.max()
  while i < a.count {
    greatest = max(greatest, b[i] - a[i])
    i &+= 1
  }
  return greatest.nextUp
}
