"""The keys of evidence: one table an element. The reader and the reference of keys are both made from these tables."""

from __future__ import annotations

import re
from typing import Any

from amparo.pathways.grammar.atoms import ANY, CODE, DATE, ID, YES
from amparo.pathways.records import Key, ListOf, MapOf, Record
from amparo.simulation.evidence import model
from amparo.simulation.evidence.forms import (
    REF,
    SHARE,
    SPAN,
    USE,
    ZONE,
    Constant,
    Wrong,
)
from amparo.simulation.evidence.keys_of_cases import CHOICE, EXIT, STAGE, TERM
from amparo.simulation.evidence.keys_of_people import FACT, POPULATION
from amparo.simulation.evidence.keys_of_values import (
    ANYTHING,
    BY_CODE,
    CODED,
    NOTE,
    SOURCE,
    THING,
    TIMES,
    UNVERIFIED,
    VALUE,
)

SOURCE_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


# ------------------------------------------------------------------------------------------------------ life
def _hazard(values: dict[str, Any]) -> Wrong:
    if "base" in values and "life_table" in values:
        yield "Y2", "`base` stands beside `life_table`", "write one of them"
    elif not {"base", "life_table", "by"} & values.keys():
        yield "Y2", "this hazard has no base", "write base: the value of a rate"


HAZARD = Record(
    "a hazard of life",
    model.Hazard,
    {
        "base": Key(REF, "a rate"),
        "life_table": Key(ANY, "the name of a life table, by sex and age"),
        "by": Key(BY_CODE, "column → code → the base of these people"),
        "times": Key(TIMES, "what it is multiplied by, where and of whom"),
        "of_probability": Key(
            YES, "what is multiplied is the probability of a year, as some studies do, and not the hazard"
        ),
    },
    short="base",
    settle=_hazard,
)
BEGINS = {
    "released": ("custody_out",),
    "left_treatment": ("treatment_left", "treatment_stopped"),
    "in_treatment": ("treatment_entered", "treatment_started"),
}
"""Windows whose beginning need not be written."""


def _window(values: dict[str, Any]) -> Wrong:
    if values["seconds"] <= 0:
        yield "Y3", "a window lasts no time", "write a duration, 14 days"


WINDOW = Record(
    "a window",
    lambda where, seconds, after=(): model.Window(where=where, seconds=seconds, after=after),
    {
        "lasts": Key(SPAN, "how long", must=True, attr="seconds"),
        "after": Key(ListOf(CODE), "milestones and events of life that begin it"),
    },
    short="lasts",
    settle=_window,
)
LIFE = MapOf(HAZARD, "an event of life", names=model.LIFE_EVENTS)

# ----------------------------------------------------------------------------------------- money and the rest
BILLS = MapOf(ListOf(REF), "what is paid for", pattern=THING)
BILLS_BY_CODE = MapOf(MapOf(ListOf(REF), "a code", pattern=CODED), "a column")
COSTS = Record(
    "costs",
    model.Costs,
    {
        "by_stage": Key(BILLS, "stage → money for a time"),
        "by_step": Key(BILLS, "step → money each time"),
        "by_milestone": Key(BILLS, "milestone → money each time"),
        "by_life": Key(BILLS, "event of life → money each time"),
        "by": Key(BILLS_BY_CODE, "column → code → money for a time"),
        "in_stage": Key(
            MapOf(BILLS_BY_CODE, "a stage", pattern=THING),
            "stage → column → code → money for a time more, of these people there",
        ),
    },
)
WEIGHTS = MapOf(REF, "a stage", pattern=THING)
UTILITIES = Record(
    "utilities",
    model.Utilities,
    {
        "base": Key(REF, "the weight of everybody's year"),
        "by_stage": Key(WEIGHTS, "stage → weight while there"),
        "by": Key(BY_CODE, "column → code → weight"),
        "in_stage": Key(
            MapOf(BY_CODE, "a stage", pattern=THING),
            "stage → column → code → weight of these people there instead",
        ),
        "by_life": Key(MapOf(REF, "an event of life"), "event of life → what is lost each time, in years"),
    },
)
SITE = Record(
    "the simulated site",
    model.Site,
    {
        "zone": Key(ZONE, "its time zone, `Europe/Lisbon`", must=True),
        "starts": Key(DATE, "the first day of the simulation", must=True),
    },
)
SETTING = Record(
    "a setting of the study's site",
    model.Setting,
    {"value": Key(Constant(), "as written", must=True), "unverified": UNVERIFIED, "note": NOTE},
    short="value",
)
OFFER = Record(
    "an offer",
    model.Offer,
    {
        "offered": Key(REF, "share of those met at the door that is offered it", must=True),
        "accepted": Key(REF, "share of these that accepts", must=True),
    },
)


class _Letters(MapOf):
    """`delivered <letter>`, or the letter's name alone."""

    def read(self, reading: Any, node: Any, around: Any) -> Any:
        found = super().read(reading, node, around)
        if not isinstance(found, dict):
            return found
        return {name.removeprefix("delivered "): exit for name, exit in found.items()}


EVIDENCE = Record(
    "evidence",
    model.Evidence,
    {
        "evidence": Key(ID, "the pathway's id", must=True, attr="pathway"),
        "for_version": Key(ANY, "the version of the pathway", must=True),
        "place": Key(ANY, "the place it is for", must=True),
        "note": NOTE,
        "use": Key(USE, "whose population, hazards and life hold where this file says nothing else"),
        "site": Key(SITE, "where and when it is simulated"),
        "sources": Key(MapOf(SOURCE, "a source", pattern=SOURCE_KEY), "what the numbers come from"),
        "values": Key(MapOf(VALUE, "a value"), "every number, once", must=True),
        "population": Key(POPULATION, "who there is"),
        "facts": Key(MapOf(FACT, "a fact"), "how the facts of a case are drawn"),
        "choices": Key(MapOf(CHOICE, "a choice"), "how the choices of the pathway are made"),
        "stages": Key(MapOf(STAGE, "a stage"), "how stages are left"),
        "letters": Key(_Letters(EXIT, "a letter", pattern=THING), "whether and when letters arrive"),
        "obligations": Key(
            MapOf(EXIT, "`<kind>.met` or `<kind>.breached`", pattern=THING), "how obligations are answered"
        ),
        "support": Key(MapOf(EXIT, "what is answered", pattern=THING), "how offers of support are answered"),
        "terms": Key(MapOf(MapOf(TERM, "a term"), "a step or choice"), "how the terms of steps are drawn"),
        "hazards": Key(LIFE, "what happens in a life beside the case"),
        "windows": Key(MapOf(WINDOW, "a window"), "spans in which hazards differ: `within.<window>`"),
        "costs": Key(COSTS, "money, each value with its agency"),
        "utilities": Key(UTILITIES, "weights of a year of life"),
        "places": Key(MapOf(REF, "a place"), "how many there are"),
        "settings": Key(MapOf(SETTING, "a setting"), "what the study's site has entered"),
        "otherwise": Key(
            MapOf(SHARE, "`no_action` or `<pathway>.<door>`", pattern=ANYTHING), "what would have happened"
        ),
        "offers": Key(MapOf(OFFER, "a door"), "who is offered it and who accepts"),
        "turns": Key(
            MapOf(MapOf(CODE, "a column"), "a step"),
            "step → column of the population → the code that a person has after it; `next`: the one after",
        ),
    },
)
