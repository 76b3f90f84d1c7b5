"""A small invented programme for the tests of rules: what is declared, and how a case answers."""

import datetime
from decimal import Decimal
from typing import Any

from amparo.pathways.rules import (
    COUNT,
    DATE,
    DURATION,
    INSTANT,
    LENGTH,
    MASS,
    NUMBER,
    SCORE,
    TEXT,
    YES_NO,
    Answer,
    Compiled,
    Dated,
    Declaration,
    Kind,
    RuleFault,
    Scope,
    check,
    check_rules,
    codes,
    compile_rule,
    money,
    place,
    records,
    some,
    table,
    with_rules,
)

SUBSTANCES = ("heroin", "cannabis", "mdma", "khat")
STAGES = ("reported", "hearing", "filed")
GROUNDS = ("missed", "late", "test_result")

FACTS: dict[str, Kind] = {
    "a": YES_NO,
    "b": YES_NO,
    "c": YES_NO,
    "age": COUNT,
    "other_age": COUNT,
    "share": NUMBER,
    "other_share": NUMBER,
    "mass": MASS,
    "other_mass": MASS,
    "price": money("EUR"),
    "other_price": money("EUR"),
    "dollars": money("USD"),
    "born": DATE,
    "decided_on": DATE,
    "occurred_at": INSTANT,
    "ended_at": INSTANT,
    "stay": DURATION,
    "substance": codes(SUBSTANCES),
    "other_substance": codes(SUBSTANCES),
    "ground": codes(GROUNDS),
    "grounds": some(GROUNDS),
    "items": records(
        {"substance": codes(SUBSTANCES), "mass": MASS, "weighed": YES_NO, "grounds": some(GROUNDS)}
    ),
    "home": place(),
    "area": place(),
    "words": TEXT,
    "risk": SCORE,
}
SETTINGS: dict[str, Kind] = {"old_rule": YES_NO, "limit": MASS, "term": LENGTH, "watched": some(GROUNDS)}
READINGS: dict[str, Kind] = {
    "times.report": COUNT,
    "times.suspend": COUNT,
    "late.exam": YES_NO,
    "last.decision": codes(("", "fine", "suspend")),
    "since.report": INSTANT,
    "stage": codes(STAGES),
    "now": INSTANT,
    "today": DATE,
}
TABLES: dict[str, Kind] = {"ten_day": table(SUBSTANCES, {"amount": MASS, "conflict": YES_NO})}

DECLARED: dict[str, Declaration] = {
    **{name: Declaration("fact", kind) for name, kind in FACTS.items()},
    **{name: Declaration("setting", kind) for name, kind in SETTINGS.items()},
    **{name: Declaration("reading", kind) for name, kind in READINGS.items()},
    **{name: Declaration("table", kind) for name, kind in TABLES.items()},
    "threshold": Declaration("derived", records({"answer": codes(("above", "below")), "mass": MASS})),
}
SCOPE = Scope(DECLARED, {"sex": "a demographic fact"})

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
ROWS = {"heroin": {"amount": 1_000_000, "conflict": False}, "mdma": {"amount": None, "conflict": True}}


def day(instant: int) -> datetime.date:
    """The civil day at a site one hour east of UTC."""
    return (EPOCH + datetime.timedelta(seconds=instant + 3600)).date()


def made(text: str, rules: dict[str, Any] | None = None, kind: Kind | None = None) -> Compiled:
    """A rule of the small programme, ready to be asked; `rules` are other rules, as texts or versions."""
    named: dict[str, Dated] = check_rules(rules or {}, SCOPE)
    return compile_rule(check(text, with_rules(SCOPE, named), kind), named)


def asked(text: str, rules: dict[str, Any] | None = None, /, **facts: Any) -> Any:
    """The answer of a rule where the case knows these facts."""
    return made(text, rules).verdict(known(facts).get, day)


def explained(text: str, rules: dict[str, Any] | None = None, /, **facts: Any) -> Answer:
    return made(text, rules).explain(known(facts).get, day)


def known(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts by keyword, `law_date` standing for 'law date' and `times_report` for the reading."""
    names = {"law_date": "law date", **{name.replace(".", "_"): name for name in READINGS}}
    return {names.get(name, name): value for name, value in facts.items()}


def fault(text: str, scope: Scope = SCOPE, kind: Kind | None = None) -> RuleFault:
    """Why a rule is refused."""
    try:
        check(text, scope, kind)
    except RuleFault as found:
        return found
    raise AssertionError(f"not refused: {text}")


def decimal(text: str) -> Decimal:
    return Decimal(text)
