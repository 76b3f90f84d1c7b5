"""The scribe turns what happened in a simulation into requests, as people would have made them.

It invents nothing that a rule reads: facts that rules read come from the act. What else a form asks is filled with the
plainest answer of its type; what `simulate.assumes` says is assumed (reasons, hearing, a full sitting, consents
given when asked, letters delivered) is put in its place before the step.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from amparo.cases import readings
from amparo.cases.cast import EVERYWHERE, Cast, cast
from amparo.cases.decide import decide
from amparo.cases.fold import after
from amparo.cases.model import Case, Do, Event, Refusal, Request, Site, World
from amparo.errors import SimulationFault
from amparo.pathways import calendar
from amparo.pathways.model import Pathway, Step, Type
from amparo.simulation.automaton.acts import Act

ROUNDS = 24
"""How often a request is put anew, each time with what the last refusal said was lacking."""

AHEAD = 20 * 366 * 86400
"""How far ahead the hour of a letter lies: that it is delivered before its hour is assumed, and no clock counts
from it."""

UNLAWFUL = frozenset(
    {"not_allowed", "must_be", "not_here", "outside", "not_in_force", "out_of_order", "no_place"}
)


class Taken(NamedTuple):
    """What an act led to: the state after it, its requests in order, and the events they made."""

    case: Case
    requests: tuple[Request, ...]
    events: tuple[Event, ...]


class Scribe:
    """Writes the requests of one pathway at one site. case_id: under which the case is kept."""

    def __init__(self, pathway: Pathway, site: Site, case_id: str = "simulated") -> None:
        self.pathway, self.site, self.case_id = pathway, site, case_id
        self.cast: Cast = cast(pathway)
        counted = {clock.from_ for clock in pathway.clocks.values()}
        self.hours = frozenset(x.hour for x in pathway.letters.values() if x.hour and x.hour not in counted)

    # ------------------------------------------------------------------------------------------ taking an act
    def take(self, case: Case | None, act: Act, t: int) -> Taken | Refusal:
        """The act at time t (epoch seconds), with all that has to be written before it; or why it is refused."""
        before: list[Request] = []
        made: list[Event] = []
        state = case
        request = self._request(state, act, t)
        answer: tuple[Event, ...] | Refusal = ()
        for _ in range(ROUNDS):
            answer = decide(self.pathway, self.site, state, self.case_id, request, t, ways=False)
            if not isinstance(answer, Refusal):
                events = (*made, *answer)
                after_ = after(self.pathway, self.site, answer, len(answer), state)
                return Taken(after_, (*before, request), events)
            more = self._amended(state, act, request, answer, t)
            if more is None:
                return answer
            if more.verb == request.verb:
                request = more
                continue
            first = decide(self.pathway, self.site, state, self.case_id, more, t, ways=False)
            if isinstance(first, Refusal):
                return first
            before.append(more)
            made.extend(first)
            state = after(self.pathway, self.site, first, len(first), state)
        raise SimulationFault(
            f"{self.pathway.id}: {act.key} still lacks something after {ROUNDS} attempts · {answer}"
        )

    def put(self, case: Case | None, request: Request, t: int) -> Taken | Refusal:
        """A request that was written before, put to the engine anew."""
        answer = decide(self.pathway, self.site, case, self.case_id, request, t)
        if isinstance(answer, Refusal):
            return answer
        return Taken(after(self.pathway, self.site, answer, len(answer), case), (request,), answer)

    # ------------------------------------------------------------------------------------------ the request
    def _request(self, case: Case | None, act: Act, t: int) -> Request:
        if act.verb == "deliver":
            args = {"letter": act.name, "how": "by_hand", "proof": "kept"}
            return self._stated(Request("deliver", *self.cast.clerk, args=args), case, ())
        if act.verb == "oblige":
            return self._obliges(case, act)
        step = self.pathway.steps[act.name]
        asked = {name: self._plain(name, t) for name in self._unread(case, step, act, t)}
        facts = {**asked, **dict(act.facts)}
        yes = {name: "" for name in self._acceptances(step) if facts.get(name) is True}
        terms = {name: value for name, value in act.terms if value is not None}
        items = tuple(self._items(step, t))
        do = Do(act.name, {k: v for k, v in facts.items() if k not in yes}, terms, items, yes)
        made = self._stated(Request("steps", "", "", (do,), door=act.door), case, step.by)
        return self._apart(case, step, made)

    def _obliges(self, case: Case | None, act: Act) -> Request:
        kind = self.pathway.obligations[act.name]
        by = kind.breach.by if act.does == "breached" and kind.breach else kind.verified_by
        args = {
            "kind": act.name,
            "do": act.does,
            "whose": "person",
            "words": "As agreed.",
            "facts": dict(act.facts),
            "terms": {},
        }
        return self._stated(Request("oblige", "", "", args=args), case, by)

    def _stated(self, request: Request, case: Case | None, by: tuple[str, ...]) -> Request:
        actor, role = self.cast.actor(by[0]) if by else self.cast.clerk
        votes = dict.fromkeys(self.cast.members, "for") if by and by[0] in self.pathway.bodies else {}
        to = f"{self.site.code}-other"
        world = World(
            EVERYWHERE, self.cast.mandates, 0, to if _transfers(self.pathway, request) else "", ("person",)
        )
        return request._replace(
            actor=actor, role=role, votes=votes, world=world, reasons="Reasons of those who decide.", heard=True,
            defence="took_part",
        )  # fmt: skip

    def _apart(self, case: Case | None, step: Step, request: Request) -> Request:
        """Where another account must take the step, a second one of the same role does."""
        taken = () if case is None else tuple(x.actor for s in step.apart_from for x in case.taken.get(s, ()))
        return request._replace(actor=f"{request.role}-2") if request.actor in taken else request

    # ------------------------------------------------------------------------------------------ facts
    def _unread(self, case: Case | None, step: Step, act: Act, t: int) -> Iterator[str]:
        """What the form asks beyond the act: each unless it was told already or is asked only under a rule."""
        given = dict(act.facts)
        for ask in step.asks:
            if ask.fact in given or ask.if_ is not None:
                continue
            if case is None or ask.each_time or readings.told(case, ask.fact, t) is None:
                yield ask.fact

    def _acceptances(self, step: Step) -> tuple[str, ...]:
        return step.needs.accepted if step.needs else ()

    def _plain(self, name: str, t: int) -> Any:
        """The plainest answer to a question that no rule reads."""
        fact = self.pathway.facts[name]
        if fact.type.kind == "count" and fact.limits is not None and fact.limits.at_least:
            return int(fact.limits.at_least)
        if name in self.hours:
            return t + AHEAD
        early = fact.class_ in ("justice", "process")
        return plainest(fact.type, t, self.site.zone, early)

    def _items(self, step: Step, t: int) -> Iterator[dict[str, Any]]:
        day = calendar.day_of(t + 30 * 86400, self.site.zone).isoformat()
        for name in step.makes:
            kind = self.pathway.obligations[name]
            terms = {
                n: plainest(term.type, t, self.site.zone, False)
                for n, term in kind.terms.items()
                if not term.optional and term.default is None
            }
            yield {
                "kind": name,
                **({} if kind.due == "same day" else {"due": day}),
                **({"terms": terms} if terms else {}),
            }

    # ------------------------------------------------------------------------------------------ what was lacking
    def _amended(self, case: Case | None, act: Act, request: Request, no: Refusal, t: int) -> Request | None:
        """The request with what was lacking, or one that has to come before it; None if it is refused for good."""
        if no.code in UNLAWFUL:
            return None
        if no.code in ("ask", "missing") and no.field in self.pathway.facts and request.steps:
            return self._asked(case, act, request, no.field, t)
        if no.code == "missing" and no.detail == "consent":
            return self._consent(case, request, no.params["consent"])
        if no.code == "missing" and no.detail == "notice":
            args = {"letter": no.params["letter"], "how": "by_hand", "proof": "kept"}
            return self._stated(Request("deliver", "", "", args=args), case, ())
        if no.code in ("no_sitting", "no_quorum") and case is not None:
            return self._sits(case, no)
        return None

    def _asked(self, case: Case | None, act: Act, request: Request, name: str, t: int) -> Request | None:
        do = request.steps[0]
        if name in do.facts or name in do.accepted or name in dict(act.facts):
            return None
        return request._replace(steps=(do._replace(facts={**do.facts, name: self._plain(name, t)}),))

    def _consent(self, case: Case | None, request: Request, kind: str) -> Request:
        """To whoever takes the step, where it can name them; else to the first whom it can name."""
        named = self.pathway.consents[kind].to
        to = request.role if request.role in named else named[0] if named else ""
        args = {"kind": kind, "do": "given", "signature": "signed", **({"to": to} if to else {})}
        return self._stated(Request("consent", "", "", args=args), case, ())

    def _sits(self, case: Case, no: Refusal) -> Request | None:
        wanted = self.cast.sits({})
        if self.cast.is_so(case, wanted):
            return None
        request = self.cast.opens(wanted, None)
        body = str(no.params.get("body", ""))
        kind = next((k for k, s in self.pathway.sittings.items() if body and s.body == body), None)
        return request._replace(args={**request.args, "kind": kind}) if kind else request


def _transfers(pathway: Pathway, request: Request) -> bool:
    return any(
        pathway.steps[do.step].effect == "transfers" for do in request.steps if do.step in pathway.steps
    )


@lru_cache(maxsize=4096)
def _constant(kind: str) -> Any:
    return {
        "yes_no": False,
        "count": 0,
        "number": "0",
        "mass": 0,
        "text": "As written in the training world.",
        "list": {"items": [], "open": False},
        "some_of": {"codes": [], "open": False},
        "duration": {"n": 1, "unit": "months"},
    }.get(kind)


def plainest(type_: Type, t: int, zone: str, early: bool) -> Any:
    """An answer of a type that says as little as it can: no, none, the first of a list, now."""
    match type_.kind:
        case "one_of":
            return type_.codes[0]
        case "place":
            return type_.codes[0] if type_.codes else "site"
        case "instant":
            return t - 1800 if early else t + 86400
        case "date":
            return calendar.day_of(t, zone).isoformat()
        case "money":
            return {"minor": 0, "currency": "EUR"}
        case "score":
            return {"band": type_.codes[0] if type_.codes else "low"}
    return _constant(type_.kind)
