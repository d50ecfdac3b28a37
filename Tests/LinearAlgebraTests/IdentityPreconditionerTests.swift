// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Identity preconditioner")
struct IdentityPreconditionerTests {
  @Test("copies its argument")
  func copies() {
    let r = [1.0, -2, 3]
    var z = [0.0, 0, 0]
    z.withUnsafeMutableBufferPointer { z in
      r.withUnsafeBufferPointer { IdentityPreconditioner().apply($0, into: z) }
    }
    #expect(z == r)
  }
}
