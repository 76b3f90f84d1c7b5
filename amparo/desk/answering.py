"""What a service was asked and has not answered yet: for them it comes before all else."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.desk.context import Next
from amparo.desk.scene import Scene
from amparo.desk.times import TimeLeft
from amparo.desk.words import lower_first, pick
from amparo.lens import SupportView
from amparo.pathways import calendar

ASKED, WAITING = "sent", "waiting"
"""States of a referral in which its service has something to say: an answer, or how the wait goes on."""
LAST = 1 << 40


def answers(scene: Scene) -> bool:
    """Does this role give the answers to referrals, and makes none itself?"""
    refer = scene.pathway.support.get("refer")
    return refer is not None and scene.role in refer.answered_by and scene.role not in refer.by


def wanted(scene: Scene) -> tuple[SupportView, ...]:
    """The referrals that wait for this service, those without any answer first, then by their day."""
    if scene.view is None or not answers(scene):
        return ()
    found = (x for x in scene.view.support if x.what == "referral" and x.state in (ASKED, WAITING))
    return tuple(sorted(found, key=lambda x: (x.state != ASKED, due(scene, x) or LAST)))


def due(scene: Scene, x: SupportView) -> int | None:
    """When the answer is due; for who has somebody waiting, the day on which they said to look again."""
    if x.state == ASKED:
        return x.due
    days = [str(a["next"]) for a in x.answers if a.get("next")]
    return calendar.last_second(date.fromisoformat(days[-1]), scene.d.zone) if days else None


def first_due(scene: Scene) -> int:
    """When the first of them is due; 0 if none has a day."""
    return min((at for x in wanted(scene) if (at := due(scene, x)) is not None), default=0)


def time_of(scene: Scene, x: SupportView) -> TimeLeft | None:
    """That day, and how far off."""
    at = due(scene, x)
    if at is None:
        return None
    today = scene.clock.local(at).date() <= scene.clock.local(scene.clock.now).date()
    return scene.clock.left(at, today)


def words(x: SupportView) -> str:
    """What they are asked to do."""
    kind = lower_first(pick(x.title, x.kind))
    if x.state == ASKED:
        return _("Answer the referral: %(kind)s") % {"kind": kind}
    return _("Say how the wait goes on: %(kind)s") % {"kind": kind}


def href(scene: Scene) -> str:
    assert scene.view is not None
    return reverse("support", args=[scene.view.case])


def next_of(scene: Scene) -> Next | None:
    """As the one next step of the case."""
    x = next(iter(wanted(scene)), None)
    return Next(words(x), time_of(scene, x), href=href(scene)) if x is not None else None
