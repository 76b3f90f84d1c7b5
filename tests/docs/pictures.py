"""Take the pictures of the README anew, from a training world that is being served.

    AMPARO_DATA=/tmp/world .venv/bin/amparo demo --fresh          # in another terminal
    .venv/bin/python -m tests.docs.pictures http://localhost:8000

The world should be a fresh one: for the second picture Eva Prova's case is taken on to its decision.
"""

import sys

from playwright.sync_api import Browser, Page

from tests.docs import pages
from tests.journeys.browser import chromium, sign_in

FOLDER = pages.DOCS / "pictures"
WIDE = {"width": 1280, "height": 860}


def main(address: str) -> None:
    with chromium() as browser:
        worklist(seat(browser, address, "clerk"))
        member = seat(browser, address, "member")
        decision(member, number(member, "Eva Prova"))


def seat(browser: Browser, address: str, login: str) -> Page:
    """Somebody at a desk, in English."""
    page = browser.new_context(base_url=address, viewport=WIDE, locale="en").new_page()
    sign_in(page, login)
    return page


def worklist(page: Page) -> None:
    page.goto("/")
    page.screenshot(path=FOLDER / "worklist.png")


def number(page: Page, name: str) -> str:
    """The number of the case of somebody, found by name."""
    found = page.request.get("/", params={"q": name}).text()
    return found.split('href="/case/', 1)[1].partition("/")[0]


def decision(page: Page, case: str) -> None:
    """The sitting opened, the findings answered and sorted; cut to what the page is about."""
    page.goto(f"/case/{case}/sitting/")
    if page.locator("button[value=open]").count():
        for member in page.locator("[name^='who.'][value=here]").all():
            member.check(force=True)
        page.locator("button[value=open]").click()
    page.goto(f"/case/{case}/choice/decision/")
    for finding, answer in (("for_own_use", "yes"), ("offence_found", "yes"), ("dependent", "no")):
        page.locator(f"[name='fact.{finding}'][value={answer}]").check(force=True)
    page.get_by_role("button", name="sort again").click()
    page.get_by_text("Required now").wait_for()
    page.evaluate("window.scrollTo(0, 0)")
    top = page.get_by_text("To be answered").first.bounding_box()
    assert top is not None
    clip = {"x": 0, "y": top["y"] - 24, "width": WIDE["width"], "height": 1060}
    page.screenshot(path=FOLDER / "decision.png", full_page=True, clip=clip)


if __name__ == "__main__":
    main(sys.argv[1])
