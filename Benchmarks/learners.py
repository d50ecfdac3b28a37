#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Ours against plain loops compiled by numba, on one core, alternately in the same run.

The loops are the textbook's, written here: every index in every round, Beta numbers of numpy. Writes
Reports/benchmarks/learners.md.
"""
import json
import math
import os
import statistics
import subprocess
import time
from pathlib import Path

import numba
import numpy as np

HERE = Path(__file__).resolve().parent
BENCH = HERE / ".build/release/ProvablyBench"
MEANS = np.array([0.1, 0.05, 0.05, 0.05, 0.02, 0.02, 0.02, 0.01, 0.01, 0.01])
ROUNDS = 100_000


@numba.njit(fastmath=False)
def ucb1(means, rounds, seed):
    np.random.seed(seed)
    k = len(means)
    n = np.zeros(k)
    s = np.zeros(k)
    regret = 0.0
    best_mean = means.max()
    for t in range(1, rounds + 1):
        if t <= k:
            a = t - 1
        else:
            width = 2.0 * math.log(t)
            a = 0
            top = -1.0
            for j in range(k):
                index = s[j] / n[j] + math.sqrt(width / n[j])
                if index > top:
                    top = index
                    a = j
        n[a] += 1
        s[a] += np.random.random() < means[a]
        regret += best_mean - means[a]
    return regret


@numba.njit(fastmath=False)
def kl(p, q):
    d = 0.0
    if p > 0:
        d += p * math.log(p / q)
    if p < 1:
        d += (1 - p) * math.log((1 - p) / (1 - q))
    return d


@numba.njit(fastmath=False)
def klucb(means, rounds, seed):
    np.random.seed(seed)
    k = len(means)
    n = np.zeros(k)
    s = np.zeros(k)
    regret = 0.0
    best_mean = means.max()
    for t in range(1, rounds + 1):
        if t <= k:
            a = t - 1
        else:
            budget = math.log(t)
            a = 0
            top = -1.0
            for j in range(k):
                p = s[j] / n[j]
                low = p
                high = 1.0
                for _ in range(32):
                    q = (low + high) / 2
                    if n[j] * kl(p, q) > budget:
                        high = q
                    else:
                        low = q
                if low > top:
                    top = low
                    a = j
        n[a] += 1
        s[a] += np.random.random() < means[a]
        regret += best_mean - means[a]
    return regret


@numba.njit(fastmath=False)
def thompson(means, rounds, seed):
    np.random.seed(seed)
    k = len(means)
    alpha = np.ones(k)
    beta = np.ones(k)
    regret = 0.0
    best_mean = means.max()
    for t in range(rounds):
        a = 0
        top = -1.0
        for j in range(k):
            theta = np.random.beta(alpha[j], beta[j])
            if theta > top:
                top = theta
                a = j
        if np.random.random() < means[a]:
            alpha[a] += 1
        else:
            beta[a] += 1
        regret += best_mean - means[a]
    return regret


def iqm(means, repetitions, seed):
    """50,000 stratified resamples of ten tasks by ten runs, vectorised."""
    rng = np.random.default_rng(seed)
    scores = rng.random((10, 10))
    values = np.empty(repetitions)
    for start in range(0, repetitions, 1000):
        picks = rng.integers(0, 10, size=(1000, 10, 10))
        sample = np.take_along_axis(scores[None], picks, axis=2).reshape(1000, 100)
        values[start:start + 1000] = np.sort(sample, axis=1)[:, 25:75].mean(axis=1)
    low, high = np.quantile(values, [0.025, 0.975])
    return (high - low) / 2


WORK = [
    ("ucb1", "UCB1", ucb1, ROUNDS, "M steps/s", 1e6, 1.5),
    ("klucb", "KL-UCB", klucb, ROUNDS, "M steps/s", 1e6, None),
    ("thompson", "Thompson sampling", thompson, ROUNDS, "M steps/s", 1e6, None),
    ("iqm", "IQM, stratified bootstrap", iqm, 50_000, "k resamples/s", 1e3, None),
]


def main() -> None:
    rows = []
    for name, title, rival, units, unit, scale, _ in WORK:
        rival(MEANS, min(units, 1000), 0)  # compile
        ours, theirs, answers = [], [], []
        for repetition in range(5):
            out = json.loads(subprocess.run(
                [BENCH, "learners", name], capture_output=True, check=True, text=True).stdout)
            ours.append(out["per_second"])
            start = time.perf_counter()
            answers.append(rival(MEANS, units, repetition))
            theirs.append(units / (time.perf_counter() - start))
        mine, other = statistics.median(ours), statistics.median(theirs)
        rows.append((title, f"{mine / scale:.1f}", f"{other / scale:.2f}", unit,
                     f"{mine / other:.1f}", f"{out['answer']:.4g}", f"{statistics.mean(answers):.4g}"))
        print(rows[-1], flush=True)
    text = "# Learners and statistics\n\n"
    text += ("Ours against plain loops compiled by numba (numpy for the bootstrap), one core, alternately in "
             "the same run; medians of five. Ten Bernoulli arms, 100,000 rounds; ten tasks by ten runs, "
             "50,000 resamples. The last two columns are the mean regret (half-width for the IQM): both do "
             "the same work, with their own random numbers. "
             f"Load when it ended: {os.getloadavg()[0]:.1f}. Made by `Benchmarks/learners.py`.\n\n")
    text += "| work | ours | numba | unit | ratio | our answer | its answer |\n|---|---:|---:|---|---:|---:|---:|\n"
    for row in rows:
        text += "| " + " | ".join(row) + " |\n"
    (HERE.parent / "Reports/benchmarks/learners.md").write_text(text)


if __name__ == "__main__":
    main()
