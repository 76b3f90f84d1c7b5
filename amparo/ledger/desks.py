"""Lists that cut across cases: what is to be sent, who sits when, what can be taken back, who looked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from amparo.cases.about import other_people
from amparo.cases.decide import explain
from amparo.cases.model import Refusal, Request
from amparo.errors import KeyDestroyed, NotPermitted
from amparo.ledger import casefile, looking, looks, papers, world
from amparo.ledger.casefile import CaseFile
from amparo.ledger.looking import Row
from amparo.ledger.looks import Look
from amparo.ledger.models import Summary
from amparo.lens import LetterView, NoticeView, Viewer, event_seen, filtered, knows_of
from amparo.lens.model import Entry
from amparo.pathways import calendar
from amparo.people.models import Account

WAITING = ("due", "made", "withheld")


class Outgoing(NamedTuple):
    """A case, open or ended, with what is still to leave the house for it and the receipts awaited."""

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
    at = looking.present(now)
    rows = looking.listed(actor, site, programme, "outgoing", role=role, now=at, purpose="outbox")
    return tuple(one for one in map(_outgoing, rows) if one.letters or one.notices)


def _outgoing(row: Row) -> Outgoing:
    notices = (n for n in row.view.notices if _to_go(n) or (n.state == "sent" and n.receipt))
    return Outgoing(row, tuple(x for x in row.view.letters if x.state in WAITING), tuple(notices))


def _to_go(notice: NoticeView) -> bool:
    """Is it to be sent? Not while the consent on which it rests is lacking: then nobody may send it."""
    return notice.state in WAITING and notice.grounded


def exceptional(
    actor: Account, site: str, programme: str, *, role: str = "", now: int | None = None
) -> tuple[Row, ...]:
    """The cases in which a legal demand waits for its answer, or an emergency disclosure for a look."""
    at = looking.present(now)
    rows = looking.listed(actor, site, programme, "exceptional", role=role, now=at, purpose="exceptional")
    return tuple(row for row in rows if row.view.exceptional)


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
    at = looking.present(now)
    zone = papers.site_on_paper(site, papers.pathway_of(programme), now=at).zone
    rows = looking.listed(actor, site, programme, "sits", role=role, now=at, purpose="sittings")
    found = [Sits(row, row.view.sitting.at, row.view.sitting.state) for row in rows if row.view.sitting]
    kept = (one for one in found if day is None or calendar.day_of(one.at, zone) == day)
    return tuple(sorted(kept, key=lambda one: (one.at, one.row.case)))


def entries(
    actor: Account, case_id: str, *, role: str = "", now: int | None = None, purpose: str = "annul"
) -> tuple[Takeable, ...]:
    """The steps of a case, newest first, each with what stands against taking it back."""
    at = looking.present(now)
    held = casefile.load(case_id, now=at)
    viewer = looking.seen_as(held, actor, role, at)
    looking.noted(held, viewer, "entries", purpose, at)
    drawn = looking.draw(held, actor, viewer, at)
    steps = [entry for entry in drawn.timeline if entry.kind == "step.taken"]
    return tuple(Takeable(entry, _against(held, actor, viewer, entry.seq, at)) for entry in reversed(steps))


def _against(held: CaseFile, actor: Account, viewer: Viewer, seq: int, now: int) -> tuple[Refusal, ...]:
    """What would be answered to taking this entry back with a reason."""
    stated = world.state(held.log, held.case, actor, viewer.role, now)
    args = {"seq": seq, "reason": "to be given"}
    asked = Request("annul", actor.pk, viewer.role, world=stated, args=args)
    found = explain(held.pathway, held.site, held.case, held.case.id, asked, now)
    return tuple(filtered(held.pathway, held.case, viewer, refusal) for refusal in found)


def who_saw(actor: Account, case_id: str, *, role: str = "", now: int | None = None) -> tuple[Look, ...]:
    """Who looked at a case, newest first. Only for who may see the case; this look is one of them. Looks at the file of
    another person in it, and their own, stand for who may know of them. What was told outside, in an emergency or by
    legal demand, stands among them: it was seen by somebody too.
    """
    at = looking.present(now)
    held = casefile.load(case_id, now=at)
    viewer = looking.seen_as(held, actor, role, at)
    looking.noted(held, viewer, "who_saw", "", at)
    known = all(knows_of(held.pathway, viewer.role, party) for party in other_people(held.pathway))
    found = (
        look
        for look in looks.of_case(case_id)
        if known or (look.what != looks.APART and look.role not in other_people(held.pathway))
    )
    return tuple(sorted((*found, *_told_outside(held, viewer)), key=lambda look: -look.at))


def _told_outside(held: CaseFile, viewer: Viewer) -> Iterator[Look]:
    """What was told in an emergency, and what was given on a legal demand: recipient, ground and time."""
    for e in held.log.events:
        if not event_seen(held.pathway, held.case, e, viewer):
            continue
        if e.kind == "disclosure.made":
            yield Look(e.at, e.actor, e.role, "emergency", e.data["why"], False, e.data["to"], e.data["what"])
        if e.kind == "demand.answered" and e.data["answer"] != "demand_refused":
            under = str(held.case.demands[e.data["id"]].get("under", ""))
            yield Look(e.at, e.actor, e.role, "demand", under, False, e.data["asker"], e.data["words"])


def exists_for(actor: Account, case_id: str, *, now: int | None = None) -> bool:
    """Whether there is such a case for this actor: for an address that must answer *not found* alike."""
    at = looking.present(now)
    try:
        looking.seen_as(casefile.load(case_id, now=at), actor, "", at)
    except (NotPermitted, KeyDestroyed):
        return False
    return True


def site_of(case_id: str) -> str:
    """The site at which a case lies, '' if there is none. It stands in clear and tells nothing more."""
    return Summary.objects.filter(pk=case_id).values_list("site", flat=True).first() or ""


def number(case_id: str) -> str:
    """A case's number as people write it."""
    return case_id.upper()
