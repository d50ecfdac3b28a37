// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Safety")
struct SafetyTests {
  let program: Program
  init() throws { program = try Program() }

  /// What the program takes from the libraries it is linked with.
  private func undefinedSymbols() throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["nm", "-D", "--undefined-only", Program.executable.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text.split(separator: "\n").compactMap { line in
      line.split(separator: " ").last?.split(separator: "@").first.map(String.init)
    }
  }

  @Test("the program opens no socket and starts no other program")
  func symbols() throws {
    let symbols = try undefinedSymbols()
    #expect(symbols.contains("rename") && symbols.count > 500, "\(symbols.count) symbols")
    let forbidden: Set = [
      "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "getaddrinfo",
      "gethostbyname", "send", "sendto", "sendmsg", "recv", "recvfrom", "recvmsg", "system",
      "popen", "fork", "vfork", "clone", "execl", "execlp", "execle", "execv", "execvp", "execve",
      "execvpe", "fexecve", "posix_spawn", "posix_spawnp", "dlopen",
    ]
    // Swift's names of Process, Host, Stream to a host, URLSession; libarchive's external filters.
    let parts = [
      "10Foundation7ProcessC", "FoundationNetworking", "10Foundation4HostC", "URLSession",
      "archive_read_support_filter_program", "archive_read_support_filter_all",
      "archive_read_append_filter_program", "archive_write_add_filter_program",
      "sqlite3_load_extension",
    ]
    for symbol in symbols {
      #expect(!forbidden.contains(symbol), "\(symbol)")
      for part in parts { #expect(!symbol.contains(part), "\(symbol)") }
    }
  }

  /// A command, the file that it writes, and what it needs.
  private static let writers: [(name: String, file: String, arguments: [String])] = [
    ("make", "m.json", ["make", "riverswim", "--out", "m.json"]),
    ("convert", "c.npz", ["convert", "in.json", "c.npz"]),
    ("values", "v.csv", ["solve", "in.json", "--discount", "0.9", "--values", "v.csv"]),
    ("policy", "p.csv", ["solve", "in.json", "--discount", "0.9", "--policy", "p.csv"]),
    (
      "certificate", "c.json",
      ["solve", "in.json", "--discount", "0.9", "--certificate", "c.json"]
    ),
    ("plot", "t.svg", ["plot", "t.csv", "-o", "t.svg"]),
    (
      "cells", "cells/tiny-sweep.csv",
      ["sweep", "tiny.json", "--store", "s.db", "--export", "cells"]
    ),
    (
      "page", "pages/tiny/README.md",
      ["sweep", "tiny.json", "--store", "s.db", "--out", "pages"]
    ),
    (
      "atlas", "atlas/README.md",
      ["report", "pevi", "--store", "pevi.db", "--out", "atlas"]
    ),
  ]

  private func prepare() throws {
    #expect(try program("make", "twostate", "--out", "in.json").code == 0)
    try program.write("t.csv", "x,y\n1,1\n2,2\n")
    try program.write(
      "tiny.json",
      """
      {"name": "tiny", "environments": ["twostate"], "horizon": 2, "episodes": 4, "trials": 2,
       "learners": [{"algorithm": "greedy"}]}
      """)
  }

  @Test("no command replaces somebody's file without --force, and each does with it")
  func overwriting() throws {
    try prepare()
    #expect(try program("reproduce", "pevi", "--quick", "--store", "pevi.db").code == 0)
    for (name, file, arguments) in Self.writers {
      let path = program.folder.appendingPathComponent(file)
      try FileManager.default.createDirectory(
        at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try program.write(file, "mine")
      let refused = try program.run(arguments)
      #expect(refused.code == 1 && refused.errors.contains("--force"), "\(name): \(refused.errors)")
      #expect(try program.read(file) == Data("mine".utf8), "\(name)")
      let replaced = try program.run(arguments + ["--force"])
      #expect(replaced.code == 0, "\(name): \(replaced.errors)")
      #expect(try program.read(file) != Data("mine".utf8), "\(name)")
      let left = try FileManager.default.subpathsOfDirectory(atPath: program.folder.path)
      #expect(!left.contains { $0.contains(".part-") }, "\(name): \(left)")
    }
  }

  @Test("a page replaces itself, but no page of another run and nothing with a note in it")
  func pages() throws {
    try prepare()
    let arguments = ["sweep", "tiny.json", "--store", "s.db", "--out", "pages"]
    for _ in 0..<2 { #expect(try program.run(arguments).code == 0) }
    let other = try program.run(arguments + ["--seed", "2"])
    #expect(other.code == 1, "\(other.errors)")
    #expect(other.errors.contains("pages/tiny is the page of another run: full scale, seed 1"))
    // Refused before anything is run.
    #expect(!other.output.contains("tiny"))
    try program.write("pages/tiny/notes.txt", "mine")
    let note = try program.run(arguments)
    #expect(note.code == 1, "\(note.errors)")
    #expect(note.errors.contains("pages/tiny holds notes.txt, which is not part of a page"))
    #expect(try program.read("pages/tiny/notes.txt") == Data("mine".utf8))
  }
}
