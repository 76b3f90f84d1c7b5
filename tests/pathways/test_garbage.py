"""Whatever is done to a definition, the answer is a pathway or a fault with a place; never anything else."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.errors import DefinitionFault
from amparo.pathways.check import check
from amparo.pathways.reader import read_text
from tests.pathways.tour import TOUR

LINES = TOUR.splitlines(keepends=True)
PLACE = re.compile(r"^tour\.yaml:\d+:\d+ [A-Z]\d ")
BITS = st.sampled_from(
    ["{", "}", "[", "]", ": ", ",", '"', "'", "&a ", "*a", "- ", "!", "yes", "none", "setting x", "3", "any"]
)

hurts = st.one_of(
    st.tuples(st.just("drop"), st.integers(0, len(LINES) - 1), st.just("")),
    st.tuples(st.just("twice"), st.integers(0, len(LINES) - 1), st.just("")),
    st.tuples(st.just("insert"), st.integers(0, len(TOUR)), BITS),
    st.tuples(
        st.just("word"),
        st.integers(0, 600),
        st.sampled_from(["x", "yes", "all", "[a]", "{a: b}", '"admits"', "panel"]),
    ),
)


def hurt(text: str, how: str, where: int, what: str) -> str:
    lines = text.splitlines(keepends=True)
    if how == "insert":
        return text[:where] + what + text[where:]
    if how == "word":
        words = list(re.finditer(r"[a-z_]+", text))
        word = words[where % len(words)]
        return text[: word.start()] + what + text[word.end() :]
    at = where % len(lines)
    return "".join(lines[:at] + (lines[at : at + 1] * 2 if how == "twice" else []) + lines[at + 1 :])


@settings(max_examples=150, deadline=None)
@given(st.lists(hurts, min_size=1, max_size=3))
def test_a_hurt_definition_is_read_or_refused_with_places(all_: list[tuple[str, int, str]]) -> None:
    text = TOUR
    for how, where, what in all_:
        text = hurt(text, how, where, what)
    try:
        found = [str(finding) for finding in check(read_text(text, "tour.yaml"))]
    except DefinitionFault as fault:
        found = str(fault).splitlines()
    assert all(PLACE.match(line) for line in found), found
