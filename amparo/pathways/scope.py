"""What rules of a pathway may name: its facts, settings, tables and derived values, and the readings of a
case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from amparo.pathways import rules
from amparo.pathways.model import Derived, Element, Length, Pathway, Rule, Type
from amparo.pathways.rules import Declaration, Kind, Scope
from amparo.pathways.units import Money
from amparo.pathways.words import PHASE_READINGS, SCHEDULE_READINGS

ITEM = "item"
"""The name under which a rule of a derived value reads the record at hand."""

SIMPLE = {
    "yes_no": rules.YES_NO,
    "count": rules.COUNT,
    "number": rules.NUMBER,
    "mass": rules.MASS,
    "date": rules.DATE,
    "instant": rules.INSTANT,
    "duration": rules.DURATION,
    "text": rules.TEXT,
    "score": rules.SCORE,
}


def kind_of(type_: Type, currency: str = "") -> Kind:
    """The kind that a rule sees of a type. Money is of the currency that the pathway uses."""
    match type_.kind:
        case "one_of":
            return rules.codes(type_.codes)
        case "some_of":
            return rules.some(type_.codes)
        case "money":
            return rules.money(currency)
        case "place":
            return rules.place()
        case "list":
            return rules.records({name: kind_of(each, currency) for name, each in type_.each.items()})
    return SIMPLE[type_.kind]


def currency_of(pathway: Pathway) -> str:
    """The currency of a pathway's constants; '' if it has none. With several, the first in file order."""
    return next((found.currency for found in instances(pathway, Money)), "")


def instances(element: Any, kind: type) -> Iterator[Any]:
    """Everything of one class inside an element of the model, in the order of its fields."""
    if isinstance(element, kind):
        yield element
    elif is_dataclass(element):
        for each in fields(element):
            yield from instances(getattr(element, each.name), kind)
    elif isinstance(element, Mapping):
        for value in element.values():
            yield from instances(value, kind)
    elif isinstance(element, tuple):
        for value in element:
            yield from instances(value, kind)


def rules_in(element: Element | tuple[Element, ...] | None) -> tuple[Rule, ...]:
    """Every rule that stands in an element."""
    return tuple(instances(element, Rule))


def scope_of(pathway: Pathway) -> Scope:
    """The names of everything but the named rules, which are checked against this."""
    currency = currency_of(pathway)
    names: dict[str, Declaration] = {}
    for name, fact in pathway.facts.items():
        names[name] = Declaration("fact", kind_of(fact.type, currency))
    for name, setting in pathway.settings.items():
        civil = any(length.unit != "s" for length in instances(setting.value, Length))
        kind = rules.LENGTH if civil else kind_of(setting.type, currency)  # a civil length has no order
        names[name] = Declaration("setting", kind)
    for name, table in pathway.tables.items():
        codes = codes_of(pathway, table.by)
        columns = {column: kind_of(type_, currency) for column, type_ in table.columns.items()}
        names[name] = Declaration("table", rules.table(codes, columns))
    for name, kind in derived_kinds(pathway, names).items():
        names[name] = Declaration("derived", kind)
    return Scope({**names, **dict(_readings(pathway))}, _forbidden(pathway))


def codes_of(pathway: Pathway, vocabulary: str) -> tuple[str, ...]:
    """The codes of a vocabulary, its own or a shared one."""
    return tuple(pathway.vocabularies.get(vocabulary) or pathway.shared.get(vocabulary) or ())


def derived_kinds(pathway: Pathway, names: Mapping[str, Declaration]) -> dict[str, Kind]:
    """The kinds of the derived values; one that leans on itself or on no list has none and is left out."""
    found: dict[str, Kind] = {}
    for _ in pathway.derived:
        for name, derived in pathway.derived.items():
            kind = _derived_kind(pathway, derived, names, found)
            if kind is not None:
                found.setdefault(name, kind)
    return found


def _derived_kind(
    pathway: Pathway, derived: Derived, names: Mapping[str, Declaration], found: Mapping[str, Kind]
) -> Kind | None:
    if derived.group:
        return _grouped(derived, names[derived.group].kind)
    answer = kind_of(derived.type) if derived.type else rules.YES_NO
    if not derived.for_each:
        return answer
    source = found.get(derived.for_each) or (
        names[derived.for_each].kind if derived.for_each in names else None
    )
    if source is None or source.name != "records":
        return None
    return rules.records({**dict(source.fields), "answer": answer})


def _grouped(derived: Derived, source: Kind) -> Kind | None:
    known = dict(source.fields)
    if source.name != "records" or not {derived.by, *derived.sum} <= known.keys():
        return None
    kept = {name: known[name] for name in (derived.by, *derived.sum)}
    return rules.records({**kept, **dict.fromkeys(derived.all, rules.YES_NO)})


def item_scope(scope: Scope, source: Kind) -> Scope:
    """The scope of a rule about one record of a list."""
    item = Declaration("item", rules.record(dict(source.fields)))
    return Scope({**scope.names, ITEM: item}, scope.forbidden)


def _readings(pathway: Pathway) -> Iterator[tuple[str, Declaration]]:
    """The readings of a case (section 6.1 of the language): always known, but `since` and `due`."""
    for names, words, kind in (
        (pathway.steps, ("times",), rules.COUNT),
        (pathway.clocks, ("late", "near", "running"), rules.YES_NO),
        (pathway.letters, ("notified",), rules.YES_NO),
        (pathway.consents, ("consent",), rules.YES_NO),
        (pathway.obligations, ("open", "met", "breached", "unmended", "waiting"), rules.COUNT),
        (pathway.notices, ("awaited",), rules.COUNT),
        (pathway.schedules, SCHEDULE_READINGS, rules.COUNT),
        (pathway.steps, ("since",), rules.INSTANT),
        (pathway.clocks, ("due",), rules.INSTANT),
    ):
        for word in words:
            for name in names:
                yield f"{word}.{name}", Declaration("reading", kind)
    for choice, steps in choices(pathway).items():
        yield f"last.{choice}", Declaration("reading", rules.codes((*steps, "")))
    plain = {
        "stage": rules.codes(tuple(pathway.stages)),
        "door": rules.codes(tuple(pathway.doors)),
        "owner": rules.codes((*pathway.roles, "")),
        "now": rules.INSTANT,
        "today": rules.DATE,
    }
    if pathway.phases:
        plain |= {"phase": rules.COUNT, "phases": rules.COUNT, "phase_met": rules.YES_NO}
    for name, kind in plain.items():
        yield name, Declaration("reading", kind)


def choices(pathway: Pathway) -> dict[str, tuple[str, ...]]:
    """The choices of a pathway, each with its steps in file order."""
    found: dict[str, tuple[str, ...]] = {}
    for name, step in pathway.steps.items():
        if step.choice:
            found[step.choice] = (*found.get(step.choice, ()), name)
    return found


def _forbidden(pathway: Pathway) -> dict[str, str]:
    """Names that there are, and that no rule may read, each with what it is."""
    demographic = [name for name, fact in pathway.facts.items() if fact.class_ == "demographic"]
    declared = {*pathway.facts, *pathway.settings, *pathway.rules, *pathway.derived, *pathway.tables}
    support = [name for name in ("support", "needs", "referrals", "help") if name not in declared]
    return {
        **dict.fromkeys(demographic, "a demographic fact"),
        **dict.fromkeys(support, "about support"),
        **({} if pathway.phases else dict.fromkeys(PHASE_READINGS, "a reading of phases, which there are none of,")),
    }
