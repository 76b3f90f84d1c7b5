"""Examples of a programme: sentences with an opening, lines, and what must then hold. They prove that the law was kept.

The form is told at the top of a programme's `examples.yaml` and in the reference of the language. Names are read with
the definition, so that a misspelt fact or a value of the wrong type is reported with its place; then each line is put
to `decide` as anybody else's request would be.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from amparo.cases import clocks, expected
from amparo.cases.counting import Tallied, count, of_events
from amparo.cases.decide import decide
from amparo.cases.expected import Seen
from amparo.cases.expected_told import counted as counted_so
from amparo.cases.fold import after
from amparo.cases.model import Case, Event, Refusal, Request, Site
from amparo.cases.others import counted
from amparo.cases.picked import picked
from amparo.cases.script import Example, Line, Script, read_script
from amparo.errors import DefinitionFault
from amparo.pathways import reader
from amparo.pathways.model import Pathway

__all__ = ["Report", "Seen", "run", "run_example", "run_programme"]


class Report(NamedTuple):
    """How many examples held, how many failed, and a line for each fault: `file:line E1 what`."""

    held: int
    failed: int
    lines: tuple[str, ...]


class State(NamedTuple):
    """An example while it runs. marks: step -> number of the last event when it was newly taken."""

    case: Case | None
    events: tuple[Event, ...]
    marks: Mapping[str, int]
    site: Site
    t: int
    counted: tuple[Tallied, ...] = ()  # added to counts so far, by the case's steps and without a case


def run_programme(
    name: str, file: Path | None = None, seen: Seen | None = None, folders: tuple[Path, ...] = ()
) -> Report:
    """The examples of a programme (its id, or its folder's path), or those of another file, put to its definition.

    `seen` answers `seen:` lines: the names that a role may see. `folders`: where a site keeps programmes of its own.
    Raises `DefinitionFault` where a file cannot be read.
    """
    return run(reader.named(name, folders), file or examples_file(name, folders), seen, under(name, folders))


def under(name: str, folders: tuple[Path, ...] = ()) -> Mapping[str, Pathway]:
    """The pathway of a programme under each of its profiles."""
    return {one: reader.named(name, folders, one) for one in reader.profiles(name, folders)}


def examples_file(name: str, folders: tuple[Path, ...] = ()) -> Any:
    """Where the examples of a programme lie."""
    return reader.placed(name, folders) / "examples.yaml"


def run(
    pathway: Pathway, file: Any, seen: Seen | None = None, profiles: Mapping[str, Pathway] | None = None
) -> Report:
    """All examples of one file."""
    script = read_script(_bytes(file), str(getattr(file, "name", file)), pathway, profiles)
    memory: dict[Any, State | str] = {}
    lines = tuple(x for one in script.examples for x in run_example(pathway, script, one, seen, memory)[:1])
    return Report(len(script.examples) - len(lines), len(lines), lines)


def _bytes(file: Any) -> bytes:
    try:
        found: bytes = file.read_bytes()
    except OSError as error:
        raise DefinitionFault(f"{file}:1:1 Y1 these examples cannot be read · {error.strerror}") from error
    return found


def run_example(
    pathway: Pathway,
    script: Script,
    example: Example,
    seen: Seen | None = None,
    memory: dict[Any, Any] | None = None,
) -> tuple[str, ...]:
    """What is wrong with one example, () if it holds. `memory` keeps the states that examples begin alike."""
    if example.under is not None:
        pathway, script = example.under.pathway, script._replace(cast=example.under.cast)
    kept: dict[Any, Any] = {} if memory is None else memory
    state: State = State(None, (), {}, example.site, 0)
    key: tuple[Any, ...] = (example.site_key, pathway.profile)
    for line in example.lines:
        key = (*key, line.key)
        if line.then is not None:
            wrong = _then(pathway, state, line, seen)
            if wrong:
                return tuple(_said(example, line, x) for x in wrong)
            continue
        answer = kept.get(key)
        if answer is None:
            answer = kept[key] = _line(pathway, script, state, line)
        if isinstance(answer, str):
            return (_said(example, line, answer),)
        state = answer
    return ()


def _said(example: Example, line: Line, what: str) -> str:
    return f"{line.where} E1 {what} · in: {example.sentence}"


def _then(pathway: Pathway, state: State, line: Line, seen: Seen | None) -> tuple[str, ...]:
    wanted = dict(line.then or {})
    wrong = tuple(counted_so(state.counted, wanted.pop("counted", {})))
    if state.case is None:
        return (*wrong, *(("there is no case",) if wanted else ()))
    found = expected.unmet(pathway, state.site, state.case, state.events, wanted, state.t, seen)
    return (*wrong, *found)


# ------------------------------------------------------------------------------------------------ one line
def _line(pathway: Pathway, script: Script, state: State, line: Line) -> State | str:
    """The state after a line, or what is wrong with it."""
    after, refused = put(pathway, script, state, line)
    if refused is not None:
        return _wrongly(line, refused) or after
    if line.refused is not None:
        return f"expected {_wanted(line.refused)}, got allowed"
    return after


def put(pathway: Pathway, script: Script, state: State, line: Line) -> tuple[State, Refusal | None]:
    """The state after a line, whatever was expected of it, and the refusal if it was refused."""
    site = _site(state)
    if line.request.verb == "count":
        return _count(pathway, state, line)
    if line.tick:
        assert state.case is not None
        return _after(pathway, site, state, clocks.tick(pathway, state.case, line.now), line), None
    for request in line.before(state.case, script):
        made = decide(pathway, site, state.case, "example", request, line.now)
        if isinstance(made, Refusal):
            return _refused(pathway, site, state, line), made
        state = _after(pathway, site, state, made, line)
    t = line.now if line.request.happened_at is None else line.request.happened_at
    asked = picked(state.case, _seen_as(line, state, line.request))
    request = counted(pathway, site, state.case, asked, line.others, t)
    answer = decide(pathway, site, state.case, "example", request, line.now)
    if isinstance(answer, Refusal):
        return _refused(pathway, site, state, line), answer
    return _after(pathway, site, state, answer, line), None


def _count(pathway: Pathway, state: State, line: Line) -> tuple[State, Refusal | None]:
    """One is counted without a case: nothing of a case changes by it."""
    args = line.request.args
    found = count(pathway, line.request.role, args["name"], args["keeps"], args["door"])
    if isinstance(found, Refusal):
        return _refused(pathway, _site(state), state, line), found
    return state._replace(counted=(*state.counted, found), t=line.now), None


def _site(state: State) -> Site:
    """A file that was sent is dealt with at the site it was sent to."""
    to = state.case.to_site if state.case else ""
    return state.site._replace(code=to) if to else state.site


def _seen_as(line: Line, state: State, request: Request) -> Request:
    return request._replace(seen=state.marks.get(line.seen, 0)) if line.seen else request


def _after(pathway: Pathway, site: Site, state: State, made: tuple[Event, ...], line: Line) -> State:
    events = (*state.events, *made)
    case = after(pathway, site, events, len(made), state.case)
    taken = {e.data["step"]: case.seq for e in made if e.kind == "step.taken"}
    added = (*state.counted, *of_events(case, made))
    return State(case, events, {**state.marks, **taken}, site, line.now, added)


def _wrongly(line: Line, answer: Refusal) -> str:
    """What is wrong with a refusal: that there is one, or in what it is another than was expected; '' if nothing."""
    if line.refused is None:
        return f"refused: {expected.told(answer)}"
    return expected.refusal_differs(answer, line.refused)


def _refused(pathway: Pathway, site: Site, state: State, line: Line) -> State:
    """A refusal leaves what the clocks had to say."""
    if state.case is None:
        return state._replace(t=line.now)
    t = min(line.now, line.request.happened_at or line.now)
    return _after(pathway, site, state, clocks.tick(pathway, state.case, t, line.now), line)


def _wanted(refused: Mapping[str, Any]) -> str:
    return " ".join(str(refused[k]) for k in ("code", "basis") if k in refused) or "a refusal"
