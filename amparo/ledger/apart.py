"""The file of another person in a case: read and written by who may reach them, and by nobody else.

Their name and how to reach them live in the sealed store, in a record that no search finds; what is told about them
stands in the case, under their key. Every look leaves a row in the disclosure log.
"""

from __future__ import annotations

from typing import NamedTuple

from amparo.cases.about import other_people, party_of_fact
from amparo.cases.model import Event, Refusal, Request
from amparo.errors import KeyDestroyed, NotPermitted
from amparo.ledger import casefile, chain, log, looking, looks, others, retention, writing
from amparo.ledger.casefile import CaseFile
from amparo.ledger.locks import writing as in_transaction
from amparo.ledger.models import EventRow
from amparo.ledger.writing import Recorded
from amparo.lens import FactView, LetterView, Viewer, reaches
from amparo.people import store
from amparo.people.models import Account
from amparo.people.store import Record


class Apart(NamedTuple):
    """Another person in a case, as a role that may reach them sees it.

    there: somebody has this role in the case. record: who they are and how to reach them, None where nothing is known
    or it was erased. erased: somebody had it, and their words were destroyed. facts, letters: what is
    about them and to them. until: when all of it is destroyed, with the case; None while the case goes on, is held, or
    waits for something. unset: settings that nobody entered and without which nothing is ever destroyed.
    """

    party: str
    there: bool
    record: Record | None
    erased: bool
    facts: tuple[FactView, ...]
    letters: tuple[LetterView, ...]
    until: int | None = None
    unset: tuple[str, ...] = ()


def parties(actor: Account, case_id: str, *, role: str = "", now: int | None = None) -> tuple[str, ...]:
    """The roles of other people that this case can have and this actor may reach. Raises `NotPermitted` without sight
    of the case.
    """
    at = looking.present(now)
    held = casefile.load(case_id, now=at)
    viewer = looking.seen_as(held, actor, role, at)
    return tuple(p for p in other_people(held.pathway) if reaches(held.pathway, viewer.role, p))


def look(
    actor: Account, case_id: str, party: str, purpose: str, *, role: str = "", now: int | None = None
) -> Apart:
    """The other person's file, and the look is logged. Raises `NotPermitted` alike where the case is hidden, where
    the role may not reach them, and where the programme knows no such person.
    """
    at = looking.present(now)
    held = casefile.load(case_id, now=at)
    viewer = _reaching(held, actor, party, role, at)
    drawn = looking.draw(held, actor, viewer, at)
    looking.noted(held, viewer, looks.APART, purpose, at)
    one = others.present(held.log.others, party)
    return Apart(
        party,
        one is not None,
        _record(one.person) if one else None,
        one is None and any(other.role == party for other in held.log.others),
        tuple(f for f in drawn.facts if party_of_fact(held.pathway, f.name) == party),
        tuple(x for x in drawn.letters if x.to == party),
        found.ends_at if (found := retention.kept_of(held.case, at)) else None,
        retention.unset(held.case, at),
    )


def _reaching(held: CaseFile, actor: Account, party: str, role: str, at: int) -> Viewer:
    viewer = looking.seen_as(held, actor, role, at)
    if party not in other_people(held.pathway) or not reaches(held.pathway, viewer.role, party):
        raise NotPermitted(log.NOT_HERE)
    return viewer


def _record(person: str) -> Record | None:
    try:
        return store.fetch(person)
    except KeyDestroyed:
        return None


def enter(
    actor: Account,
    case_id: str,
    party: str,
    record: Record,
    key: str,
    *,
    role: str = "",
    now: int | None = None,
) -> Recorded | Refusal:
    """Write who the other person is and how to reach them: in their own record, with an entry in the case that says
    that it was done. All or nothing. Raises as `look` does, and `ValueError` for what can be no record.
    """
    at = looking.present(now)
    store.ensure_record_holds(record)
    with in_transaction():
        held = casefile.load(case_id, lock=True, now=at)
        viewer = _reaching(held, actor, party, role, at)
        request = Request("enter_other", actor.pk, viewer.role, args={"party": party})
        done = writing.record(actor, case_id, request, key, now=at)
        if isinstance(done, Recorded):
            one = others.present(others.of_case(case_id), party)
            assert one is not None
            store.change_apart(one.person, record)
    return done


def entries(person: str) -> tuple[Event, ...]:
    """All that any case holds about somebody who is in it beside the person it is about, by their own key: what they
    may ask for. Raises `KeyDestroyed` once they were erased, themselves or with the last case in which they stood.
    """
    key, found = store.key_of(person), []
    for case in others.cases_of(person):
        mine = [one for one in others.of_case(case) if one.person == person]
        rows = EventRow.objects.filter(case=case, key__in=[one.key_number for one in mine]).order_by("seq")
        found += [chain.opened_apart(row, key).event for row in rows]
    return tuple(found)
