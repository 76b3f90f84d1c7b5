"""Shapes that more than one page draws. Plain data: a template never calls a rule and never asks a
database.
"""

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
    """The one next step of a case: what, by when, whose, by which rule. why: what it needs, if it cannot be yet."""

    what: str
    time: TimeLeft | None = None
    whose: str = ""
    rule: str = ""
    unverified: str = ""
    href: str = ""
    why: str = ""


@dataclass(frozen=True)
class FirstLine:
    """Whose case and where it stands. `name` is empty where this role may not read it; then the file stands
    alone. law: sentences that travel with everything read here under a consent.
    """

    name: str
    file: str
    state: str
    next: Next | None = None
    href: str = ""
    law: tuple[str, ...] = ()


@dataclass(frozen=True)
class Audience:
    """Who will read a text, said before it is typed. page: it speaks of the whole page; part: who reads some of it."""

    read_by: str
    not_by: str = ""
    page: bool = False
    part: str = ""


@dataclass(frozen=True)
class Nothing:
    """One of the kinds of nothing. kind: ask, not_known, refused, no_answer, hidden, na."""

    kind: str
    words: str
    href: str = ""


@dataclass(frozen=True)
class RefusalLines:
    """The three lines of a refusal. `href` leads to what can be done instead. field: id of the form field
    that matters.
    """

    what: str
    why: str
    instead: str
    basis: str = ""
    href: str = ""
    link: str = ""
    field: str = ""
    code: str = ""

    @property
    def way(self) -> tuple[str, str, str]:
        """What can be done instead, with the link where its own words stand in the sentence, else after it: nothing is
        said twice. Before the link, the link, after it.
        """
        if not self.href:
            return self.instead, "", ""
        at = self.instead.casefold().find(self.link.casefold())
        if at < 0 or not self.link:
            return f"{self.instead} " if self.instead else "", self.link, ""
        end = at + len(self.link)
        return self.instead[:at], self.instead[at:end], self.instead[end:]


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
    link: Link | None = None


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
    """An answer that can be chosen. mood: '' a value, or the nothing it is."""

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


@dataclass(frozen=True)
class Row:
    """One question. why: finding, whose word, when it is asked. nothing replaces the control where it
    cannot be asked.

    bound, result: of a term, its legal limit and what follows from the value typed. lacking: what a refusal
    waits for. aloud: the words in which the person is asked.
    """

    control: Control
    why: str = ""
    basis: str = ""
    unverified: str = ""
    wide: bool = False
    nothing: Nothing | None = None
    bound: str = ""
    bound_basis: str = ""
    result: str = ""
    note: str = ""
    lacking: bool = False
    aloud: str = ""


@dataclass(frozen=True)
class Form:
    """A small form of its own: one request, one button. shut: it opens when it is wanted. said: words above
    it. open: it was pressed and refused, so it stands open with what was typed.
    """

    then: str
    title: str
    button: str
    rows: tuple[Row, ...] = ()
    kind: str = ""
    said: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    shut: bool = True
    open: bool = False


@dataclass(frozen=True)
class Section:
    """A part of a page: lines of what is, and forms of what can be done about it."""

    title: str
    note: str = ""
    pairs: tuple[Pair, ...] = ()
    forms: tuple[Form, ...] = ()
    time: TimeLeft | None = None
    said: str = ""
    links: tuple[Link, ...] = ()
    basis: str = ""
    empty: str = ""


@dataclass(frozen=True)
class ActsPage:
    """A page of requests on one case: sections of what is, each with its forms."""

    first: FirstLine | None
    title: str
    action: str
    key: str = ""
    seen: str = ""
    lead: str = ""
    sections: tuple[Section, ...] = ()
    forms: tuple[Form, ...] = ()
    side: tuple[Section, ...] = ()
    refusals: tuple[RefusalLines, ...] = ()
    faults: tuple[Fault, ...] = ()
    faults_title: str = ""
    back: str = ""
    foot: str = ""


@dataclass(frozen=True)
class Confirm:
    """A second page for what cannot be called back. hidden: what was typed, name by name."""

    first: FirstLine
    title: str
    action: str
    then: str
    button: str
    back: str
    hidden: tuple[tuple[str, str], ...]
    lead: str = ""
    pairs: tuple[Pair, ...] = ()
    said: str = ""
    warning: str = ""
