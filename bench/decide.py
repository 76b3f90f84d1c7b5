"""A decide on the real pathway alone: p50, p95, p99 in milliseconds, for the steps of one ordinary case.

    .venv/bin/python bench/decide.py

Nothing is stored: events, state and rules only. The target is p50 under 1 ms.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from typing import NamedTuple

from amparo.cases.decide import decide
from amparo.cases.fold import fold
from amparo.cases.model import Case, Do, Refusal, Request, Site, World
from amparo.pathways.reader import programme

START, HOUR = 1_709_590_200, 3600
SITE = Site("lisboa", "Europe/Lisbon", {}, frozenset(), {"lisboa": {"en": "Lisbon", "pt": "Lisboa"}})
SEATS = {"m1": ("president",), "m2": ("jurist",), "m3": ()}
WORLD = World(relation=("own", "assigned", "sitting", "site"), mandates=SEATS)
SUBSTANCES = {"items": [{"substance": "cannabis_herb", "mass": 6_000_000, "weight": "net"}], "open": False}
RECORD = {
    "occurred_at": START - HOUR, "area": "lisboa", "seized": True, "own_use": True, "age": 24, "home": "lisboa",
    "appointment": START + 36 * HOUR, "language": "pt", "substances": SUBSTANCES,
}  # fmt: skip
FOUND = {"for_own_use": True, "offence_found": True, "dependent": False}
HALF_A_YEAR = {"length": {"n": 6, "unit": "months"}}


class Ask(NamedTuple):
    """One request, so long after the one before (seconds)."""

    name: str
    after: int
    request: Request


def asks() -> Iterator[Ask]:
    """Report, receive, accept, attend, the register answers, findings and suspension with one vote."""
    door = "police_record"
    yield Ask(
        "report", 0, steps("o1", "police", Do("report", RECORD, handed=("summons",)))._replace(door=door)
    )
    yield Ask("receive_record", HOUR, steps("k1", "clerk", Do("receive_record")))
    yield Ask("accept", HOUR, steps("k1", "clerk", Do("accept", {"competent_here": True})))
    yield Ask("attend", 34 * HOUR, steps("k1", "clerk", Do("attend")))
    yield Ask("register_answers", HOUR, steps("k1", "clerk", Do("register_answers", {"prior_entry": False})))
    seats = {
        "do": "open",
        "kind": "hearing",
        "present": list(SEATS),
        "impeded": {},
        "vacant": 0,
        "chair": "m1",
    }
    yield Ask("sitting", 60, Request("sit", "m1", "member", args=seats))
    decided = steps("m1", "member", Do("find", FOUND), Do("suspend", terms=HALF_A_YEAR))
    yield Ask(
        "find + suspend",
        60,
        decided._replace(votes=dict.fromkeys(SEATS, "for"), reasons="We find so.", heard=True),
    )


def steps(actor: str, role: str, *dos: Do) -> Request:
    return Request("steps", actor, role, steps=dos)


def measured(rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each decide, by request."""
    pathway, found = programme("pt-dissuasion"), dict[str, list[float]]()
    for _ in range(rounds):
        case: Case | None = None
        now = START
        for ask in asks():
            now += ask.after
            request = ask.request._replace(world=WORLD)
            begun = time.perf_counter()
            answer = decide(pathway, SITE, case, "c1", request, now)
            found.setdefault(ask.name, []).append((time.perf_counter() - begun) * 1000)
            if isinstance(answer, Refusal):
                raise SystemExit(f"{ask.name}: {answer.code} {dict(answer.sentence)}")
            case = fold(pathway, SITE, answer, case)
    return found


def main() -> None:
    measured(3)
    found = measured(200)
    for name, times in (*found.items(), ("all", [t for ts in found.values() for t in ts])):
        cuts = statistics.quantiles(times, n=100)
        print(f"{name:18s} p50 {statistics.median(times):6.3f} ms  p95 {cuts[94]:6.3f}  p99 {cuts[98]:6.3f}")


if __name__ == "__main__":
    main()
