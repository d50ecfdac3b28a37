// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The greatest amount of memory that this process has held, as Linux counts it.
enum ProcessMemory {
  /// The peak resident set in bytes since the start, or since the last ``forgetPeak()``.
  static var peakBytes: Int {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kibibytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap({ Int($0) })
    else { return 0 }
    return kibibytes * 1024
  }

  /// Lets the next peak count from the present size, so that loading and solving are told apart.
  static func forgetPeak() {
    guard let file = fopen("/proc/self/clear_refs", "w") else { return }
    fputs("5", file)
    fclose(file)
  }
}
