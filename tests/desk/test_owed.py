"""What the file of a case leads to first: what is owed, and never what goes against the person."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import cast

from amparo.desk import homes
from amparo.desk.case import owed
from amparo.desk.scene import Scene
from amparo.pathways.reader import programme
from tests.desk.conftest import As, suspending, voted, words


def _filled(page: str) -> str:
    """The words of the filled button, '' if there is none."""
    found = re.findall(r'class="btn go"[^>]*>(.*?)</a>', page, flags=re.S)
    return re.sub(r"<[^>]+>", "", found[0]).strip() if found else ""


def _suspended(signed_in: As, case: str) -> None:
    president, step = signed_in("president"), f"/case/{case}/choice/decision/"
    typed = voted(president, step, suspending("12"))
    president.post(president.post(step, {**typed, "then": "write"})["Location"])


def test_a_letter_that_waits_is_owed_first(signed_in: As, sitting: str) -> None:
    _suspended(signed_in, sitting)
    page = signed_in("president").get(f"/case/{sitting}/").content.decode()
    assert _filled(page).startswith("Open Hand over or send:")


def test_what_goes_against_the_person_is_never_filled(signed_in: As, sitting: str) -> None:
    _suspended(signed_in, sitting)
    for login in ("president", "clerk", "technician"):
        page = signed_in(login).get(f"/case/{sitting}/")
        assert "Proceedings go on" not in _filled(page.content.decode()), login
    assert "Proceedings go on" in words(signed_in("president").get(f"/case/{sitting}/"))


def test_a_rhythm_that_nothing_else_keeps_is_kept_by_what_begins_it_anew() -> None:
    lead, court = programme("us-lead"), programme("nz-treatment-court")
    here, there = (SimpleNamespace(pathway=p) for p in (lead, court))
    assert homes.kept_by(cast(Scene, here), lead.clocks["rhythm"]) == ("try_contact",)
    assert homes.kept_by(cast(Scene, there), court.clocks["appearance"]) == ("sit",)


def test_what_ends_a_case_stands_behind_the_work() -> None:
    assert owed.STAYS < owed.ENDS and owed.ENDS not in owed.FILLED


def test_the_step_whose_clock_runs_is_filled(signed_in: As, reported: str) -> None:
    page = signed_in("clerk").get(f"/case/{reported}/").content.decode()
    assert "received" in _filled(page).lower()
