#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Mutation testing by mutant schemata.

Every mutant of Robustness/mutants.py is compiled into one build of a copy of the repository, behind
a switch that is read from the environment; then, one mutant at a time, the tests that concern its
file are run. A mutant is killed by a failed test, a crash or the time limit.

    Robustness/mutate.py             all mutants; writes Robustness/results/mutation.tsv
    Robustness/mutate.py --only KL   those whose name contains KL; writes nothing
    Robustness/mutate.py --check     only that every original text is found exactly once
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
COPY = ROOT / ".build" / "mutants"
RESULTS = ROOT / "Robustness" / "results" / "mutation.tsv"
sys.path.insert(0, str(ROOT / "Robustness"))
from mutants import MUTANTS, SUITES  # noqa: E402

# The parts of the package that no mutant and no suite here needs.
UNUSED = [
    "ProvablyCLI", "Demos", "Provably", "Reporting", "ReportingTests", "DemosTests",
    "CommandLineTests", "FiguresTests", "PackageTests", "CMarkdown", "LinearAlgebraTests",
    "LinearProgrammingTests", "ExactArithmeticTests", "MarkovModelsTests", "ModelFormatsTests",
    "ExperimentsTests",
]

SWITCH = """// SPDX-License-Identifier: Apache-2.0
import Foundation

@usableFromInline
let activeMutant = Int(ProcessInfo.processInfo.environment["PROVABLY_MUTANT"] ?? "0")!

@inlinable @inline(__always)
func mutant(_ id: Int) -> Bool { activeMutant == id }
"""


def fail(message):
    sys.exit(f"error: {message}")


def without_unused(manifest):
    """The manifest without the unused targets, products and the dependency of the program."""
    for name in UNUSED:
        pattern = r"\n *\.(?:target|testTarget|executableTarget|systemLibrary)\(\s*name: \"%s\"" % name
        found = re.search(pattern, manifest)
        if not found:
            fail(f"Package.swift has no target {name}; remove it from UNUSED in mutate.py")
        end = manifest.index("(", found.start())
        depth = 0
        while True:
            depth += {"(": 1, ")": -1}.get(manifest[end], 0)
            end += 1
            if depth == 0:
                break
        manifest = manifest[: found.start()] + manifest[end:].removeprefix(",")
    manifest = re.sub(r"  products: \[.*?\n  \],\n", "  products: [],\n", manifest, flags=re.S)
    return re.sub(r"\n *\.package\(url: \"[^\"]*swift-argument-parser\".*?\),", "", manifest)


def mutated(path, text, mutants):
    """The text of a file with every mutant in it behind its switch."""
    places = {}
    for m in mutants:
        if text.count(m.place) != 1:
            fail(f"{m.name}: its place occurs {text.count(m.place)} times in Sources/{path}; mend "
                 "its row in Robustness/mutants.py")
        if m.place.count(m.original) != 1:
            fail(f"{m.name}: the original is not found once in its place")
        start = text.index(m.place) + m.place.index(m.original)
        places.setdefault((start, start + len(m.original)), []).append(m)
    return spliced(text, 0, len(text), sorted(places.items(), key=lambda x: (x[0][0], -x[0][1])))


def spliced(text, begin, end, places):
    """text[begin..<end] with its places mutated; one place may lie within another."""
    result, position = [], begin
    while places:
        ((start, stop), mutants), places = places[0], places[1:]
        inner = [p for p in places if p[0][0] < stop]
        places = places[len(inner):]
        if stop > end or any(p[0][1] > stop for p in inner):
            fail(f"{mutants[0].name}: its place overlaps that of another mutant")
        result.append(text[position:start])
        result.append(schema(spliced(text, start, stop, inner), mutants))
        position = stop
    return "".join(result) + text[position:end]


def schema(original, mutants):
    """A conditional expression; the statements of a place become an if chain."""
    if mutants[0].isStatement:
        chain = "".join(f"if mutant({m.id}) {{ {m.mutated} }} else " for m in mutants)
        return f"{chain}{{ {original} }}"
    result = f"({original})"
    for m in reversed(mutants):
        result = f"(mutant({m.id}) ? ({m.mutated}) : {result})"
    return result


def write(path, content):
    """Writes a file unless it has the content already, so that the build sees what changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)


def prepare(isChecking=False):
    """Makes the copy."""
    files = {}
    for m in MUTANTS:
        files.setdefault(m.file, []).append(m)
    contents = {}
    for file, mutants in files.items():
        path = ROOT / "Sources" / file
        if not path.exists():
            fail(f"{mutants[0].name}: no file Sources/{file}")
        contents[pathlib.Path("Sources") / file] = mutated(file, path.read_text(), mutants).encode()
    if isChecking:
        return
    for module in {file.split("/")[0] for file in files}:
        contents[pathlib.Path("Sources") / module / "MutantSwitch.swift"] = SWITCH.encode()
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "Sources", "Tests", "Proofs"], cwd=ROOT,
        check=True, capture_output=True, text=True).stdout.split("\n")
    for name in filter(None, listed):
        source = ROOT / name
        if source.is_file():
            contents.setdefault(pathlib.Path(name), source.read_bytes())
    contents[pathlib.Path("Package.swift")] = without_unused(
        (ROOT / "Package.swift").read_text()).encode()
    for folder in ("Sources", "Tests"):
        for old in (COPY / folder).rglob("*"):
            if old.is_file() and old.relative_to(COPY) not in contents:
                old.unlink()
    for name, content in contents.items():
        write(COPY / name, content)


def build():
    """Compiles the copy with its tests; returns the file of the tests."""
    flags = ["-c", "release", "-Xswiftc", "-enable-testing", "--jobs", "2"]
    done = subprocess.run(["swift", "build", "--build-tests", *flags], cwd=COPY)
    if done.returncode != 0:
        fail("the copy with the mutants does not compile; see above")
    found = subprocess.run(
        ["swift", "build", "--show-bin-path", *flags], cwd=COPY, check=True, capture_output=True,
        text=True)
    return next(pathlib.Path(found.stdout.strip()).glob("*.xctest"))


def run(tests, suites, mutant, limit):
    """Runs suites up to the first failure; returns how they ended, in what time, and what failed."""
    command = [tests, "--testing-library", "swift-testing", "--filter", suites]
    environment = dict(os.environ, PROVABLY_MUTANT=str(mutant), OPENBLAS_NUM_THREADS="1")
    start = time.monotonic()
    process = subprocess.Popen(
        command, cwd=COPY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace")
    isLate = threading.Event()

    def stop():
        isLate.set()
        process.kill()

    timer = threading.Timer(limit, stop)
    timer.start()
    failed, count = None, 0
    with process.stdout as output:
        for line in output:
            issue = re.search(r'Test (".*?"|\S+) .*recorded an issue', line)
            if issue:
                failed = issue[1]
                process.kill()
                break
            passed = re.search(r"Test run with (\d+) tests? .*passed", line)
            count = int(passed[1]) if passed else count
    process.wait()
    timer.cancel()
    seconds = time.monotonic() - start
    if failed is not None:
        return "failed", seconds, failed
    if isLate.is_set():
        return "time limit", seconds, ""
    if process.returncode != 0:
        return "crash", seconds, ""
    if count == 0:
        fail(f"no test ran for --filter {suites}")
    return "passed", seconds, ""


def main():
    parser = argparse.ArgumentParser(description="Mutation testing; see the head of this file.")
    parser.add_argument("--only", help="mutants whose file or name contains this, or numbers")
    parser.add_argument("--check", action="store_true", help="only that every place is found")
    parser.add_argument("--jobs", type=int, default=2, help="mutants at a time (2)")
    arguments = parser.parse_args()
    prepare(isChecking=arguments.check)
    if arguments.check:
        print(f"{len(MUTANTS)} mutants, every place is found")
        return
    chosen = MUTANTS
    if arguments.only:
        numbers = {int(n) for n in re.findall(r"^[\d,]+$", arguments.only) for n in n.split(",")}
        chosen = [m for m in MUTANTS if m.id in numbers or (
            not numbers and arguments.only.lower() in f"{m.file} {m.name}".lower())]
    tests = build()
    baseline = {}
    for suites in sorted({s for m in chosen for s in m.suites}):
        outcome, seconds, test = run(tests, suites, 0, 600)
        if outcome != "passed":
            fail(f"without a mutant the tests {suites} end in: {outcome} {test}")
        baseline[suites] = seconds
        print(f"{seconds:6.1f} s  {suites}", flush=True)
    tree = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD:Sources"], cwd=ROOT, check=True, capture_output=True,
        text=True).stdout.strip()

    def attempt(m):
        outcome, seconds = "passed", 0.0
        for suites in m.suites:
            if outcome == "passed":
                outcome, more, test = run(tests, suites, m.id, 30 + 5 * baseline[suites])
                seconds += more
        verdict = "killed" if outcome != "passed" else "equivalent" if m.equivalent else "survived"
        note = m.equivalent if verdict == "equivalent" else f"{outcome} {test}".strip()
        if verdict == "killed" and m.equivalent:
            note += " (marked equivalent: mend its row)"
        print(f"{m.id:4} {verdict:10} {seconds:6.1f} s  {m.file}  {m.kind}: "
              f"{' '.join(m.mutated.split())}  [{note}]", flush=True)
        return m, verdict, note, seconds

    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        results = list(pool.map(attempt, chosen))
    killed = sum(r[1] == "killed" for r in results)
    equivalent = sum(r[1] == "equivalent" for r in results)
    alive = [r[0] for r in results if r[1] == "survived"]
    wrong = [r[0] for r in results if r[1] == "killed" and r[0].equivalent]
    rate = killed / max(1, len(results) - equivalent)
    print(f"{killed} of {len(results) - equivalent} mutants killed ({100 * rate:.1f} %), "
          f"{equivalent} equivalent, {len(alive)} survived")
    if not arguments.only:
        header = ["file", "kind", "original", "mutated", "verdict", "note", "seconds", "sources"]
        lines = ["\t".join(header)]
        for m, verdict, note, seconds in results:
            fields = [m.file, m.kind, m.original, m.mutated, verdict, note, f"{seconds:.1f}", tree]
            lines.append("\t".join(" ".join(field.split()) for field in fields))
        RESULTS.parent.mkdir(exist_ok=True)
        temporary = RESULTS.with_suffix(".new")
        temporary.write_text("\n".join(lines) + "\n")
        temporary.replace(RESULTS)
        print(f"wrote {RESULTS.relative_to(ROOT)}")
    if rate < 0.95 or wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
