"""Links between cases: written in both logs, and only to a case that whoever links may see.

Of joined cases one leads; both logs stand. A link opens nothing: each case keeps its own sight.
"""

from __future__ import annotations

from amparo.cases import words
from amparo.cases.model import Event, Refusal, Request
from amparo.errors import KeyDestroyed, NotPermitted
from amparo.ledger import casefile, looking
from amparo.ledger.casefile import CaseFile
from amparo.people.models import Account

VERB = "link"
LEADING = "joined"


def other_of(request: Request) -> str:
    """The other case, as the log calls it; people write its number in capitals."""
    return str(request.args.get("other") or "").strip().lower()


def named(request: Request) -> Request:
    """The request with the other case as the log calls it, and which of joined cases leads: the one linked from."""
    if request.verb != VERB:
        return request
    leads = {"leads": True} if request.args.get("kind") == LEADING else {}
    return request._replace(args={**request.args, "other": other_of(request), **leads})


def refused(actor: Account, held: CaseFile, request: Request, now: int) -> Refusal | None:
    """Why this link cannot be made: there is no such case for this actor, or it is this one, or they are linked."""
    if request.verb != VERB or not other_of(request):
        return None
    other, kind = other_of(request), request.args.get("kind")
    there = any((x["other"], x["kind"]) == (other, kind) for x in held.case.links)
    if other != held.case.id and not there and _seen(actor, other, now):
        return None
    return words.refusal(
        held.pathway, "no_such", "", VERB, field="other", params={"thing": "other", "request": VERB}
    )


def _seen(actor: Account, case: str, now: int) -> bool:
    try:
        looking.seen_as(casefile.load(case, now=now), actor, "", now)
    except (NotPermitted, KeyDestroyed):
        return False
    return True


def mirror(held: CaseFile, request: Request, now: int) -> None:
    """Write the link into the log of the other case too."""
    if request.verb != VERB:
        return
    other = casefile.load(other_of(request), lock=True, now=now)
    at, seq = max(now, other.log.last_recorded), other.log.end.seq + 1
    data = {"kind": request.args["kind"], "other": held.case.id}
    data |= {"leads": False} if request.args["kind"] == LEADING else {}
    event = Event(
        other.case.id, seq, at, at, request.actor, request.role, "case.linked", data, other.pathway.version
    )
    casefile.write(other, [event], at)
