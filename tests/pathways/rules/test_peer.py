"""Every rule is standard CEL too: on fully known cases the reference implementation gives the same answer."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.pathways.rules.drawn import READ, cases, rules
from tests.pathways.rules.peer import Peer
from tests.pathways.rules.world import TABLES, day, made

PEER = Peer({**READ, **TABLES})


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(rules(), cases(False))
def test_known_cases_are_answered_as_by_the_reference(text: str, case: dict[str, Any]) -> None:
    assert made(text).verdict(case.get, day) is PEER.answer(text, case)


@pytest.mark.parametrize(
    "text",
    ["age + 1 > 0", "age * age > 0", "0 - age - 2 < 0", "a && age + 1 > 0", "!a || age * 2 > 0"],
)
def test_an_overflow_is_an_error_there_and_not_known_here(text: str) -> None:
    case = {"age": 2**63 - 1, "a": False}
    assert made(text).verdict(case.get, day) is PEER.answer(text, case)


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
        PEER.answer(text, {})
    with pytest.raises(Exception, match="·"):
        made(text)
