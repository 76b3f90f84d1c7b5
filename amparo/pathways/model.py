"""The abstract syntax of a pathway: frozen dataclasses, in file order.

Every element carries `where` (file, line, column), `title`, `basis`, `unverified`, `note`, `was`.
Fields are named as the keys of the language; a trailing underscore avoids Python's own words.
`docs/reference/language.md` is the reference of every key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple


class Where(NamedTuple):
    """A place in a text: file name, line and column, both from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Cite(NamedTuple):
    """One citation: the source's key, then the place in it (`L30`, `11(1)`); `house`, `site`: no place."""

    source: str
    place: str

    def __str__(self) -> str:
        return f"{self.source} {self.place}".strip()


Names = tuple[str, ...]
Cites = tuple[Cite, ...]
Text = Mapping[str, str]  # language -> words
FactClass = Literal["identity", "contact", "justice", "process", "social", "health", "demographic"]
Nothing = Literal["not_asked", "not_known", "refused", "no_answer"]
Show = Literal["all", "none"] | Names
"""`all`, `none` or a tuple of names (a tuple may hold `own`)."""


class Length(NamedTuple):
    """A length of time: `n` of a unit. `s` are elapsed seconds; the others are civil."""

    n: int
    unit: Literal["s", "days", "working_days", "weeks", "months", "years"]


class SettingRef(NamedTuple):
    """`setting x`."""

    name: str


class TermRef(NamedTuple):
    """`term s.t`: the term t of step s, or of the choice s (its step last taken)."""

    step: str
    term: str


class EndOf(NamedTuple):
    """`end of k`: the due of clock k's newest run."""

    clock: str


class PhaseLen(NamedTuple):
    """`phase sitting_every`: how far apart the sittings of the present phase are."""

    of: str = "sitting_every"


class Rate(NamedTuple):
    """So many in each week: `2 per week`, `setting x per week`. Weeks begin on Monday."""

    a_week: int | SettingRef


class Now(NamedTuple):
    """`now` in `sets`: the time of the step."""


Len = Length | SettingRef | TermRef | PhaseLen


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a fact, setting, term or column.

    kind: yes_no, one_of, some_of, count, number, mass, money, date, instant, duration, place, score, text,
    or list.
    codes: the codes of one_of / some_of, in order. each: the fields of a list's records.
    vocabulary: its name (own name, or `vocabulary/x`), '' if written in place.
    """

    kind: str
    codes: Names = ()
    vocabulary: str = ""
    each: Mapping[str, Type] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as written: its text and where it stands. What is made of it lives in the pathway's rulebook."""

    text: str
    where: Where


@dataclass(frozen=True, slots=True)
class Period:
    """Civil days, both inclusive; `until` None is open."""

    from_: date
    until: date | None

    def covers(self, day: date) -> bool:
        """Does it hold on that day?"""
        return self.from_ <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """What every element may carry."""

    where: Where
    title: Text = field(default_factory=dict)
    basis: Cites = ()
    unverified: Text | str = ""
    note: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Element):
    """One period of a dated thing; `value` is a Rule, a constant, or a table's rows."""

    period: Period
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Element):
    url: str = ""
    mark: Text = field(default_factory=dict)  # what stands before a place in it: `art.`, `s`, `§`
    marks: Text = field(default_factory=dict)  # before several; without it, as before one
    read: Literal["whole", "part", "second_hand", "not_read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    at_least: Any = None
    at_most: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Element):
    type: Type
    value: Any = None  # a constant, a tuple of Dated, or None when unset
    limits: Limits | None = None
    site_may: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sees(Element):
    cases: Literal["none", "own", "assigned", "sitting", "site", "programme"] = "none"
    facts: Names = ()  # classes, names, and `-name` which removes
    milestones: Names = ()
    stages: Show = "none"
    steps: Show = "none"
    letters: Show = "none"
    own: bool = False
    doors: Show = "all"
    support: Literal["none", "own", "all"] = "none"
    with_consent: Names = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Element):
    is_: str
    sees: Sees | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality(Element):
    quality: str
    number: int
    blocks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fewer(Element):
    number: int
    reasons: str = ""  # vocabulary of the coded reasons
    vacancy: bool | SettingRef = False
    casting_vote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Element):
    made_of: Mapping[str, int]
    must_include: tuple[Quality, ...] = ()
    sits_with: int
    fewer: Fewer | None = None
    chair: str = ""
    votes: Literal["majority", "consensus", "chair"] = "majority"
    attends: Names = ()
    impediments: str = ""  # vocabulary of why a member does not sit
    profile: str = ""

    @property
    def why_not(self) -> str:
        """The vocabulary of why a member is impeded or steps back, '' if there is none."""
        return self.impediments or (self.fewer.reasons if self.fewer else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Element):
    type: Type
    class_: FactClass
    from_: Names
    about: str = ""
    finding: bool = False
    attested: str = ""
    or_from: Rule | None = None
    applies_if: Rule | None = None
    limits: Limits | None = None
    prompt: Literal["ask", "never"] = "ask"
    say: Text = field(default_factory=dict)
    ask_again: bool = True
    lasts: Literal["", "phase"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Element):
    """`versions` hold rows: key -> column -> value (None = unset)."""

    by: str
    columns: Mapping[str, Type]
    versions: tuple[Dated, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose(Element):
    if_: Rule | None  # None = otherwise
    then: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived(Element):
    """Either a grouping (`group, by, sum, all`) or a choice (`for_each` + `choose`, or `choose` alone)."""

    group: str = ""
    by: str = ""
    sum: Names = ()
    all: Mapping[str, Rule] = field(default_factory=dict)
    for_each: str = ""
    type: Type | None = None
    choose: tuple[Choose, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRule(Element):
    """A named rule: one text, or periods of it."""

    versions: tuple[Dated, ...] = ()
    is_: Rule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion(Element):
    holds: Rule | None = None
    versions: tuple[Dated, ...] = ()
    say: Text
    otherwise: Text = field(default_factory=dict)
    waived_by: Names = ()
    profile: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AsksFirst(Element):
    """The stage of an approach to somebody not asked yet, and after how long a silent one is wiped."""

    stage: str
    wipes_after: Len


@dataclass(frozen=True, slots=True, kw_only=True)
class Door(Element):
    opens_with: str
    criteria: Show = "none"
    open_if: Rule | None = None
    asks_first: AsksFirst | None = None
    what_else: bool = False
    counts: Names = ()
    who: Literal["name", "called", "none"] = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Element):
    owner: str = ""
    closed: str = ""  # outcome; '' = open
    final: bool = False
    implies: Names = ()
    phases: str = ""
    watch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box(Element):
    if_: Rule | None  # None = rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch(Element):
    """One row of `to`: `if_` None is otherwise (or the only row); `to` '' means stays."""

    if_: Rule | None
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Element):
    fact: str
    if_: Rule | None = None
    may_be: Names = ()  # nothings
    each_time: bool = False
    may_wait: bool = False  # asked in plain sight, and the step does not wait for it
    say: Text = field(default_factory=dict)  # instead of the fact's own


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundRow(Element):
    if_: Rule | None
    then: Any  # a constant or SettingRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Element):
    """A bound is a constant, a SettingRef, a tuple of BoundRow, or None."""

    type: Type
    at_least: Any = None
    at_most: Any = None
    default: Any = None
    optional: bool = False  # `default: none`


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs(Element):
    criteria: Show = "none"
    consents: Names = ()
    accepted: Names = ()
    reasons: bool = False
    notice: Names = ()
    heard: bool = False
    defence: bool = False
    letters: Names = ()
    place: str = ""
    body: str = ""  # it sits here, complete; it does not vote


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell(Element):
    notice: str
    if_: Rule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean(Element):
    """A milestone of a step; with `if_`, reached only where that is true."""

    milestone: str
    if_: Rule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Element):
    """A step. `from_` holds stage names, `any_open` or `any`; `to` () means stays."""

    by: Names
    opens: str = ""
    from_: Names = ()
    to: tuple[Branch, ...] = ()
    choice: str = ""
    recorded: bool = False
    asks: tuple[Ask, ...] = ()
    also: Names = ()
    sets: Mapping[str, Any] = field(default_factory=dict)  # constant, Now, EndOf
    terms: Mapping[str, Term] = field(default_factory=dict)
    allowed: Rule | None = None
    required: Rule | None = None
    needs: Needs | None = None
    implies: Names = ()
    apart_from: Names = ()
    times: int | None = None
    makes: Names = ()
    gives: Names = ()
    tells: tuple[Tell, ...] = ()
    counts: Names = ()
    means: Names = ()
    means_if: Mapping[str, Rule] = field(default_factory=dict)  # of these milestones, those reached only then
    annulled_by: Names = ()
    effect: str = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Near(Element):
    before: Len
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Late(Element):
    """One late action; exactly one of the three is filled."""

    task: str = ""
    opens: Names = ()
    tells: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension(Element):
    term: str
    at_most: Len | None = None
    times: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(Element):
    """A term that runs.

    `starts`, `stops`, `meets` hold step names, `enter <stage>`, `delivered <letter>`, `answered <support>`.
    `while_` is resolved by the reader (section 7: by default the stages that the starts lead to).
    `from_` is a fact's name or EndOf; None = the time of the starting step.
    """

    kind: Literal["legal", "target"]
    within: Len | None = None
    every: Len | None = None
    from_: str | EndOf | None = None
    starts: Names = ()
    stops: Names = ()
    meets: Names = ()
    only_if: Rule | None = None
    while_: Names = ()
    pauses_in: Names = ()
    part_days: bool | SettingRef = False
    extended_by: Mapping[str, Extension] = field(default_factory=dict)
    near: Near | None = None
    late: tuple[Late, ...] = ()
    roll: str | SettingRef = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach(Element):
    by: Names
    asks: Names = ()
    needs: Needs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationKind(Element):
    with_: Literal["person", "service", "authority", "us"]
    terms: Mapping[str, Term] = field(default_factory=dict)
    due: Len | str | None = None  # a length, 'own term', 'same day' or 'none'
    every: Len | None = None
    evidence: Names = ()
    verified_by: Names = ()
    varied_by: Names = ()
    breach: Breach | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(Criterion):
    """A criterion of a phase. `ours_if`: it is unmet only because a service, or we, keep the person waiting."""

    ours_if: Rule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(Element):
    """`schedules`: schedule -> the rate that replaces its own while the phase lasts, a week."""

    id: str
    at_least: Len | None = None
    requires: Mapping[str, Requirement] = field(default_factory=dict)
    sitting_every: Len | None = None
    schedules: Mapping[str, int | SettingRef] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Back(Element):
    """How a case goes back a phase. The reader adds `needs` and `makes` to each step that does it."""

    by: Names
    needs: Needs | None = None
    makes: Names = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phases(Element):
    in_stage: str
    list: tuple[Phase, ...]
    back: Back | None = None
    profile: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule(Element):
    """Days drawn by lot. `notice`: one window for all specimens, or specimen -> window; `()`: of no specimens.

    collects, classes, disputes, excuses: the steps that answer its tests.
    """

    at_least: Rate
    over: Literal["all_days", "working_days"] = "all_days"
    notice: Len | Mapping[str, Len]
    more: SettingRef | None = None
    hidden: bool = True
    starts: Names
    ends: Names = ()
    specimens: Names = ()
    collects: Names = ()
    classes: Names = ()
    disputes: Names = ()
    excuses: Names = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground(Element):
    """A ground that the case's own record shows, or does not: the rule that says so."""

    rests_on: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Responses(Element):
    """Three lists kept apart. behaviours: a vocabulary. lists: incentive, adjustment, sanction -> vocabulary.

    grounds: those that the record shows; every other one is said in words of reasons.
    """

    behaviours: str
    goals: Names
    lists: Mapping[str, str]
    step: str
    never_alone: Names = ()
    never: Names = ()
    grounds: Mapping[str, Ground] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingKind(Element):
    body: str = ""
    public: bool = False
    records: Literal["open", "closed", "minutes", "none"] = "minutes"
    apart: bool = False
    every: Len | None = None
    agenda: str = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Support(Element):
    """One of note_need, give_advice, offer_help, refer. `kinds` is () for all."""

    by: Names
    kinds: Names = ()
    answer_within: Len | None = None
    after_end: bool = False
    consents: Names = ()
    answered_by: Names = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal(Element):
    """within: by when each recipient is told; None: on the very day."""

    stops: bool = True
    task: str = ""
    within: Len | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentKind(Element):
    to: Names
    about: Names
    doors: Show = "all"
    purpose: Text = field(default_factory=dict)
    lasts: Len | Names = ()  # a length, or events: 'closed', or step names
    alone: bool = False
    regime: SettingRef | None = None
    adds: Text = field(default_factory=dict)  # a sentence of the law that goes with each text while the regime holds
    on_withdrawal: Withdrawal | None = None
    profile: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter(Element):
    """A document made from the case.

    `fields`: as written (`appointment`, `term decision.length`, `setting x`, `clock k`, `site.address` …).
    """

    to: Names
    fields: Names = ()
    says: Names = ()
    hour: str = ""
    draft: bool = False
    profile: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Element):
    to: Names
    says: Names
    ground: Cites | str  # citations, or a consent kind's name
    receipt: bool = False
    without_name: bool = False
    party: str = ""  # the fact that names whom: one copy for each of them
    corrects: Names = ()  # of a notice to `recipients`: only who was told by one of these gets a copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Element):
    """A scarce thing that people wait for. `order`: keys as written (`waiting_since`, `since <step>`, ...)."""

    number: int | SettingRef
    held_in: Names = ()
    taken_by: Names = ()
    per: Len | None = None
    each: str = ""  # so many for each worker of this role
    order: Names = ()
    warn_over: int | SettingRef | None = None
    waived_by: Names = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Element):
    of: Text = field(default_factory=dict)
    keeps: Names = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention(Element):
    """`named`: a length, a SettingRef, or 'at once'; `ends`: a length, 'receipts', or None = the same as named."""

    after: Names
    named: Len | str
    ends: Len | str | None = None
    then: Literal["statistics", "wiped"]
    never_named: bool = False
    kept_while: Rule | None = None  # nothing goes until this is false


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulate(Element):
    skips: Names = ()
    draws: Mapping[str, str] = field(default_factory=dict)
    assumes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MayLeaveOut(Element):
    """What a profile may leave out, since another place may have no such thing. codes: `vocabulary.code`."""

    roles: Names = ()
    facts: Names = ()
    steps: Names = ()
    clocks: Names = ()
    letters: Names = ()
    codes: Names = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway(Element):
    """A whole definition. Maps keep file order."""

    id: str
    version: str
    profile: str = ""  # the one laid over it
    keeps: Names = ()  # `chapter.name` of what that profile keeps of the programme, and says so
    own_letters: Names = ()  # letters with a text of that profile's own
    languages: Mapping[str, str]
    in_force: Period
    law_date: str
    operated: Literal["full", "recording"] = "full"
    currency: str = ""
    has_no: Names = ()
    sources: Mapping[str, Source]
    settings: Mapping[str, Setting] = field(default_factory=dict)
    vocabularies: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)  # code -> title ({}: none)
    roles: Mapping[str, Role]
    bodies: Mapping[str, Body] = field(default_factory=dict)
    facts: Mapping[str, Fact]
    tables: Mapping[str, Table] = field(default_factory=dict)
    derived: Mapping[str, Derived] = field(default_factory=dict)
    rules: Mapping[str, NamedRule] = field(default_factory=dict)
    criteria: Mapping[str, Criterion] = field(default_factory=dict)
    doors: Mapping[str, Door]
    stages: Mapping[str, Stage]
    boxes: tuple[Box, ...] = ()
    phases: Mapping[str, Phases] = field(default_factory=dict)
    steps: Mapping[str, Step]
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    obligations: Mapping[str, ObligationKind] = field(default_factory=dict)
    schedules: Mapping[str, Schedule] = field(default_factory=dict)
    responses: Responses | None = None
    sittings: Mapping[str, SittingKind] = field(default_factory=dict)
    support: Mapping[str, Support] = field(default_factory=dict)
    consents: Mapping[str, ConsentKind] = field(default_factory=dict)
    letters: Mapping[str, Letter] = field(default_factory=dict)
    notices: Mapping[str, Notice] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    counts: Mapping[str, Count] = field(default_factory=dict)
    retention: tuple[Retention, ...] = ()
    simulate: Simulate | None = None
    may_leave_out: MayLeaveOut | None = None
    shared: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)  # `vocabulary/x` -> code -> title
