"""What each consent opens to the very recipient it names, and what one that is asked for would open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from amparo.cases.model import Consent
from amparo.cases.read import setting
from amparo.cases.requests.consents import lasts_until, strict
from amparo.cases.requests.support import added
from amparo.errors import NotPermitted
from amparo.ledger import casefile, log, looking, looks
from amparo.ledger.casefile import CaseFile
from amparo.lens import Shown, consent_seen, would_see
from amparo.people.models import Account, Office

NOBODY_YET = "nobody yet"
"""The recipient of a consent that is only asked for: what it would open is the same for each office of a role."""


class Opened(NamedTuple):
    """given: by the consent's id. asked: by the kind of consent, for each role that it may name."""

    given: Mapping[str, tuple[Shown, ...]]
    asked: Mapping[str, tuple[Shown, ...]]


def opened(actor: Account, case_id: str, *, role: str = "", now: int | None = None) -> Opened:
    """For the consents that this actor may see. Raises `NotPermitted` as a look does; the look itself is logged by who
    draws the page.
    """
    at = looking.present(now)
    held = casefile.load(case_id, now=at)
    viewer = looking.seen_as(held, actor, role, at)
    p, consents = held.pathway, held.case.consents.values()
    live = [c for c in consents if c.ended is None and consent_seen(p, viewer, c.kind, c.to)]
    offices = dict(Office.objects.filter(pk__in=[c.to for c in live]).values_list("pk", "role"))
    given = {c.id: _shown(held, c, _roles(held, c, offices), at) for c in live}
    kinds = {n: k for n, k in p.consents.items() if k.doors == "all" or held.case.door in k.doors}
    asked = {
        name: _shown(held, Consent("", name, NOBODY_YET, kind.about, at, None, None, ""), kind.to, at)
        for name, kind in kinds.items()
        if consent_seen(p, viewer, name, "")
    }
    return Opened(given, asked)


class Preview(NamedTuple):
    """What a recipient would see with the consent that is asked, in each role its office has; and its terms.

    signed: whether a signature is needed. until: its latest end, epoch seconds. adds: the law's own sentence. regime:
    the setting that decides on the strict form ('' if none) and how it stands (None: nobody has settled it).
    """

    shown: tuple[Shown, ...]
    signed: bool
    until: int | None
    adds: str
    regime: str
    applies: bool | None


def preview(
    actor: Account, case_id: str, kind: str, to: str, about: tuple[str, ...], language: str, *, role: str = "",
    now: int | None = None,
) -> Preview:  # fmt: skip
    """A consent of this kind to this office (`''`: none chosen), as if it were given now; nothing is written.

    Raises `NotPermitted` as a look does, also for who may not see consents of this kind. The look itself is logged by
    who draws the page.
    """
    at = looking.present(now)
    held = casefile.load(case_id, now=at)
    viewer = looking.seen_as(held, actor, role, at)
    p, case = held.pathway, held.case
    asked = p.consents.get(kind)
    if asked is None or not consent_seen(p, viewer, kind, to):
        raise NotPermitted(log.NOT_HERE)
    given = Consent("", kind, to or NOBODY_YET, about or asked.about, at, None, None, "")
    offices = dict(Office.objects.filter(pk=to).values_list("pk", "role"))
    roles = _roles(held, given, offices) if to in offices else asked.to
    regime = asked.regime.name if asked.regime is not None else ""
    return Preview(
        _shown(held, given, tuple(r for r in roles if r in asked.to), at),
        strict(case, asked, at),
        lasts_until(case, asked, at),
        added(case, kind, language, at),
        regime,
        setting(case, regime, at) if regime else None,
    )


class Lies(NamedTuple):
    """Where something told on a consent lies: `page` (opened by somebody of the office), `list`, `notice` or
    `referral`. name: the notice, the referral's kind of help, or who opened it. at: when first. times: how often.
    """

    what: str
    name: str
    at: int
    times: int = 1


def lies(
    actor: Account, case_id: str, consent: str, *, role: str = "", now: int | None = None
) -> tuple[Lies, ...]:
    """Each place at the recipient where something lies that was told on this consent. Raises `NotPermitted`."""
    at = looking.present(now)
    held = casefile.load(case_id, now=at)
    viewer = looking.seen_as(held, actor, role, at)
    c = held.case.consents.get(consent)
    if c is None or not consent_seen(held.pathway, viewer, c.kind, c.to):
        raise NotPermitted(log.NOT_HERE)
    return (*_opened_by(case_id, c), *_sent_on(held, c))


def _opened_by(case_id: str, c: Consent) -> tuple[Lies, ...]:
    """Who of the office looked while the consent held, each once, their lists apart."""
    whole = Account.objects.filter(office_id=c.to).values_list("pk", flat=True)
    people, by = frozenset(str(x) for x in whole), dict[tuple[str, str], list[int]]()
    for look in looks.of_case(case_id):
        if look.actor in people and c.given <= look.at and (c.ended is None or look.at <= c.ended):
            by.setdefault(("list" if look.listed else "page", look.actor), []).append(look.at)
    return tuple(Lies(what, who, min(found), len(found)) for (what, who), found in by.items())


def _sent_on(held: CaseFile, c: Consent) -> tuple[Lies, ...]:
    ground = f"consent {c.kind}"
    roles = held.pathway.consents[c.kind].to
    notices = (
        Lies("notice", n.notice, n.sent)
        for n in held.case.notices.values()
        if n.sent is not None and n.ground == ground and n.to in (c.to, *roles) and n.sent >= c.given
    )
    sent = (Lies("referral", r.kind, r.sent) for r in held.case.referrals.values() if r.consent == c.id)
    return (*notices, *sent)


def _roles(held: CaseFile, consent: Consent, offices: Mapping[str, str]) -> tuple[str, ...]:
    """The role of the office that the consent names, else every role that its kind may name."""
    role = offices.get(consent.to)
    return (role,) if role else held.pathway.consents[consent.kind].to


def _shown(held: CaseFile, consent: Consent, roles: tuple[str, ...], at: int) -> tuple[Shown, ...]:
    return tuple(
        would_see(held.pathway, held.site, held.case, held.log.events, consent, role, at) for role in roles
    )
