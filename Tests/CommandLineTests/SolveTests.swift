// SPDX-License-Identifier: Apache-2.0
import Foundation
import Provably
import Testing

@Suite("provably solve")
struct SolveTests {
  /// The toy-text environments of Gymnasium at discount 0.99: published optimal values.
  static let toyTextValues: [(model: String, value: Double)] = [
    ("frozenlake:map=4x4", 0.542_025_932_0), ("frozenlake:map=8x8", 0.414_640_361_8),
    ("taxi", 6.327_464_314_9), ("cliffwalking", -12.247_897_700_1),
  ]

  private func document(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test(
    "Gymnasium's values lie in certified intervals no wider than 1e-9", arguments: toyTextValues)
  func toyText(_ example: (model: String, value: Double)) throws {
    let program = try Program()
    for method in ["auto", "vi", "gs", "pi", "mpi", "lp", "low-rank"] {
      let run = try program(
        "solve", example.model, "--discount", "0.99", "--epsilon", "1e-9", "--method", method,
        "--json")
      #expect(run.code == 0, "\(method): \(run.errors)")
      let result = try document(run.output)
      let low = try #require(result["valueLower"] as? Double)
      let high = try #require(result["valueUpper"] as? Double)
      #expect(high - low <= 1e-9, "\(method)")
      // The published value has ten decimals.
      #expect(low - 5e-11 <= example.value && example.value <= high + 5e-11, "\(method)")
    }
  }

  @Test("--json prints one document with every promised key")
  func keys() throws {
    let program = try Program()
    let run = try program("solve", "taxi", "--discount", "0.99", "--json")
    let result = try document(run.output)
    for key in [
      "schema", "version", "model", "states", "actions", "transitions", "discount", "horizon",
      "method", "status", "iterations", "residual", "epsilon", "certificate", "value",
      "loadSeconds", "solveSeconds", "peakBytes",
    ] {
      #expect(result[key] != nil, "\(key)")
    }
    let certificate = try #require(result["certificate"] as? [String: Any])
    #expect(certificate["verified"] as? Bool == true)
    #expect(certificate["gap"] as? Double != nil && certificate["lossBound"] as? Double != nil)
    #expect(result["horizon"] is NSNull)
    #expect(run.errors.isEmpty)
  }

  @Test("a finite horizon is solved and certified")
  func horizon() throws {
    let program = try Program()
    // Gymnasium's values at these horizons.
    for (model, horizon, value) in [
      ("frozenlake:map=4x4", 100, 0.744_190_287_8), ("taxi", 200, 7.93),
      ("frozenlake:map=8x8", 200, 0.913_220_150_2), ("cliffwalking", 100, -13),
    ] {
      let run = try program("solve", model, "--horizon", "\(horizon)", "--json")
      #expect(run.code == 0)
      let found = try #require(try document(run.output)["value"] as? Double)
      #expect(abs(found - value) <= 6e-11, "\(model)")
    }
  }

  @Test("values, policy and certificate are written, and the certificate is checked")
  func files() throws {
    let program = try Program()
    for name in ["v.npy", "v.csv", "v.json"] {
      let run = try program(
        "solve", "frozenlake:map=4x4", "--discount", "0.99", "--values", name, "--policy",
        name + ".p.csv", "--certificate", name + ".c.json")
      #expect(run.code == 0, "\(run.errors)")
    }
    let check = try program("check", "v.npy.c.json", "frozenlake:map=4x4")
    #expect(check.code == 0 && check.output.contains("proved"))
    // The same file against another model proves nothing.
    let other = try program("check", "v.npy.c.json", "frozenlake:map=4x4,slippery=false")
    #expect(other.code == 2 && other.output.contains("REFUSED"))
    let values = try JSONDecoder().decode([Double].self, from: program.read("v.json"))
    #expect(values.count == 16 && abs(values[0] - 0.542_025_932_0) < 1e-6)
    let npy = try program.read("v.npy")
    #expect(npy.count == 128 + 16 * 8 && npy.prefix(6) == Data([0x93] + Array("NUMPY".utf8)))
    let first = npy.dropFirst(128).prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    #expect(Double(bitPattern: first) == values[0])
    let csv = String(decoding: try program.read("v.csv"), as: UTF8.self).split(separator: "\n")
    #expect(csv.count == 17 && csv[0] == "state,value" && csv[1] == "0,\(values[0])")
    let policy = String(decoding: try program.read("v.csv.p.csv"), as: UTF8.self)
    #expect(policy.hasPrefix("state,action\n0,"))
  }

  @Test("files are not overwritten without --force")
  func overwrite() throws {
    let program = try Program()
    try program.write("v.csv", "mine")
    let arguments = ["solve", "taxi", "--discount", "0.9", "--values", "v.csv"]
    let refused = try program.run(arguments)
    #expect(refused.code == 1 && refused.errors.contains("v.csv exists"))
    #expect(try program.read("v.csv") == Data("mine".utf8))
    #expect(try program.run(arguments + ["--force"]).code == 0)
    #expect(try program.read("v.csv").count > 1_000)
    #expect(try program.files() == ["v.csv"])
  }

  @Test("a method that does not converge says so and exits with 2, its bounds still checked")
  func notConverged() throws {
    let program = try Program()
    let run = try program(
      "solve", "taxi", "--discount", "0.99", "--method", "vi", "--max-iterations", "3", "--json")
    #expect(run.code == 2)
    let result = try document(run.output)
    #expect(result["status"] as? String == "iterationLimit")
    #expect((result["certificate"] as? [String: Any])?["verified"] as? Bool == true)
    let precise = try program("solve", "taxi", "--discount", "0.99", "--epsilon", "1e-15")
    #expect(precise.code == 2 && precise.output.contains("rounding"))
  }

  @Test("a certificate is the same bytes on every instruction set")
  func instructionSets() throws {
    let program = try Program()
    for (model, method) in [
      ("garnet:states=300,actions=4,branching=7,seed=3", "mpi"),
      ("garnet:states=60,actions=4,branching=60,seed=3", "mpi"),
      ("maze:cells=900,slip=0.2,seed=2", "gs"), ("garnet:states=3000,branching=9", "vi"),
    ] {
      var files: [Data] = []
      for level in ["base", "avx2", "avx512"] {
        let run = try program.run(
          [
            "solve", model, "--discount", "0.99", "--method", method, "--certificate", "c.json",
            "--force",
          ], environment: ["PROVABLY_CPU": level])
        #expect(run.code == 0, "\(run.errors)")
        files.append(try program.read("c.json"))
      }
      #expect(files[0] == files[1] && files[1] == files[2], "\(model) \(method)")
    }
  }

  @Test("--exact gives fractions, and reads decimals where the format carries them")
  func exact() throws {
    let program = try Program()
    // One state, reward 0.1 for ever at discount 0.9: exactly 1 if the decimals are meant.
    try program.write(
      "one.json",
      """
      {"source": "test", "states": 1, "actions": 1, "initial": [1.0],
       "P": [[[[1.0, 0, 0.1, false]]]]}
      """)
    let run = try program(
      "solve", "one.json", "--discount", "0.9", "--exact", "--json", "--values", "v.csv")
    #expect(run.code == 0, "\(run.errors)")
    let exact = try #require(try document(run.output)["exact"] as? [String: Any])
    #expect(exact["value"] as? String == "1")
    #expect(exact["reading"] as? String == "decimals as written")
    #expect(try String(decoding: program.read("v.csv"), as: UTF8.self) == "state,value\n0,1\n")
    let lake = try program("solve", "frozenlake:map=8x8", "--discount", "0.99", "--exact", "--json")
    let fractions = try #require(try document(lake.output)["exact"] as? [String: Any])
    #expect(fractions["reading"] as? String == "stored doubles")
    #expect((fractions["value"] as? String)?.contains("/") == true)
  }

  @Test("the snippet of the README gives the certified value")
  func readme() throws {
    let lake = try FrozenLake(map: FrozenLake.map8x8).model()
    let solution = try PolicyIteration().solve(lake, discount: 0.99)
    #expect(abs(solution.values[0] - 0.414_640_361_8) < 1e-10)
    #expect(solution.certificate.gap < 1e-11)
  }
}
