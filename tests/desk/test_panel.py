"""A panel decides by consensus from the sign-in of any member who is present; who stepped back reads nothing more."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from amparo.cases.model import Do, Request
from amparo.ledger import book
from amparo.people import store
from amparo.people.models import Account, Mandate, Post, SettingEntry, Site
from tests.desk.conftest import ZONE, browser_of, mark_of, now, words

P = "nz-panel"
STAFF = {
    "officer": "officer", "sergeant": "supervisor", "coordinator": "coordinator", "facilitator": "facilitator",
    "ana": "panel_member", "bea": "panel_member", "cal": "panel_member", "dov": "panel_member",
}  # fmt: skip
SITS = ("acc-ana", "acc-bea", "acc-cal")
HARMED = "It was my late mother's."


@pytest.fixture
def house(db: None) -> Site:
    site = Site.objects.create(code="house", name="The House", zone="Europe/Lisbon", address="1 Gate Road")
    for login, role in STAFF.items():
        account = Account.objects.create_user(login, id=f"acc-{login}", name=login.title(), demo=True)
        Post.objects.create(account=account, site=site, programme=P, role=role, from_day=date(2020, 1, 1))
        if role == "panel_member":
            Mandate.objects.create(
                account=account, site=site, body="panel", qualities=["trained"], from_day=date(2020, 1, 1)
            )
    for name, value in (("huis_a_week", "10"), ("words_promise", "It stays in the room.")):
        SettingEntry.objects.create(
            site=site, programme=P, name=name, value=value, from_day=date(2020, 1, 1), source="the house",
            source_date=date(2020, 1, 1), by_id="acc-coordinator",
        )  # fmt: skip
    return site


def send(login: str, case: str | None, request: Request, **more: Any) -> str:
    account = Account.objects.get(username=login)
    done = book.record(account, case, request, f"{login} {request}", **more)
    assert isinstance(done, book.Recorded), done
    return done.case_id


def step(login: str, case: str | None, name: str, **fields: Any) -> str:
    kept = {k: fields.pop(k) for k in ("facts", "terms", "handed", "accepted", "waived") if k in fields}
    more = {k: fields.pop(k) for k in ("person", "programme", "site") if k in fields}
    return send(
        login, case, Request("steps", f"acc-{login}", STAFF[login], (Do(name, **kept),), **fields), **more
    )


def sit(login: str, case: str, **args: Any) -> None:
    send(login, case, Request("sit", f"acc-{login}", STAFF[login], args=args))


def referred(**more: Any) -> str:
    """A case that an officer has just referred."""
    mia = store.keep(store.Record(name="Mia Modelo", born="1999-12-31"))
    told = {
        "occurred_at": now() - 3 * 86400, "summary": "Took a jacket.", "offence": "shoplifting", "age": 26,
        "max_penalty_months": 3, "family_harm": False, "methamphetamine": False, "evidence_enough": True,
        "accepts_facts": True, "someone_harmed": True, "harmed_view": "Glad of it.", "harmed_contact": "By letter.",
        **more,
    }  # fmt: skip
    return step("officer", None, "refer", facts=told, person=mia, programme=P, site="house", door="police")


@pytest.fixture
def hui(house: Site) -> str:
    """A case before its hui; the harmed person sent words."""
    case = referred()
    step("sergeant", case, "agree_referral", facts={"warning_not_enough": True})
    step("coordinator", case, "accept")
    for login, role in (("coordinator", "coordinator"), ("facilitator", "facilitator")):
        args = {"role": role, "who": f"acc-{login}"}
        send("coordinator", case, Request("assign", "acc-coordinator", "coordinator", args=args))
    step("coordinator", case, "set_hui", facts={"hui_at": now()}, handed=("invitation", "order_of_hui"))
    step("facilitator", case, "meet_first", facts={"person_words": "I was angry."})
    step("facilitator", case, "ask_harmed", facts={"harmed_choice": "send_words", "harmed_words": HARMED})
    return case


def sitting(case: str) -> str:
    """Three of the four members sit, and the hui has begun."""
    sit("facilitator", case, do="open", present=SITS, impeded={}, vacant=0, chair="acc-ana")
    there = {"observer_there": True, "harmed_there": False}
    step("facilitator", case, "open_hui", facts=there, handed=("hui_page",))
    return case


@pytest.fixture
def sits(hui: str) -> str:
    return sitting(hui)


def item(n: int, what: str, **more: str) -> dict[str, str]:
    base, day = f"item.plan_item.{n}", str(datetime.now(ZONE).date() + timedelta(weeks=4))
    typed = {"item": what, "how_shown": "receipt", "checked_by": "coordinator", "in": day, **more}
    return {f"{base}.{name}": given for name, given in typed.items()}


def plan(**votes: str) -> dict[str, str]:
    return {
        "key": "k1", "seen": "", "choice.way_on": "agree_plan", "term.agree_plan.length.n": "8",
        "term.agree_plan.length.unit": "weeks", "accepted.accepts_plan": "yes", "fact.accepts_plan": "yes",
        **item(0, "apology"), **item(1, "community_work", hours="20"), **item(2, "reparation", **{"amount.n": "350"}),
        **{f"vote.acc-{who}": vote for who, vote in votes.items()},
    }  # fmt: skip


CHOICE = "/case/{}/choice/way_on/"


def voted(member: Client, case: str, **votes: str) -> str:
    """The proposal is read, then voted on; where the form leads when it is sent."""
    page = CHOICE.format(case)
    member.post(page, {**plan(), "then": "votes"})
    typed = {**plan(**votes), "voted_on": mark_of(member.get(page)), "then": "write"}
    return str(member.post(page, typed)["Location"])


def test_a_member_reads_who_sits_and_is_asked_for_each_vote(sits: str) -> None:
    ana = browser_of("ana")
    assert "3 present: enough to decide" in words(ana.get(CHOICE.format(sits)))
    ana.post(CHOICE.format(sits), {**plan(), "then": "votes"})
    page = ana.get(CHOICE.format(sits)).content.decode()
    assert all(f'name="vote.{who}"' in page for who in SITS)


def test_a_member_sends_the_plan_with_the_vote_of_each(sits: str) -> None:
    ana, read_back = browser_of("ana"), voted(browser_of("ana"), sits, ana="for", bea="for", cal="abstain")
    assert read_back.endswith("read-back/")
    assert "Cal abstained" in words(ana.get(read_back))
    assert "Written" in words(ana.post(read_back, follow=True))
    agreed = words(browser_of("coordinator").get(f"/case/{sits}/obligations/"))
    assert all(x in agreed for x in ("Apology", "Work for the community", "NZD 350"))


def test_without_consensus_nothing_is_written(sits: str) -> None:
    assert voted(browser_of("bea"), sits, ana="for", bea="against", cal="for").endswith("?asked=write")


def test_a_member_confirms_their_vote_from_their_own_sign_in(sits: str) -> None:
    ana, bea = browser_of("ana"), browser_of("bea")
    ana.post(voted(ana, sits, ana="for", bea="for", cal="for"))
    assert "Written in your name: for" in words(bea.get(f"/case/{sits}/sitting/"))
    typed = {"then": "confirm", "key": "c1", "seen": "", "vote": "for", "words": ""}
    page = words(bea.post(f"/case/{sits}/sitting/", typed, follow=True))
    assert "Confirmed from their own sign-in" in page


def test_a_member_says_who_sits_now(sits: str) -> None:
    typed = {f"who.{who}": "here" for who in ("acc-ana", "acc-bea", "acc-dov")}
    typed |= {
        "who.acc-cal": "away",
        "why.acc-cal": "ill",
        "vacant": "0",
        "chair": "acc-ana",
        "then": "present",
    }
    page = browser_of("ana").post(f"/case/{sits}/sitting/", {**typed, "key": "p1", "seen": "0"}, follow=True)
    assert "Dov present" in words(page)


def reads(login: str, case: str) -> bool:
    pages = (f"/case/{case}/", f"/case/{case}/sitting/")
    found = [browser_of(login).get(page) for page in pages]
    assert len({page.status_code for page in found}) == 1
    return found[0].status_code == 200 and HARMED in found[0].content.decode().replace("&#x27;", "'")


def test_who_steps_back_reads_nothing_more(sits: str) -> None:
    ana = browser_of("ana")
    typed = {"then": "recuse", "code": "knows_well", "key": "r1", "seen": ""}
    assert reads("ana", sits)
    told = ana.post(f"/case/{sits}/sitting/", typed, follow=True)
    assert told.status_code == 200 and "Written" in words(told)
    assert not reads("ana", sits) and reads("bea", sits)
    assert book.number(sits) not in words(ana.get("/"))


def test_who_is_declared_impeded_reads_nothing(hui: str) -> None:
    impeded = {"acc-dov": "knows_well"}
    sit("facilitator", hui, do="open", present=SITS, impeded=impeded, vacant=0, chair="acc-ana")
    assert not reads("dov", hui) and reads("cal", hui)


def test_a_member_of_no_sitting_here_reads_nothing(sits: str) -> None:
    assert not reads("dov", sits)


def test_a_year_is_no_answer_where_weeks_are_the_limit(sits: str) -> None:
    page = browser_of("ana").get(CHOICE.format(sits)).content.decode()
    units = [part for part in page.split("<input") if 'name="term.agree_plan.length.unit"' in part]
    assert [any(f'value="{unit}"' in part for part in units) for unit in ("weeks", "months", "years")] == [
        True, True, False,
    ]  # fmt: skip


def filled(page: Any) -> str:
    """The words of the filled button of a file, '' if there is none."""
    found = re.findall(r'class="btn go"[^>]*>(.*?)</a>', page.content.decode(), flags=re.S)
    return re.sub(r"<[^>]+>", "", found[0]).strip() if found else ""


def test_the_step_that_goes_on_is_filled(house: Site) -> None:
    page = browser_of("sergeant").get(f"/case/{referred()}/")
    assert filled(page) == "Open Agree to the referral"


def test_no_step_that_ends_the_case_is_filled_while_the_proper_one_is_blocked(house: Site) -> None:
    page = browser_of("sergeant").get(f"/case/{referred(family_harm=True)}/")
    assert "No further action" in words(page) and not filled(page)
    assert "Not yet: agree to the referral." in words(page).split("What can be done now")[0]


def test_nobody_is_led_out_of_the_programme(hui: str) -> None:
    for login in ("coordinator", "facilitator"):
        assert "wants to stop" not in filled(browser_of(login).get(f"/case/{hui}/"))
