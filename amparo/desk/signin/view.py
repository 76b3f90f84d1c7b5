"""Signing in and out, one's posts, blank names. Passwords, passkeys and second factors are allauth's."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from amparo.desk import words
from amparo.desk.where import SESSION_BLANK, SESSION_POST, account_of, now
from amparo.desk.words import post_words
from amparo.ledger import papers
from amparo.pathways import calendar
from amparo.people import staff
from amparo.people.models import Account, Post

BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Somebody:
    """A fictional person of the training world, to be picked."""

    id: str
    name: str
    what: str
    login: str


@dataclass(frozen=True)
class Team:
    """The people of one site. what: how many, and of which pathways."""

    site: str
    people: tuple[Somebody, ...]
    what: str = ""


@dataclass(frozen=True)
class SignInPage:
    """Whom to be in the training world."""

    teams: tuple[Team, ...]
    next: str
    first: None = None


@dataclass(frozen=True)
class PostLine:
    """A post one holds."""

    id: int
    site: str
    what: str
    current: bool


@dataclass(frozen=True)
class MePage:
    """One's own page."""

    name: str
    posts: tuple[PostLine, ...]
    first: None = None


def signin(request: HttpRequest) -> HttpResponse:
    """In the training world the fictional people to pick from; else the form for name and password."""
    onward = _onward(request.GET.get("next", ""), request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(onward)
    if not settings.AMPARO_TRAINING:
        return HttpResponseRedirect(f"{reverse('account_login')}?next={onward}")
    return render(request, "signin/people.html", {"page": SignInPage(teams(), onward)})


def teams() -> tuple[Team, ...]:
    """The demo accounts, each with its posts at the site of the first, by site."""
    day = calendar.day_of(now(), "UTC")
    found: dict[str, list[Somebody]] = {}
    titles: dict[str, list[str]] = {}
    for account in Account.objects.filter(demo=True, is_active=True).order_by("name"):
        posts = staff.posts(account, day)
        if posts:
            site = posts[0].site
            here = [p for p in posts if p.site == site]
            what = " · ".join(_role(p) for p in here)
            found.setdefault(site.name, []).append(Somebody(account.pk, account.name, what, account.username))
            titles.setdefault(site.name, []).extend(_pathway(p) for p in here)
    return tuple(Team(site, tuple(people), _about(len(people), titles[site])) for site, people in found.items())


def _about(n: int, titles: list[str]) -> str:
    people = ngettext("%(n)s person", "%(n)s people", n) % {"n": n}
    return " · ".join((people, *dict.fromkeys(titles)))


def _pathway(post: Post) -> str:
    found = papers.pathway_at(post.programme, post.site_id, now())
    return words.pick(found.title, found.id)


def _role(post: Post) -> str:
    return post_words(papers.pathway_at(post.programme, post.site_id, now()), post.role)


@require_POST
def pick(request: HttpRequest) -> HttpResponse:
    """Sign in as a fictional person. Only in the training world, and only as one of its own."""
    if not settings.AMPARO_TRAINING:
        raise Http404
    account = Account.objects.filter(pk=request.POST.get("account", ""), demo=True, is_active=True).first()
    if account is None:
        raise Http404
    login(request, account, backend=BACKEND)
    return HttpResponseRedirect(_onward(request.POST.get("next", ""), request))


def _onward(target: str, request: HttpRequest) -> str:
    """Where to go after it: only inside this program."""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if target and safe else reverse("worklist")


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Who is signed in, at which posts, and the way out."""
    account = account_of(request)
    posts = staff.posts(account, calendar.day_of(now(), "UTC"))
    chosen = request.session.get(SESSION_POST)
    current = next((p for p in posts if p.pk == chosen), posts[0] if posts else None)
    lines = tuple(PostLine(p.pk, p.site.name, _role(p), p == current) for p in posts)
    return render(request, "signin/me.html", {"page": MePage(account.name, lines)})


@require_POST
@login_required
def change_post(request: HttpRequest) -> HttpResponse:
    """Work at another of one's posts."""
    chosen = request.POST.get("post", "")
    posts = staff.posts(account_of(request), calendar.day_of(now(), "UTC"))
    held = next((p for p in posts if str(p.pk) == chosen), None)
    if held is not None:
        request.session[SESSION_POST] = held.pk
    return HttpResponseRedirect(_onward(request.POST.get("next", ""), request))


@require_POST
@login_required
def blank(request: HttpRequest) -> HttpResponse:
    """Names to initials, for a shared room, and back."""
    request.session[SESSION_BLANK] = not request.session.get(SESSION_BLANK)
    return HttpResponseRedirect(_onward(request.POST.get("next", ""), request))


def title() -> str:
    return _("Sign in")
