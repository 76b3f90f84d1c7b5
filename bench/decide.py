"""A decide on every shipped pathway: p50, p95 and p99 in milliseconds, and how it grows with the length of the case.

    .venv/bin/python bench/decide.py [PROGRAMME ...]

Every request of a programme's own examples is decided, those that are refused included, as often as there is patience
for; nothing is stored. Growth: the same step on a long case against the same step on a short one, the median over all
steps that the examples take on both. If the library `transitions` is installed, a guarded move of its state machine is
timed in the same process, and the ratio is printed: it knows states and guards, but no facts, clocks, letters, roles
or law.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from amparo.cases import examples
from amparo.cases.decide import decide
from amparo.cases.model import Refusal, Request
from amparo.cases.script import read_script
from amparo.pathways import reader

ROUNDS = 3
FEW, MANY = 10, 25
"""Entries that a short case has at most, and a long one at least."""


class Took(NamedTuple):
    """One decide: how long (ms), of what, how many entries the case had, and whether it was refused."""

    ms: float
    step: str
    entries: int
    refused: bool


def watched(took: list[Took]) -> Any:
    """`decide`, noting what each call takes."""

    def timed(pathway: Any, site: Any, case: Any, id: str, request: Request, now: int) -> Any:
        begun = time.perf_counter()
        answer = decide(pathway, site, case, id, request, now)
        ms = (time.perf_counter() - begun) * 1000
        step = request.steps[0].step if request.steps else request.verb
        took.append(Took(ms, step, case.seq if case else 0, isinstance(answer, Refusal)))
        return answer

    return timed


def of_programme(name: str) -> list[Took]:
    """What each request of the examples takes; the first round only warms."""
    pathway = reader.programme(name)
    script = read_script(examples.examples_file(name).read_bytes(), name, pathway, examples.under(name))
    took: list[Took] = []
    examples.decide = watched(took)  # type: ignore[attr-defined]
    try:
        for round_ in range(ROUNDS + 1):
            for one in script.examples:
                examples.run_example(pathway, script, one)
            if not round_:
                took.clear()
    finally:
        examples.decide = decide  # type: ignore[attr-defined]
    return took


def line(name: str, took: list[Took]) -> str:
    all_ = [one.ms for one in took]
    cuts = statistics.quantiles(all_, n=100)
    grown = growth(took)
    grows = f"{statistics.median(grown):.1f} times" if grown else "no step is taken on both"
    refused = sum(x.refused for x in took) / len(took)
    return (
        f"{name:20s} {len(took):7,d} requests, {refused:4.0%} refused   p50 {cuts[49]:6.3f} ms"
        f"   p95 {cuts[94]:6.3f}   p99 {cuts[98]:6.3f}   {FEW} to {MANY} entries: {grows}"
    )


def growth(took: list[Took]) -> list[float]:
    """For each step taken on short and on long cases: how many times as long it takes on the long ones."""
    short: dict[str, list[float]] = {}
    long_: dict[str, list[float]] = {}
    for one in took:
        if not one.refused and one.entries and (one.entries <= FEW or one.entries >= MANY):
            (short if one.entries <= FEW else long_).setdefault(one.step, []).append(one.ms)
    return [statistics.median(long_[x]) / statistics.median(short[x]) for x in short.keys() & long_.keys()]


# ------------------------------------------------------------------------------------------------ beside a peer
def peer() -> Iterator[str]:
    """One way through seven states, with a guard on each, in `transitions`: milliseconds a transition."""
    try:
        from transitions import Machine  # type: ignore[import-not-found]
    except ImportError:
        yield "no peer: pip install transitions, to see it beside its state machine"
        return
    states = [f"s{n}" for n in range(8)]
    moves = [
        {"trigger": f"go{n}", "source": f"s{n}", "dest": f"s{n + 1}", "conditions": "allowed"}
        for n in range(7)
    ]

    class Model:
        def allowed(self) -> bool:
            return True

    model = Model()
    machine = Machine(model, states=states, transitions=moves, initial="s0", auto_transitions=False)
    took = []
    for _ in range(3000):
        machine.set_state("s0")
        for n in range(7):
            begun = time.perf_counter()
            getattr(model, f"go{n}")()
            took.append((time.perf_counter() - begun) * 1000)
    yield f"{statistics.median(took):.4f}"


def main() -> None:
    medians = {}
    for name in sys.argv[1:] or reader.programmes():
        took = of_programme(name)
        medians[name] = statistics.median([x.ms for x in took])
        print(line(name, took))
    (theirs,) = peer()
    if theirs.startswith("no peer"):
        print(theirs)
        return
    print(f"transitions, a guarded move: p50 {float(theirs):.4f} ms; a whole decide takes")
    for name, ms in medians.items():
        print(f"{name:20s} {ms / float(theirs):6.1f} times as long")


if __name__ == "__main__":
    main()
