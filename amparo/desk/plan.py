"""Which steps stand on one page. Read off the definition: nothing here knows a programme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from amparo.cases.index import index
from amparo.desk.typed import Typed, touched
from amparo.desk.words import either, listed, lower_first, pick
from amparo.lens import View
from amparo.pathways.model import Needs, Pathway, Step, Where
from amparo.pathways.rulebook import rulebook

NO_NEEDS = Needs(where=Where("", 0, 0))


class Plan(NamedTuple):
    """lead: steps that are written in any case, in order. beside: findings that are written only if one of
    their questions is answered. choice: the competition whose one step is chosen, '' if none.

    place: the last part of the page's address and of its draft.
    """

    pathway: Pathway
    lead: tuple[str, ...]
    choice: str
    options: tuple[str, ...]
    place: str
    beside: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps written in any case."""
        return tuple(self.pathway.steps[name] for name in self.lead)

    @property
    def asking(self) -> tuple[Step, ...]:
        """The steps whose questions stand on the page, before any decision is chosen."""
        return tuple(self.pathway.steps[name] for name in (*self.lead, *self.beside))

    @property
    def main(self) -> str:
        """The step that gives the page its name: the first one, or an option where there is nothing else."""
        return (self.lead or self.options)[0]

    def written(self, chosen: str) -> tuple[str, ...]:
        """The steps that a request would hold with this option."""
        return (*self.lead, chosen) if chosen else self.lead


def of_step(pathway: Pathway, step: str) -> Plan:
    """A page for one step alone."""
    return Plan(pathway, (step,), "", (), f"step/{step}")


def of_choice(pathway: Pathway, choice: str, stage: str, taken: frozenset[str] = frozenset()) -> Plan:
    """Findings and decision on one page: the steps of the choice that start from here, led by what the same
    deciders
    find at this stage without moving the case. `taken`: steps taken here already; their findings stand."""
    options = tuple(s for s in index(pathway).choices.get(choice, ()) if starts_at(pathway.steps[s], stage))
    by = {taker for s in options for taker in pathway.steps[s].by}
    read = _read_by(pathway, options)
    finding = [n for n, s in pathway.steps.items() if _leads(pathway, s, stage, by, read)]
    reach = {n: _reach(pathway, n, options) for n in finding}
    widest = max(reach.values(), default=0)
    lead = tuple(n for n in finding if n not in taken and reach[n] == widest)
    beside = tuple(n for n in finding if n not in taken and n not in lead)
    return Plan(pathway, lead, choice, options, f"choice/{choice}", beside)


def _reach(pathway: Pathway, step: str, options: tuple[str, ...]) -> int:
    """How many of the options turn on what this step finds."""
    found = {a.fact for a in pathway.steps[step].asks}
    return sum(bool(found & _read_by(pathway, (o,))) for o in options)


def with_typed(plan: Plan, typed: Typed) -> Plan:
    """The plan once something is typed: a finding beside it that is answered is written along."""
    steps = plan.pathway.steps
    told = {n for n in plan.beside if any(touched(typed, f"fact.{a.fact}") for a in steps[n].asks)}
    lead = {*plan.lead, *told}
    return plan._replace(
        lead=tuple(n for n in steps if n in lead), beside=tuple(n for n in plan.beside if n not in told)
    )


def taken_here(view: View) -> frozenset[str]:
    """The steps taken since the case came to where it stands, as far as this role reads them."""
    since = view.stage_since or 0
    steps = (e for e in view.timeline if e.kind == "step.taken" and not e.annulled)
    return frozenset(e.name for e in steps if e.at >= since)


def _read_by(pathway: Pathway, steps: tuple[str, ...]) -> frozenset[str]:
    """The facts that decide whether these steps are allowed or required."""
    book = rulebook(pathway)
    rules = (r for s in steps for r in (pathway.steps[s].allowed, pathway.steps[s].required) if r)
    return frozenset(name for rule in rules for name in book.rule(rule).reads)


def starts_at(step: Step, stage: str) -> bool:
    """May the step start from this stage, as far as the definition says?"""
    return not stage or stage in step.from_ or "any_open" in step.from_ or "any" in step.from_


def _leads(pathway: Pathway, step: Step, stage: str, by: set[str], read: frozenset[str]) -> bool:
    facts = (a.fact for a in step.asks if a.fact in pathway.facts)
    finds = any(pathway.facts[f].finding and f in read for f in facts)
    alone = not step.choice and not step.to and not step.opens and not step.recorded
    return finds and alone and bool(by & set(step.by)) and _body(pathway, step) != "" and stage in step.from_


def _body(pathway: Pathway, step: Step) -> str:
    return next((b for b in step.by if b in pathway.bodies), "")


def body_of(plan: Plan) -> str:
    """The body that takes these steps, '' if a role does."""
    return next(
        (b for s in (*plan.lead, *plan.options) if (b := _body(plan.pathway, plan.pathway.steps[s]))), ""
    )


def needs(step: Step) -> Needs:
    return step.needs or NO_NEEDS


def writes_ink(step: Step) -> bool:
    """Does the step write with legal effect, so that the next page reads it back?"""
    return bool(step.opens or step.to or step.gives or step.tells or step.makes)


def ink(plan: Plan) -> bool:
    return bool(plan.choice or body_of(plan)) or any(writes_ink(s) for s in plan.steps)


def wipes(pathway: Pathway, stages: Iterable[str]) -> bool:
    """Do the words of a case go at once, at one of these stages?"""
    lines = [x for x in pathway.retention if (x.ends or x.named) == "at once"]
    return any(stage in line.after for line in lines for stage in stages)


def acceptances(plan: Plan, steps: tuple[str, ...]) -> tuple[str, ...]:
    """The acceptances these steps ask or need, in order."""
    known = index(plan.pathway).acceptances
    found = [
        f
        for s in steps
        for f in (*_asked(plan.pathway.steps[s]), *needs(plan.pathway.steps[s]).accepted)
        if f in known
    ]
    return tuple(dict.fromkeys(found))


def _asked(step: Step) -> tuple[str, ...]:
    return tuple(a.fact for a in step.asks)


TWO = 2
"""Of so many decisions both are named."""


def title(plan: Plan) -> str:
    """The step's title; of findings and decision on one page, both; of two decisions alone, the two."""
    lead = [pick(plan.pathway.steps[s].title, s) for s in plan.lead]
    if not plan.choice:
        return lead[0]
    decided = _("decision") if body_of(plan) else _("what follows")
    if not lead and not body_of(plan) and len(plan.options) == TWO:
        titles = [pick(plan.pathway.steps[s].title, s) for s in plan.options]
        return either((titles[0], lower_first(titles[1])))
    if not lead:
        return decided[:1].upper() + decided[1:]
    return _("%(findings)s and %(decision)s") % {"findings": listed(lead), "decision": decided}
