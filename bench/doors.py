"""Which door, over all shipped programmes at once: what a verdict takes, and how many questions it needs.

    .venv/bin/python bench/doors.py [FOLDER ...]

First a verdict on all doors with half of the facts unknown: p50 and p95 in milliseconds. Then the questions asked until
every door is settled, against asking all there are: over random complete answers, and over the openings of the
programmes' own examples, where the same answers are given to every programme. FOLDER: more folders of programmes.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from amparo.cases.eligibility import AtDoor, Question, following, questions, verdicts
from amparo.cases.examples import examples_file
from amparo.cases.model import Nothing_, Site
from amparo.cases.script import read_script
from amparo.errors import DefinitionFault
from amparo.pathways import reader
from amparo.pathways.model import Pathway, Type

T = 1_790_000_000
SITE = Site("here", "Europe/Lisbon")
PEOPLE, ROUNDS = 300, 200
MOST = 7
OUTSIDE = ("officer", "supervisor")
Answers = Mapping[str, Any]


def programmes(folders: tuple[Path, ...]) -> Iterator[Pathway]:
    """Every programme that can be read and offers a way in."""
    for name in reader.programmes(folders):
        try:
            pathway = reader.programme(name, folders)
        except DefinitionFault as fault:
            print(f"{name} is left out: {str(fault).splitlines()[0]}")
            continue
        if pathway.operated != "recording":
            yield pathway


def doors(pathways: tuple[Pathway, ...]) -> tuple[AtDoor, ...]:
    return tuple(AtDoor(p, SITE, door) for p in pathways for door in p.doors)


def in_the_street(all_: tuple[AtDoor, ...]) -> dict[str, tuple[AtDoor, ...]]:
    """The doors that somebody in the street may open, by country: what one officer is asked about at one site."""
    found: dict[str, tuple[AtDoor, ...]] = {}
    for at in all_:
        p = at.pathway
        by = p.steps[p.doors[at.door].opens_with].by
        if any(p.roles[role].is_ in OUTSIDE for role in by if role in p.roles):
            country = p.id.partition("-")[0]
            found[country] = (*found.get(country, ()), at)
    return found


# ------------------------------------------------------------------------------------------------ answers
def some(question: Question, draw: random.Random) -> Any:
    """An answer drawn at random: a value of its type, or not known where its type has no ready values."""
    return law_day(question) if question.name == question.of[0].law_date else value(question.fact.type, draw)


def law_day(question: Question) -> Any:
    """When it happened: now."""
    return T if question.fact.type.kind == "instant" else "2026-09-21"


def value(type_: Type, draw: random.Random) -> Any:
    match type_.kind:
        case "yes_no":
            return draw.random() < 0.5
        case "one_of":
            return draw.choice(type_.codes)
        case "some_of":
            return {"codes": [c for c in type_.codes if draw.random() < 0.3], "open": False}
        case "count":
            return draw.randrange(0, 80)
        case "mass":
            return draw.randrange(0, 20_000_000)
        case "instant":
            return T - draw.randrange(0, 86400 * 30)
        case "date":
            return f"{draw.randrange(1950, 2013)}-0{draw.randrange(1, 10)}-15"
    return Nothing_("not_known")


def of_examples(pathways: tuple[Pathway, ...], asked: Mapping[str, Question]) -> Iterator[Answers]:
    """What was told at the opening of each example, put to every programme that asks the same."""
    for pathway in pathways:
        try:
            script = read_script(examples_file(pathway.id).read_bytes(), "examples.yaml", pathway)
        except (DefinitionFault, OSError):
            continue
        for one in script.examples:
            told = {n: v for line in one.lines[:1] for do in line.request.steps for n, v in do.facts.items()}
            mine = {q.id: told[q.name] for q in asked.values() if pathway in q.of and q.name in told}
            if mine:
                yield mine


# ------------------------------------------------------------------------------------------------ measuring
def timed(all_: tuple[AtDoor, ...], asked: Mapping[str, Question]) -> list[float]:
    """Milliseconds of a verdict over all doors, half of the facts unknown."""
    found = []
    for n in range(ROUNDS):
        draw = random.Random(n)
        known = draw.sample(sorted(asked), len(asked) // 2)
        answers = {id_: some(asked[id_], draw) for id_ in known}
        begun = time.perf_counter()
        verdicts(all_, answers, T)
        found.append((time.perf_counter() - begun) * 1000)
    return found[ROUNDS // 10 :]


def settled(all_: tuple[AtDoor, ...], asked: Mapping[str, Question], truth: Answers) -> int:
    """How many questions are asked until no door waits for another answer."""
    answers = {
        q.id: law_day(q) for q in asked.values() if q.name == q.of[0].law_date
    }  # as on the page: it is now
    over: list[str] = []
    while (q := following(verdicts(all_, answers, T), asked, over)) is not None:
        over.append(q.id)
        answers[q.id] = truth.get(q.id, Nothing_("not_known"))
    return len(over)


def told(name: str, counts: list[int], all_: int) -> None:
    """One line: the middle, nine in ten, the most; and the share that needs no more than a screenful."""
    if not counts:
        print(f"{name:32s} nobody")
        return
    ordered = sorted(counts)
    few = sum(n <= MOST for n in counts) / len(counts)
    print(
        f"{name:32s} {len(counts):4d} people: median {statistics.median(ordered):4.1f}, nine in ten "
        f"{ordered[int(len(ordered) * 0.9)]:2d}, most {ordered[-1]:2d}, of {all_} questions; "
        f"at most {MOST} asked for {few:.0%}"
    )


def main() -> None:
    pathways = tuple(programmes(tuple(Path(folder) for folder in sys.argv[1:])))
    all_ = doors(pathways)
    asked = questions(all_)
    print(f"{len(pathways)} programmes, {len(all_)} doors, {len(asked)} questions")
    times = timed(all_, asked)
    cuts = statistics.quantiles(times, n=100)
    print(f"{'verdict, half unknown':32s} p50 {statistics.median(times):6.2f} ms  p95 {cuts[94]:6.2f}")
    asking("all doors", all_, pathways)
    for country, some_ in in_the_street(all_).items():
        asking(f"an officer, {country}", some_, tuple({at.pathway.id: at.pathway for at in some_}.values()))


def asking(name: str, some_: tuple[AtDoor, ...], pathways: tuple[Pathway, ...]) -> None:
    """How many questions these doors need, of all that there are."""
    asked = questions(some_)
    draws = (random.Random(n) for n in range(PEOPLE))
    people = [{id_: some(q, draw) for id_, q in asked.items()} for draw in draws]
    told(f"{name}: at random", [settled(some_, asked, one) for one in people], len(asked))
    found = [settled(some_, asked, one) for one in of_examples(pathways, asked)]
    told(f"{name}: examples", found, len(asked))


if __name__ == "__main__":
    main()
