"""Sums that are exact: what was paid, what is behind, what is to come. In minor units; nothing is rounded. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

MOST = 60
"""More instalments than these are no strip that anybody reads."""


class Slot(NamedTuple):
    """An instalment: its day (None while no first day was agreed), what is due on it, what of that was paid."""

    day: date | None
    due: int
    paid: int
    state: str


class Sum(NamedTuple):
    """paid + behind + to_come is what was agreed. since: the day of the first instalment that is behind."""

    paid: int
    behind: int
    to_come: int
    since: date | None
    slots: tuple[Slot, ...] = ()

    @property
    def to_go(self) -> int:
        return self.behind + self.to_come


def count(total: int, each: int | None) -> int:
    """How many instalments a sum takes; 1 where it is paid at once."""
    return -(-total // each) if each and 0 < each < total else 1


def days(first: date | None, last: date | None, n: int) -> tuple[date | None, ...]:
    """The days of n instalments, evenly from the first to the last; None where the first was not agreed."""
    if first is None:
        return (None,) * n
    if n == 1 or last is None or last <= first:
        return (first, *([last] * (n - 1)))
    whole = (last - first).days
    return tuple(first + timedelta(days=whole * i // (n - 1)) for i in range(n))


def add_up(
    total: int, each: int | None, paid: int, first: date | None, last: date | None, today: date
) -> Sum:
    """The sum as it stands today. A payment settles the oldest instalment first; a day is missed once it has ended."""
    n = min(MOST, count(total, each))
    share = each if each and n > 1 else total
    dues = [share] * (n - 1) + [total - share * (n - 1)]
    slots: list[Slot] = []
    left, next_found = paid, False
    for day, due in zip(days(first, last, n), dues, strict=True):
        held = min(due, left)
        left -= held
        end = day or last
        state = "paid" if held == due else "missed" if end is not None and end < today else ""
        if not state:
            state, next_found = ("coming" if next_found else "next"), True
        slots.append(Slot(day, due, held, state))
    behind = sum(s.due - s.paid for s in slots if s.state == "missed")
    since = next((s.day or last for s in slots if s.state == "missed"), None)
    return Sum(paid, behind, total - paid - behind, since, tuple(slots) if n > 1 else ())


def counted(entries: Iterable[Mapping[str, Any]], term: str) -> tuple[tuple[Mapping[str, Any], bool], ...]:
    """The entries towards a term, in order, each with whether it was reversed."""
    found = tuple(entries)
    undone = {e["reverses"] for e in found if e.get("reverses")}
    return tuple(
        (e, e["seq"] in undone)
        for e in found
        if e["what"] == "progressed" and e.get("term") == term and e.get("amount") is not None
    )
