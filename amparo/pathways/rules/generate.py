"""From checked rules to Python source.

The source is written from the tree alone: names and constants enter it by `repr`, and nothing an author
typed is ever executed. Each condition becomes two variables, its answer (True, False, None) and its
*parts*, the leaves that settled it. What parts are is the dialect's business: bits of a mask (`Mask`), or
notes with the values at hand (`Notes`).

Who decides (section 6.4): `&&` false, the false sides; true, all; not known, those not known; `||` the
other way round; `!` the same; `?:` the condition and the branch taken, the condition alone where it is not
known, both branches where they settle it nevertheless; `exists` true, the items that are; false, all; not
known, those not known; `all` the other way round. The list itself is a part where it is not known, open or
empty, and beside a leaf that stands at its items but does not speak of them; the law date wherever versions
are chosen by it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, NamedTuple

from amparo.pathways.rules import functions, terms
from amparo.pathways.rules.dated import LAW_DATE, Dated, Version
from amparo.pathways.rules.operands import Operand, Operands
from amparo.pathways.rules.terms import CheckedTree, Term


class Site(NamedTuple):
    """A leaf as it is written: where it stands, and through which rules the compiled rule reaches it.

    The span belongs to the text of the last rule of `through` (of its version number `version`, where it is
    dated), or of the compiled rule itself. `term` is None for the law date.
    """

    text: str
    start: int
    end: int
    names: tuple[str, ...]
    through: tuple[str, ...]
    version: int | None
    term: Term | None


class Decided(NamedTuple):
    """The expressions of an answer and of its parts."""

    answer: str
    parts: str


class Unit(NamedTuple):
    """One text on its way into the source."""

    text: str
    through: tuple[str, ...]
    version: int | None


class Loop(NamedTuple):
    """A list whose items are at hand: the variables that speak of one, and the list itself as a part."""

    variables: set[str]
    itself: str


class Generator(Operands):
    """Writes one function for a rule and all the rules it leans on."""

    zero = "0"

    def __init__(self, rules: Mapping[str, Dated]) -> None:
        super().__init__()
        self.rules = rules
        self.sites: list[Site] = []
        self.unit = Unit("", (), None)
        self.answers: dict[str, Decided] = {}
        self.loops: list[Loop] = []

    # ------------------------------------------------------------------------------------------ rules
    def source(self, root: Dated, signature: str) -> str:
        """The whole function. `signature` is its first line."""
        for name, through in leaned_on(root, self.rules):
            self.answers[name] = self.ruled(self.rules[name], name, through)
        decided = self.ruled(root, "", ())
        body = [*self.loads(), *self.lines, f"return {self.returned(decided)}"]
        return signature + "".join(f"\n    {line}" for line in body) + "\n"

    def returned(self, decided: Decided) -> str:
        return f"{decided.answer}, {decided.parts}"

    def ruled(self, rule: Dated, name: str, through: tuple[str, ...]) -> Decided:
        if isinstance(rule, CheckedTree):
            return self.whole(rule, through, None)
        nothing = Decided("None", self.zero)
        found = [
            self.whole(version.tree, through, number) if version.tree else nothing
            for number, version in enumerate(rule)
        ]
        return self.dated(rule, found, name, through)

    def whole(self, tree: CheckedTree, through: tuple[str, ...], version: int | None) -> Decided:
        self.unit = Unit(tree.text, through, version)
        return self.decide(tree.term)

    def dated(
        self, versions: Sequence[Version], found: list[Decided], name: str, through: tuple[str, ...]
    ) -> Decided:
        """The version of the law date; where that is not known, the common answer of all."""
        law, out = self.local(LAW_DATE), self.fresh()
        site = self.site(Site(name or LAW_DATE, 0, 0, (LAW_DATE,), through, None, None))
        chosen = self.law_part(site, law, ())
        silent = self.law_part(site, law, ((name or LAW_DATE, "no value"),))
        word = "if"
        for version, each in zip(versions, found, strict=True):
            self.line(f"{word} {law} is not None{_within(law, version)}:")
            self.settle(out, each.answer, self.join([each.parts, chosen if version.tree else silent]))
            word = "elif"
        self.line(f"{word} {law} is not None:")
        self.settle(out, "None", silent)
        first = found[0].answer
        others = "".join(f" and {first} == {each.answer}" for each in found[1:])
        self.line(f"elif {first} is not None{others}:")
        self.settle(out, first, self.join([each.parts for each in found]))
        self.line("else:")
        self.settle(out, "None", self.law_part(site, law, ((LAW_DATE, "not known"),)))
        return self.decided(out)

    # ------------------------------------------------------------------------------------------ conditions
    def decide(self, term: Term) -> Decided:
        """Write what is needed for the answer of a term and its parts."""
        match term:
            case terms.Not(of=of):
                return self.negation(self.decide(of))
            case terms.Logic(op=op, sides=sides):
                return self.chain(op == "&&", [self.decide(side) for side in sides])
            case terms.Choice():
                return self.choice(term)
            case terms.RuleOf(name=name):
                return Decided(
                    self.answers[name].answer, self.join([self.answers[name].parts, *self.around(term)])
                )
            case terms.Each():
                return self.each(term)
        return self.leaf(term)

    def negation(self, of: Decided) -> Decided:
        out = self.fresh()
        self.line(f"v{out} = None if {of.answer} is None else not {of.answer}")
        return Decided(f"v{out}", of.parts)

    def chain(self, both: bool, sides: list[Decided]) -> Decided:
        out = self.fresh()
        stop, go = ("False", "True") if both else ("True", "False")
        for word, answer in (("if", stop), ("elif", "None")):
            self.line(f"{word} {' or '.join(f'{side.answer} is {answer}' for side in sides)}:")
            parts = [f"({side.parts} if {side.answer} is {answer} else {self.zero})" for side in sides]
            self.settle(out, answer, self.join(parts))
        self.line("else:")
        self.settle(out, go, self.join([side.parts for side in sides]))
        return self.decided(out)

    def choice(self, term: terms.Choice) -> Decided:
        condition, yes, no = self.decide(term.condition), self.decide(term.yes), self.decide(term.no)
        out = self.fresh()
        self.line(f"if {condition.answer} is True:")
        self.settle(out, yes.answer, self.join([condition.parts, yes.parts]))
        self.line(f"elif {condition.answer} is False:")
        self.settle(out, no.answer, self.join([condition.parts, no.parts]))
        self.line(f"elif {yes.answer} is not None and {yes.answer} == {no.answer}:")
        self.settle(out, yes.answer, self.join([yes.parts, no.parts]))
        self.line("else:")
        self.settle(out, "None", condition.parts)
        return self.decided(out)

    def each(self, term: terms.Each) -> Decided:
        """A loop that never leaves early: every item that decided is a part."""
        of, out = self.operand(term.of), self.fresh()
        site, around = self.site(self.written(term.of)), self.around(term.of)
        itself = self.part(site, of.code, of, "()")
        self.line(f"if {of.code} is None:")
        self.settle(out, "None", self.join([self.part(site, "None", of, of.why), *around]))
        self.line("else:")
        with self.indented():
            self.line(f"t{out} = f{out} = u{out} = {self.zero}; yes{out} = not{out} = any{out} = False")
            self.line(f"for n{out}, i{out} in enumerate({of.code}.items):")
            with self.indented(), self.item(term.variable, out), self.loop(term, itself):
                self.gather(out, self.decide(term.body))
            opened = self.join([self.part(site, "None", of, self.more(term.of, of)), *around])
            opened = f"(({opened}) if {of.code}.open else {self.zero})"
            empty = f"(({self.join([itself, *around])}) if not {of.code}.items else {self.zero})"
            self.quantified(term.quantifier == "exists", out, f"{of.code}.open", opened, empty)
        return self.decided(out)

    @contextmanager
    def loop(self, term: terms.Each, itself: str) -> Iterator[None]:
        """While the items of a list are at hand. An item of an item's own list speaks of both."""
        derived = [loop for loop in self.loops if loop.variables & _items_in(term.of)]
        for loop in derived:
            loop.variables.add(term.variable)
        self.loops.append(Loop({term.variable}, itself))
        yield
        self.loops.pop()
        for loop in derived:
            loop.variables.remove(term.variable)

    def around(self, term: Term) -> list[str]:
        """The lists at whose items a leaf stands without speaking of them: they are parts too."""
        spoken = _items_in(term)
        return [loop.itself for loop in self.loops if not loop.variables & spoken]

    def gather(self, out: int, body: Decided) -> None:
        """Sort one item's parts to those that are true, false or not known."""
        for test, flag, parts in (
            (f"if {body.answer} is True:", f"yes{out}", f"t{out}"),
            (f"elif {body.answer} is False:", f"not{out}", f"f{out}"),
            ("else:", f"any{out}", f"u{out}"),
        ):
            self.line(test)
            self.line(f"    {flag} = True; {parts} = {self.join([parts, body.parts])}")

    def quantified(self, exists: bool, out: int, is_open: str, opened: str, empty: str) -> None:
        flag, found, rest = ("yes", "t", "f") if exists else ("not", "f", "t")
        self.line(f"if {flag}{out}:")
        self.settle(out, str(exists), f"{found}{out}")
        self.line(f"elif any{out} or {is_open}:")
        self.settle(out, "None", self.join([f"u{out}", opened]))
        self.line("else:")
        self.settle(out, str(not exists), self.join([f"{rest}{out}", empty]))

    def leaf(self, term: Term) -> Decided:
        operand = self.operand(term)
        if isinstance(term, terms.Const):
            operand = self.strict(operand.code, [])  # Python warns of `'code' is None`
        site = self.site(self.written(term))
        part = self.part(site, operand.code, operand, operand.why)
        return Decided(operand.code, self.join([part, *self.around(term)]))

    def written(self, term: Term) -> Site:
        unit = self.unit
        text = unit.text[term.start : term.end]
        return Site(text, term.start, term.end, self.names_of(term), unit.through, unit.version, term)

    def names_of(self, term: Term) -> tuple[str, ...]:
        """The names a leaf reads, in the order of the text; of an item, the list it is from."""
        found: dict[str, None] = {}
        for each in terms.walk(term):
            if isinstance(each, terms.Read):
                found[each.name] = None
            elif isinstance(each, terms.Item):
                found[each.root] = None
            elif isinstance(each, terms.RuleOf):
                found.update(dict.fromkeys(sorted(names_behind(self.rules[each.name], self.rules))))
        return tuple(found)

    # ------------------------------------------------------------------------------------------ the dialect
    def site(self, site: Site) -> int:
        self.sites.append(site)
        return len(self.sites) - 1

    def settle(self, out: int, answer: str, parts: str) -> None:
        """The one line of a branch that gives an answer and its parts."""
        self.line(f"    v{out} = {answer}; p{out} = {parts}")

    def decided(self, out: int) -> Decided:
        return Decided(f"v{out}", f"p{out}")

    def inner(self, term: Term) -> Operand:
        """A condition inside a leaf: its answer counts, its parts only tell why it is not known."""
        decided = self.decide(term)
        return Operand(decided.answer, self.whys(decided.parts), True, ())

    def join(self, parts: list[str]) -> str:
        """The union of parts, in balanced brackets: Python's compiler goes down once a bracket."""
        kept = [part for part in parts if part != self.zero]
        if len(kept) <= 2:
            return self.union.join(kept) or self.zero
        middle = len(kept) // 2
        return f"({self.join(kept[:middle])}){self.union}({self.join(kept[middle:])})"

    union = "|"

    def part(self, site: int, answer: str, operand: Operand, why: str) -> str:
        raise NotImplementedError

    def law_part(self, site: int, law: str, why: tuple[tuple[str, str], ...]) -> str:
        raise NotImplementedError

    def whys(self, parts: str) -> str:
        raise NotImplementedError


class Mask(Generator):
    """Parts are bits; bit k is the leaf `sites[k]`."""

    def part(self, site: int, answer: str, operand: Operand, why: str) -> str:
        return str(1 << site)

    def law_part(self, site: int, law: str, why: tuple[tuple[str, str], ...]) -> str:
        return str(1 << site)

    def whys(self, parts: str) -> str:
        return "()"


class Noted(NamedTuple):
    """A leaf that decided, with its answer, the values it read, the items it stood at, and why it is not
    known.
    """

    site: int
    answer: Any
    values: tuple[tuple[str, Any], ...]
    items: tuple[int, ...]
    whys: tuple[tuple[str, str], ...]


class Notes(Generator):
    """Parts are tuples of `Noted`. Slower, for explaining."""

    zero, union = "()", "+"

    def part(self, site: int, answer: str, operand: Operand, why: str) -> str:
        values = "".join(f"({label!r}, {code})," for label, code in operand.shown)
        items = "".join(f"{number}," for number in self.numbers())
        return f"(Noted({site}, {answer}, ({values}), ({items}), {why} if {answer} is None else ()),)"

    def law_part(self, site: int, law: str, why: tuple[tuple[str, str], ...]) -> str:
        return f"(Noted({site}, {law}, (({LAW_DATE!r}, {law}),), (), {why!r}),)"

    def whys(self, parts: str) -> str:
        return f"whys({parts})"


def whys(parts: tuple[Noted, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(why for noted in parts for why in noted.whys)


NAMESPACE: dict[str, Any] = {
    "__builtins__": {"enumerate": enumerate},
    "Decimal": Decimal,
    "datetime": datetime,
    "Noted": Noted,
    "whys": whys,
    "whole": functions.whole,
    "instant": functions.instant,
    "exact": functions.exact,
    "day_of": functions.day_of,
    "years_between": functions.years_between,
    "days_between": functions.days_between,
    "among": functions.among,
    "cell": functions.cell,
}


def function(source: str) -> Callable[..., Any]:
    """The function `rule` of generated source."""
    space = dict(NAMESPACE)
    exec(compile(source, "<rule>", "exec"), space)
    made: Callable[..., Any] = space["rule"]
    return made


def _items_in(term: Term) -> set[str]:
    return {each.variable for each in terms.walk(term) if isinstance(each, terms.Item)}


def leaned_on(root: Dated, rules: Mapping[str, Dated]) -> list[tuple[str, tuple[str, ...]]]:
    """The rules behind one, each after those it leans on itself, with the first way it is reached by."""
    ways: dict[str, tuple[str, ...]] = {}
    waiting: list[tuple[str, tuple[str, ...]]] = [(name, (name,)) for name in _next(root)]
    while waiting:
        name, way = waiting.pop(0)
        if name not in ways:
            ways[name] = way
            waiting += [(other, (*way, other)) for other in _next(rules[name])]
    order: dict[str, tuple[str, ...]] = {}
    while len(order) < len(ways):
        for name, way in ways.items():
            if name not in order and all(other in order for other in _next(rules[name])):
                order[name] = way
    return list(order.items())


def _next(rule: Dated) -> list[str]:
    """The rules a rule goes on to, in the order of its text."""
    found = [term.name for term in _terms(rule) if isinstance(term, terms.RuleOf)]
    return list(dict.fromkeys(found))


def _terms(rule: Dated) -> list[Term]:
    """All terms of all versions of a rule."""
    trees = [rule] if isinstance(rule, CheckedTree) else [version.tree for version in rule if version.tree]
    return [term for tree in trees for term in terms.walk(tree.term)]


def names_behind(root: Dated, rules: Mapping[str, Dated]) -> frozenset[str]:
    """Every name that a rule and those it leans on ask of the case."""
    found: set[str] = set()
    for rule in [root, *(rules[name] for name, _ in leaned_on(root, rules))]:
        reads = [term for term in _terms(rule) if isinstance(term, terms.Read)]
        found |= {term.name for term in reads}
        if isinstance(rule, tuple) or any(term.role == "table" for term in reads):
            found.add(LAW_DATE)
    return frozenset(found)


def _within(law: str, version: Version) -> str:
    after = f" and {law} >= {version.from_!r}" if version.from_ else ""
    before = f" and {law} <= {version.until!r}" if version.until else ""
    return after + before
