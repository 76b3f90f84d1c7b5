"""Is this person here already? Candidates by blind index, then by likeness; only a human says that two are
one.

A link can be undone. Logs are never merged: each case keeps the person it was opened for, and the link says
that two ids stand for one person, from when and until when.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import Q

from amparo.errors import AmparoError
from amparo.people import store
from amparo.people.models import Account, BlindIndex, Person, PersonLink
from amparo.people.names import likeness
from amparo.people.store import Record

ENOUGH = 0.72
"""Below this nobody is shown: chosen so that one slip in a name of two words with the same birth date stays
in.
"""
MOST = 12
WIDEST = 400


class Candidate(NamedTuple):
    """Somebody who may be the same person. score: 0 to 1. same: what agrees (`name`, `born`, `phone`)."""

    person: str
    record: Record
    score: float
    same: tuple[str, ...]


def candidates(record: Record, but: str = "") -> tuple[Candidate, ...]:
    """Who in the store may be this person, nearest first; never `but` itself. Erased people are not found."""
    near = BlindIndex.objects.filter(tag__in=store.tags(record)).exclude(person_id=but)
    ids = list(near.values_list("person_id", flat=True).distinct()[:WIDEST])
    scored = (_scored(id, record, other) for id, other in store.fetch_many(ids).items())
    return tuple(sorted((one for one in scored if one.score >= ENOUGH), key=lambda one: -one.score)[:MOST])


def _scored(id: str, mine: Record, other: Record) -> Candidate:
    named = max((likeness(a, b) for a in _names(mine) for b in _names(other)), default=0.0)
    score = min(1.0, 0.75 * named + _born_weight(mine.born, other.born) + _phone_weight(mine, other))
    return Candidate(id, other, round(score, 3), _same(named, mine, other))


def _same(named: float, mine: Record, other: Record) -> tuple[str, ...]:
    parts = (
        ("name", named >= 0.98),
        ("born", bool(mine.born) and mine.born == other.born),
        ("phone", bool(_phones(mine) & _phones(other))),
    )
    return tuple(part for part, holds in parts if holds)


def _born_weight(one: str, other: str) -> float:
    """The same day speaks for, a different one against; a day and month changed over is a usual slip."""
    if not one or not other:
        return 0.08
    if one == other:
        return 0.25
    digits_differ = sum(a != b for a, b in zip(one, other, strict=True))
    changed_over = one[:4] == other[:4] and (one[5:7], one[8:]) == (other[8:], other[5:7])
    return 0.15 if changed_over or digits_differ == 1 else -0.15


def _phone_weight(mine: Record, other: Record) -> float:
    return 0.15 if _phones(mine) & _phones(other) else 0.0


def _names(record: Record) -> set[str]:
    return {name for name in (record.name, record.wanted, record.transliteration) if name}


def _phones(record: Record) -> set[str]:
    digits = ("".join(filter(str.isdecimal, channel.value))[-9:] for channel in record.channels)
    return {number for number in digits if len(number) == 9}


def find(text: str, born: str = "") -> tuple[str, ...]:
    """The ids of people who have every word of `text` in their names (or the phone number), and the birth
    date.
    """
    groups = store.search_tags(text, born)
    if not groups:
        return ()
    found = Person.objects.filter(wrapped__isnull=False)
    for group in groups:
        found = found.filter(pk__in=BlindIndex.objects.filter(tag__in=group).values("person_id"))
    return tuple(found.order_by("pk").values_list("pk", flat=True)[:WIDEST])


# --------------------------------------------------------------------------------------- one person, two rows
def link(one: str, other: str, by: Account, at: datetime | None = None) -> PersonLink:
    """A human says that these are one person. Raises `AmparoError` if they are, or are linked, already."""
    if other in same_as(one):
        raise AmparoError("These are one person already.")
    return PersonLink.objects.create(one_id=one, other_id=other, by=by, at=at or datetime.now(UTC))


def unlink(made: PersonLink, by: Account, at: datetime | None = None) -> None:
    """Take a link back: the two stand apart again, as they were."""
    made.undone_by, made.undone_at = by, at or datetime.now(UTC)
    made.save(update_fields=["undone_by", "undone_at"])


def same_as(person: str) -> frozenset[str]:
    """The ids that stand for this person, its own included, by the links that hold now."""
    known, fresh = {person}, {person}
    while fresh:
        links = PersonLink.objects.filter(Q(one_id__in=fresh) | Q(other_id__in=fresh), undone_at__isnull=True)
        ends = {end for pair in links.values_list("one_id", "other_id") for end in pair}
        fresh = ends - known
        known |= fresh
    return frozenset(known)
