"""Who sits at the table: kept in the session of who prepares, so that no address names anybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest

from amparo.desk.meetings.context import Bench, Seat
from amparo.desk.where import Here
from amparo.desk.words import role_title
from amparo.ledger import book
from amparo.lens import scope
from amparo.lens.sight import is_person, reads_all
from amparo.pathways.model import Pathway, SittingKind

SESSION = "table"


def kinds(pathway: Pathway) -> dict[str, SittingKind]:
    """The meetings in which many cases are spoken of and none is decided: those without a body, and those that are kept
    apart from the record.
    """
    return {n: k for n, k in pathway.sittings.items() if k.agenda == "site" and (not k.body or k.apart)}


def prepares(pathway: Pathway, role: str) -> bool:
    """May this role prepare them: it lists the site's cases, and reads every step?"""
    near = scope(pathway, role) in ("site", "programme")
    return near and reads_all(pathway, role) and not is_person(pathway, role)


def everybody(at: Here) -> tuple[book.Guest, ...]:
    """Everybody who may sit there, but who prepares."""
    return tuple(g for g in book.guests(at.pathway, at.site, at.now) if g.id != at.account.pk)


def _name(guest: book.Guest) -> str:
    return f"{guest.role} {guest.id}"


def chosen(request: HttpRequest, at: Here, kind: str) -> tuple[book.Guest, ...]:
    """Who was said to be at the table."""
    held = request.session.get(SESSION, {})
    names = set(held.get(_place(at, kind), ()))
    return tuple(guest for guest in everybody(at) if _name(guest) in names)


def choose(request: HttpRequest, at: Here, kind: str, marks: Iterable[str]) -> None:
    """Keep who sits there from now on."""
    meant = {book.item_of(mark) for mark in marks}
    names = [_name(guest) for guest in everybody(at) if _name(guest) in meant]
    request.session[SESSION] = {**request.session.get(SESSION, {}), _place(at, kind): names}


def _place(at: Here, kind: str) -> str:
    return f"{at.site} {at.post.programme} {kind}"


def benches(at: Here, present: Sequence[book.Guest]) -> tuple[Bench, ...]:
    """The choice, role by role."""
    by_role: dict[str, list[Seat]] = {}
    here = {_name(guest) for guest in present}
    for n, guest in enumerate(everybody(at)):
        seat = Seat(book.item(_name(guest)), guest.name, f"seat-{n}", _name(guest) in here)
        by_role.setdefault(guest.role, []).append(seat)
    return tuple(Bench(role_title(at.pathway, role), tuple(seats)) for role, seats in by_role.items())
