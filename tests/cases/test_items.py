"""What is agreed item by item, a body that sits without voting, and how examples speak of both."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from amparo.cases import read
from amparo.cases.examples import run_example
from amparo.cases.script import read_script
from amparo.errors import DefinitionFault
from amparo.lens.examples_hook import seen
from amparo.pathways import reader
from amparo.pathways.model import Pathway
from tests.cases.play import SEATS, Play, money
from tests.cases.test_examples import HEAD

TEXT = Path(__file__).with_name("quay.yaml").read_text(encoding="utf-8")
WHAT = """service: {title: {en: Service, pt: Serviço}, with: person, terms: {what: {type: one_of works, title:
    {en: What, pt: O quê}}, sum_owed: {type: money, default: none, title: {en: Sum, pt: Valor}}, """
CHANGES = {
    "vocabularies:": """vocabularies:
  works: {sweeping: {en: Sweeping, pt: Varrer}, painting: {en: Painting, pt: Pintar}}""",
    "service: {title: {en: Service, pt: Serviço}, with: person, terms: {": WHAT,
    "varied_by: [panel], basis: ACT 7}": """varied_by: [clerk],
    breach: {by: [clerk], asks: [late_on], needs: {reasons: yes, heard: yes}}, basis: ACT 7}""",
    "  done_on: {": """  late_on: {type: yes_no, class: process, from: [clerk], title: {en: Own doing, pt: Culpa}}
  done_on: {""",
    "apart_from: [new_hour], times: 1,": "apart_from: [new_hour], times: 1, needs: {body: panel},",
    "about: [identity], purpose": "about: [identity, service], purpose",
    "sees: {cases: assigned, facts: none, stages: none}}\n  guardian": (
        "sees: {cases: assigned, facts: none, stages: none, with_consent: [contact_shelter]}}\n  guardian"
    ),
    "    chair: president\n": "    chair: president\n    impediments: away\n",
    "  grounds: {": "  away: {far: {en: Far away, pt: Longe}, related: {en: Related, pt: Parente}}\n  grounds: {",
}


@lru_cache(maxsize=1)
def pier() -> Pathway:
    """The quay, with works that are agreed one by one and a second look that the panel sits through."""
    text = TEXT
    for old, new in CHANGES.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return reader.read_text(text.encode(), "pier.yaml")


def talking() -> Play:
    play = Play(pier()).open().when("2024-03-05 09:00").step("take_on", facts={"here": True})
    return play.later().step("ask_register", facts={"entry": False}).when("2024-03-06 10:00").sit().later()


def charged(*items: dict[str, Any]) -> Play:
    play = talking().decides("judge", {"rests": False}).later()
    return play.decides("charge_sum", {"light": True}, terms={"sum": money("EUR 10.00")}, items=items)


def sweeping(**more: Any) -> dict[str, Any]:
    return {"kind": "service", "due": "2024-04-06", "terms": {"what": "sweeping", **more}}


def count(play: Play, reading: str) -> int:
    found: int = read.readings(play.case, play.t).get(reading)
    return found


# ------------------------------------------------------------------------------------------------ items
def test_each_item_has_its_date():
    refused = charged({"kind": "service", "terms": {"what": "sweeping"}}).refused
    assert (refused.code, refused.detail) == ("missing", "item_due")


def test_each_item_says_what_has_no_default():
    play = charged(sweeping(), {"kind": "service", "due": "2024-04-06"})
    assert (play.refused.code, play.refused.detail) == ("missing", "item_term")
    assert "“What”" in play.lines()[1]


def test_a_term_of_an_item_is_of_its_type():
    assert charged(sweeping(hours="many")).refused.code == "outside"
    assert charged(sweeping(hours=3)).kinds().count("obligation.agreed") == 1


def test_money_is_paid_in_the_currency_that_was_agreed():
    play = charged(sweeping(sum_owed=money("EUR 10.00"))).later()
    asked = {"kind": "service", "do": "progress", "term": "sum_owed"}
    assert play.ask("oblige", **asked, amount=money("USD 5.00")).refused.code == "outside"
    assert play.ask("oblige", **asked, amount=money("EUR 5.00")).kinds() == ["obligation.progressed"]


def test_a_breach_that_was_varied_into_a_new_start_stands_no_more():
    play = charged(sweeping()).later()
    play.ask("oblige", kind="service", do="breached", facts={"late_on": True})
    assert (count(play, "breached.service"), count(play, "unmended.service")) == (1, 1)
    play.later().ask("oblige", kind="service", do="varied", due="2024-05-06")
    assert (count(play, "breached.service"), count(play, "unmended.service")) == (1, 0)


def test_what_waits_on_the_person_is_no_waiting_list():
    play = charged(sweeping()).later().ask("oblige", kind="service", do="waiting", whose="person")
    assert count(play, "waiting.service") == 0
    assert count(play.later().ask("oblige", kind="service", do="waiting", whose="us"), "waiting.service") == 1


def test_a_consent_may_open_what_was_agreed_to_the_service_it_names():
    play = charged(sweeping()).later()
    named = {"kind": "contact_shelter", "do": "given", "to": "shelter", "signature": "paper"}
    before = seen(pier(), play.site, play.case, play.log, "shelter", play.t)
    play.ask("consent", role="person", **named)
    after = seen(pier(), play.site, play.case, play.log, "shelter", play.t + 1)
    assert "service" not in before and "service" in after


# ------------------------------------------------------------------------------------------------ a body that sits
def test_a_step_that_needs_a_body_to_sit_waits_until_it_does():
    play = Play(pier()).open().when("2024-03-05 09:00").step("take_on", facts={"here": True}).later()
    assert play.step("second_look", "helper").refused.code == "no_sitting"
    play.sit("ana", "bruno").later()
    assert play.step("second_look", "helper").refused.code == "no_quorum"
    play.sit().later()
    assert play.step("second_look", "helper", votes={}).kinds()[-2:] == ["step.taken", "assignment.made"]


def test_why_a_member_steps_back_is_on_the_list_of_the_body():
    play = talking()
    assert play.ask("sit", do="recuse", who="clara", code="ill").refused.code == "not_allowed"
    assert play.ask("sit", do="recuse", who="clara", code="far").kinds() == ["case.recused"]
    assert set(play.case.sitting.present) == set(SEATS) - {"clara"}  # type: ignore[union-attr]


# ------------------------------------------------------------------------------------------------ in examples
def held(when: str, then: str) -> tuple[str, ...]:
    body = f"  - example: A night\n    opens: {{use: night}}\n    when:\n{when}    then: {then}\n"
    script = read_script(HEAD + body, "pier.yaml", pier())
    return run_example(pier(), script, script.examples[0])


JUDGED = """\
      - {use: taken_on}
      - {step: judge, by: panel, at: +1 h, sitting: {present: 3%s}, facts: {rests: no}}
"""
CHARGED = (
    JUDGED % ""
    + """\
      - {step: charge_sum, by: panel, at: +1 h, sitting: {present: 3}, facts: {light: yes}, terms: {sum: EUR 10.00},
         items: [{kind: service, due: 2024-04-06, terms: {what: sweeping, hours: 4}},
                 {kind: service, due: 2024-05-06, terms: {what: painting, sum_owed: EUR 9.00}}]}
"""
)


def test_a_line_names_the_item_it_is_about():
    met = "      - {obligation: service, item: sweeping, does: met, by: clerk, at: +1 day}\n"
    rows = (
        "[{item: sweeping, state: met, left: '4'}, {item: painting, state: agreed, late: no, left: EUR 9.00}]"
    )
    assert held(CHARGED + met, f"{{obligations: {{service: {rows}}}}}") == ()


def test_an_item_that_is_otherwise_fails():
    for row in (
        "{item: sweeping, state: met}",
        "{item: painting, late: yes}",
        "{item: painting, left: EUR 0.00}",
    ):
        assert len(held(CHARGED, f"{{obligations: {{service: [{row}]}}}}")) == 1


@pytest.mark.parametrize("line", ["item: knitting, does: met", "item: sweeping, does: flown"])
def test_an_item_or_entry_that_is_not_there_is_refused(line: str):
    refused = f"      - {{obligation: service, {line}, by: clerk, at: +1 day, refused: {{code: no_such}}}}\n"
    assert held(CHARGED + refused, "{stage: owing}") == ()


def test_another_member_sits_in_the_place_of_one_who_steps_back():
    recused = "      - {sit: set, at: +1 h}\n      - {sit: recuse, who: member-3, code: far, at: +1 min}\n"
    when = JUDGED.replace("      - {step", recused + "      - {step")
    assert "not_allowed" in held(when % "", "{stage: talking}")[0]
    assert held(when % ", instead: [member-3]", "{stage: talking}") == ()


# ------------------------------------------------------------------------------------------------ money
def test_a_programme_says_in_which_currency_money_is_typed():
    text = TEXT.replace("law_date: found_at\n", "law_date: found_at\ncurrency: NZD\n")
    assert reader.read_text(text.encode(), "pier.yaml").currency == "NZD"


def test_a_currency_is_three_capital_letters():
    text = TEXT.replace("law_date: found_at\n", "law_date: found_at\ncurrency: dollars\n")
    with pytest.raises(DefinitionFault, match="three capital letters"):
        reader.read_text(text.encode(), "pier.yaml")
