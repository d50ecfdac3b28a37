// SPDX-License-Identifier: Apache-2.0
import Foundation
import LinearAlgebra

/// Solving one target: Gauss–Seidel sweeps from the target outward, policy iteration if they crawl.
///
///     order the states by their distance to g; start, unless warm, from a   (1)
///     guess from above, since a value that is too low rises slowly
///     sweep V(s) ← min_k (c + γ Σ_{t≠s} P_k(t) V(t)) / (1 − γ P_k(s))        (2)
///     until V moves by rounding only; or, seen to be slow, policy iteration
///     from the policy that steps towards g                                  (3)
///     measure e⁺ and e⁻ of (1) in ``TargetProblem``                         (4)
///
/// - Numerics: solving for the state itself in (2) makes slow self-loops free; min over choices that
///   surely stay is skipped.
extension TargetProblem {
  /// Sweeps after which (3) takes over at the latest.
  static let sweepLimit = 400
  /// Sweeps before the speed is judged.
  private static let patience = 24

  /// Solves target `g`, starting from the values of another target.
  ///
  /// When `floor` is positive and every state is certain to stay below it, work stops at once: the
  /// target cannot hold the maximum.
  func solve(target g: Int, start: [Double]? = nil, floor: Double = 0) throws -> Solved {
    let order = order(to: g)  // (1)
    let plan = Plan(self, target: g, order)
    var v = start ?? plan.guess
    // States that do not reach g have the value 0, whatever another target made of them.
    if order.count + 1 < stateCount { v = plan.guess }
    v[g] = boundary
    var previous = Double.infinity
    for sweep in 1...Self.sweepLimit {
      let (change, largest) = self.sweep(&v, order)  // (2)
      if change <= 0x1p-51 * largest { return measured(v, order) }
      if change <= 0x1p-42 * largest && change > 0.5 * previous { return measured(v, order) }
      if floor > 0 && (sweep == 3 || sweep == 6 || sweep == 12) {
        var solved = measured(v, order)
        if solved.excess < 1, (largest / (1 - max(solved.excess, 0))) * (1 + 0x1p-50) < floor {
          solved.isPruned = true
          return solved
        }
      }
      if sweep >= Self.patience && sweep % 8 == 0 {
        let rate = change / previous
        if !(rate < 1) || log(0x1p-50 * largest / change) / log(rate) > Double(Self.sweepLimit) {
          break
        }
      }
      previous = change
    }
    v = try policyIteration(target: g, order, plan.choices)  // (3)
    _ = sweep(&v, order)
    return measured(v, order)  // (4)
  }

  /// One pass of (2); returns the greatest change and the greatest magnitude.
  private func sweep(_ v: inout [Double], _ order: [Int32]) -> (change: Double, largest: Double) {
    var (change, largest) = (0.0, abs(boundary))
    v.withUnsafeMutableBufferPointer { v in
      withArrays { a in
        for s32 in order {
          let s = Int(s32)
          var best = Double.infinity
          for k in a.choices[s]..<a.choices[s &+ 1] {
            let rest = 1 - discount * a.staying[k]
            guard rest > 0, a.rows[k] < a.rows[k &+ 1] else { continue }
            var sum = 0.0
            for i in a.rows[k]..<a.rows[k &+ 1] {
              sum += a.values[i] * v[Int(truncatingIfNeeded: a.columns[i])]
            }
            best = min(best, (cost + discount * sum) / rest)
          }
          guard best < .infinity else { continue }
          change = max(change, abs(best - v[s]))
          largest = max(largest, abs(best))
          v[s] = best
        }
      }
    }
    return (change, largest)
  }

  /// e⁺ and e⁻ of a vector, rounding included.
  private func measured(_ v: [Double], _ order: [Int32]) -> Solved {
    var (excess, deficit) = (-Double.infinity, -Double.infinity)
    v.withUnsafeBufferPointer { v in
      withArrays { a in
        for s32 in order {
          let s = Int(s32)
          var (least, certain) = (Double.infinity, Double.infinity)
          for k in a.choices[s]..<a.choices[s &+ 1] {
            var sum = a.staying[k] * v[s]
            for i in a.rows[k]..<a.rows[k &+ 1] {
              sum += a.values[i] * v[Int(truncatingIfNeeded: a.columns[i])]
            }
            let q = cost + discount * sum
            let terms = Double(a.rows[k &+ 1] &- a.rows[k] &+ 5)
            let error =
              terms * 0x1.01p-53 * (cost + discount * abs(sum) + abs(v[s]))
              + terms * .leastNormalMagnitude
            let d = q - v[s]
            least = min(least, d - error)
            certain = min(certain, d + error)
          }
          excess = max(excess, certain)
          deficit = max(deficit, -least)
        }
      }
    }
    if order.isEmpty { (excess, deficit) = (0, 0) }
    return Solved(values: v, excess: excess.nextUp, deficit: deficit.nextUp)
  }

  /// (3): exact evaluation and improvement, from a policy that reaches g surely if any does.
  private func policyIteration(
    target g: Int, _ order: [Int32], _ first: [Int]
  ) throws -> [Double] {
    var position = [Int](repeating: -1, count: stateCount)
    for (i, s) in order.enumerated() { position[Int(s)] = i }
    var choice = first
    var v = [Double](repeating: 0, count: stateCount)
    v[g] = boundary
    for _ in 0..<1_000 {
      try evaluate(choice, order, position, target: g, into: &v)
      var improved = false
      for s32 in order {
        let s = Int(s32)
        var best = v[s] - 0x1p-40 * abs(v[s])
        for k in choicePointers[s]..<choicePointers[s + 1] where k != choice[s] {
          var sum = staying[k] * v[s]
          for i in rowPointers[k]..<rowPointers[k + 1] { sum += values[i] * v[Int(columns[i])] }
          let q = cost + discount * sum
          if q < best { (best, choice[s], improved) = (q, k, true) }
        }
      }
      if !improved { break }
    }
    return v
  }

  /// Solves (I − γ P_π) V = c + γ P_π(g) b off the target.
  private func evaluate(
    _ choice: [Int], _ order: [Int32], _ position: [Int], target g: Int, into v: inout [Double]
  ) throws {
    let n = order.count
    var right = [Double](repeating: cost, count: n)
    let x: [Double]
    if isDense && n <= 2_000 {
      var a = Matrix(n, n)
      for (row, s) in order.enumerated() {
        let k = choice[Int(s)]
        a[row, row] = 1 - discount * staying[k]
        for i in rowPointers[k]..<rowPointers[k + 1] {
          let t = Int(columns[i])
          if t == g { right[row] += discount * values[i] * boundary }
          if position[t] >= 0 { a[row, position[t]] -= discount * values[i] }
        }
      }
      x = try LUFactorization(a).solve(right)
    } else {
      var (pointers, places, entries) = ([0], [Int32](), [Double]())
      for (row, s) in order.enumerated() {
        let k = choice[Int(s)]
        places.append(Int32(row))
        entries.append(1 - discount * staying[k])
        for i in rowPointers[k]..<rowPointers[k + 1] {
          let t = Int(columns[i])
          if t == g { right[row] += discount * values[i] * boundary }
          guard position[t] >= 0 else { continue }
          places.append(Int32(position[t]))
          entries.append(-discount * values[i])
        }
        pointers.append(entries.count)
      }
      x = try SparseLU(
        SparseMatrix(
          rowCount: n, columnCount: n, rowPointers: pointers, columns: places, values: entries)
      ).solve(right)
    }
    for (row, s) in order.enumerated() { v[Int(s)] = cost > 0 ? max(x[row], 0) : min(x[row], 0) }
  }

  /// A policy that steps towards g, and a guess of its values.
  private struct Plan {
    /// The choice most likely to come nearer to g; such a policy reaches g surely if any does.
    var choices: [Int]
    /// Twice the steps that it takes to come nearer, added up: mostly more than the values.
    ///
    /// Values that are at most 0 are guessed as 0.
    var guess: [Double]

    init(_ problem: TargetProblem, target g: Int, _ order: [Int32]) {
      choices = [Int](repeating: -1, count: problem.stateCount)
      guess = [Double](repeating: 0, count: problem.stateCount)
      var level = [Int](repeating: .max, count: problem.stateCount)
      level[g] = 0
      for s32 in order {
        let s = Int(s32)
        let rows = problem.choicePointers[s]..<problem.choicePointers[s + 1]
        var nearest = Int.max - 1
        for i in problem.rowPointers[rows.lowerBound]..<problem.rowPointers[rows.upperBound] {
          nearest = min(nearest, level[Int(problem.columns[i])])
        }
        level[s] = nearest + 1
        var best = 0.0
        for k in rows {
          var (ahead, cost) = (0.0, 0.0)
          for i in problem.rowPointers[k]..<problem.rowPointers[k + 1]
          where level[Int(problem.columns[i])] <= nearest {
            ahead += problem.values[i]
            cost += problem.values[i] * guess[Int(problem.columns[i])]
          }
          if ahead > best {
            (best, choices[s]) = (ahead, k)
            guess[s] = problem.cost > 0 ? min((cost + 2) / ahead, 1e100) : 0
          }
        }
      }
    }
  }

  /// The arrays without bounds checks.
  private struct RawArrays {
    let choices: UnsafePointer<Int>
    let rows: UnsafePointer<Int>
    let columns: UnsafePointer<Int32>
    let values: UnsafePointer<Double>
    let staying: UnsafePointer<Double>
  }

  private func withArrays(_ body: (RawArrays) -> Void) {
    choicePointers.withUnsafeBufferPointer { choices in
      rowPointers.withUnsafeBufferPointer { rows in
        columns.withUnsafeBufferPointer { columns in
          values.withUnsafeBufferPointer { values in
            staying.withUnsafeBufferPointer { staying in
              // Without transitions between states there are no sources, and no order to sweep.
              guard let c = columns.baseAddress, let x = values.baseAddress,
                let k = choices.baseAddress, let r = rows.baseAddress, let p = staying.baseAddress
              else { return }
              body(RawArrays(choices: k, rows: r, columns: c, values: x, staying: p))
            }
          }
        }
      }
    }
  }
}
