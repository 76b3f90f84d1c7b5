"""What every page of a case does before its own work: find the account, look through the lens, answer *no*
alike.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from amparo.desk.context import RefusalLines
from amparo.desk.typed import rows_of
from amparo.errors import KeyDestroyed, NotPermitted

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]
"""A view."""


def staff_page(view: Page[P]) -> Page[P]:
    """A page for who is signed in. What may not be seen and what is not there are answered alike."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotPermitted:
            return not_here(request)
        except KeyDestroyed:
            return plain_page(request, erased(), 410)

    return cast(Page[P], login_required(inner))


def not_here(request: HttpRequest) -> HttpResponse:
    """The one answer to a case that is hidden and to one that does not exist."""
    lines = RefusalLines(
        _("There is nothing here for you."),
        _("There is no such page for your role, or its time is over."),
        _("Ask the coordinator, or go back to the worklist."),
    )
    return plain_page(request, lines, 404)


def erased() -> RefusalLines:
    """What remains of a case whose words were erased."""
    return RefusalLines(
        _("The words of this case were erased."),
        _("Their time was over, and the key was destroyed. Nobody can read them again."),
        _("That it existed, and how it ended, stays in the counts."),
    )


def plain_page(request: HttpRequest, lines: RefusalLines, status: int) -> HttpResponse:
    return render(request, "desk/answer.html", {"page": {"refusals": (lines,)}}, status=status)


def typed_of(post: QueryDict) -> dict[str, list[str]]:
    """What was typed, without the buttons and the token."""
    return {
        str(name): post.getlist(name) for name in post if name not in ("csrfmiddlewaretoken", "then", "more")
    }


def grown(typed: dict[str, list[str]], name: str) -> dict[str, list[str]]:
    """The typing with one more row of a list."""
    return {**typed, f"{name}.rows": [str(rows_of(typed, name) + 1)]} if name else typed


def saved_words(time: str) -> str:
    """Said beside a draft."""
    return _("Saved as draft %(time)s. Only you see it.") % {"time": time}
