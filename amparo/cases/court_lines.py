"""Lines of examples about tests, and what can be expected of phases, tests and schedules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from amparo.cases import schedule, testing
from amparo.cases.lines import Fault
from amparo.cases.model import Case
from amparo.pathways import calendar, courts, values
from amparo.pathways.model import Length, Pathway, Where
from amparo.pathways.words import TEST_CLASSES

DOES = {
    "collect": "collects",
    "class": "classes",
    "result": "classes",
    "dispute": "disputes",
    "excuse": "excuses",
}
ORDER = "order"


def as_step(pathway: Pathway, where: Where, written: Mapping[str, Any]) -> Mapping[str, Any]:
    """`{test: class, class: positive, by: …}` as the step by which the definition does it; other lines as they are."""
    does = written.get("test")
    if does is None or "step" in written or does == ORDER:
        return written
    if does not in DOES:
        raise Fault(where, f"'{does}' is nothing that is done with a test: {ORDER}, {', '.join(DOES)}")
    name = str(written.get("schedule") or next(iter(pathway.schedules), ""))
    if name not in pathway.schedules:
        raise Fault(where, f"there is no schedule '{name}'")
    steps = tuple(n for n in getattr(pathway.schedules[name], DOES[does]) if _can_say(pathway, n, written))
    step = _step(pathway, steps, str(written.get("by", "")))
    if not step:
        raise Fault(where, f"no step of schedule '{name}' does this")
    return {
        **written,
        "step": step,
        "facts": {**written.get("facts", {}), **_facts(pathway, name, step, written)},
    }


def _step(pathway: Pathway, steps: tuple[str, ...], by: str) -> str:
    """The step of whoever does it, else the first."""
    return next((n for n in steps if by in pathway.steps[n].by), steps[0] if steps else "")


def _can_say(pathway: Pathway, step: str, written: Mapping[str, Any]) -> bool:
    """Is the class of the line one that this step can give?"""
    fact = courts.class_fact(pathway, pathway.steps[step])
    return "class" not in written or not fact or written["class"] in pathway.facts[fact].type.codes


def _facts(pathway: Pathway, name: str, step: str, written: Mapping[str, Any]) -> dict[str, Any]:
    """What the line says, as facts of the step; a specimen is given where nothing else is said."""
    definition = pathway.steps[step]
    named = {
        "class": courts.class_fact(pathway, definition),
        "specimen": courts.specimen_fact(pathway, definition, pathway.schedules[name]),
        "outcome": testing.outcome_fact(pathway, definition),
    }
    said = {"outcome": "given", **written} if written["test"] == "collect" else written
    return {fact: said[key] for key, fact in named.items() if key in said and fact}


# ------------------------------------------------------------------------------------------------ expectations
def phase(case: Case, expected: str, t: int) -> Iterator[str]:
    here = courts.phase_at(case.pathway, case.phase)
    found = here.id if here else "none"
    if found != expected:
        yield f"expected phase {expected}, got {found}"


def tests(case: Case, expected: Mapping[str, Any], t: int) -> Iterator[str]:
    """How many tests were asked for, given, given late, unanswered, and of each class; how the newest stands."""
    held = have(case, t)
    for key, wanted in expected.items():
        found = held.get(key)
        if not _is(found, wanted, case):
            yield f"expected tests {key} {wanted}, got {_shown(found, case) if isinstance(found, int) else found}"


def have(case: Case, t: int) -> dict[str, Any]:
    """All that can be expected of tests, as it is."""
    return {**_counts(case, t), **_newest(case, t)}


def _is(found: Any, wanted: Any, case: Case) -> bool:
    """An instant is compared as one, all else as it is written."""
    if isinstance(found, int) and "-" in str(wanted):
        return found == values.parse_instant(wanted, case.site.zone)
    return str(found) == str(wanted)


def _counts(case: Case, t: int) -> dict[str, Any]:
    all_ = [x for x in case.tests.values() if x.ordered <= t]
    given = [x for x in all_ if x.collected is not None and x.collected <= t]
    classes = Counter(schedule.class_at(x, t) for x in all_)
    positive = [x.day for x in all_ if schedule.positive(schedule.class_at(x, t))]
    return {
        **{name: classes[name] for name in TEST_CLASSES},
        "ordered": len(all_),
        "given": len(given),
        "late": sum(schedule.given_late(x) for x in given),
        "unanswered": sum(schedule.state(x, t) == "unanswered" for x in all_),
        "positive": len(positive),
        "not_positive": classes["negative"] + classes["explained"],
        "last_positive": max(positive, default="none"),
    }


def _newest(case: Case, t: int) -> dict[str, Any]:
    test = max(case.tests.values(), key=lambda x: (x.ordered, x.id), default=None)
    if test is None:
        return {"state": "none"}
    clear = schedule.clear(case, test.schedule, t)
    return {
        "state": schedule.state(test, t),
        "class": schedule.class_at(test, t) or "none",
        "specimen": test.specimen or "none",
        "outcome": test.outcome or "none",
        "due": test.due,
        "clear": "not_known" if clear is None else clear,
    }


def _shown(instant: int, case: Case) -> str:
    """Numbers as they are; instants by the site's clock."""
    return (
        f"{calendar.local(instant, case.site.zone):%Y-%m-%d %H:%M:%S}"
        if instant > 1_000_000
        else str(instant)
    )


def schedules(case: Case, expected: Mapping[str, Mapping[str, Any]], t: int) -> Iterator[str]:
    """Whether a schedule runs, how many days a week at least, the chance of more, over which days, each window."""
    for name, wanted in expected.items():
        have = _schedule(case, name)
        for key, value in wanted.items():
            if not _same(have.get(key), value):
                yield f"expected schedule {name} {key} {value}, got {have.get(key)}"


def _schedule(case: Case, name: str) -> dict[str, Any]:
    drawing, terms, lacking = case.drawings.get(name), schedule.terms(case, name), schedule.lacks(case, name)
    over = drawing is None or drawing.until is not None or case.died
    state = "none" if drawing is None else "ended" if over else "not_watched" if lacking else "running"
    have: dict[str, Any] = {
        "state": state,
        "lacks": lacking or "none",
        "over": case.pathway.schedules[name].over,
    }
    if terms is not None:
        have |= {"least": str(terms.a_week), "more": str(terms.more), "notice": terms.window}
    return have


def _same(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(_same(found.get(k), v) for k, v in wanted.items())
    return found == values.parse_length(wanted) if isinstance(found, Length) else bool(found == wanted)
