// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels
import ModelFormats
import Testing

@Suite struct NpzTests {
  /// The model that `Golden/npz/make.py` writes in many ways.
  static func expected(_ storage: TransitionMatrix.Storage) throws -> TabularMDP {
    let t = 1.0 / 3
    return try TabularMDP(
      stateCount: 3, actionCount: 2,
      transitions: .sparse(
        SparseMatrix(
          rowCount: 6, columnCount: 3, rowPointers: [0, 2, 4, 7, 8, 9, 11],
          columns: [0, 1, 1, 2, 0, 1, 2, 1, 2, 0, 2],
          values: [0.5, 0.5, 0.25, 0.75, t, t, t, 1, 1, 0.9, 0.1])),
      rewards: [0, 1, 2, -3.5, 1e-3, 7], storage: storage)
  }

  @Test(
    "reads the rows that numpy and scipy write",
    arguments: [
      "int32", "int64", "deflated", "scipy-int32-pointers", "extras", "unicode-name",
    ])
  func reads(name: String) throws {
    let document = try readModel(at: golden("npz/\(name).npz"), options: .init(storage: .sparse))
    #expect(document.dynamics == (try Self.expected(.sparse)))
    #expect(document.warnings.isEmpty)
    switch name {
    case "int64":
      #expect(document.discount == 0.5)
      #expect(document.horizon == 12)
    case "scipy-int32-pointers":
      #expect(document.discount == nil)
      #expect(document.horizon == nil)
    default:
      #expect(document.discount == 0.95)
      #expect(document.horizon == nil)
    }
  }

  @Test("adds what a row lists twice, as scipy does, and says where")
  func duplicates() throws {
    let document = try readModel(at: golden("npz/duplicates.npz"), options: .init(storage: .dense))
    let expected = try Self.expected(.dense)
    #expect(document.dynamics.transitions == expected.transitions)
    #expect(document.warnings.count == 1)
    #expect(document.warnings.first?.contains("1 entries") == true)
    #expect(document.warnings.first?.contains("indices[2], state 0, action 0") == true)
  }

  @Test(
    "reads dense probabilities in both layouts and both orders",
    arguments: [
      ("dense-sas", DenseLayout.sas), ("dense-sas-fortran", .sas), ("dense-ass", .ass),
    ])
  func dense(name: String, layout: DenseLayout) throws {
    for storage in [TransitionMatrix.Storage.dense, .sparse] {
      let document = try readModel(
        at: golden("npz/\(name).npz"), options: .init(layout: layout, storage: storage))
      let expected = try Self.expected(storage)
      #expect(document.dynamics.transitions == expected.transitions)
      #expect(document.dynamics.rewards == expected.rewards)
      #expect(document.dynamics.initialDistribution == [0.5, 0, 0.5])
      #expect(document.discount == 0.95)
    }
  }

  @Test(
    "takes rewards of outcomes as their mean and keeps them",
    arguments: [
      ("outcome-sas", DenseLayout.sas), ("outcome-sas-fortran", .sas),
      ("outcome-ass-fortran", .ass),
    ])
  func outcomeRewards(name: String, layout: DenseLayout) throws {
    let document = try readModel(
      at: golden("npz/\(name).npz"), options: .init(layout: layout, storage: .dense))
    let rewards = document.dynamics.rewards
    #expect(rewards[0] == 0.5)
    #expect(rewards[1] == 4.75)
    #expect(abs(rewards[2] - 7) < 1e-14)
    #expect(rewards[3] == 10)
    #expect(abs(rewards[5] - (0.9 * 15 + 0.1 * 17)) < 1e-14)
    #expect(document.dynamics.outcomeRewards == (0..<18).map(Double.init))
  }

  @Test("names the other layout when the shape fits only that one")
  func wrongLayout() throws {
    let path = try golden("npz/dense-ass.npz")
    #expect(readError(path).contains("read it with layout ass"))
    let other = try golden("npz/dense-sas.npz")
    #expect(readError(other, .init(layout: .ass)).contains("read it with layout sas"))
  }

  @Test("keeps what the format can hold, and says what it cannot")
  func roundTrip() throws {
    let scratch = try Scratch()
    let model = try Samples.rich()
    let document = ModelDocument(dynamics: model, discount: 0.99, horizon: 7, name: "rich")
    let path = scratch.path("m.npz")
    let losses = try writeModel(document, to: path)
    #expect(losses.count == 4, "\(losses)")
    let again = try readModel(at: path, options: .init(storage: .sparse))
    #expect(again.dynamics.transitions == model.transitions)
    #expect(again.dynamics.choicePointers == model.choicePointers)
    #expect(again.dynamics.choiceActions == model.choiceActions)
    #expect(again.dynamics.rewards == model.rewards)
    #expect(again.dynamics.termination == model.termination)
    #expect(again.dynamics.initialDistribution == model.initialDistribution)
    #expect(again.discount == 0.99)
    #expect(again.horizon == 7)
  }

  @Test("writes the same bytes for dense and sparse storage, whenever it is asked")
  func sameBytes() throws {
    let scratch = try Scratch()
    try writeModel(ModelDocument(dynamics: Samples.uniform(.dense)), to: scratch.path("a.npz"))
    try writeModel(ModelDocument(dynamics: Samples.uniform(.sparse)), to: scratch.path("b.npz"))
    #expect(try scratch.bytes("a.npz") == scratch.bytes("b.npz"))
    #expect(try scratch.names() == ["a.npz", "b.npz"])
  }

  @Test("reads the file that the tests build by hand")
  func goodFile() throws {
    let scratch = try Scratch()
    let path = try scratch.write(Npy.file(), "m.npz")
    #expect(try readModel(at: path).dynamics.stateCount == 2)
    let undiscounted = try scratch.write(
      Npy.file(["gamma": Npy.scalar(1.0), "H": Npy.scalar(5)]), "h.npz")
    #expect(try readModel(at: undiscounted).discount == nil)
    #expect(readError(path, .init(rewardModel: "x")).contains("\"x\""))
  }

  static let badMembers: [(String, [UInt8]?, String)] = [
    ("indptr", nil, "the array indptr is missing"),
    ("indices", nil, "indices is missing"),
    ("data", nil, "data is missing"),
    ("R", nil, "R is missing"),
    ("S", nil, "S is missing"),
    ("A", nil, "A is missing"),
    ("S", Npy.scalar(0), "array S: it is 0.0"),
    ("S", Npy.scalar(2.5), "array S: it is 2.5"),
    ("S", Npy.scalar(-2), "array S"),
    ("S", Npy.scalar(Int.max), "array S"),
    ("S", Npy.scalar(1_000_000_000), "expected 1000000001"),
    ("A", Npy.scalar(2_000_000_000), "expected 4000000001"),
    ("S", Npy.int64([1, 2]), "array S: the shape is (2,), expected ()"),
    ("S", Npy.array("<U3", "()", Array(repeating: 0, count: 12)), "array S"),
    ("S", Npy.scalar(3), "indptr: it has 3 entries, expected 4"),
    ("indptr", Npy.int64([0, 2]), "indptr: it has 2 entries, expected 3"),
    ("indptr", Npy.int64([0, 4, 3]), "indptr[1]: it is 4"),
    ("indptr", Npy.int64([0, -1, 3]), "indptr[1]: it is -1, but the entry before is 0"),
    ("indptr", Npy.int64([1, 2, 3]), "indptr[0]"),
    ("indptr", Npy.int64([0, 1, 2]), "indptr[2]: it is 2, but data has 3 entries"),
    ("indptr", Npy.int64([0, 1, Int.max]), "indptr[2]"),
    ("indptr", Npy.doubles([0, 2, 3]), "indptr: the type is <f8, expected <i8 or <i4"),
    ("indices", Npy.int32([0, 1]), "indices: it has 2 entries, expected 3"),
    ("indices", Npy.int32([0, 1, 2]), "indices[2]: 2 is not in 0 ..< 2"),
    ("indices", Npy.int32([0, -1, 1]), "indices[1]: -1 is not in 0 ..< 2"),
    ("indices", Npy.int64([0, 1 << 40, 1]), "indices[1]: 1099511627776"),
    ("data", Npy.doubles([0.5, 0.47, 1]), "data[0]: row (state 0, action 0) sums to 0.97"),
    ("data", Npy.doubles([1.5, -0.5, 1]), "data[0]: state 0, action 0: the probability"),
    ("data", Npy.doubles([0.5, 0.5, .nan]), "data[2]"),
    ("data", Npy.int64([1, 1, 1]), "data: the type is <i8, expected <f8"),
    ("data", Npy.array(">f8", "(3,)", ArchiveBuilder.doubles([1, 1, 1])), "data: the type is >f8"),
    ("R", Npy.doubles([.nan, 0]), "R[0]: state 0, action 0: the reward is nan"),
    ("R", Npy.doubles([0, .infinity]), "R[1]"),
    ("R", Npy.doubles([0]), "R: the shape is (1,), expected (2,) or (2, 1)"),
    ("R", Npy.array("<f8", "(1, 2)", ArchiveBuilder.doubles([1, 1])), "(1, 2)"),
    ("gamma", Npy.scalar(1.0), "gamma: the discount is 1.0"),
    ("gamma", Npy.scalar(1.2), "gamma"),
    ("gamma", Npy.scalar(Double.nan), "gamma"),
    ("H", Npy.scalar(-1), "array H: it is -1.0"),
    ("initial", Npy.doubles([1]), "initial: it has 1 entries"),
    ("initial", Npy.doubles([0.5, 0.4]), "array initial"),
    ("initial", Npy.doubles([1.5, -0.5]), "initial[0]"),
    ("termination", Npy.doubles([0, 1]), "data[2]"),
    ("termination", Npy.doubles([0, -1]), "termination[1]"),
    ("choice_pointers", Npy.int64([0, 1, 2]), "choice_actions is missing"),
    ("P", Npy.doubles([1]), "both P and indptr"),
    ("data", Npy.array("<f8", "(536870912,)", ArchiveBuilder.doubles([1])), "takes 4294967296"),
    ("data", Npy.array("<f8", "(4611686018427387904, 8)", []), "is too large"),
    ("data", Npy.array("<f8", "(99999999999999999999,)", []), "array data: the header"),
    ("data", Npy.array("<f8", "(0,)", []), "indptr[1]"),
    (
      "data", Npy.header("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (3,)}"), "data"
    ),
    ("data", Npy.header("{'descr': '<f8', 'shape': (3,)}"), "data: the header"),
    ("data", Npy.header("{"), "data: the header"),
    ("data", Npy.header("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}"), "data"),
    (
      "data", Npy.header("{'descr': '<f999999999999', 'fortran_order': False, 'shape': (3,)}"),
      "data"
    ),
    ("data", [], "ends 10 bytes too early"),
    ("data", Array("not an array".utf8), "data: not a NumPy array"),
  ]

  @Test("names the array and the index of a bad entry", arguments: badMembers.indices)
  func badMember(i: Int) throws {
    let (name, bytes, expected) = Self.badMembers[i]
    let scratch = try Scratch()
    let message = readError(try scratch.write(Npy.file([name: bytes]), "m.npz"))
    #expect(message.contains(expected), "\(message)")
  }

  @Test("refuses choices that are not those of a model")
  func badChoices() throws {
    let scratch = try Scratch()
    func message(_ pointers: [Int], _ actions: [Int32]) throws -> String {
      readError(
        try scratch.write(
          Npy.file([
            "choice_pointers": Npy.int64(pointers), "choice_actions": Npy.int32(actions),
          ]), "m.npz"))
    }
    #expect(try message([0, 1], [0, 0]).contains("choice_pointers: it has 2 entries, expected 3"))
    #expect(try message([0, 2, 1], [0, 0]).contains("choice_pointers[2]"))
    #expect(try message([0, 0, 2], [0, 0]).contains("choice_pointers[0]: state 0: no action"))
    #expect(try message([0, 1, 2], [0, 1]).contains("choice_actions[1]: 1 is not in 0 ..< 1"))
    #expect(try message([0, 2, 2], [0, 0]).contains("no action"))
  }
}
