"""The four answers of a service: what each asks, and what was typed, read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from amparo.desk.answer.context import Choice
from amparo.desk.asking import DATE, line, of_type, pick_one, words
from amparo.desk.context import Audience, Fault, Row
from amparo.desk.reading import answer
from amparo.desk.scene import Scene
from amparo.desk.services import telling
from amparo.desk.typed import Typed, Wrong, field_id, one
from amparo.desk.words import pick
from amparo.people.models import Office

ANSWERS = ("accepted", "waiting", "declined", "call")
REASONS = "vocabulary/answers"
NOT_A_SERVICES = ("not_wanted", "goal_reached", "moved_away")
"""Reasons of that list for which help ends; none for which a service says no."""
LONGEST_LINE, LONGEST_WORDS = 200, 2000
"""Letters."""
PARTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "accepted": (("accepted.hour", "hour"), ("accepted.where", "where"), ("accepted.who", "said_by")),
    "waiting": (("waiting.place", "place"),),
    "declined": (("declined.reason", "reason"), ("declined.who", "said_by")),
    "call": (("call.where", "where"), ("call.who", "said_by")),
}
"""Of each answer: its fields, and under which name each is written."""
DAYS = {"accepted": "accepted.next", "waiting": "waiting.next", "declined": "declined.next"}


def choices(scene: Scene) -> tuple[Choice, ...]:
    """In the order in which they are read: yes, later, no, ask us."""
    titles = {
        "accepted": (_("Yes, the person can come"), _("From which day and hour, where, and whom to ask for")),
        "waiting": (
            _("There is a waiting list"),
            _("We tell the person the place and the day. The wait never counts against them"),
        ),
        "declined": (_("Not us"), _("Why, who says so, and for how long")),
        "call": (
            _("Please call us first"),
            _("A number and an hour. It is no answer yet: we call you, and you answer then"),
        ),
    }
    chosen = one(scene.typed, "answer")
    return tuple(Choice(name, *titles[name], name == chosen, tuple(_rows(scene, name))) for name in ANSWERS)


def _rows(scene: Scene, name: str) -> Iterable[Row]:
    if name == "accepted":
        yield of_type(scene, DATE, "accepted.next", _("From which day"))
        yield line(scene, "accepted.hour", _("At what hour"))
        yield line(scene, "accepted.where", _("Where"))
        yield line(scene, "accepted.who", _("Whom to ask for"))
    elif name == "waiting":
        yield line(scene, "waiting.place", _("Place on the list"), _("if there is one"))
        yield of_type(scene, DATE, "waiting.next", _("A place about"), _("leave it empty if not known"))
    elif name == "declined":
        yield pick_one(scene, "declined.reason", _("Why"), reasons(scene))
        yield line(scene, "declined.who", _("Who says so"), _("a desk or an office is enough"))
        yield of_type(scene, DATE, "declined.next", _("Ask again from"), _("leave it empty if never"))
    else:
        yield line(scene, "call.where", _("Number and hour"))
        yield line(scene, "call.who", _("Whom to ask for"))


def reasons(scene: Scene) -> tuple[tuple[str, str], ...]:
    """Why a service says no, by code."""
    known = scene.pathway.shared.get(REASONS, {})
    return tuple((c, pick(title, c)) for c, title in known.items() if c not in NOT_A_SERVICES)


def words_row(scene: Scene, readers: Audience) -> Row:
    """The service's own words."""
    return words(scene, "words", _("Something the person should know"), readers, _("if you like"))


# ------------------------------------------------------------------------------------------------ free places
def free_faults(scene: Scene) -> tuple[Fault, ...]:
    """What has to be put right in the number of free places; none where none is said."""
    wrong = telling.free_fault(scene.typed, "") if one(scene.typed, "free").strip() else None
    return (wrong,) if wrong else ()


def write_free(scene: Scene, office: Office) -> None:
    """The free places, if the service said how many: of the service, and of nobody in particular."""
    if one(scene.typed, "free").strip():
        telling.write_free(office, scene.typed, "", scene.clock.now, None)


# ------------------------------------------------------------------------------------------------ read
def read(scene: Scene) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """The answer as it is written, and what has to be put right before it can be."""
    said = one(scene.typed, "answer")
    if said not in ANSWERS:
        return {}, (Fault(first_id(), _("Choose one of the four answers.")),)
    args: dict[str, Any] = {"answer": said}
    for field, name in PARTS[said]:
        args[name] = one(scene.typed, field)
    day, wrong = _day(scene, said)
    args |= {"next": day, "words": (scene.typed.get("words") or ("",))[-1].strip()}
    args["where"] = ", ".join(x for x in (args.pop("hour", ""), args.get("where", "")) if x)
    return {k: v for k, v in args.items() if v}, (*wrong, *_faults(scene, said))


def first_id() -> str:
    return field_id("answer.accepted")


def _day(scene: Scene, said: str) -> tuple[str, tuple[Fault, ...]]:
    """The day that goes with an answer, '' if none was typed."""
    field = DAYS.get(said, "")
    try:
        found = answer(scene.d, DATE, field, scene.typed) if field else None
    except Wrong as wrong:
        return "", (Fault(wrong.field, str(wrong)),)
    return str(found) if isinstance(found, str) else "", ()


def _faults(scene: Scene, said: str) -> Iterable[Fault]:
    typed: Typed = scene.typed
    if said == "declined" and one(typed, "declined.reason") not in dict(reasons(scene)):
        yield Fault(field_id("declined.reason"), _("Choose why not."))
    if said == "call" and not one(typed, "call.where"):
        yield Fault(field_id("call.where"), _("Write the number to call, and when."))
    for field, _name in PARTS[said]:
        if len(one(typed, field)) > LONGEST_LINE:
            yield Fault(field_id(field), _("This is too long: %(n)s letters at most.") % {"n": LONGEST_LINE})
    if len((typed.get("words") or ("",))[-1]) > LONGEST_WORDS:
        yield Fault(field_id("words"), _("This is too long: %(n)s letters at most.") % {"n": LONGEST_WORDS})
