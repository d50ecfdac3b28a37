# SPDX-License-Identifier: Apache-2.0
"""Runs the Python of MIGRATING.md with the packages that it names, and compares what it prints.

A block starts with a comment that names packages and versions; the comment after a call of print is what it prints.
Each set of packages has a virtual environment of its own under Benchmarks/.venv-migrating, since they do not agree.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent
packages = {
    "quantecon 0.11.4": ["quantecon==0.11.4"],
    "pymdptoolbox 4.0b3": ["pymdptoolbox==4.0b3"],
    "stormpy 2.0.0": ["stormpy==2.0.0"],
    "rlberry-scool 0.7.3": ["rlberry==0.7.3", "rlberry-scool==0.7.3"],
    "SMPyBandits 0.9.7, scipy below 1.14": ["SMPyBandits==0.9.7", "scipy<1.14"],
}


def environment(name):
    """The Python of the virtual environment for a block, made if there is none."""
    folder = root / "Benchmarks" / ".venv-migrating" / re.sub(r"[^a-zA-Z0-9]+", "-", name)
    python = folder / "bin" / "python"
    done = folder / "installed"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                        *packages[name]], check=True)
        done.touch()
    return python


def main():
    text = (root / "MIGRATING.md").read_text()
    blocks = re.findall(r"```python\n# (.*?)\n(.*?)```", text, re.S)
    failed = 0
    with tempfile.TemporaryDirectory() as work:
        model = root / "Tests" / "ModelFormatsTests" / "Golden" / "prism" / "two_dice.drn"
        shutil.copy(model, work)
        for name, code in blocks:
            expected = [line[2:] for line in code.splitlines() if line.startswith("# ")]
            run = subprocess.run([environment(name), "-c", code], cwd=work, capture_output=True,
                                 text=True, timeout=600)
            printed = run.stdout.splitlines()[-len(expected):]
            if run.returncode != 0 or printed != expected:
                failed += 1
                print(f"{name}: printed {printed}, MIGRATING.md says {expected}")
                print(run.stderr[-2000:])
            else:
                print(f"{name}: prints what is shown")
    assert len(blocks) == len(packages), "a block of MIGRATING.md has no environment"
    sys.exit(1 if failed else 0)


main()
