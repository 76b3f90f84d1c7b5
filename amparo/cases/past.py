"""The range of past agreements for similar facts: from the smallest to the largest, and nothing between. Pure.

Similar means: the coded facts of the matter itself (class justice) say the same. There is no average and no middle, and
of few agreements nothing at all: a small number can be somebody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from amparo.cases import read
from amparo.cases.model import Case, Obligation
from amparo.pathways.model import Names, ObligationKind, Pathway

FEWEST = 5
"""Of fewer agreements no range is told."""


class Weight(NamedTuple):
    """What one agreement weighed: its items, sums of money by currency (minor units), counts by their term."""

    items: int
    sums: Mapping[str, int]
    counts: Mapping[str, int]


class Range(NamedTuple):
    """Smallest and largest of `n` agreements, each of the three for itself. Who has none of something weighs nought."""

    n: int
    items: tuple[int, int]
    sums: Mapping[str, tuple[int, int]]
    counts: Mapping[str, tuple[int, int]]


# ------------------------------------------------------------------------------------------------ similar
def of_the_matter(pathway: Pathway) -> Names:
    """The coded facts that say what a case is about, none of them about another person."""
    return tuple(
        name
        for name, fact in pathway.facts.items()
        if fact.type.kind == "one_of" and fact.class_ == "justice" and not fact.about
    )


def matter(pathway: Pathway, case: Case, t: int) -> Mapping[str, str]:
    """What the case is about, as far as it is known."""
    told = ((name, read.value(case, name, t)) for name in of_the_matter(pathway))
    return {name: value for name, value in told if isinstance(value, str)}


def is_similar(pathway: Pathway, wanted: Mapping[str, str], other: Case, t: int) -> bool:
    """Does another case say the same of everything that is known of this one?"""
    said = matter(pathway, other, t)
    return all(said.get(name) == value for name, value in wanted.items())


# ------------------------------------------------------------------------------------------------ weighed
def first_agreed(case: Case, kind: str) -> tuple[Obligation, ...]:
    """The items that were agreed first and together; what was added later belongs to how it went."""
    found = [o for o in case.obligations.values() if o.kind == kind]
    begun = min((o.at for o in found), default=0)
    return tuple(o for o in found if o.at == begun)


def weight(kind: ObligationKind, items: Iterable[Obligation]) -> Weight:
    """What these items weigh together: of money each item's first sum, for the second is only how it is paid."""
    money = next((n for n, x in kind.terms.items() if x.type.kind == "money"), "")
    counted = [n for n, x in kind.terms.items() if x.type.kind == "count"]
    told, sums, counts = tuple(items), Counter[str](), Counter[str]()
    for o in told:
        if (sum_ := _money(o.terms.get(money))) is not None:
            sums[sum_[0]] += sum_[1]
        for name in counted:
            counts[name] += int(o.terms.get(name) or 0)
    return Weight(len(told), sums, counts)


def _money(plain: Any) -> tuple[str, int] | None:
    return (str(plain["currency"]), int(plain["minor"])) if isinstance(plain, Mapping) else None


def spread(weights: Iterable[Weight]) -> Range | None:
    """From the smallest to the largest; None of fewer than `FEWEST`."""
    told = tuple(weights)
    if len(told) < FEWEST:
        return None
    currencies = dict.fromkeys(c for w in told for c in w.sums)
    counted = dict.fromkeys(name for w in told for name in w.counts)
    return Range(
        len(told),
        _ends(w.items for w in told),
        {c: _ends(w.sums.get(c, 0) for w in told) for c in currencies},
        {name: _ends(w.counts.get(name, 0) for w in told) for name in counted},
    )


def _ends(numbers: Iterable[int]) -> tuple[int, int]:
    found = tuple(numbers)
    return min(found), max(found)
