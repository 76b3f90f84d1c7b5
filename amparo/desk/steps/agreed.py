"""Items of an agreement while they are typed: one at a time, each with its day, without script and without a press
between them. An item is four taps and its words: what, by when, how it is shown, who sees it. The next shows its first
question; once that is answered it opens, and the one before folds to what was chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from amparo.cases.items import by_itself
from amparo.cases.model import Nothing_
from amparo.desk import audience
from amparo.desk.context import Control, Option, Row
from amparo.desk.drawing import control
from amparo.desk.obligations import load, past
from amparo.desk.plan import Plan
from amparo.desk.reading import answer
from amparo.desk.scene import Scene
from amparo.desk.steps.context import Item, Items
from amparo.desk.times import named_day
from amparo.desk.typed import Typed, Wrong, field_id, one, rows_of, touched
from amparo.desk.words import pick
from amparo.pathways import calendar
from amparo.pathways.model import ObligationKind, Step, Term, Type

AHEAD = 8
"""So many items are drawn beforehand where each is begun with a tap; the next shows once one is begun."""
WEEKS = (1, 2, 4, 6, 8)
"""Weeks from today that can be tapped as the day of an item, beside a day of one's own."""


BY = "by"
"""In the address of a form: the day by which its first item is to be done, filled in and to be changed."""


def filled_in(plan: Plan, day: str) -> dict[str, list[str]]:
    """The typing of a form that begins with this day; none for what is no day, or where none is asked."""
    made = ((k, plan.pathway.obligations[k]) for s in plan.steps for k in s.makes)
    wanted = [k for k, o in made if o.due == "own term" and not by_itself(o)]
    told = plain_day(day)
    return {f"item.{wanted[0]}.0.in": [told]} if wanted and told else {}


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
    return Items(
        kind,
        pick(o.title, kind),
        rows,
        base,
        scene.cite(o.basis),
        typed,
        weight(scene, kind),
        past.href(scene, kind),
    )


def weight(scene: Scene, kind: str) -> str:
    """What the items weigh together so far, in one line: `6 items, hours: 31, NZD 350.00, over 8 weeks`."""
    base = f"item.{kind}"
    found = (_said(scene, kind, f"{base}.{n}") for n in range(rows_of(scene.typed, base)))
    told = [x for x in found if x]
    return load.words(scene, told) if told else ""


def weights(scene: Scene, steps: Iterable[Step]) -> dict[str, str]:
    """The same for each kind that these steps make."""
    return {kind: weight(scene, kind) for s in steps for kind in s.makes if not by_itself(_kind(scene, kind))}


def _kind(scene: Scene, kind: str) -> ObligationKind:
    return scene.pathway.obligations[kind]


def _said(scene: Scene, kind: str, prefix: str) -> dict[str, Any] | None:
    """One item as far as it is typed; what is no answer yet weighs nothing. None for one that nobody began."""
    if not touched(scene.typed, prefix):
        return None
    o = _kind(scene, kind)
    terms = {t: _answer(scene, x.type, f"{prefix}.{t}") for t, x in o.terms.items()}
    due = _answer(scene, Type("date"), f"{prefix}.due") or quick_day(scene.typed, prefix)
    at = calendar.last_second(date.fromisoformat(due), scene.d.zone) if due else None
    return {"obligation": kind, "terms": {t: v for t, v in terms.items() if v is not None}, "due": at}


def _answer(scene: Scene, type_: Type, field: str) -> Any:
    try:
        found = answer(scene.d, type_, field, scene.typed)
    except Wrong:
        return None
    return None if isinstance(found, Nothing_) else found


def tapped(o: ObligationKind) -> bool:
    """Is an item of this kind begun with a tap? Then it is known without script whether one more is wanted."""
    return any(t.type.kind == "one_of" for t in o.terms.values()) or o.due == "own term"


def _item(scene: Scene, o: ObligationKind, prefix: str, n: int) -> Item:
    """What must be said first; what may be left out is folded, unless something stands in it."""
    first = [_term(scene, f"{prefix}.{t}", t, x) for t, x in o.terms.items() if _first(x)]
    rest = [_term(scene, f"{prefix}.{t}", t, x) for t, x in o.terms.items() if not _first(x)]
    coded = [r for r in first if r.control.kind != "line"]
    quick, own_day = _day(scene, prefix)
    if o.due == "own term":
        rest = [own_day, *rest]
    told = any(touched(scene.typed, r.control.name) for r in rest)
    own = o.due == "none"
    rows = (
        *((_words(scene, o, prefix),) if own else ()),
        *((_on(scene, prefix),) if not _needed(o) else ()),
        *coded[:1],
        *(r for r in first if r not in coded),
        *((quick,) if o.due == "own term" else ()),
        *coded[1:],
        *((_words(scene, o, prefix),) if not own else ()),
    )
    return Item(_("Item %(n)s") % {"n": n}, rows, tuple(rest), told, touched(scene.typed, prefix))


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


def _day(scene: Scene, prefix: str) -> tuple[Row, Row]:
    """By when: a few days to tap, and a day of one's own."""
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
    return plain_day(one(typed, f"{prefix}.in"))


def plain_day(text: str) -> str | None:
    """A plain date as a form sends it; None for anything else."""
    try:
        return str(date.fromisoformat(text))
    except ValueError:
        return None


def _words(scene: Scene, o: ObligationKind, prefix: str) -> Row:
    """What the person undertakes stands in their own words; what others promise, in anybody's."""
    readers = audience.of_routine(scene)
    label = _("In the person’s words") if o.with_ == "person" else _("What exactly")
    return Row(
        control(scene.d, Type("text"), f"{prefix}.words", label, scene.typed, audience=readers), wide=True
    )


def _on(scene: Scene, prefix: str) -> Row:
    options = (Option("yes", _("is agreed"), one(scene.typed, f"{prefix}.on") == "yes"),)
    return Row(Control("checks", f"{prefix}.on", field_id(f"{prefix}.on"), _("This item"), options=options))
