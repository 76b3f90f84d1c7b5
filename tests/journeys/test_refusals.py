"""What the law forbids is refused: with what cannot be done, the article, the facts that decided, and what can be done.

Nothing typed is lost by a refusal, and nothing is written. In the order of time, for the clock only goes forward.
"""

import html
import re

import pytest

from tests.journeys.answers import Typed, facts, length
from tests.journeys.site import Site
from tests.journeys.trade import (
    findings,
    heard,
    proposes,
    record,
    reports,
    sits,
    stands,
    votes,
)  # fmt: skip
from tests.journeys.web import Person, Seen, person

REFUSAL = re.compile(r'<section class="refusal.*?</section>', re.DOTALL)


def refusals(page: Seen) -> list[list[str]]:
    """The refusals of a page, each with its lines: what cannot be done, why, what can be done instead."""
    found = REFUSAL.findall(page.html)
    assert found, f"Nothing was refused on {page.url}: {page.words[:3000]}"
    lines = [re.findall(r"<(?:h2|p)>(.*?)</(?:h2|p)>", one, re.DOTALL) for one in found]
    return [[_plain(line) for line in one] for one in lines]


def _plain(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", markup))).strip()


def says(page: Seen, what: str, why: str, instead: str) -> None:
    """Raises unless one refusal of the page says this, each in its own line."""
    lines = refusals(page)
    fits = [
        one
        for one in lines
        if what in one[0] and re.search(why, one[1]) and instead in one[-1] and len(one) == 3
    ]
    assert fits, "\n".join(" / ".join(one) for one in lines)


def without_votes(found: Typed) -> Typed:
    """What is answered before there is a proposal to vote on."""
    return {name: value for name, value in found.items() if not name.startswith(("vote.", "dissent."))}


@pytest.fixture
def clerk(site: Site) -> Person:
    return person(site, "clerk")


@pytest.fixture
def member(site: Site) -> Person:
    return person(site, "member")


# ------------------------------------------------------------------------------------------------ who sits
def test_one_member_alone_decides_nothing(site: Site, member: Person) -> None:
    case = site.case("in_the_room")
    sits(member, case, ("ensaio",), {"hipotese": "ill", "teste": "ill"}).has("too few to decide")
    found = {**facts(for_own_use="yes", offence_found="no"), **heard(), **votes("ensaio")}
    page = proposes(member, case, found, "absolve")
    says(
        page,
        "cannot be decided with who is there",
        r"at least 2 must sit.*130-A/2001, art\. 35",
        "another day",
    )
    assert stands(member, case).startswith("Hearing")


def test_a_member_is_not_impeded_without_a_reason(site: Site, member: Person) -> None:
    case = site.case("exam_ordered")
    page = member.case(case, "sitting/").press(
        "open", {"who.acc-ensaio": "here", "who.acc-hipotese": "here", "who.acc-teste": "away"}
    )
    says(page, "sitting cannot be opened", r"reason.*130-A/2001, art\. 35", "Ill")


def test_an_empty_seat_does_not_count_until_a_jurist_has_said_so(site: Site, member: Person) -> None:
    case = site.case("exam_ordered")
    page = member.case(case, "sitting/")
    here = {"who.acc-ensaio": "here", "who.acc-hipotese": "here", "vacant": "1"}
    member_page = page.press("open", here)
    assert "enough to decide" not in member_page.words
    found = {**facts(for_own_use="yes", offence_found="no"), **heard(), **votes("ensaio", "hipotese")}
    page = proposes(member, case, found, "absolve")
    says(
        page,
        "cannot be done yet",
        r"whether a vacant seat counts.*130-A/2001, art\. 35",
        "with source and date",
    )


def test_nothing_is_decided_outside_a_sitting(site: Site, member: Person) -> None:
    page = member.refused(site.case("halfway_work"), "file", {})
    says(page, "cannot be decided now", r"only in a sitting.*30/2000, art\. 7", "Open the sitting")


# ------------------------------------------------------------------------------------------------ at intake
def test_a_case_of_another_commission_is_not_taken_on(site: Site, clerk: Person) -> None:
    answers = {"choice.intake": "accept", **facts(competent_here="no")}
    page = clerk.refused(site.case("wrong_commission"), "intake", answers, "choice")
    says(
        page,
        "Take the case on",
        r"competent: no.*30/2000, arts\. 3\(1\), 8\(1\)",
        "Send to the competent commission",
    )


def test_nobody_under_16_is_taken_on(site: Site, clerk: Person) -> None:
    case = reports(site, person(site, "officer"), **facts(age="15"))
    clerk.step(case, "receive_record")
    page = clerk.case(case, "choice/intake/")
    page.has("Required now", "Help under 16", "The law leaves one decision: Help under 16.", "14(6)")
    page = page.press("write", {"choice.intake": "accept", **facts(competent_here="yes")}, lenient=True)
    says(
        page,
        "Take the case on",
        r"16 or older when it happened: no.*130-A/2001, art\. 14\(6\)",
        "Help under 16",
    )


def test_while_the_age_is_not_known_the_commission_settles_it_first(site: Site, clerk: Person) -> None:
    page = clerk.case(site.case("age_unknown"), "choice/intake/")
    page.has("4 not yet", "16 or older when it happened (commission)")
    page = page.press("write", {"choice.intake": "accept", **facts(competent_here="yes")}, lenient=True)
    says(page, "Take the case on", r"16 or older", "")


def test_what_was_not_for_own_use_makes_no_record(site: Site) -> None:
    officer = person(site, "officer")
    page = officer.get("/new/police_record/").press("write", record(site, **facts(own_use="no")))
    says(page, "Record and summon", r"30/2000, art\. 2\(1\)", "")


# ------------------------------------------------------------------------------------------------ not coming
def test_nobody_has_failed_to_come_before_the_hour_and_thirty_minutes(site: Site, clerk: Person) -> None:
    case = site.case("hearing_first")
    page = clerk.refused(case, "record_no_show")
    says(page, "Did not come", r"Thirty minutes.*10:00.*130-A/2001, art\. 13\(2\)", "It can be done after")
    site.at(site.today(9, 59))
    says(clerk.refused(case, "record_no_show"), "Did not come", r"Thirty minutes", "It can be done after")


def test_who_was_not_notified_has_missed_nothing(site: Site) -> None:
    page = person(site, "clerk.azores").refused(site.case("letter_came_back"), "record_no_show")
    says(
        page,
        "Did not come",
        r"No proof that “Summons” reached the person.*130-A/2001, arts\. 13\(2\), 32",
        "summon",
    )


def test_who_was_notified_is_not_written_down_as_not_notified(site: Site, clerk: Person) -> None:
    page = clerk.refused(site.case("hearing_first"), "record_not_notified")
    says(page, "Not notified", r"reached its addressee in time.*130-A/2001, art\. 32", "")


# ------------------------------------------------------------------------------------------------ the decision
def test_nothing_is_decided_while_the_register_has_not_answered(site: Site, member: Person) -> None:
    case = site.case("waiting_for_the_register")
    sits(member, case)
    found = findings(for_own_use="yes", offence_found="yes", dependent="no")
    page = member.case(case, "choice/decision/").press("check", without_votes(found))
    page.has("0 required + 0 allowed + 0 open", "earlier entry in the central register (central register)")
    page = page.press(
        "write", {"choice.decision": "suspend", **length("term.suspend.length", 6, "months")}, lenient=True
    )
    says(
        page,
        "Suspend provisionally",
        r"Earlier entry in the central register.*30/2000, arts\. 11\(1\)",
        "egister",
    )


def test_a_fine_is_refused_for_a_dependent_person_and_every_word_is_kept(
    site: Site, clerk: Person, member: Person
) -> None:
    case = site.case("hearing_afternoon")
    clerk.step(case, "attend")
    sits(member, case)
    found = {
        **findings(for_own_use="yes", offence_found="yes", dependent="no"),
        "dissent.acc-teste": "A lower one.",
    }
    page = member.case(case, "choice/decision/").press("check", without_votes(found))
    page.has("Fine")
    page = page.press(
        "check", {"choice.decision": "fine", **facts(light_tables_only="no"), "term.fine.amount.n": "60"}
    )
    voted = {name: value for name, value in found.items() if name.startswith(("vote.", "dissent."))}
    page = page.press("write", {**voted, **facts(dependent="yes")})
    says(page, "Findings", r"Not answered: Accepts treatment", "Ask")
    page = page.press("check", facts(accepts_treatment="no"))
    says(
        page,
        "“Fine” is not allowed",
        r"Judged dependent: yes.*30/2000, arts\. 15\(1\)",
        "Suspended sanction, dependent person",
    )
    kept = page.form("check").fields
    assert kept["term.fine.amount.n"] == ["60"] and kept["choice.decision"] == ["fine"]
    assert kept["dissent.acc-teste"] == ["A lower one."] and kept["reasons"] == [heard()["reasons"]]


def test_a_fine_above_the_laws_limit_is_refused_beside_its_field(site: Site, member: Person) -> None:
    case = site.case("hearing_afternoon")
    found = findings(for_own_use="yes", offence_found="yes", dependent="no")
    terms = {**facts(light_tables_only="no"), "term.fine.amount.n": "5000"}
    page = proposes(member, case, found, "fine", terms)
    says(page, "Fine", r"900.*30/2000", "")


def test_a_second_suspension_waits_for_a_jurist(site: Site, member: Person) -> None:
    case = site.case("goes_on_again")
    sits(member, case)
    page = member.case(case, "choice/decision/")
    found = findings(for_own_use="yes", offence_found="yes", dependent="no")
    page = page.press("check", without_votes(found))
    page.has("1 not yet", "a second provisional suspension is open in the same case")
    page = page.press(
        "write", {"choice.decision": "suspend", **length("term.suspend.length", 6, "months")}, lenient=True
    )
    says(page, "Suspend provisionally", r"not entered.*30/2000", "with source and date")


# ------------------------------------------------------------------------------------------------ afterwards
def test_a_suspension_is_not_filed_before_the_day_after_its_end(site: Site, member: Person) -> None:
    case = site.case("ending_soon")
    sits(member, case)
    page = member.refused(case, "file", {**facts(later_occurrence="no"), **votes()})
    says(page, "File", r"End of the suspension.*29 November 2026.*30/2000, art\. 13\(1\)", "30 November 2026")


def test_a_waiting_list_is_never_the_persons_breach(site: Site, member: Person) -> None:
    case = site.case("waiting_for_a_place")
    sits(member, case)
    page = member.refused(case, "resume", {**heard(), **votes(), **facts(later_occurrence="no")})
    says(
        page,
        "Proceedings go on",
        r"Treatment as accepted”, one waits on somebody else.*30/2000, art\. 13\(3\)",
        "Chase who keeps it waiting",
    )


def test_a_sanction_is_not_final_before_the_term_to_appeal_is_over(site: Site, clerk: Person) -> None:
    page = clerk.refused(site.case("fine_told"), "confirm_final")
    says(
        page,
        "Decision is final",
        r"Time to appeal.*3 December 2026.*433/82, art\. 59\(3\)",
        "4 December 2026",
    )


# ------------------------------------------------------------------------------------------------ who may not
@pytest.mark.parametrize("login", ["officer", "court", "service", "support", "enforcement", "beneficiary"])
def test_a_step_of_others_is_no_page_at_all_for_outside_parties(site: Site, login: str) -> None:
    outside = person(site, login)
    for part in ("step/accept/", "choice/decision/", "sitting/", "step/file/", "support/"):
        assert outside.case(site.case("in_the_room"), part).status == 404, part


def test_a_member_takes_no_step_of_the_clerk_and_the_clerk_none_of_the_commission(
    site: Site, clerk: Person, member: Person
) -> None:
    case = site.case("hearing_third")
    says(
        member.refused(case, "attend"),
        "Hearing opened",
        r"given to others.*130-A/2001, arts\. 11\(2\)",
        "Coordinator, Technical team can do it",
    )
    page = clerk.refused(site.case("halfway_work"), "file", {})
    says(page, "“File” is not yours to do", r"30/2000, art\. 13\(2\)", "Commission can do it")
