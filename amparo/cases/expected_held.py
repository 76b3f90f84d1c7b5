"""What an example expects a case to hold, a paper to show, a wait to have lasted, and never to be offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from amparo.cases import clocks, papers, read
from amparo.cases.lines import listed
from amparo.cases.model import Case, Obligation, World
from amparo.cases.offers import offers
from amparo.pathways import calendar, values

EVERYWHERE = ("own", "assigned", "sitting", "site", "programme")


def settings(case: Case, expected: Mapping[str, str], t: int) -> Iterator[str]:
    """Settings as the case holds them; `unset`: without a value."""
    for name, wanted in expected.items():
        held = read.setting(case, name, t)
        type_ = case.pathway.settings[name].type
        same = held is None if wanted == "unset" else held == values.parse(type_, wanted, case.site.zone)
        if not same:
            yield f"expected setting {name} {wanted}, got {'unset' if held is None else held}"


def waits(case: Case, expected: Mapping[str, str], t: int) -> Iterator[str]:
    """Whole days since a clock that still runs was started: how long somebody has waited for what would stop it."""
    for name, wanted in expected.items():
        run = clocks.newest(case, name, t)
        begun = run.anchor if run is not None and clocks.running(case, name, t) else None
        zone = case.site.zone
        days = (
            "none" if begun is None else str((calendar.day_of(t, zone) - calendar.day_of(begun, zone)).days)
        )
        if days != wanted:
            yield f"expected to wait for the end of {name} {wanted} days, got {days}"


def printed(case: Case, expected: Mapping[str, Mapping[str, Any]], t: int) -> Iterator[str]:
    """Facts and settings that a letter shows, each with a value by now; and those that it does not speak of."""
    r = read.readings(case, t)
    for name, wanted in expected.items():
        fields = case.pathway.letters[name].fields
        blank = set(papers.blanks(case, name, r, {}, next(iter(case.pathway.steps))))
        shown = {f.rpartition(" ")[2] for f in fields if f not in blank}
        spoken = {f.rpartition(" ")[2] for f in fields}
        yield from (
            f"expected {x} on the letter {name}" for x in listed(wanted.get("has", ())) if x not in shown
        )
        yield from (
            f"expected no {x} on the letter {name}" for x in listed(wanted.get("lacks", ())) if x in spoken
        )


def never_offered(case: Case, expected: Any, t: int) -> Iterator[str]:
    """Steps that stand among nothing that could be done here, for nobody."""
    found = {o.step for o in offers(case.pathway, case, "", t, World(relation=EVERYWHERE))}
    yield from (f"expected {x} never offered" for x in listed(expected) if x in found)


def obligation(case: Case, name: str, wanted: Mapping[str, str]) -> Iterator[str]:
    """The newest of a kind: its state, and the day until which it is owed."""
    found = [o for o in case.obligations.values() if o.kind == name]
    have = _owed(case, found[-1]) if found else {"state": "none"}
    yield from (
        f"expected obligation {name} {k} {v}, got {have.get(k)}"
        for k, v in wanted.items()
        if have.get(k) != v
    )


def _owed(case: Case, o: Obligation) -> dict[str, str]:
    due = "none" if o.due is None else calendar.day_of(o.due, case.site.zone).isoformat()
    return {"state": o.state, "due": due}


CHECKS: Mapping[str, Callable[[Case, Any, int], Iterator[str]]] = {
    "settings": settings,
    "waits": waits,
    "printed": printed,
    "never_offered": never_offered,
}
