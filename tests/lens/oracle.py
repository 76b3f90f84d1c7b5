"""What the definition lets a role read, said a second time in other words than the lens says it; and canaries.

A canary is a word that stands nowhere else. Each says what it was put into: `canary-fact-age-7`. The oracle is asked of
each canary that a role came to see whether a line of the definition gives a ground for it. It is wider than the lens in
what depends on the case's own course, never in what the role may know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from amparo.cases.model import Case, Event
from amparo.pathways.model import Pathway, Sees

CANARY = re.compile(r"canary-([a-z]+)-([a-z_0-9]+)-(\d+)")

SUPPORT = ("need.noted", "advice.given", "help.offered", "referral.")
WORDS = (
    "words",
    "says",
    "result",
    "reason",
    "reasons",
    "next",
    "proof",
    "receipt",
    "what",
    "why",
    "under",
    "minutes",
)


class Planted(NamedTuple):
    """kind: fact, support or act. name: of the fact, or what the entry is. event: the entry it was put into."""

    kind: str
    name: str
    event: Event


def planted(pathway: Pathway, events: Iterable[Event]) -> tuple[tuple[Event, ...], dict[str, Planted]]:
    """The entries with a canary in every text of a fact, and in every word that somebody wrote."""
    found: dict[str, Planted] = {}
    changed = tuple(_changed(pathway, event, found) for event in events)
    return changed, found


def _changed(pathway: Pathway, event: Event, found: dict[str, Planted]) -> Event:
    data = dict(event.data)
    if event.kind.startswith("fact."):
        fact = data["fact"]
        if pathway.facts[fact].type.kind == "text" and isinstance(data.get("value"), str):
            data["value"] = _put(found, "fact", fact, event)
    kind = "support" if event.kind.startswith(SUPPORT) else "act"
    for key in WORDS:
        if isinstance(data.get(key), str) and data[key] and not event.kind.startswith("fact."):
            data[key] = _put(found, kind, event.kind.replace(".", "_"), event)
    for key in ("dissent", "accepted"):
        if isinstance(data.get(key), Mapping):
            data[key] = {k: _put(found, key, _name(k, key), event) if v else v for k, v in data[key].items()}
    return event._replace(data=data)


def _name(name: str, key: str) -> str:
    return name if key == "accepted" else "dissent"


def _put(found: dict[str, Planted], kind: str, name: str, event: Event) -> str:
    word = f"canary-{kind}-{name}-{event.seq}"
    found[word] = Planted(kind, name, event)
    return word


def in_(drawn: str) -> set[str]:
    """The canaries that stand in what was drawn."""
    return {x[0] for x in CANARY.finditer(drawn)}


# ------------------------------------------------------------------------------------------------ who may
def may_read(pathway: Pathway, case: Case, role: str, account: str, one: Planted) -> bool:
    """Is there a line of the definition by which this role may read this?"""
    is_ = pathway.roles[role].is_
    grant = pathway.roles[role].sees
    if one.kind in ("fact", "accepted"):
        return _fact(pathway, case, role, account, one)
    if (party := _other(pathway, one.event)) and party != role:
        return grant is not None and _names_one_about(pathway, grant, party)
    if is_ == "person":
        return True
    if grant is None:
        return False
    if one.kind == "support":
        return _support(pathway, role, account, grant, one.event)
    step = str(one.event.data.get("step", ""))
    listed = grant.steps == "all" or (grant.steps != "none" and step in grant.steps)
    letter = str(one.event.data.get("letter", ""))
    listed = listed or (
        bool(letter) and (grant.letters == "all" or (grant.letters != "none" and letter in grant.letters))
    )
    listed = listed or _of_an_item(pathway, grant, one.event)
    return listed or grant.own and one.event.actor == account or _sits(pathway, role) or _to(one.event, role)


def _of_an_item(pathway: Pathway, grant: Sees, event: Event) -> bool:
    """What was done on an obligation is read by who may read every stage to which agreeing on it leads."""
    makers = [s for s in pathway.steps.values() if event.data.get("obligation") in s.makes]
    to = {b.to for s in makers for b in s.to if b.to} or {f for s in makers for f in s.from_}
    return bool(to) and (grant.stages == "all" or to <= set(grant.stages))


def _fact(pathway: Pathway, case: Case, role: str, account: str, one: Planted) -> bool:
    fact, is_ = pathway.facts[one.name], pathway.roles[role].is_
    grant = pathway.roles[role].sees
    if fact.about:
        return role == fact.about or is_ == fact.about or (grant is not None and one.name in grant.facts)
    if is_ == "person":
        return grant is None or f"-{one.name}" not in grant.facts
    if (
        grant is None
        or f"-{one.name}" in grant.facts
        and not _opened(case, role, grant, fact.class_, one.name)
    ):
        return False
    told_it = grant.own and one.event.actor == account
    return (
        one.name in grant.facts
        or fact.class_ in grant.facts
        or told_it
        or _opened(case, role, grant, fact.class_, one.name)
    )


def _opened(case: Case, role: str, grant: Sees, class_: str, name: str) -> bool:
    """By a consent that is live, made out to them."""
    live = (
        c for c in case.consents.values() if c.kind in grant.with_consent and c.ended is None and c.to == role
    )
    return any(name in c.about or class_ in c.about for c in live)


def _other(pathway: Pathway, event: Event) -> str:
    """The role of another person to whom an entry is addressed."""
    others = {n for n, r in pathway.roles.items() if r.is_ == "harmed"}
    named = (event.data.get(k) for k in ("to", "whom", "role", "party"))
    return next((x for x in named if isinstance(x, str) and x in others), "")


def _names_one_about(pathway: Pathway, grant: Sees, party: str) -> bool:
    about = {n for n, f in pathway.facts.items() if f.about and f.about in (party, pathway.roles[party].is_)}
    return bool(about & set(grant.facts))


def _support(pathway: Pathway, role: str, account: str, grant: Sees, event: Event) -> bool:
    named = role in event.data.get("audience", ())
    own = grant.support == "own" and (
        event.actor == account or event.data.get("to") == role or event.role == role
    )
    return grant.support == "all" or named or own


def _sits(pathway: Pathway, role: str) -> bool:
    return any(role in body.made_of for body in pathway.bodies.values())


def _to(event: Event, role: str) -> bool:
    return bool(event.data.get("to") == role)


def drawn(value: Any) -> str:
    """Everything of a view in words."""
    return repr(value)
