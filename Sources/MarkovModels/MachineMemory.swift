// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The memory that there is for models.
public enum MachineMemory {
  /// The environment variable that says how much memory may be taken, in place of what is found.
  ///
  /// A number of bytes, or one with a unit: `8GiB`, `500MB`.
  public static let variable = "PROVABLY_MAX_MEMORY"

  /// The bytes that may be taken now.
  ///
  /// On Linux the least of what is available (`MemAvailable`), of the limits of the control groups
  /// that the process is in, and of its limit of addresses; elsewhere the physical memory.
  public static var available: Int {
    if let text = getenv(variable), let bytes = bytes(parsing: String(cString: text)) {
      return bytes
    }
    var least = physical
    if let text = contents(of: "/proc/meminfo"), let bytes = availableBytes(memoryInformation: text)
    {
      least = min(least, bytes)
    }
    let groups = contents(of: "/proc/self/cgroup") ?? ""
    for path in controlGroupFiles(groups) {
      if let text = contents(of: path), let bytes = limit(controlGroup: text) {
        least = min(least, bytes)
      }
    }
    var addresses = rlimit()
    if getrlimit(addressLimit, &addresses) == 0 {
      least = min(least, Int(clamping: UInt64(addresses.rlim_cur)))
    }
    return least
  }

  /// The bytes of `8GiB`, `500MB`, `1e9`; `nil` for anything else, or for less than 1.
  public static func bytes(parsing text: String) -> Int? {
    let units: [(String, Double)] = [
      ("KiB", 0x1p10), ("MiB", 0x1p20), ("GiB", 0x1p30), ("TiB", 0x1p40), ("kB", 1e3), ("MB", 1e6),
      ("GB", 1e9), ("TB", 1e12), ("B", 1),
    ]
    let (unit, factor) = units.first { text.hasSuffix($0.0) } ?? ("", 1)
    guard let number = Double(text.dropLast(unit.count)), number.isFinite, number * factor >= 1
    else { return nil }
    return number * factor < 0x1p62 ? Int(number * factor) : 1 << 62
  }

  /// The bytes that `/proc/meminfo` calls available.
  static func availableBytes(memoryInformation text: String) -> Int? {
    for line in text.split(separator: "\n") where line.hasPrefix("MemAvailable:") {
      let words = line.split(separator: " ")
      guard words.count >= 2, let kibibytes = Int(words[1]) else { return nil }
      let (bytes, overflow) = kibibytes.multipliedReportingOverflow(by: 1_024)
      return overflow || bytes < 0 ? nil : bytes
    }
    return nil
  }

  /// The limit that a control group's file states; `nil` for `max`.
  static func limit(controlGroup text: String) -> Int? {
    guard let word = text.split(whereSeparator: \.isWhitespace).first, let bytes = Int(word),
      bytes > 0
    else { return nil }
    return bytes
  }

  /// The files with the limits of the groups that `/proc/self/cgroup` names, and of those above.
  static func controlGroupFiles(_ text: String) -> [String] {
    var files: [String] = []
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { continue }
      let isUnified = fields[1].isEmpty
      guard isUnified || fields[1].split(separator: ",").contains("memory") else { continue }
      let root = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
      let file = isUnified ? "memory.max" : "memory.limit_in_bytes"
      var path = root
      files.append("\(path)/\(file)")
      for part in fields[2].split(separator: "/") where part != ".." {
        path += "/\(part)"
        files.append("\(path)/\(file)")
      }
    }
    return files
  }

  private static var physical: Int {
    let (pages, size) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    let (bytes, overflow) = pages.multipliedReportingOverflow(by: size)
    return pages > 0 && size > 0 && !overflow ? bytes : Int.max
  }

  #if canImport(Glibc)
    private static let addressLimit = __rlimit_resource_t(RLIMIT_AS.rawValue)
  #else
    private static let addressLimit = RLIMIT_AS
  #endif

  /// The text of a small file; `nil` when it cannot be read.
  private static func contents(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { _ = close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
      }
      guard got > 0 else { break }
      count += got
    }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
