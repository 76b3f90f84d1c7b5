"""Published results, run again: a study with its definition and evidence, and what others found with the same inputs.

A study is a folder of `amparo/studies`: `pathway.yaml` and `evidence.yaml` as any programme has them, and
`expected.yaml` with the arms, what is compared, and by how much it may be off. Nothing here is fitted to what is
expected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.errors import SimulationFault
from amparo.pathways.findings import suggestion
from amparo.pathways.yaml_form import plain, read
from amparo.simulation.compile.filled import AllNumbers, Filling
from amparo.simulation.compile.wired import BEGUN, Arm
from amparo.simulation.kernels.ready import Ready, ready
from amparo.simulation.kernels.waves import Chunk, People
from amparo.simulation.kernels.waves import run as simulated
from amparo.simulation.life_tables import LifeTable, life_tables, read_life_tables
from amparo.simulation.study import Study
from amparo.simulation.tables import NEVER, YEAR
from amparo.simulation.worth import Worth

Floats = NDArray[np.float64]

WHOLE = 2.0**-36
"""What discounted sums of a kernel are counted in."""

BATCHES = 50
"""So many parts of the people give the Monte Carlo error."""

FREE = {"no_action": "1"}


class Row(NamedTuple):
    """One result beside what is known of it.

    published: the number it should be. ours: what came out; error: its Monte Carlo error (one standard error).
    tolerance: by how much it may be off. source: where the number comes from. hit: it is not off by more.
    """

    name: str
    published: float
    ours: float
    error: float
    tolerance: float
    source: str

    @property
    def hit(self) -> bool:
        """Is it within the tolerance?"""
        return abs(self.ours - self.published) <= self.tolerance

    @property
    def off(self) -> float:
        """By how many Monte Carlo errors it is off."""
        away = abs(self.ours - self.published)
        return away / self.error if self.error > 0 else 0.0 if away == 0 else float("inf")


class StudyResult(NamedTuple):
    """A study run again. remarks: what of it is another model than the published one, and what is not settled."""

    name: str
    title: str
    people: int
    seed: int
    rows: tuple[Row, ...]
    remarks: tuple[str, ...]

    @property
    def hit(self) -> bool:
        """Is every row within its tolerance?"""
        return all(row.hit for row in self.rows)


@dataclass(frozen=True, slots=True)
class Branch:
    """An arm of a study. evidence: the name of its own evidence file, if it has one. begins: door -> value's name.

    instead: value's name -> the value whose number it has in this arm.
    """

    evidence: str
    begins: Mapping[str, str]
    instead: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """What one row compares. what: first word how it is summed, then of what. among: of people with these codes."""

    name: str
    what: tuple[str, ...]
    arm: str
    against: str
    among: Mapping[str, str]
    published: float
    within: str
    source: str


@dataclass(frozen=True, slots=True)
class Expected:
    """`expected.yaml` as read. apart: dimensions by which people's time is told apart. birthdays: everybody begins on a
    birthday.
    """

    name: str
    title: str
    remarks: tuple[str, ...]
    people: int
    years: float
    discount: float
    apart: tuple[str, ...]
    birthdays: bool
    arms: Mapping[str, Branch]
    rows: tuple[Compared, ...]


# ------------------------------------------------------------------------------------------------ running
def run_study(name: str, people: int | None = None, seed: int = 1, threads: int = 1) -> StudyResult:
    """A study run again with so many people (as many as it says, if none are named)."""
    wanted = expected(name)
    number = wanted.people if people is None else people
    if number < BATCHES:
        raise SimulationFault(
            f"{number} people are too few for a Monte Carlo error · ask for {BATCHES} or more"
        )
    runs = {arm: Running(wanted, branch) for arm, branch in wanted.arms.items()}
    cuts = [number * n // BATCHES for n in range(BATCHES + 1)]
    with ThreadPoolExecutor(threads) as pool:
        parts = {
            arm: list(pool.map(lambda a, b, one=one: one.part(a, b - a, seed), cuts, cuts[1:]))
            for arm, one in runs.items()
        }
    rows = tuple(_row(row, runs, parts) for row in wanted.rows)
    return StudyResult(name, wanted.title, number, seed, rows, wanted.remarks)


class Part(NamedTuple):
    """A batch: its sums, and how many people began in each group."""

    sums: Chunk
    began: NDArray[np.int64]


class Running:
    """One arm, compiled, with the base case of its numbers."""

    def __init__(self, wanted: Expected, branch: Branch) -> None:
        self.wanted, self.study = wanted, study_of(wanted, branch)
        begins = {f"{wanted.name}.{door}": value for door, value in branch.begins.items()}
        filling: Filling = self.study.filling(Arm("", (), FREE, begins))
        stated = self.study.numbers(1, 0)[0]
        own = stated[wanted.name]
        instead = {name: own[other] for name, other in branch.instead.items()}
        self.numbers: AllNumbers = {**stated, wanted.name: {**own, **instead}}
        self.tables = filling.tables(self.numbers)
        self.worth = Worth(self.study, self.tables, self.numbers)
        self.ready: Ready = ready(self.tables)
        stages = [node.stage for node in filling.placed]
        self.begun = stages.index(BEGUN) if begins else stages.index("free")

    def part(self, first: int, number: int, seed: int) -> Part:
        """Some of the people, from number `first` on."""
        people = self.people(first, number, seed)
        began = np.bincount(self.tables.group[people.class0], minlength=self.worth.groups)
        return Part(simulated(self.ready, people, seed), began)

    def people(self, first: int, number: int, seed: int) -> People:
        """People where they begin; on a birthday, if the study says so."""
        made = self.study.people(self.numbers, first, number, seed)
        node0 = np.full(number, self.begun, dtype=np.int32)
        if not self.wanted.birthdays:
            return made._replace(node0=node0)
        whole = np.ceil(made.band_at / YEAR) * YEAR
        return made._replace(node0=node0, band_at=np.where(made.band_at >= NEVER, NEVER, whole))


def study_of(wanted: Expected, branch: Branch) -> Study:
    """The structure of one arm of a study."""
    named = {wanted.name: branch.evidence} if branch.evidence else {}
    made = Study.of(
        wanted.name,
        years=wanted.years,
        discount=wanted.discount,
        folders=(FOLDER,),
        named=named,
        tables=tables_of(wanted.name),
    )
    groups = tuple(name for name in made.classes.dims if name in wanted.apart)
    return replace(made, place=made.place._replace(groups=groups))


def tables_of(name: str) -> Mapping[str, LifeTable]:
    """The life tables there are, and those of the study itself."""
    file = FOLDER / name / "life_tables.yaml"
    own = read_life_tables(file.read_bytes(), f"{name}/life_tables.yaml") if file.is_file() else {}
    return {**life_tables(), **own}


# ------------------------------------------------------------------------------------------------ rows
Runs = Mapping[str, Running]
Parts = Mapping[str, Sequence[Part]]


def _row(row: Compared, runs: Runs, parts: Parts) -> Row:
    ours, error = _mean([own - other for own, other in _batches(row, runs, parts)])
    return Row(row.name, row.published, ours, error, _tolerance(row.within, row.published, error), row.source)


def _batches(
    row: Compared, runs: Mapping[str, Running], parts: Mapping[str, Sequence[Part]]
) -> Iterator[tuple[float, float]]:
    """By batch, what a person has on average in the arm, and in the one it is held against (nought without one)."""
    own = _Summed(row, runs[row.arm])
    other = _Summed(row, runs[row.against]) if row.against else None
    for n, part in enumerate(parts[row.arm]):
        yield own.of(part), other.of(parts[row.against][n]) if other else 0.0


def _mean(batches: Sequence[float]) -> tuple[float, float]:
    """Mean and standard error; batches are as large as each other but for one person."""
    values = np.array(batches)
    return float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values)))


def _tolerance(within: str, published: float, error: float) -> float:
    """`4 errors` of the Monte Carlo run, `10 %` of the published number, or a number."""
    number, _, unit = within.partition(" ")
    match unit:
        case "errors":
            return float(number) * error
        case "%":
            return float(number) / 100 * abs(published)
    return float(number)


class _Summed:
    """Sums one row of a study from a batch."""

    def __init__(self, row: Compared, run: Running) -> None:
        self.run, self.pathway, worth = run, run.wanted.name, run.worth
        self.among = worth.among(row.among)
        self.how, *self.names = row.what

    def of(self, part: Part) -> float:
        """What a person has on average."""
        began = int(part.began[self.among].sum())
        found = getattr(self, f"_{self.how}")(part.sums, self.run.worth)
        return float(found[self.among].sum()) / began if began else 0.0

    def _years(self, sums: Chunk, worth: Worth) -> Floats:
        rows = worth.stages(self.pathway, self.names)
        return np.asarray(sums.seconds[rows].sum(axis=0) / YEAR)

    def _taken(self, sums: Chunk, worth: Worth) -> Floats:
        rows = worth.taken(self.pathway, self.names)
        return np.asarray(sums.counts[rows].sum(axis=0), dtype=np.float64)

    def _qalys(self, sums: Chunk, worth: Worth) -> Floats:
        return np.asarray((sums.years * WHOLE * worth.qalys()).sum(axis=0))

    def _costs(self, sums: Chunk, worth: Worth) -> Floats:
        lasting = (sums.years * WHOLE * worth.money_a_year()).sum(axis=0)
        return np.asarray(lasting + worth.money_each() @ (sums.dcounts * WHOLE))


SUMS = ("years", "taken", "qalys", "costs")
"""What is summed: years in stages, steps taken, discounted QALYs, discounted money."""


# ------------------------------------------------------------------------------------------------ what is expected
FOLDER = Path(str(files("amparo") / "studies"))


def studies() -> tuple[str, ...]:
    """The studies there are, by name."""
    return tuple(sorted(f.name for f in FOLDER.iterdir() if (f / "expected.yaml").is_file()))


@lru_cache(maxsize=8)
def expected(name: str) -> Expected:
    """What a study says of itself. Raises `SimulationFault` if there is no such study."""
    known = studies()
    if name not in known:
        raise SimulationFault(f"there is no study '{name}' · {suggestion(name, known)}")
    file = FOLDER / name / "expected.yaml"
    said: Any = plain(read(file.read_bytes(), f"{name}/expected.yaml"))
    rows = tuple(_compared(title, row, name) for title, row in said["rows"].items())
    return Expected(
        name=name,
        title=said["title"],
        remarks=tuple(said.get("remarks", ())),
        people=int(said["people"]),
        years=float(said["years"]),
        discount=float(said.get("discount", "0")),
        apart=tuple(said.get("apart", ())),
        birthdays=said.get("birthdays") == "yes",
        arms={
            arm: Branch(b.get("evidence", ""), b.get("begins", {}), b.get("instead", {}))
            for arm, b in said["arms"].items()
        },
        rows=rows,
    )


def _compared(title: str, row: Any, study: str) -> Compared:
    what = tuple(row["what"].split())
    if what[0] not in SUMS:
        raise SimulationFault(f"{study}: '{title}' sums '{what[0]}' · {suggestion(what[0], SUMS)}")
    return Compared(
        title, what, row["arm"], row.get("against", ""), row.get("among", {}), float(row["published"]), row["within"],
        row["source"],
    )  # fmt: skip


__all__ = ["Expected", "Row", "Running", "StudyResult", "expected", "run_study", "studies", "tables_of"]
