# SPDX-License-Identifier: Apache-2.0
"""Builds the documentation of the library as a static site in .build/docs, with DocC.

Each module is converted by itself, after those that it imports, so that a page may link to symbols of
other modules; `docc merge` joins them. The first page of a module is Sources/<module>/README.md, that
of the site and the articles and the tutorial are in Documentation/Provably.docc. The code and the output
that the tutorial shows are the files of Examples, which `make examples` compiles, runs and compares. A
link that leads nowhere, in an article or in a documentation comment, ends the build.

Usage: Scripts/build-docs.py [base path of the site, such as provably]
"""

import graphlib
import pathlib
import re
import shutil
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent
graphs = root / ".build/symbol-graphs"
work = root / ".build/docs-parts"
site = root / ".build/docs"
base = sys.argv[1] if len(sys.argv) > 1 else ""
swift = pathlib.Path(shutil.which("swift") or sys.exit("error: swift is not on the PATH")).resolve()
docc = shutil.which("docc", path=str(swift.parent)) or shutil.which("docc") or sys.exit(
    "error: there is no docc beside swift; it is part of every toolchain of swift.org")


def imports(module):
    """The modules of the library that a module imports."""
    found = set()
    for path in (root / "Sources" / module).rglob("*.swift"):
        found |= set(re.findall(r"^(?:@_exported )?import (\w+)", path.read_text(), re.MULTILINE))
    return found & set(modules)


def module_page(module, catalog):
    """The README of a module as the first page of its documentation."""
    text = (root / "Sources" / module / "README.md").read_text()
    title, rest = text.split("\n", 1)
    if title != f"# {module}":
        sys.exit(f"error: Sources/{module}/README.md begins with {title!r}, expected '# {module}'")
    (catalog / f"{module}.md").write_text(f"# ``{module}``\n{rest}")


def steps(text):
    """The states of a program, one for each comment `// (1) …` in it, each without the later ones."""
    lines = text.splitlines(keepends=True)
    starts = [i for i, line in enumerate(lines) if re.match(r" *// \(\d+\) ", line)]
    # Within the braces of a type the earlier states end with its brace.
    brace = "}\n" if starts and lines[starts[0]].startswith(" ") else ""
    return ["".join(lines[:end]).rstrip("\n") + "\n" + brace for end in starts[1:]] + [text]


def tutorial_resources(catalog):
    """The programs of Examples, whole and step by step, and what they print."""
    resources = catalog / "Resources"
    resources.mkdir(exist_ok=True)
    for path in sorted((root / "Examples/Sources").rglob("*.swift")):
        name = path.parent.name if path.name == "main.swift" else path.stem
        for i, state in enumerate(steps(path.read_text()), start=1):
            (resources / f"{name}-{i}.swift").write_text(state)
    shutil.copy(root / "Examples/Package.swift", resources / "Package.swift")
    for path in sorted((root / "Examples/Expected").glob("*.*")):
        shutil.copy(path, resources / path.name)


def convert(module, dependencies):
    """Makes the archive of a module, and fails on any warning."""
    catalog, symbols = work / f"{module}.docc", work / "graphs" / module
    symbols.mkdir(parents=True)
    for graph in graphs.glob(f"{module}.symbols.json"):
        shutil.copy(graph, symbols)
    for graph in graphs.glob(f"{module}@*.symbols.json"):
        shutil.copy(graph, symbols)
    if module == "Provably":
        shutil.copytree(root / "Documentation/Provably.docc", catalog)
        tutorial_resources(catalog)
    else:
        catalog.mkdir()
        module_page(module, catalog)
    command = [docc, "convert", str(catalog), "--additional-symbol-graph-dir", str(symbols),
               "--fallback-display-name", module, "--fallback-bundle-identifier", f"provably.{module}",
               "--fallback-default-module-kind", "Module", "--enable-experimental-external-link-support",
               "--output-path", str(work / f"{module}.doccarchive")]
    if base:
        command += ["--hosting-base-path", base]
    for dependency in sorted(dependencies):
        command += ["--dependency", str(work / f"{dependency}.doccarchive")]
    result = subprocess.run(command, cwd=root, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    # A complaint about a page of the work folder is one about the file that it was made from.
    output = result.stdout.replace(str(work / "Provably.docc"), "Documentation/Provably.docc")
    output = re.sub(re.escape(str(work)) + r"/(\w+)\.docc/\1\.md", r"Sources/\1/README.md", output)
    if result.returncode or re.search(r"^(warning|error): ", output, re.MULTILINE):
        print(output.strip(), file=sys.stderr)
        print(f"error: the documentation of {module} is not sound", file=sys.stderr)
        return False
    return True


modules = re.findall(r"^@_exported import (\w+)", (root / "Sources/Provably/Provably.swift").read_text(), re.M)
shutil.rmtree(work, ignore_errors=True)
work.mkdir(parents=True)
order = list(graphlib.TopologicalSorter({module: imports(module) - {module} for module in modules}).static_order())
sound = True
reached = {}
for module in order:
    # Also what its imports import: their types stand in its declarations.
    reached[module] = set().union(*({d} | reached[d] for d in imports(module) - {module}))
    sound = convert(module, reached[module]) and sound
sound = sound and convert("Provably", set(modules))
if not sound:
    sys.exit("hint: a link leads to a symbol of its own module; write `Name` or <doc:/documentation/Module/Name> "
             "for others")
shutil.rmtree(site, ignore_errors=True)
# Provably last: its page lists the other modules, and a reader's sidebar shows the first entry of a module.
subprocess.run([docc, "merge", *(str(work / f"{module}.doccarchive") for module in modules + ["Provably"]),
                "--synthesized-landing-page-name", "Provably", "--output-path", str(site)], check=True)
prefix = f"/{base}" if base else ""
(site / "index.html").write_text(
    '<!doctype html><meta charset="utf-8"><title>Provably</title>'
    f'<meta http-equiv="refresh" content="0; url={prefix}/documentation/provably/">'
    f'<a href="{prefix}/documentation/provably/">Documentation of Provably</a>\n')
print(f"documentation: {len(modules) + 1} modules in .build/docs; to read it:\n"
      "  python3 -m http.server -d .build/docs 8000    # then http://localhost:8000")
