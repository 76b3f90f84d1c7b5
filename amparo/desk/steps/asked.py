"""Whether a question can matter at all, on what this role sees and has typed so far.

Rules are monotone: what is *false* on a part of the facts stays false on all of them. So a question whose
condition is
false here is drawn as *does not apply*, with the facts that say so; everything else is asked, and the
engine judges.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from amparo.cases.index import is_dated
from amparo.cases.model import Nothing_
from amparo.cases.read import ruled
from amparo.desk.reading import answer
from amparo.desk.scene import Scene
from amparo.desk.typed import Wrong
from amparo.desk.words import listed, lower_first, pick
from amparo.pathways import calendar, in_text
from amparo.pathways.model import Rule
from amparo.pathways.rulebook import Rulebook, rulebook


class Partial:
    """The facts at hand: seen through the lens, then typed on this page. All else is not known."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._found: dict[str, Any] = {}

    @cached_property
    def book(self) -> Rulebook:
        return rulebook(self.scene.pathway)

    def day(self, instant: int) -> Any:
        return calendar.day_of(instant, self.scene.d.zone)

    def plain(self, name: str) -> Any:
        """The plain value of a fact, typed before told; None for what is not known here."""
        if name not in self._found:
            self._found[name] = self._typed(name) if self._typed(name) is not None else self._told(name)
        return self._found[name]

    def _typed(self, name: str) -> Any:
        fact = self.scene.pathway.facts[name]
        try:
            found = answer(self.scene.d, fact.type, f"fact.{name}", self.scene.typed)
        except Wrong:
            return None
        return None if isinstance(found, Nothing_) else found

    def _told(self, name: str) -> Any:
        seen = self.scene.facts().get(name)
        return seen.value if seen is not None and seen.state == "value" else None

    def get(self, name: str) -> Any:
        """What a rule reads under a name."""
        p = self.scene.pathway
        fact = p.facts.get(name)
        if fact is None and name in p.settings and self.scene.view is None:
            return self._setting(name)
        plain = self.plain(name) if fact is not None else None
        return ruled(fact.type, plain) if fact is not None and plain is not None else None

    def _setting(self, name: str) -> Any:
        """What the site says now: a case that is being opened keeps it; one that is open has its own."""
        definition = self.scene.pathway.settings[name]
        plain = None if is_dated(definition.value) else in_text.plain(self.scene.pathway, name, self.scene.settings)
        return None if plain is None else ruled(definition.type, plain)

    def is_false(self, rule: Rule | None) -> bool:
        """Does the condition fail, whatever else is learnt?"""
        return rule is not None and self.book.rule(rule).verdict(self.get, self.day) is False

    def because(self, rule: Rule) -> str:
        """The facts that decided: `judged dependent: no`."""
        names = (n for leaf in self.book.rule(rule).explain(self.get, self.day).leaves for n in leaf.names)
        known = [
            n for n in dict.fromkeys(names) if n in self.scene.pathway.facts and self.plain(n) is not None
        ]
        return listed(self._said(n) for n in known)

    def _said(self, name: str) -> str:
        title = lower_first(pick(self.scene.pathway.facts[name].title, name))
        return f"{title}: {self.scene.shown(name, self.plain(name))}"

    def out(self, *rules: Rule | None) -> str:
        """Why a question does not apply, '' if it may."""
        failed = next((r for r in rules if r is not None and self.is_false(r)), None)
        if failed is None:
            return ""
        because = self.because(failed)
        return _("Does not apply: %(why)s") % {"why": because} if because else _("Does not apply")
