// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures

/// All studies that have results: the list at the head of the reports.
public struct Atlas: Sendable {
  /// The studies, in the catalogue's order.
  public let studies: [StudyReport]

  /// Creates an atlas.
  public init(_ studies: [StudyReport]) { self.studies = studies }

  /// How many claims there are.
  public var claimCount: Int { studies.reduce(0) { $0 + $1.claims.count } }

  /// `Reports/README.md`.
  public func markdown() -> String {
    var rows: [[String]] = []
    for study in studies {
      for report in study.claims {
        let verdict = report.judgement.verdict
        rows.append([
          "[\(report.claim.id)](\(study.study.id)/README.md#\(anchor(of: report.claim.title)))",
          report.claim.kind.rawValue, "\(verdict.marked)",
          report.judgement.finding,
        ])
      }
    }
    return MarkdownRenderer().render([
      .heading(1, Self.title, anchor: "top"),
      .paragraph(introduction),
      .paragraph(Self.legend),
      .table(
        PageTable(
          ["claim", "kind", "verdict", "finding"], rows: rows, textColumns: [0, 1, 2, 3])),
      .paragraph("The same as one page to sort and filter: `index.html` in this folder."),
    ])
  }

  private var introduction: String {
    let scales = Set(studies.map(\.scale.rawValue)).sorted().joined(separator: " and ")
    return "\(claimCount) claims of \(studies.count) papers, each held against measurement "
      + "(scale \(scales)). A page says what was predicted, what would have counted against it, what "
      + "came out, and the command that makes it again."
  }

  static let title = "Atlas of claims"

  static let legend = """
    ● consistent: an equality or a shape was predicted and the interval agrees. ◐ not violated: a \
    one-sided prediction, and the measurement is on the allowed side; that confirms nothing. \
    ✕ inconsistent: the measurement excludes the prediction. ○ inconclusive: the measurement allows \
    both, or a control did not behave.
    """

  /// One self-contained page: no network, light and dark, usable with the keyboard.
  ///
  /// - Throws: An error of a figure that cannot be drawn.
  public func html() throws -> String {
    var rows = ""
    var pages = ""
    for study in studies {
      let prefix = anchor(of: study.study.id) + "--"
      for report in study.claims {
        let verdict = report.judgement.verdict
        let link = prefix + anchor(of: report.claim.title)
        rows += """
          <tr data-verdict="\(verdict.rawValue)"><td><a href="#\(link)">\
          \(report.claim.id.escapedForHTML)</a></td>\
          <td>\(report.claim.kind.rawValue.escapedForHTML)</td>\
          <td>\(verdict.marked)</td>\
          <td>\(inlineHTML(ofMarkdown: report.judgement.finding))</td></tr>

          """
      }
      let body = try HTMLRenderer(prefix: prefix).render(study.blocks.map { $0.linked(to: prefix) })
      pages += "<article>\(body)<p><a href=\"#top\">Back to the atlas</a></p></article>\n"
    }
    return HTMLTemplate.page(
      introduction: inlineHTML(ofMarkdown: introduction),
      legend: inlineHTML(ofMarkdown: Self.legend), rows: rows, articles: pages)
  }
}

extension Block {
  /// The block with its links within the page led to the prefixed anchors.
  fileprivate func linked(to prefix: String) -> Block {
    guard case .table(let table) = self else { return self }
    let rows = table.rows.map { row in
      row.map { cell in
        cell.split(separator: "](#", omittingEmptySubsequences: false)
          .joined(separator: "](#\(prefix)")
      }
    }
    return .table(PageTable(table.header, rows: rows, textColumns: table.textColumns))
  }
}
