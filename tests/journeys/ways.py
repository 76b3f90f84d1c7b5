"""The shortest lawful way to each end of a programme, taken from its examples, and walked by the forms of the desk.

An example says who does what, when, and with which answers. Here the same is typed into the pages by people of the
training world, at the present day of that world; whatever a page asks beside is answered as anybody would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from amparo.cases.examples import State, put
from amparo.cases.index import index
from amparo.cases.model import Do, Nothing_
from amparo.cases.script import Line
from amparo.desk.typed import Drawing, spread
from amparo.pathways.model import Pathway, Type
from tests.cases.harvest import script_of
from tests.journeys.site import Site
from tests.journeys.web import Form, Person, Seen, person, written

Typed = dict[str, list[str]]
DAY = 86_400


@dataclass
class Way:
    """The lines of one example that lead to this end, and the pathway under which they are lawful."""

    end: str
    pathway: Pathway
    lines: tuple[Line, ...]


def ways(name: str, profile: str = "") -> dict[str, list[Way]]:
    """By each end: the ways to it that take nothing but steps, the shortest first."""
    script, pathway = script_of(name, profile)
    found: dict[str, list[Way]] = {}
    for one in script.examples:
        mine = script._replace(cast=one.under.cast) if one.under else script
        state, lines = State(None, (), {}, one.site, 0), list[Line]()
        for line in (x for x in one.lines if x.then is None):
            state, refused = put(pathway, mine, state, line)
            lines.append(line)
            if refused is not None or not (line.tick or line.request.verb in ("steps", "deliver")):
                break
            if state.case is not None and state.case.stage not in index(pathway).open_stages:
                found.setdefault(state.case.stage, []).append(Way(state.case.stage, pathway, tuple(lines)))
                break
    return {
        end: sorted(all_, key=lambda w: (len(w.lines), w.lines[-1].now - w.lines[0].now))
        for end, all_ in found.items()
    }


def ends(pathway: Pathway) -> tuple[str, ...]:
    """The stages in which a case of this pathway has ended."""
    return tuple(name for name in pathway.stages if name not in index(pathway).open_stages)


# ------------------------------------------------------------------------------------------------ walking
@dataclass
class Walker:
    """Somebody who walks a way by the forms. staff: role -> logins; seats: accounts of the body."""

    site: Site
    pathway: Pathway
    zone: str
    staff: dict[str, tuple[str, ...]]
    seats: tuple[str, ...] = ()
    currency: str = "NZD"
    area: str = ""
    late: int = 0

    def walk(self, way: Way) -> str:
        """Gives the number of the case, which then stands at that end."""
        self.late = int(self.site.now.timestamp()) - 120 - way.lines[0].now
        case = self.opens(way.lines[0])
        for line in way.lines[1:]:
            self.until(line.now + self.late)
            if line.tick:
                continue
            if line.request.verb == "deliver":
                self.delivers(case, str(line.request.args["letter"]))
                continue
            for do in line.request.steps:
                self.takes(case, self.who(do.step, line.request.role), do, line)
        return case

    def until(self, t: int) -> None:
        """The clock of the house goes on, never back; hours that make no difference to anybody are left out."""
        when = datetime.fromtimestamp(t, ZoneInfo(self.zone))
        if when > self.site.now + timedelta(hours=20):
            self.site.at(when)

    def who(self, step: str, role: str) -> Person:
        """Whoever of the house may take a step: the role of the example, else another that stands in it."""
        roles = [role, *self.pathway.steps[step].by] if step else [role]
        login = next(login for r in roles for login in self.staff.get(r, ()))
        return person(self.site, login)

    def opens(self, line: Line) -> str:
        do = line.request.steps[0]
        page = at_post(self.who(do.step, line.request.role), f"/new/{line.request.door}/")
        told = {"person.name": ["Rowan Sample"], **self.typed(do)}
        page = done(filled(page, "write", told, self.now_fields))
        return page.path.split("/")[2]

    def takes(self, case: str, who: Person, do: Do, line: Line) -> None:
        if set(self.pathway.steps[do.step].by) & set(self.pathway.bodies):
            self.sits(case, who)
        choice = self.pathway.steps[do.step].choice
        page = at_post(who, f"/case/{case}/step/{do.step}/")
        told = self.typed(do)
        if choice and not any(b.value == "write" for f in page.forms for b in f.buttons):
            page, told = who.case(case, f"choice/{choice}/"), {f"choice.{choice}": [do.step], **told}
        done(filled(page, "write", told, self.now_fields))

    def sits(self, case: str, member: Person) -> None:
        page = at_post(member, f"/case/{case}/sitting/")
        if any(b.value == "open" for f in page.forms for b in f.buttons):
            written(page.press("open", {f"who.{one}": "here" for one in self.seats}, lenient=True))

    def delivers(self, case: str, letter: str) -> None:
        title = self.pathway.letters[letter].title["en"]
        for login in (x for logins in self.staff.values() for x in logins):
            who = person(self.site, login)
            for link in dict.fromkeys(x for x in who.case(case).links if "/letter/" in x):
                page = who.get(link)
                if f"{title} " in page.words and any(
                    b.value == "deliver" for f in page.forms for b in f.buttons
                ):
                    written(page.press("deliver", {"how": "by_hand", "proof": "signed copy in the file"}))
                    return
        raise AssertionError(f"nobody can deliver {letter} in {case}")

    # ------------------------------------------------------------------------------------------ what is typed
    def typed(self, do: Do) -> Typed:
        d = Drawing(self.pathway, self.zone, {}, self.currency)
        found: Typed = {}
        for name, told in do.facts.items():
            found |= self.spread(d, self.pathway.facts[name].type, f"fact.{name}", told)
        for name, told in do.terms.items():
            type_ = self.pathway.steps[do.step].terms[name].type
            found |= self.spread(d, type_, f"term.{do.step}.{name}", told)
        for n, item in enumerate(do.items):
            found |= self.item(d, f"item.{item['kind']}.{n}", item)
        found |= {f"accepted.{name}": ["yes"] for name in do.accepted}
        found |= {f"fact.{name}": ["yes"] for name in do.accepted}
        return found | ({"handed": list(do.handed)} if do.handed else {})

    def item(self, d: Drawing, base: str, item: Any) -> Typed:
        found: Typed = {}
        if item.get("due"):
            due = (date.fromisoformat(item["due"]) + timedelta(days=round(self.late / DAY))).isoformat()
            found |= spread(d, Type("date"), f"{base}.due", due)
        for name, told in item.get("terms", {}).items():
            found |= self.spread(
                d, self.pathway.obligations[item["kind"]].terms[name].type, f"{base}.{name}", told
            )
        return found

    def spread(self, d: Drawing, type_: Type, name: str, told: Any) -> Typed:
        if isinstance(told, Nothing_):
            return {name: [f"~{told.kind}"]}
        if type_.kind == "instant":
            told = told + self.late
        if type_.kind == "date":
            told = (date.fromisoformat(told) + timedelta(days=round(self.late / DAY))).isoformat()
        if type_.kind == "place":
            told = self.area or told
        return spread(d, type_, name, told)

    def now_fields(self, name: str) -> str:
        """A part of a day or hour that nobody said: two minutes ago; of a date to come, a month on."""
        then = self.site.now.astimezone(ZoneInfo(self.zone)) + timedelta(
            days=30 if name.startswith(("item.", "term.")) else 0, minutes=-2
        )
        return {"day": str(then.day), "month": str(then.month), "year": str(then.year)}.get(
            name.rpartition(".")[2], f"{then:%H:%M}"
        )


def at_post(who: Person, path: str) -> Seen:
    """The page, from whichever of their posts somebody has it."""
    page = who.get(path)
    posts = [f for f in who.get("/me/").forms if f.action.endswith("/me/post/")] if page.status == 404 else []
    for form in posts:
        for button in form.buttons:
            who.get("/me/").send(form, {}, [(button.name, button.value)])
            page = who.get(path)
            if page.status == 200:
                return page
    return page


# ------------------------------------------------------------------------------------------------ forms
OPEN_QUESTION = re.compile(r'href="#at-f-(fact|term|item)-([a-z_0-9-]+)"')
"""Where a refusal points to a question that lacks an answer."""


def filled(page: Seen, then: str, told: Typed, now: Any) -> Seen:
    """The form with this button, sent with what is told; asked further, it is answered further."""
    for _ in range(6):
        form = page.form(then)
        wanted = {**lacking(page, form), **told}
        answers = {**dict(usual(form, now)), **{k: v for k, v in wanted.items() if offered(form, k, v)}}
        page = page.press(then, answers)
        if page.path.endswith("/read-back/") or 'class="told"' in page.html:
            break
        if form.names == page.form(then).names and not set(lacking(page, form)) - set(wanted):
            break
    return page


def lacking(page: Seen, form: Form) -> Typed:
    """Answers to what a refusal says is not answered: yes, or the first that is offered, or some words."""
    names = (f"{kind}.{name.replace('-', '.')}" for kind, name in OPEN_QUESTION.findall(page.html))
    found = {}
    for name in (n for n in names if n in form.names):
        codes = sorted(form.offered.get(name, ()))
        found[name] = ["yes" if "yes" in codes else codes[0] if codes else "As it was said."]
    return found


def offered(form: Form, name: str, value: list[str]) -> bool:
    return name in form.names and (name not in form.offered or set(value) <= form.offered[name])


def usual(form: Form, now: Any) -> Iterator[tuple[str, Any]]:
    """What anybody answers: heard, reasons, votes for; the present where a day is asked and none stands there."""
    for name in form.names:
        empty = not any(form.fields.get(name, ()))
        if name == "heard":
            yield name, "yes"
        elif name.startswith("vote."):
            yield name, "for"
        elif name in ("reasons",) and empty:
            yield name, "What was said and shown was weighed."
        elif name.endswith(".due.day") and empty:
            base = name.removesuffix("day")
            yield from ((f"{base}{part}", now(f"{base}{part}")) for part in ("day", "month", "year"))


def done(page: Seen) -> Seen:
    """Read back where it is read back, and written. Raises with what the page says if it was refused."""
    assert 'class="refusal' not in page.html, page.html[page.html.index('class="refusal') :][:1500]
    return written(page.confirm() if page.path.endswith("/read-back/") else page)
