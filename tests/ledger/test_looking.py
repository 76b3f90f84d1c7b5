"""Everything passes the lens, and every look leaves a row."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.cases.model import Request
from amparo.errors import NotPermitted
from amparo.ledger import book, looks
from amparo.ledger.models import Disclosure, Head
from amparo.people import matching, store
from tests.ledger.conftest import MONDAY, SEEN, TUESDAY, do, employ, recorded


def test_a_look_is_logged_with_its_purpose(opened, clerk):
    case = opened().case_id
    book.read(clerk, case, "the person called", now=TUESDAY)
    found = looks.of_case(case)
    assert [(look.actor, look.role, look.purpose) for look in found] == [
        (clerk.pk, "clerk", "the person called")
    ]


def test_a_list_is_one_look_with_its_cases(opened, clerk):
    first, second = opened("a").case_id, opened("b", person=None).case_id
    book.worklist(clerk, "lisboa", "garden", now=TUESDAY)
    assert Disclosure.objects.count() == 1
    assert [look.what for case in (first, second) for look in looks.of_case(case)] == ["list", "list"]


def test_a_refused_look_shows_nothing(opened, azores):
    with pytest.raises(NotPermitted):
        book.read(employ("Rui", "clerk", azores), opened().case_id, "", now=TUESDAY)


def test_the_officer_learns_only_that_it_was_received(opened, officer, clerk):
    case = opened().case_id
    recorded(book.record(clerk, case, do("clerk", "invite"), "k", now=TUESDAY))
    view = book.read(officer, case, "", now=TUESDAY)
    assert (view.stage, view.closed, view.milestones) == ("", None, ("opened",))


def test_a_list_is_sorted_by_what_is_due(opened, clerk):
    late, early = opened("a", now=TUESDAY).case_id, opened("b", person=None, now=MONDAY).case_id
    rows = book.worklist(clerk, "lisboa", "garden", now=TUESDAY).rows
    assert [row.case for row in rows] == [early, late]


def test_pages_follow_without_counting(opened, clerk):
    cases = {opened(f"k{n}", person=None).case_id for n in range(7)}
    first = book.worklist(clerk, "lisboa", "garden", size=3, now=TUESDAY)
    second = book.worklist(clerk, "lisboa", "garden", after=first.after, size=3, now=TUESDAY)
    third = book.worklist(clerk, "lisboa", "garden", after=second.after, size=3, now=TUESDAY)
    assert {row.case for page in (first, second, third) for row in page.rows} == cases
    assert (len(third.rows), third.after) == (1, "")


def test_counts_add_up_to_all_open_cases(opened, clerk):
    cases = [opened(f"k{n}", person=None).case_id for n in range(3)]
    recorded(book.record(clerk, cases[0], do("clerk", "invite"), "k", now=TUESDAY))
    recorded(book.record(clerk, cases[1], do("clerk", "drop"), "k'", now=TUESDAY))
    assert book.counts(clerk, "lisboa", "garden", now=TUESDAY) == {1: 1, 2: 1}


def test_one_box_is_listed_alone(opened, clerk):
    first, second = (opened(f"k{n}", person=None).case_id for n in range(2))
    recorded(book.record(clerk, first, do("clerk", "invite"), "k", now=TUESDAY))
    assert [row.case for row in book.worklist(clerk, "lisboa", "garden", 1, now=TUESDAY).rows] == [second]


def test_an_officer_lists_only_what_they_reported(opened, officer, clerk):
    mine = opened().case_id
    other = do("clerk", "walk_in", facts=SEEN, door="path")
    recorded(book.record(clerk, None, other, "w", programme="garden", site="lisboa", now=MONDAY))
    assert [row.case for row in book.worklist(officer, "lisboa", "garden", now=TUESDAY).rows] == [mine]
    assert book.counts(officer, "lisboa", "garden", now=TUESDAY) == {}


def test_a_service_lists_nothing_that_is_not_its_own(opened, service):
    opened()
    assert book.worklist(service, "lisboa", "garden", now=TUESDAY).rows == ()


def test_nobody_lists_a_site_they_have_no_post_at(opened, azores, clerk):
    with pytest.raises(NotPermitted):
        book.worklist(clerk, "acores", "garden", now=TUESDAY)


def test_a_name_is_found_without_its_marks(opened, clerk):
    opened(person=store.keep(store.Record(name="José d’Ávila", born="1980-05-05")))
    rows = book.search(clerk, "lisboa", "garden", "jose davila", now=TUESDAY)
    assert [row.record.name for row in rows if row.record] == ["José d’Ávila"]


def test_a_search_finds_nothing_of_another_site(opened, azores):
    opened()
    assert book.search(employ("Rui", "clerk", azores), "acores", "garden", "Alex", now=TUESDAY) == ()


def test_a_case_number_finds_its_case(opened, clerk):
    case = opened().case_id
    assert [row.case for row in book.search(clerk, "lisboa", "garden", case.upper(), now=TUESDAY)] == [case]


def test_linked_people_are_found_as_one(opened, clerk, alex):
    case = opened().case_id
    twin = store.keep(store.Record(name="Aleksander Example", born="1999-12-31"))
    link = matching.link(alex, twin, clerk)
    assert [row.case for row in book.search(clerk, "lisboa", "garden", "aleksander", now=TUESDAY)] == [case]
    matching.unlink(link, clerk)
    assert book.search(clerk, "lisboa", "garden", "aleksander", now=TUESDAY) == ()


def test_a_role_without_contact_sees_no_phone(opened, technician, clerk):
    person = store.keep(store.Record(name="Sam", channels=(store.Channel("phone", "912 345 678"),)))
    case = opened(person=person).case_id
    shown = [book.look(who, case, "", now=TUESDAY).record for who in (clerk, technician)]
    assert [len(record.channels) for record in shown if record] == [1, 0]


def test_considering_writes_nothing(opened, clerk):
    case = opened()
    found = book.consider(clerk, case.case_id, do("clerk", "invite"), now=TUESDAY)
    assert (found.refusals, found.causes and found.causes.stage_to) == ((), "talking")
    assert book.read(clerk, case.case_id, "", now=TUESDAY).seq == case.seq


def test_considering_an_opening_says_what_is_lacking(officer):
    found = book.consider(
        officer, None, do("police", "report", door="gate"), programme="garden", site="lisboa", now=MONDAY
    )
    assert {refusal.code for refusal in found.refusals} == {"ask"}


def test_who_saw_lists_every_look(opened, clerk, technician):
    case = opened().case_id
    book.read(technician, case, "to prepare", now=MONDAY + 60)
    assert {look.actor for look in book.who_saw(clerk, case, now=TUESDAY)} == {clerk.pk, technician.pk}


def test_who_saw_names_whom_an_emergency_told_on_which_ground_and_when(opened, clerk):
    case = opened().case_id
    told = {"to": "Hospital S", "what": "Fell on the path", "why": "Not awake"}
    request = Request("emergency_disclosure", "", "clerk", args=told)
    recorded(book.record(clerk, case, request, "k", now=TUESDAY))
    found = next(look for look in book.who_saw(clerk, case, now=TUESDAY + 60) if look.what == "emergency")
    assert (found.to, found.said, found.purpose) == ("Hospital S", "Fell on the path", "Not awake")
    assert (found.actor, found.at) == (clerk.pk, TUESDAY)


def test_the_outbox_is_empty_without_letters(opened, clerk):
    opened()
    assert book.outbox(clerk, "lisboa", "garden", now=TUESDAY) == ()


def test_a_demo_of_no_role_sees_no_case(opened, officer, azores):
    case = opened().case_id
    assert book.exists_for(officer, case, now=TUESDAY)
    assert not book.exists_for(employ("Rui", "clerk", azores), case, now=TUESDAY)


def test_a_list_asks_the_database_as_often_for_ten_as_for_two(opened, clerk):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            book.worklist(clerk, "lisboa", "garden", now=TUESDAY)
        return len(asked)

    for n in range(2):
        opened(f"k{n}", person=store.keep(store.Record(name="Ana")))
    few = queries()
    for n in range(2, 10):
        opened(f"k{n}", person=store.keep(store.Record(name="Ana")))
    assert queries() == few <= 20


def test_a_broken_case_does_not_take_the_list_with_it(opened, clerk):
    broken, whole = opened("a").case_id, opened("b", person=None).case_id
    Head.objects.filter(pk=broken).update(hash=b"x" * 32)
    assert [row.case for row in book.worklist(clerk, "lisboa", "garden", now=TUESDAY).rows] == [whole]
