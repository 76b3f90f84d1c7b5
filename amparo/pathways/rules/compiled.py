"""A rule ready to be asked: its answer, the parts that decided, what to ask next, its boolean skeleton."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from amparo.pathways.rules.dated import Dated
from amparo.pathways.rules.kinds import Kind
from amparo.pathways.rules.named import kind_of
from amparo.pathways.rules.parts import Mask, Noted, Notes, Site
from amparo.pathways.rules.reach import names_behind
from amparo.pathways.rules.running import function
from amparo.pathways.rules.skeleton import Atom, Skeleton

Get: TypeAlias = Callable[[str], Any]
"""What the case knows under a name; None where it does not."""

Day: TypeAlias = Callable[[int], datetime.date]
"""The civil day of an instant (seconds since 1970, UTC) at the site."""

WHY = ("not known", "setting not entered", "no value", "error")
"""Why a leaf is not known, the first that holds: a fact, a setting or a cell lacks, or numbers overflow."""


class Leaf(NamedTuple):
    """A part that decided.

    `text` stands at `start` to `end` in the text of the last rule of `through` (in its version `version`,
    where it is dated), or of the rule that was asked. `answer` is the leaf's own. `values` are what it
    read, by the text it read it as. `items` are the numbers from 0 of the list items it stood at. `why` is
    'value', or the first of `WHY` among `behind`, the pairs (name, why).
    """

    text: str
    start: int
    end: int
    names: tuple[str, ...]
    values: tuple[tuple[str, Any], ...]
    through: tuple[str, ...]
    why: str
    answer: Any
    items: tuple[int, ...] = ()
    version: int | None = None
    behind: tuple[tuple[str, str], ...] = ()

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


class Answer(NamedTuple):
    """The answer of a rule (None: not known) and the leaves that decided it, the rule's own first."""

    value: Any
    leaves: tuple[Leaf, ...]

    @property
    def asks(self) -> tuple[str, ...]:
        """Names of facts and settings behind the leaves that are not known; 'law date' for the date of the
        law.
        """
        found = [name for leaf in self.leaves for name, why in leaf.behind if why in WHY[:2]]
        return tuple(dict.fromkeys(found))


class Compiled:
    """A rule with the rules it leans on. Made by `compile_rule`; holds nothing of any case."""

    def __init__(self, root: Dated, rules: Mapping[str, Dated]) -> None:
        self.root, self.rules = root, rules
        mask = Mask(rules)
        self.source = mask.source(root, "def rule(get, day):")
        self.sites: tuple[Site, ...] = tuple(mask.sites)
        self.rule: Callable[[Get, Day], tuple[Any, int]] = function(self.source)
        self.kind: Kind = kind_of(root)
        self.reads = names_behind(root, rules)

    def verdict(self, get: Get, day: Day) -> Any:
        """True, False or None (not known); where the rule is no condition, its value or None."""
        return self.rule(get, day)[0]

    def explain(self, get: Get, day: Day) -> Answer:
        """The answer, with the leaves that decided it."""
        value, parts = self._notes(get, day)
        once = {(each.site, each.items): each for each in parts}
        return Answer(value, tuple(self._leaf(once[key]) for key in sorted(once, key=self._place)))

    def asks(self, get: Get, day: Day) -> tuple[str, ...]:
        """Names of the facts and settings behind the leaves that are not known and decided; empty where none
        is.
        """
        return self.explain(get, day).asks

    def leaves_of(self, mask: int) -> tuple[Site, ...]:
        """The leaves whose bits are set."""
        return tuple(site for bit, site in enumerate(self.sites) if mask >> bit & 1)

    @cached_property
    def _notes(self) -> Callable[[Get, Day], tuple[Any, tuple[Noted, ...]]]:
        return function(Notes(self.rules).source(self.root, "def rule(get, day):"))

    def _place(self, key: tuple[int, tuple[int, ...]]) -> tuple[int, int, tuple[int, ...]]:
        site = self.sites[key[0]]
        return len(site.through), key[0], key[1]

    def _leaf(self, noted: Noted) -> Leaf:
        site = self.sites[noted.site]
        behind = tuple(dict.fromkeys(noted.whys))
        why = next((each for each in WHY if any(each == found for _, found in behind)), "value")
        return Leaf(
            site.text,
            site.start,
            site.end,
            site.names,
            noted.values,
            site.through,
            why,
            noted.answer,
            noted.items,
            site.version,
            behind,
        )

    # ------------------------------------------------------------------------------------------ for checks
    @cached_property
    def _skeleton(self) -> tuple[tuple[Atom, ...], Callable[[Sequence[bool | None]], bool | None]]:
        skeleton = Skeleton(self.rules)
        source = skeleton.source(self.root, "def rule(a):")
        return tuple(skeleton.atoms.values()), function(source)

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """The leaves of a condition that differ in meaning, each once; a whole exists or all is one atom."""
        return self._skeleton[0]

    def verdict_of(self, truths: Sequence[bool | None]) -> bool | None:
        """The answer where the atoms have these answers, in the order of `atoms`."""
        return self._skeleton[1](truths)


def compile_rule(rule: Dated, rules: Mapping[str, Dated] | None = None) -> Compiled:
    """A checked rule, or its versions, with the checked `rules` it may lean on, ready to be asked."""
    return Compiled(rule, rules or {})
