"""One sentence for each event, in each language, from its payload and the titles of the definition.

A sentence names nobody: who did it stands beside it. What a reader may not see is left out by the lens, event by event.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from amparo.cases.events import KINDS
from amparo.cases.model import Event, Site
from amparo.errors import UnknownEvent
from amparo.pathways import calendar, sentences, values
from amparo.pathways.model import Pathway, Text, Type

INSTANT, DATE = Type("instant"), Type("date")

WORDS: Mapping[str, Text] = {
    "not_known": {"en": "not known", "pt": "não se sabe"},
    "refused": {"en": "asked; prefers not to say", "pt": "prefere não dizer"},
    "no_answer": {"en": "no answer", "pt": "sem resposta"},
    "erased": {"en": "erased", "pt": "apagado"},
    "person": {"en": "the person", "pt": "a própria pessoa"},
    "steps": {"en": "by this step", "pt": "por este ato"},
    "by_hand": {"en": "by hand", "pt": "em mão"},
    "post_with_proof": {"en": "by post, with proof", "pt": "por correio, com prova"},
    "secure_box": {"en": "by secure electronic box", "pt": "por caixa eletrónica segura"},
    "post": {"en": "by post, without proof", "pt": "por correio, sem prova"},
    "email": {"en": "by electronic mail", "pt": "por correio eletrónico"},
    "phone": {"en": "by phone", "pt": "por telefone"},
    "in_person": {"en": "in person", "pt": "presencialmente"},
    "letter": {"en": "by letter", "pt": "por carta"},
    "visit": {"en": "by a visit", "pt": "por visita"},
    "reached": {"en": "reached", "pt": "falou-se com a pessoa"},
    "for": {"en": "for", "pt": "a favor"},
    "against": {"en": "against", "pt": "contra"},
    "abstain": {"en": "abstained", "pt": "abstenção"},
    "yes": {"en": "yes", "pt": "sim"},
    "no": {"en": "no", "pt": "não"},
    "later": {"en": "later", "pt": "mais tarde"},
    "accepted": {"en": "accepted", "pt": "aceite"},
    "waiting": {"en": "waiting for a place", "pt": "em lista de espera"},
    "declined": {"en": "declined by the service", "pt": "recusado pelo serviço"},
    "attended": {"en": "attended", "pt": "compareceu"},
    "ended": {"en": "ended", "pt": "terminado"},
    "service": {"en": "a service", "pt": "um serviço"},
    "authority": {"en": "an authority", "pt": "uma autoridade"},
    "us": {"en": "ourselves", "pt": "nós próprios"},
    "record_death": {
        "en": "Death recorded; every term and message has stopped",
        "pt": "Óbito registado; todos os prazos e mensagens pararam",
    },
    "record_move": {"en": "Move recorded", "pt": "Mudança de residência registada"},
    "change_channel": {"en": "How to reach the person was changed", "pt": "Forma de contacto alterada"},
    "cover": {"en": "Cover for a colleague", "pt": "Substituição de um colega"},
    "note_safety": {"en": "Note on safety", "pt": "Nota de segurança"},
    "joined": {"en": "joined, and dealt with together", "pt": "apensado, tratados em conjunto"},
    "same_event": {"en": "the same event", "pt": "o mesmo acontecimento"},
    "later_occurrence": {"en": "a later occurrence of the same person", "pt": "ocorrência posterior da mesma pessoa"},
    "transferred_from": {"en": "it came from there", "pt": "veio de lá"},
    "demand_refused": {"en": "refused, nothing was given", "pt": "recusado, nada foi entregue"},
    "demand_part": {"en": "given in part", "pt": "satisfeito em parte"},
    "demand_complied": {"en": "given as asked", "pt": "satisfeito"},
    "given": {"en": "specimen given", "pt": "amostra dada"},
    "could_not": {"en": "could not give one", "pt": "não conseguiu dar amostra"},
    "said_no": {"en": "said no", "pt": "disse que não"},
    "did_not_come": {"en": "did not come", "pt": "não compareceu"},
    "negative": {"en": "not positive", "pt": "não positivo"},
    "positive": {"en": "positive", "pt": "positivo"},
    "dilute": {"en": "dilute", "pt": "amostra diluída"},
    "missed": {"en": "not given in time", "pt": "não dado a tempo"},
    "refused_test": {"en": "said no to it", "pt": "recusado"},
    "excused": {"en": "excused", "pt": "dispensado"},
    "explained": {
        "en": "explained by a prescription, counted as not positive",
        "pt": "explicado por receita, não positivo",
    },
    "disputed": {"en": "disputed", "pt": "contestado"},
    "confirmed": {"en": "confirmed", "pt": "confirmado"},
    "void": {"en": "void", "pt": "sem efeito"},
    "object": {"en": "objection", "pt": "oposição"},
    "ask_correction": {"en": "a correction of the file", "pt": "retificação do processo"},
}
"""Codes of this software that stand in sentences."""


def word(code: str, language: str) -> str:
    """A code of this software in words, as it is written where there are none."""
    return WORDS.get(code, {}).get(language) or code.replace("_", " ")


def sentence(pathway: Pathway, site: Site, event: Event, language: str) -> str:
    """The event as one sentence for a timeline. Raises `UnknownEvent` for a kind that this version does not know."""
    kind = KINDS.get(event.kind)
    if kind is None:
        raise UnknownEvent(f"this version knows no event '{event.kind}'")
    fields = _Fields(pathway, site, event.data, language)
    return one_stop(str(kind.says.get(language, kind.says["en"]).format_map(fields)))


def one_stop(line: str) -> str:
    """A sentence that ends with somebody's own words ends with one full stop."""
    return STOPS.sub(lambda found: found[1] + found[2], line)


STOPS = re.compile(r"([.!?…])(”?)\.(?=\s|$)")


class _Fields(Mapping[str, str]):
    """The fields of a sentence, each put into words when the sentence asks for it."""

    def __init__(self, pathway: Pathway, site: Site, data: Mapping[str, Any], language: str) -> None:
        self.pathway, self.site, self.data, self.language = pathway, site, data, language

    def __getitem__(self, name: str) -> str:
        return str(_WORDED.get(name, _code)(self, name))

    def __iter__(self) -> Any:
        return iter(self.data)

    def __len__(self) -> int:
        return len(self.data)

    def titled(self, elements: Mapping[str, Any], name: str) -> str:
        found = elements.get(name)
        return str((found.title.get(self.language) if found else "") or word(name, self.language))

    def shown(self, type_: Type, plain: Any) -> str:
        titles = values.titles_of(self.pathway, self.site.areas)
        return values.show(type_, plain, self.language, titles, self.site.zone)


def title(pathway: Pathway, name: str, language: str) -> str:
    """The title of whatever bears this name, else the name as words."""
    for elements in (
        pathway.roles,
        pathway.facts,
        pathway.steps,
        pathway.stages,
        pathway.clocks,
        pathway.letters,
        pathway.notices,
        pathway.bodies,
        pathway.settings,
        pathway.doors,
        pathway.obligations,
        pathway.consents,
        pathway.sittings,
        pathway.places,
        pathway.schedules,
    ):
        found: Any = elements.get(name)
        if found is not None and (said := in_words(found.title, language)):
            return said
    return word(name, language)


def in_words(text: Text, language: str) -> str:
    """A text in a language; where it is lacking, in English, and then in whichever there is: never an id."""
    return str(text.get(language) or text.get("en") or next(iter(text.values()), ""))


def _code(f: _Fields, name: str) -> str:
    return word(str(f.data.get(name, "")), f.language)


def _element(kind: str) -> Any:
    return lambda f, name: f.titled(getattr(f.pathway, kind), str(f.data.get(name, "")))


def _value(f: _Fields, name: str) -> str:
    fact, plain = f.pathway.facts.get(f.data["fact"]), f.data.get("value")
    if f.data.get("nothing"):
        return word(f.data["nothing"], f.language)
    return f.shown(fact.type, plain) if fact and plain is not None else ""


def _at(f: _Fields, name: str) -> str:
    found = f.data.get(name)
    return moment(found, f.site.zone, f.shown) if isinstance(found, int) else "–"


def moment(instant: int, zone: str, shown: Callable[[Type, Any], str]) -> str:
    """To the minute; where a day ends or begins, the day alone."""
    clock = calendar.local(instant, zone)
    if f"{clock:%H:%M:%S}" in ("23:59:59", "00:00:00"):
        return shown(DATE, clock.date().isoformat())
    return shown(INSTANT, instant - instant % 60)


def _terms(f: _Fields, name: str) -> str:
    """`: length 3 months, amount EUR 50.00`, or nothing."""
    kinds = _term_types(f)
    given = {k: v for k, v in f.data.get("terms", {}).items() if v is not None and k in kinds}
    said = [f"{_term_title(f, k)} {f.shown(kinds[k].type, v)}" for k, v in given.items()]
    return ": " + ", ".join(said) if said else ""


def _term_types(f: _Fields) -> Mapping[str, Any]:
    if "obligation" in f.data:
        return f.pathway.obligations[f.data["obligation"]].terms
    step = f.pathway.steps.get(f.data.get("step", ""))
    return step.terms if step else {}


def _term_title(f: _Fields, term: str) -> str:
    return _term_types(f)[term].title.get(f.language) or word(term, f.language)


def _amount(f: _Fields, name: str) -> str:
    term = _term_types(f).get(f.data.get("term", ""))
    return (
        f.shown(term.type, f.data["amount"])
        if term and f.data.get("amount") is not None
        else _code(f, "words")
    )


def _count(f: _Fields, name: str) -> str:
    return str(len(f.data.get(name, ())))


def _named(f: _Fields, name: str) -> str:
    return title(f.pathway, str(f.data.get(name, "")), f.language)


def _addressee(f: _Fields, name: str) -> str:
    """`à pessoa`, `ao registo central`: in Portuguese with the preposition and the article of its gender."""
    named = _named(f, name)
    if str(f.data.get(name, "")) not in f.pathway.roles:
        return named if f.language == "en" else f"a {named}"
    low = sentences.inside(named)
    if f.language == "en":
        return low if low.startswith(("the ", "another ", "a ")) else f"the {low}"
    head = low.partition(" ")[0]
    return f"à {low}" if head.endswith(("a", "ade", "ão", "gem")) else f"ao {low}"


def _need(f: _Fields, name: str) -> str:
    code = str(f.data.get(name, ""))
    return f.pathway.shared.get("vocabulary/needs", {}).get(code, {}).get(f.language) or word(
        code, f.language
    )


def _coded(f: _Fields, name: str) -> str:
    return coded(f.pathway, str(f.data.get(name, "")), f.language)


def coded(pathway: Pathway, code: str, language: str) -> str:
    """A code of any vocabulary of the pathway in words."""
    vocabularies = (*pathway.vocabularies.values(), *pathway.shared.values())
    found: Text = next((v[code] for v in vocabularies if code in v), {})
    return in_words(found, language) or word(code, language)


_WORDED: Mapping[str, Any] = {
    "door": _element("doors"),
    "fact": _element("facts"),
    "step": _element("steps"),
    "clock": _element("clocks"),
    "letter": _element("letters"),
    "notice": _element("notices"),
    "obligation": _element("obligations"),
    "consent": _element("consents"),
    "sitting": _element("sittings"),
    "role": _element("roles"),
    "party": _element("roles"),
    "value": _value,
    "given_by": _named,
    "to": _addressee,
    "due": _at,
    "at": _at,
    "terms": _terms,
    "amount": _amount,
    "present": _count,
    "impeded": _count,
    "kind": _need,
    "code": _coded,
    "schedule": _element("schedules"),
    "day": lambda f, n: f.shown(DATE, f.data[n]) if f.data.get(n) else "",
    "outcome": _coded,
    "class": _coded,
    "specimen": lambda f, n: f", {_coded(f, n)}" if f.data.get(n) else "",
    "reason": lambda f, n: str(f.data.get(n, "")),
}
