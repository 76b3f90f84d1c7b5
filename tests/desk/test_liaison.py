"""The prosecutor of a diverted charge sees its reference, whether the intake is complete, since when, and what they
decided themselves; and nothing else, on any page.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import pytest
from django.test import Client

from amparo.cases.model import Do, Request
from amparo.ledger import book
from amparo.people import store
from amparo.people.models import Account, Area, Office, Post, SettingEntry, Site
from tests.desk.conftest import browser_of, words

P = "us-lead"
KEYS = count()
ENTERED = {
    "door_arrest": "yes", "door_social": "yes", "amount_rule": "no", "social_tests": "no",
    "listed_offences": "possession", "handoff_target": "30 min", "intake_limit": "30 days", "part2_applies": "yes",
    "completion_bars_filing": "no", "consent_lasts": "1 year", "answer_within": "3 days", "charge_review": "60 days",
    "review_days": "10 days", "contact_rhythm": "14 days", "seek_every": "7 days", "caseload_places": "20",
}  # fmt: skip
STAFF = {"ofi": "officer", "cas": "case_manager", "man": "manager", "pro": "prosecutor"}
CANARIES = ("Zelda", "Quill", "canary-reach", "canary-need", "canary-offer", "canary-reasons", "555-0199")
TELLING = (
    "Enrolled after", "Active", "intake running", "First night", "Naloxone", "Safe tonight", "Says yes", "housing",
    "street", "Caseload", "Contact or attempt", "case manager is there",
)  # fmt: skip


@pytest.fixture
def county(db: None) -> Site:
    site = Site.objects.create(code="county", name="The county", zone="America/Los_Angeles")
    Area.objects.create(site=site, code="downtown", title={"en": "Canaryville"})
    office = Office.objects.create(id="off-da", site=site, role="prosecutor", name="Prosecutor's office")
    for login, role in STAFF.items():
        made = Account.objects.create_user(
            login, id=f"acc-{login}", name=f"{login} staff", office=office if login == "pro" else None
        )
        Post.objects.create(account=made, site=site, programme=P, role=role, from_day=date(2020, 1, 1))
    for name, value in ENTERED.items():
        SettingEntry.objects.create(
            site=site, programme=P, name=name, value=value, from_day=date(2020, 1, 1), source="invented",
            source_date=date(2020, 1, 1), by_id="acc-man",
        )  # fmt: skip
    return site


Enter = Callable[[str], Client]


@pytest.fixture
def enter(county: Site) -> Enter:
    return browser_of


def send(login: str, case: str | None, request: Request, ago: int, **more: Any) -> str:
    who = Account.objects.get(username=login)
    done = book.record(
        who, case, request._replace(role=STAFF[login]), f"key {next(KEYS)}", programme=P, site="county",
        now=int(time.time()) - ago, **more,
    )  # fmt: skip
    assert isinstance(done, book.Recorded), done
    return done.case_id


def step(login: str, case: str | None, name: str, ago: int, **facts: Any) -> str:
    request = Request("steps", "", "", (Do(name, facts),), reasons="canary-reasons", door="arrest_diversion")
    person = store.keep(store.Record(name="Zelda Quill", born="1988-01-01")) if case is None else None
    return send(login, case, request, ago, **({"person": person} if person else {}))


@pytest.fixture
def diverted(county: Site) -> str:
    """A charge that is held; the person has been met, and works on with the case manager."""
    return _diverted()


def _diverted() -> str:
    at = int(time.time()) - 9_100
    case = step(
        "ofi", None, "hand_over", 9_000, referred_at=at, area="downtown", probable_cause=True,
        offence_class="possession", threat_to_others=False, attested=True, age=36, charge_reference="REF-77",
        offer_answer="yes",
    )  # fmt: skip
    step("cas", case, "take_over", 8_000)
    step(
        "cas",
        case,
        "first_night",
        7_500,
        safe_tonight=False,
        naloxone_given=True,
        reach_at="canary-reach 555-0199",
    )
    step("cas", case, "opt_in", 7_000, offer_answer="yes")
    need = Request("note_need", "", "", args={"kind": "housing", "words": "canary-need", "answer": "wanted"})
    send("cas", case, need, 6_000)
    return case


def let(case: str) -> None:
    args = {"do": "give", "kind": "intake_to_prosecutor", "to": "off-da", "signature": "paper 3"}
    send("cas", case, Request("consent", "", "", args=args), 5_500)


def complete(case: str) -> None:
    step("cas", case, "complete_intake", 4_000, needs={"codes": ["housing"], "open": False}, housing="street")


PAGES = (
    "/",
    "/case/{case}/",
    "/case/{case}/?all=1",
    "/case/{case}/facts/",
    "/?q={case}",
    "/outbox/",
)
SHUT = (
    "/case/{case}/support/", "/case/{case}/consents/", "/case/{case}/who-saw/", "/case/{case}/contact/",
    "/case/{case}/annul/", "/places/", "/meetings/", "/tests/", "/site/",
    "/services/",
)  # fmt: skip


def seen(client: Client, case: str) -> str:
    return " ".join(words(client.get(page.format(case=case))) for page in PAGES)


def test_on_no_page_stands_anything_of_the_person_or_of_how_it_goes(enter: Enter, diverted: str) -> None:
    complete(diverted)
    everything = seen(enter("pro"), diverted)
    assert "REF-77" in everything and "Held" in everything
    assert [word for word in (*CANARIES, *TELLING, "Canaryville") if word in everything] == []


def test_a_name_finds_nobody_for_them(enter: Enter, diverted: str) -> None:
    page = words(enter("pro").get("/?q=Zelda"))
    assert "Nobody of this name" in page and diverted.upper() not in page


def test_without_the_persons_yes_not_even_whether_the_intake_is_complete(enter: Enter, diverted: str) -> None:
    before = words(enter("pro").get(f"/case/{diverted}/"))
    complete(diverted)
    assert "Intake complete" not in before
    assert words(enter("pro").get(f"/case/{diverted}/")) == before, (
        "nothing changes on the page when it is complete"
    )


def test_with_it_the_prosecutor_reads_yes_or_no_and_since_when_and_still_nothing_else(
    enter: Enter, diverted: str
) -> None:
    let(diverted)
    page = words(enter("pro").get(f"/case/{diverted}/"))
    assert "Intake complete No" in page and "Intake complete since" not in page
    complete(diverted)
    everything = seen(enter("pro"), diverted)
    assert "Intake complete Yes" in everything and "Intake complete since" in everything
    assert [word for word in (*CANARIES, *TELLING) if word in everything] == []


def test_their_own_decision_is_the_open_choice_of_the_file(enter: Enter, diverted: str) -> None:
    page = words(enter("pro").get(f"/case/{diverted}/"))
    assert "Next Charge filed or charge not filed" in page
    assert "Waited for now Charge filed" in page and "Charge not filed" in page.partition("Waited for now")[2]
    assert "Something else happened" not in page and "Nothing in this case waits for you" not in page


LAW = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."


def test_what_is_read_under_a_consent_carries_the_laws_sentence_and_nothing_else_does(
    enter: Enter, diverted: str
) -> None:
    pages = (f"/case/{diverted}/", f"/case/{diverted}/facts/")
    client = enter("pro")
    assert not any(LAW in words(client.get(page)) for page in pages)
    let(diverted)
    assert all(LAW in words(client.get(page)) for page in pages)
    assert LAW not in words(enter("cas").get(pages[0]))


def test_a_notice_that_rests_on_a_consent_goes_out_with_the_laws_sentence(
    enter: Enter, diverted: str
) -> None:
    let(diverted)
    complete(diverted)
    assert f"With it goes: “{LAW}”" in words(enter("cas").get("/outbox/"))


def test_where_the_law_is_settled_not_to_apply_its_sentence_is_not_there(enter: Enter, county: Site) -> None:
    SettingEntry.objects.filter(site=county, name="part2_applies").update(value="no")
    case = _diverted()
    let(case)
    assert LAW not in words(enter("pro").get(f"/case/{case}/"))


def test_their_own_decision_stands_there_with_its_reasons(enter: Enter, diverted: str) -> None:
    step("pro", diverted, "do_not_file", 1_000)
    page = words(enter("pro").get(f"/case/{diverted}/"))
    assert "Charge not filed" in page and "Not filed" in page


def test_pages_of_the_office_are_not_there(enter: Enter, diverted: str) -> None:
    client = enter("pro")
    assert [p for p in SHUT if client.get(p.format(case=diverted)).status_code != 404] == []


def test_a_charge_that_is_none_of_theirs_is_not_there(enter: Enter, diverted: str, county: Site) -> None:
    request = Request("steps", "", "", (Do("refer_social", _social()),), door="social_contact")
    person = store.keep(store.Record(name="Other Person"))
    other = send("man", None, request, 3_000, person=person)
    client = enter("pro")
    assert client.get(f"/case/{other}/").status_code == 404
    assert other.upper() not in words(client.get("/"))


def _social() -> dict[str, Any]:
    return {"referred_at": int(time.time()) - 3_100, "area": "downtown", "age": 41}


def officers_page(client: Client, case: str) -> str:
    """The case page of who handed over, all of it."""
    return words(client.get(f"/case/{case}/?all=1"))


def test_the_officers_page_says_contact_was_made_and_stays_the_same_after_a_yes(
    enter: Enter, diverted: str
) -> None:
    officer = enter("ofi")
    met = officers_page(officer, diverted)
    assert "Reached Contact made" in met and "Answer to the offer Yes" in met
    assert "Intake complete" not in met and "Diverted charge" not in met
    complete(diverted)
    step("pro", diverted, "do_not_file", 3_000)
    assert officers_page(officer, diverted) == met


def test_the_officers_page_is_the_same_after_a_no(enter: Enter, diverted: str) -> None:
    officer = enter("ofi")
    met = officers_page(officer, diverted)
    step("cas", diverted, "opt_out", 3_000)
    assert officers_page(officer, diverted) == met
