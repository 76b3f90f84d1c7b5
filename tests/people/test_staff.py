"""Roles and mandates hold on their days, the last one included."""

from datetime import date

import pytest

from amparo.people import staff
from amparo.people.models import Account, Holiday, Mandate, Office, Post, SettingEntry, Site

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


@pytest.fixture
def site():
    return Site.objects.create(code="lisboa", name="Lisboa", zone="Europe/Lisbon")


@pytest.fixture
def ana():
    return Account.objects.create_user("ana", name="Ana")


def post(account, site, role, since=DAY, until=None):
    return Post.objects.create(
        account=account, site=site, programme="p", role=role, from_day=since, until=until
    )


def test_a_post_holds_from_its_first_to_its_last_day(site, ana):
    post(ana, site, "clerk", until=date(2026, 3, 4))
    held = [bool(staff.roles(ana, "lisboa", "p", date(2026, 3, day))) for day in (1, 2, 4, 5)]
    assert held == [False, True, True, False]


def test_one_account_may_have_two_roles(site, ana):
    post(ana, site, "technician")
    post(ana, site, "clerk", since=date(2020, 1, 1))
    assert staff.roles(ana, "lisboa", "p", DAY) == ("clerk", "technician")


def test_who_left_has_no_role_and_no_mandate(site, ana):
    post(ana, site, "clerk")
    Mandate.objects.create(account=ana, site=site, body="commission", qualities=["jurist"], from_day=DAY)
    ana.is_active = False
    ana.save()
    assert staff.roles(ana, "lisboa", "p", DAY) == staff.posts(ana, DAY) == ()
    assert staff.mandates("lisboa", DAY) == {} and staff.holders("lisboa", "p", "clerk", DAY) == ()


def test_a_mandate_has_its_qualities_and_days(site, ana):
    Mandate.objects.create(
        account=ana, site=site, body="commission", qualities=["jurist", "president"], from_day=DAY
    )
    assert staff.mandates("lisboa", DAY, "commission") == {ana.pk: ("jurist", "president")}
    assert staff.mandates("lisboa", date(2026, 3, 1)) == {}


def test_the_newest_entry_of_a_setting_counts_from_its_day(site, ana):
    for value, day in (
        ("10 days", date(2026, 1, 1)),
        ("15 days", date(2026, 3, 1)),
        ("20 days", date(2026, 6, 1)),
    ):
        SettingEntry.objects.create(
            site=site,
            programme="p",
            name="term",
            value=value,
            from_day=day,
            source="Order",
            source_date=day,
            by=ana,
        )
    assert staff.entered("lisboa", "p", DAY)["term"].value == "15 days"


def test_a_standing_office_is_a_party_to_every_case(site):
    Office.objects.create(site=site, role="register", name="Register", standing=True)
    Office.objects.create(site=site, role="service", name="Service")
    assert [office.role for office in staff.standing_offices("lisboa", DAY)] == ["register"]
    assert [office.name for office in staff.offices("lisboa", "service", DAY)] == ["Service"]


def test_holidays_are_the_sites_own(site):
    Holiday.objects.create(site=site, day=date(2026, 6, 13), name="Santo António")
    assert staff.holidays("lisboa") == {date(2026, 6, 13)}


def test_an_actor_that_is_no_account_keeps_its_word(ana):
    assert (staff.name_of(ana.pk), staff.name_of("clock")) == ("Ana", "clock")
