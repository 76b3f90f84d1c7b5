"""Writing down what a service told: its free places now, and how it works."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from amparo.desk.asking import line, pick_one
from amparo.desk.context import Fault, Form, Row
from amparo.desk.scene import Scene
from amparo.desk.services.known import takes
from amparo.desk.typed import Typed, field_id, one
from amparo.people import services
from amparo.people.models import Account, Office, Practice, Vacancy

MOST = 9999
LONGEST_WHAT, LONGEST_LINE = 60, 200
"""Letters."""


def free_rows(scene: Scene, mark: str, what: str = "") -> tuple[Row, ...]:
    """How many, of what. mark: tells the fields of one service from those of another."""
    return (
        line(scene, f"free{mark}", _("Free now"), _("a number; 0 if full")),
        line(scene, f"what{mark}", _("Of what"), what or _("beds, rooms, hours")),
    )


def free_form(scene: Scene, office: Office, own: bool) -> Form:
    """What a service says is free at this hour."""
    title = _("Say what is free now") if own else _("They told us what is free")
    return Form(
        "free",
        title,
        _("Write it down"),
        free_rows(scene, f".{office.pk}"),
        "go",
        hidden=(("office", office.pk),),
        shut=not own,
        open=one(scene.typed, "office") == office.pk and one(scene.typed, "then") == "free",
    )


def practice_form(scene: Scene, office: Office, held: Practice | None) -> Form:
    """Whom it takes, when it is open, how to get there, who speaks what; as it stands now, to be changed."""
    drawn = scene if one(scene.typed, "then") == "practice" else _filled(scene, office, held)
    return Form(
        "practice",
        _("How they work"),
        _("Write it down"),
        tuple(_practice_rows(drawn, office.pk)),
        hidden=(("office", office.pk),),
        open=one(scene.typed, "office") == office.pk and one(scene.typed, "then") == "practice",
    )


def _filled(scene: Scene, office: Office, held: Practice | None) -> Scene:
    """The form as what is held fills it in."""
    if held is None:
        return scene
    typed: Typed = {
        f"way.{office.pk}": [held.way],
        f"speaks.{office.pk}": [held.speaks],
        **{f"{group}.{office.pk}": [text or "-"] for group, text in held.hours.items()},
        **{f"takes.{code}.{office.pk}": ["yes" if yes else "no"] for code, yes in held.takes.items()},
    }
    return replace(scene, typed=typed)


def _practice_rows(scene: Scene, office: str) -> Iterable[Row]:
    answers = (("yes", _("Yes")), ("no", _("No")), ("", _("Not known")))
    for code, title in takes().items():
        yield pick_one(scene, f"takes.{code}.{office}", _("Takes people %(who)s") % {"who": title}, answers)
    titles = {"week": _("Monday to Friday"), "sat": _("Saturday"), "sun": _("Sunday")}
    for group in services.GROUPS:
        yield line(
            scene, f"{group}.{office}", titles[group], _("08:00-20:00; - if closed; empty if not known")
        )
    yield line(scene, f"speaks.{office}", _("Languages spoken"))
    yield line(scene, f"way.{office}", _("How to get there"), _("8 min on foot, bus 4"))


# ------------------------------------------------------------------------------------------------ written
def write_free(office: Office, typed: Typed, mark: str, now: int, by: Account | None) -> Fault | None:
    """A number with its hour; what is to be mended, if it is none."""
    wrong = free_fault(typed, mark)
    if wrong is None:
        what = one(typed, f"what{mark}").strip()[:LONGEST_WHAT]
        Vacancy.objects.create(office=office, free=int(one(typed, f"free{mark}")), what=what, at=now, by=by)
    return wrong


def free_fault(typed: Typed, mark: str) -> Fault | None:
    """What is to be mended, if the number of free places is none."""
    said = one(typed, f"free{mark}").strip()
    if said.isascii() and said.isdigit() and int(said) <= MOST:
        return None
    return Fault(field_id(f"free{mark}"), _("Write how many are free now: 0, 1, 2 …"))


def write_practice(office: Office, typed: Typed, now: int, by: Account | None) -> Fault | None:
    """How it works, as it was told now: what is left empty is not known any more."""
    hours: dict[str, str] = {}
    for group in services.GROUPS:
        said = one(typed, f"{group}.{office.pk}").strip()
        if not said:
            continue
        try:
            hours[group] = "" if services.span(said.strip("-–")) is None else said
        except ValueError:
            words = _("Write the hours as 08:00-20:00, or - if it is closed that day")
            return Fault(field_id(f"{group}.{office.pk}"), words)
    told = {code: one(typed, f"takes.{code}.{office.pk}") for code in takes()}
    Practice.objects.update_or_create(
        office=office,
        defaults={
            "takes": {code: said == "yes" for code, said in told.items() if said in ("yes", "no")},
            "hours": hours,
            "speaks": one(typed, f"speaks.{office.pk}").strip()[:LONGEST_LINE],
            "way": one(typed, f"way.{office.pk}").strip()[:LONGEST_LINE],
            "at": now,
            "by": by,
        },
    )
    return None
