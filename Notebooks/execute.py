# SPDX-License-Identifier: Apache-2.0
"""Executes the notebooks from top to bottom, in a copy of this folder.

    execute.py [NOTEBOOK ...]             writes the outputs into the notebooks, unless one fails
    execute.py --check [NOTEBOOK ...]     compares them with the outputs that are there

Fails when a cell raises, when a notebook takes 120 s or more, has 200 kB or more, or shows a path
of this machine; with --check also when a byte would change.
"""
import argparse
import difflib
import json
import os
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from traitlets.config import Config

here = Path(__file__).resolve().parent
greatest_seconds, greatest_bytes = 120, 200_000


def execute(path):
    """The notebook with new outputs, and how many seconds they took."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as copy:
        for file in [path, here / "provably.py"]:
            shutil.copy(file, copy)
        start = time.monotonic()
        # Sockets in the file system: nothing listens on a port.
        sockets = Config({"KernelManager": {"transport": "ipc", "ip": f"{copy}/kernel"}})
        NotebookClient(
            notebook, config=sockets, kernel_name="python3", timeout=greatest_seconds,
            record_timing=False, resources={"metadata": {"path": copy}},
        ).execute(env={**os.environ, "TMPDIR": copy})
        seconds = time.monotonic() - start
    return steady(notebook), seconds


def steady(notebook):
    """Keeps of the metadata what is the same for every run and machine."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"}}
    notebook.nbformat_minor = 5
    for cell in notebook.cells:
        cell.metadata = {}
        merged = []
        for output in cell.get("outputs", []):
            if "metadata" in output:
                output.metadata = {}
            if (output.output_type == "stream" and merged
                    and merged[-1].get("name") == output.name):
                # How the kernel cuts a stream into messages depends on time.
                merged[-1].text += output.text
            else:
                merged.append(output)
        if cell.cell_type == "code":
            cell.outputs = merged
    return notebook


def text(notebook):
    """The file, byte for byte."""
    return nbformat.writes(notebook, version=4) + "\n"


def problems(notebook, seconds):
    """What a notebook may not have."""
    content = text(notebook)
    if seconds >= greatest_seconds:
        yield f"took {seconds:.0f} s, {greatest_seconds} s is the limit"
    if len(content.encode()) >= greatest_bytes:
        yield f"has {len(content.encode())} bytes with outputs, {greatest_bytes} is the limit"
    ids = [cell.id for cell in notebook.cells]
    for repeated in sorted({name for name in ids if ids.count(name) > 1}):
        yield f"two cells have the id {repeated}"
    roots = [str(here.parent) + "/", str(Path.home()) + "/", tempfile.gettempdir() + "/"]
    pattern = "|".join(re.escape(root) for root in roots if len(root) > 2)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            shown = json.dumps(output)
            found = re.search(rf"(?:{pattern}|/home/|/Users/)\S{{0,40}}", shown)
            if found:
                yield f"cell {cell.id} shows a path of this machine: {found.group(0)}"
            if output.output_type == "error" or output.get("name") == "stderr":
                yield f"cell {cell.id} has an error or writes to stderr: {shown[:200]}"


def lines(notebook):
    """Cells and outputs as lines to read and compare."""
    for cell in notebook.cells:
        yield f"--- cell {cell.id}"
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            yield from output.get("text", "").splitlines()
            for kind in sorted(data):
                if kind != "text/html" or "text/plain" not in data:
                    yield from str(data[kind]).splitlines()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("notebooks", nargs="*", type=Path)
    arguments = parser.parse_args()
    os.environ.setdefault("PROVABLY", str(here.parent / ".build" / "release" / "provably"))
    os.environ.update(OPENBLAS_NUM_THREADS="1", PYTHONHASHSEED="0", PYDEVD_DISABLE_FILE_VALIDATION="1")
    failed = False
    for path in arguments.notebooks or sorted(here.glob("[0-9][0-9]-*.ipynb")):
        try:
            notebook, seconds = execute(path.resolve())
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            plain = re.sub(r"\x1b\[[\d;]*m", "", str(error))
            print(f"error: {path.name}: {plain}", file=sys.stderr)
            failed = True
            continue
        old, new = path.read_text(), text(notebook)
        found = list(problems(notebook, seconds))
        if arguments.check and old != new:
            before = nbformat.reads(old, as_version=4)
            sys.stdout.writelines(difflib.unified_diff(
                [line + "\n" for line in lines(before)], [line + "\n" for line in lines(notebook)],
                f"{path.name}, committed", f"{path.name}, executed"))
            found.append("is not what its execution writes; make notebooks, then read the change")
        for problem in found:
            print(f"error: {path.name} {problem}", file=sys.stderr)
        failed = failed or bool(found)
        if not arguments.check and not found and old != new:
            temporary = path.with_suffix(".tmp")
            temporary.write_text(new)
            temporary.replace(path)
        print(f"{path.name}: {seconds:.0f} s, {len(new.encode()) // 1000} kB, "
              + ("problems" if found else "as committed" if old == new else "written"), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
