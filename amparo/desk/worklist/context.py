"""What the worklist shows: boxes that add up, and what is late or due."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.desk.context import Link
from amparo.desk.times import TimeLeft


@dataclass(frozen=True)
class Tile:
    """A box with its number. wide: its share of 1000 in the bar of the sum, and where it begins."""

    n: int
    title: str
    href: str
    current: bool = False
    late: str = ""
    note: str = ""
    x: int = 0
    wide: int = 0
    dark: bool = False


@dataclass(frozen=True)
class WorkRow:
    """One case of the list: time, who, next step, owner, why it is here. rank: what comes first. whose: mine,
    other, none. here: the person is asked to come today.
    """

    href: str
    time: TimeLeft | None
    initials: str  # '' where there is no name, or none that this role reads
    file: str
    next: str
    owner: str
    box: str
    why: str
    case: str = ""
    rule: str = ""
    due: int = 0
    rank: int = 0
    whose: str = "none"
    late: bool = False
    here: bool = False
    contact: str = ""
    tile: int = -1  # the number of its box, as the list counts it
    hidden: bool = False  # there is a name, and this role does not read it
    next_href: str = ""  # the form of the next step


@dataclass(frozen=True)
class Elsewhere:
    """Another post of the same account, and what waits there: `due` says how much is late or due today."""

    post: int
    what: str
    site: str
    due: str


@dataclass(frozen=True)
class WorklistPage:
    """The morning without a second list."""

    greeting: str
    now: str
    tiles: tuple[Tile, ...]
    sum: str
    total: str
    heading: str
    count: str
    rows: tuple[WorkRow, ...]
    filters: tuple[Link, ...]
    foot: str
    empty: str
    more: Link | None = None
    first: None = None
    programmes: tuple[Link, ...] = ()
    search: str = ""
    plain: bool = False
    new: Link | None = None
    timed: bool = True
    how: tuple[tuple[str, str], ...] = ()
    carry: str = ""
    elsewhere: tuple[Elsewhere, ...] = ()
    find: str = ""
