// SPDX-License-Identifier: Apache-2.0
import Foundation
import Provably

// One reader a run, named by PROVABLY_FUZZ. An input must end in a value that keeps its promises or in
// an error; a trap, a memory error or a broken promise is a crash that libFuzzer writes down.

/// The entry that libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  Reader.chosen.run(UnsafeBufferPointer(start: bytes, count: count))
  return 0
}

/// A reader of untrusted bytes.
enum Reader: String, CaseIterable {
  case npz, umb, drn, prism, gymnasium, json, certificate, sweep, csv, store
  /// The same archives, built from fuzzed members, so that checksums are right.
  case npzMembers = "npz-members"
  case umbMembers = "umb-members"
  /// The bounds of a certificate as they are, so that its digest is no obstacle.
  case bounds

  /// The reader that the environment names.
  static let chosen: Reader = {
    let name = ProcessInfo.processInfo.environment["PROVABLY_FUZZ"] ?? ""
    guard let reader = Reader(rawValue: name) else {
      fatalError(
        "PROVABLY_FUZZ is one of \(Reader.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return reader
  }()

  /// Reads one input.
  func run(_ bytes: UnsafeBufferPointer<UInt8>) {
    switch self {
    case .npz: Models.read([(".npz", Array(bytes))])
    case .umb: Models.read([(".umb", Array(bytes))])
    case .drn: Models.read([(".drn", Array(bytes))])
    case .gymnasium, .json: Models.read([(".json", Array(bytes))])
    case .prism:
      Models.read(Parts.files(bytes, endings: [".tra", ".lab", ".srew", ".trew", ".sta"]))
    case .npzMembers: Models.read([(".npz", Parts.zip(Parts.members(bytes, named: Parts.npz)))])
    case .umbMembers: Models.read([(".umb", Parts.tar(Parts.members(bytes, named: Parts.umb)))])
    case .certificate: Certificates.read(Data(bytes))
    case .bounds: Certificates.check(bytes)
    case .sweep: _ = try? SweepSpecification(json: Data(bytes))
    case .csv:
      let text = String(decoding: bytes, as: UTF8.self)
      if let table = try? CSVTable(parsing: text) {
        // What was read is written and read again to the same table.
        precondition((try? CSVTable(parsing: table.text)) == table, "a table changed on the way")
      }
    case .store: Stores.read(Array(bytes))
    }
  }
}

/// A folder in memory for the files of one process.
enum Scratch {
  static let folder: String = {
    let folder = "/dev/shm/provably-fuzz-\(getpid())"
    mkdir(folder, 0o700)
    atexit { try? FileManager.default.removeItem(atPath: Scratch.folder) }
    return folder
  }()

  /// Writes a file; not through Foundation, which would rename.
  static func write(_ name: String, _ bytes: [UInt8]) -> String {
    let path = folder + "/" + name
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    precondition(descriptor >= 0, "no scratch file \(path)")
    var done = 0
    while done < bytes.count {
      let put = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), bytes.count - done)
      }
      precondition(put > 0, "the scratch folder is full")
      done += put
    }
    close(descriptor)
    return path
  }
}

/// Model files.
enum Models {
  /// Reads a model from files that share a stem; the first one is named to the reader.
  static func read(_ files: [(ending: String, bytes: [UInt8])]) {
    let paths = files.map { Scratch.write("model" + $0.ending, $0.bytes) }
    defer { for path in paths.dropFirst() { unlink(path) } }
    guard let document = try? readModel(at: paths[0]) else { return }
    let model = document.dynamics
    // The promises of a model that was read.
    precondition(model.stateCount >= 1 && model.choiceCount >= 1)
    precondition(model.choicePointers.count == model.stateCount + 1)
    precondition(model.rewards.allSatisfy(\.isFinite), "a reward is not finite")
    precondition(model.rowSums.lowerBound >= 0 && model.rowSums.upperBound < 1.000001)
    guard model.choiceCount <= 2000 else { return }
    // Our own format keeps everything.
    let copy = Scratch.folder + "/copy.json"
    unlink(copy)
    guard (try? writeModel(document, to: copy, format: .json)) != nil else { return }
    guard let again = try? readModel(at: copy) else {
      preconditionFailure("our own format wrote what it cannot read")
    }
    precondition(again.dynamics.rewards == model.rewards, "rewards changed on the way")
    precondition(again.dynamics.choicePointers == model.choicePointers)
  }
}

/// Certificates, against a model whose values are known in fractions.
enum Certificates {
  /// Two states: state 0 stays or moves, state 1 is absorbing; discount 1/2.
  static let model: TabularMDP = {
    do {
      return try TabularMDP(
        stateCount: 2, actionCount: 2,
        transitions: .dense(Matrix(2, 4, columnMajor: [1, 0, 0, 1, 0, 1, 0, 1])),
        rewards: [1, 0, 4, 4])
    } catch { fatalError("\(error)") }
  }()
  /// V* = (4, 8): staying pays 1 + V/2 = 3, moving 0 + 8/2 = 4.
  static let values = [4.0, 8]

  /// Reads a certificate and checks it.
  static func read(_ json: Data) {
    if let certificate = try? Certificate(json: json) { check(certificate) }
  }

  /// Checks a certificate of four numbers, two lower and two upper bounds, and two choices.
  static func check(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count >= 34 else { return }
    let raw = UnsafeRawBufferPointer(bytes)
    let numbers = (0..<4).map {
      Double(bitPattern: raw.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self))
    }
    check(
      Certificate(
        criterion: .discounted(0.5),
        stages: [
          .init(
            lower: Array(numbers[..<2]), upper: Array(numbers[2...]),
            choices: [Int(bytes[32]) - 1, Int(bytes[33]) - 1])
        ],
        method: "fuzz", status: .converged, iterations: 1, residual: 0, epsilon: 1))
  }

  /// A certificate that the checker accepts must be true.
  private static func check(_ certificate: Certificate) {
    guard CertificateChecker().check(certificate, against: model) == nil else { return }
    guard certificate.criterion == .discounted(0.5) else { return }
    for stage in certificate.stages {
      precondition(zip(stage.upper, values).allSatisfy(>=), "an upper bound below V* was accepted")
      precondition(zip(stage.lower, values).allSatisfy(<=), "a lower bound above V* was accepted")
    }
  }
}

/// Stores of results.
enum Stores {
  static func read(_ bytes: [UInt8]) {
    for ending in ["-wal", "-shm", "-journal"] { unlink(Scratch.folder + "/results.db" + ending) }
    let path = Scratch.write("results.db", bytes)
    guard let store = try? Store(path: path) else { return }
    _ = try? store.summaries()
    _ = try? store.damage()
    _ = try? store.digest()
  }
}
