"""Referrals: one text, one service, one yes; and a wait that somebody looks at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from amparo.people.models import Office
from tests.desk.conftest import ZONE, As, words

BED = {
    "key": "r1", "seen": "", "kind": "housing", "to": "off-bed", "says": "Alex asks for a bed.",
    "consent": "referral_contact", "yes": "yes", "signature": "paper 1",
}  # fmt: skip


@pytest.fixture
def treatment(site: Any) -> Iterator[Office]:
    """A treatment service beside the shelter."""
    yield Office.objects.create(id="off-care", site=site, role="service", name="Treatment Exemplo")


class Support:
    """The support page of a case, as the technician presses it."""

    def __init__(self, signed_in: As, case: str) -> None:
        self.client, self.page = signed_in("technician"), f"/case/{case}/support/"

    def press(self, then: str, key: str = "r1", **typed: str) -> str:
        sent = {k: v for k, v in {**BED, **typed, "key": key, "then": then}.items() if v}
        page = f"{self.page}refer/" if then in ("read_refer", "refer") else self.page
        return words(self.client.post(page, sent, follow=True))

    def drawn(self) -> str:
        return words(self.client.get(self.page))


@pytest.fixture
def support(signed_in: As, in_hearing: str) -> Support:
    return Support(signed_in, in_hearing)


def test_no_ink_button_stands_while_the_yes_is_not_said(support: Support) -> None:
    page = support.press("read_refer", yes="")
    assert "yes to this text and this service is not said" in page and "Send the referral" not in page
    assert "Alex asks for a bed." in page


def test_an_earlier_yes_never_stands_for_a_new_text(support: Support) -> None:
    support.press("refer")
    page = support.press("refer", "r2", yes="", says="Alex asks for a bed and a meal.")
    assert "is not said" in page and "and a meal" not in support.drawn()


def test_a_no_ends_it_there(support: Support) -> None:
    assert "The person said no to it" in support.press("refer", yes="no")
    assert "No answer yet" not in support.drawn()


def test_a_consent_for_treatment_does_not_cover_housing(support: Support) -> None:
    page = support.press("read_refer", consent="treatment_contact")
    assert "Shelter Amostra is: service that helps" in page and "Send the referral" not in page
    assert "No answer yet" not in support.press("refer", consent="treatment_contact")


def test_the_read_back_shows_service_text_and_consent(support: Support) -> None:
    page = support.press("read_refer")
    assert "Send the referral" in page and "Alex asks for a bed." in page
    assert "Consent used A service I choose may be told my name" in page and "paper 1" in page


def test_the_row_says_under_which_consent_it_went(support: Support) -> None:
    support.press("refer")
    assert "under “A service I choose may be told my name" in support.drawn()


def test_the_audience_names_the_chosen_service_and_not_another(support: Support, treatment: Office) -> None:
    page = support.press("read_refer")
    assert "Shelter Amostra (service that helps)" in page
    reads, others = page.split("Will be read by")[1].split("Not by")
    assert "treatment" not in reads.lower() and "treatment service" in others.split("Send the")[0].lower()


def test_before_a_service_is_chosen_the_audience_names_none(support: Support, treatment: Office) -> None:
    page = words(support.client.get(f"{support.page}refer/?kind=housing"))
    assert "Where? the person chooses" in page and "Will be read by" not in page


def test_the_same_text_to_the_same_service_is_asked_about(support: Support) -> None:
    support.press("refer")
    asked = support.press("refer", "r2")
    assert "Already sent today" in asked and "Send it once more" in asked
    assert support.drawn().count("No answer yet") == 1
    support.press("refer", "r3", again="yes")
    assert support.drawn().count("No answer yet") == 2


def test_waiting_needs_a_day_to_look_again(support: Support) -> None:
    support.press("refer")
    page = support.client.get(support.page).content.decode()
    id_ = page.split('name="id" value="')[1].split('"')[0]
    assert "no day on which to look again" in support.press(
        "answer", "a1", id=id_, answer="waiting", place="4"
    )
    ahead = datetime.now(ZONE).date() + timedelta(days=9)
    day = {"next.day": str(ahead.day), "next.month": str(ahead.month), "next.year": str(ahead.year)}
    page = support.press("answer", "a2", id=id_, answer="waiting", place="4", **day)
    assert "Look again" in page and "Place on the list: 4." in page and "Chased it" in page


def test_how_the_yes_was_signed_is_read_back_with_who_was_there(support: Support) -> None:
    page = support.press("read_refer", signature="Alex", signed_how="glass", witness="Nurse Prova")
    assert "Alex, on this screen, seen or heard by: Nurse Prova" in page


def test_a_day_that_passed_with_nobody_looking_at_the_wait_is_ours(support: Support) -> None:
    Office.objects.filter(pk="off-bed").update(phone="555 0100")
    support.press("refer")
    id_ = support.client.get(support.page).content.decode().split('name="id" value="')[1].split('"')[0]
    past = datetime.now(ZONE).date() - timedelta(days=2)
    day = {"next.day": str(past.day), "next.month": str(past.month), "next.year": str(past.year)}
    page = support.press("answer", "a1", id=id_, answer="waiting", place="4", **day)
    assert "1 ours to chase" in page and "Call 555 0100" in page and "1 waiting" not in page
