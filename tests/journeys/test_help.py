"""Help on a phone: a contact in four taps, a referral in six, and a service that answers by its link alone.

The counts are ceilings for the ordinary case; typing is counted apart.
"""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.journeys.browser import DESK, PHONE, Hand, Visit, looks_right
from tests.journeys.site import Site


def address_of(page: Page) -> str:
    """The link in the letter that stands on the page, this once."""
    found = re.search(r"http://\S+/answer/\S+/", page.locator("#f-link").input_value())
    assert found
    return found[0]


def referred(page: Page, site: Site, says: str = "") -> Hand:
    """The technician sends a referral from the support page, with the text that is proposed, or another."""
    page.goto(f"/case/{site.case('waiting_for_a_place')}/support/")
    hand = Hand(page)
    hand.link("^Refer to a service")
    hand.link("^Health")
    hand.tap(page.locator("a.way"))
    if page.locator("[name=consent][type=radio]").count():
        page.locator("[name=consent]").first.locator("xpath=ancestor::label").click()
    page.locator("[name=signature]").fill("paper 12")
    if says:
        page.locator("[name=says]").fill(says)
    hand.answer("yes", "yes")
    hand.button("^Read it back$")
    hand.button("^Send the referral$")
    return hand


# ------------------------------------------------------------------------------------------------ contact
def test_a_contact_takes_four_taps_from_the_list(visit: Visit) -> None:
    page = visit("clerk", PHONE)
    page.goto("/?box=7")
    hand = Hand(page)
    hand.link("^Contact")
    hand.answer("result", "no_answer")
    hand.answer("channel", "phone")
    hand.button("^Done$")
    assert hand.taps <= 4
    expect(page.locator(".done-line")).to_contain_text("Tried, no answer")
    expect(page.locator("main")).to_contain_text("You may stop here.")
    assert page.locator(".past b").count() == 0, "a try never stands as a contact"


def test_a_programmes_own_step_is_told_in_as_few(visit: Visit, site: Site) -> None:
    page = visit("lead.casemanager", PHONE)
    page.goto("/")
    hand = Hand(page)
    hand.tap(page.locator(f"a[href='/case/{site.case('lead_rhythm_late')}/contact/']"))
    hand.answer("fact.contact_was", "tried")
    hand.button("^Done$")
    assert hand.taps <= 4
    expect(page.locator(".done-line")).to_contain_text("Tried, not found")
    page.locator("[name=words]").fill("Her dog was in the doorway, she was not.")
    page.locator("[name=soon]").first.locator("xpath=ancestor::label").click()
    page.locator("main").get_by_role("button", name="Keep it").first.click()
    expect(page.locator(".past")).to_contain_text("Her dog was in the doorway")


def test_contact_and_referring_look_right_on_phone_and_desk(visit: Visit, site: Site) -> None:
    for login, path in (
        ("clerk", f"/case/{site.case('arrived_this_morning')}/contact/"),
        ("technician", f"/case/{site.case('waiting_for_a_place')}/support/refer/"),
        ("technician", f"/case/{site.case('waiting_for_a_place')}/support/refer/?kind=housing"),
    ):
        for size in (PHONE, DESK):
            page = visit(login, size)
            page.goto(path)
            looks_right(page)


# ------------------------------------------------------------------------------------------------ referring
def test_a_referral_takes_six_taps_and_its_service_answers_by_the_link(visit: Visit, site: Site) -> None:
    page = visit("technician", PHONE)
    hand = referred(page, site)
    assert hand.taps <= 6
    looks_right(page)
    link = address_of(page)
    service = visit("", PHONE, java_script_enabled=False)
    service.goto(link)
    service.locator("[name=answer][value=waiting]").check()
    service.locator("[name='waiting.place']").fill("4")
    service.get_by_role("button", name="Send this answer").click()
    expect(service.locator("main")).to_contain_text("This question is answered.")
    service.goto(link)
    expect(service.locator("main")).to_contain_text("takes one answer")
    page.goto(f"/case/{site.case('waiting_for_a_place')}/support/")
    expect(page.locator("main")).to_contain_text("Place on the list: 4.")
    expect(page.locator("main")).to_contain_text("Answered by the service itself")


@pytest.mark.parametrize("language", ["en", "pt"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_page_of_a_service_looks_right(
    visit: Visit, site: Site, size: ViewportSize, language: str
) -> None:
    page = visit("technician", DESK)
    referred(page, site, f"A talk about sleeping, {language}, {size['width']}.")
    link = address_of(page)
    service = visit("", size, language)
    service.goto(link)
    for value in ("accepted", "waiting", "declined", "call"):
        service.locator(f"[name=answer][value={value}]").check()
        looks_right(service)
    assert "Amparo" not in service.content()
    service.goto(link[:-3] + "/")
    looks_right(service)
    expect(service.locator("html")).to_have_attribute("lang", language)


def test_a_service_answers_with_the_keyboard_alone(visit: Visit, site: Site) -> None:
    page = visit("technician", DESK)
    referred(page, site, "A talk about sleeping, by keyboard.")
    service = visit("", DESK)
    service.goto(address_of(page))
    service.locator("[name=answer][value=accepted]").focus()
    for _ in range(3):
        service.keyboard.press("ArrowDown")
    service.keyboard.press("Tab")
    service.keyboard.type("555 0100, after 14:00")
    expect(service.locator("[name='call.where']")).to_have_value("555 0100, after 14:00")
    service.keyboard.press("Enter")
    expect(service.locator("main")).to_contain_text("the question stays open until you answer")
