"""A court's day at the desk: who comes when, what is missing, whom a case waits for, a response in a few taps."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.test import Client

from amparo.cases.read import told
from amparo.desk.sittings import ahead
from amparo.desk.testing import roles
from amparo.ledger.casefile import load
from amparo.pathways import calendar
from amparo.pathways.reader import programme
from amparo.people.models import Site
from tests.desk.conftest import words
from tests.desk.test_testing import DAY, ZONE, Enter, bay, enter, inside, put, this_morning

__all__ = ["bay", "enter", "inside"]

BENCH = (
    ("\nphases:\n", "\nbodies: {bench: {title: {en: Bench}, made_of: {judge: 1}, sits_with: 1, chair: judge, "
     "basis: RULE 4}}\nsittings: {day: {title: {en: Day}, body: bench, records: open, basis: RULE 4}}\nphases:\n"),
    ("\nfacts:\n", "\nfacts:\n  next_on: {type: instant, class: process, from: [judge], title: {en: Comes next}}\n"),
    ("title: {en: In court}, basis", "title: {en: In court}, also: [next_on], basis"),
    ("terms: {incentive: {type: one_of praises", "also: [next_on]\n    terms: {incentive: {type: one_of praises"),
    ("to: out, title: {en: Leave}, means: [left], basis", "to: out, title: {en: Leave}, choice: way, means: [left], "
     "needs: {heard: yes, defence: yes, reasons: yes}, basis"),
    ("title: {en: Come back}, basis", "title: {en: Come back}, choice: way, needs: {reasons: yes}, basis"),
)  # fmt: skip
"""The invented court with a bench, a day in court that is named, and an exit that needs a hearing and a defender."""

with_bench = pytest.mark.parametrize("bay", [BENCH], indirect=True)


def key(page: Any) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def respond(jude: Client, case: str, **typed: str) -> str:
    at = f"/case/{case}/step/respond/"
    sent = {"key": key(jude.get(at)), "then": "write", **{k.replace("__", "."): v for k, v in typed.items()}}
    return words(jude.post(at, sent, follow=True))


@pytest.fixture
def begun(bay: Site) -> str:
    """A case in its first phase for three weeks. No day of it was ticked: nobody was asked for a test."""
    at = this_morning() - 21 * DAY
    case = put("jude", None, "name_person", at, named_on=at - 3600)
    put("jude", case, "enter", at + 60)
    return case


# ------------------------------------------------------------------------------------------------ whom it waits for
def test_the_file_says_whom_it_waits_for_and_what_they_have_to_do(enter: Enter, begun: str) -> None:
    page = words(enter("kay").get(f"/case/{begun}/"))
    assert "Next Waits for: judge (In court)" in page, "the first line"
    assert "What others have to do Waits for: judge (In court) Next sitting" in page
    assert "Waits for" not in words(enter("jude").get(f"/case/{begun}/"))


def test_who_reads_a_form_and_cannot_write_it_is_told_who_does(enter: Enter, begun: str) -> None:
    page = words(enter("kay").get(f"/case/{begun}/step/sit/"))
    assert "You can read here what is asked. It is written by: judge." in page
    assert "You can read here" not in words(enter("jude").get(f"/case/{begun}/step/sit/"))


# ------------------------------------------------------------------------------------------------ the day list
def test_a_place_where_nobody_sits_has_no_list_of_days() -> None:
    assert ahead.has(programme("nz-treatment-court")) and ahead.has(programme("pt-dissuasion"))
    assert not ahead.has(programme("prosecution")) and not ahead.has(programme("nz-warning"))


@with_bench
def test_the_day_list_names_who_comes_with_hour_phase_and_what_is_missing(enter: Enter, begun: str) -> None:
    kay = enter("kay")
    page = words(kay.get("/sittings/"))
    assert "no hour is set Robin Probe" in page and "Phase 1 of 3, week 4 Next sitting" in page, (
        "by the clock alone"
    )
    comes = calendar.at(calendar.day_of(int(time.time()) + DAY, ZONE), this_hour(14), ZONE)
    put("jude", begun, "sit", int(time.time()), next_on=comes)
    page = words(kay.get("/sittings/"))
    assert "14:00 Robin Probe" in page and "Comes next" in page and "no hour is set" not in page
    assert "nothing is missing" in page
    assert "Comes next: " in words(kay.get(f"/case/{begun}/")), "the first line says the hour that was told"


def this_hour(hour: int) -> Any:
    return calendar.local(0, "Etc/GMT").time().replace(hour=hour)


# ------------------------------------------------------------------------------------------------ a response
@with_bench
def test_the_next_day_in_court_is_one_tap_of_the_response(enter: Enter, begun: str) -> None:
    jude = enter("jude")
    put("jude", begun, "sit", this_morning() - 7 * DAY)
    typed = {"fact__answered": "came", "fact__goal": "near", "reply": "incentive.praise", "next": "2"}
    assert "Written" in respond(jude, begun, **typed)
    then = told(load(begun).case, "next_on", int(time.time()) + 1)
    assert then is not None and calendar.local(then.value, ZONE).hour == 6, "the hour of last time"
    days = calendar.day_of(then.value, ZONE) - calendar.day_of(int(time.time()), ZONE)
    assert days.days == 14


def test_how_the_same_thing_was_answered_here_before_stands_beside_it_without_a_name(
    enter: Enter, begun: str
) -> None:
    jude = enter("jude")
    page = words(jude.get(f"/case/{begun}/step/respond/"))
    assert "last three times here" not in page
    assert "Told beforehand open: Promise no proof that it reached the person" in page, (
        "what a sanction asks first"
    )
    for reply in ("incentive.praise", "incentive.gift", "adjustment.tutor", "nothing"):
        respond(jude, begun, fact__answered="came", fact__goal="near", reply=reply)
    page = words(jude.get(f"/case/{begun}/step/respond/"))
    same = page.partition("last three times here")[2].partition("without names")[0]
    assert "Came today Nothing today Adjustment: a tutor today Incentive: gift" in same, (
        "three, the newest first"
    )
    assert "Robin" not in same


# ------------------------------------------------------------------------------------------------ leaving, said plainly
@with_bench
def test_leaving_says_what_it_needs_and_what_follows_where_it_is_begun_and_where_it_is_decided(
    enter: Enter, begun: str
) -> None:
    said = words(enter("kay").get(f"/case/{begun}/step/ask_out/"))
    needs = "“Leave” needs a hearing, a defender present or offered and reasons."
    assert f"{needs} Nothing ends by this alone: then it is decided by judge. What follows then: out." in said
    put("kay", begun, "ask_out", int(time.time()))
    page = words(enter("jude").get(f"/case/{begun}/choice/way/"))
    assert "Come back or leave" in page and f"{needs} What follows then: out." in page


@with_bench
def test_a_list_of_what_must_be_there_is_open_until_it_is_given(enter: Enter, begun: str) -> None:
    put("kay", begun, "ask_out", int(time.time()))
    jude, at = enter("jude"), f"/case/{begun}/choice/way/"
    typed = {"key": key(jude.get(at)), "stage": "asked", "choice.way": "leave", "then": "check"}
    empty = words(jude.post(at, typed, follow=True))
    for line in ("Reasons", "The person was heard", "Somebody to defend the person was there, or offered"):
        assert f"open: {line}" in empty, line
    full = {**typed, "reasons": "So.", "heard": "yes", "defence": "declined"}
    page = words(jude.post(at, full, follow=True))
    for line in ("Reasons", "The person was heard", "Somebody to defend the person was there, or offered"):
        assert f"done: {line}" in page, line


@with_bench
def test_that_a_defender_was_there_can_be_said_and_then_the_person_may_leave(
    enter: Enter, begun: str
) -> None:
    put("kay", begun, "ask_out", int(time.time()))
    jude, at = enter("jude"), f"/case/{begun}/choice/way/"
    typed = {
        "key": key(jude.get(at)),
        "stage": "asked",
        "choice.way": "leave",
        "reasons": "So.",
        "heard": "yes",
    }
    refused = words(jude.post(at, {**typed, "then": "write"}, follow=True))
    assert "Offer a defender, and say here what came of it." in refused
    jude.post(at, {**typed, "defence": "took_part", "then": "write"})
    jude.post(f"{at}read-back/")
    assert load(begun).case.stage == "out"


# ------------------------------------------------------------------------------------------------ who collects
def test_whoever_only_collects_has_the_tests_of_the_day_and_no_list_of_everybody() -> None:
    court = programme("nz-treatment-court")
    assert roles.only_collects(court, "tester")
    assert not any(roles.only_collects(court, role) for role in court.roles if role != "tester")


def test_who_reads_results_is_told_who_decided_each(enter: Enter, inside: str) -> None:
    last = max(load(inside).case.tests.values(), key=lambda x: x.ordered)
    put("tess", inside, "collect", last.ordered + 600, last.id, given="urine")
    put("nora", inside, "class_it", last.ordered + 1200, last.id, result="positive")
    put("nora", inside, "class_it", last.ordered + 1800, last.id, result="disputed")
    assert "Positive: Nora, " in words(enter("nora").get("/tests/"))
    assert "Nora" not in words(enter("tess").get("/tests/"))


TWO_KINDS = (
    ("\nphases:\n", "\nbodies: {bench: {title: {en: Bench}, made_of: {judge: 1}, sits_with: 1, basis: RULE 4}}\n"
     "sittings: {day: {title: {en: Day}, body: bench, basis: RULE 4}, eve: {title: {en: Eve}, body: bench, "
     "basis: RULE 4}}\nphases:\n"),
)  # fmt: skip


@pytest.mark.parametrize("bay", [TWO_KINDS], indirect=True)
def test_a_sitting_whose_kind_is_not_chosen_asks_for_it(enter: Enter, inside: str) -> None:
    jude, page = enter("jude"), f"/case/{inside}/sitting/"
    sent = {"key": key(jude.get(page)), "then": "open", "who.acc-jude": "here"}
    assert "Choose which sitting it is" in words(jude.post(page, sent))
