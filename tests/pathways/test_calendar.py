"""Terms, days and clocks on the wall, in Lisbon and in the Azores."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.pathways import calendar
from amparo.pathways.calendar import (
    TwoReadings,
    add,
    at,
    back,
    both_readings,
    compare,
    day_of,
    first_second,
    last_second,
    later,
    whole_days_between,
)
from amparo.pathways.model import Length

LISBON, AZORES = "Europe/Lisbon", "Atlantic/Azores"


def on(text: str, zone: str = LISBON) -> int:
    moment = datetime.fromisoformat(text)
    return at(moment.date(), moment.time(), zone)


def shown(instant: int, zone: str = LISBON) -> str:
    return f"{calendar.local(instant, zone):%Y-%m-%d %H:%M:%S}"


def test_seventy_two_hours_are_so_many_seconds_though_summer_time_begins() -> None:
    assert shown(add(on("2024-03-29 22:30"), Length(72 * 3600, "s"), LISBON)) == "2024-04-01 23:30:00"


def test_a_year_ends_with_the_last_second_of_its_day() -> None:
    assert shown(add(on("2024-03-29 21:30"), Length(1, "years"), LISBON)) == "2025-03-29 23:59:59"


def test_whole_days_of_a_pause_move_the_end() -> None:
    paused = whole_days_between(on("2024-04-01 11:10"), on("2024-06-25 11:10"), LISBON)
    due = add(on("2024-03-29 21:30"), Length(1, "years"), LISBON, paused=paused)
    assert (paused, shown(due)) == (84, "2025-06-21 23:59:59")


def test_first_and_last_day_of_a_pause_count_only_where_the_law_says_so() -> None:
    assert whole_days_between(on("2024-04-01 11:10"), on("2024-04-03 09:00"), LISBON, part_days=True) == 3
    assert whole_days_between(on("2024-04-01 11:10"), on("2024-04-01 12:00"), LISBON) == 0


@pytest.mark.parametrize(
    ("day", "length", "wanted"),
    [
        (date(2024, 1, 31), Length(1, "months"), date(2024, 2, 29)),
        (date(2024, 2, 29), Length(1, "years"), date(2025, 2, 28)),
        (date(2023, 11, 30), Length(3, "months"), date(2024, 2, 29)),
        (date(2024, 3, 29), Length(1, "working_days"), date(2024, 4, 1)),
        (date(2024, 12, 24), Length(2, "working_days"), date(2024, 12, 27)),
        (date(2024, 3, 1), Length(6, "weeks"), date(2024, 4, 12)),
    ],
)
def test_civil_lengths_end_on_the_day_the_calendar_says(day: date, length: Length, wanted: date) -> None:
    assert later(day, length, frozenset({date(2024, 12, 25)})) == wanted


def test_a_due_on_a_free_day_rolls_only_where_the_law_rolls_it() -> None:
    anchor = on("2024-03-25 10:00")  # five days later is a Saturday
    assert shown(add(anchor, Length(5, "days"), LISBON))[:10] == "2024-03-30"
    assert shown(add(anchor, Length(5, "days"), LISBON, roll="next_working_day"))[:10] == "2024-04-01"


def test_extensions_are_added_to_the_term_month_by_month() -> None:
    due = add(on("2024-01-31 10:00"), Length(1, "months"), LISBON, extensions=[Length(1, "months")])
    assert shown(due)[:10] == "2024-03-31"


def test_the_third_period_of_a_rhythm_ends_three_lengths_on() -> None:
    assert shown(add(on("2024-01-31 10:00"), Length(1, "months"), LISBON, times=3))[:10] == "2024-04-30"


def test_a_warning_is_counted_back_in_the_same_units() -> None:
    due = add(on("2024-04-01 11:10"), Length(3, "months"), LISBON)
    assert shown(back(due, Length(30, "days"), LISBON)) == "2024-06-01 23:59:59"


def test_thirty_days_are_longer_than_a_month_only_in_february() -> None:
    month, days = Length(1, "months"), Length(30, "days")
    assert compare(days, month, on("2024-02-01 10:00"), LISBON) == 1
    assert compare(days, month, on("2024-07-01 10:00"), LISBON) == -1


def test_the_clocks_of_the_azores_skip_midnight_and_the_day_begins_at_one() -> None:
    day = date(2024, 3, 31)
    assert shown(first_second(day, AZORES), AZORES) == "2024-03-31 01:00:00"
    assert last_second(day, AZORES) - first_second(day, AZORES) + 1 == 23 * 3600


def test_the_day_on_which_summer_time_ends_has_25_hours() -> None:
    day = date(2024, 10, 27)
    assert last_second(day, AZORES) - first_second(day, AZORES) + 1 == 25 * 3600


@pytest.mark.parametrize(("day", "repeated"), [(date(2024, 3, 31), False), (date(2024, 10, 27), True)])
def test_a_time_that_is_skipped_or_repeated_is_refused_with_both_readings(day: date, repeated: bool) -> None:
    with pytest.raises(TwoReadings) as refused:
        at(day, time(1, 30), LISBON)
    assert refused.value.repeated is repeated
    assert refused.value.readings == both_readings(day, time(1, 30), LISBON)
    assert refused.value.readings[1] - refused.value.readings[0] == 3600


def test_a_zone_that_skipped_a_whole_day_has_no_second_in_it() -> None:
    assert shown(last_second(date(2011, 12, 30), "Pacific/Apia"), "Pacific/Apia") == "2011-12-29 23:59:59"


@given(
    st.integers(631_152_000, 2_208_988_800),
    st.sampled_from([LISBON, AZORES, "Pacific/Auckland", "America/St_Johns", "America/Sao_Paulo"]),
    st.integers(1, 4000),
)
def test_a_term_in_days_always_ends_with_the_last_second_of_its_day(anchor: int, zone: str, n: int) -> None:
    due = add(anchor, Length(n, "days"), zone)
    wanted = day_of(anchor, zone) + timedelta(days=n)
    assert day_of(due, zone) == wanted
    assert day_of(due + 1, zone) > wanted
