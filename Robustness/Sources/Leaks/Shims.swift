// SPDX-License-Identifier: Apache-2.0
import CBoost
import CFLINT
import CShims
import Foundation

/// Every function of the three targets in C and C++; sanitize.sh compares this file with their
/// headers.
enum Shims {
  static let drivers = [
    Driver(name: "CShims, dense and vectors") { dense() },
    Driver(name: "CShims, sparse") { sparse() },
    Driver(name: "CShims, bands") { bands() },
    Driver(name: "CBoost") { boost() },
    Driver(name: "CFLINT, vectors") { rationals() },
    Driver(name: "CFLINT, backups and solves") { systems() },
  ]

  /// Numbers in [0, 1) that depend on the place only.
  private static func number(_ i: Int) -> Double {
    let bits = UInt64(bitPattern: Int64(i + 1)) &* 0x9E37_79B9_7F4A_7C15
    return Double((bits ^ bits >> 29) &* 0xBF58_476D_1CE4_E5B9 >> 11) * 0x1p-53
  }

  // MARK: CShims. Its kernels take no memory; AddressSanitizer watches what they read and write in
  // arrays without a byte to spare, for lengths on both sides of a full vector.

  private static func dense() {
    require((0...2).contains(provably_cpu_level()), "a CPU level in 0 ... 2")
    provably_pause()
    provably_move_thread(provably_current_thread(), provably_current_cpu())
    for n in [1, 3, 7, 8, 9, 17] {
      let S = n
      let choices = (0...S).map { Int64(2 * $0) }
      let rows = (0..<2 * S * n).map { number($0) / Double(n) }
      let rewards = (0..<2 * S).map(number)
      let v = (0..<n).map(number)
      var (out, change) = ([Double](repeating: 0, count: S), [0.0, 0])
      var choice = choices.dropLast().map { $0 }
      let (N, end) = (Int64(n), Int64(S))
      require(provably_dot(v, v, N) >= 0, "a square at least 0")
      provably_dense_times_vector(rows, N, 0, end, v, &out)
      provably_dense_bellman(choices, rows, N, rewards, 0.9, v, v, 0, end, &out, &choice, &change)
      provably_dense_policy_backup(rows, N, rewards, 0.9, v, choice, 0, end, &out, &change)
      var stored = [Double](repeating: .infinity, count: 2 * S)
      let read = provably_dense_lazy_bellman(
        choices, rows, N, rewards, 0.9, v, v, 0, end, 0, &stored, &out, &choice, &change)
      require(read == 2 * S, "every row read when no bound is known")
      var w = v
      let order = (0..<Int32(S)).reversed().map { $0 }
      for backwards in [Int32(0), 1] {
        for policyOnly in [Int32(0), 1] {
          provably_dense_gauss_seidel(
            choices, rows, N, rewards, 0.9, order, end, backwards, policyOnly, &choice, &w)
        }
      }
    }
  }

  private static func sparse() {
    // Rows of 0 ... 19 entries: all branches for short rows, and long ones. 150 states: more than a
    // block of the lazy sweep, with up to six choices a state: more than its queue holds.
    let S = 150
    var (choices, pointers) = ([Int64(0)], [Int64(0)])
    var (columns, values) = ([Int32](), [Double]())
    for s in 0..<S {
      for _ in 0..<(1 + (s * 7) % 6) {
        let length = (pointers.count * 11) % 20
        for j in 0..<length {
          columns.append(Int32((s + 7 * j) % S))
          values.append(1 / Double(length))
        }
        pointers.append(Int64(columns.count))
      }
      choices.append(Int64(pointers.count - 1))
    }
    let count = pointers.count - 1
    let rewards = (0..<count).map(number)
    let v = (0..<S).map(number)
    var (out, change) = ([Double](repeating: 0, count: S), [0.0, 0])
    var choice = choices.dropLast().map { $0 }
    var product = [Double](repeating: 0, count: count)
    let end = Int64(S)
    for k in 0..<count {
      let (from, to) = (Int(pointers[k]), Int(pointers[k + 1]))
      let (row, x) = (Array(values[from..<to]), Array(columns[from..<to]))
      _ = provably_sparse_dot(row, x, Int64(row.count), v)
    }
    provably_sparse_times_vector(pointers, columns, values, 0, Int64(count), v, &product)
    provably_sparse_bellman(
      choices, pointers, columns, values, rewards, 0.9, v, 0, end, &out, &choice, &change)
    provably_sparse_policy_backup(
      pointers, columns, values, end, rewards, 0.9, v, choice, 0, end, &out, &change)
    provably_sparse_policy_backup(
      pointers, columns, values, end, rewards, 0.9, v, nil, 0, end, &out, &change)
    // The rows of the incumbents, as a copy of their own.
    var (heldPointers, heldColumns, heldValues) = ([Int64(0)], [Int32](), [Double]())
    for k in choice {
      let range = Int(pointers[Int(k)])..<Int(pointers[Int(k) + 1])
      heldColumns += columns[range]
      heldValues += values[range]
      heldPointers.append(Int64(heldColumns.count))
    }
    for isHeld in [false, true] {
      var stored = [Double](repeating: .infinity, count: count)
      var incumbents = choice
      let read = provably_sparse_lazy_bellman(
        choices, pointers, columns, values, end, rewards, 0.9, v, 0, end, 0, &stored, &out,
        &incumbents, &change, isHeld ? heldPointers : nil, isHeld ? heldColumns : nil,
        isHeld ? heldValues : nil)
      require(read == count, "every row read when no bound is known")
    }
    var w = v
    for backwards in [Int32(0), 1] {
      for policyOnly in [Int32(0), 1] {
        // With as many states as that, rows are asked for ahead of their turn.
        for n in [end, 1 << 20] {
          provably_sparse_gauss_seidel(
            choices, pointers, columns, values, n, rewards, 0.9, 0, end, backwards, policyOnly,
            &choice, &w)
        }
      }
    }
  }

  private static func bands() {
    for w in [0, 1, 3, 4, 8, 13] {
      let (rows, eliminated, stride) = (31 + w, 31, 2 * w + 12)
      var a = [Double](repeating: 0, count: rows * stride)
      for i in 0..<rows {
        for j in max(0, i - w)...min(rows - 1, i + w) {
          a[i * stride + w + j - i] = i == j ? 2 * Double(w) + 3 : number(i + j) - 0.5
        }
      }
      var reciprocals = [Double](repeating: 0, count: eliminated)
      var x = (0..<rows).map(number)
      let (n, m) = (Int64(rows), Int64(eliminated))
      provably_band_factor(&a, Int64(stride), Int64(w), 0, n, m, &reciprocals)
      provably_band_forward(a, Int64(stride), Int64(w), n, m, &x)
      provably_band_backward(a, Int64(stride), Int64(w), n, m, reciprocals, &x)
      require(x.allSatisfy(\.isFinite), "a solution of finite numbers")
    }
  }

  // MARK: CBoost

  private static func boost() {
    // Parameters without meaning, and the ends of the range, go through exceptions and series.
    let parameters = [0.5, 3, 1e-300, 1e300, 0, -1, .infinity, .nan]
    let probabilities = [0.25, 0.975, 0, 1, -0.5, 2, 1e-300, .infinity, -.infinity, .nan]
    for x in probabilities {
      _ = cboost_normal_cdf(x)
      _ = cboost_normal_quantile(x)
      for a in parameters {
        _ = cboost_student_t_cdf(a, x)
        _ = cboost_student_t_quantile(a, x)
        _ = cboost_chi_square_cdf(a, x)
        _ = cboost_chi_square_quantile(a, x)
        _ = cboost_beta_cdf(a, 2, x)
        _ = cboost_beta_quantile(a, 2, x)
        _ = cboost_beta_upper_quantile(2, a, x)
      }
    }
    require(cboost_normal_cdf(0) == 0.5, "the median of the normal distribution 0")
  }

  // MARK: CFLINT

  private static func rationals() {
    let v = provably_rationals_new(4)
    let w = provably_rationals_new(4)
    for i in Int64(0)..<4 { provably_rationals_set_double(v, i, number(Int(i)) - 0.5) }
    provably_rationals_set_double(v, 0, 5e-324)
    provably_rationals_set_double(v, 1, -.greatestFiniteMagnitude)
    provably_rationals_set_decimal(w, 0, 1, "123456789012345678901234567890", "10", -30)
    provably_rationals_set_decimal(w, 1, 0, "7", "21", 0)
    provably_rationals_set_decimal(w, 2, 0, "1", "1", 400)
    provably_rationals_copy(w, 3, v, 0)
    provably_rationals_subtract(w, v, 4)
    for operation in "+-*/" {
      let result = provably_rationals_new(1)
      provably_rationals_combine(result, v, CChar(operation.asciiValue ?? 0), w)
      provably_rationals_free(result)
    }
    for i in Int64(0)..<4 {
      let text = provably_rationals_text(w, i)
      require(text.map { strlen($0) > 0 } == true, "a rational with a text")
      free(text)
      var (low, high) = (0.0, 0.0)
      provably_rationals_bounds(w, i, &low, &high)
      require(low <= high, "a lower bound below the upper")
      require(provably_rationals_compare(w, i, w, i) == 0, "a number equal to itself")
      require((-1...1).contains(provably_rationals_sign(v, i)), "a sign")
    }
    provably_rationals_free(v)
    provably_rationals_free(w)
    provably_rationals_free(nil)
    provably_rationals_free(provably_rationals_new(0))
  }

  private static func vector(_ n: Int, _ value: (Int) -> Double) -> OpaquePointer? {
    let v = provably_rationals_new(Int64(n))
    for i in 0..<n { provably_rationals_set_double(v, Int64(i), value(i)) }
    return v
  }

  private static func systems() {
    // A cycle of states with a loop each; rows of two entries.
    let n = 9
    let pointers = (0...n).map { Int64(2 * $0) }
    let columns = (0..<n).flatMap { [Int32($0), Int32(($0 + 1) % n)] }
    let choice = (0..<n).map { Int64($0) }
    let p = vector(2 * n) { _ in 0.5 }
    let r = vector(n, number)
    for discount in [0.75, 1] {
      let gamma = vector(1) { _ in discount }
      // Discount 1 makes the matrix singular: the path without a solution.
      let x = provably_rationals_solve(Int64(n), choice, pointers, columns, p, gamma, r)
      require((x == nil) == (discount == 1), "a solution just when the matrix has an inverse")
      // Values with a short common denominator, then with none that is short.
      let out = provably_rationals_new(Int64(n))
      if let x {
        provably_rationals_backup(Int64(n), pointers, columns, p, gamma, r, x, out)
        require(
          (0..<n).allSatisfy { provably_rationals_compare(out, Int64($0), x, Int64($0)) == 0 },
          "the solution a fixed point")
      }
      let long = provably_rationals_new(Int64(n))
      for (i, prime) in ["3", "5", "7", "11", "13", "17", "19", "23", "29"].enumerated() {
        let digits = prime + String(repeating: "0", count: 60) + "\(2 * i + 1)"
        provably_rationals_set_decimal(long, Int64(i), 0, "1", digits, 0)
      }
      provably_rationals_backup(Int64(n), pointers, columns, p, gamma, r, long, out)
      for handle in [gamma, x, out, long] { provably_rationals_free(handle) }
    }
    provably_rationals_free(p)
    provably_rationals_free(r)
  }
}
