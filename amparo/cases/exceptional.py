"""What may have to be told, or may be asked, outside every rule of a programme: in an emergency, by legal demand.

Both are steps of every pathway. They move nothing and open nothing: an entry says what was told, to whom and why,
or who asks what, under which law and until when, with the answer beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from amparo.cases.model import Case, Event
from amparo.cases.parts import Apply, put

Kept = Mapping[str, Any]


def _disclosed(case: Case, event: Event) -> Case:
    made = {"at": event.at, "by": event.actor, "reviewed": None, **event.data}
    return case._replace(disclosed=(*case.disclosed, made))


def _reviewed(case: Case, event: Event) -> Case:
    """Whoever answers for privacy has looked at it."""
    looked = {"reviewed": event.at, "review": event.data.get("words", "")}
    found = (d | looked if d["id"] == event.data["id"] else d for d in map(dict, case.disclosed))
    return case._replace(disclosed=tuple(found))


def _demanded(case: Case, event: Event) -> Case:
    made = {"at": event.at, "by": event.actor, "answered": None, **event.data}
    return case._replace(demands=put(case.demands, event.data["id"], made))


def _answered(case: Case, event: Event) -> Case:
    old = case.demands.get(event.data["id"])
    if old is None:
        return case
    made = {**old, "answered": event.at, "answer": event.data["answer"], "words": event.data.get("words", "")}
    return case._replace(demands=put(case.demands, event.data["id"], made))


EXCEPTIONAL: Mapping[str, Apply] = {
    "disclosure.made": _disclosed,
    "disclosure.reviewed": _reviewed,
    "demand.received": _demanded,
    "demand.answered": _answered,
}
"""Changes of the state, by kind of event."""


def unreviewed(case: Case) -> tuple[Kept, ...]:
    """What was told in an emergency and nobody who answers for privacy has looked at yet."""
    return tuple(x for x in case.disclosed if x["reviewed"] is None)


def open_demands(case: Case) -> tuple[Kept, ...]:
    """Legal demands that wait for an answer, the nearest due first."""
    waiting = [x for x in case.demands.values() if x["answered"] is None]
    return tuple(sorted(waiting, key=lambda x: (x.get("due") or 1 << 60, x["at"])))


def waiting(case: Case) -> Iterator[Kept]:
    """All that whoever answers for privacy has to see to in this case."""
    yield from open_demands(case)
    yield from unreviewed(case)
