"""What was agreed, as rows: words, who helps, by when, how we will know, where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.desk.context import FirstLine, Form, Link, Nothing, Pair, RefusalLines


@dataclass(frozen=True)
class Pay:
    """One instalment of the strip. state: paid, missed, next, coming."""

    day: str
    words: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One payment, or hours done, as they were written. struck: it was reversed; the reversal stands beside it."""

    when: str
    words: str
    note: str
    struck: bool = False
    undo: Form | None = None


@dataclass(frozen=True)
class Stand:
    """Where an item stands. mark: check, dash, pause, circle, or '' where a sum speaks. late: ours, said in brick."""

    mark: str
    words: str
    notes: tuple[str, ...] = ()
    late: str = ""
    said: str = ""


@dataclass(frozen=True)
class Item:
    """One thing agreed. said: the person's words. know: with a second voice. was: days before this one."""

    n: int
    title: str
    said: str
    helps: str
    day: str
    day_note: str
    was: str
    know: str
    know_note: str
    stand: Stand
    no_day: Nothing | None = None
    paused: bool = False
    more: tuple[str, ...] = ()
    pays: tuple[Pay, ...] = ()
    sum: tuple[tuple[str, bool], ...] = ()
    entries: tuple[Entry, ...] = ()
    entries_title: str = ""
    forms: tuple[Form, ...] = ()
    over: bool = False

    @property
    def entries_open(self) -> bool:
        """Was one of the entries to be reversed, and refused?"""
        return any(e.undo is not None and e.undo.open for e in self.entries)


@dataclass(frozen=True)
class Goal:
    """A goal in the person's own words, with the small steps towards it. said is empty for all the rest."""

    label: str
    said: str
    column: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class PlanPage:
    """All that was agreed in a case."""

    first: FirstLine
    title: str
    lead: str
    goals: tuple[Goal, ...]
    empty: str
    to_go: str
    adds_up: tuple[str, ...]
    readers_title: str
    readers: tuple[Pair, ...]
    add: tuple[Link, ...]
    action: str
    key: str
    seen: str
    back: str
    refusals: tuple[RefusalLines, ...] = ()
    sign: str = ""
