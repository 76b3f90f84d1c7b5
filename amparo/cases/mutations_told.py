"""Changes of who is told, what is counted and how long it is kept: each thing said taken out or turned round."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from amparo.cases.changes import Mutant, Spot, each, each_of_several, flag, out, rule
from amparo.pathways.model import Cite, Length, Pathway

HOUSE = (Cite("house", ""),)


def notice(spot: Spot) -> Iterator[Mutant]:
    """Somebody else is told; each thing it says is left out; another ground; receipt and name turned round."""
    n = spot.element
    yield from each_of_several(spot, "to")
    other = next((role for role in spot.roles if role not in n.to), "")
    yield from (spot.mutant("to", f"now {other}", (other,)) for _ in n.to[:1] if other)
    yield from each(spot, "says")
    grounds = () if isinstance(n.ground, str) or len(n.ground) < 2 else n.ground
    for cite in grounds:
        left = tuple(x for x in grounds if x != cite)
        yield spot.mutant("ground", f"without {cite}", left)
    if not grounds and n.ground != HOUSE:
        yield spot.mutant("ground", "now house", HOUSE)
    yield from each(spot, "corrects")
    yield from out(spot, "party", "")
    for field in ("receipt", "without_name"):
        yield from flag(spot, field)


def count(spot: Spot) -> Iterator[Mutant]:
    """Each code is left out; the month is kept with every count."""
    kept = spot.element.keeps
    for name in kept:
        if name != "month":
            yield spot.mutant("keeps", f"without {name}", tuple(x for x in kept if x != name))


# ------------------------------------------------------------------------------------------------ how long it is kept
def retention(pathway: Pathway) -> Iterator[Mutant]:
    for n, line in enumerate(pathway.retention):
        words = frozenset({"retention", *line.after})
        spot = Spot(f"retention.{n + 1}", line, _line_put(pathway, n), words, frozenset({"retention"}))
        without = replace(pathway, retention=(*pathway.retention[:n], *pathway.retention[n + 1 :]))
        yield Mutant(spot.at, "taken out", line.where, spot.words, spot.touch, without)
        yield from each(spot, "after")
        for field in ("named", "ends"):
            yield from _kept(spot, field)
        other = "wiped" if line.then == "statistics" else "statistics"
        yield spot.mutant("then", f"now {other}", other)
        yield from flag(spot, "never_named")
        yield from rule(spot, "kept_while")


def _line_put(pathway: Pathway, n: int) -> Callable[[Any], Pathway]:
    return lambda x: replace(pathway, retention=(*pathway.retention[:n], x, *pathway.retention[n + 1 :]))


def _kept(spot: Spot, field: str) -> Iterator[Mutant]:
    found = getattr(spot.element, field)
    if isinstance(found, Length):
        yield spot.mutant(field, "one longer", found._replace(n=found.n + 1))
    elif found is not None:
        yield spot.mutant(field, "other", "at once" if found != "at once" else Length(1, "years"))
