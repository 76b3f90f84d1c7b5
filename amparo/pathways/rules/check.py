"""A parsed rule against what is declared: names, kinds, codes, fields, units. What passes is a
`CheckedTree`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import replace

from amparo.pathways.rules import terms, tree
from amparo.pathways.rules.faults import RuleFault
from amparo.pathways.rules.kinds import (
    COUNT,
    DATE,
    INSTANT,
    LINE,
    YES_NO,
    Kind,
    Scope,
    codes,
    record,
)
from amparo.pathways.rules.mixing import called, product, remedy_for, same
from amparo.pathways.rules.parse import parse
from amparo.pathways.rules.refused import WORDS
from amparo.pathways.rules.terms import CheckedTree, Term

PLURAL = frozenset({"some", "records", "record", "table"})
"""Kinds that are not one value."""


def check(text: str, scope: Scope, wants: Kind | None = None) -> CheckedTree:
    """The rule `text`, with every name resolved and every kind right.

    `wants` is the kind it must answer with; codes in quotes as the whole answer need it. Raises
    `RuleFault`: R1 for form, names, kinds, codes and fields, R2 for what must stand in no rule.
    """
    return check_tree(text, parse(text), scope, wants)


def check_tree(text: str, node: tree.Node, scope: Scope, wants: Kind | None = None) -> CheckedTree:
    """As `check`, for a text that is parsed already."""
    term = _Checker(scope).term(node, wants)
    if term.kind.name in ("records", "record", "table"):
        raise RuleFault(f"{term.kind} is not an answer", node.start, "ask about it with exists, all or in")
    if wants is not None and not same(term.kind, wants):
        raise RuleFault(
            f"{called(term)} stands where {wants} is expected", node.start, remedy_for(term.kind, wants)
        )
    return CheckedTree(text, term)


class _Checker:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.items: dict[str, terms.Item] = {}

    def term(self, node: tree.Node, wants: Kind | None = None) -> Term:
        """The checked form of a node. `wants` tells in which vocabulary a code in quotes is to be found."""
        match node:
            case tree.Const():
                return self.constant(node, wants)
            case tree.Name():
                return self.name(node)
            case tree.Field():
                return self.field(node)
            case tree.Not():
                return terms.Not(node.start, node.end, YES_NO, self.condition(node.of, "!"))
            case tree.Logic():
                sides = tuple(self.condition(side, node.op) for side in node.sides)
                return terms.Logic(node.start, node.end, YES_NO, node.op, sides)
            case tree.Compare():
                return self.compare(node)
            case tree.Arith():
                left, right = self.term(node.left), self.term(node.right)
                return terms.Arith(node.start, node.end, product(node, left, right), node.op, left, right)
            case tree.Member():
                return self.member(node)
            case tree.Choice():
                return self.choice(node, wants)
            case tree.Each():
                return self.each(node)
            case tree.Call():
                return self.call(node)
            case tree.Index():
                raise RuleFault("a row of a table is not an answer", node.start, "write table[code].column")
        raise RuleFault("a list stands only after 'in'", node.start, "write name in ['one', 'other']")

    def condition(self, node: tree.Node, where: str) -> Term:
        term = self.term(node)
        if term.kind != YES_NO:
            remedy = "compare it, as in name == 'code' or name >= 16"
            raise RuleFault(f"'{where}' joins answers of yes or no, not {called(term)}", node.start, remedy)
        return term

    # ------------------------------------------------------------------------------------------ names
    def constant(self, node: tree.Const, wants: Kind | None) -> Term:
        if not isinstance(node.value, str):
            return terms.Const(node.start, node.end, Kind(node.form), node.value)
        if wants is None or wants.name not in ("codes", "place") or wants.words == ():
            raise RuleFault(f"'{node.value}' is compared with no codes", node.start, "write name == 'code'")
        if node.value not in wants.words:
            message = f"'{node.value}' is not one of its codes"
            raise RuleFault(message, node.start, _nearest(node.value, wants.words, "codes"))
        return terms.Const(node.start, node.end, wants, node.value)

    def name(self, node: tree.Name) -> Term:
        if node.name in self.items:
            return replace(self.items[node.name], start=node.start, end=node.end)
        return self.declared(node.name, node.start, node.end)

    def declared(self, name: str, start: int, end: int) -> Term:
        if name in self.scope.forbidden:
            message = f"'{name}' is {self.scope.forbidden[name]} and stands in no such rule"
            raise RuleFault(message, start, "decide on something else", "R2")
        declaration = self.scope.names.get(name)
        if declaration is None:
            raise RuleFault(f"'{name}' is not declared", start, self.remedy_for(name))
        self.refuse_kind(name, declaration.kind, start)
        if declaration.role == "rule":
            return terms.RuleOf(start, end, declaration.kind, name)
        return terms.Read(start, end, declaration.kind, name, declaration.role)

    @staticmethod
    def refuse_kind(name: str, kind: Kind, at: int) -> None:
        if kind.name in ("text", "score"):
            remedy = "declare a fact with codes, told by whoever read it"
            raise RuleFault(f"'{name}' is {kind} and stands in no rule", at, remedy, "R2")
        if kind.name == "length":
            message = f"'{name}' is a civil length, and only elapsed durations stand in rules"
            raise RuleFault(message, at, "make it the term of a clock, and read late.<clock>")

    def remedy_for(self, name: str) -> str:
        if name in WORDS:
            return WORDS[name]
        if any(name in declaration.kind.words for declaration in self.scope.names.values()):
            return f"a code stands in quotes: '{name}'"
        return _nearest(name, self.scope.names, "")

    def field(self, node: tree.Field) -> Term:
        reading = self.reading(node)
        if reading is not None:
            return reading
        if isinstance(node.of, tree.Index):
            return self.cell(node, node.of)
        of = self.term(node.of)
        if of.kind.name == "table":
            raise RuleFault(
                "a table is read by the row", node.at, f"write {terms.said(of)}[code].{node.name}"
            )
        if of.kind.name == "records":
            remedy = f"write {terms.said(of)}.exists(i, … i.{node.name} …)"
            raise RuleFault("a list is read item by item", node.at, remedy)
        if of.kind.name != "record":
            raise RuleFault(f"{called(of)} has no fields", node.at, "write the name alone")
        kind = self.column(of.kind, node, terms.said(of))
        return terms.Part(node.start, node.end, kind, of, node.name, terms.root_of(of))

    def reading(self, node: tree.Field) -> Term | None:
        """`times.report` and its like, which are declared under their dotted name."""
        if not isinstance(node.of, tree.Name) or node.of.name in self.items:
            return None
        dotted = f"{node.of.name}.{node.name}"
        if dotted in self.scope.names or dotted in self.scope.forbidden:
            return self.declared(dotted, node.start, node.end)
        family = [name for name in self.scope.names if name.startswith(f"{node.of.name}.")]
        if family and node.of.name not in self.scope.names:
            raise RuleFault(
                f"'{dotted}' is not declared",
                node.at,
                _nearest(node.name, family, "there are", f"{node.of.name}."),
            )
        return None

    def column(self, kind: Kind, node: tree.Field, of: str) -> Kind:
        found = kind.field(node.name)
        if found is None:
            noun = "column" if kind.name == "table" else "field"
            names = [name for name, _ in kind.fields]
            raise RuleFault(
                f"'{node.name}' is not a {noun} of {of}", node.at, _nearest(node.name, names, f"{noun}s")
            )
        self.refuse_kind(node.name, found, node.at)
        return found

    def cell(self, node: tree.Field, index: tree.Index) -> Term:
        of = self.term(index.of)
        if not isinstance(of, terms.Read) or of.kind.name != "table":
            raise RuleFault(f"{called(of)} has no rows", index.start, "use exists or all")
        key = self.term(index.key, codes(of.kind.words))
        self.key_fits(key, of)
        return terms.Cell(node.start, node.end, self.column(of.kind, node, of.name), of, key, node.name)

    def key_fits(self, key: Term, of: terms.Read) -> None:
        if key.kind.name != "codes" or not set(key.kind.words) <= set(of.kind.words):
            remedy = "look it up by a code of the table's own vocabulary"
            raise RuleFault(f"'{of.name}' has no rows for '{terms.said(key)}'", key.start, remedy)

    # ------------------------------------------------------------------------------------------ operators
    def compare(self, node: tree.Compare) -> Term:
        left, right = self.alike(node.left, node.right)
        if not same(left.kind, right.kind):
            message = f"{called(left)} is not compared with {called(right)}"
            raise RuleFault(message, node.start, remedy_for(left.kind, right.kind))
        if left.kind.name in PLURAL:
            remedy = "write 'code' in list, or ask with exists or all"
            raise RuleFault(f"{left.kind} is not compared as a whole", node.start, remedy)
        if node.op not in ("==", "!=") and left.kind.name not in LINE:
            raise RuleFault(f"{left.kind} has no order", node.start, "write == or !=, or in ['one', 'other']")
        return terms.Compare(node.start, node.end, YES_NO, node.op, left, right)

    def alike(self, one: tree.Node, other: tree.Node) -> tuple[Term, Term]:
        """Two sides that should be of one kind: the side that says the vocabulary is checked first."""
        if _is_quoted(one):
            right = self.term(other)
            return self.term(one, right.kind), right
        left = self.term(one)
        return left, self.term(other, left.kind)

    def member(self, node: tree.Member) -> Term:
        if isinstance(node.of, tree.Listing):
            return self.listed(node, node.of)
        of = self.term(node.of)
        if of.kind.name not in ("some", "table"):
            remedy = "write name in ['one', 'other'], or name a list of codes or a table"
            raise RuleFault(f"nothing is in {called(of)}", node.of.start, remedy)
        item = self.term(node.item, codes(of.kind.words))
        if of.kind.name == "table" and isinstance(of, terms.Read):
            self.key_fits(item, of)
        elif item.kind.name != "codes" or set(item.kind.words) != set(of.kind.words):
            message = f"'{terms.said(item)}' has other codes than '{terms.said(of)}'"
            raise RuleFault(message, node.item.start, "use a code of the same vocabulary")
        return terms.Member(node.start, node.end, YES_NO, item, of)

    def listed(self, node: tree.Member, listing: tree.Listing) -> Term:
        if not listing.items:
            raise RuleFault("nothing is in an empty list", listing.start, "write what may be in it")
        item, _ = self.alike(node.item, listing.items[0])
        found = tuple(self.term(each, item.kind) for each in listing.items)
        for each in found:
            if not same(item.kind, each.kind) or each.kind.name in PLURAL:
                message = f"{called(item)} is not compared with {called(each)}"
                raise RuleFault(message, each.start, remedy_for(item.kind, each.kind))
        of = terms.Listing(listing.start, listing.end, item.kind, found)
        return terms.Member(node.start, node.end, YES_NO, item, of)

    def choice(self, node: tree.Choice, wants: Kind | None) -> Term:
        condition = self.condition(node.condition, "?")
        if wants is None:
            yes, no = self.alike(node.yes, node.no)
        else:
            yes, no = self.term(node.yes, wants), self.term(node.no, wants)
        if not same(yes.kind, no.kind) or yes.kind.name in PLURAL:
            message = f"{called(yes)} and {called(no)} are not of one kind"
            raise RuleFault(message, node.no.start, remedy_for(yes.kind, no.kind))
        return terms.Choice(node.start, node.end, yes.kind, condition, yes, no)

    def each(self, node: tree.Each) -> Term:
        of = self.term(node.of)
        if of.kind.name not in ("records", "some") or isinstance(of, terms.Listing):
            remedy = "name a list of records or of codes"
            raise RuleFault(f"{called(of)} has no items", node.of.start, remedy)
        self.refuse_variable(node)
        kind = record(dict(of.kind.fields)) if of.kind.name == "records" else codes(of.kind.words)
        self.items[node.variable] = terms.Item(node.at, node.at, kind, node.variable, terms.root_of(of))
        body = self.condition(node.body, node.quantifier)
        del self.items[node.variable]
        return terms.Each(
            node.start, node.end, YES_NO, node.quantifier, of, node.variable, terms.root_of(of), body
        )

    def refuse_variable(self, node: tree.Each) -> None:
        taken = {name.split(".")[0] for name in (*self.scope.names, *self.scope.forbidden)} | set(self.items)
        if node.variable in taken:
            raise RuleFault(
                f"'{node.variable}' has a meaning already", node.at, "choose another name for the item"
            )

    def call(self, node: tree.Call) -> Term:
        wanted = INSTANT if node.function == "date_of" else DATE
        found = tuple(self.term(argument) for argument in node.arguments)
        for term in found:
            if term.kind != wanted:
                message = f"{node.function} takes {wanted}, not {called(term)}"
                raise RuleFault(message, term.start, remedy_for(term.kind, wanted))
        kind = DATE if node.function == "date_of" else COUNT
        return terms.Call(node.start, node.end, kind, node.function, found)


def _is_quoted(node: tree.Node) -> bool:
    """Whether a side is a code in quotes, so that the other one must say of which vocabulary."""
    if isinstance(node, tree.Choice):
        return _is_quoted(node.yes) or _is_quoted(node.no)
    return isinstance(node, tree.Const) and node.form == "text"


def _nearest(name: str, known: Iterable[str], noun: str, family: str = "") -> str:
    """A remedy for a misspelt word: the nearest known one (of a family of readings), else the first few."""
    words = [word for word in known if word]
    near = difflib.get_close_matches(name, [word.removeprefix(family) for word in words], 1)
    if near:
        return f"did you mean '{family}{near[0]}'?"
    if noun and words:
        return f"{noun}: {', '.join(words[:8])}{' …' if len(words) > 8 else ''}"
    return "declare it, or write a name that is declared"
