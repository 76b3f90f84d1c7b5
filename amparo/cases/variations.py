"""Cases that nobody wrote down: the examples of a programme with one thing or several in them changed.

A draft is an example in its written form, with its openings and histories put in. What is put into it is drawn from
what other examples say at the same place, from what a fact or term can be at all, and from what a changed rule reads.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from amparo.cases.index import facts_of, takers
from amparo.pathways.model import Dated, Pathway, Rule, Type, Where
from amparo.pathways.yaml_form import Map, Node, Scalar, Seq, plain

HERE = Where("proposed", 1, 1)
DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
NUMBER = re.compile(r"\d+")
WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
AFTER = ("+1 h", "+10 min", "+1 day", "+8 days", "+1 month", "+3 months", "+1 year", "+6 years")
NEVER = ("use", "refused", "seen")


class Draft(NamedTuple):
    """around: settings, parties, world, profile. lines: the opening first, if the example has one."""

    around: Mapping[str, Any]
    lines: tuple[Mapping[str, Any], ...]
    opens: bool = True

    def written(self) -> dict[str, Any]:
        """The example but for its sentence and what it expects."""
        opens = {"opens": dict(self.lines[0])} if self.opens else {}
        when = [dict(line) for line in self.lines[1 if self.opens else 0 :]]
        return {**self.around, **opens, **({"when": when} if when else {})}


def node(written: Any) -> Node:
    """Plain dictionaries, lists and texts as the tree of a file."""
    if isinstance(written, Mapping):
        return Map(HERE, tuple((Scalar(HERE, str(k)), node(v)) for k, v in written.items()))
    if isinstance(written, list | tuple):
        return Seq(HERE, tuple(node(x) for x in written))
    return Scalar(HERE, str(written))


# ------------------------------------------------------------------------------------------------ what is written
def drafts(tree: Map, profile: str) -> Iterator[Draft]:
    """The examples of a file that are played under this profile (or under none), openings and histories put in."""
    whole: Any = plain(tree)
    for one in whole.get("cases", ()):
        if isinstance(one, Mapping) and one.get("profile", "") == profile:
            yield _draft(one, whole)


def _draft(one: Mapping[str, Any], whole: Mapping[str, Any]) -> Draft:
    lines = [
        line
        for key in ("when", "then", "then_again", "then_last")
        if isinstance(one.get(key), list)
        for line in _spliced(one[key], whole.get("histories", {}))
    ]
    around = {k: one[k] for k in ("settings", "parties", "world") if k in one}
    opening = (
        _opening(one["opens"], whole.get("openings", {})) if isinstance(one.get("opens"), Mapping) else None
    )
    return Draft(around, (opening, *lines) if opening else tuple(lines), opening is not None)


def _spliced(lines: Iterable[Any], histories: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if "use" in line:
            yield from _spliced(histories.get(line["use"], ()), histories)
        else:
            yield {k: v for k, v in line.items() if k not in NEVER}


def _opening(written: Mapping[str, Any], openings: Mapping[str, Any]) -> dict[str, Any]:
    base = openings.get(written.get("use", ""), {})
    told = {**base.get("facts", {}), **written.get("facts", {})}
    facts = {k: v for k, v in told.items() if v != "left_out"}
    found = {**base, **written, **({"facts": facts} if facts else {})}
    return {k: v for k, v in found.items() if k not in NEVER}


def kind(line: Mapping[str, Any]) -> str:
    """What a line does: its step, or the other request."""
    return str(line["step"]) if "step" in line else next((k for k in line if k not in ("by", "at")), "")


# ------------------------------------------------------------------------------------------------ what is changed
def read_by(element: Any, pathway: Pathway) -> frozenset[str]:
    """Names that the rules of an element read, and those that these read in turn."""
    found: set[str] = set()
    waiting = _words(element)
    for _ in range(3):
        fresh = waiting - found
        found |= fresh
        waiting = {w for name in fresh for x in _elements(pathway, name) for w in _words(x)}
    return frozenset(found)


def days_of(element: Any, pathway: Pathway) -> tuple[date, ...]:
    """The days on which something changes for an element, or for what its rules read; else any such day."""
    read = tuple(x for name in sorted(read_by(element, pathway)) for x in _elements(pathway, name))
    return boundaries(element) or boundaries(read) or boundaries(tuple(pathway.rules.values()))


def _elements(pathway: Pathway, name: str) -> Iterator[Any]:
    for chapter in ("facts", "rules", "derived", "criteria", "tables"):
        one = getattr(pathway, chapter).get(name)
        if one is not None:
            yield one


def _words(element: Any) -> set[str]:
    """Words of all rules inside an element, and names that stand in its lists."""
    if isinstance(element, Rule):
        return set(WORD.findall(element.text))
    if isinstance(element, str):
        return {element} if WORD.fullmatch(element) else set()
    if isinstance(element, Mapping):
        return {w for k, v in element.items() for w in {*_words(k), *_words(v)}}
    if isinstance(element, tuple | list):
        return {w for x in element for w in _words(x)}
    if is_dataclass(element) and not isinstance(element, type):
        skipped = ("title", "where", "note", "basis")
        return {w for f in fields(element) if f.name not in skipped for w in _words(getattr(element, f.name))}
    return set()


def boundaries(element: Any) -> tuple[date, ...]:
    """The days on which periods inside an element begin, and those that its rules name."""
    if isinstance(element, Rule):
        return tuple(date.fromisoformat(d) for d in DAY.findall(element.text))
    if isinstance(element, Dated):
        return (element.period.from_,)
    if isinstance(element, tuple | list):
        return tuple(d for x in element for d in boundaries(x))
    if isinstance(element, Mapping):
        return boundaries(tuple(element.values()))
    if is_dataclass(element) and not isinstance(element, type):
        return boundaries(tuple(getattr(element, f.name) for f in fields(element)))
    return ()


# ------------------------------------------------------------------------------------------------ drawing
class Pool:
    """What examples say at each place, and the words that matter for a change."""

    def __init__(
        self, pathway: Pathway, all_: tuple[Draft, ...], matter: frozenset[str], days: tuple[date, ...]
    ) -> None:
        self.pathway, self.all, self.matter, self.days = pathway, all_, matter, days
        self.lines = tuple(line for draft in all_ for line in draft.lines)
        self.told: dict[str, list[Any]] = {}
        self.keys: dict[str, list[tuple[str, Any]]] = {}
        for line in self.lines:
            for name, value in line.get("facts", {}).items():
                self.told.setdefault(name, []).append(value)
            for key, value in line.items():
                if key not in ("facts", "step", "at"):
                    self.keys.setdefault(kind(line), []).append((key, value))
        steps = (n for n, s in pathway.steps.items() if n in matter or matter & set(facts_of(s)))
        self.steps = tuple(steps) or tuple(pathway.steps)
        self.asked = tuple(requests(pathway, matter))

    def varied(self, draft: Draft, draw: random.Random) -> Draft:
        """The draft with one to three changes."""
        for _ in range(draw.choice((1, 1, 1, 2, 2, 3))):
            change = draw.choices(CHANGES, WEIGHTS)[0]
            draft = change(self, draft, draw)
        return draft

    def each_told(self, draft: Draft, names: Iterable[str]) -> Iterator[Draft]:
        """One of these facts left out, or told as each that it may be, wherever a line asks it."""
        for n, line in enumerate(draft.lines):
            step = self.pathway.steps.get(str(line.get("step", "")))
            for name in (x for x in names if step and x in facts_of(step)):
                rest = {k: v for k, v in line.get("facts", {}).items() if k != name}
                yield _with(draft, n, {**line, "facts": rest})
                for value in (*self.told.get(name, ())[:6], *each_of(self.pathway.facts[name].type)):
                    yield _with(draft, n, {**line, "facts": {**rest, name: value}})

    def each_day(self, draft: Draft) -> Iterator[Draft]:
        """The whole case so many days on that it lies on, or just before, a day on which something changes."""
        for written in dict.fromkeys(DAY.findall(str(draft.lines[:1]))):
            for to in dict.fromkeys(self.days):
                for by in (0, -1):
                    on = to + timedelta(days=by) - date.fromisoformat(written)
                    yield draft._replace(lines=tuple(_moved_by(line, on) for line in draft.lines))

    # ------------------------------------------------------------------------------------------ one change
    def fact(self, draft: Draft, draw: random.Random) -> Draft:
        """A fact of a line is told otherwise, or not at all; one that matters first."""
        n = draw.randrange(len(draft.lines))
        line = draft.lines[n]
        step = self.pathway.steps.get(str(line.get("step", "")))
        if step is None:
            return draft
        names = tuple(dict.fromkeys((*line.get("facts", {}), *facts_of(step))))
        wanted = [x for x in names if x in self.matter] if draw.random() < 0.8 else list(names)
        if not wanted:
            return draft
        name = draw.choice(wanted)
        facts = {k: v for k, v in line.get("facts", {}).items() if k != name}
        if draw.random() < 0.85:
            facts[name] = self.value(name, draw)
        return _with(draft, n, {**line, "facts": facts})

    def value(self, name: str, draw: random.Random) -> Any:
        """What a fact may be: as it was told in an example, a little more or less, or anything of its type."""
        told = self.told.get(name, [])
        if told and draw.random() < 0.6:
            found = draw.choice(told)
            return moved(found, draw) if isinstance(found, str) and draw.random() < 0.3 else found
        return any_of(self.pathway.facts[name].type, draw)

    def key(self, draft: Draft, draw: random.Random) -> Draft:
        """Something else that a line says is said as in another line of its kind, or left out."""
        n = draw.randrange(len(draft.lines))
        line = draft.lines[n]
        found = self.keys.get(kind(line), [])
        if not found:
            return draft
        key, value = draw.choice(found)
        if key in line and draw.random() < 0.2 and key != kind(line):
            return _with(draft, n, {k: v for k, v in line.items() if k != key})
        value = moved(value, draw) if isinstance(value, str) and draw.random() < 0.2 else value
        return _with(draft, n, {**line, key: value})

    def number(self, draft: Draft, draw: random.Random) -> Draft:
        """A number somewhere in a line is one more or less."""
        n = draw.randrange(len(draft.lines))
        line = dict(draft.lines[n])
        texts = [
            k for k, v in line.items() if k != "facts" and (isinstance(v, Mapping) or NUMBER.search(str(v)))
        ]
        if not texts:
            return draft
        key = draw.choice(texts)
        value = line[key]
        if isinstance(value, Mapping):
            inner = [k for k, v in value.items() if isinstance(v, str) and NUMBER.search(v)]
            line[key] = {**value, **{k: moved(value[k], draw) for k in inner[:1]}}
        elif isinstance(value, str):
            line[key] = moved(value, draw)
        return _with(draft, n, line)

    def more(self, draft: Draft, draw: random.Random) -> Draft:
        """One more line at the end, or after a line: a step that matters, mostly."""
        n = len(draft.lines) if draw.random() < 0.7 else draw.randint(1, len(draft.lines))
        return draft._replace(lines=(*draft.lines[:n], self.line(draw), *draft.lines[n:]))

    def line(self, draw: random.Random) -> Mapping[str, Any]:
        """A line of another example, at another time; a step with drawn facts; or time that passes."""
        at = {"at": draw.choice(AFTER)}
        way = draw.random()
        if way < 0.25:
            return {"tick": "yes", **at}
        if way < 0.55:
            wanted = [x for x in self.lines if kind(x) in self.steps or set(x) & self.matter]
            return {**draw.choice(wanted or self.lines), **at}
        if way < 0.7 and self.asked:
            return {**draw.choice(self.asked), **at}
        return self.step(draw.choice(self.steps), draw) | at

    def step(self, name: str, draw: random.Random) -> dict[str, Any]:
        """A step by somebody who may take it, mostly as in another example, its questions answered."""
        like = [x for x in self.lines if x.get("step") == name]
        if like and draw.random() < 0.7:
            return {k: v for k, v in draw.choice(like).items() if k != "door"}
        step = self.pathway.steps[name]
        facts = {f: self.value(f, draw) for f in facts_of(step) if draw.random() < 0.85}
        by = draw.choice(step.by or tuple(takers(self.pathway, step)))
        terms = {k: any_of(t.type, draw) for k, t in step.terms.items() if not t.optional}
        return {
            "step": name,
            "by": by,
            **({"facts": facts} if facts else {}),
            **({"terms": terms} if terms else {}),
        }

    def less(self, draft: Draft, draw: random.Random) -> Draft:
        """A line less."""
        if len(draft.lines) < 2:
            return draft
        n = draw.randrange(1, len(draft.lines))
        return draft._replace(lines=(*draft.lines[:n], *draft.lines[n + 1 :]))

    def shorter(self, draft: Draft, draw: random.Random) -> Draft:
        """Cut off after a line, and gone on from there."""
        cut = draft._replace(lines=draft.lines[: draw.randint(1, len(draft.lines))])
        return self.more(cut, draw)

    def setting(self, draft: Draft, draw: random.Random) -> Draft:
        """A setting of the site is another, or unset."""
        names = [n for n in self.pathway.settings if n in self.matter] or list(self.pathway.settings)
        if not names:
            return draft
        name = draw.choice(names)
        value = "unset" if draw.random() < 0.3 else any_of(self.pathway.settings[name].type, draw)
        held = {**draft.around.get("settings", {}), name: value}
        return draft._replace(around={**draft.around, "settings": held})

    def days_on(self, draft: Draft, draw: random.Random) -> Draft:
        """The whole case some days later or earlier, so that it lies at the boundary of a period."""
        written = DAY.findall(str(draft.lines[0]))
        if not written or not self.days:
            return draft
        to = draw.choice(self.days) + timedelta(days=draw.choice((-1, 0)))
        by = to - date.fromisoformat(draw.choice(written))
        return draft._replace(lines=tuple(_moved_by(line, by) for line in draft.lines))


def requests(pathway: Pathway, matter: frozenset[str]) -> Iterator[dict[str, str]]:
    """What can be asked beside steps about the consents, letters, notices and obligations that matter."""
    person = next((n for n, r in pathway.roles.items() if r.is_ == "person"), "person")
    for name in sorted(matter):
        if name in pathway.consents:
            for to in pathway.consents[name].to:
                yield from (
                    {"consent": name, "does": x, "to": to, "by": person} for x in ("given", "withdrawn")
                )
        if name in pathway.letters:
            yield {"deliver": name, "how": "by_hand"}
        if name in pathway.notices:
            yield from ({verb: name} for verb in ("send", "receive"))
        if name in pathway.obligations:
            yield from ({"obligation": name, "does": x, "by": by} for x in OBLIGED for by in pathway.roles)


OBLIGED = ("progress", "waiting", "met", "waived", "breached", "varied", "ended")

CHANGES = (
    Pool.fact,
    Pool.more,
    Pool.shorter,
    Pool.key,
    Pool.number,
    Pool.less,
    Pool.setting,
    Pool.days_on,
)
WEIGHTS = (8, 6, 5, 3, 3, 1, 1, 2)


def _with(draft: Draft, n: int, line: Mapping[str, Any]) -> Draft:
    return draft._replace(lines=(*draft.lines[:n], line, *draft.lines[n + 1 :]))


def moved(text: str, draw: random.Random) -> str:
    """A text in which one number is one more or less."""
    found = list(NUMBER.finditer(text))
    if not found:
        return text
    one = draw.choice(found)
    number = max(0, int(one[0]) + draw.choice((-1, 1)))
    return f"{text[: one.start()]}{number:0{len(one[0])}d}{text[one.end() :]}"


def _moved_by(written: Any, by: timedelta) -> Any:
    if isinstance(written, Mapping):
        return {k: _moved_by(v, by) for k, v in written.items()}
    if isinstance(written, list):
        return [_moved_by(x, by) for x in written]
    return DAY.sub(lambda x: (date.fromisoformat(x[0]) + by).isoformat(), written)


def each_of(type_: Type) -> Iterator[Any]:
    """Every code of a type, or some values that lie apart; then the nothings."""
    yield from type_.codes or WRITTEN.get(type_.kind, ())
    yield from ("not_known", "refused", "no_answer")


def any_of(type_: Type, draw: random.Random) -> Any:
    """Any value of a type, as it is written."""
    if type_.kind == "one_of":
        return draw.choice(type_.codes)
    if type_.kind == "some_of":
        return [draw.choice(type_.codes)]
    if type_.kind == "list":
        return [{k: any_of(t, draw) for k, t in type_.each.items()}]
    return draw.choice(WRITTEN[type_.kind])


WRITTEN: Mapping[str, tuple[Any, ...]] = {
    "yes_no": ("yes", "no"),
    "count": ("0", "1", "2", "14", "15", "16", "17", "18", "24", "150", "1000"),
    "number": ("0", "0.5", "1"),
    "mass": ("0.5 g", "1 g", "5 g", "30 g"),
    "money": ("EUR 5.00", "NZD 50.00", "USD 50.00"),
    "date": ("2024-03-04", "2026-03-04"),
    "instant": ("2024-03-04 10:00", "2026-03-04 10:00"),
    "duration": ("1 day", "7 days", "1 month", "6 months", "1 year", "5 years"),
    "place": ("lisboa", "elsewhere"),
    "score": ({"band": "low"}, {"band": "high"}),
    "text": ("Some words.",),
}
