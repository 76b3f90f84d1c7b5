"""Sending a request other than a step: one press, one request; a refusal comes back in its three lines with
all that was typed.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases.model import Refusal, Request
from amparo.desk import refusals
from amparo.desk.context import ActsPage, RefusalLines
from amparo.desk.ids import unique
from amparo.desk.line import scene_of
from amparo.desk.pages import typed_of
from amparo.desk.scene import Scene
from amparo.desk.seen import seen_of
from amparo.desk.typed import Typed, one
from amparo.desk.where import Here, here
from amparo.errors import NotPermitted
from amparo.ledger import book
from amparo.lens.sight import reads_all


class CaseDesk(NamedTuple):
    """One case on the desk: who works, what they see, what they typed."""

    here: Here
    seen: book.Seen
    scene: Scene

    @property
    def case(self) -> str:
        return self.seen.view.case

    @property
    def typed(self) -> Typed:
        return self.scene.typed


class Sent(NamedTuple):
    """What came of a press: done, or the three lines."""

    done: book.Recorded | None
    refusals: tuple[RefusalLines, ...] = ()


NOTHING_SENT = Sent(None)


def open_case(request: HttpRequest, case_id: str, purpose: str, what: str = "case") -> CaseDesk:
    """The case as this account sees it, with what was typed on this page. Raises `NotPermitted`."""
    at = here(request)
    seen = book.look(at.account, case_id, purpose, role=request.GET.get("role", ""), what=what)
    typed = _meant(typed_of(request.POST)) if request.method == "POST" else {}
    return CaseDesk(at, seen, scene_of(at, seen, typed))


def _meant(typed: Typed) -> Typed:
    """What was typed, with the item that the page's mark stands for."""
    meant = book.item_of(one(typed, "id"))
    return {**typed, "id": [meant]} if meant is not None else typed


def for_the_office(desk: CaseDesk) -> CaseDesk:
    """The desk, for roles that read every step. To all others the page is not there."""
    if not reads_all(desk.scene.pathway, desk.scene.role):
        raise NotPermitted(desk.case)
    return desk


def for_who_sits(desk: CaseDesk) -> CaseDesk:
    """The desk, for the office and for the members who sit in this case. To all others the page is not there."""
    return desk if desk.seen.view.sitting is not None else for_the_office(desk)


def for_helpers(desk: CaseDesk) -> CaseDesk:
    """The desk, for roles that take part in support. To all others the page is not there, not even empty."""
    if not desk.seen.view.support_shown:
        raise NotPermitted(desk.case)
    return desk


def with_typed(desk: CaseDesk, typed: Typed) -> CaseDesk:
    """The same desk with other typing."""
    return desk._replace(scene=replace(desk.scene, typed=typed))


def new_key() -> str:
    """A key for a form: the same form sent twice is written once."""
    return secrets.token_hex(16)


def key_of(typed: Typed) -> str:
    return one(typed, "key") or new_key()


def send(desk: CaseDesk, verb: str, args: Mapping[str, Any], purpose: str, **stated: Any) -> Sent:
    """Send the request. `stated`: what stands with it (reasons, votes, heard, happened_at …)."""
    request = Request(
        verb,
        desk.here.account.pk,
        desk.scene.role,
        args=dict(args),
        seen=seen_of(desk.typed),
        **stated,
    )
    done = book.record(desk.here.account, desk.case, request, key_of(desk.typed), purpose)
    if isinstance(done, Refusal):
        return Sent(None, (refusals.lines(desk.scene, done),))
    return Sent(done)


def written(desk: CaseDesk) -> str:
    """Said once on the next page. Without a number: the log's own would tell what this role does not read."""
    clock = desk.scene.clock
    return _("Written %(when)s.") % {"when": clock.when(clock.now)}


def go_on(request: HttpRequest, desk: CaseDesk, where: str, *more: str) -> HttpResponse:
    """What was written is said, on a page of the case."""
    messages.success(request, written(desk))
    return HttpResponseRedirect(reverse(where, args=[desk.case, *more]))


Press = Callable[[CaseDesk, str], Sent]
Draw = Callable[[CaseDesk, tuple[RefusalLines, ...]], ActsPage]


def answered(request: HttpRequest, desk: CaseDesk, where: str, press: Press, draw: Draw) -> HttpResponse:
    """A page of acts: a press that was written comes back to `where`, one that was refused to what was typed."""
    sent = press(desk, request.POST.get("then", "")) if request.method == "POST" else NOTHING_SENT
    if sent.done:
        return go_on(request, desk, where)
    return render(request, "desk/acts.html", {"page": unique(draw(desk, sent.refusals))})
