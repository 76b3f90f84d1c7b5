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
    return Turn(name, time, phone, _dialled(phone), row.at <= clock.now)


def _dialled(phone: str) -> str:
    return re.sub(r"[^0-9+]", "", phone)


def call(at: Here, role: str) -> Call | None:
    """Who is to be called now for this role; None where it has no rota."""
    if role not in roles(at.pathway):
        return None
    found = turns(at, role)
    now = next((turn for turn in found if turn.now), Turn("", ""))
    after = next((x for x in found if x.dial and not x.now and x.dial != now.dial), None)
    return Call(role_title(at.pathway, role), now, _otherwise(at), after, _dialled(at.post.site.phone))


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


SHIFT = 12 * 3600
"""Seconds for which whoever opened a case is told whom to call."""


def _came_in(at: Here, view: View) -> str:
    """The stage in which a case came in by the hand of somebody who reads none, '' if it was not just now."""
    p = at.pathway
    door = p.doors.get(view.door)
    step = p.steps[door.opens_with] if door is not None else None
    mine = step is not None and at.role in step.by and view.closed is None
    return step.opens if step is not None and mine and at.now - view.opened_at < SHIFT else ""


def here(at: Here, view: View) -> Call | None:
    """Who is to be called for a case that nobody has yet, where it stands since it came in. Whoever opened it and reads
    no stage is told in any case, for as long as a shift lasts: so it tells nothing of where it stands.
    """
    p = at.pathway
    came = {p.steps[door.opens_with].opens for door in p.doors.values()}
    stage = view.stage or _came_in(at, view)
    if view.pathway != p.id or stage not in came:
        return None
    owner = p.stages[stage].owner
    return call(at, owner) if owner != at.role and not dict(view.assigned).get(owner) else None
