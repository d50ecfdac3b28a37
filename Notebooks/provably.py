# SPDX-License-Identifier: Apache-2.0
"""The program `provably`, called from a notebook.

    run("check", "c.json", "frozenlake")          its text; an exception with its error line
    ask("solve", "taxi", "--discount", "0.99")    its JSON document, as a dict
    plot(frame, "round t", "regret", ...)         a pandas frame, drawn by `provably plot`
    figure("pages/ucbvi/figures/rate.svg")        a figure that a command wrote
    cells("bandits-lai-robbins")                  what `--export cells` wrote, as a frame

Every command runs in `folder`, an empty folder that is deleted at the end, so that file names are
short and nothing is left behind. Nothing else is hidden, with one exception: what differs from run
to run (times, memory, the version) is taken out of texts and documents, so that the outputs of a
notebook can be compared.

The program is the file that the variable PROVABLY names, else ../.build/release/provably beside
this file, else the first `provably` on the PATH.
"""
import atexit
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pandas
from IPython.display import SVG

folder = Path(tempfile.mkdtemp(prefix="provably-notebook-"))
atexit.register(shutil.rmtree, folder, ignore_errors=True)


class ProgramError(Exception):
    """The program ended with an exit code that was not expected; the message is its own."""


def program():
    """The path of the program."""
    if os.environ.get("PROVABLY"):
        return os.environ["PROVABLY"]
    built = Path(__file__).resolve().parent.parent / ".build" / "release" / "provably"
    found = str(built) if built.exists() else shutil.which("provably")
    if found is None:
        raise FileNotFoundError("there is no program provably; run `make build` first")
    return found


def run(*arguments, exit=0):
    """Runs a command and returns what it prints, times left out.

    `exit` is the expected exit code, or a tuple of those that are. If it is not 0, the lines of
    stderr are returned as well: a refusal is then the result. Any other code raises a ProgramError.
    """
    words = [str(argument) for argument in arguments]
    done = subprocess.run(
        [program(), *words], cwd=folder, capture_output=True, text=True,
        env={**os.environ, "NO_COLOR": "1"})
    if done.returncode not in (exit if isinstance(exit, tuple) else (exit,)):
        said = (done.stderr or done.stdout).strip()
        raise ProgramError(f"provably {' '.join(words)}: exit code {done.returncode}, "
                           f"expected {exit}\n{said}")
    text = done.stdout + (done.stderr if done.returncode else "")
    return re.sub(r",? *\b\d+(\.\d+)? (ms|s|min)\b", "", text).rstrip()


def ask(*arguments, exit=0):
    """Runs a command with --json and returns its document without times, memory and version."""
    return _steady(json.loads(run(*arguments, "--json", exit=exit)))


def _steady(value):
    if isinstance(value, dict):
        return {key: _steady(inner) for key, inner in value.items()
                if not key.endswith("Seconds") and key not in ("peakBytes", "version")}
    return [_steady(inner) for inner in value] if isinstance(value, list) else value


def figure(path):
    """Shows an SVG file of `folder`: light ground, readable on light and dark pages."""
    return SVG((folder / path).read_text())


def plot(frame, x, y, series=None, theory=(), low=None, high=None, log="", title="", subtitle=""):
    """Draws columns of a frame by `provably plot`; `log` is "x", "y" or "xy".

    `series` is the column that tells curves apart, at most four; those named in `theory` are
    bounds and drawn dashed. `low` and `high` are the columns of a band.
    """
    number = 1 + len(list(folder.glob("figure*.csv")))
    table, image = folder / f"figure{number}.csv", folder / f"figure{number}.svg"
    frame.to_csv(table, index=False)
    words = ["plot", table.name, "--x", x, "--y", y, "-o", image.name, "--title", title]
    words += ["--subtitle", subtitle] if subtitle else []
    words += ["--series", series] if series else []
    words += ["--low", low, "--high", high] if low else []
    for name in theory:
        words += ["--theory", name]
    words += [f"--log-{axis}" for axis in log]
    run(*words)
    return figure(image.name)


def cells(name):
    """Reads cells/NAME.csv of `folder` as a frame, one row a trial.

    If a trial is a curve (columns like "regret at 10"), the frame has one row a trial and
    checkpoint, with the columns "at" and "regret" instead.
    """
    frame = pandas.read_csv(folder / "cells" / f"{name}.csv")
    curves = [column for column in frame if re.search(r" at [\d.e+]+$", column)]
    if not curves:
        return frame
    measured = curves[0].rsplit(" at ", 1)[0]
    kept = [column for column in frame if column not in curves]
    long = frame.melt(id_vars=kept, value_vars=curves, var_name="at", value_name=measured)
    long["at"] = long["at"].str.rsplit(" at ", n=1).str[1].astype(float)
    return long
