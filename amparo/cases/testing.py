"""Tests of a case: how their events change its state, which test a step is about, and what may be said of it.

The steps that collect, class, dispute and excuse are steps like others: who may take them, and what they ask, stands in
the definition. Here is only what holds of every test: who collects is not who classes, a class that only a specimen can
have needs one, and what nobody was told in time is never held against anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from amparo.cases import schedule
from amparo.cases.index import is_open
from amparo.cases.model import Case, Classed, Drawing, Event, Sealed, Test
from amparo.pathways import courts
from amparo.pathways.model import Pathway, Schedule, Step
from amparo.pathways.words import NEED_SPECIMEN, NOT_GIVEN

Apply = Callable[[Case, Event], Case]
NOT_THERE = "did_not_come"
OUTCOMES = ("given", "could_not", "said_no", NOT_THERE)
"""What whoever collects writes down. None of them is a class."""

DISPUTABLE = ("positive", "dilute", "missed", "refused_test", "confirmed")
CONFIRMABLE = ("positive", "dilute", "disputed")


# ------------------------------------------------------------------------------------------------ events
def _drawn(case: Case, event: Event) -> Case:
    d = event.data
    made = Drawing(d["schedule"], Sealed(d.get("secret", "")), event.at, None, event.at)
    return case._replace(drawings={**case.drawings, made.schedule: made})


def _ordered(case: Case, event: Event) -> Case:
    d = event.data
    window = dict(d["window"])
    made = Test(
        d["id"], d["schedule"], d["day"], event.at, event.recorded, d["due"], window, None, "", "", "", ()
    )
    return case._replace(tests={**case.tests, made.id: made})


def _collected(case: Case, event: Event) -> Case:
    d, old = event.data, case.tests.get(event.data["id"])
    if old is None:
        return case
    given = d["outcome"] == "given"
    new = old._replace(
        collected=event.at if given else old.collected,
        outcome=d["outcome"],
        specimen=d.get("specimen", ""),
        collector=event.actor,
    )
    return case._replace(tests={**case.tests, old.id: new})


def _resulted(case: Case, event: Event) -> Case:
    old = case.tests.get(event.data["id"])
    if old is None:
        return case
    told = event.data.get("told", 0)
    said = Classed(event.data["class"], event.at, event.actor, event.role, event.seq, told)
    return case._replace(tests={**case.tests, old.id: old._replace(classed=(*old.classed, said))})


def corrected(case: Case, event: Event) -> Case:
    """The class of a test was typed wrongly and has been corrected: both stay readable."""
    seq, value = event.data["seq"], event.data.get("value")
    changed: dict[str, Test] = {}
    for test in case.tests.values():
        last = test.classed[-1] if test.classed else None
        if last is not None and last.told == seq and value:
            said = last._replace(class_=value, by=event.actor, role=event.role, seq=event.seq, told=event.seq)
            changed[test.id] = test._replace(classed=(*test.classed, said))
    return case._replace(tests={**case.tests, **changed}) if changed else case


APPLY: Mapping[str, Apply] = {
    "schedule.drawn": _drawn,
    "test.ordered": _ordered,
    "test.collected": _collected,
    "test.resulted": _resulted,
}


def ended(case: Case, triggers: tuple[str, ...], t: int) -> Case:
    """Schedules that these triggers end, or the end of the case."""
    over = not is_open(case.pathway, case.stage)
    changed = {
        name: d._replace(until=t)
        for name, d in case.drawings.items()
        if d.until is None and (over or set(triggers) & set(case.pathway.schedules[name].ends))
    }
    return case._replace(drawings={**case.drawings, **changed}) if changed else case


def begins(case: Case, triggers: tuple[str, ...]) -> Iterator[str]:
    """Schedules that these triggers start and that do not go on already."""
    for name, each in case.pathway.schedules.items():
        if set(triggers) & set(each.starts) and schedule.running(case, name) is None:
            yield name


# ------------------------------------------------------------------------------------------------ which test
class Act(NamedTuple):
    """What a step does with a test: collect, class, dispute or excuse, of which schedules."""

    does: str
    of: tuple[tuple[str, Schedule], ...]


def act(pathway: Pathway, step: str) -> Act | None:
    """What a step does with tests, None if nothing."""
    for does, field in DOES.items():
        of = tuple((n, s) for n, s in pathway.schedules.items() if step in getattr(s, field))
        if of:
            return Act(does, of)
    return None


DOES = {"dispute": "disputes", "excuse": "excuses", "class": "classes", "collect": "collects"}


def chosen(case: Case, act: Act, id: str, t: int) -> Test | None:
    """The test that is named, or the newest that fits what is done."""
    mine = [x for x in case.tests.values() if x.schedule in dict(act.of) and x.ordered <= t]
    if id:
        return next((x for x in mine if x.id == id), None)
    for fits in FITS[act.does]:
        found = [x for x in mine if fits(x, schedule.class_at(x, t))]
        if found:
            return max(found, key=lambda x: x.ordered)
    return None


Fits = Callable[[Test, str], bool]
FITS: Mapping[str, tuple[Fits, ...]] = {
    "collect": (lambda x, c: not c and x.collected is None,),
    "class": (
        lambda x, c: not c and x.collected is not None,
        lambda x, c: not c,
        lambda x, c: c == "disputed",
        lambda x, c: c != "negative",
    ),
    "dispute": (lambda x, c: c in DISPUTABLE,),
    "excuse": (lambda x, c: not c and x.collected is None, lambda x, c: c == "missed"),
}
"""In this order: what is looked for first, when a step does not name its test."""


# ------------------------------------------------------------------------------------------------ what may be said
def wrong(test: Test, class_: str, t: int) -> str:
    """Why a test cannot be classed so at t, as the detail of a refusal; '' if it can."""
    given, before = test.collected is not None and test.collected <= t, schedule.class_at(test, t)
    if class_ in NEED_SPECIMEN and not given:
        return "test_not_given"
    if class_ in NOT_GIVEN and given:
        return "test_given"
    if class_ in ("missed", "refused_test") and not schedule.told_in_time(test):
        return "test_untold"
    if class_ == "missed" and t <= test.due:
        return "test_window"
    if class_ == "confirmed" and before not in CONFIRMABLE:
        return "test_unconfirmed"
    return "test_undisputed" if class_ == "disputed" and before not in DISPUTABLE else ""


def outcome_fact(pathway: Pathway, step: Step) -> str:
    """The fact by which whoever collects says what happened."""
    asked = (ask.fact for ask in step.asks)
    fitting = (
        n for n in asked if pathway.facts[n].type.codes and set(pathway.facts[n].type.codes) <= set(OUTCOMES)
    )
    return next(fitting, "")


def says(case: Case, act: Act, step: Step, told: Callable[[str], Any]) -> dict[str, Any]:
    """What a step says of its test, from the facts that it asks."""
    if act.does == "collect":
        outcome = told(outcome_fact(case.pathway, step)) or "given"
        specimen = (
            told(courts.specimen_fact(case.pathway, step, act.of[0][1])) if outcome == "given" else None
        )
        return {"outcome": outcome, **({"specimen": specimen} if specimen else {})}
    class_ = {"dispute": "disputed", "excuse": "excused"}.get(act.does)
    return {"class": class_ or told(courts.class_fact(case.pathway, step)) or ""}
