from django.apps import AppConfig
from django.core import checks

from amparo.people import guard


class PeopleConfig(AppConfig):
    """Accounts, sites, mandates, and the sealed store of who people are."""

    name = "amparo.people"
    verbose_name = "People"

    def ready(self) -> None:
        checks.register(guard.check_safe_start, checks.Tags.security)
