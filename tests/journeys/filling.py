"""Filling in a form of the desk with what is told, and with what anybody answers to what is asked beside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.journeys.web import Form, Seen, written

Typed = dict[str, list[str]]
Now = Callable[[str], str]
"""A part of a day or an hour that nobody said, by the name of its field."""

OPEN_QUESTION = re.compile(r'href="#at-f-(fact|term|item)-([a-z_0-9-]+)"')
"""Where a refusal points to a question that lacks an answer."""


def filled(page: Seen, then: str, told: Typed, now: Now) -> Seen:
    """The form with this button, sent with what is told; asked further, it is answered further."""
    for _ in range(6):
        form = page.form(then)
        wanted = {**lacking(page, form), **told}
        answers = {**dict(usual(form, told, now)), **{k: v for k, v in wanted.items() if offered(form, k, v)}}
        page = page.press(then, answers)
        if page.path.endswith("/read-back/") or 'class="told"' in page.html:
            break
        if form.names == page.form(then).names and not set(lacking(page, form)) - set(wanted):
            break
    return page


def lacking(page: Seen, form: Form) -> Typed:
    """Answers to what a refusal says is not answered: yes, or the first that is offered, or some words."""
    names = (f"{kind}.{name.replace('-', '.')}" for kind, name in OPEN_QUESTION.findall(page.html))
    found = {}
    for name in (n for n in names if n in form.names):
        codes = sorted(form.offered.get(name, ()))
        found[name] = ["yes" if "yes" in codes else codes[0] if codes else "As it was said."]
    return found


def offered(form: Form, name: str, value: list[str]) -> bool:
    return name in form.names and (name not in form.offered or set(value) <= form.offered[name])


def usual(form: Form, told: Typed, now: Now) -> Iterator[tuple[str, Any]]:
    """What anybody answers: heard, reasons, votes for; a day where one is asked of an item that is there."""
    told_of = {name.rpartition(".")[0] for name in told if name.startswith("item.")}
    for name in form.names:
        empty = not any(form.fields.get(name, ()))
        if name == "heard":
            yield name, "yes"
        elif name.startswith("vote."):
            yield name, "for"
        elif name == "defence":
            yield name, sorted(form.offered.get(name, {"took_part"}))[-1]
        elif name == "reasons" and empty:
            yield name, "What was said and shown was weighed."
        elif name.endswith(".due.day") and empty and _is_there(name, told_of):
            base = name.removesuffix("day")
            yield from ((f"{base}{part}", now(f"{base}{part}")) for part in ("day", "month", "year"))


def _is_there(name: str, told_of: set[str]) -> bool:
    """Is the item told of, or the first of its kind? The rows after it wait for others."""
    item = name.removesuffix(".due.day")
    return not item.startswith("item.") or item in told_of or item.endswith(".0")


def done(page: Seen) -> Seen:
    """Read back where it is read back, and written. Raises with what the page says if it was refused."""
    refused = 'class="refusal' in page.html and 'class="told"' not in page.html
    assert not refused, page.html[page.html.index('class="refusal') :][:1500]
    return written(page.confirm() if page.path.endswith("/read-back/") else page)
