"""What is counted beside a door without a case: what would have been done otherwise; said no; not offered, and why.

A count that keeps `otherwise` and neither a reason nor a fact is that of the first question. The others of a door are
answers to the offer. Nothing of a count has a name, and nobody sees it as theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from amparo.cases.eligibility import answered
from amparo.cases.model import Nothing_, Refusal
from amparo.cases.words import sentence
from amparo.desk.context import Control, Option, RefusalLines
from amparo.desk.doors.context import CountForm
from amparo.desk.doors.gates import Gate, Way
from amparo.desk.typed import Typed, field_id, one
from amparo.desk.words import language, pick
from amparo.ledger import book
from amparo.pathways.model import Count, Names, Pathway, Text
from amparo.pathways.words import COUNTED

OTHERWISE, REASON = "otherwise", "reason"


def is_first(count: Count) -> bool:
    """Is this the count of what would have been done otherwise?"""
    return OTHERWISE in count.keeps and set(count.keeps) <= {OTHERWISE, "month", "door", "area"}


def codes(pathway: Pathway, key: str) -> Mapping[str, Text]:
    """The codes from which a count's reason, or what would have been done, is chosen: its own list."""
    own = pathway.vocabularies
    return own.get(key) or own.get(f"{key}s") or {}


def first_options(all_: tuple[Gate, ...]) -> tuple[Option, ...]:
    """The answers to what would be done without these doors; none where no door asks it, and no count keeps it."""
    found: dict[str, str] = {}
    for gate in all_:
        p = gate.here.pathway
        if p.doors[gate.door].what_else and _first_counts(gate):
            found |= {
                code: pick(title, code) for code, title in codes(p, OTHERWISE).items() if code not in found
            }
    return tuple(Option(code, words) for code, words in found.items())


def _first_counts(gate: Gate) -> Names:
    p = gate.here.pathway
    return tuple(name for name in p.doors[gate.door].counts if is_first(p.counts[name]))


def count_first(all_: tuple[Gate, ...], code: str, key: str) -> None:
    """Add what would have been done, once for each programme that counts it. Not on any file."""
    done = set()
    for gate in all_:
        programme = gate.here.post.programme
        if (
            code not in codes(gate.here.pathway, OTHERWISE)
            or not gate.here.pathway.doors[gate.door].what_else
        ):
            continue
        for name in _first_counts(gate):
            if (programme, name) not in done:
                done.add((programme, name))
                _tally(gate, name, {OTHERWISE: code}, f"{key} {programme} {name}")


# ------------------------------------------------------------------------------------------------ after the offer
def forms(gate: Gate) -> tuple[CountForm, ...]:
    """What can be counted instead of opening a case: each count of the door, with the codes it asks for."""
    p = gate.here.pathway
    names = (name for name in p.doors[gate.door].counts if not is_first(p.counts[name]))
    return tuple(CountForm(n, pick(p.counts[n].of, n), tuple(_controls(p, n))) for n in names)


def _controls(p: Pathway, name: str) -> Iterator[Control]:
    found = codes(p, REASON) if REASON in p.counts[name].keeps else {}
    if found:
        options = tuple(Option(code, pick(title, code)) for code, title in found.items())
        field = f"reason.{name}"
        label = pick(p.counts[name].of, name)
        yield Control("answers", field, field_id(field), label, options=options, wide="across")


def count_after(w: Way, gate: Gate, name: str) -> tuple[RefusalLines, ...]:
    """Add one to a count of the door: the codes of what was answered, the reason, no name. () if it was counted."""
    return add(gate, name, answered(w.asked, gate.here.pathway, w.answers), w.typed)


def add(gate: Gate, name: str, told: Mapping[str, Any], typed: Typed) -> tuple[RefusalLines, ...]:
    """The same, of facts told by name on any form of the door; `typed` has the codes chosen and the form's key."""
    p = gate.here.pathway
    keeps = p.counts[name].keeps
    if codes(p, REASON) and REASON in keeps and not one(typed, f"reason.{name}"):
        return (
            RefusalLines(
                _("It was not counted."),
                _("The reason is missing."),
                _("Choose a reason, and send it again."),
            ),
        )
    known = {f: v for f, v in told.items() if f in keeps and _is_code(p, f, v)}
    said = {REASON: one(typed, f"reason.{name}"), OTHERWISE: one(typed, OTHERWISE)}
    known |= {key: code for key, code in said.items() if key in keeps and code in codes(p, key)}
    refused = _tally(gate, name, known, f"{one(typed, 'key')} {gate.key} {name}")
    return () if refused is None else (_lines(gate, refused),)


def _is_code(p: Pathway, fact: str, value: Any) -> bool:
    return not isinstance(value, Nothing_) and p.facts[fact].type.kind in COUNTED


def _tally(gate: Gate, name: str, keeps: Mapping[str, Any], key: str) -> Refusal | None:
    at = gate.here
    programme, door = at.post.programme, gate.door
    return book.tally(at.account, at.site, programme, name, keeps, key, role=at.role, door=door, now=at.now)


def _lines(gate: Gate, refused: Refusal) -> RefusalLines:
    what, why, instead = sentence(refused, language(), gate.here.pathway, gate.here.zone, gate.here.areas)
    return RefusalLines(what, why, instead, code=refused.code)
