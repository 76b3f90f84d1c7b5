"""The places of a site as a role may see them: how many are used, how many are free, who is next and why, and how many
people each worker carries. The look is logged with every case that is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Count

from amparo.cases import places
from amparo.ledger import looking, looks, papers, ties, waiting
from amparo.ledger.looking import Row
from amparo.ledger.memo import remembering
from amparo.ledger.models import Summary
from amparo.lens import scope
from amparo.lens.sight import stage_named
from amparo.pathways.model import Names, Pathway, SettingRef
from amparo.people import staff
from amparo.people.models import Account


class InLine(NamedTuple):
    """Somebody who waits. row: None where this role may not see the case, whose rank then stands without a name.

    by, value: the key of the order that decided, and what it says (`cases.places.Ranked`).
    """

    rank: int
    row: Row | None
    since: int
    by: str
    value: Any


class Carries(NamedTuple):
    """A worker who is on duty that day. n: how many people they carry, by the place that counts for each of them, else
    by their open cases. cases: how many open cases are theirs.
    """

    account: str
    name: str
    n: int
    cases: int


class Placed(NamedTuple):
    """A place at a site. number: None while nobody has entered it; setting: the setting that holds it, '' if none.

    stages: how many cases hold one, by the stage in which they stand. lately: how many uses of `per` still count.
    over: the number over which a worker carries many, None if none is named.
    """

    name: str
    number: int | None
    setting: str
    free: int | None
    used: int
    stages: Mapping[str, int]
    lately: int
    line: tuple[InLine, ...]
    workers: tuple[Carries, ...]
    over: int | None


class Load(NamedTuple):
    """Who is on duty in a role, with what each carries. number, over: as in `Placed`; None where none is named.
    place: the place that counts for each of them, '' if none does.
    """

    workers: tuple[Carries, ...]
    number: int | None
    over: int | None
    place: str = ""


def loads(site: str, pathway: Pathway, role: str, now: int) -> Load:
    """Who could take a case on in a role, the fewest first: by the place that counts for each of them, else by the open
    cases that they own.
    """
    name = next((n for n, place in pathway.places.items() if place.each == role), "")
    if name:
        found = waiting.standing(pathway, site, name, now)
        over = places.over(pathway, papers.site_on_paper(site, pathway, now=now), name, now)
        return Load(_carrying(pathway, site, name, found.loads, now), found.number, over, name)
    day = papers.day_at(papers.zone_of(site), now)
    mine = Summary.objects.filter(site=site, pathway=pathway.id, open=True)
    owned = dict(mine.values_list("owner").annotate(n=Count("pk")))
    on_duty = ((x, owned.get(x.pk, 0)) for x in staff.holders(site, pathway.id, role, day))
    held = (Carries(x.pk, x.name, n, n) for x, n in on_duty)
    return Load(tuple(sorted(held, key=lambda x: (x.n, x.name))), None, None)


def _theirs(site: str, pathway: Pathway, who: str) -> int:
    """How many open cases of the programme somebody was given at the site, wherever these stand."""
    mine = Summary.objects.filter(site=site, pathway=pathway.id, open=True)
    return mine.filter(case__in=ties.cases("assigned", [who])).count()


def seen(pathway: Pathway, role: str) -> Names:
    """The places that a role may look at: it lists the site's cases, and reads every stage from which somebody waits or
    in which one is held. Who waits for treatment is thought to need it.
    """
    if scope(pathway, role) not in ("site", "programme"):
        return ()
    return tuple(
        name
        for name, place in pathway.places.items()
        if places.needed(pathway, name)
        and all(stage_named(pathway, role, s) for s in (*place.held_in, *places.waited_in(pathway, name)))
    )


def standings(
    actor: Account, site: str, programme: str, *, role: str = "", now: int | None = None
) -> tuple[Placed, ...]:
    """Every place of the programme at the site that this actor may look at. Raises `NotPermitted` without a role."""
    at = looking.present(now)
    pathway, mine = looking.reading_as(actor, site, programme, role, at)
    with remembering():
        found = tuple(_placed(pathway, site, name, actor, mine, at) for name in seen(pathway, mine))
    named = [one.row.case for place in found for one in place.line if one.row is not None]
    shown = {"role": mine, "what": "places", "purpose": "places"}
    looks.note_list(actor.pk, list(dict.fromkeys(named)), at, shown)
    return found


def _placed(pathway: Pathway, site: str, name: str, actor: Account, role: str, now: int) -> Placed:
    place, found = pathway.places[name], waiting.standing(pathway, site, name, now)
    held = [x for x in found.used if places.holds(place, x.stage, x.taken)]
    stages = {s: sum(x.stage == s for x in held) for s in place.held_in}
    rows = _rows([x.row.mark for x in found.queue], actor, role, now)
    return Placed(
        name,
        found.number,
        place.number.name if isinstance(place.number, SettingRef) else "",
        found.free,
        len(found.used),
        stages,
        len(found.used) - len(held),
        tuple(InLine(x.rank, rows.get(x.row.mark), x.row.waiting or 0, x.by, x.value) for x in found.queue),
        _carrying(pathway, site, name, found.loads, now),
        places.over(pathway, papers.site_on_paper(site, pathway, now=now), name, now),
    )


def _rows(cases: list[str], actor: Account, role: str, now: int) -> Mapping[str, Row]:
    rows = Summary.objects.filter(case__in=cases)
    return {row.case: row for row in looking.rows_of(rows, actor, role, now)}


def _carrying(
    pathway: Pathway, site: str, name: str, loads: Mapping[str, int], now: int
) -> tuple[Carries, ...]:
    """Who is on duty, and whoever carries somebody all the same; the fewest first."""
    role = pathway.places[name].each
    if not role:
        return ()
    day = papers.day_at(papers.zone_of(site), now)
    named = {who.pk: who.name for who in staff.holders(site, pathway.id, role, day)}
    each = ((who, named.get(who) or staff.name_of(who), n) for who, n in loads.items())
    found = [Carries(who, name, n, _theirs(site, pathway, who)) for who, name, n in each]
    return tuple(sorted(found, key=lambda x: (x.n, x.name)))
