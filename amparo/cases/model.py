"""The shapes of one case: events, state, requests and answers. Named tuples, because decide and fold are hot.

Times are whole epoch seconds, UTC. Event data is plain JSON (see `pathways.values`, form *plain*).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from amparo.pathways.model import Cites, Length, Pathway, Text


# ------------------------------------------------------------------------------------------------ the site, on paper
class Site(NamedTuple):
    """What a case needs to know of its site: dates, not accounts.

    zone: IANA name. holidays: civil days nobody works. settings: entered values, held form, by name.
    areas: code -> title. A case keeps what was resolved when it opened; unset settings are read once entered.
    """

    code: str
    zone: str
    settings: Mapping[str, Any] = {}
    holidays: frozenset[date] = frozenset()
    areas: Mapping[str, Text] = {}


# ------------------------------------------------------------------------------------------------ events
class Event(NamedTuple):
    """One entry of a case's log.

    seq: from 1, without gaps. at: when it happened. recorded: when it was written down.
    actor: an account's id, `person`, `clock`, or an office's id. role: the pathway's role, '' for the clock.
    kind: a word of `cases.events`. data: plain JSON. version: the pathway's version.
    """

    case: str
    seq: int
    at: int
    recorded: int
    actor: str
    role: str
    kind: str
    data: Mapping[str, Any]
    version: str


class Telling(NamedTuple):
    """One telling of a fact: a plain value, or one of the nothings (`not_known`, `refused`, `no_answer`)."""

    seq: int
    as_of: int
    value: Any
    nothing: str  # '' when there is a value
    given_by: str  # role, `person`, office or `steps`
    by: str  # the actor who recorded it
    corrected: bool = False


class Run(NamedTuple):
    """One run of a clock. `paused` counts seconds (elapsed length) or whole days (civil length)."""

    n: int
    anchor: int
    length: Length
    every: bool
    zone: str
    started: int
    paused_at: int | None
    paused: int
    extensions: tuple[Length, ...]
    state: str  # running | met | stopped | replaced | cancelled
    ended: int | None
    period: int  # recurring: the period now running, from 1
    met_period: int  # recurring: last period that was met
    warned: bool
    expired: bool
    roll: str
    part_days: bool
    owed: int | None = None  # recurring: since when something of an earlier round is missed, its last second
    ceased: int | None = None  # recurring: when its rounds ended, while what was missed is still to be met


class Taken(NamedTuple):
    """One taking of a step."""

    seq: int
    at: int
    actor: str
    role: str
    terms: Mapping[str, Any]  # plain
    from_: str
    to: str
    reasons: str
    data: Mapping[str, Any]


class Obligation(NamedTuple):
    """state: agreed | under_way | waiting | met | waived | breached | ended."""

    id: str
    kind: str
    state: str
    terms: Mapping[str, Any]
    whose: str
    due: int | None
    entries: tuple[Mapping[str, Any], ...]
    at: int


class Consent(NamedTuple):
    id: str
    kind: str
    to: str
    about: tuple[str, ...]
    given: int
    until: int | None
    ended: int | None
    how: str  # '' while live; withdrawn | ended
    receipt: int | None = None  # when the recipient confirmed that it was withdrawn

    def holds(self, t: int) -> bool:
        """Has it neither ended nor run out at t, as things are written now?"""
        return self.ended is None and (self.until is None or t <= self.until)


class Letter(NamedTuple):
    """A copy of a letter. state: due | made | delivered | returned | cancelled. `hour` is fixed when it fell due."""

    id: str
    letter: str
    to: str
    due: int
    step_seq: int
    hour: int | None
    state: str
    made: int | None
    delivered: int | None
    how: str
    proof: str
    language: str


class Notice(NamedTuple):
    """What an outside party is told. state: due | sent | withheld | received | cancelled."""

    id: str
    notice: str
    to: str
    due: int
    step_seq: int
    state: str
    sent: int | None
    received: int | None
    how: str
    ground: str


class Need(NamedTuple):
    """A need noted, advice given or help offered (`what`), in whose words, and who may read them."""

    id: str
    what: str  # need | advice | help
    kind: str
    words: str
    answer: str  # yes | no | later | ''
    audience: tuple[str, ...]
    by: str
    role: str
    at: int


class Referral(NamedTuple):
    """One referral, beside others. state: sent | accepted | waiting | declined | attended | ended.

    answers: what the service answered, and (`answer: call`, which is none) that it asks to be called first.
    """

    id: str
    kind: str
    to: str
    says: str
    consent: str
    sent: int
    due: int | None
    state: str
    answers: tuple[Mapping[str, Any], ...]
    chased: int
    by: str
    role: str
    audience: tuple[str, ...]
    link: str = ""  # by which the service answers without an account; '' if it has none
    linked: int = 0


class Sealed(str):
    """Words that are never shown, not even where a state is printed whole."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'sealed'"


class Drawing(NamedTuple):
    """A schedule of which days are drawn. Only days after `after` are asked for. secret: '' draws nothing."""

    schedule: str
    secret: Sealed
    since: int
    until: int | None
    after: int


class Classed(NamedTuple):
    """One answer to a test: its class, by whom, in which role."""

    class_: str
    at: int
    by: str
    role: str
    seq: int
    told: int = 0  # the telling of the fact that says it; 0 if the step alone says it


class Test(NamedTuple):
    """One test. ordered: when the person was to be told; told: when it was written down. window: specimen -> its due.

    due: the last of these. outcome: given, could_not, said_no, did_not_come; '' while nobody has said.
    """

    id: str
    schedule: str
    day: str
    ordered: int
    told: int
    due: int
    window: Mapping[str, int]
    collected: int | None
    outcome: str
    specimen: str
    collector: str
    classed: tuple[Classed, ...]


class SittingState(NamedTuple):
    """A sitting of a body in this case. state: set | open | closed.

    present / impeded / recused: account ids; impeded maps to its coded reason. chair: account id.
    members: account id -> qualities, of everybody named for this sitting. vacant: empty seats.
    """

    id: str
    kind: str
    body: str
    at: int
    place: str
    state: str
    members: Mapping[str, tuple[str, ...]]
    present: tuple[str, ...]
    impeded: Mapping[str, str]
    recused: Mapping[str, str]
    vacant: int
    chair: str
    minutes: str
    opened: int | None
    closed: int | None
    confirmed: tuple[
        Mapping[str, Any], ...
    ] = ()  # votes confirmed from members' own sign-in, dissent with words
    seq: int = 0  # of its last change, and who made it
    by: str = ""


class Case(NamedTuple):
    """The state of a case: `fold` of its events, nothing else. Everything not here is read off it."""

    pathway: Pathway
    site: Site
    id: str
    door: str
    settings: Mapping[str, Any]
    seq: int
    opened_at: int
    stage: str
    stage_since: int
    stage_before: str
    tellings: Mapping[str, tuple[Telling, ...]]
    runs: Mapping[str, tuple[Run, ...]]
    not_watched: Mapping[str, str]  # clock -> why no run started (a setting's or fact's name)
    obligations: Mapping[str, Obligation]
    consents: Mapping[str, Consent]
    taken: Mapping[str, tuple[Taken, ...]]
    last: Mapping[str, str]
    sitting: SittingState | None
    sittings: tuple[SittingState, ...]
    assigned: Mapping[str, str]  # role -> account id
    letters: Mapping[str, Letter]
    notices: Mapping[str, Notice]
    needs: Mapping[str, Need]
    referrals: Mapping[str, Referral]
    contacts: tuple[Mapping[str, Any], ...]
    links: tuple[Mapping[str, Any], ...]
    hold: str  # ground of a legal hold, '' if none
    annulled: frozenset[int]
    unmet: tuple[Mapping[str, Any], ...]  # flags of recorded steps
    flags: tuple[Mapping[str, Any], ...]  # e.g. a fact corrected after a decision rested on it
    rights: Mapping[str, Mapping[str, Any]]  # objections, asked corrections and their answers
    died: bool
    erased: bool
    to_site: str = ""  # the site to which the file is on its way
    notes: tuple[Mapping[str, Any], ...] = ()  # moves, channels, cover, safety: steps of every pathway
    phase: int = 0  # its number, 0 before the first
    phase_since: int | None = None
    phase_waived: frozenset[str] = frozenset()  # what the present phase requires and was waived
    drawings: Mapping[str, Drawing] = {}
    tests: Mapping[str, Test] = {}
    disclosed: tuple[Mapping[str, Any], ...] = ()  # told to medical staff in an emergency: to, what, why, at, by
    demands: Mapping[str, Mapping[str, Any]] = {}  # legal demands, each with its answer once it is given


_PLACE = {name: n for n, name in enumerate(Case._fields)}


def _changed(case: Case, /, **changes: Any) -> Case:
    """`_replace`, which fold calls several times an event: of so many fields the few that change are put in place,
    where the library asks for each whether it does.
    """
    row = list(case)
    for name, value in changes.items():
        row[_PLACE[name]] = value
    return tuple.__new__(Case, row)


if not TYPE_CHECKING:  # its names and types are still checked, as those of every named tuple
    Case._replace = _changed


# ------------------------------------------------------------------------------------------------ requests
class Do(NamedTuple):
    """One step of a request. facts: name -> plain value, or `Nothing_(kind)`; terms: plain values.

    items: obligations agreed with the step. accepted: fact -> the person's words ('' if only yes).
    handed: letters handed over at once.
    """

    step: str
    facts: Mapping[str, Any] = {}
    terms: Mapping[str, Any] = {}
    items: tuple[Mapping[str, Any], ...] = ()
    accepted: Mapping[str, str] = {}
    handed: tuple[str, ...] = ()
    waived: tuple[str, ...] = ()
    open: tuple[str, ...] = ()  # list facts left open ("there may be more")
    test: str = ""  # the test that the step is about; '' is the newest that fits


class Nothing_(NamedTuple):
    """A nothing given as an answer: `not_known`, `refused` or `no_answer`."""

    kind: str


class Room(NamedTuple):
    """What is free of a place for one case: how many, None while their number is not entered; and how many cases go
    before it.
    """

    free: int | None = 1
    ahead: int = 0


class World(NamedTuple):
    """What lies outside the case, stated by the ledger inside the transaction and stored in the event.

    relation: how the actor stands to the case (own, assigned, sitting, site, programme).
    mandates: account id -> qualities, of the members with a mandate that day. other_open: other open cases of the
    person at this site. transfer_to: the receiving site of `effect: transfers`.
    """

    relation: tuple[str, ...] = ("site",)
    mandates: Mapping[str, tuple[str, ...]] = {}
    other_open: int = 0
    transfer_to: str = ""
    parties: tuple[str, ...] = (
        "person",
    )  # addressee roles that are in the case (person, representative, defender, service, enforcement ...)
    places: Mapping[str, Room] = {}  # by place; one that is not named is free, and nobody is ahead
    lot: str = ""  # fresh random digits: what a schedule that begins is drawn with, sealed; never shown
    told: tuple[str, ...] = ()  # offices whose people looked at the case: recipients of a correction


class Request(NamedTuple):
    """What somebody asks to be written. `verb` is `steps` or one of the other requests of `cases.requests`.

    seen: the seq the asker saw (None = do not check). votes: account id -> for | against | abstain.
    dissent: account id -> words. heard, defence: stated with the step. given_by: fact -> whose word, if another's.
    args: the fields of the other verbs.
    """

    verb: str
    actor: str
    role: str
    steps: tuple[Do, ...] = ()
    happened_at: int | None = None
    seen: int | None = None
    votes: Mapping[str, str] = {}
    dissent: Mapping[str, str] = {}
    heard: bool = False
    defence: str = ""  # took_part | offered_declined | ''
    reasons: str = ""
    given_by: Mapping[str, str] = {}
    world: World = World()
    args: Mapping[str, Any] = {}
    door: str = ""  # for opening


# ------------------------------------------------------------------------------------------------ answers
class Reason(NamedTuple):
    """One part that decided: a fact (or reading, setting) with its value, date and the rules it was reached through."""

    name: str
    value: Any  # plain; None for not known
    nothing: str
    as_of: int | None
    given_by: str
    text: str  # the leaf as written
    through: tuple[str, ...] = ()


class Refusal(NamedTuple):
    """The answer *no* or *not yet*; nothing of the request is stored.

    code: no_such_step, not_in_force, not_in_the_future, out_of_order, changed, not_you, not_here, not_yet, no_sitting,
    no_quorum, no_majority, ask, missing, not_allowed, no_place, must_be, outside, waiting, …
    sentence: what cannot be done, per language. basis: the rule. because: what decided. asks: (fact or `setting x`,
    of whom). instead: what would do, as pairs (`step`, name), (`role`, name), (`body`, name), (`at`, epoch), (`verb`,
    name). field: the form field that matters, '' if none. detail: which case of the code this is, for the words.
    params: what the words name beside these (never a hidden value: facts stand in `because` only).
    """

    code: str
    step: str
    sentence: Text
    basis: Cites = ()
    because: tuple[Reason, ...] = ()
    asks: tuple[tuple[str, str], ...] = ()
    instead: tuple[tuple[str, Any], ...] = ()
    field: str = ""
    detail: str = ""
    params: Mapping[str, Any] = {}


class Offer(NamedTuple):
    """How one step stands now. group: required | allowed | open | not_yet | not_allowed."""

    step: str
    group: str
    because: tuple[Reason, ...] = ()
    asks: tuple[tuple[str, str], ...] = ()
    refusals: tuple[Refusal, ...] = ()


Answer = tuple[Event, ...] | Refusal
