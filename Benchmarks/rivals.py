# SPDX-License-Identifier: Apache-2.0
"""One rival on one instance in a process of its own; `run.py` starts it.

    python rivals.py SOLVER MODEL {--discount G | --horizon H} [--repetitions N] [--values OUT.npy]

Prints one JSON document a line: `ready` when the model is in memory in the rival's own form (loading
and a warm-up on a toy model are not counted), `repetition` after each solve, `result` at the end.

Every rival is asked for a value vector within 1e-6 of V* in every state, in the way its own
documentation or source defines; how is said beside each. Where a choice may end the episode, a
state that pays nothing is added, because the rivals want rows that sum to 1.
"""

import argparse
import json
import sys
import tarfile
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import numpy as np
import scipy.sparse as sp

ERROR = 1e-6  # what every solver must promise


@dataclass
class Problem:
    """A model as rows k = s·A + a, all rows summing to 1."""

    states: int  # with the end, if there is one
    reported: int  # the states that count
    actions: int
    P: sp.csr_array
    R: np.ndarray
    discount: float | None
    horizon: int | None
    is_dense: bool  # whether rivals with a dense form get that one

    def dense(self) -> np.ndarray:
        """P as an array of shape (S, A, S)."""
        return self.P.toarray().reshape(self.states, self.actions, self.states)

    def by_action(self, matrix) -> list:
        """The rows of each action, as pymdptoolbox wants them."""
        return [matrix[a :: self.actions] for a in range(self.actions)]


def read(path: str, discount: float | None, horizon: int | None) -> Problem:
    """Reads an .npz file of `provably make`."""
    with np.load(path) as file:
        S, A = int(file["S"]), int(file["A"])
        assert "choice_pointers" not in file, "rivals need every action in every state"
        P = sp.csr_array((file["data"], file["indices"], file["indptr"]), shape=(S * A, S))
        R = file["R"].reshape(-1)
        ends = file["termination"] if "termination" in file else None
    if P.indptr[-1] < 2**31:
        P.indptr = P.indptr.astype(np.int32)
    is_dense = P.nnz >= 0.25 * P.shape[0] * P.shape[1]
    problem = Problem(S, S, A, P, R, discount, horizon, is_dense)
    return problem if ends is None else with_end(problem, ends)


def with_end(problem: Problem, ends: np.ndarray) -> Problem:
    """Adds the state in which episodes end."""
    S, A = problem.states, problem.actions
    end = sp.csr_array(np.append(ends, np.ones(A))[:, None])
    table = sp.vstack([problem.P, sp.csr_array((A, S))])
    P = sp.csr_array(sp.hstack([table, end], format="csr"))
    return Problem(
        S + 1, S, A, P, np.append(problem.R, np.zeros(A)), problem.discount, problem.horizon,
        problem.is_dense)


def toy(like: Problem) -> Problem:
    """A model of four states for warming up, in the same form as the real one."""
    S, A = 4, 2
    P = np.full((S * A, S), 0.25)
    P[0] = [1, 0, 0, 0]
    sparse = sp.csr_array(P)
    sparse.indptr = sparse.indptr.astype(like.P.indptr.dtype)
    sparse.indices = sparse.indices.astype(like.P.indices.dtype)
    return Problem(
        S, S, A, sparse, np.arange(S * A) / 8.0, like.discount and 0.5, like.horizon and 3,
        like.is_dense)


class Rival:
    """What can be timed: `fresh()` before each `solve()`, only the second counts."""

    package = ""

    def __init__(self, problem: Problem):
        self.problem = problem

    def fresh(self) -> None:
        """Makes a new model where the old one would be a warm start."""

    def solve(self) -> int:
        """Solves and returns the number of iterations, or -1 when the rival does not say."""
        raise NotImplementedError

    def values(self) -> np.ndarray:
        """The value of every state, after a solve."""
        raise NotImplementedError


class QuantEcon(Rival):
    """DiscreteDP; epsilon = 2e-6 promises values within epsilon/2. k is left at its default."""

    package = "quantecon"
    method = ""

    def __init__(self, problem: Problem):
        super().__init__(problem)
        from quantecon.markov import DiscreteDP

        beta = problem.discount if problem.horizon is None else 1.0
        S, A = problem.states, problem.actions
        if problem.is_dense:
            self.ddp = DiscreteDP(problem.R.reshape(S, A), problem.dense(), beta)
        else:
            s, a = np.divmod(np.arange(S * A), A)
            self.ddp = DiscreteDP(problem.R, problem.P, beta, s, a)
        problem.P = None

    def solve(self) -> int:
        result = self.ddp.solve(method=self.method, epsilon=2 * ERROR, max_iter=10_000_000)
        self.result = result.v
        return int(result.num_iter)

    def values(self) -> np.ndarray:
        return self.result


class QuantEconMPI(QuantEcon):
    method = "modified_policy_iteration"


class QuantEconPI(QuantEcon):
    """Exact policy iteration: np.linalg.solve, or scipy's spsolve for compressed rows."""

    method = "policy_iteration"


class QuantEconVI(QuantEcon):
    method = "value_iteration"


class QuantEconFinite(QuantEcon):
    """Backward induction with beta = 1."""

    def solve(self) -> int:
        from quantecon.markov import backward_induction

        values, _ = backward_induction(self.ddp, self.problem.horizon)
        self.result = values[0]
        return self.problem.horizon


class Storm(Rival):
    """Discounted Gauss–Seidel value iteration, the only method Storm has for discounts.

    It stops at |dV| <= eps (1 - g) / g with eps = 1e-6; that is relative unless told otherwise.
    A finite horizon is the property R=?[C<=H]. The model comes as a UMB archive.
    """

    package = "stormpy"

    def __init__(self, problem: Problem):
        super().__init__(problem)
        import stormpy

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.umb"
            write_umb(problem, path)
            self.model = stormpy.build_model_from_umb(str(path))
        target = (
            f"Cdiscount={problem.discount!r}" if problem.horizon is None
            else f"C<={problem.horizon}")
        self.property = stormpy.parse_properties(f'R{{"r"}}max=? [{target}]')[0]
        self.environment = stormpy.Environment()
        settings = self.environment.solver().min_max()
        settings.precision = stormpy.Rational(ERROR)
        settings.relative_termination_criterion = False
        settings.maximal_number_of_iterations = 10**9
        problem.P = None

    def solve(self) -> int:
        import stormpy

        self.result = stormpy.model_checking(
            self.model, self.property, environment=self.environment)
        return -1

    def values(self) -> np.ndarray:
        return np.array(self.result.get_value_vector())


def write_umb(problem: Problem, path: Path) -> None:
    """Writes the unified Markov binary format: compressed rows in a tar archive."""
    S, A, P = problem.states, problem.actions, problem.P
    index = {
        "format-version": 1, "format-revision": 0,
        "transition-system": {
            "time": "discrete", "#players": 1, "#states": S, "#initial-states": 1,
            "#choices": S * A, "#choice-actions": 0, "#branches": int(P.nnz),
            "#branch-actions": 0, "#observations": 0,
            "branch-probability-type": {"type": "double", "size": 64},
        },
        "annotations": {
            "rewards": {
                "r": {"applies-to": ["choices"], "type": {"type": "double", "size": 64}}}},
    }
    initial = bytearray((S + 63) // 64 * 8)
    initial[0] = 1
    members = {
        "index.json": json.dumps(index).encode(),
        "state-to-choices.bin": (np.arange(S + 1, dtype="<u8") * A).tobytes(),
        "state-is-initial.bin": bytes(initial),
        "choice-to-branches.bin": P.indptr.astype("<u8").tobytes(),
        "branch-to-target.bin": P.indices.astype("<u8").tobytes(),
        "branch-to-probability.bin": P.data.astype("<f8").tobytes(),
        "annotations/rewards/r/choices/values.bin": problem.R.astype("<f8").tobytes(),
    }
    with tarfile.open(path, "w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, BytesIO(data))


class MDPSolver(Rival):
    """mdpsolver with tolerance 1e-6; a second solve of one model would be a warm start."""

    package = "mdpsolver"
    algorithm, update = "mpi", "standard"

    def fresh(self) -> None:
        import mdpsolver

        p = self.problem
        S, A = p.states, p.actions
        if not hasattr(self, "lists"):
            data, columns = p.P.data.tolist(), p.P.indices.tolist()
            ends = p.P.indptr.tolist()
            self.lists = (
                p.R.reshape(S, A).tolist(),
                [[data[ends[k] : ends[k + 1]] for k in range(s * A, s * A + A)] for s in range(S)],
                [
                    [columns[ends[k] : ends[k + 1]] for k in range(s * A, s * A + A)]
                    for s in range(S)
                ],
            )
        rewards, probabilities, columns = self.lists
        self.model = mdpsolver.model()
        self.model.mdp(
            discount=p.discount, rewards=rewards, tranMatProbs=probabilities,
            tranMatColumns=columns)

    def solve(self) -> int:
        self.model.solve(
            algorithm=self.algorithm, update=self.update, tolerance=ERROR, verbose=False)
        return -1

    def values(self) -> np.ndarray:
        return np.array(self.model.getValueVector())


class MDPSolverGS(MDPSolver):
    update = "gs"


class Toolbox(Rival):
    """pymdptoolbox; epsilon = 1e-6 is about the policy, and V is not corrected for the span stop."""

    package = "pymdptoolbox"

    def fresh(self) -> None:
        p = self.problem
        if not hasattr(self, "P"):
            dense = p.is_dense
            self.P = p.by_action(p.P.toarray() if dense else sp.csr_matrix(p.P))
            if dense:
                self.P = np.ascontiguousarray(self.P)
            self.R = p.R.reshape(p.states, p.actions)
        self.solver = self.make()

    def make(self):
        """The solver's object; some solve parts of the problem here, so see `fresh`."""
        raise NotImplementedError

    def solve(self) -> int:
        self.solver.run()
        return int(getattr(self.solver, "iter", -1))

    def values(self) -> np.ndarray:
        return np.array(self.solver.V)


class ToolboxPI(Toolbox):
    """Policy iteration with matrix evaluation, which is exact."""

    def make(self):
        from mdptoolbox.mdp import PolicyIteration

        return PolicyIteration(self.P, self.R, self.problem.discount)


class ToolboxMPI(Toolbox):
    def make(self):
        from mdptoolbox.mdp import PolicyIterationModified

        return PolicyIterationModified(
            self.P, self.R, self.problem.discount, epsilon=ERROR, max_iter=1_000_000)


class ToolboxFinite(Toolbox):
    def make(self):
        from mdptoolbox.mdp import FiniteHorizon

        return FiniteHorizon(self.P, self.R, 1.0, self.problem.horizon)

    def values(self) -> np.ndarray:
        return np.array(self.solver.V[:, 0])


class MDPax(Rival):
    """mdpax's value iteration with its max_diff test; the model is a function that looks up rows.

    The test is |dV| < epsilon (1 - g) / g, so epsilon = 1e-6 promises what is asked for.
    """

    package = "mdpax"

    def __init__(self, problem: Problem):
        super().__init__(problem)
        import jax

        jax.config.update("jax_enable_x64", True)
        import jax.numpy as jnp
        from mdpax.core.problem import Problem as Base

        S, A = problem.states, problem.actions
        counts = np.diff(problem.P.indptr)
        width = int(counts.max())
        column = np.zeros((S * A, width), dtype=np.int32)
        probability = np.zeros((S * A, width))
        slots = np.arange(width) < counts[:, None]
        column[slots], probability[slots] = problem.P.indices, problem.P.data
        column, probability = jnp.array(column), jnp.array(probability)
        rewards = jnp.array(problem.R)

        class Table(Base):
            """A model as a table."""

            name = "table"

            def _construct_state_space(self):
                return jnp.arange(S, dtype=jnp.int32).reshape(-1, 1)

            def state_to_index(self, state):
                return state[0]

            def _construct_action_space(self):
                return jnp.arange(A, dtype=jnp.int32).reshape(-1, 1)

            def _construct_random_event_space(self):
                return jnp.arange(width, dtype=jnp.int32).reshape(-1, 1)

            def random_event_probability(self, state, action, event):
                return probability[state[0] * A + action[0], event[0]]

            def transition(self, state, action, event):
                k = state[0] * A + action[0]
                return column[k, event[0]].reshape(1), rewards[k]

        self.table = Table()
        problem.P = None

    def fresh(self) -> None:
        from mdpax.solvers.value_iteration import ValueIteration

        self.solver = ValueIteration(
            self.table, gamma=self.problem.discount, epsilon=ERROR, convergence_test="max_diff",
            max_batch_size=8192, verbose=0)

    def solve(self) -> int:
        state = self.solver.solve(max_iterations=10_000_000)
        self.result = np.asarray(state.values)
        return int(state.info.iteration)

    def values(self) -> np.ndarray:
        return self.result


class NumpyFactors:
    """Value iteration in factors with MacQueen bounds, in NumPy: no package takes a low-rank model.

    It is our own baseline, not a rival: v -> max_a r + g Phi (M v), two matrix products a sweep.
    """

    package = "numpy"

    def __init__(self, folder: Path, discount: float):
        self.features = np.load(folder / "features.npy")
        self.measures = np.load(folder / "measures.npy")
        self.rewards = np.load(folder / "rewards.npy")
        self.discount = discount

    def fresh(self) -> None:
        pass

    def solve(self) -> int:
        g, S = self.discount, self.measures.shape[1]
        v = np.zeros(S)
        for iteration in range(1, 1_000_000):
            q = self.rewards + g * (self.features @ (self.measures @ v))
            w = q.reshape(S, -1).max(axis=1)
            d = w - v
            low, high = g * d.min() / (1 - g), g * d.max() / (1 - g)
            v = w
            if high - low <= 2 * ERROR:
                break
        self.result = v + (low + high) / 2
        return iteration

    def values(self) -> np.ndarray:
        return self.result


SOLVERS = {
    "quantecon-mpi": QuantEconMPI,
    "quantecon-pi": QuantEconPI,
    "quantecon-vi": QuantEconVI,
    "quantecon-finite": QuantEconFinite,
    "storm": Storm,
    "mdpsolver-mpi": MDPSolver,
    "mdpsolver-gs": MDPSolverGS,
    "pymdptoolbox-pi": ToolboxPI,
    "pymdptoolbox-mpi": ToolboxMPI,
    "pymdptoolbox-finite": ToolboxFinite,
    "mdpax-vi": MDPax,
    "numpy-factors": NumpyFactors,
}


def peak_bytes() -> int:
    """The peak resident set of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def say(**fields) -> None:
    """Prints one JSON document on one line, at once, on the real standard output."""
    print(json.dumps(fields), file=OUTPUT, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("solver", choices=SOLVERS)
    parser.add_argument("model")
    parser.add_argument("--discount", type=float)
    parser.add_argument("--horizon", type=int)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--patience", type=float, default=20.0)
    parser.add_argument("--values")
    arguments = parser.parse_args()
    solver = SOLVERS[arguments.solver]
    start = time.perf_counter()
    if solver is NumpyFactors:
        rival = NumpyFactors(Path(arguments.model), arguments.discount)
        reported = rival.measures.shape[1]
        rival.solve()
    else:
        problem = read(arguments.model, arguments.discount, arguments.horizon)
        reported = problem.reported
        warm = solver(toy(problem))
        warm.fresh()
        warm.solve()
        del warm
        rival = solver(problem)
    rival.fresh()
    load = time.perf_counter() - start
    Path("/proc/self/clear_refs").write_text("5")
    load_peak = peak_bytes()
    say(event="ready", loadSeconds=load)
    seconds, iterations = [], -1
    for repetition in range(arguments.repetitions):
        if repetition:
            rival.fresh()
        start = time.perf_counter()
        iterations = rival.solve()
        seconds.append(time.perf_counter() - start)
        say(event="repetition", seconds=seconds[-1:])
        if sum(seconds) > arguments.patience:
            break
    if arguments.values:
        np.save(arguments.values, rival.values()[:reported])
    say(
        event="result", loadSeconds=load, seconds=seconds, iterations=iterations,
        version=version(rival.package), peakBytes=max(load_peak, peak_bytes()))


# Whatever a rival prints goes to standard error, so that standard output stays ours.
OUTPUT = sys.stdout
if __name__ == "__main__":
    import os

    OUTPUT = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    main()
