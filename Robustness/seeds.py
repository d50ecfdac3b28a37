# SPDX-License-Identifier: Apache-2.0
"""Writes the seeds of the fuzzers into a folder, one folder a reader, from files of the repository and of the program."""

import io
import pathlib
import re
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile

root = pathlib.Path(__file__).resolve().parent.parent
golden = root / "Tests" / "ModelFormatsTests" / "Golden"
program = root / ".build" / "release" / "provably"
out = pathlib.Path(sys.argv[1])


def put(reader, name, data, limit=60_000):
    if len(data) <= limit:
        folder = out / reader
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def names(reader):
    """The list of member names that the harness knows, read from its source."""
    text = (root / "Robustness" / "Sources" / "Fuzz" / "Parts.swift").read_text()
    block = re.search(r"static let %s = \[(.*?)\]" % reader, text, re.S).group(1)
    return re.findall(r'"([^"]*)"', block)


def parts(members):
    """Pairs of a number and bytes in the form that the harness splits."""
    return b"".join(bytes([tag]) + len(data).to_bytes(2, "big") + data
                    for tag, data in members if len(data) < 65536)


def archives():
    for file in golden.rglob("*.npz"):
        put("npz", file.name, file.read_bytes())
        known = [name + ".npy" for name in names("npz")]
        with zipfile.ZipFile(file) as archive:
            put("npz-members", file.name, parts(
                (known.index(name), archive.read(name)) for name in archive.namelist() if name in known))
    for file in golden.rglob("*.umb"):
        put("umb", file.name, file.read_bytes())
        known = names("umb")
        with tarfile.open(file) as archive:
            put("umb-members", file.name, parts(
                (known.index(member.name), archive.extractfile(member).read())
                for member in archive if member.isfile() and member.name in known))


def texts():
    for file in golden.rglob("*.drn"):
        put("drn", file.name, file.read_bytes())
    for file in golden.rglob("*.tra"):
        siblings = [".tra", ".lab", ".srew", ".trew", ".sta"]
        members = [(i, file.with_suffix(ending).read_bytes()) for i, ending in enumerate(siblings)
                   if file.with_suffix(ending).exists()]
        put("prism", file.name, parts(members))
    for file in golden.rglob("gymnasium/*.json"):
        put("gymnasium", file.name, file.read_bytes())
    put("csv", "minimax.csv", (root / "Reports" / "bandits" / "data" / "minimax.csv").read_bytes())
    put("csv", "quoted.csv", b'x,y,series\n1,2,"a ""b"", c"\n3,4,\n')


def made():
    """What the program writes: certificates, our own JSON, stores, and a sweep file from its help."""
    with tempfile.TemporaryDirectory() as work:
        def run(*arguments):
            subprocess.run([program, *arguments], cwd=work, check=False, capture_output=True)
        folder = pathlib.Path(work)
        for name in ["puterman", "riverswim", "twostate", "frozenlake"]:
            run("make", name, "--out", f"{name}.json")
            put("json", f"{name}.json", (folder / f"{name}.json").read_bytes())
            run("make", name, "--out", f"{name}.npz")
            put("npz", f"{name}.npz", (folder / f"{name}.npz").read_bytes())
        (folder / "two.json").write_text(TWO)
        run("solve", "two.json", "--certificate", "two-certificate.json")
        put("certificate", "two.json", (folder / "two-certificate.json").read_bytes())
        for criterion in [["--discount", "0.9"], ["--horizon", "3"], ["--criterion", "average"]]:
            run("solve", "twostate", *criterion, "--certificate", "c.json", "--force")
            if (folder / "c.json").exists():
                put("certificate", criterion[1] + ".json", (folder / "c.json").read_bytes())
        put("bounds", "exact", struct.pack("<4d2B", 4, 8, 4, 8, 1, 2))
        help_text = subprocess.run([program, "sweep", "--help"], capture_output=True, text=True).stdout
        put("sweep", "help.json", re.search(r"\{.*\}", help_text, re.S).group(0).encode())
        (folder / "sweep.json").write_text(SWEEP)
        run("sweep", "sweep.json", "--store", "results.db")
        for file in folder.glob("*.db"):
            put("store", file.name, file.read_bytes(), limit=400_000)


SWEEP = """{"name": "small", "environments": ["twostate"], "horizon": 2, "episodes": 10, "trials": 2,
"learners": [{"algorithm": "greedy"}]}"""
# The model that the harness checks certificates against: V* = (4, 8).
TWO = """{"format":"provably-mdp/1","states":2,"actions":2,"discount":0.5,"initial":[[0,1]],"choices":[
{"state":0,"action":0,"reward":1,"next":[[0,1]]},{"state":0,"action":1,"reward":0,"next":[[1,1]]},
{"state":1,"action":0,"reward":4,"next":[[1,1]]},{"state":1,"action":1,"reward":4,"next":[[1,1]]}]}"""


if __name__ == "__main__":
    archives()
    texts()
    made()
    for folder in sorted(out.iterdir()):
        print(folder.name, len(list(folder.iterdir())), "seeds")
