"""Which columns a rule needs, and whether those given are of the right kind and size."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from amparo.pathways.rules import terms
from amparo.pathways.rules.columns_held import Array, Column, Held, Lookup, Ragged, Record, Several, longest
from amparo.pathways.rules.dated import LAW_DATE, Dated
from amparo.pathways.rules.faults import RuleFault
from amparo.pathways.rules.kinds import DATE, Kind
from amparo.pathways.rules.reach import leaned_on
from amparo.pathways.rules.terms import CheckedTree

CLASSES: dict[str, type] = {"some": Several, "records": Ragged, "record": Record, "table": Lookup}
"""How kinds are held; the others as a `Column`."""


def kinds_behind(root: Dated, rules: Mapping[str, Dated]) -> dict[str, Kind]:
    """Every name that a rule and those it leans on read, with its kind; the law date where versions are
    chosen by it. A table comes in the version of each row.
    """
    found: dict[str, Kind] = {}
    for rule in [root, *(rules[name] for name, _ in leaned_on(root, rules))]:
        trees = [rule] if isinstance(rule, CheckedTree) else [each.tree for each in rule if each.tree]
        for term in (term for tree in trees for term in terms.walk(tree.term)):
            if isinstance(term, terms.Read):
                found.setdefault(term.name, term.kind)
        if isinstance(rule, tuple):
            found[LAW_DATE] = DATE
    return found


def together(cols: Mapping[str, Held], kinds: Mapping[str, Kind], wanted: int | None = None) -> int:
    """How many rows the columns of these kinds have: `wanted`, where that is given and one of each stands for all.

    Raises `RuleFault` for a column that lacks or does not fit.
    """
    rows: dict[int, str] = {}
    for name, kind in kinds.items():
        column = cols.get(name)
        if column is None:
            remedy = "give one, or unknown(kind) where nobody knows"
            raise RuleFault(f"there is no column '{name}'", 0, remedy)
        fit(name, kind, column)
        if column.rows != 1:
            rows.setdefault(column.rows, name)
    if len(rows) > 1:
        (one, first), (other, second) = list(rows.items())[:2]
        message = f"the column '{first}' has {one} rows, and '{second}' has {other}"
        raise RuleFault(message, 0, "give each of them one row a case, or one for all")
    for number, name in rows.items():
        if wanted not in (None, number):
            message = f"the column '{name}' has {number} rows, and {wanted} are asked for"
            raise RuleFault(message, 0, "give it one row a case, or one for all")
    return next(iter(rows), 1) if wanted is None else wanted


def fit(name: str, kind: Kind, column: Held) -> None:
    """Raises `RuleFault` where a column cannot be of a kind."""
    wanted = CLASSES.get(kind.name, Column)
    if not isinstance(column, wanted):
        message = f"the column '{name}' is held as a {type(column).__name__}, and it is {kind}"
        raise RuleFault(message, 0, f"hold it as a {wanted.__name__}")
    match column:
        case Column():
            _fit_values(name, kind, column)
            _one_length(name, column.values, column.known)
        case Several():
            _fit_bits(name, column)
        case Ragged():
            _fit_list(name, kind, column)
        case Record():
            _fit_fields(name, kind, column.fields)
        case Lookup():
            _fit_fields(name, kind, column.columns)


def _fit_values(name: str, kind: Kind, column: Column) -> None:
    type_ = column.values.dtype
    if kind.name == "yes_no":
        right, what = type_ == np.bool_, "bool"
    else:
        right = type_.kind == "i" or (kind.name == "number" and type_ == np.object_)
        what = (
            "signed whole numbers; of a decimal, with `places`"
            if kind.name == "number"
            else "signed whole numbers"
        )
    if not right:
        raise RuleFault(f"the column '{name}' is {kind} and holds {type_}", 0, f"give {what}")
    if kind.name in ("codes", "place") and not column.words and column.known.any():
        raise RuleFault(f"the column '{name}' holds codes and no words", 0, "give the words they number")


def _fit_bits(name: str, column: Several) -> None:
    if column.bits.dtype != np.uint64:
        raise RuleFault(f"the column '{name}' holds {column.bits.dtype}", 0, "give its bits as uint64")
    _one_length(name, column.bits, column.known, column.open, column.lacking)


def _fit_list(name: str, kind: Kind, column: Ragged) -> None:
    _fit_fields(name, kind, column.fields)
    items = {each.rows for each in column.fields.values()} - {1}
    if column.rows < 0 or items - {int(column.offsets[-1])}:
        message = f"the items of the column '{name}' are not as many as its offsets say"
        raise RuleFault(message, 0, "let the last offset be the number of items")
    for each in (column.known, column.open):
        if len(each) not in (1, column.rows):
            raise RuleFault(f"the column '{name}' has rows of two lengths", 0, "give one flag a row")


def _fit_fields(name: str, kind: Kind, fields: Mapping[str, Held]) -> None:
    for field, each in kind.fields:
        if field not in fields:
            remedy = "give it, or unknown(kind) where nobody knows"
            raise RuleFault(f"the column '{name}' has no '{field}'", 0, remedy)
        fit(f"{name}.{field}", each, fields[field])


def _one_length(name: str, *arrays: Array) -> None:
    rows = longest(*arrays)
    if any(len(each) not in (1, rows) for each in arrays):
        raise RuleFault(
            f"the column '{name}' has rows of two lengths", 0, "give one flag a row, or one for all"
        )
