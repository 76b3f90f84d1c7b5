"""Shapes that more than one page draws. Plain data: a template never calls a rule and never asks a database."""

from __future__ import annotations

from dataclasses import dataclass, field

from amparo.desk.times import TimeLeft


@dataclass(frozen=True)
class Link:
    """Something to press. kind: '' a link, plain an outlined button, go the green one, ink the black one."""

    words: str
    href: str
    kind: str = ""
    key: str = ""
    current: bool = False


@dataclass(frozen=True)
class Next:
    """The one next step of a case: what, by when, whose, by which rule."""

    what: str
    time: TimeLeft | None = None
    whose: str = ""
    rule: str = ""
    unverified: str = ""
    href: str = ""


@dataclass(frozen=True)
class FirstLine:
    """Whose case and where it stands. `name` is empty where this role may not read it; then the file stands alone."""

    name: str
    file: str
    state: str
    next: Next | None = None
    href: str = ""


@dataclass(frozen=True)
class Audience:
    """Who will read a text, said before it is typed. page: it speaks of the whole page."""

    read_by: str
    not_by: str = ""
    page: bool = False


@dataclass(frozen=True)
class Nothing:
    """One of the kinds of nothing. kind: ask, not_known, refused, no_answer, hidden, na."""

    kind: str
    words: str
    href: str = ""


@dataclass(frozen=True)
class RefusalLines:
    """The three lines of a refusal. `href` leads to what can be done instead. field: id of the form field that matters."""

    what: str
    why: str
    instead: str
    basis: str = ""
    href: str = ""
    link: str = ""
    field: str = ""
    code: str = ""


@dataclass(frozen=True)
class Fault:
    """A form fault: what to do about it, and the field it stands at."""

    field: str
    words: str


@dataclass(frozen=True)
class Pair:
    """A line of a summary: label, words, and a second voice below. nothing replaces the words."""

    label: str
    words: str = ""
    note: str = ""
    said: bool = False
    nothing: Nothing | None = None
    unverified: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Check:
    """A line of *Before it can be written* or *What must hold*. state: done, open, no."""

    words: str
    note: str = ""
    state: str = "done"
    said: str = ""
    unverified: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Seat:
    """A seat of a body. state: present, impeded, recused, vacant, open."""

    name: str
    note: str
    state: str


@dataclass(frozen=True)
class Quorum:
    """The seats of a sitting and the sentence that follows from them."""

    seats: tuple[Seat, ...]
    sentence: str
    rest: str = ""
    basis: str = ""
    href: str = ""


@dataclass(frozen=True)
class Draft:
    """What is kept of a form: when, and who sees it."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Option:
    """An answer that can be chosen. mood: '' a value, or the nothing it is (not_known, refused, no_answer)."""

    value: str
    words: str
    checked: bool = False
    mood: str = ""
    note: str = ""


@dataclass(frozen=True)
class Control:
    """One question's control, drawn by its kind.

    kind: segments, answers, checks, select, line, words, number, quantity, day, moment, length, list, none.
    parts: for composite kinds, their small fields in order; rows: for a list, its records.
    """

    kind: str
    name: str
    id: str
    label: str
    value: str = ""
    options: tuple[Option, ...] = ()
    parts: tuple[Control, ...] = ()
    rows: tuple[tuple[Control, ...], ...] = ()
    hint: str = ""
    note: str = ""
    error: str = ""
    wide: str = ""
    audience: Audience | None = None
    nothings: tuple[Option, ...] = ()
    more: str = ""
    open: Option | None = None
    described: tuple[str, ...] = field(default=())
    inputmode: str = ""
    autocomplete: str = "off"
