// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures

/// Blocks as GitHub-flavoured Markdown; figures are links to files.
struct MarkdownRenderer {
  /// The page's text.
  func render(_ blocks: [Block]) -> String {
    blocks.map(render).joined(separator: "\n")
  }

  private func render(_ block: Block) -> String {
    switch block {
    case .heading(let level, let text, _):
      return String(repeating: "#", count: level) + " \(text.asPlainMarkdown)\n"
    case .paragraph(let text):
      return text.escapingAngleBrackets + "\n"
    case .finding(let verdict, let text):
      let mark = verdict.map { "**\($0.rawValue)**: " } ?? ""
      return "> " + (mark + text).escapingAngleBrackets + "\n"
    case .table(let table):
      return render(table)
    case .figure(let figure, let caption):
      let base = "figures/\(figure.id)"
      return """
        <picture>
        <source media="(prefers-color-scheme: dark)" srcset="\(base)-dark.svg">
        <img alt="\(figure.title.escapedForHTML)" src="\(base).svg">
        </picture>

        \(caption.escapingAngleBrackets) Numbers: [data/\(figure.id).csv](data/\(figure.id).csv).

        """
    case .commands(let lines):
      return lines.map { "    \($0)" }.joined(separator: "\n") + "\n"
    }
  }

  private func render(_ table: PageTable) -> String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    var out = line(table.header.map(\.asTableCell))
    out += line(
      table.header.indices.map { table.textColumns.contains($0) ? "---" : "---:" })
    for row in table.rows { out += line(row.map(\.asTableCell)) }
    return out
  }
}

extension String {
  /// `<`, `>` and `&` as entities, outside of code spans; no raw HTML is left.
  var escapingAngleBrackets: String {
    var out = ""
    var isCode = false
    for character in self {
      switch character {
      case "`":
        isCode.toggle()
        out.append(character)
      case "<" where !isCode: out += "&lt;"
      case "&" where !isCode: out += "&amp;"
      default: out.append(character)
      }
    }
    return out
  }

  /// The text as a cell of a table.
  var asTableCell: String {
    escapingAngleBrackets.split(separator: "|", omittingEmptySubsequences: false)
      .joined(separator: "\\|").split(separator: "\n").joined(separator: " ")
  }

  /// The text as a heading.
  var asPlainMarkdown: String {
    escapingAngleBrackets.split(separator: "\n").joined(separator: " ")
  }

  /// The text between tags or in a quoted attribute.
  public var escapedForHTML: String {
    var out = ""
    for character in self {
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.append(character)
      }
    }
    return out
  }
}
