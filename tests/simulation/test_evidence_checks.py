"""Evidence names what the pathway has, with numbers of the right kind that add up, and leaves nothing open."""

import pytest

from amparo.pathways.reader import programme, programmes
from amparo.simulation.evidence import read_evidence_text
from amparo.simulation.evidence.checks import check
from tests.simulation.on_the_ferry import FERRY, TEXT, evidence, found, line_of, planted, warned

NAMES = [
    ("evidence: ferry", "evidence: raft", "this is evidence for 'raft', and the pathway is 'ferry'"),
    ("  answer: {after", "  answr: {after", "'answr' is not a choice · did you mean 'answer'?"),
    ("{otherwise: {fine: 1}}", "{otherwise: {pay: 1}}", "'pay' is not a step of answer"),
    ("fined: {exits", "find: {exits", "'find' is not a stage or phase · did you mean 'fined'?"),
    ("{pay: {hazard", "{pray: {hazard", "'pray' is not a step · did you mean 'pay'?"),
    ("{pay: {hazard", "{warn: {hazard", "'warn' is not taken in fined · known: noted"),
    ("{pay: {hazard", "{repair.met: {hazard", "'repair' is not a kind of obligation · none is declared"),
    ("{pay: {hazard", "{delivered bill: {hazard", "'bill' is not something that is delivered"),
    ("after_late: payment", "after_late: paymnt", "'paymnt' is not a clock · did you mean 'payment'?"),
    ("terms: {fine: {amount", "terms: {fine: {amont", "'amont' is not a term of fine"),
    ("terms: {fine:", "terms: {fin:", "'fin' is not a step or choice · did you mean 'fine'?"),
    ("[EUR 20.00, EUR 40.00]", "[20.00, EUR 40.00]", "'20.00' is no sum of money"),
    ("  sorry:  {given", "  sory:  {given", "'sory' is not a fact · did you mean 'sorry'?"),
    (
        "{smoke: smoked, drink: rest}",
        "{smok: smoked, drink: rest}",
        "'smok' is not in the list · did you mean 'smoke'?",
    ),
    (
        "{choose: {smoke: smoked, drink: rest}}",
        "{share: smoked}",
        "'kind' is one_of, and a share draws yes or no",
    ),
    ("from: history.entries", "from: history.entrys", "'entrys' is not kept in the history"),
    ("from: history.entries", "from: population.drink", "'drink' is not a column · did you mean 'drinks'?"),
    ("from: history.entries", "from: population.sex", "'male' of the column sex is no value of 'before'"),
    ("by: {age: {15: 0}}", "by: {ages: {15: 0}}", "'ages' is not an earlier column"),
    ("by: {age: {15: 0}}", "by: {age: {16: 0}}", "'16' is not a code of age"),
    ("dynamic: [drinks]", "dynamic: [drunk]", "'drunk' is not a column"),
    (
        "{drinks: keener, after",
        "{drank: keener, after",
        "'drank' is not a stage, a phase, in_custody or a column",
    ),
    ("after.completed", "after.finished", "'finished' is not an outcome"),
    ("within.warned", "within.warning", "'warning' is not a window · did you mean 'warned'?"),
    ("{sex.male: calmer}", "{sex.men: calmer}", "'men' is not a code of sex"),
    ("{sex.male: calmer}", "{sax.male: calmer}", "'sax' multiplies nothing · did you mean 'sex'?"),
    (
        "life_table: PT-2020-25",
        "life_table: PT-2021",
        "'PT-2021' is not a life table · did you mean 'PT-2020-25'?",
    ),
    ("days, after: [warned]", "days, after: [wished]", "'wished' is not a milestone or event of life"),
    ("by_stage: {noted", "by_stage: {not", "'not' is not a stage or phase · did you mean 'noted'?"),
    ("settings: {fine_at_most", "settings: {fine_at_least", "'fine_at_least' is not a setting"),
    ("value: EUR 60.00", "value: sixty", "'sixty' is no sum of money"),
    ("offers: {deck", "offers: {dock", "'dock' is not a door · did you mean 'deck'?"),
    ("{no_action: nothing_done", "{nothing: nothing_done", "'nothing' is no pathway's door"),
]
NUMBERS = [
    ("{fine: 1}", "{fine: small}", "the choice answer: the shares make 0.5, not 1"),
    ("{male: men, female: rest}", "{male: rest, female: rest}", "the column sex: `rest` stands twice"),
    ("shares: [small, rest]", "shares: [small, men]", "the term fine.amount: the shares make 1.1, not 1"),
    ("{smoke: smoked, drink: rest}", "{smoke: 1, drink: small}", "the fact kind: the shares make 1.5, not 1"),
    ("prosecution.charge_door: rest", "prosecution.charge_door: 1", "otherwise: the shares make 1.3, not 1"),
    (
        "slack, share: 1}",
        "slack, share: 1}, pays: {delay: slack, share: 1}",
        "the exits of fined: the shares make 2",
    ),
    ("not_known: silent", "not_known: 1, refused: silent", "the shares of people who tell nothing make 1.05"),
    ("{hazard: paying,", "{hazard: small,", "'small' is a share, and a rate is wanted here · name a rate"),
    ("{hazard: paying,", "{hazard: 1,", "'1' is a number, and a rate is wanted here"),
    ("delay: slack", "delay: paying", "'paying' is a rate, and a duration is wanted here"),
    ("base: content", "base: form", "'form' is a sum of money, and a utility is wanted here"),
    (
        "{noted: clerk}",
        "{noted: form}",
        "'form' is a sum of money, and a sum of money for a time is wanted here",
    ),
    (
        "value: 1.5, unit: per month",
        "value: -1.5, unit: per month",
        "the value -1.5 is below 0, and no rate is",
    ),
    (
        "price_year: 2024, agency: harbour, source: LOG p. 9, date: 2024, place: Harbour, quality: A",
        "price_year: 2024, source: none, quality: A",
        "form: this cost does not say who pays it · write agency",
    ),
    (
        "EUR 12.00, as: fixed, price_year: 2024,",
        "EUR 12.00, as: fixed,",
        "form: this money lacks 'price_year'",
    ),
    ("group: kinds, ", "", "smoked: `as: dirichlet` and `group` go together"),
    ("value: 0.7, as: dirichlet", "value: 1, as: dirichlet", "smoked: a beta lies between 0 and 1"),
    (
        "value: 0.8, as: beta, interval: [0.7, 0.88]",
        "value: 0.9, as: beta, interval: [0.7, 0.88]",
        "leniency: 0.9 lies outside its interval, 0.7 to 0.88",
    ),
]
PAYING = "fined: {exits: {pay: {hazard: paying, times: {sex.male: calmer}}, drop: {after_late: payment, delay: slack, share: 1}}}"  # noqa: E501
ANSWER = next(line for line in TEXT.splitlines() if line.startswith("  answer: {after"))
OTHERWISE = "otherwise: {no_action: nothing_done, prosecution.charge_door: rest}\n"
LACKING = [
    (PAYING, "{}", "ferry: no evidence for leaving stage fined · give hazards or shares for pay, drop"),
    (f"choices:\n{ANSWER}\n", "", "ferry: no evidence for the choice answer · give shares for warn, fine"),
    (OTHERWISE, "", "ferry: nothing says what would have happened otherwise"),
]


def test_whole_evidence_is_clean() -> None:
    assert found() == []


@pytest.mark.parametrize(("old", "new", "said"), NAMES, ids=[row[2] for row in NAMES])
def test_every_name_is_one_of_the_pathway(old: str, new: str, said: str) -> None:
    lines = [line for line in found(old, new) if said in line]
    assert lines and " E4 " in lines[0]


@pytest.mark.parametrize(("old", "new", "said"), NUMBERS, ids=[row[2] for row in NUMBERS])
def test_numbers_are_of_their_kind_and_add_up(old: str, new: str, said: str) -> None:
    lines = [line for line in found(old, new) if said in line]
    assert lines and " E5 " in lines[0]


@pytest.mark.parametrize(("old", "new", "said"), LACKING, ids=[row[2] for row in LACKING])
def test_what_lacks_is_told_with_the_remedy(old: str, new: str, said: str) -> None:
    lines = [line for line in found(old, new) if said in line]
    assert lines and " E6 " in lines[0]


def test_a_finding_stands_at_its_line() -> None:
    lines = found("after_late: payment", "after_late: paymnt")
    assert lines[0].startswith(f"ferry/evidence.yaml:{line_of('after_late')}:")


def test_a_value_that_is_used_nowhere_is_worth_knowing() -> None:
    more = "  kinder: {value: 1, unit: ratio, source: none, quality: X}\n  calmer:"
    assert any("'kinder' is used nowhere · use it or remove it" in line for line in warned("  calmer:", more))
    assert not any("used nowhere" in line for line in warned())


def test_shares_of_one_whole_that_vary_apart_are_worth_knowing() -> None:
    two = (
        "  most: {value: 0.4, as: beta, parameters: {n: 9}, unit: share, source: none, quality: X}\n  calmer:"
    )
    text = planted("  calmer:", two).replace("{male: men, female: rest}", "{male: men, female: most}")
    findings = check(FERRY, read_evidence_text(text, "ferry/evidence.yaml"))
    assert [f for f in findings if "the column sex: its shares are drawn apart from each other" in f.what]


def test_a_fact_that_rules_read_and_nothing_draws_is_worth_knowing() -> None:
    lines = warned("  before: {from: history.entries, not_known: silent}\n", "")
    assert [line for line in lines if "rules read before, and nothing says how they are drawn" in line]


def test_a_guess_without_an_interval_is_worth_knowing() -> None:
    assert [
        line for line in warned() if "'slack' has no settled source, and nothing says how sure it is" in line
    ]


def test_a_fit_that_misses_its_ends_is_worth_knowing() -> None:
    lines = warned(
        "value: 0.8, as: beta, interval: [0.7, 0.88]", "value: 0.75, as: beta, interval: [0.7, 0.95]"
    )
    assert [line for line in lines if "leniency: the beta nearest to its interval misses its ends by" in line]


def test_evidence_for_another_version_is_worth_knowing() -> None:
    assert [line for line in warned('for_version: "1"', 'for_version: "2"') if "for version 2" in line]


def test_a_value_with_a_source_says_when_and_where() -> None:
    lines = warned("LOG p. 7, date: 2024, place: Harbour,", "LOG p. 7,")
    assert [line for line in lines if "'small' does not say when and where it was so" in line]


def test_doors_of_the_pathways_beside_are_looked_up() -> None:
    beside = {"prosecution": FERRY}
    findings = check(FERRY, evidence(), beside)
    assert [
        "'charge_door' is not a door of prosecution" in finding.what
        for finding in findings
        if not finding.warn
    ]


@pytest.mark.parametrize("name", programmes())
def test_evidence_of_no_programme_fits_another(name: str) -> None:
    findings = check(programme(name), evidence())
    assert any("this is evidence for 'ferry'" in finding.what for finding in findings)
    assert any(finding.code == "E6" for finding in findings)
