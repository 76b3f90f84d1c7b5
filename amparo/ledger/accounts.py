"""Accounts as far as cases hang on them."""

from __future__ import annotations

from datetime import date

from amparo.errors import AmparoError
from amparo.ledger import ties
from amparo.ledger.locks import writing
from amparo.people.models import Account, Mandate, Post


def assigned_cases(account: Account) -> list[str]:
    """The open cases that are assigned to an account, in any role."""
    return ties.open_cases("assigned", [account.pk])


def deactivate(account: Account, day: date) -> None:
    """Let an account go: it signs in no more, its posts and mandates end on `day`.

    Raises `AmparoError` saying how many open cases are still assigned to it: no case may be left without
    its owner.
    """
    with writing():
        left = assigned_cases(account)
        if left:
            more = " …" if left[5:] else ""
            raise AmparoError(
                f"{account.name} still has {len(left)} open cases: {', '.join(left[:5])}{more}."
                " Give them to somebody else first."
            )
        account.is_active = False
        account.save(update_fields=["is_active"])
        for table in (Post, Mandate):
            table._default_manager.filter(account=account, until__isnull=True).update(until=day)
            table._default_manager.filter(account=account, until__gt=day).update(until=day)
