"""Votes are given on one proposal, and stand wherever the decision is read."""

from __future__ import annotations

from django.test import Client

from amparo.desk import plan as plans
from amparo.desk.steps import proposal, readback
from amparo.desk.steps.request import Author, read
from amparo.pathways.reader import programme, programmes
from tests.desk.conftest import As, findings, mark_of, suspending, voted, words
from tests.desk.test_steps import scene

CHANGED = "Changed since the vote: read it back and vote anew"


def decision(case: str) -> str:
    return f"/case/{case}/choice/decision/"


def decided(client: Client, case: str, n: str = "12") -> str:
    """The read-back page of a decision with its votes."""
    step = decision(case)
    return str(client.post(step, {**voted(client, step, suspending(n)), "then": "write"})["Location"])


def test_every_step_can_be_read_back() -> None:
    for name in programmes():
        pathway = programme(name)
        for step in pathway.steps:
            assert readback.warning(scene(name, step), plans.of_step(pathway, step), "")


def test_nobody_votes_before_a_decision_is_chosen(signed_in: As, sitting: str) -> None:
    president, step = signed_in("president"), decision(sitting)
    president.post(step, {**findings(), "then": "votes"})
    assert 'name="vote.' not in president.get(step).content.decode()


def test_a_changed_term_unticks_every_vote(signed_in: As, sitting: str) -> None:
    president, step = signed_in("president"), decision(sitting)
    typed = voted(president, step, suspending("2"))
    held = president.post(step, {**typed, "term.suspend.length.n": "12", "then": "write"})["Location"]
    page = president.get(held)
    assert held.endswith("?asked=write") and CHANGED in words(page)
    assert "carried by the chair" not in words(page)
    assert not _ticked(page.content.decode())


def test_a_changed_finding_unticks_every_vote(signed_in: As, sitting: str) -> None:
    president, step = signed_in("president"), decision(sitting)
    typed = voted(president, step, suspending("12"))
    president.post(step, {**typed, "fact.dependent": "yes", "then": "keep"})
    assert CHANGED in words(president.get(step)) and not _ticked(president.get(step).content.decode())


def test_votes_on_what_the_box_did_not_hold_are_not_written(signed_in: As, sitting: str) -> None:
    president, step = signed_in("president"), decision(sitting)
    president.post(step, {**suspending("12"), "then": "keep"})
    second = f"{step}read-back/"
    assert president.get(second)["Location"].endswith("?asked=write")
    assert president.post(second)["Location"].endswith("?asked=write")
    assert "Provisionally suspended" not in words(president.get(f"/case/{sitting}/"))


def test_a_draft_changed_behind_the_read_back_is_not_written(signed_in: As, sitting: str) -> None:
    president, step = signed_in("president"), decision(sitting)
    second = decided(president, sitting, "2")
    typed = {**suspending("12"), "voted_on": mark_of(president.get(step))}
    president.post(f"{step}draft/", typed)
    assert president.post(second)["Location"].endswith("?asked=write")
    assert "Provisionally suspended" not in words(president.get(f"/case/{sitting}/"))


def test_reasons_are_no_part_of_what_is_voted_on(signed_in: As, sitting: str) -> None:
    president, step = signed_in("president"), decision(sitting)
    typed = voted(president, step, suspending("12"))
    done = president.post(step, {**typed, "reasons": "Other words.", "then": "write"})
    assert done["Location"].endswith("read-back/")


def test_votes_and_dissent_are_read_back(signed_in: As, sitting: str) -> None:
    president = signed_in("president")
    page = words(president.get(decided(president, sitting)))
    assert "President Ensaio for" in page and "Jurist Hipótese against" in page
    assert "Jurist Hipótese dissents “I would set six months.”" in page


def test_sorting_again_scolds_nobody(signed_in: As, sitting: str) -> None:
    president, step = signed_in("president"), decision(sitting)
    sorted_ = president.post(step, {**findings(), "reasons": "", "then": "check"})["Location"]
    page = president.get(sorted_).content.decode()
    assert 'id="refused"' not in page and page.count("data-focus") == 1
    assert page.index("data-focus") < page.index("What the law allows")


def test_two_members_decide_at_once_and_nothing_is_lost(signed_in: As, sitting: str) -> None:
    president, jurist, step = signed_in("president"), signed_in("jurist"), decision(sitting)
    typed = voted(jurist, step, {**suspending("6"), **_hidden(jurist.get(step).content.decode())})
    second = jurist.post(step, {**typed, "then": "write"})["Location"]
    president.post(decided(president, sitting))
    page = words(jurist.post(second, follow=True))
    assert "While you were writing, President Ensaio wrote too" in page
    assert "Suspend provisionally" in page and "6 months" in page and "told us plainly" in page
    assert "6 months" in words(jurist.get(step))


def test_a_text_that_only_the_writing_refuses_is_said_on_the_form(signed_in: As, sitting: str) -> None:
    president, step = signed_in("president"), decision(sitting)
    typed = voted(president, step, suspending("12", reasons="á" * 30_000))
    second = president.post(step, {**typed, "then": "write"})["Location"]
    page = president.post(second, follow=True).content.decode()
    assert "longer than 20,000 letters" in page and "á" * 30_000 in page and 'id="refused"' in page


def _hidden(page: str) -> dict[str, str]:
    """Where the case stood when the form was drawn."""
    return {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("seen", "stage")}


def _ticked(page: str) -> bool:
    """Is any vote ticked?"""
    return any('name="vote.' in part and " checked" in part for part in page.split("<input"))


def test_the_mark_is_of_what_is_written_alone() -> None:
    s = scene("pt-dissuasion", "find", reasons=["One."])
    other = scene("pt-dissuasion", "find", reasons=["Two."])
    plan = plans.of_step(s.pathway, "find")
    assert _mark(s, plan) == _mark(other, plan)
    found = scene("pt-dissuasion", "find", **{"fact.for_own_use": ["no"]})
    assert _mark(s, plan) != _mark(found, plan)


def _mark(s: object, plan: plans.Plan) -> str:
    return proposal.mark(read(plan, s.d, s.typed, Author("a", s.role)).request)  # type: ignore[attr-defined]
