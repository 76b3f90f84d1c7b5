"""Do the examples hold the law? The definition is changed, one thing at a time, and the examples must notice.

What no example notices is printed with its place. A change that means the same is marked in `mutants.yaml` beside the
definition, with its reason: a list of `{at: path, mutation: what was done, reason: why nothing can differ}`.
"""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from amparo.cases.examples import Seen, examples_file, run_example, under
from amparo.cases.mutations import Mutant, mutants
from amparo.cases.mutations_of_profiles import of_profile
from amparo.cases.script import Example, Script, read_script
from amparo.errors import AmparoError, DefinitionFault
from amparo.pathways import reader
from amparo.pathways.model import Pathway
from amparo.pathways.rulebook import rulebook, share
from amparo.pathways.yaml_form import plain, read

PROCESSES = 2
BROKEN = (AmparoError, KeyError, ValueError, AttributeError, IndexError, TypeError, StopIteration)
"""What a changed definition may raise where it no longer holds together: that is noticed, too."""


RULED = frozenset({"facts", "rules", "criteria", "derived"})
"""Chapters whose changes reach into other rules: their rulebook is made anew."""


class Report(NamedTuple):
    """lines: one for each change that no example notices, and the count. tried, survived, equivalent: how many."""

    tried: int
    survived: int
    equivalent: int
    lines: tuple[str, ...]
    left: tuple[tuple[Pathway, Mutant], ...] = ()  # what no example notices, with the pathway that was changed


class Task(NamedTuple):
    """What the processes share; set before they are made."""

    pathway: Pathway
    script: Script
    made: tuple[Mutant, ...]
    seen: Seen | None


_TASK: list[Task] = []


def mutate(
    name: str, seen: Seen | None = None, processes: int = PROCESSES, folders: tuple[Path, ...] = ()
) -> Report:
    """Puts the examples of a programme to every change of its definition. `seen` answers for lines of sight.

    An example that does not hold as the definition stands proves nothing: it is left out, and counts as a survivor.
    """
    pathway, profiles = reader.named(name, folders), under(name, folders)
    script = read_script(examples_file(name, folders).read_bytes(), "examples.yaml", pathway, profiles)
    held, wrong = _holding(pathway, script, seen)
    tasks = [Task(pathway, script._replace(examples=_of("", held)), tuple(mutants(pathway)), seen)]
    for profile, laid in profiles.items():
        tasks.append(Task(laid, _played(script, _of(profile, held)), tuple(of_profile(pathway, laid)), seen))
    survivors = [(task, _survivors(task, processes)) for task in tasks]
    return _report(survivors, _marks(name, folders), wrong)


def _of(profile: str, examples: tuple[Example, ...]) -> tuple[Example, ...]:
    """The examples that are played under a profile, or under none."""
    return tuple(one for one in examples if (one.under.profile if one.under else "") == profile)


def _played(script: Script, examples: tuple[Example, ...]) -> Script:
    """The script of a profile's examples, so that a changed pathway can be put in the place of its own."""
    cast = next((one.under.cast for one in examples if one.under), script.cast)
    return Script(tuple(one._replace(under=None) for one in examples), cast)


def _holding(
    pathway: Pathway, script: Script, seen: Seen | None
) -> tuple[tuple[Example, ...], tuple[str, ...]]:
    """The examples that hold as the definition stands, and a line for each that does not."""
    memory: dict[Any, Any] = {}
    found = [(one, run_example(pathway, script, one, seen, memory)[:1]) for one in script.examples]
    return tuple(one for one, wrong in found if not wrong), tuple(x for _, wrong in found for x in wrong)


def _survivors(task: Task, processes: int) -> list[int]:
    """The numbers of the changes that no example notices."""
    _TASK[:] = [task]
    numbers = range(len(task.made))
    try:
        if processes < 2:
            return [n for n in numbers if not _noticed(n)]
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            noticed = pool.map(_noticed, numbers, chunksize=4)
    finally:
        _TASK.clear()
    return [n for n, found in zip(numbers, noticed, strict=True) if not found]


# ------------------------------------------------------------------------------------------------ one change
_KILLS: Counter[int] = Counter()
"""How many changes each example has noticed in this process: good ones are asked first."""


def _noticed(n: int) -> bool:
    """Does an example fail under this change? The likely ones are asked first."""
    task = _TASK[0]
    mutant, memory = task.made[n], dict[Any, Any]()
    if not mutant.new_rules and mutant.at.partition(".")[0] not in RULED:
        share(mutant.pathway, rulebook(task.pathway))
    for number in _order(task.script.examples, mutant):
        if _fails(task, mutant, task.script.examples[number], memory):
            _KILLS[number] += 1
            return True
    return False


def _fails(task: Task, mutant: Mutant, example: Example, memory: dict[Any, Any]) -> bool:
    try:
        return bool(run_example(mutant.pathway, task.script, example, task.seen, memory))
    except BROKEN:
        return True


def _order(examples: tuple[Example, ...], mutant: Mutant) -> list[int]:
    """Examples that mention the changed element first, then those that have noticed most so far."""
    asked = [n for n, x in enumerate(examples) if not mutant.touch or mutant.touch & x.words]
    own = mutant.at.split(".")[1]
    return sorted(
        asked,
        key=lambda n: (own not in examples[n].words, -len(examples[n].words & mutant.words), -_KILLS[n]),
    )


# ------------------------------------------------------------------------------------------------ the report
def _marks(name: str, folders: tuple[Path, ...]) -> Mapping[tuple[str, str], str]:
    """Changes that are marked as equivalent, each with its reason."""
    file = reader.placed(name, folders) / "mutants.yaml"
    if not file.is_file():
        return {}
    found: Any = plain(read(file.read_bytes(), "mutants.yaml"))
    rows = found.get("equivalent", []) if isinstance(found, dict) else found
    lacking = [row for row in rows if not row.get("reason")]
    if lacking:
        raise DefinitionFault(
            f"mutants.yaml:1:1 E1 {lacking[0].get('at')} has no reason · say why nothing can differ"
        )
    return {(row["at"], row["mutation"]): row["reason"] for row in rows}


def _report(
    found: Iterable[tuple[Task, Iterable[int]]],
    marks: Mapping[tuple[str, str], str],
    wrong: tuple[str, ...] = (),
) -> Report:
    done = [(task, list(alive)) for task, alive in found]
    tried = sum(len(task.made) for task, _ in done)
    survivors = [_named(task.made[n], task.pathway.profile) for task, alive in done for n in alive]
    left = [m for m in survivors if (m.at, m.what) not in marks]
    changed = [(task.pathway, task.made[n]) for task, alive in done for n in alive]
    kept = tuple(x for x, m in zip(changed, survivors, strict=True) if (m.at, m.what) not in marks)
    used = {(m.at, m.what) for m in survivors}
    stale = [
        f"mutants.yaml E1 {at} {what} is noticed, or is no change · take the mark out"
        for at, what in marks
        if (at, what) not in used
    ]
    lines = [f"{m.where} {m.at}: {m.what} · no example notices" for m in left]
    equivalent, noticed = len(survivors) - len(left), tried - len(survivors)
    last = f"{tried} changes, {noticed} noticed, {equivalent} equivalent, {len(left)} not noticed"
    count = len(left) + len(stale) + len(wrong)
    return Report(tried, count, equivalent, (*wrong, *lines, *stale, last), kept)


def _named(mutant: Mutant, profile: str) -> Mutant:
    """A change of a profile is called by the profile too."""
    return mutant._replace(at=f"profiles.{profile}.{mutant.at}") if profile else mutant
