"""A plain value in the words of a reader: dates, lengths, masses and money as English, Portuguese, and the Spanish of
the United States write them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from amparo.pathways.calendar import local
from amparo.pathways.model import Pathway, Text, Type
from amparo.pathways.units import MINOR

Titles = Mapping[str, Mapping[str, Text]]
"""Vocabulary -> code -> title; the areas of a site stand under `place`."""

LANGUAGES = ("en", "pt", "es")
GROUPS = {"en": (",", "."), "pt": ("\u00a0", ","), "es": (",", ".")}
"""What stands between thousands (in Portuguese a space at which no line is broken), and before decimals."""

MONTHS = {
    "en": "January,February,March,April,May,June,July,August,September,October,November,December",
    "es": "enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre",
    "pt": "janeiro,fevereiro,março,abril,maio,junho,julho,agosto,setembro,outubro,novembro,dezembro",
}
UNITS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "en": {
        "second": ("second", "seconds"),
        "minute": ("minute", "minutes"),
        "hour": ("hour", "hours"),
        "days": ("day", "days"),
        "working_days": ("working day", "working days"),
        "weeks": ("week", "weeks"),
        "months": ("month", "months"),
        "years": ("year", "years"),
    },
    "pt": {
        "second": ("segundo", "segundos"),
        "minute": ("minuto", "minutos"),
        "hour": ("hora", "horas"),
        "days": ("dia", "dias"),
        "working_days": ("dia útil", "dias úteis"),
        "weeks": ("semana", "semanas"),
        "months": ("mês", "meses"),
        "years": ("ano", "anos"),
    },
    "es": {
        "second": ("segundo", "segundos"),
        "minute": ("minuto", "minutos"),
        "hour": ("hora", "horas"),
        "days": ("día", "días"),
        "working_days": ("día hábil", "días hábiles"),
        "weeks": ("semana", "semanas"),
        "months": ("mes", "meses"),
        "years": ("año", "años"),
    },
}
ELAPSED = ((3600, "hour"), (60, "minute"), (1, "second"))
WORDS = {
    "en": {True: "yes", False: "no", "more": "there may be more", "none": "none"},
    "pt": {True: "sim", False: "não", "more": "pode haver mais", "none": "nenhuma"},
    "es": {True: "sí", False: "no", "more": "puede haber más", "none": "ninguno"},
}
SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}
MASSES = ((1_000_000_000, "kg"), (10_000, "g"), (10, "mg"), (0, "µg"))
"""The smallest number of micrograms that is shown in a unit: from 1 kg in kg, from 0.01 g in g, and so on."""

IN_MICROGRAMS = {"kg": 1_000_000_000, "g": 1_000_000, "mg": 1_000, "µg": 1}


def show(type_: Type, plain: Any, language: str, titles: Titles, zone: str) -> str:
    """What a reader sees of a plain value; an instant to the minute. `titles`: see `titles_of`; `zone`: the site's.

    A code without a title is shown as it is written. None is no value and has no words here: its four kinds
    are said where facts are shown. Raises KeyError for a language in which this software has no words.
    """
    words = WORDS[language]
    match type_.kind:
        case "yes_no":
            return words[plain]
        case "one_of" | "place":
            return _title(type_, plain, language, titles)
        case "some_of":
            named = [_title(type_, code, language, titles) for code in plain["codes"]]
            return _joined(named, plain["open"], words, ", ")
        case "list":
            records = [_record(type_, item, language, titles, zone) for item in plain["items"]]
            return _joined(records, plain["open"], words, "; ")
        case "instant":
            return show_instant(plain - plain % 60, language, zone)
        case "score":
            return str(plain["band"]).replace("_", " ")
    return SHOWN[type_.kind](plain, language)


def titles_of(pathway: Pathway, areas: Mapping[str, Text] | None = None) -> Titles:
    """The titles of all vocabularies of a pathway, with the areas of a site."""
    return {**pathway.vocabularies, **pathway.shared, "place": areas or {}}


def show_date(day: date, language: str) -> str:
    """`4 March 2024`, `4 de março de 2024`, `4 de marzo de 2024`."""
    of = " " if language == "en" else " de "
    return f"{day.day}{of}{MONTHS[language].split(',')[day.month - 1]}{of}{day.year}"


def show_instant(instant: int, language: str, zone: str) -> str:
    """`4 March 2024, 22:10`, on the clocks of the site; seconds only where there are any."""
    moment = local(instant, zone)
    clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    return f"{show_date(moment.date(), language)}, {clock}"


def show_length(n: int, unit: str, language: str) -> str:
    """`3 months`, `1 working day`, `72 hours`; in Portuguese `3 meses`, `1 dia útil`, `72 horas`."""
    if unit == "s":
        n, unit = (
            (n // 3600, "hour") if n % 3600 == 0 else (n // 60, "minute") if n % 60 == 0 else (n, "second")
        )
    return f"{n} {UNITS[language][unit][n != 1]}"


def _title(type_: Type, code: str, language: str, titles: Titles) -> str:
    vocabulary = "place" if type_.kind == "place" else type_.vocabulary
    return titles.get(vocabulary, {}).get(code, {}).get(language) or code.replace("_", " ")


def _record(type_: Type, item: Mapping[str, Any], language: str, titles: Titles, zone: str) -> str:
    known = [(type_.each[name], value) for name, value in item.items() if value is not None]
    return ", ".join(show(each, value, language, titles, zone) for each, value in known)


def _joined(parts: list[str], open_: bool, words: Mapping[Any, str], between: str) -> str:
    said = [*parts, words["more"]] if open_ else parts
    return between.join(said) or words["none"]


def _decimal(number: Decimal, language: str, digits: int | None = None) -> str:
    text = f"{number:,f}" if digits is None else f"{number:,.{digits}f}"
    group, point = GROUPS[language]
    return point.join(part.replace(",", group) for part in text.split("."))


def _mass(micrograms: int, language: str) -> str:
    unit = next(unit for least, unit in MASSES if micrograms >= least)
    amount = (Decimal(micrograms) / IN_MICROGRAMS[unit]).normalize()
    return f"{_decimal(amount, language)} {unit}"


def _money(plain: Mapping[str, Any], language: str) -> str:
    currency = plain["currency"]
    digits = MINOR.get(currency, 2)
    amount = _decimal(Decimal(plain["minor"]).scaleb(-digits), language, digits)
    if language == "pt":
        return f"{amount} {SIGNS.get(currency, currency)}"
    return f"{currency} {amount}"


SHOWN: Mapping[str, Callable[[Any, str], str]] = {
    "count": lambda plain, language: _decimal(Decimal(plain), language),
    "number": lambda plain, language: _decimal(Decimal(plain), language),
    "mass": _mass,
    "money": _money,
    "date": lambda plain, language: show_date(date.fromisoformat(plain), language),
    "duration": lambda plain, language: show_length(plain["n"], plain["unit"], language),
    "text": lambda plain, language: str(plain),
}
