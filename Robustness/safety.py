#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the program asks of the system: every command under strace.

No system call of the network, no other program started, and nothing written, made, renamed or removed outside the
folder where it runs. Writes results/safety.tsv: command, system calls, seconds, outcome, source.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

root = pathlib.Path(__file__).resolve().parent.parent
program = root / ".build" / "release" / "provably"
COMMANDS = [
    ["list", "models"], ["help"], ["claims"],
    ["make", "riverswim", "--out", "river.json"],
    ["convert", "river.json", "river.npz"],
    ["convert", "river.json", "river.umb"],
    ["info", "river.npz"],
    ["solve", "river.umb", "--discount", "0.95", "--values", "v.csv", "--certificate", "c.json"],
    ["solve", "river.json", "--discount", "0.95", "--exact"],
    ["solve", "garnet:states=50000,branching=5", "--discount", "0.95", "--method", "auto"],
    ["check", "c.json", "river.umb"],
    ["measure", "river.json", "--discount", "0.95"],
    ["query", "river.json", "gaps", "--discount", "0.95"],
    ["demo", "exact"],
    ["reproduce", "pevi", "--quick", "--store", "s.db", "--out", "pages", "--export", "cells"],
    ["report", "pevi", "--store", "s.db", "--out", "again"],
    ["store", "check", "s.db"],
    ["merge", "s.db", "--into", "all.db"],
    ["sweep", "sweep.json", "--store", "s.db", "--out", "swept"],
    ["plot", "table.csv", "-o", "plot.svg"],
]
SWEEP = """{"name": "tiny", "environments": ["twostate"], "horizon": 2, "episodes": 4, "trials": 2,
 "learners": [{"algorithm": "greedy"}]}"""
CHANGES = {"openat", "open", "creat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat",
           "rmdir", "link", "linkat", "symlink", "symlinkat", "truncate", "chmod", "fchmodat", "chown", "fchownat"}


def outside(name, arguments, folder):
    """The paths of a call that changes something outside the folder."""
    if name in ("openat", "open") and not re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC", arguments):
        return []
    paths = [pathlib.Path(os.path.normpath(folder / path)) for path in re.findall(r'"((?:[^"\\]|\\.)*)"', arguments)]
    return [str(path) for path in paths if not path.is_relative_to(folder) and str(path) != "/dev/null"]


def trace(arguments, folder):
    log = folder.parent / "trace"
    begin = time.time()
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", log, "-e", "signal=none", "-e",
         f"trace=%network,%process,{','.join(sorted(CHANGES))}", program, *arguments],
        cwd=folder, capture_output=True, text=True)
    calls, wrong, started, names = 0, set(), 0, 0
    for line in log.read_text(errors="replace").splitlines():
        match = re.match(r"\d+\s+(\w+)\((.*)", line)
        if not match:
            continue
        calls += 1
        name, rest = match.groups()
        if name in ("execve", "execveat"):
            started += 1
        elif name in CHANGES:
            wrong.update(f"{name} {path}" for path in outside(name, rest, folder))
        elif re.match(r"(clone3?|v?fork)$", name):
            if "CLONE_THREAD" not in rest:
                wrong.add(f"{name}: another process")
        elif "/var/run/nscd/socket" in rest or (name == "socket" and rest.startswith("AF_UNIX")):
            # The C library's cache of names, on this machine: Foundation asks for the owner of a file.
            names += 1
        elif name not in ("exit", "exit_group", "wait4", "waitid", "arch_prctl", "kill", "tgkill", "rt_sigqueueinfo",
                          "pidfd_open", "set_tid_address"):
            wrong.add(name)
    if started != 1:
        wrong.add(f"{started} programs started")
    if done.returncode not in (0, 2):
        wrong.add(f"exit code {done.returncode}: {done.stderr.strip()[-150:]}")
    return [str(calls), f"{time.time() - begin:.1f}", ", ".join(sorted(wrong)) or (
        "nothing but the name of a file's owner, from the C library" if names else "nothing")]


def main():
    if not shutil.which("strace"):
        sys.exit("error: strace is missing; apt-get install strace")
    source = subprocess.run(["git", "rev-parse", "--short", "HEAD:Sources"], cwd=root,
                            capture_output=True, text=True).stdout.strip()
    rows = []
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work).resolve() / "here"
        folder.mkdir()
        (folder / "sweep.json").write_text(SWEEP)
        (folder / "table.csv").write_text("x,y\n1,1\n2,2\n")
        for arguments in COMMANDS:
            rows.append(["provably " + " ".join(arguments), *trace(arguments, folder), source])
            print("\t".join(rows[-1]), flush=True)
    file = root / "Robustness" / "results" / "safety.tsv"
    file.write_text("".join("\t".join(row) + "\n" for row in rows))
    sys.exit(0 if all(row[3].startswith("nothing") for row in rows) else 1)


main()
