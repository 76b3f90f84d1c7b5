from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from amparo.errors import AmparoError
from amparo.ledger import book
from amparo.people.models import Account


class Command(BaseCommand):
    help = "Let an account go: no more signing in, posts and seats end. Its open cases go to others first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        account = Account.objects.filter(username=options["username"]).first()
        if account is None:
            raise CommandError(f"There is no account {options['username']}.")
        try:
            book.deactivate(account, datetime.now(UTC).date())
        except AmparoError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{account.name} has left.")
