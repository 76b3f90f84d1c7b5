"""Lists that cut across cases: what is to be sent, who sits when, what can be taken back, who looked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from amparo.cases.decide import explain
from amparo.cases.model import Event, Refusal, Request
from amparo.errors import KeyDestroyed, NotPermitted
from amparo.ledger import casefile, log, looking, looks, papers, world
from amparo.ledger.casefile import CaseFile
from amparo.ledger.looking import Row
from amparo.ledger.looks import Look
from amparo.ledger.models import Summary
from amparo.lens import LetterView, NoticeView, View, event_seen, filtered
from amparo.lens.model import Entry
from amparo.pathways import calendar
from amparo.people.models import Account

WAITING = ("due", "made")


class Outgoing(NamedTuple):
    """A case with what is still to leave the house for it."""

    row: Row
    letters: tuple[LetterView, ...]
    notices: tuple[NoticeView, ...]


class Sits(NamedTuple):
    """A case with the sitting that is set or open for it."""

    row: Row
    at: int
    state: str


class Takeable(NamedTuple):
    """An entry of the timeline and what stands against taking it back; () if it can be."""

    entry: Entry
    against: tuple[Refusal, ...]


def outbox(
    actor: Account, site: str, programme: str, *, role: str = "", now: int | None = None
) -> tuple[Outgoing, ...]:
    """Letters and notices that are due at a site, and receipts awaited, as far as this actor may see them."""
    found = (_outgoing(row) for row in _all_rows(actor, site, programme, role, now, "outbox"))
    return tuple(one for one in found if one.letters or one.notices)


def _outgoing(row: Row) -> Outgoing:
    drawn = row.view
    notices = (
        n for n in drawn.notices if n.state in (*WAITING, "withheld") or (n.state == "sent" and n.receipt)
    )
    return Outgoing(row, tuple(x for x in drawn.letters if x.state in WAITING), tuple(notices))


def sittings(
    actor: Account,
    site: str,
    programme: str,
    day: date | None = None,
    *,
    role: str = "",
    now: int | None = None,
) -> tuple[Sits, ...]:
    """The sittings set or open at a site, of one day if named, by hour."""
    zone = papers.site_on_paper(site, papers.pathway_of(programme), now=looking._now(now)).zone
    found = (_sits(row) for row in _all_rows(actor, site, programme, role, now, "sittings"))
    kept = (one for one in found if one and (day is None or calendar.day_of(one.at, zone) == day))
    return tuple(sorted(kept, key=lambda one: (one.at, one.row.case)))


def _sits(row: Row) -> Sits | None:
    sitting = row.view.sitting
    return Sits(row, sitting.at, sitting.state) if sitting and sitting.state in ("set", "open") else None


def _all_rows(
    actor: Account, site: str, programme: str, role: str, now: int | None, what: str
) -> Iterator[Row]:
    """Every open case that the actor's list may hold, page by page."""
    after = ""
    while True:
        page = looking.worklist(
            actor, site, programme, after=after, role=role, size=200, now=now, purpose=what
        )
        yield from page.rows
        after = page.after
        if not after:
            return


def entries(
    actor: Account, case_id: str, *, role: str = "", now: int | None = None, purpose: str = "annul"
) -> tuple[Takeable, ...]:
    """The steps of a case, newest first, each with what stands against taking it back."""
    at = looking._now(now)
    held = casefile.load(case_id, now=at)
    viewer = looking.seen_as(held, actor, role, at)
    drawn = looking.draw(held, actor, viewer, at)
    looks.note_case(
        actor.pk, case_id, held.log.keys[max(held.log.keys)], at,
        {"role": viewer.role, "what": "entries", "purpose": purpose},
    )  # fmt: skip
    steps = [entry for entry in drawn.timeline if entry.kind == "step.taken"]
    return tuple(
        Takeable(entry, _against(held, actor, viewer.role, entry.seq, at)) for entry in reversed(steps)
    )


def _against(held: CaseFile, actor: Account, role: str, seq: int, now: int) -> tuple[Refusal, ...]:
    stated = world.state(held.log, held.case, actor, role, now)
    asked = Request("annul", actor.pk, role, world=stated, args={"seq": seq, "basis": "", "reason": "…"})
    found = explain(held.pathway, held.site, held.case, held.case.id, asked, now)
    viewer = world.viewer(held.log, held.case, actor, role, now)
    return tuple(filtered(held.pathway, held.case, viewer, refusal) for refusal in found)


def events(actor: Account, case_id: str, *, role: str = "", now: int | None = None) -> tuple[Event, ...]:
    """The entries of a case that this actor may read, as events, in order."""
    at = looking._now(now)
    held = casefile.load(case_id, now=at)
    viewer = looking.seen_as(held, actor, role, at)
    looks.note_case(
        actor.pk,
        case_id,
        held.log.keys[max(held.log.keys)],
        at,
        {"role": viewer.role, "what": "entries", "purpose": ""},
    )
    return tuple(event for event in held.log.events if event_seen(held.pathway, held.case, event, viewer))


def who_saw(actor: Account, case_id: str, *, role: str = "", now: int | None = None) -> tuple[Look, ...]:
    """Who looked at a case, newest first. Only for who may see the case; this look is one of them."""
    at = looking._now(now)
    held = casefile.load(case_id, now=at)
    viewer = looking.seen_as(held, actor, role, at)
    looks.note_case(
        actor.pk,
        case_id,
        held.log.keys[max(held.log.keys)],
        at,
        {"role": viewer.role, "what": "who_saw", "purpose": ""},
    )
    return looks.of_case(case_id)


def exists_for(actor: Account, case_id: str, *, now: int | None = None) -> bool:
    """Whether there is such a case for this actor: for an address that must answer *not found* alike."""
    try:
        looking.seen_as(casefile.load(case_id), actor, "", looking._now(now))
    except (NotPermitted, KeyDestroyed):
        return False
    return True


def site_of(case_id: str) -> str:
    """The site at which a case lies, '' if there is none. Tells nothing that stands not in clear."""
    return Summary.objects.filter(pk=case_id).values_list("site", flat=True).first() or ""


def view_of(row: Row) -> View:
    return row.view


def number(case_id: str) -> str:
    """A case's number as people write it."""
    return case_id.upper()


__all__ = [
    "Outgoing",
    "Sits",
    "Takeable",
    "entries",
    "events",
    "exists_for",
    "log",
    "number",
    "outbox",
    "sittings",
    "who_saw",
]
