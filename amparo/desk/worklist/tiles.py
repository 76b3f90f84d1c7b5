"""The boxes of the worklist: what each counts, and what of it is late or due today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.desk.where import Here
from amparo.desk.words import pick
from amparo.desk.worklist.context import Tile, WorkRow


def box_titles(at: Here) -> tuple[str, ...]:
    """The boxes in the order of the definition; without any, its open stages."""
    if at.pathway.boxes:
        return tuple(pick(b.title, _("Rest")) for b in at.pathway.boxes)
    return tuple(pick(s.title, name) for name, s in at.pathway.stages.items() if not s.closed)


def box_rules(at: Here) -> tuple[str, ...]:
    """How a case gets its box, as the definition has it."""
    if at.pathway.boxes:
        return tuple(b.if_.text if b.if_ else _("all the rest") for b in at.pathway.boxes)
    return tuple("" for s in at.pathway.stages.values() if not s.closed)


def tiles(at: Here, numbers: Mapping[int, int], box: int | None, rows: Sequence[WorkRow]) -> tuple[Tile, ...]:
    """A tile a box, and its share of the bar under them. rows: all that is late or due today, or comes today,
    whatever the page shows: a search or a box changes no count.
    """
    total, x, found = max(sum(numbers.values()), 1), 0, []
    for n, title in enumerate(box_titles(at)):
        wide = round(1000 * numbers.get(n, 0) / total)
        mine = [r for r in rows if r.tile == n]
        late = sum(r.late for r in mine)
        note = ngettext("%(n)s due today", "%(n)s due today", len(mine)) % {"n": len(mine)} if mine else ""
        found.append(
            Tile(
                numbers.get(n, 0),
                title,
                f"?box={n}",
                box == n,
                _late(late),
                note,
                x,
                max(wide - 3, 1) if wide else 0,
                bool(mine),
            )
        )
        x += wide
    return tuple(found)


def _late(n: int) -> str:
    return ngettext("%(n)s late", "%(n)s late", n) % {"n": n} if n else ""
