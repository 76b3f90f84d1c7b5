"""Two buildings of one day are alike; a day of the week is as good as another; what fails leaves nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from amparo.errors import AmparoError
from amparo.ledger.models import Coarse, Head, Summary
from amparo.people.models import Account
from amparo.training import build
from amparo.training import world as worlds
from amparo.training.play import Fault
from tests.training.conftest import TODAY, Build, taken_back

pytestmark = pytest.mark.django_db
SUNDAY = date(2026, 3, 8)
AFTER_CHRISTMAS = date(2026, 12, 28)


def everything() -> tuple[Any, ...]:
    """What a building leaves: the end of each case's chain, what lists show, what statistics keep."""
    heads = {head.case: (head.seq, bytes(head.hash)) for head in Head.objects.all()}
    rows = {
        row.case: (row.site, row.door, row.open, row.box, row.owner, row.due) for row in Summary.objects.all()
    }
    return heads, rows, {row.id: (row.stage, row.month) for row in Coarse.objects.all()}


@pytest.mark.slow
def test_two_buildings_of_one_day_are_alike(build_in: Build) -> None:
    with build_in(TODAY) as first:
        left = everything()
    with build_in(TODAY) as second:
        assert everything() == left
    assert first == second
    assert len(left[0]) == 60


@pytest.mark.slow
@pytest.mark.parametrize("today", [SUNDAY, AFTER_CHRISTMAS], ids=["a Sunday", "after Christmas"])
def test_any_day_will_do(build_in: Build, today: date) -> None:
    with build_in(today) as built:
        assert built.otherwise == ()


def test_a_world_needs_an_empty_database() -> None:
    Account.objects.create(username="ana", name="Ana")
    with pytest.raises(AmparoError, match="in use"):
        build.build(TODAY, print)


def test_no_history_begins_before_the_definition_holds() -> None:
    with pytest.raises(AmparoError, match="holds since 2023-10-01"):
        build.build(date(2025, 1, 2), print)


@pytest.mark.slow
def test_a_story_that_the_law_forbids_is_named_and_nothing_is_left(
    build_in: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    (whole,) = worlds.worlds()
    (fined,) = [story for story in whole.stories if story.name == "fine_paid"]
    unlawful = tuple(
        line
        if "step" not in line or line["step"] != "register_answers"
        else {**line, "facts": {"prior_entry": "no"}}
        for line in fined.lines
    )
    broken = whole._replace(stories=(fined._replace(lines=unlawful),), tour=())
    monkeypatch.setattr(worlds, "worlds", lambda folders: (broken,))
    with pytest.raises(Fault, match=r"Story fine_paid, line \d+ .*must_be"), build_in(TODAY):
        pass


def test_taking_away_spares_real_accounts() -> None:
    Account.objects.create(username="ana", name="Ana")
    with pytest.raises(AmparoError), taken_back():
        build.unbuild()
    assert Account.objects.count() == 1
