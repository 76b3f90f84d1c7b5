"""Many cases at once: under every name that a rule reads, and of every rule, what one case after the other says."""

import random
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from amparo.cases.fold import apply
from amparo.cases.model import Case, Event, Site, Telling
from amparo.cases.readings import Readings
from amparo.pathways import calendar
from amparo.pathways.case_columns import CaseColumns, ColumnBook, days_at
from amparo.pathways.model import Dated, Pathway, Type
from amparo.pathways.reader import profiles, programme, programmes, read_text
from amparo.pathways.rules import (
    COUNT,
    INSTANT,
    YES_NO,
    Compiled,
    Declaration,
    Kind,
    Records,
    RuleFault,
    Scope,
    Some,
    check,
    compile_rule,
)
from amparo.pathways.rules.columns import columns
from amparo.pathways.rules.columns_made import column_of, constant, value_at
from amparo.pathways.rules.dated import LAW_DATE
from amparo.pathways.scope import ITEM
from tests.pathways.tour import TOUR, planted

SHIPPED = [(name, profile) for name in programmes() for profile in ("", *profiles(name))]
ZONE = "Europe/Lisbon"
NOW = 1_750_000_000
ROWS = 300
EPOCH = date(1970, 1, 1).toordinal()
DAYS = [
    date(1970, 1, 1),
    date(1996, 3, 26),
    date(2001, 6, 30),
    date(2008, 2, 29),
    date(2016, 3, 1),
    date(2025, 6, 1),
]
WHOLE = [0, 1, 2, 3, 15, 16, 17, 30, 91, 600_000, 2_500_000, 40_000_000]


class Crowd:
    """Random cases of a pathway: what each knows, as a scalar reader has it and as columns."""

    def __init__(self, pathway: Pathway, seed: str) -> None:
        self.pathway, self.book = pathway, ColumnBook(pathway)
        self.chance = random.Random(seed)
        names = self.book.book.scope.names
        self.told = {
            name: each.kind for name, each in names.items() if each.role == "fact" and held(each.kind)
        }
        self.read = {name: each.kind for name, each in names.items() if each.role == "reading"}
        self.set = {
            name: each.kind for name, each in names.items() if each.role == "setting" and held(each.kind)
        }
        self.rows = [self.row() for _ in range(ROWS)]

    def row(self) -> dict[str, Any]:
        gaps = self.chance.choice([0.1, 0.3])
        facts = {name: self.value(kind, gaps) for name, kind in self.told.items()}
        settings = {name: self.value(kind, gaps) for name, kind in self.set.items() if self.ours(name)}
        lacking = {name: gaps if name.split(".")[0] in ("since", "due") else 0 for name in self.read}
        return {
            **facts,
            **settings,
            **{name: self.value(kind, lacking[name]) for name, kind in self.read.items()},
        }

    def ours(self, name: str) -> bool:
        """A setting that these sites have entered themselves: every second one."""
        return list(self.set).index(name) % 2 == 0

    def value(self, kind: Kind, gaps: float) -> Any:
        chance = self.chance
        if chance.random() < gaps:
            return None
        match kind.name:
            case "some":
                return Some(tuple(chance.sample(kind.words, min(2, len(kind.words)))), chance.random() < gaps)
            case "records":
                items = [
                    {name: self.value(each, gaps) for name, each in kind.fields}
                    for _ in range(chance.randrange(4))
                ]
                return Records(tuple(items), chance.random() < gaps)
            case "yes_no":
                return chance.random() < 0.5
            case "date":
                return chance.choice(DAYS)
            case "instant":
                return (
                    chance.choice(DAYS).toordinal() * 86_400
                    - 62_135_683_200
                    + chance.randrange(-5_000, 90_000)
                )
            case "number":
                return Decimal(chance.choice(["0", "0.5", "2.25", "16"]))
            case "place":
                return chance.choice(["11", "12"])
        return chance.choice(kind.words or WHOLE)

    def columns(self) -> CaseColumns:
        kinds = {
            **self.told,
            **self.read,
            **{name: kind for name, kind in self.set.items() if self.ours(name)},
        }
        given = {name: column_of(kind, [row[name] for row in self.rows]) for name, kind in kinds.items()}
        return CaseColumns(self.book, given, days_at(ZONE), ROWS)

    def readers(self) -> list[Readings]:
        return [self.reader(row) for row in self.rows]

    def reader(self, row: dict[str, Any]) -> Readings:
        case = opened(self.pathway)
        tellings = {
            name: (Telling(1, NOW, plain(self.pathway.facts[name].type, row[name]), "", "person", "person"),)
            for name in self.told
            if row[name] is not None
        }
        fixed = {
            name: each.value
            for name, each in self.pathway.settings.items()
            if not (isinstance(each.value, tuple) and each.value and isinstance(each.value[0], Dated))
        }
        settings = {**fixed, **{name: row[name] for name in self.set if self.ours(name)}}
        found = Readings(case._replace(tellings=tellings, settings=settings), NOW)
        found._cache.update({name: row[name] for name in self.read})
        return found


def held(kind: Kind) -> bool:
    return kind.name not in ("text", "score", "length")


def opened(pathway: Pathway) -> Case:
    data = {"site": "here", "zone": ZONE, "door": next(iter(pathway.doors), ""), "settings": {}}
    return apply(
        pathway, Site("here", ZONE), None, Event("case", 1, NOW, NOW, "clock", "", "case.opened", data, "1")
    )


def plain(type_: Type, value: Any) -> Any:
    """A value as a telling has it."""
    match type_.kind, value:
        case "money", int():
            return {"minor": value, "currency": "EUR"}
        case "duration", int():
            return {"n": value, "unit": "s"}
        case "number", Decimal():
            return format(value, "f")
        case "date", date():
            return value.isoformat()
        case "some_of", Some():
            return {"codes": list(value.codes), "open": value.open}
        case "list", Records():
            items = [
                {name: plain(type_.each[name], each) for name, each in item.items()} for item in value.items
            ]
            return {"items": items, "open": value.open}
    return value


def asked(crowd: Crowd) -> Iterator[Compiled]:
    """Every rule that is asked of a whole case."""
    book = crowd.book.book
    named = [book.named(name) for name in crowd.pathway.rules]
    yield from (each for each in (*book.every(), *named) if ITEM not in each.reads)


@pytest.mark.parametrize(("name", "profile"), SHIPPED)
def test_every_shipped_rule_is_answered_over_columns_as_case_by_case(name: str, profile: str) -> None:
    crowd = Crowd(programme(name, profile=profile), f"{name} {profile}")
    cols, readers = crowd.columns(), crowd.readers()
    answers: set[Any] = set()
    for compiled in asked(crowd):
        rule = crowd.book.of(compiled)
        column = rule.value(cols, cols.day, ROWS, block=128)
        found = [value_at(rule.kind, column, row) for row in range(ROWS)]
        assert found == [compiled.verdict(each.get, each.day) for each in readers], compiled.source
        answers.update(found)
    assert {True, False, None} <= answers


@pytest.mark.parametrize(("name", "profile"), SHIPPED)
def test_what_is_learnt_never_turns_a_shipped_rule(name: str, profile: str) -> None:
    """Where less is known, a yes is a yes and a no is a no already: not known never becomes yes.

    A day before the first version of a law makes an answer that all versions share *not known*, never its opposite.
    """
    crowd = Crowd(programme(name, profile=profile), f"{name} {profile}")
    cols, forgets, lost = crowd.columns(), np.random.default_rng(7), 0
    for compiled in (each for each in asked(crowd) if each.kind == YES_NO):
        rule = crowd.book.of(compiled)
        told = {each: cols[each] for each in rule.reads}
        less = {each: column.only(forgets.random(ROWS) > 0.3) for each, column in told.items()}
        dated = less | {
            each: cols[each] for each in rule.reads if each == LAW_DATE or each in crowd.pathway.tables
        }
        full, gaps, gaps_in_facts = (rule.verdict(each, cols.day, ROWS) for each in (told, less, dated))
        assert not (gaps.yes & full.no).any() and not (gaps.no & full.yes).any()
        assert not (gaps_in_facts.yes & ~full.yes).any() and not (gaps_in_facts.no & ~full.no).any()
        lost += int((full.yes & ~gaps.yes).sum())
    assert lost > ROWS


@pytest.mark.parametrize(("name", "profile"), SHIPPED)
def test_what_stands_under_a_name_is_what_one_case_after_the_other_reads(name: str, profile: str) -> None:
    crowd = Crowd(programme(name, profile=profile), f"{profile} {name}")
    cols, readers = crowd.columns(), crowd.readers()
    for each, declared in crowd.book.book.scope.names.items():
        if declared.role in ("fact", "setting", "table", "derived") and held(declared.kind):
            found = [value_at(declared.kind, cols[each], row) for row in range(ROWS)]
            read = [reader.get(each) for reader in readers]
            assert list(map(ordered, found)) == list(map(ordered, read)), each


def ordered(value: Any) -> Any:
    """Several codes in one order."""
    return Some(tuple(sorted(value.codes)), value.open) if isinstance(value, Some) else value


# ------------------------------------------------------------------------------------------------ days
@pytest.mark.parametrize(
    "zone", ["UTC", ZONE, "America/St_Johns", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kathmandu"]
)
def test_days_are_those_of_the_site_also_where_its_clocks_move(zone: str) -> None:
    """All of a year, in steps of 20 minutes, and anywhere else."""
    year = np.arange(1_167_609_630, 1_199_145_600, 1_200)
    instants = np.concatenate((year, np.random.default_rng(11).integers(-(10**10), 10**11, 500)))
    days, exist = days_at(zone)(instants)
    assert exist.all()
    assert days.tolist() == [calendar.day_of(int(each), zone).toordinal() - EPOCH for each in instants]


def test_there_is_no_day_beyond_the_calendar() -> None:
    found = days_at(ZONE)(np.array([-(10**12), -62_135_596_800 + 90_000, 0, 253_402_300_799, 10**13]))
    assert found[1].tolist() == [False, True, True, True, False]


# ------------------------------------------------------------------------------------------------ by hand
DATED = "[{from: 2020-01-01, until: 2020-12-31, value: 2}, {from: 2021-01-01, value: 3}]"


def tour(**given: Any) -> CaseColumns:
    """Three cases of the tour's programme, each fact with its values row after row."""
    book = ColumnBook(read_text(TOUR, "tour/pathway.yaml"))
    return CaseColumns(
        book, {name: column_of(book.kind(name), each) for name, each in given.items()}, days_at(ZONE), 3
    )


def read(cols: CaseColumns, name: str) -> list[Any]:
    return [value_at(cols.book.kind(name), cols[name], row) for row in range(3)]


def test_what_nobody_told_is_worked_out_and_what_was_told_stands() -> None:
    assert read(tour(age=[18, 17, 17], adult=[None, None, True]), "adult") == [True, False, True]
    assert read(tour(age=[18, None, 17]), "adult") == [True, None, False]


def test_a_fact_that_does_not_apply_is_not_known() -> None:
    assert read(tour(harm=[True, False, None], repaired=[True, True, True]), "repaired") == [True, None, True]


def test_a_table_is_read_at_the_law_date() -> None:
    at = [calendar.at(each, time(12), ZONE) for each in (date(2019, 12, 31), date(2020, 1, 1))]
    cols = tour(occurred_at=[*at, None])
    (table,) = cols.book.pathway.tables
    rows = {"gone": {"days": 3}, "ill": {"days": None}}
    assert read(cols, table) == [None, rows, None]


def test_a_setting_stands_as_the_law_has_it_until_the_site_has_its_own() -> None:
    text = planted(
        "settings:\n", f"settings:\n  most: {{title: {{en: Most}}, type: count, value: {DATED}}}\n"
    )
    book = ColumnBook(read_text(text, "tour/pathway.yaml"))
    noon = [
        calendar.at(each, time(12), ZONE) for each in (date(2019, 12, 31), date(2020, 1, 1), date(2021, 1, 1))
    ]
    given = {"occurred_at": column_of(INSTANT, noon)}
    assert read(CaseColumns(book, given, days_at(ZONE), 3), "most") == [None, 2, 3]
    until = given | {"occurred_at": column_of(INSTANT, [noon[2] - 86_400, noon[2], None])}
    assert read(CaseColumns(book, until, days_at(ZONE), 3), "most") == [2, 3, None]
    assert read(CaseColumns(book, given | {"most": constant(COUNT, 7)}, days_at(ZONE), 3), "most") == [
        7,
        7,
        7,
    ]


def test_a_reading_that_is_not_given_is_refused_and_never_guessed() -> None:
    cols = tour()
    rule = columns(
        compile_rule(check("times.note > 0", Scope({"times.note": Declaration("reading", COUNT)})))
    )
    with pytest.raises(RuleFault, match="there is no column 'times.note'"):
        rule.verdict(cols, cols.day, 3)
