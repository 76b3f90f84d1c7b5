"""Letters: rendered when first opened or handed over, and kept; every later look gives those same bytes."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

from django.conf import settings

from amparo.cases import letters as fields
from amparo.cases.about import other_people
from amparo.cases.letters import Filled, Paper
from amparo.cases.model import Letter, Refusal, Request
from amparo.errors import AmparoError, KeyDestroyed, NotPermitted
from amparo.ledger import casefile, desks, kept, log, looking, looks, others, papers, printing, writing
from amparo.ledger.casefile import CaseFile
from amparo.lens import View
from amparo.pathways import reader, shown
from amparo.pathways.model import Pathway
from amparo.people import country, models, store
from amparo.people.models import Account
from amparo.people.store import Record

Naming = Callable[[Record], str]


class CannotPrint(AmparoError):
    """A letter lacks something that it must say; it does not print with a gap.

    missing: names of the fields, as the definition lists them. titles: the same in words.
    """

    def __init__(self, missing: tuple[str, ...], titles: tuple[str, ...]) -> None:
        self.missing, self.titles = missing, titles
        super().__init__(
            f"This letter does not print yet: {', '.join(titles)} is not entered. Enter it, and open it again."
        )


def pdf(
    actor: Account, case_id: str, letter_id: str, language: str, *, role: str = "", now: int | None = None
) -> bytes:
    """The letter as PDF: the bytes kept, or those rendered now and kept from now on. The look is logged.

    language: used where the addressee reads none of the definition's languages. Raises `NotPermitted`,
    `CannotPrint`, `printing.NoFont`, `KeyDestroyed`.
    """
    at = int(time.time()) if now is None else now
    held = casefile.load(case_id, now=at)
    viewer = looking.seen_as(held, actor, role, at)
    drawn = looking.draw(held, actor, viewer, at)
    copy = _copy(held, drawn, letter_id)
    there = kept.letter_bytes(case_id, letter_id, _their_key(held, copy))
    content = there if there is not None else _made(actor, held, copy, drawn.role, language, at)
    row = {"role": viewer.role, "what": "letter", "purpose": copy.letter}
    looks.note_case(actor.pk, case_id, held.log.keys[max(held.log.keys)], at, row)
    return content


def _copy(held: CaseFile, drawn: View, letter_id: str) -> Letter:
    """The copy, if the lens lets this viewer see it."""
    if letter_id not in [one.id for one in drawn.letters]:
        raise NotPermitted(log.NOT_HERE)
    return held.case.letters[letter_id]


def _their_key(held: CaseFile, copy: Letter) -> bytes | None:
    """The key under which a copy to another person in the case is kept: their own. None for every other copy."""
    if copy.to not in other_people(held.pathway):
        return None
    one = others.present(held.log.others, copy.to)
    if one is None:
        raise KeyDestroyed("What was written to this person was erased: their key has been destroyed.")
    return one.key


def _made(actor: Account, held: CaseFile, copy: Letter, role: str, language: str, at: int) -> bytes:
    """Render, keep, and write that it was made. Two people at once: the first bytes kept are the letter."""
    spoken = language_of(held.pathway, addressee(held, copy), language)
    content = render(held, copy, spoken, at)
    kept.keep_letter(held.case.id, copy.id, content, _their_key(held, copy))
    if copy.state == "due":
        request = Request("make", actor.pk, role, args={"id": copy.id, "language": spoken})
        done = writing.record(actor, held.case.id, request, f"letter made {held.case.id} {copy.id}", now=at)
        if isinstance(done, Refusal):
            raise AmparoError(done.sentence.get(language) or done.code)
    return content


# ----------------------------------------------------------------------------------------------- what it says
def render(held: CaseFile, copy: Letter, language: str, at: int) -> bytes:
    """The PDF of one copy. Raises `CannotPrint` with what is lacking.

    A name that no font has is printed as it was typed in Latin letters; without that, `printing.NoFont` asks
    for it.
    """
    try:
        return _printed(held, copy, language, at, _name)
    except printing.NoFont:
        if not any(one.transliteration for one in _people(held, copy)):
            raise
        return _printed(held, copy, language, at, _transliterated)


def _printed(held: CaseFile, copy: Letter, language: str, at: int, name: Naming) -> bytes:
    site = models.Site.objects.get(pk=held.site.code)
    filled = fields.fill(held.pathway, held.site, held.case, copy, _paper(held, site, name), language, at)
    if filled.missing:
        raise CannotPrint(filled.missing, tuple(_title(held.pathway, m, language) for m in filled.missing))
    data = _data(held, copy, site, _head(held, copy, name), filled, language, at)
    return printing.pdf(_template(held.pathway, copy.letter, language), data, at)


def _data(
    held: CaseFile,
    copy: Letter,
    site: models.Site,
    to: dict[str, Any],
    filled: Filled,
    language: str,
    at: int,
) -> dict[str, Any]:
    letter = held.pathway.letters[copy.letter]
    return {
        "language": language, "fields": filled.fields, "title": letter.title[language], "members": filled.members,
        "office": {"name": site.name, "address": " · ".join(x for x in (site.address, site.phone) if x)},
        "case": desks.number(held.case.id), "date": shown.show_date(papers.day_at(site.zone, at), language),
        "to": to, "training": settings.AMPARO_TRAINING, "draft": letter.draft,
        "law": fields.law(held.pathway, held.case, copy, language, at), "paper": country.paper(site.zone),
    }  # fmt: skip


def _paper(held: CaseFile, site: models.Site, name: Naming) -> Paper:
    """What comes from outside the case. `person.…` is the person of the case, whoever the letter goes to."""
    person = _fetched(held.log.person)
    known = {
        "site.name": site.name, "site.address": site.address, "site.phone": site.phone,
        "person.name": name(person) if person else "", "person.address": person.address if person else "",
        "case.number": desks.number(held.case.id),
    }  # fmt: skip
    here = (held.case.sitting,) if held.case.sitting else ()
    sat = {who for sitting in (*held.case.sittings, *here) for who in sitting.present}
    names = dict(Account.objects.filter(pk__in=sat).values_list("pk", "name"))
    return Paper(known, names)


def _head(held: CaseFile, copy: Letter, name: Naming) -> dict[str, Any]:
    """Who the copy goes to, as the letter's head shows them."""
    record = addressee(held, copy)
    if record is not None:
        title = next(iter(held.pathway.roles[copy.to].title.values()), copy.to)
        shown_name = name(record) or (title if copy.to in other_people(held.pathway) else "")
        # Where the person lives stands on the envelope: who may read a letter may not always read an address.
        return {"name": shown_name, "called": shown_name, "address": "", "person": True}
    office = models.Office.objects.filter(site=held.site.code, role=copy.to).order_by("pk").first()
    title = next(iter(held.pathway.roles[copy.to].title.values()), copy.to)
    address = office.address if office else ""
    return {"name": office.name if office else title, "called": "", "address": address, "person": False}


def addressee(held: CaseFile, copy: Letter) -> Record | None:
    """The record of who the copy goes to, where they are a person."""
    person = _fetched(held.log.person)
    kind = held.pathway.roles[copy.to].is_
    if copy.to in other_people(held.pathway):
        one = others.present(held.log.others, copy.to)
        return _fetched(one.person) if one else None
    return person if kind == "person" else _of(person, kind)


def _people(held: CaseFile, copy: Letter) -> list[Record]:
    """Everybody whose name may stand in the copy."""
    return [one for one in (_fetched(held.log.person), addressee(held, copy)) if one is not None]


def _of(person: Record | None, kind: str) -> Record | None:
    """The representative or defender who has a record of their own."""
    if person is None or kind not in ("supporter", "lawyer"):
        return None
    return _fetched(person.representative if kind == "supporter" else person.defender)


def _fetched(person: str) -> Record | None:
    return store.fetch(person) if person else None


def _name(record: Record) -> str:
    """The name as on papers; with the typed transliteration behind it where one was given."""
    return f"{record.name} ({record.transliteration})" if record.transliteration else record.name


def _transliterated(record: Record) -> str:
    return record.transliteration or record.name


def language_of(pathway: Pathway, record: Record | None, otherwise: str) -> str:
    """The first language that the addressee reads and the definition is complete in."""
    reads = record.reads if record else ()
    return next((one for one in reads if one in pathway.languages), otherwise)


def _title(pathway: Pathway, name: str, language: str) -> str:
    """A field of a letter in words."""
    head, _, rest = name.partition(" ")
    tables: dict[str, Any] = {"setting": pathway.settings, "clock": pathway.clocks}
    element = tables[head].get(rest) if head in tables else pathway.facts.get(name)
    return (element.title.get(language) if element else "") or name.replace("_", " ").replace(".", " ")


def _template(pathway: Pathway, letter: str, language: str) -> bytes:
    """The words of a letter: the site's own folder first, then what is shipped."""
    name, folder = f"{letter}.{language}.typ", reader.letters_of(pathway, letter)
    own = [Path(one) / pathway.id / folder / name for one in settings.AMPARO_PROGRAMMES]
    found = next((path for path in own if path.exists()), None)
    shipped = resources.files("amparo.programmes") / pathway.id / folder / name
    if found is None and not shipped.is_file():
        raise AmparoError(f"The letter {letter} has no words in {language}: {name} is missing.")
    return found.read_bytes() if found else shipped.read_bytes()
