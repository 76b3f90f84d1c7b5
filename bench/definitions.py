"""Reading, checking and trying the shipped definitions: seconds a programme, and milliseconds a change.

    .venv/bin/python bench/definitions.py [PROGRAMME ...]

`check` is what `amparo check` does, `examples` what `amparo examples` does, `mutate` what `amparo examples --mutate`
does with two processes. Beside it stands the plain way to the same answer: all examples of the programme for every
change, one after the other, which is the time of one whole run of the examples times the number of changes, in one
process. The ratio compares processor time, so the two processes count as two.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from amparo.cases import examples, mutants
from amparo.lens.examples_hook import seen
from amparo.pathways import check, reader


def took(does: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came of it."""
    begun = time.perf_counter()
    made = does()
    return time.perf_counter() - begun, made


def checked(name: str) -> int:
    """A programme and each of its profiles, read from its text and checked; how many findings."""
    folder = reader.placed(name)
    return sum(
        len(check.check(reader.read_folder(folder, profile=one))) for one in ("", *reader.profiles(name))
    )


def main() -> None:
    print(
        f"{'':20s} {'check':>8s} {'examples':>14s} {'mutate':>20s} {'a change':>10s} {'plain way':>10s} {'ratio':>7s}"
    )
    for name in sys.argv[1:] or reader.programmes():
        checks, _ = took(lambda name=name: checked(name))  # type: ignore[misc]
        runs, report = took(lambda name=name: examples.run_programme(name, seen=seen))  # type: ignore[misc]
        tries, found = took(lambda name=name: mutants.mutate(name, seen))  # type: ignore[misc]
        plain = runs * found.tried
        print(
            f"{name:20s} {checks:6.2f} s {report.held:5d} in {runs:4.1f} s {found.tried:7d} in {tries:6.1f} s"
            f" {tries / found.tried * 1000:7.1f} ms {plain:8.0f} s {plain / (tries * mutants.PROCESSES):6.1f}x"
        )
        if found.survived:
            print(f"{'':20s} {found.survived} changes were not noticed")


if __name__ == "__main__":
    main()
