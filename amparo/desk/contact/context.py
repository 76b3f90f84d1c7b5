"""What the contact page shows: a few taps, a stop, then only what is wanted."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.desk.context import FirstLine, Form, Link, RefusalLines, Section


@dataclass(frozen=True)
class Line:
    """One contact or try, as often as it happened. made: it was a contact, not a try."""

    when: str
    words: str
    note: str = ""
    said: str = ""
    made: bool = False


@dataclass(frozen=True)
class Kept:
    """What was just written. undo: where it is taken back."""

    title: str
    note: str
    undo: Link | None


@dataclass(frozen=True)
class ContactPage:
    """Before it is written: one or more ways to tell it, the first one open. After: what may be added."""

    first: FirstLine
    title: str
    last: str
    kept: Kept | None
    forms: tuple[Form, ...]
    lines: tuple[Line, ...]
    more: Link | None
    side: tuple[Section, ...]
    action: str
    key: str
    seen: str
    back: Link
    again: Link | None = None
    refusals: tuple[RefusalLines, ...] = ()
