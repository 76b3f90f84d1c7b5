"""How each step stands: required, allowed, open, not yet, not allowed."""

from amparo.cases.decide import explain, preview
from amparo.cases.model import Do, World
from amparo.cases.offers import choices, offers, recorded
from tests.cases.play import EVERYWHERE, judged, money, months, resting, talking


def test_before_any_finding_nothing_of_the_choice_is_certain():
    assert {talking().group(s) for s in ("rest", "charge_sum", "let_go")} == {"not_yet"}


def test_a_required_step_shuts_the_others_and_says_why():
    offered = judged(True).offers()
    assert offered["rest"].group == "required" and offered["charge_sum"].group == "not_allowed"
    assert {x.code for x in offered["let_go"].refusals} == {"not_allowed", "must_be"}


def test_open_lacks_only_answers_to_its_own_questions():
    offered = judged(False).offers()
    assert (offered["charge_sum"].group, offered["charge_sum"].asks) == ("open", (("light", "panel"),))
    assert offered["let_go"].group == "allowed"


def test_the_choices_are_the_required_one_else_the_allowed_and_the_open():
    assert choices(judged(True).offers().values(), judged(True).pathway) == ("rest",)
    assert choices(judged(False).offers().values(), judged(False).pathway) == ("charge_sum", "let_go")


def test_what_was_typed_so_far_is_looked_at_as_if_it_had_been_told():
    play = judged(False)
    drafts = {"charge_sum": Do("charge_sum", {"light": True})}
    found = {o.step: o for o in offers(play.pathway, play.case, "", play.t, World(EVERYWHERE), drafts)}
    assert found["charge_sum"].group == "allowed"


def test_recorded_steps_are_never_offered():
    play = talking()
    assert "court_order" not in play.offers() and recorded(play.pathway, play.case, "clerk", play.t) == (
        "court_order",
    )


def test_a_step_that_a_clock_has_not_opened_is_not_yet():
    assert resting().group("finish") == "not_yet"


def test_nothing_is_offered_on_a_held_case():
    assert talking().ask("hold", rule="a lawsuit").offers() == {}


def test_an_allowed_step_says_what_made_it_so():
    assert [r.name for r in judged(False).offers()["let_go"].because] == ["rests", "entry"]


def test_a_preview_names_stage_letters_and_clocks_and_writes_nothing():
    play = judged(True)
    before = play.case
    request = play.request("member", (Do("rest", terms={"length": months(2)}),))
    seen = preview(play.pathway, play.site, play.case, "case-1", request, play.t)
    assert seen and (seen.stage_from, seen.stage_to) == ("talking", "resting") and play.case == before
    changes = {(c.clock, c.change) for c in seen.clocks}
    assert {
        ("rest_end", "started"),
        ("year", "paused"),
        ("grace", "cancelled"),
        ("reports", "started"),
    } <= changes


def test_a_preview_of_what_cannot_be_taken_here_is_none():
    play = talking()
    assert (
        preview(play.pathway, play.site, play.case, "c", play.request("clerk", (Do("arrived"),)), play.t)
        is None
    )


def test_explaining_names_every_obstacle_at_once():
    play = judged(True).later()
    found = play.refusals(
        "charge_sum", "member", {"light": True}, terms={"sum": money("EUR 50.00")}, reasons=""
    )
    assert found == {"no_majority", "missing", "not_allowed", "must_be", "outside"}


def test_explaining_a_list_looks_at_each_step_in_its_place():
    play = talking().when("2024-03-06 10:00").sit().later()
    dos = (Do("judge", {"rests": True, "agrees": True}), Do("let_go"))
    from_the_list = play.steps(*dos, votes={"ana": "for", "bruno": "for", "clara": "for"}).refused
    assert from_the_list.code == "not_allowed"


def test_a_step_does_not_wait_for_an_answer_that_only_another_decision_needs():
    offered = talking().offers()
    assert {fact for x in offered["let_go"].refusals for fact, _ in x.asks} == {"rests"}
    assert "agrees" in {fact for x in offered["rest"].refusals for fact, _ in x.asks}


def test_explaining_an_option_that_is_not_allowed_names_the_others_that_are():
    play = judged(False).later()
    request = play.request("member", (Do("rest"),))
    found = explain(play.pathway, play.site, play.case, "case-1", request, play.t)
    ways = {x.code: x.instead for x in found if x.step == "rest"}
    assert ways["not_allowed"] == (("step", "charge_sum"), ("step", "let_go"))
