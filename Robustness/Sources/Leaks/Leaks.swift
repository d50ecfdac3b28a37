// SPDX-License-Identifier: Apache-2.0
import Foundation

// Everything that takes memory outside Swift, called again and again, along the error paths too.
// What a round does not give back is found in two ways: LeakSanitizer looks, at the end of the
// process, for memory that nothing points to; and the heap of a driver must not grow from round to
// round, which also finds what is kept for ever in a list.
//
//     Leaks ROUNDS            all drivers
//     Leaks ROUNDS LAPACK     the drivers whose names contain this
//     Leaks ROUNDS planted    drivers that leak on purpose: must fail

/// A part of the library whose memory is watched.
struct Driver: Sendable {
  /// What is called, for the report.
  let name: String
  /// One round; it must leave nothing behind.
  let round: @Sendable () throws -> Void
}

/// How a program that was told to watch itself ends.
func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data("error: \(message)\n".utf8))
  exit(70)
}

/// The bytes that are allocated now, by C, C++ and Swift, as AddressSanitizer counts them.
enum Heap {
  private typealias Count = @convention(c) () -> Int
  private static let count: Count = {
    guard let symbol = dlsym(nil, "__sanitizer_get_current_allocated_bytes") else {
      fail("this program was built without AddressSanitizer and would notice nothing")
    }
    return unsafeBitCast(symbol, to: Count.self)
  }()

  static var bytes: Int { count() }
}

@main
enum Leaks {
  /// How many batches of rounds there are.
  ///
  /// Caches fill in some batches and are emptied in another; a leak grows in all of them. The
  /// longest memory is libdispatch's, which empties the cache of a thread once in some thousand
  /// calls of concurrentPerform.
  private static let batches = 9

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let rounds = arguments.first.flatMap({ Int($0) }), rounds >= 100 else {
      fail("how many rounds a batch? at least 100: Leaks 125 [planted | part of a name]")
    }
    let wanted = arguments.dropFirst().first ?? ""
    let scratch = try Scratch()
    let drivers =
      wanted == "planted"
      ? Planted.drivers
      : try (Shims.drivers + Wrappers.drivers(in: scratch)).filter {
        wanted.isEmpty || $0.name.contains(wanted)
      }
    if drivers.isEmpty { fail("no driver has \(wanted) in its name") }
    var grown = 0
    for driver in drivers where grows(driver, rounds: rounds) { grown += 1 }
    scratch.remove()
    print("\(drivers.count) drivers, \(rounds * batches) rounds each, \(grown) grew")
    fflush(nil)
    if grown > 0 { exit(1) }
    // LeakSanitizer looks now, and decides the exit code.
  }

  /// Whether a driver keeps at least a byte in every second round, batch after batch.
  private static func grows(_ driver: Driver, rounds: Int) -> Bool {
    func batch() {
      for round in 0..<rounds {
        do { try driver.round() } catch { fail("\(driver.name), round \(round): \(error)") }
      }
    }
    let start = ContinuousClock.now
    batch()  // fills the caches
    var growth = Int.max
    for _ in 1..<batches {
      let before = Heap.bytes
      batch()
      growth = min(growth, Heap.bytes - before)
    }
    let isLeak = 2 * growth >= rounds
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    print(
      "\(isLeak ? "LEAK" : "ok  ")  \(driver.name): \(growth) bytes in \(rounds) rounds, "
        + String(format: "%.1f s", seconds))
    fflush(nil)  // LeakSanitizer ends the process without
    return isLeak
  }
}

/// A folder in memory for the files of this process.
struct Scratch {
  let folder: String

  init() throws {
    folder = "/dev/shm/provably-leaks-\(getpid())"
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
  }

  func path(_ name: String) -> String { folder + "/" + name }

  /// Writes a file; not through Foundation, whose caches are none of our business.
  func write(_ name: String, _ bytes: ArraySlice<UInt8>) -> String {
    let path = path(name)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { fail("no scratch file \(path)") }
    defer { close(descriptor) }
    let put = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    guard put == bytes.count else { fail("the scratch folder is full") }
    return path
  }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }
}

/// Fails unless `body` throws; whether an error path is an error path is part of what is watched.
func refused<T>(_ what: String, _ body: () throws -> T) {
  if (try? body()) != nil { fail("\(what) was not refused") }
}

/// Fails when a driver does not reach what it is there for.
func require(_ condition: Bool, _ what: String) {
  if !condition { fail("\(what) is not so") }
}
