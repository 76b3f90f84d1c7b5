"""Looking: one case, a list, a search. Everything passes the lens, and every look leaves a row in the
disclosure log.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from amparo.errors import KeyDestroyed, NotPermitted
from amparo.ledger import casefile, log, looks, papers, retention, ties, world
from amparo.ledger.casefile import CaseFile
from amparo.ledger.memo import remembering
from amparo.ledger.models import EventRow, Summary
from amparo.lens import View, Viewer, boxes_seen, door_seen, is_authority, scope, sees_case, sees_stages, view
from amparo.pathways.model import Pathway
from amparo.people import matching, staff, store
from amparo.people.models import Account
from amparo.people.store import Record

PAGE = 25
MOST_OWN = 200
NO_ROLE = "You have no such role at this site."


class Row(NamedTuple):
    """A case on a list. record: who it is about, None where this role may not read it or the name's time is
    over.

    due: day since 1970 by which the case wants something, as kept. after: what to pass on for the rows that
    follow.
    """

    case: str
    view: View
    record: Record | None
    owner: str
    due: int
    after: str
    box: int = -1  # in which box the list counts it, as kept


Urgency = Callable[[Row], tuple[int, ...] | None]
"""How pressing a row is to the role that reads it, the smallest first; None: not at all."""


class Page(NamedTuple):
    """Rows of a list, and where the next ones begin ('' if there are none)."""

    rows: tuple[Row, ...]
    after: str


class Seen(NamedTuple):
    """One case as an account may see it, with what stands beside it in `people`."""

    view: View
    record: Record | None
    person: str
    site: str
    roles: tuple[str, ...]


# ------------------------------------------------------------------------------------------------ one case
def read(
    actor: Account, case_id: str, purpose: str, *, role: str = "", now: int | None = None, what: str = "case"
) -> View:
    """All that a page may draw of a case for this actor; the look is logged.

    role: the one in which to look; unset, the first of the actor's that sees the case. Raises
    `NotPermitted` alike for a case that is hidden and one that does not exist, `KeyDestroyed` for one whose
    words were erased.
    """
    return look(actor, case_id, purpose, role=role, now=now, what=what).view


def look(
    actor: Account, case_id: str, purpose: str, *, role: str = "", now: int | None = None, what: str = "case"
) -> Seen:
    """`read`, with the person's record where this role may read it."""
    at = present(now)
    held = casefile.load(case_id, now=at)
    viewer = seen_as(held, actor, role, at)
    roles = _roles(actor, held, at)
    drawn = draw(held, actor, viewer, at)
    noted(held, viewer, what, purpose, at)
    return Seen(drawn, _record(held, drawn, at), held.log.person, held.case.site.code, roles)


def noted(held: CaseFile, viewer: Viewer, what: str, purpose: str, at: int) -> None:
    """Leave the row of one look at one case."""
    shown = {"role": viewer.role, "what": what, "purpose": purpose}
    looks.note_case(viewer.account, held.case.id, held.log.keys[max(held.log.keys)], at, shown)


def draw(held: CaseFile, actor: Account, viewer: Viewer, now: int) -> View:
    """What the lens lets through."""
    stated = world.state(held.log, held.case, actor, viewer.role, now)
    return view(held.pathway, held.site, held.case, held.log.events, viewer, now, stated)


def seen_as(held: CaseFile, actor: Account, role: str, now: int) -> Viewer:
    """The viewer in the role named, or in the first that sees the case. Raises `NotPermitted`."""
    tried = (role,) if role else _roles(actor, held, now)
    found = next((viewer for name in tried if (viewer := seeing(held, actor, name, now))), None)
    if found is None:
        raise NotPermitted(log.NOT_HERE)
    return found


def seeing(held: CaseFile, actor: Account, role: str, now: int) -> Viewer | None:
    """The viewer in this role; None for whom the case does not exist."""
    viewer = world.viewer(held.log, held.case, actor, role, now)
    return viewer if viewer.relation and sees_case(held.pathway, held.case, viewer) else None


def _roles(actor: Account, held: CaseFile, now: int) -> tuple[str, ...]:
    """The roles an account has in this programme, those at the case's own site first."""
    posts = staff.posts(actor, papers.day_at(held.case.site.zone, now))
    here = ties.where(held.case)
    mine = sorted(
        (post for post in posts if post.programme == held.pathway.id), key=lambda post: post.site_id != here
    )
    return tuple(dict.fromkeys(post.role for post in mine))


def _record(held: CaseFile, drawn: View, now: int) -> Record | None:
    """The person's record, fetched, as this role may read it; None if it was erased."""
    try:
        found = store.fetch(held.log.person) if held.log.person else None
        return _read_by(found, held, drawn, now, owed=True)
    except KeyDestroyed:
        return None


def _read_by(
    record: Record | None, held: CaseFile, drawn: View, now: int, *, owed: bool = False
) -> Record | None:
    """The record as this role may read it: identity, and how to reach somebody, are two questions.

    `owed`: asked for on the file itself or among what is to be sent, where a correction still names whom it is about.
    """
    if record is None or not drawn.identity:
        return None
    if not retention.named(held.case, now) and not (owed and retention.correcting(held.case, now)):
        return None
    if drawn.contact:
        return record
    return Record(
        name=record.name,
        wanted=record.wanted,
        born=record.born,
        speaks=record.speaks,
        reads=record.reads,
        interpreter=record.interpreter,
        transliteration=record.transliteration,
    )


# ------------------------------------------------------------------------------------------------ lists
def worklist(
    actor: Account,
    site: str,
    programme: str,
    box: int | None = None,
    after: str = "",
    *,
    role: str = "",
    size: int = PAGE,
    now: int | None = None,
    purpose: str = "worklist",
    urgency: Urgency | None = None,
) -> Page:
    """The open cases that this actor may see at a site, what is due first on top; one row in the disclosure
    log.

    Roles that see only their own, assigned or sitting cases get those; they have no boxes, nor have roles that do not
    read every stage. Theirs is ordered by `urgency`, which is asked of what the role reads, never by the day that is
    kept: that would tell what it may not know.
    """
    at = present(now)
    pathway, mine = reading_as(actor, site, programme, role, at)
    drawn: dict[str, Row] = {}
    if boxes_seen(pathway, mine):
        found = _work(site, pathway, mine, box, after, size + 1)
    else:
        cases, drawn = _pressing_first(
            _own(actor, site, pathway, mine, at), pathway, actor, mine, at, urgency
        )
        found = _summaries(pathway, _behind(cases, after))[: size + 1]
    drawn = drawn | {
        row.case: row for row in _rows((x for x in found[:size] if x.case not in drawn), actor, mine, at)
    }
    rows = tuple(drawn[x.case] for x in found[:size] if x.case in drawn)
    looks.note_list(
        actor.pk, [row.case for row in rows], at, {"role": mine, "what": "list", "purpose": purpose}
    )
    return Page(rows, _after(found[size - 1], boxes_seen(pathway, mine)) if len(found) > size else "")


def counts(
    actor: Account, site: str, programme: str, *, role: str = "", now: int | None = None
) -> Mapping[int, int]:
    """Box -> how many open cases of it this actor may see at the site: one GROUP BY over the index, nothing
    else.
    """
    pathway, mine = reading_as(actor, site, programme, role, present(now))
    if not boxes_seen(pathway, mine):
        return {}
    rows = _visible(site, pathway, mine).values("box").annotate(n=Count("case")).order_by("box")
    return {row["box"]: row["n"] for row in rows}


def search(
    actor: Account,
    site: str,
    programme: str,
    text: str,
    born: str = "",
    *,
    role: str = "",
    now: int | None = None,
) -> tuple[Row, ...]:
    """The cases, open or not, of people with these words in their names, as far as this actor may see them.

    A case number finds its case. Names whose time of use is over find nothing; nor do they for a role
    without identity.
    """
    at = present(now)
    pathway, mine = reading_as(actor, site, programme, role, at)
    people = {same for person in matching.find(text, born) for same in matching.same_as(person)}
    named = Summary.objects.filter(case__in=ties.cases("person", people)).order_by("due", "case")
    by_name = [row for row in _rows(list(named[:MOST_OWN]), actor, mine, at) if row.record is not None]
    numbered = Summary.objects.filter(case=text.strip().lower())
    found = tuple({row.case: row for row in (*_rows(list(numbered), actor, mine, at), *by_name)}.values())
    looks.note_list(
        actor.pk, [row.case for row in found], at, {"role": mine, "what": "search", "purpose": "search"}
    )
    return found


def listed(
    actor: Account, site: str, programme: str, kind: str, *, role: str, now: int, purpose: str
) -> tuple[Row, ...]:
    """The cases at a site tied to it by a kind, as far as this actor may see them; one row in the log."""
    pathway, mine = reading_as(actor, site, programme, role, now)
    tied = Summary.objects.filter(case__in=ties.cases(kind, [site]), pathway=pathway.id)
    rows = tuple(_rows(tied.order_by("due", "case"), actor, mine, now, owed=kind == "outgoing"))
    shown = {"role": mine, "what": kind, "purpose": purpose}
    looks.note_list(actor.pk, [row.case for row in rows], now, shown)
    return rows


def reading_as(actor: Account, site: str, programme: str, role: str, now: int) -> tuple[Pathway, str]:
    """The pathway and the role in which to list. Raises `NotPermitted` without such a role at the site."""
    held = staff.roles(actor, site, programme, papers.day_at("UTC", now))
    chosen = role or next(iter(held), "")
    if chosen not in held:
        raise NotPermitted(NO_ROLE)
    return papers.pathway_at(programme, site, now), chosen


def _visible(site: str, pathway: Pathway, role: str) -> QuerySet[Summary]:
    """The cases at the site that the role's list may hold, by door: the open ones, or for who may not know which have
    ended, all of them.
    """
    doors = [door for door in pathway.doors if door_seen(pathway, role, door)]
    unasked = [f"{door}{ties.UNASKED}" for door in doors if pathway.doors[door].asks_first]
    rows = Summary.objects.filter(site=site, pathway=pathway.id)
    rows = rows.filter(open=True) if sees_stages(pathway, role) else rows
    shut = bool(unasked) and is_authority(pathway, role)
    if len(doors) == len(pathway.doors) and not shut:
        return rows
    return rows.filter(door__in=doors if shut else [*doors, *unasked])


def _work(site: str, pathway: Pathway, role: str, box: int | None, after: str, size: int) -> list[Summary]:
    rows = _visible(site, pathway, role)
    if box is not None:
        rows = rows.filter(box=box)
    return list(_past(rows, after).order_by("due", "case")[:size])


def _past(rows: QuerySet[Summary], after: str) -> QuerySet[Summary]:
    """The rows that follow: by (due, case), never by counting."""
    due, _, case = after.partition(".")
    return rows.filter(Q(due__gt=int(due)) | Q(due=int(due), case__gt=case)) if case else rows


def _after(row: Summary, boxed: bool = True) -> str:
    """Where the next rows begin. Without boxes nothing of the day is told: it is not this role's to know."""
    return f"{row.due if boxed else 0}.{row.case}"


def _behind(cases: list[str], after: str) -> list[str]:
    """The cases that follow on a list, as many as are looked up at once."""
    last = after.partition(".")[2]
    start = cases.index(last) + 1 if last in cases else 0
    return cases[start : start + MOST_OWN]


def _summaries(pathway: Pathway, cases: list[str]) -> list[Summary]:
    rows = Summary.objects.filter(pathway=pathway.id).in_bulk(cases)
    return [rows[case] for case in cases if case in rows]


def _pressing_first(
    cases: list[str], pathway: Pathway, actor: Account, role: str, now: int, urgency: Urgency | None
) -> tuple[list[str], dict[str, Row]]:
    """One's own cases, what presses on top and the rest as it stood; and the rows that were drawn for it."""
    if urgency is None:
        return cases, {}
    live = set(
        Summary.objects.filter(pathway=pathway.id, open=True, case__in=cases).values_list("case", flat=True)
    )
    asked = _summaries(pathway, [case for case in cases if case in live][:MOST_OWN])
    drawn = {row.case: row for row in _rows(asked, actor, role, now)}
    keys = {case: key for case, row in drawn.items() if (key := urgency(row)) is not None}
    return sorted(cases, key=lambda case: (case not in keys, keys.get(case, ()))), drawn


def _own(actor: Account, site: str, pathway: Pathway, role: str, now: int) -> list[str]:
    """The cases tied to the actor, or all of the site, newest first. Not by due: that would tell what the role may not
    know.
    """
    reach = scope(pathway, role)
    whose = [who for who in (actor.pk, actor.office_id) if who]
    at_site = reach in ("site", "programme")
    tied = (
        _visible(site, pathway, role).values_list("case", flat=True) if at_site else ties.cases(reach, whose)
    )
    cases = set(tied)
    if reach == "assigned":
        cases |= set(
            Summary.objects.filter(site=site, pathway=pathway.id, open=True, owner="").values_list(
                "case", flat=True
            )
        )
        cases |= set(_of_standing_office(actor, site, role, now))
    first = (
        EventRow.objects.filter(case__in=cases, seq=1).order_by("-day", "case").values_list("case", flat=True)
    )
    return list(first)


def _of_standing_office(actor: Account, site: str, role: str, now: int) -> Iterable[str]:
    """The cases of which something was sent to a standing party's role, and no others."""
    day = papers.day_at("UTC", now)
    if actor.office_id not in [office.pk for office in staff.standing_offices(site, day)]:
        return ()
    return ties.open_cases("told", [ties.told(site, role)], site)


def _rows(
    found: Iterable[Summary], actor: Account, role: str, now: int, *, owed: bool = False
) -> Iterator[Row]:
    """Each case through the lens; one that this role may not see is not there, nor counted."""
    listed = {row.case: row for row in found}
    with remembering():
        held = list(casefile.load_listed(listed.values(), now))
        drawn = [(one, _drawn_row(one, actor, role, now)) for one in held]
        people = store.fetch_many(one.log.person for one, shown in drawn if shown and one.log.person)
    for one, shown in drawn:
        if shown is not None:
            row = listed[one.case.id]
            record = _read_by(people.get(one.log.person), one, shown, now, owed=owed)
            yield Row(row.case, shown, record, row.owner, row.due, _after(row), row.box)


def every(actor: Account, site: str, pathway: Pathway, role: str, now: int) -> list[Summary]:
    """The cases that this role's list at the site may hold, the most urgent or the newest, `MOST_OWN` at most."""
    if boxes_seen(pathway, role):
        return _work(site, pathway, role, None, "", MOST_OWN)
    return _summaries(pathway, _own(actor, site, pathway, role, now)[:MOST_OWN])


def rows_of(found: Iterable[Summary], actor: Account, role: str, now: int) -> tuple[Row, ...]:
    """These cases as rows of a list, those that this role may see. The caller leaves the row in the disclosure log."""
    return tuple(_rows(found, actor, role, now))


def _drawn_row(held: CaseFile, actor: Account, role: str, now: int) -> View | None:
    viewer = seeing(held, actor, role, now)
    if viewer is None:
        return None
    stated = world.state_on_list(held.log, held.case, actor, role, now)
    return view(held.pathway, held.site, held.case, held.log.events, viewer, now, stated)


def present(now: int | None) -> int:
    """The time given, or the present."""
    return int(time.time()) if now is None else now
