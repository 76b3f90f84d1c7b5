"""Somebody at Chromium on a phone, who answers forms as `web.Person` does: so the same walker walks in both.

Each page that comes is looked at once: nothing for axe to find in a kind of page, nothing wider than the screen in any.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Locator, Page, Response

from tests.journeys.browser import PHONE, answer, axe, fits, listen
from tests.journeys.site import Site
from tests.journeys.web import Answers, Form, Person, Seen, _ensure_offered, person

NUMBER = re.compile(r"[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}|/(letter|notice)/[^/]+")

CHECK = "button[value=check]:not([aria-hidden])"
"""The button by which a form is checked again; the first of a form, that Enter presses, is drawn nowhere."""


class Drawn(Seen):
    """A page as Chromium shows it."""

    person: Typist

    def send(
        self, form: Form, answers: Answers, pressed: list[tuple[str, str]], *, lenient: bool = False
    ) -> Seen:
        """Type what differs from what stands there, and press the button."""
        if self.person.page.url != self.url:
            self.person.get(self.path)
        drawn = self.person.page.locator("form").nth(self.forms.index(form))
        for name, value in sorted(
            answers.items(), key=lambda one: one[0] not in form.offered
        ):  # choices open the rest
            if not lenient:
                _ensure_offered(self, form, name, value)
            values = [value] if isinstance(value, str) else list(value or ())
            if form.fields.get(name, []) != values:
                answer(drawn, {name: values})
        button = drawn.locator("button")
        for name, value in pressed[:1]:
            button = drawn.locator(f'button[name="{name}"][value="{value}"]')
        if button.first.is_visible() or drawn.locator(CHECK).count() == 0:
            return self.person.presses(button.first)
        return self.person.checks(drawn, pressed)


class Typist(Person):
    """A person of the house at a phone of their own."""

    def __init__(
        self, site: Site, login: str, browser: Browser, looked: set[str], complaints: list[str]
    ) -> None:
        super().__init__(site.url)
        jar = [
            {"name": one.name, "value": one.value or "", "url": site.url} for one in person(site, login).jar
        ]
        context = browser.new_context(base_url=site.url, viewport=PHONE, locale="en", has_touch=True)
        context.add_cookies(jar)  # type: ignore[arg-type]
        self.page: Page = context.new_page()
        self.page.set_default_timeout(15_000)
        self.looked = looked
        listen(self.page, complaints)

    def get(self, path: str) -> Seen:
        reply = self.page.goto(urljoin(self.url, path))
        assert reply is not None, path
        return self._seen(reply)

    def post(self, path: str, data: list[tuple[str, str]]) -> Seen:
        raise AssertionError("At a screen one presses a button")

    def presses(self, button: Locator) -> Seen:
        with self.page.expect_navigation() as coming:
            button.click()
        reply = coming.value
        assert reply is not None
        return self._seen(reply)

    def checks(self, drawn: Locator, pressed: list[tuple[str, str]]) -> Seen:
        """On a phone a form that was refused has one button, to have it checked again; then the other comes back."""
        page = self.presses(drawn.locator(CHECK).first)
        form = page.form(pressed[0][1])
        button = (
            self.page.locator("form").nth(page.forms.index(form)).locator(f"button[value={pressed[0][1]}]")
        )
        return self.presses(button.first) if button.first.is_visible() else page

    def _seen(self, reply: Response) -> Seen:
        self.page.wait_for_load_state()
        self._look(reply.status)
        headers = {"Content-Type": reply.headers.get("content-type", "")}
        return Drawn(self, reply.status, self.page.url, headers, self.page.content().encode())

    def _look(self, status: int) -> None:
        """What may be wrong with any page, and once with each kind."""
        fits(self.page)
        kind = f"{NUMBER.sub('N', urlsplit(self.page.url).path)} {status}"
        if kind not in self.looked:
            self.looked.add(kind)
            axe(self.page)
