"""The disclosure log: a row for each look, one for a list with its cases. It only grows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Q

from amparo.errors import KeyDestroyed
from amparo.ledger import log
from amparo.ledger.locks import writing
from amparo.ledger.models import Disclosure
from amparo.people.keys import ring
from amparo.people.seal import seal, unseal

APART = "apart"
"""What a look at the file of another person in a case is called."""


class Look(NamedTuple):
    """Who looked, when, in which role, at what (`case`, `list`, `search`, `letter`, `refused` …), for which
    purpose.

    `emergency`, `demand`: what was told outside, by word of mouth or by law: `to` whom, what was `said`, on the ground
    that stands as its purpose.
    """

    at: int
    actor: str
    role: str
    what: str
    purpose: str
    listed: bool
    to: str = ""
    said: str = ""


def note_case(actor: str, case: str, key: bytes, at: int, held: Mapping[str, Any]) -> None:
    """One look at one case; what was shown is sealed under the case's key and goes with it."""
    sealed = seal(key, _encoded(held), _place(actor, at))
    with writing():
        Disclosure.objects.create(at=at, actor=actor, case=case, sealed=sealed)


def note_list(actor: str, cases: Iterable[str], at: int, held: Mapping[str, Any]) -> None:
    """One look at a list: the cases that stood on it. An empty list is a look too."""
    listed = "".join(f" {case}" for case in cases) + " "
    sealed = ring().seal(_encoded(held), _place(actor, at))
    with writing():
        Disclosure.objects.create(at=at, actor=actor, cases=listed, sealed=sealed)


def of_case(case: str) -> tuple[Look, ...]:
    """Every look at a case, newest first, lists included. Of an erased case only who and when remain."""
    try:
        key = log.newest_key(case)
    except KeyDestroyed:
        key = b""
    alone = [_alone(row, key) for row in Disclosure.objects.filter(case=case)]
    listed = [
        _listed(row) for row in Disclosure.objects.filter(case__isnull=True, cases__contains=f" {case} ")
    ]
    return tuple(sorted(alone + listed, key=lambda look: -look.at))


def actors_of(case: str) -> tuple[str, ...]:
    """The accounts that looked at a case, alone or on a list; the words of the looks are not opened."""
    found = Disclosure.objects.filter(Q(case=case) | Q(case__isnull=True, cases__contains=f" {case} "))
    return tuple(found.order_by("actor").values_list("actor", flat=True).distinct())


def _alone(row: Disclosure, key: bytes) -> Look:
    held = json.loads(unseal(key, row.sealed, _place(row.actor, row.at))) if key else {}
    return _look(row, held, listed=False)


def _listed(row: Disclosure) -> Look:
    return _look(row, json.loads(ring().unseal(row.sealed, _place(row.actor, row.at))), listed=True)


def _look(row: Disclosure, held: Mapping[str, Any], *, listed: bool) -> Look:
    return Look(
        row.at, row.actor, held.get("role", ""), held.get("what", ""), held.get("purpose", ""), listed
    )


def _encoded(held: Mapping[str, Any]) -> bytes:
    return json.dumps(held, ensure_ascii=False, sort_keys=True).encode()


def _place(actor: str, at: int) -> str:
    return f"look {actor} {at}"
