"""The outcomes that every answer shows, people first, in their order. A run adds its stamps to them."""

from __future__ import annotations

from dataclasses import replace

from amparo.analysis.model import DISCOUNTED, Measure

PEOPLE = {
    m.name: m
    for m in (
        Measure(name="convictions", title="Convictions", unit="convictions"),
        Measure(name="custody_days", title="Days in custody", unit="days"),
        Measure(name="overdose_deaths", title="Overdose deaths", unit="deaths"),
        Measure(name="deaths", title="Deaths of any cause", unit="deaths"),
        Measure(name="treatment_entries", title="Starts of treatment", unit="starts"),
        Measure(name="qalys", title="Years of full health (QALYs)", unit="years", down="lost", up="gained"),
        Measure(
            name="newly_met",
            title="Seen by an authority who would have met no action",
            unit="people",
        ),
    )
}
"""By name: convictions, custody_days, overdose_deaths, deaths, treatment_entries, qalys, newly_met."""

NOT_REACHED = Measure(name="not_reached", title="People whom nothing reaches", unit="people")
"""People who meet no authority and no service in an arm: reported as they stand, beside the differences."""


def discounted(measure: Measure) -> Measure:
    """The companion of a measure that is discounted."""
    title = f"{measure.title}, discounted"
    return replace(measure, name=measure.name + DISCOUNTED, title=title, discounted=True)


def people_first(measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Measures in the order of every answer: people in their fixed order, then others, money by payer last."""
    order = list(PEOPLE)

    def place(m: Measure) -> tuple[int, int, bool]:
        name = m.name.removesuffix(DISCOUNTED)
        known = order.index(name) if name in order else len(order)
        return (1 if m.money else 0, 0 if m.money else known, m.discounted)

    return tuple(sorted(measures, key=place))
