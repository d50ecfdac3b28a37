#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes Reports/robustness.md from the tables in Robustness/results; nothing in the page is written by hand.

A table that is missing is named as not run. What was found and mended comes from found.tsv, one line a defect, with the
test that keeps it mended; the test must exist.
"""

import pathlib
import subprocess
import sys

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
    right = {"inputs", "seconds", "edges covered", "runs", "cases", "tests", "peak MB", "variants", "reports",
             "killed", "survived", "equivalent"}
    lines = [header, ["---:" if column in right else "---" for column in header], *rows]
    # Outside code a name that is markup must not become markup here either.
    shown = [[cell if "`" in cell else cell.replace("<", "&lt;") for cell in line] for line in lines]
    return "".join("| " + " | ".join(line) + " |\n" for line in shown)


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
    alive = [[row[0], row[1], f"`{row[2]}`", f"`{row[3]}`", row[5]] for row in rows[1:] if row[4] == "survived"]
    return page + markdown(["file", "kind", "original", "mutated", "note"], alive) + "\n"


def planted():
    """The table of planted.sh, whose first line names the columns."""
    header, *rows = table("planted")
    return ("## Planted false claims\n\n`make planted`: each criterion, fed with a false measurement.\n\n"
            + markdown(header, rows) + "\n")


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
        "Numbers", "numbers",
        "`Robustness/numbers.sh`. Random models with adversarial scales (rewards from denormal to 1e300, masses down to "
        "1e−300, discounts up to 1 − 2⁻⁵³, twin actions) through every planner; bounds are compared with exact "
        "fractions (discounted, finite horizon) or checked by the independent checker (average, total). None was wrong.",
        ["criterion", "runs", "converged", "honestly not converged", "refused with a reason", "seconds", "source"],
        lambda name, runs, converged, honest, refused, seconds, source:
            [name, thousands(runs), thousands(converged), thousands(honest), thousands(refused), seconds, source])
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
    page += mutants()
    page += planted() if table("planted") else ""
    page += found()
    page += f"`Sources` is now {now}; a row with another hash was made before the last change.\n"
    (root / "Reports" / "robustness.md").write_text(page)


if __name__ == "__main__":
    main()
