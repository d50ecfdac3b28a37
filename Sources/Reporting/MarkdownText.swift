// SPDX-License-Identifier: Apache-2.0
import CMarkdown

/// Markdown as HTML, by cmark-gfm in its safe mode: raw HTML and unsafe links are left out.
///
/// - Complexity: O(length).
func html(ofMarkdown text: String) -> String {
  guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return text.escapedForHTML }
  defer { cmark_parser_free(parser) }
  let source = text.escapingAngleBrackets
  cmark_parser_feed(parser, source, source.utf8.count)
  guard let document = cmark_parser_finish(parser) else { return text.escapedForHTML }
  defer { cmark_node_free(document) }
  guard let rendered = cmark_render_html(document, CMARK_OPT_DEFAULT, nil) else {
    return text.escapedForHTML
  }
  defer { free(rendered) }
  return String(cString: rendered)
}

/// Markdown of one line as HTML without the paragraph around it.
func inlineHTML(ofMarkdown text: String) -> String {
  var out = html(ofMarkdown: text)
  if out.hasSuffix("\n") { out.removeLast() }
  let isOneParagraph =
    out.hasPrefix("<p>") && out.hasSuffix("</p>") && !out.dropFirst(3).contains("<p>")
  return isOneParagraph ? String(out.dropFirst(3).dropLast(4)) : out
}
