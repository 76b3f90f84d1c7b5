"""Which term of a kind of obligation is read how. Read off the types and their order: a code says what was agreed,
the last text who helps, the first sum of money what is owed and the second each payment, a day the first payment.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from amparo.cases.model import Obligation
from amparo.desk.scene import Scene
from amparo.desk.words import lower_first, pick
from amparo.pathways.model import ObligationKind


class Read(NamedTuple):
    """The names of the terms, '' where the kind has none."""

    what: str
    helps: str
    texts: tuple[str, ...]
    codes: tuple[str, ...]
    money: str
    each: str
    tally: str
    first: str
    rest: tuple[str, ...]


def read(kind: ObligationKind) -> Read:
    """How the terms of this kind are read."""
    by: dict[str, list[str]] = {}
    for name, term in kind.terms.items():
        by.setdefault(term.type.kind, []).append(name)
    codes, texts, money = by.get("one_of", []), by.get("text", []), by.get("money", [])
    counts, dates = by.get("count", []), by.get("date", [])
    used = {*codes, *texts, *money[:2], *counts[:1], *dates[:1]}
    return Read(
        what=_nth(codes, 0),
        helps=texts[-1] if texts else "",
        texts=tuple(texts[:-1]),
        codes=tuple(codes[1:]),
        money=_nth(money, 0),
        each=_nth(money, 1),
        tally=_nth(counts, 0),
        first=_nth(dates, 0),
        rest=tuple(n for n in kind.terms if n not in used),
    )


def _nth(names: list[str], n: int) -> str:
    return names[n] if n < len(names) else ""


def is_goal(kind: ObligationKind) -> bool:
    """A plan in the person's own words: theirs, without a day, and nothing that could be broken."""
    return kind.with_ == "person" and kind.due == "none" and kind.breach is None


def value(scene: Scene, kind: ObligationKind, terms: Mapping[str, Any], name: str) -> str:
    """A term's value in words, '' where it was not agreed."""
    plain = terms.get(name) if name else None
    return scene.d.show(kind.terms[name].type, plain) if plain is not None else ""


def titled(scene: Scene, kind: ObligationKind, terms: Mapping[str, Any], names: tuple[str, ...]) -> list[str]:
    """`First step: a bed for tonight`, for each of these that was agreed."""
    return [f"{pick(kind.terms[n].title, n)}: {v}" for n in names if (v := value(scene, kind, terms, n))]


def title(scene: Scene, o: Obligation) -> str:
    """What was agreed, as a heading."""
    return heading(scene, o.kind, o.terms)


def heading(scene: Scene, name: str, terms: Mapping[str, Any]) -> str:
    """The code of an item, with the sum or the hours; of a goal, the next small step."""
    kind = scene.pathway.obligations[name]
    r = read(kind)
    if is_goal(kind):
        steps = [v for n in r.texts if (v := value(scene, kind, terms, n))]
        return steps[0] if steps else pick(kind.title, name)
    named = value(scene, kind, terms, r.what) or pick(kind.title, name)
    sums = [value(scene, kind, terms, r.money)]
    if r.tally and terms.get(r.tally) is not None:
        sums.append(f"{lower_first(pick(kind.terms[r.tally].title, r.tally))} {terms[r.tally]}")
    return ", ".join(x for x in (named, *sums) if x)


def evidence_words(scene: Scene, name: str) -> str:
    """What shows that an item is met: a fact of the programme, or one of the usual proofs."""
    said = {
        "receipt": _("a receipt"),
        "words": _("the person’s word"),
        "report": _("a report"),
        "attendance": _("attendance"),
        "certificate": _("a certificate"),
    }
    fact = scene.pathway.facts.get(name)
    return lower_first(pick(fact.title, name)) if fact is not None else said.get(name, name)
