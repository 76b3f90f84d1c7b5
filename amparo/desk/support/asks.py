"""What may be written anew: a need, advice, an offer, a referral, each with its form."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amparo.desk import audience, offices
from amparo.desk.acts import CaseDesk
from amparo.desk.asking import line, pick_one, pick_some, words
from amparo.desk.context import Audience, Form, Row
from amparo.desk.scene import Scene
from amparo.desk.support import refer as sending
from amparo.desk.typed import one
from amparo.desk.words import code_title, pick, role_title
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
    refer = scene.pathway.support.get("refer")
    if refer is not None and scene.role in refer.by:
        yield Form(
            "read_refer",
            _("Refer to a service"),
            _("Read it back"),
            tuple(_refer_rows(desk, refer)),
            "go",
            _("Each service gets its own text, agreed with the person, and answers by itself."),
            shut=one(scene.typed, "then") != "read_refer",
        )


def _kinds(scene: Scene, s: Support) -> tuple[tuple[str, str], ...]:
    codes = s.kinds or tuple(scene.pathway.shared.get(NEEDS, {}))
    return tuple((c, code_title(scene.pathway, NEEDS, c)) for c in codes)


def _rows(desk: CaseDesk, verb: str, s: Support) -> Iterable[Row]:
    scene = desk.scene
    yield pick_one(scene, "kind", _("About what"), _kinds(scene, s))
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


def _told_to(desk: CaseDesk) -> Audience:
    """Readers of a referral's text: with the service that was chosen, or *the service chosen* before."""
    to, roles = sending.office(desk), sending.roles(desk)
    if to is None:
        return audience.of_referral(desk.scene, roles, "", _("the service that is chosen, and no other"))
    return audience.of_referral(desk.scene, roles, to.role, to.name)


def _refer_rows(desk: CaseDesk, refer: Support) -> Iterable[Row]:
    scene = desk.scene
    roles = sending.roles(desk)
    found = offices.of_roles(desk.seen.site, roles, scene.clock.now, scene.d.zone)
    yield pick_one(scene, "kind", _("For what"), _kinds(scene, refer))
    yield pick_one(
        scene, "to", _("To which service"), tuple((o.pk, o.name) for o in found), _("the person chooses")
    )
    yield words(
        scene,
        "says",
        _("What they are told, word for word"),
        _told_to(desk),
    )
    if refer.consents:
        kinds = tuple((k, pick(scene.pathway.consents[k].title, k)) for k in refer.consents)
        yield pick_one(scene, "consent", _("Under which consent"), kinds)
        yield pick_one(
            scene,
            "yes",
            _("The person says yes to this text and this service"),
            (("yes", _("Yes")), ("no", _("No"))),
            _("asked by itself; a no ends it there"),
        )
        yield line(
            scene, "signature", _("How it was signed"), _("paper, with its number; or said, and who heard it")
        )
