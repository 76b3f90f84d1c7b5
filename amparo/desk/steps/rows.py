"""The questions of a form: asks, acceptances, terms and items, each from its definition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from amparo.cases.index import index
from amparo.desk import audience
from amparo.desk.context import Control, Nothing, Option, Row
from amparo.desk.drawing import control
from amparo.desk.scene import Scene
from amparo.desk.steps.asked import Partial
from amparo.desk.steps.context import Acceptance
from amparo.desk.steps.request import taker_names
from amparo.desk.typed import NOTHING, chosen_nothing, field_id, one, touched
from amparo.desk.words import listed, lower_first, pick, role_title
from amparo.pathways.model import Ask, Fact, Rule, Step, Type


# ------------------------------------------------------------------------------------------------ asks
def asked(
    scene: Scene, steps: Iterable[Step], lacking: frozenset[str] = frozenset(), settled: bool = False
) -> tuple[Row, ...]:
    """A row for each fact the steps ask and the case does not yet hold, in file order. settled: the engine
    asks nothing more, so what depends on something and is not answered does not apply.
    """
    asks = {a.fact: a for s in steps for a in s.asks}
    rows = ((a, ask_row(scene, a, a.fact in lacking)) for a in asks.values() if open_to_ask(scene, a))
    return tuple(_settled(scene, a, row) if settled else row for a, row in rows)


def _settled(scene: Scene, ask: Ask, row: Row) -> Row:
    depends = ask.if_ or scene.pathway.facts[ask.fact].applies_if
    if not depends or row.nothing or touched(scene.typed, row.control.name):
        return row
    return replace(row, nothing=Nothing("na", _("Does not apply, by the other answers")))


def open_to_ask(scene: Scene, ask: Ask) -> bool:
    """Is it drawn as a question? A fact told with a value is shown, not asked; an acceptance has its own
    card.
    """
    fact = scene.facts().get(ask.fact)
    told = fact is not None and fact.state == "value" and not ask.each_time
    shut = fact is not None and fact.state == "refused" and not scene.pathway.facts[ask.fact].ask_again
    return not told and not shut and ask.fact not in index(scene.pathway).acceptances


def ask_row(scene: Scene, ask: Ask, lacking: bool = False) -> Row:
    fact, seen = scene.pathway.facts[ask.fact], scene.facts().get(ask.fact)
    earlier = seen.state if seen and seen.state in ask.may_be else ""
    typed = scene.typed if not earlier else _with_earlier(scene, fact.type, ask.fact, earlier)
    drawn = _fact_control(scene, ask.fact, fact, ask.may_be, typed)
    note = (
        _("Told %(who)s. Asked again only if %(person)s raises it.")
        % {"who": scene.told(seen), "person": scene.person()}
        if seen and earlier == "refused"
        else ""
    )
    if fact.class_ == "health" and fact.type.kind != "text":
        note = " ".join(x for x in (note, audience.said(audience.of_fact(scene, ask.fact))) if x)
    out = Partial(scene).out(ask.if_, fact.applies_if)
    na = Nothing("na", out) if out else None
    return Row(
        drawn,
        _why(scene, fact, ask),
        scene.cite(ask.basis or fact.basis),
        pick(fact.unverified) if fact.unverified else "",
        wide=fact.type.kind in ("text", "list"),
        nothing=na,
        note=note,
        lacking=lacking,
        aloud=scene.said(ask.say or fact.say) if ask.say or (fact.say and fact.prompt == "never") else "",
    )


def also_rows(scene: Scene, steps: Iterable[Step]) -> tuple[Row, ...]:
    """What may be told with the step though it is not needed, where it is not told yet."""
    steps = tuple(steps)
    asks = {a.fact for s in steps for a in s.asks}
    names = dict.fromkeys(f for s in steps for f in s.also if f not in asks)
    return tuple(ask_row(scene, Ask(where=scene.pathway.where, fact=f)) for f in names if _may_tell(scene, f))


def _may_tell(scene: Scene, name: str) -> bool:
    fact = scene.pathway.facts.get(name)
    if fact is None or fact.from_ == ("steps",):
        return False
    mine = bool(taker_names(scene.pathway, scene.role) & set(fact.from_)) or not fact.finding
    return mine and open_to_ask(scene, Ask(where=scene.pathway.where, fact=name))


def _with_earlier(scene: Scene, type_: Type, name: str, earlier: str) -> dict[str, Sequence[str]]:
    """An earlier *prefers not to say* stands chosen until something else is typed."""
    base = f"fact.{name}"
    if any(key == base or key.startswith(f"{base}.") for key in scene.typed):
        return dict(scene.typed)
    shared = type_.kind in ("yes_no", "one_of")
    return {
        **scene.typed,
        (base if shared else f"{base}.nothing"): [f"{NOTHING}{earlier}" if shared else earlier],
    }


ORDER = ("not_known", "no_answer", "refused")


def _fact_control(scene: Scene, name: str, fact: Fact, may_be: Sequence[str], typed: Any) -> Control:
    may_be = tuple(m for m in ORDER if m in may_be)
    readers = audience.of_fact(scene, name) if fact.type.kind == "text" else None
    drawn = control(scene.d, fact.type, f"fact.{name}", pick(fact.title, name), typed, may_be, readers)
    if drawn.kind == "select" and may_be:
        # A select has no radio group to share: its nothings stand beside it as boxes of their own.
        beside = tuple(
            Option(m, o.words, m == chosen_nothing(f"fact.{name}", typed), m)
            for o, m in zip(drawn.nothings, may_be, strict=True)
        )
        return replace(drawn, nothings=beside)
    return drawn


def _why(scene: Scene, fact: Fact, ask: Ask) -> str:
    parts = [_("finding") if fact.finding else _whose(scene, fact), _if(scene, ask.if_ or fact.applies_if)]
    return ", ".join(p for p in parts if p)


def _whose(scene: Scene, fact: Fact) -> str:
    if taker_names(scene.pathway, scene.role) & set(fact.from_) or not fact.from_:
        return ""
    names = [
        _("the person") if f == "person" else lower_first(role_title(scene.pathway, f)) for f in fact.from_
    ]
    return _("word of: %(who)s") % {"who": listed(names)}


def _if(scene: Scene, rule: Rule | None) -> str:
    """On which facts it depends whether this is asked."""
    if rule is None:
        return ""
    names = [n for n in dict.fromkeys(re.findall(r"[a-z_][a-z0-9_]*", rule.text)) if n in scene.pathway.facts]
    titles = [lower_first(pick(scene.pathway.facts[n].title, n)) for n in names]
    return (
        _("asked depending on: %(facts)s") % {"facts": listed(titles)}
        if titles
        else _("asked where it applies")
    )


# ------------------------------------------------------------------------------------------------ acceptances
def acceptances(
    scene: Scene, names: Iterable[str], alone: bool, lacking: frozenset[str] = frozenset()
) -> tuple[Acceptance, ...]:
    """A card for each acceptance: asked of the person by itself, never filled in."""
    return tuple(_acceptance(scene, name, alone, name in lacking) for name in names)


def _acceptance(scene: Scene, name: str, alone: bool, lacking: bool) -> Acceptance:
    fact, seen = scene.pathway.facts[name], scene.facts().get(name)
    base = f"fact.{name}"
    title = pick(fact.title, name)
    readers = audience.of_fact(scene, name)
    chosen = one(scene.typed, base)
    options = (Option("yes", _("Yes"), chosen == "yes"), Option("no", _("No"), chosen == "no"))
    words = Control(
        "words",
        f"{base}.words",
        field_id(f"{base}.words"),
        _("In the person’s own words"),
        (scene.typed.get(f"{base}.words") or ("",))[-1],
        audience=readers,
    )
    aloud, bold, after = _aloud(scene, fact, title, alone)
    told_no = seen is not None and seen.state == "value" and seen.value is False
    return Acceptance(
        name,
        field_id(base),
        title,
        _("%(title)s: ask %(person)s, in these words") % {"title": title, "person": scene.person()},
        aloud,
        bold,
        after,
        Control("segments", base, field_id(base), title, options=options),
        words,
        _heard(scene, chosen),
        before=_earlier(scene, seen),
        basis=scene.cite(fact.basis),
        unverified=pick(fact.unverified) if fact.unverified else "",
        shut=Partial(scene).out(fact.applies_if) or (_said_no(scene, seen) if told_no and not chosen else ""),
        lacking=lacking,
    )


def _aloud(scene: Scene, fact: Fact, title: str, alone: bool) -> tuple[str, str, str]:
    """The fact's own words to read aloud, or the frame's, with the title said bold."""
    if fact.say:
        return scene.said(fact.say), "", ""
    after = (
        _(" only if you say yes. You may say no; then this is not done.")
        if alone
        else _(" only if you say yes. You may say no; then we look at the other decisions together.")
    )
    return _("This is yours to decide. We write "), lower_first(title), after


def _heard(scene: Scene, chosen: str) -> str:
    if chosen:
        return _("heard by %(who)s") % {"who": scene.who(scene.account)}
    return _("Silence, or a yes in distress, is written as no.")


def _earlier(scene: Scene, seen: Any) -> str:
    if seen is None or seen.state != "value" or seen.value is not True:
        return ""
    return _("The yes told %(when)s is not carried over: each decision asks anew.") % {
        "when": scene.told(seen)
    }


def _said_no(scene: Scene, seen: Any) -> str:
    return _("%(person)s said no (%(when)s). Asked again only if %(person)s raises it.") % {
        "person": capital_person(scene),
        "when": scene.told(seen),
    }


def capital_person(scene: Scene) -> str:
    name = scene.person()
    return name[:1].upper() + name[1:]


# ------------------------------------------------------------------------------------- whose word, and faults
def with_faults(rows: tuple[Row, ...], faults: dict[str, str]) -> tuple[Row, ...]:
    """The rows with the faults of their controls above them."""
    return tuple(
        replace(r, control=replace(r.control, error=faults[r.control.id])) if r.control.id in faults else r
        for r in rows
    )


def answered(rows: Sequence[Row], typed: Any, accepts: Sequence[Acceptance] = ()) -> str:
    """`4 of 5 answered`: of what is drawn as a question. What does not apply is none; what was typed and is no
    answer is not answered.
    """
    asked = [r for r in rows if r.nothing is None]
    put = [a for a in accepts if not a.shut]
    done = sum(_is_answered(r, typed) for r in asked)
    done += sum(any(o.checked for o in a.answer.options) for a in put)
    return _("%(done)s of %(all)s answered") % {"done": done, "all": len(asked) + len(put)}


def _is_answered(row: Row, typed: Any) -> bool:
    """Was something typed that is an answer, or does an earlier nothing stand chosen?"""
    stands = touched(typed, row.control.name) or any(o.checked for o in row.control.nothings)
    return stands and not row.control.error


__all__ = [
    "acceptances",
    "also_rows",
    "answered",
    "ask_row",
    "asked",
    "open_to_ask",
    "with_faults",
]
