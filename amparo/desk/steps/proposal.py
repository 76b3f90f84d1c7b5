"""The proposal that votes are given on. Votes count for exactly what stood on the page when they were given:
a change of option, finding, term or item since then takes every one of them away.
"""

from __future__ import annotations

from hashlib import sha256

from django.utils.translation import gettext as _

from amparo.cases.model import Do, Request
from amparo.desk import plan as plans
from amparo.desk.plan import Plan
from amparo.desk.typed import Typed, one

MARK = "voted_on"
"""The field that holds the mark of the proposal as it was drawn above the votes."""
STALE = "voted_before_change"
VOTE = "vote."


def mark(request: Request) -> str:
    """A mark of what would be written: the same for the same steps, answers, terms and items, else another.

    The words with which somebody accepted, and reasons, are no part of what is voted on.
    """
    return sha256(repr([_parts(do) for do in request.steps]).encode()).hexdigest()[:32]


def _parts(do: Do) -> tuple[object, ...]:
    items = tuple(_sorted(item) for item in do.items)
    return (
        do.step,
        _sorted(do.facts),
        _sorted(do.terms),
        items,
        tuple(sorted(do.waived)),
        tuple(sorted(do.open)),
    )


def _sorted(held: object) -> object:
    return repr(sorted(held.items())) if isinstance(held, dict) else repr(held)


def current(plan: Plan, typed: Typed, request: Request) -> Typed:
    """The typing without votes that were given on another proposal, with a word that they were taken away."""
    if not plans.body_of(plan) or not voted(typed) or one(typed, MARK) == mark(request):
        return typed
    return without_votes(typed)


def without_votes(typed: Typed) -> Typed:
    """The typing with every vote unticked; if any was given, it says so."""
    kept = {name: given for name, given in typed.items() if not name.startswith(VOTE)}
    return {**kept, STALE: ["yes"]} if voted(typed) else kept


def voted(typed: Typed) -> bool:
    """Was any vote given?"""
    return any(name.startswith(VOTE) and one(typed, name) for name in typed)


def stale(typed: Typed) -> bool:
    """Were votes taken away because the proposal has changed?"""
    return bool(one(typed, STALE))


def stale_words() -> str:
    """What is said over votes that were taken away."""
    return _("Changed since the vote: read it back and vote anew.")


def stands(plan: Plan, typed: Typed, asks: bool) -> bool:
    """Does the box hold a proposal that can be voted on: a decision chosen, or an answer to what is asked?
    asks: whether the page still asks anything."""
    if plan.choice:
        return one(typed, f"choice.{plan.choice}") in plan.options
    return not asks or any(_answers(name) and one(typed, name) for name in typed)


def _answers(name: str) -> bool:
    return name.startswith(("fact.", "term.", "item."))
