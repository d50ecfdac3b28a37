// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@Suite("expectClose")
struct ExpectCloseTests {
  @Test("is content with numbers within the tolerance, and with equal infinities")
  func close() {
    expectClose(1, 1.5, tolerance: 0.5)
    expectClose(.infinity, .infinity, tolerance: 0)
    expectClose([1, -.infinity], [1.5, -.infinity], tolerance: 0.5)
    expectClose([], [], tolerance: 0)
  }

  @Test("records numbers that are off, NaN and arrays of different lengths")
  func off() {
    withKnownIssue { expectClose(1, 1.5, tolerance: 0.4) }
    withKnownIssue { expectClose(.nan, 1, tolerance: 10) }
    withKnownIssue { expectClose(.nan, .nan, tolerance: 10) }
    withKnownIssue { expectClose(.infinity, 1, tolerance: 10) }
    withKnownIssue { expectClose(1, 1.5, tolerance: .nan) }
    withKnownIssue { expectClose([1, 2], [1], tolerance: 10) }
    withKnownIssue { expectClose([1, 2], [1, 3], tolerance: 0.5) }
    withKnownIssue { expectClose([.nan, 2], [1, 2], tolerance: 10) }
    withKnownIssue { expectClose([1, 2], [1, 3], tolerance: .nan) }
  }
}
