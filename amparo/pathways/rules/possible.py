"""All cases that can be, as far as the atoms of rules tell them apart."""

from __future__ import annotations

import datetime
import itertools
import operator
import random
from collections.abc import Callable, Collection, Iterable, Iterator
from decimal import Context, Decimal
from typing import Any, TypeAlias

from amparo.pathways.rules.skeleton import Atom

Truth: TypeAlias = "bool | None"
Group: TypeAlias = "tuple[tuple[str, ...], tuple[tuple[Truth, ...], ...]]"
"""Keys of atoms that hang together, and every row of answers they can have at once."""

ORDER: dict[str, Callable[[Any, Any], object]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

LONG = Context(prec=9000)
"""Digits enough for any decimal that a rule of 4 kB can hold, and half of it."""

NEVER = datetime.date.min, datetime.date.max


def groups(atoms: Iterable[Atom], silent: Collection[str] = ()) -> list[Group]:
    """The atoms by subject, each group with the rows of answers its atoms can have together.

    Comparisons of one number or date cut its line into intervals; codes range over their list; counts begin
    at 0; the law date ranges over its periods; other atoms are free. Atoms that read a name in `silent` may
    all be not known too. The first atom of each key stands for all of that key.
    """
    by_subject: dict[str, dict[str, Atom]] = {}
    for atom in atoms:
        by_subject.setdefault(atom.subject, {}).setdefault(atom.key, atom)
    return [(tuple(found), _rows(list(found.values()), silent)) for found in by_subject.values()]


def size(found: Iterable[Group]) -> int:
    """How many cases the groups make."""
    number = 1
    for _, rows in found:
        number *= len(rows)
    return number


def cases(found: Iterable[Group]) -> Iterator[dict[str, Truth]]:
    """Every case, as key -> answer. Ask `size` first."""
    listed = list(found)
    keys = [key for names, _ in listed for key in names]
    for rows in itertools.product(*(rows for _, rows in listed)):
        yield dict(zip(keys, itertools.chain.from_iterable(rows), strict=True))


def sampled(found: Iterable[Group], number: int) -> Iterator[dict[str, Truth]]:
    """So many cases, drawn evenly; the same ones each time."""
    listed, draw = list(found), random.Random(1)
    for _ in range(number):
        yield {
            key: answer for keys, rows in listed for key, answer in zip(keys, draw.choice(rows), strict=True)
        }


def _rows(atoms: list[Atom], silent: Collection[str]) -> tuple[tuple[Truth, ...], ...]:
    rows: dict[tuple[Truth, ...], None] = {}
    if any(atom.op == "" for atom in atoms):
        rows.update(dict.fromkeys(itertools.product((True, False), repeat=len(atoms))))
    else:
        for value in _values(atoms):
            rows[tuple(_holds(atom, value) for atom in atoms)] = None
    if any(name in silent for atom in atoms for name in atom.names):
        rows[(None,) * len(atoms)] = None
    return tuple(rows)


def _holds(atom: Atom, value: Any) -> bool:
    if atom.op == "in":
        return value in atom.constants
    if atom.op == "within":
        from_, until = atom.constants
        return bool((from_ or NEVER[0]) <= value <= (until or NEVER[1]))
    if atom.op == "is":
        return bool(value)
    return bool(ORDER[atom.op](value, atom.constants[0]))


def _values(atoms: list[Atom]) -> list[Any]:
    """Values of the subject, one at least for every row of answers."""
    kind, least = atoms[0].kind, atoms[0].least
    if kind.name == "yes_no":
        return [True, False]
    if kind.name in ("codes", "place"):
        return list(kind.words)
    constants: list[Any] = sorted({each for atom in atoms for each in atom.constants if each is not None})
    found = (
        _between(constants)
        if kind.name == "number"
        else [near for each in constants for near in _around(each)]
    )
    if kind.name == "date":
        found.append(NEVER[0])  # a period without first and last day names no date itself
    return (
        sorted(set(found)) if least is None else sorted({least, *(each for each in found if each >= least)})
    )


def _around(constant: Any) -> tuple[Any, ...]:
    """A whole number or day with its neighbours."""
    if not isinstance(constant, datetime.date):
        return constant - 1, constant, constant + 1
    one = datetime.timedelta(days=1)
    before = constant - min(one, constant - NEVER[0])
    return before, constant, constant + min(one, NEVER[1] - constant)


def _between(constants: list[Decimal]) -> list[Any]:
    """Decimals with one between any two, one below and one above."""
    middles = [LONG.divide(LONG.add(one, other), Decimal(2)) for one, other in itertools.pairwise(constants)]
    return [
        LONG.subtract(constants[0], Decimal(1)),
        *constants,
        *middles,
        LONG.add(constants[-1], Decimal(1)),
    ]
