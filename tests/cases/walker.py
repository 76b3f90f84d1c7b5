"""Random walks: somebody takes steps with drawn facts and nothings, through years of time.

What is checked at each turn is what the reference promises: with the asked facts given, `decide` takes exactly what
`offers` then calls required or allowed, and refuses every other; ticking twice changes nothing; the fold of the log
is the live state. A failure is told as an example, so that it can be put among them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from amparo.cases import clocks
from amparo.cases.answers import is_acceptance, unanswered
from amparo.cases.attempt import Attempt, attempt, on
from amparo.cases.bounds import NotKnown, bounds
from amparo.cases.cast import Cast, cast
from amparo.cases.decide import decide
from amparo.cases.fold import fold
from amparo.cases.index import index
from amparo.cases.model import Case, Do, Event, Nothing_, Offer, Refusal, Request, Site, World
from amparo.cases.offers import offer, offers, recorded
from amparo.pathways import calendar, values
from amparo.pathways.model import Ask, Length, Pathway, Step, Term, Type

EVERYWHERE = ("own", "assigned", "sitting", "site", "programme")
TAKEN = ("required", "allowed")
GAPS = (60, 600, 3600, 3600, 86_400, 86_400, 5 * 86_400, 40 * 86_400)
LONG = (30 * 86_400, 100 * 86_400, 250 * 86_400)


class Broken(AssertionError):
    """A promise that did not hold, with the walk that shows it."""


@dataclass
class Walk:
    """One case of one walker. `said` is the walk so far, as lines of an example."""

    pathway: Pathway
    site: Site
    draw: random.Random
    t: int
    log: tuple[Event, ...] = ()
    case: Case | None = None
    said: list[str] = field(default_factory=list)
    chances: dict[str, float] = field(default_factory=dict)
    cast: Cast = field(init=False)

    def __post_init__(self) -> None:
        self.cast = cast(self.pathway)

    @property
    def here(self) -> Case:
        assert self.case is not None
        return self.case

    # ------------------------------------------------------------------------------------------ a whole walk
    def go(self, turns: int) -> Walk:
        """Opens by a drawn door and takes so many turns, or fewer if the case ends."""
        door = self.draw.choice(list(self.pathway.doors))
        first = self.pathway.doors[door].opens_with
        do = self._told(Do(first), None)
        self._send(do, self._request(do, door))
        if self.case is None:
            return self
        for _ in range(turns):
            if self.case.died or self.case.stage not in index(self.pathway).open_stages:
                break
            self._turn()
        self._same_from_the_log()
        return self

    def _turn(self) -> None:
        waits = any(
            clocks.state(self.here, k, self.t)[0] == "running" and not c.stops
            for k, c in self.pathway.clocks.items()
        )
        self.t += self.draw.choice(LONG if waits and self.draw.random() < 0.12 else GAPS)
        self._tick()
        if self.draw.random() < 0.6:
            self._deliver()
        if self.draw.random() < 0.1:
            self._help()
        if self.draw.random() < 0.05:
            self._take_back()
        name = self._step_here()
        do = self._told(Do(name), self.here)
        if name in recorded(self.pathway, self.here, "", self.t):
            self._send(do, self._request(do))
            return
        self._decided_as_offered(do)

    def _step_here(self) -> str:
        """Mostly what is offered, most of all what leads on; sometimes any step at all."""
        found = [o.step for o in self._offers({}) if o.group in (*TAKEN, "open")]
        others = list(recorded(self.pathway, self.here, "", self.t))
        if self.draw.random() < 0.1 or not (found or others):
            return self.draw.choice(list(self.pathway.steps))
        names = found or others
        return self.draw.choices(names, [self._pull(n) for n in names])[0]

    def _pull(self, name: str) -> float:
        """What leads on draws most; what was done often, and the ends that lie everywhere, draw least."""
        step = self.pathway.steps[name]
        everywhere = "any_open" in step.from_ or len(step.from_) > 6
        ends = bool(step.to) and all(b.to and b.to not in index(self.pathway).open_stages for b in step.to)
        strength = 0.1 if everywhere else 0.5 if ends else 4.0 if step.to or step.asks else 1.0
        return strength / (1 + len(self.here.taken.get(name, ()))) ** 2

    # ------------------------------------------------------------------------------------------ the promises
    def _decided_as_offered(self, do: Do) -> None:
        found = offer(self.pathway, self.here, "", self.t, World(EVERYWHERE), do)
        request = self._request(do)
        expected = found is not None and found.group in TAKEN and not found.asks
        answer = self._send(do, request)
        if isinstance(answer, Refusal) == expected and not self._another_reason(answer, found):
            group = found.group if found else "not offered"
            self._broken(
                f"{do.step} is {group}, and decide says {answer if isinstance(answer, Refusal) else 'yes'}"
            )

    def _another_reason(self, answer: Any, found: Offer | None) -> bool:
        """Refusals of which offers say nothing: who may, a term out of bounds, an optional one whose bound nobody
        knows.
        """
        if not isinstance(answer, Refusal) or found is None:
            return False
        term = self.pathway.steps[found.step].terms.get(answer.field)
        unknown = answer.detail == "bound" and term is not None and term.optional
        return answer.code in ("not_you", "outside") or unknown

    def _offers(self, drafts: dict[str, Do]) -> tuple[Offer, ...]:
        return offers(self.pathway, self.here, "", self.t, World(EVERYWHERE), drafts)

    def _tick(self) -> None:
        made = clocks.tick(self.pathway, self.here, self.t)
        self._keep(made)
        if clocks.tick(self.pathway, self.here, self.t):
            self._broken("a second tick says more")

    def _help(self) -> None:
        """Help is offered and refused: what may be decided is the same afterwards."""
        before = self._offers({})
        by = self.pathway.support["offer_help"].by[0]
        args = {
            "kind": self.draw.choice(("work", "housing")),
            "answer": self.draw.choice(("yes", "no", "later")),
        }
        request = Request("offer_help", f"{by}-1", by, world=World(EVERYWHERE), args=args)
        answer = decide(self.pathway, self.site, self.here, "walk", request, self.t)
        self.said.append(f"  - {{offer_help: {args['kind']}, says: {args['answer']}, by: {by}}}")
        self._keep(() if isinstance(answer, Refusal) else answer)
        if self._offers({}) != before:
            self._broken("help has a consequence")

    def _take_back(self) -> None:
        """The newest step is taken back, if nothing of it has reached anybody: the case stands as before it."""
        name, taken = max(
            ((s, x) for s, all_ in self.here.taken.items() for x in all_), key=lambda p: p[1].seq
        )
        request = Request(
            "annul",
            taken.actor,
            taken.role,
            world=World(EVERYWHERE),
            args={"step": name, "reason": "Written in error."},
        )
        answer = decide(self.pathway, self.site, self.here, "walk", request, self.t)
        self.said.append(
            f"  - {{annul: {name}}}  # {answer.code if isinstance(answer, Refusal) else 'taken back'}"
        )
        if isinstance(answer, Refusal):
            return
        self.log = (*self.log, *answer)
        self.case = fold(self.pathway, self.site, self.log)
        if (
            any(x.seq == taken.seq for all_ in self.here.taken.values() for x in all_)
            or self.here.stage != taken.from_
        ):
            self._broken(f"{name} was taken back and still stands")

    def _same_from_the_log(self) -> None:
        if fold(self.pathway, self.site, self.log) != self.case:
            self._broken("the fold of the log is another case")

    def _broken(self, what: str) -> None:
        raise Broken("\n".join([what, *self.said]))

    # ------------------------------------------------------------------------------------------ sending
    def _deliver(self) -> None:
        """Letters that are due reach the person, mostly with proof."""
        for copy in [x for x in self.here.letters.values() if x.state == "due"]:
            how = self.draw.choice(("by_hand", "post_with_proof", "post"))
            world = World(EVERYWHERE, self.cast.mandates)
            request = Request("deliver", *self.cast.clerk, world=world, args={"id": copy.id, "how": how})
            answer = decide(self.pathway, self.site, self.here, "walk", request, self.t)
            self.said.append(f"  - {{deliver: {copy.letter}, how: {how}}}")
            self._keep(() if isinstance(answer, Refusal) else answer)

    def _send(self, do: Do, request: Request) -> tuple[Event, ...] | Refusal:
        self._sit(do)
        answer = decide(self.pathway, self.site, self.case, "walk", request, self.t)
        when = f"{calendar.local(self.t, self.site.zone):%Y-%m-%d %H:%M:%S}"
        told = {k: v.kind if isinstance(v, Nothing_) else v for k, v in do.facts.items()}
        verdict = answer.code if isinstance(answer, Refusal) else "taken"
        line = f"step: {do.step}, by: {request.role}, at: {when}, facts: {told}, terms: {dict(do.terms)}"
        self.said.append(f"  - {{{line}}}  # {verdict}")
        if not isinstance(answer, Refusal):
            self._keep(answer)
        return answer

    def _keep(self, made: tuple[Event, ...]) -> None:
        if made:
            self.log = (*self.log, *made)
            self.case = fold(self.pathway, self.site, made, self.case)

    def _sit(self, do: Do) -> None:
        """A full sitting, for steps that a body takes."""
        step = self.pathway.steps[do.step]
        if self.case is None or not set(step.by) & set(self.pathway.bodies):
            return
        wanted = self.cast.sits({})
        if not self.cast.is_so(self.case, wanted):
            answer = decide(self.pathway, self.site, self.case, "walk", self.cast.opens(wanted, None), self.t)
            self._keep(() if isinstance(answer, Refusal) else answer)

    def _request(self, do: Do, door: str = "") -> Request:
        actor, role = self.cast.actor(self.draw.choice(self.pathway.steps[do.step].by))
        world = World(EVERYWHERE, self.cast.mandates, 0, "elsewhere")
        votes, _ = self.cast.votes({})
        return Request(
            "steps",
            actor,
            role,
            (do,),
            votes=votes,
            heard=True,
            defence="took_part",
            reasons="Because.",
            world=world,
            door=door,
        )

    # ------------------------------------------------------------------------------------------ drawing
    def _told(self, do: Do, case: Case | None) -> Do:
        """The step with its questions answered one by one, its terms inside their bounds, and what it makes."""
        step = self.pathway.steps[do.step]
        items = tuple({"kind": k, "due": "2030-01-01"} for k in step.makes)
        do = do._replace(items=items, accepted=self._accepted(step))
        if case is None:
            facts = {a.fact: self._answer(a, self.pathway.facts[a.fact].type) for a in step.asks}
            return do._replace(facts=facts, terms=self._terms(step, None))
        for _ in range(8):
            a = self._attempt(do, case)
            asks = [x for x in unanswered(a) if x.fact not in do.facts]
            if not asks:
                break
            do = do._replace(
                facts={**do.facts, asks[0].fact: self._answer(asks[0], self.pathway.facts[asks[0].fact].type)}
            )
        return do._replace(terms=self._terms(step, self._attempt(do, case)))

    def _attempt(self, do: Do, case: Case) -> Attempt:
        """The attempt as it stands with the facts told so far."""
        role = self.pathway.steps[do.step].by[0]
        a = attempt(case, do, Request("steps", "", role, (do,)), self.t, self.t)
        told = {
            f: fold(self.pathway, self.site, (self._telling(case, f, v),), case).tellings[f]
            for f, v in do.facts.items()
        }
        accepted = {f: True for f in do.accepted if f not in do.facts}
        told |= {
            f: fold(self.pathway, self.site, (self._telling(case, f, v),), case).tellings[f]
            for f, v in accepted.items()
        }
        return on(a, case._replace(tellings={**case.tellings, **told}))

    def _telling(self, case: Case, name: str, answer: Any) -> Event:
        what = {"nothing": answer.kind} if isinstance(answer, Nothing_) else {"value": answer}
        data = {"fact": name, **what, "given_by": "x", "as_of": self.t}
        return Event("walk", case.seq + 1, self.t, self.t, "x", "x", "fact.told", data, self.pathway.version)

    def _accepted(self, step: Step) -> dict[str, str]:
        return dict.fromkeys(step.needs.accepted, "yes") if step.needs and self.draw.random() < 0.8 else {}

    def _answer(self, ask: Ask, type_: Type) -> Any:
        acceptance = is_acceptance(index(self.pathway), ask.fact)
        if ask.may_be and not acceptance and self.draw.random() < 0.2:
            return Nothing_(self.draw.choice(ask.may_be))
        return self._value(type_, ask.fact)

    def _value(self, type_: Type, name: str = "") -> Any:
        """A person is of one piece: each has their own chances of a yes."""
        match type_.kind:
            case "yes_no":
                chance = self.chances.setdefault(name, self.draw.choice((0.1, 0.5, 0.9, 0.95)))
                return self.draw.random() < chance
            case "one_of":
                return self.draw.choice(type_.codes)
            case "some_of":
                return {"codes": [self.draw.choice(type_.codes)], "open": self.draw.random() < 0.2}
            case "list":
                items = [
                    {k: self._value(t) for k, t in type_.each.items() if self.draw.random() < 0.9}
                    for _ in range(self.draw.choice((1, 2)))
                ]
                return {"items": items, "open": self.draw.random() < 0.2}
        return SIMPLE[type_.kind](self)

    def _terms(self, step: Step, a: Attempt | None) -> dict[str, Any]:
        found = {
            n: self._term(t, a) for n, t in step.terms.items() if not t.optional or self.draw.random() < 0.3
        }
        return {n: plain for n, plain in found.items() if plain is not None}

    def _term(self, term: Term, a: Attempt | None) -> Any:
        """A value at one of its bounds; without bounds any."""
        try:
            low, high = bounds(a, term) if a else (None, None)
        except NotKnown:
            low = high = None
        known = [x for x in (low, high) if x is not None]
        if known:
            return values.encode(term.type, self.draw.choice(known))
        return (
            values.encode(term.type, Length(1, "months"))
            if term.type.kind == "duration"
            else self._value(term.type)
        )


SIMPLE: dict[str, Any] = {
    "count": lambda w: w.draw.choice((15, 16, 24, 24, 24, 31, 40, 40)),
    "number": lambda w: "0.5",
    "mass": lambda w: w.draw.choice((300_000, 1_000_000, 6_000_000, 30_000_000)),
    "money": lambda w: {"minor": w.draw.choice((2500, 5000)), "currency": "EUR"},
    "date": lambda w: calendar.day_of(w.t, w.site.zone).isoformat(),
    "instant": lambda w: w.t - w.draw.choice((0, 1800, 7200)),
    "duration": lambda w: {"n": 1, "unit": "months"},
    "place": lambda w: "lisboa",
    "score": lambda w: {"band": "low"},
    "text": lambda w: "Some words.",
}


def walks(pathway: Pathway, site: Site, seed: int, count: int, turns: int, start: int) -> Iterator[Walk]:
    """So many walks, each with its own stream drawn from the seed."""
    for n in range(count):
        yield Walk(pathway, site, random.Random(f"{seed}/{n}"), start).go(turns)
