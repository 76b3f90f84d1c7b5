"""Taking a consent back: as near as giving it. What stops, each place where something lies, what cannot be undone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.desk import acts
from amparo.desk.acts import CaseDesk
from amparo.desk.consents import said, view
from amparo.desk.consents.context import TakePage
from amparo.desk.line import first_line
from amparo.desk.pages import staff_page
from amparo.errors import NotPermitted
from amparo.ledger import book


@staff_page
def back(request: HttpRequest, case_id: str, mark: str) -> HttpResponse:
    """The page on which it is taken back."""
    desk = acts.for_helpers(acts.open_case(request, case_id, "consents"))
    if not view.may_ask(desk.scene):
        raise NotPermitted(desk.case)
    return render(request, "consents/take.html", {"page": page(desk, book.item_of(mark) or "")})


def page(desk: CaseDesk, consent: str) -> TakePage:
    """Raises `NotPermitted` for a consent that is not live."""
    scene = desk.scene
    c = next((c for c in desk.seen.view.consents if c.id == consent and c.holds(scene.clock.now)), None)
    if c is None:
        raise NotPermitted(desk.case)
    return TakePage(
        first_line(scene),
        _("Take back the yes to %(whom)s?") % {"whom": said.to_words(scene, c.to)},
        _("It stops at once. Each place where something lies gets a task; who was told confirms it."),
        view.row(desk, c),
        view.places(desk, c),
        "",
        (
            _("Stays: what was read cannot be unread; it may be neither used nor passed on."),
            _("Taking back changes neither place, plan nor help: no step may follow from it."),
        ),
        _("Take it back"),
        c.id,
        reverse("consents", args=[desk.case]),
        acts.new_key(),
        str(desk.seen.view.seq),
        reverse("consents", args=[desk.case]),
    )
