"""A refusal in words: always three lines, what cannot be done, why, and what can be done instead or who can do it.

The sentences stand in `amparo/vocabulary/refusals.yaml`; they are filled from the titles of the definition and from the
parts that decided. The words are made from the refusal as the reader may see it: what the lens has shut is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from amparo.cases.model import Reason, Refusal
from amparo.cases.story import coded, in_words, moment, one_stop, title, word
from amparo.pathways import courts, in_text, sentences, values
from amparo.pathways.model import Cites, Pathway, Text, Type

LANGUAGES = ("en", "pt")
INSTANT, DATE = Type("instant"), Type("date")

Words = Mapping[str, Mapping[str, Any]]


@lru_cache(maxsize=1)
def vocabulary() -> Mapping[str, Words]:
    """The sentences of refusals, readings, phrases and verbs, by language."""
    text = files("amparo").joinpath("vocabulary", "refusals.yaml").read_text("utf-8")
    found: Mapping[str, Words] = yaml.load(text, Loader=yaml.BaseLoader)  # every scalar stays text
    return found


def refusal(
    pathway: Pathway,
    code: str,
    detail: str,
    step: str,
    *,
    basis: Cites = (),
    because: tuple[Reason, ...] = (),
    asks: tuple[tuple[str, str], ...] = (),
    instead: tuple[tuple[str, Any], ...] = (),
    field: str = "",
    params: Mapping[str, Any] | None = None,
) -> Refusal:
    """A refusal, with its first line in each language."""
    named = f"{code}.{detail}" if detail else code
    asked = "request" in (params or {})
    sentence = {
        x: _line(named, "what", x).replace("{step}", named_step(pathway, step, x, asked)) for x in LANGUAGES
    }
    return Refusal(code, step, sentence, basis, because, asks, instead, field, detail, params or {})


def named_step(pathway: Pathway, step: str, language: str, asked: bool = False) -> str:
    """The title of a step, or of another request. `asked`: it is a request (a step may bear the same name)."""
    verb = vocabulary()["verbs"].get(step)
    if step in pathway.steps and not (asked and verb):
        return title(pathway, step, language)
    return str(verb[language]) if verb else word(step, language)


def _line(named: str, line: str, language: str) -> str:
    codes = vocabulary()["codes"]
    code = named.partition(".")[0]
    own, general = codes.get(named, {}).get(language, {}), codes.get(code, {}).get(language, {})
    return str(own.get(line) or general.get(line) or "")


def sentence(
    refused: Refusal,
    language: str,
    pathway: Pathway,
    zone: str = "UTC",
    areas: Mapping[str, Text] | None = None,
) -> tuple[str, str, str]:
    """What cannot be done; why; what can be done instead. `zone` and `areas` are the site's."""
    named = _named(refused)
    fields = _Fields(refused, _In(pathway, language, zone, areas or {}))
    what, why, instead = (
        _capital(one_stop(_line(named, line, language).format_map(fields)))
        for line in ("what", "why", "instead")
    )
    return refused.sentence.get(language) or what, why, instead or phrase(_choose(refused, pathway), language)


def _choose(x: Refusal, pathway: Pathway) -> str:
    """What is left to do, where nothing else is named: of a step that opens a case there are no other steps yet."""
    opens = x.step in pathway.steps and pathway.steps[x.step].opens
    return "choose_opening" if opens else "choose"


def _named(x: Refusal) -> str:
    """The name of the words: what may be done once has words of its own."""
    named = f"{x.code}.{x.detail}" if x.detail else x.code
    once = f"{named}.once"
    return once if x.params.get("times") == 1 and once in vocabulary()["codes"] else named


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]


def phrase(name: str, language: str, **fields: Any) -> str:
    """One of the phrases, filled."""
    return str(vocabulary()["phrases"][name][language]).format(**fields)


def cited(pathway: Pathway, basis: Cites, language: str) -> str:
    """`Law 30/2000, arts. 11(1), 13; rule of this software`: the places of one source stand together."""
    places: dict[str, list[str]] = {}
    for cite in basis:
        places.setdefault(cite.source, []).extend([cite.place] if cite.place else [])
    return "; ".join(_cite(pathway, source, found, language) for source, found in places.items())


def _cite(pathway: Pathway, name: str, places: list[str], language: str) -> str:
    if name in ("house", "site"):
        return phrase(name, language)
    source = pathway.sources.get(name)
    named = _short(in_words(source.title, language) if source else "") or name
    if not places:
        return named
    return f"{named}, {sentences.places(source, places, language) if source else ', '.join(places)}"


def _short(text: str) -> str:
    """`Law 30/2000 of 29 November (2011 wording)` is cited as `Law 30/2000`."""
    for mark in (" (", ",", " of ", " de "):
        head, found, _ = text.partition(mark)
        text = head if found and any(c.isdigit() for c in head) else text
    return text


def listing(names: Iterable[str]) -> str:
    """Names in a row; where one of them holds a comma itself, semicolons tell them apart."""
    found = tuple(names)
    return ("; " if any("," in name for name in found) else ", ").join(found)


# ------------------------------------------------------------------------------------------------ filling
class _In(NamedTuple):
    """Where words are said: definition, language, and the site's zone and areas."""

    pathway: Pathway
    language: str
    zone: str
    areas: Mapping[str, Text]

    def title(self, name: str) -> str:
        return title(self.pathway, name, self.language)

    def shown(self, type_: Type, plain: Any) -> str:
        return values.show(type_, plain, self.language, values.titles_of(self.pathway, self.areas), self.zone)

    def phrase(self, name: str, **fields: Any) -> str:
        return phrase(name, self.language, **fields)


class _Fields(Mapping[str, str]):
    """The fields of a line, each worked out when the line asks for it."""

    def __init__(self, refused: Refusal, place: _In) -> None:
        self.refused, self.place = refused, place

    def __getitem__(self, name: str) -> str:
        return _FIELDS.get(name, _param)(self.refused, self.place, name)

    def __iter__(self) -> Any:
        return iter(_FIELDS)

    def __len__(self) -> int:
        return len(_FIELDS)


def _param(x: Refusal, place: _In, name: str) -> str:
    """A parameter: names as their titles, several of them one after the other."""
    found = x.params.get(name, "")
    if isinstance(found, tuple):
        return listing(place.title(str(each)) for each in found)
    return place.title(found) if isinstance(found, str) else str(found)


def _thing(x: Refusal, place: _In, name: str) -> str:
    """What a request lacks or names: in the words of whoever fills it in."""
    found = str(x.params.get(name, ""))
    said = vocabulary()["things"].get(found)
    return str(said[place.language]) if said else _param(x, place, name) or place.phrase("hidden")


def _cited(x: Refusal, place: _In, name: str) -> str:
    basis = cited(place.pathway, x.basis, place.language)
    return f" ({basis})" if basis else ""


def _reasons(x: Refusal, place: _In, name: str) -> str:
    said = dict.fromkeys(reason(r, place, changed=x.code == "changed") for r in x.because)
    return "; ".join(said) or place.phrase("hidden")


def reason(r: Reason, place: _In, changed: bool = False) -> str:
    """One part that decided, in words."""
    p = place.pathway
    if r.nothing == "hidden" or not r.name:
        return place.phrase("hidden")
    if r.name in p.facts:
        return _fact(r, place, changed)
    if r.name in p.settings:
        shown = None if r.value is None else place.shown(p.settings[r.name].type, r.value)
        return (
            place.phrase("setting", title=place.title(r.name))
            if shown is None
            else place.phrase("setting_is", title=place.title(r.name), value=shown)
        )
    return _reading(r, place)


def _fact(r: Reason, place: _In, changed: bool) -> str:
    name = place.title(r.name)
    if r.nothing:
        shown = word(r.nothing, place.language)
    elif r.value is None:
        return place.phrase("not_asked", title=name)
    else:
        shown = place.shown(place.pathway.facts[r.name].type, r.value)
    if r.as_of is None:
        return place.phrase(
            "assumed" if assumed(place.pathway, r.name) else "computed", title=name, value=shown
        )
    date = _date(r.as_of, place)
    if changed:
        return place.phrase("changed", title=name, value=shown, date=date)
    return place.phrase("told", title=name, value=shown, giver=place.title(r.given_by), date=date)


def assumed(pathway: Pathway, fact: str) -> bool:
    """Does it hold only while nobody says otherwise (its `or_from` reads nothing)? Then it is no answer of anybody."""
    rule = pathway.facts[fact].or_from
    return rule is not None and rule.text.strip() in ("true", "false")


def _date(instant: int, place: _In) -> str:
    return place.shown(INSTANT, instant).rpartition(",")[0]


def _reading(r: Reason, place: _In) -> str:
    family, _, of = r.name.partition(".")
    words, said = vocabulary()["readings"], _said(r.value)
    form = words.get(f"{family}.{said}") or words.get(family) or words["other"]
    value = place.title(str(r.value)) if isinstance(r.value, str) else said
    return str(form[place.language]).format(of=place.title(of or r.name), n=said, value=value)


def _said(value: Any) -> str:
    return "yes" if value is True else "no" if value is False else "" if value is None else str(value)


def _asked_facts(x: Refusal, place: _In, name: str) -> str:
    return listing(place.title(fact.removeprefix("setting ")) for fact, _ in x.asks) or place.phrase("hidden")


def _askees(x: Refusal, place: _In, name: str) -> str:
    return listing(dict.fromkeys(place.title(whom) for _, whom in x.asks))


def _asks_or_ways(x: Refusal, place: _In, name: str) -> str:
    """First what is to be asked or entered; else the ways out."""
    if not x.asks:
        return _ways(x, place, name)
    entered = [
        place.phrase("ask_setting", title=place.title(f.removeprefix("setting ")))
        for f, _ in x.asks
        if f.startswith("setting ")
    ]
    asked = [
        place.phrase("ask_one", title=place.title(f), giver=place.title(w))
        for f, w in x.asks
        if not f.startswith("setting ")
    ]
    questions = place.phrase("ask", list="; ".join(asked)) if asked else ""
    settings = "".join(f"{s}." for s in entered)
    return " ".join(part for part in (questions, settings) if part)


def _ways(x: Refusal, place: _In, name: str) -> str:
    steps = [place.title(n) for kind, n in x.instead if kind == "step"]
    times = [n for kind, n in x.instead if kind == "at"]
    agreed = _agreed_ways(x, place)
    if steps:
        named = "choices" if x.code == "not_allowed" else "steps"
        return " ".join(y for y in (agreed, place.phrase(named, list=listing(steps[:6]))) if y)
    if times:
        return agreed or place.phrase("when", opening=_opening(times[0], place))
    return agreed or place.phrase(_choose(x, place.pathway))


OF_WHAT_WAS_AGREED = {
    "open": "still_open",
    "waiting": "still_waits",
    "unmended": "not_mended",
    "awaited": "no_receipt",
}
"""What helps where a count of what was agreed, or of receipts, stands in the way."""


def _agreed_ways(x: Refusal, place: _In) -> str:
    """What can be done about what was agreed, where that is what decided. At nought it is the lack of a breach, or
    nothing of it, that stands in the way.
    """
    counted = [(r.name.partition(".")[0], r.value) for r in x.because]
    found = [OF_WHAT_WAS_AGREED[f] for f, n in counted if f in OF_WHAT_WAS_AGREED and n not in (None, 0)]
    lacking = any(f in ("unmended", "breached") and n == 0 for f, n in counted)
    found = found or (["no_breach"] if lacking else [])  # what is open still stands in the way before that
    return " ".join(place.phrase(name) for name in dict.fromkeys(found))


def _who(x: Refusal, place: _In, name: str) -> str:
    return listing(place.title(n) for kind, n in x.instead if kind in ("role", "body")) or place.phrase("staff")


def _at(x: Refusal, place: _In, name: str) -> str:
    return next((_opening(n, place) for kind, n in x.instead if kind == "at"), "–")


def _opening(instant: int, place: _In) -> str:
    """`from 7 June 2024`; one second past a full minute is `after` it."""
    after = instant % 60 == 1
    return place.phrase("after" if after else "from", date=_moment(instant - after, place))


def _moment(instant: int, place: _In) -> str:
    return moment(instant, place.zone, place.shown)


def _instant(x: Refusal, place: _In, name: str) -> str:
    found = x.params.get(name)
    return _moment(found, place) if isinstance(found, int) else place.shown(DATE, found) if found else "–"


def _froms(x: Refusal, place: _In, name: str) -> str:
    named = x.params.get("from", ())
    return listing(place.phrase(n) if n in ("any_open", "any") else place.title(n) for n in named) or "–"


def _from(x: Refusal, place: _In, name: str) -> str:
    found = x.params.get("from", "")
    return place.shown(DATE, found) if isinstance(found, str) and found else _froms(x, place, name)


def _term_type(x: Refusal, place: _In) -> Type | None:
    step, term = place.pathway.steps.get(x.step), x.params.get("term", "")
    found = step.terms.get(term) if step else None
    owed = place.pathway.obligations.get(x.params.get("obligation", ""))
    return found.type if found else owed.terms[term].type if owed and term in owed.terms else None


def _term(x: Refusal, place: _In, name: str) -> str:
    step, term = place.pathway.steps.get(x.step), x.params.get("term", "")
    owed = place.pathway.obligations.get(x.params.get("obligation", ""))
    found = (owed.terms if owed else step.terms if step else {}).get(term)
    return (in_words(found.title, place.language) if found else "") or word(term, place.language)


def _value(x: Refusal, place: _In, name: str) -> str:
    type_, plain = _term_type(x, place), x.params.get(name)
    return place.shown(type_, plain) if type_ and plain is not None else "–"


def _limits(x: Refusal, place: _In, name: str) -> str:
    type_ = _term_type(x, place)
    pairs = (("at_least", x.params.get("least")), ("at_most", x.params.get("most")))
    said = [
        place.phrase(key, value=place.shown(type_, plain))
        for key, plain in pairs
        if type_ and plain is not None
    ]
    return "; " + ", ".join(said) if said else ""


def _criterion(x: Refusal, place: _In, name: str) -> str:
    found = place.pathway.criteria.get(x.params.get("criterion", ""))
    return _filled(x, place, in_words(found.say, place.language)) if found else ""


def _filled(x: Refusal, place: _In, words: str) -> str:
    """A sentence with the settings that it names, as they stood when it was refused."""
    held = x.params.get("shown", {})
    return in_text.filled(place.pathway, words, lambda name: _setting(place, name, held.get(name)))


def _setting(place: _In, name: str, plain: Any) -> str:
    return place.phrase("unset") if plain is None else place.shown(place.pathway.settings[name].type, plain)


def _requirement(x: Refusal, place: _In, name: str) -> str:
    """The sentence of what a phase requires."""
    n = courts.number_of(place.pathway, str(x.params.get("phase", "")))
    phase = courts.phase_at(place.pathway, n)
    found = phase.requires.get(str(x.params.get("requirement", ""))) if phase else None
    return in_words(found.say, place.language) if found else ""


def _phase(x: Refusal, place: _In, name: str) -> str:
    phase = courts.phase_at(place.pathway, courts.number_of(place.pathway, str(x.params.get("phase", ""))))
    return (in_words(phase.title, place.language) or word(phase.id, place.language)) if phase else "–"


def _list_term(x: Refusal, place: _In, name: str) -> str:
    """The list that was chosen, by the title of its term."""
    step, chosen = place.pathway.steps.get(x.step), str(x.params.get("chosen", ""))
    found = step.terms.get(chosen) if step else None
    own = in_words(found.title, place.language) if found else ""
    return own or coded(place.pathway, chosen, place.language) or "–"


def _otherwise(x: Refusal, place: _In, name: str) -> str:
    found = place.pathway.criteria.get(x.params.get("criterion", ""))
    said = _filled(x, place, in_words(found.otherwise, place.language)) if found else ""
    return f"{said}." if said else _ways(x, place, name)


def _listed_codes(x: Refusal, place: _In, name: str) -> str:
    return listing(coded(place.pathway, code, place.language) for code in x.params.get(name, ()))


def _number(x: Refusal, place: _In, name: str) -> str:
    return str(x.params.get(name, ""))


def _order(x: Refusal, place: _In, name: str) -> str:
    return order(place.pathway, str(x.params.get("place", "")), place.language)


def order(pathway: Pathway, place: str, language: str) -> str:
    """Who goes first where people wait for a place, in words."""
    keys = (key.partition(" ") for key in pathway.places[place].order)
    return ", ".join(phrase(f"by_{kind}", language, of=title(pathway, of, language)) for kind, _, of in keys)


def _step(x: Refusal, place: _In, name: str) -> str:
    return named_step(place.pathway, x.step, place.language, "request" in x.params)


def _least(x: Refusal, place: _In, name: str) -> str:
    return _number(x, place, name) if x.code == "no_quorum" else _value(x, place, name)


_FIELDS: Mapping[str, Callable[[Refusal, _In, str], str]] = {
    "step": _step,
    "thing": _thing,
    "cited": _cited,
    "reasons": _reasons,
    "asked": _asked_facts,
    "askees": _askees,
    "asks_or_ways": _asks_or_ways,
    "ways": _ways,
    "who": _who,
    "at": _at,
    "due": _instant,
    "since": _instant,
    "from": _from,
    "froms": _froms,
    "term": _term,
    "given": _value,
    "most": _value,
    "least": _least,
    "limits": _limits,
    "criterion": _criterion,
    "requirement": _requirement,
    "phase": _phase,
    "chosen": _list_term,
    "codes": _listed_codes,
    "day": _instant,
    "reasons_listed": _listed_codes,
    "otherwise": _otherwise,
    "version": _number,
    "for": _number,
    "against": _number,
    "present": _number,
    "seats": _number,
    "silent": _number,
    "times": _number,
    "free": _number,
    "ahead": _number,
    "order": _order,
}
