"""What several items weigh together, said before they are agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import ngettext

from amparo.desk.obligations import terms
from amparo.desk.scene import Scene
from amparo.desk.words import lower_first, pick
from amparo.pathways.model import Type


def words(scene: Scene, items: Sequence[Mapping[str, Any]]) -> str:
    """`6 items, hours: 31, NZD 350.00, over 8 weeks`. `items`: what `obligation.agreed` says of each."""
    sums, counts = Counter[str](), Counter[str]()
    for item in items:
        kind, held = scene.pathway.obligations[item["obligation"]], item.get("terms", {})
        r = terms.read(kind)
        if (sum_ := held.get(r.money)) is not None:
            sums[str(sum_["currency"])] += int(sum_["minor"])
        if (n := held.get(r.tally)) is not None:
            counts[lower_first(pick(kind.terms[r.tally].title, r.tally))] += int(n)
    parts = [ngettext("%(n)s item", "%(n)s items", len(items)) % {"n": len(items)}]
    parts += [f"{title}: {n}" for title, n in counts.items()]
    parts += [scene.d.show(Type("money"), {"minor": n, "currency": c}) for c, n in sums.items()]
    return ", ".join((*parts, *_weeks(scene, items)))


def _weeks(scene: Scene, items: Sequence[Mapping[str, Any]]) -> list[str]:
    """Until the last of their days, in whole weeks begun."""
    local = scene.clock.local
    due = max((int(i["due"]) for i in items if i.get("due")), default=scene.clock.now)
    weeks = -(-(local(due).date() - local(scene.clock.now).date()).days // 7)
    return [ngettext("over %(n)s week", "over %(n)s weeks", weeks) % {"n": weeks}] if weeks > 0 else []
