from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The one writer of cases."""

    name = "amparo.ledger"
    verbose_name = "Ledger"
