# SPDX-License-Identifier: Apache-2.0
"""Lists the public symbols of the library that lack documentation, and fails if there are any.

Reads .build/symbol-graphs (Scripts/symbol-graphs.sh), so it judges what the compiler says is public:
enumeration cases and requirements of protocols too, which carry no `public` of their own. Two rules:

1. Every public symbol has a documentation comment that is its own or that of the requirement it
   implements. Exempt is what the compiler writes itself, and what Swift's own protocols define
   (`==`, `hash(into:)`, `encode(to:)`, `init(from:)`, `rawValue`, `allCases`).
2. A public function or initializer that throws says what, under "Throws:", unless the comment is that
   of the requirement it implements.

CITATION.cff must name the version that `provably --version` prints.
"""

import json
import pathlib
import re
import sys
from urllib.parse import unquote, urlparse

SWIFT_OWN = {"==(_:_:)", "<(_:_:)", "hash(into:)", "hashValue", "encode(to:)", "init(from:)", "rawValue",
             "init(rawValue:)", "allCases", "AllCases", "RawValue"}
root = pathlib.Path(__file__).resolve().parent.parent


def place(symbol):
    """The file, as seen from the repository, and the line of a symbol."""
    location = symbol["location"]
    path = pathlib.Path(unquote(urlparse(location["uri"]).path))
    path = path.relative_to(root) if path.is_relative_to(root) else path
    return f"{path}:{location['position']['line'] + 1}"


def throws(symbol):
    """Whether a function or initializer throws itself, not only an argument of it."""
    text = "".join(piece["spelling"] for piece in symbol["declarationFragments"])
    depth, outside = 0, ""
    for character in text:
        depth += (character == "(") - (character == ")")
        outside += character if depth == 0 and character != ")" else " "
    signature = outside.split("->")[0].split("=")[0]
    return symbol["kind"]["identifier"].rsplit(".", 1)[-1] in ("method", "init", "func", "subscript") \
        and "throws" in signature.replace("{", " ").split()


def main():
    graphs = sorted((root / ".build/symbol-graphs").glob("*.symbols.json"))
    modules = {graph.name.split(".")[0].split("@")[0] for graph in graphs}
    exported = {line.split()[-1] for line in (root / "Sources/Provably/Provably.swift").read_text().splitlines()
                if line.startswith("@_exported import ")}
    if exported - modules:
        sys.exit(f"error: .build/symbol-graphs lacks {sorted(exported - modules)}\n"
                 "hint: make check-documentation")
    bare, silent, count = set(), set(), 0
    for graph in graphs:
        content = json.loads(graph.read_text())
        own = content["module"]["name"]
        implementations = {r["source"] for r in content["relationships"] if "sourceOrigin" in r}
        for symbol in content["symbols"]:
            name = ".".join(symbol["pathComponents"])
            # Without a place it was written by the compiler; an extension is no symbol of its own.
            if "location" not in symbol or symbol["kind"]["identifier"] == "swift.extension":
                continue
            if symbol["pathComponents"][-1] in SWIFT_OWN:
                continue
            count += 1
            lines = [line["text"] for line in symbol.get("docComment", {}).get("lines", [])]
            kind = symbol["kind"]["displayName"].lower()
            if not any(line.strip() for line in lines):
                bare.add(f"{place(symbol)}: {kind} {own}.{name}")
            elif (throws(symbol) and symbol["identifier"]["precise"] not in implementations
                  and not any("- Throws:" in line for line in lines)):
                silent.add(f"{place(symbol)}: {kind} {own}.{name}")
    for line in sorted(bare):
        print(f"{line} has no documentation")
    for line in sorted(silent):
        print(f"{line} throws, and does not say what")
    if bare or silent:
        sys.exit(f"error: {len(bare) + len(silent)} of {count} public symbols are not documented\n"
                 "hint: write what it is, with shapes and units; under '- Throws:' what goes wrong")
    cited = re.search(r"^version: (.*)$", (root / "CITATION.cff").read_text(), re.MULTILINE)
    built = re.search(r'static let version = "(.*)"', (root / "Sources/ProvablyCLI/Main.swift").read_text())
    if not (cited and built and cited[1] == built[1]):
        sys.exit("error: CITATION.cff and Sources/ProvablyCLI/Main.swift name different versions")
    print(f"Documentation: {count} public symbols of {len(exported)} modules, each documented")


main()
