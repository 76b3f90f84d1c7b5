"""The one next step: no answer named before the others, nothing that only has to pass, and the letter that waits."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from amparo.cases.model import Obligation
from amparo.desk import homes, others
from amparo.desk.case import beside, doing, owed, recorded
from amparo.desk.doors import filled
from amparo.desk.obligations import rows as items
from amparo.desk.obligations.money import Sum
from amparo.desk.scene import Scene
from amparo.desk.times import Clockwork
from amparo.desk.typed import Drawing
from amparo.desk.worklist import rows
from amparo.pathways.reader import programme
from amparo.people.models import Site
from tests.desk.conftest import browser_of, words
from tests.desk.test_at_once import scene
from tests.desk.test_panel import house, hui, referred, sits, step

__all__ = ["house", "hui", "sits"]

DAY, NOON = 86400, 1764068400  # 25 November 2025, 11:00 in Lisbon


def stub(name: str, role: str = "", **view: Any) -> Scene:
    """As much of a page as these words need."""
    seen = SimpleNamespace(case="c", letters=(), timeline=(), support=(), state={}, stage_since=None, **view)
    clock = Clockwork("Europe/Lisbon", NOON)
    return cast(Scene, SimpleNamespace(pathway=programme(name), role=role, view=seen, clock=clock))


# ------------------------------------------------------------------------------------------------ to be decided
@pytest.fixture
def declined(house: Site) -> str:
    """A referral that the provider declined: Police decide."""
    case = referred()
    step("sergeant", case, "agree_referral", facts={"warning_not_enough": True})
    return step("coordinator", case, "decline", facts={"declined_because": "out_of_area"})


def test_what_police_are_to_decide_names_none_of_its_ways_first(declined: str) -> None:
    sergeant = browser_of("sergeant")
    page = sergeant.get(f"/case/{declined}/")
    assert "Next Police to decide" in words(page) and "Give it back to the provider" in words(page)
    assert 'class="btn go"' not in page.content.decode()
    assert f'href="/case/{declined}/#can"' in sergeant.get("/").content.decode()


def test_a_hui_leads_to_its_decision_and_not_to_the_name_of_its_clock(sits: str) -> None:
    assert "Next Decision" in words(browser_of("ana").get(f"/case/{sits}/"))


def test_one_is_led_to_the_end_of_what_was_completed_and_to_no_other_end() -> None:
    panel = stub("nz-panel")
    assert not homes.leaves(panel, "complete") and homes.leaves(panel, "no_further_action")
    assert homes.against(panel, "return_to_police") and not homes.against(panel, "complete")


# ------------------------------------------------------------------------------------------------ letters
def test_a_letter_of_this_hour_goes_out_today_and_is_late_for_nobody(declined: str) -> None:
    page = words(browser_of("coordinator").get(f"/case/{declined}/"))
    assert "Hand over or send: the panel cannot take this To Mia Modelo, today." in page
    assert "to be handed over today" in page


@pytest.mark.parametrize(
    ("due", "said"), [(-DAY, "waiting since"), (-60, "today."), (60, "by "), (DAY, "by ")]
)
def test_a_letter_says_since_when_it_waits_or_by_when_it_goes(due: int, said: str) -> None:
    assert said in doing._waiting(stub("nz-warning"), NOON + due)


def test_a_letter_that_others_left_stands_behind_what_the_reviewer_is_to_decide() -> None:
    letter = SimpleNamespace(letter="warning_letter", state="due", due=NOON - DAY)
    at = {"stage": "disputed", "letters": (letter,), "stage_since": NOON}
    for role, left in (("reviewer", True), ("supervisor", False)):
        found = owed.letters(_with(stub("nz-warning", role), at))
        assert bool(found.left) is left and bool(found.first) is not left, role


def _with(page: Scene, more: dict[str, Any]) -> Scene:
    assert page.view is not None
    vars(page.view).update(more)
    return page


def test_where_nobody_is_to_confirm_anything_no_receipts_are_counted() -> None:
    counts = SimpleNamespace(asked=0, received=0, letters=1)
    said = beside.receipts_words(_with(stub("nz-warning"), {"receipts": counts}))
    assert said.startswith("1 letter is still to be handed over.") and "0 of 0" not in said


# ------------------------------------------------------------------------------------------------ a time that passes
def test_nobody_waits_for_a_person_to_disagree() -> None:
    warning = programme("nz-warning")
    window = warning.clocks["window"]
    views = (SimpleNamespace(name="window", waits=True, state="running"),)
    page = _with(stub("nz-warning", "reviewer", stage="standing"), {"clocks": views})
    assert homes.ours(page, window, window.stops) == ("settle",)
    assert others.of_clock(page, cast(Any, views[0])) is None


def test_of_several_steps_only_the_first_has_a_capital() -> None:
    waits = others.Waits(("supervisor",), ("agree_referral", "no_further_action"))
    assert others.what(stub("nz-panel"), waits) == "Agree to the referral or no further action"


def test_what_the_box_says_is_not_said_again() -> None:
    page = _with(stub("nz-warning", "supervisor"), {"state": {"en": "Disputed"}})
    assert rows.why(page, None, "Disputed") == "" and rows.why(page, None, "To be issued") == "Disputed."


# ------------------------------------------------------------------------------------------------ only recorded
@pytest.mark.parametrize(
    ("stage", "step", "leads"),
    [
        ("bailed", "remand", ["remanded"]),
        ("to_sentence", "remand", ["to_sentence_in_custody"]),
        ("remanded", "bail", ["bailed"]),
        ("community", "end_sentence", ["ended_community"]),
        ("charged", "try", ["acquitted", ""]),
    ],
)
def test_only_ends_that_can_be_reached_from_here_are_named(stage: str, step: str, leads: list[str]) -> None:
    assert [b.to for b in recorded._ways(stub("prosecution"), step, stage)] == leads


# ------------------------------------------------------------------------------------------------ asked once
BORN = {"day": "31", "month": "12", "year": "1999"}


@pytest.mark.parametrize("told", ["person.born", "fact.born"])
def test_a_birth_date_that_was_told_once_stands_with_the_person_and_in_the_case(told: str) -> None:
    panel = programme("nz-panel")
    typed = {f"{told}.{part}": [said] for part, said in BORN.items()}
    found = filled.followed(panel, panel.steps["refer"], Drawing(panel, "Europe/Lisbon", {}), typed)
    held = {name: [found[f"{name}.{part}"][0] for part in BORN] for name in ("person.born", "fact.born")}
    assert held == {"person.born": list(BORN.values()), "fact.born": list(BORN.values())}


def test_a_door_asks_for_the_birth_date_once(house: Site) -> None:
    page = browser_of("officer").get("/new/police/").content.decode()
    assert 'name="person.born.day"' in page and 'name="fact.born.day"' not in page


# ------------------------------------------------------------------------------------------------ money
def test_what_was_not_paid_of_an_item_that_is_done_is_no_longer_to_go() -> None:
    panel = programme("nz-panel")
    paid = {"amount": {"minor": 35000, "currency": "NZD"}}
    done = cast(Obligation, SimpleNamespace(state="met", terms=paid))
    page = scene(panel, "coordinator", NOON)
    rest = Sum(25000, 5000, 5000, None, ())
    said = "".join(text for text, _ in items._to_go(page, done, panel.obligations["plan_item"], rest))
    assert said.replace("\u00a0", " ") == "NZD 100.00 was not paid, and is no longer asked."
