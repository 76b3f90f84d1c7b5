"""Items of an agreement while they are typed: one below the other, each with its day, without script and without a
press between them. An item is four taps and its words: what, by when, how it is shown, who sees it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from amparo.cases.items import by_itself
from amparo.desk import audience
from amparo.desk.context import Control, Option, Row
from amparo.desk.drawing import control
from amparo.desk.scene import Scene
from amparo.desk.steps.context import Item, Items
from amparo.desk.times import named_day
from amparo.desk.typed import Typed, field_id, one, rows_of, touched
from amparo.desk.words import pick
from amparo.pathways.model import ObligationKind, Step, Term, Type

AHEAD = 8
"""So many items are drawn beforehand where each is begun with a tap; the next shows once one is begun."""
WEEKS = (1, 2, 4, 6, 8)
"""Weeks from today that can be tapped as the day of an item, beside a day of one's own."""


def items(scene: Scene, step: Step) -> tuple[Items, ...]:
    """What the step makes, kind by kind. What begins by itself is not asked: it stands among what follows at once."""
    known = scene.pathway.obligations
    return tuple(_items(scene, kind) for kind in step.makes if not by_itself(known[kind]))


def _items(scene: Scene, kind: str) -> Items:
    o = scene.pathway.obligations[kind]
    base = f"item.{kind}"
    typed = rows_of(scene.typed, base)
    drawn = max(typed, AHEAD) if tapped(o) else typed
    rows = tuple(_item(scene, o, f"{base}.{n}", n + 1) for n in range(drawn))
    return Items(kind, pick(o.title, kind), rows, base, scene.cite(o.basis), typed)


def tapped(o: ObligationKind) -> bool:
    """Is an item of this kind begun with a tap? Then it is known without script whether one more is wanted."""
    return any(t.type.kind == "one_of" for t in o.terms.values()) or o.due == "own term"


def _item(scene: Scene, o: ObligationKind, prefix: str, n: int) -> Item:
    """What must be said first; what may be left out is folded, unless something stands in it."""
    first = [_term(scene, f"{prefix}.{t}", t, x) for t, x in o.terms.items() if _first(x)]
    rest = [_term(scene, f"{prefix}.{t}", t, x) for t, x in o.terms.items() if not _first(x)]
    coded = [r for r in first if r.control.kind != "line"]
    told = any(touched(scene.typed, f"{prefix}.{t}") for t, x in o.terms.items() if not _first(x))
    own = o.due == "none"
    rows = (
        *((_words(scene, prefix),) if own else ()),
        *((_on(scene, prefix),) if not _needed(o) else ()),
        *coded[:1],
        *(r for r in first if r not in coded),
        *(_day(scene, prefix) if o.due == "own term" else ()),
        *coded[1:],
        *((_words(scene, prefix),) if not own else ()),
    )
    return Item(_("Item %(n)s") % {"n": n}, rows, tuple(rest), told)


def _first(term: Term) -> bool:
    """Codes, texts and what must be given stand in the open; sums and counts only some items have."""
    return term.type.kind in ("one_of", "text") or (term.default is None and not term.optional)


def _needed(o: ObligationKind) -> bool:
    """Is anything given with each item, its day or the person's own words? Then it needs no tick of its own."""
    return o.due in ("own term", "none") or any(
        t.default is None and not t.optional for t in o.terms.values()
    )


def _term(scene: Scene, field: str, name: str, term: Term) -> Row:
    label, may_lack = pick(term.title, name), term.optional or term.default is not None
    optional = _("may be left out") if may_lack else ""
    if term.type.kind == "text":
        drawn = Control("line", field, field_id(field), label, one(scene.typed, field))
    else:
        drawn = control(scene.d, term.type, field, label, scene.typed)
    if drawn.kind in ("select", "answers") and len(drawn.options) <= 14:
        drawn = replace(drawn, kind="answers", wide="days")
    return Row(drawn, optional, "", pick(term.unverified) if term.unverified else "")


def _day(scene: Scene, prefix: str) -> tuple[Row, ...]:
    """By when: a few days to tap, or a day of one's own."""
    today = scene.clock.local(scene.clock.now).date()
    chosen = one(scene.typed, f"{prefix}.in")
    options = tuple(_in_weeks(today, n, chosen) for n in WEEKS)
    quick = Control(
        "answers", f"{prefix}.in", field_id(f"{prefix}.in"), _("By when"), options=options, wide="days"
    )
    own = control(scene.d, Type("date"), f"{prefix}.due", _("or another day"), scene.typed)
    return (Row(quick), Row(own))


def _in_weeks(today: date, n: int, chosen: str) -> Option:
    day = today + timedelta(weeks=n)
    words = _("in a week") if n == 1 else _("in %(n)s weeks") % {"n": n}
    return Option(str(day), words, chosen == str(day), note=named_day(day, today))


def quick_day(typed: Typed, prefix: str) -> str | None:
    """The day that was tapped, as a plain date; None if none was."""
    try:
        return str(date.fromisoformat(one(typed, f"{prefix}.in")))
    except ValueError:
        return None


def _words(scene: Scene, prefix: str) -> Row:
    readers = audience.of_routine(scene)
    label = _("In the person’s words")
    return Row(
        control(scene.d, Type("text"), f"{prefix}.words", label, scene.typed, audience=readers), wide=True
    )


def _on(scene: Scene, prefix: str) -> Row:
    options = (Option("yes", _("is agreed"), one(scene.typed, f"{prefix}.on") == "yes"),)
    return Row(Control("checks", f"{prefix}.on", field_id(f"{prefix}.on"), _("This item"), options=options))
