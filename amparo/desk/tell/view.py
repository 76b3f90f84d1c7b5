"""Facts told outside a step, and corrected. A correction keeps its place in time; what was decided on it
stands, and is flagged.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases.index import index
from amparo.cases.model import Nothing_
from amparo.desk import acts, audience
from amparo.desk.acts import CaseDesk, Sent
from amparo.desk.asking import words
from amparo.desk.context import ActsPage, Form, RefusalLines, Row, Section
from amparo.desk.drawing import control
from amparo.desk.line import first_line
from amparo.desk.pages import staff_page
from amparo.desk.reading import answer
from amparo.desk.scene import Scene
from amparo.desk.typed import Wrong, one, spread
from amparo.desk.words import pick
from amparo.lens import FactView
from amparo.pathways.model import Fact

MAY_BE = ("not_known", "refused", "no_answer")


@staff_page
def tell(request: HttpRequest, case_id: str) -> HttpResponse:
    """What this role may tell or put right."""
    desk = acts.open_case(request, case_id, "tell")
    return acts.answered(request, desk, "tell", _press, page)


def _press(desk: CaseDesk, then: str) -> Sent:
    name = one(desk.typed, "fact")
    fact = desk.scene.pathway.facts.get(name)
    if fact is None:
        return Sent(None)
    try:
        found = answer(desk.scene.d, fact.type, f"fact.{name}", desk.typed, _may_be(desk.scene, name))
    except Wrong as wrong:
        return Sent(None, (RefusalLines(str(wrong), "", "", field=wrong.field),))
    if then == "correct":
        return acts.send(
            desk, "correct", {"fact": name, "reason": one(desk.typed, "reason"), **_plain(found)}, "correct"
        )
    return acts.send(desk, "tell", {"facts": {name: found}}, "tell")


def _plain(found: Any) -> dict[str, Any]:
    return {"nothing": found.kind} if isinstance(found, Nothing_) else {"value": found}


def _may_be(scene: Scene, name: str) -> tuple[str, ...]:
    """An acceptance knows no nothing."""
    return () if name in index(scene.pathway).acceptances else MAY_BE


def page(desk: CaseDesk, refused: tuple[RefusalLines, ...] = ()) -> ActsPage:
    """Told facts with a correction each; facts not told with a form each."""
    scene, seen = desk.scene, desk.scene.facts()
    told = tuple(_told(scene, f) for f in seen.values() if f.state == "value" and _mine(scene, f.name))
    rest = tuple(
        _new(scene, n)
        for n in scene.pathway.facts
        if _mine(scene, n) and (n not in seen or seen[n].state != "value")
    )
    return ActsPage(
        first_line(scene),
        _("Tell or correct a fact"),
        reverse("tell", args=[desk.case]),
        acts.new_key(),
        str(desk.seen.view.seq),
        _(
            "A correction stands under what it corrects; both stay readable. Findings are put right "
            "only by a step."
        ),
        (
            Section(
                _("Told, and can be put right"),
                forms=told,
                empty="" if told else _("Nothing that your role may put right."),
            ),
            Section(
                _("Not told yet"), forms=rest, empty="" if rest else _("Nothing that your role may tell.")
            ),
        ),
        refusals=refused,
        back=reverse("case", args=[desk.case]),
    )


def _mine(scene: Scene, name: str) -> bool:
    """May this role tell it: its own word, or asked by a step it takes."""
    fact = scene.pathway.facts[name]
    if fact.finding or fact.from_ == ("steps",):
        return False
    return scene.role in fact.from_ or scene.role in index(scene.pathway).askers.get(name, frozenset())


def _told(scene: Scene, f: FactView) -> Form:
    fact = scene.pathway.facts[f.name]
    typed = {**spread(scene.d, fact.type, f"fact.{f.name}", f.value), **scene.typed}
    readers = audience.of_fact(scene, f.name)
    rows = (_row(scene, f.name, fact, typed), words(scene, "reason", _("Why it is corrected"), readers))
    title = f"{pick(f.title, f.name)}: {scene.shown(f.name, f.value)}"
    return Form("correct", title, _("Correct it"), rows, hidden=(("fact", f.name),), said=scene.told(f))


def _new(scene: Scene, name: str) -> Form:
    fact = scene.pathway.facts[name]
    return Form(
        "tell",
        pick(fact.title, name),
        _("Write it down"),
        (_row(scene, name, fact, dict(scene.typed)),),
        hidden=(("fact", name),),
    )


def _row(scene: Scene, name: str, fact: Fact, typed: Any) -> Row:
    readers = audience.of_fact(scene, name) if fact.type.kind == "text" else None
    drawn = control(
        scene.d, fact.type, f"fact.{name}", pick(fact.title, name), typed, _may_be(scene, name), readers
    )
    return Row(drawn, wide=fact.type.kind in ("text", "list"))
