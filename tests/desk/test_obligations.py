"""What was agreed: sums that are exact, a wait that is ours, a change with a reason and a yes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from amparo.cases.model import Do, Request
from amparo.desk.obligations.money import add_up
from amparo.ledger import book
from amparo.ledger.casefile import load
from amparo.people import store
from amparo.people.models import Account, Office, Post, Site
from tests.desk.conftest import ZONE, browser_of, now, words

P = "garden"
DAYS = [date(2026, 12, 3), date(2027, 1, 14)]


@pytest.fixture(autouse=True)
def invented(settings: Any) -> None:
    settings.AMPARO_PROGRAMMES = (Path(__file__).parent / "agreed",)


@pytest.fixture
def garden(db: None) -> dict[str, Client]:
    site = Site.objects.create(code="garden", name="The Garden", zone="Europe/Lisbon", address="1 Gate Road")
    shed = Office.objects.create(id="off-shed", site=site, role="shed", name="Shed Amostra")
    Office.objects.create(id="off-barn", site=site, role="shed", name="Barn Ensaio")
    Office.objects.create(id="off-guard", site=site, role="guard", name="Guard house")
    found = {}
    for role, office in (("gardener", None), ("guard", None), ("shed", shed)):
        account = Account.objects.create_user(
            role, id=f"acc-{role}", name=role.title(), demo=True, office=office
        )
        Post.objects.create(account=account, site=site, programme=P, role=role, from_day=date(2020, 1, 1))
        found[role] = browser_of(account)
    return found


def write(case: str | None, do: Do, **more: Any) -> str:
    account = Account.objects.get(username="gardener")
    door = "gate" if case is None else ""
    request = Request("steps", "acc-gardener", "gardener", (do,), door=door)
    done = book.record(account, case, request, f"{do}", **more)
    assert isinstance(done, book.Recorded), done
    return done.case_id


@pytest.fixture
def case(garden: dict[str, Client]) -> str:
    tui = store.keep(store.Record(name="Tui Tauira"))
    told = {"came_at": now() - 3600, "in_it": True}
    return write(None, Do("come_in", told), person=tui, programme=P, site="garden")


def typed_day(name: str, day: date) -> dict[str, str]:
    return {f"{name}.day": str(day.day), f"{name}.month": str(day.month), f"{name}.year": str(day.year)}


def an_item(n: int, thing: str, **more: str) -> dict[str, str]:
    """One item as it is tapped: what, in two weeks, shown by a slip."""
    day = str(datetime.now(ZONE).date() + timedelta(weeks=2))
    base = f"item.thing.{n}"
    return {
        f"{base}.thing": thing,
        f"{base}.in": day,
        f"{base}.shown": "slip",
        **{f"{base}.{k}": v for k, v in more.items()},
    }


def agreed(client: Client, case: str, *items: dict[str, str]) -> None:
    """Several items on one form, read back once."""
    step = f"/case/{case}/step/agree/"
    typed = {k: v for item in items for k, v in item.items()}
    assert client.post(step, {**typed, "key": "agree", "then": "write"})["Location"] == f"{step}read-back/"
    read = words(client.get(f"{step}read-back/"))
    assert len(items) == 1 or f"In all {len(items)} items" in read
    assert client.post(f"{step}read-back/").status_code == 302


class Plan:
    """The page of what was agreed, as the gardener presses it."""

    def __init__(self, client: Client, case: str) -> None:
        self.client, self.case, self.page = client, case, f"/case/{case}/obligations/"
        self.n = 0

    def drawn(self) -> str:
        return words(self.client.get(self.page))

    def press(self, then: str, item: int = 0, **typed: str) -> str:
        self.n += 1
        held = list(load(self.case).case.obligations)
        sent = {"then": then, "id": book.item(held[item]), "key": f"k{self.n}", **typed}
        return words(self.client.post(self.page, sent, follow=True))


@pytest.fixture
def plan(garden: dict[str, Client], case: str) -> Plan:
    return Plan(garden["gardener"], case)


# ------------------------------------------------------------------------------------------------ sums
def test_paid_behind_and_to_come_add_up_to_what_was_agreed():
    s = add_up(35000, 5000, 10000, *DAYS, date(2026, 12, 22))
    assert (s.paid, s.behind, s.to_come) == (10000, 5000, 20000) and s.since == date(2026, 12, 17)
    assert [x.state for x in s.slots] == ["paid", "paid", "missed", "next", "coming", "coming", "coming"]


def test_a_day_is_missed_once_it_has_ended():
    assert add_up(35000, 5000, 10000, *DAYS, date(2026, 12, 17)).behind == 0


def test_a_payment_settles_the_oldest_instalment_first():
    s = add_up(35000, 5000, 12000, *DAYS, date(2026, 12, 22))
    assert s.slots[2].paid == 2000 and s.behind == 3000


def test_the_last_instalment_is_what_is_left():
    s = add_up(12000, 5000, 0, None, date(2027, 1, 1), date(2026, 12, 1))
    assert [x.due for x in s.slots] == [5000, 5000, 2000] and s.behind == 0


def test_without_a_first_day_all_is_behind_once_the_last_day_is_over():
    assert add_up(12000, 5000, 5000, None, date(2026, 12, 1), date(2026, 12, 2)).behind == 7000


# ------------------------------------------------------------------------------------------------ typed
def test_what_was_refused_stands_open_in_its_own_form_and_in_no_other(garden, case, plan):
    agreed(garden["gardener"], case, an_item(0, "sorry"), an_item(1, "dig", hours="8"))
    mark = book.item(list(load(case).case.obligations)[1])
    sent = {"then": "varied", "id": mark, "key": "x", "agreed": "yes", "words": "It can."}
    page = garden["gardener"].post(plan.page, sent).content.decode()
    assert page.count(" open><summary") == 1 and page.count("It can.") == 1 and page.count(" lacking") == 1
    assert page.index("It can.") > page.index("Dig, hours 8")


def test_several_items_are_typed_on_one_form_each_with_its_day(garden, case, plan):
    agreed(
        garden["gardener"], case, an_item(0, "sorry", words="To their face."), an_item(1, "dig", hours="8")
    )
    held = list(load(case).case.obligations.values())
    assert [o.terms["thing"] for o in held] == ["sorry", "dig"] and all(o.due for o in held)
    page = plan.drawn()
    assert "Say sorry" in page and "“To their face.”" in page and "Dig, hours 8" in page
    assert "To go: 2 items, hours: 8, until" in page and "2 to go = 2 agreed." in page


def test_an_item_is_four_taps_and_no_press_lies_between_two(garden, case):
    page = garden["gardener"].get(f"/case/{case}/step/agree/").content.decode()
    assert page.count('class="asked item') == 8 and page.count('class="asked item ahead"') == 7
    first = page.split('aria-label="Item 1"')[1].split('aria-label="Item 2"')[0].split("<details")[0]
    taps = {x.split('"')[0] for x in first.split('type="radio" name="')[1:]}
    assert len(taps) == 3, "what, by when, how it is shown: each one tap"


# ------------------------------------------------------------------------------------------------ following through
def test_progress_is_two_taps_and_a_word(garden, case, plan):
    agreed(garden["gardener"], case, an_item(0, "dig", hours="8"))
    assert "“Three hours today.”" in plan.press(
        "progress", words="Three hours today.", **{"amount.hours": "3"}
    )
    assert "Hours: 3 of 8" in plan.drawn()
    assert "Hours: 8 of 8, to be verified" in plan.press("progress", **{"amount.hours": "5"})
    page = plan.press("met", evidence="receipt")
    assert "Verified by you" in page and "shown by: a receipt" in page and "1 done = 1 agreed." in page


def test_more_than_is_owed_is_refused_and_what_was_typed_stays(garden, case, plan):
    agreed(garden["gardener"], case, an_item(0, "dig", hours="8"))
    assert "9" in plan.press("progress", words="All of it.", **{"amount.hours": "9"})
    assert "Hours: 0 of 8" in plan.drawn()


def test_a_wrong_payment_is_reversed_beside_it_and_never_changed(garden, case, plan):
    agreed(garden["gardener"], case, an_item(0, "pay", **{"sum.n": "350", "each.n": "50"}))
    plan.press("progress", **{"amount.sum.n": "50"})
    plan.press("progress", **{"amount.sum.n": "100"})
    assert "EUR 50.00 + EUR 100.00 = EUR 150.00 paid . EUR 200.00 to go" in plan.drawn()
    page = plan.press("reverse", entry="1", words="The bank sent it back.")
    assert "EUR 50.00 paid . EUR 300.00 to go" in page and "The bank sent it back." in page
    assert "EUR 100.00 (sum)" in page, "the wrong one stays readable"


def test_what_a_person_has_not_done_is_said_in_ink_and_a_services_promise_in_brick(garden, case, plan):
    past = str(datetime.now(ZONE).date() - timedelta(days=3))
    agreed(garden["gardener"], case, {**an_item(0, "dig"), "item.thing.0.in": past})
    write(case, Do("promise", items=({"kind": "promise", "due": past},)))
    page = garden["gardener"].get(plan.page).content.decode()
    rows = page.split('class="plan-row')[1:]
    assert "past its day" in rows[0] and "chip late" not in rows[0] and "chip late" in rows[1]


def test_while_it_waits_on_a_service_not_done_cannot_be_recorded(garden, case, plan):
    agreed(garden["gardener"], case, an_item(0, "dig"))
    page = plan.press("waiting", whose="service", reasons="No free hour before Wednesday.")
    assert "Waits on a service: ours" in page and "“Not done” cannot be recorded while it waits." in page
    assert "One item waits on others: that is ours." in page and "Not done?" not in page
    typed = {"fact.whose_doing": "yes", "heard": "yes", "reasons": "Late."}
    plan.press("breached", **typed)
    assert load(case).case.obligations[next(iter(load(case).case.obligations))].state == "waiting"
    plan.press("waiting", whose="person")
    assert "Not done" in plan.press("breached", **typed)


def test_a_change_needs_its_reason_and_the_persons_yes(garden, case, plan):
    agreed(garden["gardener"], case, an_item(0, "dig"))
    due = next(iter(load(case).case.obligations.values())).due
    later = str(datetime.now(ZONE).date() + timedelta(weeks=4))
    change = {"due.in": later, "up_to": "nobody"}
    assert "No reason is given." in plan.press("varied", agreed="yes", **change)
    change["reasons"] = "Hours were cut."
    assert "yes to the change is not said" in plan.press("varied", **change)
    assert "nothing follows from the no" in plan.press("varied", agreed="no", **change)
    page = plan.press("varied", agreed="yes", words="Thursdays are right.", **change)
    held = next(iter(load(case).case.obligations.values()))
    assert held.due != due and held.entries[-1]["agreed"] and held.entries[-1]["up_to"] == "nobody"
    assert "before:" in page, "the old day stays readable"


def test_a_goal_stands_on_top_in_the_persons_words_and_cannot_be_broken(garden, case, plan):
    write(
        case,
        Do("wish", items=({"kind": "wish", "words": "Sleep four nights.", "terms": {"step": "A room"}},)),
    )
    page = plan.drawn()
    assert "What I want “Sleep four nights.” The next small step" in page and "A room" in page
    assert "no day, as agreed" in page and "Not done?" not in page


def test_outsiders_read_no_row_and_what_they_are_told_is_said(garden, case, plan):
    agreed(garden["gardener"], case, an_item(0, "dig"))
    page = plan.drawn()
    assert "Not by Guard and shed" in page and "Guard is told at most: over" in page
    assert garden["guard"].get(plan.page).status_code == 404
