"""Taking a case: one press in the list or the file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amparo.desk import acts
from amparo.desk.pages import plain_page, staff_page
from amparo.desk.typed import one
from amparo.ledger import book


@require_POST
@staff_page
def assign(request: HttpRequest, case_id: str) -> HttpResponse:
    """Whoever presses has the case in their role; or `who`, in the role named."""
    desk = acts.open_case(request, case_id, "assign")
    named = {k: one(desk.typed, k) for k in ("role", "who") if one(desk.typed, k)}
    owner = desk.scene.pathway.stages[desk.seen.view.stage].owner if desk.seen.view.stage else ""
    sent = acts.send(
        desk, "assign", {"role": owner if owner == desk.scene.role else desk.scene.role, **named}, "assign"
    )
    if sent.done is None:
        return plain_page(request, sent.refusals[0], 409)
    messages.success(request, _("%(case)s is yours.") % {"case": book.number(case_id)})
    return HttpResponseRedirect(reverse("case", args=[case_id]))
