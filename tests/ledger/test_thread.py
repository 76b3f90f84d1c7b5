"""The first thread on Portugal's whole programme: from the street to filing, and to another commission."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest

from amparo.cases.model import Do, Refusal, Request, World
from amparo.errors import NotPermitted
from amparo.ledger import book, kept
from amparo.ledger.casefile import load
from amparo.people import store
from amparo.people.models import Account, Area, Mandate, Office, Post, SettingEntry, Site
from tests.ledger.conftest import at, recorded

P = "pt-dissuasion"
NIGHT = at("2026-03-02 22:10")
HERB = {"substance": "cannabis_herb", "mass": 6_000_000, "weight": "net"}
SEEN = {
    "occurred_at": at("2026-03-02 21:30"), "area": "lisboa", "seized": True, "own_use": True, "age": 24,
    "home": "lisboa", "appointment": at("2026-03-04 10:00"), "language": "pt",
    "substances": {"items": [HERB], "open": False},
}  # fmt: skip
SINCE = date(2020, 1, 1)


class Office_(NamedTuple):
    """A commission and its people."""

    officer: Account
    clerk: Account
    technician: Account
    members: tuple[Account, ...]


def post(name: str, role: str, site: Site, **fields: Any) -> Account:
    account = Account.objects.create_user(name, name=name.title(), id=f"acc-{name}", **fields)
    Post.objects.create(account=account, site=site, programme=P, role=role, from_day=SINCE)
    return account


@pytest.fixture
def lisbon(site: Site) -> Office_:
    Area.objects.create(site=site, code="lisboa", title={"en": "Lisbon", "pt": "Lisboa"})
    members = tuple(post(name, "member", site) for name in ("one", "two", "three"))
    for member, qualities in zip(members, (["president"], ["jurist"], []), strict=True):
        Mandate.objects.create(
            account=member, site=site, body="commission", qualities=qualities, from_day=SINCE
        )
    Office.objects.create(site=site, role="register", name="Registo central", standing=True)
    people = (post("agent", "police", site), post("clara", "clerk", site), post("tec", "technician", site))
    return Office_(*people, members)


@pytest.fixture
def ponta_delgada(azores: Site) -> Account:
    Area.objects.create(
        site=azores, code="ponta_delgada", title={"en": "Ponta Delgada", "pt": "Ponta Delgada"}
    )
    return post("rosa", "clerk", azores)


def take(account: Account, case: str, when: str, role: str, *dos: Do, **fields: Any) -> Any:
    request = Request("steps", "", role, steps=dos, **fields)
    return book.record(account, case, request, f"{case} {when} {dos[-1].step}", now=at(when))


@pytest.fixture
def reported(lisbon: Office_) -> str:
    person = store.keep(store.Record(name="Alex Exemplo", born="2001-07-01", home="lisboa"))
    request = Request(
        "steps", "", "police", steps=(Do("report", SEEN, handed=("summons",)),), door="police_record"
    )
    done = book.record(
        lisbon.officer, None, request, "report", person=person, programme=P, site="lisboa", now=NIGHT
    )
    return recorded(done).case_id


@pytest.fixture
def heard(reported: str, lisbon: Office_) -> str:
    """The case at its hearing, the register asked and answered, the commission sitting."""
    c = lisbon.clerk
    recorded(take(c, reported, "2026-03-03 09:00", "clerk", Do("receive_record")))
    recorded(take(c, reported, "2026-03-03 10:00", "clerk", Do("accept", {"competent_here": True})))
    recorded(take(c, reported, "2026-03-04 10:05", "clerk", Do("attend")))
    recorded(take(c, reported, "2026-03-04 10:10", "clerk", Do("register_answers", {"prior_entry": False})))
    present = {"do": "open", "kind": "hearing", "present": [m.pk for m in lisbon.members], "impeded": {}}
    sit = Request("sit", "", "member", args={**present, "vacant": 0, "chair": lisbon.members[0].pk})
    recorded(book.record(lisbon.members[0], reported, sit, "sit", now=at("2026-03-04 10:15")))
    return reported


FOUND = Do("find", {"for_own_use": True, "offence_found": True, "dependent": False})
SUSPEND = Do("suspend", terms={"length": {"n": 6, "unit": "months"}})


def vote(lisbon: Office_, case: str, when: str, *dos: Do, by: int = 0) -> Any:
    votes = {member.pk: "for" for member in lisbon.members}
    return take(
        lisbon.members[by], case, when, "member", *dos, votes=votes, reasons="We find so.", heard=True,
        defence="offered_declined",
    )  # fmt: skip


def test_from_the_street_to_filing(heard, lisbon):
    recorded(vote(lisbon, heard, "2026-03-04 10:40", FOUND, SUSPEND))
    assert load(heard).case.stage == "suspended"
    book.tick(at("2026-09-10 09:00"))
    told = Do("prepare_filing", {"later_occurrence": False})
    recorded(take(lisbon.clerk, heard, "2026-09-10 10:00", "clerk", told))
    present = {"do": "open", "kind": "hearing", "present": [m.pk for m in lisbon.members], "impeded": {}}
    sit = Request("sit", "", "member", args={**present, "vacant": 0, "chair": lisbon.members[0].pk})
    book.record(lisbon.members[0], heard, sit, "sit again", now=at("2026-09-11 10:00"))
    recorded(vote(lisbon, heard, "2026-09-11 10:10", Do("file", {"later_occurrence": False})))
    assert load(heard).case.stage == "filed"
    assert book.verify().faults == () and book.rebuild(at("2026-09-11 10:10")) == ()


def test_a_member_who_left_cannot_decide(heard, lisbon):
    Mandate.objects.filter(account=lisbon.members[0]).update(until=date(2026, 3, 3))
    refused = vote(lisbon, heard, "2026-03-04 10:40", FOUND, SUSPEND)
    assert isinstance(refused, Refusal) and refused.code in ("not_you", "no_quorum")


def test_the_reporting_officer_sees_no_decision(heard, lisbon):
    recorded(vote(lisbon, heard, "2026-03-04 10:40", FOUND, SUSPEND))
    view = book.read(lisbon.officer, heard, "", now=at("2026-03-05 09:00"))
    assert (view.stage, view.sitting, view.milestones, view.clocks) == ("", None, ("opened",), ())


def test_the_outbox_holds_what_is_still_to_be_sent(heard, lisbon):
    found = book.outbox(lisbon.clerk, "lisboa", P, now=at("2026-03-05 09:00"))
    assert [one.row.case for one in found] == [heard]
    assert "register_new_case" in [notice.notice for notice in found[0].notices]


def test_what_was_sent_with_its_receipt_leaves_the_outbox(heard, lisbon):
    for name in [n.id for n in load(heard).case.notices.values()]:
        for verb, args in (("send", {"how": "post"}), ("receive", {"receipt": "R 1"})):
            request = Request(verb, "", "clerk", args={"id": name, **args})
            book.record(lisbon.clerk, heard, request, f"{verb} {name}", now=at("2026-03-04 12:00"))
    left = [
        n for one in book.outbox(lisbon.clerk, "lisboa", P, now=at("2026-03-05 09:00")) for n in one.notices
    ]
    assert left == []


def test_the_day_list_holds_who_sits(heard, lisbon):
    found = book.sittings(lisbon.clerk, "lisboa", P, date(2026, 3, 4), now=at("2026-03-04 10:20"))
    assert [one.row.case for one in found] == [heard]
    assert book.sittings(lisbon.clerk, "lisboa", P, date(2026, 3, 5), now=at("2026-03-04 10:20")) == ()


def test_a_file_goes_to_the_competent_commission(reported, lisbon, ponta_delgada):
    recorded(take(lisbon.clerk, reported, "2026-03-03 09:00", "clerk", Do("receive_record")))
    step = Do("transfer", {"competent_here": False}, {"agreed_at": at("2026-03-05 10:00")})
    with pytest.raises(NotPermitted):
        book.read(ponta_delgada, reported, "", now=at("2026-03-03 09:30"))
    recorded(
        take(lisbon.clerk, reported, "2026-03-03 10:00", "clerk", step, world=World(transfer_to="acores"))
    )
    assert book.counts(ponta_delgada, "acores", P, now=at("2026-03-03 12:00"))
    recorded(take(ponta_delgada, reported, "2026-03-03 15:00", "clerk", Do("arrive")))
    held = load(reported)
    assert (held.case.site.code, held.case.site.zone) == ("acores", "Atlantic/Azores")
    assert book.rebuild(at("2026-03-03 15:00")) == () and book.verify().faults == ()


def test_a_transfer_to_nowhere_is_refused(reported, lisbon):
    recorded(take(lisbon.clerk, reported, "2026-03-03 09:00", "clerk", Do("receive_record")))
    step = Do("transfer", {"competent_here": False}, {"agreed_at": at("2026-03-05 10:00")})
    sent = take(lisbon.clerk, reported, "2026-03-03 10:00", "clerk", step, world=World(transfer_to="nowhere"))
    assert isinstance(sent, Refusal)


def test_steps_can_be_taken_back_newest_first(heard, lisbon):
    found = book.entries(lisbon.clerk, heard, now=at("2026-03-04 10:20"))
    assert [one.entry.name for one in found][:2] == ["register_answers", "attend"]
    assert [bool(one.against) for one in found][:2] == [False, True]


def test_a_setting_entered_later_is_read(reported, lisbon, site):
    day = date(2026, 3, 3)
    SettingEntry.objects.create(
        site=site, programme=P, name="vacancy_impedes", value="yes", from_day=day, source="Order 1",
        source_date=day,
        by=lisbon.clerk, fictional=True,
    )  # fmt: skip
    assert load(reported, now=at("2026-03-03 09:00")).site.settings == {"vacancy_impedes": True}
    assert load(reported, now=NIGHT).site.settings == {}


def test_a_legal_hold_keeps_what_would_be_erased(heard, lisbon, site):
    entries = (("kept_for_the_person", "90 days"), ("register_named_years", "90 days"))
    for name, value in entries:
        SettingEntry.objects.create(
            site=site, programme=P, name=name, value=value, from_day=SINCE, source="Order", source_date=SINCE,
            by=lisbon.clerk,
        )  # fmt: skip
    not_it = Do("find", {"for_own_use": True, "offence_found": False, "dependent": False})
    recorded(vote(lisbon, heard, "2026-03-04 10:40", not_it, Do("absolve")))
    hold = Request("hold", "", "clerk", args={"rule": "Court order 7"})
    recorded(book.record(lisbon.clerk, heard, hold, "hold", now=at("2026-03-05 09:00")))
    assert book.tick(at("2026-12-01 09:00")).erased == 0
    release = Request("release", "", "clerk", args={})
    recorded(book.record(lisbon.clerk, heard, release, "release", now=at("2026-12-02 09:00")))
    assert book.tick(at("2026-12-03 09:00")).erased == 1


def test_the_bytes_of_a_letter_never_change(reported):
    kept.keep_letter(reported, "l5", b"%PDF one")
    kept.keep_letter(reported, "l5", b"%PDF one")
    with pytest.raises(Exception, match="bytes do not change"):
        kept.keep_letter(reported, "l5", b"%PDF two")
    assert kept.letter_bytes(reported, "l5") == b"%PDF one" and kept.letter_bytes(reported, "l6") is None
