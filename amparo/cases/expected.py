"""What an example says must hold, compared with what is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from amparo.cases import clocks, court_lines, expected_held, expected_seen, expected_told, picked, read
from amparo.cases.model import Case, Consent, Event, Letter, Refusal, Site, World
from amparo.cases.offers import choices, offers
from amparo.cases.retention import retention
from amparo.pathways import calendar, values
from amparo.pathways.model import Length, Pathway

Seen = Callable[[Pathway, Site, Case, Iterable[Event], str, int, tuple[str, ...]], Iterable[str]]
"""Which names a role may see of a case at a time, standing to it so (no relation given: as it usually does).

The lens answers it."""

EVERYWHERE = ("own", "assigned", "sitting", "site", "programme")


# ------------------------------------------------------------------------------------------------ refusals
def told(answer: Refusal) -> str:
    """A refusal in one line."""
    parts = [answer.code, answer.detail, ", ".join(map(str, answer.basis))]
    asks = ", ".join(f for f, _ in answer.asks)
    because = ", ".join(r.name for r in answer.because)
    return " · ".join(
        [
            *(p for p in parts if p),
            *([f"asks {asks}"] if asks else []),
            *([f"because {because}"] if because else []),
        ]
    )


def refusal_differs(answer: Refusal, wanted: Mapping[str, Any]) -> str:
    """In what a refusal differs from the expected one, '' if in nothing."""
    if "code" in wanted and answer.code != wanted["code"]:
        return f"expected {wanted['code']}, got {told(answer)}"
    have = {
        "basis": {str(c) for c in answer.basis},
        "asks": {f for f, _ in answer.asks},
        "because": {x for r in answer.because for x in (r.name, r.name.rpartition(".")[2])},
        "instead": {str(x) for _, x in answer.instead},
    }
    for key, found in have.items():
        lacking = [x for x in listed(wanted.get(key, ())) if x not in found]
        if lacking:
            return f"expected {key} {', '.join(lacking)}, got {told(answer)}"
    named = [x for x in listed(wanted.get("never_asks", ())) if x in have["asks"] | have["instead"]]
    return f"expected {', '.join(named)} never asked, got {told(answer)}" if named else ""


def listed(found: Any) -> tuple[str, ...]:
    """One name, or several."""
    return (found,) if isinstance(found, str) else tuple(map(str, found))


# ------------------------------------------------------------------------------------------------ what then holds
def unmet(
    pathway: Pathway,
    site: Site,
    case: Case,
    events: tuple[Event, ...],
    wanted: Mapping[str, Any],
    t: int,
    seen: Seen | None,
) -> Iterator[str]:
    """Each thing that was expected and is otherwise."""
    for key, expected in wanted.items():
        if key == "seen":
            yield from _seen(pathway, site, case, events, expected, t, seen)
        elif key == "meeting":
            if seen is not None:
                yield from expected_seen.meeting(
                    expected, lambda role, as_: seen(pathway, site, case, events, role, t, as_)
                )
        elif key not in CHECKS:
            yield f"'{key}' is nothing that can be expected"
        else:
            yield from CHECKS[key](case, expected, t)


def _stage(case: Case, expected: str, t: int) -> Iterator[str]:
    if case.stage != expected:
        yield f"expected stage {expected}, got {case.stage}"


def _box(case: Case, expected: str, t: int) -> Iterator[str]:
    n = read.box(case, t)
    boxes = case.pathway.boxes
    title = boxes[n].title if boxes and n >= 0 else {}
    if expected not in (*title.values(), str(n)):
        yield f"expected box {expected}, got {title.get('en', n)}"


# ------------------------------------------------------------------------------------------------ clocks
def _clocks(case: Case, expected: Mapping[str, Any], t: int) -> Iterator[str]:
    for name, wanted in expected.items():
        state, _ = clocks.state(case, name, t)
        if isinstance(wanted, str):
            if not _is_state(case, name, t, state, wanted):
                yield f"expected clock {name} {wanted}, got {state}"
        else:
            yield from _clock(case, name, wanted, t, state)


def _is_state(case: Case, name: str, t: int, state: str, wanted: str) -> bool:
    match wanted:
        case "none":
            return state in ("none", "cancelled", "not_watched")
        case "late":
            return clocks.late(case, name, t)
        case "running":
            return state in ("running", "near")
    return state == wanted


def _clock(case: Case, name: str, wanted: Mapping[str, str], t: int, state: str) -> Iterator[str]:
    for key, value in wanted.items():
        if key == "due":
            due = clocks.due_of(case, name, t)
            if due != values.parse_instant(value, case.site.zone):
                yield f"expected clock {name} due {value}, got {_shown(due, case.site.zone)}"
        elif _clock_flag(case, name, key, t, state) != (value == "yes"):
            yield f"expected clock {name} {key}: {value}, got {state}"


def _clock_flag(case: Case, name: str, key: str, t: int, state: str) -> bool:
    if key == "warned":
        run = clocks.newest(case, name, t)
        return run is not None and run.warned
    return _is_state(case, name, t, state, key)


def _shown(instant: int | None, zone: str) -> str:
    return "none" if instant is None else f"{calendar.local(instant, zone):%Y-%m-%d %H:%M:%S}"


# ------------------------------------------------------------------------------------------------ offers, values
def _offered(case: Case, expected: Any, t: int) -> Iterator[str]:
    found = choices(offers(case.pathway, case, "", t, World(relation=EVERYWHERE)), case.pathway)
    if set(found) != set(listed(expected)):
        yield f"expected offered [{', '.join(listed(expected))}], got [{', '.join(found)}]"


def _derived(case: Case, expected: Mapping[str, Any], t: int) -> Iterator[str]:
    r = read.readings(case, t)
    for name, wanted in expected.items():
        found = r.get(name)
        if isinstance(wanted, str):
            if _said(found) != wanted:
                yield f"expected {name} {wanted}, got {_said(found)}"
            continue
        answers = {next(iter(x.values())): _said(x.get("answer")) for x in (found.items if found else ())}
        yield from (
            f"expected {name} of {k}: {v}, got {answers.get(k)}"
            for k, v in wanted.items()
            if answers.get(k) != v
        )


def _criteria(case: Case, expected: Mapping[str, str], t: int) -> Iterator[str]:
    """The criteria that the door of the case shows, each with its answer."""
    found = {x.name: _said(x.verdict) for x in read.criteria(case, t)}
    yield from (
        f"expected criterion {k} {v}, got {found.get(k)}" for k, v in expected.items() if found.get(k) != v
    )


def _said(found: Any) -> str:
    return (
        "not_known" if found is None else "yes" if found is True else "no" if found is False else str(found)
    )


# ------------------------------------------------------------------------------------------------ papers and items
def _letters(case: Case, expected: Mapping[str, Any], t: int) -> Iterator[str]:
    for name, wanted in expected.items():
        copies = read.newest_copies(case, name, t)
        for key, value in (wanted if isinstance(wanted, Mapping) else {"state": wanted}).items():
            found = _of_copies(case, copies, key)
            if set(listed(value)) - found:
                yield f"expected letter {name} {value}, got {', '.join(sorted(found))}"


def _of_copies(case: Case, copies: Iterable[Letter], key: str) -> set[str]:
    """Of the newest copies of a letter: to whom they go; else the hour or the state of the person's own."""
    all_ = tuple(copies)
    if key == "to":
        return {x.to for x in all_}
    own = tuple(x for x in all_ if x.to == "person") or all_
    if key == "hour":
        return {_shown(x.hour, case.site.zone) for x in own}
    return {x.state for x in own} or {"none"}


def _obligations(case: Case, expected: Mapping[str, Any], t: int) -> Iterator[str]:
    """The state of the newest of a kind; as rows, the newest of each item that is named."""
    for name, wanted in expected.items():
        if isinstance(wanted, Mapping) and "item" not in wanted:
            yield from expected_held.obligation(case, name, wanted)
            continue
        if not isinstance(wanted, str):
            yield from picked.rows(case, name, wanted, t)
            continue
        found = [o.state for o in case.obligations.values() if o.kind == name]
        state = found[-1] if found else "none"
        if state != wanted:
            yield f"expected obligation {name} {wanted}, got {state}"


def _referrals(case: Case, expected: Mapping[str, Any], t: int) -> Iterator[str]:
    for kind, wanted in expected.items():
        found = next((x for x in reversed(list(case.referrals.values())) if x.kind == kind), None)
        if found is None:
            yield f"expected a referral to {kind}, got none"
            continue
        late = found.state == "sent" and found.due is not None and t > found.due
        have = {
            "state": found.state,
            "due": _shown(found.due, case.site.zone),
            "late": "yes" if late else "no",
        }
        yield from (
            f"expected referral {kind} {k} {v}, got {have.get(k)}"
            for k, v in wanted.items()
            if have.get(k) != v
        )


# ------------------------------------------------------------------------------------------------ consents
def _consents(case: Case, expected: Mapping[str, str], t: int) -> Iterator[str]:
    """The newest consent of each kind: live, withdrawn, ended, expired (its own length is over), or none."""
    for kind, wanted in expected.items():
        found = [c for c in case.consents.values() if c.kind == kind]
        state = consent_state(found[-1], t) if found else "none"
        if state != wanted:
            yield f"expected consent {kind} {wanted}, got {state}"


def consent_state(c: Consent, t: int) -> str:
    if c.how == "withdrawn":
        return c.how
    return "expired" if c.until is not None and t > c.until else c.how or "live"


def _consent_tasks(case: Case, expected: Mapping[str, Any], t: int) -> Iterator[str]:
    """Of each kind, the recipients who have not confirmed yet that a consent was taken back: exactly these."""
    for kind, wanted in expected.items():
        found = {c.to for c in read.unconfirmed(case) if c.kind == kind}
        if found != set(listed(wanted)):
            yield f"expected to be told of the end of {kind}: {wanted}, got {', '.join(sorted(found))}"


# ------------------------------------------------------------------------------------------------ lists
def _reached(case: Case, expected: Any, t: int) -> Iterator[str]:
    found = read.milestones(case)
    yield from (f"expected {x} reached" for x in listed(expected) if x not in found)


def _never_reached(case: Case, expected: Any, t: int) -> Iterator[str]:
    found = read.milestones(case)
    yield from (f"expected {x} never reached" for x in listed(expected) if x in found)


def _told_of(case: Case) -> set[str]:
    return {x.notice for x in case.notices.values() if x.state in ("due", "sent", "received")}


def _told(case: Case, expected: Any, t: int) -> Iterator[str]:
    """Notices made; as a mapping, each with what it says of the person: `named` or `nameless`."""
    yield from (f"expected {x} told" for x in listed(expected) if x not in _told_of(case))
    for name, wanted in expected.items() if isinstance(expected, Mapping) else ():
        found = "nameless" if case.pathway.notices[name].without_name else "named"
        if found != wanted:
            yield f"expected {name} {wanted}, got {found}"


def _never_told(case: Case, expected: Any, t: int) -> Iterator[str]:
    yield from (f"expected {x} never told" for x in listed(expected) if x in _told_of(case))


def _flagged(case: Case, expected: Any, t: int) -> Iterator[str]:
    yield from (f"expected {x} flagged" for x in listed(expected) if x not in flags(case))


def _never_flagged(case: Case, expected: Any, t: int) -> Iterator[str]:
    yield from (f"expected {x} never flagged" for x in listed(expected) if x in flags(case))


def _reached_at(case: Case, expected: Mapping[str, Any], t: int) -> Iterator[str]:
    """Every time at which a milestone was reached by a step, in order, none left out."""
    for name, wanted in expected.items():
        found = read.reached_at(case, name)
        if found != tuple(values.parse_instant(x, case.site.zone) for x in listed(wanted)):
            said = ", ".join(_shown(x, case.site.zone) for x in found) or "never"
            yield f"expected {name} reached at {', '.join(listed(wanted)) or 'no time'}, got {said}"


def flags(case: Case) -> set[str]:
    """What is flagged in a case, and why, by every name under which it may be expected."""
    all_ = (*case.flags, *case.unmet)
    return {str(f.get(k)) for f in all_ for k in ("what", "fact", "step", "clock", "code", "detail")} | {
        str(x) for f in case.unmet for x in (*f.get("because", ()), *f.get("basis", ()))
    }


# ------------------------------------------------------------------------------------------------ retention, sight
def _retention(case: Case, expected: Mapping[str, str], t: int) -> Iterator[str]:
    kept = retention(case, t)
    if kept is None:
        yield "expected a retention, got none"
        return
    have = {
        "named": kept.named,
        "ends": kept.ends,
        "then": kept.then,
        "never_named": "yes" if kept.never_named else "no",
        **expected_told.kept_so(case, kept, t),
    }
    for key, wanted in expected.items():
        found = have.get(key)
        if not _same_length(found, wanted):
            yield f"expected retention {key}: {wanted}, got {found}"


def _same_length(found: Any, wanted: str) -> bool:
    if isinstance(found, Length):
        try:
            return found == values.parse_length(wanted)
        except ValueError:
            return False
    return wanted == ("unset" if found is None else found)


def _seen(
    pathway: Pathway,
    site: Site,
    case: Case,
    events: tuple[Event, ...],
    expected: Any,
    t: int,
    seen: Seen | None,
) -> Iterator[str]:
    """What each role may see, by name; without somebody to ask, these lines are not looked at."""
    if seen is None:
        return
    for row in [expected] if isinstance(expected, Mapping) else expected:
        found = set(seen(pathway, site, case, events, row["role"], t, listed(row.get("relation", ()))))
        yield from (
            f"expected {row['role']} to see {x}" for x in listed(row.get("sees", ())) if x not in found
        )
        yield from (
            f"expected {x} hidden from {row['role']}" for x in listed(row.get("hidden", ())) if x in found
        )


CHECKS: Mapping[str, Callable[[Case, Any, int], Iterator[str]]] = {
    "phase": court_lines.phase,
    "tests": court_lines.tests,
    "schedules": court_lines.schedules,
    "stage": _stage,
    "box": _box,
    "clocks": _clocks,
    "offered": _offered,
    "derived": _derived,
    "criteria": _criteria,
    "letters": _letters,
    "obligations": _obligations,
    "referrals": _referrals,
    "reached": _reached,
    "never_reached": _never_reached,
    "told": _told,
    "never_told": _never_told,
    "flagged": _flagged,
    "never_flagged": _never_flagged,
    "reached_at": _reached_at,
    "retention": _retention,
    **expected_told.CHECKS,
    **expected_held.CHECKS,
    **expected_seen.CHECKS,
    "consents": _consents,
    "consent_tasks": _consent_tasks,
}
