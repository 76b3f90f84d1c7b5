"""The sealed store: who people are, how to reach them safely, and in which words.

No name stands anywhere else. A case knows a person's id only inside its sealed events.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction

from amparo.errors import KeyDestroyed
from amparo.people import names
from amparo.people.keys import ring
from amparo.people.models import BlindIndex, Person, person_id
from amparo.people.seal import new_key, seal, unseal


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to reach somebody. kind: phone, text, email, post, in_person, secure_box, through.

    safe: whether a message there is safe; None was not asked. hours: when, in the person's words.
    """

    kind: str
    value: str
    safe: bool | None = None
    hours: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a person. Empty is *not asked*; `unknown` names what was asked and is not known.

    name: as on papers, in any script. wanted: the name the person wants used. transliteration: typed by a
    human for a script that a letter's fonts lack. born: ISO day, '' if not known. home: code of an area;
    address: in words.
    reads / speaks: codes of languages. representative, defender: ids of persons of their own.
    """

    name: str = ""
    wanted: str = ""
    born: str = ""
    channels: tuple[Channel, ...] = ()
    home: str = ""
    address: str = ""
    speaks: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    interpreter: bool | None = None
    hears_sees_reads: str = ""
    transliteration: str = ""
    representative: str = ""
    defender: str = ""
    unknown: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """The name to use: the one wanted, else the one on papers."""
        return self.wanted or self.name

    @property
    def initials(self) -> str:
        """The first letters of the name used, for lists in a shared room."""
        return "".join(word[0].upper() for word in self.called.split() if word)[:3]

    @property
    def channel(self) -> Channel | None:
        """The first channel not said to be unsafe."""
        return next((channel for channel in self.channels if channel.safe is not False), None)


def keep(record: Record, id: str = "") -> str:
    """Keep a new person, sealed under a key of their own; gives the person's id."""
    ensure_record_holds(record)
    new = id or person_id()
    key = new_key()
    with transaction.atomic():
        Person.objects.create(
            id=new, wrapped=ring().wrap(key, _key_place(new)), sealed=_sealed(key, new, record)
        )
        _index(new, record)
    return new


def keep_apart(record: Record, id: str) -> str:
    """Keep somebody who can be found by no search: another person in somebody's case, under a key of their own."""
    ensure_record_holds(record)
    key = new_key()
    Person.objects.create(id=id, wrapped=ring().wrap(key, _key_place(id)), sealed=_sealed(key, id, record))
    return id


def change_apart(id: str, record: Record) -> None:
    """Replace what is known of somebody kept apart. Raises `KeyDestroyed` if they were erased."""
    ensure_record_holds(record)
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=id)
        row.sealed = _sealed(ring().unwrap(row.wrapped, _key_place(id)), id, record)
        row.save(update_fields=["sealed"])


def fetch(id: str) -> Record:
    """The record of a person. Raises `KeyDestroyed` if it was erased, `WrongKey` if it does not open."""
    row = Person.objects.get(pk=id)
    return _opened(row)


def fetch_many(ids: Iterable[str]) -> dict[str, Record]:
    """The records of several persons; erased ones are left out."""
    rows = Person.objects.filter(pk__in=set(ids), wrapped__isnull=False)
    return {row.pk: _opened(row) for row in rows}


def change(id: str, record: Record) -> None:
    """Replace what is known of a person. Raises `KeyDestroyed` if the person was erased."""
    ensure_record_holds(record)
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=id)
        row.sealed = _sealed(ring().unwrap(row.wrapped, _key_place(id)), id, record)
        row.save(update_fields=["sealed"])
        BlindIndex.objects.filter(person_id=id).delete()
        _index(id, record)


def erase(id: str) -> None:
    """Destroy the person's key and every tag. Their words cannot be read again by anybody."""
    with transaction.atomic():
        BlindIndex.objects.filter(person_id=id).delete()
        Person.objects.filter(pk=id).update(wrapped=None, sealed=b"")


def erased(id: str) -> bool:
    """Whether the person's key was destroyed."""
    return Person.objects.filter(pk=id, wrapped__isnull=True).exists()


def key_of(id: str) -> bytes:
    """The person's own key: for what a case keeps about somebody else than the person it is about."""
    return ring().unwrap(Person.objects.values_list("wrapped", flat=True).get(pk=id), _key_place(id))


def tags(record: Record) -> set[bytes]:
    """Every tag by which this record can be found."""
    named = [name for name in (record.name, record.wanted, record.transliteration) if names.words(name)]
    found = {_tag("name", " ".join(names.words(name))) for name in named}
    found |= {_tag("word", word) for name in named for word in names.words(name)}
    found |= {_tag("phone", digits) for channel in record.channels if (digits := _digits(channel.value))}
    if record.born:
        found.add(_tag("born", record.born))
        found |= {
            _tag("skeleton", f"{names.skeleton(word)} {record.born[:4]}")
            for name in named
            for word in names.words(name)
        }
    return found


def search_tags(text: str, born: str = "") -> list[set[bytes]]:
    """Groups of tags for a search: a person must have one of each group. Words, then the birth date if
    given.
    """
    groups = [{_tag("word", word), _tag("phone", _digits(word) or "-")} for word in names.words(text)]
    return [*groups, {_tag("born", born)}] if born else groups


def ensure_record_holds(record: Record) -> None:
    """Raises `ValueError` with a plain sentence for what can be no record: a birth date that is none,
    endless words.
    """
    if record.born:
        _ensure_born(record.born)
    for name, value in _texts(record):
        if len(value) > LONGEST.get(name, 200):
            raise ValueError(f"{name} is longer than {LONGEST.get(name, 200)} letters.")


LONGEST = {"address": 1000, "note": 2000, "hears_sees_reads": 1000}


def _ensure_born(written: str) -> None:
    try:
        born = date.fromisoformat(written)
    except ValueError as fault:
        raise ValueError(f"{written} is not a day; write it as 1999-12-31.") from fault
    if born.year < 1890:
        raise ValueError(f"{written} is too long ago for a birth date.")


def _texts(record: Record) -> Iterable[tuple[str, str]]:
    parts: tuple[Record | Channel, ...] = (record, *record.channels)
    for part in parts:
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(value, str):
                yield field.name, value


def _opened(row: Person) -> Record:
    if row.wrapped is None:
        raise KeyDestroyed("This person's record was erased.")
    key = ring().unwrap(row.wrapped, _key_place(row.pk))
    return _decoded(json.loads(unseal(key, row.sealed, _place(row.pk))))


def _sealed(key: bytes, id: str, record: Record) -> bytes:
    return seal(key, json.dumps(asdict(record), ensure_ascii=False).encode(), _place(id))


def _decoded(kept: dict[str, Any]) -> Record:
    channels = tuple(Channel(**channel) for channel in kept.pop("channels", ()))
    plain: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
    }
    return Record(channels=channels, **plain)


def _index(id: str, record: Record) -> None:
    BlindIndex.objects.bulk_create([BlindIndex(tag=tag, person_id=id) for tag in tags(record)])


def _tag(domain: str, text: str) -> bytes:
    return ring().tag(f"person {domain}", text)


def _digits(value: str) -> str:
    """The last nine digits of a number, so that `+351 912 345 678` and `912345678` are one. '' if there are
    fewer.
    """
    digits = "".join(letter for letter in value if letter.isdecimal())
    return digits[-9:] if len(digits) >= 9 else ""


def _place(id: str) -> str:
    return f"person {id}"


def _key_place(id: str) -> str:
    return f"person-key {id}"
