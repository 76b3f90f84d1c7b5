"""Who may see what of phases and tests: which day a test is asked for, its class, what a phase still asks.

A drawn day is shown once it is asked for, and never before. What a schedule is drawn with is shown to nobody.
"""

from __future__ import annotations

from amparo.cases import phases, schedule
from amparo.cases.index import takers
from amparo.cases.model import Case, Test
from amparo.cases.readings import readings
from amparo.lens import sight
from amparo.lens.model import Decided, PhaseView, RequirementView, ScheduleView, Subject, TestView, Viewer
from amparo.pathways import calendar, courts
from amparo.pathways.model import Names, Pathway, Phase, Requirement
from amparo.pathways.rulebook import rulebook
from amparo.pathways.words import SCHEDULE_READINGS


# ------------------------------------------------------------------------------------------------ tests
def reading_seen(pathway: Pathway, case: Case, viewer: Viewer, name: str) -> bool:
    """A reading of tests tells what their results tell; other readings are no business of this room."""
    family, _, of = name.partition(".")
    return family not in SCHEDULE_READINGS or not of or result_seen(pathway, case, viewer, of)


def result_seen(pathway: Pathway, case: Case, viewer: Viewer, name: str) -> bool:
    """Who may read a fact that holds classes of these tests may read how they were classed."""
    facts = courts.class_facts(pathway, pathway.schedules[name]) if name in pathway.schedules else ()
    return any(sight.fact_seen(pathway, case, viewer, Subject("fact", fact)) for fact in facts)


def order_seen(pathway: Pathway, case: Case, viewer: Viewer, test: Test) -> bool:
    """The person, and who reads the results; who takes a step with it sees it on its own day only."""
    if sight.is_person(pathway, viewer.role) or result_seen(pathway, case, viewer, test.schedule):
        return True
    if viewer.at is None or not _takes(pathway, viewer.role, test.schedule):
        return False
    return calendar.day_of(viewer.at, case.site.zone).isoformat() == test.day


def _takes(pathway: Pathway, role: str, name: str) -> bool:
    s = pathway.schedules[name]
    steps = (*s.collects, *s.classes, *s.disputes, *s.excuses)
    return any(role in takers(pathway, pathway.steps[step]) for step in steps)


def tests(pathway: Pathway, case: Case, viewer: Viewer, t: int) -> tuple[TestView, ...]:
    """The tests that this viewer may see, the newest first."""
    seen = (x for x in case.tests.values() if order_seen(pathway, case, viewer, x))
    return tuple(_test(pathway, case, viewer, x, t) for x in sorted(seen, key=lambda x: -x.ordered))


def _test(pathway: Pathway, case: Case, viewer: Viewer, x: Test, t: int) -> TestView:
    class_ = schedule.class_at(x, t) if result_seen(pathway, case, viewer, x.schedule) else ""
    unanswered = schedule.state(x, t) == "unanswered"
    return TestView(
        id=x.id,
        schedule=x.schedule,
        title=pathway.schedules[x.schedule].title,
        day=x.day,
        ordered=x.ordered,
        due=x.due,
        window=tuple(x.window.items()),
        state=schedule.state(x, t),
        outcome=x.outcome,
        specimen=x.specimen,
        class_=class_,
        positive=schedule.positive(class_),
        ours=not schedule.told_in_time(x),
        task=_classers(pathway, x.schedule) if unanswered else (),
        given=x.collected if x.collected is not None and x.collected <= t else None,
        decided=_decided(pathway, case, viewer, x, t),
    )


def _decided(pathway: Pathway, case: Case, viewer: Viewer, x: Test, t: int) -> tuple[Decided, ...]:
    """Who said what of a test, for who reads the results."""
    if not result_seen(pathway, case, viewer, x.schedule):
        return ()
    return tuple(Decided(c.class_, c.by, c.role, c.at) for c in x.classed if c.at <= t)


def _classers(pathway: Pathway, name: str) -> Names:
    """Whose task an unanswered test is: those who class."""
    steps = pathway.schedules[name].classes
    return tuple(dict.fromkeys(role for step in steps for role in pathway.steps[step].by))


def schedules(pathway: Pathway, case: Case, viewer: Viewer, t: int) -> tuple[ScheduleView, ...]:
    """The schedules of a case for the office; to the person only those that are not hidden. `planned`: the days of
    this week, of a schedule that is not hidden.
    """
    person = sight.is_person(pathway, viewer.role)
    shown = (
        name
        for name in case.drawings
        if (person and not pathway.schedules[name].hidden) or result_seen(pathway, case, viewer, name)
    )
    return tuple(
        _schedule(pathway, case, name, t) for name in shown if person or sight.reads_all(pathway, viewer.role)
    )


def _schedule(pathway: Pathway, case: Case, name: str, t: int) -> ScheduleView:
    terms, definition = schedule.terms(case, name), pathway.schedules[name]
    return ScheduleView(
        name,
        definition.title,
        schedule.running(case, name) is not None,
        terms.a_week if terms else None,
        schedule.lacks(case, name),
        schedule.clear(case, name, t),
        definition.basis,
        definition.unverified,
        () if definition.hidden else schedule.planned(case, name, t),
    )


# ------------------------------------------------------------------------------------------------ phases
def phase(pathway: Pathway, case: Case, viewer: Viewer, t: int) -> PhaseView | None:
    """The phase of a case for who may read the stage in which it lies; None before the first."""
    found, here = courts.phases_of(pathway), courts.phase_at(pathway, case.phase)
    if found is None or here is None or not sight.stage_named(pathway, viewer.role, found.in_stage):
        return None
    asked = tuple(_requirement(pathway, case, viewer, here, name, x, t) for name, x in here.requires.items())
    return PhaseView(
        id=here.id,
        title=here.title,
        number=case.phase,
        of=len(found.list),
        since=case.phase_since or case.stage_since,
        over_at=phases.over_at(case),
        unset=phases.unset(case),
        requires=asked,
        basis=here.basis or found.basis,
        unverified=here.unverified or found.unverified,
    )


def _requirement(
    pathway: Pathway, case: Case, viewer: Viewer, here: Phase, name: str, required: Requirement, t: int
) -> RequirementView:
    """How a requirement stands, for who may read every fact behind it; for others only its sentence."""
    r = readings(case, t)
    read = rulebook(pathway).requires[here.id, name].reads & pathway.facts.keys()
    known = all(sight.fact_granted(pathway, viewer.role, fact) for fact in read)
    state = {True: "met", False: "not_met", None: "not_known"}[phases.verdict(r, name)] if known else "hidden"
    ours = known and state in ("not_met", "not_known") and phases.ours(r, required)
    return RequirementView(name, required.say, state, ours, name in case.phase_waived, required.waived_by)
