"""Who qualifies, and what to ask next: the verdict of a door on what is known so far, before any case exists.

*Not known* never becomes *yes*: a door is open only when every criterion is true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from amparo.cases import clocks, decide, read
from amparo.cases.fold import fold
from amparo.cases.index import index
from amparo.cases.model import Case, Event, Nothing_, Site
from amparo.cases.read import Verdict
from amparo.cases.requests.base import STAFF
from amparo.pathways.model import Fact, Pathway, SettingRef
from amparo.pathways.rulebook import rulebook

CHEAPEST_FIRST = (
    "person",
    "harmed",
    "supporter",
    "officer",
    "supervisor",
    "coordinator",
    "clerk",
    "case_worker",
)
"""Whose word costs least to get: whoever stands here, then the office, then everybody else (registers, bodies)."""


class Eligibility(NamedTuple):
    """state: open (every criterion true), not_open (one is false), not_known. next: the fact to ask first, '' if
    none.
    """

    state: str
    criteria: tuple[Verdict, ...]
    next: str


def eligibility(pathway: Pathway, site: Site, door: str, facts: Mapping[str, Any], t: int) -> Eligibility:
    """The verdict of a door on facts told (plain values, or `Nothing_`), at epoch second t."""
    found = read.criteria(_supposed(pathway, site, door, facts, t), t)
    return Eligibility(_state(found), found, next_question(pathway, found))


def next_question(pathway: Pathway, verdicts: Iterable[Verdict]) -> str:
    """The fact that stands in most undecided criteria; then the cheapest to learn; then the first in the definition.

    Verdicts of several doors may be given together. A fact that is never prompted is not named.
    """
    asked = Counter(
        name
        for verdict in verdicts
        if verdict.verdict is None
        for name in leading(pathway, {fact for fact, _ in verdict.asks if fact in pathway.facts})
        if pathway.facts[name].prompt == "ask"
    )
    order = list(pathway.facts)
    return min(asked, key=lambda n: (-asked[n], cost(pathway, n), order.index(n)), default="")


def leading(pathway: Pathway, names: Iterable[str]) -> frozenset[str]:
    """Of the facts for which something waits, those to ask: one from which another of them follows is not asked as well
    (the age, not the age and the day of birth).
    """
    all_ = frozenset(names)
    follow = (rule for n in all_ if (rule := pathway.facts[n].or_from) is not None)
    return all_.difference(*(rulebook(pathway).rule(rule).reads for rule in follow))


def _state(found: Iterable[Verdict]) -> str:
    return state_of(verdict.verdict for verdict in found)


def state_of(verdicts: Iterable[bool | None]) -> str:
    """How a door stands on the answers of its criteria."""
    answers = tuple(verdicts)
    return "not_open" if False in answers else "not_known" if None in answers else "open"


def cost(pathway: Pathway, fact: str) -> int:
    """What it costs to learn a fact: the rank of the cheapest of those whose word it is."""
    givers = (pathway.roles[giver].is_ for giver in pathway.facts[fact].from_ if giver in pathway.roles)
    return min((_rank(giver) for giver in givers), default=len(CHEAPEST_FIRST))


def _rank(giver: str) -> int:
    return CHEAPEST_FIRST.index(giver) if giver in CHEAPEST_FIRST else len(CHEAPEST_FIRST)


# ------------------------------------------------------------------------------------------------ several programmes
class AtDoor(NamedTuple):
    """A door of a programme at a site."""

    pathway: Pathway
    site: Site
    door: str

    @property
    def key(self) -> tuple[str, str]:
        return self.pathway.id, self.door


class DoorVerdict(NamedTuple):
    """How a door stands. state: open, not_open or not_known, as in `Eligibility`. shut: whether the site has the door
    open at all (True: it is open; None: a setting is not entered), with the parts that decided and what is lacking.
    """

    at: AtDoor
    state: str
    criteria: tuple[Verdict, ...]
    shut: Verdict


class Question(NamedTuple):
    """One question, asked once for all definitions that have a fact of this name and type. id: what its answer is kept
    under. of: the pathways that have it. fact: as the first of them defines it.
    """

    id: str
    name: str
    fact: Fact
    of: tuple[Pathway, ...]


def questions(doors: Iterable[AtDoor]) -> dict[str, Question]:
    """What may be asked at these doors: facts that the opening step of one of them writes down, never those that are
    not prompted for, nor what is first of all for others of the staff to say. In file order, programme after programme.
    """
    found: dict[str, Question] = {}
    for at in doors:
        opens = at.pathway.doors[at.door].opens_with
        for name in at.pathway.facts:
            if name in index(at.pathway).written[opens] and _said_here(at.pathway, opens, name):
                _add(found, at.pathway, name)
    return found


def _said_here(pathway: Pathway, opens: str, name: str) -> bool:
    """Can it be asked at the door? Whoever opens it is there, and the person; a register can be looked into. Another of
    the staff, who approves or decides later, is not there: the card names what it needs of them.
    """
    fact = pathway.facts[name]
    first = fact.from_[0] if fact.from_ else ""
    others = first in pathway.roles and pathway.roles[first].is_ in STAFF
    return fact.prompt == "ask" and (not others or first in pathway.steps[opens].by)


def _add(found: dict[str, Question], pathway: Pathway, name: str) -> None:
    fact = pathway.facts[name]
    known = found.get(name)
    id_ = name if known is None or known.fact.type == fact.type else f"{pathway.id}.{name}"
    before = found.get(id_, Question(id_, name, fact, ()))
    if all(p is not pathway for p in before.of):
        found[id_] = before._replace(of=(*before.of, pathway))


def answered(asked: Mapping[str, Question], pathway: Pathway, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of one pathway that these answers tell: plain values, or a nothing."""
    mine = (q for q in asked.values() if any(p is pathway for p in q.of))
    return {q.name: answers[q.id] for q in mine if q.id in answers}


def verdicts(doors: Iterable[AtDoor], answers: Mapping[str, Any], t: int) -> tuple[DoorVerdict, ...]:
    """How each door stands on the answers so far, at epoch second t. Answers are by the id of their question."""
    all_ = tuple(doors)
    asked = questions(all_)
    return tuple(at_door(at, answered(asked, at.pathway, answers), t) for at in all_)


def at_door(at: AtDoor, facts: Mapping[str, Any], t: int) -> DoorVerdict:
    """How one door stands on facts told by name, at epoch second t."""
    case = _supposed(at.pathway, at.site, at.door, facts, t)
    found, shut = read.criteria(case, t), _shut(case, t)
    return DoorVerdict(at, _state((*found, shut)), found, shut)


def tried(at: AtDoor, facts: Mapping[str, Any], t: int) -> tuple[bool | None, ...]:
    """The answer of each criterion of a door on facts told by name, and nothing of why."""
    r = read.Readings(_supposed(at.pathway, at.site, at.door, facts, t), t)
    names = read.criteria_of(at.pathway, at.door)
    return tuple(r.book.criterion(name).verdict(r.get, r.day) for name in names)


def _shut(case: Case, t: int) -> Verdict:
    """Is the door open here at all? A matter of the site's settings, whoever comes."""
    door, r = case.pathway.doors[case.door], read.Readings(case, t)
    first = door.asks_first
    if first is not None and clocks.length_of(case, first.wipes_after) is None:
        name = first.wipes_after.name if isinstance(first.wipes_after, SettingRef) else ""
        return Verdict(case.door, None, (), ((f"setting {name}", "site"),))
    if door.open_if is None:
        return Verdict(case.door, True, (), ())
    verdict = r.verdict(door.open_if)
    asks = r.asks(door.open_if) if verdict is None else ()
    return Verdict(case.door, verdict, r.why(door.open_if), asks)


def _supposed(pathway: Pathway, site: Site, door: str, facts: Mapping[str, Any], t: int) -> Case:
    """A case as it would stand if it were opened now with these facts; it is kept nowhere."""
    opened = Event("", 1, t, t, "", "", "case.opened", decide.opened(pathway, site, door, t), pathway.version)
    told = (_told(n, name, answer, t, pathway.version) for n, (name, answer) in enumerate(facts.items(), 2))
    return fold(pathway, site, (opened, *told))


def _told(seq: int, name: str, answer: Any, t: int, version: str) -> Event:
    held = {"nothing": answer.kind} if isinstance(answer, Nothing_) else {"value": answer}
    return Event("", seq, t, t, "", "", "fact.told", {"fact": name, "given_by": "", **held}, version)
