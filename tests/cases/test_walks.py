"""Thousands of histories that nobody thought of: what is offered is taken, and nothing else.

A failure is printed as lines of an example. Another seed: AMPARO_WALK_SEED; more or fewer walks: AMPARO_WALKS (a
factor).
"""

import os
from collections import Counter

import pytest

from amparo.cases.model import Site
from tests.cases.harvest import everything, harvest
from tests.cases.play import at, quay
from tests.cases.walker import Walk, walks

SEED = int(os.environ.get("AMPARO_WALK_SEED", "1"))
FACTOR = float(os.environ.get("AMPARO_WALKS", "1"))
START = at("2024-03-04 22:10")
COUNT = 60
"""Walks in each programme, and in each profile."""

SETTLED = {"hearing_starts_from": "first_session", "new_record_counts": True, "suspend_again": False}


def ends(found: list[Walk]) -> Counter[str]:
    return Counter(w.case.stage for w in found if w.case)


@pytest.mark.slow
def test_at_the_quay_decide_takes_exactly_what_is_offered():
    found = list(walks(quay(), Site("one", "Europe/Lisbon"), SEED, int(500 * FACTOR), 14, START))
    assert {"over", "away", "resting", "owing", "talking"} <= set(ends(found))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "profile"), everything())
def test_in_every_programme_decide_takes_exactly_what_is_offered(name, profile):
    """From where its examples stood, and from its doors, with what its examples told."""
    known = harvest(name, profile)
    found = list(walks(known.pathway, known.sites[0][0], SEED, int(COUNT * FACTOR), 20, START, known))
    assert len(ends(found)) >= 4, ends(found)


@pytest.mark.slow
def test_in_lisbon_it_is_so_where_the_site_has_settled_what_the_law_leaves_open():
    known = harvest("pt-dissuasion")
    settled = [(site._replace(settings=SETTLED), opened) for site, opened in known.sites]
    fresh = known._replace(sites=settled, states=[])
    found = list(walks(known.pathway, settled[0][0], SEED, int(3 * COUNT * FACTOR), 40, START, fresh))
    assert len(ends(found)) >= 10, ends(found)


def test_a_walk_is_the_same_walk_each_time():
    one, other = (next(walks(quay(), Site("one", "Europe/Lisbon"), 7, 1, 10, START)) for _ in range(2))
    assert one.log == other.log
