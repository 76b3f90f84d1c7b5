"""Somebody at a plain browser: no script, no pictures, only pages and their forms.

What a person does who presses buttons, without the cost of drawing the pages. A form is sent with everything that
stands in it, as a browser sends it; so a field that the page does not have cannot be answered by mistake.
"""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from types import MappingProxyType

from tests.journeys.browser import PASSWORD
from tests.journeys.site import Site

Answers = Mapping[str, str | list[str] | None]
"""What is typed into a form: by the names of its fields; None takes an answer away."""

NOTHING: Answers = MappingProxyType({})
VOID = {"input", "meta", "link", "br", "hr", "img"}


@dataclass
class Button:
    name: str
    value: str
    words: str


@dataclass
class Form:
    """A form as it stands on the page."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    offered: dict[str, set[str]] = field(default_factory=dict)
    buttons: list[Button] = field(default_factory=list)


class _Reader(HTMLParser):
    """Reads a page's forms and its words."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.forms, self.links, self.words = url, list[Form](), list[str](), list[str]()
        self.title, self._in, self._select, self._area = "", list[str](), "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._in.append(tag)
        if tag == "a" and "href" in a:
            self.links.append(urllib.parse.urljoin(self.url, a["href"]))
        if tag == "form":
            self.forms.append(Form(urllib.parse.urljoin(self.url, a.get("action") or self.url)))
        if self.forms and "form" in self._in:
            self._control(tag, a)

    def _control(self, tag: str, a: dict[str, str]) -> None:
        form, name = self.forms[-1], a.get("name", "")
        if tag == "button":
            form.buttons.append(Button(name, a.get("value", ""), ""))
        elif tag == "option" and self._select:
            form.offered.setdefault(self._select, set()).add(a.get("value", ""))
            if "selected" in a:
                form.fields[self._select] = [a.get("value", "")]
        elif name and tag in ("input", "select", "textarea"):
            form.names.add(name)
            self._select = name if tag == "select" else self._select
            self._area = name if tag == "textarea" else ""
            if tag == "textarea":
                form.fields.setdefault(name, [""])
            if tag == "input":
                self._input(form, name, a)

    def _input(self, form: Form, name: str, a: dict[str, str]) -> None:
        if a.get("type") in ("radio", "checkbox"):
            form.offered.setdefault(name, set()).add(a.get("value", "on"))
            if "checked" in a:
                form.fields.setdefault(name, []).append(a.get("value", "on"))
        else:
            form.fields.setdefault(name, []).append(a.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""
        if tag in self._in:
            while self._in.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._area:
            form = self.forms[-1]
            form.fields[self._area] = [form.fields[self._area][0] + data.removeprefix("\n")]
        if "title" in self._in:
            self.title += data
        elif not {"script", "style"} & set(self._in):
            self.words.append(data)
            if "button" in self._in and self.forms and self.forms[-1].buttons:
                self.forms[-1].buttons[-1].words += data


class Seen:
    """A page that came back."""

    def __init__(
        self, person: Person, status: int, url: str, headers: Mapping[str, str], body: bytes
    ) -> None:
        self.person, self.status, self.url, self.headers, self.body = person, status, url, headers, body
        self.html = body.decode("utf-8", "replace") if "html" in headers.get("Content-Type", "") else ""
        read = _Reader(url)
        read.feed(self.html)
        self.forms, self.links, self.title = read.forms, read.links, read.title.strip()
        self.words = re.sub(r"\s+", " ", " ".join(read.words)).strip()

    @property
    def path(self) -> str:
        """Where one landed."""
        return urllib.parse.urlsplit(self.url).path

    def form(self, value: str, name: str = "then", asking: Iterable[str] = ()) -> Form:
        """The form with this button; of several, the one that asks these things. Raises if there is none."""
        found = [f for f in self.forms if any(b.name == name and b.value == value for b in f.buttons)]
        assert found, f"No button {name}={value} on {self.url} ({self.status}):\n{self.words[:3000]}"
        return next((f for f in found if f.names >= set(asking)), found[0])

    def press(self, then: str, answers: Answers = NOTHING, *, lenient: bool = False) -> Seen:
        """Fill in the form with this button and press it. Raises for a field that the form does not have."""
        return self.send(self.form(then, asking=answers), answers, [("then", then)], lenient=lenient)

    def send(
        self, form: Form, answers: Answers, pressed: list[tuple[str, str]], *, lenient: bool = False
    ) -> Seen:
        typed = {name: list(values) for name, values in form.fields.items()}
        for name, value in answers.items():
            if not lenient:
                _ensure_offered(self, form, name, value)
            typed[name] = [] if value is None else [value] if isinstance(value, str) else list(value)
        data = [(name, one) for name, values in typed.items() for one in values]
        return self.person.post(form.action, [*data, *pressed])

    def in_turn(self, then: str, answers: Answers) -> Seen:
        """Answer what is asked and have it checked; answer what is asked then, until all is; press the button.

        A decision is asked for when the findings are there, and the votes when there is a proposal.
        """
        page, left = self, dict(answers)
        for _ in range(5):
            form = page.form(then)
            asked = {name: value for name, value in left.items() if name in form.names}
            asked = {name: value for name, value in asked.items() if _offers(form, name, value)}
            if len(asked) == len(left):
                break
            read = "votes" if any(b.value == "votes" for b in form.buttons) else "check"
            page, left = page.press(read, asked), {n: v for n, v in left.items() if n not in asked}
        return page.press(then, left)

    def more(self, name: str, answers: Answers = NOTHING) -> Seen:
        """Press *Add another* of a list."""
        return self.send(self.form(name, "more"), answers, [("more", name)])

    def confirm(self) -> Seen:
        """Press the button of a page that reads something back."""
        form = next(f for f in self.forms if f.action == self.url or f.action.endswith(self.path))
        return self.send(form, {}, [(b.name, b.value) for b in form.buttons[:1] if b.name])

    def has(self, *words: str) -> Seen:
        """Raises with the page's words if one of these is not on it."""
        for one in words:
            assert one in self.words, f"Not on {self.url} ({self.status}): {one!r}\n{self.words[:4000]}"
        return self

    def lacks(self, *words: str) -> Seen:
        """Raises if one of these is on the page."""
        for one in words:
            assert one not in self.words, f"On {self.url}: {one!r}\n{self.words[:4000]}"
        return self


def _offers(form: Form, name: str, value: str | list[str] | None) -> bool:
    offered = form.offered.get(name)
    return offered is None or {value} <= offered if isinstance(value, str) else True


def _ensure_offered(page: Seen, form: Form, name: str, value: str | list[str] | None) -> None:
    assert name in form.names, f"No field {name} on {page.url}. There are: {', '.join(sorted(form.names))}"
    offered = form.offered.get(name)
    for one in [value] if isinstance(value, str) else value or ():
        assert offered is None or one in offered, f"{page.url}: {name} offers {offered}, not {one}"


class Person:
    """Somebody with a browser of their own, signed in or not."""

    def __init__(self, url: str, login: str = "", language: str = "en") -> None:
        self.url, self.login = url, login
        self.jar = http.cookiejar.CookieJar()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self._open.addheaders = [("Accept-Language", language)]
        if login:
            self.sign_in(login)

    def sign_in(self, login: str, password: str = PASSWORD) -> Seen:
        """Sign in by name and password. Raises if the page says no."""
        page = self.get("/accounts/login/")
        form = next(f for f in page.forms if "password" in f.names)
        page = page.send(form, {"login": login, "password": password}, [])
        refused = page.status != 200 or any("password" in f.names for f in page.forms)
        assert not refused, f"{login} could not sign in ({page.status}): {page.words}"
        return page

    def become(self, account: str) -> Seen:
        """Be one of the fictional people, as the training world lets everybody: no password is asked or weighed."""
        token = self.get("/accounts/login/").forms[0].fields["csrfmiddlewaretoken"]
        chosen = {"account": account, "next": "/me/", "csrfmiddlewaretoken": token[0]}
        page = self.post("/signin/as/", list(chosen.items()))
        assert page.path == "/me/", f"{account} could not sign in ({page.status}): {page.words}"
        return page

    def get(self, path: str) -> Seen:
        return self._ask(urllib.parse.urljoin(self.url, path), None)

    def post(self, path: str, data: list[tuple[str, str]]) -> Seen:
        return self._ask(urllib.parse.urljoin(self.url, path), urllib.parse.urlencode(data).encode())

    def _ask(self, url: str, data: bytes | None) -> Seen:
        request = urllib.request.Request(url, data, headers={"Referer": self.url})
        try:
            with self._open.open(request, timeout=60) as reply:
                return Seen(self, reply.status, reply.url, dict(reply.headers), reply.read())
        except urllib.error.HTTPError as reply:
            return Seen(self, reply.code, reply.url or url, dict(reply.headers), reply.read())

    # ------------------------------------------------------------------------------------ what is done most
    def case(self, case: str, part: str = "") -> Seen:
        """A page of a case; without a part, its file."""
        return self.get(f"/case/{case}/{part}")

    def step(self, case: str, name: str, answers: Answers = NOTHING) -> Seen:
        """Take a step: fill in its form, read it back where it is read back, and write it. Raises if refused."""
        page = self.case(case, f"step/{name}/").in_turn("write", answers)
        return written(page.confirm() if page.path.endswith("/read-back/") else page)

    def refused(self, case: str, name: str, answers: Answers = NOTHING, kind: str = "step") -> Seen:
        """Try a step that is refused: the page with its three lines, nothing written."""
        page = self.case(case, f"{kind}/{name}/").in_turn("write", answers)
        assert page.path.endswith(f"/{kind}/{name}/") and 'class="refusal' in page.html, page.words[:3000]
        return page


def person(site: Site, login: str) -> Person:
    """Somebody of the training world, signed in at a browser of their own, which stays signed in."""
    if login not in site.people:
        site.people[login] = Person(site.url)
        site.people[login].become(site.accounts[login])
    found: Person = site.people[login]
    return found


def written(page: Seen) -> Seen:
    """Raises unless the page says that something was written."""
    assert page.status == 200 and 'class="told"' in page.html, (
        f"{page.url} ({page.status}): {page.words[:3000]}"
    )
    return page
