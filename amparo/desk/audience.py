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
from amparo.pathways.model import Fact, Pathway

Question = Callable[[str], bool]


def of_fact(scene: Scene, fact: str) -> Audience:
    """Readers of a fact's words: those to whom the definition grants it. Who could still come to read it, by the
    person's yes or by telling it themselves, stands in neither list.
    """
    p = scene.pathway
    might = frozenset(role for role in p.roles if _might_read(p, role, (fact,)))
    return _line(scene, lambda role: fact_granted(p, role, fact), might)


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
    """Readers of a whole page: who may read that this step was taken, and each of the facts it tells. Who reads a
    part of it, whatever ties them to the case later, is named apart; each field says who reads it.
    """
    p, told = scene.pathway, tuple(facts)

    def whole(role: str) -> bool:
        return _reads_step(p, role, step) and all(fact_granted(p, role, f) for f in told)

    def some(role: str) -> bool:
        return _reads_step(p, role, step) or any(fact_granted(p, role, f) for f in told)

    might = (r for r in p.roles if some(r) or _might_read(p, r, told) or _keeps_own(p, r, p.steps[step].by))
    line = _line(scene, whole, frozenset(might))
    part = listed(_titles(scene, lambda role: _opens(scene, role) and some(role) and not whole(role)))
    return Audience(line.read_by, line.not_by, page=True, part=part)


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
    return _line(scene, lambda role: any(obligation_granted(scene.pathway, role, kind) for kind in wanted))


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


def _might_read(pathway: Pathway, role: str, facts: Iterable[str]) -> bool:
    """Could this role come to read one of these, though it is granted none: told by itself, or by a person's yes?"""
    known = ((name, pathway.facts[name]) for name in facts if name in pathway.facts)
    return any(
        _keeps_own(pathway, role, fact.from_) or _by_yes(pathway, role, name, fact) for name, fact in known
    )


def _keeps_own(pathway: Pathway, role: str, givers: Iterable[str]) -> bool:
    grant = sees(pathway, role)
    return grant is not None and grant.own and role in givers


def _by_yes(pathway: Pathway, role: str, name: str, fact: Fact) -> bool:
    grant = sees(pathway, role)
    kinds = (pathway.consents[kind] for kind in (grant.with_consent if grant else ()))
    return not fact.about and any(role in k.to and {name, fact.class_} & {*k.about} for k in kinds)


def _line(scene: Scene, reads: Question, apart: frozenset[str] = frozenset()) -> Audience:
    """Roles that open cases of this door at all, parted by the answer. Who writes reads it, whatever their
    role:
    so one's own role does not stand under *not by*."""

    def shut(role: str) -> bool:
        return role != scene.role and not (_opens(scene, role) and (role in apart or reads(role)))

    yes = _titles(scene, lambda role: _opens(scene, role) and reads(role))
    return Audience(listed([_("you"), *yes]), listed(_titles(scene, shut)))


def _titles(scene: Scene, asked: Question) -> list[str]:
    """The roles that look into cases and of which it is so, in the order of the programme."""
    p = scene.pathway
    return [_title(scene, role) for role in p.roles if _counts(p, role) and asked(role)]


def _title(scene: Scene, role: str) -> str:
    if is_person(scene.pathway, role) and scene.called:
        return scene.called
    return lower_first(role_title(scene.pathway, role))


def _counts(pathway: Pathway, role: str) -> bool:
    """Roles that look into cases at all. A register or an office that is only told things is not named."""
    return is_person(pathway, role) or scope(pathway, role) != "none"


def _opens(scene: Scene, role: str) -> bool:
    p, door = scene.pathway, scene.door
    return is_person(p, role) or not door or door_seen(p, role, door)
