"""At which post somebody works on this page: site, programme and role. Kept in the session, changed by one
press.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, cast

from django.http import HttpRequest

from amparo.desk import offices
from amparo.desk.times import Clockwork
from amparo.desk.typed import Drawing
from amparo.errors import NotPermitted
from amparo.ledger import papers
from amparo.pathways import calendar
from amparo.pathways.model import Pathway, Text
from amparo.people import staff
from amparo.people.models import Account, Post

SESSION_POST, SESSION_BLANK = "post", "blank"


def account_of(request: HttpRequest) -> Account:
    """Who is signed in; the views that ask are shut to everybody else."""
    return cast(Account, request.user)


def now() -> int:
    """The present, in one place, so that a page's times agree."""
    return int(time.time())


@dataclass(frozen=True)
class Here:
    """One account at one of its posts."""

    account: Account
    post: Post
    posts: tuple[Post, ...]
    now: int

    @cached_property
    def pathway(self) -> Pathway:
        return papers.pathway_at(self.post.programme, self.post.site_id, self.now)

    @property
    def role(self) -> str:
        return self.post.role

    @property
    def site(self) -> str:
        return self.post.site_id

    @property
    def zone(self) -> str:
        return self.post.site.zone

    @property
    def clock(self) -> Clockwork:
        return Clockwork(self.zone, self.now)

    @cached_property
    def areas(self) -> Mapping[str, Text]:
        return {area.code: area.title for area in self.post.site.areas.order_by("pk")}

    @property
    def drawing(self) -> Drawing:
        return Drawing(self.pathway, self.zone, self.areas, currency(self.pathway))

    @cached_property
    def named(self) -> Callable[[str], str]:
        """An actor's name, or an office's, asked of `people` once a page."""
        return cache(lambda who: offices.name_of(who) if who.startswith(offices.PREFIX) else staff.name_of(who))

    @cached_property
    def settings(self) -> Mapping[str, Any]:
        """What the site entered, held form."""
        return papers.site_on_paper(self.site, self.pathway, now=self.now).settings


def currency(pathway: Pathway) -> str:
    """The currency of a programme: as it says, else that of its first setting of money; '' where each sum says it."""
    if pathway.currency:
        return pathway.currency
    found = (s.value for s in pathway.settings.values() if s.type.kind == "money" and s.value is not None)
    return next((str(v.currency) for v in found if hasattr(v, "currency")), "")


def here(request: HttpRequest) -> Here:
    """The post at which this request works. Raises `NotPermitted` for an account that has none today."""
    account, t = account_of(request), now()
    posts = staff.posts(account, calendar.day_of(t, "UTC"))
    chosen = request.session.get(SESSION_POST)
    first = sorted(posts, key=lambda p: p.pk != chosen)  # the chosen one, then the others in their order
    post = next((p for p in first if _there(p, t)), None)
    if post is None:
        raise NotPermitted("You have no post today.")
    return Here(account, post, posts, t)


def _there(post: Post, t: int) -> bool:
    """Is there such a role at the site? The profile that it has chosen may have left it out."""
    return post.role in papers.pathway_at(post.programme, post.site_id, t).roles


def at_case(here_: Here, pathway: str, site: str, role: str) -> Here:
    """The same account at the post from which it sees a case; its own choice of post stays."""
    fitting = [p for p in here_.posts if p.programme == pathway and p.role == role]
    post = next((p for p in fitting if p.site_id == site), fitting[0] if fitting else here_.post)
    return here_ if post == here_.post else Here(here_.account, post, here_.posts, here_.now)
