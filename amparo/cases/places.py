"""Places: scarce things that people wait for. How many are used, how many are free, who is next and why.

The order of the definition alone says who is next; no score, no test, no silence and no refusal moves anybody. A place
is free for a person only after those ahead of them. Waiting is always ours, never the person's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from amparo.cases import clocks
from amparo.cases.attempt import OK, Attempt, Refusals, no
from amparo.cases.entered import resolved
from amparo.cases.index import begins_at, is_dated, is_open
from amparo.cases.model import Case, Reason, Request, Room, Site
from amparo.cases.read import Readings
from amparo.pathways import calendar
from amparo.pathways.model import Length, Names, Pathway, Place, SettingRef


class Row(NamedTuple):
    """One case at a site, as far as a place needs to know it. mark: its id, '' for one that is about to open.

    waiting: since when it waits for the place, epoch seconds; None if it does not. since: step -> when it was last
    taken. due: clock -> due. taken: when it took the place by a step of `taken_by`. worker: whose case it is, where
    there are so many places for each worker.
    """

    mark: str
    stage: str
    door: str = ""
    opened: int = 0
    waiting: int | None = None
    since: Mapping[str, int] = {}
    due: Mapping[str, int] = {}
    taken: tuple[int, ...] = ()
    worker: str = ""


class Ranked(NamedTuple):
    """A case that waits. rank: from 1. by: the key of the order by which it comes after the one before it, for the
    first the one by which it comes before the second (`opened` where all keys are alike). value: what the key says of
    it (None: not known).
    """

    row: Row
    rank: int
    by: str
    value: Any


class Standing(NamedTuple):
    """How a place stands at a site. number: how many there are (for each worker, where it is so defined); None while
    it is not entered, and then free is None too. used: the rows that have one, one entry a use. loads: worker -> how
    many each carries.
    """

    number: int | None
    used: tuple[Row, ...]
    free: int | None
    queue: tuple[Ranked, ...]
    loads: Mapping[str, int]


# ------------------------------------------------------------------------------------------------ the definition
def needed(pathway: Pathway, name: str) -> Names:
    """The steps that need this place."""
    return tuple(step for step, s in pathway.steps.items() if s.needs is not None and s.needs.place == name)


def waited_in(pathway: Pathway, name: str) -> frozenset[str]:
    """The open stages in which a case can wait for it: a step that needs it goes from there, and none is held there."""
    place = pathway.places[name]
    from_ = {stage for step in needed(pathway, name) for stage in pathway.steps[step].from_}
    every = pathway.stages if from_ & {"any", "any_open"} else from_
    return frozenset(s for s in every if is_open(pathway, s) and not holds(place, s))


def holds(place: Place, stage: str, taken: Collection[int] = ()) -> bool:
    """Does a case that stands here have one already? Where a step takes it (`taken_by` without `per`), only once that
    step was taken.
    """
    return stage in place.held_in and (bool(taken) or not place.taken_by or place.per is not None)


def number(pathway: Pathway, site: Site, name: str, t: int) -> int | None:
    """How many there are at a site on the day of t; None while the setting is not entered."""
    found: int | None = _resolved(pathway, site, pathway.places[name].number, t)
    return found


def per(pathway: Pathway, site: Site, name: str, t: int) -> Length | None:
    """How long a use counts; None where the place is only held, or while the length is not entered."""
    found: Length | None = _resolved(pathway, site, pathway.places[name].per, t)
    return found


def _resolved(pathway: Pathway, site: Site, written: Any, t: int) -> Any:
    """A value as written, or its setting's on the day of t; None in a gap of its periods."""
    if not isinstance(written, SettingRef):
        return written
    found = resolved(pathway, site, written.name, t)
    if not is_dated(found):
        return found
    day = calendar.day_of(t, site.zone)
    return next((p.value for p in found if p.period.covers(day)), None)


def over(pathway: Pathway, site: Site, name: str, t: int) -> int | None:
    """The number over which it is said that a worker carries many; None if none is named, or it is not entered."""
    found: int | None = _resolved(pathway, site, pathway.places[name].warn_over, t)
    return found


# ------------------------------------------------------------------------------------------------ one case
def row(case: Case, name: str, t: int) -> Row:
    """What a place needs to know of a case at time t."""
    p = case.pathway
    place = p.places[name]
    return Row(
        mark=case.id,
        stage=case.stage,
        door=case.door,
        opened=case.opened_at,
        waiting=_waiting(case, name, t),
        since=_since(case, place.order, t),
        due=_dues(case, place.order, t),
        taken=takings(case, place),
        worker=case.assigned.get(place.each, "") if place.each else "",
    )


def takings(case: Case, place: Place) -> tuple[int, ...]:
    """When it took the place by a step of `taken_by`."""
    return tuple(x.at for step in place.taken_by for x in case.taken.get(step, ()))


def asking(case: Case | None, pathway: Pathway, name: str, request: Request, t: int) -> Row:
    """The case for which somebody asks for a place. One that is about to open begins to wait now; one that nobody has
    yet becomes the asker's, where there are so many places for each worker of that role.
    """
    mine = Row("", "", request.door, t, t) if case is None else row(case, name, t)
    takes_on = not mine.worker and pathway.places[name].each == request.role
    return mine._replace(worker=request.actor) if takes_on else mine


def _since(case: Case, order: Names, t: int) -> dict[str, int]:
    steps = (key.removeprefix("since ") for key in order if key.startswith("since "))
    taken = {step: [x.at for x in case.taken.get(step, ()) if x.at <= t] for step in steps}
    return {step: times[-1] for step, times in taken.items() if times}


def _dues(case: Case, order: Names, t: int) -> dict[str, int]:
    names = (key.removeprefix("due ") for key in order if key.startswith("due "))
    found = {name: clocks.due_of(case, name, t) for name in names}
    return {name: due for name, due in found.items() if due is not None}


def _waiting(case: Case, name: str, t: int) -> int | None:
    """Since when a case waits, without a break; None if it does not.

    A step that is not allowed is waited for by nobody; whatever else it lacks (a consent, a letter) costs nobody their
    place in the line. A case that is held by law, or whose person has died, waits for nothing.
    """
    p = case.pathway
    stages = waited_in(p, name)
    held = holds(p.places[name], case.stage, takings(case, p.places[name]))
    if case.stage not in stages or held or case.died or case.hold or not _may(case, name, t):
        return None
    return _standing_since(case, stages)


def _may(case: Case, name: str, t: int) -> bool:
    r = Readings(case, t)
    steps = (case.pathway.steps[step] for step in needed(case.pathway, name))
    here = (s for s in steps if begins_at(case.pathway, s, case.stage))
    return any(s.allowed is None or r.verdict(s.allowed) is not False for s in here)


def _standing_since(case: Case, stages: frozenset[str]) -> int:
    """Since when it has stood in one or another of these stages: a move between them costs nothing."""
    since = case.opened_at
    moves = sorted(
        (x for taken in case.taken.values() for x in taken if x.to != x.from_), key=lambda x: x.seq
    )
    for move in moves:
        if move.to in stages and move.from_ not in stages:
            since = move.at
    return since


# ------------------------------------------------------------------------------------------------ all of them
def standing(
    pathway: Pathway, site: Site, name: str, rows: Iterable[Row], t: int, workers: Iterable[str] = ()
) -> Standing:
    """How a place stands at a site at time t. workers: who carries cases there, where it is so many for each."""
    place, held = pathway.places[name], tuple(rows)
    there, used = number(pathway, site, name, t), _used(site, place, held, per(pathway, site, name, t), t)
    loads = Counter(dict.fromkeys(workers, 0))
    loads.update(x.worker for x in used if x.worker)
    queue = _queue(place, [x for x in held if x.waiting is not None], t)
    return Standing(there, used, _free(place, there, len(used), loads), queue, loads)


def room(
    pathway: Pathway,
    site: Site,
    name: str,
    rows: Iterable[Row],
    mine: Row,
    t: int,
    workers: Iterable[str] = (),
) -> Room:
    """What is free for one case, and how many go before it: the others' places, and its own rank."""
    place = pathway.places[name]
    found = standing(pathway, site, name, (x for x in rows if x.mark != mine.mark or not x.mark), t, workers)
    key = _key(place, mine._replace(waiting=t if mine.waiting is None else mine.waiting), t)
    ahead = [x.row for x in found.queue if _key(place, x.row, t) < key]
    whole = Room(found.free, len(ahead))
    if found.free is None or found.number is None or not (place.each and mine.worker):
        return whole
    own = max(0, found.number - found.loads.get(mine.worker, 0))
    return min(whole, Room(own, sum(x.worker == mine.worker for x in ahead)), key=_slack)


def of_worker(case: Case, role: str) -> Names:
    """The places of which each worker of a role has so many, and of which this case holds one."""
    known = case.pathway.places.items()
    return tuple(n for n, p in known if p.each == role and holds(p, case.stage, takings(case, p)))


def free_with(
    pathway: Pathway, site: Site, name: str, rows: Iterable[Row], mark: str, who: str, t: int
) -> int | None:
    """How many more people a worker may carry, this case aside; None while their number is not entered."""
    found = standing(pathway, site, name, (x for x in rows if x.mark != mark), t)
    return None if found.number is None else max(0, found.number - found.loads.get(who, 0))


def _slack(x: Room) -> int:
    return (x.free or 0) - x.ahead


def is_free(x: Room) -> bool:
    """Is there one for this person, after those ahead of them?"""
    return x.free is not None and x.free > x.ahead


def _used(site: Site, place: Place, rows: Iterable[Row], length: Length | None, t: int) -> tuple[Row, ...]:
    """One entry for each place in use: held by where a case stands, or taken within the length that `per` says."""
    return tuple(
        x
        for x in rows
        for _ in range(
            1 if holds(place, x.stage, x.taken) else sum(_counts(site, at, length, t) for at in x.taken)
        )
    )


def _counts(site: Site, at: int, length: Length | None, t: int) -> bool:
    """Does a taking still count? In whole civil days: one of a Monday, one a week, is free again next Monday."""
    if length is None or at > t:
        return False
    end = calendar.add(at, length, site.zone, site.holidays)
    return t < end if length.unit == "s" else calendar.day_of(t, site.zone) < calendar.day_of(end, site.zone)


def _free(place: Place, there: int | None, used: int, loads: Mapping[str, int]) -> int | None:
    if there is None:
        return None
    if not place.each:
        return max(0, there - used)
    return sum(max(0, there - n) for n in loads.values())


# ------------------------------------------------------------------------------------------------ the order
Key = tuple[tuple[int, Any], ...]


def _queue(place: Place, waiting: list[Row], t: int) -> tuple[Ranked, ...]:
    rows = sorted(waiting, key=lambda x: _key(place, x, t))
    beside = [*rows[1:2], *rows] if len(rows) > 1 else rows  # the first is set against the second
    return tuple(
        Ranked(x, n, by := _decided(place, x, other, t), _value(x, by, t))
        for n, (x, other) in enumerate(zip(rows, beside, strict=False), 1)
    )


def _key(place: Place, x: Row, t: int) -> Key:
    """By the keys of the order, what is not known last; then who came first; then the number of the case."""
    keys = (_sorted(_said(x, key, t)) for key in place.order)
    return (*keys, (0, x.opened), (int(not x.mark), x.mark))


def _sorted(value: Any) -> tuple[int, Any]:
    return (1, 0) if value is None else (0, value)


def _said(x: Row, key: str, t: int) -> Any:
    """What a key of the order says of a case, the least first."""
    kind, _, of = key.partition(" ")
    if kind == "door":
        return int(x.door != of)
    if kind == "since":
        return x.since.get(of)
    return x.due.get(of) if kind == "due" else t if x.waiting is None else x.waiting


def _decided(place: Place, x: Row, beside: Row, t: int) -> str:
    """The first key that tells two cases apart; alone in the line, since when it waits."""
    if x is beside:
        return "waiting_since"
    return next((key for key in place.order if _said(x, key, t) != _said(beside, key, t)), "opened")


def _value(x: Row, by: str, t: int) -> Any:
    return x.opened if by == "opened" else x.door if by.startswith("door ") else _said(x, by, t)


# ------------------------------------------------------------------------------------------------ check 9
def free(a: Attempt) -> Refusals:
    """A place that is free after those who are ahead by its order. Who stands where one is held has one already; with a
    reason, whoever may waive it lets a case in without.
    """
    name = a.step.needs.place if a.step.needs else ""
    place = a.pathway.places.get(name)
    if place is None or holds(place, a.case.stage, takings(a.case, place)):
        return OK
    stated = a.request.world.places.get(name, Room())
    if isinstance(place.number, SettingRef) and (stated.free is None or a.r.get(place.number.name) is None):
        return _not_entered(a, name, place.number.name)
    waived = name in a.do.waived and a.request.role in place.waived_by and bool(a.request.reasons.strip())
    return OK if waived or is_free(stated) else _taken(a, name, stated)


def _not_entered(a: Attempt, name: str, setting: str) -> Refusals:
    asks, because = ((f"setting {setting}", "site"),), (Reason(setting, None, "", None, "", setting),)
    return no(
        a,
        "not_yet",
        "place",
        basis=a.pathway.places[name].basis,
        because=because,
        asks=asks,
        params={"place": name},
    )


def _taken(a: Attempt, name: str, stated: Room) -> Refusals:
    place = a.pathway.places[name]
    detail = "ahead" if stated.free else "" if stated.ahead else "first"
    params = {"place": name, "free": stated.free, "ahead": stated.ahead}
    return no(a, "no_place", detail, basis=place.basis or None, params=params)
