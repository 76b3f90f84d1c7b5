"""Who is in the room without a vote sees what the room sees, and only as long as it sits."""

import pytest

from amparo.ledger import ties
from amparo.pathways import reader
from tests.cases.play import SEATS, Play
from tests.cases.test_items import TEXT

MEMBERS = tuple(SEATS)


def session(who: str) -> Play:
    text = TEXT.replace("    chair: president\n", "    chair: president\n    attends: [helper]\n")
    play = Play(reader.read_text(text.encode(), "quay.yaml")).open().when("2024-03-05 09:00")
    play.step("take_on", facts={"here": True}).later()
    play.put(play.request("clerk", (), verb="assign", args={"role": who, "who": "hanna"}))
    return play.later().sit(*SEATS)


def test_whoever_is_assigned_in_a_role_that_attends_is_in_the_room():
    assert ties.attending(session("helper").case) == ("hanna",)


def test_whoever_is_assigned_in_another_role_is_not():
    assert ties.attending(session("guardian").case) == ()


def test_without_a_session_nobody_is_in_the_room():
    assert ties.attending(Play().open().case) == ()


def stepped(do: str) -> Play:
    """A sitting in which one member stepped back, or was impeded when it was opened."""
    play = Play().open().when("2024-03-05 09:00")
    play.step("take_on", facts={"here": True}).later()
    if do == "impeded":
        return play.sit(*MEMBERS[:2], impeded={MEMBERS[2]: "ill"})
    play.sit(*SEATS).later()
    play.put(play.request("clerk", (), verb="sit", args={"do": "recuse", "who": MEMBERS[2], "code": "ill"}))
    return play


@pytest.mark.parametrize("do", ["impeded", "recused"])
def test_who_does_not_decide_in_a_sitting_has_no_part_in_it(do: str) -> None:
    case = stepped(do).case
    assert MEMBERS[2] in case.sitting.members
    assert ties.sitting_members(case) == tuple(MEMBERS[:2])
