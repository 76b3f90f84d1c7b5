"""What a person wants, what was offered, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.desk.context import Audience, FirstLine, Form, Nothing, RefusalLines
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
    refusals: tuple[RefusalLines, ...] = ()
