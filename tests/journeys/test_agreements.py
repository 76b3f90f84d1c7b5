"""A plan is typed without script, progress is two taps and a word, and a yes is taken back place by place."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.journeys.browser import DESK, PHONE, Visit, axe, sign_in
from tests.journeys.site import Site

PLAN = "panel_plan_hours"


def case(site: Site, story: str) -> str:
    return str(site.told["cases"][story])


def tap(page: Page, where: Locator, words: str) -> int:
    """One touch of an answer."""
    where.locator("label", has_text=words).first.click()
    return 1


def test_items_are_four_taps_and_words_each_without_script(visit: Visit, site: Site) -> None:
    page = visit("", PHONE, java_script_enabled=False)
    sign_in(page, "panel.coordinator")
    page.goto(f"/case/{case(site, PLAN)}/step/add_item/")
    for n, (what, shown) in enumerate((("Apology", "The letter was seen"), ("Budgeting", "Attendance")), 1):
        item = page.get_by_role("region", name=f"Item {n}", exact=True)
        taps = sum(tap(page, item, words) for words in (what, "in 2 weeks", shown, "The coordinator"))
        item.locator("textarea").fill("To their face.")
        assert taps <= 4
    expect(page.get_by_role("region", name="Item 3", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Item 4", exact=True)).to_be_hidden()
    tap(page, page.locator("main"), "Yes")
    page.locator("button[name=then][value=write]").click()
    expect(page.locator("section.readback")).to_contain_text("2 items, over 2 weeks")
    page.locator("section.readback button.ink").click()
    page.goto(f"/case/{case(site, PLAN)}/obligations/")
    expect(page.locator(".plan-row", has_text="Budgeting")).to_contain_text("“To their face.”")


def test_progress_is_two_taps_and_a_word(visit: Visit, site: Site) -> None:
    page = visit("panel.coordinator", PHONE)
    page.goto(f"/case/{case(site, 'panel_plan_money')}/obligations/")
    row = page.locator(".plan-row").first
    row.get_by_text("How it goes").click()
    row.locator("textarea:visible").fill("Paid at the counter.")
    row.get_by_role("button", name="Write it down").click()
    expect(page.locator(".plan-row").first).to_contain_text("Paid at the counter.")
    axe(page)


def test_a_plan_is_walked_with_the_keyboard_alone(visit: Visit, site: Site) -> None:
    page = visit("panel.coordinator", DESK)
    page.goto(f"/case/{case(site, 'panel_plan_varied')}/obligations/")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.plan-acts summary')"):
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.plan-acts textarea')")


def test_a_yes_is_asked_on_one_page_and_taken_back_in_two_taps(visit: Visit, site: Site) -> None:
    page = visit("", PHONE, java_script_enabled=False)
    sign_in(page, "lead.casemanager")
    here = f"/case/{case(site, 'lead_plan_and_promise')}/consents/"
    page.goto(f"{here}ask/officer_may_know/")
    expect(page.locator(".seen-page .adds")).to_have_text("Yes")
    page.locator("[name=signature]").fill("W. T.")
    page.locator("button[value=give]").click()
    row = page.locator(".yes-row.live", has_text="Police")
    row.get_by_role("link", name="Take back").click()
    expect(page.locator(".places-table")).to_contain_text("Is told that it was taken back, and confirms it")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator(".yes-row.withdrawn").first).to_contain_text("Who was told has not confirmed yet.")


def test_a_no_is_as_near_as_a_yes_and_leaves_nothing(visit: Visit, site: Site) -> None:
    page = visit("lead.casemanager", DESK)
    here = f"/case/{case(site, 'lead_plan_and_promise')}/consents/"
    page.goto(here)
    before = page.locator(".yes-row").count()
    page.goto(f"{here}ask/court_may_know/")
    axe(page)
    page.locator("button[value=no]").click()
    expect(page.locator(".told")).to_contain_text("Nothing was written down, and nothing follows from it.")
    assert page.locator(".yes-row").count() == before
