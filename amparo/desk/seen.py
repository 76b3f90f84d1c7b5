"""How far a page had read a case's log: kept as a number in drafts, sent to the browser only as a mark."""

from __future__ import annotations

from amparo.desk.typed import Typed, one
from amparo.ledger import book

MOST_DIGITS = 12


def seen_of(typed: Typed) -> int | None:
    """How far the page had read that was sent, None where it does not say."""
    found = one(typed, "seen")
    return int(found) if is_number(found) else book.marked(found)


def shown(seen: str) -> str:
    """What stands in a page for it. A mark that came back with a form stays as it is."""
    return book.mark(int(seen)) if is_number(seen) else seen


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < MOST_DIGITS
