"""Names are kept as given and found as written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.people import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'Brien", "O’BRIEN"),
        ("O’Brien", "obrien"),
        ("José", "JOSE"),
        ("Jose\u0301", "José"),
        ("Straße", "STRASSE"),
        ("Maria-João", "maria joão"),
        ("  Ana   Luísa ", "Ana Luisa"),
        ("Sam 🌹", "Sam"),
        ("Ａｎａ", "Ana"),
        ("Д’Артаньян", "дАртаньян"),
        ("İpek", "ipek"),
    ],
)
def test_one_name_written_in_two_ways_folds_to_one(one, other):
    assert names.folded(one) == names.folded(other)


def test_other_scripts_stay_themselves():
    assert names.folded("李 小龍") == "李 小龍"
    assert names.folded("محمد") == "محمد"


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(name):
    assert names.folded(names.folded(name)) == names.folded(name)


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_has_two_sides_and_bounds(one, other):
    assert 0.0 <= names.likeness(one, other) <= 1.0
    assert names.likeness(one, other) == names.likeness(other, one)


@pytest.mark.parametrize(
    ("one", "other", "jaro", "winkler"),
    [
        ("martha", "marhta", 0.944, 0.961),
        ("dwayne", "duane", 0.822, 0.840),
        ("dixon", "dicksonx", 0.767, 0.813),
        ("abc", "xyz", 0.0, 0.0),
        ("same", "same", 1.0, 1.0),
    ],
)
def test_the_published_values_of_the_measure_hold(one, other, jaro, winkler):
    assert names.jaro(one, other) == pytest.approx(jaro, abs=0.001)
    assert names.jaro_winkler(one, other) == pytest.approx(winkler, abs=0.001)


def test_the_order_of_names_does_not_matter():
    assert names.likeness("Silva Ana", "Ana Silva") == names.likeness("Ana Silva", "Ana Silva")


def test_a_left_out_name_costs_little():
    assert names.likeness("Ana Silva", "Ana Maria Pereira Silva") > 0.85


def test_another_name_is_far():
    assert names.likeness("Ana Silva", "Rui Costa") < 0.6


def test_no_name_is_like_no_name():
    assert names.likeness("", "Ana") == names.likeness("🌹", "🌹") == 0.0


def test_vowels_and_doubles_do_not_change_a_skeleton():
    assert names.skeleton("philippa") == names.skeleton("philipa") == "phlp"
