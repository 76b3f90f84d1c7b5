"""Meeting lists: before, for one alone; in the room, only those of whom everybody present may know."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from amparo.cases.model import Do, Request
from amparo.ledger import book, looks
from amparo.people import store
from amparo.people.models import Account, Office, Post, Site
from tests.desk.conftest import browser_of, words

P = "round"
KEYS = count()


@pytest.fixture
def town(settings: Any, db: None) -> Site:
    settings.AMPARO_PROGRAMMES = (Path(__file__).parent / "programmes",)
    site = Site.objects.create(code="town", name="The town", zone="Europe/Lisbon")
    shop = Office.objects.create(id="off-shop", site=site, role="shop", name="Corner shop")
    Office.objects.create(id="off-clinic", site=site, role="clinic", name="Clinic Amostra")
    for login, role, office in (("hana", "host", None), ("sam", "shop", shop), ("cole", "counsel", None)):
        account = Account.objects.create_user(
            login, id=f"acc-{login}", name=f"{login.title()} Prova", office=office
        )
        Post.objects.create(account=account, site=site, programme=P, role=role, from_day=date(2020, 1, 1))
    return site


Enter = Callable[[str], Client]


@pytest.fixture
def enter(town: Site) -> Enter:
    return browser_of


def send(case: str | None, request: Request, **more: Any) -> str:
    hana = Account.objects.get(username="hana")
    done = book.record(hana, case, request, f"key {next(KEYS)}", programme=P, site="town", **more)
    assert isinstance(done, book.Recorded), done
    return done.case_id


def comes(name: str) -> str:
    facts = {
        "seen_at": int(time.time()) - 3600,
        "mark": f"R-{name[:3]}",
        "takes_part": True,
        "story": "canary",
    }
    person = store.keep(store.Record(name=name))
    return send(None, Request("steps", "", "host", (Do("come_in", facts),), door="gate"), person=person)


def lets(case: str, kind: str, office: str) -> None:
    args = {"do": "give", "kind": kind, "to": office, "signature": "paper 1"}
    send(case, Request("consent", "", "host", args=args))


def table(client: Client, *names: str, room: bool = False) -> Any:
    """Say who comes; the page that follows."""
    page = client.get("/meetings/table/").content.decode()
    marks = re.findall(r'name="at_table" value="([^"]+)".*?<span class="bare">([^<]+)</span>', page, re.S)
    chosen = [mark for mark, name in marks if name in names]
    assert len(chosen) == len(names)
    return client.post(f"/meetings/table/{'room/' if room else ''}", {"at_table": chosen}, follow=True)


def test_before_the_meeting_each_is_said_to_be_open_or_with_whom_not(enter: Enter) -> None:
    lets(comes("Ana Prova"), "shop_may_know", "off-shop")
    comes("Rui Prova")
    page = words(table(enter("hana"), "Corner shop"))
    assert "1 person may be spoken of, 1 may not." in page
    assert page.index("Ana Prova") < page.index("Not today") < page.index("Rui Prova")
    assert "Not with Corner shop in the room No live consent names: shop." in page
    assert "2 open cases: 1 + 1." in page


def test_in_the_room_the_others_are_not_there_and_no_number_tells_it(enter: Enter) -> None:
    lets(comes("Ana Prova"), "shop_may_know", "off-shop")
    comes("Rui Prova")
    page = words(table(enter("hana"), "Corner shop", room=True))
    assert "Ana Prova" in page and "Rui" not in page and "may not" not in page
    assert "Takes part Yes" in page and "canary" not in page and "R-Ana" not in page
    assert "Nobody may pass this on." in page


def test_whoever_joins_redraws_the_list(enter: Enter) -> None:
    ana, rui = comes("Ana Prova"), comes("Rui Prova")
    for case in (ana, rui):
        lets(case, "shop_may_know", "off-shop")
    lets(ana, "clinic_may_know", "off-clinic")
    hana = enter("hana")
    assert "Rui Prova" in words(table(hana, "Corner shop", room=True))
    joined = words(table(hana, "Corner shop", "Clinic Amostra", room=True))
    assert "Ana Prova" in joined and "Rui Prova" not in joined
    assert "Rui Prova" in words(table(hana, "Corner shop", room=True))


def test_before_somebody_who_reads_no_names_only_the_case_is_spoken_of(enter: Enter) -> None:
    case = comes("Ana Prova")
    lets(case, "shop_may_know", "off-shop")
    page = words(table(enter("hana"), "Corner shop", "Cole Prova", room=True))
    assert "Ana Prova" not in page and case.upper() in page and "somebody here reads no names" in page


def test_a_consent_that_was_taken_back_takes_the_case_off_the_list(enter: Enter) -> None:
    case = comes("Ana Prova")
    lets(case, "shop_may_know", "off-shop")
    hana = Account.objects.get(username="hana")
    given = book.read(hana, case, "test").consents[0]
    send(case, Request("consent", "", "host", args={"do": "withdraw", "id": given.id}))
    page = words(table(enter("hana"), "Corner shop", room=True))
    assert "With these people in the room nobody can be spoken of." in page


def test_everybody_present_is_written_down_as_having_seen_who_is_on_the_list_and_nobody_else(
    enter: Enter,
) -> None:
    ana, rui = comes("Ana Prova"), comes("Rui Prova")
    lets(ana, "shop_may_know", "off-shop")
    hana = enter("hana")
    table(hana, "Corner shop")
    assert not [look for look in looks.of_case(ana) if look.what == "meeting"], (
        "preparing alone shows nobody anything"
    )
    table(hana, "Corner shop", room=True)
    shown = {look.actor for look in looks.of_case(ana) if look.what == "meeting"}
    assert shown == {"acc-hana", "off-shop"}
    assert not [look for look in looks.of_case(rui) if look.what == "meeting"]
    assert "Corner shop" in words(hana.get(f"/case/{ana}/who-saw/"))


def test_a_commitment_is_three_taps_from_the_list_with_its_day_filled_in(enter: Enter) -> None:
    lets(comes("Ana Prova"), "shop_may_know", "off-shop")
    hana = enter("hana")
    room = table(hana, "Corner shop", room=True).content.decode()
    link = re.findall(r'href="([^"]+/step/promise/[^"]*)"', room)[0]
    form = hana.get(link).content.decode()
    day = re.findall(r'name="item.our_promise.0.in" value="([^"]+)"[^>]* checked', form)
    assert date.fromisoformat(day[0]) == datetime.now(ZoneInfo("Europe/Lisbon")).date() + timedelta(weeks=1)
    said = {"item.our_promise.0.in": day[0], "item.our_promise.0.words": "A bed from Monday.", "key": "c1"}
    second = hana.post(link.split("?")[0], {**said, "seen": "", "then": "write"})["Location"]
    assert second.endswith("read-back/") and "Written" in words(hana.post(second, follow=True))


def test_with_nobody_at_the_table_there_is_no_room(enter: Enter) -> None:
    comes("Ana Prova")
    page = words(enter("hana").get("/meetings/table/room/", follow=True))
    assert "Nobody is chosen yet" in page and "Ana Prova" not in page


def test_no_address_names_who_is_at_the_table(enter: Enter) -> None:
    reply = table(enter("hana"), "Corner shop", room=True)
    assert [url for url, _code in reply.redirect_chain] == ["/meetings/table/room/"]
    assert "off-shop" not in reply.content.decode()


def test_to_whoever_does_not_prepare_meetings_the_page_is_not_there(enter: Enter) -> None:
    for login in ("sam", "cole"):
        assert enter(login).get("/meetings/table/").status_code == 404
        assert "/meetings/" not in enter(login).get("/").content.decode()
