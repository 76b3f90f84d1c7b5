"""What the examples of a programme know: sites, states that cases reached, and what people told, asked and agreed.

Walks and searches begin from here, so that they get to places where no blind walk would come.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from amparo.cases.cast import Cast, cast
from amparo.cases.examples import State, examples_file, run_example, under
from amparo.cases.model import Do, Request, Site
from amparo.cases.script import Example, Script, read_script
from amparo.pathways import reader
from amparo.pathways.model import Pathway
from amparo.pathways.yaml_form import Map
from amparo.pathways.yaml_form import read as read_form

Named = tuple[str, str]
"""A programme and one of its profiles, '' for the programme as it stands."""


def everything() -> tuple[Named, ...]:
    """Every programme, and every profile of each that makes another one of it. What a profile enters in the place of a
    site is walked with the programme itself, whose examples enter all sorts of values.
    """
    return tuple((name, one) for name in reader.programmes() for one in ("", *_others(name)))


def _others(name: str) -> tuple[str, ...]:
    return tuple(one for one in reader.profiles(name) if not _enters_alone(name, one))


def _enters_alone(name: str, profile: str) -> bool:
    """Does a profile say nothing but what settings are?"""
    file = reader.placed(name) / "profiles" / f"{profile}.yaml"
    tree = read_form(file.read_bytes(), profile)
    return isinstance(tree, Map) and {key.text for key, _ in tree.pairs} <= ENTERS


ENTERS = {"profile", "for", "title", "in_force", "sources", "settings", "note"}
"""What stands in a profile that enters settings, and changes nothing of the programme."""


class Harvest(NamedTuple):
    """dos: step -> how it was taken in examples; facts: name -> values told. sites: as examples are set up, each with
    a time at which one of its cases opens. states: where cases stood.
    """

    pathway: Pathway
    cast: Cast
    examples: tuple[Example, ...]
    dos: dict[str, list[Do]]
    facts: dict[str, list[Any]]
    terms: dict[tuple[str, str], list[Any]]
    requests: list[Request]
    sites: list[tuple[Site, int]]
    states: list[State]


EACH = 3
"""Of so many examples one is played for the states it comes to."""


@lru_cache(maxsize=16)
def harvest(name: str, profile: str = "") -> Harvest:
    """Of the examples that are played under this profile, or under none."""
    script, pathway = script_of(name, profile)
    found = Harvest(pathway, cast(pathway), script.examples, {}, {}, {}, [], [], [])
    memory: dict[Any, Any] = {}
    for n, example in enumerate(script.examples):
        _gather(found, example)
        if n % EACH == 0:
            run_example(pathway, script, example, None, memory)
    found.states.extend(s for s in memory.values() if isinstance(s, State) and s.case is not None)
    return found


def script_of(name: str, profile: str = "") -> tuple[Script, Pathway]:
    """The examples of a profile (or of none), ready to be put to its pathway."""
    laid = under(name)
    script = read_script(examples_file(name).read_bytes(), "examples.yaml", reader.named(name), laid)
    mine = tuple(x for x in script.examples if (x.under.profile if x.under else "") == profile)
    return script._replace(examples=mine), laid[profile] if profile else reader.named(name)


def _gather(found: Harvest, example: Example) -> None:
    lines = [line for line in example.lines if line.request.verb]
    if lines and lines[0].request.verb == "steps":
        found.sites.append((example.site, lines[0].now))
    for request in (line.request for line in lines):
        if request.verb != "steps":
            found.requests.append(request)
        for do in request.steps:
            found.dos.setdefault(do.step, []).append(do)
            _told(found, do)


def _told(found: Harvest, do: Do) -> None:
    for fact, value in do.facts.items():
        found.facts.setdefault(fact, []).append(value)
    for term, value in do.terms.items():
        found.terms.setdefault((do.step, term), []).append(value)
