"""The doors that somebody may open at a site, over all the programmes in which they work there; and what was answered
on the way. The answers live in the form alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from amparo.cases.eligibility import AtDoor, DoorVerdict, Question, questions, verdicts
from amparo.cases.model import Nothing_
from amparo.desk.doors.filled import AT_ONCE
from amparo.desk.reading import answer
from amparo.desk.shell import doors_of
from amparo.desk.typed import Drawing, Typed, Wrong, one
from amparo.desk.where import Here
from amparo.ledger import papers
from amparo.pathways import calendar

MOST = 7
"""Questions in the ordinary case, with the one for the statistics; then what is not known yet is said, and asking on is
one more press."""
SHOWN = ("otherwise", "asked", "most", "key", "over")
"""Fields that go from screen to screen beside the answers."""


class Gate(NamedTuple):
    """A door of a programme, at the post from which it is opened."""

    here: Here
    door: str

    @property
    def key(self) -> str:
        return f"{self.here.post.programme}/{self.door}"

    def at(self) -> AtDoor:
        paper = papers.site_on_paper(self.here.site, self.here.pathway, now=self.here.now)
        return AtDoor(self.here.pathway, paper, self.door)


def gates(at: Here) -> tuple[Gate, ...]:
    """Every door that this account may open at this site. What only writes down what an authority did is no offer."""
    posts = {(p.programme, p.role): p for p in at.posts if p.site_id == at.site}
    found: dict[str, Gate] = {}
    for post in posts.values():
        here_ = replace(at, post=post)
        for door in doors_of(here_):
            step = here_.pathway.steps[here_.pathway.doors[door].opens_with]
            if not step.recorded and here_.pathway.operated != "recording":
                gate = Gate(here_, door)
                found.setdefault(gate.key, gate)
    return tuple(found.values())


def several(at: Here) -> bool:
    """Are there doors of more than one programme?"""
    return len({gate.here.post.programme for gate in gates(at)}) > 1


class Way(NamedTuple):
    """How far the questions have gone: the doors, what may be asked, what was answered, and how all doors stand."""

    gates: tuple[Gate, ...]
    asked: Mapping[str, Question]
    answers: Mapping[str, Any]
    over: tuple[str, ...]
    found: tuple[DoorVerdict, ...]
    typed: Typed


def way(at: Here, typed: Typed) -> Way:
    """The way as the form tells it. An answer that is none is left out, and asked again."""
    all_ = gates(at)
    doors = tuple(gate.at() for gate in all_)
    asked = questions(doors)
    over = tuple(id_ for id_ in dict.fromkeys(typed.get("asked") or ()) if id_ in asked)
    answers = {**_present(all_, asked), **_read(at, asked, over, typed)}
    return Way(all_, asked, answers, over, verdicts(doors, answers, at.now), typed)


def _present(all_: tuple[Gate, ...], asked: Mapping[str, Question]) -> dict[str, Any]:
    """Who writes on the spot speaks of now: the date that chooses the law is today, until it is said otherwise."""
    found: dict[str, Any] = {}
    for gate in all_:
        p, at = gate.here.pathway, gate.here
        if p.roles[at.role].is_ in AT_ONCE:
            mine = (q for q in asked.values() if q.name == p.law_date and p in q.of)
            found |= {
                q.id: _now(q.fact.type.kind, at) for q in mine if q.fact.type.kind in ("date", "instant")
            }
    return found


def _now(kind: str, at: Here) -> Any:
    today: date = calendar.day_of(at.now, at.zone)
    return at.now if kind == "instant" else today.isoformat()


def _read(at: Here, asked: Mapping[str, Question], over: tuple[str, ...], typed: Typed) -> dict[str, Any]:
    found = {}
    for id_ in over:
        try:
            value = answer(drawing(at, asked[id_]), asked[id_].fact.type, field(id_), typed)
        except Wrong:
            value = None
        found[id_] = Nothing_("not_known") if value is None else value
    return found


def field(id_: str) -> str:
    """The name of a question's field."""
    return f"q.{id_}"


def drawing(at: Here, question: Question) -> Drawing:
    """How its answers are drawn: by the first programme that has it."""
    return replace(at.drawing, pathway=question.of[0])


def hidden(w: Way, leave: str = "") -> tuple[tuple[str, str], ...]:
    """All that goes on to the next screen: what was answered, and in which order. leave: a question that is open."""
    kept = [id_ for id_ in w.over if id_ != leave]
    names = {
        name for id_ in kept for name in w.typed if name == field(id_) or name.startswith(f"{field(id_)}.")
    }
    fields = [(name, value) for name in sorted(names) for value in w.typed[name]]
    shown = [(name, value) for name in SHOWN if name != "asked" for value in w.typed.get(name) or ()]
    return (*shown, *(("asked", id_) for id_ in kept), *fields)


def so_far(w: Way) -> int:
    """How many questions were asked, with the one for the statistics."""
    return len(w.over) + bool(one(w.typed, "otherwise"))


def most(typed: Typed) -> int:
    """How many questions are asked before the cards come."""
    found = one(typed, "most")
    return int(found) if found.isdigit() and len(found) < 3 else MOST
