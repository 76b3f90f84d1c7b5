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

from amparo.cases.requests.exceptional import KEEPERS
from amparo.desk.context import Link
from amparo.desk.meetings.table import kinds as meeting_kinds
from amparo.desk.meetings.table import prepares
from amparo.desk.services.roles import may_open as services_open
from amparo.desk.sittings.ahead import has as sits_somebody
from amparo.desk.testing.roles import has_part, only_collects
from amparo.desk.where import SESSION_BLANK, Here, here
from amparo.errors import NotPermitted
from amparo.ledger import book
from amparo.ledger.placing import seen as places_seen
from amparo.ledger.tallies import may_read
from amparo.lens.readers import sends
from amparo.lens.sight import reads_all

OUTSIDE = ("officer", "case_worker", "peer")
"""Kinds of role that work outside: their phone may be dark at night."""


MOST_LINKS, FIRST_LINKS = 5, 4
"""More links than fit beside each other: then the first ones stand there, the others under one word."""


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

    @property
    def nav_first(self) -> tuple[Link, ...]:
        """The links that stand beside each other."""
        return self.nav if len(self.nav) <= MOST_LINKS else self.nav[:FIRST_LINKS]

    @property
    def nav_more(self) -> tuple[Link, ...]:
        """The others."""
        return self.nav[len(self.nav_first) :]

    @property
    def nav_deep(self) -> bool:
        """Is this page one of the others?"""
        return any(link.current for link in self.nav_more)


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
        ("worklist", _("Worklist"), not only_collects(at.pathway, at.role)),
        ("sittings", _("Sittings"), office and sits_somebody(at.pathway)),
        ("places", _("Places"), bool(places_seen(at.pathway, at.role))),
        ("services", _("Services"), services_open(at)),
        ("tests", _("Tests"), has_part(at.pathway, at.role)),
        ("meetings", _("Meetings"), bool(meeting_kinds(at.pathway)) and prepares(at.pathway, at.role)),
        ("outbox", _("Outbox"), office or sends(at.pathway, at.role)),
        ("demands", _("Demands"), is_keeper(at)),
        ("tallies", _("Counts"), bool(at.pathway.counts) and may_read(at.pathway, at.role)),
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


def is_keeper(at: Here) -> bool:
    """Whether this role answers for privacy: its nav leads to what waits for an answer."""
    return at.pathway.roles[at.role].is_ in KEEPERS


def _is_at(path: str, href: str) -> bool:
    return path == href if href == "/" else path.startswith(href)


def doors_of(at: Here) -> tuple[str, ...]:
    """The doors through which this role may open a case."""
    return tuple(name for name, d in at.pathway.doors.items() if at.role in at.pathway.steps[d.opens_with].by)
