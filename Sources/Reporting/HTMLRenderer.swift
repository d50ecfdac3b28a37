// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures

/// Blocks as HTML; figures are inline SVG that follows the reader's theme.
struct HTMLRenderer {
  /// Put before every anchor, so that many pages fit into one document.
  let prefix: String

  /// The page's elements.
  ///
  /// - Throws: An error of a figure that cannot be drawn.
  func render(_ blocks: [Block]) throws -> String {
    try blocks.map(render).joined(separator: "\n")
  }

  private func render(_ block: Block) throws -> String {
    switch block {
    case .heading(let level, let text, let anchor):
      // The document has one h1; a page's headings go one level down.
      let tag = "h\(level + 1)"
      return "<\(tag) id=\"\(prefix)\(anchor)\">\(inlineHTML(ofMarkdown: text))</\(tag)>"
    case .paragraph(let text):
      return html(ofMarkdown: text)
    case .finding(let verdict, let text):
      let mark = verdict.map { "<strong>\($0.marked)</strong>: " } ?? ""
      return "<p class=\"finding\">\(mark)\(inlineHTML(ofMarkdown: text))</p>"
    case .table(let table):
      return render(table)
    case .figure(let figure, let caption):
      return """
        <figure>\(try figure.svg(theme: .automatic))
        <figcaption>\(inlineHTML(ofMarkdown: caption))</figcaption></figure>
        """
    case .commands(let lines):
      return "<pre><code>\(lines.joined(separator: "\n").escapedForHTML)</code></pre>"
    }
  }

  private func render(_ table: PageTable) -> String {
    func row(_ cells: [String], _ tag: String) -> String {
      let columns = cells.enumerated().map { index, cell in
        let kind = table.textColumns.contains(index) ? "" : " class=\"number\""
        let scope = tag == "th" ? " scope=\"col\"" : ""
        return "<\(tag)\(scope)\(kind)>\(inlineHTML(ofMarkdown: cell))</\(tag)>"
      }
      return "<tr>\(columns.joined())</tr>"
    }
    // Tables of sentences are stacked on narrow screens, tables of numbers scroll.
    let isText = table.textColumns.count == table.header.count
    return """
      <div class="scroll" tabindex="0"><table\(isText ? " class=\"texts\"" : "")><thead>\(row(table.header, "th"))</thead>
      <tbody>\(table.rows.map { row($0, "td") }.joined(separator: "\n"))</tbody></table></div>
      """
  }
}

extension Verdict {
  /// The verdict after a sign of its own, so that colour is never needed; without a break between.
  var marked: String {
    let sign =
      switch self {
      case .consistent: "●"
      case .notViolated: "◐"
      case .inconsistent: "✕"
      case .inconclusive: "○"
      }
    return "\(sign)\u{A0}\(rawValue)"
  }
}
