"""What may happen, as evidence gives it: which acts leave or pass which stage, in what manner, with which answers.

A plan holds the structure alone; the numbers come with each draw of the parameters. So one automaton serves all draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

HAZARD, DELAY, PICK, ACT = "hazard", "delay", "pick", "act"


class Way(NamedTuple):
    """One act of one stage.

    verb, name, does: the act (`acts.Act`). manner: hazard, delay, pick (one of a choice, after a common wait) or act
    (one of the exits of a stage that have shares, each after its own delay). group: the choice, or `exits`.
    after: the clock from whose end its delay counts, '' from the entry of the stage. slot: the number of its draw.
    """

    verb: str
    name: str
    manner: str
    group: str = ""
    after: str = ""
    does: str = ""
    slot: int = 2


class Outcomes(NamedTuple):
    """The answers that a fact or a term may have: plain values, or `Nothing_`. rules: texts on which they depend, the
    first that is true counts, '' for otherwise.
    """

    answers: tuple[Any, ...]
    rules: tuple[str, ...] = ("",)


class Plan(NamedTuple):
    """ways: by stage (a phase as `stage.phase` where it has its own). facts, terms: what is drawn. picks: for each
    choice, the rules under which its shares stand. by_class: rules that read the population, not the case.
    waits: choice -> the value's name of the duration until it is made.
    """

    ways: Mapping[str, tuple[Way, ...]]
    facts: Mapping[str, Outcomes]
    terms: Mapping[tuple[str, str], Outcomes]
    picks: Mapping[str, tuple[str, ...]]
    by_class: frozenset[str] = frozenset()
    waits: Mapping[str, str] = {}

    @property
    def steps(self) -> tuple[str, ...]:
        """All steps that may be taken, once each."""
        found = (way.name for ways in self.ways.values() for way in ways if way.verb == "step")
        return tuple(dict.fromkeys(found))

    @property
    def rules(self) -> tuple[str, ...]:
        """All rules under which evidence stands."""
        all_ = [*self.facts.values(), *self.terms.values()]
        return tuple(
            dict.fromkeys(
                r
                for rules in (*(x.rules for x in all_), *self.picks.values())
                for r in rules
                if r and r not in self.by_class
            )
        )
