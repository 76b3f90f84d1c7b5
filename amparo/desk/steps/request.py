"""From what was typed to a request. Nothing is judged here: the engine answers; only what is no answer at
all is a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from amparo.cases.model import Do, Request, World
from amparo.desk import plan as plans
from amparo.desk.context import Fault
from amparo.desk.plan import Plan
from amparo.desk.reading import answer
from amparo.desk.seen import seen_of
from amparo.desk.steps.agreed import quick_day
from amparo.desk.typed import Drawing, Typed, Wrong, one, rows_of
from amparo.pathways.model import ObligationKind, Pathway, Step, Type

INSTANT = Type("instant")


class Typing(NamedTuple):
    """What a page's typing amounts to. `chosen` is the option, '' while none is."""

    request: Request
    faults: tuple[Fault, ...]
    chosen: str


class Author(NamedTuple):
    """Who asks: account and role."""

    account: str
    role: str


def read(plan: Plan, d: Drawing, typed: Typed, author: Author, door: str = "") -> Typing:
    """The request that this typing makes, and its faults."""
    reader = _Reader(plan, d, typed)
    chosen = one(typed, f"choice.{plan.choice}") if plan.choice else ""
    chosen = chosen if chosen in plan.options else ""
    steps = tuple(reader.do(name) for name in plan.written(chosen))
    request = Request(
        "steps",
        author.account,
        author.role,
        steps,
        happened_at=reader.happened(),
        seen=seen_of(typed),
        votes=_prefixed(typed, "vote."),
        dissent=_prefixed(typed, "dissent."),
        heard=one(typed, "heard") == "yes",
        defence=one(typed, "defence"),
        reasons=one(typed, "reasons"),
        given_by=_given_by(typed),
        world=World(transfer_to=one(typed, "to_site")),
        args=_args(typed),
        door=door,
    )
    return Typing(request, tuple(reader.faults.values()), chosen)


def _prefixed(typed: Typed, prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): one(typed, name)
        for name in typed
        if name.startswith(prefix) and one(typed, name)
    }


def _args(typed: Typed) -> dict[str, Any]:
    """Who is in the room: whoever is present needs no proof of notice."""
    present = tuple(typed.get("present") or ())
    return {"present": present} if present else {}


def _given_by(typed: Typed) -> dict[str, str]:
    """Whose word a fact is, where that was chosen; else the engine takes the nearest the definition names."""
    named = {name: one(typed, name) for name in typed if name.startswith("fact.") and name.endswith(".by")}
    return {name[5:-3]: who for name, who in named.items() if who}


def taker_names(pathway: Pathway, role: str) -> set[str]:
    """A role, and the bodies it sits in."""
    return {role, *(name for name, b in pathway.bodies.items() if role in b.made_of)}


class _Reader:
    """Reads one page's typing, keeping the first fault of each field."""

    def __init__(self, plan: Plan, d: Drawing, typed: Typed) -> None:
        self.plan, self.pathway, self.d, self.typed = plan, plan.pathway, d, typed
        self.faults: dict[str, Fault] = {}
        self.told: set[str] = set()

    def do(self, name: str) -> Do:
        step = self.pathway.steps[name]
        facts = self._facts(step)
        return Do(
            name,
            facts,
            self._terms(name, step),
            self._items(step),
            self._accepted(step),
            tuple(self.typed.get("handed") or ()),
            tuple(self.typed.get("waive") or ()),
            test=one(self.typed, "test"),
        )

    def _facts(self, step: Step) -> dict[str, Any]:
        """What is told with the step: its asks, what it may also be told, and the acceptances it needs. A
        fact that two
        steps of the page ask is told once, with the first."""
        may_be = {a.fact: a.may_be for a in step.asks}
        names = (*may_be, *step.also, *plans.needs(step).accepted)
        found = {
            name: self._fact(name, may_be.get(name, ()))
            for name in dict.fromkeys(names)
            if name not in self.told
        }
        kept = {name: value for name, value in found.items() if value is not None}
        self.told |= set(kept)
        return kept

    def _fact(self, name: str, may_be: tuple[str, ...]) -> Any:
        fact = self.pathway.facts[name]
        return self._read(lambda: answer(self.d, fact.type, f"fact.{name}", self.typed, may_be))

    def _terms(self, name: str, step: Step) -> dict[str, Any]:
        found = {
            t: self._read(_reading(self.d, term.type, f"term.{name}.{t}", self.typed))
            for t, term in step.terms.items()
        }
        return {t: value for t, value in found.items() if value is not None}

    def _items(self, step: Step) -> tuple[Mapping[str, Any], ...]:
        return tuple(item for kind in step.makes for item in self._of_kind(kind))

    def _of_kind(self, kind: str) -> Iterable[Mapping[str, Any]]:
        for n in range(rows_of(self.typed, f"item.{kind}")):
            item = self._item(kind, self.pathway.obligations[kind], f"item.{kind}.{n}")
            if item is not None:
                yield item

    def _item(self, kind: str, o: ObligationKind, prefix: str) -> Mapping[str, Any] | None:
        terms = {
            t: self._read(_reading(self.d, x.type, f"{prefix}.{t}", self.typed)) for t, x in o.terms.items()
        }
        due = (
            self._read(_reading(self.d, Type("date"), f"{prefix}.due", self.typed))
            if o.due == "own term"
            else None
        )
        due = due or quick_day(self.typed, prefix)
        kept = {t: v for t, v in terms.items() if v is not None}
        words = one(self.typed, f"{prefix}.words")
        if not (kept or due or words) and not one(self.typed, f"{prefix}.on"):
            return None
        return {
            "kind": kind,
            "terms": kept,
            **({"due": due} if due else {}),
            **({"words": words} if words else {}),
        }

    def _accepted(self, step: Step) -> dict[str, str]:
        names = plans.needs(step).accepted
        return {n: one(self.typed, f"fact.{n}.words") for n in names if one(self.typed, f"fact.{n}") == "yes"}

    def happened(self) -> int | None:
        found = self._read(_reading(self.d, INSTANT, "happened", self.typed))
        return found if isinstance(found, int) else None

    def _read(self, reading: Callable[[], Any]) -> Any:
        try:
            return reading()
        except Wrong as wrong:
            self.faults.setdefault(wrong.field, Fault(wrong.field, str(wrong)))
            return None


def _reading(d: Drawing, type_: Type, name: str, typed: Typed) -> Callable[[], Any]:
    return lambda: answer(d, type_, name, typed)
