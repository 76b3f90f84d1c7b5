"""Above every text box: who will read it. Asked of the lens, role by role, before anything is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from amparo.desk.context import Audience
from amparo.desk.words import listed, lower_first, role_title
from amparo.lens import Viewer, door_seen, scope
from amparo.lens.sight import body_of, fact_granted, is_person, sees, step_named, support_seen
from amparo.pathways.model import Pathway

Question = Callable[[str], bool]


def of_fact(pathway: Pathway, door: str, fact: str) -> Audience:
    """Readers of a fact's words: those to whom the definition grants it."""
    return _line(pathway, door, lambda role: fact_granted(pathway, role, fact))


def of_reasons(pathway: Pathway, door: str, step: str) -> Audience:
    """Readers of the deciders' reasons: the person, and whoever reads the step and its letters."""
    return _line(
        pathway, door, lambda role: _reads_step(pathway, role, step) and _reads_letters(pathway, role)
    )


def of_dissent(pathway: Pathway, door: str, step: str) -> Audience:
    """Readers of a vote and its dissent: the body, whoever reads every step, and the person with the minutes."""
    return _line(pathway, door, lambda role: is_person(pathway, role) or _reads_votes(pathway, role, step))


def of_step(pathway: Pathway, door: str, step: str) -> Audience:
    """Readers of a whole page: who may read that this step was taken."""
    line = _line(pathway, door, lambda role: _reads_step(pathway, role, step))
    return Audience(line.read_by, line.not_by, page=True)


def of_support(pathway: Pathway, door: str, chosen: Iterable[str] = (), to: str = "") -> Audience:
    """Readers of a need, an offer or a referral: roles that see all support, who was chosen, and its recipient."""
    picked = tuple(chosen)
    anyone = Viewer("", "", ())
    return _line(
        pathway,
        door,
        lambda role: role == to or support_seen(pathway, anyone._replace(role=role), "-", picked),
    )


def of_routine(pathway: Pathway, door: str) -> Audience:
    """Readers of the office's own notes: roles that read every step, and the person."""
    return _line(pathway, door, lambda role: is_person(pathway, role) or _steps_all(pathway, role))


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


def _line(pathway: Pathway, door: str, reads: Question) -> Audience:
    """Roles that open cases of this door at all, parted by the answer; who opens none stands under *not by*."""
    asked = [
        (role, _opens(pathway, role, door) and reads(role))
        for role in pathway.roles
        if _counts(pathway, role)
    ]
    yes = [lower_first(role_title(pathway, role)) for role, answer in asked if answer]
    no = [lower_first(role_title(pathway, role)) for role, answer in asked if not answer]
    return Audience(listed([_("you"), *yes]), listed(no))


def _counts(pathway: Pathway, role: str) -> bool:
    """Roles that look into cases at all. A register or an office that is only told things is not named."""
    return is_person(pathway, role) or sees(pathway, role) is not None


def _opens(pathway: Pathway, role: str, door: str) -> bool:
    return is_person(pathway, role) or (
        scope(pathway, role) != "none" and (not door or door_seen(pathway, role, door))
    )
