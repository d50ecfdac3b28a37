#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Large inputs and hostile names. Writes results/load.tsv: what, seconds, peak MB, outcome, source."""

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

root = pathlib.Path(__file__).resolve().parent.parent
program = root / ".build" / "release" / "provably"
rows = []


def run(what, arguments, folder, limit_mb=None, seconds=None, codes=(0,), note=None):
    """Runs the program; its time, its peak memory, and whether they are within the limits."""
    out = open(folder / "output", "w+")
    begin = time.time()
    process = subprocess.Popen([program, *map(str, arguments)], cwd=folder, stdout=out, stderr=out)
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


def names(folder):
    """A model and a claim that carry markup in their names are shown as text."""
    evil = "<script>document.title='owned'</script>"
    model = {"format": "provably-mdp/1", "name": evil, "states": 1, "actions": 1, "discount": 0.5,
             "stateNames": [evil], "choices": [{"state": 0, "action": 0, "reward": 0.5, "next": [[0, 1]]}]}
    (folder / "evil.json").write_text(json.dumps(model))
    specification = {"name": evil, "environments": [str(folder / "evil.json"), "twostate"], "horizon": 2,
                     "episodes": 4, "trials": 2, "learners": [{"algorithm": "greedy"}]}
    (folder / "names.json").write_text(json.dumps(specification))
    text = run("a sweep named <script>", ["sweep", "names.json", "--store", "names.db", "--out", "pages"], folder,
               codes=(0, 65), note=lambda text: "see below")
    pages = [file for file in (folder / "pages").rglob("*") if file.suffix in (".html", ".svg", ".md")] \
        if (folder / "pages").exists() else []
    unescaped = [file.name for file in pages if "<script>document" in file.read_text()]
    rows[-1][3] = f"unescaped in {unescaped}" if unescaped else (
        f"shown as text in {len(pages)} files" if pages else text.strip().splitlines()[0][:120])
    (folder / "evil.csv").write_text(f"x,y,series\n1,1,{evil}\n2,2,{evil}\n")
    run("a plot of a series named <script>", ["plot", "evil.csv", "-o", "evil.svg", "--title", evil], folder)
    svg = (folder / "evil.svg").read_text()
    rows[-1][3] = "unescaped" if "<script>" in svg else "shown as text"
    if shutil.which("chromium"):
        (folder / "view.html").write_text(f"<title>safe</title>{svg}")
        dump = subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
                               f"file://{folder}/view.html"], capture_output=True, text=True, timeout=60).stdout
        title = re.search(r"<title>(.*?)</title>", dump)
        rows[-1][3] += ", in Chromium too" if title and title.group(1) == "safe" else ", but it ran in Chromium"


def main():
    chosen = sys.argv[1:] or ["names", "sweeps", "models"]
    with tempfile.TemporaryDirectory() as work:
        for name in chosen:
            globals()[name](pathlib.Path(work))
    source = subprocess.run(["git", "rev-parse", "--short", "HEAD:Sources"], cwd=root,
                            capture_output=True, text=True).stdout.strip()
    file = root / "Robustness" / "results" / "load.tsv"
    old = dict((line.split("\t")[0], line) for line in file.read_text().splitlines()) if file.exists() else {}
    for row in rows:
        old[row[0]] = "\t".join([*row, source])
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(old.values()) + "\n")
    sys.exit(0 if all("more than" not in row[3] and "unescaped" not in row[3] and "exit code" not in row[3]
                      for row in rows) else 1)


main()
