"""Where to refer: the services that give this help, whoever has free places first, and who takes a person as they are.

What a person comes with (a dog, no papers) is asked for this look alone: it stands in no address and is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.desk import offices
from amparo.desk.acts import CaseDesk
from amparo.desk.asking import pick_some
from amparo.desk.context import Nothing, Row
from amparo.desk.services import known
from amparo.desk.services.context import Known
from amparo.desk.services.roles import told_within
from amparo.desk.support import refer
from amparo.desk.support.context import NotFor, Way
from amparo.desk.words import listed, role_title
from amparo.ledger import book
from amparo.people.models import Office

AS_IS = "as_is"


class Found(NamedTuple):
    """The services to choose from, those that take nobody like this, and how it adds up."""

    ways: tuple[Way, ...]
    not_for: NotFor | None
    foot: str


def services(desk: CaseDesk, kind: str) -> Found:
    """The services that give this help; how many others there are is said."""
    scene, roles = desk.scene, refer.roles(desk)
    every = offices.of_roles(desk.seen.site, roles, scene.clock.now, scene.d.zone)
    fit = tuple(o for o in every if not o.kinds or kind in o.kinds)
    told = known.of(fit, scene.clock, told_within(desk.here)[0])
    wanted = tuple(x for x in desk.typed.get(AS_IS) or () if x in known.takes())
    good = sorted((o for o in fit if not known.refuses(told[o.pk], wanted)), key=lambda o: told[o.pk].rank)
    ways = tuple(_way(desk, kind, o, told[o.pk]) for o in good)
    return Found(ways, _not_for(desk, kind, fit, told, wanted), _foot(every, fit, ways))


def _way(desk: CaseDesk, kind: str, o: Office, told: Known, why: str = "") -> Way:
    note = " · ".join(x for x in (role_title(desk.scene.pathway, o.role), o.address, o.phone) if x)
    query = urlencode({"kind": kind, "to": book.item(o.pk)})
    nothing = Nothing("na", why) if why else _last_word(desk, o, kind)
    return Way(o.name, f"{reverse('refer', args=[desk.case])}?{query}", "", note, nothing, told)


def _last_word(desk: CaseDesk, office: Office, kind: str) -> Nothing | None:
    """What this service said last in this case; None if it was not asked."""
    clock = desk.scene.clock
    said = [x for x in desk.seen.view.support if (x.what, x.to, x.kind) == ("referral", office.pk, kind)]
    if not said:
        return None
    newest = said[-1]
    words_ = {
        "sent": _("Asked %(when)s, no answer yet"),
        "waiting": _("Waiting list, told us %(when)s"),
        "declined": _("Said no %(when)s"),
        "accepted": _("Said yes %(when)s"),
    }.get(newest.state, _("Asked %(when)s"))
    at = int(newest.answers[-1]["at"]) if newest.answers else newest.at
    return Nothing("na" if newest.state == "declined" else "no_answer", words_ % {"when": clock.when(at)})


def _not_for(
    desk: CaseDesk, kind: str, fit: Iterable[Office], told: Mapping[str, Known], wanted: tuple[str, ...]
) -> NotFor | None:
    titles = known.takes()
    refused = [(o, known.refuses(told[o.pk], wanted)) for o in fit]
    ways = tuple(
        _way(desk, kind, o, told[o.pk], _("takes nobody %(who)s") % {"who": listed(titles[c] for c in codes)})
        for o, codes in refused
        if codes
    )
    if not ways:
        return None
    title = ngettext("%(n)s takes nobody like this", "%(n)s take nobody like this", len(ways)) % {
        "n": len(ways)
    }
    return NotFor(title, ways)


def _foot(every: tuple[Office, ...], fit: tuple[Office, ...], ways: tuple[Way, ...]) -> str:
    shown = ngettext("%(n)s shown", "%(n)s shown", len(ways)) % {"n": len(ways)}
    others = len(every) - len(fit)
    left = ngettext("%(n)s not: it gives other help", "%(n)s not: they give other help", others) % {
        "n": others
    }
    return f"{shown}, {left}." if others else f"{shown}."


def as_is(desk: CaseDesk) -> Row:
    """As who the person comes."""
    return pick_some(
        desk.scene,
        AS_IS,
        _("The person comes"),
        known.takes().items(),
        _("for this look alone: it is kept nowhere and told to nobody"),
    )
