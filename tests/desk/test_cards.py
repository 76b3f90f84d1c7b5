"""A door is offered once nothing more can be answered here, though somebody else has still to say something."""

from __future__ import annotations

from typing import Any

from amparo.cases.eligibility import AtDoor, questions, verdicts
from amparo.desk.doors.cards import is_for_others
from amparo.pathways import reader
from tests.cases.test_next_question import LATER
from tests.cases.test_which_door import SITE, T


def left(**answers: Any) -> bool:
    door = (AtDoor(reader.read_text(LATER, "ward.yaml"), SITE, "gate"),)
    (found,) = verdicts(door, answers, T)
    return is_for_others(questions(door), found)


def test_what_a_supervisor_says_later_keeps_nothing_from_being_offered() -> None:
    assert left(armed=False)


def test_while_something_can_still_be_answered_here_it_is_not_offered() -> None:
    assert not left()


def test_what_is_not_open_is_not_offered() -> None:
    assert not left(armed=True)
