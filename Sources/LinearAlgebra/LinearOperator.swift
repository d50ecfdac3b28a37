// SPDX-License-Identifier: Apache-2.0

/// A square linear map that is known by what it does to a vector.
///
/// The Krylov solvers call it once an iteration with buffers of their own, so that no memory is
/// allocated inside their loops.
public protocol LinearOperator {
  /// The number of rows and of columns.
  var dimension: Int { get }

  /// Writes A x into `y`.
  ///
  /// - Parameters:
  ///   - x: The vector, of ``dimension`` entries; it does not overlap `y`.
  ///   - y: Where A x goes, of ``dimension`` entries; its old contents are not read.
  func apply(_ x: UnsafeBufferPointer<Double>, into y: UnsafeMutableBufferPointer<Double>)
}

extension LinearOperator {
  /// A x as an array.
  ///
  /// - Shapes: `x` and the result have ``dimension`` entries.
  /// - Complexity: that of ``apply(_:into:)``, plus one allocation.
  public func callAsFunction(_ x: [Double]) -> [Double] {
    precondition(x.count == dimension, "\(x.count) entries, expected \(dimension)")
    return [Double](unsafeUninitializedCapacity: dimension) { y, count in
      y.initialize(repeating: 0)
      let target = UnsafeMutableBufferPointer(rebasing: y[..<dimension])
      x.withUnsafeBufferPointer { apply($0, into: target) }
      count = dimension
    }
  }
}
