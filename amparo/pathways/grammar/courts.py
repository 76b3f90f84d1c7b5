"""Keys of what a court with phases needs: phases, schedules of tests, and the lists of what answers a behaviour."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from amparo.pathways import model
from amparo.pathways.forms import BAD, Around, Choice, Name, Reading, Schema
from amparo.pathways.grammar.acts import NEEDS
from amparo.pathways.grammar.atoms import (
    CODE,
    EVENT,
    LEN,
    NUMBER,
    RULE,
    STAGE,
    STEPS,
    VOCABULARY,
    WHO,
    YES,
    Wrong,
    element,
)
from amparo.pathways.grammar.law import CRITERION
from amparo.pathways.model import Rate
from amparo.pathways.records import Either, Key, ListOf, MapOf
from amparo.pathways.typed import SETTING, SettingOr
from amparo.pathways.words import RESPONSE_LISTS
from amparo.pathways.yaml_form import Node, Scalar

SCHEDULE_NAME = Name("a schedule", ("schedule",))
OBLIGATIONS = ListOf(Name("an obligation", ("obligation",)))


@dataclass(frozen=True, slots=True)
class _Rate:
    """`2 per week`, `setting x per week`."""

    says: str = "`2 per week`, or `setting <setting> per week`"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if not isinstance(node, Scalar):
            return reading.wrong(node, "a rate, such as 2 per week")
        count = re.fullmatch(r"(.+) per week", node.text)
        if count is None:
            what = f"'{node.text}' is no rate: the days of a test are drawn week by week"
            return reading.fault(node.where, "Y3", what, "write 2 per week")
        text = count[1]
        if text.isdigit() and len(text) <= 2:
            return Rate(int(text))
        if text.startswith("setting "):
            found = SETTING.named(reading, Scalar(node.where, text, node.style, node.last_line))
            return BAD if found is BAD else Rate(found)
        return reading.fault(node.where, "Y3", f"'{text}' is no whole number", "write 2 per week")

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^(\d{1,2}|setting [a-z][a-z0-9_]*) per week$"}


# ------------------------------------------------------------------------------------------------ phases
REQUIREMENT = element(
    "a requirement of a phase",
    model.Requirement,
    {
        **{name: key for name, key in CRITERION.keys.items() if name != "profile"},
        "ours_if": Key(
            RULE,
            "true: unmet only because a service, or we, keep the person waiting; shown as ours, and whoever "
            "takes the step may waive it, with a reason",
        ),
    },
    settle=CRITERION.settle,
)


def _phase(values: dict[str, Any]) -> Wrong:
    for name in ("at_least", "sitting_every"):
        if isinstance(values.get(name), model.PhaseLen):
            yield "Y3", f"{name} of a phase leans on the phase itself", "write a length, or a setting"


PHASE = element(
    "a phase",
    model.Phase,
    {
        "id": Key(CODE, "its name", must=True),
        "at_least": Key(LEN, "how long it lasts at least"),
        "requires": Key(MapOf(REQUIREMENT, "a requirement"), "what must hold before the next one begins"),
        "sitting_every": Key(LEN, "how far apart its sittings are"),
        "schedules": Key(
            MapOf(SettingOr(NUMBER), "a schedule", key=SCHEDULE_NAME),
            "how many days a week are drawn while it lasts, in place of the schedule's own number",
        ),
    },
    settle=_phase,
)

BACK = element(
    "back",
    model.Back,
    {
        "by": Key(WHO, "who may go back a phase", must=True),
        "needs": Key(NEEDS, "what must be there, beside what the step needs"),
        "makes": Key(OBLIGATIONS, "obligations agreed with it: a plan of what helps"),
    },
)


def _phases(values: dict[str, Any]) -> Wrong:
    names = [phase.id for phase in values["list"]]
    if not names:
        yield "Y2", "there is no phase in the list", "write list: [{id: …}]"
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        yield "Y1", f"phase '{twice}' stands twice", "give each phase a name of its own"


PHASES = element(
    "phases",
    model.Phases,
    {
        "in_stage": Key(STAGE, "the stage in which they lie", must=True),
        "list": Key(ListOf(PHASE), "the phases in their order", must=True),
        "back": Key(BACK, "how a case goes back a phase"),
        "profile": Key(Choice(("may_replace",)), "`may_replace`: a profile may put others in their place"),
    },
    settle=_phases,
)

# ------------------------------------------------------------------------------------------------ schedules
WINDOW = Either(scalar=LEN, map=MapOf(LEN, "a specimen"))


def _schedule(values: dict[str, Any]) -> Wrong:
    window, specimens = values.get("notice"), values.get("specimens", ())
    if not isinstance(window, dict):
        return
    for name in specimens:
        if name not in window:
            yield "Y2", f"there is no window for '{name}'", f"write notice: {{{name}: 8 h, …}}"
    for name in window:
        if name not in specimens:
            yield "N1", f"'{name}' is not a specimen of this schedule", "add it to specimens"


SCHEDULE = element(
    "a schedule",
    model.Schedule,
    {
        "at_least": Key(_Rate(), "how many days of each week are drawn by lot, all alike", must=True),
        "over": Key(Choice(("all_days", "working_days")), "which days: weekends too (default), or not"),
        "notice": Key(
            WINDOW,
            "how long there is to give a specimen once it is asked for; by specimen, or for all",
            must=True,
        ),
        "more": Key(
            SETTING,
            "the chance, 0 to 1, of one more on each other day: so that those drawn never mean that the rest is free",
        ),
        "hidden": Key(YES, "whether a day is known only once it is asked for (default yes)"),
        "starts": Key(ListOf(EVENT), "steps that start it, or `enter <stage>`", must=True),
        "ends": Key(ListOf(EVENT), "steps that end it, or `enter <stage>`; the end of the case does too"),
        "specimens": Key(ListOf(CODE), "what can be given"),
        "collects": Key(
            STEPS, "steps by which a specimen is given (default: those that ask a fact with all specimens)"
        ),
        "classes": Key(
            STEPS,
            "steps that class a test (default: those that ask a fact with classes); never who collected it",
        ),
        "disputes": Key(STEPS, "steps that dispute a class"),
        "excuses": Key(STEPS, "steps that excuse a test not given"),
    },
    settle=_schedule,
)

# ------------------------------------------------------------------------------------------------ responses
GROUND = element(
    "a ground",
    model.Ground,
    {
        "rests_on": Key(
            RULE, "what of the case's own record shows it; where that is false, it cannot be named", must=True
        )
    },
)

RESPONSES = element(
    "responses",
    model.Responses,
    {
        "behaviours": Key(VOCABULARY, "the vocabulary of what is answered", must=True),
        "goals": Key(ListOf(CODE), "how far the goal is: near, far", must=True),
        "lists": Key(
            MapOf(VOCABULARY, "a list", RESPONSE_LISTS),
            "each list with the vocabulary of what stands in it",
            must=True,
        ),
        "step": Key(
            Name("a step", ("step",)), "the step that answers; it has a term for each list", must=True
        ),
        "never_alone": Key(ListOf(CODE), "grounds that alone never carry a sanction"),
        "never": Key(ListOf(CODE), "what no list may hold"),
        "grounds": Key(
            MapOf(GROUND, "a ground"),
            "grounds that the record shows, each with what it rests on; for any other the reasons are said in words",
        ),
    },
)
