"""Keys of choices, of the exits of stages, and of terms."""

from __future__ import annotations

from typing import Any

from amparo.pathways.grammar.atoms import CODE, RULE, exactly_one
from amparo.pathways.records import Key, ListOf, MapOf, Record, Rows
from amparo.simulation.evidence import model
from amparo.simulation.evidence.forms import (
    REF,
    SHARE,
    Constant,
    Wrong,
)
from amparo.simulation.evidence.keys_of_values import (
    SHARES_BY_CODE,
    THING,
    TIMES,
)

SHARES = MapOf(SHARE, "a step", pattern=THING)


def _given(values: dict[str, Any]) -> Wrong:
    if "otherwise" in values and not {"if_", "shares"} & values.keys():
        values["shares"] = values.pop("otherwise")
        values["if_"] = None
    elif "otherwise" in values or not {"if_", "shares"} <= values.keys():
        yield "Y2", "a row is {if, shares}, or {otherwise}", "write one of the two"


GIVEN = Record(
    "shares for some",
    model.Given,
    {
        "if": Key(RULE, "a rule over facts and columns"),
        "shares": Key(SHARES, "step → share"),
        "otherwise": Key(SHARES, "the last row: step → share"),
    },
    settle=_given,
)


def _made_choice(
    where: Any, after: Any = None, shares: Any = None, given: Any = None, times: Any = None
) -> model.Choice:
    rows = given or (model.Given(where=where, if_=None, shares=shares),)
    return model.Choice(where=where, after=after, given=rows, times=times or {})


CHOICE = Record(
    "how a choice is made",
    _made_choice,
    {
        "after": Key(REF, "the duration until it is made; without it, at once"),
        "shares": Key(SHARES, "step → share"),
        "given": Key(Rows(GIVEN), "shares by rules over facts and columns"),
        "times": Key(TIMES, "`<column>.<code>` → what the hazard of the duration is multiplied by"),
    },
    settle=lambda values: exactly_one(values, "shares", "given"),
)


def _exit(values: dict[str, Any]) -> Wrong:
    hazard, waits = "hazard" in values, {"delay", "after_late"} & values.keys()
    if hazard and (waits or "share" in values):
        yield "Y2", "a hazard stands beside a delay or share", "write {hazard}, or {delay, share}"
    elif not hazard and not waits:
        yield "Y2", "nothing says when this happens", "write hazard, or delay and share"


EXIT = Record(
    "how often something happens",
    model.Exit,
    {
        "hazard": Key(REF, "events a time, as long as it can happen"),
        "delay": Key(REF, "the duration until it happens"),
        "share": Key(SHARE, "of people to whom it happens after the delay; without it, all"),
        "after_late": Key(
            CODE, "the clock from whose end the delay counts; without it, from entering the stage"
        ),
        "by": Key(SHARES_BY_CODE, "column → code → the hazard or share of these people instead"),
        "times": Key(TIMES, "`<column>.<code>`, … → what the hazard is multiplied by"),
    },
    short="hazard",
    settle=_exit,
)
STAGE = Record(
    "the exits of a stage",
    lambda where, exits: exits,
    {"exits": Key(MapOf(EXIT, "a step or event", pattern=THING), "how it is left", must=True)},
)


def _term(values: dict[str, Any]) -> Wrong:
    if "shares" in values and len(values["shares"]) != len(values.get("choose", ())):
        yield "Y2", "`choose` and `shares` are not as long as each other", "write one share for each value"
    elif ("shares" in values) != ("choose" in values):
        yield "Y2", "`choose` and `shares` go together", "write both"
    else:
        yield from exactly_one(values, "choose", "value")


def _made_term(where: Any, choose: Any = (), shares: Any = (), value: Any = None) -> model.TermDraw:
    if value is not None:
        always = model.Option(where=where, value=value, share=model.Ref(model.REST, where))
        return model.TermDraw(where=where, options=(always,))
    pairs = zip(choose, shares, strict=True)
    return model.TermDraw(
        where=where,
        options=tuple(model.Option(where=share.where, value=each, share=share) for each, share in pairs),
    )


TERM = Record(
    "how a term is drawn",
    _made_term,
    {
        "choose": Key(ListOf(Constant()), "its values"),
        "shares": Key(ListOf(SHARE), "one for each"),
        "value": Key(Constant(), "the same always"),
    },
    short="value",
    settle=_term,
)
