// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Foundation
import Literature
import Randomness
import Testing

@testable import Reporting

/// A claim whose texts try to break out of every format.
private struct HostileClaim: Claim {
  let id: String
  let revision = 1
  let title: String
  let kind = ClaimKind.identity
  let sources: [Citation] = [.puterman1994]
  let statement = "A <script>alert(1)</script> & a | pipe, *emphasis*, `code <b>`."
  let setup = "x < y > z"
  let criterion = "\"quoted\" 'text' [link](javascript:alert(1))"
  let limits = "</article><img src=x onerror=alert(1)>"
  var verdict = Verdict.consistent

  func design(at scale: Scale) -> Design {
    Design([("N", [1, 2, 3])], measuring: Schema(scalars: ["x"])) { _ in .fixed(3) }
  }
  func estimatedSeconds(at scale: Scale) -> Double { 0.01 }
  func measure(
    _ point: Point, trial: Int, using stream: inout Randomness.Stream
  ) throws -> TrialOutcome { TrialOutcome(["x": point["N"] + stream.uniform()]) }
  func judge(_ results: Results) throws -> Judgement {
    Judgement(
      [
        Check("a | <b>", predicted: "1 & 2", measured: "<i>3</i>", verdict: verdict),
        Check("c", predicted: "d", measured: "e", verdict: .consistent, isControl: true),
      ], finding: "It is <script>alert(2)</script> 1 | 2.")
  }
  func exhibits(_ results: Results) throws -> [Exhibit] {
    let x = results.points.map { $0["N"] }
    let y = try results.points.map { try results.values("x", at: $0)[0] }
    let figure = Figure(
      id: "hostile-" + anchor(of: id), title: "<script>alert(3)</script> & more", x: .linear("N →"),
      y: .linear("↑ x")
    ) { Line(x: x, y: y, series: "<b>series</b>") }
    return [
      Exhibit(figure, caption: "Caption </figcaption><script>alert(4)</script>."),
      Exhibit(PageTable(["a|b", "<th>"], rows: [["1|2", "<td>"]]), caption: "A table."),
    ]
  }
}

@Suite("Reports")
struct ReportTests {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "provably-reports-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private var study: Study {
    Study(
      id: "hostile", title: "A <script>title</script>", source: .puterman1994,
      summary: "Summary with <b>tags</b> & more.",
      claims: [
        HostileClaim(id: "hostile/one", title: "first <script>x</script>"),
        HostileClaim(id: "hostile/two", title: "second", verdict: .inconsistent),
      ])
  }

  private func report(jobs: Int = 1) throws -> (StudyReport, Store) {
    let store = try Store(path: folder.appendingPathComponent("\(UUID().uuidString).db").path)
    for claim in study.claims {
      _ = try Runner(store: store, jobs: jobs).run(claim, scale: .quick, seed: 1)
    }
    return (try StudyReport(study, scale: .quick, seed: 1, in: store), store)
  }

  private func write(_ name: String, jobs: Int) throws -> URL {
    let (report, store) = try report(jobs: jobs)
    let out = folder.appendingPathComponent(name)
    let facts = RunFacts(
      report, version: "0", commit: nil, linearAlgebra: "none")
    try ReportWriter(folder: out).write(report, facts: facts)
    try ReportWriter(folder: out).write(Atlas([report]))
    return out
  }

  private func files(in folder: URL) throws -> [String: Data] {
    var found: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      let url = folder.appendingPathComponent(path)
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      if !isFolder.boolValue { found[path] = try Data(contentsOf: url) }
    }
    return found
  }

  @Test("the same bytes for any number of jobs, and again over the old ones")
  func deterministic() throws {
    let one = try files(in: write("one", jobs: 1))
    #expect(
      Set(one.keys) == [
        "README.md", "index.html", "hostile/README.md", "hostile/run.json",
        "hostile/figures/hostile-hostile-one.svg", "hostile/figures/hostile-hostile-one-dark.svg",
        "hostile/figures/hostile-hostile-two.svg", "hostile/figures/hostile-hostile-two-dark.svg",
        "hostile/data/hostile-hostile-one.csv", "hostile/data/hostile-hostile-two.csv",
      ])
    for name in ["two", "two"] {
      var two = try files(in: write(name, jobs: 3))
      two["hostile/run.json"] = one["hostile/run.json"]
      #expect(two == one)
    }
  }

  @Test("no text of a claim becomes an element, a script or an attribute")
  func escaping() throws {
    let out = try write("escape", jobs: 1)
    let page = try String(contentsOf: out.appendingPathComponent("index.html"), encoding: .utf8)
    // The one script of the page is its own.
    #expect(page.components(separatedBy: "<script").count == 2)
    #expect(!page.contains("<img") && !page.contains("onerror=alert(1)>"))
    #expect(!page.lowercased().contains("href=\"javascript"))
    #expect(page.contains("&lt;script&gt;alert(2)&lt;/script&gt;"))
    for part in ["</figcaption><script", "<td><td>", "<i>3", "<b>series"] {
      #expect(!page.contains(part), "\(part)")
    }
    let markdown = try String(
      contentsOf: out.appendingPathComponent("hostile/README.md"), encoding: .utf8)
    #expect(!markdown.contains("<script") && !markdown.contains("<img src=x"))
    #expect(markdown.contains("1\\|2"))
  }

  @Test("verdicts of a study: the worst one, and a tally")
  func verdicts() throws {
    let (report, _) = try report()
    #expect(report.verdict == .inconsistent)
    #expect(report.tally == "1 consistent, 1 inconsistent")
    let page = MarkdownRenderer().render(report.blocks)
    #expect(page.contains("> **inconsistent**: It is"))
    #expect(page.contains("control: c"))
    #expect(page.contains("provably reproduce hostile --quick --seed 1"))
  }

  @Test("links of the atlas lead to anchors that exist")
  func links() throws {
    let out = try write("links", jobs: 1)
    let page = try String(contentsOf: out.appendingPathComponent("index.html"), encoding: .utf8)
    let links = page.components(separatedBy: "href=\"#").dropFirst().map {
      String($0.prefix { $0 != "\"" })
    }
    #expect(links.count >= 4)
    for link in links { #expect(page.contains("id=\"\(link)\""), "\(link)") }
  }

  @Test("numbers as text")
  func numbers() {
    #expect(text(0.051234) == "0.0512" && text(12_345) == "12,300" && text(-0.5) == "−0.500")
    #expect(text(1.3e-5) == "1.30e-05" && text(99_960) == "100,000" && text(9.996) == "10.0")
    #expect(text(0) == "0" && text(.infinity) == "∞" && text(3, digits: 1) == "3")
    #expect(text(0.5, in: 0.4...0.6) == "0.500 [0.400, 0.600]")
    #expect(anchor(of: "A — B, c/D!") == "a-b-c-d")
  }
}
