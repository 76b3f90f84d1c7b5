"""What was told to this role of a case: when, what, and of items how many are done and how much is paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from amparo.cases.model import Obligation
from amparo.desk.case.context import ToldCard
from amparo.desk.obligations import rows, terms
from amparo.desk.scene import Scene, capital
from amparo.desk.words import lower_first, pick
from amparo.lens.model import ToldView


def cards(scene: Scene) -> tuple[ToldCard, ...]:
    """The notices that this role got, the newest first."""
    assert scene.view is not None
    return tuple(_card(scene, x) for x in scene.view.told)


def _card(scene: Scene, x: ToldView) -> ToldCard:
    when = _("Told %(when)s.") % {"when": scene.clock.when(x.sent)}
    receipt = _("Received %(when)s.") % {"when": scene.clock.when(x.received)} if x.received else ""
    facts = (f"{pick(scene.pathway.facts[f].title, f)}: {scene.shown(f, plain)}." for f, plain in x.facts)
    return ToldCard(
        pick(x.title, x.notice),
        " ".join(p for p in (when, receipt) if p),
        (*facts, *_done(scene, x.items)),
        scene.cite(x.basis),
    )


def _done(scene: Scene, items: Sequence[Obligation]) -> Iterator[str]:
    """`Done so far: 3 of 5. Paid: $200 of $350.`"""
    if items:
        met = sum(o.state == "met" for o in items)
        yield _("Done so far: %(met)s of %(n)s.") % {"met": met, "n": len(items)}
    for o in items:
        kind = scene.pathway.obligations[o.kind]
        if (owed := rows.money(scene, o, kind)) is not None:
            paid, whole = (rows.in_money(scene, o, kind, n) for n in (owed.paid, owed.paid + owed.to_go))
            yield _("Paid: %(paid)s of %(whole)s.") % {"paid": paid, "whole": whole}
        if (done := rows.hours(o, kind)) is not None:
            title = capital(lower_first(pick(kind.terms[terms.read(kind).tally].title)))
            yield _("%(what)s: %(done)s of %(whole)s.") % {"what": title, "done": done[0], "whole": done[1]}
