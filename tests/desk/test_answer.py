"""A service answers through its link: one referral, one service, one answer; and a page that opens to nobody else."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from amparo.desk.answer import limits
from amparo.ledger import answering, book, casefile, erasure
from amparo.people.models import Account, Office, Post
from tests.desk.conftest import PROGRAMME, As, browser_of, now, words

BED = {
    "key": "r1", "seen": "", "kind": "housing", "to": "off-bed", "says": "Alex asks for a bed. “And the dog.”",
    "consent": "referral_contact", "yes": "yes", "signature": "paper 1", "then": "refer",
}  # fmt: skip
DAY = 86_400
YES = {
    "answer": "accepted", "accepted.next.day": "3", "accepted.next.month": "12", "accepted.next.year": "2031",
    "accepted.hour": "10:00", "accepted.where": "Lower bell", "accepted.who": "Front desk",
    "words": "There is a yard.",
}  # fmt: skip


class Referred:
    """A case with one referral, and the address that its service was given."""

    def __init__(self, signed_in: As, case: str) -> None:
        self.case, self.technician = case, signed_in("technician")
        self.sent = self.technician.post(f"/case/{case}/support/refer/", BED)
        self.address = address(self.sent)
        self.service = Client(headers={"accept-language": "en"})

    def open(self, where: str = "") -> Any:
        return self.service.get(where or self.address)

    def answer(self, **typed: str) -> Any:
        return self.service.post(self.address, typed or YES)

    def support(self) -> str:
        return words(self.technician.get(f"/case/{self.case}/support/"))

    def press(self, then: str, **typed: str) -> Any:
        page = self.technician.get(f"/case/{self.case}/support/").content.decode()
        id_ = page.split('name="id" value="')[1].split('"')[0]
        sent = {"then": then, "id": id_, "key": f"k {then} {typed}", "seen": "", **typed}
        return self.technician.post(f"/case/{self.case}/support/", sent)

    def request(self, verb: str, **args: Any) -> None:
        technician = Account.objects.get(username="technician")
        asked = answering.Request(verb, technician.pk, "technician", args=args)
        assert isinstance(book.record(technician, self.case, asked, f"{verb} {args}"), book.Recorded)


def address(page: Any) -> str:
    found = re.search(r"http://testserver(/answer/[^/\s]+/)", page.content.decode())
    assert found, words(page)
    return found[1]


@pytest.fixture
def referred(signed_in: As, in_hearing: str) -> Referred:
    return Referred(signed_in, in_hearing)


def shut(page: Any) -> bool:
    """The one page that says nothing: the same for every reason."""
    return page.status_code == 404 and "This page is closed." in words(page) and "Alex" not in words(page)


# ------------------------------------------------------------------------------------------------ what it shows
def test_it_shows_the_text_that_was_sent_and_nothing_else_of_the_case(referred: Referred) -> None:
    page = words(referred.open())
    assert "Alex asks for a bed. “And the dog.”" in page and "Shelter Amostra" in page
    for hidden in (
        "Exemplo",
        referred.case,
        "hearing",
        "Technician Prova",
        "cannabis",
        "housing",
        "A place to live",
    ):
        assert hidden.lower() not in page.lower(), hidden


def test_the_program_is_not_named_and_the_tab_is_neutral(referred: Referred) -> None:
    page = referred.open().content.decode()
    assert "Amparo" not in page and "<title>A question, and your answer</title>" in page


def test_it_is_kept_nowhere_and_its_address_goes_nowhere(referred: Referred) -> None:
    for page in (referred.open(), referred.answer(), referred.open("/answer/none/")):
        assert page["Cache-Control"] == "no-store, private" and page["Referrer-Policy"] == "no-referrer"
        assert not page.cookies.get("csrftoken") and not page.cookies.get("amparo")


def test_the_person_can_read_that_the_service_opened_it(referred: Referred, signed_in: As) -> None:
    referred.open()
    page = words(signed_in("clerk").get(f"/case/{referred.case}/who-saw/"))
    assert "Shelter Amostra" in page and "the text that it was sent, by its link" in page


def test_it_speaks_the_language_of_the_browser(referred: Referred) -> None:
    page = referred.service.get(referred.address, headers={"accept-language": "pt"}).content.decode()
    assert '<html lang="pt' in page


def test_the_link_is_shown_once(referred: Referred) -> None:
    assert referred.address not in referred.technician.get(f"/case/{referred.case}/support/").content.decode()
    assert referred.sent["Cache-Control"] == "no-store, private"


def test_the_address_tells_neither_case_nor_service(referred: Referred) -> None:
    for told in (referred.case, "off-bed", "housing"):
        assert told not in referred.address


# ------------------------------------------------------------------------------------------------ the answer
def test_an_answer_is_the_services_own(referred: Referred) -> None:
    assert "This question is answered." in words(referred.answer())
    event = casefile.load(referred.case).log.events[-1]
    assert (event.kind, event.actor, event.role) == ("referral.answered", "off-bed", "support_service")
    page = referred.support()
    assert "Accepted" in page and "Lower bell" in page and "There is a yard." in page
    assert "Answered by the service itself, through its link." in page


def test_a_second_answer_is_told_plainly_and_changes_nothing(referred: Referred) -> None:
    referred.answer()
    page = words(referred.answer(answer="declined", **{"declined.reason": "no_place"}))
    assert "takes one answer" in page and "Alex" not in page
    held = casefile.load(referred.case).case
    assert [[a["answer"] for a in r.answers] for r in held.referrals.values()] == [["accepted"]]


def test_a_waiting_list_has_its_place_and_the_wait_is_theirs(referred: Referred) -> None:
    referred.answer(answer="waiting", **{"waiting.place": "4"})
    assert "Place on the list: 4." in referred.support() and "The wait is theirs." in referred.support()


def test_no_needs_a_reason_and_keeps_what_was_typed(referred: Referred) -> None:
    page = referred.answer(answer="declined", words="Sorry.")
    assert "Choose why not." in words(page) and "Sorry." in page.content.decode()
    referred.answer(answer="declined", **{"declined.reason": "no_place", "declined.who": "front desk"})
    assert "no free place" in referred.support() and "Said by: front desk." in referred.support()


def test_call_us_first_is_no_answer(referred: Referred) -> None:
    page = words(referred.answer(answer="call", **{"call.where": "555 0100, 14:00"}))
    assert "the question stays open until you answer" in page
    held = casefile.load(referred.case).case
    assert [r.state for r in held.referrals.values()] == ["sent"]
    assert "They ask to be called first" in referred.support() and "555 0100" in referred.support()
    assert "This question is answered." in words(referred.answer())


def test_nothing_is_chosen_is_a_fault_with_its_field(referred: Referred) -> None:
    page = referred.answer(answer="", words="x")
    assert 'href="#f-answer-accepted"' in page.content.decode()


def test_a_word_of_a_million_letters_is_refused_in_words(referred: Referred) -> None:
    page = referred.answer(answer="accepted", words="x" * 1_000_000, **{"accepted.where": "y" * 1000})
    assert page.status_code == 200 and "This is too long" in words(page)
    assert "No answer yet" in referred.support()


@pytest.mark.parametrize("method", ["put", "delete", "patch", "head", "options"])
def test_no_other_method_does_anything(referred: Referred, method: str) -> None:
    assert getattr(referred.service, method)(referred.address).status_code == 405


# ------------------------------------------------------------------------------------------------ what shuts it
def test_whatever_is_no_link_of_ours_is_answered_alike(referred: Referred) -> None:
    there = referred.address
    changed = (there[:20] + ("A" if there[20] != "A" else "B") + there[21:], there[:-3] + "/", "/answer/x/")
    bodies = {referred.open(where).content for where in (*changed, f"/answer/{'x' * 3000}/")}
    assert len(bodies) == 1 and all(shut(referred.open(where)) for where in changed)


def test_a_mark_of_something_else_opens_nothing(referred: Referred) -> None:
    assert shut(referred.open(f"/answer/{book.item('r1')}/"))


def test_a_link_signed_for_another_referral_opens_nothing(referred: Referred) -> None:
    held = casefile.load(referred.case).case
    (one,) = held.referrals.values()
    forged = (
        book.link_token(referred.case, one.id, "not the text"), book.link_token(referred.case, one.id, ""),
        book.link_token(referred.case, "r999", str(one.link)), book.link_token("0000-0000-0000", one.id, str(one.link)),
    )  # fmt: skip
    assert all(shut(referred.open(f"/answer/{text}/")) for text in forged)


def test_another_service_is_refused(referred: Referred, site: Any) -> None:
    other = Office.objects.create(id="off-two", site=site, role="support_service", name="Shelter Ensaio")
    somebody = Account.objects.create_user("two", id="acc-two", name="Two", office=other)
    referred.service.force_login(somebody, backend="django.contrib.auth.backends.ModelBackend")
    assert shut(referred.open()) and shut(referred.answer())
    assert "No answer yet" in referred.support()


def test_staff_do_not_answer_in_the_name_of_a_service(referred: Referred) -> None:
    assert shut(referred.technician.get(referred.address)) and shut(
        referred.technician.post(referred.address, YES)
    )


def test_a_consent_taken_back_shuts_it(referred: Referred) -> None:
    referred.request("consent", do="withdraw", kind="referral_contact", to="off-bed")
    assert shut(referred.open()) and shut(referred.answer())


def test_a_consent_taken_back_after_the_answer_shuts_it_too(referred: Referred) -> None:
    referred.answer()
    referred.request("consent", do="withdraw", kind="referral_contact", to="off-bed")
    assert shut(referred.open())


def test_a_referral_that_was_ended_shuts_it(referred: Referred) -> None:
    referred.press("end", reason="not_wanted")
    assert shut(referred.open())


def test_it_ends_some_weeks_after_the_answer_was_due(referred: Referred) -> None:
    link = referred.address.split("/")[2]
    asked = book.asked_by_link(link)
    assert asked is not None and asked.due is not None and asked.closes == asked.due + 60 * DAY
    assert book.asked_by_link(link, asked.closes) is not None
    assert book.asked_by_link(link, asked.closes + 1) is None
    assert book.answer_by_link(link, {"answer": "accepted"}, asked.closes + 1) is None


def test_it_never_outlives_the_consent(referred: Referred) -> None:
    file = casefile.load(referred.case)
    (one,) = file.case.referrals.values()
    soon = file.case.consents[one.consent]._replace(until=now() + DAY)
    held = file._replace(case=file.case._replace(consents={one.consent: soon}))
    assert answering._closes(held, one) == soon.until
    assert answering._closes(held, one._replace(due=None, consent="")) == one.linked + 60 * DAY
    assert answering._stands(held, one, now()) and not answering._stands(held, one, now() + 2 * DAY)


def test_a_service_that_left_the_site_no_longer_opens_it(referred: Referred) -> None:
    Office.objects.filter(pk="off-bed").update(until="2021-01-01")
    assert shut(referred.open())


def test_of_an_erased_case_nothing_opens(referred: Referred) -> None:
    erasure.destroy_key(referred.case)
    assert shut(referred.open()) and shut(referred.answer())


def test_a_recorded_death_shuts_it(referred: Referred) -> None:
    referred.request("record_death")
    assert shut(referred.open())


def test_a_new_link_kills_the_one_before(referred: Referred) -> None:
    anew = address(referred.press("link_answer"))
    assert anew != referred.address and shut(referred.open())
    assert "Alex asks for a bed." in words(referred.open(anew))


def test_too_many_tries_are_answered_with_a_pause(referred: Referred) -> None:
    for _ in range(limits.ONE_LINK):
        assert referred.open("/answer/x/").status_code == 404
    assert referred.open("/answer/x/").status_code == 429
    assert "Wait ten minutes" in words(referred.open("/answer/x/"))


# ------------------------------------------------------------------------------------------------ with an account
@pytest.fixture
def shelter(referred: Referred, site: Any) -> Client:
    """Somebody who works at the shelter that was asked, signed in."""
    account = Account.objects.create_user(
        "shelter", id="acc-shelter", name="Shelter Worker", office_id="off-bed"
    )
    Post.objects.create(
        account=account, site=site, programme=PROGRAMME, role="support_service", from_day=date(2020, 1, 1)
    )
    return browser_of(account)


def test_a_service_with_an_account_finds_the_answer_first_and_open(
    referred: Referred, shelter: Client
) -> None:
    page = words(shelter.get(f"/case/{referred.case}/support/"))
    assert "asks of you" in page and "Send this answer" in page and "There is a waiting list" in page


def test_a_service_is_told_neither_what_else_was_talked_about_nor_who_else_there_is(
    referred: Referred, shelter: Client
) -> None:
    page = words(shelter.get(f"/case/{referred.case}/support/"))
    assert "Not talked about" not in page and "ours to chase" not in page
    assert "Cannot anybody else" in page and "police" not in page.lower()


def test_its_own_answer_is_written_with_its_words(referred: Referred, shelter: Client) -> None:
    page = f"/case/{referred.case}/support/"
    id_ = shelter.get(page).content.decode().split('name="id" value="')[1].split('"')[0]
    shelter.post(
        page, {"then": "answer", "id": id_, "key": "own", "answer": "accepted", "words": "There is a yard."}
    )
    assert "Accepted" in referred.support() and "There is a yard." in referred.support()
    assert "Answered by the service" not in referred.support(), "only a link answers without an account"
