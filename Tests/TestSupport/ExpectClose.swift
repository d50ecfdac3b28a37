// SPDX-License-Identifier: Apache-2.0
import Testing

/// Expects two numbers to differ by at most `tolerance`; NaN is close to nothing.
public func expectClose(
  _ found: Double, _ expected: Double, tolerance: Double, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard !(found == expected || abs(found - expected) <= tolerance) else { return }
  record(
    "found \(found), expected \(expected) ± \(tolerance): off by \(abs(found - expected))",
    comment, sourceLocation)
}

/// Expects two arrays to have one length and to differ by at most `tolerance` in every entry.
///
/// The message names the entry that is farthest off.
public func expectClose(
  _ found: [Double], _ expected: [Double], tolerance: Double, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.count == expected.count else {
    return record(
      "found \(found.count) entries, expected \(expected.count)", comment, sourceLocation)
  }
  var worst: Int?
  var largest = 0.0
  var count = 0
  for i in found.indices where found[i] != expected[i] {
    let difference = abs(found[i] - expected[i])
    guard !(difference <= tolerance) else { continue }
    count += 1
    if worst == nil || difference > largest { (worst, largest) = (i, difference) }
  }
  guard let worst else { return }
  record(
    "entry \(worst): found \(found[worst]), expected \(expected[worst]) ± \(tolerance): off by "
      + "\(largest); \(count) of \(found.count) entries are off", comment, sourceLocation)
}

private func record(_ text: String, _ comment: Comment?, _ sourceLocation: SourceLocation) {
  let prefix = comment.map { "\($0.rawValue): " } ?? ""
  Issue.record(Comment(rawValue: prefix + text), sourceLocation: sourceLocation)
}
