// SPDX-License-Identifier: Apache-2.0
#if ExactRationals
  import ExactArithmetic
  import Randomness
  import Testing

  @Suite("Exact backups and solves")
  struct RationalRowsTests {
    private static func dense(_ rows: [[String]]) throws -> RationalRows {
      let n = rows.first?.count ?? 0
      return RationalRows(
        columnCount: n, rowPointers: (0...rows.count).map { $0 * n },
        columns: rows.flatMap { _ in (0..<n).map { Int32($0) } },
        values: try RationalVector(texts: rows.flatMap { $0 }))
    }

    private static func texts(_ v: RationalVector) -> [String] {
      (0..<v.count).map { v.text(at: $0) }
    }

    @Test("a backup of three rows over two states has its closed form")
    func backup() throws {
      let rows = try Self.dense([["1/2", "1/2"], ["1/3", "2/3"], ["0", "1"]])
      let q = rows.backup(
        rewards: try RationalVector(texts: ["1", "0", "-1/5"]),
        discount: try Rational(text: "9/10"), values: try RationalVector(texts: ["1/7", "3"]))
      // 1 + 9/10 · 11/7, 9/10 · (1/21 + 2), -1/5 + 27/10
      #expect(Self.texts(q) == ["169/70", "129/70", "5/2"])
    }

    @Test("values with unrelated long denominators back up like any other")
    func unrelatedDenominators() throws {
      // Six denominators of 1000 bits that differ in their last digits: coprime up to small factors,
      // so that a common denominator is much longer than each.
      let n = 6
      let power = try RationalVector([0x1p-1000]).text(at: 0).dropFirst(2)
      let v = try RationalVector(
        texts: (1...n).map { "\($0)/\(power.dropLast(4))\(1_000 + 7 * $0)" })
      let rows = try Self.dense([[String](repeating: "1/\(n)", count: n)])
      let q = rows.backup(
        rewards: try RationalVector([1]), discount: try Rational(text: "1/2"), values: v)
      // One value at a time has a short common denominator; the sum of those backups is the whole.
      var rest = q
      for i in 0..<n {
        let single = RationalRows(
          columnCount: 1, rowPointers: [0, 1], columns: [0],
          values: try RationalVector(texts: ["1/\(n)"]))
        let part = single.backup(
          rewards: try RationalVector([0]), discount: try Rational(text: "1/2"),
          values: v.selecting([i]))
        rest = rest.subtracting(part)
      }
      #expect(Self.texts(rest) == ["1"])
    }

    @Test("a row without entries backs up its reward, and equal columns add up")
    func ragged() throws {
      let rows = RationalRows(
        columnCount: 1, rowPointers: [0, 0, 2], columns: [0, 0],
        values: try RationalVector(texts: ["1/4", "1/4"]))
      let r = try RationalVector(texts: ["5", "1"])
      let q = rows.backup(
        rewards: r, discount: try Rational(text: "1/2"), values: try RationalVector([8]))
      #expect(Self.texts(q) == ["5", "3"])
      let x = try rows.solve(rewards: r, discount: try Rational(1), choice: [1])
      #expect(Self.texts(x) == ["2"])
    }

    @Test("the two-state chain has its value in closed form")
    func twoStateChain() throws {
      // Puterman's form: v_0 = r / (1 - γ (1 - p)) with v_1 = 0.
      let rows = try Self.dense([["0.9", "0.1"], ["0", "1"]])
      let x = try rows.solve(
        rewards: try RationalVector(texts: ["1", "0"]), discount: try Rational(text: "0.99"),
        choice: [0, 1])
      #expect(Self.texts(x) == ["1000/109", "0"])
    }

    @Test("the Hilbert system is solved exactly", arguments: [1, 2, 6, 12, 25])
    func hilbert(n: Int) throws {
      // I - P = H needs P = I - H; b = H · 1, so that the solution is all ones.
      var entries: [[String]] = []
      var rewards: [[String]] = []
      for i in 0..<n {
        entries.append(
          (0..<n).map { j in i == j ? "\(i + j)/\(i + j + 1)" : "-1/\(i + j + 1)" })
        rewards.append((0..<n).map { j in "1/\(i + j + 1)" })
      }
      let ones = try RationalVector([Double](repeating: 1, count: n))
      let b = try Self.dense(rewards).backup(
        rewards: try RationalVector([Double](repeating: 0, count: n)),
        discount: try Rational(1), values: ones)
      let x = try Self.dense(entries).solve(
        rewards: b, discount: try Rational(1), choice: Array(0..<n))
      #expect(x == ones)
    }

    @Test("a chosen policy's value is a fixed point of its backup")
    func fixedPoint() throws {
      var stream = Stream(seed: 2, purpose: "exact/fixed-point")
      let (states, actions) = (30, 3)
      var pointers = [0]
      var columns: [Int32] = []
      var texts: [String] = []
      for _ in 0..<(states * actions) {
        for weight in ["1/2", "1/3", "1/6"] {
          columns.append(Int32(stream.uniform(below: states)))
          texts.append(weight)
        }
        pointers.append(columns.count)
      }
      let rows = RationalRows(
        columnCount: states, rowPointers: pointers, columns: columns,
        values: try RationalVector(texts: texts))
      let rewards = try RationalVector((0..<(states * actions)).map { _ in stream.uniform() })
      let discount = try Rational(text: "0.95")
      let choice = (0..<states).map { $0 * actions + stream.uniform(below: actions) }
      let v = try rows.solve(rewards: rewards, discount: discount, choice: choice)
      let q = rows.backup(rewards: rewards, discount: discount, values: v)
      #expect(q.selecting(choice) == v)
    }

    @Test("a singular system throws")
    func singular() throws {
      let absorbing = try Self.dense([["1", "0"], ["0.5", "0.5"]])
      #expect(throws: RationalError.singular) {
        try absorbing.solve(
          rewards: try RationalVector([1, 1]), discount: try Rational(1), choice: [0, 1])
      }
      #expect(throws: Never.self) {
        try absorbing.solve(
          rewards: try RationalVector([1, 1]), discount: try Rational(text: "0.9999999999"),
          choice: [0, 1])
      }
    }

    @Test("a dimension beyond the limit is refused, and none is allowed")
    func dimensions() throws {
      let rows = try Self.dense([["1/2", "0"], ["0", "1/2"]])
      #expect(throws: RationalError.tooLarge(dimension: 2, limit: 1)) {
        try rows.solve(
          rewards: try RationalVector([1, 1]), discount: try Rational(1), choice: [0, 1],
          maximumDimension: 1)
      }
      let none = RationalRows(
        columnCount: 0, rowPointers: [0], columns: [], values: try RationalVector([]))
      let x = try none.solve(
        rewards: try RationalVector([]), discount: try Rational(1), choice: [])
      #expect(x.count == 0)
    }

    @Test("random small systems agree with elimination in 128-bit integers")
    func oracle() throws {
      var stream = Stream(seed: 3, purpose: "exact/oracle")
      var singularCount = 0
      for _ in 0..<300 {
        let n = 1 + stream.uniform(below: 4)
        func draw() -> SmallRational {
          SmallRational(Int128(stream.uniform(below: 11) - 5), Int128(stream.uniform(below: 4) + 1))
        }
        let p = (0..<n).map { _ in (0..<n).map { _ in draw() } }
        let r = (0..<n).map { _ in draw() }
        let gamma = draw()
        let rows = try Self.dense(p.map { $0.map(\.description) })
        let rewards = try RationalVector(texts: r.map(\.description))
        let discount = try Rational(text: gamma.description)
        let q = rows.backup(rewards: rewards, discount: discount, values: rewards)
        for i in 0..<n {
          let sum = (0..<n).reduce(SmallRational(0, 1)) { $0 + p[i][$1] * r[$1] }
          #expect(q.text(at: i) == (r[i] + gamma * sum).description)
        }
        let one = SmallRational(1, 1)
        let zero = SmallRational(0, 1)
        let a = (0..<n).map { i in (0..<n).map { j in (i == j ? one : zero) - gamma * p[i][j] } }
        let choice = Array(0..<n)
        if let expected = SmallRational.solve(a, r) {
          let x = try rows.solve(rewards: rewards, discount: discount, choice: choice)
          #expect(Self.texts(x) == expected.map(\.description))
        } else {
          singularCount += 1
          #expect(throws: RationalError.singular) {
            try rows.solve(rewards: rewards, discount: discount, choice: choice)
          }
        }
      }
      #expect(singularCount > 0)
    }
  }
#endif
