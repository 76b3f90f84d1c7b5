"""Two buildings of one day are alike; a day of the week is as good as another; what fails leaves nothing."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from amparo.errors import AmparoError
from amparo.ledger import log
from amparo.ledger.models import Coarse, Head, Summary
from amparo.pathways import calendar
from amparo.people.models import Account
from amparo.training import build
from amparo.training import world as worlds
from amparo.training.play import Fault
from tests.training.conftest import TODAY, Build, taken_back

pytestmark = pytest.mark.django_db
SUNDAY_AFTER_CHRISTMAS = date(2026, 12, 27)


def stories(programme: str) -> int:
    """How many stories the world of a programme tells."""
    return sum(len(one.stories) for one in worlds.worlds() if one.programme == programme)


def everything() -> tuple[Any, ...]:
    """What a building leaves: the end of each case's chain, what lists show, what statistics keep."""
    heads = {head.case: (head.seq, bytes(head.hash)) for head in Head.objects.all()}
    rows = {
        row.case: (row.site, row.door, row.open, row.box, row.owner, row.due) for row in Summary.objects.all()
    }
    return heads, rows, {row.id: (row.stage, row.month) for row in Coarse.objects.all()}


@pytest.mark.slow
def test_two_buildings_of_one_day_are_alike(build_in: Build) -> None:
    some = ("us-lead", "prosecution")  # one alone, and one beside another
    with build_in(TODAY, only=some) as first:
        left = everything()
    with build_in(TODAY, only=some) as second:
        assert everything() == left
    assert first == second
    assert len(left[0]) == len(first.cases)


@pytest.mark.slow
def test_a_sunday_between_holidays_will_do(build_in: Build) -> None:
    with build_in(SUNDAY_AFTER_CHRISTMAS) as built:
        assert built.otherwise == ()


@pytest.mark.slow
def test_in_a_world_built_at_night_nothing_lies_in_the_future(build_in: Build) -> None:
    now = calendar.at(TODAY, time(0, 5), "Europe/Lisbon")
    with build_in(TODAY, now, ("pt-dissuasion", "us-lead")) as built:  # east and west of that night
        erased = {x.name for one in worlds.worlds() for x in one.stories if x.then.get("erased") == "yes"}
        logs = [log.load(case) for name, case in built.cases.items() if name not in erased]
        assert max(event.recorded for one in logs for event in one.events) <= built.moment == now
        # an approach that nobody answered goes with a tick, which may still lie ahead
        assert [line for line in built.otherwise if "erased" not in line] == []


def test_a_world_needs_an_empty_database() -> None:
    Account.objects.create(username="ana", name="Ana")
    with pytest.raises(AmparoError, match="A training world needs a database of its own"):
        build.build(TODAY, print)


def test_the_roots_of_another_ledger_are_left_alone(tmp_path: Path) -> None:
    roots = tmp_path / "roots.jsonl"
    roots.write_text('{"n": 1, "at": 1, "items": 1, "root": "00", "signature": "00"}\n')
    with (
        override_settings(AMPARO_CHECKPOINT_FILE=roots),
        pytest.raises(AmparoError, match="roots of a ledger"),
    ):
        build.build(TODAY, print)
    assert roots.exists()


def test_no_history_begins_before_the_definition_holds() -> None:
    with pytest.raises(AmparoError, match="holds since 2023-10-01"):
        build.build(date(2025, 1, 2), print)


@pytest.mark.slow
def test_a_story_that_the_law_forbids_is_named_and_nothing_is_left(
    build_in: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    (whole,) = (one for one in worlds.worlds() if any(story.name == "fine_paid" for story in one.stories))
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


# ------------------------------------------------------------------------------------------ the command
def demo(folder: Path, programme: str) -> subprocess.Popen[str]:
    """`demo --build-only` in a process of its own, on a data folder of its own."""
    told = {"AMPARO_DATA": str(folder), "AMPARO_TRAINING": "1", "DJANGO_SETTINGS_MODULE": "amparo.settings"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "PG"))}
    command = [
        sys.executable,
        "-m",
        "django",
        "demo",
        "--build-only",
        "--today",
        TODAY.isoformat(),
        "--only",
        programme,
    ]
    at_once = {"PYTHONUNBUFFERED": "1"}  # a line that is waited for must arrive while the building goes on
    return subprocess.Popen(command, env=kept | told | at_once, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_a_building_that_is_killed_begins_anew(tmp_path: Path) -> None:
    with demo(tmp_path, "pt-dissuasion") as killed:
        assert killed.stdout is not None
        next(line for line in killed.stdout if line.startswith("  2025"))
        killed.kill()
    with sqlite3.connect(tmp_path / "amparo.sqlite3") as left:
        assert left.execute("SELECT count(*) FROM people_account").fetchone() == (0,)
    with demo(tmp_path, "pt-dissuasion") as again:
        said, _ = again.communicate()
    assert again.returncode == 0
    assert f"{stories('pt-dissuasion')} cases" in said
    assert len(json.loads((tmp_path / "training.json").read_text())["cases"]) == stories("pt-dissuasion")


def test_a_world_that_is_not_there_is_named() -> None:
    with pytest.raises(AmparoError, match="is called pt-disuasion"):
        build.build(TODAY, print, None, ("pt-disuasion",))
