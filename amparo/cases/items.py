"""Check 9 of what a step makes: at least one item of each kind, each with its date and its terms. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from amparo.cases import bounds
from amparo.cases.attempt import Attempt, Refusals, no
from amparo.pathways import values
from amparo.pathways.model import Names, ObligationKind, Term


def items(a: Attempt) -> Refusals:
    """What is agreed is written down item by item, as the definition of its kind asks."""
    made = made_by(a)
    lacking = _not_among(a, made)
    if lacking:
        return no(a, "missing", "items", field="items", params={"obligations": lacking})
    return tuple(x for item in made if item.get("kind") in a.step.makes for x in _item(a, item))


def made_by(a: Attempt) -> tuple[Mapping[str, Any], ...]:
    """The items of the request, and one of each kind that begins by itself where the request names none of it."""
    known = a.pathway.obligations
    return (*a.do.items, *({"kind": k} for k in _not_among(a, a.do.items) if by_itself(known[k])))


def _not_among(a: Attempt, given: Iterable[Mapping[str, Any]]) -> Names:
    kinds = {item.get("kind") for item in given}
    return tuple(k for k in a.step.makes if k not in kinds)


def by_itself(kind: ObligationKind) -> bool:
    """Does an item of this kind begin with the step that makes it, whoever says so or not? What is owed to the person
    does, where nothing of it need be said: neither its day nor a term. What the person owes is agreed with them.
    """
    said = any(t.default is None and not t.optional for t in kind.terms.values())
    return kind.with_ != "person" and kind.due != "own term" and not said


def terms_of(a: Attempt, item: Mapping[str, Any]) -> dict[str, Any]:
    """The terms of an item: its own, else those of the same name that the step was given."""
    kind = a.pathway.obligations[item["kind"]]
    shared = {name: plain for name, plain in bounds.given(a).items() if name in kind.terms}
    return {**shared, **item.get("terms", {})}


def _item(a: Attempt, item: Mapping[str, Any]) -> Refusals:
    name = str(item["kind"])
    kind = a.pathway.obligations[name]
    found = terms_of(a, item)
    return (
        *_dated(a, name, kind, item),
        *(x for t in kind.terms for x in _term(a, name, t, kind, found.get(t))),
    )


def _dated(a: Attempt, name: str, kind: ObligationKind, item: Mapping[str, Any]) -> Refusals:
    if kind.due != "own term" or item.get("due") is not None:
        return ()
    return no(a, "missing", "item_due", basis=kind.basis, field="items", params={"obligation": name})


def _term(a: Attempt, name: str, term: str, kind: ObligationKind, plain: Any) -> Refusals:
    """A term without a default is given; what is given is a value of its type."""
    definition: Term = kind.terms[term]
    if plain is None:
        free = definition.optional or definition.default is not None
        shown = {"obligation": name, "term": term}
        return () if free else no(a, "missing", "item_term", basis=kind.basis, field="items", params=shown)
    try:
        values.decode(definition.type, plain)
    except ValueError:
        shown = {"obligation": name, "term": term}
        return no(a, "outside", "bad_value", basis=kind.basis, field="items", params=shown)
    return ()
