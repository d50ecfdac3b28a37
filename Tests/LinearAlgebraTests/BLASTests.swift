// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("BLAS settings", .serialized)
struct BLASTests {
  @Test("one thread by default, more on request")
  func threads() {
    #expect(BLAS.threadCount == 1)
    BLAS.threadCount = 2
    #expect(BLAS.threadCount == 2)
    BLAS.threadCount = 1
  }
}
