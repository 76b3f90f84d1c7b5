"""Keys of what happens: doors, stages, boxes, steps, clocks, obligations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from amparo.pathways import model
from amparo.pathways.forms import Choice, Name
from amparo.pathways.grammar.atoms import (
    CODE,
    CONSENTS,
    COUNTS,
    CRITERIA,
    EVENTS,
    FACT,
    FACTS,
    LEN,
    LETTERS,
    NOTHINGS,
    NOTICE,
    NUMBER,
    ROLE,
    RULE,
    STAGE,
    STAGES,
    STEPS,
    TASK,
    TEXT,
    WHO,
    YES,
    Wrong,
    element,
    exactly_one,
    row,
)
from amparo.pathways.model import EndOf
from amparo.pathways.records import Key, ListOf, MapOf, Rows
from amparo.pathways.typed import Bound, Len, Sets, SettingOr, Typed, TypeOf
from amparo.pathways.words import EVIDENCE, MILESTONES, OUTCOMES

STEP_NAME = Name("a step", ("step",))

ASKS_FIRST = element(
    "asks_first",
    model.AsksFirst,
    {
        "stage": Key(STAGE, "the stage of an approach; no authority sees it", must=True),
        "wipes_after": Key(LEN, "when a silent one is wiped; unset, the door is shut", must=True),
    },
)

def _door(values: dict[str, Any]) -> Wrong:
    """Somebody who has not been asked is not written down by name."""
    first = values.get("asks_first") is not None
    if first and values.get("who", "none") != "none":
        what = "a door that asks first writes down nobody by name"
        yield "Y2", what, "take `who` away; a first name or a description is a fact"
    values.setdefault("who", "none" if first else "name")


DOOR = element(
    "a door",
    model.Door,
    {
        "opens_with": Key(STEP_NAME, "the step that opens a case", must=True),
        "criteria": Key(CRITERIA, "what is judged at the door; it informs and does not bind"),
        "open_if": Key(RULE, "over settings: whether the door is open here"),
        "asks_first": Key(ASKS_FIRST, "the person has not been asked yet: an approach, and how it ends"),
        "what_else": Key(YES, "asks first what would be done otherwise, for counts only"),
        "counts": Key(COUNTS, "tallies beside the door, without a case"),
        "who": Key(
            Choice(("name", "called", "none")),
            "what is asked of who it is about: `name` (as on papers, birth, how to be reached; the default), `called` "
            "(what they are called, if they say; the rest behind a fold), `none` (nothing; so it is with `asks_first`)",
        ),
    },
    settle=_door,
)


def _stage(values: dict[str, Any]) -> Wrong:
    if values.get("final") and not values.get("closed"):
        yield "Y2", "an open stage cannot be final", "write closed: <outcome>, or remove final"


STAGE_ = element(
    "a stage",
    model.Stage,
    {
        "owner": Key(ROLE, "who has to see to it; obligatory for an open stage"),
        "closed": Key(Choice(OUTCOMES, called="an outcome"), "the outcome; a stage without it is open"),
        "final": Key(YES, "no step may leave it"),
        "implies": Key(FACTS, "facts that its name gives away"),
        "phases": Key(Name("phases", ("phases",)), "the phases that lie in it"),
        "watch": Key(Choice(("none",)), "`none`: no clock watches this open stage; `note` says why"),
    },
    settle=_stage,
)


def _box(values: dict[str, Any]) -> Wrong:
    yield from exactly_one(values, "if_", "rest")
    if values.pop("rest", True) is False:
        yield "Y2", "`rest: no` says nothing", "write rest: yes, or if"
    values.setdefault("if_", None)


BOX = element(
    "a box",
    model.Box,
    {
        "if": Key(RULE, "an open case is in the first box whose rule is true"),
        "rest": Key(YES, "`yes`: the last box, of all others"),
    },
    settle=_box,
)

STAYS = "stays"
"""A row that leaves the case where it is; held as a row without a stage."""

BRANCH = row("a row of `to`", model.Branch, "to", Name("a stage", ("stage",), (STAYS,)), short="to")
BOUND_ROW = row("a row of a bound", model.BoundRow, "then", SettingOr(Typed()))
BOUND = Bound(Rows(BOUND_ROW))

ASK = element(
    "an ask",
    model.Ask,
    {
        "fact": Key(FACT, "the fact", must=True),
        "if": Key(RULE, "asked only if this is true"),
        "may_be": Key(NOTHINGS, "which kinds of nothing are an answer"),
        "each_time": Key(YES, "asked anew each time"),
        "may_wait": Key(YES, "asked in plain sight, and the step does not wait for the answer"),
        "say": Key(TEXT, "read aloud when it is asked here, instead of what the fact says"),
    },
    short="fact",
)


class _Default(Typed):
    """A value, or `none`: the term may be left out."""

    def read(self, reading: Any, node: Any, around: Any) -> Any:
        return None if getattr(node, "text", "") == "none" else super().read(reading, node, around)


def _term(values: dict[str, Any]) -> Wrong:
    if "default" in values and values["default"] is None:
        values["optional"] = True
    yield from ()


TERM = element(
    "a term",
    model.Term,
    {
        "type": Key(TypeOf(), "its type", must=True),
        "at_least": Key(BOUND, "the least that is lawful"),
        "at_most": Key(BOUND, "the most that is lawful"),
        "default": Key(_Default("a value of its type, or `none`"), "`none`: may be left out"),
    },
    settle=_term,
)

NEEDS = element(
    "needs",
    model.Needs,
    {
        "criteria": Key(CRITERIA, "criteria that bind here"),
        "consents": Key(CONSENTS, "consents that are live now"),
        "accepted": Key(FACTS, "facts that the person answers *yes* in this very step"),
        "reasons": Key(YES, "reasons in the words of the deciders"),
        "notice": Key(LETTERS, "the newest one due reached each addressee before its hour, with proof"),
        "heard": Key(YES, "the person, or who speaks for them, had the floor"),
        "defence": Key(YES, "a defender took part, or was offered and declined"),
        "letters": Key(LETTERS, "letters that can be printed"),
        "place": Key(Name("a place", ("place",)), "one that is free, after those who are ahead by its order"),
        "body": Key(Name("a body", ("body",)), "it sits in this case and is complete; nothing is voted"),
    },
)

TELL = element(
    "a notice told",
    model.Tell,
    {"notice": Key(NOTICE, "the notice", must=True), "if": Key(RULE, "only if this is true")},
    short="notice",
)


MEAN = element(
    "a milestone reached",
    model.Mean,
    {
        "milestone": Key(Choice(MILESTONES, called="a milestone"), "the milestone", must=True),
        "if": Key(RULE, "only if this is true, as the case stood before the step, with the facts it is told"),
    },
    short="milestone",
)


def _step(values: dict[str, Any]) -> Wrong:
    values["to"] = tuple(replace(b, to="") if b.to == STAYS else b for b in values.get("to", ()))
    meant = values.get("means", ())
    values["means_if"] = {each.milestone: each.if_ for each in meant if each.if_ is not None}
    values["means"] = tuple(each.milestone for each in meant)
    if ("opens" in values) == ("from_" in values):
        yield "Y2", "a step opens a case or is taken from stages", "write either opens or from"
    if "required" in values and not values.get("choice"):
        yield "Y2", "`required` excludes the other steps of a choice", "write choice: <its name>"


STEP = element(
    "a step",
    model.Step,
    {
        "by": Key(WHO, "who takes it", must=True),
        "opens": Key(STAGE, "the stage in which a new case begins"),
        "from": Key(
            ListOf(Name("a stage", ("stage",), ("any_open", "any"))),
            "stages from which it is taken; `any`: closed ones too",
        ),
        "to": Key(Rows(BRANCH, single=True), "where the case goes; without it, it stays"),
        "choice": Key(CODE, "the competition that it belongs to"),
        "recorded": Key(
            YES, "writes down what an authority did: never offered, never refused for its guards"
        ),
        "asks": Key(ListOf(ASK), "facts that are answered before or with it"),
        "also": Key(FACTS, "facts shown with it, never needed"),
        "sets": Key(Sets(), "facts it tells by itself, before its clocks start"),
        "terms": Key(MapOf(TERM, "a term"), "values of this step"),
        "allowed": Key(RULE, "lawful only if true (default: true)"),
        "required": Key(RULE, "if true, no other step of the choice is lawful (default: false)"),
        "needs": Key(NEEDS, "what must be there"),
        "implies": Key(FACTS, "facts that its name gives away"),
        "apart_from": Key(STEPS, "not by an account that took one of these"),
        "times": Key(NUMBER, "how often at most"),
        "makes": Key(ListOf(Name("an obligation", ("obligation",))), "obligations agreed with it"),
        "gives": Key(LETTERS, "letters that fall due"),
        "tells": Key(ListOf(TELL), "notices that fall due"),
        "counts": Key(COUNTS, "tallies it adds to"),
        "means": Key(
            ListOf(MEAN), "milestones that it reaches, each with an `if` where it does so only sometimes"
        ),
        "annulled_by": Key(WHO, "who may take it back (default: who took it)"),
        "effect": Key(
            Choice(("none", "transfers", "reopens", "phase_next", "phase_back", "phase_hold")),
            "`transfers`: to another site; `reopens`: from a closed stage; `phase_next`: to the next phase (from "
            "none, to the first), `phase_back`: back one, `phase_hold`: no further yet",
        ),
    },
    settle=_step,
)

NEAR = element(
    "near",
    model.Near,
    {"before": Key(LEN, "how long before the due", must=True), "task": Key(TASK, "whose task", must=True)},
)


def _late(values: dict[str, Any]) -> Wrong:
    yield from exactly_one(values, "task", "opens", "tells")


LATE = element(
    "a late action",
    model.Late,
    {
        "task": Key(TASK, "makes a task of it for a role, or for members with a quality"),
        "opens": Key(STEPS, "these steps are lawful only once the clock is late"),
        "tells": Key(NOTICE, "makes a notice due"),
    },
    settle=_late,
)

EXTENSION = element(
    "an extension",
    model.Extension,
    {
        "term": Key(CODE, "the term of the step that is added", must=True),
        "at_most": Key(LEN, "the most that can be added"),
        "times": Key(NUMBER, "how often"),
    },
)


def _clock(values: dict[str, Any]) -> Wrong:
    yield from exactly_one(values, "within", "every")
    if "every" in values and "near" in values:
        yield "Y2", "a recurring clock has no `near`", "remove it"


CLOCK = element(
    "a clock",
    model.Clock,
    {
        "kind": Key(Choice(("legal", "target")), "whose term it is: the law's, or our own", must=True),
        "within": Key(LEN, "the term"),
        "every": Key(LEN, "the rhythm of a recurring clock"),
        "from": Key(
            Name("a fact", ("fact",), phrases={"end of": "clock"}, make=lambda prefix, name: EndOf(name)),
            "what it runs from; without it, the time of the starting step",
        ),
        "starts": Key(EVENTS, "what starts it", must=True),
        "stops": Key(EVENTS, "what ends it"),
        "meets": Key(EVENTS, "what meets the present period of a recurring clock"),
        "only_if": Key(RULE, "starts only if this is true"),
        "while": Key(STAGES, "stages in which it runs; without it, those that the starts lead to"),
        "pauses_in": Key(STAGES, "stages in which it stands still"),
        "part_days": Key(SettingOr(YES), "whether the first and last day of a pause count (default no)"),
        "extended_by": Key(MapOf(EXTENSION, "a step", key=STEP_NAME), "steps that lengthen it"),
        "near": Key(NEAR, "a task some time before the due"),
        "late": Key(ListOf(LATE), "what happens beside the flag when it is late"),
        "roll": Key(SettingOr(Choice(("none", "next_working_day"))), "whether a due on a free day moves"),
    },
    settle=_clock,
)

BREACH = element(
    "breach",
    model.Breach,
    {
        "by": Key(WHO, "who may find it", must=True),
        "asks": Key(FACTS, "facts answered with it: whose fault it was"),
        "needs": Key(NEEDS, "what must be there"),
    },
)


def _obligation(values: dict[str, Any]) -> Wrong:
    yield from exactly_one(values, "due", "every")


OBLIGATION = element(
    "an obligation",
    model.ObligationKind,
    {
        "with": Key(Choice(("person", "service", "authority", "us")), "whose it is", must=True),
        "terms": Key(MapOf(TERM, "a term"), "values agreed with each item"),
        "due": Key(
            Len(("own term", "none", "same day")), "by when; `own term`: the date given with each item"
        ),
        "every": Key(LEN, "its rhythm"),
        "evidence": Key(ListOf(Name("a fact", ("fact",), EVIDENCE)), "what shows that it is met"),
        "verified_by": Key(WHO, "who meets it", must=True),
        "varied_by": Key(WHO, "who varies or waives it", must=True),
        "breach": Key(BREACH, "without it, it cannot be breached"),
    },
    settle=_obligation,
)
