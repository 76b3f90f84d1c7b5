"""What was agreed, item by item: in whose words, who helps, by when, how we will know, where it stands. Who waits on a
service breaks nothing; a payment is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases.model import Nothing_, Obligation
from amparo.desk import acts
from amparo.desk.acts import CaseDesk, Sent
from amparo.desk.asking import DATE
from amparo.desk.context import Form, RefusalLines
from amparo.desk.ids import unique
from amparo.desk.line import first_line
from amparo.desk.obligations import totals
from amparo.desk.obligations.context import Goal, Item, PlanPage
from amparo.desk.obligations.forms import COUNTED, asks_yes
from amparo.desk.obligations.rows import row
from amparo.desk.obligations.terms import is_goal
from amparo.desk.pages import staff_page
from amparo.desk.reading import answer
from amparo.desk.scene import capital
from amparo.desk.typed import Wrong, field_id, one
from amparo.desk.words import lower_first, pick
from amparo.pathways.model import ObligationKind

DOES = ("progress", "reverse", "waiting", "met", "varied", "waived", "breached")


@staff_page
def obligations(request: HttpRequest, case_id: str) -> HttpResponse:
    """Every item that this role reads, or what one of its forms wrote."""
    desk = acts.open_case(request, case_id, "obligations")
    sent = acts.NOTHING_SENT
    then = request.POST.get("then", "")
    if request.method == "POST":
        sent = _press(desk, then)
        if sent.done:
            return acts.go_on(request, desk, "obligations")
    return render(request, "obligations/page.html", {"page": unique(page(desk, sent, then))})


# ------------------------------------------------------------------------------------------------ pressing
def _press(desk: CaseDesk, then: str) -> Sent:
    found = next((o for o in desk.seen.view.obligations if o.id == one(desk.typed, "id")), None)
    if found is None or then not in DOES:
        return acts.NOTHING_SENT
    lacks = _not_agreed(desk, found) if then == "varied" else None
    if lacks is not None:
        return Sent(None, (lacks,))
    try:
        args = _args(desk, found, then)
    except Wrong as wrong:
        return Sent(None, (RefusalLines(str(wrong), "", "", field=wrong.field),))
    votes = {n.removeprefix("vote."): one(desk.typed, n) for n in desk.typed if n.startswith("vote.")}
    return acts.send(
        desk,
        "oblige",
        args,
        f"obligation {then}",
        reasons=one(desk.typed, "reasons"),
        votes=votes,
        heard=one(desk.typed, "heard") == "yes",
    )


def _not_agreed(desk: CaseDesk, o: Obligation) -> RefusalLines | None:
    """A change is written with its reason and the person's yes to it; neither is taken from silence."""
    what = _("The change cannot be written yet.")
    if not one(desk.typed, "reasons"):
        return RefusalLines(
            what,
            _("No reason is given."),
            _("Say in a sentence what got in the way."),
            field=field_id("reasons"),
        )
    if not asks_yes(desk.scene, desk.scene.pathway.obligations[o.kind]) or one(desk.typed, "agreed") == "yes":
        return None
    why = {
        "no": _("The person said no to it. What was agreed stands, and nothing follows from the no."),
        "later": _("The person wants time. What was agreed stands until they have said yes."),
    }.get(one(desk.typed, "agreed"), _("The person’s yes to the change is not said."))
    return RefusalLines(
        what, why, _("Read the change aloud, ask, and write down the answer."), field=field_id("agreed")
    )


def _args(desk: CaseDesk, o: Obligation, then: str) -> dict[str, Any]:
    kind = desk.scene.pathway.obligations[o.kind]
    typed = desk.typed
    plain = {k: one(typed, k) for k in ("whose", "words", "evidence", "up_to") if one(typed, k)}
    return {
        "id": o.id,
        "do": then,
        **plain,
        **_amount(desk, kind, then),
        **(_change(desk, kind) if then == "varied" else {}),
        **({"facts": _facts(desk, kind)} if then == "breached" else {}),
        **({"entry": _entry(o, one(typed, "entry"))} if then == "reverse" else {}),
    }


def _change(desk: CaseDesk, kind: ObligationKind) -> dict[str, Any]:
    """The new day and the new terms, with the yes."""
    typed, d = desk.typed, desk.scene.d
    due = answer(d, DATE, "due", typed) or _quick_day(one(typed, "due.in"))
    terms = {t: a for t, x in kind.terms.items() if (a := answer(d, x.type, f"term.{t}", typed)) is not None}
    return {
        **({"due": due} if due else {}),
        **({"terms": terms} if terms else {}),
        **({"agreed": True} if one(typed, "agreed") == "yes" else {}),
    }


def _quick_day(text: str) -> str:
    """One of the days that were offered, '' if none was chosen."""
    try:
        return str(date.fromisoformat(text))
    except ValueError:
        return ""


def _entry(o: Obligation, n: str) -> int | None:
    """The place in the log of the item's n-th entry: a page counts within the item alone."""
    return int(o.entries[int(n)]["seq"]) if n.isdigit() and int(n) < len(o.entries) else None


def _amount(desk: CaseDesk, kind: ObligationKind, then: str) -> dict[str, Any]:
    """What was done towards a term that is counted."""
    if then != "progress":
        return {}
    for name, term in kind.terms.items():
        if (
            term.type.kind in COUNTED
            and (found := answer(desk.scene.d, term.type, f"amount.{name}", desk.typed)) is not None
        ):
            return {"term": name, "amount": found}
    return {}


def _facts(desk: CaseDesk, kind: ObligationKind) -> dict[str, Any]:
    facts = desk.scene.pathway.facts
    found = {
        f: answer(desk.scene.d, facts[f].type, f"fact.{f}", desk.typed)
        for f in (kind.breach.asks if kind.breach else ())
    }
    return {f: a for f, a in found.items() if a is not None and not isinstance(a, Nothing_)}


# ------------------------------------------------------------------------------------------------ the page
def page(desk: CaseDesk, sent: Sent = acts.NOTHING_SENT, then: str = "") -> PlanPage:
    """Goals in the person's own words first; then all that was agreed, in the order in which it was."""
    view = desk.seen.view
    return PlanPage(
        first_line(desk.scene),
        _("What was agreed"),
        totals.standing(desk.scene),
        tuple(_goals(desk, then, frozenset(r.field for r in sent.refusals if r.field))),
        _("Nothing is agreed so far."),
        totals.to_go(desk.scene),
        totals.sums(desk.scene),
        totals.readers_title(desk.scene),
        totals.readers(desk.scene),
        totals.adding(desk.scene),
        reverse("obligations", args=[desk.case]),
        acts.new_key(),
        str(view.seq),
        reverse("case", args=[desk.case]),
        sent.refusals,
        _("%(person)s: name and signature") % {"person": capital(desk.scene.person())},
    )


def _goals(desk: CaseDesk, then: str, fields: frozenset[str]) -> Iterable[Goal]:
    """Items under the goal whose words they carry out; goals of the same words share one heading."""
    scene = desk.scene
    by: dict[tuple[str, str], list[Obligation]] = {}
    for o in sorted(desk.seen.view.obligations, key=lambda o: o.at):
        goal = is_goal(scene.pathway.obligations[o.kind])
        words = str(o.terms.get("words") or "") if goal else ""
        by.setdefault((o.kind if goal else "", words), []).append(o)
    numbers = iter(range(1, len(desk.seen.view.obligations) + 1))
    for (kind, words), found in sorted(by.items(), key=lambda x: not x[0][0]):
        label = pick(scene.pathway.obligations[kind].title, kind) if kind else ""
        column = _("The next small step") if kind else _column(desk)
        yield Goal(label, words, column, tuple(_row(desk, next(numbers), o, then, fields) for o in found))


def _row(desk: CaseDesk, n: int, o: Obligation, then: str, fields: frozenset[str]) -> Item:
    """The row; what was typed stands in the form that was pressed, and in no other."""
    if not then or o.id != one(desk.typed, "id"):
        return row(acts.with_typed(desk, {}).scene, n, o)
    pressed, plain = row(desk.scene, n, o), row(acts.with_typed(desk, {}).scene, n, o)
    entry = ("entry", one(desk.typed, "entry"))
    forms = tuple(
        _opened(f, fields) if f.then == then else g for f, g in zip(pressed.forms, plain.forms, strict=True)
    )
    entries = tuple(
        replace(e, undo=_opened(e.undo, fields))
        if e.undo and then == "reverse" and entry in e.undo.hidden
        else g
        for e, g in zip(pressed.entries, plain.entries, strict=True)
    )
    return replace(plain, forms=forms, entries=entries)


def _opened(form: Form, fields: frozenset[str]) -> Form:
    """The form that was refused: open, its field marked."""
    rows = tuple(replace(r, lacking=r.control.id in fields) for r in form.rows)
    return replace(form, open=True, rows=rows)


def _column(desk: CaseDesk) -> str:
    called = desk.scene.called
    words = (
        _("What we agreed, and %(person)s’s words") % {"person": called} if called else _("What we agreed")
    )
    return capital(lower_first(words))
