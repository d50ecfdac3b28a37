// SPDX-License-Identifier: Apache-2.0
import CFLINT
import Foundation

/// Leaks on purpose; a check that does not find them finds nothing.
enum Planted {
  nonisolated(unsafe) private static var kept: [OpaquePointer] = []

  static let drivers = [
    // For LeakSanitizer: nothing points to the vector any more.
    Driver(name: "planted: a vector of rationals is not freed") {
      _ = provably_rationals_new(3)
    },
    // For the growth of the heap: LeakSanitizer takes what a global points to for used.
    Driver(name: "planted: a list that only grows") {
      if let vector = provably_rationals_new(1) { kept.append(vector) }
    },
  ]
}
