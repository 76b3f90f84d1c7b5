"""The worklist: boxes from the definition that add up, and what is late or due today from all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.desk.context import Link
from amparo.desk.pages import staff_page
from amparo.desk.shell import doors_of
from amparo.desk.testing.roles import only_collects
from amparo.desk.where import Here, here
from amparo.desk.words import post_words
from amparo.desk.worklist import order
from amparo.desk.worklist.context import WorklistPage, WorkRow
from amparo.desk.worklist.elsewhere import elsewhere
from amparo.desk.worklist.rows import Draw, drawing
from amparo.desk.worklist.tiles import box_rules, box_titles, tiles
from amparo.desk.worklist.today import by_today, of_today
from amparo.ledger import book
from amparo.ledger.memo import remembering
from amparo.lens import boxes_seen, scope
from amparo.lens.sight import fact_class


class Asked(NamedTuple):
    """What the address asks for: a box, the rows that follow, only one's own (None: not said), a search."""

    box: int | None
    after: str
    mine: bool | None
    text: str


@staff_page
def worklist(request: HttpRequest) -> HttpResponse:
    """The morning without a second list."""
    at = here(request)
    if only_collects(at.pathway, at.role):
        return HttpResponseRedirect(reverse("tests"))
    with remembering():  # the same people, settings and days for every row
        drawn = _drawn(at, _asked(request))
    return render(request, "worklist/page.html", {"page": drawn})


def _drawn(at: Here, asked: Asked) -> WorklistPage:
    draw = drawing(at)
    rows, after = _rows(at, asked, draw)
    counted = book.counts(at.account, at.site, at.post.programme, role=at.role)
    first = asked.box is None and not asked.text
    today = rows if first or not _has_boxes(at) else of_today(at)
    return page(at, asked, rows, counted, after, today, draw)


def _asked(request: HttpRequest) -> Asked:
    box = request.GET.get("box", "")
    return Asked(
        int(box) if box.isdigit() and len(box) < 4 else None,
        request.GET.get("after", ""),
        True if "mine" in request.GET else False if "all" in request.GET else None,
        request.GET.get("q", "").strip()[:200],
    )


def _rows(at: Here, asked: Asked, draw: Draw) -> tuple[tuple[book.Row, ...], str]:
    """The rows that were asked for: found by search; of a box, page by page; else all that is late or due
    today.
    """
    if asked.text:
        return book.search(at.account, at.site, at.post.programme, asked.text, role=at.role), ""
    if asked.box is not None or not _has_boxes(at):
        found = book.worklist(
            at.account, at.site, at.post.programme, asked.box, asked.after, role=at.role,
            urgency=lambda r: order.pressing_key(draw(r)),
        )  # fmt: skip
        return found.rows, found.after
    return of_today(at), ""


def _has_boxes(at: Here) -> bool:
    return boxes_seen(at.pathway, at.role)


def _only_mine(asked: Asked, rows: Sequence[WorkRow]) -> bool:
    """One's own and unowned rows alone: where that was asked; on the first page, for who has cases on it."""
    if asked.mine is not None or asked.box is not None or asked.text:
        return bool(asked.mine)
    return any(r.whose == "mine" for r in rows)


# ------------------------------------------------------------------------------------------------ the page
def page(
    at: Here,
    asked: Asked,
    rows: Sequence[book.Row],
    counted: Mapping[int, int],
    after: str,
    today: Sequence[book.Row] | None = None,
    draw: Draw | None = None,
) -> WorklistPage:
    """The page from the rows and counts. today: the rows from which the boxes are counted, if not those shown."""
    numbers, draw = dict(counted), draw or drawing(at)
    every = [draw(r) for r in rows]
    counted_from = every if today is None or today is rows else [draw(r) for r in today]
    wanted = [r for r in counted_from if by_today(at, r)]
    boxed = _has_boxes(at)
    if boxed:
        every = every if asked.box is not None or asked.text else [r for r in every if by_today(at, r)]
        every.sort(key=lambda r: (r.rank, r.due or order.FAR))
    asked = asked._replace(mine=boxed and _only_mine(asked, every))
    drawn = [r for r in every if r.whose != "other"] if asked.mine else every
    late = sum(r.late for r in drawn)
    return WorklistPage(
        greeting=greeting(at, len(drawn) if asked.box is None and not asked.text else None, late),
        now=at.clock.when(at.now).replace(_("today"), _today(at)),
        tiles=tiles(at, numbers, asked.box, wanted) if boxed else (),
        sum=" + ".join(str(numbers.get(n, 0)) for n in range(len(box_titles(at)))),
        total=_open(sum(numbers.values())),
        heading=_heading(at, asked, boxed),
        count=_count(asked, drawn, boxed),
        rows=tuple(drawn),
        filters=_filters(asked, boxed),
        foot=_foot(numbers, drawn, len(every), asked, boxed),
        empty=_empty(asked),
        more=_more(asked, after),
        search=asked.text,
        plain=not boxed,
        new=_new_record(at) if not boxed else None,
        timed=boxed or any(r.time for r in drawn),
        find=_find(at),
        programmes=_programmes(at),
        elsewhere=tuple(elsewhere(at)) if asked.box is None and not asked.text and not asked.after else (),
        how=tuple((t, r) for t, r in zip(box_titles(at), box_rules(at), strict=True)),
    )


def _today(at: Here) -> str:
    from_now = at.clock.local(at.now).date()
    return calendar_words(from_now)


def calendar_words(day: date) -> str:
    """A day with its year, for the head of a list."""
    return dateformat.format(day, "D j M Y,")


def greeting(at: Here, n: int | None, late: int) -> str:
    """Good morning, and how much there is."""
    hour = at.clock.local(at.now).hour
    hello = _("Good morning.") if hour < 12 else _("Good afternoon.") if hour < 19 else _("Good evening.")
    if n is None or not _has_boxes(at):
        return hello
    things = (
        ngettext("%(n)s thing today", "%(n)s things today", n) % {"n": n} if n else _("Nothing is due today")
    )
    if not late:
        return f"{hello} {things}."
    return f"{hello} {things}, " + ngettext("%(n)s is late.", "%(n)s are late.", late) % {"n": late}


def _open(n: int) -> str:
    return ngettext("%(n)s open case", "%(n)s open cases", n) % {"n": n}


# ------------------------------------------------------------------------------ words around
def _new_record(at: Here) -> Link | None:
    """For who opens cases and keeps no list: the one thing they come for, first and filled."""
    if not doors_of(at):
        return None
    return Link(_("New record"), reverse("doors"), "go")


def _find(at: Here) -> str:
    """Names are looked for only by roles that read them."""
    reads = fact_class(at.pathway, at.role, "identity")
    return _("Find by name or number") if reads else _("Find by number")


def _heading(at: Here, asked: Asked, boxed: bool) -> str:
    if asked.text:
        return _("Found for “%(text)s”") % {"text": asked.text}
    if not boxed:
        return _("Your cases, and those nobody has yet") if _lists_unowned(at) else _("Your cases")
    titles = box_titles(at)
    return titles[asked.box] if asked.box is not None and asked.box < len(titles) else _("Late or due today")


def _lists_unowned(at: Here) -> bool:
    """Do cases that nobody has yet stand on the list of this role, beside those it was given?"""
    owns = any(stage.owner == at.role for stage in at.pathway.stages.values())
    return owns and scope(at.pathway, at.role) == "assigned"


def _count(asked: Asked, rows: Sequence[WorkRow], boxed: bool) -> str:
    if asked.box is not None or not rows or not rows[0].time:
        return str(len(rows))
    if not boxed:
        return _("%(n)s, what is late or due first") % {"n": len(rows)}
    return _("%(n)s, the law and who comes today first") % {"n": len(rows)}


def _filters(asked: Asked, boxed: bool) -> tuple[Link, ...]:
    if not boxed or asked.text:
        return ()
    base = {"box": str(asked.box)} if asked.box is not None else {}
    return (
        Link(_("Mine and unowned"), "?" + urlencode({**base, "mine": "1"}), current=bool(asked.mine)),
        Link(_("Everybody’s"), "?" + urlencode({**base, "all": "1"}), current=not asked.mine),
        Link(_("Print"), "", "print"),
    )


def _foot(numbers: dict[int, int], rows: Sequence[WorkRow], due: int, asked: Asked, boxed: bool) -> str:
    """The sum ends the list: what is shown, and what is not, and why."""
    shown = ngettext("%(n)s shown", "%(n)s shown", len(rows)) % {"n": len(rows)}
    if not boxed or asked.text:
        return f"{shown}."
    if asked.box is None:
        rest, why_not = sum(numbers.values()) - due, _("nothing of theirs is due today")
        others = _others(due - len(rows))
        return _("%(shown)s.%(others)s %(rest)s not shown: %(why)s.") % {
            "shown": shown, "others": others, "rest": rest, "why": why_not,
        }  # fmt: skip
    other = sum(n for b, n in numbers.items() if b != asked.box)
    inside = numbers.get(asked.box, 0) - len(rows)
    more = _(" %(n)s more in this box.") % {"n": inside} if inside > 0 else ""
    return _("%(shown)s.%(more)s %(other)s in other boxes.") % {"shown": shown, "more": more, "other": other}


def _others(n: int) -> str:
    if n == 1:
        return _(" One is somebody else’s.")
    return _(" %(n)s are others’.") % {"n": n} if n > 1 else ""


def _empty(asked: Asked) -> str:
    if asked.text:
        return _("Nobody of this name, and no case of this number, that your role may see.")
    return (
        _("Nothing stands in this box.")
        if asked.box is not None
        else _("Nothing is late, and nothing is due today.")
    )


def _more(asked: Asked, after: str) -> Link | None:
    if not after:
        return None
    base = {"box": str(asked.box)} if asked.box is not None else {}
    return Link(_("Show the next ones"), "?" + urlencode({**base, "after": after}))


def _programmes(at: Here) -> tuple[Link, ...]:
    """At which post this is, and one press to another: another site, programme or role."""
    if len(at.posts) < 2:
        return ()
    return (
        Link(post_words(at.pathway, at.role), "", current=True),
        Link(_("Change post"), reverse("me")),
    )
