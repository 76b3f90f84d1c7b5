"""Names, kinds, codes and fields: what does not fit is refused with the nearest thing that would."""

import datetime

import pytest

from amparo.pathways.rules import COUNT, YES_NO, RuleFault, Scope, check, check_rules, codes, some, with_rules
from tests.pathways.rules.world import DECLARED, SCOPE, SUBSTANCES, fault

FAULTS = [
    ("agee >= 16", 0, "'agee' is not declared", "did you mean 'age'?"),
    ("zzz", 0, "'zzz' is not declared", "declare it"),
    ("substance == khat", 13, "'khat' is not declared", "in quotes: 'khat'"),
    ("a == yes", 5, "'yes' is not declared", "the name alone"),
    ("times.repot > 0", 6, "'times.repot' is not declared", "did you mean 'times.report'?"),
    ("times.zz > 0", 6, "'times.zz' is not declared", "there are: times.report, times.suspend"),
    ("substance == 'cannabbis'", 13, "'cannabbis' is not one of its codes", "did you mean 'cannabis'?"),
    ("stage in ['hearing', 'zz']", 21, "'zz' is not one of its codes", "codes: reported, hearing, filed"),
    ("'mised' in grounds", 0, "'mised' is not one of its codes", "'missed'"),
    ("ten_day['kat'].conflict", 8, "'kat' is not one of its codes", "'khat'"),
    ("'a' == 'b'", 7, "compared with no codes", "name == 'code'"),
    ("words == 'x'", 0, "'words' is a text", "codes"),
    ("home == 'x'", 8, "compared with no codes", "name == 'code'"),
    (
        "substance == ground",
        0,
        "'substance' (a code) is not compared with 'ground' (a code)",
        "two vocabularies",
    ),
    ("age == share", 0, "(a whole number) is not compared with 'share' (a decimal number)", ".0"),
    ("share >= 1", 0, "'1' (a whole number)", ".0"),
    ("mass > 3", 0, "'mass' (a mass)", "setting"),
    ("price > 3", 0, "money in EUR", "setting"),
    ("price > dollars", 0, "money in USD", "currencies never mix"),
    ("mass > price", 0, "(a mass)", "kinds never mix"),
    ("born == now", 0, "(an instant)", "date_of"),
    ("stay > 30", 0, "an elapsed duration", "duration('30m')"),
    ("a == 1", 0, "(a yes or no)", "the name alone"),
    ("a > b", 0, "a yes or no has no order", "=="),
    ("substance < 'khat'", 0, "a code has no order", "=="),
    ("grounds == watched", 0, "not compared as a whole", "in list"),
    ("items == items", 0, "not compared as a whole", "exists"),
    ("age && a", 0, "'&&' joins answers of yes or no, not 'age' (a whole number)", "compare it"),
    ("a || substance", 5, "'||' joins", "compare it"),
    ("!age", 1, "'!' joins", "compare it"),
    ("age ? a : b", 0, "'?' joins", "compare it"),
    ("(a ? age : share) > 1", 11, "not of one kind", ".0"),
    ("a && (b ? 'x' : 'y')", 16, "compared with no codes", "name == 'code'"),
    ("mass + age > limit", 0, "a mass is not added to a whole number", "setting"),
    ("mass * other_mass > limit", 0, "not multiplied by", "kinds"),
    ("decided_on - born > stay", 0, "is not taken from", "days_between"),
    ("born + stay > born", 0, "not added to", "instants"),
    ("stay - now > stay", 0, "is not taken from", "kinds"),
    ("a + b == 1", 0, "not added to", "kinds"),
    ("items.mass > limit", 6, "item by item", "items.exists(i, … i.mass …)"),
    ("items.exists(i, i.net_mass > limit)", 18, "'net_mass' is not a field of i", "did you mean 'mass'?"),
    ("items.exists(i, i.zz)", 18, "'zz' is not a field of i", "fields: substance, mass, weighed, grounds"),
    ("items.exists(a, a)", 13, "'a' has a meaning already", "another name"),
    ("items.exists(times, a)", 13, "'times' has a meaning already", "another name"),
    ("items.exists(i, items.exists(i, a))", 29, "'i' has a meaning already", "another name"),
    ("items.exists(i, i.mass)", 16, "'exists' joins answers", "compare it"),
    ("items.exists(i, i == i)", 16, "a record is not compared", "exists"),
    ("items.exists(i, a) && i.weighed", 22, "'i' is not declared", "declare it"),
    ("age.exists(i, a)", 0, "has no items", "list"),
    ("['a'].exists(i, a)", 0, "a list stands only after 'in'", "write name in"),
    ("age.years > 1", 4, "'age' (a whole number) has no fields", "name alone"),
    ("age[1] > 2", 0, "a row of a table", "table[code].column"),
    ("age[1].x > 2", 0, "'age' (a whole number) has no rows", "exists"),
    ("ten_day[substance]", 0, "a row of a table", "table[code].column"),
    ("ten_day.amount > limit", 8, "by the row", "ten_day[code].amount"),
    ("ten_day[substance].amonut > limit", 19, "'amonut' is not a column of ten_day", "'amount'"),
    ("ten_day[ground].conflict", 8, "has no rows for 'ground'", "vocabulary"),
    ("ground in ten_day", 0, "has no rows for 'ground'", "vocabulary"),
    ("substance in grounds", 0, "other codes than 'grounds'", "same vocabulary"),
    ("a in items", 5, "nothing is in 'items'", "write name in"),
    ("age in age", 7, "nothing is in 'age'", "write name in"),
    ("age in []", 7, "empty list", "what may be in it"),
    ("age in [1, share]", 11, "not compared with 'share'", ".0"),
    ("age in ['x']", 8, "compared with no codes", "name == 'code'"),
    ("date_of(born) == today", 8, "date_of takes an instant, not 'born' (a date)", "date_of"),
    ("years_between(born, now) > 1", 20, "takes a date", "date_of"),
    ("[a]", 0, "a list stands only after 'in'", "write name in"),
    ("term == term", 0, "civil length", "clock"),
]


@pytest.mark.parametrize(("text", "offset", "says", "remedy"), FAULTS)
def test_what_does_not_fit_is_refused(text: str, offset: int, says: str, remedy: str) -> None:
    found = fault(text)
    assert says in found.message
    assert remedy in found.remedy
    assert found.offset == offset


@pytest.mark.parametrize(
    "text", ["words == words", "risk == risk", "sex == 'x'", "items.exists(i, sex == 'x')"]
)
def test_texts_scores_and_forbidden_facts_stand_in_no_rule(text: str) -> None:
    assert fault(text).code == "R2"


def test_a_forbidden_fact_is_called_by_what_it_is() -> None:
    assert "'sex' is a demographic fact" in fault("sex == 'x'").message


def test_the_answer_must_be_of_the_kind_wanted() -> None:
    assert "'age' (a whole number) stands where a yes or no is expected" in fault("age", kind=YES_NO).message
    assert "is not an answer" in fault("items").message
    assert check("age + 1", SCOPE, COUNT).kind == COUNT


def test_codes_as_an_answer_are_looked_up_in_the_vocabulary_wanted() -> None:
    wanted = codes(("above", "below"))
    assert check("a ? 'above' : 'below'", SCOPE, wanted).kind == wanted
    assert "'abov' is not one of its codes" in fault("a ? 'abov' : 'below'", kind=wanted).message


def test_vocabularies_are_the_same_in_any_order() -> None:
    turned = Scope({**DECLARED, "other": DECLARED["substance"]._replace(kind=codes(SUBSTANCES[::-1]))})
    assert check("substance == other && other in ten_day", turned).kind == YES_NO


def test_a_list_of_codes_is_asked_with_codes_of_its_own() -> None:
    few = Scope({**DECLARED, "few": DECLARED["grounds"]._replace(kind=some(("late",)))})
    assert "other codes" in fault("ground in few", few).message


def test_a_checked_rule_knows_what_it_reads() -> None:
    tree = check("age >= 16 && times.report > 0 && items.exists(i, i.substance in ten_day)", SCOPE)
    assert tree.reads == {"age", "times.report", "items", "ten_day"}


def test_rules_are_checked_in_whatever_order_they_stand() -> None:
    rules = check_rules({"third": "second && b", "second": "!first", "first": "a"}, SCOPE)
    assert list(rules) == ["third", "second", "first"]
    assert check("third", with_rules(SCOPE, rules)).rules == {"third"}


def test_a_ring_of_rules_is_refused_where_it_closes() -> None:
    with pytest.raises(RuleFault, match="'one' leans on itself: one → two → one") as caught:
        check_rules({"zero": "one", "one": "a && two", "two": "b || one"}, SCOPE)
    assert (caught.value.rule, caught.value.offset) == ("one", 5)


def test_a_rule_that_names_itself_is_a_ring() -> None:
    with pytest.raises(RuleFault, match="one → one"):
        check_rules({"one": "!one"}, SCOPE)


def test_a_chain_of_more_than_32_rules_is_refused() -> None:
    chain = {"r0": "a", **{f"r{n}": f"r{n - 1}" for n in range(1, 33)}}
    with pytest.raises(RuleFault, match="more than 32 rules"):
        check_rules(chain, SCOPE)


def test_a_fault_names_the_rule_and_the_version() -> None:
    versions = [(None, datetime.date(2020, 1, 1), "a"), (datetime.date(2020, 1, 2), None, "b && agee")]
    with pytest.raises(RuleFault) as caught:
        check_rules({"fine": "a", "dated": versions}, SCOPE)
    assert (caught.value.rule, caught.value.version, caught.value.offset) == ("dated", 1, 5)
    with pytest.raises(RuleFault) as caught:
        check_rules({"broken": "a &"}, SCOPE)
    assert (caught.value.rule, caught.value.version) == ("broken", None)


def test_versions_answer_alike() -> None:
    versions = [(None, datetime.date(2020, 1, 1), "a"), (datetime.date(2020, 1, 2), None, "age")]
    with pytest.raises(RuleFault, match="'age' .* stands where a yes or no is expected"):
        check_rules({"dated": versions}, SCOPE)
