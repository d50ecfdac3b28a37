# SPDX-License-Identifier: Apache-2.0
"""Writes oracle.json: values of SciPy and of plain enumeration, for StatisticsTests.

    python3 -m venv .build-venv && .build-venv/bin/pip install numpy scipy
    .build-venv/bin/python Tests/StatisticsTests/Oracle/oracle.py
"""
import itertools
import json
import pathlib

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(20250101)
out = {"versions": [f"numpy {np.__version__}", f"scipy {scipy.__version__}"]}


def floats(a):
    return [float(x) for x in np.asarray(a).ravel()]


# Quantiles and distribution functions: [parameters..., argument, value].
ps = [1e-8, 1e-4, 0.025, 0.3, 0.5, 0.9, 0.975, 0.9999]
shapes = [(0.5, 0.5), (1, 1), (2, 5), (0.03, 4), (50, 950), (3000, 7)]
out["betaQuantile"] = [[a, b, p, stats.beta.ppf(p, a, b)] for a, b in shapes for p in ps]
out["betaCumulative"] = [
    [a, b, x, stats.beta.cdf(x, a, b)] for a, b in shapes for x in [1e-6, 0.05, 0.4, 0.99]]
out["normalQuantile"] = [[p, stats.norm.ppf(p)] for p in ps]
out["normalCumulative"] = [[x, stats.norm.cdf(x)] for x in [-9.0, -3.0, -0.1, 0.0, 1.0, 5.0]]
out["studentQuantile"] = [[d, p, stats.t.ppf(p, d)] for d in [1, 2, 4.5, 30, 1e5] for p in ps]
out["studentCumulative"] = [
    [d, x, stats.t.cdf(x, d)] for d in [1, 4.5, 30] for x in [-6.0, -1.0, 0.3, 4.0]]
out["chiSquareQuantile"] = [[d, p, stats.chi2.ppf(p, d)] for d in [1, 2, 10, 333] for p in ps]
out["chiSquareCumulative"] = [
    [d, x, stats.chi2.cdf(x, d)] for d in [1, 10] for x in [0.01, 1.0, 9.0, 60.0]]

# Proportions: [k, n, level, lower, upper].
for name, method in [("clopperPearson", "exact"), ("wilson", "wilson")]:
    rows = []
    for k, n in [(0, 1), (1, 1), (0, 30), (3, 10), (7, 20), (20, 20), (999, 1000), (5, 10**6)]:
        for level in [0.8, 0.95, 0.9999]:
            ci = stats.binomtest(k, n).proportion_ci(level, method)
            rows.append([k, n, level, ci.low, ci.high])
    out[name] = rows

# Summaries.
samples = [floats(rng.normal(size=n)) for n in [1, 2, 3, 4, 5, 7, 8, 11, 30]]
out["summaries"] = [
    {"sample": s, "iqm": float(stats.trim_mean(s, 0.25)), "median": float(np.median(s)),
     "quantile": float(np.quantile(s, 0.37)),
     "variance": float(np.var(s, ddof=1)) if len(s) > 1 else 0.0} for s in samples]

# BCa and percentile intervals of SciPy from its own replicates.
cases = []
for name, f, n in [("mean", np.mean, 12), ("deviation", lambda x, axis: np.std(x, axis=axis), 25)]:
    data = rng.exponential(size=n)
    bca = stats.bootstrap((data,), f, n_resamples=599, method="BCa", rng=rng)
    plain = stats.bootstrap(
        (data,), f, n_resamples=0, method="percentile", bootstrap_result=bca)
    cases.append({
        "statistic": name, "data": floats(data), "replicates": floats(bca.bootstrap_distribution),
        "bca": floats(bca.confidence_interval), "percentile": floats(plain.confidence_interval)})
out["bootstrap"] = cases

# The exact bootstrap distribution of six runs: all 6^6 resamples.
runs = rng.normal(size=6)
index = np.array(list(itertools.product(range(6), repeat=6)))
iqm = stats.trim_mean(runs[index], 0.25, axis=1)
out["exactIQM"] = {"runs": floats(runs), "interval": floats(np.quantile(iqm, [0.05, 0.95]))}

# The exact sup-t quantile of six trials of four points.
curves = rng.normal(size=(6, 4)).cumsum(axis=1)
m, s = curves.mean(0), curves.std(0, ddof=1)
res = curves[index]
mb, sb = res.mean(1), res.std(1, ddof=1)
sb = np.where(sb > 1e-6 * s, sb, s)
t = (np.abs(mb - m) / (sb / 6**0.5)).max(1)
out["exactSupT"] = {
    "curves": curves.tolist(), "quantiles": floats(np.quantile(t, [0.79, 0.8, 0.81])),
    "means": floats(m), "errors": floats(s / 6**0.5)}

# Slopes.
x = np.array([10.0, 20, 50, 100, 200, 500, 1000])
trials = np.exp(rng.normal(size=(8, 7)) * 0.2) * 3 * x**0.6
mean = trials.mean(0)
out["slopes"] = {
    "x": floats(x), "trials": trials.tolist(),
    "logLog": floats(np.polyfit(np.log(x), np.log(mean), 1)),
    "logY": floats(np.polyfit(x, np.log(mean), 1)),
    "logX": floats(np.polyfit(np.log(x), mean, 1)),
    "window": floats(np.polyfit(np.log(x[2:6]), np.log(mean[2:6]), 1))}

# Two lines: the least squares over a grid, each knee by lstsq.
xs = np.linspace(0, 10, 21)
ys = 1 + 2 * xs - 1.5 * np.maximum(0, xs - 6.2) + rng.normal(size=(5, 21)) * 0.3
best = None
for c in np.linspace(xs[1], xs[-2], 77):
    A = np.stack([np.ones(21), xs, np.maximum(0, xs - c)], 1)
    coef, res_, *_ = np.linalg.lstsq(A, ys.mean(0), rcond=None)
    if best is None or res_[0] < best[0]:
        best = (res_[0], c, coef[1], coef[1] + coef[2])
line = np.linalg.lstsq(np.stack([np.ones(21), xs], 1), ys.mean(0), rcond=None)[1][0]
out["segmented"] = {
    "x": floats(xs), "trials": ys.tolist(), "fit": floats(best), "oneLine": float(line)}

# Kendall's tau-b, with ties.
rows = []
for n, k in [(2, 9), (5, 3), (30, 4), (200, 10**6), (301, 12)]:
    a, b = rng.integers(0, k, n).astype(float), rng.integers(0, k, n).astype(float)
    a[0], b[0], a[1], b[1] = 0, 1, 1, 0
    b = b + (a > k / 2)
    rows.append({"x": floats(a), "y": floats(b), "tau": float(stats.kendalltau(a, b).statistic)})
out["kendall"] = rows

# Permutation tests: SciPy's one-sided p-values, and two-sided ones by enumeration.
rows = []
for n, k, shift in [(4, 5, 0.0), (6, 6, 1.0), (3, 7, -1.5)]:
    a, b = rng.normal(size=n) + shift, rng.normal(size=k)
    f = lambda u, v: np.mean(u) - np.mean(v)
    row = {"x": floats(a), "y": floats(b)}
    for alternative in ["greater", "less"]:
        row[alternative] = float(stats.permutation_test(
            (a, b), f, vectorized=False, n_resamples=np.inf, alternative=alternative).pvalue)
    pool, hits, total = np.concatenate([a, b]), 0, 0
    for chosen in itertools.combinations(range(n + k), n):
        mask = np.zeros(n + k, bool)
        mask[list(chosen)] = True
        hits += abs(f(pool[mask], pool[~mask])) >= abs(f(a, b)) - 1e-12
        total += 1
    row["twoSided"] = hits / total
    rows.append(row)
out["permutation"] = rows
rows = []
for n, shift in [(5, 0.5), (10, 0.7), (9, 0.0)]:
    a, b = rng.normal(size=n) + shift, rng.normal(size=n)
    row = {"x": floats(a), "y": floats(b)}
    for name, alternative in [("greater", "greater"), ("less", "less"), ("twoSided", "two-sided")]:
        row[name] = float(stats.permutation_test(
            (a, b), lambda u, v: np.mean(u - v), vectorized=False, n_resamples=np.inf,
            permutation_type="samples", alternative=alternative).pvalue)
    rows.append(row)
out["signFlip"] = rows

# Probability of improvement: the Mann-Whitney statistic.
first, second = rng.integers(0, 6, (3, 7)).astype(float), rng.integers(0, 5, (3, 4)).astype(float)
out["improvement"] = {
    "first": first.tolist(), "second": second.tolist(),
    "estimate": float(np.mean([
        stats.mannwhitneyu(a, b).statistic / 28 for a, b in zip(first, second)]))}

path = pathlib.Path(__file__).with_name("oracle.json")
path.write_text(json.dumps(out, indent=0) + "\n")
