"""Evidence is read with every fault at once, each with its place, what is wrong and the remedy."""

from datetime import date
from pathlib import Path

import pytest

from amparo.errors import DefinitionFault
from amparo.simulation.evidence import read_evidence, read_evidence_text
from amparo.simulation.evidence.units import DAY, YEAR
from tests.simulation.on_the_ferry import FOLDER, TEXT, evidence, line_of, planted

FAULTS = [
    ("E1", "for_version:", "for_version: &x", "an anchor"),
    ("E1", "if: \"kind == 'smoke'\", share:", "if: kind == 'smoke', share:", 'not quoted · write "kind == '),
    ("E2", "hazards:", "hazard:", "'hazard' is not a key of evidence · did you mean 'hazards'?"),
    ("E2", "{hazard: paying, ", "{hazard: paying, share: 1, ", "a hazard stands beside a delay or share"),
    ("E2", "{after_late: payment, delay: slack, share: 1}", "{share: 1}", "nothing says when this happens"),
    ("E2", "{base: crossing, ", "{life_table: PT-2020-25, base: crossing, ", "beside `life_table`"),
    ("E2", ", until: 65", "", "the last band has no end"),
    ("E2", "shares: [small, rest]", "shares: [rest]", "are not as long as each other"),
    ("E2", ", {otherwise: {fine: 1}}", ", {if: 'sorry', fine: 1}", "'fine' is not a key"),
    ("E2", "offered: 1, ", "", "an offer lacks 'offered'"),
    (
        "E2",
        "{lasts: 14 days, after: [warned]}",
        "14 days",
        "nothing says after what the window 'warned' begins",
    ),
    ("E2", "evidence: ferry\n", "", "evidence lacks 'evidence'"),
    ("E2", "source: LOG p. 7, ", "", "a value lacks 'source'"),
    ("E3", "{value: 0.5, as: beta, parameters: {n: 20}, unit: share,", "{value: 0.5,", "'0.5' has no unit"),
    ("E3", "value: 3 days", "value: 3", "'3' has no unit"),
    ("E3", "unit: per month", "unit: per fortnight", "'per fortnight' is no unit · write share, ratio"),
    (
        "E3",
        "value: 40, unit",
        "value: 40 days, unit",
        "the unit is per 1000 years, and '40 days' is a duration",
    ),
    ("E3", "[0.2, 0.3]", "[0.3, 0.2]", "write the lower end first"),
    ("E3", "[0.2, 0.3]", "[0.2]", "an interval has two ends"),
    ("E3", "warn: leniency, fine: rest", "warn: 0.8, fine: rest", "'0.8' is a number without a source"),
    ("E3", "Europe/Lisbon", "Europe/Lisboa", "'Europe/Lisboa' is no time zone"),
    ("E3", "level: 0.95, unit: share", "level: 95, unit: share", "'95' is no level"),
    ("E3", "parameters: {n: 400}", "parameters: {n: many}", "'many' is no number"),
    ("E4", "{fine: 1}", "{fine: smal}", "'smal' is not a value · did you mean 'small'?"),
    ("E4", "{offered: 1, ", "{offered: rest, ", "`rest` stands where no shares are"),
    ("E4", "source: LOG p. 7", "source: LOGG p. 7", "'LOGG', where 'small' comes from, is not a source"),
    ("E4", "died: {life", "dead: {life", "'dead' is not an event of life"),
]


@pytest.mark.parametrize(("code", "old", "new", "said"), FAULTS)
def test_a_fault_says_where_what_and_the_remedy(code: str, old: str, new: str, said: str) -> None:
    with pytest.raises(DefinitionFault) as fault:
        evidence(old, new)
    lines = [line for line in str(fault.value).splitlines() if said in line]
    assert lines, str(fault.value)
    assert f" {code} " in lines[0] and " · " in lines[0]


def test_a_fault_has_its_line_and_column() -> None:
    with pytest.raises(DefinitionFault) as fault:
        evidence("{fine: 1}", "{fine: smal}")
    line = TEXT.splitlines()[line_of("{fine: 1}") - 1]
    column = line.index("{fine: 1}") + len("{fine: ") + 1
    assert str(fault.value).startswith(f"ferry/evidence.yaml:{line_of('{fine: 1}')}:{column} E4")


def test_all_faults_are_told_at_once() -> None:
    text = (
        planted("{fine: 1}", "{fine: smal}")
        .replace("hazards:", "hazard:")
        .replace("unit: ratio", "unit: odds", 1)
    )
    with pytest.raises(DefinitionFault) as fault:
        read_evidence_text(text, "ferry/evidence.yaml")
    assert [line.split()[1] for line in str(fault.value).splitlines()] == ["E3", "E4", "E2"]


def test_a_value_keeps_what_is_known_of_it() -> None:
    value = evidence().values["paying"]
    assert (value.name, value.of, value.text, value.quality) == ("paying", "ferry", "1.5", "B")
    assert (value.source, value.sources[0].place, value.date, value.place) == (
        "LOG",
        "p. 6",
        "2024",
        "Harbour",
    )


def test_rates_and_money_for_a_time_are_held_a_year() -> None:
    values = evidence().values
    assert values["paying"].value == pytest.approx(18)
    assert values["crossing"].value == pytest.approx(0.04)
    assert values["clerk"].value == pytest.approx(2.40 * 365.25)
    assert values["clerk"].parameters["sd"] == pytest.approx(0.30 * 365.25)


def test_durations_are_held_in_seconds() -> None:
    value = evidence().values["thought"]
    assert value.value == 3 * DAY
    assert value.interval == (DAY, 9 * DAY)
    assert value.uncertain is not None and value.uncertain.interval == (2 * DAY, 5 * DAY)


def test_a_sum_carries_its_currency() -> None:
    form = evidence().values["form"]
    assert (form.value, form.currency, form.price_year, form.agency) == (12.0, "EUR", 2024, "harbour")


def test_two_currencies_for_one_sum_are_refused() -> None:
    with pytest.raises(DefinitionFault, match="the sum is in EUR, and the currency NZD"):
        evidence("value: EUR 12.00, ", "value: EUR 12.00, currency: NZD, ")


def test_a_month_is_a_twelfth_of_a_year() -> None:
    assert evidence("value: 10 days", "value: 6 months").values["slack"].value == YEAR / 2


def test_an_exit_may_stand_for_its_hazard() -> None:
    exits = evidence("{hazard: paying, times: {sex.male: calmer}}", "paying").stages["fined"]
    assert exits["pay"].hazard is not None and exits["pay"].hazard.name == "paying"


def test_nothings_beside_rows_hold_for_each_row() -> None:
    rows = evidence().facts["sorry"].given
    assert [row.refused.name for row in rows if row.refused] == ["silent", "silent"]
    assert rows[0].if_ is not None and rows[0].if_.text == "kind == 'smoke'"
    assert rows[1].value == "no"


def test_a_rule_keeps_its_place() -> None:
    rule = evidence().choices["answer"].given[0].if_
    assert rule is not None and rule.where.line == line_of("answer: {after")


def test_records_are_drawn_row_by_row() -> None:
    made = evidence(
        "{choose: {smoke: smoked, drink: rest}}",
        "{choose: [{is: {a: [b]}, share: smoked}, {is: c, share: rest}]}",
    )
    assert [option.value for option in made.facts["kind"].given[0].choose] == [{"a": ["b"]}, "c"]


def test_nought_and_one_are_values_without_a_source() -> None:
    values = evidence().values
    assert (values["0"].value, values["1"].value) == (0.0, 1.0)
    assert values["1"].quality == "X" and values["1"].source == "none"


def test_the_usual_windows_know_their_beginning() -> None:
    window = evidence(
        "{warned: {lasts: 14 days, after: [warned]}}",
        "{released: 14 days, warned: {lasts: 1 day, after: [warned]}}",
    )
    assert window.windows["released"].after == ("custody_out",)
    assert window.windows["released"].seconds == 14 * DAY


def test_the_site_has_a_zone_and_a_first_day() -> None:
    site = evidence().site
    assert site is not None and (site.zone, site.starts) == ("Europe/Lisbon", date(2026, 1, 1))


def test_no_evidence_is_a_sentence(tmp_path: Path) -> None:
    _programme(tmp_path, "ferry", "")
    with pytest.raises(
        DefinitionFault, match=r"there is no evidence for 'ferry' · write evidence\.yaml in its folder"
    ):
        read_evidence("ferry", (tmp_path,))


def test_a_list_is_no_evidence() -> None:
    with pytest.raises(DefinitionFault, match="E1 this is no mapping of keys · write `evidence: <id>` first"):
        read_evidence_text("- a\n", "x.yaml")


# ------------------------------------------------------------------------------------------------ one place, one people
OTHER = """
evidence: raft
for_version: "1"
place: Harbour
use: ferry
values:
  leniency: {value: 0.5, unit: share, source: none, quality: X}
  crossing: {value: 9, unit: per year, source: none, quality: X}
choices: {answer: {shares: {warn: leniency, fine: rest}}}
otherwise: {no_action: 1}
"""


def test_what_is_used_brings_its_people_and_their_life(tmp_path: Path) -> None:
    _programme(tmp_path, "ferry", TEXT)
    made = read_evidence_text(OTHER, "raft/evidence.yaml", (tmp_path,))
    assert made.population is not None and list(made.population.columns) == ["sex", "age", "drinks"]
    assert set(made.hazards) == {"re_contacted", "died"}
    assert made.costs is not None and not made.costs.by_stage
    assert made.facts == {}


def test_only_the_values_that_are_needed_come_along(tmp_path: Path) -> None:
    _programme(tmp_path, "ferry", TEXT)
    made = read_evidence_text(OTHER, "raft/evidence.yaml", (tmp_path,))
    assert {"men", "young", "keener"} <= set(made.values)
    assert "form" not in made.values and "LOST" in made.sources
    assert (made.values["men"].of, made.values["leniency"].of) == ("ferry", "raft")


def test_ones_own_value_goes_before_the_used_one(tmp_path: Path) -> None:
    _programme(tmp_path, "ferry", TEXT)
    made = read_evidence_text(OTHER, "raft/evidence.yaml", (tmp_path,))
    assert made.values["crossing"].value == 9


def test_a_ring_of_uses_is_refused(tmp_path: Path) -> None:
    _programme(tmp_path, "ferry", TEXT.replace("place: Harbour\n", "place: Harbour\nuse: raft\n", 1))
    _programme(tmp_path, "raft", OTHER)
    with pytest.raises(DefinitionFault, match=r"raft/evidence\.yaml:5:6 E4 'ferry' uses evidence in a ring"):
        read_evidence("ferry", (tmp_path,))


def test_one_programme_may_have_evidence_of_several_places(tmp_path: Path) -> None:
    _programme(tmp_path, "ferry", TEXT)
    (tmp_path / "ferry" / "evidence-Lake.yaml").write_text(
        TEXT.replace("place: Harbour\n", "place: Lake\n", 1)
    )
    assert read_evidence("ferry", (tmp_path,), named="Lake").place == "Lake"
    assert read_evidence("ferry", (tmp_path,)).place == "Harbour"


def _programme(root: Path, name: str, text: str) -> None:
    folder = root / name
    folder.mkdir()
    (folder / "pathway.yaml").write_bytes((FOLDER / "pathway.yaml").read_bytes())
    if text:
        (folder / "evidence.yaml").write_text(text)
