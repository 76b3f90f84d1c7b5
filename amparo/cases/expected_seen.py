"""What an example expects of who may know of a case: who has it, and at which tables it is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from amparo.cases import places
from amparo.cases.model import Case

AT_TABLE = ("meeting",)
"""Instead of a relation: at the table of a meeting, where the lens answers with `named` or with nothing."""


def meeting(expected: Any, names: Callable[[str, tuple[str, ...]], Iterable[str]]) -> Iterator[str]:
    """May the case be named with these roles at the table? Only if each of them may know of it.

    names: what a role may see, standing to the case so.
    """
    for row in [expected] if isinstance(expected, Mapping) else expected:
        present = (row["present"],) if isinstance(row["present"], str) else tuple(row["present"])
        shut = [role for role in present if not names(role, AT_TABLE)]
        if bool(shut) == (row["named"] == "yes"):
            who = f"not before {', '.join(shut)}" if shut else "yes"
            yield f"expected the case named with {', '.join(present)}: {row['named']}, got {who}"


def _assigned(case: Case, expected: Mapping[str, str], t: int) -> Iterator[str]:
    """Has somebody the case in a role: `yes` or `no`."""
    for role, wanted in expected.items():
        found = "yes" if case.assigned.get(role) else "no"
        if found != wanted:
            yield f"expected {role} assigned: {wanted}, got {found}"


def _over(case: Case, expected: Mapping[str, str], t: int) -> Iterator[str]:
    """Over how many it is said that a worker carries many; `none` where nothing is entered."""
    for name, wanted in expected.items():
        found = places.over(case.pathway, case.site, name, t)
        if str("none" if found is None else found) != wanted:
            yield f"expected it said of {name} over {wanted}, got {found}"


CHECKS: Mapping[str, Callable[[Case, Any, int], Iterator[str]]] = {"assigned": _assigned, "over": _over}
