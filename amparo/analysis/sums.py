"""Outcomes made of others: a cost is days times what a day costs, years of full health are years times their weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from amparo.analysis import chance
from amparo.analysis.model import AnalysisFault, Floats, Measure, Outcomes

Weight = Floats | float
"""A number, or one for each draw."""


Sum = tuple[Measure, Mapping[str, Weight]]
"""What is made, and of which outcomes with which weights."""


def extended(outcomes: Outcomes, *sums: Sum) -> Outcomes:
    """The outcomes with more beside them: each a sum of outcomes given, times their weights.

    The Monte Carlo variance follows from the batches; without batches it is known only where one outcome is weighted.
    """
    weights = [_weights(outcomes, measure, terms) for measure, terms in sums]
    values = np.stack([_sum("da", outcomes.values, w) for w in weights], axis=-1)
    batches, variance = _error(outcomes, weights)
    return replace(
        outcomes,
        measures=(*outcomes.measures, *(measure for measure, _ in sums)),
        values=np.concatenate([outcomes.values, values], axis=-1),
        batches=batches,
        variance=variance,
    )


Weights = tuple[list[int], Floats]
"""Places of outcomes, and their weights by draw and outcome."""


def _weights(outcomes: Outcomes, measure: Measure, terms: Mapping[str, Weight]) -> Weights:
    if not terms:
        raise AnalysisFault(f"'{measure.name}' is made of nothing: name at least one outcome.")
    places = [outcomes.at(name) for name in terms]
    return places, np.stack([_by_draw(w, outcomes.draws, name) for name, w in terms.items()], axis=1)


def _sum(axes: str, values: Floats, weights: Weights) -> Floats:
    places, by_draw = weights
    return np.asarray(np.einsum(f"{axes}m,dm->{axes}", values[..., places], by_draw))


def _error(outcomes: Outcomes, weights: list[Weights]) -> tuple[Floats | None, Floats | None]:
    """Batches and Monte Carlo variances with those of the sums beside them."""
    if outcomes.batches is not None and outcomes.sizes is not None:
        parts = np.stack([_sum("dba", outcomes.batches, w) for w in weights], axis=-1)
        batches = np.concatenate([outcomes.batches, parts], axis=-1)
        if outcomes.variance is None:
            return batches, None
        known = chance.of_total(parts, outcomes.sizes)
        return batches, np.concatenate([outcomes.variance, known], axis=-1)
    if outcomes.variance is None:
        return None, None
    known = np.stack([_alone(outcomes.variance, w) for w in weights], axis=-1)
    return None, np.concatenate([outcomes.variance, known], axis=-1)


def _alone(variance: Floats, weights: Weights) -> Floats:
    """The variance of one outcome times its weight; of a sum it is not known (NaN)."""
    places, by_draw = weights
    one = variance[:, :, places[0]] * by_draw[:, :1] ** 2
    return one if len(places) == 1 else np.full_like(one, np.nan)


def _by_draw(weight: Weight, draws: int, name: str) -> Floats:
    """A weight as one number for each draw."""
    given = np.asarray(weight, dtype=np.float64)
    if given.ndim and given.shape != (draws,):
        raise AnalysisFault(f"The weight of '{name}' has {given.size} numbers for {draws} draws.")
    if not np.all(np.isfinite(given)):
        raise AnalysisFault(f"The weight of '{name}' is not a finite number.")
    return np.broadcast_to(given, (draws,))
