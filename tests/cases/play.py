"""A case played on paper: each request is put to `decide`, and what it causes is folded. Times are of the quay."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from amparo.cases import clocks, read, words
from amparo.cases.decide import decide, explain
from amparo.cases.fold import fold
from amparo.cases.model import Case, Do, Event, Offer, Refusal, Request, Site, World
from amparo.cases.offers import offers
from amparo.pathways import reader, values
from amparo.pathways.model import Pathway, Type

ZONE = "Europe/Lisbon"
SITE = Site("quay-one", ZONE)
EVERYWHERE = ("own", "assigned", "sitting", "site", "programme")
SEATS: Mapping[str, tuple[str, ...]] = {"ana": ("president",), "bruno": ("jurist",), "clara": ()}
ALL_FOR = dict.fromkeys(SEATS, "for")


@lru_cache(maxsize=1)
def quay() -> Pathway:
    """The invented programme beside this file."""
    file = Path(__file__).with_name("quay.yaml")
    return reader.read_text(file.read_bytes(), file.name)


def at(text: str) -> int:
    """The instant of a local time at the quay."""
    return values.parse_instant(text, ZONE)


def money(text: str) -> dict[str, Any]:
    return dict(values.parse(Type("money"), text)._asdict())


def months(n: int) -> dict[str, Any]:
    return {"n": n, "unit": "months"}


class Play:
    """A case from its opening on. `t` is the time of the next request; `answer` what came of the last one."""

    def __init__(
        self, pathway: Pathway | None = None, site: Site = SITE, start: str = "2024-03-04 22:10"
    ) -> None:
        self.pathway, self.site, self.t = pathway or quay(), site, at(start)
        self.log: tuple[Event, ...] = ()
        self.state: Case | None = None
        self.answer: tuple[Event, ...] | Refusal = ()

    @property
    def case(self) -> Case:
        assert self.state is not None
        return self.state

    @property
    def refused(self) -> Refusal:
        """The refusal of the last request."""
        assert isinstance(self.answer, Refusal), self.answer
        return self.answer

    # ------------------------------------------------------------------------------------------ time
    def when(self, text: str) -> Play:
        self.t = at(text)
        return self

    def later(self, seconds: int = 60) -> Play:
        self.t += seconds
        return self

    def tick(self) -> tuple[Event, ...]:
        made = clocks.tick(self.pathway, self.case, self.t)
        self._keep(made)
        return made

    # ------------------------------------------------------------------------------------------ requests
    def open(self, facts: Mapping[str, Any] | None = None, **more: Any) -> Play:
        told = {"found_at": at("2024-03-04 21:30"), "age": 24, "hour": at("2024-03-06 10:00")}
        do = Do("find_person", {**told, **(facts or {})}, handed=more.pop("handed", ("slip",)))
        return self.put(self.request("warden", (do,), door="quay", **more))

    def step(
        self, name: str, role: str = "clerk", facts: Mapping[str, Any] | None = None, **more: Any
    ) -> Play:
        parts = {
            k: more.pop(k) for k in ("terms", "items", "accepted", "handed", "waived", "open") if k in more
        }
        return self.put(self.request(role, (Do(name, facts or {}, **parts),), **more))

    def steps(self, *dos: Do, role: str = "member", **more: Any) -> Play:
        return self.put(self.request(role, dos, **more))

    def decides(self, name: str, facts: Mapping[str, Any] | None = None, **more: Any) -> Play:
        """A step of the panel, all three present and for it unless said otherwise."""
        return self.step(name, "member", facts, **{"votes": ALL_FOR, **more})

    def ask(self, verb: str, role: str = "clerk", **args: Any) -> Play:
        """Another request; `happened_at`, `seen`, `heard`, `reasons` and the like are of the request itself."""
        own = {
            k: args.pop(k)
            for k in ("happened_at", "seen", "reasons", "heard", "votes", "actor", "world")
            if k in args
        }
        return self.put(self.request(role, (), verb=verb, args=args, **own))

    def sit(self, *present: str, impeded: Mapping[str, str] | None = None, vacant: int = 0) -> Play:
        who = present or tuple(SEATS)
        args = {"do": "open", "present": who, "impeded": impeded or {}, "vacant": vacant, "chair": "ana"}
        return self.put(self.request("clerk", (), verb="sit", args=args))

    def request(self, role: str, dos: tuple[Do, ...] = (), verb: str = "steps", **more: Any) -> Request:
        actor = more.pop("actor", "ana" if role == "member" else role)
        world = more.pop("world", World(EVERYWHERE, SEATS))
        stated = {"reasons": "Because.", "heard": True, "defence": "took_part"}
        return Request(verb, actor, role, dos, world=world, **{**stated, **more})

    def put(self, request: Request) -> Play:
        self.answer = decide(self.pathway, self.site, self.state, "case-1", request, self.t)
        if not isinstance(self.answer, Refusal):
            self._keep(self.answer)
        return self

    def _keep(self, made: tuple[Event, ...]) -> None:
        self.log = (*self.log, *made)
        self.state = fold(self.pathway, self.site, self.log)

    # ------------------------------------------------------------------------------------------ looking
    def refusals(
        self, name: str, role: str = "clerk", facts: Mapping[str, Any] | None = None, **more: Any
    ) -> set[str]:
        parts = {k: more.pop(k) for k in ("terms", "items", "accepted") if k in more}
        request = self.request(role, (Do(name, facts or {}, **parts),), **more)
        found = explain(self.pathway, self.site, self.state, "case-1", request, self.t)
        return {x.code for x in found}

    def offers(self) -> dict[str, Offer]:
        found = offers(self.pathway, self.case, "", self.t, World(EVERYWHERE))
        return {o.step: o for o in found}

    def group(self, step: str) -> str:
        return self.offers()[step].group

    def clock(self, name: str) -> str:
        return clocks.state(self.case, name, self.t)[0]

    def due(self, name: str) -> int | None:
        return clocks.due_of(self.case, name, self.t)

    def kinds(self) -> list[str]:
        """The kinds of events that the last request caused."""
        assert not isinstance(self.answer, Refusal), self.answer
        return [e.kind for e in self.answer]

    def value(self, fact: str) -> Any:
        return read.value(self.case, fact, self.t)

    def lines(self, language: str = "en") -> tuple[str, str, str]:
        """The refusal in its three lines."""
        return words.sentence(self.refused, language, self.pathway, ZONE)


def talking(**facts: Any) -> Play:
    """A person of 24, found, taken on, register without an entry."""
    play = Play().open(facts).when("2024-03-05 09:00").step("take_on", facts={"here": True})
    return play.when("2024-03-05 10:00").step("ask_register", facts={"entry": False})


def judged(rests: bool, **facts: Any) -> Play:
    """Talking, with a session open and its findings."""
    told = {"rests": rests, **({"agrees": True} if rests else {}), **facts}
    return talking().when("2024-03-06 10:00").sit().later().decides("judge", told)


def resting(length: int = 3) -> Play:
    play = judged(True).later()
    return play.decides(
        "rest", terms={"length": months(length)}, accepted={"agrees": "yes"}, items=({"kind": "attendance"},)
    )


def owing(hours: int | None = None) -> Play:
    terms = {"sum": money("EUR 10.00"), **({"hours": hours} if hours else {})}
    item = {"kind": "service", "due": "2024-04-06"}
    return judged(False).later().decides("charge_sum", {"light": True}, terms=terms, items=(item,))
