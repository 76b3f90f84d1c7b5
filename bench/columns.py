"""A rule over columns: million rows a second, whole and in blocks, beside the same rule asked row after row.

    .venv/bin/python bench/columns.py

One rule with seven facts and six conditions, over a million rows of which each fact is not known in one of ten; and
beside it a rule that reads lists. Each figure is the best of several rounds on one core; the answers of all ways are
compared before anything is timed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from amparo.pathways.rules import (
    COUNT,
    MASS,
    YES_NO,
    Declaration,
    Kind,
    Scope,
    check,
    codes,
    compile_rule,
    records,
)
from amparo.pathways.rules.columns import BLOCK, columns, days_by
from amparo.pathways.rules.columns_held import Column, Held, Ragged
from amparo.pathways.rules.columns_made import value_at

ROWS = 1_000_000
ASKED_ONE_BY_ONE = 50_000
ROUNDS = 7
WORDS = ("heroin", "cannabis", "mdma", "khat", "cocaine", "other")
ITEMS = records({"substance": codes(WORDS), "mass": MASS})
KINDS: dict[str, Kind] = {
    "age": COUNT,
    "priors": COUNT,
    "held": MASS,
    "most": MASS,
    "substance": codes(WORDS),
    "violent": YES_NO,
    "consents": YES_NO,
    "items": ITEMS,
}
RULES = {
    "seven facts, six conditions": (
        "age >= 16 && (priors < 3 || consents) && held <= most && substance in ['heroin', 'cannabis', 'mdma']"
        " && !violent"
    ),
    "lists of two items": "items.exists(i, i.substance == 'heroin' && i.mass > most)",
}


def people(chance: np.random.Generator, rows: int) -> dict[str, Held]:
    """Seven facts of so many rows, one of ten not known; and lists of two items on average."""

    def known(number: int) -> Any:
        return chance.random(number) > 0.1

    offsets = np.concatenate(([0], np.cumsum(chance.integers(0, 5, rows))))
    items = int(offsets[-1])

    def coded(number: int) -> Column:
        return Column(chance.integers(0, len(WORDS), number).astype(np.int16), known(number), WORDS)

    fields = {"substance": coded(items), "mass": Column(chance.integers(0, 9, items), known(items))}
    return {
        "age": Column(chance.integers(12, 70, rows), known(rows)),
        "priors": Column(chance.integers(0, 6, rows), known(rows)),
        "held": Column(chance.integers(0, 9, rows), known(rows)),
        "most": Column(chance.integers(0, 9, rows), known(rows)),
        "substance": coded(rows),
        "violent": Column(chance.random(rows) < 0.3, known(rows)),
        "consents": Column(chance.random(rows) < 0.7, known(rows)),
        "items": Ragged(offsets, fields),
    }


def best(ask: Callable[[], object]) -> float:
    """The seconds of the fastest round."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        ask()
        times.append(time.perf_counter() - begun)
    return min(times)


def measured(name: str, text: str, cols: dict[str, Held]) -> None:
    scope = Scope({name: Declaration("fact", kind) for name, kind in KINDS.items()})
    compiled = compile_rule(check(text, scope))
    rule, days = columns(compiled), days_by(lambda instant: (_ for _ in ()).throw(ValueError(instant)))
    rows = [
        {name: value_at(KINDS[name], cols[name], row) for name in rule.reads}
        for row in range(ASKED_ONE_BY_ONE)
    ]
    scalar = [compiled.verdict(row.get, None) for row in rows]  # type: ignore[arg-type]
    whole, blocks = (rule.verdict(cols, days, block=block) for block in (0, BLOCK))
    assert (np.array(whole) == np.array(blocks)).all()
    assert (
        scalar
        == [True if yes else False if no else None for yes, no in zip(*whole, strict=True)][:ASKED_ONE_BY_ONE]
    )

    per_row = best(lambda: [compiled.verdict(row.get, None) for row in rows]) / len(rows)  # type: ignore[arg-type]
    yes, no = whole.yes.mean(), whole.no.mean()
    print(f"{name}: yes {yes:.1%}, no {no:.1%}, not known {1 - yes - no:.1%}")
    print(f"  row after row   {1e-6 / per_row:8.2f} M rows/s")
    for said, block in (("whole columns", 0), (f"blocks of {BLOCK:,d}", BLOCK)):
        seconds = best(lambda block=block: rule.verdict(cols, days, block=block))  # type: ignore[misc]
        print(
            f"  {said:15s} {ROWS / seconds / 1e6:8.1f} M rows/s, {per_row * ROWS / seconds:5.0f} times as many"
        )


if __name__ == "__main__":
    crowd = people(np.random.default_rng(1), ROWS)
    for each, text in RULES.items():
        measured(each, text, crowd)
