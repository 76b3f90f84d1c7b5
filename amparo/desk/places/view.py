"""Places: used, free, who is next and why; and who is on duty, with how many people each carries.

The line is drawn by its one order. A number that nobody has entered is dashed, and orders nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.cases import places as places_
from amparo.cases.words import order
from amparo.desk import loads, others
from amparo.desk.context import Link, Nothing, Pair
from amparo.desk.line import scene_of
from amparo.desk.on_call import rota
from amparo.desk.pages import staff_page
from amparo.desk.places.context import Block, PlaceCard, PlacesPage, Waiter, Worker
from amparo.desk.services import known
from amparo.desk.services.context import Known
from amparo.desk.services.roles import refers, shown, told_within
from amparo.desk.times import DAY, capital, span
from amparo.desk.where import Here, here
from amparo.desk.words import cited, either, initials, language, listed, lower_first, pick, role_title
from amparo.errors import NotPermitted
from amparo.ledger import book
from amparo.ledger.placing import Carries, InLine, Placed, seen
from amparo.pathways.model import Place

MOST_BLOCKS = 60
"""More places than this are said in numbers alone."""


@staff_page
def places(request: HttpRequest) -> HttpResponse:
    """Every place of the programme at this site. To roles that may look at none, the page is not there."""
    at = here(request)
    if not seen(at.pathway, at.role):
        raise NotPermitted("places")
    found = book.standings(at.account, at.site, at.post.programme, role=at.role)
    return render(request, "places/page.html", {"page": page(at, found)})


def page(at: Here, found: tuple[Placed, ...]) -> PlacesPage:
    """The page from what the ledger counted."""
    cards = tuple(card(at, one) for one in found)
    title = _headline(cards[0], found[0]) if len(cards) == 1 else _("Places")
    return PlacesPage(title, capital(at.clock.when(at.now)), cards, tuple(_never()), reverse("places"),
        services=_services(at),
    )  # fmt: skip


def _services(at: Here) -> tuple[tuple[str, Known], ...]:
    """What services said is free: another wait than ours. Only to who may refer."""
    found = shown(at) if refers(at) else ()
    told = known.of(found, at.clock, told_within(at)[0])
    return tuple((o.name, told[o.pk]) for o in found)


def _headline(drawn: PlaceCard, one: Placed) -> str:
    """`2 places are free. H. S. is next, then M. R.`"""
    free = _free_words(one.free)
    names = [x.name for x in drawn.line if x.name][: max(1, min(one.free or 1, 2))]
    if not names:
        return free
    following = ngettext("%(names)s is next.", "%(names)s are next.", len(names)) % {"names": listed(names)}
    return f"{free} {following}"


def _free_words(free: int | None) -> str:
    if free is None:
        return _("How many places there are is not entered.")
    if not free:
        return _("No place is free.")
    return ngettext("%(n)s place is free.", "%(n)s places are free.", free) % {"n": free}


# ------------------------------------------------------------------------------------------------ one place
def card(at: Here, one: Placed) -> PlaceCard:
    """A place: what adds up, the order, the line, the workers."""
    place = at.pathway.places[one.name]
    whole = _whole(one)
    return PlaceCard(
        one.name,
        pick(place.title, one.name),
        loads.held(at.pathway, place),
        _total(at, one, place),
        _("None free")
        if one.free == 0
        else _("%(n)s free") % {"n": one.free}
        if one.free is not None
        else "",
        _sum(at, one, place),
        _blocks(one.used, one.free) if whole is not None and whole <= MOST_BLOCKS and not place.each else (),
        _unset(at, one) if one.number is None else None,
        capital(order(at.pathway, one.name, language())),
        cited(at.pathway, place.basis),
        tuple(_waiter(at, one, x) for x in one.line),
        _foot(one),
        tuple(_worker(one, x) for x in one.workers),
        _workers_note(one),
        rota.call(at, place.each) if place.each else None,
        _doubt(at, one),
        _lacks(at, one),
    )


def _whole(one: Placed) -> int | None:
    return None if one.free is None else one.used + one.free


def _steps(at: Here, names: Iterable[str]) -> str:
    return listed(f"“{pick(at.pathway.steps[s].title, s)}”" for s in names)


def _lacks(at: Here, one: Placed) -> str:
    """Why somebody waits though a place is free: nobody gets one by itself, and who gives it has not done so yet."""
    if not one.free or not one.line:
        return ""
    p, waits = at.pathway, places_.waited_in(at.pathway, one.name)
    needing = [s for s in places_.needed(p, one.name) if waits & {*p.steps[s].from_}]
    roles = dict.fromkeys(role for s in needing for role in p.steps[s].by)
    n = min(one.free, len(one.line))
    free = ngettext(
        "A place is free for the first of them.", "Places are free for the first %(n)s of them.", n
    ) % {"n": n}
    who = either(lower_first(role_title(p, role)) for role in roles)
    how = _("Nobody gets one by itself: it takes %(steps)s, which is for %(roles)s.")
    steps = either(f"“{pick(p.steps[s].title, s)}”" for s in needing)
    return f"{free} {how % {'steps': steps, 'roles': who}}"


def _total(at: Here, one: Placed, place: Place) -> str:
    if one.number is None:
        return ngettext("%(n)s used", "%(n)s used", one.used) % {"n": one.used}
    if place.each:
        role = pick(at.pathway.roles[place.each].title, place.each)
        return _("%(n)s for each: %(role)s") % {"n": one.number, "role": role}
    return ngettext("%(n)s place", "%(n)s places", one.number) % {"n": one.number}


def _sum(at: Here, one: Placed, place: Place) -> str:
    """`47 inside + 1 whose leaving is being heard + 2 free = 50`."""
    parts = [_used(pick(at.pathway.stages[s].title, s), n, place) for s, n in one.stages.items() if n]
    parts += [_("%(n)s used lately") % {"n": one.lately}] if one.lately else []
    if one.free is None:
        return " + ".join(parts)
    total = one.used + one.free
    if place.each and (one.number or 0) * len(one.workers) != total:
        return " + ".join(parts)  # somebody carries more than one may: it does not add up
    return f"{' + '.join([*(parts or ['0']), _('%(n)s free') % {'n': one.free}])} = {total}"


def _used(stage: str, n: int, place: Place) -> str:
    """`47 inside`: everybody there; where a step takes the place, only whom it was taken for."""
    if place.taken_by and place.per is None:
        return _("%(n)s held at “%(stage)s”") % {"n": n, "stage": stage}
    return f"{n} {stage}"


def _blocks(used: int, free: int | None) -> tuple[Block, ...]:
    return (*(Block("used") for _n in range(used)), *(Block("free") for _n in range(free or 0)))


def _unset(at: Here, one: Placed) -> Nothing:
    title = pick(at.pathway.settings[one.setting].title, one.setting) if one.setting else ""
    return Nothing("ask", _("%(title)s: not entered, with its source") % {"title": title})


def _doubt(at: Here, one: Placed) -> str:
    place = at.pathway.places[one.name]
    setting = at.pathway.settings.get(one.setting)
    uncertain = place.unverified or (setting.unverified if setting and one.number is None else "")
    return pick(uncertain) if uncertain else ""


# ------------------------------------------------------------------------------------------------ the line
def _waiter(at: Here, one: Placed, x: InLine) -> Waiter:
    """One of the line. A case that this role may not see keeps its rank, and nothing else."""
    free = one.free is not None and x.rank <= one.free
    since, days = at.clock.day(x.since), max(0, (at.now - x.since) // DAY)
    waited = ngettext("%(n)s day", "%(n)s days", days) % {"n": days} if days else span(at.now - x.since)
    why = _why(at, one, x)
    if x.row is None:
        return Waiter(x.rank, "", "", "", capital(since), waited, why, free)
    name = initials(x.row.record.called) if x.row.record else _("without a name")
    href = reverse("case", args=[x.row.case])
    link = _step(at, one, x) if free else None
    return Waiter(
        x.rank,
        name,
        book.number(x.row.case),
        href,
        capital(since),
        waited,
        why,
        free,
        link,
        _waits(at, one, x) if free and link is None else "",
    )


def _step(at: Here, one: Placed, x: InLine) -> Link | None:
    """The step that this role may take for who is next, if it stands open for them."""
    assert x.row is not None
    ready = ("required", "allowed", "open")
    mine = (o for o in x.row.view.offers if o.group in ready)
    needs = ((o.step, at.pathway.steps[o.step].needs) for o in mine)
    step = next((name for name, n in needs if n is not None and n.place == one.name), "")
    if not step:
        return None
    words = pick(at.pathway.steps[step].title, step)
    return Link(words, reverse("step", args=[x.row.case, step]), kind="go" if x.rank == 1 else "")


def _waits(at: Here, one: Placed, x: InLine) -> str:
    """Whom the place waits for, where somebody else lets the person in."""
    assert x.row is not None
    scene = scene_of(at, book.Seen(x.row.view, x.row.record, "", at.site, (at.role,)))
    needs = ((name, step.needs) for name, step in at.pathway.steps.items())
    found = others.of_steps(scene, (name for name, n in needs if n is not None and n.place == one.name))
    return others.words(scene, found) if found else ""


def _why(at: Here, one: Placed, x: InLine) -> str:
    """Why somebody stands here: the key of the order that decided, with what it says."""
    said = _said(at, x.by, x.value)
    if x.rank == 1:
        return _("First: %(why)s") % {"why": said}
    return _("After number %(n)s: %(why)s") % {"n": x.rank - 1, "why": said}


def _said(at: Here, key: str, value: Any) -> str:
    kind, _space, of = key.partition(" ")
    if kind == "door":
        return _("came by “%(door)s”") % {"door": pick(at.pathway.doors[value].title, value)}
    day = at.clock.when(value) if isinstance(value, int) else ""
    if kind == "since":
        title = pick(at.pathway.steps[of].title, of)
        return (_("“%(step)s” on %(day)s") if day else _("“%(step)s” not yet")) % {"step": title, "day": day}
    if kind == "due":
        title = pick(at.pathway.clocks[of].title, of)
        return (_("“%(clock)s” ends on %(day)s") if day else _("“%(clock)s” does not run")) % {
            "clock": title,
            "day": day,
        }
    if kind == "opened":
        return _("came on %(day)s") % {"day": day}
    return _("waits since %(day)s") % {"day": day}


def _foot(one: Placed) -> str:
    if not one.line:
        return _("Nobody waits.")
    return ngettext("%(n)s shown, all who wait here.", "%(n)s shown, all who wait here.", len(one.line)) % {
        "n": len(one.line)
    }


# ------------------------------------------------------------------------------------------------ who carries whom
def _worker(one: Placed, x: Carries) -> Worker:
    full = one.number is not None and x.n >= one.number
    many = one.over is not None and x.n > one.over
    words = loads.with_cases(loads.carried(x), x)
    return Worker(x.name, x.n, words, "full" if full else "many" if many else "")


def _workers_note(one: Placed) -> str:
    """The two numbers, as facts about work and not about people."""
    if not one.workers:
        return ""
    if one.number is None:
        return _("How many people one worker may carry is not entered.")
    most = _("At most %(n)s for each; then nobody is added without a free place.") % {"n": one.number}
    warned = _("Over %(n)s it is said here.") % {"n": one.over} if one.over is not None else ""
    return f"{most} {warned}".strip()


def _never() -> Iterator[Pair]:
    """What holds of every line, whatever its order."""
    yield Pair(_("Nothing but this order moves anybody: no score, no test, no call missed, no help refused."))
    yield Pair(_("Who cannot be reached is looked for; the place in the line stays."))
    yield Pair(_("A person may stop waiting any day; nobody holds the wait against them."))
