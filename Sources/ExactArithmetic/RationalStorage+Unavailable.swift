// SPDX-License-Identifier: Apache-2.0
#if !ExactRationals
  /// The storage of a build without FLINT: no value of it can be made, so that whatever needs one is
  /// compiled but never reached.
  struct RationalStorage: Sendable {
    private init() {}

    private var unreachable: Never { preconditionFailure("exact rationals are not available") }

    static func make(doubles: [Double]) throws(RationalError) -> RationalStorage {
      throw .unavailable
    }

    static func make(texts: [RationalText]) throws(RationalError) -> RationalStorage {
      throw .unavailable
    }

    var count: Int { unreachable }

    func selecting(_ indices: [Int]) -> RationalStorage { unreachable }

    func subtracting(_ other: RationalStorage) -> RationalStorage { unreachable }

    func combined(_ operation: Character, with other: RationalStorage) -> RationalStorage {
      unreachable
    }

    func text(_ i: Int) -> String { unreachable }

    func bounds(_ i: Int) -> ClosedRange<Double> { unreachable }

    func compare(_ i: Int, with other: RationalStorage, _ j: Int) -> Int { unreachable }

    func sign(_ i: Int) -> Int { unreachable }

    func backup(
      pointers: [Int], columns: [Int32], discount: RationalStorage, rewards: RationalStorage,
      values: RationalStorage
    ) -> RationalStorage { unreachable }

    func solve(
      choice: [Int], pointers: [Int], columns: [Int32], discount: RationalStorage,
      rewards: RationalStorage
    ) -> RationalStorage? { unreachable }
  }
#endif
