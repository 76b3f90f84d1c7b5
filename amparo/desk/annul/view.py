"""Taking back: entries newest first. The newest can be taken back while it has reached nobody; every other
says why not.
"""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.desk import acts, audience, refusals
from amparo.desk.acts import CaseDesk
from amparo.desk.asking import words
from amparo.desk.context import ActsPage, Form, Pair, RefusalLines, Section
from amparo.desk.ids import unique
from amparo.desk.line import first_line
from amparo.desk.pages import staff_page
from amparo.desk.typed import one
from amparo.desk.words import pick
from amparo.ledger import book


@staff_page
def annul(request: HttpRequest, case_id: str) -> HttpResponse:
    """The steps of a case, newest first."""
    desk = acts.for_the_office(acts.open_case(request, case_id, "annul"))
    refused: tuple[RefusalLines, ...] = ()
    if request.method == "POST":
        seq = one(desk.typed, "seq")
        args = {"seq": int(seq) if seq.isdigit() else 0, "reason": one(desk.typed, "reason"), "basis": ""}
        sent = acts.send(desk, "annul", args, "annul")
        if sent.done:
            messages.success(request, _("Taken back. It stays readable, struck through, with your reason."))
            return HttpResponseRedirect(reverse("case", args=[case_id]))
        refused = sent.refusals
    return render(request, "desk/acts.html", {"page": unique(page(desk, refused))})


def page(desk: CaseDesk, refused: tuple[RefusalLines, ...] = ()) -> ActsPage:
    """Each step with its form, or with what stands against taking it back."""
    found = book.entries(desk.here.account, desk.case, role=desk.scene.role)
    lead = _("Only the newest can be taken back, by who wrote it, while it has reached nobody.")
    return ActsPage(
        first_line(desk.scene),
        _("Take back an entry"),
        reverse("annul", args=[desk.case]),
        acts.new_key(),
        str(desk.seen.view.seq),
        lead,
        tuple(_section(desk, t) for t in found if not t.entry.annulled),
        refusals=refused,
        back=reverse("case", args=[desk.case]),
    )


def _section(desk: CaseDesk, t: book.Takeable) -> Section:
    scene, e = desk.scene, t.entry
    note = f"{scene.clock.when(e.at)}, {scene.who(e.who, e.role)} · " + scene.entry(e.seq)
    if t.against:
        lines = refusals.lines(scene, t.against[0])
        return Section(pick(e.words), note, (Pair(_("Cannot be taken back"), lines.why, lines.instead),))
    readers = replace(audience.of_routine(scene), page=False)
    row = words(scene, "reason", _("Why it is taken back"), readers)
    form = Form("write", _("Take this back"), _("Take it back"), (row,), "", hidden=(("seq", str(e.seq)),))
    return Section(pick(e.words), note, forms=(form,))
