"""Which part a role has in the tests of a pathway: collecting, answering, reading. Read off the definition."""

from __future__ import annotations

from amparo.cases.index import takers
from amparo.lens import sees_stages
from amparo.lens.sight import fact_granted, is_person
from amparo.pathways import courts
from amparo.pathways.model import Names, Pathway

ANSWERS = ("classes", "excuses", "disputes")


def collects(pathway: Pathway, role: str) -> bool:
    """Does this role take specimens?"""
    return bool(steps(pathway, role, "collects"))


def answers(pathway: Pathway, role: str) -> bool:
    """Does this role class, excuse or dispute?"""
    return any(steps(pathway, role, each) for each in ANSWERS)


def reads(pathway: Pathway, role: str) -> bool:
    """Does this role read how tests were classed?"""
    facts = (f for s in pathway.schedules.values() for f in courts.class_facts(pathway, s))
    return any(fact_granted(pathway, role, fact) for fact in facts)


def only_collects(pathway: Pathway, role: str) -> bool:
    """Does this role take specimens and read neither a result nor where a case stands? Then its day is the page of
    tests: a list of everybody would name people who are not asked for anything today.
    """
    return collects(pathway, role) and not reads(pathway, role) and not sees_stages(pathway, role)


def has_part(pathway: Pathway, role: str) -> bool:
    """Is there a page of tests for this role? The person's tests stand on their own page."""
    mine = collects(pathway, role) or answers(pathway, role) or reads(pathway, role)
    return mine and not is_person(pathway, role)


def steps(pathway: Pathway, role: str, what: str, schedule: str = "") -> Names:
    """The steps by which this role collects, classes, disputes or excuses tests, of one schedule or of all."""
    found = (x for n, x in pathway.schedules.items() if schedule in ("", n))
    named = dict.fromkeys(step for x in found for step in getattr(x, what))
    return tuple(step for step in named if role in takers(pathway, pathway.steps[step]))
