"""Which door, at the sites of the training world: what a verdict takes, and how many questions it needs.

    .venv/bin/python bench/doors.py [FOLDER ...]

First a verdict on all doors with half of the facts unknown: p50 and p95 in milliseconds. Then, for everybody who opens
cases at a site of the training world, under the settings of that site, the questions asked until every door is settled,
against asking all there are: over random complete answers, and over the openings of the programmes' own examples, where
the same answers are given to every programme. FOLDER: more folders of programmes.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from amparo.cases.eligibility import AtDoor, Question, questions, verdicts
from amparo.cases.examples import examples_file
from amparo.cases.model import Nothing_, Site
from amparo.cases.next_question import following
from amparo.cases.script import Script, read_script
from amparo.pathways import reader, values
from amparo.pathways.model import Pathway, Type
from amparo.pathways.rulebook import rulebook
from amparo.training.world import World, worlds

T = 1_790_000_000
PEOPLE, ROUNDS = 60, 200
MOST = 7
"""Screens in the ordinary case; the one for the statistics is one of them."""
Answers = Mapping[str, Any]
Folders = tuple[Path, ...]


# ------------------------------------------------------------------------------------------------ who stands where
class Post(NamedTuple):
    """Everybody who works in the same roles at a site of the training world, and the doors that they open there."""

    site: str
    roles: tuple[tuple[str, str], ...]
    doors: tuple[AtDoor, ...]

    @property
    def counts_first(self) -> bool:
        """Is it asked first what would be done without these doors?"""
        return any(at.pathway.doors[at.door].what_else for at in self.doors)

    def __str__(self) -> str:
        return f"{self.site}, {' and '.join(dict.fromkeys(role for _, role in self.roles))}"


def posts(folders: Folders = ()) -> tuple[Post, ...]:
    """Everybody who opens cases in the training world."""
    all_ = {world.programme: world for world in worlds(folders)}
    held: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for world in all_.values():
        for key, one in world.staff.items():
            held.setdefault((one.get("is", key), one["site"]), set()).add((world.programme, one["role"]))
    alike = {(site, tuple(sorted(roles))) for (_, site), roles in held.items()}
    found = (Post(site, roles, tuple(_doors(all_, site, roles, folders))) for site, roles in sorted(alike))
    return tuple(post for post in found if post.doors)


def _doors(
    all_: Mapping[str, World], code: str, roles: tuple[tuple[str, str], ...], folders: Folders
) -> Iterator[AtDoor]:
    for programme, role in roles:
        pathway, site = _there(all_[programme], code, folders)
        for name, door in pathway.doors.items():
            step = pathway.steps[door.opens_with]
            if role in step.by and not step.recorded and pathway.operated != "recording":
                yield AtDoor(pathway, site, name)


def _there(world: World, code: str, folders: Folders) -> tuple[Pathway, Site]:
    """The programme as the site does it, and the site with what it entered."""
    rows = (row["values"] for row in world.settings["entered"] if row["site"] == code)
    said = {name: value for row in rows for name, value in row.items()}
    pathway = _programme(world.programme, said.pop("@profile", ""), folders)
    held = {name: values.parse(pathway.settings[name].type, value) for name, value in said.items()}
    return pathway, Site(code, world.sites[code]["zone"], held)


@cache
def _programme(name: str, profile: str, folders: Folders) -> Pathway:
    return reader.programme(name, folders, profile=profile)


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


def of_examples(asked: Mapping[str, Question], folders: Folders = ()) -> Iterator[Answers]:
    """What was told at the opening of each example, put to every programme that asks the same; once of what decides."""
    seen: set[str] = set()
    read = {n for p in _programmes(asked) for rule in rulebook(p).criteria.values() for n in rule.reads}
    for name in dict.fromkeys(p.id for p in _programmes(asked)):
        for one in script(name, folders).examples:
            told = {n: v for line in one.lines[:1] for do in line.request.steps for n, v in do.facts.items()}
            mine = {q.id: told[q.name] for q in asked.values() if q.name in told and q.name in read}
            if mine and str(mine) not in seen:
                seen.add(str(mine))
                yield mine


def _programmes(asked: Mapping[str, Question]) -> tuple[Pathway, ...]:
    return tuple({id(p): p for q in asked.values() for p in q.of}.values())


@cache
def script(name: str, folders: Folders) -> Script:
    """The examples of a programme."""
    under = {profile: reader.named(name, folders, profile) for profile in reader.profiles(name, folders)}
    text = examples_file(name, folders).read_bytes()
    return read_script(text, "examples.yaml", reader.named(name, folders), under)


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
    while (q := following(verdicts(all_, answers, T), asked, answers, T, over)) is not None:
        over.append(q.id)
        answers[q.id] = truth.get(q.id, Nothing_("not_known"))
    return len(over)


def asking(post: Post, folders: Folders = ()) -> tuple[list[int], list[int], int]:
    """Screens at random, screens over the examples, and how many there would be if all was asked."""
    asked, first = questions(post.doors), int(post.counts_first)
    draws = (random.Random(n) for n in range(PEOPLE))
    people = [{id_: some(q, draw) for id_, q in asked.items()} for draw in draws]
    at_random = [first + settled(post.doors, asked, one) for one in people]
    of_theirs = [first + settled(post.doors, asked, one) for one in of_examples(asked, folders)]
    return at_random, of_theirs, first + len(asked)


def told(name: str, counts: list[int], all_: int) -> None:
    """One line: the middle, the most, and the share that needs no more than is promised."""
    if not counts:
        print(f"  {name:11s} nobody")
        return
    few = sum(n <= MOST for n in counts) / len(counts)
    print(
        f"  {name:11s} {len(counts):4d} people: median {statistics.median(counts):4.1f}, most {max(counts):2d}, "
        f"of {all_} if all was asked; at most {MOST} for {few:.0%}"
    )


def main() -> None:
    folders = tuple(Path(folder) for folder in sys.argv[1:])
    everybody = posts(folders)
    all_ = tuple({at.key: at for post in everybody for at in post.doors}.values())
    asked = questions(all_)
    print(f"{len({at.pathway.id for at in all_})} programmes, {len(all_)} doors, {len(asked)} questions")
    times = timed(all_, asked)
    cuts = statistics.quantiles(times, n=100)
    print(f"a verdict, half unknown: p50 {statistics.median(times):.2f} ms, p95 {cuts[94]:.2f} ms")
    for post in everybody:
        at_random, of_theirs, most = asking(post, folders)
        print(f"{post}: {', '.join('/'.join(at.key) for at in post.doors)}")
        told("at random", at_random, most)
        told("of examples", of_theirs, most)


if __name__ == "__main__":
    main()
