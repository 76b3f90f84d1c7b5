"""Evidence as what may happen: ways of each stage, answers of each fact, values of each term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

from amparo.cases.index import begins_at
from amparo.cases.lines import Typing
from amparo.cases.model import Nothing_, Site
from amparo.errors import SimulationFault
from amparo.pathways import courts, values
from amparo.pathways.model import Pathway
from amparo.pathways.rulebook import Rulebook, rulebook
from amparo.pathways.rules import COUNT, YES_NO, Compiled, Declaration, Scope, check, codes, compile_rule
from amparo.simulation.automaton.plan import ACT, DELAY, HAZARD, PICK, Outcomes, Plan, Way
from amparo.simulation.evidence.model import Draw, Drawn, Evidence, Exit

NOTHINGS = ("not_known", "refused", "no_answer")
EXITS = "exits"


class Planner:
    """Reads the structure of one pathway's evidence. columns: name -> its codes (ages as first years of bands)."""

    def __init__(
        self, pathway: Pathway, evidence: Evidence, columns: Mapping[str, tuple[str, ...]], zone: str = ""
    ) -> None:
        self.pathway, self.evidence, self.columns = pathway, evidence, columns
        self.zone = zone or zone_of(evidence)
        self.typing = Typing(pathway, self.zone)
        self.book = rulebook(pathway)
        self._facts = {name: self._fact(name, drawn) for name, drawn in evidence.facts.items()}

    def plan(self) -> Plan:
        """All that may happen, as far as evidence says."""
        facts = self._facts
        terms = {
            (step, term): Outcomes(tuple(self._term(step, term, o.value) for o in found.options))
            for step, named in self.evidence.terms.items()
            for term, found in named.items()
        }
        picks = {
            name: tuple(g.if_.text if g.if_ else "" for g in choice.given)
            for name, choice in self.evidence.choices.items()
        }
        texts = {
            text for rules in (*(x.rules for x in facts.values()), *picks.values()) for text in rules if text
        }
        by_class = frozenset(text for text in texts if self.columns_of(text))
        waits = {name: c.after.name for name, c in self.evidence.choices.items() if c.after is not None}
        return Plan(dict(self._ways()), facts, terms, picks, by_class, waits)

    def outcomes(self, fact: str) -> Outcomes:
        """The answers of a fact over all rows, and the rules of these rows."""
        return self._facts[fact]

    # ------------------------------------------------------------------------------------------ rules of evidence
    def rule_of(self, text: str) -> Compiled:
        """A rule of evidence, over facts of the case or columns of the population."""
        return _compiled(self.book, text, tuple(self.columns.items()))

    def columns_of(self, text: str) -> frozenset[str]:
        """The columns of the population that a rule reads; none where it reads the case. Both at once are refused."""
        if not text:
            return frozenset()
        reads = self.rule_of(text).reads
        found = frozenset(name for name in reads if name in self.columns and name not in self.pathway.facts)
        if found and found != frozenset(reads):
            raise SimulationFault(
                f'{self.pathway.id}: the rule "{text}" of evidence reads the population and the case at once · '
                "write one row for each"
            )
        return found

    def evidence_rules(self, facts: tuple[str, ...], name: str, manner: str) -> Iterator[str]:
        """All rules on which the probabilities of a group rest."""
        for fact in facts:
            yield from (text for text in self._facts[fact].rules if text)
        if manner == PICK and name in self.evidence.choices:
            yield from (g.if_.text for g in self.evidence.choices[name].given if g.if_ is not None)

    @property
    def bands(self) -> tuple[str, ...]:
        """The age bands that evidence names, by their first year."""
        population = self.evidence.population
        column = population.columns.get("age") if population else None
        return tuple(str(start) for start in column.bands) if column else ()

    # ------------------------------------------------------------------------------------------ ways
    def _ways(self) -> Iterator[tuple[str, tuple[Way, ...]]]:
        for stage, definition in self.pathway.stages.items():
            labels = (stage, *self._phases(stage))
            for label in labels:
                found = tuple(self._of_stage(stage, label))
                if found or definition.closed is None:
                    yield label, numbered(found)

    def _phases(self, stage: str) -> tuple[str, ...]:
        phases = courts.phases_of(self.pathway)
        if phases is None or phases.in_stage != stage:
            return ()
        return tuple(f"{stage}.{n + 1}" for n in range(len(phases.list)))

    @cached_property
    def exits(self) -> Mapping[str, Mapping[str, Exit]]:
        """What evidence says of each stage (and phase), by key."""
        return {
            label: {
                **self._everywhere(),
                **self.evidence.stages.get(stage, {}),
                **self._of_phase(stage, label),
            }
            for stage in self.pathway.stages
            for label in (stage, *self._phases(stage))
        }

    def _of_stage(self, stage: str, label: str) -> Iterator[Way]:
        for name, choice in self.evidence.choices.items():
            named = dict.fromkeys(step for given in choice.given for step in given.shares)
            for step in named:
                if begins_at(self.pathway, self.pathway.steps[step], stage):
                    yield Way("step", step, PICK, name)
        for key, exit_ in self.exits[label].items():
            if not self._never(exit_):
                yield self._way(key, exit_)

    def _never(self, exit_: Exit) -> bool:
        """Said on purpose: it does not happen. A fixed nought, not merely a small number."""
        ref = exit_.hazard or exit_.share
        if ref is None or ref.rest or exit_.by:
            return False
        value = self.evidence.values.get(ref.name)
        return ref.name == "0" or (value is not None and value.value == 0 and value.as_ == "fixed")

    def _everywhere(self) -> dict[str, Exit]:
        return {**self.evidence.letters, **self.evidence.obligations}

    def _of_phase(self, stage: str, label: str) -> Mapping[str, Exit]:
        phases = courts.phases_of(self.pathway)
        if phases is None or label == stage:
            return {}
        return self.evidence.stages.get(phases.list[int(label.rpartition(".")[2]) - 1].id, {})

    def _way(self, key: str, exit_: Exit) -> Way:
        verb, name, does = act_of(self.pathway, key)
        if exit_.hazard is not None:
            return Way(verb, name, HAZARD, "", "", does)
        if exit_.share is None or exit_.share.name == "1":
            return Way(verb, name, DELAY, "", exit_.after_late, does)
        return Way(verb, name, ACT, EXITS if verb == "step" else key, exit_.after_late, does)

    # ------------------------------------------------------------------------------------------ facts
    def _fact(self, name: str, drawn: Drawn) -> Outcomes:
        found: dict[Any, Any] = {}
        for draw in drawn.given:
            for answer in self.answers(name, draw):
                found.setdefault(_key(answer), answer)
        return Outcomes(tuple(found.values()), tuple(g.if_.text if g.if_ else "" for g in drawn.given))

    def answers(self, name: str, draw: Draw) -> tuple[Any, ...]:
        """The answers of one row, in the order in which their probabilities are given."""
        nothings = tuple(Nothing_(kind) for kind in NOTHINGS if getattr(draw, kind) is not None)
        return (*self._values(name, draw), *nothings)

    def _values(self, name: str, draw: Draw) -> tuple[Any, ...]:
        type_ = self.pathway.facts[name].type
        if draw.choose:
            return tuple(self.plain(name, option.value) for option in draw.choose)
        if draw.from_.startswith("population."):
            codes = self.columns[draw.from_.removeprefix("population.")]
            return tuple(_of_code(type_.kind, code) for code in codes)
        if draw.from_:
            return (True, False) if type_.kind == "yes_no" else (1, 0)
        if draw.share is not None:
            return (True, False)
        return (self.plain(name, draw.value),)

    def plain(self, fact: str, written: Any) -> Any:
        """A written value, or a number by its name, as a plain value of the fact."""
        value = self.evidence.values.get(written) if isinstance(written, str) else None
        type_ = self.pathway.facts[fact].type
        if value is not None and type_.kind in ("count", "number") and written not in type_.codes:
            written = str(int(value.value))
        try:
            return self.typing.value(type_, written)
        except (ValueError, KeyError) as fault:
            raise SimulationFault(
                f"{self.pathway.id}: '{written}' is no value of {fact} · {fault}"
            ) from fault

    def _term(self, step: str, term: str, written: Any) -> Any:
        if written in (None, "none"):
            return None
        return self.typing.term(self.pathway.steps[step].terms[term].type, written)

    # ------------------------------------------------------------------------------------------ the site
    def site(self) -> Site:
        """The study's own site: its zone, and what it has entered."""
        entered = {}
        for name, setting in self.evidence.settings.items():
            type_ = self.pathway.settings[name].type
            entered[name] = values.parse(type_, setting.value, self.zone)
        return Site("study", self.zone, entered)


@lru_cache(maxsize=1024)
def _compiled(book: Rulebook, text: str, columns: tuple[tuple[str, tuple[str, ...]], ...]) -> Compiled:
    own = {
        name: Declaration(
            "fact", COUNT if name == "age" else YES_NO if set(words) == {"no", "yes"} else codes(words)
        )
        for name, words in columns
        if name not in book.pathway.facts
    }
    scope = Scope({**own, **book.scope.names}, book.scope.forbidden)
    return compile_rule(check(text, scope), book.trees)


def zone_of(evidence: Evidence) -> str:
    """The time zone of the study's site."""
    site = getattr(evidence, "site", None)
    return str(site.zone) if site is not None else "UTC"


def act_of(pathway: Pathway, key: str) -> tuple[str, str, str]:
    """The verb, name and what is done, of a key of evidence: `approve`, `delivered x`, `<kind>.met`."""
    if key.startswith("delivered "):
        return "deliver", key.removeprefix("delivered "), ""
    kind, _, does = key.partition(".")
    if does and kind in pathway.obligations:
        return "oblige", kind, does
    return "step", key, ""


APART = 1024
"""How far apart the numbers of draws of two ways are: each answer of a hazard has a draw of its own."""


def numbered(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """The ways of a stage, each with the number of its first draw; the next odd one is for which of a group it is."""
    return tuple(way._replace(slot=APART * n + 2) for n, way in enumerate(ways))


def _of_code(kind: str, code: str) -> Any:
    if kind == "yes_no":
        return code == "yes"
    return int(code) if kind == "count" else code


def _key(answer: Any) -> Any:
    return repr(answer)
