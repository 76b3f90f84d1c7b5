"""What can be expected of a case as it stands, in the words of an example; and what of it another definition fails.

Nothing is expected that does not hold: each expectation is written down from the state, then put to the very checks by
which examples are held. So a form that does not fit here is left out, and can never be wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from amparo.cases import clocks, court_lines, expected, papers, read
from amparo.cases.examples import Seen, State
from amparo.cases.expected_told import counted as counted_so
from amparo.cases.model import Case, Refusal, World
from amparo.cases.offers import choices, offers
from amparo.cases.retention import retention
from amparo.errors import AmparoError
from amparo.pathways import calendar, courts
from amparo.pathways.model import Length, Pathway

Expectation = dict[str, Any]
EVERYWHERE = World(relation=("own", "assigned", "sitting", "site", "programme"))
FAULTS = (AmparoError, KeyError, ValueError, AttributeError, IndexError, TypeError, StopIteration)
"""What a changed definition may raise where it no longer holds together; and a form that does not fit."""


def of_state(pathway: Pathway, right: State, wrong: State, other: Pathway, seen: Seen | None) -> Expectation:
    """The first expectation that holds as the definition stands and fails as it is changed; {} if there is none."""
    if right.case is None or wrong.case is None:
        return {"stage": right.case.stage} if right.case else {}
    for one in _expectations(right, wrong, seen, pathway):
        if not _unmet(pathway, right, one, seen) and _unmet(other, wrong, one, seen):
            return one
    return {}


def of_refusal(answer: Refusal) -> dict[str, Any]:
    """A refusal as an example expects it: its code, where it stands in the law, what it asks, what it names instead."""
    found = {
        "code": answer.code,
        "basis": [str(c) for c in answer.basis],
        "asks": [name for name, _ in answer.asks],
        "because": list(dict.fromkeys(r.name for r in answer.because)),
        "instead": [str(name) for _, name in answer.instead],
    }
    return {k: v for k, v in found.items() if v}


def _unmet(pathway: Pathway, state: State, one: Expectation, seen: Seen | None) -> bool:
    wanted = dict(one)
    try:
        if any(counted_so(state.counted, wanted.pop("counted", {}))):
            return True
        assert state.case is not None
        site, events = state.site, state.events
        return any(expected.unmet(pathway, site, state.case, events, wanted, state.t, seen))
    except FAULTS:
        return True


# ------------------------------------------------------------------------------------------------ what can be said
def _expectations(right: State, wrong: State, seen: Seen | None, pathway: Pathway) -> Iterator[Expectation]:
    """One at a time, the plainest first; what stands in the changed case is used to say what never happens."""
    case, other, t = right.case, wrong.case, right.t
    assert case is not None and other is not None
    for key, of in PLAIN.items():
        try:
            yield from ({key: value} for value in of(case, t) if value is not None)
        except FAULTS:
            continue
    yield from _never(case, other, t)
    yield from _counted(right)
    yield from ({"seen": [row]} for row in _seen(pathway, right, wrong, seen))


def _clocks(case: Case, t: int) -> Iterator[Any]:
    for name in case.pathway.clocks:
        state, due = clocks.state(case, name, t)[0], clocks.due_of(case, name, t)
        if state not in ("none", "not_watched", "cancelled") and due is not None:
            yield {name: {"due": _instant(due, case)}}
        yield {name: "running" if state == "near" else state}
        if state in ("running", "near"):
            run = clocks.newest(case, name, t)
            yield {name: {"warned": "yes" if run and run.warned else "no"}}


def _instant(at: int, case: Case) -> str:
    local = calendar.local(at, case.site.zone)
    return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"


def _derived(case: Case, t: int) -> Iterator[Any]:
    r = read.readings(case, t)
    for name in (*case.pathway.derived, *case.pathway.facts):
        found = r.get(name)
        if found is None or isinstance(found, bool):
            yield {name: {None: "not_known", True: "yes", False: "no"}[found]}
        elif isinstance(found, str):
            yield {name: found}


def _letters(case: Case, t: int) -> Iterator[Any]:
    for name in case.pathway.letters:
        for copy in read.newest_copies(case, name, t):
            hour = {"hour": _instant(copy.hour, case)} if copy.hour else {}
            yield {name: {"state": copy.state, "to": [copy.to], **hour}}


def _printed(case: Case, t: int) -> Iterator[Any]:
    """What a letter that was made shows."""
    r = read.readings(case, t)
    for name in {x.letter for x in case.letters.values()}:
        blank = set(papers.blanks(case, name, r, {}, next(iter(case.pathway.steps))))
        shown = [
            f.rpartition(" ")[2]
            for f in case.pathway.letters[name].fields
            if f not in blank and "." not in f.rpartition(" ")[2]
        ]
        yield from ({name: {"has": [one]}} for one in shown)


def _notices(case: Case, t: int) -> Iterator[Any]:
    for name in dict.fromkeys(x.notice for x in case.notices.values()):
        found = case.pathway.notices[name]
        copies = [x.to for x in case.notices.values() if x.notice == name and x.state != "cancelled"]
        if copies:
            ground = papers.ground_of(case.pathway, name).split(", ")
            yield {
                name: {
                    "to": list(found.to),
                    "says": list(found.says),
                    "ground": ground[0] if len(ground) == 1 else ground,
                    "receipt": "yes" if found.receipt else "no",
                }
            }


def _copies(case: Case, t: int) -> Iterator[Any]:
    for name in dict.fromkeys(x.notice for x in case.notices.values()):
        made = [x for x in case.notices.values() if x.notice == name and x.state != "cancelled"]
        newest = max((x.step_seq for x in made), default=0)
        yield {name: sorted({x.to for x in made if x.step_seq == newest})}


def _told(case: Case, t: int) -> Iterator[Any]:
    for name in dict.fromkeys(x.notice for x in case.notices.values()):
        yield [name]
        yield {name: "nameless" if case.pathway.notices[name].without_name else "named"}


def _obligations(case: Case, t: int) -> Iterator[Any]:
    for kind in case.pathway.obligations:
        found = [o for o in case.obligations.values() if o.kind == kind]
        yield {kind: found[-1].state if found else "none"}
        if found and found[-1].due is not None:
            due = calendar.day_of(found[-1].due, case.site.zone).isoformat()
            yield {kind: {"state": found[-1].state, "due": due}}


def _consents(case: Case, t: int) -> Iterator[Any]:
    for kind in case.pathway.consents:
        found = [c for c in case.consents.values() if c.kind == kind]
        yield {kind: expected.consent_state(found[-1], t) if found else "none"}


def _consent_tasks(case: Case, t: int) -> Iterator[Any]:
    for kind in case.pathway.consents:
        yield {kind: sorted({c.to for c in read.unconfirmed(case) if c.kind == kind})}


def _retention(case: Case, t: int) -> Iterator[Any]:
    kept = retention(case, t)
    if kept is None:
        return
    for key in ("named", "ends"):
        found = getattr(kept, key)
        value = (
            f"{found.n} {found.unit}"
            if isinstance(found, Length)
            else "unset"
            if found is None
            else str(found)
        )
        yield {key: value}
    yield {"then": kept.then, "never_named": "yes" if kept.never_named else "no"}
    yield {"destroyed": "yes" if kept.ends_at is not None and kept.ends_at < t else "no"}


def _settings(case: Case, t: int) -> Iterator[Any]:
    for name, one in case.pathway.settings.items():
        held = read.setting(case, name, t)
        if held is None:
            yield {name: "unset"}
        elif one.type.kind in ("yes_no", "one_of", "count", "duration"):
            plain = {True: "yes", False: "no"}.get(held, held) if isinstance(held, bool) else held
            yield {name: f"{plain.n} {plain.unit}" if isinstance(plain, Length) else str(plain)}


def _tests(case: Case, t: int) -> Iterator[Any]:
    if case.pathway.schedules:
        found = {**court_lines.have(case, t)}
        yield from (
            {k: _instant(v, case) if k == "due" else str(v)} for k, v in found.items() if v is not None
        )


def _flagged(case: Case, t: int) -> Iterator[Any]:
    yield from ([x] for x in sorted(expected.flags(case)) if x and x != "None")


def _phase(case: Case, t: int) -> Iterator[Any]:
    if courts.listed(case.pathway):
        here = courts.phase_at(case.pathway, case.phase)
        yield here.id if here else "none"


def _box(case: Case, t: int) -> Iterator[Any]:
    n = read.box(case, t)
    yield case.pathway.boxes[n].title.get("en", str(n)) if case.pathway.boxes and n >= 0 else str(n)


PLAIN: Mapping[str, Callable[[Case, int], Iterator[Any]]] = {
    "stage": lambda case, t: iter((case.stage,)),
    "offered": lambda case, t: iter(
        (list(choices(offers(case.pathway, case, "", t, EVERYWHERE), case.pathway)),)
    ),
    "clocks": _clocks,
    "letters": _letters,
    "printed": _printed,
    "told": _told,
    "copies": _copies,
    "notices": _notices,
    "obligations": _obligations,
    "consents": _consents,
    "consent_tasks": _consent_tasks,
    "reached": lambda case, t: ([x] for x in read.milestones(case)),
    "reached_at": lambda case, t: (
        {x: [_instant(at, case) for at in read.reached_at(case, x)]} for x in read.milestones(case)
    ),
    "criteria": lambda case, t: (
        {x.name: {None: "not_known", True: "yes", False: "no"}[x.verdict]} for x in read.criteria(case, t)
    ),
    "flagged": _flagged,
    "retention": _retention,
    "assigned": lambda case, t: ({x: "yes" if case.assigned.get(x) else "no"} for x in case.pathway.roles),
    "phase": _phase,
    "tests": _tests,
    "derived": _derived,
    "settings": _settings,
    "box": _box,
}
"""By the key under which it is expected: the values that may hold."""


def _never(case: Case, other: Case, t: int) -> Iterator[Expectation]:
    """What happens in the changed case only."""
    yield from ({"never_reached": [x]} for x in read.milestones(other))
    yield from ({"never_told": [x.notice]} for x in other.notices.values())
    yield from ({"never_flagged": [x]} for x in sorted(expected.flags(other)) if x and x != "None")
    yield from ({"letters": {x.letter: "none"}} for x in other.letters.values())
    yield from ({"obligations": {x.kind: "none"}} for x in other.obligations.values())
    yield from ({"never_offered": [o.step]} for o in offers(other.pathway, other, "", t, EVERYWHERE))


def _counted(state: State) -> Iterator[Expectation]:
    assert state.case is not None
    for name in state.case.pathway.counts:
        found = [x for x in state.counted if x.name == name]
        yield {"counted": {name: str(len(found))}}
        yield from ({"counted": {name: {"n": "1", **x.codes}}} for x in found if x.codes)


def _seen(pathway: Pathway, right: State, wrong: State, seen: Seen | None) -> Iterator[dict[str, Any]]:
    """What one role sees that it would not see, or the other way round."""
    if seen is None or right.case is None or wrong.case is None:
        return
    for role, relation in ((r, x) for x in RELATIONS for r in pathway.roles):
        try:
            mine = set(seen(pathway, right.site, right.case, right.events, role, right.t, relation))
            other, case = wrong.case.pathway, wrong.case
            theirs = set(seen(other, wrong.site, case, wrong.events, role, wrong.t, relation))
        except FAULTS:
            continue
        row = {"role": role, **({"relation": list(relation)} if relation else {})}
        yield from ({**row, "sees": [name]} for name in sorted(mine - theirs))
        yield from ({**row, "hidden": [name]} for name in sorted(theirs - mine))


RELATIONS: tuple[tuple[str, ...], ...] = (
    (),
    ("own",),
    ("assigned",),
    ("sitting",),
    ("site",),
    ("programme",),
)
"""How a role may stand to a case: first as it usually does."""
