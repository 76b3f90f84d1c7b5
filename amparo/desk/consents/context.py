"""Consents: who may know something, what a yes would open, and where it lies once it is taken back."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.desk.context import Control, FirstLine, Form, Link, Nothing, RefusalLines
from amparo.desk.context import Row as ControlRow


@dataclass(frozen=True)
class Place:
    """Where something lies that was told on a consent: what is done there, by whom, and its receipt."""

    where: str
    since: str
    task: str
    whose: str
    receipt: str
    mark: str = ""


@dataclass(frozen=True)
class Row:
    """One consent. state: live, withdrawn, ended or expired."""

    title: str
    to: str
    about: str
    sees: str
    purpose: str
    given: str
    until: str
    state: str
    state_words: str
    back: Link | None = None
    basis: str = ""
    stopped: str = ""
    places: tuple[Place, ...] = ()
    receipt: Form | None = None


@dataclass(frozen=True)
class ListPage:
    """Who may know something today; what has ended; what can be asked."""

    first: FirstLine
    title: str
    sum: str
    rows: tuple[Row, ...]
    over: tuple[Row, ...]
    over_words: str
    empty: str
    ask: tuple[tuple[Link, str], ...]
    action: str
    key: str
    seen: str
    back: str
    refusals: tuple[RefusalLines, ...] = ()


@dataclass(frozen=True)
class Element:
    """One element of a consent, with its control where the person settles it."""

    label: str
    words: str = ""
    note: str = ""
    strong: bool = False
    control: Control | None = None
    also: Control | None = None
    unverified: str = ""
    lacking: bool = False
    aloud: bool = False


@dataclass(frozen=True)
class Line:
    """A line of the recipient's page. new: the yes adds it."""

    label: str
    words: str
    new: bool = False
    nothing: Nothing | None = None
    note: str = ""


@dataclass(frozen=True)
class Seen:
    """The recipient's own page, drawn by the same rules."""

    title: str
    file: str
    lines: tuple[Line, ...]
    empty: str


@dataclass(frozen=True)
class GivePage:
    """One consent on one page, every element of it."""

    first: FirstLine
    title: str
    lead: str
    basis: str
    unverified: str
    elements: tuple[Element, ...]
    signature: Control
    day: Control
    signed: str
    seen_pages: tuple[Seen, ...]
    see_yes: bool
    yes: str
    no: str
    as_now: str
    if_yes: str
    action: str
    key: str
    seen: str
    back: str
    hidden: tuple[tuple[str, str], ...] = ()
    refusals: tuple[RefusalLines, ...] = ()
    law: str = ""
    signing: tuple[ControlRow, ...] = ()


@dataclass(frozen=True)
class TakePage:
    """Before a consent is taken back: each place where something lies."""

    first: FirstLine
    title: str
    lead: str
    row: Row
    places: tuple[Place, ...]
    none: str
    stays: tuple[str, ...]
    button: str
    id: str
    action: str
    key: str
    seen: str
    back: str
    refusals: tuple[RefusalLines, ...] = ()
