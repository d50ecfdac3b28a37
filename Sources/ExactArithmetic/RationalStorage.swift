// SPDX-License-Identifier: Apache-2.0
#if ExactRationals
  import CFLINT

  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Musl)
    import Musl
  #elseif canImport(Darwin)
    import Darwin
  #endif

  /// The owner of a vector of rationals on the C side.
  ///
  /// `@unchecked Sendable` because the handle is an opaque pointer: the vector is filled before the
  /// storage is shared and never changed after that, and its readers touch no other state.
  final class RationalStorage: @unchecked Sendable {
    private let handle: OpaquePointer
    let count: Int

    private init(owning handle: OpaquePointer, count: Int) {
      self.handle = handle
      self.count = count
    }

    private convenience init(count: Int) {
      self.init(owning: provably_rationals_new(Int64(count)), count: count)
    }

    deinit { provably_rationals_free(handle) }

    static func make(doubles: [Double]) throws(RationalError) -> RationalStorage {
      if let index = doubles.firstIndex(where: { !$0.isFinite }) { throw .notFinite(index: index) }
      let storage = RationalStorage(count: doubles.count)
      for (i, x) in doubles.enumerated() {
        provably_rationals_set_double(storage.handle, Int64(i), x)
      }
      return storage
    }

    static func make(texts: [RationalText]) throws(RationalError) -> RationalStorage {
      let storage = RationalStorage(count: texts.count)
      for (i, text) in texts.enumerated() {
        provably_rationals_set_decimal(
          storage.handle, Int64(i), text.isNegative ? 1 : 0, text.numerator, text.denominator,
          Int64(text.exponent))
      }
      return storage
    }

    func selecting(_ indices: [Int]) -> RationalStorage {
      let result = RationalStorage(count: indices.count)
      for (i, index) in indices.enumerated() {
        provably_rationals_copy(result.handle, Int64(i), handle, Int64(index))
      }
      return result
    }

    func subtracting(_ other: RationalStorage) -> RationalStorage {
      let result = selecting(Array(0..<count))
      provably_rationals_subtract(result.handle, other.handle, Int64(count))
      return result
    }

    /// The first elements combined by an operation: +, -, * or /.
    func combined(_ operation: Character, with other: RationalStorage) -> RationalStorage {
      let result = RationalStorage(count: 1)
      provably_rationals_combine(
        result.handle, handle, CChar(operation.asciiValue ?? 0), other.handle)
      return result
    }

    func text(_ i: Int) -> String {
      guard let bytes = provably_rationals_text(handle, Int64(i)) else {
        preconditionFailure("no memory for the text of a rational")
      }
      defer { free(bytes) }
      return String(cString: bytes)
    }

    func bounds(_ i: Int) -> ClosedRange<Double> {
      var (low, high) = (0.0, 0.0)
      provably_rationals_bounds(handle, Int64(i), &low, &high)
      return low...high
    }

    func compare(_ i: Int, with other: RationalStorage, _ j: Int) -> Int {
      Int(provably_rationals_compare(handle, Int64(i), other.handle, Int64(j)))
    }

    func sign(_ i: Int) -> Int { Int(provably_rationals_sign(handle, Int64(i))) }

    /// r + γ P v, where the receiver is P's stored entries.
    func backup(
      pointers: [Int], columns: [Int32], discount: RationalStorage, rewards: RationalStorage,
      values: RationalStorage
    ) -> RationalStorage {
      let result = RationalStorage(count: rewards.count)
      provably_rationals_backup(
        Int64(rewards.count), pointers.map { Int64($0) }, columns, handle, discount.handle,
        rewards.handle, values.handle, result.handle)
      return result
    }

    /// The solution of (I - γ P) x = r with the chosen rows, where the receiver is P's stored
    /// entries; `nil` when the matrix is singular.
    func solve(
      choice: [Int], pointers: [Int], columns: [Int32], discount: RationalStorage,
      rewards: RationalStorage
    ) -> RationalStorage? {
      if choice.isEmpty { return RationalStorage(count: 0) }
      let solution = provably_rationals_solve(
        Int64(choice.count), choice.map { Int64($0) }, pointers.map { Int64($0) }, columns, handle,
        discount.handle, rewards.handle)
      return solution.map { RationalStorage(owning: $0, count: choice.count) }
    }
  }
#endif
