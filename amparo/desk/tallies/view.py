"""Counts of a site: who came in by which door and how far, what was offered and declined, who carries how many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.desk.case.reached import WORDS
from amparo.desk.context import Pair
from amparo.desk.pages import staff_page
from amparo.desk.where import Here, here
from amparo.desk.words import pick, readable, role_title
from amparo.ledger import book, months, placing
from amparo.ledger.months import Came, Year
from amparo.ledger.placing import Carries, Load
from amparo.lens import is_authority
from amparo.pathways.model import Pathway

REACHED = (
    "offered", "accepted", "assessed", "agreed", "decided", "diverted", "suspended", "warned", "sanctioned",
    "supported", "treatment_started", "completed", "left", "returned",
)  # fmt: skip
"""What is counted of cases, in the order in which it is read. Deaths stand apart."""
DIED = "died"


@dataclass(frozen=True)
class Month:
    """The counts of one month. pairs: what was counted, with how many."""

    month: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Line:
    """A month of a door, or all of them: a number in words for each column."""

    title: str
    cells: tuple[tuple[str, str], ...]
    sum: bool = False


@dataclass(frozen=True)
class Door:
    """A door with its months, and in words what is too rare for a column."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    rare: str
    died: str


@dataclass(frozen=True)
class Team:
    """Who is on duty in a role, with what each carries."""

    title: str
    note: str
    workers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TalliesPage:
    """By door, then what was counted without a case, newest month first."""

    months: tuple[Month, ...]
    doors: tuple[Door, ...] = ()
    teams: tuple[Team, ...] = ()
    cut: str = ""
    first: None = None


@staff_page
def tallies(request: HttpRequest) -> HttpResponse:
    """The counts of this site in this programme. To roles that read none the page is not there."""
    at = here(request)
    found = book.tallies(at.account, at.site, at.post.programme, role=at.role)
    year = months.year(at.account, at.site, at.post.programme, role=at.role, now=at.now)
    page = TalliesPage(
        tuple(_months(at, found)), tuple(doors(at.pathway, year)), tuple(_teams(at)), _cut(year)
    )
    return render(request, "tallies/page.html", {"page": page})


def _cut(year: Year) -> str:
    return "" if year.whole else _("Of cases, the newest %(n)s are counted here.") % {"n": months.MOST}


# ------------------------------------------------------------------------------------------------ by door
def doors(pathway: Pathway, year: Year) -> Iterator[Door]:
    """The doors of the last twelve months, each with its sum and its months."""
    for name, rows in groupby(year.came, key=lambda x: x.door):
        lines = list(rows)
        counts = [
            c for c in pathway.counts if c in _asked(pathway, name) or any(c in x.counted for x in lines)
        ]
        told = [m for m in REACHED if any(x.reached.get(m) for x in lines)]
        yield Door(
            pick(pathway.doors[name].title, name) if name in pathway.doors else _("No door named"),
            (
                _("Came in"),
                *(pick(pathway.counts[c].of, c) for c in counts),
                *(pick(WORDS[m], m) for m in told),
            ),
            tuple(_line(pathway, x, counts, told) for x in lines),
            _rare(lines, told),
            _died(lines),
        )


def _asked(pathway: Pathway, door: str) -> tuple[str, ...]:
    """The counts that stand beside a door even while nothing is counted; not what would have been done otherwise, whose
    sum says nothing.
    """
    named = pathway.doors[door].counts if door in pathway.doors else ()
    return tuple(c for c in named if "otherwise" not in pathway.counts[c].keeps)


def _line(pathway: Pathway, x: Came, counts: Sequence[str], told: Sequence[str]) -> Line:
    numbers = (
        (_("Came in"), x.n),
        *((pick(pathway.counts[c].of, c), x.counted.get(c, 0)) for c in counts),
        *((pick(WORDS[m], m), x.reached.get(m, 0)) for m in told),
    )
    cells = tuple((title_, number(n, whole=not x.month)) for title_, n in numbers)
    return Line(month_words(x.month) if x.month else _("Twelve months"), cells, not x.month)


def _rare(lines: Sequence[Came], told: Sequence[str]) -> str:
    """What was reached so seldom that no number of it may be given."""
    seen = [m for m in REACHED if m not in told and any(m in x.reached for x in lines)]
    return ", ".join(pick(WORDS[m], m) for m in seen)


def _died(lines: Iterable[Came]) -> str:
    """Deaths, apart from all that was reached."""
    whole = next(x for x in lines if not x.month)
    return number(whole.reached.get(DIED, 0), whole=True) if DIED in whole.reached else ""


def month_words(month: str) -> str:
    """`2026-11` → `November 2026`."""
    return dateformat.format(date.fromisoformat(f"{month}-01"), "F Y")


# ------------------------------------------------------------------------------------------------ who carries whom
def _teams(at: Here) -> Iterator[Team]:
    """Roles that carry people or own what is open here; not those of an authority: nobody ranks officers."""
    p = at.pathway
    each = (place.each for place in p.places.values() if place.each)
    owners = (s.owner for s in p.stages.values() if not s.closed)
    for role in dict.fromkeys((*each, *owners)):
        if role in p.roles and not is_authority(p, role) and p.roles[role].is_ != "officer":
            load = placing.loads(at.site, p, role, at.now)
            if load.workers:
                workers = sorted(load.workers, key=lambda x: x.name)
                yield Team(
                    role_title(p, role), _load_note(load), tuple((x.name, _carries(load, x)) for x in workers)
                )


def _carries(load: Load, x: Carries) -> str:
    words = ngettext("carries %(n)s person", "carries %(n)s people", x.n) % {"n": x.n}
    return f"{words}, {_('carries many')}" if load.over is not None and x.n > load.over else words


def _load_note(load: Load) -> str:
    """The two numbers, as facts about work and not about people."""
    if load.number is None:
        return _("Counted: the open cases that each has now.")
    most = _("At most %(n)s for each.") % {"n": load.number}
    return f"{most} {_('Over %(n)s it is said here.') % {'n': load.over}}" if load.over is not None else most


# ------------------------------------------------------------------------------------------------ without a case
def _months(at: Here, found: tuple[book.Counted, ...]) -> Iterator[Month]:
    for month, rows in groupby(found, key=lambda one: one.month):
        yield Month(month_words(month), tuple(Pair(title(at.pathway, one), number(one.n)) for one in rows))


def number(n: int | None, whole: bool = False) -> str:
    """How many; few are not told as a number, since a small number can be somebody, nor a sum that would tell it."""
    if n is None:
        return _("not told") if whole else _("fewer than 5")
    return str(n)


def title(pathway: Pathway, one: book.Counted) -> str:
    """`Not offered: possession, asleep`."""
    codes = ", ".join(code_words(pathway, key, code) for key, code in one.codes.items())
    return f"{pick(one.of, one.name)}: {codes}" if codes else pick(one.of, one.name)


def code_words(pathway: Pathway, key: str, code: str) -> str:
    """A code in words: of a door, of the fact's own list, of any vocabulary; a yes or no with its fact; by whom."""
    if key == "door" and code in pathway.doors:
        return pick(pathway.doors[code].title, code)
    if key == "by":
        return _("by: %(role)s") % {"role": role_title(pathway, code)}
    if code in ("yes", "no") and key in pathway.facts:
        return f"{pick(pathway.facts[key].title, key)}: {_('yes') if code == 'yes' else _('no')}"
    lists: Mapping[str, Mapping[str, Mapping[str, str]]] = {**pathway.shared, **pathway.vocabularies}
    named = pathway.facts[key].type.vocabulary if key in pathway.facts else ""
    wanted = [lists[named]] if named in lists else list(lists.values())
    return next((pick(codes[code], code) for codes in wanted if code in codes), readable(code))
