"""Small outcomes whose answers can be worked out by hand."""

from collections.abc import Sequence

import numpy as np

from amparo.analysis.measures import PEOPLE, discounted
from amparo.analysis.model import Floats, Input, Inputs, Measure, Outcomes, Run

TODAY = "today's mix"
QALYS = discounted(PEOPLE["qalys"])
COST = Measure(name="cost", title="All public budgets", unit="EUR", discounted=True, agency="all")
RUN = Run(title="What would change?", seed=7, version="0.1.0", years=10, rate=0.03)


def arms(number: int) -> tuple[str, ...]:
    """The comparator and so many others."""
    return (TODAY, "a panel for all", "warnings", "no action")[: number + 1]


def counted(measure: Measure, per_thousand: Sequence[Sequence[float]], people: int = 1000) -> Outcomes:
    """One outcome by draw and arm, in every 1,000 people."""
    values = np.asarray(per_thousand, dtype=np.float64)[:, :, None] * people / 1000
    return outcomes((measure,), values, people)


def outcomes(measures: Sequence[Measure], values: Floats, people: int = 1000) -> Outcomes:
    """Totals by draw, arm and outcome, without Monte Carlo error."""
    return Outcomes(
        measures=tuple(measures),
        arms=arms(values.shape[1] - 1),
        comparator=TODAY,
        values=values,
        people=people,
    )


def weighed(effects: Sequence[Sequence[float]], costs: Sequence[Sequence[float]]) -> Outcomes:
    """Years of full health and cost for one person, by draw and arm."""
    values = np.stack([np.asarray(effects, float), np.asarray(costs, float)], axis=2)
    return outcomes((QALYS, COST), values * 1000)


def drawn(**columns: Floats) -> Inputs:
    """Inputs by name with what was drawn."""
    named = tuple(
        Input(name=n, title=n.replace("_", " "), unit="share", source="Register 2025") for n in columns
    )
    return Inputs(inputs=named, draws=np.stack(list(columns.values()), axis=1))
