"""Services of the site: what is free and how old that is. Whoever refers writes down what was told; a service itself
says it for itself alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.desk.asking import line
from amparo.desk.context import Fault, Form, Pair
from amparo.desk.ids import unique
from amparo.desk.pages import staff_page, typed_of
from amparo.desk.services import known, telling
from amparo.desk.services.context import Known, Service, ServicesPage
from amparo.desk.services.roles import may_open, refers, shown, told_within
from amparo.desk.site.view import may_enter, scene_of_site
from amparo.desk.typed import Typed, field_id, one
from amparo.desk.where import Here, here
from amparo.desk.words import code_title, listed
from amparo.errors import NotPermitted
from amparo.pathways import calendar
from amparo.people import services
from amparo.people.models import Office, Practice, SettingEntry

NEEDS = "vocabulary/needs"
LONGEST_LIMIT = 24 * 31
"""Hours."""


@staff_page
def services_page(request: HttpRequest) -> HttpResponse:
    """The list, or what one of its forms wrote. To roles that neither refer nor are referred to, it is not there."""
    at = here(request)
    if not may_open(at):
        raise NotPermitted("services")
    typed: Typed = {}
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        typed = {**typed_of(request.POST), "then": [request.POST.get("then", "")]}
        wrong = press(at, typed)
        if wrong is None:
            messages.success(request, _("Written down, with its hour."))
            return HttpResponseRedirect(reverse("services"))
        faults = (wrong,)
    return render(request, "services/page.html", {"page": unique(page(at, typed, faults))})


# ------------------------------------------------------------------------------------------------ writing
def press(at: Here, typed: Typed) -> Fault | None:
    """Write what one form says; what is to be mended. Raises `NotPermitted` for a service that is not theirs."""
    then = one(typed, "then")
    if then == "limit":
        return _write_limit(at, typed)
    office = next((o for o in shown(at) if o.pk == one(typed, "office")), None)
    if office is None:
        raise NotPermitted("services")
    if then == "practice":
        return telling.write_practice(office, typed, at.now, at.account)
    return telling.write_free(office, typed, f".{office.pk}", at.now, at.account)


def _write_limit(at: Here, typed: Typed) -> Fault | None:
    if not may_enter(at):
        raise NotPermitted("services")
    said, day = one(typed, "within").strip(), calendar.day_of(at.now, at.zone)
    if not said.isascii() or not said.isdigit() or not 0 < int(said) <= LONGEST_LIMIT:
        words = _("Write a number of hours, at most %(n)s") % {"n": LONGEST_LIMIT}
        return Fault(field_id("within"), words)
    SettingEntry.objects.create(
        site=at.post.site, programme=at.post.programme, name=services.TOLD_WITHIN, value=str(int(said)),
        from_day=day, source=at.account.name, source_date=day, by=at.account,
    )  # fmt: skip
    return None


# ------------------------------------------------------------------------------------------------ drawn
def page(at: Here, typed: Typed, faults: tuple[Fault, ...] = ()) -> ServicesPage:
    """Each service, whoever has free places first."""
    found, (hours, entered) = shown(at), told_within(at)
    told, held = known.of(found, at.clock, hours), services.practices(o.pk for o in found)
    rows = (_service(at, o, told[o.pk], held.get(o.pk), typed) for o in found)
    note = (
        _("A number that is older than %(n)s hours is not shown any more: ask.")
        if entered
        else _(
            "A number that is older than %(n)s hours is not shown any more: ask. The site has set no other limit."
        )
    )
    return ServicesPage(
        _("Your free places, and how you work") if not refers(at) else _("Services, and what is free"),
        note % {"n": hours},
        tuple(sorted(rows, key=lambda s: s.known.rank)),
        reverse("services"),
        (_limit_form(at, typed),) if may_enter(at) else (),
        faults,
        _("One thing before it can be written") if faults else "",
    )


def _limit_form(at: Here, typed: Typed) -> Form:
    row = line(scene_of_site(at, typed), "within", _("Hours"), _("for which a told number stands"))
    opened = one(typed, "then") == "limit"
    return Form("limit", _("Set for how long a number stands"), _("Enter it"), (row,), open=opened)


def _service(at: Here, office: Office, told: Known, held: Practice | None, typed: Typed) -> Service:
    scene = scene_of_site(at, typed)
    kinds = listed(code_title(at.pathway, NEEDS, kind) for kind in office.kinds)
    return Service(
        office.pk,
        office.name,
        " · ".join(x for x in (kinds, office.address) if x),
        office.phone,
        office.phone.replace(" ", ""),
        told,
        tuple(_pairs(told)),
        (
            telling.free_form(scene, office, own=not refers(at)),
            telling.practice_form(scene, office, held),
        ),
    )


def _pairs(told: Known) -> Iterable[Pair]:
    """Whom it takes, and whom not; what is not known is not said."""
    titles = known.takes()
    for label, wanted in ((_("Takes people"), True), (_("Takes nobody"), False)):
        found = [titles[code] for code, yes in told.takes if yes is wanted and code in titles]
        if found:
            yield Pair(label, listed(found))
