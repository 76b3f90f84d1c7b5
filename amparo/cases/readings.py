"""What a rule may ask of a case at a time: facts, settings, tables and readings such as `times.report` or `late.grace`.

A reading is always as of a time, over the events recorded by then. *Not known* is None and never becomes yes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from amparo.cases import clocks, phases, schedule
from amparo.cases.entered import entered
from amparo.cases.index import index, is_dated
from amparo.cases.model import Case, Consent, Letter, Reason, Taken, Telling
from amparo.pathways import calendar, values
from amparo.pathways.model import Dated, Fact, Rule, Setting, Table, Type
from amparo.pathways.rulebook import Rulebook, rulebook
from amparo.pathways.rules import Compiled, Records
from amparo.pathways.words import NOT_CLEAR

Day = Callable[[int], date]

AS_WRITTEN = frozenset({"yes_no", "one_of", "place", "count", "mass", "instant"})
"""Types whose plain form is what a rule compares."""

PROVEN = frozenset({"by_hand", "post_with_proof", "secure_box"})
"""Ways of delivery that leave a proof."""


# ------------------------------------------------------------------------------------------------ what was told
def told(case: Case, fact: str, t: int) -> Telling | None:
    """The telling that counts at t: the latest of those as of t or earlier that were not corrected."""
    best: Telling | None = None
    for telling in case.tellings.get(fact, ()):
        if telling.as_of <= t and not telling.corrected and (best is None or telling.as_of >= best.as_of):
            best = telling
    return best


def value(case: Case, fact: str, t: int) -> Any:
    """The plain value of a fact at t, computed by `or_from` while nobody has told one; None if not known."""
    telling = told(case, fact, t)
    if telling is not None and not telling.nothing:
        return telling.value
    definition = case.pathway.facts[fact]
    if definition.or_from is None:
        return None
    held = Readings(case, t).get(fact)
    return values.encode(definition.type, held)


def applies(case: Case, fact: str, t: int) -> bool | None:
    """Does the fact apply to this case? None if that is not known."""
    rule = case.pathway.facts[fact].applies_if
    return True if rule is None else readings(case, t).verdict(rule)


def setting(case: Case, name: str, t: int | None = None) -> Any:
    """The held value of a setting: as resolved when the case opened, or since entered; None if it is unset."""
    if name in case.settings:
        return case.settings[name]
    definition = case.pathway.settings[name]
    if is_dated(definition.value):
        return readings(case, case.opened_at if t is None else t).dated(definition.value)
    return entered(case.pathway, case.site, name, case.opened_at if t is None else t)


# ------------------------------------------------------------------------------------------------ letters, consents
def newest_copies(case: Case, letter: str, t: int) -> tuple[Letter, ...]:
    """The copies of a letter as it last fell due at t or earlier."""
    copies = [
        x for x in case.letters.values() if x.letter == letter and x.due <= t and x.state != "cancelled"
    ]
    newest = max((x.step_seq for x in copies), default=0)
    return tuple(x for x in copies if x.step_seq == newest)


def notified(case: Case, letter: str, t: int, present: tuple[str, ...] = ()) -> bool:
    """Did the newest letter reach each addressee, with proof and before its hour? Who is present needs none."""
    copies = newest_copies(case, letter, t)
    timed = bool(case.pathway.letters[letter].hour)
    return bool(copies) and all(x.to in present or _reached_in_time(x, timed, t) for x in copies)


def _reached_in_time(copy: Letter, timed: bool, t: int) -> bool:
    proven = (
        copy.state == "delivered"
        and copy.delivered is not None
        and copy.delivered <= t
        and copy.how in PROVEN
    )
    return proven and (not timed or (copy.hour is not None and (copy.delivered or 0) < copy.hour))


def live_consents(case: Case, kind: str, t: int) -> tuple[Consent, ...]:
    """The consents of a kind that hold at t."""
    return tuple(
        c
        for c in case.consents.values()
        if c.kind == kind
        and c.given <= t
        and (c.ended is None or c.ended > t)
        and (c.until is None or t <= c.until)
    )


def owner(case: Case) -> str:
    """The role that owns the stage, '' while nobody is assigned in it."""
    role = case.pathway.stages[case.stage].owner if case.stage else ""
    return role if role and case.assigned.get(role) else ""


# ------------------------------------------------------------------------------------------------ readings for rules
def readings(case: Case, t: int) -> Readings:
    """The readings of a case at a time."""
    return Readings(case, t)


class Readings:
    """What a rule may ask of a case at time t. Each answer is worked out once."""

    __slots__ = ("_cache", "book", "case", "day", "index", "t")

    def __init__(self, case: Case, t: int) -> None:
        self.case, self.t = case, t
        self.index = index(case.pathway)
        self.book: Rulebook = rulebook(case.pathway)
        self._cache: dict[str, Any] = {}
        zone = case.site.zone
        self.day: Day = lambda instant: calendar.day_of(instant, zone)

    def get(self, name: str) -> Any:
        """The value under a name, in the form that rules compare; None for all that is not known."""
        cache = self._cache
        if name in cache:
            return cache[name]
        kind, of = self.index.names[name]
        found = cache[name] = _KINDS[kind](self, of)
        return found

    # ------------------------------------------------------------------------------------------ asking rules
    def verdict(self, rule: Rule) -> bool | None:
        """True, False, or None for not known."""
        answer: bool | None = self.book.rule(rule).verdict(self.get, self.day)
        return answer

    def why(self, rule: Rule) -> tuple[Reason, ...]:
        """The parts that decided."""
        return reasons(self, self.book.rule(rule))

    def asks(self, rule: Rule) -> tuple[tuple[str, str], ...]:
        """What to ask, and of whom, before the rule can answer."""
        return self.asked(self.book.rule(rule).asks(self.get, self.day))

    def asked(self, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """Names behind a *not known*, each with whose word it is; never a fact that is not to be prompted."""
        return tuple(dict.fromkeys(pair for name in names for pair in self._asked(name, 0)))

    def _asked(self, name: str, depth: int) -> tuple[tuple[str, str], ...]:
        pathway = self.case.pathway
        name = pathway.law_date if name == "law date" else name
        if name == "phase_met" and depth <= 4:
            return tuple(pair for n in phases.behind(self) for pair in self._asked(n, depth + 1))
        if name in pathway.settings:
            return ((f"setting {name}", "site"),)
        if name in pathway.derived and depth <= 4:
            behind = self.book.derived[name].asks(self.get, self.day)
            return tuple(pair for n in behind for pair in self._asked(n, depth + 1))
        fact = pathway.facts.get(name)
        if fact is None or fact.prompt == "never":
            return ()
        own = ((name, fact.from_[0] if fact.from_ else ""),)
        if fact.or_from is None or depth > 4:
            return own
        behind = self.book.rule(fact.or_from).asks(self.get, self.day)
        return (*own, *(pair for n in behind if n != name for pair in self._asked(n, depth + 1)))

    # ------------------------------------------------------------------------------------------ dated things
    def law_date(self) -> date | None:
        """The day whose law applies to this case."""
        found = self.get(self.case.pathway.law_date)
        return self.day(found) if isinstance(found, int) else found

    def dated(self, versions: tuple[Dated, ...]) -> Any:
        """The value of the version in force on the law date; None if that day is not known or has none."""
        found = self.version(versions)
        return None if found is None else found.value

    def version(self, versions: tuple[Dated, ...]) -> Dated | None:
        """The version in force on the law date; None if that day is not known or has none."""
        day = self.get("law date")
        return None if day is None else next((v for v in versions if v.period.covers(day)), None)


def _fact(r: Readings, name: str) -> Any:
    definition = r.case.pathway.facts[name]
    if definition.applies_if is not None and r.verdict(definition.applies_if) is False:
        return None
    telling = told(r.case, name, r.t)
    if telling is not None and not telling.nothing:
        return ruled(definition.type, telling.value)
    return None if definition.or_from is None else r.book.rule(definition.or_from).verdict(r.get, r.day)


def ruled(type_: Type, plain: Any) -> Any:
    """A plain value in the form that rules compare."""
    return plain if type_.kind in AS_WRITTEN else values.ruled(values.decode(type_, plain))


def _setting(r: Readings, name: str) -> Any:
    definition: Setting = r.case.pathway.settings[name]
    if name in r.case.settings:
        return values.ruled(r.case.settings[name])
    if is_dated(definition.value):
        return values.ruled(r.dated(definition.value))
    return values.ruled(entered(r.case.pathway, r.case.site, name, r.t))


def _table(r: Readings, name: str) -> Any:
    table: Table = r.case.pathway.tables[name]
    rows: Mapping[str, Mapping[str, Any]] | None = r.dated(table.versions)
    if rows is None:
        return None
    return {key: {column: values.ruled(cell) for column, cell in row.items()} for key, row in rows.items()}


def _derived(r: Readings, name: str) -> Records | Any:
    return r.book.derived[name].value(r.get, r.day)


def takings(case: Case, step: str, t: int) -> tuple[Taken, ...]:
    """The takings of a step that happened at t or earlier."""
    all_ = case.taken.get(step, ())
    return all_ if not all_ or max(x.at for x in all_) <= t else tuple(x for x in all_ if x.at <= t)


def _since(r: Readings, step: str) -> int | None:
    return max((x.at for x in takings(r.case, step, r.t)), default=None)


def _last(r: Readings, choice: str) -> str:
    steps = r.index.choices.get(choice, ())
    found = [(x.at, x.seq, s) for s in steps for x in takings(r.case, s, r.t)]
    return max(found)[2] if found else ""


def _plain(r: Readings, name: str) -> Any:
    match name:
        case "law date":
            return r.law_date()
        case "today":
            return r.day(r.t)
        case "now":
            return r.t
        case "owner":
            return owner(r.case)
    return r.case.stage if name == "stage" else r.case.door


def _breached(r: Readings, kind: str) -> int:
    """Breaches found; a recurring obligation can be breached more than once."""
    return sum(
        sum(e["what"] == "breached" for e in o.entries) for o in r.case.obligations.values() if o.kind == kind
    )


def _in_state(r: Readings, kind: str, states: tuple[str, ...]) -> int:
    return sum(o.state in states for o in r.case.obligations.values() if o.kind == kind)


def _waiting(r: Readings, kind: str) -> int:
    """Items that somebody other than the person keeps waiting."""
    all_ = (o for o in r.case.obligations.values() if o.kind == kind)
    return sum(o.state == "waiting" and o.whose != "person" for o in all_)


_KINDS: Mapping[str, Any] = {
    "plain": _plain,
    "fact": _fact,
    "setting": _setting,
    "table": _table,
    "derived": _derived,
    "times": lambda r, step: len(takings(r.case, step, r.t)),
    "since": _since,
    "last": _last,
    "late": lambda r, k: clocks.late(r.case, k, r.t),
    "near": lambda r, k: clocks.near(r.case, k, r.t),
    "running": lambda r, k: clocks.running(r.case, k, r.t),
    "due": lambda r, k: clocks.due_of(r.case, k, r.t),
    "notified": lambda r, letter: notified(r.case, letter, r.t),
    "open": lambda r, k: _in_state(r, k, ("agreed", "under_way", "waiting")),
    "waiting": _waiting,
    "met": lambda r, k: _in_state(r, k, ("met",)),
    "breached": _breached,
    "unmended": lambda r, k: _in_state(r, k, ("breached",)),
    "consent": lambda r, k: bool(live_consents(r.case, k, r.t)),
    "phase": phases.reading,
    "clear": lambda r, name: schedule.clear(r.case, name, r.t),
    "unanswered": lambda r, name: len(schedule.unanswered(r.case, name, r.t)),
    "missed": lambda r, name: schedule.classed(r.case, name, r.t, ("missed",)),
    "counted": lambda r, name: schedule.classed(r.case, name, r.t, NOT_CLEAR),
    "awaited": lambda r, n: sum(x.notice == n and x.state == "sent" for x in r.case.notices.values()),
}


# ------------------------------------------------------------------------------------------------ reasons
def reasons(r: Readings, rule: Compiled) -> tuple[Reason, ...]:
    """The leaves that decided, each name with its value, who told it and as of when."""
    leaves = rule.explain(r.get, r.day).leaves
    found = (x for leaf in leaves for name in leaf.names for x in _behind(r, name, leaf.text, leaf.through))
    return tuple({reason.name: reason for reason in reversed(list(found))}.values())[::-1]


def _behind(r: Readings, name: str, text: str, through: tuple[str, ...]) -> Iterator[Reason]:
    """The reason under a name; behind a phase that is not met, what of it is wanting."""
    yield reason_of(r, name, text, through)
    if name == "phase_met" and r.get(name) is False:
        yield from (x for rule in phases.wanting(r) for x in reasons(r, rule))


def reason_of(r: Readings, name: str, text: str, through: tuple[str, ...] = ()) -> Reason:
    """One reason: a fact with its telling, or a setting or reading with its value."""
    pathway = r.case.pathway
    name = pathway.law_date if name == "law date" else name
    fact: Fact | None = pathway.facts.get(name)
    if fact is not None:
        telling = told(r.case, name, r.t)
        if telling is not None:
            return Reason(
                name, telling.value, telling.nothing, telling.as_of, telling.given_by, text, through
            )
        return Reason(name, value(r.case, name, r.t), "", None, "", text, through)
    if name in pathway.settings:
        return Reason(
            name,
            values.encode(pathway.settings[name].type, setting(r.case, name, r.t)),
            "",
            None,
            "site",
            text,
            through,
        )
    return Reason(name, _shown(r.get(name)), "", None, "", text, through)


def _shown(found: Any) -> Any:
    """A reading as plain JSON; records and tables have no short form."""
    if isinstance(found, date):
        return found.isoformat()
    return found if found is None or isinstance(found, bool | int | str) else None
