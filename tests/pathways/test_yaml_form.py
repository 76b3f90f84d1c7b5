"""The traps of YAML: none is stepped into, each is refused with its place."""

from pathlib import Path

import pytest
import yaml

from amparo.errors import DefinitionFault
from amparo.pathways import yaml_form
from amparo.pathways.reader import placed, programmes
from amparo.pathways.yaml_form import plain, read


def refused(text: str | bytes) -> str:
    with pytest.raises(DefinitionFault) as fault:
        read(text, "f.yaml")
    return str(fault.value)


def test_scalars_and_keys_stay_text() -> None:
    text = "on: yes\nat: 10:30\nn: 1.10\nd: 2023-10-01\nx: [0x1f, 1_000, 1e3, null, ~]\n"
    assert plain(read(text, "f.yaml")) == {
        "on": "yes",
        "at": "10:30",
        "n": "1.10",
        "d": "2023-10-01",
        "x": ["0x1f", "1_000", "1e3", "null", "~"],
    }


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a: {en: Charged, at liberty}", "1:18", "quote the text"),
        ("a: 1\nb:\n", "2:1", "'b' has no value"),
        ("a: 1\na: 2\n", "2:1", "stands twice, first in line 1"),
        ("a: {b: 1, b: 2}", "1:11", "stands twice"),
        ("a: &x 1", "1:4", "an anchor"),
        ("a: &x 1\nb: *x", "2:4", "an alias"),
        ("<<: {a: 1}", "1:1", "merges"),
        ("a: !!str x", "1:4", "a tag"),
        ("a: !dependent", "1:4", "quote it if it is a rule"),
        ("a: 1\n---\nb: 2\n", "2:1", "a second document"),
        ("%YAML 1.1\n---\na: 1\n", "1:1", "a YAML directive"),
        ("a:\n\tb: 1", "2:1", "a tab"),
        ("[" * 200_000, "1:41", "more than 40 deep"),
        ("\ufeffa: 1", "1:1", "byte order mark"),
        ("", "1:1", "empty"),
        ("a: [1, {", "1:9", "not YAML"),
        ("a: b: c", "1:5", "not YAML"),
        ("? [a, b]\n: 1", "1:3", "no word"),
        ("a:\n  - b\n  -\n", "3:4", "an item of a list has no value"),
        ("a: \x07", "1:1", "a character that YAML does not take"),
        (b"a: 1\nb: \xff", "2:4", "not UTF-8"),
    ],
)
def test_each_trap_is_refused_where_it_stands(text: str | bytes, place: str, said: str) -> None:
    assert f"f.yaml:{place} Y1" in refused(text)
    assert said in refused(text)


def test_all_traps_of_a_text_are_told_at_once() -> None:
    assert len(refused("a: &x 1\nb: !!int 2\nc: &y 3\n").splitlines()) == 3


@pytest.mark.parametrize("name", programmes())
def test_both_parsers_give_the_same_tree(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(str(placed(name)))
    for file in (folder / "pathway.yaml", *sorted(folder.glob("profiles/*.yaml"))):
        text = file.read_text()
        fast = read(text, file.name)
        with monkeypatch.context() as slow:
            slow.setattr(yaml_form, "FAST", yaml.SafeLoader)
            assert read(text, file.name) == fast, file
