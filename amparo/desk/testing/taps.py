"""Writing down in one tap what happened at a test that is asked for today: which specimen was given, or why none was.

Only where the step asks nothing else. What is written is no class: that is for who answers the test.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from amparo.cases import testing
from amparo.cases.model import Do, Refusal, Request
from amparo.desk import refusals
from amparo.desk.context import RefusalLines
from amparo.desk.scene import Scene, capital
from amparo.desk.testing import roles
from amparo.desk.testing.context import Tap
from amparo.desk.testing.words import outcome_words, specimen_words
from amparo.desk.typed import Typed, one
from amparo.desk.where import Here
from amparo.ledger import book
from amparo.lens.model import TestView
from amparo.pathways import courts
from amparo.pathways.model import Pathway, Schedule

OFFERED = ("required", "allowed", "open")
GIVEN = "given"


class Step(NamedTuple):
    """A step that collects and asks nothing else: the fact by which it says what happened, and that of the specimen."""

    name: str
    outcome: str
    specimen: str


def steps(pathway: Pathway, role: str, schedule: str) -> Iterator[Step]:
    """Those that this role takes for the tests of a schedule."""
    for name in roles.steps(pathway, role, "collects", schedule):
        found = _step(pathway, name, pathway.schedules[schedule])
        if found is not None:
            yield found


def _step(pathway: Pathway, name: str, schedule: Schedule) -> Step | None:
    s = pathway.steps[name]
    outcome, specimen = testing.outcome_fact(pathway, s), courts.specimen_fact(pathway, s, schedule)
    asked = {a.fact for a in s.asks}
    more = s.to or s.gives or s.tells or s.makes or s.terms or s.needs or s.choice
    return (
        Step(name, outcome, specimen) if asked == {outcome, specimen} - {""} and asked and not more else None
    )


# ------------------------------------------------------------------------------------------------ drawn
def taps(scene: Scene, x: TestView) -> tuple[Tap, ...]:
    """What can be said of a test in one tap; none once it is answered, or where the case stands elsewhere by now."""
    assert scene.view is not None
    if x.given is not None or x.state not in ("ordered", "unanswered"):
        return ()
    open_ = {o.step for o in scene.view.offers if o.group in OFFERED}
    step = next((s for s in steps(scene.pathway, scene.role, x.schedule) if s.name in open_), None)
    return (*_given(scene, x, step), *_not_given(scene, x, step)) if step else ()


def _given(scene: Scene, x: TestView, step: Step) -> Iterator[Tap]:
    for code in dict(x.window) if step.specimen else ("",):
        words = capital(specimen_words(scene, x.schedule, (code,))) if code else _("Given")
        yield Tap(f"{step.name}.{GIVEN}.{code}", words, given=True)


def _not_given(scene: Scene, x: TestView, step: Step) -> Iterator[Tap]:
    """That somebody did not come is known when their time is over, and not before."""
    codes = scene.pathway.facts[step.outcome].type.codes if step.outcome else ()
    for code in codes:
        if code not in (GIVEN, x.outcome) and (code != testing.NOT_THERE or scene.clock.now > x.due):
            yield Tap(f"{step.name}.{code}.", outcome_words(code))


# ------------------------------------------------------------------------------------------------ written
class Written(NamedTuple):
    """What came of a tap: the words of what was written, or why it was not."""

    words: str = ""
    refusals: tuple[RefusalLines, ...] = ()


def write(at: Here, scenes: tuple[Scene, ...], typed: Typed) -> Written:
    """Write what was tapped of one of the tests on the page; a tap that stands on none of them writes nothing."""
    meant = book.item_of(one(typed, "test"))
    found = ((s, x) for s in scenes if s.view is not None for x in s.view.tests if x.id == meant)
    for scene, x in found:
        for tap in taps(scene, x):
            if tap.value == one(typed, "tap"):
                return _write(at, scene, x, tap, one(typed, "key"))
    return Written()


def _write(at: Here, scene: Scene, x: TestView, tap: Tap, key: str) -> Written:
    assert scene.view is not None
    name, outcome, specimen = tap.value.split(".")
    step = next(s for s in steps(scene.pathway, scene.role, x.schedule) if s.name == name)
    facts = {f: code for f, code in ((step.outcome, outcome), (step.specimen, specimen)) if f and code}
    request = Request("steps", at.account.pk, scene.role, (Do(name, facts, test=x.id),))
    done = book.record(at.account, scene.view.case, request, key, f"step/{name}")
    if isinstance(done, Refusal):
        return Written("", (refusals.lines(scene, done),))
    said = _("given, %(specimen)s") % {"specimen": tap.words.lower()} if tap.given else tap.words.lower()
    return Written(
        _("Written %(when)s: %(person)s, %(said)s.")
        % {
            "when": scene.clock.time(scene.clock.now),
            "person": scene.called or _("without a name"),
            "said": said,
        }
    )
