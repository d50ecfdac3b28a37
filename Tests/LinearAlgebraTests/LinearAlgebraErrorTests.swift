// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Errors")
struct LinearAlgebraErrorTests {
  @Test("errors say what failed, with LAPACK's info")
  func descriptions() {
    let errors: [LinearAlgebraError: String] = [
      .notSquare(rowCount: 2, columnCount: 3): "the matrix is 2 × 3, not square",
      .notFinite(row: 0, column: 1): "entry (0, 1) is not finite",
      .singular(routine: "dgetrf", info: 4): "singular matrix: pivot 4 is zero (dgetrf, info = 4)",
      .notPositiveDefinite(routine: "dpotrf", info: 2):
        "not positive definite: leading minor of order 2 (dpotrf, info = 2)",
      .noConvergence(routine: "dgeev", info: 1): "no convergence (dgeev, info = 1)",
      .failure(routine: "dgeqrf", info: -3): "dgeqrf failed with info = -3",
    ]
    for (error, text) in errors { #expect(error.description == text) }
    #expect(SparseLUError.singular(row: 7).description == "singular matrix: no pivot for row 7")
    #expect(
      PreconditionerError.zeroPivot(row: 3).description
        == "the pivot of row 3 is zero, missing or not finite")
  }
}
