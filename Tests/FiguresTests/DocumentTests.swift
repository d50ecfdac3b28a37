// SPDX-License-Identifier: Apache-2.0
import Foundation
import FoundationXML
import Testing

@testable import Figures

/// Collects the elements of an SVG document; a parser that shares no code with the writer.
final class DocumentReader: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    var text = ""
  }
  private(set) var elements: [Element] = []
  private var stack: [Int] = []

  static func read(_ svg: String) throws -> [Element] {
    let reader = DocumentReader()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = reader
    try #require(parser.parse(), "not well-formed: \(String(describing: parser.parserError))")
    return reader.elements
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    stack.append(elements.count)
    elements.append(Element(name: name, attributes: attributes))
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    for i in stack { elements[i].text += text }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) { stack.removeLast() }
}

@Suite("SVG documents")
struct DocumentTests {
  private static let hostile = "</text><script>alert(\"1\" & '2')</script>\u{0}\u{8}]]>"

  @Test("are well-formed, named for readers who do not see them, with ids from the figure’s")
  func wellFormed() throws {
    for figure in Gallery.all + MarkFigures.all {
      for (theme, width) in [(Theme.light, 640.0), (.dark, 960), (.automatic, 320)] {
        let elements = try DocumentReader.read(figure.svg(theme: theme, width: width))
        let root = try #require(elements.first)
        #expect(root.attributes["role"] == "img")
        #expect(root.attributes["width"] == "\(Int(width))")
        let ids = elements.compactMap { $0.attributes["id"] }
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0 == figure.id || $0.hasPrefix(figure.id + "-") })
        let named = try #require(root.attributes["aria-labelledby"]).split(separator: " ")
        #expect(named.allSatisfy { ids.contains(String($0)) })
        #expect(elements.first { $0.name == "title" }?.text == figure.title)
        #expect(elements.first { $0.name == "desc" }?.text.isEmpty == false)
      }
    }
  }

  @Test("texts are at least 11 px, inside the canvas, and coordinates have one decimal")
  func legible() throws {
    let decimals = /\d\.\d\d/
    for figure in Gallery.all + MarkFigures.all {
      for width in [320.0, 640, 960] {
        let elements = try DocumentReader.read(figure.svg(width: width))
        let height = try #require(elements[0].attributes["height"].flatMap(Double.init))
        for element in elements where element.name == "text" || element.name == "tspan" {
          let size = Double(element.attributes["font-size"] ?? "13") ?? 0
          #expect(size >= 11, "\(figure.id): \(element.text)")
          guard element.name == "text" else { continue }
          let x = try #require(element.attributes["x"].flatMap(Double.init))
          let y = try #require(element.attributes["y"].flatMap(Double.init))
          let isBold = element.attributes["font-weight"] != nil
          let length = TextMetrics.width(element.text, size: size, bold: isBold)
          let anchor = element.attributes["text-anchor"] ?? "start"
          let left = anchor == "start" ? x : anchor == "end" ? x - length : x - length / 2
          #expect(left >= -0.5 && left + length <= width + 0.5, "\(figure.id) \(width): \(element)")
          #expect(y > 8 && y < height, "\(figure.id): \(element)")
        }
        for element in elements where element.name == "path" {
          #expect(element.attributes["d"]?.firstMatch(of: decimals) == nil)
        }
      }
    }
  }

  @Test("texts never cover each other")
  func textsApart() throws {
    for figure in Gallery.all + MarkFigures.all {
      for width in [320.0, 640, 960] {
        let elements = try DocumentReader.read(figure.svg(theme: .light, width: width))
        var boxes: [(Rectangle, String)] = []
        for element in elements
        where element.name == "text" && element.attributes["aria-hidden"] == nil {
          let x = try #require(element.attributes["x"].flatMap(Double.init))
          let y = try #require(element.attributes["y"].flatMap(Double.init))
          let size = Double(element.attributes["font-size"] ?? "13") ?? 0
          let length = TextMetrics.width(
            element.text, size: size, bold: element.attributes["font-weight"] != nil)
          let anchor = element.attributes["text-anchor"] ?? "start"
          let left = anchor == "start" ? x : anchor == "end" ? x - length : x - length / 2
          // The height of the letters, without the room for descenders.
          boxes.append(
            (
              Rectangle(left: left, top: y - 0.7 * size, right: left + length, bottom: y),
              element.text
            ))
        }
        for (i, a) in boxes.enumerated() {
          for b in boxes[(i + 1)...] {
            let apart =
              a.0.right <= b.0.left || b.0.right <= a.0.left || a.0.bottom <= b.0.top
              || b.0.bottom <= a.0.top
            #expect(apart, "\(figure.id) at \(width) px: “\(a.1)” and “\(b.1)”")
          }
        }
      }
    }
  }

  @Test("every text is escaped, wherever it stands")
  func escaping() throws {
    let h = Self.hostile
    let figure = Figure(
      id: "hostile", title: h, subtitle: h, description: h, x: .log(h), y: .log(h),
      facets: .columns(2)
    ) {
      Panel(h, subtitle: h) {
        Line(x: [1, 10], y: [1.0, 2], series: h, note: h)
        Theory(x: [1, 10], y: [3.0, 4], label: h, kind: .upperBound, source: h)
        Text(x: 2, y: 2, h)
        Reference(x: 3, h)
        FitWindow(1...2, h)
        Vacuous(until: 3, h)
      }
      Panel("b") { Line(x: [1, 10], y: [1.0, 2], series: "c", labelAt: 3) }
    }
    let bars = Figure(id: "bars", title: h, x: .category(h, [h]), y: .linear(h)) {
      Bars(x: [h], y: [2.0], series: h)
    }
    for svg in [try figure.svg(width: 2_000), try bars.svg(width: 2_000)] {
      #expect(!svg.contains("<script"))
      let elements = try DocumentReader.read(svg)
      #expect(!elements.contains { $0.name == "script" })
      let shown = elements.filter { $0.text.contains("<script>alert(\"1\" & '2')</script>") }
      #expect(shown.count >= 4)
    }
  }

  @Test("draws theory grey and dashed, and data in the colours of their series")
  func theoryIsNotData() throws {
    let figure = try #require(MarkFigures.all.first { $0.id == "theory" })
    let paths = try DocumentReader.read(figure.svg(theme: .light)).filter { $0.name == "path" }
    let dashes = paths.compactMap { path in
      path.attributes["stroke-dasharray"].map { ($0, path.attributes["stroke"]) }
    }
    for dash in ["6 4", "1.5 4", "12 4", "8 3 1.5 3"] {
      // The curve and the sign before its label.
      #expect(dashes.filter { $0.0 == dash && $0.1 == "#59636e" }.count == 2)
    }
    #expect(dashes.count == 8)
    #expect(paths.contains { $0.attributes["stroke"] == "#0072B2" })
  }
}
