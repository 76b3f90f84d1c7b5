"""Signing in: by name or e-mail, never by signing up; second factors lie sealed; logs keep no words."""

import logging
import sys

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from amparo.people.models import Account
from amparo.people.quiet import Quiet
from amparo.people.signin import SealedFactors, StaffOnly

pytestmark = pytest.mark.django_db

SECRET = "a long enough pass phrase"


@pytest.fixture
def ana():
    return Account.objects.create_user("ana", SECRET, name="Ana", email="ana@example.org")


def test_a_name_or_an_email_signs_in(ana):
    asked = RequestFactory().post("/")
    assert authenticate(asked, username="ana", password=SECRET) == ana
    assert authenticate(asked, email="ana@example.org", password=SECRET) == ana
    assert authenticate(asked, username="ana", password="another") is None


def test_who_left_does_not_sign_in(ana):
    ana.is_active = False
    ana.save()
    assert authenticate(RequestFactory().post("/"), username="ana", password=SECRET) is None


def test_nobody_signs_up():
    assert not StaffOnly().is_open_for_signup(RequestFactory().get("/"))


def test_a_second_factor_lies_sealed():
    sealed = SealedFactors().encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert SealedFactors().decrypt(sealed) == "JBSWY3DPEHPK3PXP"


def test_a_log_file_says_where_and_never_what():
    try:
        raise ValueError("the person said: canary")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", None, sys.exc_info())
    written = Quiet("%(message)s").format(record)
    assert "canary" not in written and "ValueError" in written and "test_signin.py" in written


def test_passwords_are_hashed_with_argon2():
    from amparo import settings

    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
