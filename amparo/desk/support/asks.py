"""What may be written anew: a need, advice, an offer, a referral, each with its form."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amparo.desk import audience
from amparo.desk.acts import CaseDesk
from amparo.desk.asking import pick_one, pick_some, words
from amparo.desk.context import Form, Row
from amparo.desk.scene import Scene
from amparo.desk.words import code_title, role_title
from amparo.lens import scope
from amparo.pathways.model import Support

NEEDS = "vocabulary/needs"
HELPERS = (
    "provider",
    "case_worker",
    "clinician",
    "peer",
    "supporter",
    "lawyer",
    "coordinator",
    "clerk",
    "facilitator",
    "probation",
)
"""Kinds of role that a person may let read about help: never police, a court, or who decides."""


def forms(desk: CaseDesk) -> tuple[Form, ...]:
    """What this role may add, as the definition's support says."""
    return tuple(_forms(desk))


def _forms(desk: CaseDesk) -> Iterable[Form]:
    scene = desk.scene
    titles = {
        "note_need": _("Note what is wanted"),
        "give_advice": _("Write down advice given"),
        "offer_help": _("Write down help offered"),
    }
    for verb, title in titles.items():
        s = scene.pathway.support.get(verb)
        if s is not None and scene.role in s.by:
            yield Form(verb, title, _("Write it down"), tuple(_rows(desk, verb, s)), "")


def kinds(scene: Scene, s: Support) -> tuple[tuple[str, str], ...]:
    codes = s.kinds or tuple(scene.pathway.shared.get(NEEDS, {}))
    return tuple((c, code_title(scene.pathway, NEEDS, c)) for c in codes)


def _rows(desk: CaseDesk, verb: str, s: Support) -> Iterable[Row]:
    scene = desk.scene
    yield pick_one(scene, "kind", _("About what"), kinds(scene, s))
    yield words(
        scene,
        "words",
        _("In the person’s own words") if verb == "note_need" else _("In words"),
        audience.of_support(scene),
    )
    if verb == "offer_help":
        yield pick_one(
            scene,
            "answer",
            _("The person said"),
            (("yes", _("Yes")), ("later", _("Later")), ("no", _("No"))),
            _("a no ends there"),
        )
    yield _who_else(scene)


def _who_else(scene: Scene) -> Row:
    """Whom the person chooses beside those who read all support."""
    p = scene.pathway
    roles = tuple(
        (r, role_title(p, r))
        for r in p.roles
        if scope(p, r) != "none" and p.roles[r].is_ in HELPERS and not _reads_support(scene, r)
    )
    return pick_some(scene, "audience", _("Who else may read it"), roles, _("only if the person wants it"))


def _reads_support(scene: Scene, role: str) -> bool:
    grant = scene.pathway.roles[role].sees
    return grant is not None and grant.support == "all"
