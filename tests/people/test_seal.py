"""What is sealed opens in its place with its key, and nowhere and with nothing else."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import AmparoError, KeyDestroyed, WrongKey
from amparo.people import seal

KEY = seal.new_key()


@given(st.binary(max_size=2000), st.text(max_size=60))
def test_what_is_sealed_opens_as_it_was(words, place):
    assert seal.unseal(KEY, seal.seal(KEY, words, "a " + place), "a " + place) == words


def test_empty_and_zero_stay_what_they_are():
    assert [seal.unseal(KEY, seal.seal(KEY, words, "p"), "p") for words in (b"", b"0", b"False")] == [
        b"",
        b"0",
        b"False",
    ]


def test_another_key_raises():
    with pytest.raises(WrongKey):
        seal.unseal(seal.new_key(), seal.seal(KEY, b"words", "p"), "p")


def test_a_moved_ciphertext_raises():
    with pytest.raises(WrongKey):
        seal.unseal(KEY, seal.seal(KEY, b"words", "case 1"), "case 2")


@given(st.integers(0, 32), st.integers(1, 255))
def test_an_altered_ciphertext_raises(where, change):
    kept = bytearray(seal.seal(KEY, b"words", "p"))
    kept[where] ^= change
    with pytest.raises(WrongKey):
        seal.unseal(KEY, bytes(kept), "p")


def test_a_cut_ciphertext_raises():
    with pytest.raises(WrongKey):
        seal.unseal(KEY, seal.seal(KEY, b"words", "p")[:9], "p")


def test_equal_words_do_not_look_equal():
    assert seal.seal(KEY, b"words", "p") != seal.seal(KEY, b"words", "p")


def test_a_wrapped_key_opens_with_its_ring_alone():
    ring, key = seal.new_ring(), seal.new_key()
    wrapped = ring.wrap(key, "person 1")
    assert ring.unwrap(wrapped, "person 1") == key
    with pytest.raises(WrongKey):
        seal.new_ring().unwrap(wrapped, "person 1")


def test_a_key_moved_to_another_person_raises():
    ring = seal.new_ring()
    with pytest.raises(WrongKey):
        ring.unwrap(ring.wrap(seal.new_key(), "person 1"), "person 2")


def test_a_destroyed_key_says_so():
    with pytest.raises(KeyDestroyed):
        seal.new_ring().unwrap(None, "person 1")


def test_an_older_key_of_the_ring_still_opens():
    ring, key = seal.new_ring(), seal.new_key()
    wrapped = ring.wrap(key, "p")
    newer = ring.rotated()
    assert newer.unwrap(wrapped, "p") == key
    assert newer.wrap(key, "p")[:4] != wrapped[:4]


def test_a_key_from_a_newer_ring_is_named():
    ring = seal.new_ring()
    with pytest.raises(WrongKey, match="number 2"):
        ring.unwrap(ring.rotated().wrap(KEY, "p"), "p")


def test_tags_of_equal_words_are_equal_in_their_domain():
    ring = seal.new_ring()
    assert ring.tag("name", "maria") == ring.tag("name", "maria")
    assert ring.tag("name", "maria") != ring.tag("born", "maria")
    assert ring.tag("name", "maria") != seal.new_ring().tag("name", "maria")


def test_a_ring_is_read_as_it_was_written(tmp_path):
    ring = seal.new_ring().rotated()
    seal.write_ring(tmp_path / "another.json", ring)
    assert seal.read_ring(tmp_path / "another.json") == ring


def test_a_ring_is_for_its_owner_alone(tmp_path):
    seal.write_ring(tmp_path / "another.json", seal.new_ring())
    assert stat.S_IMODE((tmp_path / "another.json").stat().st_mode) == 0o600


def test_a_ring_is_never_overwritten(tmp_path):
    path, ring = tmp_path / "another.json", seal.new_ring()
    seal.write_ring(path, ring)
    with pytest.raises(AmparoError, match="already"):
        seal.write_ring(path, seal.new_ring())
    assert seal.read_ring(path) == ring and not list(tmp_path.glob("another.json.*"))


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"current": 1, "wrapping": 3}', '{"current": "x"}'])
def test_what_is_no_ring_is_said_in_one_line(tmp_path: Path, content):
    path = tmp_path / "another.json"
    path.write_text(content)
    with pytest.raises(AmparoError, match="cannot be read"):
        seal.read_ring(path)


def test_a_missing_ring_is_said_in_one_line(tmp_path):
    with pytest.raises(AmparoError, match="no key ring at"):
        seal.read_ring(tmp_path / "none.json")


def test_an_invented_world_has_the_same_ring_again():
    assert seal.ring_from(b"world 1") == seal.ring_from(b"world 1")
    assert seal.fingerprint(seal.ring_from(b"world 1")) != seal.fingerprint(seal.ring_from(b"world 2"))
