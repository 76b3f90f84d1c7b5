"""The rules of a pathway, checked and compiled once: named rules, criteria, derived values, every rule of an
element.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from amparo.pathways import courts, model, scope
from amparo.pathways.derived import DerivedValue
from amparo.pathways.findings import Finding, refuse
from amparo.pathways.model import Pathway, Rule, Where
from amparo.pathways.rules import (
    YES_NO,
    CheckedTree,
    Compiled,
    Kind,
    RuleFault,
    Scope,
    Version,
    check,
    check_rules,
    compile_rule,
    with_rules,
)
from amparo.pathways.rules.dated import LAW_DATE, Dated
from amparo.pathways.scope import ITEM, item_scope, rules_in, scope_of

KEPT = 64
_BOOKS: dict[int, tuple[Pathway, Rulebook]] = {}


class Rulebook:
    """Compiled rules of one pathway. `findings` holds what is wrong with them (R1, R2); `rulebook` raises on
    any.

    scope: what a rule may name. criteria, derived: by name, those that are not wrong.
    """

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.findings: list[Finding] = []
        self.derived: dict[str, DerivedValue] = {}
        self._rules: dict[Rule, Compiled] = {}
        base = scope_of(pathway)
        self._trees = self._named_trees(base)
        self.scope = with_rules(base, self._trees)
        self._named = {name: compile_rule(tree, self._trees) for name, tree in self._trees.items()}
        self.criteria: dict[str, Compiled] = dict(self._each_criterion())
        self.requires: dict[tuple[str, str], Compiled] = dict(self._each_requirement())
        self._compile_derived()
        self._compile_elements()
        self.findings += self._rings()

    @property
    def trees(self) -> Mapping[str, Dated]:
        """The checked trees of all named rules and criteria, for a rule from elsewhere that reads them."""
        return self._trees

    def rule(self, rule: Rule) -> Compiled:
        """A rule that stands in an element of this pathway."""
        return self._rules[rule]

    def find(self, rule: Rule | None) -> Compiled | None:
        """As `rule`; None if there is none, or it is wrong."""
        return None if rule is None else self._rules.get(rule)

    def every(self) -> tuple[Compiled, ...]:
        """The rules of all elements, and the criteria."""
        return (*self._rules.values(), *self.criteria.values(), *self.requires.values())

    def named(self, name: str) -> Compiled:
        """A named rule."""
        return self._named[name]

    def criterion(self, name: str) -> Compiled:
        """The rule of a criterion, in all its versions."""
        return self.criteria[name]

    # ------------------------------------------------------------------------------------------ named rules
    def _named_trees(self, base: Scope) -> dict[str, Dated]:
        """Rules and criteria by name. One that is wrong is noted, and stands as *true* for those that read
        it.
        """
        sources = _readable(self.pathway)
        wrong: dict[str, Dated] = {}
        while True:
            kept = {name: _texts(each) for name, each in sources.items() if name not in wrong}
            try:
                return {**check_rules(kept, with_rules(base, wrong)), **wrong}
            except RuleFault as fault:
                self._fault(fault, _source(sources[fault.rule], fault.version))
                wrong[fault.rule] = check("true", Scope({}), YES_NO)

    def _fault(self, fault: RuleFault, rule: Rule | None) -> None:
        where = place(rule, fault.offset) if rule else self.pathway.where
        self.findings.append(Finding(where, fault.code, fault.message, fault.remedy))

    # ------------------------------------------------------------------------------------------ the others
    def _each_criterion(self) -> Iterator[tuple[str, Compiled]]:
        for name, criterion in self.pathway.criteria.items():
            if name in self._trees and _readable(self.pathway).get(name) is criterion:
                yield name, self._named[name]
                continue
            tree = self._versions(criterion)
            if tree is not None:
                yield name, compile_rule(tree, self._trees)

    def _each_requirement(self) -> Iterator[tuple[tuple[str, str], Compiled]]:
        """What phases require, by phase and name."""
        for phase in courts.listed(self.pathway):
            for name, required in phase.requires.items():
                tree = self._versions(required)
                if tree is not None:
                    yield (phase.id, name), compile_rule(tree, self._trees)
                if required.ours_if is not None:
                    self._compile(required.ours_if, self.scope)

    def _versions(self, criterion: model.Criterion) -> Dated | None:
        if criterion.holds is not None:
            return self._checked(criterion.holds, self.scope, YES_NO)
        trees = [
            None if dated.value is None else self._checked(dated.value, self.scope, YES_NO)
            for dated in criterion.versions
        ]
        if any(tree is None and dated.value for tree, dated in zip(trees, criterion.versions, strict=True)):
            return None
        pairs = zip(trees, criterion.versions, strict=True)
        return tuple(Version(dated.period.from_, dated.period.until, tree) for tree, dated in pairs)

    def _checked(self, rule: Rule, names: Scope, wants: Kind | None) -> CheckedTree | None:
        try:
            return check(rule.text, names, wants)
        except RuleFault as fault:
            self._fault(fault, rule)
            return None

    def _compile(self, rule: Rule, names: Scope, wants: Kind | None = YES_NO) -> Compiled | None:
        tree = self._checked(rule, names, wants)
        if tree is None:
            return None
        compiled = self._rules[rule] = compile_rule(tree, self._trees)
        return compiled

    def _compile_derived(self) -> None:
        for name, derived in self.pathway.derived.items():
            source = derived.group or derived.for_each
            if name not in self.scope.names:
                self.findings.append(_no_list(derived, name, source))
            else:
                self._compile_one_derived(name, derived, source)

    def _compile_one_derived(self, name: str, derived: model.Derived, source: str) -> None:
        names = item_scope(self.scope, self.scope.names[source].kind) if source else self.scope
        rows = [(row, row.if_ and self._compile(row.if_, names)) for row in derived.choose]
        all_ = {each: self._compile(rule, names) for each, rule in derived.all.items()}
        if any(row.if_ and not rule for row, rule in rows) or None in all_.values():
            return
        good = {each: rule for each, rule in all_.items() if rule}
        found = tuple((rule or None, row.then) for row, rule in rows)
        behind = [rule.reads for rule in (*good.values(), *(rule for rule, _ in found if rule))]
        reads = frozenset().union(*behind, {source} if source else ()) - {ITEM}
        self.derived[name] = DerivedValue(name, derived, source, found, good, reads)

    def _compile_elements(self) -> None:
        """Every rule of every element that is not compiled yet, each in the scope of where it stands."""
        doors = replace(self.scope, forbidden={**self.scope.forbidden, **_facts(self.pathway)})
        for door in self.pathway.doors.values():
            self._compile_all(rules_in(door), doors)
        for fact in self.pathway.facts.values():
            if fact.or_from is not None:
                kind = scope.kind_of(fact.type, scope.currency_of(self.pathway))
                self._compile(fact.or_from, self.scope, kind)
            self._compile_all(rules_in(replace(fact, or_from=None)), self.scope)
        p = self.pathway
        groups: Iterable[Iterable[model.Element]] = (p.steps.values(), p.clocks.values(), p.boxes)
        rest: Iterable[Iterable[model.Element]] = (p.obligations.values(), p.consents.values(), p.retention)
        answers = (p.responses,) if p.responses is not None else ()
        for element in (each for group in (*groups, *rest, answers) for each in group):
            self._compile_all(rules_in(element), self.scope)

    def _rings(self) -> Iterator[Finding]:
        """Facts and derived values that lean on themselves: nobody could ever say what they are."""
        leans = dict(self._leans())
        for name in leans:
            path = _ring(name, leans)
            if path:
                element = self.pathway.facts.get(name) or self.pathway.derived[name]
                what = f"'{name}' leans on itself: {' → '.join(path)}"
                yield Finding(element.where, "R1", what, "compute one of them without the other")

    def _leans(self) -> Iterator[tuple[str, frozenset[str]]]:
        for name, fact in self.pathway.facts.items():
            rules = [self._rules.get(rule) for rule in (fact.or_from, fact.applies_if) if rule is not None]
            reads = frozenset().union(*(rule.reads for rule in rules if rule is not None))
            yield name, reads | ({self.pathway.law_date} if LAW_DATE in reads else set())
        for name, derived in self.derived.items():
            yield name, derived.reads

    def _compile_all(self, rules: Iterable[Rule], names: Scope) -> None:
        for rule in rules:
            self._compile(rule, names)


def rulebook(pathway: Pathway) -> Rulebook:
    """The rulebook of a pathway, made once. Raises `DefinitionFault` where a rule cannot be used."""
    kept = _BOOKS.get(id(pathway))
    if kept is not None and kept[0] is pathway:
        return kept[1]
    book = Rulebook(pathway)
    refuse(book.findings)
    return _kept(pathway, book)


def share(pathway: Pathway, book: Rulebook) -> None:
    """A variant of a pathway uses the book of another, in which every rule of the variant stands already."""
    _kept(pathway, book)


def _kept(pathway: Pathway, book: Rulebook) -> Rulebook:
    while len(_BOOKS) >= KEPT:
        del _BOOKS[next(iter(_BOOKS))]
    _BOOKS[id(pathway)] = pathway, book
    return book


def _ring(name: str, leans: Mapping[str, frozenset[str]]) -> list[str]:
    """The way from a name back to itself, [] if there is none."""
    ways, seen = [[name]], set[str]()
    while ways:
        way = ways.pop()
        for other in sorted(leans.get(way[-1], ())):
            if other == name:
                return [*way, name]
            if other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return []


def place(rule: Rule, offset: int) -> Where:
    """Where a character of a rule stands in the file."""
    before = rule.text[:offset].split("\n")
    return rule.where._replace(
        line=rule.where.line + len(before) - 1, column=rule.where.column + len(before[-1])
    )


Named = model.NamedRule | model.Criterion


def _readable(pathway: Pathway) -> dict[str, Named]:
    """What rules may name: the rules, and the criteria whose name says nothing else."""
    others = {*pathway.facts, *pathway.settings, *pathway.derived, *pathway.tables, *pathway.rules}
    free = {name: each for name, each in pathway.criteria.items() if name not in others}
    return {**pathway.rules, **free}


def _texts(named: Named) -> str | list[tuple[date | None, date | None, str | None]]:
    alone = named.is_ if isinstance(named, model.NamedRule) else named.holds
    if alone is not None:
        return alone.text
    return [(d.period.from_, d.period.until, d.value.text if d.value else None) for d in named.versions]


def _source(named: Named, version: int | None) -> Rule | None:
    alone = named.is_ if isinstance(named, model.NamedRule) else named.holds
    if version is None or alone is not None:
        return alone
    found: Rule | None = named.versions[version].value
    return found


def _facts(pathway: Pathway) -> dict[str, str]:
    return dict.fromkeys(pathway.facts, "a fact (a door is open or shut by settings alone)")


def _no_list(derived: model.Derived, name: str, source: str) -> Finding:
    what = f"'{name}' cannot be made from '{source}'"
    remedy = "name a list fact, or a derived value that is no ring, and fields that it has"
    return Finding(derived.where, "R1", what, remedy)
