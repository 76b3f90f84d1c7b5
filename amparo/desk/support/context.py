"""What a person wants, what was offered, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.desk.context import Audience, FirstLine, Form, Link, Nothing, Pair, RefusalLines, Row
from amparo.desk.services.context import Known
from amparo.desk.times import TimeLeft


@dataclass(frozen=True)
class Referral:
    """One service, one text, one answer. word: check, pause, dash or '' for the mark beside the answer."""

    service: str
    says: str
    yes: str
    mark: str
    answer: str
    note: str
    said: str
    time: TimeLeft | None
    forms: tuple[Form, ...]
    rest: str
    sent: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Said:
    """A need, an offer with its answer, or advice: in whose words, when, to whom it is readable."""

    words: str
    when: str
    what: str
    mark: str = ""
    note: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of help: what was said about it, and its referrals."""

    title: str
    said: tuple[Said, ...]
    referrals: tuple[Referral, ...]
    refer: str = ""


@dataclass(frozen=True)
class SupportPage:
    """The supportive half of a case."""

    first: FirstLine
    title: str
    count: str
    kinds: tuple[Kind, ...]
    untouched: str
    untouched_nothing: Nothing | None
    forms: tuple[Form, ...]
    readers: Audience
    action: str
    key: str
    seen: str
    foot: str
    refer: str = ""
    refer_kind: str = ""
    refusals: tuple[RefusalLines, ...] = ()


@dataclass(frozen=True)
class Chosen:
    """A part of a referral that is settled: what, the person's own words to it, where to change it."""

    label: str
    words: str
    said: str
    note: str
    href: str


@dataclass(frozen=True)
class Way:
    """A need or a service that can be tapped. known: of a service, what is free, and how old that is."""

    title: str
    href: str
    said: str = ""
    note: str = ""
    nothing: Nothing | None = None
    known: Known | None = None


@dataclass(frozen=True)
class NotFor:
    """Services that are known to take nobody like this person: folded, with why, and still there to ask."""

    title: str
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Text:
    """The exact text, the yes to it, and how it is signed. script: what is said aloud."""

    says: Row
    adds: str
    adds_basis: str
    consent: Row | None
    script: str
    yes: Row | None
    signature: Row | None
    hidden: tuple[tuple[str, str], ...]
    ends: str
    signing: tuple[Row, ...] = ()


@dataclass(frozen=True)
class ReferPage:
    """One question at a time: what for, where, which words."""

    first: FirstLine
    title: str
    chosen: tuple[Chosen, ...]
    question: str
    hint: str
    ways: tuple[Way, ...]
    foot: str
    text: Text | None
    action: str
    key: str
    seen: str
    back: str
    refer: str
    refusals: tuple[RefusalLines, ...] = ()
    as_is: Row | None = None
    kind: str = ""
    not_for: NotFor | None = None
    services: str = ""


@dataclass(frozen=True)
class SentPage:
    """A referral that went out, with its link, shown this once. mail: an address that opens a letter to them."""

    first: FirstLine
    title: str
    lead: str
    pairs: tuple[Pair, ...]
    link: str
    link_words: str
    mail: str
    phone: str
    back: str
