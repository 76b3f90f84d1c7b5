"""A service is in a case for as long as the person's consent holds, and not a moment longer."""

from __future__ import annotations

from datetime import date

import pytest

from amparo.cases.model import Request
from amparo.errors import NotPermitted
from amparo.ledger import book
from amparo.people.models import Account, Office, Post, Site
from tests.desk.conftest import PROGRAMME, As, browser_of, now, words
from tests.desk.test_answer import Referred

ROLE, MONTH = "support_service", 30 * 86_400
TEXT = "Alex asks for a bed."
ACCEPTED = {"kind": "housing", "answer": "accepted"}


class Shelter:
    """The account of the service that was asked for a bed."""

    def __init__(self, case: str, site: Site) -> None:
        self.case, office = case, Office.objects.get(pk="off-bed")
        self.account = Account.objects.create_user("bed", id="acc-bed", name="Bea", office=office)
        Post.objects.create(
            account=self.account, site=site, programme=PROGRAMME, role=ROLE, from_day=date(2020, 1, 1)
        )
        self.browser = browser_of(self.account)

    def page(self) -> int:
        return int(self.browser.get(f"/case/{self.case}/").status_code)

    def listed(self, t: int | None = None) -> bool:
        rows = book.worklist(self.account, "lisboa", PROGRAMME, role=ROLE, now=t).rows
        return self.case in {row.case for row in rows}

    def answer(self, key: str) -> object:
        return book.record(
            self.account, self.case, Request("answer", self.account.pk, ROLE, args=ACCEPTED), key
        )


@pytest.fixture
def referral(signed_in: As, in_hearing: str) -> Referred:
    return Referred(signed_in, in_hearing)


@pytest.fixture
def shelter(referral: Referred, site: Site) -> Shelter:
    return Shelter(referral.case, site)


def withdraw(referral: Referred) -> None:
    referral.request("consent", do="withdraw", kind="referral_contact", to="off-bed")


def test_while_the_consent_holds_the_service_reads_what_it_was_asked_and_answers(shelter: Shelter) -> None:
    assert shelter.listed() and shelter.page() == 200
    assert TEXT in words(shelter.browser.get(f"/case/{shelter.case}/support/"))
    assert isinstance(shelter.answer("yes"), book.Recorded)


@pytest.mark.parametrize("answered", [False, True])
def test_a_consent_taken_back_shuts_the_list_the_page_and_every_act_at_once(
    referral: Referred, shelter: Shelter, answered: bool
) -> None:
    if answered:
        shelter.answer("first")
    withdraw(referral)
    assert shelter.page() == 404 and not shelter.listed()
    assert TEXT not in words(shelter.browser.get(f"/case/{shelter.case}/support/"))
    with pytest.raises(NotPermitted):
        shelter.answer("after")


def test_a_consent_that_ran_out_shuts_it_before_anybody_writes_so(shelter: Shelter) -> None:
    assert shelter.listed(now() + 5 * MONTH) and not shelter.listed(now() + 7 * MONTH)


def test_the_same_yes_given_again_opens_it_again(referral: Referred, shelter: Shelter) -> None:
    withdraw(referral)
    referral.request("consent", do="give", kind="referral_contact", to="off-bed", signature="paper 2")
    assert shelter.listed() and shelter.page() == 200
