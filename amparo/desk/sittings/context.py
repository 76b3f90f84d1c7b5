"""What the pages of a sitting show."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.desk.context import Audience, Control, FirstLine, Link, Pair, Quorum, RefusalLines
from amparo.desk.times import TimeLeft


@dataclass(frozen=True)
class MemberRow:
    """A member: here, impeded with a reason, or not said."""

    account: str
    name: str
    note: str
    here: Control
    reason: Control
    recused: str = ""


@dataclass(frozen=True)
class Confirm:
    """A decision that waits for a member's own word. voted, dissent: what was written in their name."""

    title: str
    when: str
    seq: int
    voted: str
    dissent: str
    vote: Control
    words: Control


@dataclass(frozen=True)
class SittingPage:
    """The sitting of a body in one case."""

    first: FirstLine
    quorum: Quorum | None
    state: str
    action: str
    key: str
    seen: str
    kind: Control | None = None
    members: tuple[MemberRow, ...] = ()
    vacant: Control | None = None
    chair: Control | None = None
    when: Control | None = None
    place: Control | None = None
    recuse: Control | None = None
    confirm: Confirm | None = None
    confirmed: tuple[Pair, ...] = ()
    minutes: Control | None = None
    decide: tuple[Link, ...] = ()
    refusals: tuple[RefusalLines, ...] = ()
    audience: Audience | None = None
    public: str = ""
    written: tuple[Pair, ...] = ()
    written_of: str = ""
    earlier: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class DayRow:
    """A case of the day list."""

    hour: TimeLeft
    initials: str
    file: str
    href: str
    state: str
    members: str
    missing: str
    cannot: bool = False


@dataclass(frozen=True)
class Ahead:
    """Somebody who comes on a day. marks: what the room has to know; missing: what is not ready, and whose it is."""

    hour: str
    name: str
    file: str
    href: str
    stands: str
    what: str
    marks: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class DayOf:
    """A day with those who come. late: a day by which they were to come, which has gone by."""

    title: str
    count: str
    lines: tuple[Ahead, ...]
    late: bool = False


@dataclass(frozen=True)
class DayPage:
    """The sittings of a site, and the days to come."""

    title: str
    rows: tuple[DayRow, ...]
    foot: str
    first: None = None
    days: tuple[DayOf, ...] = ()
