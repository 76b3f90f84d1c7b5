"""What an example expects of who was told what: counts, copies and their receipts, emergencies, legal demands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from amparo.cases import exceptional, papers, receipts
from amparo.cases.counting import Tallied
from amparo.cases.model import Case, Notice
from amparo.cases.retention import Kept


def listed(found: Any) -> tuple[str, ...]:
    """One name, or several."""
    return (found,) if isinstance(found, str) else tuple(map(str, found))


# ------------------------------------------------------------------------------------------------ counts
def counted(found: Iterable[Tallied], expected: Mapping[str, Any]) -> Iterator[str]:
    """`{count: 2}`: exactly so many; `{count: {n: 1, reason: asleep}}`: so many (else some) with these codes."""
    all_ = tuple(found)
    for name, wanted in expected.items():
        codes = {k: v for k, v in wanted.items() if k != "n"} if isinstance(wanted, Mapping) else {}
        n = sum(x.name == name and codes.items() <= x.codes.items() for x in all_)
        number = wanted.get("n") if isinstance(wanted, Mapping) else wanted
        if n != int(number) if number is not None else not n:
            said = ", ".join(f"{k} {v}" for k, v in codes.items())
            yield f"expected {name} counted {number or 'at least 1'} {said}".strip() + f", got {n}"


# ------------------------------------------------------------------------------------------------ copies, receipts
def _copies(case: Case, expected: Mapping[str, Any], t: int) -> Iterator[str]:
    """To whom the newest copies of a notice go, all of them; none is `none`."""
    for name, wanted in expected.items():
        found = {x.to for x in _newest(case, name)} or {"none"}
        if found != (set(listed(wanted)) or {"none"}):
            yield f"expected copies of {name} to {', '.join(listed(wanted))}, got {', '.join(sorted(found))}"


def _newest(case: Case, name: str) -> tuple[Notice, ...]:
    made = [x for x in case.notices.values() if x.notice == name and x.state != "cancelled"]
    newest = max((x.step_seq for x in made), default=0)
    return tuple(x for x in made if x.step_seq == newest)


def _notices(case: Case, expected: Mapping[str, Any], t: int) -> Iterator[str]:
    """What a notice that was made is: to whom, what it says (all of it), its ground, whether it asks a receipt."""
    for name, wanted in expected.items():
        if not _newest(case, name):
            yield f"expected {name} told"
            continue
        found = case.pathway.notices[name]
        have = {
            "to": set(found.to),
            "says": set(found.says),
            "ground": {papers.ground_of(case.pathway, name)},
            "receipt": {"yes" if found.receipt else "no"},
        }
        yield from (
            f"expected {name} {key} {', '.join(listed(value))}, got {', '.join(sorted(have[key]))}"
            for key, value in wanted.items()
            if have[key] != ({", ".join(listed(value))} if key == "ground" else set(listed(value)))
        )


def _awaited(case: Case, expected: Mapping[str, str], t: int) -> Iterator[str]:
    """How many copies of a notice were sent and not yet received."""
    for name, wanted in expected.items():
        n = sum(x.notice == name and x.state == "sent" for x in case.notices.values())
        if n != int(wanted):
            yield f"expected {wanted} receipts of {name} awaited, got {n}"


def kept_so(case: Case, kept: Kept, t: int) -> dict[str, str]:
    """What `retention` expects beside its lengths: is the file destroyed by now, and how many receipts lack?"""
    gone = kept.ends_at is not None and kept.ends_at < t
    found = receipts.receipts(case)
    return {
        "destroyed": "yes" if gone else "no",
        "awaited": str(found.awaited),
        "receipts": f"{found.received} of {found.asked}",
    }


# ------------------------------------------------------------------------------------------------ outside every rule
def _disclosed(case: Case, expected: Any, t: int) -> Iterator[str]:
    """Who was told in an emergency, `[]` for nobody; as a mapping, each with `reviewed` or `open`."""
    found = {str(x["to"]): "open" if x["reviewed"] is None else "reviewed" for x in case.disclosed}
    if not expected:
        yield from (f"expected nobody told in an emergency, got {to}" for to in found)
    yield from (f"expected {to} told in an emergency" for to in listed(expected) if to not in found)
    for to, wanted in expected.items() if isinstance(expected, Mapping) else ():
        if found.get(to) != wanted:
            yield f"expected what {to} was told {wanted}, got {found.get(to)}"


def _demands(case: Case, expected: Mapping[str, str], t: int) -> Iterator[str]:
    """How many legal demands are `open`, and how many were answered `refused`, `part`, `complied`."""
    answers = [str(x.get("answer", "")).removeprefix("demand_") for x in case.demands.values()]
    have = {"open": len(exceptional.open_demands(case))}
    have |= {a: answers.count(a) for a in ("refused", "part", "complied")}
    for state, wanted in expected.items():
        if have.get(state) != int(wanted):
            yield f"expected {wanted} demands {state}, got {have.get(state)}"


CHECKS: Mapping[str, Callable[[Case, Any, int], Iterator[str]]] = {
    "copies": _copies,
    "notices": _notices,
    "awaited": _awaited,
    "disclosed": _disclosed,
    "demands": _demands,
}
