"""Random rules of the small programme, random cases for them, and cases in which more is known."""

import datetime
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from amparo.pathways.rules import Kind, Records, Some
from tests.pathways.rules.world import FACTS, READINGS, SETTINGS, SUBSTANCES, decimal

Draw = Callable[[st.SearchStrategy[Any]], Any]

BY_KIND: dict[Kind, list[str]] = {}
for _name, _kind in {**FACTS, **SETTINGS, **READINGS}.items():
    BY_KIND.setdefault(_kind, []).append(_name)

ONE_OF = {kind.name: kind for kind in BY_KIND if kind.name not in ("text", "score", "length", "place")}
LINES = [FACTS[name] for name in ("age", "share", "mass", "price", "born", "occurred_at", "stay")]
CODED = [FACTS["substance"], FACTS["ground"], READINGS["stage"]]
ITEM_FIELDS = {FACTS["mass"]: "mass", FACTS["a"]: "weighed", FACTS["substance"]: "substance"}


class Author:
    """Writes a rule by drawing. `items` are the variables at hand, with the kind of their list."""

    def __init__(self, draw: Draw) -> None:
        self.draw, self.items, self.made = draw, {}, 0
        self.items: dict[str, str] = {}

    def pick(self, options: list[Any]) -> Any:
        return self.draw(st.sampled_from(options))

    def condition(self, depth: int) -> str:
        if depth == 0:
            return self.leaf()
        forms = [self.leaf, self.leaf, self.chain, self.chain, self.negation, self.choice]
        if len(self.items) < 2:
            forms += [self.each, self.each]
        form = self.pick(forms)
        return str(form()) if form == self.leaf else str(form(depth - 1))

    def chain(self, depth: int) -> str:
        op = self.pick([" && ", " || "])
        return "(" + op.join(self.condition(depth) for _ in range(self.pick([2, 2, 3]))) + ")"

    def negation(self, depth: int) -> str:
        return f"!({self.condition(depth)})"

    def choice(self, depth: int) -> str:
        return f"({self.condition(depth)} ? {self.condition(depth)} : {self.condition(depth)})"

    def each(self, depth: int) -> str:
        self.made += 1
        variable = f"i{self.made}"
        inner = [f"{name}.grounds" for name, kind in self.items.items() if kind == "records"]
        of = self.pick(["items", "items", "grounds", *inner])
        self.items[variable] = "records" if of == "items" else "some"
        quantifier, body = self.pick(["exists", "all"]), self.condition(depth)
        del self.items[variable]
        return f"{of}.{quantifier}({variable}, {body})"

    def leaf(self) -> str:
        return str(self.pick([self.bare, self.ordered, self.ordered, self.coded, self.member, self.cell])())

    def bare(self) -> str:
        return str(self.pick(["true", "false", *self.names(FACTS["a"])]))

    def names(self, kind: Kind) -> list[str]:
        field = ITEM_FIELDS.get(kind)
        inner = [f"{name}.{field}" for name, of in self.items.items() if of == "records" and field]
        codes = [name for name, of in self.items.items() if of == "some" and kind == FACTS["ground"]]
        return [*BY_KIND[kind], *inner, *inner, *codes, *codes]

    def ordered(self) -> str:
        kind = self.pick(LINES)
        op = self.pick(["==", "!=", "<", "<=", ">", ">="])
        return f"{self.line(kind)} {op} {self.line(kind)}"

    def line(self, kind: Kind) -> str:
        name = self.pick(self.names(kind))
        other = self.pick(self.names(kind))
        forms: dict[str, list[str]] = {
            "count": [
                "1",
                "2",
                f"{name} + {other}",
                f"2 * {name} - 1",
                "days_between(born, today)",
                "years_between(born, decided_on)",
            ],
            "number": ["0.5", f"{name} * 0.5", f"{name} - {other}"],
            "mass": [f"{name} + {other}", f"{name} * 2", "limit", "ten_day[substance].amount"],
            "money": [f"{name} + {other}", f"2 * {name}"],
            "date": ["today", "date_of(now)"],
            "instant": ["now", "since.report", f"{name} + stay", f"{name} - duration('1m')"],
            "duration": ["duration('1m')", "ended_at - occurred_at", f"{name} + {name}"],
        }
        choice = f"({self.bare()} ? {name} : {other})"
        return str(self.pick([name, name, *forms[kind.name], choice]))

    def coded(self) -> str:
        kind = self.pick(CODED)
        code = f"'{self.pick(list(kind.words))}'"
        return (
            f"{self.pick(self.names(kind))} {self.pick(['==', '!='])} {self.pick([code, *self.names(kind)])}"
        )

    def member(self) -> str:
        kind = self.pick(CODED)
        item = self.pick(self.names(kind))
        words = [f"'{word}'" for word in kind.words]
        written = f"[{', '.join(self.pick([*words, *self.names(kind)]) for _ in range(self.pick([1, 2])))}]"
        where = {"missed": ["grounds", "watched"], "heroin": ["ten_day"]}.get(kind.words[0], [])
        return f"{item} in {self.pick([written, *where])}"

    def cell(self) -> str:
        return f"ten_day[{self.pick(self.names(FACTS['substance']))}].conflict"


@st.composite
def rules(draw: Draw, depth: int = 3) -> str:
    """A random condition of the small programme."""
    return Author(draw).condition(depth)


DAYS = [datetime.date(2008, 2, 29), datetime.date(2024, 2, 28), datetime.date(2024, 3, 1)]
SMALL: dict[str, list[Any]] = {
    "yes_no": [True, False],
    "count": [0, 1, 2, 3],
    "number": [decimal("0.5"), decimal("1.0"), decimal("2.25")],
    "mass": [1, 2, 4],
    "money": [100, 200],
    "date": DAYS,
    "instant": [0, 60, 120, 86_400],
    "duration": [60, 120],
    "place": ["11", "12"],
}


def value(kind: Kind, nothing: bool) -> st.SearchStrategy[Any]:
    """A value of a kind; `nothing`: or not known, or known in part."""
    if kind.name == "records":
        record = st.fixed_dictionaries({name: value(each, nothing) for name, each in kind.fields})
        items = st.lists(record, max_size=2).map(tuple)
        full: st.SearchStrategy[Any] = st.builds(Records, items, st.booleans() if nothing else st.just(False))
    elif kind.name == "some":
        codes = st.lists(value(Kind("codes", kind.words), nothing), max_size=2).map(tuple)
        full = st.builds(Some, codes, st.booleans() if nothing else st.just(False))
    else:
        full = st.sampled_from(list(kind.words) or SMALL[kind.name])
    return st.one_of(full, full, st.none()) if nothing else full


READ = {
    name: kind
    for name, kind in {**FACTS, **SETTINGS, **READINGS}.items()
    if kind.name not in ("text", "score", "length", "place")
}


def rows(nothing: bool) -> st.SearchStrategy[Any]:
    """The table; `nothing`: its version may be unknown, rows may be missing and cells unset."""
    row = st.fixed_dictionaries(
        {"amount": value(FACTS["mass"], nothing), "conflict": value(FACTS["a"], nothing)}
    )
    full = st.fixed_dictionaries(dict.fromkeys(SUBSTANCES, row))
    if not nothing:
        return full
    return st.one_of(st.dictionaries(st.sampled_from(SUBSTANCES), row), st.none())


def cases(nothing: bool) -> st.SearchStrategy[dict[str, Any]]:
    """What a case knows; `nothing`: with gaps of every sort."""
    return st.fixed_dictionaries(
        {**{name: value(kind, nothing) for name, kind in READ.items()}, "ten_day": rows(nothing)}
    )


def learnt(draw: Draw, kind: Kind, old: Any) -> Any:
    """A value that says more than the old one, or as much."""
    if old is None:
        return draw(value(kind, True))
    if kind.name == "some":
        codes = tuple(learnt(draw, Kind("codes", kind.words), code) for code in old.codes)
        more = draw(st.lists(value(Kind("codes", kind.words), True), max_size=2)) if old.open else []
        return Some((*codes, *more), old.open and draw(st.booleans()))
    if kind.name == "records":
        items = [{name: learnt(draw, each, item[name]) for name, each in kind.fields} for item in old.items]
        more = list(draw(value(kind, True).filter(bool)).items) if old.open else []
        return Records((*items, *more), old.open and draw(st.booleans()))
    return old


@st.composite
def cases_that_learn(draw: Draw) -> tuple[dict[str, Any], dict[str, Any]]:
    """A case, and the same case with more known. A missing row of a table is law, not a gap in knowledge."""
    before = draw(cases(True))
    after = {name: learnt(draw, kind, before[name]) for name, kind in READ.items()}
    after["ten_day"] = before["ten_day"] if before["ten_day"] is not None else draw(rows(True))
    return before, after
