"""What a step reads: the facts behind its rules, through named rules, derived values and `or_from`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from amparo.cases.index import KEPT, facts_of, index
from amparo.pathways import courts
from amparo.pathways.model import BoundRow, Pathway, Rule, Step
from amparo.pathways.rulebook import Rulebook, rulebook

_KEPT: dict[int, tuple[Pathway, dict[str, frozenset[str]]]] = {}


def touched_facts(pathway: Pathway, step: str) -> frozenset[str]:
    """The facts that taking this step may rest on: what it asks, and what its rules and its rivals' read."""
    found = _KEPT.get(id(pathway))
    if found is None or found[0] is not pathway:
        while len(_KEPT) >= KEPT:
            del _KEPT[next(iter(_KEPT))]
        found = _KEPT[id(pathway)] = (pathway, {})
    if step not in found[1]:
        found[1][step] = _touched(pathway, step)
    return found[1][step]


def _touched(pathway: Pathway, name: str) -> frozenset[str]:
    step, book = pathway.steps[name], rulebook(pathway)
    rules = (*rules_of(step), *_rivals(pathway, step), *_grounds(pathway, step))
    names = (
        {n for rule in rules for n in book.rule(rule).reads}
        | set(facts_of(step))
        | _criteria(book, pathway, step)
    )
    return frozenset(_closed(pathway, book, names))


def rules_of(step: Step) -> Iterator[Rule]:
    """Every rule that stands in a step."""
    yield from (r for r in (step.allowed, step.required) if r is not None)
    conditions: tuple[Rule | None, ...] = (
        *(ask.if_ for ask in step.asks),
        *(branch.if_ for branch in step.to),
        *(told.if_ for told in step.tells),
        *step.means_if.values(),
    )
    yield from (r for r in conditions if r is not None)
    for term in step.terms.values():
        for bound in (term.at_least, term.at_most):
            yield from _bound_rules(bound)


def _bound_rules(bound: object) -> Iterator[Rule]:
    if isinstance(bound, tuple) and bound and isinstance(bound[0], BoundRow):
        yield from (row.if_ for row in bound if row.if_ is not None)


def _rivals(pathway: Pathway, step: Step) -> Iterator[Rule]:
    for other in index(pathway).choices.get(step.choice, ()) if step.choice else ():
        rule = pathway.steps[other].required
        if rule is not None:
            yield rule


def _grounds(pathway: Pathway, step: Step) -> Iterator[Rule]:
    """What the grounds rest on that a step may name."""
    if pathway.responses is not None and courts.names_grounds(pathway, step):
        yield from (ground.rests_on for ground in pathway.responses.grounds.values())


def _criteria(book: Rulebook, pathway: Pathway, step: Step) -> set[str]:
    listed = step.needs.criteria if step.needs else "none"
    names = tuple(pathway.criteria) if listed == "all" else () if listed == "none" else listed
    return {n for name in names for n in book.criterion(name).reads}


def _closed(pathway: Pathway, book: Rulebook, names: Iterable[str]) -> set[str]:
    """The facts among these names and behind them."""
    facts: set[str] = set()
    waiting, known = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name in known:
            continue
        known.add(name)
        name = pathway.law_date if name == "law date" else name
        waiting.extend(_behind(pathway, book, name))
        if name in pathway.facts:
            facts.add(name)
    return facts


def _behind(pathway: Pathway, book: Rulebook, name: str) -> Iterable[str]:
    if name in pathway.derived:
        return book.derived[name].reads
    fact = pathway.facts.get(name)
    rules = (fact.or_from, fact.applies_if) if fact else ()
    return [n for rule in rules if rule is not None for n in book.rule(rule).reads]
