"""From checked rules to functions of a frame: one for each part, made once and asked for each block of rows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from amparo.pathways.rules import columns_logic as logic
from amparo.pathways.rules import terms
from amparo.pathways.rules.columns_frame import Condition, Frame, Value
from amparo.pathways.rules.columns_held import ALL, NONE, Column, Held, Masks, both
from amparo.pathways.rules.columns_made import constant
from amparo.pathways.rules.columns_numbers import CALLS, arithmetic, clean
from amparo.pathways.rules.dated import Dated
from amparo.pathways.rules.generate import Decided
from amparo.pathways.rules.kinds import YES_NO, Kind
from amparo.pathways.rules.named import kind_of
from amparo.pathways.rules.skeleton import Atom, Skeleton, atom_of
from amparo.pathways.rules.terms import CheckedTree, Term

LOGIC = (terms.Not, terms.Logic, terms.Choice, terms.RuleOf, terms.Each, terms.Compare, terms.Member)
"""What answers with two masks, where it is a condition."""


def planned(rule: Dated) -> Condition | Value:
    """A rule, or its versions: a condition where it answers yes or no, a value else."""
    kind = kind_of(rule)
    if isinstance(rule, CheckedTree):
        return condition(rule.term) if kind == YES_NO else value(rule.term)
    if kind == YES_NO:
        sides = [condition(each.tree.term) if each.tree else _silent for each in rule]
        return logic.dated_condition(rule, sides)
    return logic.dated_value(rule, [value(each.tree.term) if each.tree else _nothing(kind) for each in rule])


def _silent(frame: Frame) -> Masks:
    """A version without an answer."""
    return Masks(NONE, NONE)


def _nothing(kind: Kind) -> Value:
    held = constant(kind, None)
    return lambda frame: held


# ------------------------------------------------------------------------------------------------ conditions
def condition(term: Term) -> Condition:
    """A term that answers yes or no."""
    match term:
        case terms.Not(of=of):
            return logic.negation(condition(of))
        case terms.Logic(op=op, sides=sides):
            join = logic.conjunction if op == "&&" else logic.disjunction
            return join([condition(side) for side in sides])
        case terms.Choice(condition=when, yes=yes, no=no):
            return logic.choice(condition(when), condition(yes), condition(no))
        case terms.RuleOf(name=name):
            return lambda frame: frame.answer(name)
        case terms.Each(quantifier=quantifier, of=of, variable=variable, body=body):
            each = logic.each_record if of.kind.name == "records" else logic.each_code
            return each(quantifier == "exists", value(of), variable, condition(body))
        case terms.Compare(op=op, left=left, right=right):
            return logic.comparison(op, value(left), value(right))
        case terms.Member():
            return _member(term)
    found = value(term)
    return lambda frame: logic.masks_of(found(frame))


def _member(term: terms.Member) -> Condition:
    item = value(term.item)
    if not isinstance(term.of, terms.Listing):
        of = value(term.of)
        return logic.in_table(item, of) if term.of.kind.name == "table" else logic.one_of_several(item, of)
    elements = term.of.items
    codes = [each.value for each in elements if isinstance(each, terms.Const)]
    if len(codes) == len(elements) and term.item.kind.name in ("codes", "place"):
        return logic.coded(item, frozenset(str(each) for each in codes))
    return logic.listed(item, [value(each) for each in elements])


# ------------------------------------------------------------------------------------------------ values
def value(term: Term) -> Value:
    """A term as a column of its kind."""
    if term.kind == YES_NO and isinstance(term, LOGIC):
        answer = condition(term)
        return lambda frame: logic.column_of_masks(answer(frame))
    match term:
        case terms.Const():
            return _constant(term)
        case terms.Read(name=name):
            return _read(name)
        case terms.RuleOf(name=name):
            return lambda frame: frame.answer(name)
        case terms.Item(variable=variable):
            return lambda frame: frame.item(variable)
        case terms.Part(of=of, name=name):
            return _part(value(of), name)
        case terms.Cell(table=table, key=key, column=column):
            return logic.cell(value(table), value(key), column)
        case terms.Arith(op=op, left=left, right=right):
            return _arithmetic(op, term.kind.name, value(left), value(right))
        case terms.Choice(condition=when, yes=yes, no=no):
            return _choice(condition(when), value(yes), value(no))
        case terms.Call(function=function, arguments=arguments):
            return _call(function, [value(each) for each in arguments])
    raise AssertionError(term)


def _constant(term: terms.Const) -> Value:
    kind = term.kind
    given: Any = term.value
    held = constant(kind, Decimal(given) if kind.name == "number" else given)
    assert isinstance(held, Column)
    held = held._replace(known=ALL)
    return lambda frame: held


def _read(name: str) -> Value:
    return lambda frame: frame.read(name)


def _part(of: Value, name: str) -> Value:
    def answer(frame: Frame) -> Held:
        record = of(frame)
        field: Held = record.fields[name]
        return field if record.known is ALL else field.only(record.known)

    return answer


def _arithmetic(op: str, kind: str, left: Value, right: Value) -> Value:
    return lambda frame: arithmetic(op, kind, left(frame), right(frame))


def _choice(when: Condition, yes: Value, no: Value) -> Value:
    """The value of the branch; where the condition is not known, the one that both branches have."""

    def answer(frame: Frame) -> Held:
        (is_, is_not), one, other = when(frame), yes(frame), no(frame)
        settled = is_ | is_not | logic.alike(one, other)
        return logic.merged(is_, one, other).only(settled)

    return answer


def _call(function: str, arguments: list[Value]) -> Value:
    if function != "date_of":
        does, (one, other) = CALLS[function], arguments
        return lambda frame: does(one(frame), other(frame))
    (of,) = arguments

    def answer(frame: Frame) -> Column:
        instants = of(frame)
        days, exist = frame.day(clean(instants))
        return Column(days, both(instants.known, exist))

    return answer


# ------------------------------------------------------------------------------------------------ atoms
class Atoms(Skeleton):
    """The atoms of a rule, in the order of `Compiled.atoms`, each with what answers it."""

    def __init__(self, root: Dated, rules: Mapping[str, Dated]) -> None:
        super().__init__(rules)
        self.answers_of: dict[str, Condition] = {}
        self.source(root, "def rule(a):")

    def ready(self) -> list[Condition]:
        return [self.answers_of[key] for key in self.atoms]

    def leaf(self, term: Term) -> Decided:
        if not isinstance(term, terms.Const):
            self.answers_of.setdefault(atom_of(term, ()).key, condition(term))
        return super().leaf(term)

    def atom(self, atom: Atom) -> str:
        if atom.op == "within":
            self.answers_of.setdefault(atom.key, _period(atom))
        return super().atom(atom)


def _period(atom: Atom) -> Condition:
    from_, until = atom.constants
    return lambda frame: logic.covered(frame, from_, until)
