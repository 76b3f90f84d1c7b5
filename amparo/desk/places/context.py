"""What the page of places draws."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.desk.context import Link, Nothing, Pair
from amparo.desk.on_call.context import Call
from amparo.desk.services.context import Known


@dataclass(frozen=True)
class Waiter:
    """Somebody in the line. name: '' where this role may not see whose case it is. link: the step that is theirs to
    take, else the case. waits: whom the place waits for, where it is somebody else.
    """

    rank: int
    name: str
    file: str
    href: str
    since: str
    days: str
    why: str
    free: bool
    link: Link | None = None
    waits: str = ""


@dataclass(frozen=True)
class Worker:
    """Somebody on duty. mood: '' or many (over the number at which it is said) or full."""

    name: str
    n: int
    words: str
    mood: str = ""


@dataclass(frozen=True)
class Block:
    """One place of the row of blocks. state: used or free."""

    state: str


@dataclass(frozen=True)
class PlaceCard:
    """A place: its sum in words and blocks, the order as a sentence, and the line."""

    name: str
    title: str
    lead: str
    total: str
    big: str
    sum: str
    blocks: tuple[Block, ...]
    unset: Nothing | None
    order: str
    basis: str
    line: tuple[Waiter, ...]
    foot: str
    workers: tuple[Worker, ...] = ()
    workers_note: str = ""
    call: Call | None = None
    unverified: str = ""
    lacks: str = ""


@dataclass(frozen=True)
class PlacesPage:
    """title: the newest news of all places in one sentence. services: what each service said is free, by name."""

    title: str
    now: str
    cards: tuple[PlaceCard, ...]
    never: tuple[Pair, ...]
    action: str = ""
    first: None = None
    services: tuple[tuple[str, Known], ...] = ()
