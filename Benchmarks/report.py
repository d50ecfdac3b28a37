# SPDX-License-Identifier: Apache-2.0
"""Writes the report from results.csv alone: README.md and two figures.

    python3 report.py [FOLDER]      FOLDER/results.csv -> FOLDER/README.md, time.svg, bandwidth.svg

Standard library only, and the same bytes for the same results.csv.
"""

import csv
import math
import re
import statistics
import sys
from pathlib import Path

from figures import Panel, Series, bandwidth_figure, time_figure
from instances import Instance, all_instances

COLUMNS = [
    "sources", "processor", "instance", "family", "size", "criterion", "solver", "version", "method",
    "status",
    "reason", "seconds", "threads", "repetitions", "all_seconds", "load_seconds", "load_average", "iterations",
    "error", "reference_half_width", "gap", "verified", "states", "choices", "entries",
    "bytes_per_pass", "passes", "passes_are", "gb_s", "sweep_gb_s", "peak_mb", "solve_peak_mb",
    "note",
]

OURS = "provably"
NAMES = {
    "provably": "Provably", "quantecon": "QuantEcon", "storm": "Storm", "mdpsolver": "mdpsolver",
    "pymdptoolbox": "pymdptoolbox", "mdpax": "mdpax", "numpy": "NumPy",
}
METHODS = {"mpi": "MPI", "pi": "PI", "vi": "VI", "gs": "GS", "finite": "", "factors": "factors"}
DRAWN = ["provably", "quantecon", "storm", "mdpsolver"]


def package(solver: str) -> str:
    """The package of a solver's name."""
    return solver.split("-")[0]


def display(solver: str) -> str:
    """A solver's name for people."""
    name, _, method = solver.partition("-")
    return f"{NAMES[name]} {METHODS.get(method, method)}".strip()


def number(text: str) -> float | None:
    """A number of results.csv; `None` where there is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def digits(value: float | None, unit: str = "") -> str:
    """Three significant digits, never in powers of ten."""
    if value is None:
        return "–"
    if value == 0:
        return "0" + unit
    places = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:.{places}f}{unit}"


def percent(share: float) -> str:
    """A share in percent, with two digits when it is small."""
    return f"{100 * share:.0f} %" if share >= 0.0995 else f"{100 * share:.2g} %"


class Results:
    """The rows of results.csv, by instance and solver."""

    def __init__(self, path: Path):
        with open(path, newline="") as file:
            rows = list(csv.DictReader(file))
        self.rows = [row for row in rows if row["instance"] != "machine"]
        self.machine = [row for row in rows if row["instance"] == "machine"]
        self.by_key = {(row["instance"], row["solver"]): row for row in self.rows}

    def fact(self, name: str) -> str:
        return next((row["note"] for row in self.machine if row["solver"] == name), "unknown")

    def roof(self, threads: int) -> list[tuple[float, float]]:
        """(bytes, GB/s) of the bandwidth probe."""
        return [
            (float(row["size"]), float(row["gb_s"])) for row in self.machine
            if row["solver"] == f"read {threads} threads"]

    @property
    def bandwidth(self) -> float | None:
        """What two threads read from main memory: the greatest working set of the probe."""
        return max(self.roof(2), default=(0, None))[1]

    def mark(self, row: dict) -> str:
        """What marks a number that was measured on a processor other than the page's."""
        return "" if row["processor"] == self.fact("cpu") else "°"

    def other_processors(self) -> list[str]:
        """The processors that some rows were measured on, the page's left out."""
        return sorted({row["processor"] for row in self.rows} - {self.fact("cpu")})

    def ours(self, instance: Instance) -> dict | None:
        return self.by_key.get((instance.name, OURS))

    def seconds(self, row: dict | None) -> float | None:
        """The median of a right answer."""
        return number(row["seconds"]) if row and row["status"] == "ok" else None

    def best_rival(self, instance: Instance) -> dict | None:
        """The fastest rival whose values are right."""
        rows = [
            row for (name, solver), row in self.by_key.items()
            if name == instance.name and solver != OURS and self.seconds(row) is not None]
        return min(rows, key=lambda row: (float(row["seconds"]), row["solver"]), default=None)


class Line:
    """What the report says about one instance."""

    def __init__(self, results: Results, instance: Instance):
        self.instance = instance
        self.row = results.ours(instance)
        self.seconds = results.seconds(self.row)
        self.rival = results.best_rival(instance)
        rival_seconds = results.seconds(self.rival)
        self.ratio = rival_seconds / self.seconds if rival_seconds and self.seconds else None
        self.gb_s = number(self.row["gb_s"]) if self.row else None
        self.peak_mb = number(self.row["peak_mb"]) if self.row else None
        self.share = (
            self.gb_s / results.bandwidth if self.gb_s and results.bandwidth else None)
        # A rival that was tried and gave no right answer in its time is slower than that.
        tried = [
            row for row in results.rows
            if row["instance"] == instance.name and row["solver"] != OURS
            and row["status"] in ("timeout", "skipped", "wrong", "failed")]
        self.rivals_gave_up = bool(tried) and self.rival is None

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; `None` when that cannot be said."""
        target = self.instance.target
        if target is None or self.row is None:
            return None
        if self.seconds is None:
            return False
        checks = []
        if target.seconds is not None:
            checks.append(self.seconds < target.seconds)
        if target.megabytes is not None:
            checks.append(self.peak_mb is not None and self.peak_mb < target.megabytes)
        if target.ratio is not None:
            checks.append(self.rivals_gave_up or (self.ratio or 0) >= target.ratio)
        if target.bandwidth is not None:
            # A bound from above on the passes proves nothing about the bandwidth, except that
            # over a horizon H passes are what every other method needs.
            sure = self.row["passes_are"] != "atMost" or self.instance.horizon is not None
            checks.append(sure and (self.share or 0) >= target.bandwidth)
        return any(checks) if target.either else all(checks)


# MARK: Scaling


def exponent(points: list[tuple[float, float]]) -> float | None:
    """The slope of log y against log x by least squares."""
    if len(points) < 3:
        return None
    xs = [math.log(x) for x, _ in points]
    ys = [math.log(y) for _, y in points]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / sum((x - mx) ** 2 for x in xs)


def scaling_families(results: Results) -> list[tuple[str, str, list[dict]]]:
    """(family, criterion, our rows) wherever at least three sizes were solved."""
    groups: dict[tuple[str, str], list[dict]] = {}
    for instance in all_instances():
        row = results.ours(instance)
        if instance.size.startswith("1e") and results.seconds(row) is not None:
            groups.setdefault((instance.family, instance.criterion), []).append(row)
    return [(f, c, rows) for (f, c), rows in groups.items() if len(rows) >= 3]


# MARK: Markdown


def table(header: list[str], right: list[bool], rows: list[list[str]]) -> list[str]:
    """A Markdown table."""
    lines = ["| " + " | ".join(header) + " |"]
    lines.append("|" + "|".join("---:" if r else "---" for r in right) + "|")
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def finding(results: Results, lines: list[Line]) -> str:
    """The summary line, which the project's README repeats."""
    judged = [line for line in lines if line.reached is not None]
    compared = sorted(line.ratio for line in judged if line.ratio is not None)
    alone = sum(line.rivals_gave_up for line in judged)
    slower = [line for line in judged if line.ratio is not None and line.ratio < 1]
    text = f"{sum(line.reached for line in judged)} of {len(judged)} targets reached"
    if compared:
        middle = compared[len(compared) // 2]
        text += (
            f"; where a rival is right in time, the best one takes {digits(compared[0])} to "
            f"{digits(compared[-1])} times our time (median {digits(middle)})")
    if alone:
        text += f"; on {alone} no rival is"
    if slower:
        text += "; slower than a rival on " + ", ".join(line.instance.name for line in slower)
    return text + "."


PASSES = {"exact": "", "atMost": "≤ ", "atLeast": "≥ "}


def main_table(results: Results, lines: list[Line]) -> list[str]:
    """The table of the issue: ours, the best rival, the target, the bandwidth, the memory."""
    rows = []
    for line in lines:
        row = line.row
        if row is None:
            continue
        sign = PASSES.get(row["passes_are"], "")
        ours = digits(line.seconds) if line.seconds else f"{digits(number(row['seconds']))} " + (
            row["status"] if row["status"] != "ok" else "")
        ours = ours.strip() + results.mark(row)
        rival, theirs = "none", "–"
        if line.rival:
            rival = display(line.rival["solver"])
            theirs = digits(number(line.rival["seconds"])) + results.mark(line.rival)
        elif line.rivals_gave_up:
            rival = "none in time"
        reached = {True: "yes", False: "**no**", None: "–"}[line.reached]
        rows.append([
            line.instance.family, line.instance.size, line.instance.criterion, ours,
            row["method"], rival, theirs, digits(line.ratio, "×") if line.ratio else "–",
            line.instance.target.text() if line.instance.target else "–", reached,
            sign + digits(line.gb_s) if line.gb_s else "–",
            sign + percent(line.share) if line.share else "–",
            row["peak_mb"] or "–", row["load_average"]])
    header = [
        "family", "size", "γ or H", "ours, s", "method", "best rival", "its s", "ratio", "target",
        "reached", "GB/s", "of bandwidth", "peak MB", "load"]
    right = [h in ("ours, s", "its s", "ratio", "GB/s", "of bandwidth", "peak MB", "load")
             for h in header]
    return table(header, right, rows)


def rival_table(results: Results, instances: list[Instance]) -> list[str]:
    """Every solver on every instance: seconds, or what happened instead."""
    solvers = [OURS] + sorted({row["solver"] for row in results.rows} - {OURS})
    rows = []
    for instance in instances:
        cells = []
        for solver in solvers:
            row = results.by_key.get((instance.name, solver))
            if row is None:
                cells.append("")
            elif row["status"] == "ok":
                cells.append(digits(number(row["seconds"])) + results.mark(row))
            elif row["status"] == "wrong":
                cells.append(
                    f"{digits(number(row['seconds']))}{results.mark(row)}, off by {row['error']}")
            else:
                cells.append(row["status"] + results.mark(row))
        rows.append([instance.name] + cells)
    return table(
        ["instance"] + [display(s) for s in solvers], [False] + [True] * len(solvers), rows)


def scaling_section(results: Results) -> list[str]:
    """The fitted exponents, and why mazes grow as they do."""
    groups = scaling_families(results)
    if not groups:
        return []
    rows = []
    for family, criterion, measured in groups:
        points = [(float(row["states"]), float(row["seconds"])) for row in measured]
        slope = exponent(points)
        work = exponent([
            (float(row["states"]), float(row["passes"]) * float(row["entries"]))
            for row in measured if row["passes_are"] == "exact"])
        verdict = "–" if family == "maze" else "yes" if slope < 1.1 else "**no**"
        rows.append([
            family, criterion, ", ".join(row["size"] for row in measured), f"{slope:.4f}", verdict,
            "–" if work is None else f"{work:.2f}",
            ", ".join(digits(1e9 * float(r["seconds"]) / float(r["entries"])) for r in measured),
            ", ".join(f"{r['iterations']} {r['method']}" for r in measured)])
    text = [
        "## Scaling", "",
        "The exponent e of seconds ∝ states^e, by least squares on logarithms; the entries of P are "
        "proportional to the states within a family. Entries read: the exponent of the entries of P that a "
        "solve read; what the time grows faster is the price of an entry, since v and P leave one "
        "cache after the other.", "",
    ] + table(
        [
            "family", "γ", "states", "exponent", "below 1.1", "entries read", "ns an entry",
            "iterations"],
        [False, True, False, True, False, True, False, False], rows)
    maze = next((m for f, c, m in groups if f == "maze"), None)
    if maze:
        text += maze_growth(maze)
    return text + [""]


def way_to_goal(row: dict) -> float | None:
    """The greatest distance to a goal, in steps, that our solve of a maze reported."""
    found = re.search(r"at most (\d+) steps away", row["note"])
    return float(found.group(1)) if found else None


def maze_growth(maze: list[dict]) -> list[str]:
    """What the time of mazes is made of, by counts that the solves reported."""
    ways = {"states": [], "way": [], "sweeps": [], "cost": []}
    rows = []
    for row in maze:
        states, sweeps = float(row["states"]), float(row["iterations"])
        way, cost = way_to_goal(row), float(row["seconds"]) / sweeps
        ways["sweeps"].append((states, sweeps))
        ways["cost"].append((states, cost))
        if way:
            ways["way"].append((states, way))
        rows.append([
            row["size"], f"{states:.0f}", f"{way:.0f}" if way else "–", f"{sweeps:.0f}",
            digits(1e3 * cost), digits(1e9 * cost / float(row["entries"])), row["method"]])
    slopes = {name: exponent(points) for name, points in ways.items() if points}
    shown = {name: "–" if slope is None else f"{slope:.2f}" for name, slope in slopes.items()}
    rows.append([
        "exponent", "1", shown.get("way", "–"), shown["sweeps"], shown["cost"], "", ""])
    return [
        "",
        "Mazes at .9999: the time is sweeps times the cost of a sweep. News of the goal must travel "
        "the way to it, whose length grows with the side of the maze; sweeps outward from the goal "
        "carry it far in one pass, so their number may grow less than the way does.", "",
    ] + table(
        ["maze", "states", "steps to the farthest goal", "sweeps", "ms a sweep", "ns an entry",
         "method"], [False, True, True, True, True, True, False], rows)


def machine_section(results: Results) -> list[str]:
    """What it ran on."""
    packages = ", ".join(
        f"{NAMES[package(p)] if p != 'stormpy' else 'stormpy (Storm)'} {results.fact(p)}"
        for p in ("quantecon", "stormpy", "mdpsolver", "pymdptoolbox", "mdpax", "numpy"))
    loads = sorted(filter(None, (number(row["load_average"]) for row in results.rows)))
    rows = [
        ["CPU", results.fact("cpu")], ["memory", results.fact("memory")],
        ["system", results.fact("system")], ["Swift", results.fact("swift")],
        ["Python", results.fact("python")], ["packages", packages],
        ["read bandwidth", ", ".join(
            f"{digits(max(results.roof(t), default=(0, None))[1])} GB/s with {t} thread"
            + ("s" if t > 1 else "") for t in (1, 2)) + ", over 1 GiB"],
        ["load average", f"{loads[0]:.2f} to {loads[-1]:.2f}, median {loads[len(loads) // 2]:.2f}"
         if loads else "unknown"],
        ["sources", ", ".join(sorted({row["sources"] for row in results.rows}))],
    ]
    return table(["", ""], [False, False], rows)


def spread(results: Results) -> str:
    """How far apart our rounds were, in a sentence."""
    spreads = []
    for row in results.rows:
        rounds = [[float(x) for x in part.split()] for part in row["all_seconds"].split("|")]
        if row["solver"] == OURS and len(rounds) > 1:
            medians = [statistics.median(x) for x in rounds]
            spreads.append((max(medians) / min(medians), row["instance"]))
    if not spreads:
        return ""
    spreads.sort()
    return (
        f"Our slowest round took {digits(spreads[len(spreads) // 2][0])} times as long as our best on the "
        f"middle instance, {digits(spreads[-1][0])} times on the worst ({spreads[-1][1]}).")


def method_section(results: Results) -> list[str]:
    """How the numbers were made."""
    return [
        "## How", "",
        "- **Time** is solve time in one process per solver, the model in memory in the solver's "
        "own form, after a warm-up on a toy model (NumPy, numba and JAX compile there). Ours and "
        "the rivals run in turn, in two rounds of seven repetitions, one with one thread for BLAS and "
        "OpenMP and one with two; where a rival too solves in 10 s, in six. Whoever is more than ten "
        "times slower than the fastest, or takes more than 20 s, has only the first round; no repetition "
        "begins after 5 s, or after 50 s in the second round. Everyone is given the median of the best "
        "round, because the machine's speed changes from minute to minute and from process to process. "
        + spread(results) + " A solve may take 60 s.",
        "- **Right** means within 10⁻⁶ of a reference in every state, beyond the reference's own "
        "certified half-width. The reference is solved for a gap of 10⁻⁷, and the checker has "
        "verified its certificate. Everyone is asked for the same: Provably for a gap of 2·10⁻⁶, of "
        "which it returns the middle; QuantEcon epsilon = 2·10⁻⁶ (its values are within half of "
        "it); Storm an absolute precision of 10⁻⁶; mdpsolver, pymdptoolbox and mdpax (max_diff) "
        "10⁻⁶. Only Provably's time includes finding two-sided bounds.",
        "- **GB/s**: the bytes of P that a solve read (8 an entry; in compressed rows 12, and 8 a "
        "row), a second. Modified policy iteration counts the rows it reads. Other methods pass over "
        "rows that cannot win without counting: ≤ takes every iteration as one reading of all of P, "
        "so more than the bandwidth means that no method that reads P as often could be as fast; ≥ "
        "leaves out a part. Policy iteration has no number: most of its work is not in sweeps. "
        "Of bandwidth: against what two threads read over 1 GiB; a smaller model can exceed it in a "
        "cache.",
        "- **Memory** is the peak resident set of the whole process, reading the file included; for "
        "Python with its libraries.",
        "- Every choice that may end an episode leads rivals to an extra state, as they want rows "
        "that sum to 1. mdpsolver gets a new model before each solve, since a second one would be a "
        "warm start. No package takes a low-rank model; the NumPy baseline there is ours, value "
        "iteration in factors with MacQueen bounds in 20 lines.",
        "- A rival that runs out of time is not tried on larger sizes or discounts of that family "
        "(*skipped*).",
        "- results.csv names the version of the sources that each row was measured with. Rivals more than "
        "ten times behind the best one were not all measured again with the latest; rows of earlier sources "
        "may have had fewer rounds or repetitions. It keeps the seconds of every round.",
        *[f"- °: measured on another processor, {name}." for name in results.other_processors()], "",
    ]


def write_report(folder: Path) -> None:
    """README.md and the figures of a folder with results.csv."""
    results = Results(folder / "results.csv")
    instances = [i for i in all_instances() if results.ours(i)]
    lines = [Line(results, instance) for instance in instances]
    (folder / "time.svg").write_text(time_figure(time_panels(results)), encoding="utf-8")
    (folder / "bandwidth.svg").write_text(
        bandwidth_figure(
            {t: results.roof(t) for t in (1, 2)}, *bandwidth_points(results, instances)),
        encoding="utf-8")
    page = [
        "<!-- SPDX-License-Identifier: Apache-2.0. Written by Benchmarks/report.py; edit that. -->",
        "# Benchmarks: exact solvers of Markov decision processes", "",
        "> Finding: " + finding(results, lines), "",
        "![time against size](time.svg)", "",
        "Time to values within 10⁻⁶ of V*, against the entries of P; each point is the package's "
        "fastest method that is right. Dashed: growth in proportion to the entries. A hollow mark on "
        "an arrow: no right answer within the time limit.", "",
    ]
    page += main_table(results, lines) + [""]
    page += [
        "![memory bandwidth](bandwidth.svg)", "",
        "How fast our sweeps read P, against the machine's read bandwidth at the same working set "
        "(dashed: one and two threads): Bellman sweeps that read all of it, by the kernels of the "
        "library on two threads. What is missing to the roof goes into gathers of v, maxima and, for "
        "small models, starting threads; planners use one thread there.", "",
    ]
    page += scaling_section(results)
    page += ["## Every solver, seconds", ""] + rival_table(results, instances) + [""]
    page += method_section(results)
    page += ["## Machine", ""] + machine_section(results) + [""]
    page += [
        "## Reproduce", "", "    make bench          # everything: an hour or so",
        "    make bench-quick    # small sizes, minutes, into Benchmarks/.quick",
        "    python3 Benchmarks/report.py    # this page again from results.csv", "",
    ]
    (folder / "README.md").write_text("\n".join(page), encoding="utf-8")


# MARK: What the figures show


def time_panels(results: Results) -> list[Panel]:
    """One panel a family."""
    choices = [
        ("dense", "0.999", "dense Garnet"), ("sparse b=5", "0.99", "sparse Garnet, 5 successors"),
        ("sparse b=10", "0.99", "sparse Garnet, 10 successors"),
        ("sparse b=5", "0.999", "sparse Garnet, 5 successors"),
        ("local w=50", "0.999", "local Garnet, window 50"),
        ("maze", "0.9999", "maze with slips"),
    ]
    panels = []
    for family, criterion, title in choices:
        members = [
            i for i in all_instances() if (i.family, i.criterion) == (family, criterion)
            and results.ours(i) and results.ours(i)["entries"]]
        members.sort(key=lambda i: float(results.ours(i)["entries"]))
        series = []
        for name in DRAWN:
            points, gave_up = [], []
            for instance in members:
                entries = float(results.ours(instance)["entries"])
                rows = [
                    row for (key, solver), row in results.by_key.items()
                    if key == instance.name and package(solver) == name]
                right = [s for s in (results.seconds(row) for row in rows) if s is not None]
                if right:
                    points.append((entries, min(right)))
                elif rows:
                    gave_up.append(entries)
            if points or gave_up:
                series.append(Series(NAMES[name], DRAWN.index(name), points, gave_up))
        panels.append(Panel(title, f"γ = {criterion}", series))
    return panels


def bandwidth_points(results: Results, instances: list[Instance]):
    """(bytes, GB/s) of our sweeps over dense and over compressed rows, one point a model."""
    groups: list[dict[float, float]] = [{}, {}]
    for instance in instances:
        row = results.ours(instance)
        speed, size = number(row["sweep_gb_s"]), number(row["bytes_per_pass"])
        if speed and size:
            group = groups[0] if instance.family in ("dense", "finite") else groups[1]
            group[size] = max(speed, group.get(size, 0))
    return [sorted(group.items()) for group in groups]


if __name__ == "__main__":
    default = Path(__file__).resolve().parent.parent / "Reports/benchmarks"
    write_report(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
