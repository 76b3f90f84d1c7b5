"""Other people in a case, such as the one who was harmed: each with a file of their own, under a key of their own.

What a case holds about them is sealed under their key and not under the case's: erasing them takes their words out of
the case, which stands. What is theirs is kept as long as the cases in which it stands, and goes with the last of them.
A row here says, sealed by the ring, who they are and in which role; a tag finds their cases. In clear stands only that
the case has a second person, as the number of a key does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from amparo.errors import KeyDestroyed
from amparo.ledger.models import OtherPerson
from amparo.people import store
from amparo.people.keys import ring
from amparo.people.models import person_id


class Other(NamedTuple):
    """One other person in a case. number: from 1, in the order of coming in. key: None once they were erased."""

    number: int
    role: str
    person: str
    key: bytes | None

    @property
    def key_number(self) -> int:
        """What stands as the key's number on an entry about them: below zero, so that it is no key of the case."""
        return -self.number


def of_case(case: str) -> tuple[Other, ...]:
    """The other people in a case, in the order of coming in."""
    return of_cases([case]).get(case, ())


def of_cases(cases: Iterable[str]) -> Mapping[str, tuple[Other, ...]]:
    """The other people in several cases; a case without any is not among them."""
    rows = list(OtherPerson.objects.filter(case__in=list(cases)).order_by("case", "number"))
    found: dict[str, tuple[Other, ...]] = {}
    for row in rows:
        found[row.case] = (*found.get(row.case, ()), _opened(row))
    return found


def _opened(row: OtherPerson) -> Other:
    held = json.loads(ring().unseal(row.sealed, _place(row.case, row.number)))
    return Other(row.number, held["role"], held["person"], _key_of(held["person"]))


def _key_of(person: str) -> bytes | None:
    try:
        return store.key_of(person)
    except KeyDestroyed:
        return None


def present(others: Iterable[Other], role: str) -> Other | None:
    """Who has this role in the case now: the newest who was not erased."""
    return next((one for one in reversed(tuple(others)) if one.role == role and one.key is not None), None)


def roles(others: Iterable[Other]) -> tuple[str, ...]:
    """The roles in which somebody else is in the case."""
    return tuple(dict.fromkeys(one.role for one in others if one.key is not None))


def enter(case: str, role: str) -> Other:
    """Somebody else comes into a case, of whom nothing else is known yet: a record and a key of their own.

    They can be found by nobody's search. Inside the transaction that writes about them.
    """
    number = 1 + OtherPerson.objects.filter(case=case).count()
    person = store.keep_apart(store.Record(), person_id())
    held = json.dumps({"role": role, "person": person}).encode()
    OtherPerson.objects.create(
        case=case, number=number, tag=tag(person), sealed=ring().seal(held, _place(case, number))
    )
    return Other(number, role, person, store.key_of(person))


def cases_of(person: str) -> list[str]:
    """The cases in which somebody has a part beside the person they are about."""
    return list(OtherPerson.objects.filter(tag=tag(person)).order_by("case").values_list("case", flat=True))


def tag(person: str) -> bytes:
    return ring().tag("tie other", person)


def _place(case: str, number: int) -> str:
    return f"other {case} {number}"
