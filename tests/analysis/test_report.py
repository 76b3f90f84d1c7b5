"""The text that a decision maker reads."""

from dataclasses import replace

import numpy as np
import pytest

from amparo.analysis.answer import Answer, Looked, answer
from amparo.analysis.measures import NOT_REACHED, PEOPLE, discounted
from amparo.analysis.model import AnalysisFault, Floats, Input, Inputs, Outcomes, from_batches
from amparo.analysis.money import Price, priced
from amparo.analysis.report import report
from tests.analysis import given

MEASURES = (
    PEOPLE["newly_met"],
    replace(PEOPLE["overdose_deaths"], borrowed=("effect",)),
    PEOPLE["convictions"],
    PEOPLE["custody_days"],
    discounted(PEOPLE["custody_days"]),
    discounted(PEOPLE["qalys"]),
    NOT_REACHED,
)
PRICES = (Price(of="custody_days", agency="Prisons", marginal=10.0, average=50.0, unsourced=("prison_day",)),)
INPUTS = (
    Input(
        name="no_action", title="Otherwise no action", unit="share", borrowed=True, never_hidden="no_action"
    ),
    Input(name="effect", title="Effect of treatment on overdose", unit="ratio", source="A review"),
    Input(name="prison_day", title="What a day in prison costs", unit="EUR", unsourced=True),
)


def run(draws: int = 60, arms: int = 3, chance: float = 1.0) -> Answer:
    """Today, a panel for all, and (third) today again under another name."""
    rng = np.random.default_rng(9)
    inputs = rng.uniform(0.2, 0.5, size=(draws, 3))
    today = np.array([0.0, 9.0, 194.0, 2310.0, 2000.0, 7000.0, 400.0])
    moved = np.array([300.0, 0.0, -150.0, -1200.0, -1000.0, 12.0, -100.0])
    apart = moved[None] * inputs[:, :1] + np.eye(7)[1] * (inputs[:, 1:2] - 0.4) * 9
    means = np.stack([today + 0 * apart, today + apart, today + 0 * apart], axis=1)[:, :arms] * 10
    luck = chance * rng.normal(0, 0.1, size=(draws, 8, arms, 7))
    luck[:, :, 2:] = luck[:, :, :1]
    totals: Floats = means[:, None] / 8 + luck
    found = from_batches(MEASURES, given.arms(arms - 1), given.TODAY, totals, [1250] * 8)
    return answer(priced(found, PRICES, "EUR", 2025), Inputs(inputs=INPUTS, draws=inputs), given.RUN)


def test_no_line_is_wider_than_a_terminal() -> None:
    for found in (run(), run(draws=1), run(draws=5)):
        assert max(len(line) for line in report(found).splitlines()) <= 100


def test_people_come_first_then_money_then_what_it_can_not_tell() -> None:
    text = report(run())
    parts = [
        "What would change?",
        "without a source: What a day in prison costs",
        "Three numbers that are never hidden",
        "Convictions (today 194)",
        "Days in custody (today 2,310)",
        "Overdose deaths (today 9.0) [borrowed: Effect of treatment on overdose]",
        "Years of full health (QALYs), discounted",
        "Seen by an authority who would have met no action",
        "Then money, by who pays and who saves",
        "Prisons (today EUR 20,000) [no source: What a day in prison costs]",
        "All public budgets",
        "The same, not discounted",
        "The same, a day in custody at average cost",
        "Health against money",
        "Which assumption matters most",
        "Who is not reached",
        "What this cannot tell",
        "How sure the numbers themselves are",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_the_limits_are_always_said() -> None:
    text = " ".join(report(run(draws=1)).split())
    assert "people here do not meet each other" in text
    assert "the strategy's, not one programme's" in text
    assert "odds of arrest are not crime" in text


def test_a_study_adds_what_it_can_not_tell() -> None:
    found = run()
    told = replace(
        found, run=replace(found.run, cannot_tell=("Percentages for this country are not available.",))
    )
    assert "- Percentages for this country are not available." in report(told)


def test_who_saves_and_who_pays_is_said() -> None:
    text = report(run())
    assert "  a panel for all  saves: about EUR " in text
    dear = Price(of="newly_met", agency="Commission", marginal=1.0)
    paid = answer(priced(plain(), (dear,), "EUR"), Inputs(), given.RUN)
    assert "pays: about EUR 30 more, between 20 and 40" in report(paid)


def plain() -> Outcomes:
    """Twenty to forty people newly met in every 1,000."""
    met = PEOPLE["newly_met"]
    totals = np.array([[[0.0, 0.0], [x, x]] for x in (20.0, 30.0, 40.0)])
    return given.outcomes((met, discounted(met)), totals)


def test_a_net_benefit_is_said_with_its_signs() -> None:
    assert "between -EUR 100 and EUR 300." in net_benefit([-100.0, 200.0, 300.0])
    assert "about -EUR 200, between -EUR 300 and -EUR 100." in net_benefit([-100.0, -200.0, -300.0])
    assert "Net benefit for one person: none in any draw." in net_benefit([0.0, 0.0])


def net_benefit(gained: list[float]) -> str:
    """The text for a panel that costs this much less for one person, by draw."""
    found = given.weighed([[7.0, 7.0]] * len(gained), [[500.0, 500.0 - x] for x in gained])
    return " ".join(report(answer(found, Inputs(), given.RUN, Looked(cost="cost"))).split())


def test_an_assumption_that_may_not_be_hidden_and_is_missing_is_said_to_be_missing() -> None:
    text = report(run())
    assert "- Would otherwise have met no action:" in text
    assert "- Wait for a place: not stated in this run." in text


def test_a_scenario_that_changes_nothing_is_said_at_the_top_and_on_its_lines() -> None:
    lines = report(run()).splitlines()
    assert any(x.startswith("'warnings' changes nothing:") for x in lines[:8])
    assert "  warnings         changes nothing" in lines


def test_people_whom_nothing_reaches_are_told_for_every_arm() -> None:
    text = report(run()).partition("Who is not reached")[2]
    assert "- today's mix: about 400 in every 1,000" in text
    assert "- a panel for all: about 36" in text


def test_a_run_that_did_not_count_them_says_so() -> None:
    found = answer(given.counted(PEOPLE["deaths"], [[9, 8], [9, 7]]), Inputs(), given.RUN)
    assert "This run did not count whom no programme reaches." in report(found)


def test_one_draw_is_not_quoted_as_if_it_were_sure() -> None:
    text = report(run(draws=1))
    assert "one draw, so there is no interval" in text
    assert "which arm is best, and how surely, can't be said" in text
    assert "Run at least 1,000 draws" in " ".join(text.split())
    assert "To know everything" not in text


def test_few_draws_are_said_to_be_few() -> None:
    said = run(draws=10).said
    assert any("smallest and the largest" in x for x in said)
    assert any("fewer than 20 draws" in x for x in said)
    assert run(draws=60).said == ()


def test_chance_in_an_interval_is_said() -> None:
    noisy = " ".join(run(chance=60.0).said)
    assert "Chance is a good part of the variance" in noisy
    assert "Overdose deaths" in noisy


def test_unknown_and_overstated_chance_is_said() -> None:
    bare = given.counted(PEOPLE["deaths"], [[9, 8], [9, 7]])
    assert any("not known" in x for x in answer(bare, Inputs(), given.RUN).said)
    added = replace(bare, variance=np.full((2, 2, 1), 0.1))
    assert any("overstated" in x for x in answer(added, Inputs(), given.RUN).said)


def test_without_health_or_money_the_rest_is_still_told() -> None:
    found = answer(given.counted(PEOPLE["deaths"], [[9, 8], [9, 7]]), Inputs(), given.RUN)
    assert (found.trades, found.acceptability, found.knowing, found.worths) == ((), (), (), ())
    assert any("Net benefit is not worked out: this run has no qalys.discounted" in x for x in found.said)
    assert any("were not handed on" in x for x in found.said)


def test_what_would_change_the_answer_is_said_with_its_value() -> None:
    text = " ".join(report(run()).split())
    assert "Overdose deaths: Effect of treatment on overdose, 100 %; it changes its sign if" in text
    assert "is above 0.4 times" in text


def test_one_arm_alone_is_refused() -> None:
    with pytest.raises(AnalysisFault, match="one arm only"):
        run(arms=1)
