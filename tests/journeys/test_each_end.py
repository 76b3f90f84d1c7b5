"""Every lawful end: a case that stands one step before it is taken there, by the forms of those who may.

In the order of time, for the clock of the house goes forward only.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from tests.journeys.answers import day, facts, moment
from tests.journeys.site import MAINLAND, Site
from tests.journeys.trade import (
    accepts,
    decides,
    findings,
    follows,
    letter,
    reports,
    sits,
    stands,
    votes,
)  # fmt: skip
from tests.journeys.web import Person, person, written

STATISTICS = "For statistics only"
REACHED: list[str] = []
"""The ends to which the tests below come."""

Test = Callable[..., None]


def reaches(end: str) -> Callable[[Test], Test]:
    """Notes the end to which a test comes."""
    REACHED.append(end)
    return lambda test: test


def notices_to_the_register(clerk: Person, case: str) -> list[str]:
    """The rows of the outbox that go to the register about a case. There is at least one."""
    rows = clerk.get("/outbox/").html.split("<tr")
    plain = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row.partition(">")[2])).strip() for row in rows]
    found = [row for row in plain if case.upper() in row and "register" in row]
    assert found
    return found


@pytest.fixture
def clerk(site: Site) -> Person:
    return person(site, "clerk")


@pytest.fixture
def member(site: Site) -> Person:
    return person(site, "member")


@reaches("filed")
def test_a_suspension_that_went_well_is_filed(site: Site, clerk: Person, member: Person) -> None:
    case = site.case("over_to_file")
    sits(member, case)
    member.step(case, "file", votes())
    assert stands(member, case).startswith("Filed")
    letter(clerk, case, "Your case has ended").has("to Greta Voorbeeld".removeprefix("to "))


@reaches("overturned")
def test_a_court_that_sets_the_decision_aside_ends_the_case(site: Site, clerk: Person) -> None:
    case = site.case("before_the_court")
    page = clerk.step(case, "appeal_upheld")
    assert stands(clerk, case).startswith("Set aside by the court")
    page.has("Take the entry back", STATISTICS)


@reaches("done")
def test_a_fine_that_is_paid_is_done(site: Site, clerk: Person) -> None:
    case = site.case("fine_unpaid")
    clerk.step(case, "pay")
    assert stands(clerk, case).startswith("Sanction done")


@reaches("absolved")
def test_who_did_not_commit_it_is_absolved(site: Site, clerk: Person, member: Person) -> None:
    case = site.case("in_the_room")
    sits(member, case)
    decides(member, case, findings(for_own_use="yes", offence_found="no"), "absolve")
    assert stands(member, case).startswith("Absolved")
    letter(clerk, case, "Decision")


@reaches("to_justice")
def test_what_was_not_for_own_use_goes_back_to_justice(site: Site, clerk: Person, member: Person) -> None:
    case = site.case("hearing_second")
    site.at(site.today(10, 35))
    clerk.step(case, "attend")
    sits(member, case)
    decides(member, case, findings(for_own_use="no"), "return_to_justice")
    assert stands(member, case).startswith("Returned to justice")
    clerk.get("/outbox/").has(case.upper(), "Returned to justice")


@reaches("sent_elsewhere")
def test_who_lives_elsewhere_is_sent_to_a_commission_outside(site: Site, clerk: Person) -> None:
    case = site.case("from_another_commission")
    agreed = moment("term.send_outside.agreed_at", site.now + timedelta(days=6))
    page = follows(clerk, case, "send_outside", {**facts(competent_here="no"), **agreed})
    assert stands(clerk, case).startswith("Sent to a commission outside")
    page.has("Your case moves", "Original file")


def test_who_lives_in_the_islands_is_handed_over_with_the_whole_file(site: Site, clerk: Person) -> None:
    case, islands = site.case("wrong_commission"), person(site, "clerk.azores")
    agreed = moment("term.transfer.agreed_at", site.now + timedelta(days=6))
    follows(clerk, case, "transfer", {**facts(competent_here="no"), **agreed, "to_site": "ponta-delgada"})
    islands.step(case, "arrive")
    accepts(islands, case).has("On a bench in the garden", "Being prepared")
    assert clerk.case(case).status == 404, "the first commission has handed it over"


@reaches("minor_closed")
def test_who_is_under_16_is_helped_and_enters_no_register(site: Site, clerk: Person) -> None:
    officer, technician = person(site, "officer"), person(site, "technician")
    born = site.now.date().replace(year=site.now.year - 15) - timedelta(days=40)
    minor = {
        "person.name": "Nino d'Ensaio",
        "fact.age": None,
        **day("person.born", born),
    }
    case = reports(site, officer, **minor)
    clerk.step(case, "receive_record")
    follows(clerk, case, "help_under_16", {})
    assert stands(clerk, case).startswith("Help under 16")
    agreed = facts(representative_agrees="yes")
    technician.step(
        case, "agree_help", {**agreed, **day("item.help.0.due", (site.now + timedelta(60)).date())}
    )
    technician.step(case, "close_minor")
    assert stands(technician, case).startswith("Helped without an entry")
    for told in notices_to_the_register(clerk, case):
        assert "Under 16, for statistics only" in told and "without a name" in told


@reaches("exempted")
def test_who_had_asked_for_help_is_exempted_and_nothing_of_them_remains(site: Site, clerk: Person) -> None:
    case = reports(
        site, person(site, "officer"), **{"person.name": "Quiosque Pedido", "fact.route_reason": ""}
    )
    clerk.step(case, "receive_record")
    written(clerk.case(case, "facts/").press("tell", {"fact.came_for_help": "yes"}))
    follows(clerk, case, "exempt", {})
    site.later(minutes=2)
    gone = clerk.case(case)
    assert gone.status == 410
    gone.has("The words of this case were erased.")
    assert "Quiosque" not in clerk.get("/?q=Quiosque").words.replace("“Quiosque”", "")


@reaches("lapsed")
def test_who_is_never_found_lapses_by_the_commissions_word_and_not_before_the_day(
    site: Site, clerk: Person, member: Person
) -> None:
    case = site.case("not_found_short_time")
    due = datetime.combine(date.fromisoformat(site.told["today"]), datetime.min.time(), MAINLAND)
    sits(member, case)
    page = member.refused(case, "declare_lapsed", {"reasons": "Not yet a year.", **votes()})
    page.has("Decree-Law 433/82")
    site.at(due + timedelta(days=46, hours=10))
    assert stands(clerk, case).startswith("Not notified"), "no clock closes a case"
    sits(member, case)
    member.step(case, "declare_lapsed", {"reasons": "A year has passed.", **votes()})
    assert stands(member, case).startswith("Time-barred")


@reaches("extinct")
def test_a_suspended_sanction_that_was_kept_is_extinct(site: Site, clerk: Person) -> None:
    case = site.case("setting_rests")
    site.at(datetime(2027, 5, 3, 10, tzinfo=MAINLAND))
    member = person(site, "member")
    sits(member, case)
    member.step(case, "extinguish", votes())
    assert stands(member, case).startswith("Extinguished")
