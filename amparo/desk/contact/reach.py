"""How to reach the person, safely and in which words: kept in the sealed store, drawn only where the lens lets
`contact` through, put right by who may see it. The case is told that it changed, never to what.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from amparo.desk import acts, drawing
from amparo.desk.acts import CaseDesk, Sent
from amparo.desk.asking import DATE, line, pick_one
from amparo.desk.context import Form, Nothing, Pair, RefusalLines, Row
from amparo.desk.scene import Scene
from amparo.desk.typed import Typed, field_id, one
from amparo.desk.words import code_title
from amparo.people import store
from amparo.people.store import Channel, Record

LANGUAGES = "vocabulary/languages"
KEPT = ("phone", "hours", "address")
"""Fields of the form that are kept as they are typed."""


def shown(desk: CaseDesk) -> Record | None:
    """The record, if this role may see how to reach the person; None otherwise, and where nobody is kept."""
    return desk.seen.record if desk.seen.view.contact else None


# ------------------------------------------------------------------------------------------------ drawn
def pairs(scene: Scene, record: Record) -> tuple[Pair, ...]:
    """Phone and its safety first, then hours, address, languages, interpreter; what was not asked says so."""
    phone = _phone(record)
    return (
        *((Pair(_("Date of birth"), _day(scene, record.born)),) if record.born else ()),
        _pair(_("Phone"), phone.value if phone else "", safe_words(phone) if phone else ""),
        *((_pair(_("When to ring"), phone.hours),) if phone else ()),
        *(
            Pair(_kind(c), c.value, safe_words(c))
            for c in record.channels
            if c is not phone and c.value != record.address
        ),
        _pair(_("Address"), record.address),
        _pair(_("Speaks"), _languages(scene, record.speaks)),
        _pair(_("Reads"), _languages(scene, record.reads)),
        _pair(_("Interpreter needed"), _yes_no(record.interpreter)),
    )


def safe_words(channel: Channel) -> str:
    """Whether it is safe to ring or write there, as the person said."""
    return {
        True: _("safe to ring or write there"),
        False: _("not safe: do not ring or write there"),
        None: _("whether it is safe was not asked: ask before a message is left"),
    }[channel.safe]


def _phone(record: Record) -> Channel | None:
    return next((c for c in record.channels if c.kind == "phone"), None)


def _kind(channel: Channel) -> str:
    words = {"text": _("Text message"), "email": _("Electronic mail"), "through": _("Through somebody")}
    return words.get(channel.kind, _("Another way"))


def _day(scene: Scene, born: str) -> str:
    return scene.d.show(DATE, born)


def _languages(scene: Scene, codes: Iterable[str]) -> str:
    return ", ".join(code_title(scene.pathway, LANGUAGES, c) for c in codes)


def _yes_no(said: bool | None) -> str:
    return "" if said is None else _("Yes") if said else _("No")


def _pair(label: str, words: str, note: str = "") -> Pair:
    return Pair(label, words, note) if words else Pair(label, nothing=Nothing("ask", _("Not asked yet")))


# ------------------------------------------------------------------------------------------------ put right
def form(desk: CaseDesk, record: Record) -> Form:
    """What is kept, ready to be put right."""
    scene = replace(desk.scene, typed=desk.typed if _typed(desk) else as_typed(record))
    return Form(
        "reach",
        _("Put right how to reach the person"),
        _("Put it right"),
        tuple(rows(scene)),
        said=_("Ask the person. The case says that it changed, by whom and when, not to what."),
        shut=not _typed(desk),
    )


def _typed(desk: CaseDesk) -> bool:
    return one(desk.typed, "then") == "reach"


def rows(scene: Scene) -> Iterable[Row]:
    """The fields of how somebody is reached, as they were typed."""
    said = (("yes", _("Yes")), ("no", _("No")), ("", _("Not asked")))
    chosen = {one(scene.typed, f"reach.{name}") for name in ("speaks", "reads")}
    languages = tuple(drawing.languages(scene.d, scene.pathway.shared.get(LANGUAGES, {}), chosen))
    yield line(scene, "reach.phone", _("Phone"))
    yield pick_one(
        scene, "reach.safe", _("Is it safe to ring or write there?"), said, _("asked of the person")
    )
    yield line(scene, "reach.hours", _("When to ring"), _("in the person’s words"))
    yield line(scene, "reach.address", _("Address"))
    if languages:
        yield pick_one(scene, "reach.speaks", _("Speaks"), languages)
        yield pick_one(scene, "reach.reads", _("Reads"), languages, _("letters go out in it"))
    yield pick_one(scene, "reach.interpreter", _("Interpreter needed"), said)


def as_typed(record: Record) -> Typed:
    """A record as if it had been typed."""
    phone = _phone(record)
    found = {
        "phone": phone.value if phone else "",
        "safe": _said(phone.safe) if phone else "",
        "hours": phone.hours if phone else "",
        "address": record.address,
        "speaks": next(iter(record.speaks), ""),
        "reads": next(iter(record.reads), ""),
        "interpreter": _said(record.interpreter),
    }
    return {f"reach.{name}": [words] for name, words in found.items()}


def _said(answer: bool | None) -> str:
    return "" if answer is None else "yes" if answer else "no"


def changed(record: Record, typed: Typed) -> Record:
    """The record with what was typed; ways of reaching beside the phone, and second languages, stay."""
    got = {n: one(typed, f"reach.{n}") for n in (*KEPT, "safe", "speaks", "reads", "interpreter")}
    others = tuple(c for c in record.channels if c is not _phone(record))
    phone = Channel("phone", got["phone"], _heard(got["safe"]), got["hours"], _note(record))
    return replace(
        record,
        channels=(phone, *others) if got["phone"] else others,
        address=got["address"],
        speaks=_first(got["speaks"], record.speaks),
        reads=_first(got["reads"], record.reads),
        interpreter=_heard(got["interpreter"]),
    )


def _note(record: Record) -> str:
    phone = _phone(record)
    return phone.note if phone else ""


def _heard(said: str) -> bool | None:
    return {"yes": True, "no": False}.get(said)


def _first(code: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The language chosen, before the others that are known; the first known one gives way to it."""
    return tuple(dict.fromkeys(x for x in (code, *known[1:]) if x))


def put_right(desk: CaseDesk) -> Sent:
    """The store is changed, and the case notes that it was. Refused, nothing is changed."""
    record = shown(desk)
    if record is None or not desk.seen.person:
        return acts.NOTHING_SENT
    new = changed(record, desk.typed)
    if new == record:
        return Sent(None, (_no(_("Nothing differs from what is kept."), _("Change a field, or go back.")),))
    try:
        store.ensure_record_holds(new)
    except ValueError:
        return Sent(None, (_no(_("A field is longer than it can be kept."), _("Shorten it: 200 letters.")),))
    sent = acts.send(desk, "change_channel", {"channel": "phone"}, "how to reach the person")
    if sent.done:
        store.change(desk.seen.person, new)
    return sent


def _no(why: str, instead: str) -> RefusalLines:
    what = _("How to reach the person cannot be changed so.")
    return RefusalLines(what, why, instead, field=field_id("reach.phone"))
