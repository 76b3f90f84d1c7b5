"""Who else waits, in an example: the other cases of the site, so that the order of a place decides who goes first.

`world: {places: {beds: {free: 0, ahead: 2}}}` states what the order would say; `{beds: {others: [{stage: waiting,
since: {admit: 2024-03-01 09:00}, times: 49}]}}` states the cases, and lets the definition say it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from amparo.cases import places
from amparo.cases.lines import listed
from amparo.cases.model import Case, Request, Room, Site
from amparo.cases.places import Row
from amparo.pathways import values
from amparo.pathways.model import Names, Pathway


class Other(NamedTuple):
    """Another case as it is stated, and when each of its steps was taken that may take the place."""

    row: Row
    taken: Mapping[str, tuple[int, ...]]


Others = Mapping[str, tuple[Other, ...]]
KEYS = frozenset({"stage", "door", "opened", "waiting_since", "since", "due", "taken", "worker", "times"})


def rooms(pathway: Pathway, written: Mapping[str, Any]) -> dict[str, Room]:
    """What is stated of places as such. Raises ValueError for a name that is no place."""
    return {
        name: Room(
            None if said.get("free") == "unset" else int(said.get("free", 1)), int(said.get("ahead", 0))
        )
        for name, said in _places(pathway, written)
        if "others" not in said
    }


def others(pathway: Pathway, written: Mapping[str, Any], zone: str) -> Others:
    """The other cases that are stated, by place."""
    return {
        name: tuple(
            other
            for n, one in enumerate(said["others"])
            for other in _others(one, f"other-{n + 1}", zone, pathway.places[name].taken_by)
        )
        for name, said in _places(pathway, written)
        if "others" in said
    }


def counted(
    pathway: Pathway, site: Site, case: Case | None, request: Request, stated: Others, t: int
) -> Request:
    """The request, with what is free and who is ahead as the definition counts it among the cases stated."""
    if not stated:
        return request
    found = {}
    for name, others_ in stated.items():
        rows = tuple(_counting(pathway, name, x) for x in others_)
        workers = {row.worker for row in rows if row.worker}
        mine = places.asking(case, pathway, name, request, t)
        there = workers | ({mine.worker} if mine.worker else set())
        found[name] = places.room(pathway, site, name, rows, mine, t, sorted(there))
    return request._replace(world=request.world._replace(places={**request.world.places, **found}))


def _places(pathway: Pathway, written: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, said in written.get("places", {}).items():
        if name not in pathway.places:
            raise ValueError(f"there is no place '{name}'")
        yield name, said


def _counting(pathway: Pathway, name: str, other: Other) -> Row:
    """The case as the definition counts it: only what it says takes a place has taken one."""
    steps = pathway.places[name].taken_by
    return other.row._replace(
        taken=tuple(at for step, times in other.taken.items() if step in steps for at in times)
    )


def _others(one: Mapping[str, Any], mark: str, zone: str, steps: Names) -> Iterator[Other]:
    unknown = sorted(set(one) - KEYS)
    if unknown:
        raise ValueError(f"'{unknown[0]}' says nothing of another case: " + ", ".join(sorted(KEYS)))
    waiting = values.parse_instant(one["waiting_since"], zone) if "waiting_since" in one else None
    row = Row(
        mark,
        one.get("stage", ""),
        one.get("door", ""),
        values.parse_instant(one["opened"], zone) if "opened" in one else waiting or 0,
        waiting,
        _instants(one.get("since", {}), zone),
        _instants(one.get("due", {}), zone),
        (),
        one.get("worker", ""),
    )
    taken = _takings(one.get("taken", ()), zone, steps)
    yield from (Other(row._replace(mark=f"{mark}.{n}"), taken) for n in range(int(one.get("times", 1))))


def _takings(written: Any, zone: str, steps: Names) -> dict[str, tuple[int, ...]]:
    """When it took each step; times alone are those of the first step that takes the place."""
    by_step = written if isinstance(written, Mapping) else dict.fromkeys(steps[:1], written)
    return {
        step: tuple(values.parse_instant(at, zone) for at in listed(times)) for step, times in by_step.items()
    }


def _instants(written: Mapping[str, str], zone: str) -> dict[str, int]:
    return {name: values.parse_instant(at, zone) for name, at in written.items()}
