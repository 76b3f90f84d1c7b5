"""By which profile a site does a programme: chosen with its source and a date. New cases open under it, open ones keep
what they have.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from amparo.desk.asking import line, of_type
from amparo.desk.context import Control, Fault, Form, Option, Pair, Row, Section
from amparo.desk.reading import answer
from amparo.desk.scene import Scene
from amparo.desk.typed import Typed, field_id, one
from amparo.desk.where import Here
from amparo.desk.words import pick
from amparo.ledger import definitions
from amparo.pathways import calendar, reader
from amparo.pathways.model import Type
from amparo.people import staff
from amparo.people.models import SettingEntry

DATE = Type("date")
CHOICE, SOURCE, FROM, OF = "profile", "profile.source", "profile.from", "profile.of"


def profiles(at: Here) -> tuple[str, ...]:
    """The profiles that the programme has."""
    return reader.profiles(at.post.programme, definitions.folders())


def section(at: Here, scene: Scene, may_enter: bool) -> tuple[Section, ...]:
    """What is chosen, and for who may, the form to choose; nothing for a programme without profiles."""
    known = profiles(at)
    if not known:
        return ()
    entry = staff.entered(at.site, at.post.programme, _today(at)).get(staff.PROFILE)
    chosen = entry.value if entry else ""
    note = _("from %(day)s · %(source)s, %(dated)s · %(who)s") % {
        "day": entry.from_day.isoformat(), "source": entry.source, "dated": entry.source_date.isoformat(),
        "who": entry.by.name,
    } if entry else ""  # fmt: skip
    said = title(at, chosen) if chosen else _("as it is written")
    forms = (_form(at, scene, known, chosen),) if may_enter else ()
    return (
        Section(_("How this is done here"), pairs=(Pair(_("Profile"), said, note),), forms=forms),
    )


def title(at: Here, profile: str) -> str:
    """The title of the programme as a profile has it."""
    found = definitions.pathway_of(at.post.programme, profile=profile)
    return pick(found.title, profile or found.id)


def _form(at: Here, scene: Scene, known: tuple[str, ...], chosen: str) -> Form:
    options = tuple(Option(name, title(at, name), name == chosen) for name in known)
    rows = (
        Row(Control("answers", CHOICE, field_id(CHOICE), _("Profile"), options=options)),
        line(scene, SOURCE, _("Source"), _("act, order or decision, with its number")),
        of_type(scene, DATE, OF, _("Date of the source")),
        of_type(scene, DATE, FROM, _("Holds from"), _("today, if left out")),
    )
    return Form("profile", _("Choose a profile"), _("Choose"), rows)


def choose(at: Here, typed: Typed) -> tuple[tuple[Fault, ...], str]:
    """A dated choice with its source: what is wrong with it, or what is said of it."""
    profile, source = one(typed, CHOICE), one(typed, SOURCE)
    from_day, dated = (answer(at.drawing, DATE, name, typed) for name in (FROM, OF))
    if profile not in profiles(at) or not source or not dated:
        words = _("Choose one of the profiles shown, with its source and the date of the source")
        return (Fault(field_id(CHOICE), words),), ""
    SettingEntry.objects.create(
        site=at.post.site,
        programme=at.post.programme,
        name=staff.PROFILE,
        value=profile,
        source=source[:300],
        by=at.account,
        from_day=date.fromisoformat(from_day) if from_day else _today(at),
        source_date=date.fromisoformat(dated),
    )
    said = _("Chosen: %(what)s. New cases open under it from that day on; open ones keep theirs.")
    return (), said % {"what": title(at, profile)}


def _today(at: Here) -> date:
    return calendar.day_of(at.now, at.zone)
