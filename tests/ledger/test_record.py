"""One writer: what is decided is written, once, sealed, in order."""

from datetime import date

import pytest

from amparo.cases.model import Refusal
from amparo.errors import NotPermitted
from amparo.ledger import book, drafts, tallies
from amparo.ledger.models import EventRow, Summary, Tally
from tests.ledger.conftest import MONDAY, SEEN, TUESDAY, do, employ, recorded


def test_a_report_opens_a_case(opened):
    case = opened()
    assert [event.kind for event in case.events] == [
        "case.opened",
        "fact.told",
        "fact.told",
        "fact.told",
        "step.taken",
    ]


def test_the_same_form_twice_is_one_case(opened):
    assert opened() == opened()
    assert EventRow.objects.filter(seq=1).count() == 1


def test_a_key_of_somebody_else_is_another_key(opened, clerk):
    case = opened()
    step = do("clerk", "invite")
    assert recorded(book.record(clerk, case.case_id, step, "opening", now=TUESDAY)).seq > case.seq


def test_a_step_follows_a_step(opened, clerk):
    case = opened()
    done = recorded(book.record(clerk, case.case_id, do("clerk", "invite"), "k", now=TUESDAY))
    assert done.events[0].kind == "step.taken"
    assert [event.seq for event in done.events] == list(range(case.seq + 1, done.seq + 1))


def test_two_steps_at_once_are_all_or_nothing(opened, clerk):
    case = opened()
    refused = book.record(clerk, case.case_id, do("clerk", "invite", "invite"), "k", now=TUESDAY)
    assert isinstance(refused, Refusal)
    assert EventRow.objects.filter(case=case.case_id).count() == case.seq


def test_a_refusal_stores_nothing_but_the_clocks(opened, clerk):
    case, later = opened(), MONDAY + 20 * 86400
    refused = book.record(clerk, case.case_id, do("clerk", "assess", facts={"ill": True}), "k", now=later)
    assert isinstance(refused, Refusal)
    view = book.read(clerk, case.case_id, "", now=later)
    assert [entry.kind for entry in view.timeline[case.seq :]] == ["clock.warned", "clock.expired"]


def test_a_refused_step_may_be_sent_again_with_its_key(opened, clerk):
    case = opened()
    assert isinstance(book.record(clerk, case.case_id, do("clerk", "finish"), "k", now=TUESDAY), Refusal)
    assert recorded(book.record(clerk, case.case_id, do("clerk", "invite"), "k", now=TUESDAY))


def test_who_left_writes_no_more(opened, clerk):
    case = opened()
    book.deactivate(clerk, date(2026, 3, 2))
    clerk.refresh_from_db()
    with pytest.raises(NotPermitted):
        book.record(clerk, case.case_id, do("clerk", "invite"), "k", now=TUESDAY)


def test_a_case_of_another_site_is_not_there(opened, azores):
    stranger = employ("Rui", "clerk", azores)
    with pytest.raises(NotPermitted):
        book.record(stranger, opened().case_id, do("clerk", "invite"), "k", now=TUESDAY)


def test_no_case_answers_as_a_hidden_one(clerk):
    with pytest.raises(NotPermitted, match="no such case"):
        book.record(clerk, "0000-0000-0000", do("clerk", "invite"), "k", now=TUESDAY)


def test_nobody_opens_in_a_role_they_do_not_have(officer, alex):
    request = do("clerk", "walk_in", facts=SEEN, door="path")
    with pytest.raises(NotPermitted):
        book.record(officer, None, request, "k", programme="garden", site="lisboa", person=alex, now=MONDAY)


def test_the_clock_of_the_wall_never_runs_back(opened, clerk):
    case = opened()
    done = recorded(book.record(clerk, case.case_id, do("clerk", "invite"), "k", now=MONDAY - 3600))
    assert done.events[0].recorded == MONDAY


def test_a_step_entered_later_keeps_its_own_time(opened, clerk):
    case, happened = opened(), MONDAY + 3600
    step = do("clerk", "invite", happened_at=happened)
    done = recorded(book.record(clerk, case.case_id, step, "k", now=TUESDAY))
    assert (done.events[0].at, done.events[0].recorded) == (happened, TUESDAY)


def test_two_who_decide_at_once_are_told_what_changed(opened, clerk, site):
    case, colleague = opened(), employ("Carlos", "clerk", site)
    recorded(book.record(colleague, case.case_id, do("clerk", "invite"), "one", now=TUESDAY))
    second = book.record(clerk, case.case_id, do("clerk", "drop", seen=case.seq), "two", now=TUESDAY)
    assert isinstance(second, Refusal) and second.code == "changed"


def test_a_note_of_a_megabyte_is_refused_and_kept(opened, clerk):
    case, place, long = opened(), "case/x/step/describe", "a" * 1_000_000
    drafts.save(clerk, f"case/{case.case_id}/step/describe", {"story": [long]}, TUESDAY)
    refused = book.record(
        clerk, case.case_id, do("clerk", "describe", facts={"story": long}), "k", now=TUESDAY
    )
    assert isinstance(refused, Refusal) and refused.field == "story" and set(refused.sentence) == {"en", "pt"}
    kept = drafts.load(clerk, f"case/{case.case_id}/step/describe")
    assert kept is not None and kept[0]["story"] == [long] and place


def test_a_sent_draft_is_wiped(opened, clerk):
    case = opened()
    place = f"case/{case.case_id}/step/invite"
    drafts.save(clerk, place, {"reasons": ["because"]}, TUESDAY)
    recorded(book.record(clerk, case.case_id, do("clerk", "invite"), "k", draft=place, now=TUESDAY))
    assert drafts.load(clerk, place) is None


def test_a_draft_is_its_authors_alone(opened, clerk, officer):
    drafts.save(clerk, "door/garden/path", {"story": ["mine"]}, MONDAY)
    assert drafts.load(officer, "door/garden/path") is None
    assert [kept.place for kept in drafts.mine(clerk)] == ["door/garden/path"]


def test_any_script_is_kept_as_it_was_said(opened, clerk):
    case, words = opened(), "O’Brien д’Артаньян 李小龍 محمد 🌹"
    recorded(
        book.record(clerk, case.case_id, do("clerk", "describe", facts={"story": words}), "k", now=TUESDAY)
    )
    view = book.read(clerk, case.case_id, "", now=TUESDAY)
    assert words in [fact.value for fact in view.facts]


def test_the_gate_counts_who_came(opened):
    opened()
    tallies.settle(TUESDAY)
    counted = Tally.objects.get()
    assert (counted.name, counted.month, counted.codes, counted.n) == (
        "came",
        "2026-03",
        '{"area": "lisboa"}',
        1,
    )


def test_a_later_case_of_the_same_person_is_told(opened, clerk):
    first = opened()
    opened("second", facts={"seen_at": MONDAY + 3600, "area": "lisboa"}, now=TUESDAY)
    view = book.read(clerk, first.case_id, "", now=TUESDAY)
    assert [fact.value for fact in view.facts if fact.name == "later_occurrence"] == [True]


def test_an_older_occurrence_is_no_later_one(opened, clerk):
    first = opened()
    opened("second", facts={"seen_at": SEEN["seen_at"] - 3600, "area": "lisboa"}, now=TUESDAY)
    view = book.read(clerk, first.case_id, "", now=TUESDAY)
    assert [fact.value for fact in view.facts if fact.name == "later_occurrence"] == [None]


def test_the_summary_holds_what_a_worklist_needs(opened):
    row = Summary.objects.get(pk=opened().case_id)
    assert (row.site, row.pathway, row.door, row.open, row.box, row.owner) == (
        "lisboa",
        "garden",
        "gate",
        True,
        1,
        "",
    )
