// SPDX-License-Identifier: Apache-2.0

/// How many bytes a model and the vectors of its solver take, estimated before any is taken.
///
/// Derived from the arrays that are kept; S states, K choices, n stored probabilities:
///
///     model   12 n + 16 K +  8 S    columns and values; row pointers and rewards; choice pointers
///     solver  12 n + 16 K + 48 S    rows in the order of sweeps (all, or those of one policy), with
///                                   their pointers and rewards; values, next values, lower and
///                                   upper bounds, policy and order of states
///
/// A low-rank model keeps each entry of its factors twice (by rows and by columns), 16 bytes, and its
/// solver no copy of them. A finite horizon keeps values, bounds and choices of every stage. Dense
/// rows take 8 bytes for each state and are counted with the sparse ones they are made from.
///
/// Arithmetic is in floating point, so that no product overflows. `Robustness/load.py` compares
/// estimates with what was taken.
public struct MemoryNeed: Equatable, Sendable {
  /// The estimate, in bytes.
  public let bytes: Double

  /// Below this, 64 MiB, nobody asks what the machine has.
  static let negligible = 0x1p26

  /// The need of a number of bytes.
  public init(bytes: Double) { self.bytes = bytes }

  /// The need of a model in rows, and of solving it.
  public static func tabular(states: Double, choices: Double, entries: Double) -> MemoryNeed {
    MemoryNeed(bytes: 24 * entries + 32 * choices + 56 * states)
  }

  /// The need of a model in factors, and of solving it; `entries` are those of both factors.
  public static func factored(states: Double, choices: Double, entries: Double) -> MemoryNeed {
    MemoryNeed(bytes: 16 * entries + 32 * choices + 56 * states)
  }

  /// The need of the stages of a finite horizon: values, lower and upper bounds, choices, names of
  /// actions, and what arrays take that are nearly empty.
  public static func stages(horizon: Double, states: Double) -> MemoryNeed {
    MemoryNeed(bytes: (horizon + 1) * (56 * states + 400))
  }

  /// Refuses what the machine does not have.
  ///
  /// - Parameters:
  ///   - what: What needs the memory, for the error.
  ///   - available: The bytes there are; by default ``MachineMemory/available``.
  /// - Throws: ``ModelError/tooLarge(what:needed:available:)``.
  public func check(
    _ what: @autoclosure () -> String,
    available: @autoclosure () -> Int = MachineMemory.available
  ) throws(ModelError) {
    guard bytes > MemoryNeed.negligible || !bytes.isFinite else { return }
    let limit = available()
    guard bytes <= Double(limit) else {
      throw .tooLarge(what: what(), needed: bytes, available: limit)
    }
  }

  /// A number of bytes in the largest unit that leaves it at least 1, with three digits.
  static func text(_ bytes: Double) -> String {
    guard bytes.isFinite else { return "more than any machine's" }
    var (value, unit) = (bytes, "B")
    for next in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] where value >= 1_000 {
      (value, unit) = (value / 1_024, next)
    }
    let scale = value < 10 ? 100.0 : value < 100 ? 10 : 1
    let rounded = (value * scale).rounded() / scale
    return rounded == rounded.rounded() && rounded < 1e15
      ? "\(Int(rounded)) \(unit)" : "\(rounded) \(unit)"
  }
}
