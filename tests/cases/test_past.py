"""The range of past agreements: from the smallest to the largest, nothing between, and nothing of few."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from amparo.cases import past
from amparo.cases.model import Obligation
from amparo.pathways.model import Term, Type, Where
from tests.cases.play import money, owing, quay, talking

KIND = quay().obligations["service"]


def weights(*items: int) -> list[past.Weight]:
    return [past.Weight(n, {"EUR": 100 * n}, {"hours": n}) for n in items]


def agreed(at: int, **terms: Any) -> Obligation:
    return Obligation(f"o{at}{terms}", "service", "agreed", terms, "person", None, (), at)


def test_it_goes_from_the_smallest_to_the_largest():
    found = past.spread(weights(3, 1, 6, 2, 4))
    assert found is not None and found.items == (1, 6) and found.sums == {"EUR": (100, 600)}
    assert found.n == 5 and found.counts == {"hours": (1, 6)}


def test_of_four_nothing_is_told():
    assert past.spread(weights(1, 2, 3, 4)) is None


def test_who_agreed_to_no_money_counts_as_nought():
    found = past.spread([*weights(1, 2, 3, 4), past.Weight(2, {}, {})])
    assert found is not None and found.sums == {"EUR": (0, 400)}


def test_it_tells_no_average_and_names_no_case():
    assert past.Range._fields == ("n", "items", "sums", "counts")


def test_what_was_added_later_is_not_part_of_what_was_agreed():
    case = owing().case
    items = {o.id: o for o in (agreed(10), agreed(10, hours=3), agreed(20, hours=9))}
    assert len(past.first_agreed(case._replace(obligations=items), "service")) == 2


def test_of_money_an_items_first_sum_counts_and_not_how_it_is_paid():
    kinds = {"amount": "money", "each": "money", "hours": "count"}
    terms = {name: Term(where=Where("", 0, 0), type=Type(kind)) for name, kind in kinds.items()}
    kind = replace(KIND, terms=terms)
    sums = {"amount": money("EUR 350.00"), "each": money("EUR 50.00"), "hours": 8}
    found = past.weight(kind, [agreed(1, **sums), agreed(1)])
    assert (found.items, dict(found.sums), dict(found.counts)) == (2, {"EUR": 35_000}, {"hours": 8})


def test_similar_is_who_says_the_same_of_the_matter():
    play = talking()
    assert past.is_similar(play.pathway, past.matter(play.pathway, play.case, play.t), play.case, play.t)
    assert not past.is_similar(play.pathway, {"no_such": "code"}, play.case, play.t)
