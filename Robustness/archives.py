#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Hostile files for every reader. Writes results/archives.tsv: case, reader, bytes, peak MB, bound MB, seconds, outcome, source.

Each file is made in a temporary folder by hostile.py, given to the commands that read its kind, and refused with one
sentence and exit code 65, or read when it is a model after all. The peak of memory must stay below

    CONSTANT + FACTOR[reader] x size of the file                                (text)
    CONSTANT + FACTOR[reader] x min(what it unpacks to, 256 MiB + 100 x size)   (archives)

and the time below SECONDS + one second for each 4 MB of file and each 100 MB of what may be unpacked. A file that
exceeds them ends this program with code 1. The list is hostile_cases.py. Names given as arguments choose readers: archives.py npz umb.
"""

import concurrent.futures
import multiprocessing
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time

from hostile_cases import CASES, MIB, legitimate_cases, npz_cases, other_cases, program, root, text_cases, umb_cases

MB = 1e6
CONSTANT = 64
FACTOR = {"npz": 3, "umb": 3, "drn": 8, "prism": 20, "json": 20, "gymnasium": 20, "certificate": 30, "sweep": 20,
          "csv": 40, "store": 8}
SECONDS = 5
RATE, UNPACKING = 4e6, 1e8


def commands(reader, name):
    if reader == "certificate":
        return [["check", name, "twostate"]]
    if reader == "sweep":
        return [["sweep", name, "--store", "sweep.db"]]
    if reader == "csv":
        return [["plot", name, "-o", "plot.svg", "--force"]]
    if reader == "store":
        return [["store", "list", name], ["store", "check", name], ["merge", name, "--into", "merged.db"]]
    return [["info", name], ["solve", name, "--discount", "0.9", "--epsilon", "1e-3"]]


def limits():
    """No command may take the machine down with it: 12 GiB of addresses, no core file."""
    resource.setrlimit(resource.RLIMIT_AS, (12 << 30, 12 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(arguments, folder, seconds):
    """Exit code (negative: a signal), what was said, peak MB, seconds."""
    with open(folder / "said", "w+b") as out:
        begin = time.monotonic()
        process = subprocess.Popen([program, *arguments], cwd=folder, stdout=out, stderr=out, preexec_fn=limits)
        killer = None
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() - begin > 3 * seconds and not killer:
                killer = True
                os.kill(process.pid, signal.SIGKILL)
            time.sleep(0.005)
        taken = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read(4 * MIB).decode(errors="replace").strip()
    return process.returncode, said, usage.ru_maxrss * 1024 / MB, taken


def sentence(said, name):
    """The error, or the first line of the answer; bounded and without what a table cannot show."""
    lines = said.splitlines() or [""]
    line = next((line for line in lines if line.startswith("error: ")), lines[0])
    return line.removeprefix("error: ").removeprefix(f"{name}: ").removeprefix(f"{name}, ").replace("\t", " ")


def attack(small, reader, what, name, make, unpacked, read, folder):
    """One row of the table, and what is wrong with it."""
    (folder / name).write_bytes(make())
    size = (folder / name).stat().st_size
    content = size if unpacked is None else min(unpacked + size, 256 * MIB + 100 * size)
    bound, slowest = CONSTANT + FACTOR[reader] * content / MB, SECONDS + size / RATE + content / UNPACKING
    wrong, peak, seconds, outcomes = [], 0, 0, []
    for arguments in commands(reader, name):
        code, said, memory, taken = small.submit(run, arguments, folder, slowest).result()
        peak, seconds = max(peak, memory), max(seconds, taken)
        line = sentence(said, name)
        outcomes.append("read" if code == 0 else line)
        problems = []
        if code != (0 if read else 65) and not (reader == "store" and code in (1, 2)):
            problems.append(f"exit code {code}")
        errors = [line for line in said.splitlines() if line.startswith("error: ")]
        if code == 65 and (len(errors) != 1 or len(errors[0]) > 1000 or len(said) > 1500):
            problems.append(f"{len(errors)} errors, {len(said)} characters")
        if any(ord(c) < 32 or 127 <= ord(c) < 160 or 0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in line):
            problems.append("control characters in the message")
        if memory > bound:
            problems.append(f"{memory:.0f} MB of at most {bound:.0f}")
        if taken > slowest:
            problems.append(f"{taken:.1f} s of at most {slowest:.1f}")
        wrong += [f"{arguments[0]}: {problem}" for problem in problems]
    left = {file.name for file in folder.iterdir()} - {name, "said", "sweep.db", "plot.svg", "merged.db"}
    left = {file for file in left if not file.startswith(("sweep.db", "merged.db", "s.db"))}
    if left:
        wrong.append(f"left behind: {sorted(left)}")
    outcome = " / ".join(dict.fromkeys(outcomes))[:300]
    for file in folder.iterdir():
        file.unlink()
    return [what, reader, str(size), f"{peak:.0f}", f"{bound:.0f}", f"{seconds:.1f}", outcome], wrong


def main():
    for make in (npz_cases, umb_cases, legitimate_cases, text_cases, other_cases):
        make()
    chosen = set(sys.argv[1:])
    rows, failures = [], 0
    # A child counts the memory of the process that started it as its own: so a small process starts the commands.
    small = concurrent.futures.ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
    with tempfile.TemporaryDirectory() as work, small:
        for case in CASES:
            if chosen and case[0] not in chosen:
                continue
            row, wrong = attack(small, *case, pathlib.Path(work))
            rows.append(row)
            failures += bool(wrong)
            print("\t".join(row) + "".join(f"\tWRONG {problem}" for problem in wrong), flush=True)
    source = subprocess.run(["git", "rev-parse", "--short", "HEAD:Sources"], cwd=root, capture_output=True,
                            text=True).stdout.strip()
    file = root / "Robustness" / "results" / "archives.tsv"
    if not chosen and not failures:
        file.write_text("".join("\t".join([*row, source]) + "\n" for row in rows))
    print(f"{len(rows)} files, {failures} wrong")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
