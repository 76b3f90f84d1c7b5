"""Who sits: a block a seat, and one sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.cases.model import SittingState
from amparo.desk.context import Quorum, Seat
from amparo.desk.scene import Scene
from amparo.desk.words import code_title, lower_first
from amparo.pathways.model import Body, SettingRef


def quorum(scene: Scene, href: str = "") -> Quorum | None:
    """A block a seat, and one sentence."""
    s = scene.view.sitting if scene.view else None
    body = scene.pathway.bodies.get(s.body) if s else None
    if s is None or body is None:
        return None
    seats = (
        *(_present(scene, s, m) for m in s.present),
        *(_away(scene, body, m, code, True) for m, code in s.impeded.items()),
        *(_away(scene, body, m, code, False) for m, code in s.recused.items()),
        *(_vacant() for _n in range(s.vacant)),
        *(_named(scene, m) for m in _rest(s)),
    )
    return Quorum(
        seats,
        _sentence(scene, s, body),
        _casting(s, body),
        scene.cite(body.fewer.basis if body.fewer else body.basis),
        href,
    )


def _rest(s: SittingState) -> tuple[str, ...]:
    """Members named for the sitting of whom nothing is said yet."""
    said = {*s.present, *s.impeded, *s.recused}
    return tuple(m for m in s.members if m not in said)


def _present(scene: Scene, s: SittingState, member: str) -> Seat:
    return Seat(scene.who(member), _("present: presides") if member == s.chair else _("present"), "present")


def _away(scene: Scene, body: Body, member: str, code: str, impeded: bool) -> Seat:
    reason = code_title(scene.pathway, body.why_not, code) if body.why_not and code else code
    words = _("impeded: %(why)s") if impeded else _("does not decide here: %(why)s")
    return Seat(scene.who(member), words % {"why": lower_first(reason)}, "impeded")


def _vacant() -> Seat:
    return Seat(_("Empty seat"), _("nobody is appointed to it"), "vacant")


def _named(scene: Scene, member: str) -> Seat:
    return Seat(scene.who(member), _("named for this sitting"), "open")


def _sentence(scene: Scene, s: SittingState, body: Body) -> str:
    n = len(s.present)
    if s.state == "set":
        return _("The sitting is set, and not open yet.")
    counted = ngettext("%(n)s present", "%(n)s present", n) % {"n": n}
    if n >= body.sits_with:
        return _("%(counted)s: enough to decide.") % {"counted": counted}
    if _fewer_may(scene, s, body):
        return _("%(counted)s, the others cannot sit: enough to decide.") % {"counted": counted}
    if s.vacant and _vacancy(scene, body) is None:
        return _("%(counted)s. Whether an empty seat counts is not entered for this site yet.") % {
            "counted": counted
        }
    return _("%(counted)s: too few to decide. Preparing goes on.") % {"counted": counted}


def _fewer_may(scene: Scene, s: SittingState, body: Body) -> bool:
    """Enough for the fewer that the law allows: everybody else cannot sit, and empty seats only count where
    a setting says so.
    """
    empty = s.vacant if _vacancy(scene, body) else 0
    least = body.fewer.number if body.fewer else body.sits_with
    return (
        len(s.present) >= least and len(s.present) + len({*s.impeded, *s.recused}) + empty >= body.sits_with
    )


def _vacancy(scene: Scene, body: Body) -> bool | None:
    """Does an empty seat count as one that cannot sit? None while the site has not entered it."""
    if body.fewer is None:
        return False
    held = body.fewer.vacancy
    found = scene.settings.get(held.name) if isinstance(held, SettingRef) else held
    return found if isinstance(found, bool) else None


def vote_words(vote: str) -> str:
    """How somebody voted."""
    return {"for": _("for"), "against": _("against"), "abstain": _("abstained")}.get(vote, vote)


def too_few(scene: Scene, s: SittingState, body: Body) -> str:
    """The sentence of a sitting that cannot decide, '' if it can."""
    enough = len(s.present) >= body.sits_with or _fewer_may(scene, s, body)
    return "" if enough else _sentence(scene, s, body)


def _casting(s: SittingState, body: Body) -> str:
    casts = body.fewer is not None and body.fewer.casting_vote and len(s.present) < body.sits_with
    return _("If they differ, the chair’s vote counts.") if casts and s.chair in s.present else ""


def no_sitting(scene: Scene, body: str, href: str) -> Quorum:
    """A body's page without an open sitting: preparing is possible, deciding is not."""
    b = scene.pathway.bodies[body]
    rest = _("Everything here can be prepared; it is decided in a sitting.")
    return Quorum((), _("No sitting is open."), rest, scene.cite(b.basis), href)
