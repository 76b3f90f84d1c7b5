"""A service answers a referral through a link, without an account.

The link is bound to one referral and its service by a random text that only the sealed log holds. What it opens is
judged anew each time from the case as it stands: a consent that was taken back, an end that has passed, words that
were erased shut it, and nothing has to be remembered for that. Whatever does not open is answered alike.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Mapping
from hmac import compare_digest
from typing import Any, NamedTuple

from django.core import signing
from django.db import IntegrityError, OperationalError

from amparo.cases.decide import decide
from amparo.cases.model import Referral, Refusal, Request, World
from amparo.errors import KeyDestroyed, LedgerFault, NotPermitted, WrongKey
from amparo.ledger import casefile, looking, looks, papers, retention, ties, writing
from amparo.ledger.casefile import CaseFile
from amparo.ledger.locks import writing as turn
from amparo.pathways.model import Pathway
from amparo.people.keys import ring
from amparo.people.models import Office, on_day

SALT = "answer of a service"
PLACE = "link of a service"
LONGEST = 600
"""Letters; a longer text is no link of ours."""
LONGEST_OPEN = 60 * 86_400
"""Seconds that a link stays open after the answer was due, or after it was made where that is later."""
LINK = "link"
"""What opening it is called among those who looked."""
ADDRESSEE = ("own", "assigned", "site", "programme")
"""How the service stands to the case for this one request: it is the one that was asked."""


class Asked(NamedTuple):
    """What a service reads behind its link: the words it was told, and by when. says is '' once it has answered.

    due: when the answer is expected; closes: when the link ends, epoch seconds. answered: when, None if not yet.
    called: when it asked to be called first. given: when the person said yes to it, None where no yes is asked.
    """

    office: Office
    site: str
    zone: str
    pathway: Pathway
    says: str
    sent: int
    due: int | None
    closes: int
    answered: int | None
    called: int | None
    audience: tuple[str, ...]
    given: int | None = None


class _Held(NamedTuple):
    file: CaseFile
    referral: Referral
    office: Office
    closes: int


def new_link() -> str:
    """A random text for a link."""
    return secrets.token_urlsafe(16)


def token(case_id: str, referral: str, link: str) -> str:
    """The text in the address: the case, the referral and its link, sealed by the ring and signed."""
    sealed = ring().seal("\n".join((case_id, referral, link)).encode(), PLACE)
    return _signer().sign(base64.urlsafe_b64encode(sealed).decode().rstrip("="))


def opened(text: str, now: int | None = None, *, look: bool = True) -> Asked | None:
    """What stands behind a link; the look is logged, unless none is taken (a form that comes back). None for whatever
    opens nothing, for whichever reason.
    """
    at = looking.present(now)
    held = _held(text, at)
    if held is None:
        return None
    if look:
        _noted(held, at)
    return _asked(held)


def answer(text: str, args: Mapping[str, Any], now: int | None = None) -> Asked | Refusal | None:
    """Write the service's own answer, once: a second one changes nothing, and gives when the first was written."""
    for attempt in range(writing.TRIES):
        try:
            with turn():
                return _answer(text, args, looking.present(now))
        except (IntegrityError, OperationalError):
            if attempt + 1 == writing.TRIES:
                raise
    raise LedgerFault("The answer could not be written. Nothing was stored; please send it again.")


def _answer(text: str, args: Mapping[str, Any], now: int) -> Asked | Refusal | None:
    held = _held(text, now, lock=True)
    if held is None or held.referral.state != "sent":
        return None if held is None else _asked(held)
    at = max(now, held.file.log.last_recorded)
    told = {**args, "id": held.referral.id}
    request = Request("answer", held.office.pk, held.office.role, args=told, world=World(relation=ADDRESSEE))
    file = held.file
    said = writing.too_long(request) or decide(file.pathway, file.site, file.case, file.case.id, request, at)
    if isinstance(said, Refusal):
        return said
    written = casefile.write(file, said, at)
    return _asked(held._replace(file=written, referral=written.case.referrals[held.referral.id]))


# ------------------------------------------------------------------------------------------------ what opens
def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")


def _held(text: str, now: int, *, lock: bool = False) -> _Held | None:
    """The case behind a link that is open now."""
    names = _names(text)
    if names is None:
        return None
    case_id, referral, link = names
    try:
        file = casefile.load(case_id, lock=lock, now=now)
    except (NotPermitted, KeyDestroyed, LedgerFault):
        return None
    found = file.case.referrals.get(referral)
    if found is None or not compare_digest(found.link.encode(), link.encode()) or not found.link:
        return None
    office = _office(file, found, now)
    closes = _closes(file, found)
    return (
        _Held(file, found, office, closes) if office and _stands(file, found, now) and now <= closes else None
    )


def _names(text: str) -> tuple[str, str, str] | None:
    """Case, referral and link of a text of ours."""
    if len(text) > LONGEST:
        return None
    try:
        sealed = _signer().unsign(text)
        plain = ring().unseal(base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4)), PLACE).decode()
    except (signing.BadSignature, KeyDestroyed, WrongKey, ValueError, binascii.Error):
        return None
    case_id, referral, link = plain.split("\n")
    return case_id, referral, link


def _stands(file: CaseFile, referral: Referral, now: int) -> bool:
    """The person lives, the referral goes on, the name may still be used, and the consent holds."""
    over = file.case.died or referral.state == "ended" or not retention.named(file.case, now)
    consent = file.case.consents.get(referral.consent)
    if over or consent is None:
        return not over and not referral.consent
    return consent.holds(now)


def _closes(file: CaseFile, referral: Referral) -> int:
    """With the consent that it went under; and some weeks after the answer was due, whatever the consent."""
    consent = file.case.consents.get(referral.consent)
    last = max(referral.due or 0, referral.linked) + LONGEST_OPEN
    return last if consent is None or consent.until is None else min(last, consent.until)


def _office(file: CaseFile, referral: Referral, now: int) -> Office | None:
    """The service that was asked, while it is one of the site's that may answer for itself."""
    refer = file.pathway.support.get("refer")
    day = papers.day_at(file.site.zone, now)
    found = Office.objects.filter(on_day(day), pk=referral.to, site_id=ties.where(file.case)).first()
    return found if found and refer and found.role in refer.answered_by else None


def _asked(held: _Held) -> Asked:
    r = held.referral
    answered = next((a["at"] for a in reversed(r.answers) if a["answer"] != "call"), None)
    called = next((a["at"] for a in reversed(r.answers) if a["answer"] == "call"), None)
    site = ties.where(held.file.case)
    said = "" if answered is not None else r.says
    yes = held.file.case.consents.get(r.consent)
    return Asked(
        held.office, site, held.file.site.zone, held.file.pathway, said, r.sent, r.due, held.closes, answered, called,
        r.audience, yes.given if yes is not None else None,
    )  # fmt: skip


def _noted(held: _Held, at: int) -> None:
    """An office that read the text saw something of the case: the person can read that, as of anybody else."""
    shown = {"role": held.office.role, "what": LINK, "purpose": "answer"}
    keys = held.file.log.keys
    looks.note_case(held.office.pk, held.file.case.id, keys[max(keys)], at, shown)


def may_have_link(pathway: Pathway, role: str) -> bool:
    """May a service of this role answer for itself?"""
    refer = pathway.support.get("refer")
    return refer is not None and role in refer.answered_by
