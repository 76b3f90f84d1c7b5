"""The sealed store keeps exactly what was said, and nobody reads it without the ring."""

import pytest
from django.db import connection

from amparo.errors import KeyDestroyed, WrongKey
from amparo.people import keys, matching, store
from amparo.people.models import BlindIndex, Person
from amparo.people.seal import new_ring, write_ring
from amparo.people.store import Channel, Record

pytestmark = pytest.mark.django_db

SAM = Record(
    name="Samuel d’Ávila 🌹", wanted="Sam", born="1990-02-28",
    channels=(Channel("text", "+351 912 345 678", safe=False), Channel("phone", "213", True, "after 18:00")),
    home="lisboa", address="Rua das Flores 1", speaks=("pt", "uk"), reads=("uk",), interpreter=True,
    transliteration="Samuel d'Avila", unknown=("born",),
)  # fmt: skip


def test_a_record_is_read_as_it_was_kept():
    assert store.fetch(store.keep(SAM)) == SAM


def test_the_name_wanted_is_the_one_used():
    assert (SAM.called, Record(name="Ana Silva").called, Record(name="Ana Silva").initials) == (
        "Sam",
        "Ana Silva",
        "AS",
    )


def test_an_unsafe_channel_is_not_the_one_used():
    assert SAM.channel == SAM.channels[1]


def test_no_word_of_a_record_stands_in_the_database():
    store.keep(SAM)
    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped, sealed FROM people_person")
        kept = b"".join(bytes(part) for row in cursor.fetchall() for part in row)
    assert not any(word.encode() in kept for word in ("Sam", "Flores", "912", "1990", "lisboa"))


def test_a_change_is_found_under_the_new_name_alone():
    person = store.keep(Record(name="Ana Silva"))
    store.change(person, Record(name="Ana Costa"))
    assert (matching.find("costa"), matching.find("silva")) == ((person,), ())


def test_an_erased_person_is_gone_for_good():
    person = store.keep(SAM)
    store.erase(person)
    with pytest.raises(KeyDestroyed):
        store.fetch(person)
    with pytest.raises(KeyDestroyed):
        store.change(person, SAM)
    assert not BlindIndex.objects.exists() and store.erased(person)


def test_another_ring_opens_nothing(ring_file):
    person = store.keep(SAM)
    ring_file.unlink()
    write_ring(ring_file, new_ring())
    keys._ring_at.cache_clear()
    with pytest.raises(WrongKey):
        store.fetch(person)


def test_records_swapped_between_people_do_not_open():
    one, other = store.keep(SAM), store.keep(Record(name="Ana"))
    Person.objects.filter(pk=one).update(sealed=Person.objects.get(pk=other).sealed)
    with pytest.raises(WrongKey):
        store.fetch(one)


def test_a_rotated_ring_still_opens_what_was_kept():
    person = store.keep(SAM)
    keys.rotate()
    assert store.fetch(person) == SAM


@pytest.mark.parametrize("born", ["31.12.1999", "1999-02-30", "1066-10-14", "soon"])
def test_what_is_no_birth_date_is_said(born):
    with pytest.raises(ValueError, match=born):
        store.keep(Record(name="Ana", born=born))


def test_endless_words_are_refused():
    with pytest.raises(ValueError, match="name is longer"):
        store.keep(Record(name="a" * 1_000_000))
    with pytest.raises(ValueError, match="note is longer"):
        store.keep(Record(name="Ana", channels=(Channel("phone", "1", note="a" * 5000),)))


def test_somebody_without_a_name_can_be_kept():
    person = store.keep(Record(unknown=("name",)))
    assert store.fetch(person).called == ""
    assert matching.candidates(Record(name="Ana")) == ()
