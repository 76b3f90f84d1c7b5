"""Which test a step answers: named on the form, by default the one that waits."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from amparo.cases import testing
from amparo.desk.context import Control, Option, Row
from amparo.desk.plan import Plan
from amparo.desk.scene import Scene
from amparo.desk.testing.words import state_words
from amparo.desk.typed import Typed, field_id, one
from amparo.ledger import book
from amparo.lens.model import TestView

FIELD = "test"


def named(scene: Scene, plan: Plan, typed: Typed) -> Typed:
    """The typing with the test that it means: the one whose mark came with the form, else the one that waits."""
    fitting = [x.id for x in _fitting(scene, plan)]
    asked = one(typed, FIELD)
    meant = asked if asked in fitting else book.item_of(asked)
    found = meant if meant in fitting else next(iter(fitting), "")
    return {**typed, FIELD: [found]} if found else typed


def rows(scene: Scene, plan: Plan) -> tuple[Row, ...]:
    """The question which test it is; none for a step that answers none."""
    fitting = tuple(_fitting(scene, plan))
    if not fitting:
        return ()
    chosen = one(scene.typed, FIELD) or fitting[0].id
    options = tuple(
        Option(book.item(x.id), _day(scene, x), x.id == chosen, note=state_words(scene, x)) for x in fitting
    )
    return (Row(Control("answers", FIELD, field_id(FIELD), _("Which test"), options=options, wide="across")),)


def _day(scene: Scene, x: TestView) -> str:
    return _("Of %(day)s") % {"day": scene.clock.day(x.ordered)}


def _fitting(scene: Scene, plan: Plan) -> Iterator[TestView]:
    """The tests that the step can be about, those that wait for it first, the newest of them first."""
    act = testing.act(plan.pathway, plan.main) if not plan.choice else None
    if act is None or scene.view is None:
        return
    mine = [x for x in scene.view.tests if x.schedule in dict(act.of)]
    yield from sorted((x for x in mine if _fits(act.does, x)), key=lambda x: not _waits(act.does, x))


def _fits(does: str, x: TestView) -> bool:
    return {
        "collect": x.given is None and x.state != "classed",
        "class": x.class_ != "negative",
        "excuse": x.given is None and x.class_ in ("", "missed"),
        "dispute": x.class_ in testing.DISPUTABLE,
    }[does]


def _waits(does: str, x: TestView) -> bool:
    return x.state == "collected" if does == "class" else x.state in ("ordered", "unanswered")
