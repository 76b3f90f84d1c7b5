"""What stands in a letter: its listed fields as texts in the letter's language, or the names of those that
are lacking.

A letter prints only what it lists. With a field unset or not known it does not print at all: the names come
back instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from amparo.cases import clocks, read, words
from amparo.cases.model import Case, Letter, Site, Taken
from amparo.cases.requests.consents import law_adds
from amparo.cases.story import in_words, word
from amparo.pathways import calendar, courts, shown, values
from amparo.pathways.model import Pathway, Type

INSTANT, DATE = Type("instant"), Type("date")
MINUTE = 60


class Paper(NamedTuple):
    """What a letter needs from outside the case, as texts: `site.…`, `person.…`, `case.…` by name, and who
    sat.
    """

    outside: Mapping[str, str]
    names: Mapping[str, str]  # account id -> name, of members


class Filled(NamedTuple):
    """fields: name as listed -> text. missing: names that have no value yet; then the letter does not print."""

    fields: Mapping[str, str]
    missing: tuple[str, ...]
    members: tuple[str, ...]


def fill(
    pathway: Pathway, site: Site, case: Case, copy: Letter, paper: Paper, language: str, t: int
) -> Filled:
    """The fields of this copy in this language, as they stand at t (epoch seconds)."""
    listed = pathway.letters[copy.letter].fields
    texts = {name: _field(pathway, site, case, copy, paper, name, language, t) for name in listed}
    shown = {n: x for n, x in texts.items() if x}
    sat = _members(case, copy, paper) if "body.members" in listed else ()
    return Filled(shown, tuple(n for n in listed if n not in shown), sat)


def _field(
    pathway: Pathway, site: Site, case: Case, copy: Letter, paper: Paper, name: str, language: str, t: int
) -> str:
    head, _, rest = name.partition(" ")
    if head == "term" and rest:
        return _term(pathway, site, case, copy, rest, language)
    if head == "setting" and rest:
        return _setting(pathway, site, case, rest, language)
    if head == "clock" and rest:
        return _clock(site, case, rest, language, t)
    if name.startswith("obligations."):
        return _obligations(pathway, site, case, name.partition(".")[2], language)
    if name == "case.phase":
        return _phase(pathway, case, copy, language)
    if name in OF_THE_CASE:
        return _of_case(pathway, site, case, name, language)
    if name == "body.members":
        return ", ".join(_members(case, copy, paper))
    if name.startswith("step."):
        return _step(pathway, site, case, copy, name.partition(".")[2], language)
    return paper.outside.get(name, "") if "." in name else _fact(pathway, site, case, copy, name, language, t)


def show(pathway: Pathway, site: Site, type_: Type, plain: Any, language: str) -> str:
    """A plain value in words, with the titles of its codes and the site's time zone."""
    return (
        ""
        if plain is None
        else shown.show(type_, plain, language, shown.titles_of(pathway, site.areas), site.zone)
    )


def _fact(pathway: Pathway, site: Site, case: Case, copy: Letter, name: str, language: str, t: int) -> str:
    """The hour of a letter is the one for which it fell due, whatever was set since."""
    if name == pathway.letters[copy.letter].hour and copy.hour is not None:
        return show(pathway, site, INSTANT, copy.hour, language)
    return show(pathway, site, pathway.facts[name].type, read.value(case, name, t), language)


def _taken(case: Case, copy: Letter) -> tuple[str, Taken] | None:
    """The step that made this copy fall due, by its sequence number."""
    return next(((s, x) for s, all_ in case.taken.items() for x in all_ if x.seq == copy.step_seq), None)


def _term(pathway: Pathway, site: Site, case: Case, copy: Letter, reference: str, language: str) -> str:
    step, _, term = reference.partition(".")
    step = case.last.get(step, step)
    taken = case.taken.get(step, ())
    type_ = (
        pathway.steps[step].terms[term].type
        if step in pathway.steps and term in pathway.steps[step].terms
        else None
    )
    return show(pathway, site, type_, taken[-1].terms.get(term), language) if taken and type_ else ""


def _setting(pathway: Pathway, site: Site, case: Case, name: str, language: str) -> str:
    held = read.setting(case, name)
    type_ = pathway.settings[name].type
    return "" if held is None else show(pathway, site, type_, values.encode(type_, held), language)


def _clock(site: Site, case: Case, name: str, language: str, t: int) -> str:
    """Elapsed terms are shown to the minute, civil ones by their last day."""
    due = None if clocks.state(case, name, t)[0] == "paused" else clocks.due_of(case, name, t)
    if due is None:
        return ""
    civil = case.runs[name][-1].length.unit != "s"
    plain: Any = calendar.day_of(due, site.zone).isoformat() if civil else due - due % MINUTE
    return shown.show(DATE if civil else INSTANT, plain, language, {}, site.zone)


def _obligations(pathway: Pathway, site: Site, case: Case, kind: str, language: str) -> str:
    open_ = [
        o
        for o in case.obligations.values()
        if o.kind == kind and o.state in ("agreed", "under_way", "waiting")
    ]
    return "; ".join(_obligation(pathway, site, o, language) for o in open_)


def _obligation(pathway: Pathway, site: Site, o: Any, language: str) -> str:
    terms = pathway.obligations[o.kind].terms
    told = [
        show(pathway, site, terms[k].type, v, language)
        for k, v in o.terms.items()
        if k in terms and v is not None
    ]
    own = [str(o.terms["words"])] if o.terms.get("words") else []
    return ", ".join([pathway.obligations[o.kind].title.get(language, o.kind), *own, *told])


def _step(pathway: Pathway, site: Site, case: Case, copy: Letter, what: str, language: str) -> str:
    """What the step that made this letter fall due says: its title, terms, articles or the deciders' reasons."""
    found = _taken(case, copy)
    if found is None:
        return ""
    name, taken = found
    step = pathway.steps[name]
    texts = {
        "reasons": taken.reasons,
        "name": step.title.get(language, ""),
        "basis": words.cited(pathway, step.basis, language),
    }
    return texts.get(what, "") if what != "terms" else _terms(pathway, site, name, taken, language)


def law(pathway: Pathway, case: Case, copy: Letter, language: str, t: int) -> str:
    """The sentence that the law lets travel with a letter whose step needs such a consent; '' if none."""
    found = _taken(case, copy)
    needs = pathway.steps[found[0]].needs if found is not None else None
    texts = (law_adds(case, kind, t) for kind in (needs.consents if needs is not None else ()))
    return next((in_words(text, language) for text in texts if text), "")


OF_THE_CASE = ("case.opened_at", "case.door", "case.stage")


def _of_case(pathway: Pathway, site: Site, case: Case, name: str, language: str) -> str:
    """The day on which the case opened, the door it came in by, or the stage it stands at."""
    if name == "case.opened_at":
        return shown.show_date(calendar.day_of(case.opened_at, site.zone), language)
    found = pathway.doors[case.door] if name == "case.door" else pathway.stages[case.stage]
    return found.title.get(language, "")


def _phase(pathway: Pathway, case: Case, copy: Letter, language: str) -> str:
    """The phase that the step of this letter began; else the one in which the case is."""
    found = _taken(case, copy)
    began = courts.number_of(pathway, str(found[1].data.get("phase", ""))) if found else 0
    phase = courts.phase_at(pathway, began or case.phase)
    return (phase.title.get(language) or word(phase.id, language)) if phase else ""


def _terms(pathway: Pathway, site: Site, name: str, taken: Taken, language: str) -> str:
    """Every term that was given, with its title; `-` where the step has none, so that the letter still
    prints.
    """
    terms = pathway.steps[name].terms
    said = [
        f"{terms[k].title.get(language, k)}: {show(pathway, site, terms[k].type, v, language)}"
        for k, v in taken.terms.items()
        if k in terms and v is not None
    ]
    return "; ".join(said) or "-"


def _members(case: Case, copy: Letter, paper: Paper) -> tuple[str, ...]:
    """Who sat when the step was taken, the chair first."""
    found = _taken(case, copy)
    sitting = next((s for s in case.sittings if found and s.id == found[1].data.get("sitting")), case.sitting)
    if sitting is None:
        return ()
    present = sorted(sitting.present, key=lambda a: a != sitting.chair)
    return tuple(paper.names.get(a, "") for a in present if paper.names.get(a))
