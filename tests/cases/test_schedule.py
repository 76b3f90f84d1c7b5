"""The lot: every day as likely as any other over years, and nothing to be learnt from the past."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise

import pytest

from amparo.cases.schedule import drawn

MONDAY = date(2024, 1, 1)
DAY = timedelta(days=1)
NONE: frozenset[date] = frozenset()
MORE = Decimal("0.1")
SECRETS = [f"{n:064x}" for n in range(40)]
YEARS = 5

Draw = Callable[[str, date], frozenset[int]]
"""The days of one week that are drawn, 0 for Monday."""


def lot(count: int = 2, more: Decimal = MORE) -> Draw:
    def draw(secret: str, monday: date) -> frozenset[int]:
        return frozenset(day.weekday() for day in drawn(secret, "tests", monday, count, more, NONE))

    return draw


def weeks(draw: Draw, secrets: Iterable[str] = SECRETS, years: int = YEARS) -> Iterator[list[frozenset[int]]]:
    """Some years of each secret, week by week."""
    for secret in secrets:
        yield [draw(secret, MONDAY + n * 7 * DAY) for n in range(52 * years)]


def chi_square(seen: Counter[object], cells: Iterable[object]) -> tuple[float, int]:
    """How far counts lie from being all alike, and the degrees of freedom."""
    all_ = list(cells)
    expected = sum(seen.values()) / len(all_)
    return sum((seen[cell] - expected) ** 2 / expected for cell in all_), len(all_) - 1


def alike(seen: Counter[object], cells: Iterable[object]) -> bool:
    """Are the counts all alike, as far as chance goes once in a thousand times (Wilson and Hilferty)?"""
    found, df = chi_square(seen, cells)
    return found < df * (1 - 2 / (9 * df) + 3.09 * math.sqrt(2 / (9 * df))) ** 3


# ------------------------------------------------------------------------------------------------ as likely as others
@pytest.mark.parametrize("count", [1, 2, 3])
def test_each_day_of_the_week_is_as_likely_weekends_alike(count: int):
    seen: Counter[object] = Counter(day for each in weeks(lot(count)) for week in each for day in week)
    assert alike(seen, range(7))


def test_each_pair_of_days_is_as_likely():
    pairs: Counter[object] = Counter(week for each in weeks(lot(2, Decimal(0))) for week in each)
    assert alike(pairs, map(frozenset, combinations(range(7), 2)))


def test_a_week_says_nothing_of_the_next():
    found = weeks(lot(2, Decimal(0)), [f"{n:064x}" for n in range(80)])
    follow: Counter[object] = Counter(pair for each in found for pair in pairwise(each))
    every = [frozenset(x) for x in combinations(range(7), 2)]
    assert alike(follow, [(a, b) for a in every for b in every])


def test_one_schedule_says_nothing_of_another_of_the_same_case():
    both: Counter[object] = Counter()
    for secret in SECRETS:
        for n in range(52 * YEARS):
            monday = MONDAY + n * 7 * DAY
            one, other = (
                next(iter(drawn(secret, name, monday, 1, Decimal(0), NONE))) for name in ("tests", "breath")
            )
            both[one.weekday(), other.weekday()] += 1
    assert alike(both, [(a, b) for a in range(7) for b in range(7)])


def test_the_same_measure_notices_a_draw_that_is_not_even():
    def lazy(secret: str, monday: date) -> frozenset[int]:
        return frozenset({int(secret, 16) * 31 % 6 + 0, (monday.toordinal() // 7 + int(secret, 16)) % 6})

    assert not alike(Counter(day for each in weeks(lazy) for week in each for day in week), range(7))


# ------------------------------------------------------------------------------------------------ at least, and more
def test_at_least_so_many_days_a_week_and_each_other_day_with_its_chance():
    extra = [len(week) - 2 for each in weeks(lot()) for week in each]
    assert min(extra) == 0
    n = 5 * len(extra)
    assert abs(sum(extra) - n * 0.1) < 4 * math.sqrt(n * 0.1 * 0.9)


def test_two_done_never_mean_a_free_weekend():
    done = [week for each in weeks(lot()) for week in each if len([day for day in week if day < 5]) >= 2]
    tested = sum(bool(week & {5, 6}) for week in done) / len(done)
    assert tested > 0.15
    none = [
        week for each in weeks(lot(2, Decimal(0))) for week in each if len([d for d in week if d < 5]) >= 2
    ]
    assert not any(week & {5, 6} for week in none)


def test_a_higher_rate_only_adds_days():
    for one, other in zip(weeks(lot(2)), weeks(lot(3)), strict=True):
        assert all(a <= b for a, b in zip(one, other, strict=True))


def test_days_that_nobody_works_are_left_out_and_the_number_is_kept():
    free = frozenset({MONDAY, MONDAY + 5 * DAY, MONDAY + 6 * DAY})
    for secret in SECRETS:
        found = drawn(secret, "tests", MONDAY, 2, Decimal(0), free)
        assert len(found) == 2 and not found & free


def test_more_days_than_the_week_has_are_all_of_them():
    assert len(drawn(SECRETS[0], "tests", MONDAY, 9, Decimal(0), NONE)) == 7


# ------------------------------------------------------------------------------------------------ the guesser
def by_rule(count: int, more: float, past: list[bool]) -> float:
    """What the rule alone says of today, from the days of this week so far: the best that can honestly be known."""
    today, weight, tested = len(past), 0.0, 0.0
    for chosen in combinations(range(7), count):
        likely = 1.0
        for day, was in enumerate(past):
            likely *= (1.0 if was else 0.0) if day in chosen else (more if was else 1 - more)
        weight += likely
        tested += likely * (1.0 if today in chosen else more)
    return tested / weight


class Guesser:
    """Learns from every day it has seen, of everybody, with the rules of today in hand: each sign of the past that it
    can think of, weighed against what the rule says.
    """

    def __init__(self, count: int, more: float) -> None:
        self.count, self.more = count, more
        self.seen: dict[tuple[object, ...], list[float]] = {}

    def signs(self, history: list[frozenset[int]], past: list[bool], n: int) -> Iterator[tuple[object, ...]]:
        """All it looks at: the day, the weeks before, the distance, the number of the week."""
        today, last = len(past), history[-1] if history else NONE
        gap = next((k for k, was in enumerate(reversed(past)) if was), 9)
        yield "weekday", today, sum(past)
        yield "last week", today in last, today
        yield "yesterday a week ago", (today - 1) % 7 in last, (today + 1) % 7 in last
        yield "two weeks", today in (history[-2] if len(history) > 1 else NONE), today in last
        yield "gap", gap, today
        yield "rotation", (n + today) % 7, (n - today) % 7
        yield "month", n % 4, today
        yield "count", len(last), sum(past), today

    def guess(self, history: list[frozenset[int]], past: list[bool], n: int) -> float:
        """The chance of today: the rule's, moved by the sign that stands out most from it."""
        rule = by_rule(self.count, self.more, past)
        odds = (self._moved(rule, sign) for sign in self.signs(history, past, n))
        return max(odds, key=lambda p: abs(p - rule), default=rule)

    def _moved(self, rule: float, sign: tuple[object, ...]) -> float:
        days, tested, said, spread = self.seen.get(sign, [0.0, 0.0, 0.0, 0.0])
        if spread < 30 or abs(tested - said) < 4 * math.sqrt(spread):
            return rule  # nothing that chance would not do
        return min(0.99, max(0.01, rule + (tested - said) / days))

    def learn(self, history: list[frozenset[int]], past: list[bool], n: int, was: bool) -> None:
        rule = by_rule(self.count, self.more, past)
        for sign in self.signs(history, past, n):
            row = self.seen.setdefault(sign, [0.0, 0.0, 0.0, 0.0])
            for place, value in enumerate((1.0, float(was), rule, rule * (1 - rule))):
                row[place] += value


def advantage(draw: Draw, count: int, more: float, secrets: Iterable[str]) -> float:
    """By how many standard errors the guesser's bets come out better than the rule's. Above 3, it has learnt."""
    guesser, gains = Guesser(count, more), [0.0]
    for each in weeks(draw, secrets, years=4):
        history: list[frozenset[int]] = []
        for n, week in enumerate(each):
            past: list[bool] = []
            for day in range(7):
                was, rule = day in week, by_rule(count, more, past)
                guess = guesser.guess(history, past, n)
                if guess != rule:
                    gains.append(_won(guess, was) - _won(rule, was))
                guesser.learn(history, past, n, was)
                past.append(was)
            history.append(week)
    mean = sum(gains) / len(gains)
    spread = math.sqrt(sum((x - mean) ** 2 for x in gains) / len(gains))
    return mean / (spread / math.sqrt(len(gains))) if spread else 0.0


def _won(guess: float, was: bool) -> float:
    """The better the bet, the greater: the logarithm of the chance that was given to what happened."""
    return math.log(max(1e-9, guess if was else 1 - guess))


@pytest.mark.parametrize(("count", "more"), [(1, 0.1), (2, 0.1), (2, 0.25)])
def test_a_guesser_who_sees_all_past_days_and_todays_rules_does_no_better_than_chance(
    count: int, more: float
):
    assert advantage(lot(count, Decimal(str(more))), count, more, SECRETS[:12]) < 3


def test_the_same_guesser_sees_through_days_that_go_round():
    def round_robin(secret: str, monday: date) -> frozenset[int]:
        n = monday.toordinal() // 7 + int(secret, 16)
        return frozenset({n % 7, (n + 3) % 7})

    assert advantage(round_robin, 2, 0.0001, SECRETS[:6]) > 3


def test_the_same_guesser_sees_through_a_draw_that_avoids_last_weeks_days():
    def fair(secret: str, monday: date) -> frozenset[int]:
        spared = frozenset(monday + day * DAY for day in lot(1, Decimal(0))(secret, monday - 7 * DAY))
        return frozenset(day.weekday() for day in drawn(secret, "tests", monday, 2, MORE, spared))

    assert advantage(fair, 2, 0.1, SECRETS) > 3
