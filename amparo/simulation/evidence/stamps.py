"""Which numbers are not settled, and so which results must say that they rest on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amparo.simulation.evidence.draw import Parameters, shares_of
from amparo.simulation.evidence.model import NOT_SETTLED, Evidence, Shares, Value
from amparo.simulation.evidence.reader import used_names


@dataclass(frozen=True, slots=True)
class Stamp:
    """A value on which results rest without a settled source. why: a sentence's end, `no source`."""

    name: str
    of: str
    text: str
    why: str
    where: str


def unsourced(value: Value, evidence: Evidence) -> str:
    """Why a value is not settled, in words; '' if it is."""
    if not value.sources:
        return "no source"
    if value.quality in NOT_SETTLED:
        return "quality X"
    if value.unverified:
        return f"unverified: {value.unverified}"
    known = (evidence.sources.get(cite.source) for cite in value.sources)
    if any(source is not None and source.read == "not_read" for source in known):
        return "its source was not read"
    return ""


def stamps(evidence: Evidence, names: Iterable[str] | None = None) -> tuple[Stamp, ...]:
    """The values without a settled source among these, or among all that are used anywhere, in the order of the file.

    A result that rests on any of them carries them all by name.
    """
    wanted = set(names) if names is not None else used_names(evidence)
    return tuple(
        Stamp(name, value.of, value.text, why, str(value.where))
        for name, value in evidence.values.items()
        if name in wanted and (why := unsourced(value, evidence))
    )


def settings_chosen(evidence: Evidence) -> tuple[Stamp, ...]:
    """The settings that the study chose itself."""
    return tuple(
        Stamp(
            name,
            evidence.pathway,
            str(setting.value),
            f"unverified: {setting.unverified}",
            str(setting.where),
        )
        for name, setting in evidence.settings.items()
        if setting.unverified
    )


def scaled_back(evidence: Evidence, parameters: Parameters) -> tuple[str, ...]:
    """The places whose shares went over one in some draw and were scaled back: such results are stamped too."""
    rows = [parameters.row(draw) for draw in range(len(parameters.array))]
    places = [*_choices(evidence), ("otherwise", evidence.otherwise)]
    found = (name for name, shares in places if any(shares_of(shares, row)[1] for row in rows))
    return tuple(dict.fromkeys(found))


def _choices(evidence: Evidence) -> list[tuple[str, Shares]]:
    return [
        (f"choices.{name}", given.shares)
        for name, choice in evidence.choices.items()
        for given in choice.given
    ]
