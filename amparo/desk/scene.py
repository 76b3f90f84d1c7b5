"""What drawing a page of one case needs at hand: the view through the lens, the words, the clock on the
wall.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from amparo.cases import words as refusing
from amparo.cases.model import Refusal
from amparo.cases.story import word
from amparo.desk.context import Nothing, Pair
from amparo.desk.said import said
from amparo.desk.times import Clockwork
from amparo.desk.typed import Drawing, Typed
from amparo.desk.words import cited, language, lower_first, pick, role_title
from amparo.lens import OFFICE, FactView, View
from amparo.pathways.model import Cites, Pathway, Text


def nobody(who: str) -> str:
    """The name of an actor where no names are at hand."""
    return who


@dataclass(frozen=True)
class Scene:
    """One page of one case. view is None while the case is being opened.

    called: the name the person wants used, '' where it may not be read. named: an actor's id -> name.
    settings: the site's entered values, held form.
    """

    pathway: Pathway
    d: Drawing
    clock: Clockwork
    role: str
    account: str
    door: str = ""
    view: View | None = None
    called: str = ""
    typed: Typed = field(default_factory=dict)
    named: Callable[[str], str] = nobody
    settings: Mapping[str, Any] = field(default_factory=dict)

    def facts(self) -> dict[str, FactView]:
        """The facts this role may see, by name."""
        return {f.name: f for f in self.view.facts} if self.view else {}

    def entry(self, seq: int) -> str:
        """An entry by its place among those this role reads: the log's own number would count the others."""
        places = (n for n, e in enumerate(self.view.timeline, 1) if e.seq == seq) if self.view else ()
        n = next(iter(places), 0)
        return _("entry %(n)s") % {"n": n} if n else ""

    def said(self, text: Text | str, name: str = "") -> str:
        """A sentence of the definition, with the settings that it names as they stand here."""
        return said(self.d, self.settings, text, name)

    def cite(self, basis: Cites) -> str:
        return cited(self.pathway, basis)

    def sentence(self, refusal: Refusal) -> tuple[str, str, str]:
        """What cannot be done, why, what instead: the engine's own words."""
        what, why, instead = refusing.sentence(refusal, language(), self.pathway, self.d.zone, self.d.areas)
        unseen = self.view is not None and (self.view.closed is None or refusal.params.get("stage") == "")
        if unseen and refusal.code == "not_here":
            # Who sees no stage at all is told that it cannot be, and nothing of where the case stands.
            why_not = _("Where this case stands is not shown to your role.")
            return what, why_not, _("Whoever the case is assigned to can say what comes next.")
        return what, why, instead

    def person(self) -> str:
        """The person, by the name used or as *the person*."""
        return self.called or _("the person")

    def who(self, actor: str, role: str = "") -> str:
        """Who did something; the clock and the person are said in words."""
        if actor == "person":
            return self.person()
        if actor == OFFICE:
            return _("the office")
        if actor in ("", "clock"):
            return _("the clock")
        return self.named(actor) or (role_title(self.pathway, role) if role else actor)

    def giver(self, given_by: str) -> str:
        """Whose word: a role, a body, the person, an account."""
        if given_by == "person":
            return self.person()
        if given_by in (*self.pathway.roles, *self.pathway.bodies):
            return lower_first(role_title(self.pathway, given_by))
        name = self.named(given_by)
        return word(given_by, language()) if name == given_by else name

    def shown(self, fact: str, value: Any) -> str:
        """A fact's plain value in words."""
        return self.d.show(self.pathway.facts[fact].type, value)

    def told(self, f: FactView) -> str:
        """Who told a fact and when."""
        when = self.clock.when(f.as_of) if f.as_of is not None else ""
        return ", ".join(part for part in (self.giver(f.given_by) if f.given_by else "", when) if part)

    def pair(self, f: FactView) -> Pair:
        """A fact as a line of a summary: its value with teller and date, or its kind of nothing."""
        label, uncertain = pick(f.title, f.name), pick(f.unverified) if f.unverified else ""
        if f.state == "value":
            said = self.pathway.facts[f.name].type.kind == "text"
            return Pair(
                label, capital(self.shown(f.name, f.value)), self.told(f), said=said, unverified=uncertain
            )
        return Pair(label, nothing=self.nothing(f), unverified=uncertain)

    def nothing(self, f: FactView) -> Nothing:
        """The kind of nothing a fact has, in the words of its shape."""
        if f.state == "not_applicable":
            return Nothing("na", _("Does not apply"))
        if f.state == "erased":
            return Nothing("na", _("Erased"))
        if f.state == "refused":
            return Nothing("refused", _("Asked %(when)s: prefers not to say") % {"when": self._day(f)})
        if f.state == "no_answer":
            return Nothing("no_answer", _("Asked %(when)s, no answer") % {"when": self._day(f)})
        if f.state == "not_known":
            return Nothing("not_known", _("Not known, asked %(when)s") % {"when": self._day(f)})
        return Nothing("ask", _("Not known yet"))

    def _day(self, f: FactView) -> str:
        return self.clock.day(f.as_of) if f.as_of is not None else ""


def capital(words: str) -> str:
    """A value that opens a line; a code or a number stays as it is."""
    return words[:1].upper() + words[1:]
