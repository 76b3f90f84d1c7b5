"""The counts of a site: by door and month, deaths apart, and few told as few."""

from __future__ import annotations

from amparo.desk.tallies.view import doors, number
from amparo.ledger.months import Came, Year
from tests.cases.harvest import harvest

LEAD = harvest("us-lead").pathway
DOOR = "arrest_diversion"


def table(*came: Came) -> dict[str, dict[str, str]]:
    (door,) = doors(LEAD, Year(came, whole=True))
    return {line.title: dict(line.cells) for line in door.lines} | {
        "": {"died": door.died, "rare": door.rare}
    }


def test_a_line_a_month_with_what_was_offered_and_declined_beside_it() -> None:
    found = table(
        Came(DOOR, "", 12, {"accepted": 12, "died": None}, {"no_thanks": 9}),
        Came(DOOR, "2026-11", 7, {"accepted": 7, "died": None}, {"no_thanks": 9}),
        Came(DOOR, "2026-10", 5, {"accepted": 5, "supported": None}, {}),
    )
    assert found["November 2026"] == {
        "Came in": "7", "Offered, said no": "9", "Not offered": "0", "Said yes": "7",
    }  # fmt: skip
    assert found["October 2026"]["Offered, said no"] == "0"
    assert found[""] == {"died": "not told", "rare": "Supported"}


def test_few_are_said_as_few_and_a_sum_that_would_tell_them_is_not_told() -> None:
    assert (number(None), number(None, whole=True), number(0)) == ("fewer than 5", "not told", "0")


def test_nothing_stands_beside_a_door_of_which_nobody_died() -> None:
    assert table(Came(DOOR, "", 5, {}, {}))[""]["died"] == ""
