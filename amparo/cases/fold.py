"""From events to the state of a case. `apply` takes one event into the next state and never refuses.

What a step takes back (`step.annulled`) is left out as if it had never been; its place in the numbering stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from amparo.cases import clocks, phases, runs, testing
from amparo.cases.exceptional import EXCEPTIONAL
from amparo.cases.index import index
from amparo.cases.model import (
    Case,
    Event,
    Site,
    Taken,
    Telling,
)
from amparo.cases.parts import PARTS, Apply, put, same
from amparo.errors import UnknownEvent
from amparo.pathways import values
from amparo.pathways.model import Names, Pathway


def fold(pathway: Pathway, site: Site, events: Iterable[Event], start: Case | None = None) -> Case:
    """The state after these events; `start` is the state before the first of them, None for a whole log.

    Raises `UnknownEvent` for a kind that this version does not know, ValueError for an empty log, and for an annulment
    folded onto a `start`: what was taken back can only be left out of a whole log.
    """
    log = tuple(events)
    annulled = frozenset(seq for e in log if e.kind == "step.annulled" for seq in e.data["seqs"])
    if annulled and start is not None:
        raise ValueError("an annulment is folded from the whole log")
    case = start
    for event in log:
        case = _passed(case, event) if event.seq in annulled else apply(pathway, site, case, event)
    if case is None:
        raise ValueError("a case begins with an event")
    return case._replace(annulled=case.annulled | annulled) if annulled else case


def after(pathway: Pathway, site: Site, events: tuple[Event, ...], new: int, case: Case | None) -> Case:
    """The state after a log whose last `new` events came after `case`; from the beginning where one of them takes an
    older one back.
    """
    made = events[len(events) - new :]
    if case is None or any(event.kind == "step.annulled" for event in made):
        return fold(pathway, site, events)
    return fold(pathway, site, made, case) if made else case


def _passed(case: Case | None, event: Event) -> Case | None:
    return case and case._replace(seq=event.seq)


def apply(pathway: Pathway, site: Site, case: Case | None, event: Event) -> Case:
    """The state after one more event."""
    if case is None:
        return _opened(pathway, site, event)
    change = APPLY.get(event.kind)
    if change is None:
        raise UnknownEvent(
            f"this version knows no event '{event.kind}' (entry {event.seq} of case {event.case})"
        )
    return change(case, event)._replace(seq=event.seq)


# ------------------------------------------------------------------------------------------------ the case as a whole
def _opened(pathway: Pathway, site: Site, event: Event) -> Case:
    if event.kind != "case.opened":
        raise UnknownEvent(f"a case begins with case.opened, not with '{event.kind}'")
    data = event.data
    return Case(
        pathway=pathway,
        site=site._replace(code=data["site"], zone=data["zone"]),
        id=event.case,
        door=data["door"],
        settings=_settings(pathway, data["settings"]),
        seq=event.seq,
        opened_at=event.at,
        stage="",
        stage_since=event.at,
        stage_before="",
        tellings={},
        runs={},
        not_watched={},
        obligations={},
        consents={},
        taken={},
        last={},
        sitting=None,
        sittings=(),
        assigned={},
        letters={},
        notices={},
        needs={},
        referrals={},
        contacts=(),
        links=(),
        hold="",
        annulled=frozenset(),
        unmet=(),
        flags=(),
        rights={},
        died=False,
        erased=False,
    )


def _settings(pathway: Pathway, plain: Mapping[str, Any]) -> dict[str, Any]:
    """Held values of resolved settings; one that this version no longer has is left out."""
    known = pathway.settings
    return {name: values.decode(known[name].type, v) for name, v in plain.items() if name in known}


def _received(case: Case, event: Event) -> Case:
    """The file arrived at another site: new runs use its zone and settings, running ones keep theirs."""
    site = case.site._replace(code=event.data["site"], zone=event.data["zone"])
    settings = _settings(case.pathway, event.data.get("settings", {}))
    return phases.drawings_from(case._replace(site=site, settings=settings, to_site=""), event.at)


def _transferred(case: Case, event: Event) -> Case:
    return case._replace(assigned={}, to_site=event.data["site"])


def _set(**fixed: Any) -> Apply:
    return lambda case, event: case._replace(**fixed)


# ------------------------------------------------------------------------------------------------ facts
def _told(case: Case, event: Event) -> Case:
    d = event.data
    telling = Telling(
        event.seq, d.get("as_of", event.at), d.get("value"), d.get("nothing", ""), d["given_by"], event.actor
    )
    flagged = _learnt(case, d["fact"], telling) if telling.as_of < event.at else case.flags
    earlier = case.tellings.get(d["fact"], ())
    return case._replace(tellings=put(case.tellings, d["fact"], (*earlier, telling)), flags=flagged)


def _corrected(case: Case, event: Event) -> Case:
    """The new value stands in the place of the corrected one, as of the same time."""
    d = event.data
    name, tellings = d["fact"], []
    for old in case.tellings.get(name, ()):
        tellings.append(old._replace(corrected=True) if old.seq == d["seq"] else old)
        if old.seq == d["seq"]:
            tellings.append(
                Telling(
                    event.seq, old.as_of, d.get("value"), d.get("nothing", ""), d["given_by"], event.actor
                )
            )
    rested = [
        _flag(name, step, taken)
        for step, taken in _rested(case, name)
        if taken.data["rests_on"][name] == d["seq"]
    ]
    case = case._replace(tellings=put(case.tellings, name, tuple(tellings)), flags=(*case.flags, *rested))
    return testing.corrected(case, event) if case.tests else case


def _rested(case: Case, fact: str) -> Iterable[tuple[str, Taken]]:
    return ((s, x) for s, all_ in case.taken.items() for x in all_ if fact in x.data.get("rests_on", {}))


def _learnt(case: Case, fact: str, telling: Telling) -> tuple[Mapping[str, Any], ...]:
    """Flags for decisions that rested on another value of what has now been learnt of that time."""
    found = []
    for step, taken in _rested(case, fact):
        relied = next((x for x in case.tellings[fact] if x.seq == taken.data["rests_on"][fact]), None)
        if relied and relied.as_of <= telling.as_of <= taken.at and relied.value != telling.value:
            found.append(_flag(fact, step, taken))
    return (*case.flags, *found)


def _flag(fact: str, step: str, taken: Taken) -> Mapping[str, Any]:
    return {"what": "learnt_otherwise", "fact": fact, "step": step, "seq": taken.seq}


# ------------------------------------------------------------------------------------------------ steps
def _taken(case: Case, event: Event) -> Case:
    d = event.data
    step, to = d["step"], d["to"]
    taken = Taken(
        event.seq,
        event.at,
        event.actor,
        event.role,
        d.get("terms", {}),
        d["from"],
        to,
        d.get("reasons", ""),
        d,
    )
    case = case._replace(
        taken=put(case.taken, step, (*case.taken.get(step, ()), taken)),
        last=put(case.last, d["choice"], step) if d.get("choice") else case.last,
        settings={**case.settings, **_settings(case.pathway, d["settings"])}
        if d.get("settings")
        else case.settings,
        unmet=(*case.unmet, *({"step": step, "seq": event.seq, **flag} for flag in d.get("unmet", ()))),
        phase_waived=case.phase_waived | frozenset(d.get("phase_waived", ())),
    )
    case = phases.drawings_from(case, event.at) if d.get("settings") else case
    if step in _HOUSE:
        return _HOUSE[step](case, event)
    return _moved(case, event, step, to)


def _moved(case: Case, event: Event, step: str, to: str) -> Case:
    """Sections 2 to 5 of the fold: clocks end, the stage changes, then the phase, clocks begin."""
    entered = to if to != case.stage else ""
    case = case._replace(flags=(*case.flags, *_late(case, event, step)))
    triggers = (step, *((f"enter {to}",) if entered else ()), *_silent(case, event, step))
    case = runs.ended(case, triggers, event.at)
    if entered:
        case = case._replace(stage=to, stage_since=event.at, stage_before=case.stage)
        case = runs.entered(case, event.at)
    phase = event.data.get("phase", "")
    case = phases.entered(case, phase, event.at) if phase else case
    case = testing.ended(runs.begun(case, triggers, event.at), triggers, event.at)
    return runs.rebased(case, event.at) if phase else case


def _late(case: Case, event: Event, step: str) -> Iterable[Mapping[str, Any]]:
    """A flag for each term of the law that this step would have kept, had the person taken it in time."""
    if not clocks.own_side(case.pathway, step):
        return
    for name in index(case.pathway).stops.get(step, ()):
        if case.pathway.clocks[name].kind == "legal" and clocks.late(case, name, event.at):
            yield {"what": "late", "clock": name, "step": step, "seq": event.seq}


def _silent(case: Case, event: Event, step: str) -> Names:
    """`silent <fact>`: the facts of which this very step wrote down that nobody answered."""
    asked = case.pathway.steps[step].asks if step in case.pathway.steps else ()
    newest = ((ask.fact, case.tellings.get(ask.fact, ())[-1:]) for ask in asked if "no_answer" in ask.may_be)
    return tuple(
        f"silent {fact}"
        for fact, told in newest
        if told and told[0].nothing == "no_answer" and told[0].as_of == event.at
    )


def _died(case: Case, event: Event) -> Case:
    """Every run is cancelled, every message stopped."""
    stopped = {name: runs.cancelled(all_, event.at) for name, all_ in case.runs.items()}
    letters = {
        k: x._replace(state="cancelled") if x.state in ("due", "made") else x for k, x in case.letters.items()
    }
    unsent = ("due", "withheld")
    notices = {k: x._replace(state="cancelled") if x.state in unsent else x for k, x in case.notices.items()}
    return case._replace(runs=stopped, letters=letters, notices=notices, died=True)


def _noted(case: Case, event: Event) -> Case:
    return case._replace(notes=(*case.notes, {"at": event.at, "by": event.actor, **event.data}))


_HOUSE: Mapping[str, Apply] = {
    "record_death": _died,
    "record_move": _noted,
    "change_channel": _noted,
    "cover": _noted,
    "note_safety": _noted,
}


# ------------------------------------------------------------------------------------------------ clocks
def _warned(case: Case, event: Event) -> Case:
    return runs.marked(case, event.data, warned=True)


def _expired(case: Case, event: Event) -> Case:
    return runs.marked(case, event.data, expired=True)


APPLY: Mapping[str, Apply] = {
    "case.linked": lambda case, e: case._replace(links=(*case.links, {"at": e.at, **e.data})),
    "case.transferred": _transferred,
    "case.received": _received,
    "case.held": lambda case, e: case._replace(hold=e.data.get("rule") or "held"),
    "case.released": lambda case, e: phases.drawings_from(case._replace(hold=""), e.at),
    "case.erased": _set(erased=True),
    "fact.told": _told,
    "fact.corrected": _corrected,
    "step.taken": _taken,
    "step.annulled": same,
    "clock.warned": _warned,
    "clock.expired": _expired,
    **PARTS,
    **EXCEPTIONAL,
    **testing.APPLY,
}
