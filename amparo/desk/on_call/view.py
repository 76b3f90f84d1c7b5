"""Who is on call: said to everybody of the programme, entered by who runs the place."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.desk.asking import INSTANT, line, of_type, pick_one
from amparo.desk.context import Fault, Form
from amparo.desk.ids import unique
from amparo.desk.on_call import rota
from amparo.desk.on_call.context import OnCallPage, RotaOf
from amparo.desk.pages import staff_page, typed_of
from amparo.desk.reading import answer
from amparo.desk.site.view import may_enter, scene_of_site
from amparo.desk.typed import Typed, Wrong, field_id, one
from amparo.desk.where import Here, here
from amparo.desk.words import role_title
from amparo.errors import NotPermitted
from amparo.lens.sight import is_person
from amparo.pathways import calendar
from amparo.people import staff
from amparo.people.models import Account, OnCall

NOBODY = "nobody"


@staff_page
def on_call(request: HttpRequest) -> HttpResponse:
    """Who is on call for each role that can be called, now and next."""
    at = here(request)
    if not rota.roles(at.pathway) or is_person(at.pathway, at.role):
        raise NotPermitted("on call")
    typed: Typed = {}
    fault: tuple[Fault, ...] = ()
    if request.method == "POST":
        typed = typed_of(request.POST)
        found = enter(at, typed)
        if found is None:
            messages.success(request, _("Entered."))
            return HttpResponseRedirect(reverse("on_call"))
        fault = (found,)
    return render(request, "on_call/page.html", {"page": unique(page(at, typed, fault))})


def page(at: Here, typed: Typed, faults: tuple[Fault, ...] = ()) -> OnCallPage:
    """Each role with its turns."""
    rotas = tuple(_rota(at, role, typed) for role in rota.roles(at.pathway))
    title = _("One thing before it can be written") if faults else ""
    return OnCallPage(rotas, reverse("on_call"), faults, title)


def _rota(at: Here, role: str, typed: Typed) -> RotaOf:
    turns = rota.turns(at, role)
    form = _form(at, role, typed, bool(turns)) if may_enter(at) else None
    return RotaOf(role, role_title(at.pathway, role), turns, form)


def _form(at: Here, role: str, typed: Typed, named: bool) -> Form:
    scene = scene_of_site(at, typed)
    options = [(who.pk, who.name) for who in _workers(at, role)]
    rows = (
        pick_one(scene, f"who.{role}", _("Who"), [*options, (NOBODY, _("Nobody"))]),
        line(scene, f"phone.{role}", _("Phone"), _("where they are reached at once")),
        of_type(scene, INSTANT, f"from.{role}", _("From"), _("empty: from now on")),
        of_type(scene, INSTANT, f"until.{role}", _("Until"), _("empty: until the next turn begins")),
    )
    shut = named and one(typed, "role") != role
    return Form("call", _("Add a turn"), _("Enter it"), rows, hidden=(("role", role),), shut=shut)


def _workers(at: Here, role: str) -> tuple[Account, ...]:
    return staff.holders(at.site, at.post.programme, role, calendar.day_of(at.now, at.zone))


# ------------------------------------------------------------------------------------------------ entering
def enter(at: Here, typed: Typed) -> Fault | None:
    """Write the turn; what is to be mended, if it cannot be. Raises `NotPermitted`."""
    role = one(typed, "role")
    if not may_enter(at) or role not in rota.roles(at.pathway):
        raise NotPermitted("on call")
    who = one(typed, f"who.{role}")
    if who != NOBODY and who not in {worker.pk for worker in _workers(at, role)}:
        return Fault(field_id(f"who.{role}"), _("Choose who is on call, or nobody"))
    try:
        begin = answer(at.drawing, INSTANT, f"from.{role}", typed) or at.now
        end = answer(at.drawing, INSTANT, f"until.{role}", typed)
    except Wrong as wrong:
        return Fault(wrong.field, str(wrong))
    if end is not None and end <= begin:
        return Fault(field_id(f"until.{role}"), _("The turn ends before it begins: change one of the two"))
    _write(at, role, "" if who == NOBODY else who, one(typed, f"phone.{role}")[:60], begin, end)
    return None


def _write(at: Here, role: str, who: str, phone: str, begin: int, end: int | None) -> None:
    """The turn; where it has an end, whoever was to be on call then comes after it, else nobody."""
    after = staff.on_call(at.site, at.post.programme, role, end) if end is not None else None
    if end is not None:
        account = after.account_id if after is not None else None
        _row(at, role, account or "", after.phone if after is not None else "", end)
    _row(at, role, who, phone if who else "", begin)


def _row(at: Here, role: str, who: str, phone: str, begin: int) -> None:
    OnCall.objects.create(
        site=at.post.site,
        programme=at.post.programme,
        role=role,
        account_id=who or None,
        phone=phone,
        at=begin,
        by=at.account,
    )
