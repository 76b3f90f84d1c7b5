"""Above every text box: who will read it. Asked of the lens, role by role, before anything is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from amparo.desk.context import Audience
from amparo.desk.scene import Scene
from amparo.desk.words import listed, lower_first, role_title
from amparo.lens import Viewer, door_seen, scope
from amparo.lens.sight import (
    body_of,
    fact_class,
    fact_granted,
    is_person,
    obligation_granted,
    sees,
    step_named,
    support_seen,
)
from amparo.pathways.model import Pathway

Question = Callable[[str], bool]


def of_fact(scene: Scene, fact: str) -> Audience:
    """Readers of a fact's words: those to whom the definition grants it."""
    return _line(scene, lambda role: fact_granted(scene.pathway, role, fact))


def of_reasons(scene: Scene, step: str) -> Audience:
    """Readers of the deciders' reasons: the person, and whoever reads the step and its letters."""
    p = scene.pathway
    return _line(scene, lambda role: _reads_step(p, role, step) and _reads_letters(p, role))


def of_dissent(scene: Scene, step: str) -> Audience:
    """Readers of a vote and its dissent: the body, whoever reads every step, and the person with the
    minutes.
    """
    p = scene.pathway
    return _line(scene, lambda role: is_person(p, role) or _reads_votes(p, role, step))


def of_step(scene: Scene, step: str, facts: Iterable[str] = ()) -> Audience:
    """Readers of a whole page: who may read that this step was taken, and each of the facts it tells. Who
    reads a part of it stands in neither list: each field says who reads it.
    """
    p, told = scene.pathway, tuple(facts)
    whole = _line(
        scene, lambda role: _reads_step(p, role, step) and all(fact_granted(p, role, f) for f in told)
    )
    part = _line(
        scene, lambda role: _reads_step(p, role, step) or any(fact_granted(p, role, f) for f in told)
    )
    return Audience(whole.read_by, part.not_by, page=True)


def said(audience: Audience) -> str:
    """The line in words, for a field that is no text box."""
    read = _("Will be read by: %(who)s.") % {"who": audience.read_by}
    return f"{read} {_('Not by: %(who)s.') % {'who': audience.not_by}}" if audience.not_by else read


def of_support(scene: Scene, chosen: Iterable[str] = (), to: str = "") -> Audience:
    """Readers of a need, an offer or a referral: roles that see all support, who was chosen, and its
    recipient.
    """
    picked = tuple(chosen)
    anyone = Viewer("", "", ())
    return _line(
        scene, lambda role: role == to or support_seen(scene.pathway, anyone._replace(role=role), "-", picked)
    )


def of_referral(scene: Scene, roles: Iterable[str], chosen: str, name: str) -> Audience:
    """Readers of a referral's text: who reads all support, and the one service, by name and role. While none is
    chosen (`chosen` is ''), the roles that could be are neither among readers nor among the others.
    """
    open_ = frozenset(() if chosen else roles)

    def seen(role: str) -> bool:
        return support_seen(scene.pathway, Viewer("", role, ()), "-", ())

    line = _line(scene, seen, open_ | {chosen})
    to = f"{name} ({lower_first(role_title(scene.pathway, chosen))})" if chosen else name
    return Audience(_("%(most)s; %(last)s") % {"most": line.read_by, "last": to}, line.not_by)


def of_routine(scene: Scene) -> Audience:
    """Readers of the office's own notes: roles that read every step, and the person."""
    p = scene.pathway
    return _line(scene, lambda role: is_person(p, role) or _steps_all(p, role))


def of_obligations(scene: Scene, kinds: Iterable[str]) -> Audience:
    """Readers of what was agreed: the person, and roles that read the stages it belongs to."""
    wanted = tuple(kinds)
    return _line(
        scene, lambda role: any(obligation_granted(scene.pathway, role, kind) for kind in wanted)
    )


def of_contact(scene: Scene) -> Audience:
    """Readers of how it was with the person: roles that read every step and how to reach somebody, and the person."""
    p = scene.pathway
    return _line(
        scene, lambda role: is_person(p, role) or (_steps_all(p, role) and fact_class(p, role, "contact"))
    )


def _reads_step(pathway: Pathway, role: str, step: str) -> bool:
    return step_named(pathway, Viewer("", role, ()), step)


def _reads_letters(pathway: Pathway, role: str) -> bool:
    grant = sees(pathway, role)
    return is_person(pathway, role) or (grant is not None and grant.letters == "all")


def _reads_votes(pathway: Pathway, role: str, step: str) -> bool:
    return _reads_step(pathway, role, step) and (body_of(pathway, role) != "" or _steps_all(pathway, role))


def _steps_all(pathway: Pathway, role: str) -> bool:
    grant = sees(pathway, role)
    return grant is not None and grant.steps == "all"


def _line(scene: Scene, reads: Question, apart: frozenset[str] = frozenset()) -> Audience:
    """Roles that open cases of this door at all, parted by the answer. Who writes reads it, whatever their
    role:
    so one's own role does not stand under *not by*."""
    p = scene.pathway
    asked = [(role, _opens(p, role, scene.door) and reads(role)) for role in p.roles if _counts(p, role)]
    yes = [_title(scene, role) for role, answer in asked if answer]
    no = [_title(scene, r) for r, answer in asked if not answer and r != scene.role and r not in apart]
    return Audience(listed([_("you"), *yes]), listed(no))


def _title(scene: Scene, role: str) -> str:
    if is_person(scene.pathway, role) and scene.called:
        return scene.called
    return lower_first(role_title(scene.pathway, role))


def _counts(pathway: Pathway, role: str) -> bool:
    """Roles that look into cases at all. A register or an office that is only told things is not named."""
    return is_person(pathway, role) or scope(pathway, role) != "none"


def _opens(pathway: Pathway, role: str, door: str) -> bool:
    return is_person(pathway, role) or not door or door_seen(pathway, role, door)
