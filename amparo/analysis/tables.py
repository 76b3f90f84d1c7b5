"""The answer as plain rows, for CSV and Parquet: one thing a row, its interval, its unit, and what the run states.

Every row ends with the comparator, horizon, people, draws, seed and version of the run, and the names of the inputs
without a source, so that no row loses its stamp when it is cut out. Numbers have twelve figures: more would only show
in which order a machine added them up.

Files appear whole or not at all: all are written beside their place under another name first.
"""

from __future__ import annotations

import csv
import importlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amparo.analysis import rows
from amparo.analysis.answer import Answer
from amparo.analysis.model import AnalysisFault
from amparo.analysis.rows import Cell

TABLES: Mapping[str, tuple[Callable[[Answer], Iterator[dict[str, Cell]]], str]] = {
    "differences": (rows.differences, "every arm against the comparator, in every 1,000 people"),
    "arms": (rows.arms, "all arms by mean cost, for one person: dominance and ratios"),
    "net_benefit": (rows.net_benefit, "incremental net benefit for one person"),
    "acceptability": (rows.acceptability, "the chance of being the best arm, and the frontier"),
    "information": (rows.information, "the worth of knowing everything before deciding"),
    "assumptions": (rows.assumptions, "the worth of knowing one assumption before deciding"),
    "influence": (rows.influence, "what each assumption moves: the tornado"),
    "inputs": (rows.inputs, "every assumption with its interval and source"),
}
"""By name: what makes its rows, and what the table holds."""

FIGURES = 12


@dataclass(frozen=True, slots=True)
class Table:
    """A table of plain cells: text, numbers, yes or no, or nothing."""

    name: str
    title: str
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]


def tables(answer: Answer) -> tuple[Table, ...]:
    """All tables of an answer that have a row."""
    stamp = rows.stamp(answer)
    made = (_table(name, title, make(answer), stamp) for name, (make, title) in TABLES.items())
    return tuple(t for t in made if t.cells)


def _table(name: str, title: str, made: Iterable[dict[str, Cell]], stamp: dict[str, Cell]) -> Table:
    full = [{**row, **stamp} for row in made]
    columns = tuple(full[0]) if full else ()
    return Table(name, title, columns, tuple(tuple(_rounded(row[c]) for c in columns) for row in full))


def _rounded(cell: Cell) -> Cell:
    return float(f"{cell:.{FIGURES}g}") if isinstance(cell, float) else cell


def csv_text(table: Table) -> str:
    """The table as CSV: a line of names, then the rows; nothing is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_plain(c) for c in row] for row in table.cells)
    return text.getvalue()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return repr(cell) if isinstance(cell, float) else str(cell)


def write(
    folder: Path, made: Sequence[Table], *, texts: Mapping[str, str] | None = None, parquet: bool = False
) -> tuple[Path, ...]:
    """Writes each table as `name.csv` (and `name.parquet`), and texts under their own names; returns the files.

    Raises AnalysisFault, with nothing written, if the folder can't be written to or Parquet is not to be had.
    """
    arrow = _arrow() if parquet else None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=folder))
    except OSError as fault:
        raise AnalysisFault(
            f"{folder} can't be written to ({fault.strerror}): give another folder."
        ) from None
    try:
        _write_aside(aside, made, texts or {}, arrow)
        return tuple(_move(part, folder / part.name) for part in sorted(aside.iterdir()))
    except OSError as fault:
        raise AnalysisFault(
            f"Writing into {folder} failed ({fault.strerror}): nothing half-written is left."
        ) from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write_aside(aside: Path, made: Sequence[Table], texts: Mapping[str, str], arrow: Any) -> None:
    for table in made:
        _settle(aside / f"{table.name}.csv", csv_text(table).encode())
        if arrow is not None:
            _settle(aside / f"{table.name}.parquet", _parquet_bytes(arrow, table))
    for name, text in texts.items():
        _settle(aside / name, text.encode())


def _settle(path: Path, content: bytes) -> None:
    """Writes a file and waits until it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _move(part: Path, place: Path) -> Path:
    os.replace(part, place)
    return place


def _arrow() -> Any:
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise AnalysisFault(
            "Parquet needs the package pyarrow, which is not installed here: install it, or take CSV, which holds "
            "the same numbers."
        ) from None


def _parquet_bytes(arrow: Any, table: Table) -> bytes:
    base, parquet = arrow
    columns = list(zip(*table.cells, strict=True))
    kinds = [_kind(base, column) for column in columns]
    arrays = [base.array(_same(column), kind) for column, kind in zip(columns, kinds, strict=True)]
    schema = base.schema(
        [base.field(name, kind) for name, kind in zip(table.columns, kinds, strict=True)],
        metadata={"title": table.title},
    )
    sink = base.BufferOutputStream()
    parquet.write_table(base.Table.from_arrays(arrays, schema=schema), sink)
    return bytes(sink.getvalue().to_pybytes())


def _same(column: tuple[Cell, ...]) -> list[Cell]:
    """A column of one type: whole numbers beside broken ones become broken ones."""
    mixed = any(isinstance(c, float) for c in column)
    return [float(c) if mixed and isinstance(c, int) else c for c in column]


def _kind(base: Any, column: tuple[Cell, ...]) -> Any:
    """The type of a column; one without any cell is text."""
    kinds = {type(c) for c in column if c is not None}
    if kinds == {bool}:
        return base.bool_()
    if kinds == {int}:
        return base.int64()
    return base.float64() if kinds and kinds <= {int, float} else base.string()
