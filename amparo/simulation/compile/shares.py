"""How probable each way on is: structure once, numbers with every draw of the parameters.

A person's answers are drawn first; then one of the ways that are lawful with these answers. So the share of a way
is the sum, over every combination of answers that leaves it lawful, of the combination's probability times the
way's own share among those lawful with it. What law leaves alone has all of it, whatever evidence says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.simulation.automaton import plan as plans
from amparo.simulation.automaton.explore import Group, Holds
from amparo.simulation.compile.classes import AGE, ENTRIES, Classes
from amparo.simulation.compile.planned import NOTHINGS, Planner
from amparo.simulation.evidence.model import Draw, Evidence, Exit, Ref, TermDraw

Numbers = Mapping[str, float]
"""Value's name -> its held number in one draw of the parameters."""
Array = NDArray[np.float64]

FULL = 1e-9


class Formula(NamedTuple):
    """The structure of one group, as it is asked at a node; `rows` are local numbers. Equal ones are worked out
    once."""

    stage: str
    manner: str
    name: str
    facts: tuple[str, ...]
    combos: tuple[tuple[int, ...], ...]
    holds: tuple[tuple[Holds, ...], ...]
    members: tuple[tuple[tuple[str, int, tuple[int, ...], tuple[Holds, ...]], ...], ...]
    rows: int


def formula(stage: str, group: Group) -> tuple[Formula, tuple[int, ...]]:
    """The formula of a group of a stage, and which row of its node each of the formula's rows is."""
    local: dict[int, int] = {}
    members = tuple(
        tuple((m.key, local.setdefault(m.row, len(local)), m.terms, m.holds) for m in lawful)
        for lawful in group.rows
    )
    made = Formula(
        stage, group.manner, group.name, group.facts, group.combos, group.holds, members, len(local)
    )
    return made, tuple(local)


class Shares:
    """Works out formulas for one pathway. exits: what evidence says of each way on, by stage and key."""

    def __init__(
        self, planner: Planner, classes: Classes, all_exits: Mapping[str, Mapping[str, Exit]]
    ) -> None:
        self.planner, self.classes = planner, classes
        self.evidence: Evidence = planner.evidence
        self.exits = all_exits

    # ------------------------------------------------------------------------------------------ what it rests on
    def dims(self, made: Formula) -> frozenset[str]:
        """The dimensions of classes on which the shares of a formula depend."""
        found: set[str] = set()
        for name in made.facts:
            for draw in self.evidence.facts[name].given:
                found |= self._of_draw(draw)
        for text in self.planner.evidence_rules(made.facts, made.name, made.manner):
            found |= self.planner.columns_of(text)
        for key in {m[0] for lawful in made.members for m in lawful}:
            exit_ = self.exit(made.stage, key)
            found |= set(exit_.by) if exit_ is not None else set()
        return frozenset(found)

    def exit(self, stage: str, key: str) -> Exit | None:
        """What evidence says of one way on."""
        return self.exits.get(stage, {}).get(key)

    def _of_draw(self, draw: Draw) -> set[str]:
        if draw.from_.startswith("population."):
            return {draw.from_.removeprefix("population.")}
        return {ENTRIES} if draw.from_ else set()

    def by_class(self, text: str, classes: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether a rule over the population is true, for each class."""
        rule = self.planner.rule_of(text)
        dims = sorted(self.planner.columns_of(text))
        codes = {name: self.classes.codes(name, classes) for name in dims}
        known: dict[tuple[int, ...], bool] = {}
        rows = list(zip(*(codes[name].tolist() for name in dims), strict=True))
        for row in rows:
            if row not in known:
                held = {name: self._held(name, n) for name, n in zip(dims, row, strict=True)}
                known[row] = rule.verdict(held.get, _no_day) is True
        return np.array([known[row] for row in rows], dtype=np.bool_)

    def _held(self, name: str, n: int) -> Any:
        """A code of the population as a rule reads it."""
        code = self.classes.dims[name][n]
        if name == AGE:
            return int(code)
        return code == "yes" if set(self.classes.dims[name]) == {"no", "yes"} else code

    # ------------------------------------------------------------------------------------------ working it out
    def work_out(self, made: Formula, numbers: Numbers, classes: NDArray[np.int64]) -> Array:
        """The shares of the rows, by class: shape (rows, classes)."""
        out = np.zeros((made.rows, len(classes)))
        if not made.combos:
            return out
        probable = self._answers(made, numbers, classes)
        for at, lawful in enumerate(made.members):
            self._add(out, made, at, lawful, probable[at], numbers, classes)
        return out

    def _answers(self, made: Formula, numbers: Numbers, classes: NDArray[np.int64]) -> Array:
        """The probability of each combination of answers, by class."""
        found = np.ones((len(made.combos), len(classes)))
        for place, name in enumerate(made.facts):
            rows = {}
            for at, combo in enumerate(made.combos):
                holds = made.holds[at][place]
                key = (holds, combo[place])
                if key not in rows:
                    rows[key] = self._answer(name, holds, combo[place], numbers, classes)
                found[at] *= rows[key]
        return found

    def _answer(
        self, name: str, holds: Holds, answer: int, numbers: Numbers, classes: NDArray[np.int64]
    ) -> Array:
        wanted = repr(self.planner.outcomes(name).answers[answer])
        given = self.evidence.facts[name].given
        texts = self.planner.outcomes(name).rules
        found = np.zeros(len(classes))
        for weight, draw in self._rows(texts, holds, given, classes):
            answers = [repr(a) for a in self.planner.answers(name, draw)]
            shares = self._of(name, draw, numbers, classes)
            found += weight * sum(
                (shares[n] for n, a in enumerate(answers) if a == wanted), np.zeros(len(classes))
            )
        return found

    def _rows(
        self, texts: tuple[str, ...], holds: Holds, rows: Iterable[Any], classes: NDArray[np.int64]
    ) -> list[tuple[Array, Any]]:
        """Each row with the weight it has for each class: one for the first whose rule is true."""
        left = np.ones(len(classes))
        found = []
        for text, held, row in zip(texts, holds, rows, strict=True):
            here = (
                self.by_class(text, classes).astype(np.float64)
                if held is None
                else np.full(len(classes), float(held))
            )
            found.append((left * here, row))
            left = left * (1.0 - here)
        return found

    def _of(self, name: str, draw: Draw, numbers: Numbers, classes: NDArray[np.int64]) -> list[Array]:
        """The probabilities of the answers of a row, in the planner's order."""
        nothings = [
            number(getattr(draw, kind), numbers) for kind in NOTHINGS if getattr(draw, kind) is not None
        ]
        told = max(0.0, 1.0 - sum(nothings))
        values = [told * x for x in self._values(name, draw, numbers, classes)]
        return [*values, *(np.full(len(classes), x) for x in nothings)]

    def _values(self, name: str, draw: Draw, numbers: Numbers, classes: NDArray[np.int64]) -> list[Array]:
        ones = np.ones(len(classes))
        if draw.choose:
            return [ones * x for x in filled([option.share for option in draw.choose], numbers)]
        if draw.from_.startswith("population."):
            column = draw.from_.removeprefix("population.")
            codes = self.classes.codes(column, classes)
            return [(codes == n).astype(np.float64) for n in range(len(self.classes.dims[column]))]
        if draw.from_:
            before = self.classes.has(ENTRIES, "yes", classes).astype(np.float64)
            return [before, ones - before]
        if draw.share is not None:
            share = number(draw.share, numbers)
            return [ones * share, ones * (1.0 - share)]
        return [ones]

    # ------------------------------------------------------------------------------------------ sharing out
    def _add(
        self,
        out: Array,
        made: Formula,
        at: int,
        lawful: Any,
        probable: Array,
        numbers: Numbers,
        classes: NDArray[np.int64],
    ) -> None:
        own = self._own(made, at, numbers, classes)
        keys = dict.fromkeys(m[0] for m in lawful)
        total = sum((own(key) for key in keys), np.zeros(len(classes)))
        among = (
            np.where(total > 0, total, 1.0) if self._fills(made, numbers, classes) else np.ones(len(classes))
        )
        for key, row, terms, holds in lawful:
            out[row] += probable * own(key) / among * self._terms(key, terms, holds, numbers, classes)

    def _own(
        self, made: Formula, at: int, numbers: Numbers, classes: NDArray[np.int64]
    ) -> Callable[[str], Array]:
        if made.manner == plans.PICK and made.name in self.evidence.choices:
            given = self.evidence.choices[made.name].given
            texts = tuple(g.if_.text if g.if_ else "" for g in given)
            rows = self._rows(texts, made.holds[at][-1], given, classes)
            tables = [
                (w, dict(zip(g.shares, filled(list(g.shares.values()), numbers), strict=True)))
                for w, g in rows
            ]
            return lambda key: sum((w * t.get(key, 0.0) for w, t in tables), np.zeros(len(classes)))
        if made.manner == plans.ACT:
            return lambda key: self._exit_share(made.stage, key, numbers, classes)
        return lambda key: np.ones(len(classes))

    def _exit_share(self, stage: str, key: str, numbers: Numbers, classes: NDArray[np.int64]) -> Array:
        exit_ = self.exits[stage][key]
        ref = exit_.share
        if ref is None:
            return np.ones(len(classes))
        if ref.rest:
            others = [
                e
                for k, e in self.exits[stage].items()
                if k != key and e.share is not None and not e.share.rest and e.delay is not None
            ]
            return np.full(len(classes), max(0.0, 1.0 - sum(number(e.share, numbers) for e in others)))
        return self.by(ref, exit_.by if exit_.hazard is None else {}, numbers, classes)

    def _fills(self, made: Formula, numbers: Numbers, classes: NDArray[np.int64]) -> bool:
        """Do all shares of the group make one? Then those that are lawful share it out; else a rest does nothing."""
        if made.manner == plans.PICK:
            return True
        if made.manner != plans.ACT:
            return False
        all_ = [e for e in self.exits.get(made.stage, {}).values() if e.share is not None]
        if any(e.share is not None and e.share.rest for e in all_):
            return True
        return abs(sum(number(e.share, numbers) for e in all_) - 1.0) < FULL

    def _terms(
        self,
        key: str,
        terms: tuple[int, ...],
        holds: tuple[Holds, ...],
        numbers: Numbers,
        classes: NDArray[np.int64],
    ) -> float:
        if not terms:
            return 1.0
        named = self.evidence.terms[key]
        wanted = [n for n in self.planner.pathway.steps[key].terms if n in named]
        found = 1.0
        for name, n in zip(wanted, terms, strict=True):
            drawn: TermDraw = named[name]
            found *= filled([o.share for o in drawn.options], numbers)[n]
        return found

    def by(
        self,
        ref: Ref | None,
        by: Mapping[str, Mapping[str, Ref]],
        numbers: Numbers,
        classes: NDArray[np.int64],
    ) -> Array:
        """A number, or that of the code that each class has in the column by which it differs."""
        found = np.full(len(classes), number(ref, numbers) if ref is not None else 1.0)
        for column, codes in by.items():
            for code, other in codes.items():
                found = np.where(self.codes_of(column, code, classes), number(other, numbers), found)
        return found

    def codes_of(self, column: str, code: str, classes: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which classes have a code; an age band of evidence reaches to the next that it names."""
        return self.classes.coded(column, code, self.planner.bands, classes)


def _no_day(instant: int) -> date:
    raise ValueError("a rule over the population reads no instant")


def number(ref: Ref | None, numbers: Numbers) -> float:
    """The number behind a name; 0 and 1 stand for themselves."""
    if ref is None:
        return 0.0
    return float(ref.name) if ref.name in ("0", "1") else numbers[ref.name]


def filled(refs: list[Ref], numbers: Numbers) -> list[float]:
    """Shares in order, `rest` filled with what the others leave."""
    known = [None if ref.rest else number(ref, numbers) for ref in refs]
    rest = max(0.0, 1.0 - sum(x for x in known if x is not None))
    return [rest if x is None else x for x in known]
