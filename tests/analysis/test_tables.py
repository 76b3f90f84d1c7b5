"""Rows for other programs, each with its interval, unit and stamp; files whole or not at all."""

import csv
import importlib
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from amparo.analysis import tables as made
from amparo.analysis.answer import Answer, Looked, answer
from amparo.analysis.model import AnalysisFault, Inputs
from tests.analysis import given


@pytest.fixture
def found() -> Answer:
    """Two arms weighed over forty draws, on one assumption without a source and one with."""
    rng = np.random.default_rng(4)
    x, y = rng.uniform(size=(2, 40))
    zero = np.zeros(40)
    outcomes = given.weighed(np.stack([zero, x - 0.4], 1).tolist(), np.stack([zero, 100 * y], 1).tolist())
    inputs = given.drawn(effect=x, price=y)
    stamped = replace(inputs.inputs[0], unsourced=True, source="")
    both = Inputs(inputs=(stamped, inputs.inputs[1]), draws=inputs.draws)
    return answer(outcomes, both, given.RUN, Looked(cost="cost"))


def rows(table: made.Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.csv_text(table))))


def by_name(found: Answer) -> dict[str, made.Table]:
    return {t.name: t for t in made.tables(found)}


def test_every_part_of_an_answer_has_its_table(found: Answer) -> None:
    assert list(by_name(found)) == list(made.TABLES)


def test_every_row_of_every_table_carries_unit_and_stamp(found: Answer) -> None:
    stamp = {
        "seed": "7",
        "version": "0.1.0",
        "draws": "40",
        "people": "1000",
        "inputs_without_source": "effect",
    }
    for table in made.tables(found):
        for row in rows(table):
            assert row.items() >= stamp.items(), table.name
            assert table.name == "arms" or row["unit"], table.name


def test_numbers_come_back_as_they_were(found: Answer) -> None:
    row = rows(by_name(found)["differences"])[0]
    d = found.differences[0]
    told = (float(row["low"]), float(row["middle"]), float(row["high"]))
    assert told == pytest.approx((d.low, d.middle, d.high), rel=1e-11)


def test_what_is_not_known_is_an_empty_cell_and_no_zero() -> None:
    one = answer(given.weighed([[0.0, 1.0]], [[0.0, 5.0]]), Inputs(), given.RUN)
    row = rows(by_name(one)["differences"])[0]
    assert (row["low"], row["high"], row["sd_inputs"], row["changes_nothing"]) == ("", "", "", "no")


def test_a_share_of_draws_has_the_interval_of_their_number(found: Answer) -> None:
    row = next(r for r in rows(by_name(found)["acceptability"]) if r["willingness"] == "0.0")
    # Nothing is paid for health: today is cheaper in all 40 draws. Wilson: 40 / (40 + 1.96 ** 2).
    assert (row["chance_of_best"], row["high"]) == ("1.0", "1.0")
    assert float(row["low"]) == pytest.approx(40 / 43.8415, rel=1e-4)


def test_the_same_answer_gives_the_same_bytes(found: Answer, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        made.write(tmp_path / folder, made.tables(found), texts={"report.txt": "é\n"}, parquet=True)
    names = sorted(p.name for p in (tmp_path / "one").iterdir())
    assert len(names) == 2 * len(made.TABLES) + 1
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_parquet_holds_the_rows_of_csv(found: Answer, tmp_path: Path) -> None:
    parquet = importlib.import_module("pyarrow.parquet")
    table = by_name(found)["differences"]
    made.write(tmp_path, [table], parquet=True)
    read = parquet.read_table(tmp_path / "differences.parquet").to_pylist()
    assert [tuple(row.values()) for row in read] == list(table.cells)


def test_without_pyarrow_parquet_is_refused_and_nothing_is_written(
    found: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(AnalysisFault, match="Parquet needs the package pyarrow"):
        made.write(tmp_path / "out", made.tables(found), parquet=True)
    assert not (tmp_path / "out").exists()
    assert made.write(tmp_path / "out", made.tables(found))


@pytest.mark.parametrize("stop", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_is_stopped_leaves_what_was_there(
    found: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    (tmp_path / "differences.csv").write_text("the run before\n")
    settled: list[Path] = []

    def full(path: Path, content: bytes) -> None:
        settled.append(path)
        path.write_bytes(content[:10])
        if len(settled) == 3:
            raise stop

    monkeypatch.setattr(made, "_settle", full)
    with pytest.raises((AnalysisFault, KeyboardInterrupt)):
        made.write(tmp_path, made.tables(found))
    assert [p.name for p in tmp_path.iterdir()] == ["differences.csv"]
    assert (tmp_path / "differences.csv").read_text() == "the run before\n"


def test_a_folder_that_can_not_be_made_is_told(found: Answer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AnalysisFault, match="give another folder"):
        made.write(tmp_path / "file" / "out", made.tables(found))
