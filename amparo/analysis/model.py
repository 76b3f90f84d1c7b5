"""What an analysis is given: outcomes by draw and arm, the inputs drawn, and what the run states about itself.

Letters for lengths: D draws of the inputs, B batches of people, A arms, M measures, K inputs. *Arm*: one answer that
is compared, such as the ordinary way. *Comparator*: the arm that the others are compared with. *Draw*: one set of
values of all uncertain inputs; the people are simulated anew under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from amparo.analysis import chance
from amparo.errors import AmparoError

Floats = NDArray[np.float64]

THOUSAND = 1000.0
DISCOUNTED = ".discounted"
"""The end of the name of an outcome's discounted companion: `custody_days` and `custody_days.discounted`."""

MARGINAL, AVERAGE = "marginal", "average"
"""What a day in custody is costed at: what one day less saves now, or the whole house divided by its days."""


class AnalysisFault(AmparoError):
    """Outcomes, inputs or files from which no honest answer can be made. The text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What one outcome counts.

    name: unique. title: as people say it. unit: what is counted, `days`, `people`, or a currency. down, up: the words
    of a negative and a positive difference. discounted: by the convention of `discounting`. agency: who pays (money
    only). custody: MARGINAL or AVERAGE where custody is part of the money. price_year: of the money. unsourced,
    borrowed: the inputs it rests on that have no source, or come from another place; it is stamped with their names.
    """

    name: str
    title: str
    unit: str
    down: str = "fewer"
    up: str = "more"
    discounted: bool = False
    agency: str = ""
    custody: str = ""
    price_year: int | None = None
    unsourced: tuple[str, ...] = ()
    borrowed: tuple[str, ...] = ()

    @property
    def money(self) -> bool:
        """Whether it is a cost to somebody."""
        return bool(self.agency)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcomes:
    """What came out of every draw and arm.

    values: totals over all `people`, [D, A, M]. variance: the Monte Carlo variance of each total, [D, A, M]; None
    where it is not known. batches: totals of batches of people, [D, B, A, M], with their sizes [B]; the arms of one
    batch hold the same people under the same chances, so the error of a *difference* is read from them. Without
    batches the variances of two arms are added, which overstates the error where chances are shared.

    Raises AnalysisFault if shapes do not fit or a number is not finite.
    """

    measures: tuple[Measure, ...]
    arms: tuple[str, ...]
    comparator: str
    values: Floats
    people: int
    variance: Floats | None = None
    batches: Floats | None = field(default=None, repr=False)
    sizes: Floats | None = None

    def __post_init__(self) -> None:
        _check(self)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the outcomes, in order."""
        return tuple(m.name for m in self.measures)

    @property
    def draws(self) -> int:
        """How many draws of the inputs there are."""
        return int(self.values.shape[0])

    @property
    def base(self) -> int:
        """The place of the comparator among the arms."""
        return self.arms.index(self.comparator)

    @property
    def others(self) -> tuple[str, ...]:
        """The arms that are compared with the comparator."""
        return tuple(a for a in self.arms if a != self.comparator)

    def at(self, name: str) -> int:
        """The place of an outcome. Raises AnalysisFault if there is none of that name."""
        if name not in self.names:
            raise AnalysisFault(f"There is no outcome '{name}'; there are: {', '.join(self.names)}.")
        return self.names.index(name)

    def measure(self, name: str) -> Measure:
        """The measure of that name."""
        return self.measures[self.at(name)]

    def per_person(self, name: str) -> Floats:
        """The mean of an outcome for one person, [D, A]."""
        return np.asarray(self.values[:, :, self.at(name)] / self.people)


def from_batches(
    measures: Sequence[Measure],
    arms: Sequence[str],
    comparator: str,
    batches: Floats,
    sizes: Sequence[int] | Floats,
) -> Outcomes:
    """Outcomes from totals of batches, [D, B, A, M], of `sizes` people, [B].

    Batches must be independent of each other: chunks of people who do not meet, or whole repeated runs where they
    share places.
    """
    totals, counted = np.asarray(batches, dtype=np.float64), np.asarray(sizes, dtype=np.float64)
    if totals.ndim != 4 or counted.shape != totals.shape[1:2]:
        raise AnalysisFault(
            f"Batches have the shape {totals.shape} and {counted.size} sizes: give [draw, batch, arm, outcome] "
            "and one size for each batch."
        )
    if counted.size == 0 or not np.all(counted > 0):
        raise AnalysisFault("A batch without people tells nothing: leave it out.")
    return Outcomes(
        measures=tuple(measures),
        arms=tuple(arms),
        comparator=comparator,
        values=totals.sum(axis=1),
        people=int(counted.sum()),
        variance=chance.of_total(totals, counted) if counted.size > 1 else None,
        batches=totals,
        sizes=counted,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One assumption. unsourced, borrowed: as stamped. never_hidden: its key in NEVER_HIDDEN, if it has one."""

    name: str
    title: str
    unit: str
    source: str = ""
    unsourced: bool = False
    borrowed: bool = False
    never_hidden: str = ""


NEVER_HIDDEN = {
    "no_action": "Would otherwise have met no action",
    "accepted": "Say yes when it is offered",
    "wait": "Wait for a place",
}
"""The three assumptions that no answer may leave out."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Inputs:
    """All assumptions of a run and what each draw made of them: draws, [D, K]."""

    inputs: tuple[Input, ...] = ()
    draws: Floats = field(default_factory=lambda: np.zeros((0, 0)))

    def __post_init__(self) -> None:
        if self.inputs and (self.draws.ndim != 2 or self.draws.shape[1] != len(self.inputs)):
            raise AnalysisFault(f"{len(self.inputs)} inputs, but draws of the shape {self.draws.shape}.")
        if not np.all(np.isfinite(self.draws)):
            raise AnalysisFault("A drawn input is not a finite number: look at its distribution.")

    @property
    def unsourced(self) -> tuple[str, ...]:
        """Names of those without a source, in order."""
        return tuple(i.name for i in self.inputs if i.unsourced)

    @property
    def borrowed(self) -> tuple[str, ...]:
        """Names of those that come from another place or time."""
        return tuple(i.name for i in self.inputs if i.borrowed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What the run states about itself, so that it can be made again to the byte.

    title: the question as a sentence. seed, version: of the run and the program. years: the horizon. rate: of
    discounting, a year. people_a_year: how many people a year the decision is about, for whom the worth of knowing
    more is added up; None if not stated. cannot_tell: what this study in particular can't say, as sentences.
    """

    title: str
    seed: int
    version: str
    years: float
    rate: float
    people_a_year: float | None = None
    cannot_tell: tuple[str, ...] = ()


def _check(outcomes: Outcomes) -> None:
    shape = (outcomes.draws, len(outcomes.arms), len(outcomes.measures))
    if outcomes.people < 1:
        raise AnalysisFault("Zero people were simulated: there is nothing to compare. Give at least one.")
    if outcomes.values.shape != shape:
        raise AnalysisFault(
            f"Values have the shape {outcomes.values.shape}; {shape[1:]} arms and outcomes are named."
        )
    if outcomes.draws < 1:
        raise AnalysisFault(
            "There is no finished draw: there is nothing to compare. Let at least one finish."
        )
    if outcomes.comparator not in outcomes.arms:
        raise AnalysisFault(f"The comparator '{outcomes.comparator}' is none of: {', '.join(outcomes.arms)}.")
    _check_names(outcomes.arms, "arm")
    _check_names(outcomes.names, "outcome")
    _check_numbers(outcomes)


def _check_names(names: tuple[str, ...], what: str) -> None:
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise AnalysisFault(f"Two of the {what}s have the same name: {', '.join(twice)}.")


def _check_numbers(outcomes: Outcomes) -> None:
    wrong = ~np.isfinite(outcomes.values)
    if np.any(wrong):
        draw, arm, name = (int(x) for x in np.argwhere(wrong)[0])
        raise AnalysisFault(
            f"'{outcomes.names[name]}' of '{outcomes.arms[arm]}' is not a finite number in draw {draw}."
        )
    if outcomes.variance is not None and outcomes.variance.shape != outcomes.values.shape:
        raise AnalysisFault("The Monte Carlo variances do not have the shape of the values.")
    if outcomes.variance is not None and np.any(outcomes.variance < 0):
        raise AnalysisFault("A Monte Carlo variance is negative.")
