"""Cases by month and door: nobody's name, no small number, and no sum from which one could be taken."""

from __future__ import annotations

import pytest

from amparo.errors import NotPermitted
from amparo.ledger import months
from amparo.ledger.models import Disclosure, Tally
from amparo.ledger.months import Seen, together, told
from tests.ledger.conftest import MONDAY
from tests.ledger.test_tallies import WHERE, keeper, no_thanks, warden

__all__ = ["keeper", "warden"]


@pytest.mark.parametrize(("n", "said"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_few_are_not_told_and_none_are(n: int, said: int | None) -> None:
    assert told(n) == said


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([7, 9], 16),
        ([7, 3], None),  # 10 beside 7 would tell the 3
        ([7, 1, 1], None),  # 9 beside 7 would tell both
        ([7, 4, 4], None),  # so would 15
        ([7, 2, 3], 12),
        ([1, 2], None),  # fewer than five in all
        ([], 0),
    ],
)
def test_a_sum_is_told_only_where_no_small_number_can_be_taken_from_it(
    parts: list[int], said: int | None
) -> None:
    assert together(parts) == said


def test_cases_stand_in_the_month_in_which_they_came_by_their_door() -> None:
    came = [Seen("gate", "2026-03", ("offered", "died"))] * 6 + [Seen("gate", "2026-02", ("offered",))] * 5
    found = list(months._by_door(came, {("gate", "2026-03", "no_thanks"): [2, 9]}))
    assert [(x.month, x.n) for x in found] == [("", 11), ("2026-03", 6), ("2026-02", 5)]
    assert found[0].reached == {"offered": 11, "died": 6} and found[1].counted == {"no_thanks": None}


def test_what_was_counted_without_a_case_stands_with_its_door(warden, keeper) -> None:
    for n in range(5):
        no_thanks(warden, f"k{n}", trodden="lawn")
    (row, *_rest) = months.year(keeper, *WHERE, now=MONDAY).came
    assert row.counted == {"no_thanks": 5} and row.n == 0


def test_who_reads_no_counts_reads_none_of_these(warden) -> None:
    with pytest.raises(NotPermitted):
        months.year(warden, *WHERE, now=MONDAY)


def test_the_look_is_logged_and_names_no_case(keeper) -> None:
    months.year(keeper, *WHERE, now=MONDAY)
    looked = Disclosure.objects.filter(actor=keeper.pk)
    assert [(row.case, row.cases.split()) for row in looked] == [(None, [])]
    assert not Tally.objects.exists()
