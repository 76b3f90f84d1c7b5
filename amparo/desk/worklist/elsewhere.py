"""What waits at one's other posts: who holds two is not to miss what is late in the one they are not looking at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.desk.where import Here
from amparo.desk.words import post_words
from amparo.desk.worklist.context import Elsewhere
from amparo.desk.worklist.rows import drawing
from amparo.desk.worklist.today import by_today, of_today


def elsewhere(at: Here) -> Iterable[Elsewhere]:
    """Each other post, and how much is late or due there today by what its role reads."""
    for post in at.posts:
        if post.pk != at.post.pk:
            there = replace(at, post=post)
            n = _waiting(there)
            words = ngettext("%(n)s thing today", "%(n)s things today", n) % {"n": n}
            due = words if n else _("nothing due today")
            yield Elsewhere(post.pk, post_words(there.pathway, post.role), post.site.name, due)


def _waiting(there: Here) -> int:
    draw = drawing(there)
    rows = (draw(row) for row in of_today(there))
    return sum(by_today(there, row) and row.whose != "other" for row in rows)
