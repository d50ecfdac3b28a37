// SPDX-License-Identifier: Apache-2.0
import Foundation
import MarkovModels
import ModelFormats
import Testing

/// Damaged files of every format: an error or a model may come out, but never a trap.
@Suite struct FuzzTests {
  static let files = [
    "gymnasium/frozenlake-4x4.json", "storm/checker.json", "npz/extras.npz", "npz/dense-sas.npz",
    "npz/deflated.npz", "storm/checker.umb", "prism/slipgrid.umb", "prism/slipgrid.drn",
    "storm/checker.drn", "storm/checker.tra", "storm/checker.lab", "storm/checker1.trew",
  ]

  /// Text that means something in one of the formats.
  static let words = [
    "-1", "NaN", "1e999", "4294967296", "99999999999999999999", "[", "]", "\"", "\n", "state ",
    "action ", "@", "0", ":", "/0", "{", "#", ",", "(", ")", "'<f8'", "..", "$", "\u{0}",
  ].map { Array($0.utf8) }

  @Test("never traps on a damaged file", arguments: files)
  func damaged(name: String) throws {
    let scratch = try Scratch()
    let original = try readBytes(golden(name))
    let ending = (name as NSString).pathExtension
    for sibling in ["tra", "lab", "trew"] where ["tra", "lab", "trew"].contains(ending) {
      _ = try scratch.write(
        readBytes(golden("storm/checker\(sibling == "trew" ? "1" : "").\(sibling)")), "m.\(sibling)"
      )
    }
    let path = scratch.path(["lab", "trew"].contains(ending) ? "m.tra" : "m.\(ending)")
    var random: UInt64 = 1
    func next(_ bound: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(random >> 33) % bound
    }
    var (models, errors, written) = (0, 0, 0)
    for round in 0..<300 {
      var bytes = original
      for _ in 0...next(3) {
        let place = next(bytes.count)
        switch round % 4 {
        case 0: bytes[place] = UInt8(next(256))
        case 1:
          bytes.replaceSubrange(
            place..<min(bytes.count, place + next(4)), with: Self.words[next(Self.words.count)])
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + next(30)))
        default:
          bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + next(60))], at: place)
        }
        if bytes.isEmpty { bytes = [0] }
      }
      _ = try scratch.write(bytes, "m.\(ending)")
      do {
        let document = try readModel(at: path, options: .init(rowSumTolerance: 0.1))
        models += 1
        for format in ModelFormat.allCases where round % 10 == 0 {
          let copy = scratch.path("x-\(format.rawValue).\(format.fileExtension)")
          guard (try? writeModel(document, to: copy, format: format)) != nil else { continue }
          let again = try? readModel(at: copy, options: .init(format: format))
          #expect((again?.dynamics.choiceCount ?? 0) >= document.dynamics.choiceCount, "\(copy)")
          written += 1
        }
      } catch {
        errors += 1
        #expect("\(error)".contains(scratch.folder.path))
      }
    }
    #expect(models + errors == 300)
    #expect(errors > 0)
    #expect(models < 30 || written > 0)
  }
}
