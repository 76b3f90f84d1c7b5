"""`amparo simulate` and `amparo study`, as somebody types them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from amparo.commands import simulating, studying

FEW = ("--people", "800", "--draws", "3")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = simulating.main(arguments)
    found = capsys.readouterr()
    return code, found.out, found.err


def test_people_come_first_and_what_has_no_source_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "nz-warning", *FEW)
    assert code == 0
    first, then, last = (out.index(words) for words in ("without a source", "Convictions", "pays: "))
    assert first < then < last
    assert "Would otherwise have met no action" in out


def test_the_same_seed_gives_the_same_bytes_whatever_the_threads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for threads in ("1", "2"):
        assert (
            said(capsys, "nz-warning", *FEW, "--threads", threads, "--out", str(tmp_path / threads))[0] == 0
        )
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("1", "2"))
    assert one == two
    assert {"report.txt", "differences.csv"} <= set(one)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nz-warning", "--people", "0"), "nobody to simulate"),
        (("nz-warning", "--draws", "0"), "nothing to draw"),
        (("nz-warning", "--years", "0"), "a number above 0"),
        (("pt-dissuasion",), "cannot be simulated by this version"),
        (("nz-treatment-court", "--evidence", "prosecution=court"), "which time alone changes"),
        (("us-lead", "--evidence", "US"), "names no evidence"),
        (("nowhere",), "nowhere"),
    ],
)
def test_what_cannot_be_run_is_said_in_a_sentence(
    arguments: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said(capsys, *arguments)
    assert (code, out) == (1, "")
    assert sentence in err


def test_a_study_says_hit_or_miss(capsys: pytest.CaptureFixture[str]) -> None:
    assert studying.main(["markov", "--people", "4000"]) == 0
    assert "hit" in capsys.readouterr().out


def test_whoever_serves_pages_loads_no_kernel() -> None:
    """The command line knows the words; kernels are loaded by the process that runs them."""
    code = "import sys, amparo.commands as c; c.parser(); sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
