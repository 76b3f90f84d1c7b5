"""*At once*: what the engine says the draft would cause. Read from its preview, never written by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from amparo.cases.clocks import waits
from amparo.cases.decide import Clocked
from amparo.cases.model import Event
from amparo.desk.context import Pair
from amparo.desk.obligations import load, terms
from amparo.desk.papers import ground_words, whom
from amparo.desk.scene import Scene
from amparo.desk.steps import besides
from amparo.desk.words import lower_first, pick, role_title
from amparo.ledger.book import Caused as Causes

__all__ = ["Causes", "pairs"]


def pairs(scene: Scene, causes: Causes | None) -> tuple[Pair, ...]:
    """Moves to · Letter · Told · Begins · Clock starts, stops, rests, goes on · whose it is, and who sees it."""
    if causes is None:
        return ()
    withheld = {e.data["id"] for e in causes.events if e.kind == "notice.withheld"}
    events = (e for e in causes.events if e.kind != "notice.due" or e.data["id"] not in withheld)
    told = (p for e in events for p in (*_of_event(scene, e), *besides.of_event(scene, e)))
    clocks = (p for c in causes.clocks if c.change != "cancelled" for p in _of_clock(scene, c))
    return (
        *_move(scene, causes), *told, *_together(scene, causes), *clocks, *_over(scene, causes),
        *besides.around(scene, causes), *_afterwards(scene, causes),
    )  # fmt: skip


def _over(scene: Scene, causes: Causes) -> Iterable[Pair]:
    """Clocks that no longer run from here, on one line."""
    names = [c.clock for c in causes.clocks if c.change == "cancelled"]
    if names:
        yield Pair(_("No longer runs"), "; ".join(pick(scene.pathway.clocks[n].title, n) for n in names))


def _move(scene: Scene, causes: Causes) -> Iterable[Pair]:
    stage = scene.pathway.stages.get(causes.stage_to)
    if stage is not None and causes.stage_to != causes.stage_from:
        owner = (
            _("owner: %(role)s") % {"role": lower_first(role_title(scene.pathway, stage.owner))}
            if stage.owner
            else _("closed; it can be taken up again")
            if any(step.effect == "reopens" and causes.stage_to in step.from_ for step in scene.pathway.steps.values())
            else _("the case ends here")
        )
        yield Pair(_("Moves to"), pick(stage.title, causes.stage_to), owner)


def _afterwards(scene: Scene, causes: Causes) -> Iterable[Pair]:
    """What is destroyed soon after, where the end of the case says so: it cannot be called back."""
    ends = (x for x in scene.pathway.retention if causes.stage_to in x.after and x.then == "wiped")
    found = next(ends, None) if causes.stage_to != causes.stage_from else None
    if found is None:
        return
    words = _LEFT_OF_IT.get(found.ends or found.named)
    if words is None:
        return
    yield Pair(_("Afterwards"), words(), scene.cite(found.basis))


_LEFT_OF_IT: Mapping[Any, Callable[[], str]] = {
    "receipts": lambda: _(
        "What is written in this case is destroyed once every receipt is in; that it ended so is all that stays"
    ),
    "at once": lambda: _("What is written in this case is destroyed at once, and nobody can read it again"),
}
"""When the words of a wiped case go -> what is said of it before."""


def _of_event(scene: Scene, e: Event) -> Iterable[Pair]:
    made = _EVENTS.get(e.kind)
    return (made(scene, e.data),) if made else ()


def _letter(scene: Scene, data: Mapping[str, Any]) -> Pair:
    letter = scene.pathway.letters[data["letter"]]
    words = _("%(letter)s, to %(whom)s") % {
        "letter": pick(letter.title, data["letter"]),
        "whom": whom(scene, data["to"]),
    }
    return Pair(_("Letter"), words, _("a draft, for a jurist to check") if letter.draft else "")


def _notice(scene: Scene, data: Mapping[str, Any]) -> Pair:
    notice = scene.pathway.notices[data["notice"]]
    ground = " · ".join(
        x for x in (_told_before(scene, data["to"]), ground_words(scene, data["notice"])) if x
    )
    return Pair(
        _("Told"),
        f"{_capital(whom(scene, data['to']))}: {lower_first(pick(notice.title, data['notice']))}",
        ground,
    )


def _told_before(scene: Scene, to: str) -> str:
    """What the same recipient was told in this case, and when: what a correction has to reach."""
    sent = (n for n in (scene.view.notices if scene.view else ()) if n.to == to and n.sent is not None)
    found = [
        _("%(what)s, %(day)s")
        % {
            "what": lower_first(pick(scene.pathway.notices[n.notice].title, n.notice)),
            "day": scene.clock.day(n.sent or 0),
        }
        for n in sent
    ]
    return _("was told: %(what)s") % {"what": "; ".join(found)} if found else ""


def _agreed(scene: Scene, data: Mapping[str, Any]) -> Pair:
    by = _("by %(when)s") % {"when": scene.clock.due(data["due"])} if data.get("due") else ""
    said = f"“{data['words']}”" if data.get("words") else ""
    what = terms.heading(scene, data["obligation"], data.get("terms", {}))
    return Pair(_("Begins"), what, " · ".join(x for x in (by, said) if x))


def _together(scene: Scene, causes: Causes) -> Iterable[Pair]:
    """What several items weigh in all."""
    items = [e.data for e in causes.events if e.kind == "obligation.agreed"]
    if len(items) > 1:
        yield Pair(_("In all"), load.words(scene, items))


def _opened(scene: Scene, data: Mapping[str, Any]) -> Pair:
    return Pair(
        _("Opens"),
        _("a case, by the door: %(door)s")
        % {"door": pick(scene.pathway.doors[data["door"]].title, data["door"])},
    )


_EVENTS = {"letter.due": _letter, "notice.due": _notice, "obligation.agreed": _agreed, "case.opened": _opened}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _of_clock(scene: Scene, c: Clocked) -> Iterable[Pair]:
    clock = scene.pathway.clocks[c.clock]
    over = c.change == "stopped" and waits(scene.pathway, clock)
    label = _("Clock ends") if over else _label(c.change)
    if not label:
        return
    until = (
        _("to %(when)s") % {"when": scene.clock.due(c.due)}
        if c.due is not None and c.change not in _ENDS
        else ""
    )
    left = scene.clock.left(c.due).left if c.due is not None and c.change not in _ENDS else ""
    law = _("own target, not law") if clock.kind == "target" else ""
    note = " · ".join(p for p in (until, left, *_task(scene, c), scene.cite(clock.basis), law) if p)
    yield Pair(
        label, pick(clock.title, c.clock), note, unverified=pick(clock.unverified) if clock.unverified else ""
    )


def _task(scene: Scene, c: Clocked) -> Iterable[str]:
    """Whose task it becomes once its time is over."""
    tasks = (late.task for late in scene.pathway.clocks[c.clock].late if late.task)
    if c.change in ("started", "replaced") and (role := next(tasks, "")):
        yield _("then a task for: %(who)s") % {"who": lower_first(role_title(scene.pathway, role))}


_ENDS = ("met", "stopped", "paused", "ceased", "unwatched")


def _label(change: str) -> str:
    words = {
        "started": _("Clock starts"),
        "replaced": _("Clock starts anew"),
        "met": _("Clock met"),
        "stopped": _("Clock stops, late"),
        "paused": _("Clock rests"),
        "resumed": _("Clock goes on"),
        "extended": _("Clock is lengthened"),
        "met_period": _("Clock met, for this time"),
        "ceased": _("No new round begins"),
        "unwatched": _("Not watched"),
    }
    return words.get(change, "")
