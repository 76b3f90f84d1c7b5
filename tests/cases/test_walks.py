"""Thousands of histories that nobody thought of: what is offered is taken, and nothing else.

A failure is printed as lines of an example. Another seed: AMPARO_WALK_SEED; more or fewer walks: AMPARO_WALKS (a
factor).
"""

import os
from collections import Counter

import pytest

from amparo.cases.model import Site
from amparo.pathways import reader
from tests.cases.play import at, quay
from tests.cases.walker import Walk, walks

SEED = int(os.environ.get("AMPARO_WALK_SEED", "1"))
FACTOR = float(os.environ.get("AMPARO_WALKS", "1"))
START = at("2024-03-04 22:10")
SETTLED = {"hearing_starts_from": "first_session", "new_record_counts": True, "suspend_again": False}


def ends(found: list[Walk]) -> Counter[str]:
    return Counter(w.case.stage for w in found if w.case)


@pytest.mark.slow
def test_at_the_quay_decide_takes_exactly_what_is_offered():
    found = list(walks(quay(), Site("one", "Europe/Lisbon"), SEED, int(1500 * FACTOR), 14, START))
    assert {"over", "away", "resting", "owing", "talking"} <= set(ends(found))


@pytest.mark.slow
@pytest.mark.parametrize("settings", [{}, SETTLED], ids=["nothing_settled", "settled"])
def test_in_lisbon_decide_takes_exactly_what_is_offered(settings):
    site = Site("lisboa", "Europe/Lisbon", settings)
    found = list(walks(reader.programme("pt-dissuasion"), site, SEED, int(300 * FACTOR), 40, START))
    assert len(ends(found)) >= 12, ends(found)


def test_a_walk_is_the_same_walk_each_time():
    one, other = (next(walks(quay(), Site("one", "Europe/Lisbon"), 7, 1, 10, START)) for _ in range(2))
    assert one.log == other.log
