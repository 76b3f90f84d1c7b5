"""The page of tests, what stands of phases and tests on the file, and the form of a response: an invented court."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from amparo.cases import schedule
from amparo.cases.model import Do, Request
from amparo.cases.read import told
from amparo.ledger import book
from amparo.ledger.casefile import load
from amparo.ledger.models import Disclosure
from amparo.pathways import calendar
from amparo.people import store
from amparo.people.models import Account, Post, SettingEntry, Site
from tests.desk.conftest import browser_of, words

COURT, DAY = "lantern-court", 86400
NINE = 9 - int(time.strftime("%H", time.gmtime()))
ZONE = f"Etc/GMT{-NINE:+d}" if NINE else "Etc/GMT"
"""A place where it is between nine and ten in the morning: tests are asked for, and there is still time to give."""

KEYS = count()
STAFF = {"jude": "judge", "kay": "keeper", "nora": "nurse", "tess": "tester"}


@pytest.fixture
def bay(settings: Any, tmp_path: Path, db: None, request: Any) -> Site:
    folder = tmp_path / "programmes" / COURT
    folder.mkdir(parents=True)
    written = (Path(__file__).parents[1] / "cases" / "court.yaml").read_text()
    for old, new in getattr(request, "param", ()):
        assert old in written, old
        written = written.replace(old, new)
    (folder / "pathway.yaml").write_text(written)
    settings.AMPARO_PROGRAMMES = (folder.parent,)
    site = Site.objects.create(code="bay", name="Court at the bay", zone=ZONE)
    every_day = {"from_day": date(2020, 1, 1), "source": "invented", "source_date": date(2020, 1, 1)}
    for login, role in STAFF.items():
        account = Account.objects.create_user(login, id=f"acc-{login}", name=login.title(), demo=True)
        Post.objects.create(account=account, site=site, programme=COURT, role=role, from_day=date(2020, 1, 1))
    SettingEntry.objects.create(
        site=site, programme=COURT, name="days_a_week", value="7", by_id="acc-kay", **every_day
    )
    return site


Enter = Callable[..., Client]


@pytest.fixture
def enter(bay: Site) -> Enter:
    return browser_of


def put(login: str, case: str | None, step: str, at: int, test: str = "", **facts: Any) -> str:
    person = store.keep(store.Record(name="Robin Probe", born="1990-01-01")) if case is None else None
    request = Request(
        "steps", "", STAFF[login], (Do(step, facts, test=test),), heard=True, reasons="So.", door="gate"
    )
    who = Account.objects.get(username=login)
    done = book.record(who, case, request, f"key {next(KEYS)}", person=person, now=at)
    assert isinstance(done, book.Recorded), done
    return done.case_id


def this_morning() -> int:
    """06:30 of today at the bay."""
    return calendar.at(calendar.day_of(int(time.time()), ZONE), schedule.TOLD_AT, ZONE)


@pytest.fixture
def inside(bay: Site) -> str:
    """A case in its first phase for three weeks, whose drawn tests were asked for."""
    begun = this_morning() - 21 * DAY
    case = put("jude", None, "name_person", begun, named_on=begun - 3600)
    put("jude", case, "enter", begun + 60)
    for n in range(1, 22):
        book.tick(begun + n * DAY + 60)
    return case


def asked_of(case: str) -> list[Any]:
    return sorted(load(case).case.tests.values(), key=lambda x: x.ordered)


def test_each_role_is_shown_its_part_and_the_keeper_who_reads_no_result_none(
    enter: Enter, inside: str
) -> None:
    assert "One line a person" in words(enter("nora").get("/tests/"))
    collector = words(enter("tess").get("/tests/"))
    assert "Whoever collects does not class" in collector and "One line a person" not in collector
    assert enter("kay").get("/tests/").status_code == 404
    assert "/tests/" not in enter("kay").get("/").content.decode()


def test_days_before_and_to_come_are_hatched_for_everybody(enter: Enter, inside: str) -> None:
    for login in ("nora", "tess"):
        page = words(enter(login).get("/tests/"))
        assert "Days before today" in page and "Days to come" in page and "nobody looks ahead" in page


def test_who_collects_is_shown_today_with_its_window_and_no_other_day(enter: Enter, inside: str) -> None:
    page = words(enter("tess").get("/tests/"))
    assert "1 person today, 1 still to come" in page and "0 given + 1 to come = 1" in page
    assert "Urine Robin Probe" in page and "Oral fluid Robin Probe" in page and "06:30" in page and "left" in page
    assert len(asked_of(inside)) > 20, "there are other days, and none of them is shown"


WITH_OUTCOME = (
    ("  specimen: {urine:", "  happened: {given: {en: Given}, could_not: {en: Could not}, said_no: {en: Said no}, "
     "did_not_come: {en: Stayed away}}\n  specimen: {urine:"),
    ("  given: {type: one_of specimen", "  happened: {type: one_of happened, class: health, from: [tester], "
     "title: {en: Happened}}\n  given: {type: one_of specimen"),
    ("asks: [{fact: given, each_time: yes}]",
     "asks: [{fact: happened, each_time: yes}, {fact: given, each_time: yes, if: \"happened == 'given'\"}]"),
    ("facts: [identity, given]", "facts: [identity, given, happened]"),
)  # fmt: skip
"""The same court, where whoever collects also writes why no specimen was given."""


def tap(client: Client, tapped: str) -> str:
    page = client.get("/tests/").content.decode()
    assert f'name="tap" value="{tapped}"' in page, re.findall(r'name="tap" value="([^"]+)"', page)
    sent = {n: found[1] for n in ("test", "key") if (found := re.search(f'name="{n}" value="([^"]+)"', page))}
    return words(client.post("/tests/", {**sent, "tap": tapped}, follow=True))


def test_one_tap_writes_what_was_given(enter: Enter, inside: str) -> None:
    page = tap(enter("tess"), "collect.given.oral_fluid")
    assert "Robin Probe, given, oral fluid." in page and "1 given + 0 to come = 1" in page
    assert asked_of(inside)[-1].specimen == "oral_fluid"


@pytest.mark.parametrize("bay", [WITH_OUTCOME], indirect=True)
def test_one_tap_writes_why_none_was_given_and_that_is_a_task_and_no_result(
    enter: Enter, inside: str
) -> None:
    tess = enter("tess")
    assert "Stayed away" not in words(tess.get("/tests/")), "there is still time to come"
    page = tap(tess, "collect.could_not.")
    assert "Robin Probe, could not give." in page and "a task for whoever answers for it" in page
    last = asked_of(inside)[-1]
    assert (last.outcome, last.collected, last.classed) == ("could_not", None, ())
    assert "Could not give" in words(enter("nora").get("/tests/"))
    assert "given, urine." in tap(tess, "collect.given.urine"), "who comes back in time gives after all"


def test_a_tap_that_stands_on_no_page_writes_nothing(enter: Enter, inside: str) -> None:
    enter("nora").post("/tests/", {"test": "made up", "key": "k", "tap": "collect.given.urine"})
    assert all(x.collected is None for x in asked_of(inside))


def test_what_was_given_stands_with_its_hour_and_without_a_class(enter: Enter, inside: str) -> None:
    last = asked_of(inside)[-1]
    put("tess", inside, "collect", last.ordered + 600, last.id, given="urine")
    assert "Given 06:40 Urine" in words(enter("tess").get("/tests/"))
    put("nora", inside, "class_it", int(time.time()), last.id, result="positive")
    page = words(enter("tess").get("/tests/"))
    assert "Given 06:40 Urine" in page and "ositive" not in page


def test_a_line_says_ordered_given_positive_and_what_is_explained_counts_as_not_positive(
    enter: Enter, inside: str
) -> None:
    tests = asked_of(inside)
    for n, class_ in enumerate(("positive", "negative")):
        put("tess", inside, "collect", tests[n].ordered + 600, tests[n].id, given="urine")
        put("nora", inside, "class_it", tests[n].ordered + 1200, tests[n].id, result=class_)
    page = words(enter("nora").get("/tests/"))
    assert (
        f"Ordered {len(tests)}, given 2. Negative 1, positive 1, not answered yet {len(tests) - 2}." in page
    )
    put("nora", inside, "class_it", int(time.time()), tests[0].id, result="disputed")
    assert "positive 1 (disputed)" in words(enter("nora").get("/tests/"))


def test_a_test_nobody_answered_is_a_task_and_no_result(enter: Enter, inside: str) -> None:
    page = words(enter("nora").get("/tests/"))
    assert "Nothing was written down; its time is over" in page
    assert "A task for: nurse and collector. Until then it is no result." in page


def test_the_form_names_its_test_and_writes_that_one(enter: Enter, inside: str) -> None:
    first = asked_of(inside)[0]
    put("tess", inside, "collect", first.ordered + 600, first.id, given="urine")
    nora = enter("nora")
    listed = nora.get("/tests/").content.decode()
    links = re.findall(r'href="(/case/[^"]+/step/class_it/\?test=[^"]+)"', listed)
    assert first.id not in listed, "a day stands in no address"
    form = nora.get(links[-1]).content.decode()
    chosen = re.search(r'name="test" value="([^"]+)"[^>]* checked', form)
    assert chosen
    key = re.search(r'name="key" value="([^"]+)"', form)
    assert key
    sent = {"key": key[1], "test": chosen[1], "fact.result": "negative", "then": "write"}
    nora.post(links[-1].partition("?")[0], sent)
    classed = {x.id: [c.class_ for c in x.classed] for x in asked_of(inside)}
    assert [c for c in classed.values() if c] == [["negative"]]


def test_only_the_cases_on_the_page_are_written_down_as_seen(enter: Enter, inside: str) -> None:
    before = Disclosure.objects.count()
    enter("nora").get("/tests/")
    row = Disclosure.objects.order_by("pk").last()
    assert Disclosure.objects.count() == before + 1 and row is not None and inside in row.cases


# ------------------------------------------------------------------------------------------------ the file
def test_the_phase_says_what_holds_what_waits_on_us_and_what_comes_next(enter: Enter, inside: str) -> None:
    page = words(enter("kay").get(f"/case/{inside}/"))
    assert "First light" in page and "Phase 1 of 3, week 4" in page and "Then: Second light." in page
    assert "not known: Attends" in page
    put("kay", inside, "note", int(time.time()), attends=False, place_state="waiting", home=True)
    page = words(enter("kay").get(f"/case/{inside}/"))
    assert "ours, and held against nobody" in page


def test_the_keeper_sees_no_test_on_the_file_and_the_nurse_does(enter: Enter, inside: str) -> None:
    assert "Ordered" in words(enter("nora").get(f"/case/{inside}/"))
    assert "Ordered" not in words(enter("kay").get(f"/case/{inside}/"))


# ------------------------------------------------------------------------------------------------ responses
def sent(client: Client, case: str, **typed: Any) -> str:
    page = f"/case/{case}/step/respond/"
    key = re.search(r'name="key" value="([^"]+)"', client.get(page).content.decode())
    assert key
    typed_too = {
        "fact.answered": "missed_one",
        "fact.goal": "near",
        **{k.replace("__", "."): v for k, v in typed.items()},
    }
    reply = client.post(page, {"key": key[1], "then": "write", **typed_too}, follow=True)
    return words(reply)


def test_each_of_the_three_lists_stands_in_one_row_of_buttons(enter: Enter, inside: str) -> None:
    page = enter("jude").get(f"/case/{inside}/step/respond/").content.decode()
    values = re.findall(r'name="reply" value="([^"]+)"', page)
    assert values == [
        "incentive.praise", "incentive.gift", "adjustment.lift", "adjustment.tutor", "sanction.essay",
        "sanction.more_court", "nothing",
    ]  # fmt: skip
    assert "Custody stands in no list" in page


def test_a_term_is_sent_with_its_own_list(enter: Enter, inside: str) -> None:
    assert "Written" in sent(enter("jude"), inside, reply="adjustment.tutor")
    case = load(inside).case
    assert told(case, "list", int(time.time())).value == "adjustment"


def test_grounds_typed_for_a_sanction_go_when_help_is_chosen(enter: Enter, inside: str) -> None:
    assert "Written" in sent(enter("jude"), inside, reply="incentive.gift", fact__because="missed_one")
    assert told(load(inside).case, "because", int(time.time())) is None


def test_a_sanction_on_a_test_alone_is_refused_and_help_can_be_adjusted_instead(
    enter: Enter, inside: str
) -> None:
    page = sent(
        enter("jude"), inside, reply="sanction.essay", fact__because="test_result", heard="yes", reasons="So."
    )
    assert (
        "This sanction cannot be written." in page
        and "Adjust the help instead, or name another ground that was put to the person. Go to that list" in page
        and "A ground besides a test result" in page
    )
    assert "respond" not in load(inside).case.taken


def test_nothing_is_an_answer_too(enter: Enter, inside: str) -> None:
    assert "Written" in sent(enter("jude"), inside, reply="nothing")
