"""What is stated with a step: its terms with their limits, and the items of an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from amparo.desk import audience
from amparo.desk.context import Row
from amparo.desk.drawing import control
from amparo.desk.reading import answer
from amparo.desk.scene import Scene
from amparo.desk.typed import Wrong
from amparo.desk.words import pick
from amparo.pathways import calendar, values
from amparo.pathways.model import BoundRow, Length, SettingRef, Step, Term, TermRef

A_YEAR = {"s": 31_536_000, "days": 365, "working_days": 250, "weeks": 52, "months": 12, "years": 1}
"""About a year in each unit: enough to say whether years make sense as an answer."""


def of_step(scene: Scene, name: str, step: Step, lacking: frozenset[str] = frozenset()) -> tuple[Row, ...]:
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
        *(["weeks"] if not limits or any(x.unit == "weeks" for x in limits) else []),
        "months",
        *([] if _under_a_year(_length(scene, term.at_most)) else ["years"]),
    )


def _under_a_year(limit: Length | None) -> bool:
    """Is no whole year within this limit? Then years are not offered as a unit."""
    return limit is not None and limit.n < A_YEAR.get(limit.unit, 0)


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
    whose = _("Site:") if isinstance(term.at_most or term.at_least, SettingRef) else _whose(term)
    if least and most:
        return _("%(whose)s from %(least)s to %(most)s.") % {"whose": whose, "least": least, "most": most}
    return (
        _("%(whose)s at most %(most)s.") % {"whose": whose, "most": most}
        if most
        else _("%(whose)s at least %(least)s.") % {"whose": whose, "least": least}
    )


def _whose(term: Term) -> str:
    """A limit of our own is not called the law's."""
    own = bool(term.basis) and all(c.source in ("house", "site") for c in term.basis)
    return _("Own limit:") if own else _("Law:")


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
