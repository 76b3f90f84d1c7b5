"""Every rule is standard CEL too: on fully known cases the reference implementation gives the same answer."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from cel_expr_python import cel
from hypothesis import HealthCheck, given, settings

from amparo.pathways.rules import Kind, Records, Some
from amparo.pathways.rules.functions import years_between
from tests.pathways.rules.drawn import READ, cases, rules
from tests.pathways.rules.world import FACTS, READINGS, SETTINGS, TABLES, day, made

T = cel.Type
TYPES = {
    "yes_no": T.BOOL,
    "number": T.DOUBLE,
    "date": T.TIMESTAMP,
    "instant": T.TIMESTAMP,
    "duration": T.DURATION,
    "codes": T.STRING,
    "place": T.STRING,
    "some": T.List(T.STRING),
    "records": T.List(T.Map(T.STRING, T.DYN)),
    "table": T.Map(T.STRING, T.Map(T.STRING, T.DYN)),
}
"""Kinds that are no whole numbers there."""

VARIABLES = {
    name: TYPES.get(kind.name, T.INT)
    for name, kind in {**FACTS, **SETTINGS, **READINGS, **TABLES}.items()
    if name in READ or name in TABLES
}


def midnight(date: datetime.date) -> datetime.datetime:
    return datetime.datetime(date.year, date.month, date.day, tzinfo=datetime.UTC)


def function(name: str, takes: list[Any], gives: Any, does: Any) -> Any:
    return cel.FunctionDecl(name, [cel.Overload(name, gives, takes, impl=does)])


TWO = [T.TIMESTAMP, T.TIMESTAMP]
ENVIRONMENT = cel.NewEnv(
    variables=VARIABLES,
    functions=[
        function("years_between", TWO, T.INT, lambda one, other: years_between(one.date(), other.date())),
        function("days_between", TWO, T.INT, lambda one, other: (other - one).days),
        function("date_of", [T.TIMESTAMP], T.TIMESTAMP, lambda at: midnight(day(int(at.timestamp())))),
    ],
)


def theirs(kind: Kind, value: Any) -> Any:
    """A value of ours as the other implementation takes it."""
    match kind.name, value:
        case "date", _:
            return midnight(value)
        case "instant", _:
            return datetime.datetime.fromtimestamp(value, datetime.UTC)
        case "duration", _:
            return datetime.timedelta(seconds=value)
        case _, Decimal():
            return float(value)
        case _, Some():
            return list(value.codes)
        case _, Records():
            return [{name: theirs(each, item[name]) for name, each in kind.fields} for item in value.items]
    return dict(value) if isinstance(value, Mapping) else value


def peer(text: str, case: dict[str, Any]) -> Any:
    kinds = {**READ, **TABLES}
    result = ENVIRONMENT.compile(text).eval(
        data={name: theirs(kinds[name], case[name]) for name in VARIABLES}
    )
    return None if result.type() == T.ERROR else result.value()


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(rules(), cases(False))
def test_known_cases_are_answered_as_by_the_reference(text: str, case: dict[str, Any]) -> None:
    assert made(text).verdict(case.get, day) is peer(text, case)


@pytest.mark.parametrize(
    "text", ["age + 1 > 0", "age * age > 0", "0 - age - 2 < 0", "false && age + 1 > 0", "a || age * 2 > 0"]
)
def test_an_overflow_is_an_error_there_and_not_known_here(text: str) -> None:
    case = {**dict.fromkeys(READ), "age": 2**63 - 1, "a": False}
    data = {"age": case["age"], "a": False}
    result = ENVIRONMENT.compile(text).eval(data=data)
    other = None if result.type() == T.ERROR else result.value()
    assert made(text).verdict(case.get, day) is other


@pytest.mark.parametrize(
    "text",
    [
        "share >= 1",
        "age == share",
        "a > 1",
        "substance > 3",
        "agee > 1",
        "born + 1 > born",
        "!age",
        "age ? a : b",
    ],
)
def test_what_the_reference_refuses_is_refused_here(text: str) -> None:
    with pytest.raises(Exception, match="matching|undeclared|expected"):
        ENVIRONMENT.compile(text)
    with pytest.raises(Exception, match="·"):
        made(text)
