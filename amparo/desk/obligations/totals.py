"""What it all adds up to, and what others see of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.cases.model import Obligation
from amparo.cases.requests.obligations import OTHERS, OVER
from amparo.desk import audience, offices
from amparo.desk.context import Link, Pair
from amparo.desk.obligations import rows, terms
from amparo.desk.scene import Scene, capital
from amparo.desk.words import listed, lower_first, pick, role_title
from amparo.lens.sight import obligation_granted

FROM_HERE = ("required", "allowed", "open")


def _all(scene: Scene) -> tuple[Obligation, ...]:
    return scene.view.obligations if scene.view is not None else ()


def standing(scene: Scene) -> str:
    """`One item waits on us.`, or that nothing does."""
    found = _all(scene)
    ours = sum(o.state == "waiting" and o.whose in OTHERS for o in found)
    if ours:
        one, more = (
            _("One item waits on others: that is ours."),
            _("%(n)s items wait on others: that is ours."),
        )
        return one if ours == 1 else more % {"n": ours}
    going = sum(o.state not in OVER for o in found)
    if found and not going:
        return _("Nothing is left to do.")
    return (
        ngettext("%(n)s item is running.", "%(n)s items are running.", going) % {"n": going} if going else ""
    )


def to_go(scene: Scene) -> str:
    """`To go: 3 items, $250, hours: 5, until Tue 19 Jan`."""
    going = [o for o in _all(scene) if o.state not in OVER]
    if not going:
        return _("To go: nothing") if _all(scene) else ""
    items = ngettext("%(n)s item", "%(n)s items", len(going)) % {"n": len(going)}
    until = [o.due for o in going if o.due is not None]
    last = _("until %(day)s") % {"day": scene.clock.due(max(until))} if until else ""
    parts = [x for x in (items, *_money_left(scene, going), *_counts_left(scene, going), last) if x]
    return _("To go: %(what)s") % {"what": ", ".join(parts)}


def _money_left(scene: Scene, going: Iterable[Obligation]) -> Iterable[str]:
    left: dict[str, tuple[Obligation, int]] = {}
    for o in going:
        kind = scene.pathway.obligations[o.kind]
        if (owed := rows.money(scene, o, kind)) is not None and owed.to_go:
            currency = str(o.terms[terms.read(kind).money]["currency"])
            left[currency] = (o, left.get(currency, (o, 0))[1] + owed.to_go)
    for o, minor in left.values():
        yield rows.in_money(scene, o, scene.pathway.obligations[o.kind], minor)


def _counts_left(scene: Scene, going: Iterable[Obligation]) -> Iterable[str]:
    left: Counter[str] = Counter()
    for o in going:
        kind = scene.pathway.obligations[o.kind]
        name = terms.read(kind).tally
        if (done := rows.hours(o, kind)) is not None:
            left[lower_first(pick(kind.terms[name].title, name))] += done[1] - done[0]
    return (f"{title}: {n}" for title, n in left.items() if n)


def sums(scene: Scene) -> tuple[str, ...]:
    """How many stand where, added up."""
    found = _all(scene)
    if not found:
        return ()
    by = Counter(_group(scene, o) for o in found)
    words = {
        "met": _("%(n)s done"),
        "waived": _("%(n)s no longer asked"),
        "breached": _("%(n)s not done"),
        "ended": _("%(n)s ended"),
        "verify": _("%(n)s to verify"),
        "waiting": _("%(n)s waiting"),
        "go": _("%(n)s to go"),
    }
    parts = [words[k] % {"n": by[k]} for k in words if by[k]]
    total = _("%(n)s agreed") % {"n": len(found)}
    basis = dict.fromkeys(scene.cite(scene.pathway.obligations[o.kind].basis) for o in found)
    rule = " · ".join(b for b in basis if b)
    return (f"{' + '.join(parts)} = {total}.", *((_("Rule: %(rule)s") % {"rule": rule},) if rule else ()))


def _group(scene: Scene, o: Obligation) -> str:
    if o.state in OVER:
        return o.state
    if o.state == "waiting":
        return "waiting"
    return "verify" if rows.to_verify(scene, o, scene.pathway.obligations[o.kind]) else "go"


# ------------------------------------------------------------------------------------------------ who else sees it
def readers_title(scene: Scene) -> str:
    """Said of these rows alone; what else a role reads stands elsewhere."""
    return _("Who reads these rows")


def readers(scene: Scene) -> tuple[Pair, ...]:
    """Who reads the rows, by role or by a live consent; who does not, and what those are told at most."""
    kinds = tuple(dict.fromkeys(o.kind for o in _all(scene)))
    line = audience.of_obligations(scene, kinds)
    pairs = [Pair(_("Read by"), capital(line.read_by))]
    if by_consent := listed(_by_consent(scene, kinds)):
        pairs.append(Pair(_("By consent"), by_consent))
    if line.not_by:
        pairs.append(Pair(_("Not by"), capital(line.not_by)))
    return (*pairs, *_told(scene, kinds))


def _by_consent(scene: Scene, kinds: tuple[str, ...]) -> Iterable[str]:
    now = scene.clock.now
    for c in scene.view.consents if scene.view is not None else ():
        if c.holds(now) and set(c.about) & set(kinds):
            yield offices.name_of(c.to)


def _told(scene: Scene, kinds: tuple[str, ...]) -> Iterable[Pair]:
    """What outside roles are told at most from where the case stands: titles of notices, nothing of the rows."""
    p = scene.pathway
    stage = scene.view.stage if scene.view is not None else ""
    by: dict[str, list[str]] = {}
    here = (s for s in p.steps.values() if stage and stage in s.from_)
    for name in dict.fromkeys(t.notice for s in here for t in s.tells):
        for role in p.notices[name].to:
            if role in p.roles and not _reads(scene, role, kinds):
                by.setdefault(role, []).append(lower_first(pick(p.notices[name].title, name)))
    for role, said in by.items():
        yield Pair(
            role_title(p, role), _("is told at most: %(what)s") % {"what": listed(dict.fromkeys(said))}
        )


def _reads(scene: Scene, role: str, kinds: tuple[str, ...]) -> bool:
    """Does the role read these rows anyway? Whoever was harmed is told on a page of their own."""
    p = scene.pathway
    return p.roles[role].is_ == "harmed" or any(obligation_granted(p, role, k) for k in kinds)


def adding(scene: Scene) -> tuple[Link, ...]:
    """The steps that add an item and can be taken from here."""
    view = scene.view
    if view is None:
        return ()
    steps = ((o, scene.pathway.steps[o.step]) for o in view.offers if o.group in FROM_HERE)
    return tuple(
        Link(pick(o.title, o.step), reverse("step", args=[view.case, o.step]), "go")
        for o, s in steps
        if s.makes and not s.to and not s.choice
    )
