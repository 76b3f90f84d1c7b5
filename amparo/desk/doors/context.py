"""What *Which door?* draws: a question a screen, then a card a door. All of it goes back with the form: nothing typed
here is stored anywhere before a case opens.
"""

from __future__ import annotations

from dataclasses import dataclass

from amparo.desk.context import Control, Fault, Link, Option, RefusalLines

Hidden = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asking:
    """One question. kind: otherwise (for the counts alone), tap (its answers are buttons) or form. then: what its
    button sends. n: `2 of at most 7`.
    """

    kind: str
    n: str
    title: str
    lead: str
    then: str
    hidden: Hidden
    options: tuple[Option, ...] = ()
    control: Control | None = None
    why: str = ""
    said: str = ""
    back: bool = False
    faults: tuple[Fault, ...] = ()
    first: None = None


@dataclass(frozen=True)
class Line:
    """One criterion on a card. state: done, no or open. words: its sentence; note: what decided, or what it needs."""

    state: str
    words: str
    note: str = ""
    basis: str = ""
    unverified: str = ""


@dataclass(frozen=True)
class DoorCard:
    """How one door stands. state: open, not_open, not_known. key: how the form names it. over: what was answered at
    this door already, '' if nothing: it is not offered again then.
    """

    key: str
    state: str
    words: str
    title: str
    door: str
    lines: tuple[Line, ...]
    offer: str = ""
    over: str = ""
    basis: str = ""


@dataclass(frozen=True)
class CardsPage:
    """What is open for this person."""

    title: str
    lead: str
    cards: tuple[DoorCard, ...]
    hidden: Hidden
    more: bool
    elsewhere: Link
    refusals: tuple[RefusalLines, ...] = ()
    first: None = None


@dataclass(frozen=True)
class CountForm:
    """One count beside the door: `said no`, or `not offered`, with the codes that it keeps."""

    name: str
    words: str
    controls: tuple[Control, ...]


@dataclass(frozen=True)
class OfferPage:
    """Was it offered, and what came of it."""

    title: str
    lead: str
    key: str
    yes: str
    counts: tuple[CountForm, ...]
    hidden: Hidden
    refusals: tuple[RefusalLines, ...] = ()
    first: None = None
