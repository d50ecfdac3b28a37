#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Stores of results under attack. Writes results/store.tsv: attack, cases, seconds, outcome, source.

An attack may end in one of two ways: the store holds the numbers of an undisturbed run (and goes on to the end
with the same digest), or a command refuses with a sentence and exit code 1, 2 or 65. A crash, a digest that differs,
or damage that goes unnoticed ends this program with exit code 1.
"""

import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

root = pathlib.Path(__file__).resolve().parent.parent
program = root / ".build" / "release" / "provably"
claim = "bandits/minimax"
kills = int(os.environ.get("KILLS", "1000"))
random.seed(7)


class Failed(Exception):
    """An attack that succeeded."""


def run(*arguments, prefix=(), timeout=600):
    return subprocess.run([*prefix, program, *map(str, arguments)], capture_output=True, text=True,
                          timeout=timeout)


def expect(condition, text):
    if not condition:
        raise Failed(text)


def reproduce(store, *more):
    return ["reproduce", claim, "--quick", "--jobs", "2", "--store", str(store), *more]


def digest(store):
    answer = run("store", "digest", store)
    expect(answer.returncode == 0, f"digest: {answer.stderr}")
    return answer.stdout.strip()


def sound(store):
    answer = run("store", "check", store)
    expect(answer.returncode == 0, f"store check: {answer.stdout}{answer.stderr}")


def copy(store, target):
    for ending in ["", "-wal", "-shm"]:
        if os.path.exists(f"{store}{ending}"):
            shutil.copy(f"{store}{ending}", f"{target}{ending}")


def killed(folder, whole):
    """kill -9 at a random moment, again and again; each run goes on where the last one was."""
    number, rounds, done = 0, 0, True
    while done and number < kills:
        store = folder / f"killed-{rounds}.db"
        rounds += 1
        while number < kills:
            process = subprocess.Popen([program, *reproduce(store)], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            time.sleep(random.uniform(0.005, 0.12))
            ended = process.poll()
            process.send_signal(signal.SIGKILL)
            process.wait()
            if ended is not None:
                break
            number += 1
            if number % 20 == 0 and store.exists() and store.stat().st_size:
                sound(store)
        answer = run(*reproduce(store))
        expect(answer.returncode in (0, 2), f"after kills: {answer.stderr}")
        expect(digest(store) == whole, "another digest after kills")
    return number, f"same digest after {rounds} complete runs"


def powercut(folder, whole):
    """The files copied at random moments while a run writes, then opened and finished."""
    cases, copies = 100, []
    number = 0
    while number < cases:
        store = folder / f"live-{number}.db"
        process = subprocess.Popen([program, *reproduce(store)], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        while process.poll() is None and number < cases:
            time.sleep(random.uniform(0.01, 0.08))
            target = folder / f"copy-{number}.db"
            copy(store, target)
            if target.exists():
                copies.append(target)
                number += 1
        process.kill()
        process.wait()
    refused = 0
    for target in copies:
        # The files are copied one after another, which no power cut does: a refusal is allowed.
        answer = run(*reproduce(target))
        if answer.returncode in (1, 65):
            refused += 1
            continue
        expect(answer.returncode in (0, 2), f"power cut: {answer.returncode} {answer.stderr}")
        expect(digest(target) == whole, "another digest after a power cut")
    return len(copies), f"{len(copies) - refused} finished with the same digest, {refused} refused"


def damaged(folder, whole):
    """Bytes of a finished store overwritten at random places, one to four at a time."""
    store = folder / "whole.db"
    connection = sqlite3.connect(store)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    cases, noticed, harmless = 300, 0, 0
    content = store.read_bytes()
    for number in range(cases):
        target = folder / "damaged.db"
        for ending in ["-wal", "-shm"]:
            pathlib.Path(f"{target}{ending}").unlink(missing_ok=True)
        altered = bytearray(content)
        for _ in range(random.randint(1, 4)):
            altered[random.randrange(len(altered))] ^= random.randint(1, 255)
        target.write_bytes(altered)
        check = run("store", "check", target)
        expect(check.returncode in (0, 1, 2, 65), f"check: {check.returncode} {check.stderr}")
        if check.returncode != 0:
            noticed += 1
            continue
        # Not noticed: then every number must be as it was.
        expect(digest(target) == whole, f"case {number}: altered numbers pass the check")
        harmless += 1
    return cases, f"{noticed} noticed, {harmless} in bytes that hold nothing"


def newer(folder, whole):
    """A store that says it is of a later version."""
    target = folder / "newer.db"
    copy(folder / "whole.db", target)
    connection = sqlite3.connect(target)
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()
    before = target.read_bytes()
    for arguments in [reproduce(target), ["store", "check", target], ["report", "--store", target]]:
        answer = run(*arguments)
        expect(answer.returncode == 65 and "later provably" in answer.stderr, answer.stderr)
    expect(target.read_bytes() == before, "the refused store was changed")
    return 3, "refused, unchanged"


def writers(folder, whole):
    """Two processes write one store at once, each a shard; then both write everything."""
    cases = 10
    for number in range(cases):
        store = folder / f"writers-{number}.db"
        shards = [["--shard", "1/2"], ["--shard", "2/2"]] if number % 2 == 0 else [[], []]
        processes = [subprocess.Popen([program, *reproduce(store, *shard)], stdout=subprocess.DEVNULL,
                                      stderr=subprocess.PIPE, text=True) for shard in shards]
        for process in processes:
            errors = process.communicate(timeout=300)[1]
            expect(process.returncode in (0, 2), f"two writers: {errors}")
        run(*reproduce(store))
        expect(digest(store) == whole, "another digest after two writers")
    return cases, "same digest"


def unshared(folder, script):
    """Runs a shell script in mount and user namespaces of its own."""
    return subprocess.run(["unshare", "--user", "--map-root-user", "--mount", "bash", "-c", script],
                          capture_output=True, text=True, timeout=300, cwd=folder)


def full(folder, whole):
    """A file system with 40 to 400 kB of space, then the run finished elsewhere."""
    cases = 0
    for size in [40, 80, 160, 240, 320, 400]:
        place, saved = folder / f"full-{size}", folder / f"saved-{size}"
        place.mkdir()
        saved.mkdir()
        script = (f"mount -t tmpfs -o size={size}k none {place} && "
                  f"{program} {' '.join(reproduce(place / 'r.db'))} >/dev/null 2>{saved}/errors; "
                  f"echo $? >{saved}/code; cp {place}/* {saved}/")
        answer = unshared(folder, script)
        expect((saved / "code").exists(), f"no tmpfs here: {answer.stderr}")
        code, errors = int((saved / "code").read_text()), (saved / "errors").read_text()
        expect(code in (0, 1, 2), f"disk full: {code} {errors}")
        if code == 1:
            expect("full" in errors or "disk" in errors, f"disk full, but it says: {errors}")
        store = saved / "r.db"
        if store.exists() and store.stat().st_size:
            answer = run(*reproduce(store))
            expect(answer.returncode in (0, 2), f"after a full disk: {answer.stderr}")
            expect(digest(store) == whole, "another digest after a full disk")
        cases += 1
    return cases, "a sentence and exit code 1; finished elsewhere with the same digest"


def readonly(folder, whole):
    """A folder that cannot be written."""
    place = folder / "read-only"
    place.mkdir()
    copy(folder / "whole.db", place / "r.db")
    script = (f"mount --bind {place} {place} && mount -o remount,bind,ro {place} && "
              f"{program} {' '.join(reproduce(place / 'new.db'))}; echo code $?; "
              f"{program} {' '.join(reproduce(place / 'r.db'))}; echo code $?")
    answer = unshared(folder, script)
    codes = [line for line in answer.stdout.splitlines() if line.startswith("code")]
    expect(len(codes) == 2 and codes[0] == "code 1", f"read-only: {answer.stdout} {answer.stderr}")
    expect("error:" in answer.stderr, "read-only: no sentence")
    return 2, "a sentence and exit code 1" if codes[1] == "code 1" else "refused; a finished store is read"


def main():
    source = subprocess.run(["git", "rev-parse", "--short", "HEAD:Sources"], cwd=root,
                            capture_output=True, text=True).stdout.strip()
    names = sys.argv[1:] or ["killed", "powercut", "damaged", "newer", "writers", "full", "readonly"]
    results = root / "Robustness" / "results" / "store.tsv"
    results.parent.mkdir(exist_ok=True)
    rows = dict(line.split("\t", 1) for line in results.read_text().splitlines()) \
        if results.exists() else {}
    failed = False
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        answer = run(*reproduce(folder / "whole.db"))
        expect(answer.returncode in (0, 2), answer.stderr)
        whole = digest(folder / "whole.db")
        for name in names:
            begin = time.time()
            try:
                cases, outcome = globals()[name](folder, whole)
            except Failed as error:
                failed = True
                print(f"{name}: {error}", file=sys.stderr)
                continue
            rows[name] = f"{cases}\t{time.time() - begin:.0f}\t{outcome}\t{source}"
            print(f"{name}\t{rows[name]}", flush=True)
    new = results.with_suffix(".new")
    new.write_text("".join(f"{name}\t{row}\n" for name, row in sorted(rows.items())))
    new.replace(results)
    sys.exit(1 if failed else 0)


main()
