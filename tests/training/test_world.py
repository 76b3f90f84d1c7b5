"""What the training world holds: every stage and end, boxes that add up, a whole log, and nothing for production."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings

from amparo.cases.model import Case
from amparo.errors import KeyDestroyed
from amparo.ledger import book, casefile, papers
from amparo.ledger.models import Coarse, Head, Summary
from amparo.people import guard
from amparo.people.models import Account, SettingEntry
from amparo.training.build import Built

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PROGRAMME = "pt-dissuasion"


def cases(world: Built) -> Iterator[Case]:
    """Every case whose words are still there."""
    for case in world.cases.values():
        try:
            yield casefile.load(case, now=world.moment).case
        except KeyDestroyed:
            continue


# ------------------------------------------------------------------------------------------------ what is there
def test_every_story_ends_as_it_says(world: Built) -> None:
    assert world.otherwise == ()


def test_there_are_sixty_cases_and_about_twenty_staff(world: Built) -> None:
    assert Head.objects.count() == len(world.cases) == 60
    assert 20 <= Account.objects.filter(demo=True).count() <= 26


def test_every_stage_was_reached(world: Built) -> None:
    assert set(papers.pathway_of(PROGRAMME).stages) == set(world.stages)


def test_every_outcome_was_reached(world: Built) -> None:
    stages = papers.pathway_of(PROGRAMME).stages
    ends = {stage.closed for stage in stages.values() if stage.closed}
    assert {stages[name].closed for name in world.stages} - {""} - {None} == ends


def test_each_open_stage_has_a_case_today(world: Built) -> None:
    stages = papers.pathway_of(PROGRAMME).stages
    now = {case.stage for case in cases(world) if not case.died}
    assert {name for name, stage in stages.items() if not stage.closed} <= now


def test_a_court_sent_thirty_eight_in_a_hundred(world: Built) -> None:
    doors = Counter(Summary.objects.values_list("door", flat=True))
    assert round(100 * doors["court_referral"] / 60) == 38


def test_referrals_have_every_kind_of_answer_and_none(world: Built) -> None:
    found = [referral for case in cases(world) for referral in case.referrals.values()]
    given = {answer["answer"] for referral in found for answer in referral.answers}
    assert given == {"accepted", "waiting", "declined", "attended", "ended"}
    unanswered = [referral for referral in found if not referral.answers]
    assert any((referral.due or 0) < world.moment for referral in unanswered)


def test_help_was_refused_and_nothing_followed(world: Built) -> None:
    refused = [case for case in cases(world) for need in case.needs.values() if need.answer == "no"]
    assert len(refused) >= 3


def test_a_chair_decided_a_tie_and_dissent_was_kept(world: Built) -> None:
    tied = casefile.load(world.cases["filed_casting_vote"], now=world.moment).case
    (suspended,) = tied.taken["suspend"]
    assert sorted(suspended.data["votes"].values()) == ["against", "for"]
    assert suspended.data["dissent"]


def test_the_islands_and_the_mainland_have_hearings_today(world: Built) -> None:
    found = {row.site for row in Summary.objects.filter(open=True, box=0)}
    assert found == {"lisboa", "ponta-delgada"}


# ------------------------------------------------------------------------------------------------ it is whole
@pytest.mark.parametrize("login", ["clerk", "clerk.azores"])
def test_the_boxes_add_up_to_all_open_cases(world: Built, login: str) -> None:
    clerk = Account.objects.get(username=login)
    site = clerk.posts.get().site_id
    counted = book.counts(clerk, site, PROGRAMME, now=world.moment)
    assert sum(counted.values()) == Summary.objects.filter(site=site, open=True).count() > 9


def test_the_log_verifies_and_the_lists_are_those_of_the_log(world: Built) -> None:
    assert not book.verify().faults
    assert [found for found in book.rebuild(now=world.moment) if found.what == "summary"] == []


def test_the_case_of_who_only_asked_for_help_is_wiped(world: Built) -> None:
    with pytest.raises(KeyDestroyed):
        casefile.load(world.cases["asked_for_help"])
    row = Coarse.objects.get(stage="")
    assert (row.site, row.area, row.outcome) == ("", "", "")


def test_values_of_settings_say_that_they_are_fictional(world: Built) -> None:
    assert all(entry.fictional and "Fictional" in entry.source for entry in SettingEntry.objects.all())
    assert not SettingEntry.objects.filter(name="suspend_again").exists()


def test_nobody_is_reachable(world: Built) -> None:
    assert all(account.email.endswith(".invalid") for account in Account.objects.all())
    assert settings.EMAIL_BACKEND.endswith(("dummy.EmailBackend", "locmem.EmailBackend"))


def test_production_does_not_start_with_this_database(world: Built) -> None:
    with override_settings(AMPARO_TRAINING=False, SECRET_KEY="a secret of our own, as long as it must be"):
        assert [code for code, _ in guard.faults()] == ["E004"]
