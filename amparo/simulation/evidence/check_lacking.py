"""What law leaves open and the evidence says nothing about."""

from __future__ import annotations

from collections.abc import Iterator

from amparo.pathways.findings import Finding
from amparo.pathways.model import Pathway, Step
from amparo.pathways.rulebook import rulebook
from amparo.simulation.evidence.model import Evidence


def lacking(pathway: Pathway, evidence: Evidence) -> Iterator[Finding]:
    """Stages that nothing leaves, choices without shares, and what would have happened otherwise."""
    yield from _stages(pathway, evidence)
    yield from _choices(pathway, evidence)
    yield from _facts(pathway, evidence)
    if not evidence.otherwise and pathway.operated != "recording":
        what = f"{pathway.id}: nothing says what would have happened otherwise"
        remedy = "write otherwise: {no_action: <share>, <pathway>.<door>: rest}"
        yield Finding(evidence.where, "E6", what, remedy)


def _stages(pathway: Pathway, evidence: Evidence) -> Iterator[Finding]:
    for stage, known in pathway.stages.items():
        steps = leaving(pathway, stage)
        if known.closed or not steps:
            continue
        silent = [step for step in steps if not _said(pathway, evidence, stage, step)]
        if len(silent) == len(steps):
            what = f"{pathway.id}: no evidence for leaving stage {stage}"
            yield Finding(evidence.where, "E6", what, f"give hazards or shares for {', '.join(steps)}")
        elif silent:
            what = f"in stage {stage} nothing says how often {', '.join(silent)} happens: it never does"
            yield Finding(
                evidence.where, "E7", what, "give it a hazard or a share, 0 if it is meant", warn=True
            )


def leaving(pathway: Pathway, stage: str) -> list[str]:
    """The steps that can move a case out of a stage, in file order; not those that a simulation skips."""
    skipped = pathway.simulate.skips if pathway.simulate else ()
    open_ = not pathway.stages[stage].closed
    return [
        name
        for name, step in pathway.steps.items()
        if name not in skipped and _from(step, stage, open_) and _moves(step, stage)
    ]


def _from(step: Step, stage: str, open_: bool) -> bool:
    return stage in step.from_ or (open_ and "any_open" in step.from_)


def _moves(step: Step, stage: str) -> bool:
    return any(branch.to not in ("", stage) for branch in step.to)


def _said(pathway: Pathway, evidence: Evidence, stage: str, step: str) -> bool:
    """Does the evidence say how often this step is taken here?"""
    if step in evidence.stages.get(stage, {}):
        return True
    choice = evidence.choices.get(pathway.steps[step].choice)
    return choice is not None and any(step in given.shares for given in choice.given)


def _choices(pathway: Pathway, evidence: Evidence) -> Iterator[Finding]:
    """A choice of several steps, of which none has shares or exits of its own."""
    skipped = pathway.simulate.skips if pathway.simulate else ()
    steps: dict[str, list[str]] = {}
    for name, step in pathway.steps.items():
        if step.choice and name not in skipped:
            steps.setdefault(step.choice, []).append(name)
    taken = {step for exits in evidence.stages.values() for step in exits}
    for choice, options in steps.items():
        if len(options) > 1 and choice not in evidence.choices and not taken & set(options):
            what = f"{pathway.id}: no evidence for the choice {choice}"
            yield Finding(evidence.where, "E6", what, f"give shares for {', '.join(options)}")


def _facts(pathway: Pathway, evidence: Evidence) -> Iterator[Finding]:
    """Facts that a rule reads and a step asks, and of which nothing says how they are drawn."""
    read = {name for rule in rulebook(pathway).every() for name in rule.reads}
    silent = [name for name in _asked(pathway) if name in read and name not in evidence.facts]
    if silent:
        what = f"rules read {', '.join(silent)}, and nothing says how they are drawn: they stay unknown"
        yield Finding(evidence.where, "E7", what, "give them under facts", warn=True)


def _asked(pathway: Pathway) -> list[str]:
    """The facts that steps ask in a simulation. Times are its own; what follows from other facts is worked out."""
    skipped = pathway.simulate.skips if pathway.simulate else ()
    asked = {ask.fact for name, step in pathway.steps.items() if name not in skipped for ask in step.asks}
    told = {fact for step in pathway.steps.values() for fact in step.sets}
    return [
        name
        for name, fact in pathway.facts.items()
        if name in asked - told and fact.type.kind not in ("instant", "date") and fact.or_from is None
    ]
