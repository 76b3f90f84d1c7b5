"""Referring, one question at a time: what for, to whom, which words, the yes. Five taps, the typing apart."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.desk import acts, audience
from amparo.desk.acts import CaseDesk
from amparo.desk.asking import line, pick_one, words
from amparo.desk.consents import hand
from amparo.desk.context import Pair, RefusalLines, Row
from amparo.desk.line import first_line
from amparo.desk.pages import staff_page
from amparo.desk.support import asks, places, refer
from amparo.desk.support.context import Chosen, ReferPage, SentPage, Text, Way
from amparo.desk.typed import one
from amparo.desk.words import code_title, lower_first, pick, role_title
from amparo.errors import NotPermitted
from amparo.ledger import book
from amparo.people.models import Office, Site

NEEDS = "vocabulary/needs"


def may_refer(desk: CaseDesk, kind: str = "") -> bool:
    """May this role refer, and for this kind of help?"""
    support = desk.scene.pathway.support.get("refer")
    return (
        support is not None
        and desk.scene.role in support.by
        and (not support.kinds or kind in ("", *support.kinds))
    )


@staff_page
def refer_to(request: HttpRequest, case_id: str) -> HttpResponse:
    """The next question; or what was read back; or, once it is sent, its link."""
    desk = acts.for_helpers(acts.open_case(request, case_id, "support"))
    if not may_refer(desk):
        raise NotPermitted(desk.case)
    if request.method != "POST":
        return _drawn(request, _asked_for(desk, request), ())
    if request.POST.get("then") == "look":
        return _drawn(request, desk, ())
    lacks, to = refer.lacking(desk), refer.office(desk)
    if lacks is not None or to is None:
        return _drawn(request, desk, (lacks,) if lacks else ())
    if request.POST.get("then") != "refer" or refer.asks_again(desk):
        return render(request, "desk/confirm.html", {"page": refer.read_back(desk, to)})
    sent = refer.send(desk)
    return sent_page(request, desk, sent.done) if sent.done else _drawn(request, desk, sent.refusals)


def _asked_for(desk: CaseDesk, request: HttpRequest) -> CaseDesk:
    """What was tapped so far stands in the address; the text is proposed from the person's own words."""
    kind, to = request.GET.get("kind", ""), book.item_of(request.GET.get("to", "")) or ""
    known = dict(asks.kinds(desk.scene, desk.scene.pathway.support["refer"]))
    desk = acts.with_typed(desk, {"kind": [kind if kind in known else ""], "to": [to]})
    found = refer.office(desk)
    if found is None:
        return acts.with_typed(desk, {**desk.typed, "to": [""]})
    return acts.with_typed(desk, {**desk.typed, "says": [_proposed(desk)]})


def _proposed(desk: CaseDesk) -> str:
    """A first wording, to be changed as the person wants it."""
    scene, kind = desk.scene, one(desk.typed, "kind")
    site = Site.objects.filter(pk=desk.seen.site).first()
    phone = f", {site.phone}" if site and site.phone else ""
    own = _own_words(desk, kind)
    return " ".join(
        x
        for x in (
            _("%(person)s asks for help: %(kind)s.")
            % {
                "person": scene.called or _("Somebody we work with"),
                "kind": lower_first(code_title(scene.pathway, NEEDS, kind)),
            },
            f"“{own}”" if own else "",
            _("Reach them through %(who)s%(phone)s.") % {"who": desk.here.account.name, "phone": phone},
        )
        if x
    )


def _own_words(desk: CaseDesk, kind: str) -> str:
    needs = [x for x in desk.seen.view.support if x.what == "need" and x.kind == kind and x.words]
    return needs[-1].words.strip().strip('“”"') if needs else ""


# ------------------------------------------------------------------------------------------------ drawn
def _drawn(request: HttpRequest, desk: CaseDesk, refused: tuple[RefusalLines, ...]) -> HttpResponse:
    return render(request, "support/refer.html", {"page": page(desk, refused)})


def page(desk: CaseDesk, refused: tuple[RefusalLines, ...] = ()) -> ReferPage:
    """The first question that is open."""
    scene, kind, to = desk.scene, one(desk.typed, "kind"), refer.office(desk)
    here = reverse("refer", args=[desk.case])
    looking = places.services(desk, kind) if kind and to is None else None
    question, hint, ways, foot = _question(desk, kind, to, looking)
    return ReferPage(
        first_line(scene),
        _("Refer %(person)s") % {"person": scene.person()},
        tuple(_chosen(desk, kind, to)),
        question,
        hint,
        ways,
        foot,
        _text(desk, to) if kind and to else None,
        here,
        one(desk.typed, "key") or acts.new_key(),
        str(desk.seen.view.seq),
        reverse("support", args=[desk.case]),
        here,
        refused,
        places.as_is(desk) if looking else None,
        kind,
        looking.not_for if looking else None,
        reverse("services") if looking else "",
    )


def _question(
    desk: CaseDesk, kind: str, to: Office | None, looking: places.Found | None
) -> tuple[str, str, tuple[Way, ...], str]:
    if not kind:
        return _("What for?"), _("in the person’s own words, where they are noted"), tuple(_needs(desk)), ""
    if looking is not None:
        return _("Where?"), _("the person chooses"), looking.ways, looking.foot
    return _("What %(service)s will be told") % {"service": to.name if to else ""}, "", (), ""


def _chosen(desk: CaseDesk, kind: str, to: Office | None) -> Iterable[Chosen]:
    here = reverse("refer", args=[desk.case])
    if kind:
        title = code_title(desk.scene.pathway, NEEDS, kind)
        yield Chosen(_("What for"), title, _own_words(desk, kind), "", here)
    if kind and to is not None:
        note = " · ".join(x for x in (role_title(desk.scene.pathway, to.role), to.address, to.phone) if x)
        yield Chosen(_("Where"), to.name, "", note, f"{here}?{urlencode({'kind': kind})}")


def _needs(desk: CaseDesk) -> Iterable[Way]:
    """What the person wants comes first."""
    scene, here = desk.scene, reverse("refer", args=[desk.case])
    kinds = asks.kinds(scene, scene.pathway.support["refer"])
    wanted = {x.kind for x in desk.seen.view.support if x.what == "need"}
    for code, title in sorted(kinds, key=lambda k: k[0] not in wanted):
        yield Way(title, f"{here}?{urlencode({'kind': code})}", _own_words(desk, code))


# ------------------------------------------------------------------------------------------------ text and yes
def _text(desk: CaseDesk, to: Office) -> Text:
    scene, kinds = desk.scene, refer.covering(desk, to.role)
    chosen = refer.consent_kind(desk, to) if one(desk.typed, "consent") in ("", *kinds) else ""
    terms = refer.terms(desk, chosen)
    readers = audience.of_referral(scene, refer.roles(desk), to.role, to.name)
    asked = bool(scene.pathway.support["refer"].consents)
    hidden = (("kind", one(desk.typed, "kind")), ("to", to.pk))
    return Text(
        words(scene, "says", _("The exact text"), readers, _("change it as the person wants it")),
        terms.adds,
        scene.cite(scene.pathway.consents[chosen].basis) if terms.adds else "",
        _which_consent(desk, kinds) if len(kinds) > 1 else None,
        _script(scene.person(), to.name, terms.adds),
        _yes(desk) if asked else None,
        _hand(desk, terms) if asked else None,
        hidden if len(kinds) != 1 else (*hidden, ("consent", kinds[0])),
        _ends(desk, terms),
        hand.rows(scene) if asked else (),
    )


def _script(person: str, service: str, adds: str) -> str:
    law = (
        _(" It also carries this sentence, which the law adds: %(adds)s") % {"adds": f"“{adds}”"}
        if adds
        else ""
    )
    return _("Shall I send exactly this to %(service)s?%(law)s You can say no, or take it back later.") % {
        "service": service,
        "law": law,
    }


def _which_consent(desk: CaseDesk, kinds: tuple[str, ...]) -> Row:
    titles = desk.scene.pathway.consents
    return pick_one(
        desk.scene, "consent", _("Under which consent"), tuple((k, pick(titles[k].title, k)) for k in kinds)
    )


def _yes(desk: CaseDesk) -> Row:
    said = (("yes", _("Yes")), ("no", _("No")), ("later", _("Not now")))
    return pick_one(desk.scene, "yes", _("The person says"), said, _("to this text and this service"))


def _hand(desk: CaseDesk, terms: book.Terms) -> Row:
    why = _("needed for this consent") if terms.signed else _("may be left out")
    return line(desk.scene, "signature", _("The person’s name or mark, and where the paper lies"), why)


def _ends(desk: CaseDesk, terms: book.Terms) -> str:
    clock = desk.scene.clock
    due = _("They answer by %(when)s.") % {"when": clock.due(terms.due)} if terms.due is not None else ""
    until = (
        _("The yes ends %(when)s at the latest.") % {"when": clock.due(terms.until)}
        if terms.until is not None
        else ""
    )
    return " ".join(x for x in (due, until) if x)


# ------------------------------------------------------------------------------------------------ sent
def sent_page(
    request: HttpRequest, desk: CaseDesk, done: book.Recorded, *, anew: bool = False
) -> HttpResponse:
    """The link is shown on this page and on no other; who loses it makes a new one."""
    linked = next((e for e in reversed(done.events) if e.kind == "referral.linked"), None)
    sent = next((e for e in reversed(done.events) if e.kind in ("referral.sent", "referral.linked")), None)
    to = Office.objects.filter(pk=sent.data["to"]).first() if sent else None
    address = ""
    if linked is not None:
        text = book.link_token(desk.case, linked.data["id"], linked.data["link"])
        address = request.build_absolute_uri(reverse("answer", args=[text]))
    drawn = _sent(desk, to, address, next((e for e in done.events if e.kind == "referral.sent"), None), anew)
    reply = render(request, "support/sent.html", {"page": drawn})
    reply["Cache-Control"] = "no-store, private"
    return reply


def _sent(desk: CaseDesk, to: Office | None, address: str, sent: object, anew: bool) -> SentPage:
    scene, name = desk.scene, to.name if to else ""
    due = getattr(sent, "data", {}).get("due")
    by = scene.clock.left(due) if due is not None else None
    mine = Pair(_("If they do not"), _("You chase. Nothing counts against the person."))
    answer = Pair(_("No answer yet. They answer by"), by.at, by.left, strong=True) if by else None
    read = Pair(
        _("What was read"),
        _("stays read: sending cannot be called back. Taking the yes back shuts the link."),
    )
    words_ = _link_words(desk, name, address)
    return SentPage(
        first_line(scene),
        _("A new link for %(service)s") % {"service": name}
        if anew
        else _("%(service)s is asked") % {"service": name},
        _("Written %(when)s.") % {"when": scene.clock.when(scene.clock.now)},
        tuple(x for x in (answer, mine, read) if x),
        address,
        words_ if address else "",
        f"mailto:{to.email}?subject={quote(_('A question for you'))}&body={quote(words_)}"
        if to and to.email
        else "",
        to.phone if to else "",
        reverse("support", args=[desk.case]),
    )


def _link_words(desk: CaseDesk, service: str, address: str) -> str:
    """A letter around the link: it names nobody, and says nothing of why."""
    site = Site.objects.filter(pk=desk.seen.site).values_list("name", flat=True).first() or ""
    return _(
        "To %(service)s\n\nWe have a question for you. Please read it and answer it here, without an account:\n"
        "%(link)s\n\nThe link is for you alone and takes one answer. Please do not pass it on.\n\n%(site)s"
    ) % {"service": service, "link": address, "site": site}
