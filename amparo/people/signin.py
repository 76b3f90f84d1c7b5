"""How allauth behaves here: no signing up, and second factors that lie sealed in the database."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from amparo.people.keys import ring

PLACE = "second-factor"


class StaffOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by the site, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """The secret of a second factor is sealed under the key ring, so that a copied database signs nobody
    in.
    """

    def encrypt(self, text: str) -> str:
        return base64.b64encode(ring().seal(text.encode(), PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return ring().unseal(base64.b64decode(encrypted_text), PLACE).decode()
