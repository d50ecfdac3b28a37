// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably

/// `provably store`: look into a store of results.
struct StoreCommand: ParsableCommand {
  /// What can be done with a store.
  enum Action: String, CaseIterable, ExpressibleByArgument {
    case list
    case check
    case digest
  }

  static let configuration = CommandConfiguration(
    commandName: "store",
    abstract: "List, check or digest a store of results.",
    discussion: """
      EXAMPLES:
        provably store list results.db
        provably store check results.db
        provably store digest results.db

      Two stores with the same digest hold the same results. Exit code 2: the store
      is damaged.
      """)

  @Argument(help: "list, check or digest")
  var action: Action

  @Argument(help: "The store.", completion: .file(extensions: ["db"]))
  var file: String

  func run() throws {
    let store = try existingStore(file)
    switch action {
    case .list:
      for summary in try store.summaries() {
        print(
          "\(summary.claim.padding(to: 44))seed \(summary.seed)  points \(summary.points)  "
            + "cells \(summary.cells)")
      }
    case .digest: print(try store.digest())
    case .check:
      let damage = try store.damage()
      guard damage.isEmpty else {
        for line in damage { print("\(file): \(line)") }
        throw ExitCode(Failure.Code.notConverged.rawValue)
      }
      print("\(file): sound, \(try store.summaries().reduce(0) { $0 + $1.cells }) cells")
    }
  }
}

/// `provably merge`: put the results of shards together.
struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put the results of several stores together.",
    discussion: """
      EXAMPLES:
        provably merge part1.db part2.db --into results.db
        provably merge other.db --into results.db
      """)

  @Argument(help: "The stores to read.", completion: .file(extensions: ["db"]))
  var files: [String]

  @Option(help: ArgumentHelp("The store to add to; made if there is none.", valueName: "file"))
  var into: String

  func validate() throws {
    if files.isEmpty { throw ValidationError("name at least one store to read") }
  }

  func run() throws {
    let sources = try files.map { try existingStore($0) }
    let target = try Store(path: into)
    for (file, source) in zip(files, sources) {
      print("\(file): \(try target.merge(source)) new cells")
    }
  }
}

/// Opens a store that must exist.
func existingStore(_ path: String) throws -> Store {
  guard FileManager.default.fileExists(atPath: path) else {
    throw Failure(.badInput, "\(path): there is no such store")
  }
  return try Store(path: path)
}
