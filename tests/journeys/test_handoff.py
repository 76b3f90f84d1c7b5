"""Handing somebody over at night, on a phone: the questions in the order of the street, and few taps to be free."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.browser import PHONE, answer, write

MOST_TAPS = 8
"""Touches that choose or move on, the call among them; typing is counted apart."""
IN_THE_STREET = (
    "offence_class",
    "charge_reference",
    "amount",
    "attested",
    "probable_cause",
    "threat_to_others",
    "age",
    "area",
    "offer_answer",
)
Visit = Callable[..., Page]


class Thumb:
    """Taps, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, where: Locator) -> None:
        where.tap()
        self.taps += 1

    def says(self, fact: str, code: str) -> None:
        self.tap(self.page.locator(f"label:has(input[name='fact.{fact}'][value='{code}'])"))

    def types(self, field: str, words: str) -> None:
        self.page.locator(f"[name='{field}']").fill(words)


def handed_over(visit: Visit) -> Thumb:
    """An officer at a car, from the form of the door to the case."""
    page = visit("lead.officer", PHONE)
    page.goto("/new/arrest_diversion/")
    thumb = Thumb(page)
    thumb.says("offence_class", "possession")
    thumb.types("fact.amount.n", "1.2")
    thumb.says("attested", "yes")
    thumb.says("probable_cause", "yes")
    thumb.says("threat_to_others", "no")
    thumb.types("fact.age", "34")
    thumb.says("area", "downtown")
    thumb.says("offer_answer", "yes")
    return thumb


def test_somebody_is_handed_over_in_eight_taps_with_the_call(visit: Visit) -> None:
    thumb = handed_over(visit)
    call = thumb.page.locator("main a[href^='tel:']").first
    expect(call).to_be_visible()
    thumb.taps += 1  # the call itself: the phone of this test rings nowhere
    thumb.tap(thumb.page.locator("button[value=write]"))
    expect(thumb.page.locator("main")).to_contain_text("What happened")
    assert thumb.taps <= MOST_TAPS


def test_the_questions_come_in_the_order_of_the_street_and_nobody_is_asked_who_they_are_first(
    visit: Visit,
) -> None:
    page = visit("lead.officer", PHONE)
    page.goto("/new/arrest_diversion/")
    names = page.locator("main form [name]").evaluate_all(
        "all => all.map(x => [x.name, x.checkVisibility({contentVisibilityAuto: true})])"
    )
    facts = [m[1] for name, _seen in names if (m := re.match(r"fact\.(\w+)", name))]
    order = [name for name in dict.fromkeys(facts) if name in IN_THE_STREET]
    assert order == list(IN_THE_STREET)
    seen = {name for name, shown in names if shown}
    assert {"person.wanted", "fact.charge_reference"} <= seen and not seen & {
        "person.name",
        "person.born.day",
        "person.phone",
        "person.speaks",
    }


def test_a_shopkeeper_tells_what_the_person_looks_like_and_why_and_nothing_of_who_they_are(
    visit: Visit,
) -> None:
    page = visit("lead.shop", PHONE)
    page.goto("/new/community/")
    names = set(page.locator("main form [name]").evaluate_all("all => all.map(x => x.name)"))
    assert {"fact.description", "fact.area", "fact.why_told", "fact.who_told_us"} <= names
    assert not {name for name in names if name.startswith("person.")}


def test_who_was_told_of_and_says_no_is_gone_with_the_very_answer(visit: Visit) -> None:
    shop = visit("lead.shop", PHONE)
    shop.goto("/new/community/")
    answer(
        shop,
        {"fact.description": "Green coat, a brown dog", "fact.area": "downtown", "fact.why_told": "Sleeps in the cold"},
    )
    answer(shop, {"fact.who_told_us": "the shop at the corner"})
    shop.locator("button[value=write]").click()
    expect(shop.locator("main")).to_contain_text("the person will be asked first")
    outreach = visit("lead.outreach", PHONE)
    outreach.goto("/?box=1")
    found = outreach.locator("main a.row-link").evaluate_all("all => all.map(x => x.getAttribute('href'))")
    told = next(path for path in found if "Green coat" in _words(outreach, path))
    outreach.goto(f"{told}step/asked_no/")
    expect(outreach.locator("main")).to_contain_text("nothing of this case is kept but a count")
    expect(outreach.locator("main")).not_to_contain_text("This page will be read by")
    write(outreach)
    expect(outreach.locator("main")).to_contain_text("That it ended so is all that stays.")
    assert "The words of this case were erased." in _words(outreach, told)
    assert "Tell us about somebody" in _words(shop, "/new/community/")


def _words(page: Page, path: str) -> str:
    page.goto(path)
    return page.locator("main").inner_text()


def test_whoever_says_no_is_counted_with_one_tap_and_nothing_is_written(visit: Visit) -> None:
    thumb = handed_over(visit)
    thumb.says("offer_answer", "no_thanks")
    thumb.tap(thumb.page.locator("button[value='count:no_thanks']"))
    expect(thumb.page.locator("main")).to_contain_text("Counted, without a name.")


def test_afterwards_the_officer_may_call_again_and_reads_nothing_of_where_it_stands(visit: Visit) -> None:
    thumb = handed_over(visit)
    thumb.tap(thumb.page.locator("button[value=write]"))
    expect(thumb.page.locator("main .on-call a[href^='tel:']").first).to_be_visible()
    expect(thumb.page.locator("main")).not_to_contain_text("Waiting for the case manager")
