"""The page of another person in the case; and addresses and forms that count nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from amparo.cases.model import Do, Request
from amparo.ledger import book, others
from amparo.ledger.casefile import load
from amparo.ledger.models import Summary
from amparo.people import store
from amparo.people.models import Account, Office, Post, SettingEntry, Site
from tests.desk.conftest import ZONE, browser_of, moment, now, words

P = "landing"
PROGRAMMES = (Path(__file__).parents[1] / "ledger" / "programmes",)
CAST = ("warden", "sergeant", "keeper", "host", "member", "clerk", "hurt")


@pytest.fixture(autouse=True)
def invented(settings: Any) -> None:
    settings.AMPARO_PROGRAMMES = PROGRAMMES


@pytest.fixture
def landing(db: None) -> dict[str, Client]:
    site = Site.objects.create(code="landing", name="Landing", zone="Europe/Lisbon")
    found = {}
    for role in CAST:
        account = Account.objects.create_user(role, id=f"acc-{role}", name=role.title(), demo=True)
        Post.objects.create(account=account, site=site, programme=P, role=role, from_day=date(2020, 1, 1))
        found[role] = browser_of(account)
    Office.objects.create(id="off-lia", site=site, role="liaison", name="Liaison office")
    SettingEntry.objects.create(
        site=site, programme=P, name="ask_days", value="10 days", from_day=date(2020, 1, 1), source="the site",
        source_date=date(2020, 1, 1), by_id="acc-host",
    )  # fmt: skip
    return found


def write(role: str, case: str | None, request: Request, **more: Any) -> book.Recorded:
    account = Account.objects.get(username=role)
    done = book.record(
        account, case, request._replace(actor=account.pk, role=role), f"{role} {request}", **more
    )
    assert isinstance(done, book.Recorded), done
    return done


@pytest.fixture
def case(landing: dict[str, Client]) -> str:
    alex = store.keep(store.Record(name="Alex Exemplo"))
    told = {"told_at": now() - 3600, "somebody_hurt": True, "hurt_reach": "canary-street 5"}
    opened = write(
        "warden", None, Request("steps", "", "", (Do("report", told),), door="gate"), person=alex,
        programme=P, site="landing",
    )  # fmt: skip
    said = {"hurt_choice": "send_words", "hurt_words": "canary-words"}
    write("host", opened.case_id, Request("steps", "", "", (Do("ask_hurt", said),)))
    return opened.case_id


def test_who_may_reach_them_writes_down_who_they_are_on_a_page_of_their_own(landing, case):
    page = landing["host"].get(f"/case/{case}/other/hurt/")
    assert "Canary-words" in words(page) and "Canary-street 5" in words(page)
    assert "It is kept as long as the case, and destroyed with it." in words(page)
    typed = {
        "then": "reach",
        "key": "a key 0123456789",
        "other.name": "Harriet Canary",
        "reach.phone": "910 000 222",
    }
    assert landing["host"].post(f"/case/{case}/other/hurt/", typed)["Location"] == f"/case/{case}/other/hurt/"
    assert "Harriet Canary" in words(landing["host"].get(f"/case/{case}/other/hurt/"))
    record = store.fetch(others.of_case(case)[0].person)
    assert (record.name, record.channels[0].value) == ("Harriet Canary", "910 000 222")


def test_the_page_of_the_case_shows_nothing_of_theirs_but_the_way_to_their_page(landing, case):
    page = landing["host"].get(f"/case/{case}/")
    assert "canary" not in words(page) and f"/case/{case}/other/hurt/" in page.content.decode()


@pytest.mark.parametrize("role", ["member", "clerk", "warden", "sergeant"])
def test_for_everybody_else_there_is_no_such_page_and_no_way_to_it(landing, case, role):
    assert landing[role].get(f"/case/{case}/other/hurt/").status_code == 404
    seen = landing[role].get(f"/case/{case}/")
    assert "/other/" not in seen.content.decode() and "canary-street" not in words(seen)


def test_there_is_no_page_of_somebody_whom_the_programme_does_not_know(landing, case):
    assert landing["host"].get(f"/case/{case}/other/nobody/").status_code == 404


def test_a_name_that_is_too_long_is_refused_in_three_lines_and_nothing_is_kept(landing, case):
    typed = {"then": "reach", "key": "a key 0123456789", "other.name": "x" * 300}
    page = words(landing["host"].post(f"/case/{case}/other/hurt/", typed))
    assert "longer than it can be kept" in page
    assert store.fetch(others.of_case(case)[0].person).name == ""


def test_whoever_was_hurt_reads_on_their_own_page_what_is_theirs(landing, case):
    write("host", case, Request("assign", "", "", args={"role": "hurt", "who": "acc-hurt"}))
    page = words(landing["hurt"].get(f"/case/{case}/"))
    assert "Canary-words" in page and "Canary-street 5" in page and "Somebody was hurt" not in page


# ------------------------------------------------------------------------------------------------ nothing to count by
def test_no_address_and_no_form_tells_how_long_the_log_is(landing, case):
    give = {"do": "give", "kind": "liaison_may_know", "to": "off-lia", "signature": "paper 1"}
    write("host", case, Request("consent", "", "", args=give))
    held = load(case).case
    letter, consent = next(iter(held.letters)), next(iter(held.consents))
    pages = [landing["host"].get(f"/case/{case}/{part}").content.decode() for part in ("", "consents/")]
    outbox = landing["host"].get("/outbox/").content.decode()
    for page in (*pages, outbox):
        assert f'"{consent}"' not in page and f"/{letter}/" not in page and f'{letter}"' not in page
    link = next(x for x in pages[0].split('"') if x.startswith(f"/case/{case}/letter/"))
    assert landing["host"].get(link).status_code == 200
    assert landing["host"].get(f"/case/{case}/letter/{letter}/").status_code == 404
    take = next(x for x in pages[1].split('"') if x.startswith(f"/case/{case}/consents/back/"))
    mark = landing["host"].get(take).content.decode().split('name="id" value="')[1].split('"')[0]
    typed = {"then": "withdraw", "id": mark, "key": "a key 0123456789"}
    assert landing["host"].post(f"/case/{case}/consents/", typed).status_code == 302
    assert load(case).case.consents[consent].how == "withdrawn"


# ------------------------------------------------------------------------------------------------ consents
def test_what_a_consent_opens_is_said_before_and_after_and_its_end_is_confirmed(landing, case):
    host, form = landing["host"], f"/case/{case}/consents/"
    ask = f"{form}ask/liaison_may_know/"
    assert "Told at" in words(host.get(ask)).split("is not a disclosure.")[1], "what the yes adds"
    assert "Told at" not in words(host.post(ask, {"then": "see_now"})).split("is not a disclosure.")[1]
    typed = {"then": "give", "to": "off-lia", "signature": "paper 7", "key": "a key 0123456789"}
    assert host.post(ask, typed).status_code == 302
    page = host.get(form)
    assert "Sees by it, and nothing more: told at" in words(page)
    take = next(x for x in page.content.decode().split('"') if x.startswith(f"{form}back/"))
    mark = host.get(take).content.decode().split('name="id" value="')[1].split('"')[0]
    host.post(form, {"then": "withdraw", "id": mark, "key": "a key 1123456789"})
    assert "Tell Liaison office that a consent was taken back" in words(host.get(f"/case/{case}/"))
    mark = host.get(form).content.decode().split('name="id" value="')[1].split('"')[0]
    host.post(form, {"then": "receipt", "id": mark, "receipt": "R 7", "key": "a key 2123456789"})
    assert "Confirmed by who was told" in words(host.get(form))
    assert "a consent was taken back" not in words(host.get(f"/case/{case}/"))


# ------------------------------------------------------------------------------------------------ not asked yet
def test_whoever_tells_of_somebody_as_an_authority_gets_thanks_and_no_number(landing):
    keeper, at = landing["keeper"], datetime.now(ZONE) - timedelta(hours=1)
    typed = {"key": "0123456789abcdef", "fact.place": "by the canary-fountain", **moment("fact.told_at", at)}
    done = keeper.post("/new/shop/", {**typed, "then": "write"})
    assert "/case/" not in done["Location"]
    page = words(keeper.get(done["Location"]))
    assert "the person will be asked first" in page
    case = Summary.objects.get().case
    assert book.number(case) not in page
    assert keeper.get(f"/case/{case}/").status_code == 404
    assert landing["sergeant"].get(f"/case/{case}/").status_code == 404
    assert landing["host"].get(f"/case/{case}/").status_code == 200
