"""Another person in a case: a file and a key of their own, for who may read it, and gone when they are erased."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection

from amparo.cases.model import Do, Nothing_, Request
from amparo.errors import KeyDestroyed, NotPermitted
from amparo.ledger import apart, book, chain, erasure, kept, letters, others, ticking
from amparo.ledger.casefile import load
from amparo.ledger.locks import alone, writing
from amparo.ledger.models import EventRow
from amparo.people import matching, store
from amparo.people.models import Account, Office, Post, SettingEntry, Site
from amparo.people.store import Channel, Record
from tests.ledger.conftest import MONDAY, TUESDAY, recorded

pytestmark = pytest.mark.django_db
P = "landing"
HOUR, DAY = 3600, 86_400
WORDS = "the canary-words of who was hurt"


def post(name: str, role: str, site: Site, **fields: Any) -> Account:
    account = Account.objects.create_user(name, name=name.title(), id=f"acc-{name}", **fields)
    Post.objects.create(account=account, site=site, programme=P, role=role, from_day=date(2020, 1, 1))
    return account


@pytest.fixture
def people(site: Site) -> dict[str, Account]:
    names = ("warden", "sergeant", "keeper", "host", "member", "clerk", "hurt")
    return {name: post(name, name, site) for name in names}


def ask(account: Account, case: str | None, role: str, *dos: Do, now: int = TUESDAY, **fields: Any) -> Any:
    options = {key: fields.pop(key) for key in ("person", "programme", "site") if key in fields}
    request = Request("steps", "", role, steps=dos, **fields)
    return book.record(account, case, request, f"{case} {role} {now} {dos[-1].step}", now=now, **options)


def told(hurt: bool = True) -> dict[str, Any]:
    reach = {"hurt_reach": "canary-street 5"} if hurt else {}
    return {"told_at": MONDAY - HOUR, "somebody_hurt": hurt, **reach}


@pytest.fixture
def case(people: dict[str, Account], alex: str) -> str:
    """Somebody was hurt, and said what they want to say."""
    opened = recorded(
        ask(people["warden"], None, "warden", Do("report", told()), door="gate", person=alex, now=MONDAY)
    )
    words = {"hurt_choice": "send_words", "hurt_words": WORDS}
    recorded(ask(people["host"], opened.case_id, "host", Do("ask_hurt", words), now=MONDAY + HOUR))
    return opened.case_id


def person_of(case: str) -> str:
    return others.of_case(case)[0].person


# ------------------------------------------------------------------------------------------------ under their own key
def test_what_is_about_them_lies_under_their_key_and_a_reader_of_the_case_alone_finds_none_of_it(case):
    rows = EventRow.objects.filter(case=case)
    about = [row for row in rows if row.key < 0]
    assert {e.kind for e in apart.entries(person_of(case))} == {"fact.told", "letter.due"}
    assert len(about) == len(apart.entries(person_of(case)))
    without = load(case).log.keys
    opened = repr([book_entry(row, {n: key for n, key in without.items() if n > 0}) for row in about])
    assert "canary" not in opened and "'nothing': 'erased'" in opened


def book_entry(row: EventRow, keys: dict[int, bytes]) -> Any:
    return chain.opened(row, keys).event


def test_erased_they_are_gone_from_a_case_that_stands(case, people):
    before = load(case)
    with writing():
        erasure.erase_other(person_of(case), TUESDAY)
    after = load(case)
    assert (after.case.stage, after.case.seq) == (before.case.stage, before.case.seq)
    shown = {f.name: f.state for f in book.read(people["host"], case, "work", now=TUESDAY).facts}
    assert {shown["hurt_choice"], shown["hurt_words"], shown["hurt_reach"]} == {"erased"}
    assert "canary" not in repr(after.log.events)
    assert not book.verify().faults
    assert book.rebuild(TUESDAY) == ()
    with pytest.raises(KeyDestroyed):
        apart.entries(person_of(case))


def test_a_case_goes_on_after_they_were_erased_and_they_can_be_written_down_anew(case, people):
    with writing():
        erasure.erase_other(person_of(case), TUESDAY)
    answer = ask(people["host"], case, "host", Do("ask_hurt", {"hurt_choice": "attend"}), now=TUESDAY)
    recorded(answer)
    shown = {f.name: (f.state, f.value) for f in book.read(people["host"], case, "work", now=TUESDAY).facts}
    assert shown["hurt_choice"] == ("value", "attend") and shown["hurt_reach"][0] == "erased"
    assert [one.number for one in others.of_case(case)] == [1, 2]


def test_what_is_theirs_is_kept_as_long_as_the_case_and_goes_with_it(case):
    person = person_of(case)
    assert WORDS in repr(apart.entries(person))
    with writing():
        erasure.erase(case, TUESDAY)
    with pytest.raises(KeyDestroyed):
        apart.entries(person)
    with pytest.raises(KeyDestroyed):
        load(case)
    assert not book.verify().faults
    assert book.rebuild(TUESDAY) == ()


def test_a_legal_hold_keeps_them_too(case, people):
    answer = book.record(
        people["host"], case, Request("hold", "", "host", args={"rule": "ACT"}), "h", now=TUESDAY
    )
    recorded(answer)
    with writing(), pytest.raises(ValueError, match="legal hold"):
        erasure.erase_other(person_of(case), TUESDAY)
    assert WORDS in repr(apart.entries(person_of(case)))


def test_a_case_without_anybody_else_is_as_it_was(people, alex):
    opened = recorded(
        ask(
            people["warden"],
            None,
            "warden",
            Do("report", told(hurt=False)),
            door="gate",
            person=alex,
            now=MONDAY,
        )
    )
    assert others.of_case(opened.case_id) == ()
    assert all(row.key == 1 for row in EventRow.objects.filter(case=opened.case_id))


def test_in_clear_stands_nobody(case):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ledger_other")
        found = cursor.fetchall()
    assert found and person_of(case) not in repr(found).replace("\\x00", "")


# ------------------------------------------------------------------------------------------------ who reads it
def test_no_page_but_of_who_names_the_fact_shows_them(case, people):
    for name in ("warden", "clerk", "sergeant"):
        drawn = repr(book.read(people[name], case, "work", role=name, now=TUESDAY))
        assert "canary" not in drawn and "what_comes" not in repr(
            book.read(people[name], case, "w", now=TUESDAY).letters
        )
    assert WORDS in repr(book.read(people["member"], case, "work", now=TUESDAY))
    assert "canary-street" not in repr(book.read(people["member"], case, "work", now=TUESDAY))


def test_who_may_reach_them_writes_down_who_they_are_and_nobody_else(case, people):
    record = Record(name="Harriet Canary", channels=(Channel("phone", "+351 910 000 222", True),))
    recorded(apart.enter(people["host"], case, "hurt", record, "k1", now=TUESDAY))
    seen = apart.look(people["host"], case, "hurt", "work", now=TUESDAY)
    assert seen.record == record and {f.name for f in seen.facts} == {
        "hurt_reach",
        "hurt_choice",
        "hurt_words",
    }
    for name in ("member", "clerk", "warden"):
        assert apart.parties(people[name], case, now=TUESDAY) == ()
        with pytest.raises(NotPermitted):
            apart.look(people[name], case, "hurt", "work", now=TUESDAY)
        with pytest.raises(NotPermitted):
            apart.enter(people[name], case, "hurt", Record(name="Other"), "k2", now=TUESDAY)
    assert apart.parties(people["host"], case, now=TUESDAY) == ("hurt",)


def test_who_looked_at_their_file_is_told_to_who_may_know_of_them(case, people):
    apart.look(people["host"], case, "hurt", "work", now=TUESDAY)
    assert "apart" in {look.what for look in book.who_saw(people["host"], case, now=TUESDAY)}
    assert "apart" not in {look.what for look in book.who_saw(people["clerk"], case, now=TUESDAY)}


def test_they_are_found_by_no_search(case, people):
    recorded(apart.enter(people["host"], case, "hurt", Record(name="Harriet Canary"), "k1", now=TUESDAY))
    assert list(matching.find("Harriet")) == []
    assert book.search(people["host"], "lisboa", P, "Harriet", now=TUESDAY) == ()
    assert store.fetch(person_of(case)).name == "Harriet Canary"


def test_their_own_account_sees_what_is_theirs_once_it_is_tied_to_the_case(case, people):
    with pytest.raises(NotPermitted):
        book.read(people["hurt"], case, "own", now=TUESDAY)
    request = Request("assign", "", "host", args={"role": "hurt", "who": people["hurt"].pk})
    recorded(book.record(people["host"], case, request, "tie", now=TUESDAY))
    drawn = book.read(people["hurt"], case, "own", now=TUESDAY)
    assert {f.name for f in drawn.facts} == {"hurt_reach", "hurt_choice", "hurt_words"}
    assert [x.letter for x in drawn.letters] == ["what_comes"]
    assert (drawn.stage, drawn.milestones, drawn.assigned, drawn.clocks) == ("", (), (), ())
    assert [row.case for row in book.worklist(people["hurt"], "lisboa", P, now=TUESDAY).rows] == [case]
    assert book.read(people["clerk"], case, "work", now=TUESDAY).assigned == ()


def test_they_stop_the_meeting_from_their_own_account(case, people):
    request = Request("assign", "", "host", args={"role": "hurt", "who": people["hurt"].pk})
    recorded(book.record(people["host"], case, request, "tie", now=TUESDAY))
    recorded(ask(people["host"], case, "host", Do("meet")))
    stops = Do("hurt_stops", {"hurt_choice": "stay_out"})
    recorded(ask(people["hurt"], case, "hurt", stops, now=TUESDAY + HOUR, reasons="I want to go."))
    kept_words = [e.data.get("reasons") for e in apart.entries(person_of(case)) if e.kind == "step.taken"]
    assert "I want to go." in kept_words


def test_a_letter_reaches_them_by_their_own_record_and_lies_under_their_key(case, people):
    recorded(apart.enter(people["host"], case, "hurt", Record(name="Harriet Canary"), "k1", now=TUESDAY))
    held = load(case)
    copy = next(x for x in held.case.letters.values() if x.letter == "what_comes")
    found = letters.addressee(held, copy)
    assert found is not None and found.name == "Harriet Canary"
    key = next(one.key for one in held.log.others)
    kept.keep_letter(case, copy.id, b"canary-bytes", key)
    assert kept.letter_bytes(case, copy.id, key) == b"canary-bytes"
    with writing():
        erasure.erase_other(person_of(case), TUESDAY)
    with pytest.raises(KeyDestroyed):
        letters.pdf(people["host"], case, copy.id, "en", now=TUESDAY)


# ------------------------------------------------------------------------------------------------ not asked yet
@pytest.fixture
def days(people: dict[str, Account], site: Site) -> None:
    SettingEntry.objects.create(
        site=site, programme=P, name="ask_days", value="10 days", from_day=date(2020, 1, 1), source="the site",
        source_date=date(2020, 1, 1), by=people["host"],
    )  # fmt: skip


def tell_us(people: dict[str, Account], person: str = "", name: str = "keeper") -> str:
    facts = {"told_at": MONDAY - HOUR, "place": "by the canary-fountain"}
    more = {"person": person} if person else {}
    answer = ask(people[name], None, name, Do("tell_us", facts), door="shop", now=MONDAY, **more)
    return str(recorded(answer).case_id)


def test_a_door_whose_days_nobody_set_is_shut(people):
    facts = {"told_at": MONDAY - HOUR, "place": "here"}
    answer = ask(people["keeper"], None, "keeper", Do("tell_us", facts), door="shop", now=MONDAY)
    assert (answer.code, answer.asks) == ("not_in_force", (("setting ask_days", "site"),))


def test_no_authority_finds_an_approach_in_a_list_a_count_a_search_or_by_its_number(people, days, alex):
    case = tell_us(people, alex)
    assert book.counts(people["host"], "lisboa", P, now=TUESDAY) == {0: 1}
    assert [r.case for r in book.worklist(people["host"], "lisboa", P, now=TUESDAY).rows] == [case]
    for name in ("sergeant", "keeper", "warden"):
        account = people[name]
        assert sum(book.counts(account, "lisboa", P, now=TUESDAY).values()) == 0
        assert book.worklist(account, "lisboa", P, now=TUESDAY).rows == ()
        assert book.search(account, "lisboa", P, case, now=TUESDAY) == ()
        assert book.search(account, "lisboa", P, "Exemplo", now=TUESDAY) == ()
        with pytest.raises(NotPermitted):
            book.read(account, case, "look", now=TUESDAY)


def test_asked_and_willing_it_is_a_case_like_others(people, days):
    case = tell_us(people)
    recorded(ask(people["host"], case, "host", Do("says_yes"), now=TUESDAY))
    assert book.counts(people["sergeant"], "lisboa", P, now=TUESDAY) == {1: 1}
    assert book.read(people["sergeant"], case, "look", now=TUESDAY).stage == "open"
    assert book.rebuild(TUESDAY) == ()


def test_an_earlier_case_of_the_person_is_not_told_of_an_approach(people, days, alex):
    first = recorded(
        ask(people["warden"], None, "warden", Do("report", told(False)), door="gate", person=alex, now=MONDAY)
    )
    tell_us(people, alex)
    assert load(first.case_id).case.links == ()
    again = recorded(ask(people["host"], first.case_id, "host", Do("end"), now=TUESDAY))
    assert "other_open" not in repr(again.events)


def coarse() -> list[tuple[str, str, str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT door, site, stage, outcome, codes FROM ledger_coarse")
        return list(cursor.fetchall())


def counted(people: dict[str, Account]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, n FROM ledger_tally")
        return dict(cursor.fetchall())


def test_a_no_is_wiped_with_the_very_answer_to_one_count(people, days):
    case = tell_us(people)
    said = recorded(ask(people["host"], case, "host", Do("says_no"), now=TUESDAY))
    assert said.over
    with pytest.raises(KeyDestroyed):
        load(case)
    assert not book.verify().faults and book.rebuild(TUESDAY) == ()
    book.tick(TUESDAY + 3 * DAY)
    assert coarse() == [("shop", "", "", "", "{}")] and counted(people) == {"no_thanks": 1}


def test_a_no_in_the_middle_of_a_tick_is_wiped_with_the_next(people, days):
    case = tell_us(people)
    with alone(ticking.turn(), ticking.TICKING):
        recorded(ask(people["host"], case, "host", Do("says_no"), now=TUESDAY))
    assert load(case).case.stage == "left"
    book.tick(TUESDAY + 60)
    with pytest.raises(KeyDestroyed):
        load(case)


def test_what_was_sent_is_known_as_sent_after_its_case_was_wiped(people, days):
    case = tell_us(people)
    request = Request("steps", "", "host", (Do("says_no"),))
    recorded(book.record(people["host"], case, request, "the-no", now=TUESDAY))
    assert book.sent(people["host"], "the-no") and not book.sent(people["host"], "another")


def test_days_without_an_answer_wipe_it_with_no_step(people, days):
    case = tell_us(people)
    book.tick(MONDAY + 9 * DAY)
    assert load(case).case.stage == "to_be_asked"
    book.tick(MONDAY + 11 * DAY)
    with pytest.raises(KeyDestroyed):
        load(case)
    book.tick(MONDAY + 13 * DAY)
    assert coarse() == [("shop", "", "", "", "{}")] and counted(people) == {"silent": 1}
    assert not book.verify().faults and book.rebuild(MONDAY + 13 * DAY) == ()


def test_on_its_last_day_it_is_not_wiped_with_those_of_others(people, days):
    early, late = tell_us(people), None
    recorded(ask(people["host"], early, "host", Do("says_no"), now=MONDAY + 10 * DAY))
    facts = {"told_at": MONDAY - HOUR, "place": "elsewhere"}
    late = recorded(
        ask(people["keeper"], None, "keeper", Do("tell_us", facts), door="shop", now=MONDAY + 60)
    ).case_id
    book.tick(MONDAY + 10 * DAY + HOUR)
    recorded(ask(people["host"], late, "host", Do("says_yes"), now=MONDAY + 10 * DAY + 2 * HOUR))
    book.tick(MONDAY + 12 * DAY)
    assert load(late).case.stage == "open" and len(coarse()) == 1


# ------------------------------------------------------------------------------------------------ consents
def test_a_consent_that_ran_out_is_written_down_by_tick(case, people, site):
    Office.objects.create(site=site, role="liaison", name="Liaison")
    args = {"do": "give", "kind": "liaison_may_know", "to": "off-1", "signature": "paper 7"}
    recorded(book.record(people["host"], case, Request("consent", "", "host", args=args), "c", now=TUESDAY))
    book.tick(TUESDAY + 32 * DAY)
    ended = [e for e in load(case).log.events if e.kind == "consent.ended"]
    assert [(e.data["consent"], e.actor) for e in ended] == [("liaison_may_know", "clock")]
    book.tick(TUESDAY + 40 * DAY)
    assert len([e for e in load(case).log.events if e.kind == "consent.ended"]) == 1
    assert book.rebuild(TUESDAY + 40 * DAY) == ()


def test_a_nothing_about_them_is_kept_as_theirs_too(people, alex):
    facts = {**told(), "hurt_reach": Nothing_("refused")}
    opened = recorded(
        ask(people["warden"], None, "warden", Do("report", facts), door="gate", person=alex, now=MONDAY)
    )
    assert others.roles(others.of_case(opened.case_id)) == ("hurt",)
