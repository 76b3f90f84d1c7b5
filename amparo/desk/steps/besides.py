"""What else an act causes at once: whose the case is, who sees it from then on, what the act itself writes down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from amparo.cases.model import Event
from amparo.cases.story import word
from amparo.desk.context import Pair
from amparo.desk.papers import whom
from amparo.desk.scene import Scene
from amparo.desk.words import language, listed, lower_first, pick, role_title
from amparo.ledger.considering import Caused
from amparo.pathways import values

Data = Mapping[str, Any]


def of_event(scene: Scene, e: Event) -> Iterable[Pair]:
    """What this entry changes beside stage, letters, notices, items and clocks."""
    made = EVENTS.get(e.kind)
    return made(scene, e.data) if made else ()


def around(scene: Scene, causes: Caused) -> Iterable[Pair]:
    """Where the case lies from then on, and who sees it."""
    boxes = scene.pathway.boxes
    if causes.box is not None and (causes.box < 0 or causes.box < len(boxes)):
        words = pick(boxes[causes.box].title) if causes.box >= 0 else _("no longer on it")
        yield Pair(_("On the worklist"), words)
    if causes.shown:
        yield Pair(_("From now on seen by"), listed(_role(scene, x) for x in causes.shown))
    if causes.shut:
        who = listed(_role(scene, x) for x in causes.shut)
        yield Pair(_("No longer seen by"), who, _("unless the case is theirs, or they recorded it"))


def _role(scene: Scene, name: str) -> str:
    return lower_first(role_title(scene.pathway, name))


# ------------------------------------------------------------------------------------------------ entries
def _assigned(scene: Scene, data: Data) -> Iterable[Pair]:
    words = _("%(who)s, as %(role)s") % {"who": scene.who(data["who"]), "role": _role(scene, data["role"])}
    yield Pair(_("Taken on by"), words)


def _unassigned(scene: Scene, data: Data) -> Iterable[Pair]:
    yield Pair(_("No longer with"), f"{scene.who(data['who'])}, {_role(scene, data['role'])}")


def _sent(scene: Scene, data: Data) -> Iterable[Pair]:
    yield Pair(_("Sent to"), str(data["site"]), _("nobody here has it any more"))


def _written(scene: Scene, data: Data) -> Iterable[Pair]:
    """What the act itself writes down; what was answered stands in the form."""
    fact = scene.pathway.facts.get(data["fact"])
    if data["given_by"] != "steps" or fact is None:
        return
    plain = data.get("value")
    titles = values.titles_of(scene.pathway, {})
    shown = word(str(data.get("nothing", "")), language())
    if plain is not None:
        shown = values.show(fact.type, plain, language(), titles, scene.clock.zone)
    yield Pair(_("Written down"), f"{pick(fact.title, data['fact'])}: {shown}")


def _taken(scene: Scene, data: Data) -> Iterable[Pair]:
    """The phase that begins, and what is counted without a name."""
    step = scene.pathway.steps.get(data["step"])
    phases = next(iter(scene.pathway.phases.values()), None)
    for phase in phases.list if phases and data.get("phase") else ():
        if phase.id == data["phase"]:
            yield Pair(_("Begins"), pick(phase.title, phase.id))
    for name in step.counts if step else ():
        yield Pair(_("Counted"), pick(scene.pathway.counts[name].of, name), _("without a name"))


def _drawn(scene: Scene, data: Data) -> Iterable[Pair]:
    schedule = scene.pathway.schedules[data["schedule"]]
    yield Pair(_("Begins"), pick(schedule.title, data["schedule"]), _("on days drawn by lot"))


def _tested(scene: Scene, data: Data) -> Iterable[Pair]:
    code = data.get("class") or data.get("outcome") or ""
    title = pick(scene.pathway.schedules[data["schedule"]].title, data["schedule"])
    yield Pair(title, word(str(code), language()))


def _consent(scene: Scene, data: Data) -> Iterable[Pair]:
    title = pick(scene.pathway.consents[data["consent"]].title, data["consent"])
    yield Pair(_("Consent ends"), f"{title} ({whom(scene, data['to'])})")


def _not_told(scene: Scene, data: Data) -> Iterable[Pair]:
    title = lower_first(pick(scene.pathway.notices[data["notice"]].title, data["notice"]))
    yield Pair(_("Not told"), f"{whom(scene, data['to'])}: {title}", _("its ground is lacking"))


def _no_more(scene: Scene, data: Data) -> Iterable[Pair]:
    title = lower_first(pick(scene.pathway.notices[data["notice"]].title, data["notice"]))
    yield Pair(_("Not sent any more"), f"{whom(scene, data['to'])}: {title}")


EVENTS: Mapping[str, Callable[[Scene, Data], Iterable[Pair]]] = {
    "assignment.made": _assigned,
    "assignment.ended": _unassigned,
    "case.transferred": _sent,
    "fact.told": _written,
    "step.taken": _taken,
    "schedule.drawn": _drawn,
    "test.collected": _tested,
    "test.resulted": _tested,
    "consent.ended": _consent,
    "notice.withheld": _not_told,
    "notice.cancelled": _no_more,
}
