"""Which of several items of a plan a line of an example speaks of: the one whose code is named. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from amparo.cases.model import Case, Obligation, Request
from amparo.cases.requests.obligations import OVER, done
from amparo.pathways import values
from amparo.pathways.model import ObligationKind
from amparo.pathways.units import MINOR


def code_of(case: Case, o: Obligation) -> str:
    """What an item is, in one word: the code of the first term of its kind that has codes."""
    terms = case.pathway.obligations[o.kind].terms
    return next((str(o.terms.get(n, "")) for n, t in terms.items() if t.type.kind == "one_of"), "")


def picked(case: Case | None, request: Request) -> Request:
    """An entry on the item that is named, by its id: the newest such that is open, else the newest of them."""
    wanted = request.args.get("item")
    if case is None or request.verb != "oblige" or not wanted:
        return request
    found = _named(case, request.args.get("kind", ""), str(wanted))
    open_ = [o for o in found if o.state not in OVER]
    id_ = (open_ or found)[-1].id if found else f"no {wanted}"
    return request._replace(args={**request.args, "id": id_})


def _named(case: Case, kind: str, code: str) -> list[Obligation]:
    return [o for o in case.obligations.values() if o.kind == kind and code_of(case, o) == code]


def rows(case: Case, name: str, wanted: Any, t: int) -> Iterator[str]:
    """Each row names an item; the newest of that name is as the row says."""
    for row in [wanted] if isinstance(wanted, Mapping) else wanted:
        found = _named(case, name, row["item"])
        if not found:
            yield f"expected an item {row['item']} of {name}, got none"
            continue
        have = _state(case, found[-1], t)
        yield from (
            f"expected {row['item']} {k}: {v}, got {have.get(k)}" for k, v in row.items() if have.get(k) != v
        )


def _state(case: Case, o: Obligation, t: int) -> dict[str, str]:
    late = o.due is not None and t > o.due and o.state != "met"
    left = _left(case.pathway.obligations[o.kind], o)
    return {"item": code_of(case, o), "state": o.state, "late": "yes" if late else "no", "left": left}


def _left(kind: ObligationKind, o: Obligation) -> str:
    """What is still owed of its money or hours, as it is written; '' where nothing was to be counted."""
    for name, term in kind.terms.items():
        owed = o.terms.get(name)
        if owed is None or term.type.kind not in ("money", "count"):
            continue
        rest = values.ruled(values.decode(term.type, owed)) - done(o, kind, name)
        if term.type.kind == "count":
            return str(rest)
        return f"{owed['currency']} {Decimal(rest).scaleb(-MINOR.get(owed['currency'], 2))}"
    return ""
