"""One's own drafts: what was typed and not sent. Nobody else sees them; a press throws one away."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amparo.cases.index import index
from amparo.desk.pages import staff_page
from amparo.desk.where import Here, here
from amparo.desk.words import pick, readable
from amparo.ledger import book, casefile, drafts
from amparo.ledger.drafts import Kept


@dataclass(frozen=True)
class DraftRow:
    """A draft: which form, of which case, kept when."""

    title: str
    file: str
    when: str
    href: str
    place: str
    post: int = 0  # at which of one's other posts it goes on, 0 for this one


@dataclass(frozen=True)
class DraftsPage:
    rows: tuple[DraftRow, ...]
    first: None = None


@staff_page
def mine(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    at = here(request)
    rows = tuple(r for kept in drafts.mine(at.account) if not _sent(at, kept) and (r := row(at, kept)))
    return render(request, "drafts/page.html", {"page": DraftsPage(rows)})


def _sent(at: Here, kept: Kept) -> bool:
    """Was what this draft is about written by its author since it was kept, by whichever page? Then it is wiped."""
    parts = kept.place.split("/")
    if parts[0] != "case" or len(parts) != 4:
        return False
    events = casefile.load(parts[1]).log.events
    about = index(at.pathway).choices.get(parts[3], ()) if parts[2] == "choice" else (parts[3],)
    mine_ = (e for e in events if e.kind == "step.taken" and e.actor == at.account.pk)
    if not any(e.data["step"] in about and e.recorded >= kept.saved for e in mine_):
        return False
    drafts.wipe(at.account, kept.place)
    return True


def row(at: Here, kept: Kept) -> DraftRow | None:
    """The form a draft belongs to, None for a form that is no more."""
    parts = kept.place.split("/")
    at, post = _where(at, parts)
    try:
        href, name, file = _door(parts) if parts[0] == "door" else _of_case(parts)
    except (IndexError, NoReverseMatch, KeyError):
        return None
    steps = at.pathway.steps
    door = at.pathway.doors.get(name)
    found = steps.get(name) or (steps.get(door.opens_with) if door else None)
    return DraftRow(
        pick(found.title, name) if found else readable(name),
        file,
        at.clock.when(kept.saved),
        href,
        kept.place,
        post,
    )


def _where(at: Here, parts: list[str]) -> tuple[Here, int]:
    """The post at which a draft goes on, and its number if it is not this one: a new case is begun for one pathway."""
    if parts[0] != "door" or at.post.programme == parts[1]:
        return at, 0
    other = next((post for post in at.posts if post.programme == parts[1]), None)
    return (at, 0) if other is None else (replace(at, post=other), other.pk)


def _door(parts: list[str]) -> tuple[str, str, str]:
    """The form goes on with it; one that was laid aside is named by its key."""
    return (
        f"{reverse('door', args=[parts[2]])}?draft={parts[3] if len(parts) > 3 else ''}",
        parts[2],
        _("New case"),
    )


def _of_case(parts: list[str]) -> tuple[str, str, str]:
    _case, case, kind, name = parts
    return reverse(kind, args=[case, name]), name, book.number(case)


@require_POST
@staff_page
def throw(request: HttpRequest) -> HttpResponse:
    """Throw a draft away."""
    drafts.wipe(here(request).account, request.POST.get("place", ""))
    messages.success(request, _("Thrown away."))
    return HttpResponseRedirect(reverse("drafts"))
