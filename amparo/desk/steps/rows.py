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
from amparo.desk.reading import answer
from amparo.desk.scene import Scene
from amparo.desk.steps.asked import Partial
from amparo.desk.steps.context import Acceptance, Items
from amparo.desk.steps.request import taker_names
from amparo.desk.typed import NOTHING, Wrong, chosen_nothing, field_id, one, rows_of
from amparo.desk.words import listed, lower_first, pick, role_title
from amparo.pathways import calendar, values
from amparo.pathways.model import Ask, BoundRow, Fact, Length, Rule, SettingRef, Step, Term, TermRef, Type


# ------------------------------------------------------------------------------------------------ asks
def asked(scene: Scene, steps: Iterable[Step], lacking: frozenset[str] = frozenset()) -> tuple[Row, ...]:
    """A row for each fact the steps ask and the case does not yet hold, in file order."""
    asks = {a.fact: a for s in steps for a in s.asks}
    return tuple(ask_row(scene, a, a.fact in lacking) for a in asks.values() if open_to_ask(scene, a))


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
    aloud, bold, after = _aloud(fact, title, alone)
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


def _aloud(fact: Fact, title: str, alone: bool) -> tuple[str, str, str]:
    """The fact's own words to read aloud, or the frame's, with the title said bold."""
    if fact.say:
        return pick(fact.say), "", ""
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


# ------------------------------------------------------------------------------------------------ terms
def terms(scene: Scene, name: str, step: Step, lacking: frozenset[str] = frozenset()) -> tuple[Row, ...]:
    """The terms of a step, each with its legal limit beside the field and what follows from it under it."""
    return tuple(
        replace(_term(scene, f"term.{name}.{t}", t, term, step, name), lacking=t in lacking)
        for t, term in step.terms.items()
    )


def _term(scene: Scene, field: str, name: str, term: Term, step: Step | None, step_name: str) -> Row:
    units = _units(scene, term)
    drawn = control(
        scene.d,
        term.type,
        field,
        pick(term.title, name),
        _with_default(scene, field, term),
        units=units,
        audience=audience.of_reasons(scene, step_name) if term.type.kind == "text" else None,
    )
    basis = term.basis or (step.basis if step else ())
    optional = _("may be left out") if term.optional else ""
    return Row(
        drawn,
        optional,
        "",
        pick(term.unverified) if term.unverified else "",
        wide=term.type.kind in ("text", "list"),
        bound=_bound(scene, term),
        bound_basis=scene.cite(basis) if term.at_least is not None or term.at_most is not None else "",
        result=_result(scene, field, name, term, step_name, step),
    )


def _with_default(scene: Scene, field: str, term: Term) -> dict[str, Sequence[str]]:
    """A unit is chosen beforehand where the limit names one; a value never is."""
    limit = _length(scene, term.at_most) or _length(scene, term.at_least)
    key = f"{field}.unit"
    if term.type.kind != "duration" or limit is None or scene.typed.get(key):
        return dict(scene.typed)
    return {
        **scene.typed,
        key: ["h" if limit.unit == "s" else "months" if limit.unit == "years" else limit.unit],
    }


def _units(scene: Scene, term: Term) -> tuple[str, ...]:
    limits = [x for x in (_length(scene, term.at_least), _length(scene, term.at_most)) if x]
    if any(x.unit == "s" for x in limits):
        return ("min", "h", "days")
    return (
        "days",
        *(["working_days"] if any(x.unit == "working_days" for x in limits) else []),
        "months",
        "years",
    )


def _length(scene: Scene, bound: Any) -> Length | None:
    found = _setting(scene, bound.name) if isinstance(bound, SettingRef) else bound
    return found if isinstance(found, Length) else None


def _setting(scene: Scene, name: str) -> Any:
    """A setting as the site entered it, else the definition's; dated ones have no one value here."""
    if name in scene.settings:
        return scene.settings[name]
    value = scene.pathway.settings[name].value
    return (
        None
        if isinstance(value, tuple) and not isinstance(value, Length) and not hasattr(value, "currency")
        else value
    )


def _bound(scene: Scene, term: Term) -> str:
    least, most = _limit(scene, term, term.at_least), _limit(scene, term, term.at_most)
    if not least and not most:
        return ""
    whose = _("Site:") if isinstance(term.at_most or term.at_least, SettingRef) else _("Law:")
    if least and most:
        return _("%(whose)s from %(least)s to %(most)s.") % {"whose": whose, "least": least, "most": most}
    return (
        _("%(whose)s at most %(most)s.") % {"whose": whose, "most": most}
        if most
        else _("%(whose)s at least %(least)s.") % {"whose": whose, "least": least}
    )


def _limit(scene: Scene, term: Term, bound: Any) -> str:
    if bound is None:
        return ""
    if isinstance(bound, SettingRef):
        held = _setting(scene, bound.name)
        return _shown(scene, term, held) if held is not None else _("what the site has yet to enter")
    if isinstance(bound, tuple) and bound and isinstance(bound[0], BoundRow):
        return _(" or ").join(dict.fromkeys(_limit(scene, term, row.then) for row in bound))
    return _shown(scene, term, bound)


def _shown(scene: Scene, term: Term, held: Any) -> str:
    return scene.d.show(term.type, values.encode(term.type, held))


def _result(scene: Scene, field: str, name: str, term: Term, step_name: str, step: Step | None) -> str:
    """The day on which a typed length ends, where a clock runs by it."""
    choice = step.choice if step else ""
    runs = any(
        isinstance(c.within, TermRef) and c.within.term == name and c.within.step in (step_name, choice)
        for c in scene.pathway.clocks.values()
    )
    if term.type.kind != "duration" or not runs:
        return ""
    try:
        plain = answer(scene.d, term.type, field, scene.typed)
    except Wrong:
        return ""
    if plain is None:
        return ""
    return _("Ends %(day)s") % {
        "day": scene.clock.day(calendar.add(scene.clock.now, Length(plain["n"], plain["unit"]), scene.d.zone))
    }


# ------------------------------------------------------------------------------------------------ items
def items(scene: Scene, step: Step) -> tuple[Items, ...]:
    """What the step makes, item by item."""
    return tuple(_items(scene, kind) for kind in step.makes)


def _items(scene: Scene, kind: str) -> Items:
    o = scene.pathway.obligations[kind]
    base = f"item.{kind}"
    rows = tuple(_item_rows(scene, kind, f"{base}.{n}") for n in range(rows_of(scene.typed, base)))
    return Items(kind, pick(o.title, kind), rows, base, scene.cite(o.basis))


def _item_rows(scene: Scene, kind: str, prefix: str) -> tuple[Row, ...]:
    o = scene.pathway.obligations[kind]
    rows = [_term(scene, f"{prefix}.{t}", t, term, None, "") for t, term in o.terms.items()]
    if o.due == "own term":
        rows.append(Row(control(scene.d, Type("date"), f"{prefix}.due", _("By when"), scene.typed)))
    words = control(
        scene.d,
        Type("text"),
        f"{prefix}.words",
        _("In words, as agreed"),
        scene.typed,
        audience=audience.of_routine(scene),
    )
    on = Row(
        Control(
            "checks",
            f"{prefix}.on",
            field_id(f"{prefix}.on"),
            _("This item"),
            options=(Option("yes", _("is agreed"), one(scene.typed, f"{prefix}.on") == "yes"),),
        )
    )
    return (on, *rows, Row(words, wide=True))


# ------------------------------------------------------------------------------------- whose word, and faults
def with_faults(rows: tuple[Row, ...], faults: dict[str, str]) -> tuple[Row, ...]:
    """The rows with the faults of their controls above them."""
    return tuple(
        replace(r, control=replace(r.control, error=faults[r.control.id])) if r.control.id in faults else r
        for r in rows
    )


def answered(rows: Sequence[Row], typed: Any) -> str:
    """`4 of 5 answered`."""
    done = sum(_is_answered(r.control, typed) for r in rows)
    return _("%(done)s of %(all)s answered") % {"done": done, "all": len(rows)}


def _is_answered(c: Control, typed: Any) -> bool:
    own = [
        key
        for key in typed
        if key == c.name or (key.startswith(f"{c.name}.") and not key.endswith((".unit", ".cur", ".rows")))
    ]
    return any(any(x.strip() for x in typed[key]) for key in own)


__all__ = [
    "acceptances",
    "also_rows",
    "answered",
    "ask_row",
    "asked",
    "items",
    "open_to_ask",
    "terms",
    "with_faults",
]
