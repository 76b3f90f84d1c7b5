"""Each line of a definition is changed in the way that matters, and what a site may enter keeps its limits."""

from datetime import date, timedelta
from pathlib import Path

from amparo.cases import mutations
from amparo.cases.entered import entered
from amparo.cases.model import Site
from amparo.pathways import reader
from amparo.pathways.model import Length
from tests.cases.play import ZONE, at, quay

PORTUGAL = reader.programme("pt-dissuasion")
MADE = {(m.at, m.what): m for m in (*mutations.mutants(PORTUGAL), *mutations.mutants(quay()))}


def test_what_is_not_settled_is_also_tried_as_if_it_were():
    yes = MADE["settings.suspend_again.value", "now yes"].pathway.settings["suspend_again"]
    no = MADE["settings.suspend_again.value", "now no"].pathway.settings["suspend_again"]
    assert (yes.value, no.value) == (True, False)


def test_an_amount_and_a_term_of_the_law_are_moved_by_the_least():
    fine = MADE["settings.fine_maximum_light.value", "one more"].pathway.settings["fine_maximum_light"]
    appeal = MADE["settings.appeal_days.value", "one more"].pathway.settings["appeal_days"]
    assert fine.value.minor == PORTUGAL.settings["fine_maximum_light"].value.minor + 1
    assert appeal.value == Length(21, "days")


def test_each_cell_of_a_table_is_moved_and_each_row_taken_out():
    heroin = MADE["tables.ten_day.heroin.amount", "one more"].pathway.tables["ten_day"].versions[0].value
    without = MADE["tables.ten_day.heroin", "taken out"].pathway.tables["ten_day"].versions[0].value
    assert heroin["heroin"]["amount"] == 1_000_001
    assert "heroin" not in without and "cocaine" in without


def test_the_law_that_changes_a_day_later_leaves_no_gap():
    moved = MADE["rules.quantity_excludes.versions", "version 2 a day later"].pathway.rules[
        "quantity_excludes"
    ]
    older, newer = moved.versions
    assert older.period.until == date(2023, 10, 1)
    assert newer.period.from_ == date(2023, 10, 1) + timedelta(days=1)


def test_a_clock_is_tried_without_each_of_its_stages_and_a_bound_one_beyond():
    assert ("clocks.limitation.while_", "without appealed") in MADE
    longer = MADE["steps.suspend.terms.length.at_most", "one more"].pathway.steps["suspend"]
    assert longer.terms["length"].at_most == Length(3, "years")


def test_each_box_but_the_last_is_taken_out_and_turned_round():
    boxes = [n for n, box in enumerate(PORTUGAL.boxes, 1) if box.if_ is not None]
    assert all((f"boxes.{n}", what) in MADE for n in boxes for what in ("taken out", "turned round"))
    assert (f"boxes.{len(PORTUGAL.boxes)}", "taken out") not in MADE


def test_who_is_told_what_on_which_ground_and_with_which_receipt_is_tried_otherwise():
    told = {what for at, what in MADE if at == "notices.register_asked.to"}
    assert told and all(what.startswith("now ") for what in told)
    says = MADE["notices.justice_told.says", "without occurred_at"].pathway.notices["justice_told"].says
    assert says == ("person.name", "court_reference")
    ground = MADE["notices.justice_told.ground", "without L55"].pathway.notices["justice_told"].ground
    assert [str(c) for c in ground] == ["L30 2"]
    assert ("notices.register_asked.ground", "now house") in MADE
    for field in ("receipt", "without_name"):
        assert (f"notices.justice_told.{field}", "turned round") in MADE


def test_what_is_counted_is_tried_without_each_code_and_each_place_where_it_is_counted():
    assert MADE["counts.no_action.keeps", "without area"].pathway.counts["no_action"].keeps == ("month",)
    assert ("counts.no_action.keeps", "without month") not in MADE
    assert MADE["doors.police_record.counts", "without no_action"].pathway.doors["police_record"].counts == ()
    assert MADE["steps.exempt.counts", "without asked_for_help"].pathway.steps["exempt"].counts == ()


def test_a_file_that_ends_with_its_receipts_is_tried_as_one_that_ends_at_once():
    folder = Path(__file__).parents[1] / "ledger" / "programmes" / "notebook"
    made = {(m.at, m.what): m for m in mutations.mutants(reader.read_folder(folder))}
    assert made["retention.1.ends", "other"].pathway.retention[0].ends == "at once"
    assert ("notices.correction.to", "now warden") in made


def test_a_site_cannot_enter_more_than_the_law_allows_whatever_the_unit():
    t = at("2024-03-06 10:00")
    found = {n: entered(PORTUGAL, _site(n), "measures_limit", t) for n in (6, 7, 12)}
    assert found == {6: Length(6, "months"), 7: None, 12: None}
    year = Site("here", ZONE, {"measures_limit": Length(1, "years")})
    assert entered(PORTUGAL, year, "measures_limit", t) is None


def test_what_a_site_may_not_enter_counts_as_not_entered():
    site = Site("here", ZONE, {"appeal_days": Length(5, "days")})
    assert entered(PORTUGAL, site, "appeal_days", at("2024-03-06 10:00")) is None


def _site(months: int) -> Site:
    return Site("here", ZONE, {"measures_limit": Length(months, "months")})
