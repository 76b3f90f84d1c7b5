"""A programme that only records, on the desk: from the recorded opening to its end; counts, receipts, demands."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from amparo.cases.model import Do, Request
from amparo.ledger import book
from amparo.ledger.casefile import load
from amparo.people.models import Account, Office, Post, Site
from tests.desk.conftest import ZONE, browser_of, moment, now, words

PROGRAMMES = (Path(__file__).parents[1] / "ledger" / "programmes",)


@pytest.fixture(autouse=True)
def invented(settings: Any) -> None:
    settings.AMPARO_PROGRAMMES = PROGRAMMES


@pytest.fixture
def quay(db: None) -> Site:
    return Site.objects.create(code="quay", name="Quay", zone="Europe/Lisbon")


def enter(site: Site, programme: str, role: str) -> Client:
    """A browser of somebody who works here in a role."""
    account = Account.objects.create_user(role, id=f"acc-{role}", name=role.title(), demo=True)
    Post.objects.create(account=account, site=site, programme=programme, role=role, from_day=date(2020, 1, 1))
    return browser_of(account)


# ------------------------------------------------------------------------------------------- only recorded
def brought(recorder: Client, **typed: str) -> str:
    """A case opened on the page of its door, with what was typed and nothing else."""
    at = datetime.now(ZONE) - timedelta(hours=2)
    sent = {"person.name": "Sam Sample", "key": "0123456789abcdef", **moment("fact.seen_at", at), **typed}
    assert recorder.post("/new/quay/", {**sent, "then": "write"})["Location"] == "/new/quay/read-back/"
    return str(recorder.post("/new/quay/read-back/")["Location"].split("/")[2])


def take(recorder: Client, case: str, step: str, **typed: str) -> str:
    """A step on its page, to the end; what the next page says."""
    form = f"/case/{case}/step/{step}/"
    seen = {"key": f"key {step} 0123456789", "seen": "", **typed}
    to = recorder.post(form, {**seen, "then": "write"})["Location"]
    if "read-back" in to:
        to = recorder.post(to)["Location"]
    assert to == f"/case/{case}/", to
    return words(recorder.get(to))


def test_the_opening_is_written_down_although_reasons_and_age_are_lacking(quay: Site) -> None:
    recorder = enter(quay, "docket", "recorder")
    case = brought(recorder, **{"fact.age": "15"})
    held = load(case).case
    assert held.stage == "held" and {f["detail"] for f in held.unmet} == {"criterion", "reasons"}
    page = words(recorder.get(f"/case/{case}/"))
    assert "was written down as it happened, though not all" in page
    assert "Lacking: the reasons of who decides (" in page
    assert "Lacking: a requirement that was not met or not known: “" in page


def test_the_file_of_a_case_that_is_only_recorded_offers_nothing_and_lists_what_can_be_written(
    quay: Site,
) -> None:
    recorder = enter(quay, "docket", "recorder")
    case = brought(recorder, **{"fact.age": "30"})
    page = words(recorder.get(f"/case/{case}/"))
    assert "What can be written down" in page and "Charged" in page
    assert "What can be done now" not in page and "waits for you" not in page
    assert "Needs, advice and referrals" in page


def test_what_a_clock_waits_for_comes_first_and_says_where_it_leads(quay: Site) -> None:
    recorder = enter(quay, "docket", "recorder")
    case = brought(recorder, **{"fact.age": "30"})
    assert "From where the case stands Charged Leads to: " in words(recorder.get(f"/case/{case}/"))
    take(recorder, case, "charge")
    page = words(recorder.get(f"/case/{case}/"))
    before, _waited, after = page.partition("Waited for now")
    assert after.index("Heard") < after.index("From where the case stands"), "the first hearing"
    assert "Something else happened" not in page, "nothing is folded away"


def test_a_whole_case_is_written_down_step_by_step_and_opened_again(quay: Site) -> None:
    recorder = enter(quay, "docket", "recorder")
    case = brought(recorder, **{"fact.age": "30"})
    take(recorder, case, "charge")
    form = words(recorder.get(f"/case/{case}/step/judge/"))
    assert "It is written as it was" in form
    page = take(recorder, case, "judge", **{"fact.verdict": "yes"})
    assert load(case).case.stage == "sailed" and "was written down as it happened" in page
    take(recorder, case, "quash")
    assert load(case).case.stage == "cleared"


# ------------------------------------------------------------------------------------------------ receipts
def cautioned(site: Site) -> tuple[str, Client]:
    """A caution that the rolls were told of, and that was set aside; with the head warden's browser."""
    head = enter(site, "notebook", "head")
    enter(site, "notebook", "warden")
    told = {"seen_at": now() - 3600, "trodden": "lawn", "pupil": False}
    from_path = write("warden", None, Request("steps", "", "warden", (do("caution", told),), door="path"))
    write("head", from_path, Request("send", "", "head", args={"notice": "entered", "how": "post"}))
    write("head", from_path, Request("steps", "", "head", (do("set_aside"),), reasons="Not the lawn."))
    return from_path, head


def do(step: str, facts: dict[str, Any] | None = None) -> Do:
    return Do(step, facts or {})


def write(role: str, case: str | None, request: Request) -> str:
    who, key = Account.objects.get(username=role), f"{role} {request.steps} {sorted(request.args.items())}"
    done = book.record(who, case, request, key + request.verb, programme="notebook", site="quay")
    assert isinstance(done, book.Recorded), done
    return done.case_id


def test_the_file_counts_the_receipts_until_the_last_is_in(quay: Site) -> None:
    case, head = cautioned(quay)
    page = words(head.get(f"/case/{case}/"))
    assert "0 of 1 receipt is in." in page and "1 letter is still to be handed over." in page
    write("head", case, Request("send", "", "head", args={"notice": "correction", "how": "post"}))
    write("head", case, Request("receive", "", "head", args={"notice": "correction"}))
    assert "1 of 1 receipt is in." in words(head.get(f"/case/{case}/"))


def test_what_is_to_be_sent_names_an_office_by_its_name(quay: Site) -> None:
    office = Office.objects.create(site=quay, role="nurse", name="Nurses of the garden")
    head = enter(quay, "notebook", "head")
    enter(quay, "notebook", "warden")
    told = {"seen_at": now() - 3600, "trodden": "lawn", "pupil": False}
    case = write("warden", None, Request("steps", "", "warden", (do("caution", told),), door="path"))
    args = {"kind": "health", "to": office.pk, "says": "A word.", "agreed": True}
    write("head", case, Request("refer", "", "head", args=args))
    write("head", case, Request("steps", "", "head", (do("set_aside"),), reasons="Not the lawn."))
    assert "Nurses of the garden" in words(head.get("/outbox/"))


# ------------------------------------------------------------------------------------------------ counts
def test_counts_are_shown_without_small_numbers_and_only_to_who_answers_for_the_whole(quay: Site) -> None:
    keeper, head = enter(quay, "notebook", "keeper"), enter(quay, "notebook", "head")
    enter(quay, "notebook", "warden")
    warden = Account.objects.get(username="warden")
    for n in range(5):
        book.tally(warden, "quay", "notebook", "no_thanks", {"trodden": "lawn"}, f"a{n}", door="path")
    book.tally(warden, "quay", "notebook", "otherwise", {"otherwise": "sent_out"}, "b", door="path")
    page = words(keeper.get("/counts/"))
    assert "Did not want to talk: Lawn 5" in page
    assert "What would have been done otherwise: Sent out of the garden fewer than 5" in page
    assert head.get("/counts/").status_code == 404


# ------------------------------------------------------------------------------------------------ outside every rule
def test_what_was_told_in_an_emergency_waits_for_whoever_answers_for_privacy(quay: Site) -> None:
    case, head = cautioned(quay)
    warden, privacy = browser_of("warden"), enter(quay, "notebook", "privacy")
    told = {"to": "Hospital S", "what": "Fell on the path", "why": "Not awake", "key": "k1"}
    lacking = words(
        warden.post(f"/case/{case}/outside/", {**told, "why": "", "then": "emergency_disclosure"})
    )
    assert "why it could not wait" in lacking
    warden.post(f"/case/{case}/outside/", {**told, "then": "emergency_disclosure"})
    assert "Look at what Hospital S was told" in words(privacy.get("/demands/"))
    assert "1 legal demand or emergency disclosure waits for you." in words(privacy.get(f"/case/{case}/"))
    one = {"id": load(case).case.disclosed[0]["id"], "words": "As little as would do.", "key": "k2"}
    privacy.post(f"/case/{case}/outside/", {**one, "then": "review_disclosure"})
    assert "Nothing waits." in words(privacy.get("/demands/"))
    seen = words(head.get(f"/case/{case}/who-saw/"))
    assert "told Hospital S in an emergency: “Fell on the path”. Ground: Not awake" in seen
    assert warden.get("/demands/").status_code == 404


def test_a_legal_demand_waits_in_a_queue_opens_nothing_and_is_answered(quay: Site) -> None:
    case, head = cautioned(quay)
    privacy = enter(quay, "notebook", "privacy")
    asked = {"from": "District court", "under": "Order 12", "what": "The whole file", "key": "k1"}
    wrong = {**asked, "due.day": "31", "due.month": "2", "due.year": "2030", "then": "legal_demand"}
    assert "2030-02-31" in words(head.post(f"/case/{case}/outside/", wrong))
    right = {**wrong, "due.day": "20", "key": "k2"}
    head.post(f"/case/{case}/outside/", right)
    assert "Answer District court" in words(privacy.get("/demands/"))
    answer = {"id": next(iter(load(case).case.demands)), "answer": "refused", "words": "No order was shown."}
    assert "is not yours" in words(
        head.post(f"/case/{case}/outside/", {**answer, "key": "k3", "then": "answer_demand"})
    )
    privacy.post(f"/case/{case}/outside/", {**answer, "key": "k4", "then": "answer_demand"})
    assert "Nothing waits." in words(privacy.get("/demands/"))
    assert "refused, nothing was given" in words(privacy.get(f"/case/{case}/"))
