// SPDX-License-Identifier: Apache-2.0
import CShims

/// The memory and the steps of one cycle of GMRES; the step numbers are those of ``GMRES``.
final class ArnoldiCycle {
  private let n: Int
  private let length: Int
  private let basis: MutableBuffer
  private let scratch: MutableBuffer
  private let update: MutableBuffer
  private var triangle: [Double]
  private var column: [Double]
  private var second: [Double]
  private var cosines: [Double]
  private var sines: [Double]
  private var g: [Double]
  private var size = 0

  /// Allocates the memory of a cycle of `length` iterations on `n` unknowns.
  init(dimension n: Int, length: Int) {
    self.n = n
    self.length = length
    basis = .allocate(capacity: n * (length + 1))
    scratch = .allocate(capacity: n)
    update = .allocate(capacity: n)
    scratch.initialize(repeating: 0)
    update.initialize(repeating: 0)
    triangle = [Double](repeating: 0, count: length * length)
    column = [Double](repeating: 0, count: length + 1)
    second = column
    g = column
    cosines = [Double](repeating: 0, count: length)
    sines = cosines
  }

  deinit {
    basis.deallocate()
    scratch.deallocate()
    update.deallocate()
  }

  private func vector(_ k: Int) -> MutableBuffer {
    MutableBuffer(rebasing: basis[(k &* n)..<((k &+ 1) &* n)])
  }

  /// Leaves b - A x in the first basis vector and returns its norm.
  func start<A: LinearOperator>(_ a: A, _ b: Buffer, _ x: MutableBuffer) -> Double {
    let r = vector(0)
    a.apply(Buffer(x), into: r)
    subtract(from: b, r)
    return euclideanNorm(Buffer(r))
  }

  /// Builds the basis from the residual that ``start(_:_:_:)`` left, whose norm is `beta`.
  ///
  /// The cycle ends early when the estimate of the residual meets the target or the Krylov space is
  /// exhausted.
  ///
  /// - Returns: The number of iterations made, and the estimate of the residual after them.
  func extend<A: LinearOperator, M: Preconditioner>(
    _ a: A, _ m: M, residual beta: Double, target: Double, limit: Int
  ) -> (made: Int, estimate: Double) {
    size = 0
    setScaled(vector(0), 1 / beta, Buffer(vector(0)))
    g[0] = beta
    for j in 0..<min(length, limit) {
      let w = vector(j + 1)
      m.apply(Buffer(vector(j)), into: scratch)
      a.apply(Buffer(scratch), into: w)  // (2)
      let before = euclideanNorm(Buffer(w))
      var after = orthogonalize(w, against: j + 1, into: &column)  // (3)
      if after * after <= 0.5 * before * before {
        after = orthogonalize(w, against: j + 1, into: &second)
        for i in 0...j { column[i] += second[i] }
      }
      guard after.isFinite else { return (j + 1, g[j].magnitude) }
      let previous = g[j].magnitude
      rotate(j, last: after)  // (4)
      // The new direction changes A x by no more than rounding does.
      if triangle[j * length + j].magnitude <= 0x1p-50 * before { return (j + 1, previous) }
      size = j + 1
      if g[j + 1].magnitude <= target || after <= 0x1p-50 * before { break }
      setScaled(w, 1 / after, Buffer(w))  // (5)
    }
    return (size, g[size].magnitude)
  }

  /// Takes the components along the first `count` basis vectors out of `w`; returns what is left.
  private func orthogonalize(
    _ w: MutableBuffer, against count: Int, into h: inout [Double]
  ) -> Double {
    h.withUnsafeMutableBufferPointer { h in
      provably_dense_times_vector(
        basis.baseAddress, Int64(n), 0, Int64(count), w.baseAddress, h.baseAddress)
      for i in 0..<count { h[i] = -h[i] }
      addCombination(Buffer(h), count: count, of: basis, to: w)
      for i in 0..<count { h[i] = -h[i] }
    }
    return euclideanNorm(Buffer(w))
  }

  /// Applies the earlier rotations to the new column and makes one that clears its last entry.
  private func rotate(_ j: Int, last: Double) {
    for i in 0..<j {
      let (upper, lower) = (column[i], column[i + 1])
      column[i] = cosines[i] * upper + sines[i] * lower
      column[i + 1] = cosines[i] * lower - sines[i] * upper
    }
    let rotation = GivensRotation(column[j], last)
    cosines[j] = rotation.cosine
    sines[j] = rotation.sine
    for i in 0..<j { triangle[j * length + i] = column[i] }
    triangle[j * length + j] = rotation.length
    g[j + 1] = -rotation.sine * g[j]
    g[j] = rotation.cosine * g[j]
  }

  /// Adds the best correction of the cycle to `x`; `false` when there is none.
  func correct<M: Preconditioner>(_ x: MutableBuffer, _ m: M) -> Bool {
    if size == 0 { return false }
    var i = size
    while i > 0 {
      i -= 1
      var sum = g[i]
      for k in (i + 1)..<max(size, i + 1) { sum -= triangle[k * length + i] * column[k] }
      column[i] = sum / triangle[i * length + i]
    }
    guard column[..<size].allSatisfy(\.isFinite) else { return false }
    update.update(repeating: 0)
    column.withUnsafeBufferPointer { addCombination($0, count: size, of: basis, to: update) }
    m.apply(Buffer(update), into: scratch)
    addScaled(1, Buffer(scratch), to: x)
    return true
  }
}
