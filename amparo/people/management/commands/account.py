import getpass
import sys
from argparse import ArgumentParser
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from amparo.people.models import Account, Mandate, Post, Site


class Command(BaseCommand):
    help = (
        "Make an account, or give one that is there a post, a seat or a new password."
        " The password is asked for, or read from standard input."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="as others see it")
        parser.add_argument("--email", default="")
        parser.add_argument("--language", default="en", choices=["en", "pt"])
        parser.add_argument(
            "--post", nargs=3, action="append", default=[], metavar=("SITE", "PROGRAMME", "ROLE")
        )
        parser.add_argument("--seat", nargs=2, action="append", default=[], metavar=("SITE", "BODY"))
        parser.add_argument("--quality", action="append", default=[], help="of the seats, for example jurist")
        parser.add_argument("--from", dest="since", help="first day of posts and seats (default: today)")
        parser.add_argument("--until", help="last day of posts and seats (default: open)")
        parser.add_argument("--password", action="store_true", help="ask for a new password")

    def handle(self, *args: Any, **options: Any) -> None:
        since = _day(options["since"]) or datetime.now(UTC).date()
        with transaction.atomic():
            account, made = _account(options)
            if made or options["password"]:
                _set_password(account)
            days = {"from_day": since, "until": _day(options["until"])}
            for site, programme, role in options["post"]:
                Post.objects.create(account=account, site=_site(site), programme=programme, role=role, **days)
            for site, body in options["seat"]:
                Mandate.objects.create(
                    account=account, site=_site(site), body=body, qualities=options["quality"], **days
                )
        self.stdout.write(f"Account {account.username} ({account.pk}) {'made' if made else 'changed'}.")


def _account(options: dict[str, Any]) -> tuple[Account, bool]:
    found = Account.objects.filter(username=options["username"]).first()
    if found:
        return found, False
    if not options["name"]:
        raise CommandError("A new account needs --name, as others see it.")
    kept = {name: options[name] for name in ("name", "email", "language")}
    return Account.objects.create_user(options["username"], **kept), True


def _set_password(account: Account) -> None:
    typed = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        validate_password(typed, account)
    except ValidationError as fault:
        raise CommandError(" ".join(fault.messages)) from fault
    account.set_password(typed)
    account.save(update_fields=["password"])


def _site(code: str) -> Site:
    found = Site.objects.filter(pk=code).first()
    if found is None:
        raise CommandError(f"There is no site {code}: make it with `amparo site`.")
    return found


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as fault:
        raise CommandError(f"{written} is not a day; write it as 2026-12-31.") from fault
