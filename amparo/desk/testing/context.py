"""What the page of tests draws."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.desk.context import Link, Nothing, Pair, RefusalLines
from amparo.desk.times import TimeLeft


@dataclass(frozen=True)
class Window:
    """Until when a specimen can be given, and which ones."""

    time: TimeLeft
    specimens: str


@dataclass(frozen=True)
class Tap:
    """What can be written of a test in one tap. given: a specimen was."""

    value: str
    words: str
    given: bool = False


@dataclass(frozen=True)
class Asked:
    """A test that is asked for today. how: as agreed with the person. mark: check, dash, clock or '' while it is still
    to come; links: the first is what happens next. taps: what can be written in one tap, instead of links; test: the
    mark of the test that they are about.
    """

    name: str
    file: str
    href: str
    told: str
    windows: tuple[Window, ...]
    how: tuple[Pair, ...]
    mark: str = ""
    state: str = ""
    note: str = ""
    links: tuple[Link, ...] = ()
    taps: tuple[Tap, ...] = ()
    test: str = ""
    key: str = ""


@dataclass(frozen=True)
class ToClass:
    """A test that waits for an answer of this role."""

    name: str
    file: str
    href: str
    test: str
    state: str
    note: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class LineOf:
    """A person's tests in one line, and how long they have waited for treatment, '' if they do not."""

    name: str
    file: str
    href: str
    phase: str
    line: str
    since: str
    wait: str
    whose: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class TestsPage:
    """today: how the tests of today add up. asked: None where this role collects none, likewise the other parts. waits:
    whether this role reads who waits for treatment.
    """

    title: str
    now: str
    lead: str
    today: str
    chance: str
    unset: Nothing | None
    doubt: str
    asked: tuple[Asked, ...] | None
    waiting: tuple[ToClass, ...] | None
    lines: tuple[LineOf, ...] | None
    waits: bool = False
    first: None = None
    refusals: tuple[RefusalLines, ...] = ()
