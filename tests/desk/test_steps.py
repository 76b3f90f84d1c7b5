"""Every step of every programme has its form, from the definition alone."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from amparo.desk import plan as plans
from amparo.desk.context import FirstLine
from amparo.desk.scene import Scene
from amparo.desk.steps import choosing, form
from amparo.desk.steps.form import Answered, Around
from amparo.desk.steps.request import Author, read
from amparo.desk.times import Clockwork
from amparo.desk.typed import Drawing
from amparo.pathways.reader import programme, programmes

NOW = 1_732_440_000
EVERY = [(p, s) for p in programmes() for s in programme(p).steps]


def scene(name: str, step: str, **typed: list[str]) -> Scene:
    """A page of a case that is not there yet, for whoever may take the step."""
    pathway = programme(name)
    by = pathway.steps[step].by[0]
    role = next(iter(pathway.bodies[by].made_of)) if by in pathway.bodies else by
    drawing = Drawing(pathway, "Europe/Lisbon", {"lisboa": {"en": "Lisboa", "pt": "Lisboa"}})
    return Scene(pathway, drawing, Clockwork("Europe/Lisbon", NOW), role, "acc-x", typed=typed)


def drawn(s: Scene, step: str) -> Any:
    around = Around(FirstLine("Alex Exemplo", "7K4M", "Somewhere."), "/x/", "/", "", "key")
    return form.page(s, plans.of_step(s.pathway, step), Answered(), around)


@pytest.mark.parametrize("language", ["en", "pt"])
@pytest.mark.parametrize(("name", "step"), EVERY, ids=lambda x: str(x))
def test_a_step_has_its_form_in_each_language(name: str, step: str, language: str) -> None:
    with translation.override(language):
        s = scene(name, step)
        page = render_to_string("steps/form.html", {"page": drawn(s, step), "shell": {}})
    title = s.pathway.steps[step].title  # a definition has the languages of its place; the frame has both
    assert title.get(language, title["en"]) in page.replace("&#x27;", "'").replace("&quot;", '"')


@pytest.mark.parametrize(("name", "step"), EVERY, ids=lambda x: str(x))
def test_a_form_asks_all_that_the_step_asks(name: str, step: str) -> None:
    s = scene(name, step)
    page = drawn(s, step)
    asked = {r.control.name for r in page.rows} | {f"fact.{a.fact}" for a in page.acceptances}
    if reply := page.reply:
        asked |= {reply.answers, *(r.control.name for r in (*reply.about, *reply.rest, *reply.grounds))}
    assert asked >= {f"fact.{a.fact}" for a in s.pathway.steps[step].asks}


@pytest.mark.parametrize(("name", "step"), EVERY, ids=lambda x: str(x))
def test_an_empty_form_claims_nothing(name: str, step: str) -> None:
    s = scene(name, step)
    typing = read(plans.of_step(s.pathway, step), s.d, {}, Author("acc-x", s.role))
    assert typing.faults == ()
    assert (typing.request.steps[0].facts, typing.request.steps[0].accepted) == ({}, {})


@pytest.mark.parametrize(("name", "step"), EVERY, ids=lambda x: str(x))
def test_no_acceptance_is_filled_in_beforehand(name: str, step: str) -> None:
    page = drawn(scene(name, step), step)
    assert not any(o.checked for a in page.acceptances for o in a.answer.options)


@pytest.mark.parametrize(("name", "step"), EVERY, ids=lambda x: str(x))
def test_every_free_text_says_who_will_read_it(name: str, step: str) -> None:
    page = drawn(scene(name, step), step)
    controls = [r.control for r in (*page.rows, *page.also, *page.terms)] + [
        a.words for a in page.acceptances
    ]
    assert all(c.audience and c.audience.read_by for c in controls if c.kind == "words")


def test_a_step_that_moves_the_case_is_read_back() -> None:
    pathway = programme("pt-dissuasion")
    moving = [n for n, s in pathway.steps.items() if any(b.to for b in s.to)]
    assert all(plans.ink(plans.of_step(pathway, n)) for n in moving)


def test_findings_lead_the_decision_they_decide() -> None:
    plan = plans.of_choice(programme("pt-dissuasion"), "decision", "hearing")
    assert plan.lead == ("find",)


def test_findings_taken_are_not_asked_again_with_the_decision() -> None:
    plan = plans.of_choice(programme("pt-dissuasion"), "decision", "hearing", frozenset({"find"}))
    assert plan.lead == ()


def test_a_question_that_cannot_matter_says_why() -> None:
    s = scene("pt-dissuasion", "find", **{"fact.for_own_use": ["no"]})
    row = next(r for r in drawn(s, "find").rows if r.control.name == "fact.offence_found")
    assert row.nothing is not None and "own use" in row.nothing.words.lower()


def test_a_bound_stands_beside_the_term() -> None:
    row = drawn(scene("pt-dissuasion", "suspend"), "suspend").terms[0]
    assert "2" in row.bound and "years" in row.bound


def test_the_end_of_a_typed_length_is_said() -> None:
    typed = {"term.suspend.length.n": ["12"], "term.suspend.length.unit": ["months"]}
    row = drawn(scene("pt-dissuasion", "suspend", **typed), "suspend").terms[0]
    assert row.result == "Ends Mon 24 Nov 2025"


def test_the_button_says_the_act_with_its_terms() -> None:
    typed = {"term.suspend.length.n": ["12"], "term.suspend.length.unit": ["months"]}
    button = drawn(scene("pt-dissuasion", "suspend", **typed), "suspend").button
    assert button.replace("\u00a0", " ") == "Suspend provisionally: 12 months"


def test_a_decision_that_begins_elsewhere_says_why_with_its_rule_and_what_instead() -> None:
    s = replace(scene("pt-dissuasion", "suspend"), view=SimpleNamespace(stage="intake", closed=False))
    shut = choosing.line(s, "suspend", None, ("exempt", "transfer"))
    assert shut.title == "Suspend provisionally"
    assert shut.why.startswith(
        "The case stands at “Arrived”; this step begins at: Hearing, Proceedings go on"
    )
    assert "Law 30/2000" in shut.why and shut.instead.startswith("What may be decided now: ")
