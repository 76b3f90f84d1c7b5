"""What was sent to a role stands in the file for it, as far as it was told and no further. Pure.

Whoever was told something knows it: a file that hid it would make them look for it elsewhere. A notice that rests on a
consent is shown while that consent lives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from amparo.cases.model import Case, Notice, Obligation
from amparo.cases.papers import grounded
from amparo.cases.read import value
from amparo.lens import sight
from amparo.lens.model import ToldView, Viewer
from amparo.pathways.model import Pathway

SENT = ("sent", "received")
COUNTED = ("money", "count")
"""Types of terms that are told of an item: sums, and no words."""


def told_to(pathway: Pathway, case: Case, viewer: Viewer, t: int) -> tuple[ToldView, ...]:
    """The notices that went out to this role, the newest first. The person and whoever was harmed have pages of their
    own for it.
    """
    apart = sight.is_person(pathway, viewer.role) or sight.is_harmed(pathway, viewer.role)
    if apart or not sight.sees_case(pathway, case, viewer):
        return ()
    mine = [
        n for n in case.notices.values() if n.to == viewer.role and n.state in SENT and n.sent is not None
    ]
    shown = (n for n in mine if grounded(case, n.notice, t, n.to))
    return tuple(sorted((_told(pathway, case, n) for n in shown), key=lambda x: -x.sent))


def _told(pathway: Pathway, case: Case, n: Notice) -> ToldView:
    kind, sent = pathway.notices[n.notice], n.sent or 0
    facts = (
        (f, value(case, f, sent)) for f in kind.says if f in pathway.facts and not pathway.facts[f].about
    )
    return ToldView(
        n.notice,
        kind.title,
        sent,
        n.received,
        tuple((name, plain) for name, plain in facts if plain is not None),
        tuple(_items(pathway, case, kind.says)),
        kind.ground if not isinstance(kind.ground, str) else (),
    )


def _items(pathway: Pathway, case: Case, says: tuple[str, ...]) -> Iterator[Obligation]:
    """Items of which a notice tells: how they stand, their sums, and none of their words."""
    kinds = {x.partition(".")[2] for x in says if x.startswith("obligations.")}
    for o in case.obligations.values():
        if o.kind in kinds:
            kept = {n for n, term in pathway.obligations[o.kind].terms.items() if term.type.kind in COUNTED}
            terms = {k: v for k, v in o.terms.items() if k in kept}
            yield o._replace(terms=terms, whose="", entries=tuple(_sums(o, kept)))


def _sums(o: Obligation, kept: set[str]) -> Iterator[Mapping[str, Any]]:
    """What was paid or done, as numbers."""
    for e in o.entries:
        if e.get("term") in kept or e.get("reverses"):
            yield {k: e[k] for k in ("what", "seq", "at", "term", "amount", "reverses") if k in e}
