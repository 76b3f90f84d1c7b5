"""Random walks: somebody takes steps with drawn facts and nothings, through years of time.

What is checked at each turn is what the reference promises: with the asked facts given, `decide` takes exactly what
`offers` then calls required or allowed, and refuses every other; ticking twice changes nothing; the fold of the log
is the live state; every event has its sentence and every refusal its three lines, in both languages; an end of a term
lies neither before its beginning nor beyond all sense; a case lies in one box of the worklist; who has died is left
in peace. A failure is told as an example, so that it can be put among them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from amparo.cases import clocks, read, story, words
from amparo.cases.answers import is_acceptance, unanswered
from amparo.cases.attempt import Attempt, attempt, on
from amparo.cases.bounds import NotKnown, bounds
from amparo.cases.cast import Cast, cast
from amparo.cases.decide import decide
from amparo.cases.events import KINDS
from amparo.cases.fold import fold
from amparo.cases.index import index
from amparo.cases.model import Case, Do, Event, Nothing_, Offer, Refusal, Request, Room, Site, World
from amparo.cases.offers import offer, offers, recorded
from amparo.pathways import calendar, values
from amparo.pathways.model import Ask, Length, Pathway, Step, Term, Type
from tests.cases.harvest import Harvest

EVERYWHERE = ("own", "assigned", "sitting", "site", "programme")
TAKEN = ("required", "allowed")
GAPS = (60, 600, 3600, 3600, 86_400, 86_400, 5 * 86_400, 40 * 86_400)
LONG = (30 * 86_400, 100 * 86_400, 250 * 86_400)
LANGUAGES = ("en", "pt")
AGES = 150 * 366 * 86_400


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
    known: Harvest | None = None  # what the examples of the programme know
    unseated: bool = False  # the members could not be seated: one of them does not sit in this case
    cast: Cast = field(init=False)

    def __post_init__(self) -> None:
        self.cast = self.known.cast if self.known else cast(self.pathway)

    @property
    def id(self) -> str:
        return self.case.id if self.case else "walk"

    @property
    def here(self) -> Case:
        assert self.case is not None
        return self.case

    # ------------------------------------------------------------------------------------------ a whole walk
    def go(self, turns: int) -> Walk:
        """Opens by a drawn door and takes so many turns, or fewer if the case ends."""
        if not (self.known and self._begun_in_an_example(self.known)):
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

    def _begun_in_an_example(self, known: Harvest) -> bool:
        """Mostly the case stands where a case of an example stood; else it is opened at the site of an example."""
        if known.states and self.draw.random() < 0.7:
            state = self.draw.choice(known.states)
            self.log, self.case, self.site, self.t = state.events, state.case, state.site, state.t
            self.said.append(f"  # {len(state.events)} events, to {self.here.stage}: {state.events[-1]}")
            return True
        self.site, self.t = self.draw.choice(known.sites)
        return False

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
        if self.known and self.draw.random() < 0.4:
            self._as_in_an_example(self.known)
        if self.draw.random() < 0.01:
            self._dies()
        self._sane()
        if self.here.died:
            return
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
        request = self._request(do)
        found = offer(self.pathway, self.here, "", self.t, request.world, do)
        expected = found is not None and found.group in TAKEN and not found.asks
        answer = self._send(do, request)
        if isinstance(answer, Refusal) == expected and not self._another_reason(answer, found):
            group = found.group if found else "not offered"
            self._broken(
                f"{do.step} is {group}, and decide says {answer if isinstance(answer, Refusal) else 'yes'}"
            )

    def _another_reason(self, answer: Any, found: Offer | None) -> bool:
        """Refusals of which offers say nothing: who may, a term out of bounds, an optional one whose bound nobody
        knows; what a response states beside its facts; and members who do not sit in this case.
        """
        if not isinstance(answer, Refusal) or found is None:
            return False
        term = self.pathway.steps[found.step].terms.get(answer.field)
        unknown = answer.detail == "bound" and term is not None and term.optional
        away = self.unseated and answer.code in ("no_quorum", "no_sitting")
        stated = answer.detail in (
            "own_list",
            "grounds",
            "never_alone",
            "reasons",
            "heard",
            "item_due",
            "item_term",
        )
        return answer.code in ("not_you", "outside") or unknown or stated or away

    def _sane(self) -> None:
        """Terms end after they begin and before all sense; the case lies in one box, or in none once it has ended."""
        case = self.here
        for name in case.runs:
            run, due = clocks.newest(case, name, self.t), clocks.due_of(case, name, self.t)
            if run is not None and due is not None and not run.anchor - 86_400 <= due <= run.anchor + AGES:
                self._broken(f"{name} begins {run.anchor} and ends {due}")
        box = read.box(case, self.t)
        goes_on = not case.died and case.stage in index(self.pathway).open_stages
        boxes = len(self.pathway.boxes) or len(index(self.pathway).open_stages)
        if not (0 if goes_on else -1) <= box < boxes:
            self._broken(f"in box {box} of {boxes}")

    def _dies(self) -> None:
        """From then on nothing is offered, nothing runs, and no step is taken."""
        if isinstance(self._ask(Request("record_death", *self.cast.clerk, world=self._world())), Refusal):
            return
        later = clocks.tick(self.pathway, self.here, self.t + 10 * 366 * 86_400)
        if self._offers({}) or any(e.kind != "consent.ended" for e in later):
            self._broken("who has died is not left in peace")
        running = [k for k in self.here.runs if clocks.running(self.here, k, self.t)]
        for name in self.pathway.steps:
            by = self.cast.actor(self.pathway.steps[name].by[0])
            request = Request("steps", *by, (Do(name),), world=self._world())
            if not isinstance(self._ask(request), Refusal):
                self._broken(f"{name} is taken after death")
        if running:
            self._broken(f"after death runs {', '.join(running)}")

    def _as_in_an_example(self, known: Harvest) -> None:
        """Something that somebody asks in an example, asked here: it is written or refused, in words."""
        if known.requests:
            self._ask(self.draw.choice(known.requests)._replace(happened_at=None, seen=None))

    def _ask(self, request: Request) -> tuple[Event, ...] | Refusal:
        """What may be answered as it may: no fault, and words for each answer."""
        answer = decide(self.pathway, self.site, self.here, self.here.id, request, self.t)
        self.said.append(
            f"  - {request.verb}: {dict(request.args)}, by: {request.role}  # {_verdict(answer)}"
        )
        self._worded(answer)
        if not isinstance(answer, Refusal):
            self._keep(answer)
        return answer

    def _worded(self, answer: tuple[Event, ...] | Refusal) -> None:
        """A refusal has its three lines; an event is known, and has its sentence."""
        for language in LANGUAGES:
            if isinstance(answer, Refusal):
                lines = words.sentence(answer, language, self.pathway, self.site.zone, self.site.areas)
                if any(not line.strip() or "{" in line for line in lines):
                    self._broken(f"no words in {language} for {answer}: {lines}")
                continue
            for event in answer:
                if event.kind not in KINDS or not story.sentence(self.pathway, self.site, event, language):
                    self._broken(f"no sentence in {language} for {event}")

    def _world(self) -> World:
        """Who is there; places are free or not, as it happens."""
        if not self.known:
            return World(EVERYWHERE, self.cast.mandates, 0, "elsewhere")
        parties = ("person", *(p for p in index(self.pathway).others if self.draw.random() < 0.5))
        rooms = {
            place: Room(self.draw.choice((None, 0, 1, 2)), self.draw.choice((0, 0, 1)))
            for place in self.pathway.places
            if self.draw.random() < 0.3
        }
        return World(EVERYWHERE, self.cast.mandates, 0, "elsewhere", parties, rooms, lot="0" * 32)

    def _offers(self, drafts: dict[str, Do]) -> tuple[Offer, ...]:
        return offers(self.pathway, self.here, "", self.t, World(EVERYWHERE), drafts)

    def _tick(self) -> None:
        made = clocks.tick(self.pathway, self.here, self.t)
        self._keep(made)
        if clocks.tick(self.pathway, self.here, self.t):
            self._broken("a second tick says more")

    def _help(self) -> None:
        """Help is offered and refused: what may be decided is the same afterwards."""
        before, offered = self._offers({}), self.pathway.support.get("offer_help")
        if offered is None or not offered.by:
            return
        by = offered.by[0]
        args = {
            "kind": self.draw.choice(("work", "housing")),
            "answer": self.draw.choice(("yes", "no", "later")),
        }
        request = Request("offer_help", f"{by}-1", by, world=World(EVERYWHERE), args=args)
        answer = decide(self.pathway, self.site, self.here, self.id, request, self.t)
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
        answer = decide(self.pathway, self.site, self.here, self.id, request, self.t)
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
            answer = decide(self.pathway, self.site, self.here, self.id, request, self.t)
            self.said.append(f"  - {{deliver: {copy.letter}, how: {how}}}")
            self._keep(() if isinstance(answer, Refusal) else answer)

    def _send(self, do: Do, request: Request) -> tuple[Event, ...] | Refusal:
        self._sit(do)
        answer = decide(self.pathway, self.site, self.case, self.id, request, self.t)
        when = f"{calendar.local(self.t, self.site.zone):%Y-%m-%d %H:%M:%S}"
        told = {k: v.kind if isinstance(v, Nothing_) else v for k, v in do.facts.items()}
        verdict = _verdict(answer)
        self._worded(answer)
        line = f"step: {do.step}, by: {request.role}, at: {when}, facts: {told}, terms: {dict(do.terms)}"
        self.said.append(f"  - {{{line}}}  # {verdict}")
        if not isinstance(answer, Refusal):
            self._keep(answer)
        return answer

    def _keep(self, made: tuple[Event, ...]) -> None:
        if made:
            self.log = (*self.log, *made)
            back = any(e.kind == "step.annulled" for e in made)
            whole = (self.log, None) if back else (made, self.case)
            self.case = fold(self.pathway, self.site, *whole)

    def _sit(self, do: Do) -> None:
        """A full sitting, for steps that a body takes."""
        step = self.pathway.steps[do.step]
        self.unseated = False
        bodies = {*step.by, *((step.needs.body,) if step.needs else ())}
        if self.case is None or not bodies & set(self.pathway.bodies):
            return
        wanted = self.cast.sits({})
        if not self.cast.is_so(self.case, wanted):
            answer = decide(
                self.pathway, self.site, self.case, self.id, self.cast.opens(wanted, None), self.t
            )
            self.unseated = isinstance(answer, Refusal)
            self._keep(() if isinstance(answer, Refusal) else answer)

    def _request(self, do: Do, door: str = "") -> Request:
        actor, role = self.cast.actor(self.draw.choice(self.pathway.steps[do.step].by))
        world = self._world()
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
        do = do._replace(items=self._items(do.step), accepted=self._accepted(step))
        if case is None:
            facts = {a.fact: self._answer(a, self.pathway.facts[a.fact].type) for a in step.asks}
            return do._replace(facts=facts, terms=self._terms(do.step, None))
        for _ in range(8):
            a = self._attempt(do, case)
            asks = [x for x in unanswered(a) if x.fact not in do.facts]
            if not asks:
                break
            do = do._replace(
                facts={**do.facts, asks[0].fact: self._answer(asks[0], self.pathway.facts[asks[0].fact].type)}
            )
        return do._replace(terms=self._terms(do.step, self._attempt(do, case)))

    def _items(self, step: str) -> tuple[dict[str, Any], ...]:
        """What is agreed with a step, as it was in an example if there is one."""
        seen = [do.items for do in self.known.dos.get(step, ()) if do.items] if self.known else []
        return (
            self.draw.choice(seen)
            if seen
            else tuple({"kind": k, "due": "2030-01-01"} for k in self.pathway.steps[step].makes)
        )

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
        return Event(self.id, case.seq + 1, self.t, self.t, "x", "x", "fact.told", data, self.pathway.version)

    def _accepted(self, step: Step) -> dict[str, str]:
        return dict.fromkeys(step.needs.accepted, "yes") if step.needs and self.draw.random() < 0.8 else {}

    def _answer(self, ask: Ask, type_: Type) -> Any:
        acceptance = is_acceptance(index(self.pathway), ask.fact)
        if ask.may_be and not acceptance and self.draw.random() < 0.2:
            return Nothing_(self.draw.choice(ask.may_be))
        told = [x for x in self.known.facts.get(ask.fact, ()) if self._may(x, ask)] if self.known else []
        return self.draw.choice(told) if told and self.draw.random() < 0.7 else self._value(type_, ask.fact)

    def _may(self, told: Any, ask: Ask) -> bool:
        return not isinstance(told, Nothing_) or told.kind in ask.may_be

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

    def _terms(self, step: str, a: Attempt | None) -> dict[str, Any]:
        terms = self.pathway.steps[step].terms
        found = {
            n: self._term(n, step, t, a)
            for n, t in terms.items()
            if not t.optional or self.draw.random() < 0.3
        }
        return {n: plain for n, plain in found.items() if plain is not None}

    def _term(self, name: str, step: str, term: Term, a: Attempt | None) -> Any:
        """A value at one of its bounds; without bounds any, mostly one of an example."""
        try:
            low, high = bounds(a, term) if a else (None, None)
        except NotKnown:
            low = high = None
        known = [x for x in (low, high) if x is not None]
        if known:
            return values.encode(term.type, self.draw.choice(known))
        told = self.known.terms.get((step, name)) if self.known else None
        if told and self.draw.random() < 0.7:
            return self.draw.choice(told)
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


def _verdict(answer: tuple[Event, ...] | Refusal) -> str:
    return f"{answer.code} {answer.detail}" if isinstance(answer, Refusal) else "taken"


def walks(
    pathway: Pathway,
    site: Site,
    seed: int,
    count: int,
    turns: int,
    start: int,
    known: Harvest | None = None,
) -> Iterator[Walk]:
    """So many walks, each with its own stream drawn from the seed. known: where they begin, what is told."""
    for n in range(count):
        yield Walk(pathway, site, random.Random(f"{seed}/{n}"), start, known=known).go(turns)
