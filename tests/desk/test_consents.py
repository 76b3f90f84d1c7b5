"""A yes on one page with every element; a no beside it that leaves no trace; taking back, place by place."""

from __future__ import annotations

from typing import Any

import pytest

from amparo.cases.model import Do
from amparo.ledger.casefile import load
from tests.desk import test_obligations
from tests.desk.conftest import words
from tests.desk.test_obligations import agreed, an_item, write

invented, garden, case = test_obligations.invented, test_obligations.garden, test_obligations.case


class Asked:
    """The page of one kind of consent, as the gardener presses it."""

    def __init__(self, garden: Any, case: str, kind: str) -> None:
        self.client, self.case, self.n = garden["gardener"], case, 0
        self.page = f"/case/{case}/consents/ask/{kind}/"
        self.list = f"/case/{case}/consents/"

    def drawn(self) -> str:
        return words(self.client.get(self.page))

    def press(self, then: str, **typed: Any) -> str:
        self.n += 1
        return words(self.client.post(self.page, {"then": then, "key": f"c{self.n}", **typed}, follow=True))

    def listed(self) -> str:
        return words(self.client.get(self.list))

    def link(self, part: str) -> str:
        html = self.client.get(self.list).content.decode()
        return next(x for x in html.split('"') if x.startswith(f"{self.list}{part}/"))

    def withdraw(self) -> str:
        mark = self.client.get(self.link("back")).content.decode().split('name="id" value="')[1].split('"')[0]
        return words(
            self.client.post(self.list, {"then": "withdraw", "id": mark, "key": "back"}, follow=True)
        )


@pytest.fixture
def guard(garden: Any, case: str) -> Asked:
    return Asked(garden, case, "guard_may_know")


@pytest.fixture
def shed(garden: Any, case: str) -> Asked:
    return Asked(garden, case, "shed_may_know")


def test_every_element_stands_on_one_page(guard):
    page = guard.drawn()
    for part in (
        "About whom Tui Tauira", "Who tells The Garden nobody else", "What they tell Takes part This, and no more.",
        "To whom Guard house One named recipient.", "What for So that they know. Nothing else.", "Until Until",
        "How to take it back Tell any of us, or write or call: 1 Gate Road. It stops at once.",
        "What if I say no Guard house hears nothing from us on this.", "The stricter form It holds here",
        "Tui Tauira’s name or mark", "Garden Act art. 5",
    ):  # fmt: skip
        assert part in page, part


def test_no_and_not_now_stand_beside_the_signature_and_leave_no_trace(guard):
    form = guard.client.get(guard.page).content.decode()
    assert (
        form.index('value="give"')
        < form.index('value="no"')
        < form.index('value="later"')
        < form.rindex("</form>")
    )
    before = load(guard.case).case.seq
    assert "Nothing was written down, and nothing follows from it." in guard.press("no")
    assert "Not now. Nothing was written down" in guard.press("later")
    assert load(guard.case).case.seq == before and not load(guard.case).case.consents


def test_nothing_is_ticked_and_nobody_is_chosen_for_the_person(shed):
    html = shed.client.get(shed.page).content.decode()
    assert " checked" not in html
    assert "It is not said to whom." in shed.press("give", about=["identity"], signature="T. T.")
    page = shed.press("give", to="off-shed", signature="T. T.")
    assert (
        "It is not said what they tell." in page
        and "T. T."
        in shed.client.post(
            shed.page, {"then": "give", "to": "off-shed", "signature": "T. T."}
        ).content.decode()
    )
    assert not load(shed.case).case.consents


def test_one_that_stands_alone_says_so(shed, guard):
    assert "On its own It is joined to no other consent." in shed.drawn()
    assert "On its own" not in guard.drawn()
    assert "On its own: joined to no other consent." in shed.listed()


def test_where_the_law_wants_a_hand_a_yes_without_one_is_refused(guard):
    assert "The law asks for the person’s own hand." in guard.drawn()
    guard.press("give", to="off-guard")
    assert not load(guard.case).case.consents
    guard.press(
        "give",
        to="off-guard",
        signature="Tui",
        **{"signed.day": "1", "signed.month": "2", "signed.year": "2024"},
    )
    given = load(guard.case)
    assert given.case.consents and any(e.data.get("signature") == "Tui, 2024-02-01" for e in given.log.events)


def test_it_cannot_be_signed_on_a_day_to_come(guard):
    typed = {"signed.day": "1", "signed.month": "2", "signed.year": "2099"}
    assert "not a day to come" in guard.press("give", to="off-guard", signature="Tui", **typed)
    assert not load(guard.case).case.consents


def test_the_recipients_page_is_drawn_by_the_lens_and_what_the_yes_adds_is_tinted(guard):
    html = guard.client.get(guard.page).content.decode()
    card = html.split('class="seen-page"')[1].split("</section>")[0]
    assert "Takes part" in card and '<span class="adds">Yes</span>' in card
    now = guard.client.post(guard.page, {"then": "see_now"}).content.decode().split('class="seen-page"')[1]
    assert "Takes part" not in now.split("</section>")[0], "without it nothing is drawn, not even a gap"


def test_the_preview_follows_what_is_ticked(garden, case, shed):
    agreed(garden["gardener"], case, an_item(0, "dig"))
    both = shed.client.post(shed.page, {"then": "see_yes", "to": "off-shed", "about": ["identity", "thing"]})
    one = shed.client.post(shed.page, {"then": "see_yes", "to": "off-shed", "about": ["identity"]})
    assert (
        "Dig" in words(both).split("is not a disclosure.")[1]
        and "Dig" not in words(one).split("is not a disclosure.")[1]
    )


def test_it_prints_as_a_page_to_be_signed(shed):
    page = shed.press("paper", to="off-shed", about=["identity"])
    assert "The shed may know me and what we agreed" in page and "Barn Ensaio" in page and "Day" in page
    assert "(chosen)" in page


def test_taking_back_lists_each_place_with_task_and_receipt(garden, case, shed):
    agreed(garden["gardener"], case, an_item(0, "dig"))
    shed.press("give", to="off-shed", about=["identity", "thing"], signature="T. T.")
    assert "Shed Amostra" in shed.listed() and "1 live" in shed.listed()
    assert "Dig" in words(garden["shed"].get(f"/case/{case}/obligations/"))
    before = words(shed.client.get(shed.link("back")))
    assert (
        "Take back the yes to Shed Amostra?" in before and "Where it lies" in before and "to come" in before
    )
    page = shed.withdraw()
    assert (
        "Sharing stopped" in page and "Who was told has not confirmed yet." in page and "1 taken back" in page
    )
    assert "Is told that it was taken back, and confirms it Gardener" in page
    assert "They are to be told by today." in page
    assert "Tell Shed Amostra that a consent was taken back" in words(garden["gardener"].get("/"))
    assert "Shed, who opened the page" in page and "The page is closed Done by itself" in page
    assert garden["shed"].get(f"/case/{case}/obligations/").status_code == 404
    mark = shed.client.get(shed.list).content.decode().split('name="id" value="')[1].split('"')[0]
    done = words(shed.client.post(shed.list, {"then": "receipt", "id": mark, "key": "r"}, follow=True))
    assert "Confirmed by who was told" in done


def test_a_consent_taken_back_cannot_be_taken_back_twice(guard):
    guard.press("give", to="off-guard", signature="Tui")
    link = guard.link("back")
    guard.withdraw()
    assert guard.client.get(link).status_code == 404


def test_who_does_not_help_is_shown_no_consent_at_all(garden, case, guard):
    guard.press("give", to="off-guard", signature="Tui")
    assert garden["guard"].get(guard.list).status_code == 404
    assert garden["guard"].get(guard.page).status_code == 404
    write(case, Do("go"))
    assert "Guard house" in guard.listed()


# ------------------------------------------------------------------------------------------------ how it was signed
def signature(asked: Asked) -> str:
    return next(e.data["signature"] for e in load(asked.case).log.events if e.data.get("signature"))


def test_how_it_was_signed_and_who_was_there_stand_in_the_signature(guard):
    guard.press("give", to="off-guard", signature="Tui", signed_how="paper", witness="Aunt Rua")
    assert signature(guard).startswith("Tui, ") and signature(guard).endswith(
        "on paper, seen or heard by: Aunt Rua"
    )


def test_where_the_law_asks_for_the_persons_own_hand_said_aloud_is_not_enough(guard):
    page = guard.press("give", to="off-guard", signature="Tui", signed_how="said")
    assert "the law asks for the person’s own hand" in page and not load(guard.case).case.consents


def test_where_it_does_not_said_aloud_is_enough_and_said_so(shed):
    shed.press("give", to="off-shed", about=["identity"], signature="Tui", signed_how="said")
    assert signature(shed).endswith("said aloud")


def test_it_is_not_said_how_without_by_whom(guard):
    page = guard.press("give", to="off-guard", signed_how="paper")
    assert "but not by whom" in page and not load(guard.case).case.consents


def test_the_paper_has_room_for_who_was_there(shed):
    assert "Who was there and saw or heard it" in shed.press("paper")
