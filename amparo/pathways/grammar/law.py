"""Keys of what a pathway knows and decides by: sources, settings, roles, bodies, facts, tables, rules,
criteria.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from amparo.pathways import model
from amparo.pathways.forms import Choice, Name
from amparo.pathways.grammar.atoms import (
    ALL_OR_NONE,
    ANY,
    CODE,
    CONSENTS,
    DOORS,
    FACT,
    MAY_REPLACE,
    NUMBER,
    REACHED,
    ROLE,
    ROLES,
    RULE,
    SEEN,
    STAGE,
    TEXT,
    VOCABULARY,
    YES,
    Wrong,
    element,
    exactly_one,
    period,
    row,
)
from amparo.pathways.records import Either, Key, ListOf, MapOf, Record
from amparo.pathways.typed import Dated, OrGap, SettingOr, TableRows, Typed, TypeOf, Words
from amparo.pathways.words import PLATFORM_ROLES

SOURCE = element(
    "a source",
    model.Source,
    {
        "title": Key(Words(plain=True), "its name", must=True),
        "url": Key(ANY, "where it can be read"),
        "mark": Key(Words(plain=True), "what stands before a place in it: `art.`, `s`, `§`"),
        "marks": Key(Words(plain=True), "what stands before several places (default: `mark`)"),
        "read": Key(
            Choice(("whole", "part", "second_hand", "not_read")), "how much of it was read", must=True
        ),
    },
)

LIMITS = Record(
    "limits",
    lambda where, **values: model.Limits(**values),
    {
        "at_least": Key(Typed(), "the least value there can be"),
        "at_most": Key(Typed(), "the greatest value there can be"),
    },
)


def _setting(values: dict[str, Any]) -> Wrong:
    yield from exactly_one(values, "value", "unset")
    if values.pop("unset", True) is False:
        yield "Y2", "`unset: no` says nothing", "write the value"


SETTING = element(
    "a setting",
    model.Setting,
    {
        "type": Key(TypeOf(), "its type", must=True),
        "value": Key(Dated(Typed(), period("a period of a setting", "value", OrGap(Typed()))), "its value"),
        "unset": Key(YES, "`yes`: nobody has settled it; rules that read it answer *not known*"),
        "limits": Key(LIMITS, "between which values a site may choose"),
        "site_may": Key(YES, "whether a site may enter a value, with source and date (default yes)"),
    },
    settle=_setting,
)

SEES = element(
    "sees",
    model.Sees,
    {
        "cases": Key(
            Choice(("none", "own", "assigned", "sitting", "site", "programme")),
            "through which relation a case is seen at all",
            must=True,
        ),
        "facts": Key(
            ListOf(replace(SEEN, removes=True), {"none": ()}), "classes and facts; `-name` takes one away"
        ),
        "milestones": Key(REACHED, "milestones that are told"),
        "stages": Key(ListOf(STAGE, ALL_OR_NONE), "stages seen by name; `none` hides open and closed too"),
        "steps": Key(
            ListOf(Name("a step", ("step",), ("own",)), ALL_OR_NONE),
            "steps seen; `own`: those the actor took",
        ),
        "letters": Key(ListOf(Name("a letter", ("letter",)), ALL_OR_NONE), "letters seen"),
        "own": Key(YES, "adds what the actor recorded, and the letters of their own steps"),
        "doors": Key(DOORS, "only cases that came in by these doors"),
        "support": Key(
            Choice(("none", "own", "all")), "needs, offers and referrals; `own`: made by or to the role"
        ),
        "with_consent": Key(CONSENTS, "what each live consent of these kinds adds"),
    },
)

ROLE_ = element(
    "a role",
    model.Role,
    {
        "is": Key(
            Choice(PLATFORM_ROLES, called="a role of the platform"),
            "which role of the platform it is",
            must=True,
        ),
        "sees": Key(SEES, "what it may see; without it, nothing"),
    },
)

QUALITY = element(
    "a quality",
    model.Quality,
    {
        "quality": Key(CODE, "such as `jurist`", must=True),
        "number": Key(NUMBER, "how many members have it", must=True),
        "blocks": Key(YES, "whether a gap blocks deciding (default: it is flagged)"),
    },
)

FEWER = element(
    "fewer",
    model.Fewer,
    {
        "number": Key(NUMBER, "the fewest who may sit when the others are impeded", must=True),
        "reasons": Key(VOCABULARY, "the codes of impediments"),
        "vacancy": Key(SettingOr(YES), "whether an empty seat is an impeded member"),
        "casting_vote": Key(YES, "whether the chair decides a tie"),
    },
)

BODY = element(
    "a body",
    model.Body,
    {
        "made_of": Key(MapOf(NUMBER, "a role", key=ROLE), "how many of each role", must=True),
        "must_include": Key(ListOf(QUALITY), "qualities among the members named"),
        "sits_with": Key(NUMBER, "how many sit", must=True),
        "fewer": Key(FEWER, "when fewer may sit"),
        "chair": Key(CODE, "the quality of the one who leads"),
        "votes": Key(Choice(("majority", "consensus", "chair")), "how it decides (default majority)"),
        "attends": Key(ROLES, "who is present and never votes"),
        "impediments": Key(VOCABULARY, "the codes of why a member does not sit (default: those of `fewer`)"),
        "profile": MAY_REPLACE,
    },
)


def _fact(values: dict[str, Any]) -> Wrong:
    fields = values.pop("each", None)
    if (values["type"].kind == "list") != (fields is not None):
        yield "Y2", "`each` goes with `type: list`", "write both, or neither"
    elif fields is not None:
        values["type"] = replace(values["type"], each=fields)


FACT_ = element(
    "a fact",
    model.Fact,
    {
        "type": Key(TypeOf(), "its type", must=True),
        "each": Key(MapOf(TypeOf(), "a field"), "the fields of a list's records"),
        "class": Key(Name("a class of facts", ("class",)), "who may see it (see `sees`)", must=True),
        "from": Key(
            ListOf(Name("a role or body", ("role", "body"), ("person", "steps"))),
            "whose word it is; `steps`: told only by a step's `sets`",
            must=True,
        ),
        "about": Key(
            Name("a role", ("role",), ("harmed",)), "another person in the case whose file holds it"
        ),
        "finding": Key(YES, "told only in a step by that body or role, by judgment"),
        "attested": Key(
            VOCABULARY, "a yes or no with a reason code from an authority; nothing behind it is kept"
        ),
        "or_from": Key(RULE, "computes it while nobody has told it"),
        "applies_if": Key(RULE, "where this is false, the fact does not apply"),
        "limits": Key(LIMITS, "values it can have"),
        "prompt": Key(Choice(("ask", "never")), "`never`: never named as what would open a door"),
        "say": Key(TEXT, "read aloud when acceptance is asked"),
        "ask_again": Key(YES, "`no`: a refusal answers every later ask"),
        "lasts": Key(
            Choice(("phase",)), "`phase`: it is said of the present phase, and not known once another begins"
        ),
    },
    settle=_fact,
)

TABLE = element(
    "a table",
    model.Table,
    {
        "by": Key(VOCABULARY, "the vocabulary of its row codes", must=True),
        "columns": Key(MapOf(TypeOf(), "a column"), "its columns and their types", must=True),
        "versions": Key(
            ListOf(period("a version of a table", "rows", OrGap(TableRows()))), "periods", must=True
        ),
    },
)


def _derived(values: dict[str, Any]) -> Wrong:
    yield from exactly_one(values, "group", "choose")
    needed = ("by",) if "group" in values else ("type",)
    for key in needed:
        if key not in values:
            yield "Y2", f"a derived value lacks '{key}'", f"write {key}: …"


CHOOSE = row("a row of `choose`", model.Choose, "then", Typed())
DERIVED = element(
    "a derived value",
    model.Derived,
    {
        "group": Key(FACT, "a list whose records are put together"),
        "by": Key(CODE, "one record for each value of this field"),
        "sum": Key(ListOf(CODE), "fields that are added up; with one not known, the sum is not known"),
        "all": Key(
            MapOf(RULE, "a name"), "a yes or no for each record: true where the rule is true of all in it"
        ),
        "for_each": Key(
            Name("a list or derived value", ("fact", "derived")), "adds `.answer` to each record"
        ),
        "type": Key(TypeOf(), "the type of the answer"),
        "choose": Key(ListOf(CHOOSE), "the first row that is true"),
    },
    settle=_derived,
)


def _named(values: dict[str, Any]) -> Wrong:
    yield from exactly_one(values, "is_", "versions")


PERIODS = ListOf(period("a period of a rule", "is", OrGap(RULE)))
NAMED_RULE = element(
    "a rule",
    model.NamedRule,
    {"is": Key(RULE, "the rule"), "versions": Key(PERIODS, "periods of it")},
    short="is",
    settle=_named,
)


class _RuleOrPeriods(Either):
    """A bare list of periods is `{versions: …}`."""

    def read(self, reading: Any, node: Any, around: Any) -> Any:
        found = super().read(reading, node, around)
        return model.NamedRule(where=around.where, versions=found) if isinstance(found, tuple) else found


RULES = _RuleOrPeriods(scalar=NAMED_RULE, seq=PERIODS, map=NAMED_RULE)


def _criterion(values: dict[str, Any]) -> Wrong:
    yield from exactly_one(values, "holds", "versions")


CRITERION = element(
    "a criterion",
    model.Criterion,
    {
        "holds": Key(RULE, "the rule"),
        "versions": Key(ListOf(period("a period of a criterion", "holds", OrGap(RULE))), "periods of it"),
        "say": Key(TEXT, "the sentence for people", must=True),
        "otherwise": Key(TEXT, "what is said where it does not hold, or its facts may not be asked for"),
        "waived_by": Key(ROLES, "who may pass it, with a reason, recorded"),
        "profile": MAY_REPLACE,
    },
    settle=_criterion,
)
