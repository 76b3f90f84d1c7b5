"""Who a case is about: what is asked of the person at a door, kept in the sealed store and never in the
case.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from amparo.desk.contact import reach
from amparo.desk.context import Control, Fault, Option, Pair, Row
from amparo.desk.drawing import control
from amparo.desk.reading import answer
from amparo.desk.typed import Drawing, Typed, Wrong, field_id, one, spread
from amparo.desk.words import code_title
from amparo.lens import is_authority, scope
from amparo.lens.sight import fact_class
from amparo.pathways.model import Pathway, Type
from amparo.people import matching, store
from amparo.people.matching import Candidate
from amparo.people.models import Person
from amparo.people.store import Channel, Record

DATE, YES_NO = Type("date"), Type("yes_no")
NEW = "new"


def called(typed: Typed) -> str:
    """The name the person wants used, else the one on papers."""
    return one(typed, "person.wanted") or one(typed, "person.name")


def rows(
    d: Drawing, typed: Typed, candidates: Sequence[Candidate] = (), *, speaks: bool = True
) -> tuple[Row, ...]:
    """Name, the name wanted, birth, how to reach the person, and in which language. speaks: not asked elsewhere
    on the form.
    """
    language = _language_type(d.pathway)
    found = [
        Row(
            _line("person.name", _("Name, as on papers"), typed),
            why=_("in any script; empty if it cannot be found out"),
        ),
        Row(_line("person.wanted", _("Name to use"), typed), why=_("if another is wanted")),
        Row(control(d, DATE, "person.born", _("Date of birth"), typed)),
        Row(_line("person.phone", _("Phone"), typed)),
        Row(
            control(d, YES_NO, "person.safe", _("Is it safe to ring or write there?"), typed),
            why=_("asked of the person"),
        ),
        Row(_line("person.address", _("Address"), typed)),
    ]
    if language is not None:
        found += [Row(control(d, language, "person.speaks", _("Speaks"), typed))] if speaks else []
        found.append(
            Row(control(d, language, "person.reads", _("Reads"), typed), why=_("letters go out in it"))
        )
    found.append(Row(control(d, YES_NO, "person.interpreter", _("Interpreter needed"), typed)))
    return (*found, *_same(typed, candidates))


def called_row(typed: Typed) -> Row:
    """The one line where nobody need say who they are."""
    why = _("a first name is enough; empty if they would rather not say; kept apart from the case")
    return Row(_line("person.wanted", _("What they are called"), typed), why=why)


def _language_type(pathway: Pathway) -> Type | None:
    codes = pathway.shared.get("vocabulary/languages")
    return Type("one_of", tuple(codes), "vocabulary/languages") if codes else None


def _line(name: str, label: str, typed: Typed) -> Control:
    return Control("line", name, field_id(name), label, one(typed, name))


def _same(typed: Typed, candidates: Sequence[Candidate]) -> tuple[Row, ...]:
    """Somebody here may be the same person: a human says so, or that it is another."""
    if not candidates:
        return ()
    chosen = one(typed, "person.same")
    options = [Option(c.person, c.record.called, chosen == c.person, note=_agrees(c)) for c in candidates]
    options.append(Option(NEW, _("None of these"), chosen == NEW))
    label = _("Is it one of these people?")
    drawn = Control("answers", "person.same", field_id("person.same"), label, options=tuple(options))
    return (Row(drawn, why=_("known here already; nothing is joined by itself")),)


def _agrees(c: Candidate) -> str:
    words = {"name": _("same name"), "born": _("same date of birth"), "phone": _("same phone")}
    return ", ".join(words[s] for s in c.same) or _("a name like it")


def may_match(pathway: Pathway, role: str) -> bool:
    """Only a role that reads the names of a site's cases is told that somebody is known already; no authority, where
    people are known who have not been asked.
    """
    if is_authority(pathway, role) and any(door.asks_first for door in pathway.doors.values()):
        return False
    return scope(pathway, role) in ("site", "programme") and fact_class(pathway, role, "identity")


def candidates(typed: Typed) -> tuple[Candidate, ...]:
    """Who may be the same person, nearest first; nobody while there is no name."""
    name = one(typed, "person.name")
    if not name:
        return ()
    return matching.candidates(Record(name=name, wanted=one(typed, "person.wanted"), born=_born_typed(typed)))


def _born_typed(typed: Typed) -> str:
    parts = [one(typed, f"person.born.{part}") for part in ("year", "month", "day")]
    written = "-".join(p.zfill(4 if n == 0 else 2) for n, p in enumerate(parts))
    try:
        store.ensure_record_holds(Record(born=written))
    except ValueError:
        return ""
    return written


def faults(d: Drawing, typed: Typed) -> tuple[Fault, ...]:
    """What is no answer among the person's fields."""
    found = []
    for type_, name in ((DATE, "person.born"), (YES_NO, "person.safe"), (YES_NO, "person.interpreter")):
        try:
            answer(d, type_, name, typed)
        except Wrong as wrong:
            found.append(Fault(wrong.field, str(wrong)))
    if not found:
        found += _record_faults(d, typed)
    return tuple(found)


def _record_faults(d: Drawing, typed: Typed) -> list[Fault]:
    try:
        store.ensure_record_holds(record(d, typed))
    except ValueError:
        long = [n for n in ("name", "wanted", "phone", "address") if len(one(typed, f"person.{n}")) > 200]
        name = long[0] if long else "born"
        words = _("This is longer than it can be kept") if long else _("Write a year of birth after 1890")
        return [Fault(field_id(f"person.{name}"), words)]
    return []


def record(d: Drawing, typed: Typed) -> Record:
    """The record that this typing makes. Empty is *not asked*."""
    phone = one(typed, "person.phone")
    safe = answer(d, YES_NO, "person.safe", typed)
    channels = (Channel("phone", phone, safe),) if phone else ()
    return Record(
        name=one(typed, "person.name"),
        wanted=one(typed, "person.wanted"),
        born=answer(d, DATE, "person.born", typed) or "",
        channels=channels,
        address=one(typed, "person.address"),
        speaks=_codes(typed, "speaks"),
        reads=_codes(typed, "reads"),
        interpreter=answer(d, YES_NO, "person.interpreter", typed),
    )


def _codes(typed: Typed, name: str) -> tuple[str, ...]:
    found = one(typed, f"person.{name}")
    return (found,) if found and not found.startswith("~") else ()


def keep(d: Drawing, typed: Typed, key: str) -> tuple[str, bool]:
    """The person's id, and whether it is new. The same form sent twice keeps one person."""
    chosen = one(typed, "person.same")
    known = {c.person for c in candidates(typed)} if chosen not in ("", NEW) else set()
    if chosen in known:
        return chosen, False
    made = record(d, typed)
    if made == Record():
        return "", False
    new = f"per-{key[:16]}"
    if Person.objects.filter(pk=new).exists():
        return new, False
    return store.keep(made, new), True


def forget(who: str, new: bool) -> None:
    """The case was not opened: a person kept for it alone is erased."""
    if who and new:
        store.erase(who)


def pairs(d: Drawing, typed: Typed) -> tuple[Pair, ...]:
    """The person as it will be kept, for reading back."""
    made = record(d, typed)
    languages = {
        n: ", ".join(code_title(d.pathway, "vocabulary/languages", x) for x in codes)
        for n, codes in (("speaks", made.speaks), ("reads", made.reads))
    }
    interpreter = {None: "", True: _("Yes"), False: _("No")}[made.interpreter]
    lines = (
        (_("Name, as on papers"), made.name, ""),
        (_("Name to use"), made.wanted, ""),
        (_("Date of birth"), d.show(DATE, made.born) if made.born else "", ""),
        *((_("Phone"), c.value, reach.safe_words(c)) for c in made.channels),
        (_("Address"), made.address, ""),
        (_("Speaks"), languages["speaks"], ""),
        (_("Reads"), languages["reads"], ""),
        (_("Interpreter needed"), interpreter, ""),
    )
    return tuple(Pair(label, words, note) for label, words, note in lines if words)


def as_typed(d: Drawing, made: Record) -> dict[str, list[str]]:
    """A record as if it had been typed, for changing it."""
    phone = next((c for c in made.channels if c.kind == "phone"), None)
    plain = {
        "name": made.name,
        "wanted": made.wanted,
        "address": made.address,
        "phone": phone.value if phone else "",
    }
    found = {f"person.{name}": [value] for name, value in plain.items() if value}
    found |= spread(d, DATE, "person.born", made.born or None) | spread(
        d, YES_NO, "person.interpreter", made.interpreter
    )
    found |= spread(d, YES_NO, "person.safe", phone.safe if phone else None)
    for name, codes in (("speaks", made.speaks), ("reads", made.reads)):
        found |= {f"person.{name}": [codes[0]]} if codes else {}
    return found
