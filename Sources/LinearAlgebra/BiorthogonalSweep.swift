// SPDX-License-Identifier: Apache-2.0

/// The memory and the steps of BiCGStab between two starts; the step numbers are ``BiCGStab``'s.
final class BiorthogonalSweep {
  private let n: Int
  private let storage: MutableBuffer
  private let r: MutableBuffer
  private let shadow: MutableBuffer
  private let p: MutableBuffer
  private let v: MutableBuffer
  private let t: MutableBuffer
  private let pHat: MutableBuffer
  private let sHat: MutableBuffer
  /// The sum of the corrections since the start, in units of `unit`.
  private let sum: MutableBuffer
  private var unit = 1.0

  /// Allocates the memory for `n` unknowns.
  init(dimension n: Int) {
    self.n = n
    let storage = MutableBuffer.allocate(capacity: 8 * n)
    storage.initialize(repeating: 0)
    func part(_ k: Int) -> MutableBuffer { MutableBuffer(rebasing: storage[(k * n)..<(k * n + n)]) }
    self.storage = storage
    (r, shadow, p, v) = (part(0), part(1), part(2), part(3))
    (t, pHat, sHat, sum) = (part(4), part(5), part(6), part(7))
  }

  deinit { storage.deallocate() }

  /// Leaves b - A x in `r` and returns its norm.
  func start<A: LinearOperator>(_ a: A, _ b: Buffer, _ x: MutableBuffer) -> Double {
    a.apply(Buffer(x), into: r)
    subtract(from: b, r)
    return euclideanNorm(Buffer(r))
  }

  /// Adds what ``run(_:_:residual:target:limit:)`` found to `x`.
  func correct(_ x: MutableBuffer) { addScaled(unit, Buffer(sum), to: x) }

  /// Iterates from the residual that ``start(_:_:_:)`` left until the recurrence meets the target,
  /// breaks down or has used up `limit`.
  ///
  /// - Returns: The number of iterations, and whether the correction makes the residual smaller.
  func run<A: LinearOperator, M: Preconditioner>(
    _ a: A, _ m: M, residual: Double, target: Double, limit: Int
  ) -> (made: Int, isImprovement: Bool) {
    // A power of two; its reciprocal must not overflow.
    unit = Double(sign: .plus, exponent: max(-1_000, residual.exponent), significand: 1)
    let goal = target / unit
    sum.update(repeating: 0)
    setScaled(r, 1 / unit, Buffer(r))
    copy(Buffer(r), to: shadow)
    copy(Buffer(r), to: p)
    var rho = canonicalDot(Buffer(shadow), Buffer(r))
    let initial = residual / unit
    var size = initial
    var made = 0
    while made < limit {
      made += 1
      m.apply(Buffer(p), into: pHat)
      a.apply(Buffer(pHat), into: v)
      let alpha = rho / canonicalDot(Buffer(shadow), Buffer(v))
      guard alpha.isFinite else { break }
      addScaled(-alpha, Buffer(v), to: r)  // (2), s in the place of r
      addScaled(alpha, Buffer(pHat), to: sum)
      size = euclideanNorm(Buffer(r))
      if size <= goal { break }
      m.apply(Buffer(r), into: sHat)
      a.apply(Buffer(sHat), into: t)
      let omega = canonicalDot(Buffer(t), Buffer(r)) / canonicalDot(Buffer(t), Buffer(t))  // (3)
      guard omega.isFinite else { break }
      addScaled(omega, Buffer(sHat), to: sum)  // (4)
      addScaled(-omega, Buffer(t), to: r)
      size = euclideanNorm(Buffer(r))
      if size <= goal || !size.isFinite { break }
      let next = canonicalDot(Buffer(shadow), Buffer(r))
      let beta = next / rho * (alpha / omega)
      // A shadow that has become orthogonal to the residual carries only rounding errors.
      guard beta.isFinite, next.magnitude > 0x1p-50 * initial * size else { break }
      rho = next
      advance(beta: beta, omega: omega)  // (5)
    }
    return (made, size < initial)
  }

  /// Sets p to r + β (p - ω v).
  private func advance(beta: Double, omega: Double) {
    let (r, p, v) = (r, p, v)
    var i = 0
    while i < n {
      p[i] = r[i] + beta * (p[i] - omega * v[i])
      i &+= 1
    }
  }
}
