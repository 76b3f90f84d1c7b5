"""Who is on call for a role at a site, from when until when. A turn ends where the next one of its role begins."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from amparo.desk.on_call.context import Call, Turn
from amparo.desk.times import Clockwork
from amparo.desk.where import Here
from amparo.desk.words import role_title
from amparo.lens import View
from amparo.pathways.model import Names, Pathway
from amparo.people import staff
from amparo.people.models import OnCall, Site


def roles(pathway: Pathway) -> Names:
    """The roles that can be called: whose turn it is when a case comes in, and whose workers carry people."""
    doors = (pathway.steps[door.opens_with] for door in pathway.doors.values())
    comes = {pathway.stages[s.opens].owner: s.by for s in doors if s.opens in pathway.stages}
    first = [owner for owner, by in comes.items() if owner in pathway.roles and owner not in by]
    each = [place.each for place in pathway.places.values() if place.each in pathway.roles]
    return tuple(dict.fromkeys((*first, *each)))


def turns(at: Here, role: str) -> tuple[Turn, ...]:
    """The present turn and those to come."""
    rows = staff.rota(at.site, at.post.programme, role, at.now)
    ends = (*(row.at for row in rows), None)[1:]
    return tuple(_turn(at.clock, row, end) for row, end in zip(rows, ends, strict=True))


def _turn(clock: Clockwork, row: OnCall, end: int | None) -> Turn:
    since = clock.when(row.at)
    time = (
        _("from %(since)s until %(end)s") % {"since": since, "end": clock.when(end)}
        if end is not None
        else _("from %(since)s") % {"since": since}
    )
    there = row.account is not None and row.account.is_active
    name = row.account.name if there and row.account is not None else ""
    phone = row.phone if there else ""
    return Turn(name, time, phone, re.sub(r"[^0-9+]", "", phone), row.at <= clock.now)


def call(at: Here, role: str) -> Call | None:
    """Who is to be called now for this role; None where it has no rota."""
    if role not in roles(at.pathway):
        return None
    found = turns(at, role)
    now = next((turn for turn in found if turn.now), Turn("", ""))
    return Call(role_title(at.pathway, role), now, _otherwise(at))


def _otherwise(at: Here) -> str:
    site: Site = at.post.site
    return _("If nobody answers: %(phone)s") % {"phone": site.phone} if site.phone else ""


def after_step(at: Here, step: str) -> Call | None:
    """Who is to be called when this step opens a case: whoever has it next, if that is another role."""
    found = at.pathway.steps.get(step)
    if found is None or not found.opens or found.opens not in at.pathway.stages:
        return None
    owner = at.pathway.stages[found.opens].owner
    return call(at, owner) if owner != at.role else None


def here(at: Here, view: View) -> Call | None:
    """Who is to be called for a case that nobody has yet, where it stands since it came in. Only for who reads where
    it stands, at the post of its own programme.
    """
    p = at.pathway
    came = {p.steps[door.opens_with].opens for door in p.doors.values()}
    if view.pathway != p.id or view.stage not in came:
        return None
    owner = p.stages[view.stage].owner
    return call(at, owner) if owner != at.role and not dict(view.assigned).get(owner) else None
