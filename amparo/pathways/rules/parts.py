"""Answers with their parts: as bits of a mask, fast, or as notes that tell what was read, for explaining.

Who decides (section 6.4): `exists` true, the items that are; false, all; not known, those not known; `all`
the other way round. The list itself is a part where it is not known, open or empty, and beside a leaf that
stands at its items but does not speak of them; the law date wherever versions are chosen by it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from amparo.pathways.rules import terms
from amparo.pathways.rules.dated import LAW_DATE, Dated, Version
from amparo.pathways.rules.generate import Decided, Generator
from amparo.pathways.rules.operands import Operand, Operands
from amparo.pathways.rules.terms import Term


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


class Loop(NamedTuple):
    """A list whose items are at hand: the variables that speak of one, and the list itself as a part."""

    variables: set[str]
    itself: str


class Parts(Generator, Operands):
    """Writes functions that return an answer and its parts."""

    def __init__(self, rules: Mapping[str, Dated]) -> None:
        super().__init__(rules)
        self.sites: list[Site] = []
        self.loops: list[Loop] = []

    def returned(self, decided: Decided) -> str:
        return f"{decided.answer}, {decided.parts}"

    def dated(
        self, versions: Sequence[Version], found: list[Decided], name: str, through: tuple[str, ...]
    ) -> Decided:
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

    def other(self, term: Term, decided: Decided) -> Decided:
        return Decided(decided.answer, self.join([decided.parts, *self.around(term)]))

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

    def site(self, site: Site) -> int:
        self.sites.append(site)
        return len(self.sites) - 1

    def settle(self, out: int, answer: str, parts: str) -> None:
        self.line(f"    v{out} = {answer}; p{out} = {parts}")

    def decided(self, out: int) -> Decided:
        return Decided(f"v{out}", f"p{out}")

    def inner(self, term: Term) -> Operand:
        """A condition inside a leaf: its answer counts, its parts only tell why it is not known."""
        decided = self.decide(term)
        return Operand(decided.answer, self.whys(decided.parts), True, ())

    @abstractmethod
    def part(self, site: int, answer: str, operand: Operand, why: str) -> str:
        """A leaf as a part; `why` tells why it is not known, where it is not."""

    @abstractmethod
    def law_part(self, site: int, law: str, why: tuple[tuple[str, str], ...]) -> str:
        """The law date as a part."""

    @abstractmethod
    def whys(self, parts: str) -> str:
        """Why the parts that are not known are not."""


class Mask(Parts):
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


class Notes(Parts):
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


def _items_in(term: Term) -> set[str]:
    return {each.variable for each in terms.walk(term) if isinstance(each, terms.Item)}


def _within(law: str, version: Version) -> str:
    after = f" and {law} >= {version.from_!r}" if version.from_ else ""
    before = f" and {law} <= {version.until!r}" if version.until else ""
    return after + before
