"""What the pages of a meeting draw."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.desk.context import Link, Pair


@dataclass(frozen=True)
class Seat:
    """Somebody who may sit at the table. value: a mark that stands for them in the form."""

    value: str
    name: str
    id: str
    here: bool = False


@dataclass(frozen=True)
class Bench:
    """Everybody of one role who may sit there."""

    role: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class Talk:
    """For who prepares: a person, and with whom in the room nothing may be said. shut: '' if with everybody."""

    name: str
    file: str
    href: str
    state: str
    shut: str = ""
    why: str = ""


@dataclass(frozen=True)
class Said:
    """In the room: what may be said of somebody to all. note: why the name is not there."""

    name: str
    note: str
    state: str
    pairs: tuple[Pair, ...]
    promised: tuple[Pair, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class MeetingPage:
    """Before the meeting, for one alone: who comes, and of whom may be spoken then. shut: together where the reason is
    the same.
    """

    title: str
    lead: str
    basis: str
    benches: tuple[Bench, ...]
    come: str
    open: tuple[Talk, ...]
    shut: tuple[tuple[Talk, ...], ...]
    shut_n: int
    chosen: bool
    foot: str
    room: str
    first: None = None


@dataclass(frozen=True)
class RoomPage:
    """What is shown to the room. hidden: how many are not on it is told to nobody here."""

    title: str
    lead: str
    present: tuple[str, ...]
    benches: tuple[Bench, ...]
    adds: tuple[str, ...]
    cases: tuple[Said, ...]
    empty: str
    foot: str
    back: str
    first: None = None


@dataclass(frozen=True)
class KindsPage:
    """The meetings that this programme has."""

    links: tuple[Link, ...]
    first: None = None
