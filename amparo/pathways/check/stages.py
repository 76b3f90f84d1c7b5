"""S1 to S5: stages that nothing reaches, that nothing leaves, that nobody watches or owns, that should be
final.
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.pathways.check.look import Look, Move
from amparo.pathways.findings import Finding
from amparo.pathways.model import Clock, Stage


def findings(look: Look) -> Iterator[Finding]:
    yield from _doors(look)
    for name, stage in look.pathway.stages.items():
        if name not in look.reached:
            yield Finding(
                stage.where, "S1", f"no step leads to '{name}'", "let a step lead there, or remove it"
            )
        yield from _closed(look, name, stage) if stage.closed else _open(look, name, stage)


def _doors(look: Look) -> Iterator[Finding]:
    used = set()
    for name, door in look.pathway.doors.items():
        used.add(door.opens_with)
        if not look.pathway.steps[door.opens_with].opens:
            what = f"door '{name}' opens with '{door.opens_with}', which opens no case"
            yield Finding(door.where, "S1", what, "give that step `opens`, or name another")
    for name, step in look.pathway.steps.items():
        if step.opens and name not in used:
            yield Finding(
                step.where, "S1", f"no door opens with '{name}'", "let a door open with it, or remove it"
            )
        if step.opens and look.pathway.stages[step.opens].closed:
            what = f"'{name}' opens a case in '{step.opens}', where it has ended"
            yield Finding(step.where, "S1", what, "open it in an open stage")


def _open(look: Look, name: str, stage: Stage) -> Iterator[Finding]:
    if all(move.to == name for move in _from(look, name)):
        yield Finding(stage.where, "S2", f"'{name}' can't be left", "let a step lead from it")
    if not stage.owner:
        yield Finding(stage.where, "S4", f"open stage '{name}' has no owner", "write owner: <role>")
    watched = any(name in clock.while_ and _watches(clock) for clock in look.pathway.clocks.values())
    if stage.watch and not stage.note:
        yield Finding(stage.where, "S3", f"'{name}' says watch: none without a reason", "write why in note")
    elif not watched and not stage.watch:
        what = f"open stage '{name}' has no clock"
        yield Finding(stage.where, "S3", what, "add a clock, or write watch: none with a reason in note")


def _watches(clock: Clock) -> bool:
    """A clock that only support starts says nothing of how long the case stands."""
    return not all(start.startswith("answered ") for start in clock.starts)


def _closed(look: Look, name: str, stage: Stage) -> Iterator[Finding]:
    for move in _from(look, name):
        step = look.pathway.steps[move.step]
        if move.to == name or look.pathway.stages[move.to].closed and not stage.final:
            continue
        if stage.final:
            what, remedy = f"final stage '{name}' is left by '{move.step}'", "take the step away, or `final`"
            yield Finding(step.where, "S5", what, remedy)
        elif step.effect != "reopens":
            what = f"closed stage '{name}' is left by '{move.step}', which does not reopen"
            yield Finding(step.where, "S5", what, "write effect: reopens, or another `from`")


def _from(look: Look, stage: str) -> tuple[Move, ...]:
    return tuple(move for move in look.moves if move.from_ == stage)
