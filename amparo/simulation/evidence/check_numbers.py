"""Every number can be fitted, is of the kind its place wants, and shares add up to one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from amparo.pathways.findings import Finding
from amparo.pathways.model import Where
from amparo.simulation.evidence.distributions import FAR, Unfit, people_of, spread_of
from amparo.simulation.evidence.draw import groups
from amparo.simulation.evidence.model import LITERALS, Column, Costs, Draw, Evidence, Exit, Hazard, Ref, Value
from amparo.simulation.evidence.units import NOUNS

CLOSE = 1e-9
"""How near to one shares must add up."""

Wanted = tuple[Ref, tuple[str, ...]]
"""Where a value is named, and the kinds of unit that may stand there."""


def numbers(evidence: Evidence) -> Iterator[Finding]:
    """Distributions that cannot be fitted, units of the wrong kind, shares that do not add up."""
    for value in evidence.values.values():
        yield from _fits(value)
        yield from _complete(value)
    for ref, kinds in wanted(evidence):
        yield from _of_kind(evidence, ref, kinds)
    for what, where, refs in _wholes(evidence):
        yield from _adds_up(evidence, what, where, refs)
    yield from _exits_add_up(evidence)
    yield from _groups_add_up(evidence)


# ------------------------------------------------------------------------------------------------ each value
def _fits(value: Value) -> Iterator[Finding]:
    yield from _tried(value, spread_of, "")
    if value.unit.kind == "duration":
        yield from _tried(value, people_of, "people's durations: ")


def _tried(value: Value, fit: Callable[[Value], Any], of: str) -> Iterator[Finding]:
    try:
        error = fit(value).error
    except Unfit as unfit:
        what, _, remedy = str(unfit).partition(": ")
        yield Finding(value.where, "E5", f"{value.name}: {of}{what}", remedy or "mend it")
        return
    if error > FAR:
        what = f"{value.name}: {of}the {value.as_} nearest to its interval misses its ends by {error:.0%} of its width"
        yield Finding(value.where, "E7", what, "name another distribution, or say why in note", warn=True)


def _complete(value: Value) -> Iterator[Finding]:
    """What goes with a dirichlet, a duration, money."""
    if (value.as_ == "dirichlet") != bool(value.group):
        what = f"{value.name}: `as: dirichlet` and `group` go together"
        yield Finding(value.where, "E5", what, "write both, or neither")
    if value.uncertain and value.unit.kind != "duration":
        what = f"{value.name}: `uncertain` is for durations"
        yield Finding(value.where, "E5", what, "say how sure it is by as, interval, level")
    if value.unit.kind in ("money", "money_rate"):
        for key in ("currency", "price_year"):
            if not getattr(value, key):
                yield Finding(value.where, "E5", f"{value.name}: this money lacks '{key}'", f"write {key}")


# ------------------------------------------------------------------------------------------------ units
SHARE, RATE, RATIO, TIME, COUNT = (
    ("share",),
    ("rate",),
    ("ratio", "number"),
    ("duration",),
    ("count", "number"),
)
SUM, SUM_A_TIME, WEIGHT, YEARS = (
    ("money",),
    ("money_rate",),
    ("utility", "number"),
    ("utility", "number", "duration"),
)


def wanted(evidence: Evidence) -> Iterator[Wanted]:
    """Every place where a value is named, with the kinds of unit that may stand there."""
    yield from _of_people(evidence)
    for choice in evidence.choices.values():
        yield from _all([choice.after], TIME)
        for given in choice.given:
            yield from _all(given.shares.values(), SHARE)
    for exit_ in every_exit(evidence):
        yield from _of_exit(exit_)
    for terms in evidence.terms.values():
        for term in terms.values():
            yield from _all((option.share for option in term.options), SHARE)
    for hazard in evidence.hazards.values():
        yield from _of_hazard(hazard)
    yield from _of_money(evidence)
    yield from _all(evidence.places.values(), COUNT)
    yield from _all(evidence.otherwise.values(), SHARE)
    for choice in evidence.choices.values():
        yield from _all(choice.times.values(), RATIO)
    for offer in evidence.offers.values():
        yield from _all([offer.offered, offer.accepted], SHARE)


def every_exit(evidence: Evidence) -> Iterator[Exit]:
    """The exits of stages, and what becomes of letters, obligations and support."""
    for exits in evidence.stages.values():
        yield from exits.values()
    for kind in (evidence.letters, evidence.obligations, evidence.support):
        yield from kind.values()


def _all(refs: Iterable[Ref | None], kinds: tuple[str, ...]) -> Iterator[Wanted]:
    return ((ref, kinds) for ref in refs if ref is not None and not ref.rest)


def _of_people(evidence: Evidence) -> Iterator[Wanted]:
    if evidence.population:
        yield from _all([evidence.population.people], COUNT)
        for column in evidence.population.columns.values():
            for part in _parts(column):
                yield from _all([*part.choose.values(), *part.bands.values(), part.share], SHARE)
    for fact in evidence.facts.values():
        for draw in fact.given:
            yield from _all(_shares_of_draw(draw), SHARE)


def _parts(column: Column) -> Iterator[Column]:
    """A column, and what it is for people of some code."""
    yield column
    for codes in column.by.values():
        yield from codes.values()


def _shares_of_draw(draw: Draw) -> list[Ref | None]:
    return [
        *(option.share for option in draw.choose),
        draw.share,
        draw.not_known,
        draw.refused,
        draw.no_answer,
    ]


def _of_exit(exit_: Exit) -> Iterator[Wanted]:
    yield from _all([exit_.hazard], RATE)
    yield from _all([exit_.delay], TIME)
    yield from _all([exit_.share], SHARE)
    kinds = RATE if exit_.hazard or exit_.share is None else SHARE
    yield from _all((ref for codes in exit_.by.values() for ref in codes.values()), kinds)
    yield from _all(exit_.times.values(), RATIO)


def _of_hazard(hazard: Hazard) -> Iterator[Wanted]:
    yield from _all([hazard.base], RATE)
    of_some = (ref for codes in hazard.by.values() for ref in codes.values())
    yield from _all(of_some, (*RATE, *RATIO) if hazard.base else RATE)
    yield from _all(hazard.times.values(), RATIO)


def _of_money(evidence: Evidence) -> Iterator[Wanted]:
    if evidence.costs:
        yield from _of_costs(evidence.costs)
    if evidence.utilities:
        weights = evidence.utilities
        yield from _all([weights.base, *weights.by_stage.values()], WEIGHT)
        for by in (weights.by, *weights.in_stage.values()):
            yield from _all((ref for codes in by.values() for ref in codes.values()), WEIGHT)
        yield from _all(weights.by_life.values(), YEARS)


def _of_costs(costs: Costs) -> Iterator[Wanted]:
    for bills, kinds in (
        (costs.by_stage, SUM_A_TIME),
        (costs.by_step, SUM),
        (costs.by_milestone, SUM),
        (costs.by_life, SUM),
        *((codes, SUM_A_TIME) for codes in costs.by.values()),
        *((codes, SUM_A_TIME) for by in costs.in_stage.values() for codes in by.values()),
    ):
        for refs in bills.values():
            yield from _all(refs, kinds)


def _of_kind(evidence: Evidence, ref: Ref, kinds: tuple[str, ...]) -> Iterator[Finding]:
    value = evidence.values[ref.name]
    if ref.name in LITERALS and (ref.name == "0" or kinds in (SHARE, RATIO, COUNT, WEIGHT)):
        return
    if value.unit.kind not in kinds:
        noun, wanted_ = NOUNS.get(value.unit.kind, value.unit.kind), NOUNS.get(kinds[0], kinds[0])
        what = f"'{ref.name}' is a {noun}, and a {wanted_} is wanted here"
        yield Finding(ref.where, "E5", what, f"name a {wanted_}")
    if kinds in (SUM, SUM_A_TIME) and not value.agency and ref.name not in LITERALS:
        yield Finding(value.where, "E5", f"{ref.name}: this cost does not say who pays it", "write agency")


# ------------------------------------------------------------------------------------------------ shares
Whole = tuple[str, Where, list[Ref]]


def _wholes(evidence: Evidence) -> Iterator[Whole]:
    """Shares that make a whole: what they are of, where, and each."""
    if evidence.population:
        for name, column in evidence.population.columns.items():
            for part in _parts(column):
                for shares in (part.choose, part.bands):
                    if shares:
                        yield f"the column {name}", part.where, list(shares.values())
    for name, fact in evidence.facts.items():
        for draw in fact.given:
            if draw.choose:
                yield f"the fact {name}", draw.where, [option.share for option in draw.choose]
    for name, choice in evidence.choices.items():
        for given in choice.given:
            yield f"the choice {name}", given.where, list(given.shares.values())
    for step, terms in evidence.terms.items():
        for name, term in terms.items():
            yield f"the term {step}.{name}", term.where, [option.share for option in term.options]
    if evidence.otherwise:
        yield "otherwise", evidence.where, list(evidence.otherwise.values())


def _adds_up(evidence: Evidence, what: str, where: Where, refs: list[Ref]) -> Iterator[Finding]:
    rests = [ref for ref in refs if ref.rest]
    total = sum(evidence.values[ref.name].value for ref in refs if not ref.rest)
    at = refs[0].where if refs else where
    if len(rests) > 1:
        yield Finding(rests[1].where, "E5", f"{what}: `rest` stands twice", "write the share of one of them")
    elif rests and total > 1 + CLOSE:
        yield Finding(
            at, "E5", f"{what}: the shares beside `rest` make {total:.6g}", "they must leave something of 1"
        )
    elif not rests and abs(total - 1) > CLOSE:
        remedy = "make them 1, or write `rest` for one of them"
        yield Finding(at, "E5", f"{what}: the shares make {total:.6g}, not 1", remedy)
    elif not rests and _apart([evidence.values[ref.name] for ref in refs]):
        said = f"{what}: its shares are drawn apart from each other and will not make 1"
        yield Finding(at, "E7", said, "write `rest` for one, or as: dirichlet with one group", warn=True)


def _apart(values: list[Value]) -> bool:
    """Are there shares that vary, and not together?"""
    loose = [value for value in values if value.as_ not in ("fixed", "dirichlet")]
    return bool(loose) or len({value.group for value in values if value.as_ == "dirichlet"}) > 1


def _exits_add_up(evidence: Evidence) -> Iterator[Finding]:
    """Exits by share: what they leave of one is people to whom none of them happens."""
    for stage, exits in evidence.stages.items():
        refs = [exit_.share for exit_ in exits.values() if exit_.share is not None]
        total = sum(evidence.values[ref.name].value for ref in refs if not ref.rest)
        rests = [ref for ref in refs if ref.rest]
        if total > 1 + CLOSE or len(rests) > 1:
            what = "`rest` stands twice" if len(rests) > 1 else f"the shares make {total:.6g}"
            yield Finding(refs[0].where, "E5", f"the exits of {stage}: {what}", "they may make 1 at most")
    for fact, drawn in evidence.facts.items():
        for draw in drawn.given:
            refs = [ref for ref in (draw.not_known, draw.refused, draw.no_answer) if ref]
            total = sum(evidence.values[ref.name].value for ref in refs)
            if total > 1 + CLOSE:
                what = f"the fact {fact}: the shares of people who tell nothing make {total:.6g}"
                yield Finding(draw.where, "E5", what, "they may make 1 at most")


def _groups_add_up(evidence: Evidence) -> Iterator[Finding]:
    for (_, group), members in groups(evidence).items():
        total = sum(value.value for value in members)
        if total > 1 + CLOSE:
            what = f"the group {group}: its shares make {total:.6g}"
            yield Finding(members[0].where, "E5", what, "they may make 1 at most")
        elif len(members) == 1 and total > 1 - CLOSE:
            yield Finding(
                members[0].where, "E5", f"the group {group}: it has one share, of all", "write as: fixed"
            )
