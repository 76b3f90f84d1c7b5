"""Who is shown which services: whoever refers, each of the site's; a service, itself alone."""

from __future__ import annotations

from amparo.desk import offices
from amparo.desk.where import Here
from amparo.pathways import calendar
from amparo.pathways.model import Pathway
from amparo.people import services
from amparo.people.models import Office


def roles_of_services(p: Pathway) -> tuple[str, ...]:
    """Roles of services that may be referred to: those that a consent for it names, else every provider."""
    refer = p.support.get("refer")
    if refer is None:
        return ()
    named = dict.fromkeys(r for k in refer.consents for r in p.consents[k].to)
    return tuple(named) or tuple(r for r, x in p.roles.items() if x.is_ == "provider")


def refers(at: Here) -> bool:
    """May this role refer?"""
    refer = at.pathway.support.get("refer")
    return refer is not None and at.role in refer.by


def is_service(at: Here) -> bool:
    """Does this account work at a service that may be referred to?"""
    return at.account.office_id is not None and at.role in roles_of_services(at.pathway)


def may_open(at: Here) -> bool:
    """Is this page there for this account?"""
    return bool(roles_of_services(at.pathway)) and (refers(at) or is_service(at))


def shown(at: Here) -> tuple[Office, ...]:
    """To a service, itself alone; else each of the site's."""
    found = offices.of_roles(at.site, roles_of_services(at.pathway), at.now, at.zone)
    return found if refers(at) else tuple(o for o in found if o.pk == at.account.office_id)


def told_within(at: Here) -> tuple[int, bool]:
    """For how many hours a told number stands, and whether the site entered it."""
    return services.told_within(at.site, at.post.programme, calendar.day_of(at.now, at.zone))
