"""Rules, criteria and derived values of a pathway: compiled once, three-valued throughout."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import DefinitionFault
from amparo.pathways.reader import programme, read_text
from amparo.pathways.rulebook import Rulebook, rulebook
from amparo.pathways.rules import Records
from tests.pathways.tour import TOUR, line_of, planted

GRAM = 1_000_000
PT = programme("pt-dissuasion")
BOOK = rulebook(PT)
TABLE = {code: dict(row) for code, row in PT.tables["ten_day"].versions[0].value.items()}


def day(instant: int) -> date:
    return date(2024, 1, 1)


def seen(**known: Any) -> Callable[[str], Any]:
    """A case that knows this, and the ten-day table."""

    def get(name: str) -> Any:
        if name in BOOK.derived:
            return BOOK.derived[name].value(get, day)
        return known.get(name, TABLE if name == "ten_day" else None)

    return get


def held(*items: tuple[str | None, float | None, str | None], open_: bool = False) -> Records:
    return Records(
        tuple(
            {"substance": s, "mass": None if m is None else int(m * GRAM), "weight": w} for s, m, w in items
        ),
        open_,
    )


def threshold(records: Records) -> Any:
    found = BOOK.derived["threshold"].value(seen(substances=records), day)
    return [item["answer"] for item in found.items]


@pytest.mark.parametrize(
    ("records", "answers"),
    [
        (held(("heroin", 0.6, "net"), ("heroin", 0.6, "net")), ["above"]),
        (held(("heroin", 0.6, "net"), ("cannabis_herb", 6, "net")), ["below", "below"]),
        (held(("heroin", 0.6, "with_wrapping"), ("heroin", 0.1, "net")), ["not_comparable"]),
        (held(("opium", 3, "net")), ["conflict"]),
        (held(("heroin", None, "net")), [None]),
        (held(("heroin", 5, None)), [None]),
        (held((None, 5, "net")), [None]),
        (held(("heroin", 0.1, "net"), (None, 5, "net")), [None, None]),
    ],
)
def test_an_amount_is_compared_with_the_ten_day_table_substance_by_substance(
    records: Records, answers: list[Any]
) -> None:
    assert threshold(records) == answers


def test_an_open_list_never_says_below() -> None:
    assert "below" not in threshold(held(("heroin", 0.1, "net"), open_=True))


def test_a_list_nobody_told_has_no_threshold() -> None:
    assert BOOK.derived["threshold"].value(seen(), day) is None
    assert BOOK.derived["threshold"].asks(seen(), day) == ("held",)
    assert BOOK.derived["held"].asks(seen(), day) == ("substances",)


def test_what_is_not_known_about_a_record_sends_the_asker_to_the_list() -> None:
    assert BOOK.derived["held"].asks(seen(substances=held(("heroin", None, "net"))), day) == ("substances",)
    assert BOOK.derived["held"].asks(seen(substances=held(("heroin", 1, "net"))), day) == ()


records = st.lists(
    st.tuples(
        st.sampled_from([None, "heroin", "opium", "lsd"]),
        st.sampled_from([None, 0.0001, 0.6, 3]),
        st.sampled_from([None, "net"]),
    ),
    max_size=4,
)


@given(records, st.booleans(), st.data())
def test_learning_more_never_turns_an_answer_round(
    items: list[Any], open_: bool, data: st.DataObject
) -> None:
    before = BOOK.named("above_threshold").verdict(seen(substances=held(*items, open_=open_)), day)
    fuller = [
        (
            s or data.draw(st.sampled_from(["heroin", "lsd"])),
            m or data.draw(st.sampled_from([0.0001, 3])),
            w or "net",
        )
        for s, m, w in items
    ]
    more = data.draw(st.lists(st.just(("heroin", 3, "net")), max_size=1)) if open_ else []
    after = BOOK.named("above_threshold").verdict(seen(substances=held(*fuller, *more)), day)
    assert before is None or before == after


def test_a_criterion_answers_in_the_version_of_the_law_date() -> None:
    known = {"substances": held(("heroin", 5, "net")), "old_quantity_rule": True}
    old = seen(**known, **{"law date": date(2020, 1, 1)})
    new = seen(**known, **{"law date": date(2024, 1, 1)})
    assert [BOOK.criterion("quantity").verdict(get, day) for get in (old, new, seen(**known))] == [
        False,
        True,
        None,
    ]


def test_every_rule_of_every_element_is_compiled() -> None:
    rules = [step.allowed for step in PT.steps.values() if step.allowed]
    assert {BOOK.rule(rule).kind.name for rule in rules} == {"yes_no"}


def test_a_pathway_has_one_rulebook() -> None:
    again = rulebook(PT)
    assert rulebook(PT) is again


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('allowed: "times.dispute > 0"', 'allowed: "times.dispute > zero"', "'zero' is not declared"),
        ('if: "late.approval"', 'if: "late.aproval"', "late.aproval"),
        (
            "criteria: all}\nstages",
            'criteria: all, open_if: "admits"}\nstages',
            "a door is open or shut by settings alone",
        ),
        ('grown: "adult"', 'grown: "adult && limits == 3"', "limits"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_with_its_place(old: str, new: str, said: str) -> None:
    text = planted(old, new)
    with pytest.raises(DefinitionFault) as fault:
        rulebook(read_text(text, "tour.yaml"))
    assert said in str(fault.value)
    assert str(fault.value).startswith(f"tour.yaml:{line_of(text, new.splitlines()[0])}:")


def test_a_civil_length_has_no_order_and_stands_in_no_rule() -> None:
    text = planted('allowed: "harm"', "allowed: \"dispute_window > duration('3h')\"")
    assert [f.code for f in Rulebook(read_text(text, "tour.yaml")).findings] == ["R1"]


def test_a_fault_in_a_block_is_placed_line_by_line() -> None:
    block = 'allowed: "harm"\n    terms'
    text = planted(block, "allowed: |\n      harm &&\n      hram\n    terms")
    found = Rulebook(read_text(text, "tour.yaml")).findings
    assert [(f.where.line, f.where.column) for f in found] == [(line_of(text, "      hram"), 7)]


def test_a_wrong_rule_hides_no_other_fault() -> None:
    text = TOUR.replace('grown: "adult"', 'grown: "adullt"').replace(
        'allowed: "harm"', 'allowed: "hram && grown"'
    )
    assert len(Rulebook(read_text(text, "tour.yaml")).findings) == 2
