# SPDX-License-Identifier: Apache-2.0
"""Runs the benchmark: ours and the rivals, interleaved, into one results.csv; then the report.

    .venv/bin/python run.py                 everything (make bench)
    .venv/bin/python run.py --quick         small sizes, in minutes (make bench-quick)
    .venv/bin/python run.py --only sparse   instances whose name contains a text
    .venv/bin/python run.py --solvers provably,storm

Rows that results.csv already has for the same version of the sources are kept, so that a run that
was broken off continues; --fresh measures all again. A rival that fails, or is wrong, or takes too
long, is a row like any other and never stops the run.
"""

import argparse
import csv
import hashlib
import json
import os
import platform
import queue
import signal
import statistics
import subprocess
import sys
import threading
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from instances import BENCH, FOLDER, HERE, PROVABLY, ROOT, Instance, all_instances, write
from report import COLUMNS, write_report

ERROR = 1e-6
REFERENCE_GAP = 1e-7
LOAD_LIMIT = 240.0  # seconds for a rival to get the model into its own form
REPETITIONS = 7
# The rounds of a run: threads for BLAS and OpenMP, and the seconds after which no solve is started.
ROUNDS = ((1, 5.0), (2, 50.0))
# Where a rival too is fast there are more, so that ours and theirs are seen many times in turn: the
# machine's speed changes from minute to minute.
MORE_ROUNDS = 2 * ((1, 5.0), (2, 5.0))
SHORT = 10.0  # seconds of a contender's solve, at most, for more rounds
CONTENDER = 10.0  # who is this much slower than the fastest in the first round is not in the others
OURS = "provably"

# What every process gets. A variable that makes OpenBLAS use the kernels of another CPU would slow
# down everyone who calls it.
ENVIRONMENT = {
    key: value for key, value in os.environ.items()
    if not key.startswith(("OPENBLAS_", "OMP_", "MKL_"))
} | {"JAX_PLATFORMS": "cpu", "PYTHONWARNINGS": "ignore"}


def solvers_for(instance: Instance, quick: bool) -> list[str]:
    """Every solver that the instance is given to, ours first; a quick run leaves slow ones out."""
    if instance.is_low_rank:
        return [OURS, "numpy-factors"]
    if instance.horizon:
        return [OURS, "quantecon-finite", "storm", "pymdptoolbox-finite"]
    rivals = ["quantecon-mpi", "storm", "mdpsolver-mpi", "mdpsolver-gs", "quantecon-pi"]
    if quick:
        return [OURS] + rivals[:3]
    if instance.family == "dense":
        rivals += ["quantecon-vi", "pymdptoolbox-pi", "pymdptoolbox-mpi"]
    elif instance.size in ("1e3", "1e4"):
        rivals += ["quantecon-vi", "pymdptoolbox-mpi", "mdpax-vi"]
    return [OURS] + rivals


# MARK: One process


class Run:
    """What a process said: repetitions so far, and its result if it came to the end."""

    def __init__(self, threads: int):
        self.threads = threads
        self.seconds: list[float] = []
        self.result: dict = {}
        self.load_seconds: float | None = None
        self.status = "ok"
        self.reason = ""
        self.load_average = os.getloadavg()[0]


def run_process(command: list, timeout: float, threads: int = 1) -> Run:
    """Runs a worker; it may take LOAD_LIMIT to get ready, then `timeout` for each repetition."""
    run = Run(threads)
    limits = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    process = subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=ENVIRONMENT | dict.fromkeys(limits, str(threads)), cwd=HERE)
    lines: queue.Queue = queue.Queue()
    errors: list[str] = []

    def read_lines() -> None:
        for line in process.stdout:
            lines.put(line)
        lines.put(None)

    readers = [
        threading.Thread(target=read_lines),
        threading.Thread(target=lambda: errors.extend(process.stderr)),
    ]
    for reader in readers:
        reader.start()
    try:
        listen(run, lines, timeout)
    finally:
        try:
            process.wait(timeout=30 if run.result else 0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for reader in readers:
            reader.join()
    if run.status == "ok" and not run.result:
        run.status = "failed"
        last = [x.strip() for x in errors if x.strip()][-1:] or [f"exit {process.returncode}"]
        run.reason = last[0][:160]
    return run


def listen(run: Run, lines: queue.Queue, timeout: float) -> None:
    """Takes down what a worker says until it ends, or has let a deadline pass."""
    limit = LOAD_LIMIT
    deadline = time.monotonic() + limit
    while True:
        try:
            line = lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            run.status = "timeout"
            what = "not loaded" if run.load_seconds is None else "not solved"
            run.reason = f"{what} in {limit:g} s"
            return
        if line is None:
            return
        try:
            message = json.loads(line)
        except ValueError:
            continue
        if message["event"] == "ready":
            run.load_seconds = message["loadSeconds"]
            limit = timeout
            deadline = time.monotonic() + limit
        elif message["event"] == "repetition":
            run.seconds += message["seconds"]
            # Between this line and the next there may be a new model, or the checker.
            deadline = time.monotonic() + limit + LOAD_LIMIT
        else:
            run.result = message


def our_command(instance: Instance, epsilon: float, repetitions: int, *more) -> list:
    """The command that solves an instance with Provably."""
    model = instance.environment if instance.is_low_rank else instance.file
    criterion = (
        ["--horizon", instance.horizon] if instance.horizon
        else ["--discount", instance.discount])
    return [
        BENCH, "solve", model, *criterion, "--epsilon", epsilon, "--repetitions", repetitions,
        *more]


def rival_command(instance: Instance, solver: str, repetitions: int, values: Path) -> list:
    """The command that solves an instance with a rival."""
    criterion = (
        ["--horizon", instance.horizon] if instance.horizon
        else ["--discount", instance.discount])
    return [
        sys.executable, "rivals.py", solver, instance.file, *criterion,
        "--repetitions", repetitions, "--values", values]


# MARK: References


def reference(instance: Instance, timeout: float) -> tuple[np.ndarray, float] | None:
    """Certified values and the greatest half-width of their intervals; `None` if there are none.

    Found once: a certificate that the checker has verified stays true whatever version found it.
    """
    if instance.is_low_rank:
        key = hashlib.sha256(instance.environment.encode())
    else:
        with open(instance.file, "rb") as file:
            key = hashlib.file_digest(file, "sha256")
    folder = FOLDER / "references"
    folder.mkdir(exist_ok=True)
    base = f"{instance.name.replace(' ', '_')}-{key.hexdigest()[:16]}"
    facts, values = folder / f"{base}.json", folder / f"{base}.npy"
    if not facts.exists():
        run = run_process(our_command(instance, REFERENCE_GAP, 1, "--values", values), timeout)
        if not run.result.get("verified"):
            log(f"  no reference: {run.status} {run.reason} {run.result.get('refusal', '')}")
            return None
        facts.write_text(json.dumps(run.result))
    return np.load(values), 0.5 * json.loads(facts.read_text())["gap"]


# MARK: One row


def measure(
    instance: Instance, solver: str, timeout: float, threads: int, patience: float
) -> tuple[Run, np.ndarray | None]:
    """One process of one solver, and the values it found."""
    values = FOLDER / f"values-{os.getpid()}.npy"
    values.unlink(missing_ok=True)
    if solver == OURS:
        command = our_command(
            instance, 2 * ERROR, REPETITIONS, "--values", values, "--sweeps")
    else:
        command = rival_command(instance, solver, REPETITIONS, values)
    command += ["--patience", patience]
    run = run_process(command, timeout, threads)
    found = np.load(values) if values.exists() and run.result else None
    values.unlink(missing_ok=True)
    return run, found


def row_of(
    instance: Instance, solver: str, runs: list[Run], found: np.ndarray | None,
    truth: tuple[np.ndarray, float] | None, sources: str,
) -> dict:
    """One row of results.csv.

    Of everyone the best round counts, by its median: a process may get memory that is twice as slow as
    another's all its life, and thread pools that wait for each other can be many times slower than one
    thread when another process needs a core.
    """
    right = [run for run in runs if run.status == "ok"]
    last = min(right, key=lambda run: statistics.median(run.seconds), default=runs[-1])
    seconds = last.seconds
    result = last.result
    row = dict.fromkeys(COLUMNS, "")
    row |= {
        "sources": sources, "instance": instance.name, "family": instance.family,
        "size": instance.size, "criterion": instance.criterion, "solver": solver,
        "version": "" if solver == OURS else result.get("version", ""),
        "status": last.status, "reason": last.reason,
        "threads": last.threads, "repetitions": len(seconds), "load_average": f"{last.load_average:.2f}",
        "all_seconds": " | ".join(
            " ".join(f"{x:.6g}" for x in run.seconds) for run in right or runs if run.seconds),
    }
    if seconds:
        row["seconds"] = f"{statistics.median(seconds):.6g}"
    if last.load_seconds is not None:
        row["load_seconds"] = f"{last.load_seconds:.4g}"
    peaks = [run.result["peakBytes"] for run in runs if run.result.get("peakBytes")]
    if peaks:
        row["peak_mb"] = f"{max(peaks) / 1e6:.0f}"
    if result.get("iterations", -1) >= 0:
        row["iterations"] = result["iterations"]
    if solver == OURS and result:
        passes, each = result["passes"], result["bytesPerPass"]
        row |= {
            "method": result["method"], "note": " | ".join(result["notes"]),
            "states": result["states"], "choices": result["choices"],
            "entries": result["entries"], "bytes_per_pass": each, "gap": f"{result['gap']:.3g}",
            "verified": result["verified"],
            "solve_peak_mb": f"{result['solvePeakBytes'] / 1e6:.0f}",
        }
        if result["passesAre"] != "unknown":
            row |= {
                "passes": f"{passes:.4g}", "passes_are": result["passesAre"],
                "gb_s": f"{passes * each / statistics.median(seconds) / 1e9:.4g}",
            }
        if result.get("sweepSeconds"):
            row["sweep_gb_s"] = f"{each / result['sweepSeconds'] / 1e9:.4g}"
        if result["status"] != "converged":
            row |= {"status": "not converged", "reason": result["status"]}
        elif not result["verified"]:
            row |= {"status": "refused", "reason": result.get("refusal", "")}
    if found is not None and truth is not None:
        values, half_width = truth
        if found.shape != values.shape:
            row |= {"status": "failed", "reason": f"{found.shape[0]} values"}
        else:
            error = float(np.max(np.abs(found - values)))
            row |= {"error": f"{error:.3g}", "reference_half_width": f"{half_width:.3g}"}
            if row["status"] == "ok" and not error <= ERROR + half_width:
                row |= {"status": "wrong", "reason": f"off by {error:.2g}"}
    elif row["status"] == "ok":
        row["status"] = "unchecked"
    return row


def is_hopeless(instance: Instance, solver: str, rows: list[dict]) -> str:
    """Why a rival is not tried: it ran out of time on an easier instance of the same family."""
    order = [x.size for x in all_instances() if x.family == instance.family]
    for row in rows:
        same = (row["family"], row["solver"]) == (instance.family, solver)
        if same and row["status"] == "timeout" and instance.discount is not None:
            smaller = order.index(row["size"]) <= order.index(instance.size)
            if smaller and float(row["criterion"]) <= instance.discount:
                return f"{row['reason']} on {row['size']} at {row['criterion']}"
    return ""


def contenders_of(runs: dict[str, list[Run]], solve: float, load: float) -> list[str]:
    """Who is measured again: ours, and who is near the fastest and within these seconds."""
    medians = {x: statistics.median(r[-1].seconds) for x, r in runs.items() if r and r[-1].seconds}
    return [
        x for x, median in medians.items()
        if x == OURS or (runs[x][-1].status == "ok"
        and median <= min(solve, CONTENDER * min(medians.values()))
        and runs[x][-1].load_seconds <= load)]


def measure_instance(instance: Instance, solvers: list[str], rows: list[dict], options) -> None:
    """All solvers on one instance, in rounds, so that ours and theirs see the same machine."""
    key = {(row["instance"], row["solver"]): row for row in rows}
    todo = [
        solver for solver in solvers
        if options.fresh or key.get((instance.name, solver), {}).get("sources") != options.sources]
    if not todo:
        return
    log(f"{instance.name}")
    write(instance)
    truth = reference(instance, max(600.0, options.timeout))
    runs: dict[str, list[Run]] = {solver: [] for solver in todo}
    found: dict[str, np.ndarray | None] = dict.fromkeys(todo)

    def one_round(solvers: list[str], threads: int, patience: float) -> None:
        for solver in solvers:
            reason = "" if solver == OURS else is_hopeless(instance, solver, rows)
            if reason:
                run = Run(threads)
                run.status, run.reason = "skipped", reason
            else:
                run, values = measure(instance, solver, options.timeout, threads, patience)
                found[solver] = values if values is not None else found[solver]
            runs[solver].append(run)

    one_round(todo, *ROUNDS[0])
    contenders = contenders_of(runs, options.slow, options.slow)
    for settings in ROUNDS[1:]:
        one_round(contenders, *settings)
    short = contenders_of({x: runs[x] for x in contenders}, SHORT, options.slow)
    if len(short) > 1 and not options.quick:
        for settings in MORE_ROUNDS:
            one_round(short, *settings)
    for solver in todo:
        row = row_of(instance, solver, runs[solver], found[solver], truth, options.sources)
        row["processor"] = processor()
        rows[:] = [x for x in rows if (x["instance"], x["solver"]) != (instance.name, solver)]
        rows.append(row)
        log(
            f"  {solver:20s} {row['seconds']:>10s} s  {row['status']:8s} error {row['error']:>8s}"
            f"  {row['peak_mb']:>5s} MB  load {row['load_average']}  {row['method']}"
            f" {row['reason']}")
    save(rows, options.out)


# MARK: The machine


def processor() -> str:
    """The processor's name, and how many cores of it there are."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return f"{line.split(':')[1].strip()}, {os.cpu_count()} cores"
    return f"unknown, {os.cpu_count()} cores"


def machine_rows(sources: str) -> list[dict]:
    """The machine's facts and its read bandwidth, as rows."""
    rows = []

    def add(solver: str, **fields) -> None:
        rows.append(
            dict.fromkeys(COLUMNS, "")
            | {"sources": sources, "instance": "machine", "family": "machine", "solver": solver}
            | fields)

    add("cpu", note=processor())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    add("memory", note=f"{memory:.0f} GiB")
    release = platform.freedesktop_os_release()["PRETTY_NAME"]
    add("system", note=f"{release}, Linux {platform.release().split('-')[0]}")
    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout
    add("swift", note=swift.splitlines()[0].strip() if swift else "")
    add("python", note=platform.python_version())
    for package in ("quantecon", "stormpy", "mdpsolver", "pymdptoolbox", "mdpax", "numpy"):
        try:
            add(package, note=version(package))
        except PackageNotFoundError:
            add(package, note=f"not installed: {reason_of_absence(package)}")
    return rows + bandwidth_rows(sources)


def reason_of_absence(package: str) -> str:
    """What pip said when `setup.sh` could not install a package, in one line."""
    log = HERE / ".venv" / f"not-installed-{package}.txt"
    if not log.exists():
        return "setup.sh was not run for it"
    lines = [line.strip() for line in log.read_text().splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower()]
    return ((errors or lines or ["no reason given"])[0])[:120].replace("|", "/")


def bandwidth_rows(sources: str) -> list[dict]:
    """The read bandwidth by working set, with one and with two threads."""
    probe = subprocess.run([BENCH, "bandwidth"], capture_output=True, text=True, check=True)
    rows = []
    for line in probe.stdout.splitlines():
        x = json.loads(line)
        rows.append(
            dict.fromkeys(COLUMNS, "")
            | {
                "sources": sources, "instance": "machine", "family": "machine",
                "solver": f"read {x['threads']} threads", "size": str(x["bytes"]),
                "gb_s": f"{x['gigabytesPerSecond']:.4g}",
                "load_average": f"{os.getloadavg()[0]:.2f}",
            })
    return rows


def raise_roof(rows: list[dict], sources: str) -> None:
    """Measures the bandwidth once more and keeps the better: other programs can only hide it."""
    again = {(row["solver"], row["size"]): row for row in bandwidth_rows(sources)}
    for i, row in enumerate(rows):
        other = again.get((row["solver"], row["size"]))
        if row["instance"] == "machine" and other and float(other["gb_s"]) > float(row["gb_s"]):
            rows[i] = other


def sources_version() -> str:
    """What names the code that is measured: the tree of Sources, marked when it is changed."""
    def git(*command: str) -> str:
        return subprocess.run(
            ["git", *command], cwd=ROOT, capture_output=True, text=True).stdout.strip()

    changed = "+" if git("status", "--porcelain", "Sources", "Package.swift") else ""
    return git("rev-parse", "--short=10", "HEAD:Sources") + changed


def load_rows(out: Path) -> list[dict]:
    """The rows of an earlier run."""
    path = out / "results.csv"
    if not path.exists():
        return []
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def save(rows: list[dict], out: Path) -> None:
    """Writes results.csv in the order of the instances, through a temporary name."""
    names = ["machine"] + [x.name for x in all_instances()]
    rows.sort(key=lambda row: names.index(row["instance"]) if row["instance"] in names else 1e9)
    out.mkdir(parents=True, exist_ok=True)
    part = out / "results.csv.part"
    with open(part, "w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    part.rename(out / "results.csv")


def stop(*_) -> None:
    """Ends the run, and the process that is being measured with it."""
    sys.exit(130)


def log(text: str) -> None:
    """Progress, on standard error."""
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small sizes and little patience")
    parser.add_argument("--fresh", action="store_true", help="measure again what is there")
    parser.add_argument("--only", default="", help="instances whose name contains this text")
    parser.add_argument("--solvers", default="", help="only these, separated by commas")
    parser.add_argument("--timeout", type=float, help="seconds for one solve")
    parser.add_argument("--out", type=Path, help="the folder of the report")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    options.timeout = options.timeout or (5.0 if options.quick else 60.0)
    options.out = options.out or (HERE / ".quick" if options.quick else ROOT / "Reports/benchmarks")
    options.slow = 1.0 if options.quick else 20.0
    options.sources = sources_version()
    for program in (BENCH, PROVABLY):
        if not program.exists():
            sys.exit(f"error: {program.relative_to(ROOT)} is missing\nhint: make bench builds it")
    rows = load_rows(options.out)
    if options.fresh or not any(
        x["instance"] == "machine" and x["sources"] == options.sources for x in rows):
        rows = [x for x in rows if x["instance"] != "machine"] + machine_rows(options.sources)
    wanted = options.solvers.split(",") if options.solvers else None
    for instance in all_instances():
        if options.only not in instance.name or (options.quick and not instance.quick):
            continue
        solvers = solvers_for(instance, options.quick)
        measure_instance(
            instance, [x for x in solvers if not wanted or x in wanted], rows, options)
    raise_roof(rows, options.sources)
    save(rows, options.out)
    write_report(options.out)


if __name__ == "__main__":
    main()
