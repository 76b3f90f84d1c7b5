"""Who works on a case: each part that somebody can be given, who has it, and who else of the house could. Without it
a case that is opened here stays with whoever opened it, for those who see only what they were given see nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases.requests.base import STAFF
from amparo.desk import acts, audience
from amparo.desk.acts import CaseDesk, Sent
from amparo.desk.asking import pick_one, words
from amparo.desk.context import ActsPage, Form, Pair, RefusalLines, Row, Section
from amparo.desk.line import first_line
from amparo.desk.pages import staff_page
from amparo.desk.scene import Scene, capital
from amparo.desk.typed import one
from amparo.desk.words import role_title
from amparo.errors import NotPermitted
from amparo.lens.sight import reads_all
from amparo.pathways import calendar
from amparo.pathways.model import Pathway, Role
from amparo.people import staff

BENCH_AND_BAR = ("judge", "lawyer")
"""Platform roles that are given a case though they are no staff. No authority outside is: it is told by notices."""


def may_give(scene: Scene) -> bool:
    """May this role give somebody a part in the case: staff that reads the whole file?"""
    return reads_all(scene.pathway, scene.role) and scene.pathway.roles[scene.role].is_ in STAFF


@staff_page
def team(request: HttpRequest, case_id: str) -> HttpResponse:
    """The page, or what was pressed on it."""
    desk = acts.open_case(request, case_id, "case")
    if not may_give(desk.scene):
        raise NotPermitted(desk.case)
    return acts.answered(request, desk, "team", _press, page)


def _press(desk: CaseDesk, then: str) -> Sent:
    """One part, one name."""
    role = one(desk.typed, "role")
    if then == "end":
        return acts.send(desk, "unassign", {"role": role}, "unassign")
    who = one(desk.typed, "who")
    if not who:
        return Sent(None, (_nobody(),))
    return acts.send(desk, "assign", {"role": role, "who": who}, "assign", reasons=one(desk.typed, "reasons"))


def _nobody() -> RefusalLines:
    return RefusalLines(
        _("The case cannot be given yet."), _("Nobody is named."), _("Choose who is to have it.")
    )


def page(desk: CaseDesk, refused: tuple[RefusalLines, ...] = ()) -> ActsPage:
    """Each part in the order of the programme: those that nobody has stand open."""
    return ActsPage(
        first_line(desk.scene),
        _("Who works on it"),
        reverse("team", args=[desk.case]),
        acts.new_key(),
        str(desk.seen.view.seq),
        _("Who is given a part sees from now on what their role sees of it, and it stands in their list."),
        tuple(_sections(desk)),
        refusals=refused,
        back=reverse("case", args=[desk.case]),
    )


def parts(pathway: Pathway) -> tuple[str, ...]:
    """The roles in which a house gives somebody a case: those that see what they were given, and owners of a stage."""
    owners = {stage.owner for stage in pathway.stages.values()}
    given = {place.each for place in pathway.places.values()}
    chosen = (n for n, r in pathway.roles.items() if n in owners | given or _by_case(r))
    return tuple(n for n in chosen if _of_the_house(pathway, n))


def _by_case(role: Role) -> bool:
    return role.sees is not None and role.sees.cases == "assigned"


def _of_the_house(pathway: Pathway, name: str) -> bool:
    """Staff, bench and bar; and who works for the house from outside, unless they come in by a referral or a yes."""
    is_ = pathway.roles[name].is_
    if is_ in STAFF or is_ in BENCH_AND_BAR:
        return True
    by_yes = {to for kind in pathway.consents.values() for to in kind.to}
    by_referral = {who for rule in pathway.support.values() for who in rule.answered_by}
    acts = any(name in step.by and not step.opens for step in pathway.steps.values())
    return is_ == "provider" and acts and name not in by_yes | by_referral


def _sections(desk: CaseDesk) -> Iterable[Section]:
    """A part is there only if somebody holds its role at the site of the case."""
    scene, has = desk.scene, dict(desk.seen.view.assigned)
    day = calendar.day_of(scene.clock.now, scene.d.zone)
    for role in parts(scene.pathway):
        held = staff.holders(desk.seen.site, scene.pathway.id, role, day)
        named = [(a.pk, a.name) for a in held if a.pk != has.get(role)]
        if named or has.get(role):
            yield _section(desk, role, has.get(role, ""), named)


def _section(desk: CaseDesk, role: str, has: str, named: list[tuple[str, str]]) -> Section:
    scene = desk.scene
    title = capital(role_title(scene.pathway, role))
    who = (Pair(_("Has it"), scene.who(has)),) if has else ()
    forms = (_give(scene, role, named, shut=bool(has)), *((_end(role),) if has else ()))
    return Section(title, pairs=who, empty=_("Nobody has it."), forms=forms if named else forms[1:])


def _give(scene: Scene, role: str, named: list[tuple[str, str]], *, shut: bool) -> Form:
    held = scene.view is not None and any(p.each == role for p in scene.pathway.places.values())
    why = (
        words(
            scene, "reasons", _("If they carry as many as they may: the reason"), audience.of_routine(scene)
        ),
    )
    rows: tuple[Row, ...] = (pick_one(scene, "who", _("Who"), named), *(why if held else ()))
    title = _("Give it to somebody else") if shut else ""
    return Form("give", title, _("Give the case"), rows, "go", hidden=(("role", role),), shut=shut)


def _end(role: str) -> Form:
    return Form("end", _("Nobody any more"), _("Take it off"), hidden=(("role", role),))
