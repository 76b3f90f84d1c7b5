"""What an act would cause at once is said beforehand: whose the case is, who sees it, what is written down."""

from __future__ import annotations

from typing import Any

from amparo.cases.decide import preview
from amparo.cases.model import Do
from amparo.desk.scene import Scene
from amparo.desk.steps import causes, form
from amparo.desk.steps.form import Answered
from amparo.desk.times import Clockwork
from amparo.desk.typed import Drawing
from amparo.ledger import considering
from amparo.ledger.casefile import CaseFile
from amparo.ledger.chain import START, Link
from amparo.ledger.log import Log
from amparo.lens import Viewer
from amparo.pathways.model import Pathway
from tests.cases.play import SITE, ZONE, Play, judged, talking
from tests.cases.test_rounds import RHYTHM, UNSET, court, inside

EVERYWHERE = ("site", "programme")


def caused(
    play: Play, role: str, step: str, facts: dict[str, Any] | None = None, **more: Any
) -> considering.Caused:
    request = play.request(role, (Do(step, facts or {}, **more),))
    found = preview(play.pathway, SITE, play.case, "case-1", request, play.t)
    held = CaseFile(Log("case-1", {}, Link(0, START)), play.case, play.pathway, SITE)
    seen = considering._seen_causes(held, Viewer(role, role, EVERYWHERE), found, play.t)
    assert seen is not None
    return seen


def said(
    play: Play, role: str, step: str, facts: dict[str, Any] | None = None, **more: Any
) -> dict[str, str]:
    pairs = causes.pairs(scene(play.pathway, role, play.t), caused(play, role, step, facts, **more))
    return {p.label: p.words for p in pairs}


def scene(pathway: Pathway, role: str, now: int) -> Scene:
    clock = Clockwork(ZONE, now)
    return Scene(pathway, Drawing(pathway, ZONE, {}), clock, role, role, named=str)


def test_whoever_takes_a_case_on_reads_that_it_will_be_theirs() -> None:
    play = Play().open().when("2024-03-05 09:00")
    assert said(play, "clerk", "take_on", {"here": True})["Taken on by"].startswith("clerk, as ")


def test_the_phase_that_begins_is_named_and_the_box_to_which_the_case_moves() -> None:
    play = inside().when("2024-04-04 09:00")
    play.step("note", "keeper", {"attends": True, "place_state": "there", "home": True}).later()
    assert said(play, "judge", "advance")["Begins"] == "Second light"


def test_who_reads_nothing_of_what_follows_is_not_told_that_nothing_follows() -> None:
    blind = court(("facts: [identity, given], stages: all}", "facts: [identity, given], stages: none}"))
    answered = Answered(causes=caused(inside(blind), "tester", "collect", {"given": "urine"}))
    assert answered.causes is not None and answered.causes.unread
    assert "Nothing" not in form._nothing_at_once(answered)


def test_what_the_act_itself_writes_down_is_read_before_it_is_written() -> None:
    sets = ("means: [left], basis", "sets: {home: no}, means: [left], basis")
    told = (
        "from: [keeper, person], title: {en: Has a home}",
        "from: [keeper, person, steps], title: {en: Has a home}",
    )
    play = inside(court(sets, told)).later().step("ask_out", "keeper").later()
    assert said(play, "keeper", "leave")["Written down"] == "Has a home: no"


def test_colleagues_who_no_longer_see_a_case_once_it_is_somebodys_are_named() -> None:
    keeper = "keeper: {is: coordinator, title: {en: Keeper}, sees: {cases: "
    own = court((f"{keeper}site,", f"{keeper}assigned,"))
    play = inside(own).later()
    assert caused(play, "keeper", "ask_out").shut == ("keeper",)


def test_a_decision_that_changes_nobodys_sight_says_nothing_of_it() -> None:
    play = judged(True).later()
    seen = caused(
        play, "member", "rest", terms={"length": {"n": 3, "unit": "months"}}, accepted={"agrees": "yes"}
    )
    assert (seen.shown, seen.shut) == ((), ())


def test_a_clock_says_whose_task_it_becomes_and_a_rhythm_that_it_begins_anew() -> None:
    play = inside().when("2024-04-04 09:00")
    play.step("note", "keeper", {"attends": True, "place_state": "there", "home": True}).later()
    pairs = causes.pairs(scene(play.pathway, "judge", play.t), caused(play, "judge", "advance"))
    anew = next(p for p in pairs if p.label == "Clock starts anew")
    assert anew.words == "Next sitting" and "then a task for: keeper" in anew.note


def test_what_will_not_be_watched_is_said_before_it_is_written() -> None:
    play = inside(court(UNSET, RHYTHM)).when("2024-04-04 09:00")
    play.step("note", "keeper", {"attends": True, "place_state": "there", "home": True}).later()
    read = said(play, "judge", "advance")
    assert (read["No new round begins"], read["Not watched"]) == ("Next sitting", "Next sitting")


def test_an_end_that_can_be_taken_up_again_and_words_that_are_destroyed_are_said_so() -> None:
    play = talking().later()
    rows = causes.pairs(scene(play.pathway, "clerk", play.t), caused(play, "clerk", "did_not_come"))
    told = {p.label: p for p in rows}
    assert told["Moves to"].note == "closed; it can be taken up again"
    assert "destroyed at once" in told["Afterwards"].words
