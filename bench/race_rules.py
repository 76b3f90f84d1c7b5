"""Rules of shipped programmes, with three answers and the parts that decided, beside zen-engine and cel-expr-python.

    .venv-bench/bin/python bench/race_rules.py

The same rule on the same 1,000 cases, half of which pass it; every answer of the three is compared. A rule is what a
door of a programme asks for, its criteria joined into one, read from the programme's own text; zen-engine gets it with
`and`, `or` and `not`, as it spells them. The cases are drawn, and fully known: the peers have no third answer.

What each does for its time: zen-engine and cel-expr-python say yes or no. Ours says yes, no or not known, and *which
parts decided*, as the bits of a mask: that is what reasons are written from. Two more lines, without a peer: ours where
15 in 100 answers are lacking, and the reasons in full, with the values that were read.
"""

from __future__ import annotations

import datetime
import random
import re
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from amparo.pathways import reader
from amparo.pathways.rulebook import rulebook
from amparo.pathways.rules import YES_NO, Compiled, Kind, check, compile_rule

CASES, RUNS, LACKING = 1000, 25, 0.15
OURS = "Amparo, three answers, with parts"
WANTED = {"zen-engine": 2.5, "cel-expr-python": 7.0}
"""How many times as fast ours is to be."""

Case = dict[str, Any]


class Asked(NamedTuple):
    """A rule as written, made ready by us, and the kinds of what it reads."""

    title: str
    text: str
    ours: Compiled
    kinds: Mapping[str, Kind]


def door(programme: str, day: datetime.date, *left_out: str) -> Asked:
    """What a programme's criteria ask for on a day, in one rule; without those that lean on named rules."""
    pathway = reader.programme(programme)
    book, texts = rulebook(pathway), []
    for name, criterion in pathway.criteria.items():
        if name not in left_out:
            in_force = (v.value for v in criterion.versions if v.period.covers(day))
            texts.append(f"({(criterion.holds or next(in_force)).text})")
    text = " && ".join(texts)
    ours = compile_rule(check(text, book.scope, YES_NO))
    kinds = {name: book.scope.names[name].kind for name in sorted(ours.reads)}
    return Asked(f"{programme}, {len(texts)} criteria, {len(kinds)} facts", text, ours, kinds)


# ------------------------------------------------------------------------------------------------ cases
def drawn(rnd: random.Random, kinds: Mapping[str, Kind]) -> Case:
    """Anything that these facts may be."""
    return {name: _value(rnd, kind) for name, kind in kinds.items()}


def _value(rnd: random.Random, kind: Kind) -> Any:
    if kind.words:
        return rnd.choice(kind.words)
    return rnd.random() < 0.5 if kind.name == "yes_no" else rnd.randrange(50)


def half_and_half(asked: Asked) -> list[Case]:
    """Cases in a mixed order, half of which pass."""
    rnd, kept = random.Random(1), {True: [], False: []}  # type: ignore[var-annotated]
    while any(len(cases) < CASES // 2 for cases in kept.values()):
        case = drawn(rnd, asked.kinds)
        cases = kept[asked.ours.verdict(case.get, no_day)]
        if len(cases) < CASES // 2:
            cases.append(case)
    both = kept[True] + kept[False]
    rnd.shuffle(both)
    return both


def with_gaps(cases: list[Case]) -> list[Case]:
    rnd = random.Random(2)
    return [{name: v for name, v in case.items() if rnd.random() >= LACKING} for case in cases]


def no_day(instant: int) -> datetime.date:
    raise AssertionError("none of these rules asks for a civil day")


# ------------------------------------------------------------------------------------------------ peers
def zen(asked: Asked) -> Callable[[Case], Any]:
    import zen as library

    words = asked.text.replace("&&", "and").replace("||", "or")
    found: Callable[[Case], Any] = library.compile_expression(re.sub(r"!(?!=)", "not ", words)).evaluate
    return found


def cel(asked: Asked) -> Callable[[Case], Any]:
    from cel_expr_python import cel as library

    types = {"yes_no": library.Type.BOOL, "count": library.Type.INT, "codes": library.Type.STRING}
    known = {name: types[kind.name] for name, kind in asked.kinds.items()}
    rule = library.NewEnv(variables=known).compile(asked.text)
    return lambda case: rule.eval(data=case).value()


# ------------------------------------------------------------------------------------------------ the race
class Took(NamedTuple):
    """Evaluations a second."""

    best: float
    median: float


def timed(racers: Mapping[str, tuple[Callable[[Case], Any], list[Case]]]) -> dict[str, Took]:
    """Everybody in turn, again and again, so that a slow moment of the machine is everybody's; processor time."""
    took: dict[str, list[float]] = {name: [] for name in racers}
    for _ in range(RUNS):
        for name, (ask, cases) in racers.items():
            begun = time.process_time()
            for case in cases:
                ask(case)
            took[name].append((time.process_time() - begun) / len(cases))
    return {name: Took(1 / min(each), 1 / statistics.median(each)) for name, each in took.items()}


def race(asked: Asked) -> bool:
    """Print the times of one rule; whether ours is as much faster as it is to be."""
    cases, rule = half_and_half(asked), asked.ours.rule
    gaps = with_gaps(cases)

    def ours(case: Case) -> Any:
        return rule(case.get, no_day)

    def reasons(case: Case) -> Any:
        return asked.ours.explain(case.get, no_day)

    theirs = {"zen-engine": zen(asked), "cel-expr-python": cel(asked)}
    agreed(asked, cases, theirs)
    took = timed(
        {
            OURS: (ours, cases),
            f"Amparo, {LACKING:.0%} of the facts lacking": (ours, gaps),
            "Amparo, the reasons in full": (reasons, cases),
            **{name: (ask, cases) for name, ask in theirs.items()},
        }
    )
    print(f"\n{asked.title}\n  {asked.text}\n{'':38s} {'best':>11s} {'median':>11s}   evaluations a second")
    for name, each in took.items():
        print(f"  {name:36s} {each.best:11,.0f} {each.median:11,.0f}")
    reached = [beside(took[OURS], name, took[name], wanted) for name, wanted in WANTED.items()]
    return all(reached)


def beside(own: Took, name: str, theirs: Took, wanted: float) -> bool:
    ratio, medians = own.best / theirs.best, own.median / theirs.median
    print(f"  {ratio:.2f} times as fast as {name} (medians {medians:.2f}); wanted {wanted}")
    return ratio >= wanted


def agreed(asked: Asked, cases: list[Case], theirs: Mapping[str, Callable[[Case], Any]]) -> None:
    """Ends the bench where one of the three answers differently."""
    for case in cases:
        answers = {name: ask(case) for name, ask in theirs.items()}
        answers["ours"] = asked.ours.verdict(case.get, no_day)
        if len(set(answers.values())) > 1:
            raise SystemExit(f"{asked.title}: the answers differ, {answers} for {case}")


def main() -> None:
    today = datetime.date(2026, 6, 1)
    asked = (door("nz-treatment-court", today), door("nz-warning", today, "health_considered"))
    passed = [race(each) for each in asked]
    if not all(passed):
        print("\nMissed: ours is not as much faster as it is to be.")


if __name__ == "__main__":
    main()
