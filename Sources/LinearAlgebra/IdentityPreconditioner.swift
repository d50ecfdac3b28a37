// SPDX-License-Identifier: Apache-2.0

/// The preconditioner that changes nothing: M = I.
public struct IdentityPreconditioner: Preconditioner, Sendable {
  /// Creates the preconditioner.
  public init() {}

  /// Copies `r` to `z`.
  public func apply(_ r: UnsafeBufferPointer<Double>, into z: UnsafeMutableBufferPointer<Double>) {
    copy(r, to: z)
  }
}
