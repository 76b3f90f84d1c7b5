"""A card a door: open, not open because …, not known yet: needs …; with each criterion's sentence, rule and date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from amparo.cases.eligibility import DoorVerdict, Question
from amparo.cases.model import Reason
from amparo.cases.read import Verdict
from amparo.cases.story import word
from amparo.desk.doors.context import DoorCard, Line
from amparo.desk.doors.gates import Gate, Way
from amparo.desk.said import said
from amparo.desk.words import cited, language, pick, role_title
from amparo.pathways.model import Pathway, Text

MARKS = {True: "done", False: "no", None: "open"}


def cards(w: Way) -> tuple[DoorCard, ...]:
    """The open doors first, then what is not known yet, then what is not open; each group in file order."""
    order = ("open", "not_known", "not_open")
    drawn = [card(w, gate, one) for gate, one in zip(w.gates, w.found, strict=True)]
    return tuple(sorted(drawn, key=lambda x: order.index(x.state)))


def card(w: Way, gate: Gate, one: DoorVerdict) -> DoorCard:
    """One door. What was offered and declined, or not offered, is not offered again."""
    p, door = gate.here.pathway, gate.here.pathway.doors[gate.door]
    over = gate.key in (w.typed.get("over") or ())
    left = is_for_others(w.asked, one)
    offer = _("Offer it") if one.state == "open" else _("Was it offered?") if left else ""
    return DoorCard(
        gate.key,
        one.state,
        state_words(one.state),
        pick(p.title, p.id),
        pick(door.title, gate.door),
        tuple(_lines(gate, one)),
        "" if over else offer,
        _("Counted. It is not asked again.") if over else "",
        cited(p, door.basis),
    )


def is_for_others(asked: Mapping[str, Question], one: DoorVerdict) -> bool:
    """Does nothing wait for an answer that could be given here? What is left is the person's, who is free to say no, or
    for another of the staff to say once it is proposed.
    """
    mine = {q.name for q in asked.values() if any(p is one.at.pathway for p in q.of)}
    waits = {f for v in one.criteria if v.verdict is None for f, _who in v.asks}
    settled = one.state == "not_known" and one.shut.verdict is True
    return settled and not (waits & mine or any(f.startswith("setting ") for f in waits))


def state_words(state: str) -> str:
    """The three words of a door."""
    words = {"open": _("Open"), "not_open": _("Not open"), "not_known": _("Not known yet")}
    return words[state]


def _lines(gate: Gate, one: DoorVerdict) -> Iterator[Line]:
    """What decided: of a door that is not open, why; of one that is not known, what it needs; of an open one, all."""
    p = gate.here.pathway
    if one.shut.verdict is False:
        yield Line("no", _("This door is closed at this site."), basis=cited(p, p.doors[gate.door].basis))
        return
    if one.shut.verdict is None:
        yield Line("open", _("Whether this door is open here is not settled."), _needs(gate, one.shut))
    wanted = {"open": (True,), "not_open": (False,), "not_known": (None, True)}[one.state]
    shown = [v for v in one.criteria if v.verdict in wanted]
    yield from (_line(gate, v) for v in sorted(shown, key=lambda v: v.verdict is True))
    if not one.criteria and one.state == "open":
        yield Line("done", _("Nothing must hold at this door."))


def _line(gate: Gate, v: Verdict) -> Line:
    p = gate.here.pathway
    found = p.criteria[v.name]
    note = _because(gate, v) if v.verdict is not None else _needs(gate, v)
    if v.verdict is False and found.otherwise:
        note = f"{_stopped(_sentence(gate, found.otherwise))} {note}".strip()
    uncertain = pick(found.unverified) if found.unverified else ""
    return Line(MARKS[v.verdict], _sentence(gate, found.say, v.name), note, cited(p, found.basis), uncertain)


def _sentence(gate: Gate, text: Text, name: str = "") -> str:
    """A criterion's sentence, with the settings that it names as they stand at this site."""
    return said(gate.here.drawing, gate.here.settings, text, name)


def _because(gate: Gate, v: Verdict) -> str:
    """The facts that decided, as they were just answered."""
    p = gate.here.pathway
    told = dict.fromkeys(_said(p, gate, r) for r in v.because if r.name in p.facts and not r.nothing)
    return "; ".join(told)


def _said(p: Pathway, gate: Gate, r: Reason) -> str:
    fact = p.facts[r.name]
    return f"{pick(fact.title, r.name)}: {gate.here.drawing.show(fact.type, r.value)}"


def _needs(gate: Gate, v: Verdict) -> str:
    """What it needs, and of whom. What may not be prompted for is never named: there the criterion's own sentence
    stands, for who is free to say no.
    """
    p = gate.here.pathway
    facts = [
        _("%(fact)s (answered by: %(who)s)") % {"fact": pick(p.facts[f].title, f), "who": role_title(p, who)}
        for f, who in v.asks
        if f in p.facts and p.facts[f].prompt == "ask"
    ]
    names = (f.removeprefix("setting ") for f, _who in v.asks if f.startswith("setting "))
    entered = [
        _("“%(setting)s”, to be entered by the site") % {"setting": pick(p.settings[n].title, n)}
        for n in names
    ]
    parts = [*facts, *entered]
    if parts:
        return _("Needs: %(what)s.") % {"what": "; ".join(parts)}
    found = p.criteria.get(v.name)
    return (
        _stopped(_sentence(gate, found.otherwise))
        if found and found.otherwise
        else word("not_known", language()).capitalize()
    )


def _stopped(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
