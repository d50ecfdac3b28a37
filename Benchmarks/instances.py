# SPDX-License-Identifier: Apache-2.0
"""The instances of the benchmark, and how they are written to disk, once, for everyone.

Every model comes from the catalogue of `provably make`; nothing is generated in Python. A low-rank
model is kept as its factors, since nobody could hold its table.
"""

import subprocess
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FOLDER = HERE / ".instances"
BENCH = HERE / ".build/release/ProvablyBench"
PROVABLY = ROOT / ".build/release/provably"


@dataclass(frozen=True)
class Target:
    """What the row is meant to reach; every condition that is not None must hold."""

    seconds: float | None = None  # ours at most
    ratio: float | None = None  # best rival over ours at least
    bandwidth: float | None = None  # share of the two-thread read bandwidth at least
    megabytes: float | None = None  # peak memory at most
    either: bool = False  # ratio or bandwidth is enough

    def text(self) -> str:
        """The target in words."""
        parts = []
        if self.seconds:
            parts.append(f"< {self.seconds:g} s")
        if self.ratio and self.ratio > 1:
            parts.append(f"≥ {self.ratio:g}×")
        elif self.ratio:
            parts.append("faster")
        if self.bandwidth:
            parts.append(f"≥ {100 * self.bandwidth:.0f} % bandwidth")
        if self.megabytes:
            parts.append(f"< {self.megabytes:g} MB")
        return (" or " if self.either else ", ").join(parts)


USUAL = Target(ratio=3, bandwidth=0.85, either=True)


@dataclass(frozen=True)
class Instance:
    """A problem: a model of the catalogue with a discount or a horizon."""

    family: str
    size: str
    environment: str
    discount: float | None = None
    horizon: int | None = None
    target: Target | None = USUAL  # None: measured for the scaling only
    quick: bool = False

    @property
    def file(self) -> Path:
        """Where the model lies; a folder of factors for a low-rank one."""
        name = self.environment.translate(str.maketrans(":=,", "___"))
        return FOLDER / (name if self.is_low_rank else name + ".npz")

    @property
    def is_low_rank(self) -> bool:
        return self.environment.startswith("lowrank")

    @property
    def criterion(self) -> str:
        return f"H={self.horizon}" if self.horizon else f"{self.discount:g}"

    @property
    def name(self) -> str:
        return f"{self.family} {self.size} {self.criterion}"


def garnet(states: int, actions: int, branching: int, window: int = 0) -> str:
    """A Garnet of the catalogue."""
    text = f"garnet:states={states},actions={actions},branching={branching}"
    return text + (f",window={window}" if window else "")


# The grid cells that give about 10^3 … 10^6 free cells, which are the states.
MAZE_CELLS = {"1e3": 1_850, "1e4": 18_600, "1e5": 190_200, "1e6": 1_904_000}
SIZES = {"1e3": 1_000, "1e4": 10_000, "1e5": 100_000, "1e6": 1_000_000}


def all_instances() -> list[Instance]:
    """Every instance, in the order of the report."""
    rows = []
    for states, actions in [(200, 50), (1000, 10), (2000, 4)]:
        for discount in (0.99, 0.999):
            target = Target(ratio=2) if (states, discount) == (1000, 0.999) else USUAL
            rows.append(
                Instance(
                    "dense", f"{states}x{actions}", garnet(states, actions, states), discount,
                    target=target, quick=states < 2000))
    for branching in (5, 10):
        for discount in (0.99, 0.999):
            for label, states in SIZES.items():
                target = USUAL
                if (label, branching, discount) == ("1e6", 5, 0.99):
                    target = Target(seconds=1, megabytes=500)
                elif label == "1e5" and discount == 0.999:
                    target = Target(ratio=3)
                elif label == "1e3":
                    target = None
                rows.append(
                    Instance(
                        f"sparse b={branching}", label, garnet(states, 4, branching), discount,
                        target=target, quick=branching == 5 and states <= 10_000))
    for label, states in SIZES.items():
        rows.append(
            Instance(
                "local w=50", label, garnet(states, 4, 5, window=50), 0.999,
                target=Target(seconds=0.5) if label == "1e5" else None, quick=states <= 1_000))
    maze = {label: f"maze:cells={cells}" for label, cells in MAZE_CELLS.items()}
    rows.append(Instance("maze", "1e4", maze["1e4"], 0.999, quick=True))
    for label, target in {
        "1e3": None, "1e4": None, "1e5": Target(seconds=0.3),
        "1e6": Target(seconds=5, megabytes=500),
    }.items():
        rows.append(
            Instance("maze", label, maze[label], 0.9999, target=target, quick=label < "1e5"))
    rows.append(
        Instance(
            "finite", "1000x10", garnet(1000, 10, 1000), horizon=100,
            target=Target(ratio=1, bandwidth=0.85), quick=True))
    rows.append(
        Instance(
            "low-rank", "20000x10 r=20", "lowrank:states=20000,actions=10,rank=20", 0.99,
            quick=True))
    return rows


def write(instance: Instance) -> None:
    """Writes the model of an instance unless it is there."""
    if instance.file.exists():
        return
    FOLDER.mkdir(exist_ok=True)
    part = instance.file.with_name("part-" + instance.file.name)
    if instance.is_low_rank:
        part.mkdir(exist_ok=True)
        command = [BENCH, "export-factors", instance.environment, part]
    else:
        command = [PROVABLY, "make", instance.environment, "--out", part, "--force"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    part.rename(instance.file)
