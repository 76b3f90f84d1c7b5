"""Times told from the day of building, and days on which nobody works."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from amparo.errors import AmparoError
from amparo.pathways import values
from amparo.training import free_days, times
from amparo.training.times import When
from tests.cases.test_court import ZONE, inside

AZORES = ZoneInfo("Atlantic/Azores")
FRIDAY = date(2026, 3, 6)
NEXT_MONDAY = date(2026, 3, 9)


def told(written: str, line: str = "2026-03-06 17:00", free: frozenset[date] = frozenset()) -> str:
    """The local time in the Azores of a time told on Friday, 6 March 2026."""
    before = int(datetime.fromisoformat(line).replace(tzinfo=AZORES).timestamp())
    found = times.instant(written, When(FRIDAY, "Atlantic/Azores", free, before))
    assert found is not None
    return f"{datetime.fromtimestamp(found, AZORES):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("today 10:00", "2026-03-06 10:00"),
        ("day -412 21:30", "2025-01-18 21:30"),
        ("day +3", "2026-03-09 00:00"),
        ("working day -6 09:30", "2026-02-27 09:30"),
        ("working day +1 09:30", "2026-03-09 09:30"),
        ("+40 min", "2026-03-06 17:40"),
        ("-40 min", "2026-03-06 16:20"),
        ("-3 days 23:10", "2026-03-03 23:10"),
        ("+2 working days 10:00", "2026-03-10 10:00"),
        ("+1 days 10:00", "2026-03-09 10:00"),
        ("+6 months", "2026-09-07 17:00"),
        ("next day 08:50", "2026-03-07 08:50"),
    ],
)
def test_a_time_is_told_from_the_day_of_building_or_from_the_line_before(written: str, means: str) -> None:
    assert told(written) == means


def test_a_holiday_is_no_working_day() -> None:
    assert told("working day +1 09:30", free=frozenset({NEXT_MONDAY})) == "2026-03-10 09:30"


def test_an_hour_that_the_clocks_skip_is_taken_as_the_one_before_the_change() -> None:
    assert told("day +23 00:30") == "2026-03-28 23:30"


def test_what_is_no_told_time_is_left_as_it_is() -> None:
    assert times.instant("2026-03-06 10:00", When(FRIDAY, "UTC")) is None


def test_a_clock_that_does_not_run_gives_no_time() -> None:
    with pytest.raises(AmparoError, match="no clock 'appeal_term' runs here"):
        told("after appeal_term 09:30")


@pytest.mark.parametrize(
    ("year", "day"), [(2024, "03-31"), (2025, "04-20"), (2026, "04-05"), (2038, "04-25")]
)
def test_easter_falls_where_the_church_has_it(year: int, day: str) -> None:
    assert f"{free_days.easter(year):%m-%d}" == day


def test_fixed_days_and_those_that_hang_on_easter() -> None:
    found = free_days.days({"12-25": "Natal", "easter+60": "Corpo de Deus"}, [2026])
    assert found == {date(2026, 6, 4): "Corpo de Deus", date(2026, 12, 25): "Natal"}


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("2026-07-10", date(2026, 7, 10)),
        ("first monday of 06", date(2026, 6, 1)),
        ("fourth monday of 10", date(2026, 10, 26)),
        ("monday near 01-29", date(2026, 1, 26)),
        ("04-25 or monday", date(2026, 4, 27)),
        ("02-06 or monday", date(2026, 2, 6)),
        ("12-26 or two days on", date(2026, 12, 28)),
    ],
)
def test_days_that_hang_on_a_weekday(rule: str, day: date) -> None:
    assert list(free_days.days({rule: "…"}, [2026])) == [day]


def test_christmas_on_a_saturday_moves_both_days() -> None:
    found = free_days.days({"12-25 or two days on": "Christmas", "12-26 or two days on": "Boxing"}, [2027])
    assert list(found) == [date(2027, 12, 27), date(2027, 12, 28)]


def test_a_day_of_one_year_is_none_of_another() -> None:
    assert free_days.days({"2026-07-10": "Matariki"}, [2027]) == {}


def test_a_rule_for_no_day_of_the_year_is_refused() -> None:
    with pytest.raises(ValueError, match="'pentecost' is no rule"):
        free_days.days({"pentecost": "…"}, [2026])


def test_the_next_test_is_found_on_the_day_that_the_lot_gives() -> None:
    docket = inside()
    line = values.parse_instant("2024-03-05 12:00", ZONE)
    when = When(date(2026, 1, 1), ZONE, frozenset(), line, docket.case)
    found = times.instant("next test +2 h", when)
    docket.tick("2024-04-30 12:00")
    assert found == min(x.ordered for x in docket.case.tests.values()) + 7200
    with pytest.raises(AmparoError, match="no test is drawn"):
        times.instant("next test +2 h", when._replace(case=None))
