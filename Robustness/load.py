#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Large inputs, estimates of memory, hostile names. Writes results/load.tsv: what, seconds, peak MB, outcome, source;
and results/memory.tsv: model, estimate MB, peak MB, ratio, source.
"""

import csv
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree

root = pathlib.Path(__file__).resolve().parent.parent
program = pathlib.Path(os.environ.get("PROVABLY", root / ".build" / "release" / "provably"))
rows = []


def run(what, arguments, folder, limit_mb=None, seconds=None, codes=(0,), note=None, environment=()):
    """Runs the program; its time, its peak memory, and whether they are within the limits."""
    out = open(folder / "output", "w+")
    begin = time.time()
    process = subprocess.Popen([program, *map(str, arguments)], cwd=folder, stdout=out, stderr=out,
                               env={**os.environ, **dict(environment)})
    _, status, usage = os.wait4(process.pid, 0)
    taken, peak = time.time() - begin, usage.ru_maxrss / 1024
    out.seek(0)
    text = out.read()
    code = os.waitstatus_to_exitcode(status)
    problems = []
    if code not in codes:
        problems.append(f"exit code {code}: {text[-200:].strip()}")
    if limit_mb and peak > limit_mb:
        problems.append(f"more than {limit_mb} MB")
    if seconds and taken > seconds:
        problems.append(f"more than {seconds} s")
    outcome = "; ".join(problems) or (note(text) if note else "within the limits")
    rows.append([what, f"{taken:.1f}", f"{peak:.0f}", outcome])
    print("\t".join(rows[-1]), flush=True)
    return text


def sweeps(folder):
    """A sweep of a million cells: 500 environments of two states, one learner, 2000 trials."""
    environments = [f"twostate:leavefirst={0.1 + i * 0.0016:.4f}" for i in range(500)]
    specification = {"name": "load", "environments": environments, "horizon": 1, "episodes": 1,
                     "trials": 2000, "learners": [{"algorithm": "greedy"}]}
    (folder / "load.json").write_text(json.dumps(specification))
    run("sweep of 1,000,000 cells", ["sweep", "load.json", "--store", "load.db"], folder, limit_mb=300)
    run("its page, from the store", ["sweep", "load.json", "--store", "load.db", "--out", "page"], folder,
        limit_mb=300, seconds=10)


def models(folder):
    """10⁷ states: solved, or refused with an estimate before memory is taken."""
    run("random model, 10⁷ states, 10⁸ transitions", ["solve", "garnet:states=10000000,actions=2,branching=5",
        "--discount", "0.9", "--epsilon", "1e-3"], folder, codes=(0, 65),
        note=lambda text: "solved" if "converged" in text else text.strip().splitlines()[0][:120])
    run("a model of 10⁹ states", ["solve", "garnet:states=1000000000", "--discount", "0.9"], folder, limit_mb=64, seconds=1,
        codes=(65,), note=first)
    run("10¹⁵ stages", ["solve", "riverswim", "--horizon", 10**15], folder, limit_mb=64, seconds=1, codes=(65,), note=first)


def first(text):
    return (text.strip().splitlines() or [""])[0][:200]


ESTIMATED = ["garnet:states=10000000,actions=2,branching=5", "garnet:states=500000,actions=4,branching=10",
             "garnet:states=3000,actions=4,branching=3000", "riverswim:states=2000000", "combinationlock:length=2000000",
             "lowrank:states=400000,rank=20"]


def estimates(folder):
    """The estimate, from the refusal when little memory is allowed, beside what a solve takes."""
    table = []
    for model in ESTIMATED:
        arguments = ["solve", model, "--discount", "0.9", "--epsilon", "1e-3"]
        text = run(f"{model}, 64 MiB allowed", arguments, folder, limit_mb=64, seconds=1, codes=(65,), note=first,
                   environment=[("PROVABLY_MAX_MEMORY", "64MiB")])
        found = re.search(r"about ([0-9.]+) (MiB|GiB) of memory", text)
        estimate = float(found.group(1)) * {"MiB": 1 << 20, "GiB": 1 << 30}[found.group(2)] / 1e6 if found else 0
        run(f"{model}, solved", arguments, folder)
        peak = float(rows[-1][2]) * (1 << 20) / 1e6
        ratio = estimate / peak
        rows[-1][3] += "" if 2 / 3 <= ratio <= 1.5 else f"; the estimate is more than 1.5 away: {estimate:.0f} MB"
        table.append([model, f"{estimate:.0f}", f"{peak:.0f}", f"{ratio:.2f}", source()])
    (root / "Robustness" / "results" / "memory.tsv").write_text("".join("\t".join(row) + "\n" for row in table))


OWNED = "document.title='owned'"
EVIL = {
    "script": f"<script>{OWNED}</script>",
    "image": f"\"><img src=x id=owned onerror={OWNED}>",
    "single quote": f"' onload='{OWNED}' x='",
    "end of CDATA": f"]]><svg onload={OWNED}>",
    "end of a comment": f"--><script>{OWNED}</script><!--",
    "end of a title": f"</title></desc></style><script>{OWNED}</script>",
    "entity": "&amp;lt;script&gt; &#60;script&#62;",
    "control characters": "a\x01b\x1b[31mc\x7fd\x85e",
    "bidi overrides": "a\u202eb\u2066c\u200fd",
    "not characters": "a\ufffeb\uffffc",
}


def names(folder):
    """Names that are markup, wherever a user may put a name, are shown as text."""
    for what, evil in EVIL.items():
        model(folder, what, evil)
        figure(folder, what, evil)
    specification = {"name": EVIL["script"], "environments": ["twostate"], "horizon": 2, "episodes": 4, "trials": 2,
                     "learners": [{"algorithm": "greedy"}]}
    for field, value in [("name", EVIL["script"]), ("environments", [EVIL["script"]]),
                         ("learners", [{"algorithm": EVIL["script"]}])]:
        changed = {**specification, "name": "names", field: value}
        (folder / "names.json").write_text(json.dumps(changed))
        run(f"a sweep whose {field} is markup", ["sweep", "names.json", "--store", "names.db", "--out", "pages"], folder,
            codes=(65,), note=first)


def model(folder, what, evil):
    """A model whose names are hostile goes through every format that keeps names and comes back the same."""
    document = {"format": "provably-mdp/1", "name": evil, "states": 2, "actions": 2, "discount": 0.5,
                "stateNames": [evil, "s"], "actionNames": [evil, "b"], "labels": {evil: [0]},
                "choices": [{"state": s, "action": a, "reward": 0.5, "next": [[a, 1]]} for s in (0, 1) for a in (0, 1)]}
    (folder / "evil.json").write_text(json.dumps(document))
    problems = []
    run(f"a model named by {what}", ["solve", "evil.json", "--values", "v.csv", "--policy", "p.json", "--force"], folder)
    with open(folder / "v.csv", newline="") as file:
        if evil not in [cell for line in csv.reader(file) for cell in line]:
            problems.append("v.csv has another name")
    if evil not in json.loads((folder / "p.json").read_text()):
        problems.append("p.json has another name")
    for command in [["info", "evil.json"], ["query", "evil.json", "gaps"]]:
        said = subprocess.run([program, *command], cwd=folder, capture_output=True).stdout.decode(errors="replace")
        if any(ord(c) < 32 and c != "\n" for c in said):
            problems.append(f"{command[0]} prints control characters")
    for name in ["copy.json", "copy-2.json"]:
        form = "json" if name == "copy.json" else "gymnasium"
        subprocess.run([program, "convert", "evil.json", name, "--format", form, "--force"], cwd=folder, capture_output=True)
        copy = json.loads((folder / name).read_text()) if (folder / name).exists() else {}
        if evil not in [*copy.get("stateNames", []), *copy.get("state_names", [])]:
            problems.append(f"the {form} copy has another name")
    rows[-1][3] = "unescaped: " + ", ".join(problems) if problems else "the same name in every copy, as text"


def figure(folder, what, evil):
    """A figure whose title, axes and series are hostile: valid XML, and text in Chromium."""
    with open(folder / "evil.csv", "w", newline="") as file:
        csv.writer(file).writerows([[f"x{evil}", f"y{evil}", "series"], [1, 1, evil], [2, 2, evil]])
    run(f"a figure named by {what}", ["plot", "evil.csv", "-o", "evil.svg", "--force", f"--title={evil}", f"--subtitle={evil}",
        "--x", f"x{evil}", "--y", f"y{evil}", "--series", "series"], folder)
    if rows[-1][3] != "within the limits":
        return
    svg = (folder / "evil.svg").read_text()
    try:
        elements = {element.tag.split("}")[-1] for element in xml.etree.ElementTree.fromstring(svg).iter()}
    except xml.etree.ElementTree.ParseError as error:
        rows[-1][3] = f"unescaped: not XML: {error}"
        return
    problems = [f"an element {tag}" for tag in sorted(elements & {"script", "img", "image", "foreignObject"})]
    if not shutil.which("chromium"):
        sys.exit("error: chromium is missing; apt-get install chromium, or make check-pages, which installs it")
    (folder / "view.html").write_text(f"<!doctype html><title>safe</title>{svg}")
    for page in ["view.html", "evil.svg"]:
        dump = subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
                               f"file://{folder}/{page}"], capture_output=True, text=True, timeout=60).stdout
        title = re.search(r"<title[^>]*>(.*?)</title>", dump, re.S)
        if not title or (page == "view.html" and title.group(1) != "safe") or title.group(1) == "owned":
            problems.append(f"it ran in {page}")
        if re.search(r"<[^>]* id=.?owned", dump) or re.search(r"<(script|img)\b", dump):
            problems.append(f"an element was put into {page}")
    rows[-1][3] = "unescaped: " + ", ".join(problems) if problems else "valid XML, text in Chromium"


def source():
    return subprocess.run(["git", "rev-parse", "--short", "HEAD:Sources"], cwd=root, capture_output=True,
                          text=True).stdout.strip()


def main():
    chosen = sys.argv[1:] or ["names", "sweeps", "models", "estimates"]
    with tempfile.TemporaryDirectory() as work:
        for name in chosen:
            globals()[name](pathlib.Path(work))
    file = root / "Robustness" / "results" / "load.tsv"
    old = dict((line.split("\t")[0], line) for line in file.read_text().splitlines()) if file.exists() else {}
    for row in rows:
        old[row[0]] = "\t".join([*row, source()])
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(old.values()) + "\n")
    sys.exit(0 if all("more than" not in row[3] and "unescaped" not in row[3] and "exit code" not in row[3]
                      for row in rows) else 1)


main()
