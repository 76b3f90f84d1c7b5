"""Typing that is not sent yet: kept on the server, for its author only, wiped when it is sent.

`place` says which form, for example `case/7k4m-2qxd-91tz/step/report` or `door/<programme>/<door>`.
With a case the draft is sealed under the case's key, so that it goes when the case does; before, under its
author's.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from amparo.errors import AmparoError, KeyDestroyed
from amparo.ledger import log
from amparo.ledger.models import Draft
from amparo.people.keys import ring
from amparo.people.models import Account
from amparo.people.seal import new_key, seal, unseal

MOST_BYTES = 4_000_000
Typed = Mapping[str, Sequence[str]]


class Kept(NamedTuple):
    """A draft: where it belongs, what was typed, when it was saved (epoch seconds)."""

    place: str
    data: dict[str, list[str]]
    saved: int


def save(actor: Account, place: str, data: Typed, now: int | None = None) -> int:
    """Keep what was typed so far; gives when. Raises `AmparoError` if it is more than a form can hold."""
    at = int(time.time()) if now is None else now
    plain = json.dumps(
        {"place": place, "data": {k: list(v) for k, v in data.items()}}, ensure_ascii=False
    ).encode()
    if len(plain) > MOST_BYTES:
        raise AmparoError(
            "This is more text than a form can keep. Shorten it; what was saved before is still there."
        )
    case = _case(place)
    sealed = seal(_key(actor, case), plain, _place(actor, place))
    Draft.objects.bulk_create(
        [Draft(tag=_tag(actor, place), author=actor.pk, case=case, at=at, sealed=sealed)],
        update_conflicts=True,
        unique_fields=["tag"],
        update_fields=["at", "sealed"],
    )
    return at


def load(actor: Account, place: str) -> tuple[dict[str, list[str]], int] | None:
    """(what was typed, when it was saved), None if nothing is kept or its case was erased."""
    row = Draft.objects.filter(pk=_tag(actor, place), author=actor.pk).first()
    kept = _opened(actor, row, place) if row else None
    return (kept.data, kept.saved) if kept else None


def wipe(actor: Account, place: str) -> None:
    """Forget a draft: it was sent, or its author threw it away."""
    Draft.objects.filter(pk=_tag(actor, place), author=actor.pk).delete()


def mine(actor: Account) -> tuple[Kept, ...]:
    """The drafts of an account, newest first. One of an erased case is not among them."""
    rows = Draft.objects.filter(author=actor.pk).order_by("-at")
    found = (_opened(actor, row, None) for row in rows)
    return tuple(kept for kept in found if kept)


def _opened(actor: Account, row: Draft, place: str | None) -> Kept | None:
    try:
        plain = unseal(_key(actor, row.case), row.sealed, _row_place(actor, row, place))
    except KeyDestroyed:
        return None
    held = json.loads(plain)
    return Kept(held["place"], held["data"], row.at)


def _tag(actor: Account, place: str) -> bytes:
    return ring().tag("draft", f"{actor.pk}\0{place}")


def _place(actor: Account, place: str) -> str:
    return f"draft {actor.pk} {_tag(actor, place).hex()}"


def _row_place(actor: Account, row: Draft, place: str | None) -> str:
    return _place(actor, place) if place is not None else f"draft {actor.pk} {bytes(row.tag).hex()}"


def _case(place: str) -> str | None:
    parts = place.split("/")
    return parts[1] if parts[0] == "case" and len(parts) > 1 else None


def _key(actor: Account, case: str | None) -> bytes:
    return log.newest_key(case) if case else author_key(actor)


def author_key(actor: Account) -> bytes:
    """The key under which an account's typing lies while there is no case; made when first needed."""
    wrapped = Account.objects.values_list("wrapped", flat=True).get(pk=actor.pk)
    if not wrapped:
        wrapped = ring().wrap(new_key(), _author_place(actor))
        if not Account.objects.filter(pk=actor.pk, wrapped__isnull=True).update(wrapped=wrapped):
            wrapped = Account.objects.values_list("wrapped", flat=True).get(pk=actor.pk)
    return ring().unwrap(wrapped, _author_place(actor))


def _author_place(actor: Account) -> str:
    return f"author-key {actor.pk}"
