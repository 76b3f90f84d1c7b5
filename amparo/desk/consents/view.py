"""Consents: to whom, about what, for what, until when; taken back place by place. A no stands beside the yes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases.model import Consent
from amparo.cases.requests.base import STAFF
from amparo.cases.requests.consents import SPEAK_FOR_ONESELF
from amparo.desk import acts, offices
from amparo.desk.acts import CaseDesk, Sent
from amparo.desk.asking import line
from amparo.desk.consents import said
from amparo.desk.consents.context import ListPage, Place, Row
from amparo.desk.context import Form, Link
from amparo.desk.ids import unique
from amparo.desk.line import first_line
from amparo.desk.pages import staff_page
from amparo.desk.scene import Scene, capital
from amparo.desk.typed import one
from amparo.desk.words import code_title, lower_first, pick, role_title
from amparo.ledger import book
from amparo.lens import Shown

NEEDS = "vocabulary/needs"


@staff_page
def consents(request: HttpRequest, case_id: str) -> HttpResponse:
    """Who may know something today, and what can be asked."""
    desk = acts.for_helpers(acts.open_case(request, case_id, "consents"))
    sent = _press(desk, request.POST.get("then", "")) if request.method == "POST" else acts.NOTHING_SENT
    if sent.done:
        return acts.go_on(request, desk, "consents")
    return render(request, "consents/page.html", {"page": unique(page(desk, sent))})


def _press(desk: CaseDesk, then: str) -> Sent:
    if not any(c.id == one(desk.typed, "id") for c in desk.seen.view.consents):
        return acts.NOTHING_SENT
    if then == "withdraw":
        return acts.send(
            desk, "consent", {"do": "withdraw", "id": one(desk.typed, "id")}, "consent withdrawn"
        )
    if then == "receipt":
        came = {"do": "receipt", "id": one(desk.typed, "id"), "receipt": one(desk.typed, "receipt")}
        return acts.send(desk, "consent", came, "receipt of a withdrawal")
    return acts.NOTHING_SENT


def may_ask(scene: Scene) -> bool:
    """May this role write down a yes, or take one back?"""
    return scene.pathway.roles[scene.role].is_ in (*STAFF, *SPEAK_FOR_ONESELF)


# ------------------------------------------------------------------------------------------------ the page
def page(desk: CaseDesk, sent: Sent = acts.NOTHING_SENT) -> ListPage:
    """Live ones first, then those taken back, with each place; what has ended is folded away."""
    scene = desk.scene
    found = desk.seen.view.consents
    shown = book.opened(desk.here.account, desk.case, role=scene.role).given
    rows = {c.id: row(desk, c, shown.get(c.id, ())) for c in found}
    ordered = sorted(
        found, key=lambda c: (("live", "withdrawn", "expired", "ended").index(rows[c.id].state), -c.given)
    )
    open_ = tuple(rows[c.id] for c in ordered if rows[c.id].state in ("live", "withdrawn"))
    over = tuple(rows[c.id] for c in ordered if rows[c.id].state not in ("live", "withdrawn"))
    return ListPage(
        first_line(scene),
        _("Who may know something today"),
        _sum(rows.values()),
        open_,
        over,
        _("%(n)s that has run out or ended") % {"n": len(over)},
        _("Nobody knows anything on the strength of a consent."),
        tuple(_kinds(desk)) if may_ask(scene) else (),
        reverse("consents", args=[desk.case]),
        acts.new_key(),
        str(desk.seen.view.seq),
        reverse("case", args=[desk.case]),
        sent.refusals,
    )


def _sum(rows: Iterable[Row]) -> str:
    """`2 live + 1 taken back + 2 ended = 5`."""
    by = Counter(r.state for r in rows)
    words = {
        "live": _("%(n)s live"),
        "withdrawn": _("%(n)s taken back"),
        "ended": _("%(n)s ended"),
        "expired": _("%(n)s run out"),
    }
    parts = [words[k] % {"n": by[k]} for k in words if by[k]]
    return f"{' + '.join(parts)} = {sum(by.values())}" if len(parts) > 1 else "".join(parts)


def _kinds(desk: CaseDesk) -> Iterable[tuple[Link, str]]:
    for name, kind in said.kinds_here(desk.scene).items():
        note = _("For: %(purpose)s.") % {"purpose": lower_first(pick(kind.purpose)).rstrip(".")}
        note = f"{note} {_('On its own: joined to no other consent.')}" if kind.alone else note
        yield Link(pick(kind.title, name), reverse("consent", args=[desk.case, name])), note


def state(c: Consent, now: int) -> str:
    """live, withdrawn, ended (by what it was given for) or expired (by its day)."""
    if c.holds(now):
        return "live"
    if c.how == "withdrawn":
        return "withdrawn"
    return "expired" if c.until is not None and (c.ended is None or c.ended >= c.until) else "ended"


def row(desk: CaseDesk, c: Consent, shown: tuple[Shown, ...] = ()) -> Row:
    """One consent as it stands."""
    scene = desk.scene
    kind = scene.pathway.consents[c.kind]
    now = scene.clock.now
    how = state(c, now)
    back = None
    if how == "live" and may_ask(scene):
        back = Link(_("Take back"), reverse("consent_back", args=[desk.case, book.item(c.id)]), "plain")
    taken = how == "withdrawn"
    return Row(
        pick(kind.title, c.kind),
        said.to_words(scene, c.to),
        capital(said.about_words(scene, c.about)),
        _("Sees by it, and nothing more: %(what)s") % {"what": said.opened_words(scene, shown)}
        if shown
        else "",
        pick(kind.purpose),
        scene.clock.when(c.given),
        said.lasts_words(scene, kind, c.until),
        how,
        _state_words(scene, c, how),
        back,
        scene.cite(kind.basis),
        _stopped(scene, c) if taken and kind.on_withdrawal else "",
        places(desk, c) if taken and may_ask(scene) else (),
        _receipt(scene, c) if may_ask(scene) and said.awaited(c, kind) else None,
    )


def _state_words(scene: Scene, c: Consent, how: str) -> str:
    at = (
        scene.clock.when(c.ended)
        if c.ended is not None
        else scene.clock.due(c.until)
        if c.until is not None
        else ""
    )
    words = {
        "live": _("Live"),
        "withdrawn": _("Taken back %(when)s"),
        "ended": _("Ended %(when)s"),
        "expired": _("Ran out %(when)s"),
    }[how]
    return words % {"when": at} if how != "live" else words


def _stopped(scene: Scene, c: Consent) -> str:
    at = scene.clock.when(c.ended or c.given)
    if c.receipt is None:
        due = scene.view.told_by.get(c.id) if scene.view is not None else None
        by = _("They are to be told by %(when)s.") % {"when": scene.clock.due(due)} if due is not None else ""
        waits = _("Sharing stopped %(when)s. Who was told has not confirmed yet.") % {"when": at}
        return " ".join(x for x in (waits, by) if x)
    return _("Sharing stopped %(when)s. Confirmed by who was told, %(came)s.") % {
        "when": at, "came": scene.clock.when(c.receipt),
    }  # fmt: skip


def _receipt(scene: Scene, c: Consent) -> Form:
    rows = (line(scene, "receipt", _("Number or date of the receipt"), _("may be left out")),)
    title = _("They were told, and confirm it")
    return Form("receipt", title, _("Write it down"), rows, "go", hidden=(("id", c.id),))


# ------------------------------------------------------------------------------------------------ where it lies
def places(desk: CaseDesk, c: Consent) -> tuple[Place, ...]:
    """Each place at the recipient where something lies, with its task; the recipient confirms for all of them."""
    scene = desk.scene
    found = book.lies(desk.here.account, desk.case, c.id, role=scene.role)
    whose = _whose(scene, c)
    office = Place(
        said.to_words(scene, c.to),
        _("since %(when)s") % {"when": scene.clock.when(c.given)},
        _("Is told that it was taken back, and confirms it"),
        whose,
        scene.clock.when(c.receipt) if c.receipt is not None else "",
        "check" if c.receipt is not None else "",
    )
    return (office, *(_place(scene, lie, whose, c) for lie in found))


def _place(scene: Scene, lie: book.Lies, whose: str, c: Consent) -> Place:
    often = _(", %(n)s times") % {"n": lie.times} if lie.times > 1 else ""
    since = scene.clock.when(lie.at) + often
    by_itself = _("Done by itself")
    stopped = scene.clock.when(c.ended) if c.ended is not None else ""
    closed = ("check" if stopped else "", stopped)
    if lie.what == "page":
        who = _("%(who)s, who opened the page") % {"who": scene.who(lie.name)}
        return Place(who, since, _("The page is closed"), by_itself, closed[1], closed[0])
    if lie.what == "list":
        who = _("A list that %(who)s opened") % {"who": scene.who(lie.name)}
        return Place(who, since, _("The line is gone from it"), by_itself, closed[1], closed[0])
    if lie.what == "notice":
        title = pick(scene.pathway.notices[lie.name].title, lie.name)
        return Place(
            _("Sent: %(what)s") % {"what": lower_first(title)}, since, _("Taken out of use there"), whose, ""
        )
    kind = lower_first(code_title(scene.pathway, NEEDS, lie.name))
    what = _("A referral: %(kind)s") % {"kind": kind}
    return Place(what, since, _("Its link is dead; the text is put out of use there"), whose, "")


def _whose(scene: Scene, c: Consent) -> str:
    """Whose task it is to tell them: the person who has the role in this case, else the role."""
    task = scene.pathway.consents[c.kind].on_withdrawal
    role = task.task if task is not None else scene.role
    who = dict(scene.view.assigned).get(role, "") if scene.view is not None else ""
    return scene.who(who, role) if who else capital(role_title(scene.pathway, role))


def offices_of(desk: CaseDesk, roles: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """To whom a consent can be given: the offices of these roles, and roles of the programme's own people."""
    scene = desk.scene
    outside = ("provider", "authority", "register")
    named = [(o.pk, o.name) for o in offices.of_roles(desk.seen.site, roles, scene.clock.now, scene.d.zone)]
    have = {o.role for o in offices.of_roles(desk.seen.site, roles, scene.clock.now, scene.d.zone)}
    own = [r for r in roles if r not in have and scene.pathway.roles[r].is_ not in outside]
    return (*named, *((r, role_title(scene.pathway, r)) for r in own))
