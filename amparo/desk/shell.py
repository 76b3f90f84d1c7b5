"""What stands around every page: site bar, training stripe, languages, the red banner when clocks are not
watched.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amparo.desk.context import Link
from amparo.desk.where import SESSION_BLANK, Here, here
from amparo.errors import NotPermitted
from amparo.ledger import book
from amparo.lens.sight import reads_all

OUTSIDE = ("officer", "case_worker", "peer")
"""Kinds of role that work outside: their phone may be dark at night."""


@dataclass(frozen=True)
class Shell:
    """Drawn by `base.html`."""

    training: bool
    languages: tuple[tuple[str, str], ...]
    language: str
    account: str = ""
    site: str = ""
    nav: tuple[Link, ...] = ()
    blank: bool = False
    night: bool = False
    stopped: str = ""


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor."""
    training = bool(settings.AMPARO_TRAINING)
    languages = tuple((code, str(name)) for code, name in settings.LANGUAGES)
    bare = Shell(training, languages, get_language() or "en")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"shell": bare}
    return {"shell": _signed_in(request, bare)}


def _signed_in(request: HttpRequest, bare: Shell) -> Shell:
    try:
        at = here(request)
    except NotPermitted:
        return Shell(bare.training, bare.languages, bare.language, account=str(request.user))
    return Shell(
        bare.training,
        bare.languages,
        bare.language,
        account=at.account.name,
        site=at.post.site.name,
        nav=_nav(request, at),
        blank=bool(request.session.get(SESSION_BLANK)),
        night=at.pathway.roles[at.role].is_ in OUTSIDE,
        stopped=_stopped(at),
    )


def _stopped(at: Here) -> str:
    """When clocks are not watched every page says so: a late case would not be seen."""
    if not book.is_late(at.now):
        return ""
    last = book.last_tick()
    if last is None:
        return _(
            "Clocks are not being watched: they never ran here. Nothing is lost; tell whoever runs "
            "this program."
        )
    return _(
        "Clocks have not been watched since %(when)s. Nothing is lost; tell whoever runs this program."
    ) % {"when": at.clock.when(last)}


def _nav(request: HttpRequest, at: Here) -> tuple[Link, ...]:
    """Only what this role has: the office's own lists are drawn for roles that read every step."""
    office = reads_all(at.pathway, at.role)
    pages = [
        ("worklist", _("Worklist"), True),
        ("sittings", _("Sittings"), office and bool(at.pathway.bodies)),
        ("outbox", _("Outbox"), office),
        ("doors", _("New case"), bool(doors_of(at))),
        ("drafts", _("Drafts"), True),
        ("site", _("Site"), office),
    ]
    path = request.path
    return tuple(
        Link(words, reverse(name), current=_is_at(path, reverse(name)))
        for name, words, shown in pages
        if shown
    )


def _is_at(path: str, href: str) -> bool:
    return path == href if href == "/" else path.startswith(href)


def doors_of(at: Here) -> tuple[str, ...]:
    """The doors through which this role may open a case."""
    return tuple(name for name, d in at.pathway.doors.items() if at.role in at.pathway.steps[d.opens_with].by)
