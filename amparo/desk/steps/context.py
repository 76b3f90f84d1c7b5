"""What the pages of a step show. Made by `form.py` and `readback.py`, drawn by the templates beside this
file.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from amparo.desk.case.context import PhaseCard
from amparo.desk.context import (
    Audience,
    Check,
    Control,
    Draft,
    Fault,
    FirstLine,
    Link,
    Nothing,
    Option,
    Pair,
    Quorum,
    RefusalLines,
    Row,
)
from amparo.desk.doors.context import CountForm
from amparo.desk.on_call.context import Call


@dataclass(frozen=True)
class Acceptance:
    """A question put to the person, never filled in. aloud: the sentence, with `title` where it is said
    bold.
    """

    fact: str
    id: str
    title: str
    ask_whom: str
    aloud: str
    bold: str
    after: str
    answer: Control
    words: Control
    heard: str
    before: str = ""
    basis: str = ""
    unverified: str = ""
    shut: str = ""
    lacking: bool = False


@dataclass(frozen=True)
class Item:
    """One item: what is said of each, and what only some have. open: something stands in that already. begun:
    something stands in the item.
    """

    title: str
    rows: tuple[Row, ...]
    rest: tuple[Row, ...] = ()
    open: bool = False
    begun: bool = False


@dataclass(frozen=True)
class Items:
    """What the step makes: items of an agreement, one at a time. typed: how many were begun. load: what they weigh.
    past: where the range of past agreements is read, on request alone.
    """

    kind: str
    title: str
    rows: tuple[Item, ...]
    more: str
    basis: str = ""
    typed: int = 1
    load: str = ""
    past: str = ""

    @property
    def folds(self) -> bool:
        """Does an item begin with a tap? Then only its first question shows until it is begun."""
        return any(x.rows and x.rows[0].control.kind == "answers" for x in self.rows[:1])

    @property
    def ahead(self) -> bool:
        """Are more drawn than were typed? They show one after the other, without a press between them."""
        return len(self.rows) > self.typed


@dataclass(frozen=True)
class Card:
    """One decision that can be chosen, with what opens inside it."""

    step: str
    id: str
    title: str
    line: str
    basis: str
    unverified: str
    checked: bool
    rows: tuple[Row, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    items: tuple[Items, ...] = ()
    dashed: bool = False


@dataclass(frozen=True)
class Group:
    """One of the five groups. cards can be chosen; lines only say why not."""

    key: str
    title: str
    note: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Line:
    """A decision that is not open: what it is, why it is not, and what can be done instead."""

    title: str
    why: str
    basis: str = ""
    asks: str = ""
    unverified: str = ""
    instead: str = ""


@dataclass(frozen=True)
class Choice:
    """The decisions of a choice, added up. name: of the radio group."""

    name: str
    sum: str
    total: str
    at: str
    groups: tuple[Group, ...]
    not_yet: tuple[Line, ...]
    not_allowed: tuple[Line, ...]


@dataclass(frozen=True)
class Vote:
    """A member's vote on the proposal, and dissent in their own words."""

    name: str
    note: str
    vote: Control
    dissent: Control


@dataclass(frozen=True)
class Votes:
    """Votes on one proposal; no rows while it does not stand yet. result: with its rule. changed: said where
    votes were taken away, since the proposal is another.
    """

    proposal: str
    said: str
    rows: tuple[Vote, ...] = ()
    result: str = ""
    basis: str = ""
    changed: str = ""


@dataclass(frozen=True)
class When:
    """Now, or earlier with its limits."""

    now: str
    earlier: Control
    limits: str
    open: bool
    said: str = ""


@dataclass(frozen=True)
class ReplyList:
    """One of the lists from which a response comes; each option is the list and its term at once."""

    name: str
    at: str
    title: str
    note: str
    options: tuple[Option, ...]
    chosen: bool = False


@dataclass(frozen=True)
class NextDate:
    """When the person comes next: days that can be tapped, a day of its own, and how long the clock leaves."""

    title: str
    days: Control
    own: Control
    latest: str = ""
    open: bool = False


@dataclass(frozen=True)
class Same:
    """What this court answered to the same thing before, the newest first. on: it is what was chosen here."""

    about: str
    title: str
    lines: tuple[Pair, ...]
    on: bool = False


@dataclass(frozen=True)
class Reply:
    """The form of a response. answers: the field that its buttons answer. rest: what else is said with it. grounds,
    reasons: what only the last list asks.
    """

    at: str
    answers: str
    heard: tuple[Option, ...]
    about: tuple[Row, ...]
    lists: tuple[ReplyList, ...]
    nothing: tuple[Option, ...]
    rest: tuple[Row, ...]
    grounds: tuple[Row, ...]
    reasons: Control | None
    last: str
    never: str
    same: tuple[Same, ...] = ()
    notice: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Plainly:
    """What taking the person out needs, and what follows."""

    needs: str
    after: str


@dataclass(frozen=True)
class Begun:
    """A draft of somebody else's form, offered above an empty one: what is said of it, and where it goes on."""

    words: str
    href: str


@dataclass(frozen=True)
class Rest:
    """What an act answers: the step, by whom and when, and all that was told with it."""

    title: str
    by: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class OneTap:
    """The one question that is left, as buttons: an answer leads to the page that reads the act back."""

    label: str
    field: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Way:
    """Another way from here, on the same page: its one question, or reasons, or a link to its own page. buttons: each
    answers the question and goes on.
    """

    step: str
    title: str
    href: str
    key: str = ""
    row: Row | None = None
    buttons: tuple[Option, ...] = ()

    @property
    def here(self) -> bool:
        """Is it said on this page?"""
        return self.row is not None


@dataclass(frozen=True)
class StepPage:
    """A step's form, from its definition alone."""

    first: FirstLine
    title: str
    by: str
    basis: str
    action: str
    back: str
    seen: str
    key: str
    audience: Audience | None = None
    quorum: Quorum | None = None
    unverified: str = ""
    told_before: tuple[Pair, ...] = ()
    hidden: tuple[Nothing, ...] = ()
    rows: tuple[Row, ...] = ()
    also: tuple[Row, ...] = ()
    answered: str = ""
    acceptances: tuple[Acceptance, ...] = ()
    terms: tuple[Row, ...] = ()
    items: tuple[Items, ...] = ()
    must_hold: tuple[Check, ...] = ()
    holding: str = ""
    waive: tuple[Option, ...] = ()
    choice: Choice | None = None
    reasons: Control | None = None
    ticks: tuple[Option, ...] = ()
    defence: Row | None = None
    plainly: tuple[Plainly, ...] = ()
    next_date: NextDate | None = None
    only: str = ""
    handed: tuple[Option, ...] = ()
    sends_to: Control | None = None
    votes: Votes | None = None
    when: When | None = None
    before: tuple[Check, ...] = ()
    at_once: tuple[Pair, ...] = ()
    at_once_empty: str = ""
    button: str = ""
    ink: bool = True
    refusals: tuple[RefusalLines, ...] = ()
    faults: tuple[Fault, ...] = ()
    faults_title: str = ""
    draft: Draft | None = None
    elsewhere: tuple[Link, ...] = ()
    opening: bool = False
    alone: str = ""
    ask_next: str = ""
    person: tuple[Row, ...] = ()
    stage: str = ""
    voted_on: str = ""
    at: str = ""
    reply: Reply | None = None
    call: Call | None = None
    phase: PhaseCard | None = None
    begun: Begun | None = None
    counts: tuple[CountForm, ...] = ()
    rests: tuple[Rest, ...] = ()
    one_tap: OneTap | None = None
    ways: tuple[Way, ...] = ()
    reads_itself: bool = False
    warning: str = ""

    @property
    def before_aside(self) -> bool:
        """What was told before stands beside the decisions where nothing is asked above them."""
        return bool(self.choice and (self.told_before or self.hidden) and not self.asking)

    @property
    def asking(self) -> bool:
        """Is anything asked above the act? Then what was told before stands beside the questions."""
        return bool(self.rows or self.acceptances or self.also)

    @property
    def told_aside(self) -> bool:
        """What was told before stands beside the act: nothing is asked above it, nothing is chosen."""
        return bool((self.told_before or self.hidden) and not self.choice and not self.asking)


@dataclass(frozen=True)
class ReadBack:
    """The second page: the act read back, and what happens at once."""

    first: FirstLine
    title: str
    lead: str
    pairs: tuple[Pair, ...]
    said: str
    at_once: tuple[Pair, ...]
    button: str
    action: str
    back: str
    key: str
    warning: str = ""
    votes: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """Two versions side by side: what was written meanwhile, and what was not sent."""

    first: FirstLine
    who: str
    when: str
    theirs: tuple[Pair, ...]
    mine: tuple[Pair, ...]
    mine_note: str
    again: str
    back: str
    exclude: str = ""
    kept: str = field(default="")
