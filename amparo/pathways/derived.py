"""Derived values: lists put together by a code, and answers chosen by rows of rules. Three-valued throughout.

What is not known about one record may belong to any group, and an open list may hold more: where that could
change a sum or turn a *yes*, the answer is *not known* (the guarantee of section 6.3 of the language).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from amparo.pathways.model import Derived
from amparo.pathways.rules import Compiled, Records, first_true
from amparo.pathways.rules.compiled import Day, Get
from amparo.pathways.scope import ITEM

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DerivedValue:
    """A derived value ready to be asked. `source`: the list it reads, ''; `rows`: compiled rules with their
    values.

    `reads` are the names asked of `get`, the list's own among them.
    """

    name: str
    definition: Derived
    source: str
    rows: tuple[tuple[Compiled | None, Any], ...]
    all_: Mapping[str, Compiled]
    reads: frozenset[str]

    def value(self, get: Get, day: Day) -> Any:
        """`Records` for a list, else one value; None where it is not known."""
        if not self.source:
            return self._chosen(get, day)
        found = get(self.source)
        if found is None:
            return None
        if self.definition.group:
            return self._grouped(found, get, day)
        items = ({**item, "answer": self._chosen(_about(get, item), day)} for item in found.items)
        return Records(tuple(items), found.open)

    def asks(self, get: Get, day: Day) -> tuple[str, ...]:
        """Facts, settings and `law date` behind what is not known in it; the list itself where it is
        incomplete.
        """
        if not self.source:
            return tuple(dict.fromkeys(self._behind(get, day)))
        found = get(self.source)
        if found is None or found.open:
            return (self.source,)
        names = [name for item in found.items for name in self._about_item(item, get, day)]
        return tuple(dict.fromkeys(names))

    def _chosen(self, get: Get, day: Day) -> Any:
        return first_true(
            (True if rule is None else rule.verdict(get, day), value) for rule, value in self.rows
        )

    def _behind(self, get: Get, day: Day) -> Iterable[str]:
        """What is asked by the rows not known that stand before the first true one."""
        for rule, _ in self.rows:
            if rule is None or rule.verdict(get, day) is True:
                return
            yield from rule.asks(get, day)

    def _about_item(self, item: Record, get: Get, day: Day) -> Iterable[str]:
        if self.definition.group:
            wanted = (self.definition.by, *self.definition.sum)
            asked = [name for rule in self.all_.values() for name in rule.asks(_about(get, item), day)]
            asked += [self.source for name in wanted if item.get(name) is None]
        else:
            unknown = self._chosen(_about(get, item), day) is None
            asked = list(self._behind(_about(get, item), day)) if unknown else []
        return [self.source if name == ITEM else name for name in asked]

    def _grouped(self, found: Records, get: Get, day: Day) -> Records:
        by = self.definition.by
        stray = [item for item in found.items if item.get(by) is None]
        codes = list(dict.fromkeys(item[by] for item in found.items if item.get(by) is not None))
        groups = [self._group(code, found, stray, get, day) for code in codes]
        strays = [self._joined({by: None}, [item], True, get, day) for item in stray]
        return Records((*groups, *strays), found.open)

    def _group(self, code: Any, found: Records, stray: list[Record], get: Get, day: Day) -> Record:
        mine = [item for item in found.items if item.get(self.definition.by) == code]
        return self._joined({self.definition.by: code}, mine, bool(stray) or found.open, get, day)

    def _joined(self, head: Record, items: list[Record], more: bool, get: Get, day: Day) -> Record:
        sums = {name: None if more else _sum(items, name) for name in self.definition.sum}
        answers = {
            name: _and(more, (rule.verdict(_about(get, item), day) for item in items))
            for name, rule in self.all_.items()
        }
        return {**head, **sums, **answers}


def _about(get: Get, item: Record) -> Callable[[str], Any]:
    """As `get`, with the record at hand."""
    return lambda name: item if name == ITEM else get(name)


def _sum(items: list[Record], name: str) -> Any:
    values = [item.get(name) for item in items]
    return None if any(value is None for value in values) else sum(value for value in values if value)


def _and(more: bool, verdicts: Iterable[bool | None]) -> bool | None:
    """True of all; not known where one is, or where there may be more and none is false."""
    found = list(verdicts)
    if False in found:
        return False
    return None if more or None in found else True
