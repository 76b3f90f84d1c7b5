"""The shapes of looking: who looks, at what, and what a page may draw."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from amparo.cases.model import Consent, Obligation, Refusal, SittingState
from amparo.cases.receipts import Receipts
from amparo.pathways.model import Cites, Text


class Viewer(NamedTuple):
    """One account looking in one role.

    relation: how it stands to this case: own (recorded or sent it), assigned, sitting, site, programme.
    office: the outside party it speaks for, ''. at: the second of looking; unset, consents that run out do not count.
    """

    account: str
    role: str
    relation: tuple[str, ...] = ()
    office: str = ""
    at: int | None = None


class Subject(NamedTuple):
    """What is looked at: kind is case, fact, stage, step, letter, milestone, clock, obligation, consent,
    vote, support,
    notice, sitting, contact. `by`: the account that recorded or made it, '' if that does not matter."""

    kind: str
    name: str = ""
    by: str = ""
    audience: tuple[str, ...] = ()


class FactView(NamedTuple):
    """A fact as it may be drawn. state: value, not_asked, not_known, refused, no_answer, not_applicable."""

    name: str
    title: Text
    class_: str
    state: str
    value: Any
    given_by: str
    by: str
    as_of: int | None
    seq: int | None
    finding: bool
    basis: Cites
    unverified: Text | str


class ClockView(NamedTuple):
    """state: running, near, late, paused, met, stopped, cancelled, not_watched. why: the setting or fact that
    lacks.

    round_due: of a recurring clock that is late, the end of the round that runs now. waits: it is a time that has to
    pass, and no term that anybody has to keep: once it is over, nobody is late.
    """

    name: str
    title: Text
    kind: str
    state: str
    due: int | None
    basis: Cites
    unverified: Text | str
    why: str
    task: str
    round_due: int | None = None
    waits: bool = False

    @property
    def going(self) -> bool:
        """Does it run, in time or late?"""
        return self.state in ("late", "near", "running")


class Entry(NamedTuple):
    """One line of the timeline, or one shut line (`words` empty) where something stands that this role may
    not read.
    """

    seq: int
    at: int
    recorded: int
    kind: str
    name: str
    words: Text
    who: str
    role: str
    basis: Cites
    annulled: bool
    corrected: bool
    said: str  # the deciders' reasons; '' if none or not for this role
    votes: tuple[tuple[str, str], ...] = ()  # account, vote
    dissent: tuple[tuple[str, str], ...] = ()  # account, words
    accepted: tuple[tuple[str, str], ...] = ()  # acceptance, the person's own words


class LetterView(NamedTuple):
    id: str
    letter: str
    title: Text
    to: str
    state: str
    due: int
    delivered: int | None
    how: str
    proof: str
    hour: int | None


class NoticeView(NamedTuple):
    id: str
    notice: str
    to: str
    state: str
    due: int
    sent: int | None
    received: int | None
    how: str
    ground: str
    without_name: bool
    receipt: bool
    grounded: bool = True  # may it go out now? A consent that it rests on can be lacking
    law: Text = MappingProxyType({})  # what the law lets travel with it, by language


class ToldView(NamedTuple):
    """A notice that went out to this viewer's role. facts: what it said of them, as it stood when it was sent.

    items: those of which it told, with their sums and without their words.
    """

    notice: str
    title: Text
    sent: int
    received: int | None
    facts: tuple[tuple[str, Any], ...]
    items: tuple[Obligation, ...]
    basis: Cites


class SupportView(NamedTuple):
    """A need, an offer or a referral. what: need, advice, help, referral."""

    id: str
    what: str
    kind: str
    title: Text
    words: str
    state: str
    to: str
    at: int
    due: int | None
    answers: tuple[Any, ...]
    by: str
    role: str
    audience: tuple[str, ...]
    late: bool


class OfferView(NamedTuple):
    """A step as it stands for this role. group: required, allowed, open, not_yet, not_allowed, recorded."""

    step: str
    title: Text
    group: str
    basis: Cites
    choice: str
    refusals: tuple[Refusal, ...]
    asks: tuple[tuple[str, str], ...]
    because: tuple[Any, ...]


class Decided(NamedTuple):
    """A class that a test was given: by whom, in which role, when."""

    class_: str
    by: str
    role: str
    at: int


class TestView(NamedTuple):
    """A test. state: ordered, collected, classed, unanswered. class_: '' for who may not read it. window: specimen and
    its due. ours: nobody was told in time. task: whose task it is, where nobody has answered it. decided: each class
    that it had, by whom and when; () for who may not read it.
    """

    id: str
    schedule: str
    title: Text
    day: str
    ordered: int
    due: int
    window: tuple[tuple[str, int], ...]
    state: str
    outcome: str
    specimen: str
    class_: str
    positive: bool
    ours: bool
    task: tuple[str, ...]
    given: int | None = None  # when the specimen was given
    decided: tuple[Decided, ...] = ()


class ScheduleView(NamedTuple):
    """A schedule. a_week: None while the setting `lacks` has no value. planned: days to come, where none is hidden."""

    name: str
    title: Text
    running: bool
    a_week: int | None
    lacks: str
    clear: int | None
    basis: Cites
    unverified: Text | str
    planned: tuple[str, ...]


class RequirementView(NamedTuple):
    """What a phase asks. state: met, not_met, not_known, hidden. ours: because somebody keeps the person waiting."""

    name: str
    say: Text
    state: str
    ours: bool
    waived: bool
    waived_by: tuple[str, ...]


class PhaseView(NamedTuple):
    """The phase of a case. over_at: from when its days are over; None while the setting `unset` has no value."""

    id: str
    title: Text
    number: int
    of: int
    since: int
    over_at: int | None
    unset: str
    requires: tuple[RequirementView, ...]
    basis: Cites
    unverified: Text | str


class View(NamedTuple):
    """All that a page of this case may draw for this viewer. Nothing else reaches a template.

    stage: '' when hidden; `state` then says open or closed, or nothing at all for who sees no stage.
    seq: how far the log goes, 0 for who must not learn whether anything happened since.
    hidden: the fact classes of which this role sees nothing (class only, never a count).
    """

    case: str
    pathway: str
    version: str
    profile: str
    door: str
    role: str
    stage: str
    state: Text
    stage_since: int | None
    closed: bool | None
    opened_at: int
    seq: int
    owner: str
    box: int | None
    milestones: tuple[str, ...]
    facts: tuple[FactView, ...]
    hidden: tuple[str, ...]
    clocks: tuple[ClockView, ...]
    timeline: tuple[Entry, ...]
    letters: tuple[LetterView, ...]
    notices: tuple[NoticeView, ...]
    obligations: tuple[Obligation, ...]
    consents: tuple[Consent, ...]
    support: tuple[SupportView, ...]
    support_shown: bool
    sitting: SittingState | None
    offers: tuple[OfferView, ...]
    assigned: tuple[tuple[str, str], ...]
    contacts: tuple[Any, ...]
    identity: bool
    contact: bool
    flags: tuple[Any, ...]
    hold: str
    sittings: tuple[SittingState, ...] = ()  # earlier sittings with their minutes
    receipts: Receipts | None = None  # of a file that ends with them
    links: tuple[Any, ...] = ()  # to other cases: kind, other, and of joined ones whether this one leads
    told_by: Mapping[str, int] = MappingProxyType({})  # of consents taken back: until when the recipient hears it
    exceptional: tuple[Any, ...] = ()  # legal demands to be answered, emergency disclosures to be looked at
    phase: PhaseView | None = None
    tests: tuple[TestView, ...] = ()  # those that may be seen, the newest first; never a day to come
    schedules: tuple[ScheduleView, ...] = ()
    law: tuple[Text, ...] = ()  # what the law lets travel with what this viewer reads under a consent
    told: tuple[ToldView, ...] = ()  # what was sent to this role, the newest first
