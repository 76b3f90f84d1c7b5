"""A case as a row of the worklist: its time, its next step, and why it is there, as far as the role reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases.model import Obligation
from amparo.cases.story import word
from amparo.desk import answering, owing
from amparo.desk.homes import GOING, leaves
from amparo.desk.line import next_for, scene_of
from amparo.desk.scene import Scene
from amparo.desk.where import Here
from amparo.desk.words import initials, language, lower_first, pick
from amparo.desk.worklist import order
from amparo.desk.worklist.context import WorkRow
from amparo.desk.worklist.tiles import box_titles
from amparo.ledger import book
from amparo.lens import ClockView, boxes_seen
from amparo.lens.sight import reads_all

Draw = Callable[[book.Row], WorkRow]
PRIVATE, SHORT = ("identity", "contact"), ("one_of", "yes_no")
"""Classes and types of facts: what a list of cases does not say of a person, and what fits on a line."""


def drawing(at: Here) -> Draw:
    """Rows as they are drawn, each case once a page however often it is asked for."""
    known: dict[str, WorkRow] = {}

    def draw(r: book.Row) -> WorkRow:
        if r.case not in known:
            known[r.case] = row(at, r)
        return known[r.case]

    return draw


def row(at: Here, r: book.Row) -> WorkRow:
    """A case of the list, as far as this role may read it."""
    seen = book.Seen(r.view, r.record, "", at.site, (at.role,))
    scene = scene_of(at, seen)
    clock, hour = order.pressing(scene), order.hour_today(scene)
    owed = order.first_owed(scene, clock)
    back = owing.taken_back(scene)
    asked = owing.next_taken_back(scene, *back) if back else answering.next_of(scene)
    coming = asked or (owing.next_of(scene, owed) if owed else next_for(scene, clock))
    rank = order.rank(scene, clock, hour, owed)
    rank = min(rank, order.rank_due(scene, back[1])) if back else rank
    time = order.time(scene, clock, hour if rank == order.HERE else None)
    time = asked.time if asked else owing.time_of(scene, owed) if owed and rank != order.HERE else time
    due = answering.first_due(scene) if asked else owed.due or 0 if owed else clock.due or 0 if clock else 0
    due = back[1] if back else due
    titles = box_titles(at)
    box = titles[r.view.box] if r.view.box is not None and 0 <= r.view.box < len(titles) else ""
    return WorkRow(
        reverse("case", args=[r.case]),
        time,
        initials(scene.called) if scene.called else "",
        book.number(r.case),
        coming.what if coming else _can(scene),
        scene.who(r.owner) if r.owner else "",
        box,
        why(scene, clock, box),
        r.case if boxes_seen(at.pathway, at.role) and not r.view.closed else "",
        _basis(scene, owed, clock),
        hour if rank == order.HERE and hour else due,
        rank,
        "none" if not r.owner else "mine" if r.owner == at.account.pk else "other",
        time is not None and time.mood == "late",
        hour is not None,
        reverse("contact", args=[r.case]) if r.view.contact and reads_all(at.pathway, at.role) else "",
        r.box,
        not r.view.identity,
        coming.href if coming else "",
    )


def _basis(scene: Scene, owed: Obligation | None, clock: ClockView | None) -> str:
    if owed is not None:
        return scene.cite(scene.pathway.obligations[owed.kind].basis)
    return scene.cite(clock.basis) if clock else ""


def _can(scene: Scene) -> str:
    """For who reads no clock: what they may do on the case, if anything waits for them."""
    assert scene.view is not None
    offers = [o for o in scene.view.offers if o.group in GOING and o.asks]
    stays = (o for o in offers if not leaves(scene, o.step))
    return next((pick(o.title, o.step) for o in (*stays, *offers[:1])), "")


def why(scene: Scene, clock: ClockView | None, box: str = "") -> str:
    """Why the case is here: where it stands, unless its box says that already; the clock, the last step."""
    view = scene.view
    assert view is not None
    named = pick(view.state)
    state = _("%(state)s.") % {"state": named} if named and named != box else ""
    parts = [state, *_asked_of(scene), *_own_word(scene)]
    last = next((e for e in reversed(view.timeline) if e.kind == "step.taken"), None)
    if last:
        parts.append(
            _("Last: %(what)s, %(when)s.")
            % {"what": lower_first(pick(last.words).rstrip(".")), "when": scene.clock.day(last.at)}
        )
    if clock and clock.due is not None:
        parts.append(
            _("%(clock)s: %(due)s.")
            % {"clock": pick(clock.title, clock.name), "due": scene.clock.due(clock.due)}
        )
    return " ".join(p for p in parts if p)


def _asked_of(scene: Scene) -> Iterable[str]:
    """For a service: what it was asked for, and what it answered."""
    assert scene.view is not None
    if reads_all(scene.pathway, scene.role):
        return
    for x in scene.view.support:
        if x.what == "referral":
            yield _("Referral: %(kind)s, %(state)s.") % {
                "kind": lower_first(pick(x.title, x.kind)),
                "state": word(x.state, language()),
            }


def _own_word(scene: Scene) -> Iterable[str]:
    """For who reads no stage: what this role itself tells of the case, as it stands now and since when."""
    if pick(scene.view.state) if scene.view else "":
        return
    for f in scene.facts().values():
        fact = scene.pathway.facts[f.name]
        own = scene.role in fact.from_ and f.class_ not in PRIVATE and fact.type.kind in SHORT
        if own and f.state == "value":
            when = scene.clock.day(f.as_of) if f.as_of is not None else ""
            said = {
                "what": pick(f.title, f.name),
                "value": lower_first(scene.shown(f.name, f.value)),
                "when": when,
            }
            yield _("%(what)s: %(value)s, %(when)s.") % said
