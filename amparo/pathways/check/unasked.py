"""P5: a door that asks first keeps the approach from every authority, and wipes it to a count."""

from __future__ import annotations

from collections.abc import Iterator

from amparo.pathways.check.look import Look, opens
from amparo.pathways.findings import Finding
from amparo.pathways.model import AsksFirst, Door, Pathway, Stage, Step
from amparo.pathways.words import AUTHORITIES


def findings(look: Look) -> Iterator[Finding]:
    p = look.pathway
    for name, door in p.doors.items():
        if door.asks_first is not None:
            yield from _door(p, name, door, door.asks_first)
            yield from _silence(p, door, door.asks_first)
            yield from _tasks(p, door.asks_first)
            for step in p.steps:
                yield from _ends(look, door.asks_first, step)


def _door(p: Pathway, name: str, door: Door, first: AsksFirst) -> Iterator[Finding]:
    opening = p.steps.get(door.opens_with)
    if opening is None or opening.opens != first.stage:
        said = f"door '{name}' asks first at '{first.stage}', and '{door.opens_with}' opens a case elsewhere"
        yield _finding(door, said, "let its step open that very stage")
    if not door.counts:
        said = f"nothing is counted when an approach by '{name}' is wiped unanswered"
        yield _finding(door, said, "name a count on the door; the first one is added to")
    if first.stage in p.stages and p.stages[first.stage].closed:
        said = f"door '{name}' asks first at '{first.stage}', where cases have ended"
        yield _finding(door, said, "name an open stage")


def _silence(p: Pathway, door: Door, first: AsksFirst) -> Iterator[Finding]:
    """Nobody is told, and no authority is to see to it, while the person has not been asked."""
    opening = p.steps.get(door.opens_with)
    if opening is not None and (opening.tells or opening.gives):
        said = f"'{door.opens_with}' tells somebody of a person who has not been asked"
        yield _finding(opening, said, "tell nobody before the person says yes")
    stage = p.stages.get(first.stage)
    if stage is not None and stage.owner and _of_authority(p, stage.owner):
        said = f"stage '{first.stage}' is owned by {stage.owner}, an authority that cannot see it"
        yield _finding(stage, said, "give it to somebody who asks the person")


def _tasks(p: Pathway, first: AsksFirst) -> Iterator[Finding]:
    """No clock that runs while nobody has been asked makes a task for an authority."""
    for name, clock in p.clocks.items():
        tasks = [late.task for late in clock.late] + ([clock.near.task] if clock.near else [])
        shut = [t for t in tasks if t in p.roles and _of_authority(p, t)]
        for task in shut if first.stage in clock.while_ else ():
            said = f"a task of '{name}' goes to {task}, an authority that cannot see an approach"
            yield Finding(clock.where, "P5", said, "give it to somebody who asks the person")


def _of_authority(p: Pathway, role: str) -> bool:
    return p.roles[role].is_ in AUTHORITIES and opens(p, role)


def _ends(look: Look, first: AsksFirst, name: str) -> Iterator[Finding]:
    """A step that ends the approach leaves a count, and nothing else."""
    p, step = look.pathway, look.pathway.steps[name]
    ends = [m.to for m in look.moves if m.step == name and m.from_ == first.stage and p.stages[m.to].closed]
    if ends and not step.counts:
        said = f"'{name}' ends an approach and counts nothing"
        yield _finding(step, said, "name a count: it is all that remains")
    for stage in ends:
        kept = [line for line in p.retention if stage in line.after]
        if any(line.then != "wiped" or line.named != "at once" or line.ends is not None for line in kept):
            said = f"'{name}' ends an approach at '{stage}', which is not wiped at once"
            yield _finding(step, said, "give that stage a line `named: at once, then: wiped`")


def _finding(element: Door | Step | Stage, said: str, remedy: str) -> Finding:
    return Finding(element.where, "P5", said, remedy)
