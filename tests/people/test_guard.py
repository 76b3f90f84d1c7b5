"""Production does not start in a way that would put people at risk, and says why in one line."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from amparo.people import guard
from amparo.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def production(settings):
    settings.AMPARO_TRAINING = False
    settings.SECRET_KEY = "a secret of our own"


def test_a_sound_installation_starts():
    guard.ensure_safe_start()


def test_the_known_secret_is_refused(settings):
    settings.SECRET_KEY = settings.AMPARO_DEFAULT_SECRET
    with pytest.raises(ImproperlyConfigured, match="AMPARO_SECRET_KEY"):
        guard.ensure_safe_start()


def test_a_missing_key_ring_is_refused(ring_file):
    ring_file.unlink()
    with pytest.raises(ImproperlyConfigured, match="no key ring"):
        guard.ensure_safe_start()


def test_a_key_ring_that_others_may_read_is_refused(ring_file):
    ring_file.chmod(0o644)
    with pytest.raises(ImproperlyConfigured, match="chmod 600"):
        guard.ensure_safe_start()


def test_a_demo_account_is_refused():
    Account.objects.create_user("demo", name="Officer Demo", demo=True)
    with pytest.raises(ImproperlyConfigured, match="training world"):
        guard.ensure_safe_start()


def test_the_training_world_starts_with_all_of_that(settings, ring_file):
    settings.AMPARO_TRAINING, settings.SECRET_KEY = True, settings.AMPARO_DEFAULT_SECRET
    ring_file.unlink()
    guard.ensure_safe_start()


def test_the_check_says_each_of_them(settings, ring_file):
    settings.SECRET_KEY = settings.AMPARO_DEFAULT_SECRET
    ring_file.unlink()
    assert [error.id for error in guard.check_safe_start(None)] == ["amparo.E001", "amparo.E002"]
