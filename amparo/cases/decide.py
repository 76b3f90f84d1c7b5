"""`decide`: what somebody asks to be written, judged against the pathway. The answer is events, or a refusal.

A list of steps is taken in order, each on the state after the one before: all or nothing. Who may take a step is
settled here alone. Every decide first ticks the clocks to the request's own time: a step entered today as of last
week is judged as of last week. A refusal stores nothing of the request; what the clocks had to say (`clocks.tick` to
the same time) is true all the same, and the ledger appends it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from amparo.cases import answers, approach, bodies, bounds, checks, clocks, court, effects, requests, words
from amparo.cases.attempt import OK, Attempt, Refusals, attempt, on
from amparo.cases.entered import resolved
from amparo.cases.index import is_dated
from amparo.cases.model import Answer, Case, Do, Event, Reason, Refusal, Request, Site
from amparo.cases.offers import offers
from amparo.cases.read import Readings
from amparo.cases.writer import Writer
from amparo.pathways import calendar, values
from amparo.pathways.model import AsksFirst, Pathway, SettingRef

Check = Callable[[Attempt], Refusals]

BEFORE: tuple[Check, ...] = (checks.in_time, checks.fresh, checks.who, checks.where, checks.when, bodies.body)
"""Checks 2 to 7, on the case as it is."""

AFTER: tuple[Check, ...] = (
    answers.answered,
    checks.needs,
    checks.allowed,
    court.phase,
    court.test,
    court.response,
    checks.competing,
    bounds.terms,
    bounds.branch,
)
"""Checks 8 to 13, on the case as it is with what the step is told."""

OPEN = ("required", "allowed", "open")

FLAGGED: frozenset[Check] = frozenset({checks.needs, checks.allowed, court.phase})
"""Checks that a recorded step does not have to pass: what an authority did is true even so, and is flagged."""


def decide(
    pathway: Pathway,
    site: Site,
    case: Case | None,
    case_id: str,
    request: Request,
    now: int,
    *,
    ways: bool = True,
) -> Answer:
    """The events of this request, the clocks' own first; or the first refusal.

    `case` is None for a request that opens one. `now` and `request.happened_at` are epoch seconds. `ways`: does a
    refusal also say which competing steps could be taken instead? Nobody reads it who asks by the million.
    """
    t = now if request.happened_at is None else request.happened_at
    w = Writer(pathway, site, case, case_id, request, t, now)
    if case is not None:
        w.take(clocks.tick(pathway, case, min(t, now), now))
        _arrived(w)
    elif (refusal := _open(w)) is not None:
        return refusal
    refused = _steps(w) if request.verb == "steps" else requests.write(w)
    if refused is None:
        return tuple(w.events)
    return _with_ways(w, refused) if ways else refused


def _with_ways(w: Writer, refused: Refusal) -> Refusal:
    """One of several competing steps that is not allowed: the others of its choice that may be taken now."""
    step = w.pathway.steps.get(refused.step)
    if refused.code != "not_allowed" or refused.instead or step is None or not step.choice or w.state is None:
        return refused
    found = offers(w.pathway, w.case, w.request.role, w.t, w.request.world)
    ways = (o.step for o in found if w.pathway.steps[o.step].choice == step.choice and o.group in OPEN)
    return refused._replace(instead=tuple(("step", name) for name in ways if name != refused.step))


def explain(
    pathway: Pathway, site: Site, case: Case | None, case_id: str, request: Request, now: int
) -> tuple[Refusal, ...]:
    """Everything that stands against this request: all refusals of checks 4 to 13 of its steps, not the first alone.

    A step after one that is refused is looked at on the state as if that one had been taken.
    """
    t = now if request.happened_at is None else request.happened_at
    w = Writer(pathway, site, case, case_id, request, t, now)
    if case is not None:
        w.take(clocks.tick(pathway, case, min(t, now), now))
    elif (refusal := _open(w)) is not None:
        return (refusal,)
    if request.verb != "steps":
        refused = requests.write(w)
        return (refused,) if refused is not None else ()
    found: list[Refusal] = []
    for do in request.steps:
        found.extend(_take(w, do, every=True))
    return tuple(found)


# ------------------------------------------------------------------------------------------------ opening
def _open(w: Writer) -> Refusal | None:
    """Check 1 for a request that opens a case; writes `case.opened`."""
    p, r = w.pathway, w.request
    first = r.steps[0].step if r.steps else ""
    door = p.doors.get(r.door)
    if door is None or door.opens_with != first or first not in p.steps:
        return words.refusal(p, "no_such_step", "door", first, params={"door": r.door})
    day = calendar.day_of(w.t, w.site.zone)
    if day < p.in_force.from_ or (p.in_force.until is not None and day > p.in_force.until):
        return words.refusal(
            p, "not_in_force", "", first, params={"from": p.in_force.from_.isoformat(), "version": p.version}
        )
    if w.t > w.now:
        return words.refusal(p, "not_in_the_future", "", first, instead=(("at", w.now),), field="happened_at")
    w.add("case.opened", opened(p, w.site, r.door, w.t))
    return _door_shut(w, first)


def opened(pathway: Pathway, site: Site, door: str, t: int) -> dict[str, Any]:
    """The payload of `case.opened`: the settings as they are resolved at this moment."""
    resolved = {name: _resolved(pathway, site, name, t) for name in pathway.settings}
    plain = {
        n: values.encode(pathway.settings[n].type, held) for n, held in resolved.items() if held is not None
    }
    return {
        "door": door,
        "site": site.code,
        "zone": site.zone,
        "profile": pathway.profile,
        "settings": plain,
        "pathway": pathway.id,
        "version": pathway.version,
    }


def _resolved(pathway: Pathway, site: Site, name: str, t: int) -> Any:
    """A site's entered value before the definition's; one by periods is read by the law date when it is needed."""
    return None if is_dated(pathway.settings[name].value) else resolved(pathway, site, name, t)


def _door_shut(w: Writer, step: str) -> Refusal | None:
    rule, first = w.pathway.doors[w.request.door].open_if, approach.asks_first(w.case)
    if first is not None and clocks.length_of(w.case, first.wipes_after) is None:
        return _days_unset(w, step, first)
    if rule is None:
        return None
    r = Readings(w.case, w.t)
    verdict = r.verdict(rule)
    if verdict is True:
        return None
    basis = w.pathway.doors[w.request.door].basis
    because, asks = r.why(rule), r.asks(rule) if verdict is None else ()
    return words.refusal(
        w.pathway,
        "not_in_force",
        "closed" if rule.text == "false" else "door",
        step,
        basis=basis,
        because=because,
        asks=asks,
        params={"door": w.request.door},
    )


def _days_unset(w: Writer, step: str, first: AsksFirst) -> Refusal:
    """Nobody is written down unasked while it is not settled when that would be wiped."""
    named = first.wipes_after.name if isinstance(first.wipes_after, SettingRef) else ""
    return words.refusal(
        w.pathway,
        "not_in_force",
        "door",
        step,
        basis=w.pathway.doors[w.request.door].basis,
        because=(Reason(named, None, "not_known", None, "", named),),
        asks=((f"setting {named}", "site"),),
        params={"door": w.request.door},
    )


def _arrived(w: Writer) -> None:
    """A file that was on its way is received with the first request of the site it was sent to."""
    if w.case.to_site and w.site.code == w.case.to_site:
        settings = opened(w.pathway, w.site, w.case.door, w.t)["settings"]
        w.add("case.received", {"site": w.site.code, "zone": w.site.zone, "settings": settings})


# ------------------------------------------------------------------------------------------------ steps
def _steps(w: Writer) -> Refusal | None:
    if not w.request.steps:
        return words.refusal(w.pathway, "no_such_step", "", "")
    for do in w.request.steps:
        refused = _take(w, do)
        if refused:
            return refused[0]
    return None


def _take(w: Writer, do: Do, every: bool = False) -> Refusals:
    """One step: its refusals (the first, or every one), else its events are written.

    With `every`, the step is written even so where it can be, so that the steps after it are looked at in their place.
    """
    if do.step not in w.pathway.steps:
        return (words.refusal(w.pathway, "no_such_step", "", do.step),)
    a = attempt(w.case, do, w.request, w.t, w.now, w.loaded)
    found = _asked(a, BEFORE, every)
    if found and not every:
        return found
    told, wrong = answers.tellings(a)
    if wrong and not every:
        return wrong[:1]
    first = w.next_seq
    for payload in told:
        w.add("fact.told", payload)
    a = on(a, w.case)
    recorded = a.step.recorded
    found = (*found, *wrong, *_asked(a, tuple(c for c in AFTER if not (recorded and c in FLAGGED)), every))
    if found and not every:
        return found
    found = tuple(_with_ways(w, x) for x in found) if every else found
    _write(w, a, first, found)
    return found


def _asked(a: Attempt, asked: tuple[Check, ...], every: bool) -> Refusals:
    found: Refusals = OK
    for check in asked:
        found = (*found, *check(a))
        if found and not every:
            return found[:1]
    return found


def _write(w: Writer, a: Attempt, first: int, found: Refusals) -> None:
    to = bounds.target(a) or a.case.stage
    if any(x.code in ("not_here", "no_such_step") or x.detail == "bad_value" for x in found):
        return
    unmet = (*checks.needs(a), *checks.allowed(a), *court.phase(a)) if a.step.recorded else ()
    effects.write(w, a, to, first, unmet)


# ------------------------------------------------------------------------------------------------ looking ahead
class Clocked(NamedTuple):
    """What happens to one clock: started, replaced, stopped, met, cancelled, paused, resumed, extended, ceased (no new
    round begins), unwatched (it should begin, and what it counts by is not known); and its due then.
    """

    clock: str
    change: str
    due: int | None


class Causes(NamedTuple):
    """What a request would cause at once, as long as nothing more is refused."""

    events: tuple[Event, ...]
    stage_from: str
    stage_to: str
    clocks: tuple[Clocked, ...]
    case: Case


def preview(
    pathway: Pathway, site: Site, case: Case | None, case_id: str, request: Request, now: int
) -> Causes | None:
    """What these steps would cause, whatever is still lacking; None where they cannot be taken from here at all."""
    t = now if request.happened_at is None else request.happened_at
    w = Writer(pathway, site, case, case_id, request, t, now)
    if case is not None:
        w.take(clocks.tick(pathway, case, min(t, now), now))
    elif _open(w) is not None:
        return None
    before = w.case
    for do in request.steps:
        refused = _take(w, do, every=True)
        if any(x.code in ("no_such_step", "not_here") for x in refused):
            return None
    return Causes(tuple(w.events), before.stage, w.case.stage, _clocked(before, w.case, t), w.case)


def _clocked(before: Case, after: Case, t: int) -> tuple[Clocked, ...]:
    found = (x for name in after.pathway.clocks for x in _change(before, after, name, t))
    return (*found, *(Clocked(name, "unwatched", None) for name in _unwatched(before, after)))


def _unwatched(before: Case, after: Case) -> Iterator[str]:
    return (name for name, why in after.not_watched.items() if before.not_watched.get(name) != why)


def _change(before: Case, after: Case, name: str, t: int) -> tuple[Clocked, ...]:
    old, new = before.runs.get(name, ()), after.runs.get(name, ())
    if old == new:
        return ()
    due = clocks.due(new[-1], after.site.holidays)
    if len(new) > len(old):
        anew = bool(old) and old[-1].state == "running" and new[-2].state == "replaced"
        return (Clocked(name, "replaced" if anew else "started", due),)
    was, is_ = old[-1], new[-1]
    if was.ceased != is_.ceased:
        return (Clocked(name, "ceased", None),)
    if was.state != is_.state:
        return (Clocked(name, is_.state, None if is_.state == "cancelled" else due),)
    if (was.paused_at is None) != (is_.paused_at is None):
        return (Clocked(name, "resumed", due) if is_.paused_at is None else Clocked(name, "paused", None),)
    return (
        (Clocked(name, "extended", due),)
        if was.extensions != is_.extensions
        else (Clocked(name, "met_period", due),)
        if was.met_period != is_.met_period
        else ()
    )
