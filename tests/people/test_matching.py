"""Is this person here already? The store offers, a human decides, and may change their mind."""

import pytest

from amparo.errors import AmparoError
from amparo.people import matching, store
from amparo.people.models import Account
from amparo.people.store import Channel, Record

pytestmark = pytest.mark.django_db

ANA = Record(name="Ana Luísa Pereira", born="1990-02-28", channels=(Channel("phone", "912 345 678"),))


@pytest.fixture
def ana():
    store.keep(Record(name="Rui Costa", born="1990-02-28"))
    return store.keep(ANA)


@pytest.fixture
def clerk():
    return Account.objects.create_user("clara", name="Clara")


@pytest.mark.parametrize(
    "asked",
    [
        ANA,
        Record(name="ANA LUISA PEREIRA"),
        Record(name="Pereira, Ana Luísa", born="1990-02-28"),
        Record(name="Anna Luiza Pereira", born="1990-02-28"),
        Record(name="Ana Pereyra", born="1990-02-28"),
        Record(name="Ana Pereira", born="1990-02-23"),
        Record(name="Ana L. Pereira", born="1990-02-28"),
    ],
)
def test_a_slip_in_a_name_still_finds_her(ana, asked):
    assert [found.person for found in matching.candidates(asked)] == [ana]


@pytest.mark.parametrize(
    "asked",
    [
        Record(name="Olga Marques", born="1990-02-28"),
        Record(name="Ana Soares"),
        Record(name="Ana Luísa Pereira", born="1951-07-01"),
        Record(),
    ],
)
def test_somebody_else_is_not_offered(ana, asked):
    assert ana not in [found.person for found in matching.candidates(asked)]


def test_the_nearest_stands_first(ana):
    twin = store.keep(Record(name="Ana Luísa Perreira", born="1990-02-28"))
    assert [found.person for found in matching.candidates(ANA)] == [ana, twin]


def test_what_agrees_is_said(ana):
    asked = Record(name="Ana Luísa Pereira", born="1990-02-28", channels=(Channel("text", "+351 912345678"),))
    found = matching.candidates(asked)[0]
    assert found.same == ("name", "born", "phone")


def test_a_day_and_month_changed_over_are_near(ana):
    store.keep(Record(name="Bela Nunes", born="1980-03-04"))
    assert matching.candidates(Record(name="Bela Nunes", born="1980-04-03"))


def test_she_is_not_offered_to_herself(ana):
    assert matching.candidates(ANA, but=ana) == ()


def test_all_words_of_a_search_must_be_there(ana):
    assert (
        matching.find("pereira ana")
        == matching.find("ana", "1990-02-28")
        == matching.find("912345678")
        == (ana,)
    )
    assert matching.find("ana costa") == matching.find("ana", "1990-02-27") == matching.find("") == ()


def test_a_link_makes_two_rows_one_person_until_it_is_undone(ana, clerk):
    twin = store.keep(Record(name="A. Pereira"))
    link = matching.link(ana, twin, clerk)
    assert matching.same_as(ana) == matching.same_as(twin) == {ana, twin}
    matching.unlink(link, clerk)
    assert matching.same_as(ana) == {ana}
    assert store.fetch(twin).name == "A. Pereira" and link.undone_by == clerk


def test_links_lead_on(ana, clerk):
    second, third = store.keep(Record(name="A")), store.keep(Record(name="B"))
    matching.link(ana, second, clerk)
    matching.link(third, second, clerk)
    assert matching.same_as(third) == {ana, second, third}


def test_one_person_is_not_linked_twice(ana, clerk):
    twin = store.keep(Record(name="A. Pereira"))
    matching.link(ana, twin, clerk)
    with pytest.raises(AmparoError, match="one person already"):
        matching.link(twin, ana, clerk)
    with pytest.raises(AmparoError):
        matching.link(ana, ana, clerk)
