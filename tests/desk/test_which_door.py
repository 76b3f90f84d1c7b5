"""Which door? Over two programmes of one site: the officer is asked, nothing is kept, and a card says how it stands."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from amparo.ledger.models import Draft, EventRow, TallyWait
from amparo.ledger.tallies import of
from amparo.pathways import reader
from amparo.people.models import Account, Post, Site
from tests.desk.conftest import browser_of, words

FOLDERS = (Path(__file__).parent / "programmes",)
WHICH = "/which-door/"


@pytest.fixture
def guard(settings: Any, db: None) -> Client:
    settings.AMPARO_PROGRAMMES = FOLDERS
    site = Site.objects.create(code="town", name="The town", zone="Europe/Lisbon")
    account = Account.objects.create_user("gil", id="acc-gil", name="Gil", demo=True)
    for programme in ("ward", "yard"):
        Post.objects.create(
            account=account, site=site, programme=programme, role="guard", from_day=date(2020, 1, 1)
        )
    return browser_of(account)


class Officer:
    """Presses the buttons of the screen that is before them."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.page: Any = client.get(WHICH)

    @property
    def html(self) -> str:
        return str(self.page.content.decode())

    @property
    def words(self) -> str:
        return words(self.page)

    def title(self) -> str:
        found = re.search(r"<h1>(.*?)</h1>", self.html)
        assert found
        return found[1]

    def press(self, then: str, **typed: str) -> Officer:
        """A button of the form that has it, with all that the form holds."""
        fields: dict[str, list[str]] = {}
        for form in re.findall(r"<form.*?</form>", self.html, re.S):
            if f'value="{then}"' in form and all(f'"{k}"' in form or v in form for k, v in typed.items()):
                for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form):
                    fields.setdefault(name, []).append(value)
                break
        fields = {k: v for k, v in fields.items() if k != "csrfmiddlewaretoken"}
        self.page = self.client.post(WHICH, {**fields, "then": then, **typed})
        assert self.page.status_code == 200, self.page
        return self

    def says(self, question: str, value: str) -> Officer:
        return self.press("answer", **{f"q.{question}": value})


def waiting(programme: str) -> dict[str, dict[str, int]]:
    """What has been counted: name -> codes -> how many."""
    found: dict[str, dict[str, int]] = {}
    for (name, _month, codes), n in of("town", reader.programme(programme, FOLDERS)).items():
        found.setdefault(name, {})[codes] = n
    return found


def test_before_any_door_is_shown_it_is_asked_what_would_be_done_without_them(guard: Client) -> None:
    first = Officer(guard)
    assert first.title() == "Without these options, what would you do now?"
    assert "Nothing" in first.words and "Arrest and charge" in first.words
    assert "It is not kept with this person, and nobody sees it as yours." in first.words
    assert "1 of at most 7" in first.words


def test_the_answer_is_counted_and_stands_on_no_file(guard: Client) -> None:
    Officer(guard).press("otherwise", otherwise="talk")
    assert waiting("ward") == {"first": {'{"otherwise": "talk"}': 1}}
    assert waiting("yard") == {} and not EventRow.objects.exists()


def test_sent_twice_it_is_counted_once(guard: Client) -> None:
    first = Officer(guard)
    page = first.page
    first.press("otherwise", otherwise="talk")
    first.page = page
    first.press("otherwise", otherwise="talk")
    assert waiting("ward") == {"first": {'{"otherwise": "talk"}': 1}}


def started(guard: Client) -> Officer:
    return Officer(guard).press("otherwise", otherwise="nothing")


def test_a_fact_of_both_programmes_is_asked_once_and_first(guard: Client) -> None:
    o = started(guard)
    assert o.title() == "Age" and "Asked once for: Ward and Yard" in o.words and "2 of at most 7" in o.words
    o.says("age", "24")
    assert o.title() == "Carries a weapon" and "3 of at most 7" in o.words


def test_a_card_says_open_with_each_sentence_its_rule_and_what_decided(guard: Client) -> None:
    o = started(guard).says("age", "24").says("armed", "no").says("lives_here", "no")
    assert o.title() == "What is open for this person"
    ward, yard = o.html.split('<section class="door-card ')[1:]
    assert (
        ward.startswith("open")
        and "Is 18 or older" in ward
        and "Age: 24" in ward
        and "Ward Act art. 2" in ward
    )
    assert "unverified" in ward
    assert yard.startswith("not_open") and "Lives here" in yard and "Lives in the town: no" in yard
    assert "Is 16 or older" not in yard


def test_an_admission_is_neither_asked_nor_named_as_what_would_open_the_door(guard: Client) -> None:
    o = started(guard).says("age", "24").says("armed", "yes").says("lives_here", "yes")
    yard = next(
        x for x in o.html.split('<section class="door-card ') if "Yard" in x and x.startswith("not_known")
    )
    assert "Only if the person, free to say no, clearly says so." in yard
    assert "Needs" not in yard and "owns_up" not in o.html


def test_what_is_left_to_the_person_can_be_offered_and_a_no_is_not_asked_again(guard: Client) -> None:
    o = started(guard).says("age", "24").says("armed", "yes").says("lives_here", "yes")
    assert "Was it offered?" in o.words and "Offer it" not in o.words
    assert o.title() == "You can go on here: what is left is for others to say"
    o.press("offer", gate="yard/gate").press("count", count="no_thanks", gate="yard/gate")
    assert waiting("yard") == {"no_thanks": {'{"door": "gate"}': 1}} and "Was it offered?" not in o.words


def test_do_not_know_yet_is_an_answer_and_says_what_is_needed_of_whom(guard: Client) -> None:
    o = started(guard).says("age", "24").press("later")
    assert o.title() == "Lives in the town"
    o.says("lives_here", "no")
    ward = next(x for x in o.html.split('<section class="door-card ') if x.startswith("not_known"))
    assert "Needs: Carries a weapon (answered by: Guard)." in ward


def test_a_door_that_is_shut_asks_nothing_more(guard: Client) -> None:
    o = started(guard).says("age", "14")
    assert o.title() == "No door is open yet for this person"


def test_what_is_no_answer_comes_back_with_what_to_do(guard: Client) -> None:
    o = started(guard).says("age", "old")
    assert o.title() == "Age" and "Write a whole number, such as 24" in o.words
    assert "Choose an answer, or say that you don’t know yet" in o.says("age", "").words


def test_back_brings_the_question_before_as_it_was_answered(guard: Client) -> None:
    o = started(guard).says("age", "24").press("back")
    assert o.title() == "Age" and 'value="24"' in o.html


def test_said_no_is_counted_without_a_name_and_not_asked_again(guard: Client) -> None:
    o = started(guard).says("age", "24").says("armed", "no").says("lives_here", "no")
    o.press("offer", gate="ward/gate")
    assert o.title() == "Gate: was it offered?"
    o.press("count", count="no_thanks", gate="ward/gate")
    assert waiting("ward")["no_thanks"] == {'{"door": "gate"}': 1}
    assert "Counted. It is not asked again." in o.words and "Offer it" not in o.words


def test_not_offered_keeps_the_reason_by_whom_and_what_would_have_been_done(guard: Client) -> None:
    o = (
        started(guard)
        .says("age", "24")
        .says("armed", "no")
        .says("lives_here", "no")
        .press("offer", gate="ward/gate")
    )
    page = o.page
    o.press("count", count="not_offered", gate="ward/gate")
    assert "The reason is missing." in o.words
    o.page = page
    o.press("count", count="not_offered", gate="ward/gate", **{"reason.not_offered": "asleep"})
    assert waiting("ward")["not_offered"] == {'{"by": "guard", "otherwise": "nothing", "reason": "asleep"}': 1}


def test_a_yes_opens_the_doors_own_form_with_the_answers_carried_over(guard: Client) -> None:
    o = started(guard).says("age", "24").says("armed", "no").says("lives_here", "no")
    o.press("offer", gate="ward/gate").press("open", gate="ward/gate")
    assert 'action="/new/gate/"' in o.html
    assert 'value="24"' in o.html.split('name="fact.age"')[1].split(">")[0]
    assert re.search(r'name="fact.armed" value="no"[^>]* checked', o.html)


def test_nothing_typed_is_stored_before_a_case_opens(guard: Client) -> None:
    o = started(guard).says("age", "77").says("armed", "no").says("lives_here", "no")
    o.press("offer", gate="ward/gate").press("open", gate="ward/gate")
    assert not Draft.objects.exists() and not EventRow.objects.exists()
    kept = {key for s in Session.objects.all() for key in s.get_decoded() if not key.startswith("_auth")}
    assert kept <= {"post"}  # at which post somebody works
    assert TallyWait.objects.count() == 1  # what would have been done, and nothing else


def test_no_answer_ever_stands_in_an_address(guard: Client) -> None:
    o = started(guard).says("age", "24").says("armed", "no").says("lives_here", "no")
    assert not re.search(r'(href|action)="[^"]*(age|armed|lives_here)', o.html)


def test_a_door_of_somebody_else_cannot_be_pressed(guard: Client) -> None:
    assert guard.post(WHICH, {"then": "open", "gate": "pt-dissuasion/police_record"}).status_code == 404


def test_a_new_case_begins_with_the_questions_where_there_are_several_programmes(guard: Client) -> None:
    assert guard.get("/new/").headers["location"] == WHICH
    assert guard.get("/new/?list").status_code in (200, 302)


def test_with_one_programme_the_way_in_stays_as_it_was(guard: Client) -> None:
    Post.objects.filter(programme="yard").delete()
    assert guard.get("/new/").headers["location"] == "/new/gate/"
