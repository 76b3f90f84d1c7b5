"""A number that nobody entered is said together with what is not watched for want of it."""

from __future__ import annotations

from amparo.desk.site import watched
from tests.cases.test_rounds import RHYTHM, UNSET, court


def test_a_phase_without_its_days_is_not_watched() -> None:
    assert watched.words(court(), "last_least") == "not entered; not watched: third light"


def test_a_phase_without_its_rhythm_leaves_the_sittings_unwatched() -> None:
    said = watched.words(court(UNSET, RHYTHM), "second_rhythm")
    assert said == "not entered; not watched: next sitting and second light"


def test_days_drawn_by_lot_are_not_watched_without_their_number() -> None:
    assert watched.words(court(), "days_a_week") == "not entered; not watched: test"
