"""Generated source becomes a function. It sees what is listed here, and nothing else of Python but one."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from amparo.pathways.rules import functions
from amparo.pathways.rules.parts import Noted, whys

NAMESPACE: dict[str, Any] = {
    "__builtins__": {"enumerate": enumerate},
    "Decimal": Decimal,
    "datetime": datetime,
    "Noted": Noted,
    "whys": whys,
    "whole": functions.whole,
    "instant": functions.instant,
    "exact": functions.exact,
    "day_of": functions.day_of,
    "years_between": functions.years_between,
    "days_between": functions.days_between,
    "among": functions.among,
    "cell": functions.cell,
}


def function(source: str) -> Callable[..., Any]:
    """The function `rule` of generated source."""
    space = dict(NAMESPACE)
    exec(compile(source, "<rule>", "exec"), space)
    made: Callable[..., Any] = space["rule"]
    return made
