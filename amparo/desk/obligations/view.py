"""What was agreed, item by item: progress, waiting on whom, done, varied, waived. Who waits on a service
breaks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases.model import Nothing_, Obligation
from amparo.desk import acts, audience
from amparo.desk.acts import CaseDesk, Sent
from amparo.desk.asking import DATE, line, of_type, pick_one, words
from amparo.desk.context import ActsPage, Control, Form, Option, Pair, RefusalLines, Row, Section
from amparo.desk.drawing import control
from amparo.desk.line import first_line
from amparo.desk.pages import staff_page
from amparo.desk.reading import answer
from amparo.desk.scene import Scene, capital
from amparo.desk.times import TimeLeft
from amparo.desk.typed import Wrong, field_id, one
from amparo.desk.words import pick
from amparo.pathways.model import ObligationKind

OVER = ("met", "waived", "breached", "ended")
COUNTED = ("count", "money")


@staff_page
def obligations(request: HttpRequest, case_id: str) -> HttpResponse:
    """Every item that this role reads."""
    desk = acts.open_case(request, case_id, "obligations")
    return acts.answered(request, desk, "obligations", _press, page)


def _press(desk: CaseDesk, then: str) -> Sent:
    found = next((o for o in desk.seen.view.obligations if o.id == one(desk.typed, "id")), None)
    if found is None:
        return Sent(None)
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


def _args(desk: CaseDesk, o: Obligation, then: str) -> dict[str, Any]:
    kind = desk.scene.pathway.obligations[o.kind]
    typed = desk.typed
    plain = {k: one(typed, k) for k in ("whose", "words", "evidence") if one(typed, k)}
    due = answer(desk.scene.d, DATE, "due", typed) if then == "varied" else None
    terms = {
        t: a
        for t, x in kind.terms.items()
        if then == "varied" and (a := answer(desk.scene.d, x.type, f"term.{t}", typed)) is not None
    }
    return {
        "id": o.id,
        "do": then,
        **plain,
        **_amount(desk, kind, then),
        **({"due": due} if due else {}),
        **({"terms": terms} if terms else {}),
        **({"facts": _facts(desk, kind)} if then == "breached" else {}),
    }


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
def page(desk: CaseDesk, refused: tuple[RefusalLines, ...] = ()) -> ActsPage:
    """Open items first."""
    ordered = sorted(desk.seen.view.obligations, key=lambda o: (o.state in OVER, o.due or 1 << 60))
    return ActsPage(
        first_line(desk.scene),
        _("What was agreed"),
        reverse("obligations", args=[desk.case]),
        acts.new_key(),
        str(desk.seen.view.seq),
        _("What waits on a service, an authority or on us is never the person’s breach."),
        tuple(section(desk, o) for o in ordered),
        refusals=refused,
        back=reverse("case", args=[desk.case]),
    )


def section(desk: CaseDesk, o: Obligation) -> Section:
    """One item with its terms, where it stands, and what can be written about it."""
    scene = desk.scene
    kind = scene.pathway.obligations[o.kind]
    terms = tuple(
        Pair(pick(t.title, n), scene.d.show(t.type, o.terms[n]))
        for n, t in kind.terms.items()
        if o.terms.get(n) is not None
    )
    words_ = str(next((e.get("words") for e in o.entries if e.get("words")), "") or "")
    pairs = (Pair(_("Stands"), state_words(scene, o)), *terms, *(_entry(scene, e) for e in o.entries))
    return Section(
        pick(kind.title, o.kind),
        _with(scene, kind),
        pairs,
        () if o.state in OVER else tuple(_forms(desk, o, kind)),
        _time(scene, o),
        words_,
        basis=scene.cite(kind.basis),
    )


def _with(scene: Scene, kind: ObligationKind) -> str:
    whose = {
        "person": scene.person(),
        "service": _("a service"),
        "authority": _("an authority"),
        "us": _("us"),
    }
    return _("With: %(who)s.") % {"who": whose[kind.with_]}


def _time(scene: Scene, o: Obligation) -> TimeLeft | None:
    if o.due is None or o.state in OVER:
        return None
    late = scene.clock.left(o.due)
    # What a person has not done yet is said in ink; brick is for what we or a service owe.
    ours = scene.pathway.obligations[o.kind].with_ != "person"
    return late if ours or late.mood != "late" else TimeLeft(capital(scene.clock.due(o.due)), late.left)


def state_words(scene: Scene, o: Obligation) -> str:
    """Where an item stands."""
    words_ = {
        "agreed": _("agreed"),
        "under_way": _("under way"),
        "waiting": _("waiting: ours, not the person’s"),
        "met": _("met"),
        "waived": _("no longer asked"),
        "breached": _("a breach was found"),
        "ended": _("ended"),
    }
    return words_[o.state]


def _entry(scene: Scene, e: Mapping[str, Any]) -> Pair:
    what = {
        "progressed": _("progress"),
        "waiting": _("waiting"),
        "met": _("met"),
        "varied": _("changed"),
        "waived": _("no longer asked"),
        "breached": _("breach"),
        "ended": _("ended"),
        "agreed": _("agreed"),
    }
    at = int(e.get("at", 0))
    said = str(e.get("words") or e.get("reasons") or "")
    return Pair(
        scene.clock.when(at) if at else "", what.get(str(e.get("what")), str(e.get("what", ""))), said
    )


def _forms(desk: CaseDesk, o: Obligation, kind: ObligationKind) -> Iterable[Form]:
    scene, hidden = desk.scene, (("id", o.id),)
    mine = (scene.role, *(b for b, x in scene.pathway.bodies.items() if scene.role in x.made_of))
    readers = audience.of_routine(scene)
    if scene.role in kind.verified_by:
        amounts = tuple(
            of_type(scene, t.type, f"amount.{n}", pick(t.title, n), _("done now"))
            for n, t in kind.terms.items()
            if t.type.kind in COUNTED
        )
        yield Form(
            "progress",
            _("Write down progress"),
            _("Write it down"),
            (*amounts, words(scene, "words", _("In words"), readers)),
            hidden=hidden,
        )
        yield Form(
            "met",
            _("It is met"),
            _("It is met"),
            (line(scene, "evidence", _("Shown by")),),
            "go",
            hidden=hidden,
        )
    if set(mine) & {*kind.verified_by, *kind.varied_by}:
        yield Form(
            "waiting",
            _("It waits on somebody"),
            _("It waits"),
            (pick_one(scene, "whose", _("On whom"), sides()),),
            hidden=hidden,
        )
    if set(mine) & set(kind.varied_by):
        yield Form(
            "varied",
            _("Change its terms"),
            _("Change it"),
            (*_new_terms(scene, kind), _reasons(scene)),
            hidden=hidden,
        )
        yield Form(
            "waived",
            _("No longer ask it"),
            _("No longer ask it"),
            (_reasons(scene), *_votes(desk, kind.varied_by)),
            hidden=hidden,
        )
    if kind.breach and set(mine) & set(kind.breach.by):
        yield Form(
            "breached",
            _("Was it broken?"),
            _("Find a breach"),
            _breach_rows(desk, kind),
            "ink",
            _("Whose fault, in a finding of its own; the person is heard; reasons are given."),
            hidden,
        )


def sides() -> tuple[tuple[str, str], ...]:
    """On whose side something waits."""
    return (
        ("service", _("a service")),
        ("authority", _("an authority")),
        ("us", _("us")),
        ("person", _("the person")),
    )


def _reasons(scene: Scene) -> Row:
    return words(scene, "reasons", _("Reasons"), audience.of_routine(scene))


def _new_terms(scene: Scene, kind: ObligationKind) -> tuple[Row, ...]:
    due = (of_type(scene, DATE, "due", _("By when")),) if kind.due is not None else ()
    return (*(of_type(scene, t.type, f"term.{n}", pick(t.title, n)) for n, t in kind.terms.items()), *due)


def _breach_rows(desk: CaseDesk, kind: ObligationKind) -> tuple[Row, ...]:
    assert kind.breach is not None
    scene = desk.scene
    facts = scene.pathway.facts
    asked = tuple(
        Row(
            control(scene.d, facts[f].type, f"fact.{f}", pick(facts[f].title, f), scene.typed),
            why=_("finding"),
        )
        for f in kind.breach.asks
    )
    heard = Control(
        "checks",
        "heard",
        field_id("heard"),
        _("Heard"),
        options=(
            Option(
                "yes",
                _("%(person)s had the last word") % {"person": capital(scene.person())},
                one(scene.typed, "heard") == "yes",
            ),
        ),
    )
    return (*asked, _reasons(scene), Row(heard), *_votes(desk, kind.breach.by))


def _votes(desk: CaseDesk, by: Iterable[str]) -> tuple[Row, ...]:
    """A vote for each member present, where a body decides."""
    s = desk.seen.view.sitting
    if s is None or s.state != "open" or s.body not in by:
        return ()
    options = (("for", _("For")), ("against", _("Against")), ("abstain", _("Abstains")))
    return tuple(pick_one(desk.scene, f"vote.{m}", desk.scene.who(m), options) for m in s.present)
