"""What is known, and how well: the numbers of a simulation with their sources, and where each is used.

Every number stands once, under `values`, and is used elsewhere by its name (a `Ref`). Names of the pathway (steps,
stages, facts, clocks, doors) are kept as written; `checks` holds them against a pathway.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from amparo.pathways.model import Cite, Rule, Where
from amparo.simulation.evidence.units import Unit

REST = "rest"
"""The share that the others leave of one."""

LITERALS = ("0", "1")
"""The only numbers that may stand where a value's name is expected: never, and always."""

LIFE_EVENTS = (
    "re_contacted",
    "died",
    "overdose_died",
    "overdosed",
    "treatment_entered",
    "treatment_left",
    "remitted",
    "relapsed",
)
"""What happens in a life beside the case."""

NEXT = "next"
"""Of a column that a step turns: the code after the one it has."""

NOT_SETTLED = ("X",)
"""Grades of a value that has no source."""


class Ref(NamedTuple):
    """A value by its name, `0`, `1` or `rest`, and where it is named."""

    name: str
    where: Where

    @property
    def rest(self) -> bool:
        """Is it what the other shares leave?"""
        return self.name == REST


Shares = Mapping[str, Ref]
"""What is chosen -> its share; at most one is `rest`."""
ByCode = Mapping[str, Mapping[str, Ref]]
"""Column of the population -> code -> value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where numbers come from, and how much of it was read: `whole`, `part`, `second_hand` or `not_read`."""

    where: Where
    title: str
    url: str = ""
    read: str
    note: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A distribution: its family, and what it is fitted to.

    interval, level: so much of it lies between the two. parameters, draws, done: of the family itself. done: duration
    in seconds -> share of people who are done by then (`piecewise`). Numbers are held (`units`).
    """

    where: Where
    as_: str = "fixed"
    interval: tuple[float, float] | None = None
    level: float | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    draws: tuple[float, ...] = ()
    done: Mapping[float, float] = field(default_factory=dict)
    middle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One number with all that is known of it.

    value: the base case, held (`units`): seconds, a year, whole units of money. of: the evidence that states it (a
    pathway's id), so that the same name in two files is two numbers. as_, interval, level, parameters, draws: its
    distribution. Of everything but a duration it says how sure the number is; of a duration, how people's durations
    differ, and `uncertain` says how sure its middle is. group: values that are drawn together (`dirichlet`).
    sources: citations, empty where there is none; quality: A to E, or X. text: the number as written.
    """

    name: str
    of: str
    where: Where
    text: str
    value: float
    unit: Unit
    as_: str = "fixed"
    interval: tuple[float, float] | None = None
    level: float | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    draws: tuple[float, ...] = ()
    done: Mapping[float, float] = field(default_factory=dict)
    middle: str = ""
    uncertain: Spread | None = None
    group: str = ""
    sources: tuple[Cite, ...] = ()
    date: str = ""
    place: str = ""
    population: str = ""
    quality: str
    note: str = ""
    unverified: str = ""
    currency: str = ""
    price_year: int | None = None
    agency: str = ""

    @property
    def source(self) -> str:
        """The key of its first source, `none` if it has none."""
        return self.sources[0].source if self.sources else "none"

    @property
    def spread(self) -> Spread:
        """The distribution written beside the number."""
        return Spread(
            where=self.where,
            as_=self.as_,
            interval=self.interval,
            level=self.level,
            parameters=self.parameters,
            draws=self.draws,
            done=self.done,
            middle=self.middle,
        )

    @property
    def sure(self) -> Spread:
        """How sure the number is: over draws of the parameters."""
        if self.unit.kind != "duration":
            return self.spread
        return self.uncertain or Spread(where=self.where)

    @property
    def people(self) -> Spread:
        """How people's durations differ; of everything but a duration, not at all."""
        return self.spread if self.unit.kind == "duration" else Spread(where=self.where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of several that are drawn by share. value: as written; a mapping or list for records."""

    where: Where
    value: object
    share: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the population. Exactly one of choose, bands, share is filled, or only `by`.

    choose: code -> share. bands: from age -> share, the last up to `until` (years). share: of *yes* (`no`, `yes`).
    by: an earlier column -> its code -> what holds for people of that code instead.
    """

    where: Where
    choose: Shares = field(default_factory=dict)
    bands: Mapping[int, Ref] = field(default_factory=dict)
    until: int | None = None
    share: Ref | None = None
    by: Mapping[str, Mapping[str, Column]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Who there is: columns in the order in which they are drawn. dynamic: those that life changes."""

    where: Where
    columns: Mapping[str, Column]
    dynamic: tuple[str, ...] = ()
    people: Ref | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One way in which a fact is drawn. Exactly one of choose, share, value, from_ is filled.

    from_: `population.<column>` or `history.<what>`. not_known, refused, no_answer: shares of people who give no value.
    """

    where: Where
    if_: Rule | None = None
    choose: tuple[Option, ...] = ()
    share: Ref | None = None
    value: object = None
    from_: str = ""
    not_known: Ref | None = None
    refused: Ref | None = None
    no_answer: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """How a fact is drawn: the first row whose rule is true; the last has none."""

    where: Where
    given: tuple[Draw, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Shares of the steps of a choice, where a rule over facts and columns is true."""

    where: Where
    if_: Rule | None
    shares: Shares


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How a choice is made. after: the duration until it is; None: at once. times: by what the hazard of that
    duration is multiplied, `<column>.<code>`, so that these people wait less or longer.
    """

    where: Where
    after: Ref | None = None
    given: tuple[Given, ...]
    times: Shares = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """How often something happens in a stage: by hazard, or to a share after a delay.

    after_late: the clock from whose end the delay counts. by: column -> code -> the hazard or share of those people
    instead. times: what the hazard is multiplied by (of a delay: its unit hazard).
    """

    where: Where
    hazard: Ref | None = None
    delay: Ref | None = None
    share: Ref | None = None
    after_late: str = ""
    by: ByCode = field(default_factory=dict)
    times: Shares = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermDraw:
    """The values of a term with their shares."""

    where: Where
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """A hazard of life. base: a year; or life_table, by sex and age.

    by: column -> code -> the base of those people. times: by what it is multiplied: `<stage>`, `<phase>`,
    `after.<outcome>`, `within.<window>`, `in_custody`, `<column>` (those of *yes*), `<column>.<code>`,
    `<stage>.<column>.<code>` (these people while there). of_probability: what is multiplied is the probability of a
    year, not the hazard.
    """

    where: Where
    base: Ref | None = None
    life_table: str = ""
    by: ByCode = field(default_factory=dict)
    times: Shares = field(default_factory=dict)
    of_probability: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A span after something, in which hazards differ. seconds; after: milestones and life events that begin it."""

    where: Where
    seconds: float
    after: tuple[str, ...]


Bills = Mapping[str, tuple[Ref, ...]]
"""What is paid for -> values, each with its agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """by_stage: money for a time. by_step, by_milestone, by_life: money each time. by: column -> code -> for a time.

    in_stage: stage -> column -> code -> money for a time more, while these people are there.
    """

    where: Where
    by_stage: Bills = field(default_factory=dict)
    by_step: Bills = field(default_factory=dict)
    by_milestone: Bills = field(default_factory=dict)
    by_life: Bills = field(default_factory=dict)
    by: Mapping[str, Bills] = field(default_factory=dict)
    in_stage: Mapping[str, Mapping[str, Bills]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Utilities:
    """Weights of a year of life. base: everybody's; by_stage: while there; by: column -> code.

    in_stage: stage -> column -> code -> the weight of these people there instead. by_life: years of full health lost at
    an event of life.
    """

    where: Where
    base: Ref | None = None
    by_stage: Shares = field(default_factory=dict)
    by: ByCode = field(default_factory=dict)
    in_stage: Mapping[str, ByCode] = field(default_factory=dict)
    by_life: Shares = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where and when the simulated site works. zone: its time zone, an IANA name. starts: its first day."""

    where: Where
    zone: str
    starts: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the study's site has entered. value: as written."""

    where: Where
    value: object
    unverified: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Of those met at a door: the share that is offered it, and of these the share that accepts."""

    where: Where
    offered: Ref
    accepted: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All evidence for one pathway at one place."""

    where: Where
    pathway: str
    for_version: str
    place: str
    note: str = ""
    use: str = ""
    site: Site | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    values: Mapping[str, Value]
    population: Population | None = None
    facts: Mapping[str, Drawn] = field(default_factory=dict)
    choices: Mapping[str, Choice] = field(default_factory=dict)
    stages: Mapping[str, Mapping[str, Exit]] = field(default_factory=dict)
    letters: Mapping[str, Exit] = field(default_factory=dict)
    obligations: Mapping[str, Exit] = field(default_factory=dict)
    support: Mapping[str, Exit] = field(default_factory=dict)
    terms: Mapping[str, Mapping[str, TermDraw]] = field(default_factory=dict)
    hazards: Mapping[str, Hazard] = field(default_factory=dict)
    windows: Mapping[str, Window] = field(default_factory=dict)
    costs: Costs | None = None
    utilities: Utilities | None = None
    places: Mapping[str, Ref] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    otherwise: Shares = field(default_factory=dict)
    offers: Mapping[str, Offer] = field(default_factory=dict)
    turns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Step -> column of the population -> the code that it then has; `next`: the one after, the last stays."""
