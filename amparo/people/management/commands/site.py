from argparse import ArgumentParser
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management.base import BaseCommand, CommandError

from amparo.people.models import Area, Site


class Command(BaseCommand):
    help = "Make a site, or change its name and zone; add the areas that it is competent for."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="short and for good, for example lisboa")
        parser.add_argument("name", help="as it stands on letters")
        parser.add_argument("zone", help="for example Europe/Lisbon or Atlantic/Azores")
        parser.add_argument("--address", default="")
        parser.add_argument("--phone", default="")
        parser.add_argument(
            "--area", action="append", default=[], metavar="CODE=TITLE", help="may be repeated"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            ZoneInfo(options["zone"])
        except (ZoneInfoNotFoundError, ValueError) as fault:
            raise CommandError(f"{options['zone']} is no time zone; write one as Europe/Lisbon.") from fault
        kept = {name: options[name] for name in ("name", "zone", "address", "phone")}
        site, made = Site.objects.update_or_create(code=options["code"], defaults=kept)
        for written in options["area"]:
            code, _, title = written.partition("=")
            Area.objects.update_or_create(
                site=site, code=code, defaults={"title": dict.fromkeys(("en", "pt"), title or code)}
            )
        self.stdout.write(f"Site {site.code} {'made' if made else 'changed'}.")
