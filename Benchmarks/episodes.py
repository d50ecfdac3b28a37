# SPDX-License-Identifier: Apache-2.0
"""UCBVI as a plain loop under numba: episodes.py SIDE HORIZON EPISODES REPETITIONS FACTOR.

The grid, the bonus and the exact regret of every episode are those of `ProvablyBench episodes`; counts are
dense, and every backup and evaluation is done anew. Prints episodes a second (the best run, compiled
beforehand) and the mean regret of the runs.
"""
import math
import sys
import time

import numba
import numpy as np


def grid(side):
    """Moves go astray to either side with probability 1/3; the goal pays 1 and ends the episode."""
    cells = side * side
    P = np.zeros((cells, 4, cells + 1))
    r = np.zeros((cells, 4))
    goal = cells - 1
    for s in range(cells):
        row, column = divmod(s, side)
        around = [
            s - (column > 0), s + side * (row < side - 1), s + (column < side - 1),
            s - side * (row > 0)]
        for a in range(4):
            if s == goal:
                P[s, a, cells] = 1
                continue
            for d in ((a + 3) % 4, a, (a + 1) % 4):
                t = around[d]
                P[s, a, cells if t == goal else t] += 1 / 3
                r[s, a] += (t == goal) / 3
    return P, r


@numba.njit
def run(P, r, H, K, L, seed):
    np.random.seed(seed)
    S, A, T = P.shape
    best = np.zeros((H + 1, T))
    for h in range(H - 1, -1, -1):
        for s in range(S):
            top = -1.0
            for a in range(A):
                q = r[s, a]
                for t in range(T):
                    q += P[s, a, t] * best[h + 1, t]
                top = max(top, q)
            best[h, s] = top
    N = np.zeros((S, A, T))
    n = np.zeros((S, A))
    Q = np.empty((H, S, A))
    for h in range(H):
        Q[h] = r + (H - 1 - h)
    V = np.zeros((H + 1, T))
    W = np.zeros((H + 1, T))
    pi = np.zeros((H, S), dtype=np.int64)
    regret = 0.0
    for k in range(K):
        for h in range(H - 1, -1, -1):
            for s in range(S):
                for a in range(A):
                    if n[s, a] > 0:
                        mean = 0.0
                        for t in range(T):
                            mean += N[s, a, t] * V[h + 1, t]
                        bonus = (H - 1 - h) * math.sqrt(L / (2 * n[s, a]))
                        Q[h, s, a] = min(Q[h, s, a], r[s, a] + mean / n[s, a] + bonus)
                choice = 0
                for a in range(1, A):
                    if Q[h, s, a] > Q[h, s, choice]:
                        choice = a
                pi[h, s] = choice
                V[h, s] = Q[h, s, choice]
        for h in range(H - 1, -1, -1):
            for s in range(S):
                a = pi[h, s]
                w = r[s, a]
                for t in range(T):
                    w += P[s, a, t] * W[h + 1, t]
                W[h, s] = w
        regret += best[0, 0] - W[0, 0]
        s = 0
        for h in range(H):
            a = pi[h, s]
            u = np.random.random()
            t = 0
            while t < T - 1 and u >= P[s, a, t]:
                u -= P[s, a, t]
                t += 1
            N[s, a, t] += 1
            n[s, a] += 1
            if t == S:
                break
            s = t
    return regret


def main():
    side, H, K, repetitions = map(int, sys.argv[1:5])
    P, r = grid(side)
    pairs = P.shape[0] * P.shape[1]
    L = float(sys.argv[5]) ** 2 * math.log(6 * pairs * max(H - 1, 1) * K * H / 0.05)
    run(P, r, H, 2, L, 0)
    best, total = math.inf, 0.0
    for seed in range(repetitions):
        start = time.perf_counter()
        total += run(P, r, H, K, L, seed)
        best = min(best, time.perf_counter() - start)
    print(K / best, total / repetitions)


main()
