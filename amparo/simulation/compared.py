"""Arms side by side: the same people, the same chances, so many draws of the parameters.

Draws stand outside, people inside. Each draw's people run in batches of their own, so that the error of chance can
be told from what is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amparo.errors import SimulationFault
from amparo.simulation.compile.wired import Arm, Door
from amparo.simulation.outcomes import PEOPLE, Reckoning
from amparo.simulation.running import Runner
from amparo.simulation.study import Study

BATCHES = 8
BIGGEST = 250_000
"""People in one batch at most: memory does not grow with the number of people."""

Progress = Callable[[int, int], None]
"""Told after each draw: how many are done, of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """totals: [draw, batch, arm, outcome], the plain outcomes first and then the discounted ones, in `names`' order."""

    names: tuple[str, ...]
    arms: tuple[str, ...]
    totals: NDArray[np.float64]
    sizes: NDArray[np.int64]
    parameters: NDArray[np.float64]
    values: tuple[str, ...]


def arms_of(study: Study, doors: Sequence[Door]) -> tuple[Arm, ...]:
    """The arms that are always compared: as it would be otherwise, its parts, each programme, and all together."""
    otherwise = study.otherwise()
    arms = [Arm("otherwise", (), otherwise), Arm("no_action", (), {"no_action": "rest"})]
    arms += [Arm(name, (), {name: "rest"}) for name in otherwise if name != "no_action"]
    programmes = dict.fromkeys(door.pathway for door in doors)
    for name in programmes:
        arms.append(Arm(name, tuple(d for d in doors if d.pathway == name), otherwise))
    if len(programmes) > 1:
        arms.append(Arm(" and ".join(programmes), tuple(doors), otherwise))
    return tuple(arms)


def doors_of(study: Study, programmes: Sequence[str]) -> tuple[Door, ...]:
    """The doors of these programmes that evidence offers, in the order of the files; never one for people unasked."""
    found = []
    for name in programmes:
        part = study.parts[name]
        own = [
            Door(name, d)
            for d, door in part.pathway.doors.items()
            if d in part.evidence.offers and door.asks_first is None
        ]
        if not own:
            raise SimulationFault(
                f"{name}: the evidence offers none of its doors · "
                "write `offers: {<door>: {offered: …, accepted: …}}`"
            )
        found += own
    return tuple(found)


def compare(
    study: Study, arms: Sequence[Arm], *, people: int, draws: int, seed: int, threads: int = 1,
    progress: Progress | None = None,
) -> Compared:  # fmt: skip
    """Runs every arm for every draw. Raises `SimulationFault` for nobody, or nothing to draw."""
    if people < 1:
        raise SimulationFault("there is nobody to simulate · give --people 1 or more")
    if draws < 1:
        raise SimulationFault("there is nothing to draw · give --draws 1 or more")
    numbers = study.numbers(draws, seed)
    sizes = batches(people)
    runners = [Runner(study, arm) for arm in arms]
    found: list[list[list[dict[str, tuple[float, float]]]]] = []
    with ThreadPoolExecutor(threads) as pool:
        for n, drawn in enumerate(numbers):
            reckoning = Reckoning(study, drawn)
            jobs = [
                [
                    pool.submit(_one, runner, reckoning, drawn, int(sizes[:b].sum()), int(size), seed)
                    for runner in runners
                ]
                for b, size in enumerate(sizes)
            ]
            found.append([[job.result() for job in row] for row in jobs])
            if progress is not None:
                progress(n + 1, draws)
    names = _names(found)
    return Compared(
        names=names,
        arms=tuple(arm.name for arm in arms),
        totals=_laid_out(found, names),
        sizes=sizes,
        parameters=np.array([[held for own in drawn.values() for held in own.values()] for drawn in numbers]),
        values=tuple(f"{p}.{name}" for p, own in numbers[0].items() for name in own),
    )


def batches(people: int) -> NDArray[np.int64]:
    """How many people each batch has: alike, at least eight of them where there are so many people."""
    number = max(min(BATCHES, people), -(-people // BIGGEST))
    size, more = divmod(people, number)
    return np.array([size + (n < more) for n in range(number)], dtype=np.int64)


def _one(
    runner: Runner,
    reckoning: Reckoning,
    drawn: Mapping[str, Mapping[str, float]],
    first: int,
    people: int,
    seed: int,
) -> dict[str, tuple[float, float]]:
    with runner.lock:
        chunk = runner.chunk(drawn, first, people, seed)
        totals = runner.totals(chunk)
    return {name: (held.plain, held.discounted) for name, held in reckoning.outcomes(totals).items()}


def _names(found: list[list[list[dict[str, tuple[float, float]]]]]) -> tuple[str, ...]:
    money = sorted({name for draw in found for row in draw for one in row for name in one} - set(PEOPLE))
    return (*PEOPLE, *money)


def _laid_out(
    found: list[list[list[dict[str, tuple[float, float]]]]], names: tuple[str, ...]
) -> NDArray[np.float64]:
    none = (0.0, 0.0)
    return np.array(
        [
            [[[one.get(n, none)[k] for k in (0, 1) for n in names] for one in row] for row in draw]
            for draw in found
        ]
    )
