"""Walking a way by the forms of the desk: each line typed by somebody of the house who may, on the day it would be.

Between the lines the clock goes on as in the example, whole weeks later, so that each day of the week and each hour is
the same. The clocks of the walked case run up to it; nobody looks at the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from amparo.cases.model import Do, Nothing_, Request
from amparo.cases.script import Line
from amparo.desk.typed import Drawing, spread
from amparo.pathways.model import Pathway, Type
from tests.journeys.filling import Typed, done, filled
from tests.journeys.house import Hand, House
from tests.journeys.site import Site
from tests.journeys.ways import Way
from tests.journeys.web import Form, Person, Seen, person, written

WEEK = 7
OPENED = re.compile(r"Opened: ([0-9A-Z-]+)\.")
"""What the page says to who opened a case, also to those who see nothing more of it."""
CASE = re.compile(r"/case/([a-z0-9-]+)/")


@dataclass
class Walker:
    """Somebody who walks a way by the forms. plays: gives a person of the house at a browser, by sign-in name."""

    site: Site
    house: House
    pathway: Pathway
    plays: Callable[[Site, str], Person] = person
    days: int = 0
    zone_told: str = ""
    case: str = ""
    lately: set[Hand] = field(default_factory=set)  # who has done something in the case

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.house.zone)

    def walk(self, way: Way, case: str = "") -> str:
        """Gives the number of the case, which then stands at that end. case: one that stands before the last line."""
        self.zone_told, self.case = way.zone, case
        lines = way.lines[-1:] if case else way.lines
        while self.moved(lines[0].now) < self.site.now:
            self.days += WEEK
        for line in lines:
            self.until(line.now)
            if not self.case:
                self.case = self.opens(line, way.lines[1])
            elif not line.tick:
                self.tries(way, line)
        return self.case

    def tries(self, way: Way, line: Line) -> None:
        """Raises with the line that could not be typed."""
        try:
            self.does(line)
        except AssertionError as error:
            what = f"{way.sentence} · {line.where} {line.request.verb} {said(line)}"
            raise AssertionError(f"{what}\n{error}") from error

    def prepares(self) -> None:
        """What the keeper enters for the house, so that a place is free whoever waits."""
        for name, value in self.house.enters:
            page = self.who([self.house.keeper], f"/site/?enter={name}")
            dated = {
                f"of.{name}.{part}": self.now_fields(f"of.{name}.{part}") for part in ("day", "month", "year")
            }
            source = {f"source.{name}": "Order of the court, for this journey"}
            written(page.press("setting", {f"value.{name}": value, **source, **dated}))

    def moved(self, t: int) -> datetime:
        """A moment of the example, whole weeks later at the same hour of the place."""
        told = ZoneInfo(self.zone_told)
        then = datetime.fromtimestamp(t, told).replace(tzinfo=None) + timedelta(days=self.days)
        return then.replace(tzinfo=self.zone)

    def until(self, t: int) -> None:
        """The clock of the house goes on, never back."""
        when = self.moved(t)
        if when > self.site.now:
            self.site.at(when, self.case)

    # ------------------------------------------------------------------------------------------ who
    def who(self, roles: list[str], path: str) -> Seen:
        """The page, at somebody who has it; else at somebody to whom the keeper of the file has given a part."""
        hands = [hand for role in dict.fromkeys(roles) for hand in self.house.of(role)]
        hands.sort(key=lambda hand: hand not in self.lately)
        for hand in hands:
            page = at_post(self.plays(self.site, hand.login), path)
            if page.status == 200:
                self.lately.add(hand)
                return page
        for hand in hands:
            if self.gives(hand):
                page = at_post(self.plays(self.site, hand.login), path)
                if page.status == 200:
                    self.lately.add(hand)
                    return page
        raise AssertionError(f"Nobody of {', '.join(roles)} has {path}")

    def gives(self, hand: Hand) -> bool:
        """A part in the case, to one who has none. False if the keeper of the file cannot give it."""
        sees = self.pathway.roles[hand.role].sees
        if not self.case or not self.house.keeper or sees is None or sees.cases != "assigned":
            return False
        page = self.who([self.house.keeper], f"/case/{self.case}/people/")
        for form in page.forms:
            if form.fields.get("role") == [hand.role] and hand.account in form.offered.get("who", ()):
                written(page.send(form, {"who": hand.account}, [("then", "give")]))
                return True
        return False

    def by(self, step: str, role: str) -> list[str]:
        """Whoever may take a step: the role of the example, else another that stands in it."""
        bodies = self.pathway.bodies
        named = [role, *self.pathway.steps[step].by]
        return [r for name in named for r in (bodies[name].made_of if name in bodies else (name,))]

    # ------------------------------------------------------------------------------------------ lines
    def opens(self, line: Line, after: Line) -> str:
        """The number of the case: said to who opens it; where they are told no more, it is new to who works next."""
        do, roles = line.request.steps[0], self.by(line.request.steps[0].step, line.request.role)
        page = self.who(roles, f"/new/{line.request.door}/")
        asks_first, next_ = self.pathway.doors[line.request.door].asks_first, after.request
        known = self.listed(self.by(next_.steps[0].step, next_.role)) if asks_first else set()
        told = {"person.name": ["Rowan Sample"], **self.typed(do)}
        page = done(filled(page, "write", told, self.now_fields))
        if asks_first:
            (case,) = self.listed(self.by(next_.steps[0].step, next_.role)) - known
            return case
        opened = OPENED.search(page.words)
        return opened[1].lower() if opened else page.path.split("/")[2]

    def listed(self, roles: list[str]) -> set[str]:
        """The cases on the list of somebody who has one of these roles."""
        return {m[1] for x in self.who(roles, "/").links if (m := CASE.search(x))}

    def does(self, line: Line) -> None:
        verb = line.request.verb
        if verb == "steps":
            for do in line.request.steps:
                self.takes(line, do)
        else:
            acts: dict[str, Callable[[Request], None]] = {
                "deliver": self.delivers,
                "consent": self.consents,
                "oblige": self.obliges,
                "sit": self.closes,
            }
            assert verb in acts, f"nobody here knows how to {verb}"
            acts[verb](line.request)

    def takes(self, line: Line, do: Do) -> None:
        step, roles = self.pathway.steps[do.step], self.by(do.step, line.request.role)
        if line.sitting is not None:
            self.sits(int(line.sitting.get("present", 99)))
        page, told = self.who(roles, f"/case/{self.case}/step/{do.step}/"), self.typed(do)
        if step.choice and not any(b.value == "write" for f in page.forms for b in f.buttons):
            page = page.person.case(self.case, f"choice/{step.choice}/")
            told = {f"choice.{step.choice}": [do.step], **told}
        done(filled(page, "write", told, self.now_fields))

    # ------------------------------------------------------------------------------------------ sittings
    def sits(self, present: int) -> None:
        roles = [r for body in self.pathway.bodies.values() for r in body.made_of]
        page = self.who([*roles, self.house.keeper], f"/case/{self.case}/sitting/")
        form = form_of(page, "open")
        if form is None:
            return
        mine = [f"who.{h.account}" for role in dict.fromkeys(roles) for h in self.house.of(role)]
        mine = [name for name in mine if name in form.names]
        kind = {"kind": sorted(form.offered["kind"])[0]} if "kind" in form.offered else {}
        written(page.press("open", {**dict.fromkeys(mine[:present], "here"), **kind}, lenient=True))

    def closes(self, request: Request) -> None:
        do = str(request.args["do"])
        page = self.who([request.role, self.house.keeper], f"/case/{self.case}/sitting/")
        written(page.press(do, {"minutes": "As it was said."} if do == "close" else {}))

    # ------------------------------------------------------------------------------------------ papers, consents, plan
    def delivers(self, request: Request) -> None:
        title = self.pathway.letters[str(request.args["letter"])].title["en"]
        roles = dict.fromkeys([request.role, self.house.keeper, *(h.role for h in self.house.hands)])
        for hand in (h for role in roles for h in self.house.of(role)):
            who = self.plays(self.site, hand.login)
            for link in dict.fromkeys(x for x in who.case(self.case).links if "/letter/" in x):
                page = who.get(link)
                if f"{title} " in page.words and form_of(page, "deliver"):
                    written(page.press("deliver", {"how": "by_hand", "proof": "signed copy in the file"}))
                    return
        raise AssertionError(f"nobody can deliver {title} in {self.case}")

    def consents(self, request: Request) -> None:
        kind, to = str(request.args["kind"]), str(request.args.get("to", ""))
        helping = [n for n, r in self.pathway.roles.items() if r.sees and r.sees.support not in ("", "none")]
        page = self.who(helping, f"/case/{self.case}/consents/ask/{kind}/")
        form = page.form("give")
        answers: dict[str, Any] = {"signature": "Rowan Sample"}
        if "to" in form.offered:
            whom = form.offered["to"] - {""}
            answers["to"] = to if to in whom else sorted(whom)[0]
        if "about" in form.offered:
            answers["about"] = sorted(request.args.get("about") or form.offered["about"])
        written(page.press("give", answers))

    def obliges(self, request: Request) -> None:
        """Of the newest item of the kind on which this can be written."""
        args, kind = request.args, self.pathway.obligations[str(request.args["kind"])]
        do = {"progressed": "progress"}.get(str(args["do"]), str(args["do"]))
        roles = [request.role, *kind.verified_by, *kind.varied_by]
        page = self.who(roles, f"/case/{self.case}/obligations/")
        told: dict[str, Any] = dict.fromkeys(("reasons", "words"), "As it was said.")
        told |= {
            "agreed": "yes",
            "up_to": "nobody",
            "heard": "yes",
            "whose": str(args.get("whose", "service")),
        }
        told |= {name: v for fact, x in args["facts"].items()
                 for name, v in self.spread(self.pathway.facts[fact].type, f"fact.{fact}", x).items()}  # fmt: skip
        for name, term in kind.terms.items():
            if name in args["terms"]:
                told |= self.spread(term.type, f"term.{name}", args["terms"][name])
            if "amount" in args and term.type.kind in ("count", "money"):
                told |= self.spread(term.type, f"amount.{name}", args["amount"])
        if args.get("due"):
            told |= self.spread(Type("date"), "due", args["due"])
        form = page.form(do)
        if "evidence" in form.names:
            told["evidence"] = sorted(form.offered.get("evidence", {"a look at it"}))[0]
        told |= {n: "for" for n in form.names if n.startswith("vote.")}
        written(page.press(do, {k: v for k, v in told.items() if k in form.names}))

    # ------------------------------------------------------------------------------------------ what is typed
    def typed(self, do: Do) -> Typed:
        found: Typed = {}
        for name, told in do.facts.items():
            found |= self.spread(self.pathway.facts[name].type, f"fact.{name}", told)
        for name, told in do.terms.items():
            type_ = self.pathway.steps[do.step].terms[name].type
            found |= self.spread(type_, f"term.{do.step}.{name}", told)
        for n, item in enumerate(do.items):
            found |= dict(self.item(f"item.{item['kind']}.{n}", item))
        found |= {f"accepted.{name}": ["yes"] for name in do.accepted}
        found |= {f"fact.{name}": ["yes"] for name in do.accepted}
        return found | ({"handed": list(do.handed)} if do.handed else {})

    def item(self, base: str, item: Any) -> Iterator[tuple[str, list[str]]]:
        if item.get("due"):
            yield from self.spread(Type("date"), f"{base}.due", item["due"]).items()
        terms = self.pathway.obligations[item["kind"]].terms
        for name, told in item.get("terms", {}).items():
            yield from self.spread(terms[name].type, f"{base}.{name}", told).items()

    def spread(self, type_: Type, name: str, told: Any) -> Typed:
        if isinstance(told, Nothing_):
            return {name: [f"~{told.kind}"]}
        if type_.kind == "instant":
            told = int(self.moved(told).timestamp())
        if type_.kind == "date":
            told = (date.fromisoformat(told) + timedelta(days=self.days)).isoformat()
        if type_.kind == "place":
            told = self.house.area or told
        return spread(Drawing(self.pathway, self.house.zone, {}, self.house.currency), type_, name, told)

    def now_fields(self, name: str) -> str:
        """A part of a day or hour that nobody said: two minutes ago; of a date to come, a month on."""
        then = self.site.now.astimezone(self.zone) + timedelta(
            days=30 if name.startswith(("item.", "term.")) else 0, minutes=-2
        )
        return {"day": str(then.day), "month": str(then.month), "year": str(then.year)}.get(
            name.rpartition(".")[2], f"{then:%H:%M}"
        )


def said(line: Line) -> str:
    return ", ".join(do.step for do in line.request.steps) or str(dict(line.request.args))


def form_of(page: Seen, then: str) -> Form | None:
    """The form with this button, if there is one."""
    return next((f for f in page.forms if any(b.value == then for b in f.buttons)), None)


def at_post(who: Person, path: str) -> Seen:
    """The page, from whichever of their posts somebody has it."""
    page = who.get(path)
    posts = [b for f in _posts(who.get("/me/")) for b in f.buttons] if page.status == 404 else []
    for post in posts:
        me = who.get("/me/")
        form = next(f for f in _posts(me) if any(b.value == post.value for b in f.buttons))
        me.send(form, {}, [(post.name, post.value)])
        page = who.get(path)
        if page.status == 200:
            return page
    return page


def _posts(me: Seen) -> list[Form]:
    """The forms by which somebody goes to work at another post."""
    return [f for f in me.forms if f.action.endswith("/me/post/")]
