"""A docket that only records: what an authority did is written down as it was, and what lacked is flagged."""

from pathlib import Path

from amparo.cases.model import Do, Site, World
from amparo.cases.offers import offers, recorded
from amparo.lens.readers import usual
from amparo.lens.view import view
from amparo.pathways import reader
from amparo.pathways.check import check
from tests.cases.play import EVERYWHERE, ZONE, Play, at

DOCKET = reader.read_folder(Path(__file__).parents[1] / "ledger" / "programmes" / "docket")


def brought(reasons: str = "", **facts: object) -> Play:
    """Somebody was brought in, without the reasons that are asked and without an age unless it is given."""
    play = Play(DOCKET, Site("quay-one", ZONE))
    told = {"seen_at": at("2024-03-04 21:30"), **facts}
    play.put(play.request("recorder", (Do("bring_in", told),), door="quay", reasons=reasons))
    return play.later()


def goes(play: Play, name: str, **facts: object) -> Play:
    return play.step(name, "recorder", facts, reasons="").later()


def flags(play: Play) -> set[str]:
    return {str(f[key]) for f in play.case.unmet for key in ("code", "detail", "step")}


def test_the_docket_has_no_finding():
    assert check(DOCKET) == ()


def test_the_step_that_opens_is_written_even_so_and_what_lacked_is_flagged():
    play = brought(age=15)
    assert play.case.stage == "held"
    assert {"bring_in", "criterion", "reasons"} <= flags(play)


def test_what_is_there_is_not_flagged():
    assert brought(reasons="Brought in by the patrol.", age=30).case.unmet == ()


def test_a_question_of_a_recorded_step_is_still_asked():
    play = Play(DOCKET, Site("quay-one", ZONE))
    play.put(play.request("recorder", (Do("bring_in", {}),), door="quay"))
    assert play.refused.code == "ask"


def test_a_judgment_without_a_hearing_is_true_and_flagged():
    play = goes(goes(brought(age=30), "charge"), "judge", verdict=True)
    assert play.case.stage == "sailed"
    assert {"judge", "not_allowed"} <= flags(play)


def test_a_whole_case_goes_by_recorded_steps_to_its_end_and_is_opened_again():
    play = brought(age=30)
    for name in ("charge", "hear"):
        goes(play, name)
    goes(play, "judge", verdict=True)
    assert play.case.stage == "sailed"
    assert goes(play, "quash").case.stage == "cleared"


def test_nothing_is_offered_and_everything_can_be_written_down():
    play = brought(age=30)
    everywhere = World(EVERYWHERE)
    assert offers(DOCKET, play.case, "", play.t, everywhere) == ()
    assert recorded(DOCKET, play.case, "recorder", play.t) == ("charge",)


def test_a_page_lists_what_can_be_written_down_and_offers_none_of_it():
    play = brought(age=30)
    shown = view(DOCKET, play.site, play.case, play.log, usual(DOCKET, "recorder"), play.t, World(EVERYWHERE))
    assert [(o.step, o.group) for o in shown.offers] == [("charge", "recorded")]


def test_help_is_whole_where_everything_else_is_only_recorded():
    play = brought(age=30).ask("note_need", role="person", kind="housing", words="A bed.")
    assert play.kinds() == ["need.noted"]
    assert play.ask("offer_help", role="recorder", kind="work", answer="no").kinds() == ["help.offered"]
