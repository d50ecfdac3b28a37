// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures

/// A piece of a page, before it is Markdown or HTML.
///
/// Texts are Markdown without raw HTML: both renderers show `<` as text.
enum Block: Sendable {
  /// A heading of level 1 to 4 and the name that links lead to.
  case heading(Int, String, anchor: String)
  /// A paragraph, or several.
  case paragraph(String)
  /// The finding.
  case finding(Verdict?, String)
  /// A table; cells are Markdown.
  case table(PageTable)
  /// A figure, its caption, and the folder of its files as seen from the page.
  case figure(Figure, caption: String)
  /// Lines for a terminal.
  case commands([String])
}

/// A name for links: lower case letters, digits and hyphens.
func anchor(of text: String) -> String {
  var out = ""
  for character in text.lowercased() {
    if character.isASCII && (character.isLetter || character.isNumber) {
      out.append(character)
    } else if !out.hasSuffix("-") && !out.isEmpty {
      out.append("-")
    }
  }
  return out.hasSuffix("-") ? String(out.dropLast()) : out
}
