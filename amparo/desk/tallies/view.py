"""Counts of a site: what was offered and declined, not offered and why, without anybody's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amparo.desk.context import Pair
from amparo.desk.pages import staff_page
from amparo.desk.where import Here, here
from amparo.desk.words import pick, readable
from amparo.ledger import book
from amparo.pathways.model import Pathway


@dataclass(frozen=True)
class Month:
    """The counts of one month. pairs: what was counted, with how many."""

    month: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class TalliesPage:
    """Newest month first."""

    months: tuple[Month, ...]
    first: None = None


@staff_page
def tallies(request: HttpRequest) -> HttpResponse:
    """The counts of this site in this programme. To roles that read none the page is not there."""
    at = here(request)
    found = book.tallies(at.account, at.site, at.post.programme, role=at.role)
    return render(request, "tallies/page.html", {"page": TalliesPage(tuple(_months(at, found)))})


def _months(at: Here, found: tuple[book.Counted, ...]) -> Iterator[Month]:
    for month, rows in groupby(found, key=lambda one: one.month):
        yield Month(month, tuple(Pair(title(at.pathway, one), number(one.n)) for one in rows))


def number(n: int | None) -> str:
    """How many; few are not told as a number, since a small number can be somebody."""
    return _("fewer than 5") if n is None else str(n)


def title(pathway: Pathway, one: book.Counted) -> str:
    """`Not offered: possession, asleep`."""
    codes = ", ".join(code_words(pathway, key, code) for key, code in one.codes.items())
    return f"{pick(one.of, one.name)}: {codes}" if codes else pick(one.of, one.name)


def code_words(pathway: Pathway, key: str, code: str) -> str:
    """A code in words: of a door, of the fact's own list, of any vocabulary; a yes or no with its fact."""
    if key == "door" and code in pathway.doors:
        return pick(pathway.doors[code].title, code)
    if code in ("yes", "no") and key in pathway.facts:
        return f"{pick(pathway.facts[key].title, key)}: {_('yes') if code == 'yes' else _('no')}"
    lists = {**pathway.shared, **pathway.vocabularies}
    named = pathway.facts[key].type.vocabulary if key in pathway.facts else ""
    wanted = [lists[named]] if named in lists else list(lists.values())
    return next((pick(codes[code], code) for codes in wanted if code in codes), readable(code))
