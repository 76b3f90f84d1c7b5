"""What nobody watches while a number is not entered: clocks, phases and days drawn by lot that lean on it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from amparo.desk.words import listed, lower_first, pick
from amparo.pathways import courts
from amparo.pathways.model import Element, Pathway, PhaseLen, SettingRef
from amparo.pathways.scope import instances


def words(pathway: Pathway, setting: str) -> str:
    """`not entered`, and what is not watched for want of it."""
    named = listed(lower_first(x) for x in dict.fromkeys(_leaning(pathway, setting)))
    return _("not entered; not watched: %(what)s") % {"what": named} if named else _("not entered")


def _leaning(pathway: Pathway, setting: str) -> Iterator[str]:
    paced = [phase for phase in courts.listed(pathway) if _reads(phase.sitting_every, setting)]
    for name, clock in pathway.clocks.items():
        by_phase = isinstance(clock.every or clock.within, PhaseLen) and bool(paced)
        if by_phase or _reads((clock.within, clock.every, clock.roll), setting):
            yield pick(clock.title, name)
    yield from (pick(phase.title, phase.id) for phase in courts.listed(pathway) if _reads(phase, setting))
    yield from (pick(x.title, n) for n, x in pathway.schedules.items() if _reads(x, setting))


def _reads(part: Element | object, setting: str) -> bool:
    return any(ref.name == setting for ref in instances(part, SettingRef))
