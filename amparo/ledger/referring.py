"""Under which terms a referral would go out: said to the person before the yes."""

from __future__ import annotations

from typing import NamedTuple

from amparo.cases.requests import consents, support
from amparo.errors import NotPermitted
from amparo.ledger import casefile, log, looking
from amparo.people.models import Account


class Terms(NamedTuple):
    """adds: the sentence that the law adds to the text, '' if none. signed: whether the yes needs a signature.

    due: by when an answer is expected; until: the latest end of the yes. Epoch seconds, None where there is none.
    """

    adds: str
    signed: bool
    due: int | None
    until: int | None


def terms(
    actor: Account, case_id: str, kind: str, language: str, *, role: str, now: int | None = None
) -> Terms:
    """The terms of a referral under a kind of consent ('' where none is needed), sent now.

    The look at the case is logged by the page that draws it. Raises `NotPermitted` for who may not refer.
    """
    at = looking.present(now)
    held = casefile.load(case_id, now=at)
    looking.seen_as(held, actor, role, at)
    p, case = held.pathway, held.case
    refer = p.support.get("refer")
    if refer is None or role not in refer.by:
        raise NotPermitted(log.NOT_HERE)
    due = support.due(case, refer, at)
    if kind not in refer.consents:
        return Terms("", False, due, None)
    asked = p.consents[kind]
    return Terms(
        support.added(case, kind, language, at),
        consents.strict(case, asked, at),
        due,
        consents.lasts_until(case, asked, at),
    )
