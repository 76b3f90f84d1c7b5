"""Tallies outside any case: *offered, said no; not offered, why*. What is counted, by whom, and which codes stay.

A tally keeps codes and the month: no name, no words, no case. The ledger writes it (`ledger.tallies`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from amparo.cases import words
from amparo.cases.index import takers
from amparo.cases.model import Case, Event, Refusal
from amparo.cases.read import value
from amparo.cases.requests.base import STAFF
from amparo.pathways.model import Cite, Cites, Names, Pathway

HOUSE: Cites = (Cite("house", ""),)
MONTH = "month"
Codes = Mapping[str, str]


class Tallied(NamedTuple):
    """One that is added: the count's name, and the codes kept with it (the month is the ledger's)."""

    name: str
    codes: Codes


def count(
    pathway: Pathway, role: str, name: str, keeps: Mapping[str, Any], door: str = ""
) -> Tallied | Refusal:
    """What a role adds to a count without a case, or why it cannot.

    `keeps`: plain values by fact, `reason`, `otherwise`, `area`; what the count does not keep is left away. `door`: the
    door at which it happened, if that is known.
    """
    found = pathway.counts.get(name)
    if found is None or (door and name not in _at(pathway, door)):
        return _no(pathway, "not_allowed", "kind", name, field="count")
    if role not in who(pathway, name):
        return _no(pathway, "not_you", "verb", name, instead=tuple(("role", r) for r in who(pathway, name)))
    codes = {key: _code(keeps[key]) for key in found.keeps if key in keeps and key != MONTH}
    codes |= {"door": door} if door and "door" in found.keeps else {}
    codes |= {"by": role} if "by" in found.keeps else {}
    wrong = next((key for key, code in codes.items() if not _fits(pathway, key, code)), None)
    if wrong is not None:
        return _no(pathway, "not_allowed", "code", wrong, field=wrong)
    return Tallied(name, codes)


def who(pathway: Pathway, name: str) -> Names:
    """The roles that may add to a count without a case: those who open cases by a door that names it, those who take a
    step that does, and where nothing names it, everybody who works on cases."""
    opening = (pathway.steps[d.opens_with] for d in pathway.doors.values() if name in d.counts)
    steps = (*opening, *(s for s in pathway.steps.values() if name in s.counts))
    named = {role for step in steps for role in takers(pathway, step) if role in pathway.roles}
    staff = {role for role, found in pathway.roles.items() if found.is_ in STAFF}
    return tuple(role for role in pathway.roles if role in (named or staff))


def _at(pathway: Pathway, door: str) -> Names:
    found = pathway.doors.get(door)
    return found.counts if found else ()


def of_step(case: Case, step: str, t: int, by: str = "") -> Iterator[Tallied]:
    """What taking a step of a case adds; the codes are the case's own facts at that time, and the role that took it."""
    counts = case.pathway.steps[step].counts if step in case.pathway.steps else ()
    for name in counts:
        yield of_case(case, name, t, by)


def of_case(case: Case, name: str, t: int, by: str = "") -> Tallied:
    """One of a case: where it came in, its facts as codes, and the role by which it was counted, if by any."""
    p = case.pathway
    keeps = p.counts[name].keeps
    told = {key: value(case, key, t) for key in keeps if key in p.facts}
    codes = {key: _code(plain) for key, plain in told.items() if plain is not None}
    codes |= {"door": case.door} if "door" in keeps else {}
    codes |= {"by": by} if by and "by" in keeps else {}
    area = area_of(case, t) if "area" in keeps and "area" not in p.facts else ""
    return Tallied(name, {**codes, **({"area": area} if area else {})})


def area_of(case: Case, t: int) -> str:
    """The place of what happened, never a home; '' if it is not known."""
    facts = case.pathway.facts.items()
    places = (n for n, f in facts if f.type.kind == "place" and f.class_ in ("justice", "process"))
    return next((str(found) for name in places if (found := value(case, name, t))), "")


def of_events(case: Case, events: tuple[Event, ...]) -> Iterator[Tallied]:
    """What these events of a case add, read off the state after them."""
    for event in events:
        if event.kind == "step.taken":
            yield from of_step(case, event.data["step"], event.at, event.role)


# ------------------------------------------------------------------------------------------------ codes
def _code(plain: Any) -> str:
    return {True: "yes", False: "no"}[plain] if isinstance(plain, bool) else str(plain)


def _fits(pathway: Pathway, key: str, code: str) -> bool:
    """Is this a code of what is kept? Words are none."""
    if key in ("door", "by"):
        return code in (pathway.doors if key == "door" else pathway.roles)
    if key in pathway.facts:
        return _of_fact(pathway, key, code)
    if key == "area":
        return code.isascii() and code.replace("_", "").replace("-", "").isalnum() and len(code) <= 40
    own = pathway.vocabularies.get(key) or pathway.vocabularies.get(f"{key}s")
    return code in (own or {c for codes in pathway.vocabularies.values() for c in codes})


def _of_fact(pathway: Pathway, key: str, code: str) -> bool:
    type_ = pathway.facts[key].type
    match type_.kind:
        case "yes_no":
            return code in ("yes", "no")
        case "one_of":
            return code in type_.codes
        case "count":
            return code.isdecimal() and len(code) <= 4
    return type_.kind == "place" and len(code) <= 40 and " " not in code


def _no(
    pathway: Pathway,
    code: str,
    detail: str,
    thing: str,
    field: str = "",
    instead: tuple[tuple[str, Any], ...] = (),
) -> Refusal:
    basis = pathway.counts[thing].basis if thing in pathway.counts else HOUSE
    params = {"thing": thing, "request": "count"}
    return words.refusal(
        pathway, code, detail, "count", basis=basis, instead=instead, field=field, params=params
    )
