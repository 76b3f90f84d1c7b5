"""Draws: every number by a stream of its own, the base case first, shares of one whole together."""

import numpy as np
import pytest

from amparo.errors import DefinitionFault, SimulationFault
from amparo.simulation.evidence.draw import Parameters, draws, shares_of
from amparo.simulation.evidence.model import Ref
from amparo.simulation.evidence.stamps import scaled_back, settings_chosen, stamps
from tests.simulation.on_the_ferry import evidence


def drawn(old: str = "", new: str = "", seed: int = 7, number: int = 500) -> Parameters:
    return draws(evidence(old, new), number, seed)


def test_the_first_draw_is_the_base_case() -> None:
    made = drawn()
    assert made.row(0) == {name: value.value for name, value in evidence().values.items()}


def test_the_same_seed_draws_the_same_bytes() -> None:
    assert drawn().array.tobytes() == drawn().array.tobytes()
    assert drawn().array.tobytes() != drawn(seed=8).array.tobytes()


def test_more_draws_begin_with_the_same_ones() -> None:
    assert (drawn(number=900).array[:500] == drawn().array).all()


def test_a_value_does_not_move_when_others_come_and_go() -> None:
    before = drawn()
    after = drawn(
        "  paying:",
        "  another: {value: 0.5, as: beta, parameters: {n: 9}, unit: share, source: none, quality: X}\n  paying:",
    )
    assert after.names != before.names
    assert all((after.of(name) == before.of(name)).all() for name in before.names)


def test_two_values_with_the_same_numbers_are_not_the_same() -> None:
    said = "{value: 0.8, as: beta, interval: [0.7, 0.88], level: 0.9, unit: share, source: none, quality: X}"
    made = drawn("  paying:", f"  twin: {said}\n  paying:")
    assert np.corrcoef(made.of("twin")[1:], made.of("leniency")[1:])[0, 1] < 0.2


def test_draws_lie_where_their_interval_says() -> None:
    low, high = np.quantile(drawn(number=20_001).of("leniency")[1:], [0.05, 0.95])
    assert (low, high) == (pytest.approx(0.7, abs=0.01), pytest.approx(0.88, abs=0.01))


def test_a_duration_varies_as_it_is_uncertain_and_not_as_people_do() -> None:
    days = drawn(number=20_001).of("thought") / 86400
    assert np.quantile(days, [0.05, 0.95]) == pytest.approx([1.9, 4.75], abs=0.2)


def test_shares_of_a_group_are_drawn_together() -> None:
    kinds = "as: dirichlet, group: kinds, parameters: {n: 50}, unit: share, source: none, quality: X}"
    made = drawn("  silent:", f"  drunk: {{value: 0.2, {kinds}\n  silent:", number=20_001)
    smoked, drunk = made.of("smoked")[1:], made.of("drunk")[1:]
    assert smoked.mean() == pytest.approx(0.7, abs=0.005)
    assert (smoked + drunk).max() < 1
    assert smoked.var() == pytest.approx(0.21 / 51, rel=0.05)
    assert np.cov(smoked, drunk)[0, 1] == pytest.approx(-0.14 / 51, rel=0.1)


def test_what_cannot_be_fitted_is_told_with_its_place() -> None:
    with pytest.raises(DefinitionFault, match=r"ferry/evidence\.yaml:\d+:3 E5 small: .*smaller one"):
        drawn("value: 0.5, as: beta, parameters: {n: 20}", "value: 0.5, as: beta, parameters: {sd: 0.9}")


def test_there_is_at_least_the_base_case() -> None:
    with pytest.raises(SimulationFault, match="ask for one or more"):
        drawn(number=0)


def test_rest_is_what_the_others_leave() -> None:
    shares, scaled = shares_of({"warn": _ref("a"), "fine": _ref("rest")}, {"a": 0.7})
    assert shares == {"warn": 0.7, "fine": pytest.approx(0.3)}
    assert not scaled


def test_shares_over_one_are_scaled_back_and_told() -> None:
    shares, scaled = shares_of({"a": _ref("a"), "b": _ref("b"), "c": _ref("rest")}, {"a": 0.9, "b": 0.6})
    assert shares == {"a": pytest.approx(0.6), "b": pytest.approx(0.4), "c": 0.0}
    assert scaled


def _ref(name: str) -> Ref:
    return Ref(name, evidence().where)


# ------------------------------------------------------------------------------------------------------- stamps
def test_what_is_not_settled_is_listed_with_why() -> None:
    found = {stamp.name: stamp.why for stamp in stamps(evidence())}
    assert found["drinker"] == "its source was not read"
    assert found["thought"] == "no source"
    assert "leniency" not in found


def test_unverified_and_grade_x_are_not_settled() -> None:
    found = {
        stamp.name: stamp.why
        for stamp in stamps(evidence("source: LOG p. 7", "unverified: from memory, source: LOG p. 7"))
    }
    assert found["small"] == "unverified: from memory"
    graded = "source: LOG p. 7, date: 2024, place: Harbour, quality: "
    assert {stamp.name: stamp.why for stamp in stamps(evidence(f"{graded}B", f"{graded}X"))}[
        "small"
    ] == "quality X"


def test_a_result_is_stamped_by_the_values_it_rests_on_alone() -> None:
    assert [stamp.name for stamp in stamps(evidence(), ["men", "slack"])] == ["slack"]


def test_a_setting_that_the_study_chose_is_listed() -> None:
    assert [(stamp.name, stamp.why) for stamp in settings_chosen(evidence())] == [
        ("fine_at_most", "unverified: the study's own choice")
    ]


def test_shares_that_had_to_be_scaled_back_are_named() -> None:
    made = evidence(
        "{warn: leniency, fine: rest}", "{warn: leniency, fine: slight}".replace("slight", "young")
    )
    assert scaled_back(evidence(), draws(evidence(), 50, 1)) == ()
    assert scaled_back(made, draws(made, 50, 1)) == ("choices.answer",)
