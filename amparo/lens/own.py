"""What somebody wrote down themselves, to whom a fact is not granted: it stands as they told it, for good.

If it went, or changed, with what is told later, it would tell them of the later telling. For the same reason nothing
is read here that their step set by itself: it goes on without them.
"""

from __future__ import annotations

from collections.abc import Iterable

from amparo.cases import read
from amparo.cases.model import Case, Event, Telling
from amparo.lens import sight
from amparo.lens.model import Subject, Viewer
from amparo.pathways.model import Pathway

BY_STEP = "steps"
"""Whose word it is of a fact that a step set by itself."""


def told_by(event: Event) -> str:
    """The account whose telling this entry is; '' for a fact that their step set by itself."""
    return "" if event.data.get("given_by") == BY_STEP else event.actor


def tellings(events: Iterable[Event], account: str) -> dict[str, Telling]:
    """The newest telling of each fact by this account, corrected or taken back by others or not."""
    mine = (e for e in events if account and e.kind in ("fact.told", "fact.corrected"))
    return {e.data["fact"]: _telling(e) for e in mine if told_by(e) == account}


def _telling(e: Event) -> Telling:
    d = e.data
    as_of = d.get("as_of", e.at)
    return Telling(e.seq, as_of, d.get("value"), d.get("nothing", ""), d["given_by"], e.actor)


def as_seen(
    pathway: Pathway, case: Case, viewer: Viewer, name: str, t: int, mine: Telling | None
) -> tuple[Telling | None, ...]:
    """The telling of a fact that is drawn at t (None: nobody has told it), () if the fact is not drawn at all.

    mine: the viewer's own telling, drawn where the fact is neither granted nor opened by a consent.
    """
    if sight.fact_seen(pathway, case, viewer, Subject("fact", name)):
        return (read.told(case, name, t),)
    shown = mine is not None and sight.fact_seen(pathway, case, viewer, Subject("fact", name, mine.by))
    return (mine,) if shown else ()
