"""Words for walking through the pages: who is at which screen, signing in, and what axe says of a page."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, ViewportSize, expect, sync_playwright

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}

# The one password of all the fictional people, which production refuses.
PASSWORD = "only-in-the-training-world"

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"

# Root may not use Chromium's sandbox; the others keep it from calling home.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, for as long as the block lasts."""
    program = shutil.which("chromium")
    if program is None:
        raise FileNotFoundError(
            "Journeys need Chromium: `sh tools/system-packages browser` says how to get it."
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def listen(page: Page, complaints: list[str]) -> None:
    """Collect what no page may cause: a script that fails, or something the content policy had to block."""

    def console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Sign in as this person, as they would: by typing. Raises if the page says no."""
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("main button[type=submit], form button[type=submit]").first.click()
    page.wait_for_load_state()
    if page.locator("input[name=password]").count():
        raise AssertionError(f"{name} could not sign in:\n{page.locator('body').inner_text()}")


def answer(where: Page | Locator, typed: Mapping[str, str | list[str] | None]) -> None:
    """Answer the questions of a form, by the names of their fields, as with a finger and a keyboard."""
    for name, value in typed.items():
        for one in [value] if isinstance(value, str) else value or ():
            _answer_one(where, name, one)


def send(page: Page, then: str, typed: Mapping[str, str | list[str] | None]) -> None:
    """Fill in the small form that has this button, and press it."""
    form = page.locator("main form", has=page.locator(f"button[value={then}]")).first
    answer(form, typed)
    button = form.locator(f"button[value={then}]")
    _shown([button]).click()
    page.wait_for_load_state()


def _answer_one(where: Page | Locator, name: str, value: str) -> None:
    fields = (
        where.locator("main").locator(f'[name="{name}"]')
        if isinstance(where, Page)
        else where.locator(f'[name="{name}"]')
    )
    kind = fields.first.evaluate("e => e.type || e.localName")
    if kind in ("radio", "checkbox"):
        field = _shown([one.locator("xpath=ancestor::label") for one in _with_value(fields, value)])
        if not field.locator("input").is_checked():
            field.click()
        expect(field.locator("input")).to_be_checked()
    elif kind.startswith("select"):
        _shown(fields.all()).select_option(value)
    else:
        _shown(fields.all()).fill(value)


def _with_value(fields: Locator, value: str) -> list[Locator]:
    found = [one for one in fields.all() if one.get_attribute("value") == value]
    assert found, f"No answer {value} among {[one.get_attribute('value') for one in fields.all()]}"
    return found


def _shown(fields: list[Locator]) -> Locator:
    """The one of these that can be reached: the same question may stand inside several decisions, of which one is
    open; and some are folded away until they are wanted.
    """
    for field in fields:
        if field.is_visible():
            return field
    folded = fields[0].locator("xpath=ancestor::details[not(@open)]")
    for _ in range(folded.count()):
        folded.first.locator("> summary").click()
    return fields[0]


def press(page: Page, words: str) -> None:
    """Press the button that says this, and wait for what comes."""
    page.locator("main").get_by_role("button", name=re.compile(f"^{re.escape(words)}")).first.click()
    page.wait_for_load_state()


def open_link(page: Page, words: str) -> None:
    """Follow the link that says this."""
    page.locator("main").get_by_role("link", name=words, exact=True).first.click()
    page.wait_for_load_state()


def take(
    page: Page, case: str, step: str, typed: Mapping[str, str | list[str] | None], kind: str = "step"
) -> None:
    """Take a step: open its form, answer it, read it back where it is read back, and write it."""
    page.goto(f"/case/{case}/{kind}/{step}/")
    answer(page, typed)
    write(page)


def write(page: Page) -> None:
    """Press the button of the form; then that of the page that reads it back, if there is one."""
    page.locator("button[name=then][value=write]").click()
    page.wait_for_load_state()
    if page.url.endswith("/read-back/"):
        page.locator("section.readback button.ink").click()
        page.wait_for_load_state()
    expect(page.locator(".told[role=status]").first).to_be_visible()


def axe(page: Page) -> None:
    """Let axe read the page as it stands; every fault it finds is told with the element that has it.

    What still fades in is waited for: halfway it has no colour of its own yet.
    """
    page.evaluate("() => Promise.allSettled(document.getAnimations().map(one => one.finished))")
    page.evaluate(_axe_script())
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run()).violations")
    told = [
        f"{fault['id']}: {fault['help']}\n    {node['html']}" for fault in found for node in fault["nodes"]
    ]
    assert not told, f"axe found on {page.url}:\n" + "\n".join(told)


def fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px wider than the screen"


def looks_right(page: Page) -> None:
    """Axe has nothing to say, and nothing has to be scrolled sideways."""
    axe(page)
    fits(page)


class Hand:
    """Touches a page, and counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, what: Locator) -> None:
        what.first.click()
        self.page.wait_for_load_state()
        self.taps += 1

    def answer(self, name: str, value: str) -> None:
        """Choose an answer where a finger would: on its words."""
        field = self.page.locator(f"main [name='{name}'][value='{value}']").first
        self.tap(field.locator("xpath=ancestor::label"))

    def link(self, words: str, inside: str = "main") -> None:
        self.tap(self.page.locator(inside).get_by_role("link", name=re.compile(words)))

    def button(self, words: str, inside: str = "main") -> None:
        self.tap(self.page.locator(inside).get_by_role("button", name=re.compile(words)))

    def confirm(self) -> None:
        """The page that reads the act back; its button writes."""
        self.tap(self.page.locator("section.readback button.ink"))

    @property
    def card(self) -> Locator:
        return self.page.locator(".rest").first


@cache
def _axe_script() -> str:
    return AXE.read_text(encoding="utf-8")


Visit = Callable[..., Page]
