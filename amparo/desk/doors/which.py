"""Which door? Over all the programmes of a site: what would be done without them, then one question a screen, always
the one that settles most, then a card a door. Everything goes from screen to screen in the form itself.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases.eligibility import Question, answered
from amparo.cases.model import Nothing_
from amparo.cases.next_question import following
from amparo.desk.context import Fault, Link, RefusalLines
from amparo.desk.doors import cards, counted, filled, gates, view
from amparo.desk.doors.context import Asking, CardsPage, OfferPage
from amparo.desk.doors.gates import Gate, Way
from amparo.desk.drawing import control
from amparo.desk.pages import staff_page, typed_of
from amparo.desk.reading import answer
from amparo.desk.said import said
from amparo.desk.typed import Typed, Wrong, field_id, one, spread
from amparo.desk.where import SESSION_POST, Here, here
from amparo.desk.words import listed, pick
from amparo.errors import NotPermitted

TAPPED = ("yes_no", "one_of")
FEW = 6
"""Answers that fit as buttons on one screen."""


@staff_page
def which(request: HttpRequest) -> HttpResponse:
    """One screen. Each button says with `then` what it is."""
    at = here(request)
    if not gates.gates(at):
        raise NotPermitted("which")
    if request.method != "POST":
        return _begin(request, at)
    then, typed = request.POST.get("then", ""), typed_of(request.POST)
    return PRESSES.get(then, _go_on)(request, at, typed)


def _begin(request: HttpRequest, at: Here) -> HttpResponse:
    """Before any door is shown: what would be done without them. Where nothing counts it, straight on."""
    typed: Typed = {"key": [secrets.token_hex(16)]}
    w = gates.way(at, typed)
    options = counted.first_options(w.gates)
    if not options:
        return _go_on(request, at, typed)
    lead = _(
        "One tap. For statistics only: it shows whether a new way reaches people who would have been left "
        "alone. It is not kept with this person, and nobody sees it as yours."
    )
    title = _("Without these options, what would you do now?")
    page = Asking("otherwise", _n(w), title, lead, "otherwise", gates.hidden(w), options)
    return _asked(request, page)


def _n(w: Way) -> str:
    return _("%(n)s of at most %(most)s") % {"n": gates.so_far(w) + 1, "most": gates.most(w.typed)}


def _asked(request: HttpRequest, page: Asking) -> HttpResponse:
    return render(request, "doors/asking.html", {"page": page})


# ------------------------------------------------------------------------------------------------ one question
def _go_on(request: HttpRequest, at: Here, typed: Typed) -> HttpResponse:
    """The next question, or the cards where nothing more is to be asked or enough was."""
    w = gates.way(at, typed)
    question = following(w.found, w.asked, w.answers, at.now, w.over)
    if question is None or gates.so_far(w) >= gates.most(typed):
        return _cards(request, w, at, question is not None)
    return _asked(request, _screen(at, w, question))


def _screen(at: Here, w: Way, q: Question, faults: tuple[Fault, ...] = ()) -> Asking:
    d, title = gates.drawing(at, q), pick(q.fact.title, q.name)
    drawn = control(d, q.fact.type, gates.field(q.id), title, w.typed)
    tapped = q.fact.type.kind in TAPPED and 0 < len(drawn.options) <= FEW
    return Asking(
        "tap" if tapped else "form",
        _n(w),
        title,
        "",
        "answer",
        (*gates.hidden(w, q.id), ("now", q.id)),
        drawn.options if tapped else (),
        replace(drawn, error=faults[0].words if faults else ""),
        _why(w, q),
        _aloud(at, w, q),
        bool(w.over),
        faults,
    )


def _aloud(at: Here, w: Way, q: Question) -> str:
    """What is read out when it is asked, as it stands at this site."""
    mine = next((gate.here.settings for gate in w.gates if gate.here.pathway is q.of[0]), {})
    return said(gates.drawing(at, q), mine, q.fact.say) if q.fact.say else ""


def _why(w: Way, q: Question) -> str:
    """For which programmes it is asked."""
    names = listed(dict.fromkeys(pick(p.title, p.id) for p in q.of))
    return _("Asked once for: %(programmes)s") % {"programmes": names}


def _otherwise(request: HttpRequest, at: Here, typed: Typed) -> HttpResponse:
    w = gates.way(at, typed)
    code = one(typed, "otherwise")
    if code in {o.value for o in counted.first_options(w.gates)}:
        counted.count_first(w.gates, code, one(typed, "key"))
    return _go_on(request, at, typed)


def _answer(request: HttpRequest, at: Here, typed: Typed) -> HttpResponse:
    """An answer typed or tapped. What is no answer comes back with what to do about it."""
    w = gates.way(at, typed)
    q = w.asked.get(one(typed, "now"))
    if q is None:
        return _go_on(request, at, typed)
    name = gates.field(q.id)
    try:
        found = answer(gates.drawing(at, q), q.fact.type, name, typed)
    except Wrong as wrong:
        return _asked(request, _screen(at, w, q, (Fault(wrong.field, str(wrong)),)))
    if found is None:
        words = _("Choose an answer, or say that you don’t know yet")
        return _asked(request, _screen(at, w, q, (Fault(field_id(name), words),)))
    return _go_on(request, at, _with(typed, q.id))


def _later(request: HttpRequest, at: Here, typed: Typed) -> HttpResponse:
    """*Don't know yet* is an answer; what was half typed goes."""
    id_ = one(typed, "now")
    name = gates.field(id_)
    kept = {k: v for k, v in typed.items() if k != name and not k.startswith(f"{name}.")}
    return _go_on(request, at, _with(kept, id_))


def _with(typed: Typed, id_: str) -> Typed:
    return {**typed, "asked": [*(x for x in typed.get("asked") or () if x != id_), id_]}


def _back(request: HttpRequest, at: Here, typed: Typed) -> HttpResponse:
    """The question before, as it was answered."""
    asked = list(typed.get("asked") or ())
    if not asked:
        return _begin(request, at)
    w = gates.way(at, {**typed, "asked": asked[:-1]})
    q = w.asked.get(asked[-1])
    return _go_on(request, at, typed) if q is None else _asked(request, _screen(at, w, q))


def _again(request: HttpRequest, at: Here, typed: Typed) -> HttpResponse:
    """Ask on."""
    return _go_on(request, at, {**typed, "most": [str(gates.most(typed) + gates.MOST)]})


# ------------------------------------------------------------------------------------------------ the cards
def _cards(
    request: HttpRequest, w: Way, at: Here, more: bool, refusals: tuple[RefusalLines, ...] = ()
) -> HttpResponse:
    title = _title(w)
    lead = _("Questions asked: %(n)s. Nothing of this is kept until a case is opened.") % {
        "n": gates.so_far(w)
    }
    elsewhere = Link(_("Choose a door yourself"), f"{reverse('doors')}?list")
    page = CardsPage(title, lead, cards.cards(w), gates.hidden(w), more, elsewhere, refusals)
    return render(request, "doors/cards.html", {"page": page})


def _title(w: Way) -> str:
    """The answer in one line: what is open, that all that is left is for others to say, or that there is nothing."""
    if any(x.state == "open" for x in w.found):
        return _("What is open for this person")
    if any(cards.is_for_others(w.asked, x) for x in w.found):
        return _("You can go on here: what is left is for others to say")
    return _("No door is open yet for this person")


def _gate(w: Way) -> Gate:
    """The door pressed. Raises `NotPermitted` for one that is not this account's."""
    key = one(w.typed, "gate")
    for gate in w.gates:
        if gate.key == key:
            return gate
    raise NotPermitted(key)


def _offer(request: HttpRequest, at: Here, typed: Typed) -> HttpResponse:
    """Was it offered, and what did the person say? Without counts beside the door, the case is opened at once."""
    w = gates.way(at, typed)
    gate = _gate(w)
    if not counted.forms(gate):
        return _open(request, at, typed)
    return _offered(request, w, gate, ())


def _offered(request: HttpRequest, w: Way, gate: Gate, refusals: tuple[RefusalLines, ...]) -> HttpResponse:
    p = gate.here.pathway
    door = pick(p.doors[gate.door].title, gate.door)
    lead = _("Said with what it means, and free to say no. A no, or not offered, is counted without a name.")
    title = _("%(door)s: was it offered?") % {"door": door}
    yes = _("Offered, and the answer is yes: open the case")
    page = OfferPage(title, lead, gate.key, yes, counted.forms(gate), gates.hidden(w), refusals)
    return render(request, "doors/offer.html", {"page": page})


def _count(request: HttpRequest, at: Here, typed: Typed) -> HttpResponse:
    """Said no, or not offered: counted, and not asked again."""
    w = gates.way(at, typed)
    gate, name = _gate(w), one(typed, "count")
    if name not in {f.name for f in counted.forms(gate)}:
        raise NotPermitted(name)
    refused = counted.count_after(w, gate, name)
    if refused:
        return _offered(request, w, gate, refused)
    return _go_on(request, at, {**typed, "over": [*(typed.get("over") or ()), gate.key]})


def _open(request: HttpRequest, at: Here, typed: Typed) -> HttpResponse:
    """The door's own form, with the answers carried over. It is stored no sooner than what is typed there."""
    w = gates.way(at, typed)
    gate = _gate(w)
    request.session[SESSION_POST] = gate.here.post.pk
    return view.carried(request, gate.here, gate.door, _carried(w, gate))


def _carried(w: Way, gate: Gate) -> Typed:
    """The answers as the door's form has them; what was not known is asked there anew."""
    p, d = gate.here.pathway, gate.here.drawing
    found = dict(filled.at_first(p, gate.door, d, gate.here.role, gate.here.now))
    for name, value in answered(w.asked, p, w.answers).items():
        if not isinstance(value, Nothing_):
            found |= spread(d, p.facts[name].type, f"fact.{name}", value)
    return found


PRESSES: dict[str, Callable[[HttpRequest, Here, Typed], HttpResponse]] = {
    "otherwise": _otherwise,
    "answer": _answer,
    "later": _later,
    "back": _back,
    "again": _again,
    "offer": _offer,
    "count": _count,
    "open": _open,
}
