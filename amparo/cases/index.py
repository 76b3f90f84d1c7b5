"""What is looked up again and again in a pathway, turned round once: which clocks a step starts, which steps compete.

Kept by the identity of the pathway, for the few pathways that are in use at one time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from amparo.pathways.model import Dated, Extension, Names, Pathway, Step
from amparo.pathways.words import PHASE_READINGS

HOUSE_STEPS: Names = ("record_death", "record_move", "change_channel", "cover", "note_safety")
"""Steps of every pathway that are written as `step.taken`; a pathway may only title them."""

KEPT = 32
"""How many pathways are kept in mind at once (versions in use, and the mutants of one run)."""


class Index(NamedTuple):
    """All maps are from name to names in file order."""

    pathway: Pathway
    starts: Mapping[str, Names]  # trigger (`report`, `enter hearing`, `delivered summons`) -> clocks
    stops: Mapping[str, Names]
    meets: Mapping[str, Names]
    extends: Mapping[str, tuple[tuple[str, Extension], ...]]  # step -> (clock, how)
    opened_by: Mapping[str, Names]  # step -> clocks that open it
    choices: Mapping[str, Names]  # choice -> steps
    by_role: Mapping[str, Names]  # role -> bodies it sits in
    acceptances: frozenset[str]  # facts that some step needs accepted
    written: Mapping[str, frozenset[str]]  # step -> facts that whoever takes it may write down with it
    askers: Mapping[str, frozenset[str]]  # fact -> roles and bodies that take a step asking or showing it
    owners: frozenset[str]  # roles that own a stage
    open_stages: frozenset[str]
    dated_settings: frozenset[str]
    order: Mapping[str, int]  # clock -> place in the file
    names: Mapping[str, tuple[str, str]]  # name in rules -> (what it is, of what)
    parties: Mapping[str, str]  # fact about another person -> the role of that person
    quoting: Mapping[str, str]  # step that asks such a fact -> the role of that person
    others: (
        Names  # the roles of people whom a case may have beside the one it is about, with a file of their own
    )


_KEPT: dict[int, Index] = {}


def index(pathway: Pathway) -> Index:
    """The index of this very pathway object."""
    found = _KEPT.get(id(pathway))
    if found is None or found.pathway is not pathway:
        while len(_KEPT) >= KEPT:
            del _KEPT[next(iter(_KEPT))]
        found = _KEPT[id(pathway)] = _build(pathway)
    return found


def _build(p: Pathway) -> Index:
    clocks = p.clocks.items()
    return Index(
        pathway=p,
        starts=_turned((name, c.starts) for name, c in clocks),
        stops=_turned((name, c.stops) for name, c in clocks),
        meets=_turned((name, c.meets) for name, c in clocks),
        extends=_extends(p),
        opened_by=_turned((name, tuple(s for late in c.late for s in late.opens)) for name, c in clocks),
        choices=_turned((name, (s.choice,) if s.choice else ()) for name, s in p.steps.items()),
        by_role=_turned((name, tuple(b.made_of)) for name, b in p.bodies.items()),
        acceptances=frozenset(f for s in p.steps.values() if s.needs for f in s.needs.accepted),
        written=(written := _written(p)),
        askers=_askers(p, written),
        owners=frozenset(s.owner for s in p.stages.values() if s.owner),
        open_stages=frozenset(name for name, s in p.stages.items() if not s.closed),
        dated_settings=frozenset(name for name, s in p.settings.items() if is_dated(s.value)),
        order={name: n for n, name in enumerate(p.clocks)},
        names=_names(p),
        parties=(parties := {name: party(p, f.about) for name, f in p.facts.items() if f.about}),
        quoting={n: parties[f] for n, s in p.steps.items() for f in facts_of(s) if f in parties},
        others=tuple(
            dict.fromkeys((*parties.values(), *(n for n, r in p.roles.items() if r.is_ == "harmed")))
        ),
    )


def party(p: Pathway, about: str) -> str:
    """The role of another person in the case: as it is named, or the role of the platform's that the word means."""
    return next((name for name, role in p.roles.items() if about in (name, role.is_)), about)


PLAIN = ("stage", "door", "owner", "now", "today", "law date")
FAMILIES: Mapping[str, str] = {
    "times": "steps",
    "since": "steps",
    "last": "choices",
    "late": "clocks",
    "near": "clocks",
    "running": "clocks",
    "due": "clocks",
    "notified": "letters",
    "open": "obligations",
    "met": "obligations",
    "breached": "obligations",
    "unmended": "obligations",
    "waiting": "obligations",
    "consent": "consents",
    "awaited": "notices",
    "clear": "schedules",
    "unanswered": "schedules",
    "missed": "schedules",
    "counted": "schedules",
}
"""Readings of a case: `family.name`, for each name of the kind."""


def _names(p: Pathway) -> dict[str, tuple[str, str]]:
    """Every name that a rule may read, with what it is."""
    found = {name: ("plain", name) for name in PLAIN}
    found |= {name: ("phase", name) for name in PHASE_READINGS if p.phases}
    choices = {s.choice for s in p.steps.values() if s.choice}
    for family, kind in FAMILIES.items():
        for name in choices if kind == "choices" else getattr(p, kind):
            found[f"{family}.{name}"] = (family, name)
    for kind in ("fact", "setting", "table"):
        found |= {name: (kind, name) for name in getattr(p, f"{kind}s")}
    return found | {name: ("derived", name) for name in p.derived}


def is_dated(value: object) -> bool:
    """Is a setting's value a list of periods (a civil length is a tuple too)?"""
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Dated)


def _turned(pairs: Iterable[tuple[str, Names]]) -> dict[str, Names]:
    found: dict[str, Names] = {}
    for name, keys in pairs:
        for key in keys:
            if name not in found.get(key, ()):
                found[key] = (*found.get(key, ()), name)
    return found


def _extends(p: Pathway) -> dict[str, tuple[tuple[str, Extension], ...]]:
    found: dict[str, tuple[tuple[str, Extension], ...]] = {}
    for name, clock in p.clocks.items():
        for step, how in clock.extended_by.items():
            found[step] = (*found.get(step, ()), (name, how))
    return found


def _written(p: Pathway) -> dict[str, frozenset[str]]:
    """What stands in `also` only to be read, the word of colleagues alone (the technical team's opinion on the members'
    page), is shown and no more. A step that opens a case takes over a paper, and all that stands in it."""
    colleagues = frozenset(x for s in p.steps.values() for x in takers(p, s))
    return {
        name: frozenset(
            f for f in facts_of(s) if s.opens or f not in s.also or not _others(p, s, f, colleagues)
        )
        for name, s in p.steps.items()
    }


def _others(p: Pathway, step: Step, fact: str, colleagues: frozenset[str]) -> bool:
    """Is this the word of others alone, who take steps themselves?"""
    givers = frozenset(p.facts[fact].from_) if fact in p.facts else frozenset()
    return bool(givers) and not givers & takers(p, step) and givers <= colleagues


def _askers(p: Pathway, written: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for name, step in p.steps.items():
        for fact in written[name]:
            found[fact] = found.get(fact, frozenset()) | takers(p, step)
    return found


def facts_of(step: Step) -> Names:
    """The facts that a step asks or shows, and those it needs accepted."""
    accepted = step.needs.accepted if step.needs else ()
    return (*(a.fact for a in step.asks), *step.also, *accepted)


def takers(p: Pathway, step: Step) -> frozenset[str]:
    """Who may take a step: the roles and bodies named, and the roles of a body's members."""
    members = (role for name in step.by if name in p.bodies for role in p.bodies[name].made_of)
    return frozenset((*step.by, *members))


def is_open(pathway: Pathway, stage: str) -> bool:
    """Is this stage one in which a case still goes on?"""
    return stage in index(pathway).open_stages


def begins_at(pathway: Pathway, step: Step, stage: str) -> bool:
    """Does this step go from that stage?"""
    return (
        stage in step.from_ or "any" in step.from_ or ("any_open" in step.from_ and is_open(pathway, stage))
    )
