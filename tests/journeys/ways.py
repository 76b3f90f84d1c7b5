"""The shortest lawful way to each end of a programme, taken from its examples.

An example says who does what, when, and with which answers. `walker` types the same into the pages of the desk. What
no example comes to stands beside, in `ways/<programme>.yaml`, in the form of examples and with their histories.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from amparo.cases.examples import State, put, under
from amparo.cases.index import index
from amparo.cases.script import Example, Line, Script, read_tree
from amparo.pathways import reader
from amparo.pathways.model import Pathway
from amparo.pathways.yaml_form import Map, Node, Seq
from amparo.pathways.yaml_form import read as read_form
from tests.cases.harvest import script_of

MORE = Path(__file__).parent / "ways"


@dataclass
class Way:
    """The lines of one example that lead to this end, and the pathway under which they are lawful. zone: its hours."""

    end: str
    sentence: str
    zone: str
    pathway: Pathway
    lines: tuple[Line, ...]


@cache
def ways(name: str, profile: str = "", each: int = 1) -> dict[str, list[Way]]:
    """By each end: so many ways to it, the shortest first. Lines that are refused change nothing and are left out."""
    found: dict[str, list[Way]] = {}
    all_ = [*_examples(name, profile), *_more(name, profile)]
    for script, one, pathway in sorted(all_, key=lambda x: len(x[1].lines)):
        if any(len(found.get(end, ())) < each for end in _may_end(one, pathway)):
            way = _way(script, one, pathway)
            if way is not None and len(found.setdefault(way.end, [])) < each:
                found[way.end].append(way)
    return found


def _may_end(one: Example, pathway: Pathway) -> set[str]:
    """The ends to which a step of the example may lead."""
    taken = (pathway.steps.get(do.step) for line in one.lines for do in line.request.steps)
    return {branch.to for step in taken if step for branch in step.to} - index(pathway).open_stages


def _way(script: Script, one: Example, pathway: Pathway) -> Way | None:
    """Up to where the case has ended; None if it does not, or if it could not be told from outside that it was so."""
    mine = script._replace(cast=one.under.cast) if one.under else script
    state, lines, open_ = State(None, (), {}, one.site, 0), list[Line](), index(pathway).open_stages
    for line in (x for x in one.lines if x.then is None):
        state, refused = put(pathway, mine, state, line)
        if refused is not None or line.refused is not None:
            if state.case is None:
                return None
            continue
        lines.append(line)
        if state.case is not None and state.case.stage not in open_:
            return Way(state.case.stage, one.sentence, one.site.zone, pathway, tuple(lines))
    return None


def _examples(name: str, profile: str) -> Iterator[tuple[Script, Example, Pathway]]:
    script, pathway = script_of(name, profile)
    yield from ((script, one, pathway) for one in script.examples)


def _more(name: str, profile: str) -> Iterator[tuple[Script, Example, Pathway]]:
    """The ways that stand beside: read with the openings and histories of the programme's own examples."""
    file = MORE / f"{name}.yaml"
    if not file.exists():
        return
    base, added = _tree((reader.placed(name) / "examples.yaml").read_bytes()), _tree(file.read_bytes())
    laid = under(name)
    script = read_tree(_with_cases(base, added), reader.named(name), laid)
    mine = (x for x in script.examples if (x.under.profile if x.under else "") == profile)
    pathway = laid[profile] if profile else reader.named(name)
    yield from ((script, one, pathway) for one in mine)


def _tree(text: Any) -> Map:
    found = read_form(text, "ways")
    assert isinstance(found, Map)
    return found


def _with_cases(base: Map, added: Map) -> Map:
    cases: Node | None = added.get("cases")
    assert isinstance(cases, Seq)
    return replace(base, pairs=tuple((k, cases if k.text == "cases" else v) for k, v in base.pairs))


def ends(pathway: Pathway) -> tuple[str, ...]:
    """The stages in which a case of this pathway has ended."""
    return tuple(name for name in pathway.stages if name not in index(pathway).open_stages)
