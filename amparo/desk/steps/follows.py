"""What follows from what this role reads: the answers that a programme derives, with the facts they rest on.

Worked out on the facts the lens lets through alone, so it tells nobody more than they already read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from amparo.desk.context import Pair
from amparo.desk.scene import Scene, capital
from amparo.desk.steps.asked import Partial
from amparo.desk.words import code_title, listed, lower_first, pick
from amparo.pathways import values
from amparo.pathways.model import Derived
from amparo.pathways.rules import Records


class Following(Partial):
    """The facts at hand, and what tables and derived values make of them."""

    def get(self, name: str) -> Any:
        pathway = self.scene.pathway
        if name == "law date":
            return self.law_day()
        if name in pathway.tables:
            return self._table(name)
        if name in self.book.derived:
            return self.book.derived[name].value(self.get, self.day)
        return super().get(name)

    def law_day(self) -> date | None:
        """The day whose law applies, as far as this role reads it."""
        found = super().get(self.scene.pathway.law_date)
        day = self.day(found) if isinstance(found, int) else found
        return day if isinstance(day, date) else None

    def _table(self, name: str) -> Any:
        day = self.law_day()
        versions = self.scene.pathway.tables[name].versions if day is not None else ()
        for v in versions:
            if day is not None and v.period.covers(day):
                return {
                    key: {column: values.ruled(cell) for column, cell in row.items()}
                    for key, row in v.value.items()
                }
        return None


def pairs(scene: Scene) -> tuple[Pair, ...]:
    """Each derived answer that has a title of its own and is known here."""
    facts = Following(scene)
    found = (_pair(scene, facts, n, d) for n, d in scene.pathway.derived.items() if d.title)
    return tuple(p for p in found if p)


def _pair(scene: Scene, facts: Following, name: str, derived: Derived) -> Pair | None:
    book = facts.book
    answer = book.derived[name].value(facts.get, facts.day) if name in book.derived else None
    words = tuple(_words(scene, derived, answer))
    if not words:
        return None
    return Pair(
        pick(derived.title, name), capital(listed(dict.fromkeys(words))), _rests_on(scene, facts, name)
    )


def _words(scene: Scene, derived: Derived, answer: Any) -> Iterator[str]:
    """The answer in the words of its list; of a list of records, each with what it is about."""
    vocabulary = derived.type.vocabulary if derived.type else ""
    for one in answer.items if isinstance(answer, Records) else (answer,):
        code = one.get("answer") if isinstance(one, dict) else one
        if isinstance(code, str):
            yield lower_first(code_title(scene.pathway, vocabulary, code))
        elif isinstance(code, bool):
            yield _("yes") if code else _("no")


def _rests_on(scene: Scene, facts: Following, name: str) -> str:
    """The facts that were read for it, by title."""
    read, seen = [name], {name}
    for one in read:
        book = facts.book.derived.get(one)
        fresh = [x for x in sorted(book.reads) if x not in seen] if book else []
        read += fresh
        seen |= set(fresh)
    known = (n for n in read if n in scene.pathway.facts and facts.plain(n) is not None)
    titles = [lower_first(pick(scene.pathway.facts[n].title, n)) for n in known]
    return _("from: %(facts)s") % {"facts": listed(titles)} if titles else ""
