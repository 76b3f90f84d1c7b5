"""Lengths of clocks as tables by day, worked out by the calendar of the law itself; and the days of the horizon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.pathways import calendar
from amparo.pathways.model import Length
from amparo.simulation.tables import NEVER

ROLLS = ("none", "next_working_day")
MARGIN = 800
"""Days after the horizon that tables still know, for clocks that end after it."""


class Days(NamedTuple):
    """The civil days from the day before the simulation begins. start: epoch seconds of its beginning."""

    first: date
    zone: str
    start: int
    holidays: frozenset[date]
    number: int

    def begins(self) -> NDArray[np.float64]:
        """When each day begins, seconds since the simulation began."""
        return np.array(
            [
                calendar.first_second(self.first + timedelta(days=d), self.zone) - self.start
                for d in range(self.number)
            ],
            dtype=np.float64,
        )

    def ends(self, roll: str) -> NDArray[np.float64]:
        """The last second in time of a term that ends on each day, rolled as the term says."""
        found = np.full(self.number, NEVER)
        for d in range(self.number):
            day = self.first + timedelta(days=d)
            day = calendar.rolled(day, self.holidays) if roll == "next_working_day" else day
            found[d] = calendar.last_second(day, self.zone) - self.start
        return found

    def due(self, length: Length) -> NDArray[np.int32]:
        """On which day a civil length ends that is counted from each day, before rolling; -1 beyond the tables."""
        found = np.full(self.number, -1, dtype=np.int32)
        for d in range(self.number):
            noon = calendar.first_second(self.first + timedelta(days=d), self.zone) + 43200
            end = calendar.day_of(calendar.add(noon, length, self.zone, self.holidays), self.zone)
            at = (end - self.first).days
            found[d] = at if at < self.number else -1
        return found


def days(start: int, zone: str, holidays: frozenset[date], horizon: float) -> Days:
    """The days of a simulation that begins at `start` (epoch seconds) and lasts so many seconds."""
    first = calendar.day_of(start, zone) - timedelta(days=1)
    return Days(first, zone, start, holidays, int(horizon // 86400) + MARGIN)


class Lengths:
    """The lengths that clocks of a study have, numbered: elapsed ones by seconds, civil ones by table."""

    def __init__(self, calendar_days: Days) -> None:
        self.days = calendar_days
        self.known: dict[tuple[int, str], int] = {}

    def number(self, length: tuple[int, str]) -> int:
        """The number of a length."""
        return self.known.setdefault(length, len(self.known))

    def seconds(self) -> NDArray[np.float64]:
        """By length, its seconds; -1 where it is civil."""
        return np.array([float(n) if unit == "s" else -1.0 for n, unit in self.known] or [0.0])

    def due_day(self) -> NDArray[np.int32]:
        """By length and day, the day on which it ends; elapsed lengths have a row that nobody reads."""
        rows: Sequence[NDArray[np.int32]] = [
            np.full(self.days.number, -1, dtype=np.int32) if unit == "s" else self.days.due(Length(n, unit))  # type: ignore[arg-type]
            for n, unit in self.known
        ]
        return np.stack(rows) if rows else np.full((1, self.days.number), -1, dtype=np.int32)
