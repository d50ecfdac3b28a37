#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes Reports/robustness.md from the tables in Robustness/results; nothing in the page is written by hand.

A table that is missing is named as not run. What was found and mended comes from found.tsv, one line a defect, with the
test that keeps it mended; the test must exist.
"""

import pathlib
import subprocess
import sys

from mutants import EXPLAINED

root = pathlib.Path(__file__).resolve().parent.parent
results = root / "Robustness" / "results"
READERS = {
    "npz": "`.npz` archives", "npz-members": "arrays of `.npz`, checksums right",
    "umb": "UMB archives", "umb-members": "members of UMB, checksums right", "drn": "DRN text",
    "prism": "PRISM explicit files", "gymnasium": "Gymnasium tables", "json": "our JSON models",
    "certificate": "certificate files", "bounds": "the checker against V* known in fractions",
    "sweep": "sweep files", "csv": "CSV tables, read, written, read again", "store": "stores (SQLite files)",
}
ATTACKS = {
    "killed": "`kill -9` at random moments", "powercut": "files copied while a run writes",
    "damaged": "bytes overwritten at random", "newer": "a store of a later version",
    "writers": "two processes write one store", "full": "a file system without space",
    "readonly": "a folder that cannot be written",
}


def table(name):
    file = results / f"{name}.tsv"
    if not file.exists():
        return None
    return [line.split("\t") for line in file.read_text().splitlines() if line]


def markdown(header, rows):
    right = {"inputs", "seconds", "edges covered", "runs", "lies", "inconsistent", "inconclusive", "passed", "error",
              "cases", "tests", "peak MB", "variants", "reports",
             "killed", "survived", "equivalent", "draws", "most words of one draw", "allowed", "calls",
             "bytes", "bound MB", "estimate MB"}
    lines = [header, ["---:" if column in right else "---" for column in header], *rows]
    # Outside code a name that is markup must not become markup here either.
    shown = [[cell if "`" in cell else escaped(cell) for cell in line] for line in lines]
    return "".join("| " + " | ".join(line) + " |\n" for line in shown)


def escaped(cell):
    for character, entity in [("&", "&amp;"), ("<", "&lt;"), ("|", "&#124;"), ("[", "&#91;"), ("*", "&#42;")]:
        cell = cell.replace(character, entity)
    return cell


def thousands(text):
    return f"{int(text):,}" if text.isdigit() else text


def section(title, name, text, header, row):
    rows = table(name)
    page = f"## {title}\n\n{text}\n\n"
    if rows is None:
        return page + "Not run.\n\n"
    return page + markdown(header, [row(*cells) for cells in rows]) + "\n"


def found():
    rows = table("../found") or []
    for defect, mended, test in rows:
        name = test.split(":")[0]
        if not (root / name).exists():
            sys.exit(f"error: found.tsv names {name}, which does not exist")
    return "## Found and mended\n\n" + markdown(
        ["defect", "now", "kept by"], [[a, b, f"`{c}`"] for a, b, c in rows]) + "\n"


def mutants():
    """How many mutants of each module the tests kill; the survivors one by one."""
    rows = table("mutation")
    page = "## Mutation\n\n`make mutation`: one wrong sign, index, constant or clip at a time in an algorithm file.\n\n"
    if rows is None:
        return page + "Not run.\n\n"
    counts = {}
    for file, *_, verdict, _note, _seconds, _source in rows[1:]:
        count = counts.setdefault(file.split("/")[0], {"killed": 0, "survived": 0, "equivalent": 0})
        count[verdict] += 1
    lines = [[module, *(str(count[kind]) for kind in ("killed", "survived", "equivalent"))]
             for module, count in sorted(counts.items())]
    killed, survived = (sum(count[kind] for count in counts.values()) for kind in ("killed", "survived"))
    page += markdown(["module", "killed", "survived", "equivalent"], lines)
    page += f"\n{killed} of {killed + survived} mutants that change something are killed "
    page += f"({100 * killed / (killed + survived):.1f} %). Survivors:\n\n"
    alive = [[*row[:2], f"`{row[2]}`", f"`{row[3]}`", EXPLAINED.get(tuple(row[:2]), row[5])]
             for row in rows[1:] if row[4] == "survived"]
    return page + markdown(["file", "kind", "original", "mutated", "note"], alive) + "\n"


def planted():
    """Detection rates by scale, then each lie of each claim."""
    page = "## Planted false claims\n\n`make planted`: each criterion, fed with a measurement that is false in a known way "
    page += "(wrong exponent, no bonus, missing logarithm, ...), must say *inconsistent*; without a lie it must not.\n\n"
    rows = table("planted")
    if rows is None:
        return page + "Not run.\n\n"
    rows = [dict(zip(rows[0], row)) for row in rows[1:]]
    lines = []
    for scale in ("quick", "full"):
        told = [row for row in rows if row["scale"] == scale and row["kind"] not in ("-", "none")]
        true = [row for row in rows if row["scale"] == scale and row["kind"] == "none"]
        if not told:
            continue
        runs, alarms = (sum(int(row["seeds"]) for row in some) for some in (told, true))
        count = {name: sum(int(row[name]) for row in told)
                 for name in ("inconsistent", "inconclusive", "passed", "errors")}
        false = sum(int(row["inconsistent"]) for row in true)
        lines.append([scale, str(len(told)), thousands(str(runs)),
                      f"{count['inconsistent']} ({100 * count['inconsistent'] / runs:.1f} %)",
                      *(str(count[name]) for name in ("inconclusive", "passed", "errors")), f"{false} of {alarms}"])
    page += markdown(["scale", "lies", "runs", "inconsistent", "inconclusive", "passed", "error",
                      "true claims called inconsistent"], lines)
    out = sorted({row["claim"] + " (" + row["note"].removeprefix("left out: ") + ")" for row in rows if row["kind"] == "-"})
    page += f"\nToo long to run so often: {', '.join(out)}.\n" if out else ""
    missed = [row for row in rows if row["kind"] not in ("-", "none") and row["inconsistent"] != row["seeds"]]
    page += "\nEvery lie that was not found out in every run:\n\n" if missed else "\nEvery lie was found out in every run.\n"
    page += markdown(
        ["claim", "lie", "scale", "runs", "inconsistent", "inconclusive", "passed", "error", "why"],
        [[row["claim"], row["lie"], row["scale"], *(row[name] for name in (
            "seeds", "inconsistent", "inconclusive", "passed", "errors")), row["note"]] for row in missed]) if missed else ""
    return page + f"\nSource: {', '.join(sorted({row['sources'] for row in rows}))}.\n\n"


def main():
    now = subprocess.run(["git", "rev-parse", "--short", "HEAD:Sources"], cwd=root,
                         capture_output=True, text=True).stdout.strip()
    page = """# Robustness

What was done to break the program, how often, and what came of it. Every table is written by a script in
`Robustness`; this page by `Robustness/report.py`. The last column is the git tree of `Sources` that was attacked.

"""
    page += section(
        "Readers under libFuzzer and AddressSanitizer", "fuzz",
        "`Robustness/fuzz.sh`. A crash, a memory error, a broken promise (a model that was read is valid; a certificate "
        "that was accepted is true; what is written is read again), 10 s or 1.5 GB for one input count as found.",
        ["reader", "inputs", "seconds", "edges covered", "peak MB", "found", "source"],
        lambda reader, inputs, seconds, covered, memory, crash, source:
            [READERS[reader], thousands(inputs), thousands(seconds), thousands(covered), memory, crash, source])
    page += section(
        "Archives, headers, endless text", "archives",
        "`Robustness/archives.py`. Every file is given to the commands that read its kind. The bound on memory is 64 MB "
        "and a factor, of the size of a file of text (DRN 8; PRISM, JSON and sweeps 20; certificates 30; CSV 40; stores "
        "8), or of what an archive unpacks to (3), which is at most 256 MiB and 100 times the file. The outcome is the "
        "sentence with which it was refused (exit code 65), or that it is a model and was read.",
        ["file", "reader", "bytes", "peak MB", "bound MB", "seconds", "outcome", "source"],
        lambda what, reader, size, *rest: [what, reader, thousands(size), *rest])
    page += section(
        "Numbers", "numbers",
        "`Robustness/numbers.sh`. Random models with adversarial scales (rewards from denormal to 1e300, masses down to "
        "1e−300, discounts up to 1 − 2⁻⁵³, twin actions) through every planner; bounds are compared with exact "
        "fractions (discounted, finite horizon) or checked by the independent checker (average, total). None was wrong.",
        ["criterion", "runs", "converged", "honestly not converged", "refused with a reason", "seconds", "source"],
        lambda name, runs, converged, honest, refused, seconds, source:
            [name, thousands(runs), thousands(converged), thousands(honest), thousands(refused), seconds, source])
    page += section(
        "Broken generators", "generators",
        "`Robustness/generators.sh`. Every sampler, drawn from generators of zeros, of ones, of both in turn and of period "
        "3: a draw ends within the words allowed to its rejection loops.",
        ["sampler", "draws", "most words of one draw", "allowed", "source"],
        lambda name, draws, most, limit, source: [name, thousands(draws), most, thousands(limit), source])
    page += section(
        "Stores", "store",
        "`Robustness/store.py`. The numbers are those of an undisturbed run, or a command refuses with a sentence.",
        ["attack", "cases", "seconds", "outcome", "source"],
        lambda name, cases, seconds, outcome, source:
            [ATTACKS[name], thousands(cases), seconds, outcome, source])
    page += section(
        "Determinism", "determinism", "`Robustness/determinism.sh`: one hash a variant.",
        ["what", "variants", "seconds", "outcome", "source"], lambda *cells: list(cells))
    page += section(
        "Sanitizers", "sanitize",
        "`make sanitize`. C and C++ are instrumented as Swift is. One object of Swift's library is excepted from "
        "ThreadSanitizer, by name: `Robustness/thread.supp`. Under LeakSanitizer a test is a group of calls, whose heap "
        "must not grow from round to round either.",
        ["sanitizer", "what", "tests", "seconds", "reports", "source"],
        lambda sanitizer, what, tests, *rest: [sanitizer, what, thousands(tests), *rest])
    page += section(
        "Load and safety", "load", "`Robustness/load.py`.",
        ["what", "seconds", "peak MB", "outcome", "source"], lambda *cells: list(cells))
    page += section(
        "What the program asks of the system", "safety",
        "`Robustness/safety.py`: each command under strace. Wrong would be a call of the network, another program "
        "started, a file changed outside the folder where the command runs. That the program takes no such function "
        "from its libraries is also a test (`Tests/CommandLineTests/SafetyTests.swift`).",
        ["command", "calls", "seconds", "wrong", "source"],
        lambda command, *cells: [f"`{command}`", *cells])
    page += section(
        "Estimates of memory", "memory",
        "`Robustness/load.py estimates`: the bytes that `MemoryNeed` asks for before a model is built, and what building "
        "and solving it took; the estimate must be between two thirds and one and a half times of that.",
        ["model", "estimate MB", "peak MB", "ratio", "source"], lambda *cells: list(cells))
    page += mutants()
    page += planted()
    page += found()
    page += f"`Sources` is now {now}; a row with another hash was made before the last change.\n"
    (root / "Reports" / "robustness.md").write_text(page)


if __name__ == "__main__":
    main()
