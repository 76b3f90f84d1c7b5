"""How many touches a piece of work takes, counted by a hand that does the ordinary case; each count is a ceiling.

A tap is one touch that chooses or moves on. Typing and scanning are counted apart. Whatever has legal effect is read
back once all the same: that page's button is one of the taps. A contact (4) and a referral (6) are in `test_help`, an
item of a plan (4) and its progress (2) in `test_agreements`; the handoff (8) has a file of its own. A specimen given
(1) stands in `tests/desk/test_testing`, a commitment of a meeting (3) in `tests/desk/test_meetings`.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import DESK, PHONE, Hand, Visit, looks_right
from tests.journeys.site import Site


def at_post(page: Page, post: str) -> Page:
    """The same person at another of their posts; where they work is chosen before the day begins."""
    page.goto("/me/")
    there = page.locator("main").get_by_role("button", name=re.compile(post))
    if there.count():
        there.first.click()
        page.wait_for_load_state()
    return page


def row_of(site: Site, story: str) -> str:
    """The row of a story's case in a list."""
    return f"tr:has(a[href='/case/{site.case(story)}/'])"


def written(page: Page) -> None:
    expect(page.locator(".told[role=status]").first).to_be_visible()


# ------------------------------------------------------------------------------------------------ warnings
@pytest.fixture
def sergeant(visit: Visit) -> Page:
    return at_post(visit("tamaki.sergeant", PHONE), "formal warning")


def test_a_sergeant_approves_in_three_taps_from_the_list(sergeant: Page, site: Site) -> None:
    sergeant.goto("/?box=0")
    hand = Hand(sergeant)
    hand.link("^Approve", row_of(site, "waits_tonight"))
    for told in ("Theft of goods under $500", "Left the shop", "Enough evidence", "Yes, I took them.", "34"):
        expect(hand.card).to_contain_text(told)
    for heard in ("Who heard it and when", "Aroha Tauira, today 00:34", "Agrees, knowing what a warning is"):
        expect(hand.card).to_contain_text(heard)
    expect(sergeant.locator("main")).to_contain_text("View of the person who was harmed")
    expect(sergeant.locator(".one-tap button").first).to_be_in_viewport()
    looks_right(sergeant)
    hand.button("^Yes$", ".one-tap")
    expect(sergeant.locator("section.readback")).to_contain_text("Approved, not yet issued")
    hand.confirm()
    written(sergeant)
    assert hand.taps <= 3


def test_a_sergeant_asks_one_question_from_the_same_card(sergeant: Page, site: Site) -> None:
    hand = Hand(sergeant)
    sergeant.goto(f"/case/{site.case('silent_tonight')}/step/approve/")
    hand.link("^Ask one question", ".foot")
    form = "#way-ask_one_question"
    sergeant.locator(f"{form} textarea").fill("Was she told that she may ask for a lawyer?")
    hand.button("^Ask one question", form)
    written(sergeant)
    assert hand.taps <= 2


def test_not_this_is_said_with_its_reason_on_the_same_card(sergeant: Page, site: Site) -> None:
    hand = Hand(sergeant)
    sergeant.goto(f"/case/{site.case('harmed_view_waits')}/step/approve/")
    hand.link("^No further action", ".foot")
    form = "#way-not_this"
    sergeant.locator(f"{form} textarea").fill("The shop has its things back and asks for nothing.")
    hand.button("^No further action", form)
    hand.confirm()
    written(sergeant)
    assert hand.taps <= 3


def test_a_disputed_warning_is_set_aside_after_everybody_told_was_shown(visit: Visit, site: Site) -> None:
    page = visit("tamaki.reviewer", DESK)
    page.goto(f"/case/{site.case('disputed_in_time')}/")
    hand = Hand(page)
    hand.link("Set the warning aside")
    for part in ("I paid at the other till", "Clearly admits it", "The public interest favours a warning"):
        expect(page.locator(".rest", has_text=part).first).to_be_visible()
    page.locator("form[data-draft-url] [name=reasons]").fill("The slip shows that it was paid.")
    hand.tap(page.locator(".foot button.ink"))
    back = page.locator("section.readback")
    expect(back).to_contain_text("was told: entry on police history, Wed 4 Nov")
    expect(back).to_contain_text("was told: told of a warning, Fri 6 Nov")
    expect(back).to_contain_text("is destroyed once every receipt is in")
    hand.confirm()
    expect(page.locator("main")).to_contain_text("Being put right")
    assert hand.taps <= 3


# ------------------------------------------------------------------------------------------------ panels
@pytest.fixture
def coordinator(visit: Visit) -> Page:
    return visit("panel.coordinator", PHONE)


def test_a_referral_is_accepted_in_two_taps_from_the_list(coordinator: Page, site: Site) -> None:
    coordinator.goto("/?box=1")
    hand = Hand(coordinator)
    hand.link("^Take the referral on", row_of(site, "panel_new_agreed"))
    for told in ("Rode off on a bicycle", "Theft", "Maximum penalty", "Somebody was harmed"):
        expect(hand.card).to_contain_text(told)
    assert not hand.card.get_by_text("What the harmed person thinks").count(), "theirs is a page of its own"
    expect(coordinator.locator("#at-once")).to_contain_text("Accepted, being prepared")
    expect(coordinator.locator(".foot-row")).to_contain_text("this page reads it back")
    looks_right(coordinator)
    hand.button("^Take the referral on", ".foot")
    written(coordinator)
    assert hand.taps <= 2


def test_a_referral_is_declined_in_three_taps_with_its_reason(coordinator: Page, site: Site) -> None:
    hand = Hand(coordinator)
    coordinator.goto(f"/case/{site.case('panel_answer_late')}/step/accept/")
    hand.link("^Decline the referral", ".foot")
    hand.button("^Outside our area", "#way-decline")
    expect(coordinator.locator("section.readback")).to_contain_text("Outside our area")
    hand.confirm()
    written(coordinator)
    assert hand.taps <= 3


def test_a_plan_shows_one_item_at_a_time_and_what_all_weigh(coordinator: Page, site: Site) -> None:
    page = coordinator
    page.goto(f"/case/{site.case('panel_plan_longer')}/step/add_item/")
    one, two = (page.get_by_role("region", name=f"Item {n}", exact=True) for n in (1, 2))
    expect(two).to_be_hidden()
    for words in ("Work for the community", "in 2 weeks", "A sheet of hours", "The coordinator"):
        one.locator("label", has_text=words).first.click()
    one.locator("summary").click()
    one.locator("[name$=hours]").fill("20")
    expect(two.locator("textarea")).to_be_hidden()
    two.locator("label", has_text="Apology").click()
    expect(one.locator("[name$=hours]")).to_be_hidden()
    expect(one).to_contain_text("Work for the community")
    expect(page.locator(".load")).to_contain_text("2 items, hours: 20, over 2 weeks")
    looks_right(page)
    one.get_by_text("Change").click()
    expect(one.locator("[name$=hours]")).to_be_visible()


# ------------------------------------------------------------------------------------------------ diversion
def test_a_case_is_given_to_a_worker_in_two_taps_with_what_each_carries(visit: Visit, site: Site) -> None:
    page = visit("lead.manager", DESK)
    page.goto("/?box=0&all=1")
    hand = Hand(page)
    hand.link("^Assign", row_of(site, "lead_waits_now"))
    expect(page.locator(".carry")).to_contain_text("At most 25 for each. Over 20 it is said here.")
    loads = [int(n) for n in re.findall(r"carries (\d+) p", page.locator(".carry").inner_text())]
    assert len(loads) == 3 and loads == sorted(loads), "the fewest first"
    looks_right(page)
    hand.button("^Give it", ".carry li:first-child")
    written(page)
    assert hand.taps <= 2


# ------------------------------------------------------------------------------------------------ which door
def test_every_question_before_the_doors_is_one_tap_and_they_are_seven_at_most(visit: Visit) -> None:
    page = visit("tamaki.officer", PHONE)
    page.goto("/which-door/")
    hand = Hand(page)
    hand.button("^Warn$")
    while page.get_by_text("of at most").count():
        asked, before = page.locator("main h1").inner_text(), hand.taps
        number = page.locator("main form input[type=text]:visible")
        if number.count():
            number.first.fill("30" if "Age" in asked else "3")
            hand.button("^Next$")
        else:
            no = re.search("violence|amphetamine|harmed|drug", asked, re.I)
            hand.button("^No" if no else "^Yes$")
        assert hand.taps == before + 1 <= 7, asked
    expect(page.locator("main")).to_contain_text("Questions asked:")


# ------------------------------------------------------------------------------------------------ in court
def test_a_response_in_court_is_five_taps_and_a_sentence(visit: Visit, site: Site) -> None:
    page = visit("court.judge", DESK)
    page.goto(f"/case/{site.case('tc_praised')}/step/respond/")
    hand = Hand(page)
    for answer in ("Came", "Near", "Praise", "In 2 weeks"):
        hand.tap(page.locator("main label", has_text=re.compile(f"^\\s*{answer}")))
    page.locator("main textarea:visible").first.fill("You came every time. That is yours.")
    hand.tap(page.locator(".foot button.main"))
    written(page)
    assert hand.taps <= 5
