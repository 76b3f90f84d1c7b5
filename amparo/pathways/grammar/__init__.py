"""The keys of the language: one table an element, in the order in which they are read.

The reader, the schema for editors and the reference of keys are all made from these tables. What the keys of
one element owe each other stands in a `settle` function beside its table.
"""

from __future__ import annotations

import re
from typing import Any

from amparo.pathways import model
from amparo.pathways.forms import Around, Choice, Reading
from amparo.pathways.grammar import acts, courts, law, sharing
from amparo.pathways.grammar.atoms import ANY, CODE, CURRENCY, DATE, FACT, ID, PARTS, REACHED, TEXT, element
from amparo.pathways.records import Either, Key, ListOf, MapOf, Record
from amparo.pathways.words import SUPPORT
from amparo.pathways.yaml_form import Node

__all__ = ["CHAPTERS", "PATHWAY"]

PERIOD = Record(
    "a period",
    lambda where, from_, until=None: model.Period(from_, until),
    {"from": Key(DATE, "first day", must=True), "until": Key(DATE, "last day; without it, open")},
)
SOURCE_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
CODE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]+)*")


class _Vocabularies(MapOf):
    """A list of codes has no titles."""

    def read(self, reading: Any, node: Any, around: Any) -> Any:
        found = super().read(reading, node, around)
        if not isinstance(found, dict):
            return found
        return {
            name: dict.fromkeys(codes, {}) if isinstance(codes, tuple) else codes
            for name, codes in found.items()
        }


class _Facts(MapOf):
    """The types of facts are known to what is read after them (`sets`)."""

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        found = super().read(reading, node, around)
        if isinstance(found, dict):
            reading.fact_types.update((name, fact.type) for name, fact in found.items())
        return found


MAY_LEAVE_OUT = element("may_leave_out", model.MayLeaveOut, PARTS)
CODES = Either(seq=ListOf(CODE), map=MapOf(TEXT, "a code", pattern=CODE_KEY))

PATHWAY = element(
    "a pathway",
    model.Pathway,
    {
        "pathway": Key(ID, "its id, the name of its folder", must=True, attr="id"),
        "version": Key(ANY, "a dated, published, unchangeable state of it", must=True),
        "languages": Key(
            MapOf(Choice(("checked", "draft")), "a language", pattern=LANGUAGE),
            "its languages; `draft`: not yet checked by a speaker",
            must=True,
        ),
        "in_force": Key(PERIOD, "when new cases open under it", must=True),
        "law_date": Key(FACT, "the fact whose date chooses the law", must=True),
        "operated": Key(
            Choice(("full", "recording")),
            "`full`; `recording`: every step writes down what an authority did, nothing is offered",
        ),
        "currency": Key(CURRENCY, "in which money is typed where nothing else says (default: of its first setting)"),
        "has_no": Key(REACHED, "milestones of the funnel that it lacks"),
        "sources": Key(MapOf(law.SOURCE, "a source", pattern=SOURCE_KEY), "laws and papers cited", must=True),
        "vocabularies": Key(_Vocabularies(CODES, "a vocabulary"), "its own lists of codes"),
        "settings": Key(MapOf(law.SETTING, "a setting"), "numbers and choices that a law or site settles"),
        "roles": Key(MapOf(law.ROLE_, "a role"), "who works in it, and what each may see", must=True),
        "bodies": Key(MapOf(law.BODY, "a body"), "people who decide together"),
        "facts": Key(_Facts(law.FACT_, "a fact"), "what may be told about a case", must=True),
        "tables": Key(MapOf(law.TABLE, "a table"), "values by code, dated"),
        "derived": Key(MapOf(law.DERIVED, "a derived value"), "values computed from lists"),
        "rules": Key(MapOf(law.RULES, "a rule"), "named rules"),
        "criteria": Key(MapOf(law.CRITERION, "a criterion"), "rules with a sentence for people"),
        "doors": Key(MapOf(acts.DOOR, "a door"), "ways in", must=True),
        "stages": Key(MapOf(acts.STAGE_, "a stage"), "where a case stands", must=True),
        "boxes": Key(ListOf(acts.BOX), "parts of the worklist, in order"),
        "steps": Key(MapOf(acts.STEP, "a step"), "what can be done", must=True),
        "clocks": Key(MapOf(acts.CLOCK, "a clock"), "terms that run"),
        "obligations": Key(
            MapOf(acts.OBLIGATION, "an obligation"), "items of agreements, plans and conditions"
        ),
        "sittings": Key(MapOf(sharing.SITTING, "a sitting"), "meetings of bodies"),
        "support": Key(
            MapOf(sharing.SUPPORT, "a support step", SUPPORT), "help, at any stage, without consequence"
        ),
        "consents": Key(MapOf(sharing.CONSENT, "a consent"), "permissions to disclose"),
        "letters": Key(MapOf(sharing.LETTER, "a letter"), "documents made from the case"),
        "notices": Key(MapOf(sharing.NOTICE, "a notice"), "what outside parties are told"),
        "places": Key(MapOf(sharing.PLACE, "a place"), "scarce things that people wait for"),
        "counts": Key(MapOf(sharing.COUNT, "a count"), "tallies without a name"),
        "retention": Key(ListOf(sharing.RETENTION), "how long what is kept"),
        "simulate": Key(sharing.SIMULATE, "read for form only until simulation is there"),
        "phases": Key(MapOf(courts.PHASES, "phases"), "numbered parts inside one stage"),
        "schedules": Key(MapOf(courts.SCHEDULE, "a schedule"), "tests on days drawn by lot"),
        "responses": Key(courts.RESPONSES, "what answers a behaviour: three lists kept apart"),
        "may_leave_out": Key(MAY_LEAVE_OUT, "what a profile may leave out, since another place may have no such thing"),
    },
)

CHAPTERS = {
    "sources": "source",
    "vocabularies": "vocabulary",
    "settings": "setting",
    "roles": "role",
    "bodies": "body",
    "facts": "fact",
    "tables": "table",
    "derived": "derived",
    "rules": "rule",
    "criteria": "criterion",
    "doors": "door",
    "stages": "stage",
    "steps": "step",
    "clocks": "clock",
    "obligations": "obligation",
    "sittings": "sitting",
    "support": "support",
    "consents": "consent",
    "letters": "letter",
    "notices": "notice",
    "places": "place",
    "counts": "count",
    "phases": "phases",
    "schedules": "schedule",
}
"""Chapter -> what each of its names is called."""
