"""Every name in evidence is one that the pathway, its facts' types or the population have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from amparo.pathways.findings import Finding, suggestion
from amparo.pathways.model import Pathway, Type, Where
from amparo.pathways.values import parse
from amparo.pathways.words import MILESTONES, OUTCOMES
from amparo.simulation.evidence.model import LIFE_EVENTS, NEXT, Column, Draw, Evidence, Exit, Option, Ref
from amparo.simulation.life_tables import life_tables

HISTORY = ("entries",)
"""What a person's history tells facts: how many cases there were before."""
ANSWERS = ("met", "breached", "waiting")
"""What can become of an obligation."""
IN_CUSTODY = "in_custody"
Others = Mapping[str, Pathway]


def names(
    pathway: Pathway, evidence: Evidence, others: Others, tables: Iterable[str] = ()
) -> Iterator[Finding]:
    """What the evidence names and the pathway does not have. What it takes from other evidence is checked there."""
    look = _Names(pathway, evidence, others, (*life_tables(), *tables))
    yield from look.all()


class _Names:
    """The names of one pathway, and what of the evidence is none of them."""

    def __init__(self, pathway: Pathway, evidence: Evidence, others: Others, tables: tuple[str, ...]) -> None:
        self.pathway, self.evidence, self.others, self.tables = pathway, evidence, others, tables
        self.columns = evidence.population.columns if evidence.population else {}
        self.choices: dict[str, list[str]] = {}
        for name, step in pathway.steps.items():
            if step.choice:
                self.choices.setdefault(step.choice, []).append(name)
        self.phases = [phase.id for each in pathway.phases.values() for phase in each.list]

    def all(self) -> Iterator[Finding]:
        found = [*self._cases(), *self._people(), *self._life(), *self._money(), *self._doors()]
        file = self.evidence.where.file
        return (finding for finding in found if finding.where.file == file)

    def one_of(self, name: str, known: Iterable[str], what: str, where: Where) -> Iterator[Finding]:
        listed = list(known)
        if name not in listed:
            yield Finding(where, "E4", f"'{name}' is not {what}", suggestion(name, listed))

    # ------------------------------------------------------------------------------------------------ cases
    def _cases(self) -> Iterator[Finding]:
        if self.evidence.pathway != self.pathway.id:
            what = f"this is evidence for '{self.evidence.pathway}', and the pathway is '{self.pathway.id}'"
            yield Finding(self.evidence.where, "E4", what, "write the pathway's id")
        yield from self._of_choices()
        yield from self._exits()
        yield from self._terms()
        for name, setting in self.evidence.settings.items():
            yield from self.one_of(name, self.pathway.settings, "a setting", setting.where)
            if name in self.pathway.settings:
                yield from self._typed(self.pathway.settings[name].type, setting.value, setting.where)
        for name, ref in self.evidence.places.items():
            yield from self.one_of(name, self.pathway.places, "a place", ref.where)
        for step, turned in self.evidence.turns.items():
            yield from self.one_of(step, self.pathway.steps, "a step", self.evidence.where)
            for column, code in turned.items():
                yield from self.one_of(column, self.columns, "a column", self.evidence.where)
                if code != NEXT:
                    yield from self._code(column, code, self.evidence.where)

    def _of_choices(self) -> Iterator[Finding]:
        for name, choice in self.evidence.choices.items():
            yield from self.one_of(name, self.choices, "a choice", choice.where)
            for when, ref in choice.times.items():
                yield from self._multiplies(when, ref.where)
            for given in choice.given:
                for step, ref in given.shares.items():
                    if name in self.choices:
                        yield from self.one_of(step, self.choices[name], f"a step of {name}", ref.where)

    def _exits(self) -> Iterator[Finding]:
        for stage, exits in self.evidence.stages.items():
            where = next((each.where for each in exits.values()), self.evidence.where)
            yield from self.one_of(stage, [*self.pathway.stages, *self.phases], "a stage or phase", where)
            for step, exit_ in exits.items():
                yield from self._step(stage, step, exit_)
        for letter, exit_ in self.evidence.letters.items():
            yield from self.one_of(letter, self.pathway.letters, "a letter", exit_.where)
            yield from self._exit(exit_)
        for name, exit_ in self.evidence.obligations.items():
            yield from self._answered(name, exit_.where)
            yield from self._exit(exit_)
        for name, exit_ in self.evidence.support.items():
            yield from self.one_of(
                name.partition(".")[0], self.pathway.support, "a support step", exit_.where
            )
            yield from self._exit(exit_)

    def _step(self, stage: str, step: str, exit_: Exit) -> Iterator[Finding]:
        yield from self._exit(exit_)
        if " " in step:
            kind, _, name = step.partition(" ")
            known = {"delivered": self.pathway.letters, "answered": self.pathway.support}.get(kind, {})
            yield from self.one_of(name, known, f"something that is {kind}", exit_.where)
            return
        if "." in step:
            yield from self._answered(step, exit_.where)
            return
        yield from self.one_of(step, self.pathway.steps, "a step", exit_.where)
        if step in self.pathway.steps and stage in self.pathway.stages:
            from_ = self.pathway.steps[step].from_
            if stage not in from_ and not {"any", "any_open"} & set(from_):
                yield Finding(
                    exit_.where, "E4", f"'{step}' is not taken in {stage}", f"known: {', '.join(from_)}"
                )

    def _answered(self, name: str, where: Where) -> Iterator[Finding]:
        """`<kind>.met`, `<kind>.breached`."""
        kind, _, answer = name.partition(".")
        yield from self.one_of(kind, self.pathway.obligations, "a kind of obligation", where)
        yield from self.one_of(answer, ANSWERS, "what becomes of an obligation", where)

    def _exit(self, exit_: Exit) -> Iterator[Finding]:
        if exit_.after_late:
            yield from self.one_of(exit_.after_late, self.pathway.clocks, "a clock", exit_.where)
        yield from self._by(exit_.by)
        for name, ref in exit_.times.items():
            yield from self._multiplies(name, ref.where)

    def _terms(self) -> Iterator[Finding]:
        for step, terms in self.evidence.terms.items():
            where = next((each.where for each in terms.values()), self.evidence.where)
            yield from self.one_of(step, [*self.pathway.steps, *self.choices], "a step or choice", where)
            known = {
                term: made
                for name in self.choices.get(step, [step])
                if name in self.pathway.steps
                for term, made in self.pathway.steps[name].terms.items()
            }
            for term, drawn in terms.items():
                yield from self.one_of(term, known, f"a term of {step}", drawn.where)
                if term in known:
                    yield from self._options(known[term].type, drawn.options)

    # ------------------------------------------------------------------------------------ people and their facts
    def _people(self) -> Iterator[Finding]:
        for name, drawn in self.evidence.facts.items():
            yield from self.one_of(name, self.pathway.facts, "a fact", drawn.where)
            if name in self.pathway.facts:
                for draw in drawn.given:
                    yield from self._draw(name, self.pathway.facts[name].type, draw)
        if self.evidence.population is None:
            return
        earlier: list[str] = []
        for name, column in self.columns.items():
            yield from self._column(column, earlier)
            earlier.append(name)
        for name in self.evidence.population.dynamic:
            yield from self.one_of(name, self.columns, "a column", self.evidence.population.where)

    def _draw(self, name: str, type_: Type, draw: Draw) -> Iterator[Finding]:
        if draw.share is not None and type_.kind != "yes_no":
            what = f"'{name}' is {type_.kind}, and a share draws yes or no"
            yield Finding(draw.where, "E4", what, "write choose: {code: share}")
        yield from self._options(type_, draw.choose)
        if draw.value is not None:
            yield from self._typed(type_, draw.value, draw.where)
        kind, _, of = draw.from_.partition(".")
        if kind == "population":
            yield from self.one_of(of, self.columns, "a column", draw.where)
            yield from self._alike(name, type_, of, draw)
        elif kind == "history":
            yield from self.one_of(of, HISTORY, "kept in the history", draw.where)

    def _alike(self, name: str, type_: Type, of: str, draw: Draw) -> Iterator[Finding]:
        """The codes of the column are codes of the fact."""
        column = self.columns.get(of)
        if column is None or column.bands:
            return
        known = ("yes", "no") if type_.kind == "yes_no" else type_.codes
        for code in codes_of(column):
            if known and code not in known:
                what = f"'{code}' of the column {of} is no value of '{name}'"
                yield Finding(draw.where, "E4", what, suggestion(code, known))

    def _options(self, type_: Type, options: Iterable[Option]) -> Iterator[Finding]:
        for option in options:
            yield from self._typed(type_, option.value, option.where)

    def _typed(self, type_: Type, written: Any, where: Where) -> Iterator[Finding]:
        """A written value of a type; of a count or number, also a value's name."""
        if type_.kind in ("count", "number") and isinstance(written, str) and written in self.evidence.values:
            return
        try:
            parse(type_, written)
        except ValueError as error:
            what, _, remedy = str(error).partition(": ")
            yield Finding(where, "E4", what, remedy or "write a value of its type")

    def _column(self, column: Column, earlier: list[str]) -> Iterator[Finding]:
        for other, codes in column.by.items():
            yield from self.one_of(other, earlier, "an earlier column", column.where)
            for code, some in codes.items():
                yield from self._code(other, code, some.where)

    def _by(self, by: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
        for column, codes in by.items():
            for code, ref in codes.items():
                where = (ref if isinstance(ref, Ref) else ref[0]).where
                yield from self.one_of(column, self.columns, "a column", where)
                yield from self._code(column, code, where)

    def _code(self, column: str, code: str, where: Where) -> Iterator[Finding]:
        if column in self.columns:
            yield from self.one_of(code, codes_of(self.columns[column]), f"a code of {column}", where)

    # -------------------------------------------------------------------------------------------------- life
    def _life(self) -> Iterator[Finding]:
        for hazard in self.evidence.hazards.values():
            yield from self._by(hazard.by)
            for name, ref in hazard.times.items():
                yield from self._multiplies(name, ref.where)
            if hazard.life_table:
                yield from self.one_of(hazard.life_table, self.tables, "a life table", hazard.where)
        for window in self.evidence.windows.values():
            for name in window.after:
                known = [*LIFE_EVENTS, *MILESTONES]
                yield from self.one_of(name, known, "a milestone or event of life", window.where)

    def _multiplies(self, name: str, where: Where) -> Iterator[Finding]:
        """`<stage>`, `<phase>`, `in_custody`, `<column>`; `after.<outcome>`, `within.<window>`, `<column>.<code>`."""
        first, dot, second = name.partition(".")
        if not dot:
            known = [*self.pathway.stages, *self.phases, IN_CUSTODY, *self.columns]
            yield from self.one_of(name, known, "a stage, a phase, in_custody or a column", where)
        elif first == "after":
            yield from self.one_of(second, OUTCOMES, "an outcome", where)
        elif first == "within":
            yield from self.one_of(second, self.evidence.windows, "a window", where)
        elif first in self.columns:
            yield from self._code(first, second, where)
        elif first in (*self.pathway.stages, *self.phases):
            yield from self._multiplies(second, where)
        elif first in self.others:
            yield from self.one_of(second, self.others[first].stages, f"a stage of {first}", where)
        elif first not in self._beside():
            known = ["after", "within", *self.columns]
            yield Finding(where, "E4", f"'{first}' multiplies nothing", suggestion(first, known))

    def _beside(self) -> set[str]:
        """Pathways whose stages may be named before they are at hand."""
        doors = (name.partition(".")[0] for name in self.evidence.otherwise)
        return {self.evidence.use.partition(" ")[0], *doors}

    # ------------------------------------------------------------------------------------------ money, doors
    def _money(self) -> Iterator[Finding]:
        costs, utilities = self.evidence.costs, self.evidence.utilities
        stages = [*self.pathway.stages, *self.phases]
        if costs:
            for bills, known, what in (
                (costs.by_stage, stages, "a stage or phase"),
                (costs.by_step, list(self.pathway.steps), "a step"),
                (costs.by_milestone, list(MILESTONES), "a milestone"),
                (costs.by_life, list(LIFE_EVENTS), "an event of life"),
            ):
                for name, refs in bills.items():
                    yield from self.one_of(name, known, what, refs[0].where)
            yield from self._by(costs.by)
            yield from self._inside(costs.in_stage, stages)
        if utilities:
            for name, ref in utilities.by_stage.items():
                yield from self.one_of(name, stages, "a stage or phase", ref.where)
            for name, ref in utilities.by_life.items():
                yield from self.one_of(name, LIFE_EVENTS, "an event of life", ref.where)
            yield from self._by(utilities.by)
            yield from self._inside(utilities.in_stage, stages)

    def _inside(
        self, inside: Mapping[str, Mapping[str, Mapping[str, Any]]], stages: list[str]
    ) -> Iterator[Finding]:
        where = (self.evidence.costs or self.evidence.utilities or self.evidence).where
        for stage, by in inside.items():
            yield from self.one_of(stage, stages, "a stage or phase", where)
            yield from self._by(
                {column: codes for column, codes in by.items() if not self._of_age(column, codes)}
            )

    def _of_age(self, column: str, codes: Iterable[str]) -> bool:
        """Ages that are not those of the bands: what differs with age goes on differing as people grow older."""
        return (
            column in self.columns
            and bool(self.columns[column].bands)
            and all(code.isdigit() for code in codes)
        )

    def _doors(self) -> Iterator[Finding]:
        for door, offer in self.evidence.offers.items():
            yield from self.one_of(door, self.pathway.doors, "a door", offer.where)
        for name, ref in self.evidence.otherwise.items():
            other, dot, door = name.partition(".")
            if not dot and name != "no_action":
                yield Finding(
                    ref.where, "E4", f"'{name}' is no pathway's door", "write no_action or <pathway>.<door>"
                )
            elif other in self.others:
                yield from self.one_of(door, self.others[other].doors, f"a door of {other}", ref.where)


def codes_of(column: Column) -> tuple[str, ...]:
    """The codes of a column, in order: of ages, the first age of each band."""
    if column.bands:
        return tuple(str(age) for age in column.bands)
    if column.choose:
        return tuple(column.choose)
    if column.share is not None:
        return ("no", "yes")
    some = next((some for codes in column.by.values() for some in codes.values()), None)
    return codes_of(some) if some else ()
