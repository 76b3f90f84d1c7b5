"""What the file of a case shows."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.desk.context import Check, FirstLine, Link, Nothing, Pair, Quorum
from amparo.desk.on_call.context import Call
from amparo.desk.times import TimeLeft


@dataclass(frozen=True)
class Can:
    """Something that may be done now."""

    title: str
    note: str
    basis: str
    link: Link
    unverified: str = ""


@dataclass(frozen=True)
class Cannot:
    """Something that may not, and why. kind: question for *not yet*, dash for *not allowed*."""

    title: str
    why: str
    instead: str
    basis: str
    kind: str
    link: Link | None = None


@dataclass(frozen=True)
class Written:
    """Steps that write down what an authority did, under what they have in common."""

    title: str
    cans: tuple[Can, ...]


@dataclass(frozen=True)
class Elsewhere:
    """Something that somebody else has to do: who and what, for which clock, by when."""

    words: str
    note: str
    time: TimeLeft


@dataclass(frozen=True)
class ToldCard:
    """Something that was told to this role: what, when, and its lines."""

    title: str
    when: str
    lines: tuple[str, ...]
    basis: str = ""


@dataclass(frozen=True)
class ClockRow:
    """A clock with its time, its rule and a bar. share: of the time that has passed, 0 to 1, None where it
    is not known.
    """

    title: str
    time: TimeLeft
    note: str
    basis: str
    unverified: str
    mood: str
    share: float | None


@dataclass(frozen=True)
class Known:
    """The facts of one class."""

    title: str
    pairs: tuple[Pair, ...]
    hidden: Nothing | None = None


@dataclass(frozen=True)
class Told:
    """One entry of the timeline. more: what was told with it. said: a person's own words."""

    time: str
    day: str
    words: str
    who: str
    basis: str
    said: str = ""
    struck: bool = False
    more: tuple[str, ...] = ()
    number: str = ""
    votes: str = ""
    quotes: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A letter or notice with where it stands."""

    title: str
    to: str
    state: str
    href: str = ""
    act: Link | None = None
    chip: TimeLeft | None = None


@dataclass(frozen=True)
class Someone:
    """Somebody in the case."""

    name: str
    what: str


@dataclass(frozen=True)
class PhaseCard:
    """asks: what the phase asks, as it stands. shut: what this role may not read. next: the phase after it."""

    title: str
    lead: str
    days: str
    unset: Nothing | None
    asks: tuple[Check, ...]
    next: str
    basis: str
    unverified: str


@dataclass(frozen=True)
class TestRow:
    """A test of the file."""

    day: str
    state: str
    links: tuple[Link, ...]
    decided: str = ""


@dataclass(frozen=True)
class TestsCard:
    """The tests that this role may see: all in one line, the newest one by one."""

    line: str
    wait: str
    rows: tuple[TestRow, ...]
    more: str
    pairs: tuple[Pair, ...]
    href: str = ""


@dataclass(frozen=True)
class CasePage:
    """The file."""

    first: FirstLine
    can: tuple[Can, ...]
    cannot: tuple[Cannot, ...]
    clocks: tuple[ClockRow, ...]
    ended: tuple[ClockRow, ...]
    known: tuple[Known, ...]
    story: tuple[Told, ...]
    story_more: Link | None
    papers: tuple[Paper, ...]
    people: tuple[Someone, ...]
    also: tuple[Link, ...]
    foot: str
    quorum: Quorum | None = None
    flags: tuple[str, ...] = ()
    hold: str = ""
    recorded: tuple[Link, ...] = ()
    only_recorded: bool = False
    receipts: str = ""
    linked: tuple[Pair, ...] = ()
    answers: tuple[Pair, ...] = ()
    phase: PhaseCard | None = None
    tests: TestsCard | None = None
    call: Call | None = None
    reached: tuple[str, ...] = ()
    told: tuple[ToldCard, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    written: tuple[Written, ...] = ()
