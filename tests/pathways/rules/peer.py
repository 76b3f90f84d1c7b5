"""The reference implementation of CEL, given our kinds: the peer whose answers ours must equal."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cel_expr_python import cel

from amparo.pathways.rules import Kind, Records, Some
from amparo.pathways.rules.functions import years_between
from tests.pathways.rules.world import day

T = cel.Type
ROW = T.Map(T.STRING, T.DYN)
TYPES = {
    "yes_no": T.BOOL,
    "number": T.DOUBLE,
    "date": T.TIMESTAMP,
    "instant": T.TIMESTAMP,
    "duration": T.DURATION,
    "codes": T.STRING,
    "place": T.STRING,
    "some": T.List(T.STRING),
    "records": T.List(ROW),
    "record": ROW,
    "table": T.Map(T.STRING, ROW),
}
"""Kinds that are no whole numbers there."""

TWO = [T.TIMESTAMP, T.TIMESTAMP]


def midnight(date: datetime.date) -> datetime.datetime:
    return datetime.datetime(date.year, date.month, date.day, tzinfo=datetime.UTC)


def function(name: str, takes: list[Any], gives: Any, does: Any) -> Any:
    return cel.FunctionDecl(name, [cel.Overload(name, gives, takes, impl=does)])


FUNCTIONS = [
    function("years_between", TWO, T.INT, lambda one, other: years_between(one.date(), other.date())),
    function("days_between", TWO, T.INT, lambda one, other: (other - one).days),
    function("date_of", [T.TIMESTAMP], T.TIMESTAMP, lambda at: midnight(day(int(at.timestamp())))),
]


class Peer:
    """The other implementation, knowing names of these kinds."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self.kinds = kinds
        variables = {name: TYPES.get(kind.name, T.INT) for name, kind in kinds.items()}
        self.environment = cel.NewEnv(variables=variables, functions=FUNCTIONS)

    def answer(self, text: str, case: Mapping[str, Any]) -> Any:
        """Its answer where the case knows all names; None for an error. Raises where it refuses the rule."""
        data = {name: theirs(kind, case[name]) for name, kind in self.kinds.items() if name in case}
        result = self.environment.compile(text).eval(data=data)
        return None if result.type() == T.ERROR else result.value()


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
