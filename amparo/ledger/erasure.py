"""Destroying the words of a case: its key goes, its chain stays, its last entry says so in clear."""

from __future__ import annotations

from amparo.cases.model import Event
from amparo.ledger import casefile, chain, log, others, retention, summary, ties
from amparo.ledger.chain import Link
from amparo.ledger.models import CaseKey, Draft, EventRow, LetterBytes, Summary, Tie, Wake
from amparo.people import matching, store

RULE = "retention"


def erase(case: str, now: int) -> None:
    """Destroy a case's key, as an event. Inside a transaction; its coarse row is written before.

    The person's own record goes with their last case; their other cases stand. So does the file of anybody else in it:
    it is kept as long as the case, and no longer.
    """
    held = casefile.load(case, lock=True, now=now)
    stage, person = held.case.stage, held.log.person
    at = max(now, held.log.last_recorded)
    version = held.log.events[-1].version
    end_log(
        held.log,
        Event(case, held.log.end.seq + 1, at, at, "clock", "", "case.erased", {"rule": RULE}, version),
    )
    destroy_key(case)
    for one in held.log.others:
        forget_other(one.person)
    if person and stage:
        forget_person(person)


def forget_other(person: str) -> None:
    """Erase somebody who stood beside the person of cases of which none is left."""
    if all(erased(case) for case in others.cases_of(person)) and not store.erased(person):
        store.erase(person)


def end_log(held: log.Log, event: Event) -> None:
    """The last entry of a case: the one that stands in clear."""
    row = chain.in_clear(event, held.end.hash)
    EventRow.objects.bulk_create([row])
    log.move_head(held, Link(row.seq, bytes(row.hash)))


def destroy_key(case: str) -> None:
    """The key, and everything that only it made worth keeping: letters, drafts, summary, ties."""
    CaseKey.objects.filter(case=case).update(wrapped=None)
    for table in (LetterBytes, Draft, Tie):
        table._default_manager.filter(case=case).delete()
    Summary.objects.filter(pk=case).delete()
    Wake.objects.filter(pk=case).delete()


def forget_person(person: str) -> None:
    """Erase a person of whom no case is left, under any id that stands for them, and who stands beside
    nobody.
    """
    if ties.cases("person", matching.same_as(person)):
        return
    for who in matching.same_as(person):
        if not store.erased(who) and not ties.cases("assigned", [who]):
            store.erase(who)


def erase_other(person: str, now: int) -> tuple[str, ...]:
    """Erase somebody who stands in other people's cases: their words go out of each, and the cases stand; gives these.

    A case under a legal hold is refused: raises `ValueError` naming it, and nothing is erased.
    """
    cases = others.cases_of(person)
    live = [casefile.load(case, lock=True, now=now) for case in cases if not erased(case)]
    against = sorted(one.case.id for one in live if one.case.hold)
    if against:
        raise ValueError(f"Under a legal hold: {', '.join(against)}.")
    store.erase(person)
    for one in live:
        again = casefile.load(one.case.id, lock=True, now=now)
        summary.write(again.log, again.case, max(now, again.log.last_recorded))
    return tuple(cases)


def erased(case: str) -> bool:
    """Whether the words of a case were erased."""
    return CaseKey.objects.filter(case=case, wrapped__isnull=True).exists()


def erase_person(person: str, now: int) -> tuple[str, ...]:
    """Erase a person and every case of theirs; gives the cases. A case under a legal hold, or still open,
    is refused.

    Raises `ValueError` naming the cases that stand against it; then nothing is erased.
    """
    cases = ties.cases("person", matching.same_as(person))
    loaded = [casefile.load(case, lock=True, now=now) for case in cases]
    against = [one.case.id for one in loaded if one.case.hold or retention.kept_of(one.case, now) is None]
    if against:
        raise ValueError(f"Still open, or under a legal hold: {', '.join(sorted(against))}.")
    for case in cases:
        erase(case, now)
    if not cases:
        forget_person(person)
    return tuple(cases)
