"""Alpha: what of a case matters for all that may lawfully follow, but for time.

Two cases with the same key are one node. The key holds the stage, the phase, the answer of every leaf that a rule of a
step asks (true, false, not known), which facts were told of those that a step asks but once, the clocks that
matter (none, running, late, paused), the steps that can be taken so often and no more, letters that have or have
not reached their addressee, and how obligations stand. Times themselves are the kernel's.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from amparo.cases import clocks, readings
from amparo.cases.index import begins_at, index
from amparo.cases.model import Case
from amparo.cases.readings import Readings
from amparo.pathways.model import EndOf, Pathway, Rule, TermRef
from amparo.pathways.rulebook import rulebook
from amparo.pathways.rules import Compiled, check, compile_rule, terms

CLOCK_READINGS = frozenset({"late", "near", "running", "due"})
PASSING = frozenset({"clear", "unanswered", "missed", "counted", "phase"})
"""Readings that can change while nothing happens, of which no node says when."""
OVER = frozenset({"met", "waived", "ended"})

APART = 8
"""Counts of steps that are further apart than this are taken as so far apart."""
TRIED = 5
"""So many open leaves of a rule are tried in every combination."""

Key = tuple[Any, ...]
Open = tuple[tuple[int, ...], tuple[Any, ...]]


class Alpha:
    """What matters of the cases of one pathway, when these steps are simulated.

    more: texts of further rules whose leaves matter (evidence that is given by what a case knows).
    """

    def __init__(self, pathway: Pathway, steps: tuple[str, ...], more: tuple[str, ...] = ()) -> None:
        self.pathway, self.steps = pathway, steps
        self.book, self.index = rulebook(pathway), index(pathway)
        self.rules = tuple(dict.fromkeys((*self._rules(), *(self.compiled(text) for text in more))))
        self.leaves = {atom.key: atom for rule in self.rules for atom in rule.atoms if atom.op != "within"}
        self.asked = tuple((key, self.compiled(key)) for key in self.leaves)
        self.clocks = self._clocks()
        self._aheads: dict[str, frozenset[str]] = {}
        self._lives: dict[str, tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]] = {}
        self._asked_by = {name: self._of_step(name) for name in steps}
        of_steps = {n for numbers in self._asked_by.values() for n in numbers}
        self._always = frozenset(range(len(self.rules))) - of_steps
        self.limited = tuple(name for name in steps if pathway.steps[name].times is not None)
        self.letters = self._letters()

    def compiled(self, text: str) -> Compiled:
        """A rule over this pathway that stands elsewhere: in evidence, or a leaf of a rule by itself."""
        return compile_rule(check(text, self.book.scope), self.book._trees)

    # ------------------------------------------------------------------------------------------ what is read
    def _rules(self) -> Iterator[Compiled]:
        p, named = self.pathway, self.book
        for name in self.steps:
            step = p.steps[name]
            found: list[Rule | None] = [step.allowed, step.required, *step.means_if.values()]
            found += [branch.if_ for branch in step.to] + [ask.if_ for ask in step.asks]
            yield from (named.rule(rule) for rule in found if rule is not None)
            yield from (named.criterion(one) for one in wanted_of(p, name))
        yield from named.requires.values()
        for fact in p.facts.values():
            yield from (named.rule(rule) for rule in (fact.applies_if,) if rule is not None)
        for clock in p.clocks.values():
            if clock.only_if is not None:
                yield named.rule(clock.only_if)

    def _of_step(self, name: str) -> frozenset[int]:
        """Where the rules of a step stand among all rules."""
        p, where = self.pathway, {id(rule): n for n, rule in enumerate(self.rules)}
        step = p.steps[name]
        found = [step.allowed, step.required, *step.means_if.values()]
        found += [branch.if_ for branch in step.to] + [ask.if_ for ask in step.asks]
        compiled = [self.book.rule(rule) for rule in found if rule is not None]
        if step.choice:
            rivals = (p.steps[n].required for n in self.index.choices[step.choice] if n in self.steps)
            compiled += [self.book.rule(rule) for rule in rivals if rule is not None]
        compiled += [self.book.criterion(one) for one in wanted_of(p, name)]
        return frozenset(where[id(rule)] for rule in compiled)

    def _clocks(self) -> tuple[str, ...]:
        """Those that open a step, are read by a rule of a step, or anchor such a one; in file order."""
        found = {name for step in self.steps for name in self.index.opened_by.get(step, ())}
        for rule in self.rules:
            kinds = (self.index.names.get(name, ("", "")) for name in rule.reads)
            found |= {of for kind, of in kinds if kind in CLOCK_READINGS}
        while True:
            more = {
                clock.from_.clock
                for name, clock in self.pathway.clocks.items()
                if name in found and isinstance(clock.from_, EndOf)
            } | self._written_down(found) - found
            more -= found
            if not more:
                return tuple(name for name in self.pathway.clocks if name in found)
            found |= more

    def _written_down(self, known: set[str]) -> set[str]:
        """Clocks whose end a step writes down as a fact from which one of these counts."""
        facts = {self.pathway.clocks[name].from_ for name in known}
        sets = (pair for name in self.steps for pair in self.pathway.steps[name].sets.items())
        return {value.clock for fact, value in sets if fact in facts and isinstance(value, EndOf)}

    def _letters(self) -> tuple[str, ...]:
        """Letters whose delivery a step needs, a rule reads, or a clock that matters waits for."""
        p = self.pathway
        needs = (p.steps[step].needs for step in self.steps)
        found = {name for one in needs if one is not None for name in one.notice}
        for rule in self.rules:
            kinds = (self.index.names.get(name, ("", "")) for name in rule.reads)
            found |= {of for kind, of in kinds if kind == "notified"}
        triggers = (t for name in self.clocks for t in self._triggers(name))
        found |= {t.removeprefix("delivered ") for t in triggers if t.startswith("delivered ")}
        return tuple(name for name in p.letters if name in found)

    def _triggers(self, clock: str) -> tuple[str, ...]:
        found = self.pathway.clocks[clock]
        return (*found.starts, *found.stops, *found.meets)

    @cached_property
    def delivered(self) -> frozenset[str]:
        """Letters whose delivery is an event of its own: a clock that matters starts or ends with it."""
        triggers = (t for name in self.clocks for t in self._triggers(name))
        return frozenset(t.removeprefix("delivered ") for t in triggers if t.startswith("delivered "))

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Facts that rules read, through derived values and what a fact is computed from."""
        names = {name for rule in self.rules for name in rule.reads}
        while True:
            more = {n for name in names for n in self._behind(name)} - names
            if not more:
                return tuple(name for name in self.pathway.facts if name in names)
            names |= more

    def _behind(self, name: str) -> frozenset[str]:
        p = self.pathway
        if name in p.derived:
            return frozenset(self.book.derived[name].reads)
        fact = p.facts.get(name)
        if name == "law date" and p.law_date:
            return frozenset({p.law_date})
        return frozenset(self.book.rule(fact.or_from).reads) if fact and fact.or_from else frozenset()

    # ------------------------------------------------------------------------------------------ what is not kept yet
    def beyond(self) -> tuple[str, ...]:
        """What the law asks of time that a node does not keep: what a study of this pathway would get wrong."""
        p = self.pathway
        names = {name for rule in self.rules for name in rule.reads} | {
            n for name in self.facts for n in self._behind(name)
        }
        timed = [n for n in sorted(names) if self.index.names.get(n, ("", ""))[0] in PASSING]
        counted = {clock.from_ for clock in p.clocks.values()}
        hours = [name for name in self.letters if p.letters[name].hour in counted]
        return (
            *(f"`{name}`, which time alone changes" for name in timed),
            *(f"the hour before which {name} must arrive" for name in hours),
        )

    # ------------------------------------------------------------------------------------------ what stays as it is
    @cached_property
    def retold(self) -> frozenset[str]:
        """Facts whose value may change: asked at each time, or computed from what may."""
        p = self.pathway
        found = {ask.fact for name in self.steps for ask in p.steps[name].asks if ask.each_time}
        found |= {name for name in self.steps for name in p.steps[name].sets}
        found |= {name for name, fact in p.facts.items() if fact.lasts}
        return frozenset(found)

    @cached_property
    def asked_again(self) -> tuple[str, ...]:
        """Facts of which it matters whether they were told: a step after the opening asks them, but once."""
        p = self.pathway
        later = (p.steps[name] for name in self.steps if not p.steps[name].opens)
        names = {ask.fact for step in later for ask in step.asks if not ask.each_time}
        return tuple(name for name in p.facts if name in names)

    def _is_stable(self, rule: Compiled, names: tuple[str, ...]) -> bool:
        """Does an answer that rests on these names stay, once it is known?"""
        for name in names:
            kind, of = self.index.names.get(name, ("fact", name))
            if kind in ("setting", "table") or name in ("law date", "door"):
                continue
            if kind == "derived":
                if not self._is_stable(rule, tuple(self._behind(name))):
                    return False
                continue
            if kind != "fact" or of in self.retold:
                return False
            fact = self.pathway.facts[of]
            behind = self.book.rule(fact.or_from).reads if fact.or_from else ()
            guard = self.book.rule(fact.applies_if).reads if fact.applies_if else ()
            if not self._is_stable(rule, (*behind, *guard)):
                return False
        return True

    @cached_property
    def _shapes(self) -> tuple[tuple[Compiled, tuple[int, ...], tuple[bool, ...]], ...]:
        """Each rule with where its atoms stand among the leaves (-1: a period of the law), and which of them stay."""
        place = {key: n for n, key in enumerate(self.leaves)}
        return tuple(
            (
                rule,
                tuple(place.get(atom.key, -1) for atom in rule.atoms),
                tuple(atom.op == "within" or self._is_stable(rule, atom.names) for atom in rule.atoms),
            )
            for rule in self.rules
        )

    @cached_property
    def _counters(self) -> Mapping[int, tuple[Compiled, int]]:
        """By leaf, for those that compare how often steps were taken: the difference of both sides, and how much of it
        matters. Steps add to it one by one, so its sign alone does not say what comes next.
        """
        found = {}
        for n, (key, _) in enumerate(self.asked):
            term = check(key, self.book.scope).term
            kinds = [self.index.names.get(x, ("", ""))[0] for x in self.leaves[key].names]
            if not isinstance(term, terms.Compare) or "times" not in kinds:
                continue
            difference = self.compiled(f"{terms.bracketed(term.left)} - {terms.bracketed(term.right)}")
            found[n] = (difference, 1 if len(kinds) == 1 else APART)
        return found

    def _shown_leaf(self, r: Readings, n: int, answer: Any) -> Any:
        """What of a leaf matters: its answer; of counts, how far they are apart."""
        if n not in self._counters:
            return answer
        difference, most = self._counters[n]
        held = difference.verdict(r.get, r.day)
        return answer if held is None else max(-APART, min(most, held))

    def _residue(self, r: Readings, shape: Any, answers: tuple[Any, ...], within: Any) -> Any:
        """What of a rule is still open: its answer where that is settled for good, else the answers of its leaves."""
        rule, places, stays = shape
        now = [answers[n] if n >= 0 else within(atom) for n, atom in zip(places, rule.atoms, strict=True)]
        firm = tuple(a if stay else None for a, stay in zip(now, stays, strict=True))
        settled = rule.verdict_of(list(firm))
        if settled is not None:
            return settled
        key = (id(rule), firm)
        if key not in self._open:
            self._open[key] = _still_open(rule, firm)
        left = self._open[key]
        if left is None:
            return tuple(self._shown_leaf(r, n, a) for n, a in zip(places, now, strict=True))
        return (*left, tuple(self._shown_leaf(r, places[n], now[n]) for n in left[0]))

    @cached_property
    def _open(self) -> dict[Any, Open | None]:
        return {}

    @cached_property
    def _together(self) -> Mapping[tuple[int, ...], frozenset[str]]:
        """Rules that one step needs all of: where one is settled against it, the others do not matter for it."""
        p, where = self.pathway, {id(rule): n for n, rule in enumerate(self.rules)}
        found: dict[tuple[int, ...], frozenset[str]] = {}
        for name in self.steps:
            step = p.steps[name]
            rules = [self.book.criterion(one) for one in wanted_of(p, name)]
            rules += [self.book.rule(step.allowed)] if step.allowed is not None else []
            if len(rules) > 1:
                group = tuple(sorted({where[id(rule)] for rule in rules}))
                found[group] = found.get(group, frozenset()) | {name}
        return found

    @cached_property
    def _alone(self) -> tuple[int, ...]:
        """Rules that matter each for itself: read elsewhere than among those that one step needs together."""
        p, where = self.pathway, {id(rule): n for n, rule in enumerate(self.rules)}
        within = {n for group in self._together for n in group}
        kept = set(range(len(self.rules))) - within
        for name in self.steps:
            step = p.steps[name]
            single = [self.book.criterion(one) for one in wanted_of(p, name)]
            single += [self.book.rule(step.allowed)] if step.allowed is not None else []
            if len(single) == 1:
                kept.add(where[id(single[0])])
            rules = [
                step.required,
                *step.means_if.values(),
                *(b.if_ for b in step.to),
                *(a.if_ for a in step.asks),
            ]
            kept |= {where[id(self.book.rule(rule))] for rule in rules if rule is not None}
        return tuple(sorted(kept))

    # ------------------------------------------------------------------------------------------ what is still ahead
    def _ahead(self, stage: str) -> frozenset[str]:
        """The steps that can be taken in this stage, or in any that can be reached from it."""
        found = self._aheads.get(stage)
        if found is None:
            found = self._aheads[stage] = frozenset(self._reached(stage))
        return found

    def _reached(self, stage: str) -> Iterator[str]:
        p, seen, waiting = self.pathway, {stage}, [stage]
        while waiting:
            here = waiting.pop()
            for name in self.steps:
                step = p.steps[name]
                if not begins_at(p, step, here):
                    continue
                yield name
                for branch in step.to:
                    to = branch.to if branch.to in p.stages else here
                    if to not in seen:
                        seen.add(to)
                        waiting.append(to)

    def _live(self, stage: str) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
        """Rules that a step ahead asks: those that matter alone, and those that one step needs together."""
        found = self._lives.get(stage)
        if found is None:
            ahead = self._ahead(stage)
            wanted = {n for name in ahead for n in self._asked_by.get(name, ())} | self._always
            groups = tuple(g for g, steps in self._together.items() if steps & ahead)
            alone = tuple(n for n in self._alone if n in wanted)
            found = self._lives[stage] = (alone, groups)
        return found

    def _rules_key(self, r: Readings) -> tuple[Any, ...]:
        alone, together = self._live(r.case.stage)
        answers = tuple(_shown(rule.verdict(r.get, r.day)) for _, rule in self.asked)
        day = r.get("law date")

        def within(atom: Any) -> bool | None:
            if day is None:
                return None
            first, last = atom.constants
            return bool((first is None or first <= day) and (last is None or day <= last))

        wanted = {*alone, *(n for group in together for n in group)}
        open_ = {n: self._residue(r, self._shapes[n], answers, within) for n in wanted}
        groups = []
        for group in together:
            found = tuple(open_[n] for n in group)
            groups.append(False if False in found else tuple(x for x in found if x is not True))
        return (*(open_[n] for n in alone), *groups)

    # ------------------------------------------------------------------------------------------ the key
    def key(self, case: Case, t: int) -> Key:
        """What matters of a case at t (epoch seconds)."""
        r = Readings(case, t)
        return (
            case.stage,
            case.phase,
            self._rules_key(r),
            tuple(self._told(case, name, t) for name in self._asks_ahead(case.stage)),
            tuple(self._watched(case, name, t) for name in self.clocks),
            tuple(self._limit(case, name) for name in self.limited),
            tuple(self._letter(case, name, t) for name in self.letters),
            self._obligations(case),
            case.died,
        )

    def _asks_ahead(self, stage: str) -> tuple[str, ...]:
        asked = {ask.fact for name in self._ahead(stage) for ask in self.pathway.steps[name].asks}
        return tuple(name for name in self.asked_again if name in asked)

    def opening(self, case: Case, step: str, door: str, t: int) -> Key:
        """What matters of a case that is about to open with this step: beside all that follows, whether it may."""
        r = Readings(case, t)
        rules = [self.rules[n] for n in sorted(self._asked_by.get(step, ()))]
        open_if = self.pathway.doors[door].open_if
        rules += [self.book.rule(open_if)] if open_if is not None else []
        return (self.key(case, t), tuple(_shown(rule.verdict(r.get, r.day)) for rule in rules))

    def _told(self, case: Case, name: str, t: int) -> str:
        found = readings.told(case, name, t)
        return "" if found is None else found.nothing or "told"

    def _watched(self, case: Case, name: str, t: int) -> Any:
        """How a clock stands; of one that can be prolonged, its length too."""
        stands: Any = self.clock(case, name, t)
        if name in self._agreed:
            stands = (stands, _shown(clocks.length_of(case, self.pathway.clocks[name].within)))
        run = clocks.newest(case, name, t)
        if (
            run is None
            or not self.pathway.clocks[name].extended_by
            or self.clock(case, name, t) in ("none", "over")
        ):
            return stands
        return stands, run.length, run.extensions

    @cached_property
    def _agreed(self) -> frozenset[str]:
        """Clocks whose length is a term of a step, and that can begin later than with that step: it is remembered."""
        found = set()
        for name in self.clocks:
            length = self.pathway.clocks[name].within
            if isinstance(length, TermRef):
                own = {length.step, *self.index.choices.get(length.step, ())}
                found |= {name} if set(self.pathway.clocks[name].starts) - own else set()
        return frozenset(found)

    def clock(self, case: Case, name: str, t: int) -> str:
        """none, running, late, paused, or over."""
        run = clocks.newest(case, name, t)
        if run is None:
            return "none"
        if clocks.late(case, name, t):
            return "late" if clocks.running(case, name, t) else "stopped"
        if not clocks.running(case, name, t):
            return "over"
        return "paused" if run.paused_at is not None else "running"

    def _limit(self, case: Case, name: str) -> bool:
        limit = self.pathway.steps[name].times
        return limit is not None and len(case.taken.get(name, ())) >= limit

    def _letter(self, case: Case, name: str, t: int) -> str:
        copies = readings.newest_copies(case, name, t)
        if not copies:
            return ""
        if readings.notified(case, name, t):
            return "notified"
        return "waits" if any(x.state in ("due", "made") for x in copies) else "other"

    def _obligations(self, case: Case) -> tuple[Any, ...]:
        return tuple(
            sorted((o.kind, o.state, o.whose) for o in case.obligations.values() if o.state not in OVER)
        )


def _still_open(rule: Compiled, firm: tuple[Any, ...]) -> Open | None:
    """Which of the atoms that are not settled for good still make a difference, and the rule's answer for every
    combination of theirs; None if they are too many to try.
    """
    free = [n for n, value in enumerate(firm) if value is None]
    if len(free) > TRIED:
        return None
    rows: dict[tuple[Any, ...], Any] = {}
    for row in itertools.product((True, False, None), repeat=len(free)):
        tried = list(firm)
        for n, value in zip(free, row, strict=True):
            tried[n] = value
        rows[row] = rule.verdict_of(tried)
    differs = []
    for at, n in enumerate(free):
        alike: dict[tuple[Any, ...], set[Any]] = {}
        for row, answer in rows.items():
            alike.setdefault(row[:at] + row[at + 1 :], set()).add(answer)
        if any(len(answers) > 1 for answers in alike.values()):
            differs.append(n)
    kept: dict[tuple[Any, ...], Any] = {}
    for row, answer in rows.items():
        kept.setdefault(tuple(row[free.index(n)] for n in differs), answer)
    return tuple(differs), tuple(kept.values())


def wanted_of(pathway: Pathway, step: str) -> tuple[str, ...]:
    """The criteria that a step needs."""
    needs = pathway.steps[step].needs
    listed = needs.criteria if needs else "none"
    return tuple(pathway.criteria) if listed == "all" else () if listed == "none" else tuple(listed)


def _shown(value: Any) -> Any:
    """An answer that can be part of a key."""
    try:
        hash(value)
    except TypeError:
        return repr(value)
    return value
