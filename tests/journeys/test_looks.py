"""Every kind of page, in both sizes and languages: nothing for axe to find, nothing wider than the screen.

And the desk with a keyboard alone, without script, on paper, and with names blanked for a shared room.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

from amparo import desk as desk_room
from tests.journeys.answers import facts
from tests.journeys.browser import DESK, PHONE, Visit, answer, fits, looks_right, sign_in, write
from tests.journeys.site import Site

# Who looks at what: a story of the world stands for its case.
PAGES = {
    "officer": ["/", "/new/police_record/", "/case/night_record/", "/case/night_record/step/complete_record/", "/me/"],
    "clerk": [
        "/?box=7", "/outbox/", "/sittings/", "/case/arrived_this_morning/choice/intake/",
        "/case/arrived_this_morning/contact/", "/case/fine_unpaid/", "/case/fine_unpaid/facts/",
        "/case/fine_unpaid/annul/", "/case/fine_unpaid/rights/", "/case/service_to_others/obligations/",
        "/case/on_its_way/", "/site/", "/new/",
    ],
    "technician": [
        "/", "/case/to_assess_today/step/assess/", "/case/waiting_for_a_place/support/",
        "/case/waiting_for_a_place/consents/", "/case/waiting_for_a_place/who-saw/", "/drafts/",
        "/case/waiting_for_a_place/consents/ask/referral_contact/", "/case/waiting_for_a_place/obligations/",
        "/case/waiting_for_a_place/support/refer/?kind=housing",
    ],
    "member": [
        "/", "/case/in_the_room/", "/case/in_the_room/choice/decision/", "/case/in_the_room/choice/decision/?asked=1",
        "/case/in_the_room/sitting/", "/case/hearing_third/", "/case/ending_soon/step/file/?asked=1",
    ],
    "court": ["/", "/new/court_referral/", "/case/court_short_time/"],
    "service": ["/", "/case/waiting_for_a_place/", "/case/waiting_for_a_place/support/", "/services/"],
    "court.tester": ["/tests/"],
    "court.clinician": ["/tests/", "/case/tc_disputed/", "/case/tc_disputed/step/result_test/"],
    "court.judge": ["/case/tc_disputed/step/respond/", "/case/tc_disputed/choice/phase/", "/meetings/staffing/"],
    "lead.manager": ["/meetings/workgroup/", "/on-call/", "/places/"],
    "lead.officer": ["/new/arrest_diversion/"],
    "lead.prosecutor": ["/", "/case/lead_deadline_near/"],
    "": ["/signin/", "/accounts/login/", "/case/0000-0000-0000/"],
}  # fmt: skip


def address(site: Site, path: str) -> str:
    """A path with the number of its story's case."""
    return re.sub(r"/case/(\w+)/", lambda m: f"/case/{site.told['cases'].get(m.group(1), m.group(1))}/", path)


@pytest.mark.parametrize("language", ["en", "pt"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("login", PAGES, ids=lambda login: login or "stranger")
def test_every_kind_of_page(
    visit: Visit, site: Site, login: str, size: dict[str, int], language: str
) -> None:
    page = visit(login, size, language)
    for path in PAGES[login]:
        reply = page.goto(address(site, path))
        assert reply and reply.status < 500, path
        expect(page.locator("html")).to_have_attribute("lang", language)
        looks_right(page)
        if language == "pt":
            shown = page.locator("body").inner_text()
            left = [words for words in english() if words in shown]
            assert not left, f"English on {page.url}: {left}"


@cache
def english() -> tuple[str, ...]:
    """Sentences that a page in Portuguese must not hold: those of the desk and of the definition in English."""
    desk = Path(desk_room.__file__).parent / "locale" / "pt" / "LC_MESSAGES" / "django.po"
    said = re.findall(r'^msgid "([^"%\\]+)"$', desk.read_text(), re.MULTILINE)
    tree = _definition("pt-dissuasion")
    said += [text["en"] for text in _texts(tree) if text["en"] != text["pt"]]
    named = {text["en"] for name in OTHERS for text in _english(_definition(name))}
    return tuple(one for one in said if len(one.split()) > 2 and one not in named)


OTHERS = ("nz-treatment-court", "us-lead")
"""Programmes above that have no words in Portuguese: theirs stand in their own language."""


def _definition(name: str) -> Any:
    return yaml.safe_load((files("amparo") / "programmes" / name / "pathway.yaml").read_text())


def _english(tree: Any) -> Iterator[dict[str, str]]:
    """Every text in English of a definition."""
    if isinstance(tree, dict) and isinstance(tree.get("en"), str):
        yield tree
    for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _english(part)


def _texts(tree: Any) -> Iterator[dict[str, str]]:
    """Every {en, pt} of a definition."""
    if isinstance(tree, dict) and isinstance(tree.get("en"), str) and isinstance(tree.get("pt"), str):
        yield tree
    for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _texts(part)


# ------------------------------------------------------------------------------------------------ the keyboard
def test_a_step_is_taken_with_the_keyboard_alone(visit: Visit, site: Site) -> None:
    page = visit("technician", DESK)
    page.goto(address(site, "/case/to_assess_today/step/assess/"))
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to what matters")
    page.keyboard.press("Enter")
    tab_to(page, "[name='fact.assist_band']")
    page.keyboard.type("moderate")
    tab_to(page, "[name='fact.technical_opinion']")
    page.keyboard.press("Space")
    tab_to(page, "button[name=then][value=write]")
    assert page.locator(":focus").evaluate("e => getComputedStyle(e).outlineStyle") != "none", (
        "the focus is seen"
    )
    page.keyboard.press("Enter")
    expect(page.locator(".told")).to_contain_text("Psychosocial assessment")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} is not reached with Tab on {page.url}")


def test_a_list_is_walked_with_j_and_k_and_names_are_blanked_with_b(visit: Visit, site: Site) -> None:
    page = visit("clerk", DESK)
    page.goto("/?box=7")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.href")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.href") != first
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.href") == first
    page.keyboard.press("Enter")
    page.wait_for_url("**/case/**")
    expect(page.locator(".nm-long").first).to_be_visible()
    with page.expect_response("**/blank/"):
        page.keyboard.press("b")
    expect(page.locator(".nm-long").first).to_be_hidden()
    page.reload()
    expect(page.locator(".nm-long").first).to_be_hidden()


def test_a_refusal_takes_the_focus_and_leads_to_its_field(visit: Visit, site: Site) -> None:
    page = visit("technician", PHONE)
    page.goto(address(site, "/case/to_assess_today/step/assess/?asked=1"))
    refusal = page.locator("#refused")
    expect(refusal).to_be_focused() if refusal.count() else expect(page.locator(".told")).to_have_count(0)


# ------------------------------------------------------------------------------------------------ without script
def test_the_desk_works_without_script(visit: Visit, site: Site) -> None:
    page = visit("", DESK, java_script_enabled=False)
    sign_in(page, "clerk.second")
    page.goto(address(site, "/case/weekend_record/step/receive_record/"))
    write(page)
    expect(page.locator(".told")).to_contain_text("Record received")
    page.goto(address(site, "/case/weekend_record/choice/intake/"))
    answer(page, {"choice.intake": "accept", **facts(competent_here="no")})
    page.locator("button[name=then][value=keep]").click()
    expect(page.locator("[data-draft-words]")).to_contain_text("Saved as draft")
    expect(page.locator("[name='choice.intake'][value=accept]")).to_be_checked()


def test_the_language_is_changed_without_script(visit: Visit) -> None:
    page = visit("", PHONE, java_script_enabled=False)
    page.goto("/signin/")
    page.get_by_text("Menu").click()
    page.locator("details.menu").get_by_role("button", name="Português").click()
    expect(page.locator("html")).to_have_attribute("lang", "pt")


# ------------------------------------------------------------------------------------------------ paper
@pytest.mark.parametrize("path", ["/case/in_the_room/", "/", "/outbox/"])
def test_a_page_prints_black_on_white_and_without_the_bar(visit: Visit, site: Site, path: str) -> None:
    page = visit("clerk", DESK)
    page.goto(address(site, path))
    page.emulate_media(media="print")
    expect(page.locator(".bar")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
    expect(page.locator(".stripe")).to_be_visible()


def test_a_title_on_a_tab_names_nobody(visit: Visit, site: Site) -> None:
    page = visit("clerk", DESK)
    for path in ("/case/in_the_room/", "/case/in_the_room/sitting/", "/?q=Eva", "/case/in_the_room/facts/"):
        page.goto(address(site, path))
        assert "Eva" not in page.title() and "Prova" not in page.title(), page.title()


def test_a_dark_phone_at_night_and_large_type_still_fit(visit: Visit, site: Site) -> None:
    page = visit("officer", PHONE, color_scheme="dark")
    page.goto("/new/police_record/")
    looks_right(page)
    page.set_viewport_size({"width": 320, "height": 640})
    fits(page)  # four hundred percent of 1280 px
