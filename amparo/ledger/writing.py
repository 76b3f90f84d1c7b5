"""Recording: the one way in which a case gains events."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.db import IntegrityError, OperationalError

from amparo.cases import approach, clocks
from amparo.cases.decide import decide
from amparo.cases.fold import fold
from amparo.cases.model import Case, Event, Refusal, Request, Room, Sealed, Site, World
from amparo.errors import AmparoError, KeyDestroyed, LedgerFault, NotPermitted
from amparo.ledger import (
    definitions,
    drafts,
    later,
    links,
    log,
    papers,
    retention,
    summary,
    tallies,
    ticking,
    ties,
    waiting,
    world,
)
from amparo.ledger.casefile import CaseFile, load, write
from amparo.ledger.locks import writing
from amparo.lens import filtered, sees_case
from amparo.pathways import calendar
from amparo.pathways.model import Pathway
from amparo.people import staff
from amparo.people.keys import ring
from amparo.people.models import Account

TRIES = 8
"""A writer who comes second is decided again on the new state, this many times before it is a fault."""
LONGEST_TEXT = 20_000
"""Letters in one text. A note longer than this is a document, and belongs on paper beside the case."""


class Recorded(NamedTuple):
    """What was written: the case, the seq of its newest entry, and the events that the request caused. over: with it
    the case ended, and its words went at once.
    """

    case_id: str
    seq: int
    events: tuple[Event, ...]
    over: bool = False


class Ask(NamedTuple):
    """A request with all that the ledger knows of who sends it."""

    actor: Account
    request: Request
    idem: bytes
    now: int
    person: str
    programme: str
    site: str
    draft: str


def record(
    actor: Account,
    case_id: str | None,
    request: Request,
    key: str,
    purpose: str = "",
    person: str | None = None,
    *,
    programme: str = "",
    site: str = "",
    draft: str = "",
    now: int | None = None,
) -> Recorded | Refusal:
    """Decide a request and write what follows from it, all or nothing; or give the refusal, as this actor
    may read it.

    case_id None opens a case of `programme` at `site` for `person` (each may be left out where the actor's
    posts leave no choice). key: the same key again gives what was written the first time. draft: the place
    whose draft is wiped. Raises `NotPermitted` if there is no such case for this actor, `LedgerFault` if it
    cannot be written.
    """
    if not key:
        raise LedgerFault("A request is sent with a key of its own, so that sending it twice writes it once.")
    refused = too_long(request)
    if refused:
        return refused
    ask = Ask(
        actor, request._replace(actor=actor.pk), _idem(actor, key),
        int(time.time()) if now is None else now, person or "", programme, site, draft,
    )  # fmt: skip
    done = _tried(ask, case_id)
    if isinstance(done, Recorded) and done.over:
        ticking.wipe(done.case_id, ask.now)  # who said no does not wait for the clock
    return done


def _tried(ask: Ask, case_id: str | None) -> Recorded | Refusal:
    """Decide and write, again while somebody else was first."""
    for attempt in range(TRIES):
        try:
            with writing():
                return _replayed(ask) or (_opening(ask) if case_id is None else _step(ask, case_id))
        except (IntegrityError, OperationalError):
            if attempt + 1 == TRIES:
                raise
    raise LedgerFault("The step could not be written. Nothing was stored; please send it again.")


def sent(actor: Account, key: str) -> bool:
    """Was a request of this account with this key written already? Also one whose case was erased since."""
    try:
        return log.written_with(_idem(actor, key)) is not None
    except KeyDestroyed:
        return True


def _idem(actor: Account, key: str) -> bytes:
    return ring().tag("idempotency", f"{actor.pk}\0{key}")


def _replayed(ask: Ask) -> Recorded | None:
    """What an earlier request with the same key wrote."""
    found = log.written_with(ask.idem)
    if found is None:
        return None
    case, first, last = found
    _wipe_draft(ask)
    return Recorded(case, last, log.load(case).events[first - 1 : last])


def _wipe_draft(ask: Ask) -> None:
    if ask.draft:
        drafts.wipe(ask.actor, ask.draft)


# ------------------------------------------------------------------------------------------- a step on a case
def _step(ask: Ask, case_id: str) -> Recorded | Refusal:
    held = load(case_id, lock=True, now=ask.now)
    now = max(ask.now, held.log.last_recorded)
    t = _time(ask.request, now)
    viewer = world.viewer(held.log, held.case, ask.actor, ask.request.role, now)
    if not sees_case(held.pathway, held.case, viewer):
        raise NotPermitted(log.NOT_HERE)
    steps = tuple(do.step for do in ask.request.steps)
    waiting.in_turn(held.pathway, ties.where(held.case), waiting.of_steps(held.pathway, steps))
    stated = world.state(
        held.log, held.case, ask.actor, ask.request.role, t, ask.request.world.transfer_to, steps
    )
    carried = waiting.with_worker(held.pathway, held.site, ties.where(held.case), held.case, ask.request, t)
    stated = stated._replace(places={**stated.places, **carried})
    request = links.named(ask.request)._replace(world=_with_lot(stated))
    answer = links.refused(ask.actor, held, request, now) or decide(
        held.pathway, held.site, held.case, case_id, request, now
    )
    if isinstance(answer, Refusal):
        _tick_to(held, t, now)
        return filtered(held.pathway, held.case, viewer, answer)
    written = write(held, answer, now, idem=ask.idem)
    _count_steps(ask, written.case, now)
    links.mirror(written, request, now)
    _wipe_draft(ask)
    over = retention.at_once(written.case, now)
    return Recorded(case_id, written.log.end.seq, written.log.events[held.log.end.seq :], over)


def _tick_to(held: CaseFile, t: int, now: int) -> None:
    """A refusal stores nothing of the request, but the clocks that were caught up for it stay caught up."""
    said = clocks.tick(held.pathway, held.case, t, now)
    if said:
        write(held, said, now)


def _time(request: Request, now: int) -> int:
    """As of when a request is judged; a time to come is left to `decide` to refuse."""
    return now if request.happened_at is None else min(request.happened_at, now)


# ------------------------------------------------------------------------------------------------ opening
def _opening(ask: Ask) -> Recorded | Refusal:
    programme, site_code = _whereto(ask)
    pathway = papers.pathway_at(programme, site_code, ask.now)
    site = papers.site_on_paper(site_code, pathway, now=ask.now)
    day = calendar.day_of(_time(ask.request, ask.now), site.zone)
    stated = world.state_opening(ask.actor, ask.request.role, site_code, programme, ask.person, day)
    if not stated.relation:
        raise NotPermitted("You have no such role at this site.")
    stated = stated._replace(places=_places(ask, pathway, site))
    case_id = log.new_case_id()
    answer = decide(pathway, site, None, case_id, ask.request._replace(world=_with_lot(stated)), ask.now)
    if isinstance(answer, Refusal):
        return answer
    begun = log.append(log.begin(case_id), answer, pathway=pathway, idem=ask.idem, person=ask.person)
    held = CaseFile(begun, fold(pathway, site, begun.events), pathway, site)
    summary.write(begun, held.case, ask.now)
    definitions.keep(pathway)
    _count_steps(ask, held.case, ask.now)
    if not approach.is_approach(held.case):
        later.tell(ask.person, held.case, ask.now)
    _wipe_draft(ask)
    return Recorded(case_id, begun.end.seq, begun.events)


def _with_lot(stated: World) -> World:
    """The world with fresh random digits, by which a schedule that begins now is drawn. Only what is written has them:
    a look at what a step would cause has none.
    """
    return stated._replace(lot=Sealed(secrets.token_hex(32)))


def _places(ask: Ask, pathway: Pathway, site: Site) -> Mapping[str, Room]:
    """What is free of the places that a case needs to open; nobody else takes one of them meanwhile."""
    waiting.in_turn(pathway, site.code, waiting.of_steps(pathway, (do.step for do in ask.request.steps)))
    return waiting.to_open(pathway, site, ask.request, _time(ask.request, ask.now))


def _whereto(ask: Ask) -> tuple[str, str]:
    """Programme and site of an opening. Raises `AmparoError` if the actor's posts leave a choice and none
    was made.
    """
    posts = staff.posts(ask.actor, papers.day_at("UTC", ask.now))
    found = {(post.programme, post.site_id) for post in posts if post.role == ask.request.role}
    fitting = {(p, s) for p, s in found if ask.programme in ("", p) and ask.site in ("", s)}
    if ask.programme and ask.site:
        return ask.programme, ask.site
    if len(fitting) != 1:
        raise AmparoError("Say at which site, and of which programme, the case is opened.")
    return next(iter(fitting))


# ------------------------------------------------------------------------------------------------ tallies
def _count_steps(ask: Ask, case: Case, now: int) -> None:
    """What the steps of this request add. A door's own counts are of those for whom no case was opened."""
    names = [name for do in ask.request.steps for name in case.pathway.steps[do.step].counts]
    for name in names:
        tallies.add_of_case(case, name, now, ask.request.role)


# ------------------------------------------------------------------------------------------- what is too long
def too_long(request: Request) -> Refusal | None:
    """The refusal of a text beyond what an entry may hold; nothing of it is lost, the draft keeps it."""
    field = next((name for name, text in _texts("", request) if len(text) > LONGEST_TEXT), None)
    if field is None:
        return None
    step = request.steps[0].step if request.steps else request.verb
    return Refusal("bad_input", step, TOO_LONG, instead=(("verb", "shorten"),), field=field)


TOO_LONG: Mapping[str, str] = {
    "en": "This text is longer than 20,000 letters, more than an entry can hold. Shorten it, or keep it as a"
    " document on paper and say here where it lies. What you typed is still in your draft.",
    "pt": "Este texto tem mais de 20 000 letras, mais do que um registo pode guardar. Encurte-o, ou guarde-o"
    " como documento em papel e indique aqui onde está. O que escreveu continua no seu rascunho.",
}


def _texts(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every text in a request, with the name of the field nearest to it."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _texts(str(key), part)
    elif hasattr(value, "_asdict"):
        yield from _texts(name, value._asdict())
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _texts(name, part)
