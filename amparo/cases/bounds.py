"""Checks 12 and 13: terms inside their bounds, and the stage to which a step leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amparo.cases import clocks
from amparo.cases.attempt import OK, Attempt, Refusals, no
from amparo.cases.read import setting
from amparo.pathways import calendar, values
from amparo.pathways.model import BoundRow, Cites, Length, SettingRef, Term
from amparo.pathways.rules import first_true


class NotKnown(Exception):
    """A bound cannot be worked out yet; `asks` says what lacks."""

    def __init__(self, asks: tuple[tuple[str, str], ...]) -> None:
        super().__init__(str(asks))
        self.asks = asks


# ------------------------------------------------------------------------------------------------ 12 terms?
def given(a: Attempt) -> dict[str, Any]:
    """The plain terms of the step, defaults filled in; terms left out are absent."""
    found = {name: a.do.terms.get(name) for name in a.step.terms}
    for name, term in a.step.terms.items():
        if found[name] is None and term.default is not None:
            found[name] = values.encode(term.type, resolved(a, term.default))
    return {name: plain for name, plain in found.items() if plain is not None}


def terms(a: Attempt) -> Refusals:
    """Each term is given and lies inside its bounds; a bound that is not known waits."""
    unknown = tuple(n for n in a.do.terms if n not in a.step.terms)
    if unknown:
        return no(a, "outside", "no_such_term", field=unknown[0], params={"terms": unknown})
    plain = given(a)
    return tuple(
        x for name, term in a.step.terms.items() for x in _term(a, name, term, plain.get(name))
    ) + _extends(a, plain)


def _term(a: Attempt, name: str, term: Term, plain: Any) -> Refusals:
    if term.optional and _is_empty(plain):
        return OK
    try:
        low, high = bounds(a, term)
    except NotKnown as unknown:
        return no(
            a, "not_yet", "bound", basis=_basis(a, term), asks=unknown.asks, field=name, params={"term": name}
        )
    if _is_empty(plain):
        shown = {"term": name, "least": _plain(term, low), "most": _plain(term, high)}
        return no(a, "missing", "term", field=name, params=shown)
    try:
        held = values.decode(term.type, plain)
    except ValueError:
        return no(a, "outside", "bad_value", basis=_basis(a, term), field=name, params={"term": name})
    inside = (low is None or compared(a, held, low) >= 0) and (high is None or compared(a, held, high) <= 0)
    if inside and values.kinds_match(held, high) and values.kinds_match(held, low):
        return OK
    shown = {"term": name, "given": plain, "least": _plain(term, low), "most": _plain(term, high)}
    return no(
        a, "outside", basis=_basis(a, term), instead=(("verb", "change_term"),), field=name, params=shown
    )


def _is_empty(plain: Any) -> bool:
    return plain is None or (isinstance(plain, Mapping) and plain.get("codes") == [])


def _plain(term: Term, held: Any) -> Any:
    return None if held is None else values.encode(term.type, held)


def _basis(a: Attempt, term: Term) -> Cites:
    return term.basis or a.step.basis


def bounds(a: Attempt, term: Term) -> tuple[Any, Any]:
    """The held bounds of a term, None where there is none. Raises `NotKnown` where one cannot be worked out."""
    return _bound(a, term.at_least), _bound(a, term.at_most)


def _bound(a: Attempt, bound: Any) -> Any:
    if bound is None:
        return None
    if isinstance(bound, tuple) and bound and isinstance(bound[0], BoundRow):
        bound = _row(a, bound)
    held = resolved(a, bound)
    if held is None:
        raise NotKnown(((f"setting {bound.name}", "site"),))
    return held


def _row(a: Attempt, rows: tuple[BoundRow, ...]) -> Any:
    found = first_true((True if x.if_ is None else a.r.verdict(x.if_), x.then) for x in rows)
    if found is None:
        asks = tuple(pair for x in rows if x.if_ is not None for pair in a.r.asks(x.if_))
        raise NotKnown(tuple(dict.fromkeys(asks)))
    return found


def resolved(a: Attempt, constant: Any) -> Any:
    """A constant as it is, a setting's value as it stands; None if it is unset."""
    return setting(a.case, constant.name, a.t) if isinstance(constant, SettingRef) else constant


def compared(a: Attempt, one: Any, other: Any) -> int:
    """-1, 0 or 1; lengths by where they end when both run from this step."""
    if isinstance(one, Length) and isinstance(other, Length):
        return calendar.compare(one, other, a.t, a.case.site.zone, a.case.site.holidays)
    return int(one > other) - int(one < other)


def _extends(a: Attempt, plain: Mapping[str, Any]) -> Refusals:
    """A step that lengthens a clock keeps the limit of that clock: how much, and how often."""
    found: list[Refusals] = []
    for name, how in a.known.extends.get(a.name, ()):
        run = clocks.newest(a.case, name, a.t)
        if run is None or clocks.stood(run, a.t) != "running":
            continue
        basis, most = a.pathway.clocks[name].basis, clocks.length_of(a.case, how.at_most)
        if how.times is not None and len(run.extensions) >= how.times:
            found.append(
                no(a, "outside", "extended", basis=basis, params={"clock": name, "times": how.times})
            )
        length = plain.get(how.term)
        if length and most and compared(a, Length(length["n"], length["unit"]), most) > 0:
            shown = {"term": how.term, "given": length, "least": None, "most": most._asdict()}
            found.append(
                no(
                    a,
                    "outside",
                    basis=basis,
                    instead=(("verb", "change_term"),),
                    field=how.term,
                    params=shown,
                )
            )
    return tuple(x for refusals in found for x in refusals)


# ------------------------------------------------------------------------------------------------ 13 branch
def branch(a: Attempt) -> Refusals:
    """The way the case goes is known."""
    return OK if target(a) is not None else no(a, "not_yet", "branch", asks=_branch_asks(a))


def target(a: Attempt) -> str | None:
    """The stage to which the step leads now, None while that is not known."""
    if a.step.opens:
        return a.step.opens
    if not a.step.to:
        return a.case.stage
    return first_true((True if b.if_ is None else a.r.verdict(b.if_), _stage(a, b.to)) for b in a.step.to)


def _stage(a: Attempt, to: str) -> str:
    return a.case.stage if to in ("", "stays") else to


def _branch_asks(a: Attempt) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(pair for b in a.step.to if b.if_ is not None for pair in a.r.asks(b.if_)))
