"""Sending a referral: one text, one service, one yes; read back before it goes, for what was read stays read."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases.model import Consent
from amparo.desk import acts, audience, offices
from amparo.desk.acts import CaseDesk, Sent
from amparo.desk.consents import hand
from amparo.desk.context import Confirm, Pair, RefusalLines
from amparo.desk.line import first_line
from amparo.desk.services.roles import roles_of_services
from amparo.desk.typed import field_id, one
from amparo.desk.words import code_title, language, listed, lower_first, pick, role_title
from amparo.ledger import book
from amparo.lens import SupportView
from amparo.people.models import Office

NEEDS = "vocabulary/needs"
AGAIN = "again"


def office(desk: CaseDesk) -> Office | None:
    """The service that was chosen, of this site and of a role that may be referred to."""
    found = offices.of_roles(desk.seen.site, roles(desk), desk.scene.clock.now, desk.scene.d.zone)
    return next((o for o in found if o.pk == one(desk.typed, "to")), None)


def roles(desk: CaseDesk) -> tuple[str, ...]:
    """Roles of services that may be referred to: those that a consent for it names, else every provider."""
    return roles_of_services(desk.scene.pathway)


def covering(desk: CaseDesk, role: str) -> tuple[str, ...]:
    """Kinds of consent that name this role."""
    p = desk.scene.pathway
    return tuple(k for k in p.support["refer"].consents if role in p.consents[k].to)


def consent_kind(desk: CaseDesk, to: Office) -> str:
    """The kind that was chosen; the only one that covers this service, where none was."""
    fits = covering(desk, to.role)
    return one(desk.typed, "consent") or (fits[0] if len(fits) == 1 else "")


def live_consent(desk: CaseDesk, kind: str, to: str) -> Consent | None:
    """A consent of this kind for this very service that holds now."""
    now = desk.scene.clock.now
    return next(
        (c for c in desk.seen.view.consents if c.kind == kind and c.to == to and c.holds(now)),
        None,
    )


# ------------------------------------------------------------------------------------------------ what lacks
def lacking(desk: CaseDesk) -> RefusalLines | None:
    """Why this referral cannot be read back or sent yet, in three lines; None if nothing lacks."""
    typed, to = desk.typed, office(desk)
    if not one(typed, "kind"):
        return _no(_("It is not said for what."), _("Choose the kind of help."), "kind")
    if to is None:
        return _no(_("No service is chosen."), _("Let the person choose one of the list."), "to")
    if not one(typed, "says"):
        return _no(
            _("There is no text yet: the person says yes to words, not to a service alone."),
            _("Write what the service is told, and read it to the person."),
            "says",
        )
    return _no_yes(desk, to)


def _no_yes(desk: CaseDesk, to: Office) -> RefusalLines | None:
    """The yes is asked for each text and each service: an earlier one never stands for it."""
    if not desk.scene.pathway.support["refer"].consents:
        return None
    said = one(desk.typed, "yes")
    if said == "later":
        return _no(
            _("The person said: not now. Nothing is sent, and nothing follows from it."),
            _("Ask anew when the person wants it."),
            "yes",
        )
    if said == "no":
        return _no(
            _("The person said no to it. That ends it here; nothing follows from a no."),
            _("Change the text or the service, and ask anew, only if the person wants it."),
            "yes",
        )
    if said != "yes":
        return _no(
            _("The person’s yes to this text and this service is not said."),
            _("Read the text aloud, name %(service)s, and write down what the person says.")
            % {"service": to.name},
            "yes",
        )
    return _no_consent(desk, to)


def _no_consent(desk: CaseDesk, to: Office) -> RefusalLines | None:
    p, kind = desk.scene.pathway, consent_kind(desk, to)
    fits = covering(desk, to.role)
    if kind in fits:
        return _no_hand(desk, kind)
    instead = _("Ask for this one: %(consents)s.") % {
        "consents": listed("“" + pick(p.consents[k].title, k) + "”" for k in fits)
    }
    if not kind:
        return _no(_("It is not said under which consent."), instead, "consent")
    named = p.consents.get(kind)
    why = _("“%(consent)s” covers %(roles)s. %(service)s is: %(role)s.") % {
        "consent": pick(named.title, kind) if named else kind,
        "roles": listed(lower_first(role_title(p, r)) for r in named.to) if named else "–",
        "service": to.name,
        "role": lower_first(role_title(p, to.role)),
    }
    return _no(why, instead, "consent")


def _no_hand(desk: CaseDesk, kind: str) -> RefusalLines | None:
    """Where the law wants the person's own hand, a yes that is only said is not enough."""
    if live_consent(desk, kind, one(desk.typed, "to")):
        return None
    signed = terms(desk, kind).signed
    if one(desk.typed, "signature") or not signed:
        return hand.lacking(desk.scene, signed, _("The referral cannot be sent yet."))
    return _no(
        _(
            "The yes is said, but it is not signed, and for this consent the law asks for the person’s own hand."
        ),
        _("Let the person sign, and write down where the paper lies."),
        "signature",
    )


def terms(desk: CaseDesk, kind: str) -> book.Terms:
    """What the law adds, whether it must be signed, by when they answer, until when the yes holds."""
    scene = desk.scene
    return book.terms(desk.here.account, desk.case, kind, language(), role=scene.role, now=scene.clock.now)


def whole_text(desk: CaseDesk, to: Office) -> str:
    """What was typed, with the sentence that the law adds."""
    adds = terms(desk, consent_kind(desk, to)).adds
    return " ".join(x for x in (one(desk.typed, "says"), adds) if x)


def _no(why: str, instead: str, field: str) -> RefusalLines:
    at = field_id(field)
    return RefusalLines(_("The referral cannot be sent yet."), why, instead, field=at)


# ------------------------------------------------------------------------------------------------ sending
def send(desk: CaseDesk) -> Sent:
    """The referral, with the consent it goes under. Sent a second time only if that was asked."""
    lacks, to = lacking(desk), office(desk)
    if lacks is not None or to is None:
        return Sent(None, (lacks,) if lacks else ())
    typed = desk.typed
    told = {
        "kind": one(typed, "kind"),
        "to": to.pk,
        "to_role": to.role,
        "says": one(typed, "says"),
        "agreed": one(typed, "yes") == "yes",
        "consent": consent_kind(desk, to),
        "signature": hand.written(desk.scene),
        "language": language(),
        "link": book.new_link() if book.may_have_link(desk.scene.pathway, to.role) else "",
        "audience": tuple(x for x in typed.get("audience") or () if x),
    }
    return acts.send(acts.with_typed(desk, {**typed, "seen": []}), "refer", told, "refer")


def already(desk: CaseDesk) -> SupportView | None:
    """The same words to the same service, sent today and not ended."""
    scene, to = desk.scene, office(desk)
    if to is None:
        return None
    says = whole_text(desk, to)
    today = scene.clock.local(scene.clock.now).date()
    same = (
        x for x in desk.seen.view.support if x.what == "referral" and (x.to, x.words.strip()) == (to.pk, says)
    )
    return next((x for x in same if x.state != "ended" and scene.clock.local(x.at).date() == today), None)


def asks_again(desk: CaseDesk) -> bool:
    """Must it be asked whether the same is meant to go out twice?"""
    return already(desk) is not None and not one(desk.typed, AGAIN)


# ------------------------------------------------------------------------------------------------ read back
def read_back(desk: CaseDesk, to: Office) -> Confirm:
    """What was read by a service cannot be called back: text, service, yes and consent once more."""
    scene, here = desk.scene, reverse("refer", args=[desk.case])
    twice = already(desk)
    hidden = tuple((name, value) for name, found in desk.typed.items() if name != "then" for value in found)
    reads = audience.of_referral(scene, roles(desk), to.role, to.name)
    pairs = (
        Pair(_("They are told, word for word"), whole_text(desk, to), strong=True),
        Pair(_("To"), to.name, lower_first(role_title(scene.pathway, to.role))),
        Pair(_("Kind of help"), code_title(scene.pathway, NEEDS, one(desk.typed, "kind"))),
        Pair(_("Will be read by"), reads.read_by),
        *((Pair(_("Not by"), reads.not_by),) if reads.not_by else ()),
        *_consented(desk, to),
    )
    warning = _("What was read cannot be called back.")
    if twice is not None:
        warning = _("Already sent today %(time)s to %(service)s, word for word. %(rest)s") % {
            "time": scene.clock.time(twice.at), "service": to.name, "rest": warning,
        }  # fmt: skip
    return Confirm(
        first_line(scene),
        _("Refer to %(service)s?") % {"service": to.name},
        here,
        "refer",
        _("Send the referral") if twice is None else _("Send it once more"),
        f"{here}?{urlencode({'kind': one(desk.typed, 'kind'), 'to': book.item(to.pk)})}",
        (*hidden, *(((AGAIN, "yes"),) if twice is not None and not one(desk.typed, AGAIN) else ())),
        "",
        pairs,
        "",
        warning,
    )


def _consented(desk: CaseDesk, to: Office) -> tuple[Pair, ...]:
    scene, kind = desk.scene, consent_kind(desk, to)
    if not kind:
        return ()
    held = live_consent(desk, kind, to.pk)
    note = (
        _("given %(when)s") % {"when": scene.clock.when(held.given)}
        if held
        else _("written down with this referral; %(how)s") % {"how": hand.written(desk.scene) or _("said")}
    )
    return (
        Pair(_("The person’s yes"), _("said, to this text and this service")),
        Pair(_("Consent used"), pick(scene.pathway.consents[kind].title, kind), note),
    )
