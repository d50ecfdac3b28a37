# SPDX-License-Identifier: Apache-2.0
"""The mutants: file by file, what a slip of the pen would have made of one place of it.

A row is (kind, place, original, mutated): `place` occurs once in the file, and `original`, an
expression, once in the place. If `original` is "", it is the whole place. A kind that begins with
"statement: " says that the original is one or more whole statements. A fifth entry says why a
mutant is equivalent, that is, why no test can tell it from the original.
"""

import dataclasses

# Which tests concern a file, by folder or by file: regular expressions for the filter of the
# tests, tried in turn until a test fails.
SUITES = {
    "OnlineLearning": ["^OnlineLearningTests"],
    "OfflineLearning": ["^OfflineLearningTests"],
    "LinearLearning": ["^LinearLearningTests"],
    "Bandits": ["^BanditsTests"],
    "Bounds": ["^BoundsTests", "^(BanditsTests|OfflineLearningTests|LinearLearningTests)"],
    "Planning": ["^PlanningTests"],
    "Certificates": ["^CertificatesTests", "^PlanningTests"],
    "Hardness": ["^HardnessTests"],
    "Statistics": ["^StatisticsTests"],
    "Randomness": ["^RandomnessTests"],
}

# Why a mutant that no test kills is left alive, by file and kind.
EXPLAINED = {
    ("Planning/PolicyEvaluation.swift", "missing refinement"):
        "I − γP is diagonally dominant, so that LU without refinement is backward stable; the second "
        "round moves last bits, on which no promise rests",
}

TABLE = {
    "OnlineLearning/UCBVI.swift": [
        ("off by one in h", "problem.rewards[k] + Double(H - 1 - h)", "H - 1 - h", "H - h"),
        ("off by one in h", "problem.horizon &- 1 &- h", "", "problem.horizon &- h"),
        ("sign of bonus", "remaining * widths.base[k]", "", "-(remaining * widths.base[k])"),
        ("missing reward", "min(q[k], rewards[k] + model", "rewards[k]", "0"),
        ("missing clip", "min(q[k], rewards[k] + model.mean(k, vNext) + bonus)", "",
         "rewards[k] + model.mean(k, vNext) + bonus"),
        ("n + 1 under the root", "(widthSquared / n).squareRoot()", "widthSquared / n",
         "widthSquared / (n + 1)"),
        ("missing factor 2", "multiplier * multiplier * L / 2", "L / 2", "L"),
        ("square of the multiplier", "multiplier * multiplier * L", "multiplier * multiplier",
         "multiplier"),
        ("wrong tie", "if q[k] > best {\n            best = q[k]\n            choice = k", 
         "q[k] > best", "q[k] >= best"),
        ("stale update", "isStale || model.isChanged.base[k]", "", "model.isChanged.base[k]"),
        ("stale update", "isReached || model.isStateChanged.base[s]", "",
         "model.isStateChanged.base[s]"),
        ("stale update", "best != v[s]", "", "best < v[s] - 0.01"),
        ("bound for every multiplier", "multiplier == 1", "", "multiplier > 0"),
    ],
    "OnlineLearning/UCBVIBernstein.swift": [
        ("missing factor 2", "2 * m * m * L / n", "", "m * m * L / n"),
        ("n - 1 for n", "2 * m * m * L / n", "", "2 * m * m * L / (n - 1)"),
        ("n for n - 1", "7 * m * L / (3 * (n - 1))", "n - 1", "n"),
        ("wrong factor", "7 * m * L / (3 * (n - 1))\n", "7 * m", "3 * m"),
        ("missing root", "(variance * scales.base[k]).squareRoot()", "", "variance * scales.base[k]"),
        ("sign of bonus", "rewards[k] + mean + bonus", "", "rewards[k] + mean - bonus"),
        ("missing clip", "min(q[k], rewards[k] + mean + bonus)", "",
         "rewards[k] + mean + bonus"),
        ("wrong count", "model.visits.base[k] > 1", "", "model.visits.base[k] > 2"),
        ("off by one in h", "problem.horizon &- 1 &- h", "", "problem.horizon &- h"),
    ],
    "OnlineLearning/EmpiricalModel.swift": [
        ("wrong count", "counts[start &+ i] += 1", "1", "2.0"),
        ("wrong count", "visits.base[k] += 1", "1", "2.0"),
        ("n for n - 1", "visits.base[k] - 1)", "visits.base[k] - 1", "visits.base[k]"),
        ("wrong place", "Int(columns[start &+ i]) < t {", "Int(columns[start &+ i]) < t",
         "Int(columns[start &+ i]) <= t"),
        ("lost entry", "counts + starts.base[k], count: length)", "length",
         "max(0, length - 1)"),
        ("stale update", "isStateChanged.base[Int(stateOfChoice[k])] = false", "false", "true",
         "a state that stays marked is backed up again, to the same bits: only time is lost"),
    ],
    "OnlineLearning/QLearning.swift": [
        ("wrong discount", "learner.discount * following", "", "following"),
        ("sign of shift", "transition.reward + learner.rewardShift", "learner.rewardShift",
         "-learner.rewardShift"),
        ("missing terminal value", "?? learner.terminalValue", "learner.terminalValue", "0"),
        ("missing old value", "alpha * (target - values[k])", "target - values[k]", "target"),
        ("wrong count", "learner.stepSize(visit: visits[k])", "visits[k]", "visits[k] + 1"),
        ("wrong max/min", "best = max(best, values[k])", "max(best, values[k])",
         "best == -.infinity ? values[k] : min(best, values[k])"),
        ("wrong start", "greatest / (1 - learner.discount)", "", "greatest"),
        ("stale state", "transition.next ?? simulator.start(using: &rng)", "transition.next",
         "(transition.next == nil ? nil : Optional(s))"),
    ],
    "OnlineLearning/BehaviorPolicy.swift": [
        ("wrong tie", "where values[k] > values[best]", "values[k] > values[best]",
         "values[k] >= values[best]"),
        ("wrong tie", "where values[k] >= least", "values[k] >= least", "values[k] > least"),
        ("wrong range", "rng.uniform(below: values.count)", "values.count",
         "max(1, values.count - 1)"),
    ],
    "OnlineLearning/StepSize.swift": [
        ("missing log", "-w * Portable.log(Double(n))", "Portable.log(Double(n))", "Double(n)"),
        ("n + 1 for n", "1 / Double(n)", "Double(n)", "Double(n + 1)"),
    ],
    "OnlineLearning/PolicyEvaluator.swift": [
        ("missing reward", "r[Int(k)] + sum", "", "sum"),
        ("stale update", "value != V[s]", "", "value > V[s]"),
        ("stale update", "k == old[s]", "", "k == old[s] || k == 0"),
    ],
    "OnlineLearning/EpisodicLearner.swift": [
        ("sign of regret", "problem.optimalReturn - evaluator.expectedReturn(of: agent.policy)", "",
         "evaluator.expectedReturn(of: agent.policy) - problem.optimalReturn"),
        ("wrong count", "while k < checkpoint {", "k < checkpoint", "k <= checkpoint"),
        ("wrong law", "u >= cumulative[i]", "", "u < cumulative[i]"),
    ],
    "OfflineLearning/VILCB.swift": [
        ("missing log", "Portable.log(Double(N)) / (1 - gamma)", "Portable.log(Double(N))",
         "Double(N)"),
        ("wrong discount", "Portable.log(Double(N)) / (1 - gamma)).rounded", "(1 - gamma)", "gamma"),
        ("wrong rounding", ".rounded(.up)", ".up", ".down"),
        ("wrong count", "iterations: folds.count - 1)\n    var backup", "folds.count - 1",
         "folds.count"),
        ("missing fold", "folds.dropFirst()", "", "folds.dropFirst(2)"),
        ("missing check", "mean <= 1 + 1e-12", "", "mean <= 2"),
    ],
    "OfflineLearning/PessimisticSolution.swift": [
        ("sign of penalty", "penalty(count: data.visits[k], greatest: greatest)", "",
         "-penalty(count: data.visits[k], greatest: greatest)"),
        ("wrong discount", "1 / (1 - discount)", "", "1 / (1 - discount * discount)"),
        ("missing monotonicity", "if q > values[s]", "q > values[s]",
         "k == data.choicePointers[s] || q > values[s]"),
        ("stale update", "values: old", "old", "values"),
        ("wrong start", "data.mostPlayed()", "", "Array(data.choicePointers.dropLast())"),
    ],
    "OfflineLearning/BatchDataset.swift": [
        ("wrong discount", "gamma * sum", "", "sum"),
        ("wrong count", "Double(nextCounts[i]) * values", "Double(nextCounts[i])", "1.0"),
        ("n + 1 for n", "/ Double(visits[k])", "Double(visits[k])", "Double(visits[k] + 1)"),
        ("wrong tie", "visits[k] > visits[best]", "", "visits[k] >= visits[best]"),
        ("wrong count", "counts.append(1)", "1", "2"),
    ],
    "OfflineLearning/VILCB+Bound.swift": [
        ("missing factor 2", "2 * weight * d[s]", "", "weight * d[s]"),
        ("wrong fold", "folds[T - i]", "T - i", "i"),
        ("missing term", "bound + weight * greatest", "", "bound"),
        ("wrong discount", "weight *= gamma", "gamma", "gamma * gamma"),
    ],
    "OfflineLearning/LCBBandit.swift": [
        ("sign of penalty",
         "Double(k) / Double(n) - (logarithm / (2 * Double(n))).squareRoot()", 
         "", "Double(k) / Double(n) + (logarithm / (2 * Double(n))).squareRoot()"),
        ("missing clip", "max(0, Double(k)", "0", "-9"),
        ("missing factor 2",
         "Double(k) / Double(n) - (logarithm / (2 * Double(n)))", "2 * Double(n)", "Double(n)"),
        ("wrong value of an unseen arm", "return 0 }  // (2)", "0", "1"),
        ("missing factor 2", "n > 0 ? (logarithm / (2 * Double(n))).squareRoot() : 1",
         "2 * Double(n)", "Double(n)"),
    ],
    "OfflineLearning/BinomialTable.swift": [
        ("off by one", "Double(n - k) / Double(k + 1) * odds", "Double(k + 1)",
         "Double(max(k, 1))"),
        ("off by one", "Double(n - k + 1) * odds", "n - k + 1", "n - k + 2"),
        ("wrong odds", "p / (1 - p)", "1 - p", "1.001 - p"),
    ],
    "OfflineLearning/ExactSuboptimality.swift": [
        ("wrong tail", "probability * tails[threshold]", "tails[threshold]",
         "(1 - tails[threshold])"),
        ("swapped weights", "(best - means.0) * first", "", "(best - means.0) * (1 - first)"),
        ("swapped pulls", "pulls: (n0, count - n0)", "(n0, count - n0)", "(count - n0, n0)"),
        ("wrong share", "min(1, weights.0 / share)", "weights.0 / share", "weights.0"),
    ],
    "LinearLearning/LSVIUCB.swift": [
        ("sign of bonus", "mean[k] + multiplier * stage[k].squareRoot()", "",
         "mean[k] - multiplier * stage[k].squareRoot()"),
        ("missing root", "multiplier * stage[k].squareRoot()", "stage[k].squareRoot()", "stage[k]"),
        ("missing clip", "max(0, min(sum, ceiling))", "", "max(0, sum)"),
        ("missing clip", "max(0, min(sum, ceiling))", "0", "-1e9"),
        ("off by one in h", "Double(H - h)", "H - h", "H - h - 1"),
        ("wrong stage", "v + (h + 1) * S, into: w", "h + 1", "h"),
        ("wrong tie", "value > greatest", "", "value >= greatest"),
        ("wrong switching", "stages[h].design.growth >= growth", "",
         "stages[h].design.growth > growth * growth"),
        ("stale determinant", "stages[h].design.markDeterminant()", "",
         "()"),
    ],
    "LinearLearning/PEVI.swift": [
        ("missing root", "multipliers[h] * forms[k].squareRoot()", "forms[k].squareRoot()",
         "forms[k]"),
        ("off by one in h", "multipliers[h] * forms", "multipliers[h]",
         "multipliers[max(h - 1, 0)]"),
        ("wrong stage", "run.values[(h + 1) * S..<(h + 2) * S], features", 
         "(h + 1) * S..<(h + 2) * S", "h * S..<(h + 1) * S"),
        ("wrong count", "count: Double(count))", "Double(count)", "1.0"),
        ("wrong count", "weight: Double(data.visits(stage: h, choice: k))",
         "Double(data.visits(stage: h, choice: k))", "Double(min(1, data.visits(stage: h, choice: k)))"),
    ],
    "LinearLearning/PenalizedValues.swift": [
        ("sign of penalty", "estimates[i] - penalties[i]", "", "estimates[i] + penalties[i]"),
        ("missing clip", "max(0, min(estimates", "0", "-1e9"),
        ("off by one in h", "Double(horizon - h)", "horizon - h", "horizon - h - 1"),
        ("wrong tie", "q > values[h * states + s]", "", "q >= values[h * states + s]"),
        ("wrong audit", "error <= penalties[h * K + k] + slack", "penalties[h * K + k]",
         "2 * penalties[h * K + k]"),
        ("wrong audit", "optimal[i] * penalties[i]", "", "penalties[i]"),
    ],
    "LinearLearning/StageRegression.swift": [
        ("missing reward", "count * phi * reward", "", "count * phi"),
        ("wrong count", "rewardSum[i] += count * reward", "count * reward", "reward"),
        ("missing term", "value * sums[row &+ i]", "", "sums[row &+ i]"),
    ],
    "LinearLearning/RidgeDesign.swift": [
        ("wrong start", "repeating: 1 / lambda", "1 / lambda", "lambda"),
        ("wrong update", "alpha *= old / new", "old / new", "new / old"),
        ("wrong update", "entry + beta * rest", "", "entry - beta * rest"),
        ("missing weight", "zi * zi * reciprocals[i]", "", "zi * zi"),
        ("wrong growth", "growth *= weight / alpha", "weight / alpha", "alpha / weight"),
        ("missing weight", "old + alpha * pj * pj", "", "old + pj * pj"),
    ],
    "LinearLearning/TabularLSVIUCB.swift": [
        ("missing regularization", "regularization + visits[i]", "", "max(1, visits[i])"),
        ("sign of bonus", "sum / weight + multiplier * (1 / weight).squareRoot()", "",
         "sum / weight - multiplier * (1 / weight).squareRoot()"),
        ("off by one in h", "Double(horizon - h)", "horizon - h", "horizon - h - 1"),
    ],
    "LinearLearning/TabularPEVI.swift": [
        ("missing regularization", "regularization + Double(visits)", "", "max(1, Double(visits))"),
        ("missing root", "(1 / weight).squareRoot()", "", "(1 / weight)"),
    ],
    "LinearLearning/StageCounts.swift": [
        ("wrong share", "episodes / H", "", "episodes"),
        ("swapped weights", "weight / total * part[i]", "weight / total", "weight"),
        ("wrong max/min", "max(worst, optimal[i] / occupancy[i])", "optimal[i] / occupancy[i]",
         "occupancy[i] / optimal[i]"),
    ],
    "LinearLearning/OptimisticLearner.swift": [
        ("wrong max/min", "min(optimism, margin)", "", "margin"),
        ("stale gap", "policy != current", "", "current.isEmpty"),
        ("wrong count", "changes += 1", "1", "2"),
    ],
    "Bandits/UCB1.swift": [
        ("missing log", "exploration * Portable.log(Double(t))", "Portable.log(Double(t))", "1"),
        ("wrong round", "Portable.log(Double(t))", "Double(t)", "Double(t + 1)"),
        ("sign of bonus", "arms[a].mean + width * arms[a].scale", "", 
         "arms[a].mean - width * arms[a].scale"),
        ("wrong tie", "best = index > greatest ? a : best", "index > greatest", "index >= greatest"),
        ("n + 1 under the root", "(1 / arms[a].count).squareRoot()", "arms[a].count",
         "(arms[a].count + 1)"),
        ("wrong count", "arms[a].count += 1", "1", "2"),
        ("wrong initial rounds", "t <= arms.count", "", "t < arms.count"),
    ],
    "Bandits/KLUCB.swift": [
        ("missing log", "let log = Portable.log(Double(t))", "Portable.log(Double(t))", 
         "Double(t)"),
        ("missing log", "Portable.log(max(log, 1))", "", "max(log, 1)"),
        ("missing count", "f / arms[a].count", "", "f"),
        ("wrong tie", "other > greatest || (other == greatest && a < best)", 
         "(other == greatest && a < best)", "(other == greatest && a > best)"),
        ("missing slack", "f * (1 + 0x1p-30)", "", "f * (1 - 0x1p-10)"),
        ("stale ceiling", "if ceilingRound > 0 { raiseCeiling", "ceilingRound > 0", 
         "ceilingRound > 0 && reward > 0",
         "after a reward of 0 the index falls, so the old ceiling still bounds it: only time is lost"),
        ("stale ceiling", "t > ceilingRound", "", "ceilingRound == 0"),
        ("stale leader", "    leader = best\n", "best", "0",
         "the leader is only evaluated first; ties are decided by the indices: only time is lost"),
    ],
    "Bandits/BernoulliDivergence.swift": [
        ("swapped arguments", "(q - p) / p)", "(q - p) / p", "(p - q) / q"),
        ("wrong start", "(budget / 2).squareRoot()", "budget / 2", "budget / 4"),
        ("wrong end", "if p == 0 { return 1 - Portable.exp(-budget) }", 
         "Portable.exp(-budget)", "Portable.exp(-budget / 2)"),
        ("wrong slope", "q * (1 - q))", "q * (1 - q)", "2 * q * (1 - q)"),
        ("too few steps", "0..<64", "64", "2"),
        ("sign of entropy", "budget + entropy", "", "budget - entropy"),
    ],
    "Bandits/MOSS.swift": [
        ("missing log", "Portable.log(budget / n) / n", "Portable.log(budget / n)", "budget / n"),
        ("missing clip", "budget > n ?", "budget > n", "budget > 0"),
        ("wrong budget", "Double(rounds) / Double(arms)", "", "Double(rounds)"),
        ("missing count", "Portable.log(budget / n) / n)", "(budget / n)", "(budget)"),
        ("sign of bonus", "sums[a] / n + width", "", "sums[a] / n - width"),
    ],
    "Bandits/ThompsonSampling.swift": [
        ("wrong prior", "rng.beta(1 + arms[leader].successes, 1 + arms[leader].failures)",
         "1 + arms[leader].failures", "2 + arms[leader].failures"),
        ("swapped shapes", "rng.beta(1 + arms[a].successes, 1 + arms[a].failures)", "",
         "rng.beta(1 + arms[a].failures, 1 + arms[a].successes)"),
        ("swapped shapes", "BetaDistribution(1 + arms[a].failures, 1 + arms[a].successes)",
         "", "BetaDistribution(1 + arms[a].successes, 1 + arms[a].failures)"),
        ("wrong skip", "2 * v * excess < n * distance * distance", "2 * v", "v / 2"),
        ("wrong weight", "arms[a].weight = n", "n", "2 * n"),
        ("missing constant", "arms[a].failures + 1\n", "arms[a].failures + 1", "arms[a].failures",
         "n kl(s/n, x) grows with failures, so the tail bound of one less is still a bound: the same law by "
         "other random numbers"),
        ("wrong success", "if reward > 0 {", "reward > 0", "reward >= 0"),
    ],
    "Bandits/GaussianThompsonSampling.swift": [
        ("missing root", "deviation / counts[a].squareRoot()", "counts[a].squareRoot()", "counts[a]"),
        ("wrong mean", "sums[a] / counts[a]", "", "sums[a] / (counts[a] + 1)"),
        ("missing deviation", "deviation / counts[a]", "deviation", "1"),
    ],
    "Bandits/EpsilonGreedy.swift": [
        ("missing square", "gap * gap * Double(t)", "gap * gap", "gap"),
        ("wrong round", "gap * gap * Double(t)", "Double(t)", "Double(t + 1)"),
        ("missing arms", "c * Double(arms)", "", "c"),
        ("wrong initial rounds", "t > armCount", "", "t > 0"),
    ],
    "Bandits/LaiRobbins.swift": [
        ("swapped arguments", "bernoulliDivergence(mean, best)", "",
         "bernoulliDivergence(best, mean)"),
        ("missing factor 2", "2 * sigma * sigma / gap", "", "sigma * sigma / gap"),
        ("missing gap", "(best - mean) / bernoulli", "(best - mean)", "1"),
    ],
    "Bounds/UCBVIHoeffding.swift": [
        ("off by one in h", "Double(max(horizon - 1, 1))", "horizon - 1", "horizon"),
        ("wrong share of δ", "      6 * Double(pairCount)", "6", "3"),
        ("missing term", "Portable.log1p(-Portable.exp((1 - S) * Portable.log(2)))", "", "0"),
        ("missing factor 2", "bonusLogTerm / (2 * Double(n))", "2 * Double(n)", "Double(n)"),
        ("missing factor 2", "2 * Double(pairCount) * Double(k) * Double(horizon)",
         "2 * Double(pairCount)", "Double(pairCount)"),
        ("wrong constant", "H / 2 + 1.0 / 3", "1.0 / 3", "0"),
        ("wrong growth", "martingale(k, growth: 1 + 1 / H)", "1 + 1 / H", "1"),
        ("wrong max/min", "min(uniformRegret(after: k), bernsteinRegret(after: k))", "",
         "max(uniformRegret(after: k), bernsteinRegret(after: k))"),
        ("off by one in h", "weight * Double(horizon - h)", "horizon - h", "horizon - h - 1"),
        ("missing square", "Double(pairCount) * Double(horizon) * Double(horizon) }",
         "Double(horizon) * Double(horizon)", "Double(horizon)"),
    ],
    "Bounds/UCB1Regret.swift": [
        ("missing constant", "7.0 / 6 * $1", "", "0"),
        ("missing log", "Portable.log(Double(T))", "", "1"),
        ("wrong factor", "8 * log / $1", "8", "4"),
    ],
    "Bounds/PEVIHoeffding.swift": [
        ("missing factor 2", "2 * Double(horizon * choiceCount)", "2", "1"),
        ("off by one in h", "Double(H - 1 - h)", "H - 1 - h", "H - h"),
        ("off by one in h", "spread * Double(H - h)", "H - h", "H - 1 - h"),
        ("missing root", "regularization.squareRoot() * spread", "regularization.squareRoot()",
         "regularization"),
        ("missing factor 2", "2 * multipliers()", "2", "1"),
        ("missing regularization", "1 / (regularization + Double(n))", "regularization + Double(n)",
         "1 + Double(n)"),
    ],
    "Bounds/LCBHoeffding.swift": [
        ("missing factor 2", "2 * Double(armCount)", "", "Double(armCount)"),
        ("missing factor 2", "2 * (logTerm", "2", "1"),
    ],
    "Bounds/VILCBHoeffding.swift": [
        ("missing count", "Double(choiceCount) * Double(iterationCount)", "",
         "Double(choiceCount)"),
        ("missing factor 2", "2 * (1 - power)", "", "(1 - power)"),
        ("missing term", "b + power * greatestValue", "power * greatestValue", "0"),
        ("missing condition", "logTerm >= 2", "", "logTerm >= 0"),
    ],
    "Bounds/DiscountedErrors.swift": [
        ("wrong discount", "discount * epsilon / (1 - discount)", "discount * epsilon", "epsilon"),
        ("missing factor 2", "2 * discount * e", "", "discount * e"),
        ("missing discount", "eR + discount * eP", "", "eR + eP"),
    ],
    "Planning/ValueIteration.swift": [
        ("wrong stopping", "bounds.gap <= epsilon", "", "bounds.gap <= 2 * epsilon"),
        ("wrong stopping", "iteration >= maximumIterations", "", "iteration > maximumIterations"),
        ("wrong magnitude", "magnitude: largestMagnitude(v)", "largestMagnitude(v)", "0"),
        ("stale vector", ": v, choices: pi, method", "v", "w"),
    ],
    "Planning/GaussSeidel.swift": [
        ("wrong start", "leastReward / (1 - problem.discount)", "", "leastReward",
         "every start is allowed and the bounds hold for each: only the number of sweeps differs"),
        ("wrong magnitude", "magnitude: largestMagnitude(v)", "largestMagnitude(v)", "0"),
        ("stale vector", ": v, choices: pi, method", "v", "w"),
    ],
    "Planning/OrderedRows.swift": [
        ("stale ghosts", "v[S + i] = v[Int(t)]", "v[Int(t)]", "v[S + i]"),
        ("wrong direction", "backwards == (i == 0) ? 1 : 0", "backwards == (i == 0)", "backwards"),
        ("missing ghosts", "if !part.contains(Int(t)), crossings", "!part.contains(Int(t))",
         "Int(t) >= part.upperBound"),
        ("missing entries", "i < order.count ? i :", "i < order.count", "i <= order.count"),
        ("wrong start", "max(best, rewards[k] / (1 - discount))", "1 - discount", "1"),
    ],
    "Planning/PolicyIteration.swift": [
        ("sign of update", "v[s] += delta[s]", "delta[s]", "-delta[s]"),
        ("stale policy", "factored?.policy != pi", "", "factored == nil"),
        ("wrong residual", "change[s] -= v[s]", "v[s]", "0.5 * v[s]"),
    ],
    "Planning/ModifiedPolicyIteration.swift": [
        ("stale sweep", "expected <= enough", "", "expected <= enough * 1e9",
         "how often a policy is swept is free: only the number of iterations differs"),
        ("missing finish", "choices: lazy.finish()", "lazy.finish()", "lazy.choices",
         "finish() gives memory back and returns the same choices"),
    ],
    "Planning/InPlaceSweep.swift": [
        ("missing shift", "v[s] = w[s - begin] - g", "w[s - begin] - g", "w[s - begin]"),
        ("stale shift", "if first == 0 { shift", "first == 0", "true"),
        ("missing shift", "min(change.low, d.low - g)", "d.low - g", "d.low"),
        ("missing block", "to: pieces * blockCount", "pieces * blockCount",
         "pieces * (blockCount - 1)"),
        ("missing end", "slowSweeps < 2", "", "slowSweeps < 2_000"),
        ("wrong count", "1 / Double(count)", "Double(count)", "Double(count + 1)"),
    ],
    "Planning/LazySweep.swift": [
        ("missing increase", "greatestIncrease(from: UnsafeBufferPointer(rebasing: old), to: new)", "",
         "-Double.infinity"),
        ("stale vector", ".update(from: new)", "new", "UnsafeBufferPointer(rebasing: old)"),
    ],
    "Planning/RowBounds.swift": [
        ("missing credit", "credit = (credit + step).nextUp", "credit + step", "credit"),
    ],
    "Planning/SecondThread.swift": [
        ("missing states", "body(bound($0)..<bound($0 + 1))", "bound($0 + 1)", "bound($0)"),
    ],
    "Planning/PolicyRows.swift": [
        ("stale row", "where Int32(truncatingIfNeeded: policy[s]) != choices[s]",
         "Int32(truncatingIfNeeded: policy[s]) != choices[s]",
         "Int32(truncatingIfNeeded: policy[s]) > choices[s]"),
        ("stale padding", "to < Int(pointers[s &+ 1])", "", "false"),
        ("wrong row", "Int(from[k])..<Int(from[k &+ 1])", "",
         "Int(from[s])..<Int(from[s &+ 1])"),
        ("missing reward", "rewards[s] = r[k]", "r[k]", "0"),
    ],
    "Planning/FactoredSweep.swift": [
        ("sign of the increase", "greatestIncrease(from: last, to: y)", "",
         "greatestIncrease(from: y, to: last)"),
        ("stale row", "where adopted[s] != choices[s]", "adopted[s] != choices[s]",
         "adopted[s] < choices[s]"),
        ("wrong row", "from + choices[s] &* r", "choices[s]", "(choices[s] - choices[s] % 2)"),
    ],
    "Planning/FactoredOperator.swift": [
        ("missing discount", "system[i, j] -= discount * product[j, i]", "discount * product[j, i]",
         "product[j, i]"),
        ("transposed", "discount * product[j, i]", "product[j, i]", "product[i, j]"),
        ("missing half", "zip(halves[0].elements, halves[1].elements).map(+)", "",
         "halves[0].elements"),
        ("missing correction", "b[s] + gamma * back[s]", "gamma * back[s]", "0"),
    ],
    "Planning/BackwardInduction.swift": [
        ("missing rounding", "(constants.rowSums.upperBound * error).nextUp + constants.margin(w)",
         "constants.margin(w)", "0"),
        ("missing error", "(constants.rowSums.upperBound * error).nextUp + constants", 
         "(constants.rowSums.upperBound * error).nextUp", "0"),
        ("stale model", "kernel == nil || !problem.isStationary", "", "kernel == nil"),
        ("wrong stopping", "draft.gap <= epsilon", "", "draft.gap < epsilon / 2"),
        ("missing error", "largestMagnitude(next)) + error", "error", "0",
         "an error is below a thousandth of w for fewer than 10^10 stages, which the factor 1.001 covers"),
    ],
    "Planning/CertifiedBounds.swift": [
        ("rounding term removed", "(2 * m + 17) * B + 4 * w", "", "4 * w"),
        ("rounding term removed", "(2 * m + 17) * B + 4 * w)", "4 * w", "0"),
        ("rounding term removed", "extrema.high + M + slack", "M", "0"),
        ("rounding term removed", "-extrema.low + M + slack", "M", "0"),
        ("missing slack", "extrema.high + M + slack).nextUp", "slack", "0"),
        ("wrong row sum", "constants.rowSums.lowerBound", "", "constants.rowSums.upperBound"),
        ("wrong row sum", "discount * constants.rowSums.upperBound).nextUp).nextDown",
         "constants.rowSums.upperBound", "constants.rowSums.lowerBound"),
        ("rounding term removed", "(high - low) + 0x1.8p-52 * w", "0x1.8p-52 * w", "0"),
        ("wrong count", "(longestRow + 7) / 8 + 4", "", "(longestRow + 7) / 8"),
        ("wrong limit", "gap <= 2 * roundingWidth", "", "gap <= roundingWidth / 2"),
        ("swapped shifts", "lower: shifted(v, by: lowerShift)", "lowerShift", "upperShift"),
        ("wrong magnitude", "largest = max(largest, abs(p[i]))", "abs(p[i])", "p[i]"),
        ("wrong middle", "0.5 * (upperShift + lowerShift)", "", "upperShift"),
    ],
    "Planning/PolicyEvaluation.swift": [
        ("missing weight", "model.choices(of: s) where policy.probabilities[k] > 0 {\n          b[s] +=",
         "model.choices(of: s)", "model.choices(of: s).dropFirst(0).prefix(1)"),
        ("missing refinement", "for _ in 0..<2 {", "2", "1"),
        ("wrong discount", "problem.discount * sum", "", "sum"),
        ("missing weight", "d[s] * policy.probabilities[k]", "", "d[s]"),
    ],
    "Certificates/CertificateChecker.swift": [
        ("wrong test", "worth <= hi[s]", "", "worth <= hi[s] + 1e-12"),
        ("wrong test", "worth >= lo[s]", "", "worth >= lo[s] - 1e-12"),
        ("rounding term removed", "((q - error).nextDown, (q + error).nextUp)", "q + error", "q"),
        ("rounding term removed", "((q - error).nextDown, (q + error).nextUp)", "q - error", "q"),
        ("missing compensation", "sum + correction", "", "sum"),
        ("wrong discount", "discount < 1, (discount * model.rowSums.upperBound).nextUp < 1 else",
         "(discount * model.rowSums.upperBound).nextUp < 1", "true"),
        ("missing check", "model.choices(of: s).contains(stage.choices[s])", "",
         "(0..<model.choiceCount).contains(stage.choices[s])"),
        ("missing check", "?? checkLo(model, 1, stage.lower, next: nextLower, stage.choices, h)",
         "checkLo(model, 1, stage.lower, next: nextLower, stage.choices, h)", "nil"),
        ("stale stage", "(nextLower, nextUpper) = (stage.lower, stage.upper)",
         "(stage.lower, stage.upper)", "(stage.upper, stage.lower)"),
        ("rounding term removed", "discount * innerError * 1.0001", "", "0"),
    ],
    "Hardness/Concentrability.swift": [
        ("swapped weights", "target[k].divided(by: data[k])", "", "data[k].divided(by: target[k])"),
        ("wrong place", "ratio.lower > greatest.lower", "", "ratio.lower < greatest.lower"),
        ("missing check", "data[k].upper > 0", "", "data[k].upper >= 0"),
    ],
    "Hardness/Coverability.swift": [
        ("off by one in h", "if h > 0 { w = Self", "h > 0", "h > 1"),
        ("wrong max/min", "best = max(best, sum)", "max(best, sum)", "sum"),
        ("missing count", "Double(problem.dynamics(atStage: h).choices(of: s).count) * arrival", "",
         "arrival"),
        ("wrong max/min", "sums.max() ?? 0", "sums.max()", "sums.last"),
        ("rounding term removed", "greatest * relative + 0x1p-1000", "", "0"),
        ("wrong order", "(0..<h).reversed()", "", "Array(0..<h)"),
    ],
    "Hardness/Diameter.swift": [
        ("wrong max/min", "upper = max(upper, other.upper)", "max(upper, other.upper)",
         "other.upper"),
        ("wrong place", "solved.values[$1] > solved.values[$0]", "",
         "solved.values[$1] < solved.values[$0]"),
        ("missing check", "best.farthest, best.target", "best.farthest", "best.target"),
    ],
    "Hardness/GreatestVisits.swift": [
        ("missing discount", "Measured(1) - discount * back", "discount * back", "back"),
        ("missing scale", "scale * arrival.atLeast(0)", "", "arrival.atLeast(0)"),
        ("missing start", "arrival + Measured(start[t]) * reach(t)", "Measured(start[t]) * reach(t)", "reach(t)"),
    ],
    "Hardness/Measured.swift": [
        ("rounding term removed", "(a.lower + b.lower).nextDown", "",
         "(a.lower + b.lower)"),
        ("swapped ends", "(a.lower - b.upper).nextDown, upper: (a.upper - b.lower).nextUp",
         "(a.upper - b.lower).nextUp", "max(a.lower, a.upper - b.upper).nextUp"),
        ("wrong end", "upper <= 0 ? b.upper : b.lower", "", "b.upper"),
    ],
    "Statistics/Bootstrap.swift": [
        ("missing factor 6", "6 * squares", "", "squares"),
        ("sign of acceleration", "1 - a * z", "", "1 + a * z"),
        ("wrong tie", "value == estimate ? 0.5 : 0", "0.5", "1"),
        ("wrong degrees", "degrees: Double(n - 1)", "n - 1", "n"),
        ("wrong tail", "return (1 - level) / 2 }", "(1 - level) / 2", "1 - level"),
        ("sign of bias", "let z = z0 + NormalDistribution.quantile(p)", "z0", "-z0"),
    ],
    "Statistics/Proportion.swift": [
        ("off by one", "Double(n - k + 1)).quantile(alpha)", "n - k + 1", "max(1, n - k)"),
        ("off by one", "Double(k + 1), Double(n - k)", "Double(k + 1)", "Double(k)+0.5"),
        ("missing factor 2", "let alpha = (1 - level) / 2", "(1 - level) / 2", "1 - level"),
        ("wrong constant", "z * z / 4", "", "z * z / 2"),
        ("rounding term removed", "lower * (1 - 1e-12)", "", "lower * (1 + 1e-9)"),
        ("wrong end", "k == n ? 1 : BetaDistribution", "1", "0.999"),
    ],
    "Statistics/BoundedMean.swift": [
        ("missing factor 2", "Double(2 * moments.count)", "2 * moments.count", "moments.count"),
        ("wrong share of δ", "log(4 / (1 - level))", "4", "2"),
        ("n for n - 1", "3 * (n - 1)", "n - 1", "n"),
        ("missing clip", "min(range.upperBound, mean + radius)", "", "mean + radius"),
        ("missing factor 2", "2 * moments.variance", "", "moments.variance"),
    ],
    "Statistics/ConfidenceInterval.swift": [
        ("off by one", "p * (last + 2) - 1", "last + 2", "last + 1"),
        ("off by one", "n / (n - 1)", "n - 1", "n"),
    ],
    "Statistics/ConfidenceSequence.swift": [
        ("off by one", "(k + 1) * (k + 2) * 2", "k + 2", "k + 1"),
        ("missing factor 2", "2 * cost / exp2", "2 * cost", "cost"),
        ("missing log", "(variance * t * log(t + 1))", "log(t + 1)", "1.0"),
        ("missing clip", "min(0.5, (2 * cost", "0.5", "0.99"),
        ("sign of penalty", "(cost + penalty) / weights", "cost + penalty", "cost - penalty"),
        ("lost running intersection", "max(lower, center - radius)", "", "center - radius"),
    ],
    "Statistics/RunningMoments.swift": [
        ("wrong update", "delta * (x - mean)", "", "delta * delta"),
        ("swapped weights", "n * mean + m * other.mean", "", "m * mean + n * other.mean"),
        ("missing term", "delta * delta * (n * m / (n + m))", "", "0"),
        ("n for n - 1", "squaredDeviations / Double(count - 1)", "count - 1", "count"),
    ],
    "Statistics/SlopeFit.swift": [
        ("missing center", "x.map { ($0 - center) / spread }", "$0 - center", "$0"),
        ("sign of intercept", "Summary.mean(y) - estimate * center", "", "Summary.mean(y) + estimate * center"),
    ],
    "Randomness/Binomial.swift": [
        ("missing mirror", "n - binomialOfSmallProbability(n, 1 - p)", "",
         "binomialOfSmallProbability(n, 1 - p)"),
        ("off by one", "Double(n + 1) * odds", "n + 1", "n"),
        ("wrong ratio", "(n + 1) * Portable.log1p((k - mode)", "n + 1", "n - 20"),
        ("wrong squeeze", "v <= squeeze", "", "v <= squeeze * 1.3"),
        ("wrong half", "n * p + 0.5", "", "n * p"),
    ],
    "Randomness/AliasTable.swift": [
        ("wrong share", "share[high] -= 1 - share[low]", "1 - share[low]", "share[low]"),
        ("wrong test", "product.low < column.threshold ? i : column.alias", "",
         "product.low < column.threshold ? column.alias : i"),
        ("missing repair", "small where weights[left] == 0", "weights[left] == 0", "weights[left] < 0",
         "m shares below 1 that sum to m, up to n² roundings, are none of them 0 while n is below 10⁷"),
    ],
    "Randomness/Categorical.swift": [
        ("wrong test", "uniform() < probability", "", "uniform() <= probability"),
        ("missing scale", "uniform() * total", "", "uniform()"),
        ("stale remainder", "left -= weight\n", "weight", "0.0"),
        ("wrong remainder", "weights[i] / remaining[i]", "remaining[i]", "remaining[0]"),
    ],
    "Randomness/Gamma.swift": [
        ("wrong constant", "shape - 1.0 / 3", "1.0 / 3", "1.0 / 2"),
        ("wrong constant", "(9 * d)", "9", "8"),
        ("missing shift", "gammaOfLargeShape(shape + 1)) - exponential", "shape + 1",
         "max(1, shape)"),
        ("wrong acceptance", "0.5 * square + d * (1 - v + Portable.log(v))", "0.5 * square",
         "square"),
    ],
    "Randomness/Gaussian.swift": [
        ("wrong density", "Portable.exp(-0.5 * x * x)", "-0.5", "-0.4"),
        ("missing factor 2", "2 * exponential() >= excess * excess", "2", "0.2"),
        ("lost sign", "negative ? -magnitude : magnitude", "", "magnitude"),
    ],
    "Randomness/Exponential.swift": [
        ("wrong rate", "e / -Portable.log1p(-p)", "-Portable.log1p(-p)", "p"),
    ],
    "Randomness/Beta.swift": [
        ("swapped shapes", "alpha / (alpha + beta)", "", "beta / (alpha + beta)"),
        ("wrong ratio", "ratio / (1 + ratio)", "", "ratio"),
    ],
    "Randomness/Permutations.swift": [
        ("off by one", "uniform(below: last + 1)", "last + 1", "last"),
        ("off by one", "chosen.insert(top) }", "chosen.insert(top)", "chosen.insert(max(0, top - 1))"),
    ],
    "Randomness/UniformSimplex.swift": [
        ("unsorted cuts", "p[j - 1] > cut", "", "p[j - 1] > 2"),
        ("unsorted cuts", "if n > 17 {", "n > 17", "n > 1_000_000"),
    ],
}


@dataclasses.dataclass
class Mutant:
    id: int
    file: str
    kind: str
    place: str
    original: str
    mutated: str
    equivalent: str

    @property
    def name(self):
        stem = self.file.split("/")[-1].removesuffix(".swift")
        return f"{stem} {self.kind}: {' '.join(self.mutated.split())}"

    @property
    def isStatement(self):
        return self.kind.startswith("statement: ")

    @property
    def suites(self):
        return SUITES.get(self.file) or SUITES[self.file.split("/")[0]]


MUTANTS = [
    Mutant(0, file, row[0], row[1], row[2] or row[1], row[3], row[4] if len(row) > 4 else "")
    for file, rows in TABLE.items() for row in rows]
for number, m in enumerate(MUTANTS, 1):
    m.id = number
