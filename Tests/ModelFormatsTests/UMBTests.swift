// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels
import ModelFormats
import Testing

@Suite struct UMBTests {
  static let type = #"{"type":"double","size":64}"#

  static func index(
    states: String = "2", choices: String = "2", branches: String = "3", actions: String = "1",
    probability: String = type, players: String = "1", time: String = "discrete",
    observations: String = "0", version: String = "1", annotations: String = reward("choices")
  ) -> [UInt8] {
    Array(
      """
      {"format-version":\(version),"format-revision":0,"transition-system":{"time":"\(time)",
      "#players":\(players),"#states":\(states),"#initial-states":1,"#choices":\(choices),
      "#choice-actions":\(actions),"#branches":\(branches),"#branch-actions":0,
      "#observations":\(observations),"branch-probability-type":\(probability)},
      "annotations":{\(annotations)}}
      """.utf8)
  }

  static func reward(_ part: String, type: String = type) -> String {
    #""rewards":{"r":{"alias":"R","applies-to":["\#(part)"],"type":\#(type)}}"#
  }

  static let good: [String: [UInt8]] = [
    "index.json": index(),
    "state-to-choices.bin": ArchiveBuilder.le([0, 1, 2]),
    "state-is-initial.bin": ArchiveBuilder.le([1]),
    "choice-to-branches.bin": ArchiveBuilder.le([0, 2, 3]),
    "branch-to-target.bin": ArchiveBuilder.le([0, 1, 1]),
    "branch-to-probability.bin": ArchiveBuilder.doubles([0.5, 0.5, 1]),
    "actions/choices/values.bin": ArchiveBuilder.le([UInt32(0), 0]),
    "actions/choices/string-mapping.bin": ArchiveBuilder.le([0, 2]),
    "actions/choices/strings.bin": Array("go".utf8),
    "annotations/rewards/r/choices/values.bin": ArchiveBuilder.doubles([3, 4]),
  ]

  /// The good archive with some members replaced; `nil` removes one.
  static func file(_ changes: [String: [UInt8]?] = [:], withEnd: Bool = true) -> [UInt8] {
    var members = good
    for (name, bytes) in changes { members[name] = bytes }
    return ArchiveBuilder.tar(
      members.sorted { $0.key > $1.key }.map { .init(name: $0.key, bytes: $0.value) },
      withEnd: withEnd)
  }

  static func read(_ changes: [String: [UInt8]?]) throws -> ModelDocument {
    let scratch = try Scratch()
    return try readModel(at: scratch.write(file(changes), "m.umb"))
  }

  @Test("reads the members in any order, with the index last")
  func anyOrder() throws {
    let document = try Self.read([:])
    #expect(document.dynamics.rewards == [3, 4])
    #expect(document.rewardModel == "R")
    #expect(document.dynamics.actionNames == ["go"])
    #expect(document.dynamics.initialDistribution == [1, 0])
  }

  @Test("adds rewards of states, choices and branches")
  func rewardsOfAllKinds() throws {
    let all =
      #""rewards":{"r":{"applies-to":["states","choices","branches"],"type":\#(Self.type)}}"#
    let document = try Self.read([
      "index.json": Self.index(annotations: all),
      "annotations/rewards/r/states/values.bin": ArchiveBuilder.doubles([10, 20]),
      "annotations/rewards/r/branches/values.bin": ArchiveBuilder.doubles([100, 300, 0]),
    ])
    #expect(document.dynamics.rewards == [213, 24])
    #expect(document.dynamics.outcomeRewards == [113, 313, 0, 24])  // dense: state 1 has a zero
    #expect(document.rewardModels == ["r": [213, 24]])
  }

  @Test("reads rationals and whole numbers")
  func rationals() throws {
    let document = try Self.read([
      "index.json": Self.index(
        probability: #"{"type":"rational","size":128}"#,
        annotations: Self.reward("choices", type: #"{"type":"int"}"#)),
      "branch-to-probability.bin": ArchiveBuilder.le([1, 3, 2, 3, 1, 1]),
      "annotations/rewards/r/choices/values.bin": ArchiveBuilder.le([-3, 4]),
    ])
    #expect(document.dynamics.transitions.probability(row: 0, next: 0) == 1.0 / 3)
    #expect(document.dynamics.rewards == [-3, 4])
  }

  @Test("fills in the arrays that may be absent")
  func defaults() throws {
    let document = try Self.read([
      "index.json": Self.index(branches: "2", actions: "0", players: "0", annotations: ""),
      "state-to-choices.bin": nil, "choice-to-branches.bin": nil, "state-is-initial.bin": nil,
      "branch-to-target.bin": ArchiveBuilder.le([1, 0]), "branch-to-probability.bin": nil,
      "actions/choices/values.bin": nil, "actions/choices/string-mapping.bin": nil,
      "actions/choices/strings.bin": nil,
    ])
    #expect(document.dynamics.transitions.probability(row: 0, next: 1) == 1)
    #expect(document.dynamics.initialDistribution == nil)
    #expect(document.dynamics.actionNames == nil)
    #expect(document.warnings == ["the file has no rewards; every reward is 0"])
  }

  @Test("adds branches that lead to the same state, and says where")
  func duplicates() throws {
    let document = try Self.read(["branch-to-target.bin": ArchiveBuilder.le([1, 1, 1])])
    #expect(document.dynamics.transitions.probability(row: 0, next: 1) == 1)
    #expect(document.warnings.first?.contains("branch 1, state 0, action 0 \"go\"") == true)
  }

  @Test("takes several initial states as equally likely, and says so")
  func initialStates() throws {
    let document = try Self.read(["state-is-initial.bin": ArchiveBuilder.le([3])])
    #expect(document.dynamics.initialDistribution == [0.5, 0.5])
    #expect(document.warnings.count == 1)
  }

  @Test("reads archives packed by gzip, by xz and not at all, and names with ./ before them")
  func packed() throws {
    let scratch = try Scratch()
    let byGzip = try readModel(at: golden("prism/slipgrid.umb"))
    #expect(try readModel(at: golden("prism/slipgrid-xz.umb")) == byGzip)
    let members = Self.good.sorted { $0.key < $1.key }.map {
      ArchiveBuilder.Member(name: "./" + $0.key, bytes: $0.value)
    }
    let path = try scratch.write(ArchiveBuilder.tar(members), "m.umb")
    #expect(try readModel(at: path).dynamics.stateCount == 2)
  }

  @Test("keeps labels whose names are not identifiers, and several rewards")
  func names() throws {
    let scratch = try Scratch()
    let base = try Samples.checker()
    let long = String(repeating: "Ä long name. ", count: 20)
    let model = try TabularMDP(
      stateCount: 4, actionCount: 3, choicePointers: base.choicePointers,
      choiceActions: base.choiceActions, transitions: base.transitions, rewards: base.rewards,
      initialDistribution: base.initialDistribution, actionNames: ["a b", "\"", "ü#2"],
      stateLabels: ["Goal!": [3], "goal ": [1], "goal_": [2], "": [0], long: [0]], storage: .sparse)
    let document = ModelDocument(
      dynamics: model,
      rewardModels: ["A": model.rewards, "a": [0, 0, 0, 0, 0, 1], long: [1, 1, 1, 1, 1, 1]],
      rewardModel: "A", name: "näme")
    let again = try scratch.roundTrip(document, .umb, .init(rewardModel: "A", storage: .sparse))
    #expect(again == document)
  }

  static let bad: [(String, [UInt8]?, String)] = [
    ("index.json", nil, "the member index.json is missing"),
    ("index.json", Array("{".utf8), "not JSON"),
    ("index.json", index(states: "3"), "state-to-choices.bin: it has 24 bytes"),
    ("index.json", index(states: "4294967296"), "4294967296 states"),
    ("index.json", index(states: "1000000000"), "asks for 1000000001 entries of 8"),
    ("index.json", index(states: "-1"), "#states is -1"),
    ("index.json", index(states: "0"), "#states is 0"),
    ("index.json", index(states: "1.5"), "transition-system.#states"),
    ("index.json", index(states: "18446744073709551615"), "transition-system.#states"),
    ("index.json", index(choices: "1152921504606846976"), "#choices is 1152921504606846976"),
    ("index.json", index(branches: "536870912"), "choice-to-branches.bin[2]"),
    ("index.json", index(actions: "1099511627776"), "asks for 1099511627777"),
    ("index.json", index(players: "2"), "a game of 2 players"),
    ("index.json", index(time: "stochastic"), "time \"stochastic\""),
    ("index.json", index(observations: "3"), "partial observation"),
    ("index.json", index(version: "2"), "version 2 of UMB"),
    ("index.json", index(probability: #"{"type":"double-interval"}"#), "the type double-interval"),
    ("index.json", index(probability: #"{"type":"rational","size":256}"#), "of 256 bits"),
    (
      "index.json", index(annotations: reward("states")),
      "annotations/rewards/r/states/values.bin is"
    ),
    ("state-to-choices.bin", ArchiveBuilder.le([0, 2, 1]), "state-to-choices.bin[2]"),
    ("state-to-choices.bin", ArchiveBuilder.le([0, -1, 2]), "state-to-choices.bin[1]: it is -1"),
    (
      "state-to-choices.bin", ArchiveBuilder.le([0, 0, 2]),
      "state-to-choices.bin[0]: state 0: no action"
    ),
    ("state-to-choices.bin", ArchiveBuilder.le([0, 1]), "it has 16 bytes"),
    ("choice-to-branches.bin", ArchiveBuilder.le([0, Int.max, 3]), "choice-to-branches.bin[1]"),
    ("choice-to-branches.bin", ArchiveBuilder.le([1, 2, 3]), "choice-to-branches.bin[0]"),
    ("choice-to-branches.bin", nil, "choice-to-branches.bin is missing"),
    ("branch-to-target.bin", ArchiveBuilder.le([0, 2, 1]), "branch-to-target.bin[1]: 2 is not in"),
    ("branch-to-target.bin", ArchiveBuilder.le([0, -1, 1]), "branch-to-target.bin[1]: -1"),
    ("branch-to-target.bin", nil, "branch-to-target.bin is missing"),
    (
      "branch-to-probability.bin", ArchiveBuilder.doubles([0.5, 0.47, 1]),
      "branch-to-probability.bin[0]: row"
    ),
    (
      "branch-to-probability.bin", ArchiveBuilder.doubles([0.5, 0.5, .nan]),
      "branch-to-probability.bin[2]"
    ),
    (
      "branch-to-probability.bin", ArchiveBuilder.doubles([1.5, -0.5, 1]),
      "branch-to-probability.bin[0]"
    ),
    ("state-is-initial.bin", ArchiveBuilder.le([4]), "bit 2 is set"),
    (
      "actions/choices/values.bin", ArchiveBuilder.le([UInt32(0), 1]), "values.bin[1]: 1 is not in"
    ),
    ("actions/choices/string-mapping.bin", ArchiveBuilder.le([0, 3]), "string-mapping.bin[1]"),
    ("actions/choices/strings.bin", nil, "strings.bin is missing"),
    (
      "annotations/rewards/r/choices/values.bin", ArchiveBuilder.doubles([.nan, 4]),
      "annotations/rewards[0]"
    ),
    ("annotations/rewards/r/choices/values.bin", nil, "r/choices/values.bin is missing"),
  ]

  @Test("names the array and the index of a bad entry", arguments: bad.indices)
  func badMember(i: Int) throws {
    let (name, bytes, expected) = Self.bad[i]
    let scratch = try Scratch()
    let message = readError(try scratch.write(Self.file([name: bytes]), "m.umb"))
    #expect(message.contains(expected), "\(message)")
  }

  @Test(
    "refuses tar members that lead outside, are links, or occur twice",
    arguments: [
      (ArchiveBuilder.Member(name: "../x.bin", bytes: []), "leads outside"),
      (.init(name: "/etc/x.bin", bytes: []), "leads outside"),
      (.init(name: "a/../../x.bin", bytes: []), "leads outside"),
      (.init(name: "state-to-choices.bin", bytes: []), "occurs twice"),
      (.init(name: "./state-to-choices.bin", bytes: []), "occurs twice"),
      (.init(name: "x.bin", bytes: [], tarType: UInt8(ascii: "2"), tarLink: "index.json"), "link"),
      (.init(name: "x.bin", bytes: [], tarType: UInt8(ascii: "1"), tarLink: "index.json"), "link"),
      (.init(name: "x.bin", bytes: [], tarType: UInt8(ascii: "3")), "not a regular file"),
      (.init(name: "x.bin", bytes: [], claimedSize: 1 << 32), "needed 4294967296 bytes"),
    ])
  func tarMembers(member: ArchiveBuilder.Member, expected: String) throws {
    let scratch = try Scratch()
    let good = Self.good.sorted { $0.key < $1.key }.map {
      ArchiveBuilder.Member(name: $0.key, bytes: $0.value)
    }
    let message = readError(try scratch.write(ArchiveBuilder.tar(good + [member]), "m.umb"))
    #expect(message.contains(expected), "\(message)")
  }

  @Test("refuses truncated archives, plain and packed")
  func truncated() throws {
    let scratch = try Scratch()
    let plain = Self.file()
    for length in stride(from: 1, to: plain.count - 1024, by: 97) {
      _ = readError(try scratch.write(Array(plain.prefix(length)), "m.umb"))
    }
    for length in stride(from: 512, to: plain.count - 1024, by: 512) {
      _ = readError(try scratch.write(Array(plain.prefix(length)), "m.umb"))
    }
    let noEnd = readError(try scratch.write(Self.file(withEnd: false), "m.umb"))
    #expect(noEnd.contains("the end of the archive is missing"))
    let sample = try readBytes(golden("prism/slipgrid.umb"))
    for length in [1, 2, 10, 100, sample.count / 2, sample.count * 9 / 10, sample.count - 20] {
      _ = readError(try scratch.write(Array(sample.prefix(length)), "m.umb"))
    }
    for place in 0..<sample.count {
      var flipped = sample
      flipped[place] ^= 0x5A
      // Whatever happens, it is an error or a model, not a trap.
      _ = try? readModel(at: scratch.write(flipped, "f.umb"))
    }
  }
}
