"""What services of the world told of themselves before the first case: free places with their hour, whom they take."""

from __future__ import annotations

from datetime import date
from typing import Any

from amparo.errors import AmparoError
from amparo.people.models import Office, Practice, Vacancy
from amparo.training import times
from amparo.training.times import When
from amparo.training.world import Written

OFTEN = ("takes", "hours", "speaks", "way")


def tell(office: Office, written: Written, today: date) -> None:
    """Write what the office is said to have told. Raises `AmparoError` for an hour that is none."""
    if "free" in written:
        told: Written = written["free"]
        at = _at(office, told["at"], today)
        Vacancy.objects.create(office=office, free=int(told["n"]), what=told.get("what", ""), at=at)
    if any(name in written for name in OFTEN):
        texts: dict[str, Any] = {
            name: written[name] for name in ("hours", "speaks", "way") if name in written
        }
        takes = {code: said == "yes" for code, said in written.get("takes", {}).items()}
        at = _at(office, "day -20 10:00", today)
        Practice.objects.create(office=office, takes=takes, at=at, **texts)


def _at(office: Office, written: str, today: date) -> int:
    at = times.instant(written, When(today, office.site.zone))
    if at is None:
        raise AmparoError(f"{office.name}: {written} is no time.")
    return at
