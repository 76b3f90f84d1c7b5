"""Who works on a case, as its file says it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from amparo.desk.case.context import Someone
from amparo.desk.scene import Scene
from amparo.desk.words import lower_first, role_title


def people(scene: Scene) -> tuple[Someone, ...]:
    """Who works on the case, and in which part."""
    view = scene.view
    assert view is not None
    assigned = [
        Someone(scene.who(who), lower_first(role_title(scene.pathway, role)))
        for role, who in view.assigned
        if who
    ]
    sitting = [
        Someone(scene.who(m), _("named for the sitting"))
        for m in (view.sitting.members if view.sitting else ())
    ]
    return (*assigned, *sitting)
