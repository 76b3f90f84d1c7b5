"""One item as a row: who helps, by when, how we will know, where it stands. Brick is for what a service or we owe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from amparo.cases.model import Obligation
from amparo.cases.requests.obligations import OTHERS, OVER
from amparo.desk.context import Nothing
from amparo.desk.obligations import terms
from amparo.desk.obligations.context import Entry, Item, Pay, Stand
from amparo.desk.obligations.forms import forms, reverse_form
from amparo.desk.obligations.money import Sum, add_up, counted
from amparo.desk.scene import Scene, capital
from amparo.desk.times import named_day, span
from amparo.desk.words import listed, lower_first, pick, role_title
from amparo.pathways import values
from amparo.pathways.model import ObligationKind


def row(scene: Scene, n: int, o: Obligation) -> Item:
    """The item, with what can be written about it."""
    kind = scene.pathway.obligations[o.kind]
    r = terms.read(kind)
    helps = terms.value(scene, kind, o.terms, r.helps)
    owed = money(scene, o, kind)
    done = hours(o, kind)
    used = r.texts[1:] if terms.is_goal(kind) else r.texts
    day, note, was = _day(scene, o)
    return Item(
        n,
        terms.title(scene, o),
        "" if terms.is_goal(kind) else str(o.terms.get("words") or ""),
        helps or _whose(scene, kind),
        day,
        note,
        was,
        *_know(scene, o, kind, r),
        _stand(scene, o, kind, owed, done),
        Nothing("na", _("no day, as agreed")) if o.due is None else None,
        o.state == "waiting",
        (*terms.titled(scene, kind, o.terms, (*used, *r.rest)), *_each(scene, o, kind, r)),
        _pays(scene, o, kind, owed) if owed else (),
        _sum(scene, o, kind, r, owed) if owed else (),
        _entries(scene, o, kind, r),
        _("What was written down towards it"),
        () if o.state in OVER else tuple(forms(scene, o, kind, to_verify(scene, o, kind))),
        o.state in OVER,
    )


def _whose(scene: Scene, kind: ObligationKind) -> str:
    said = {
        "person": scene.person(),
        "service": _("a service"),
        "authority": _("an authority"),
        "us": _("us"),
    }
    return capital(said[kind.with_])


def local_day(scene: Scene, at: int | None) -> date | None:
    return scene.clock.local(at).date() if at is not None else None


def today(scene: Scene) -> date:
    return scene.clock.local(scene.clock.now).date()


def said_day(scene: Scene, day: date) -> str:
    return named_day(day, today(scene))


# ------------------------------------------------------------------------------------------------ the columns
def _day(scene: Scene, o: Obligation) -> tuple[str, str, str]:
    """By when, how far that is, and the days that were agreed before."""
    was = [e["was_due"] for e in o.entries if e["what"] == "varied" and e.get("due") and e.get("was_due")]
    before = listed(scene.clock.due(w) for w in was)
    before = _("before: %(days)s") % {"days": before} if before else ""
    if o.due is None:
        return "", "", before
    day = capital(scene.clock.due(o.due))
    if o.state in OVER:
        return day, "", before
    if o.state == "waiting":
        since = next((int(e["at"]) for e in reversed(o.entries) if e["what"] == "waiting"), o.at)
        return day, _("waits since %(day)s") % {"day": scene.clock.day(since)}, before
    if scene.clock.now > o.due:
        return day, _("%(span)s past its day") % {"span": span(scene.clock.now - o.due)}, before
    return day, scene.clock.left(o.due).left, before


def _know(scene: Scene, o: Obligation, kind: ObligationKind, r: terms.Read) -> tuple[str, str]:
    """How we will know, and who says so."""
    coded = [v for n in r.codes if (v := terms.value(scene, kind, o.terms, n))]
    shown = coded[:1] or [capital(listed(terms.evidence_words(scene, e) for e in kind.evidence))]
    by = coded[1:2] or [listed(lower_first(role_title(scene.pathway, role)) for role in kind.verified_by)]
    return shown[0], _("seen by: %(who)s") % {"who": lower_first(by[0])} if by[0] else ""


def _each(scene: Scene, o: Obligation, kind: ObligationKind, r: terms.Read) -> list[str]:
    return terms.titled(scene, kind, o.terms, (r.each,)) if r.each else []


# ------------------------------------------------------------------------------------------------ sums
def money(scene: Scene, o: Obligation, kind: ObligationKind) -> Sum | None:
    """What was paid, is behind and is to come; None where no money is owed."""
    r = terms.read(kind)
    total, each = _minor(kind, o, r.money), _minor(kind, o, r.each)
    if total is None:
        return None
    paid = sum(_amount(kind, r.money, e) for e, struck in counted(o.entries, r.money) if not struck)
    first = o.terms.get(r.first) if r.first else None
    starts = date.fromisoformat(first) if first else None
    return add_up(total, each, paid, starts, local_day(scene, o.due), today(scene))


def hours(o: Obligation, kind: ObligationKind) -> tuple[int, int] | None:
    """Done and agreed of what is counted, such as hours; None where nothing is."""
    r = terms.read(kind)
    owed = o.terms.get(r.tally) if r.tally else None
    if owed is None:
        return None
    return sum(_amount(kind, r.tally, e) for e, struck in counted(o.entries, r.tally) if not struck), int(
        owed
    )


def to_verify(scene: Scene, o: Obligation, kind: ObligationKind) -> bool:
    """Is all of it paid and done, as far as it is counted, so that it waits only to be verified?"""
    owed, done = money(scene, o, kind), hours(o, kind)
    full = [not owed.to_go] if owed is not None else []
    full += [done[0] >= done[1]] if done is not None else []
    return bool(full) and all(full)


def _minor(kind: ObligationKind, o: Obligation, name: str) -> int | None:
    plain = o.terms.get(name) if name else None
    return values.ruled(values.decode(kind.terms[name].type, plain)) if plain is not None else None


def _amount(kind: ObligationKind, term: str, entry: Mapping[str, Any]) -> int:
    return int(values.ruled(values.decode(kind.terms[term].type, entry["amount"])))


def in_money(scene: Scene, o: Obligation, kind: ObligationKind, minor: int) -> str:
    """A sum in the currency of what is owed, never broken between currency and number."""
    name = terms.read(kind).money
    plain = {"minor": minor, "currency": o.terms[name]["currency"]}
    return scene.d.show(kind.terms[name].type, plain).replace(" ", "\u00a0")


def _pays(scene: Scene, o: Obligation, kind: ObligationKind, s: Sum) -> tuple[Pay, ...]:
    return tuple(_pay(scene, o, kind, n, len(s.slots), slot) for n, slot in enumerate(s.slots, 1))


def _pay(scene: Scene, o: Obligation, kind: ObligationKind, n: int, of: int, slot: Any) -> Pay:
    day = said_day(scene, slot.day) if slot.day else _("%(n)s of %(of)s") % {"n": n, "of": of}
    due, paid = in_money(scene, o, kind, slot.due), in_money(scene, o, kind, slot.paid)
    if slot.state == "paid":
        return Pay(day, _("%(sum)s paid") % {"sum": due}, "paid")
    part = _("%(paid)s of %(sum)s") % {"paid": paid, "sum": due}
    words = part if slot.state == "missed" or slot.paid else due
    return Pay(day, words, slot.state, _("next") if slot.state == "next" else "")


def _sum(
    scene: Scene, o: Obligation, kind: ObligationKind, r: terms.Read, s: Sum
) -> tuple[tuple[str, bool], ...]:
    """`50 + 50 = $100 paid. 50 behind + 200 to come = $250 to go.`, each sum in strong type."""
    held = [e for e, struck in counted(o.entries, r.money) if not struck]
    parts = [in_money(scene, o, kind, _amount(kind, r.money, e)) for e in held]
    paid = _("%(sum)s paid") % {"sum": in_money(scene, o, kind, s.paid)}
    return (
        (f"{' + '.join(parts)} = " if len(parts) > 1 else "", False),
        (paid, True),
        (". ", False),
        *_to_go(scene, o, kind, s),
    )


def _to_go(scene: Scene, o: Obligation, kind: ObligationKind, s: Sum) -> Iterable[tuple[str, bool]]:
    if not s.to_go:
        yield _("Nothing is left to do."), False
        return
    if o.state in OVER:  # nothing more is asked, though not all of it was paid
        yield (
            _("%(sum)s was not paid, and is no longer asked.") % {"sum": in_money(scene, o, kind, s.to_go)},
            False,
        )
        return
    if s.behind and s.to_come:
        behind = _("%(sum)s behind") % {"sum": in_money(scene, o, kind, s.behind)}
        come = _("%(sum)s to come") % {"sum": in_money(scene, o, kind, s.to_come)}
        yield f"{behind} + {come} = ", False
    words = _("%(sum)s behind") if s.behind and not s.to_come else _("%(sum)s to go")
    yield words % {"sum": in_money(scene, o, kind, s.to_go)}, True
    yield ".", False


def _entries(scene: Scene, o: Obligation, kind: ObligationKind, r: terms.Read) -> tuple[Entry, ...]:
    """Each payment and each count as it was written, a reversed one struck and its reversal beside it."""
    undone = {e["reverses"]: e for e in o.entries if e.get("reverses")}
    found = [(i, e) for i, e in enumerate(o.entries) if e["what"] == "progressed" and e.get("term")]
    return tuple(_entry(scene, o, kind, i, e, undone.get(e["seq"])) for i, e in found)


def _entry(
    scene: Scene,
    o: Obligation,
    kind: ObligationKind,
    i: int,
    e: Mapping[str, Any],
    undone: Mapping[str, Any] | None,
) -> Entry:
    words = terms.value(scene, kind, {e["term"]: e["amount"]}, e["term"])
    label = lower_first(pick(kind.terms[e["term"]].title, e["term"]))
    note = " · ".join(x for x in (by_words(scene, e), str(e.get("words") or "")) if x)
    if undone is not None:
        why = _("reversed %(when)s: %(why)s") % {
            "when": scene.clock.when(int(undone["at"])), "why": undone.get("words") or "–",
        }  # fmt: skip
        return Entry(scene.clock.when(int(e["at"])), f"{words} ({label})", f"{note} · {why}", True)
    may = scene.role in kind.verified_by and o.state not in OVER
    undo = reverse_form(scene, o, i) if may else None
    return Entry(scene.clock.when(int(e["at"])), f"{words} ({label})", note, False, undo)


def by_words(scene: Scene, e: Mapping[str, Any]) -> str:
    """Who wrote an entry; oneself is *you*."""
    by = str(e.get("by") or "")
    return _("you") if by and by == scene.account else scene.who(by) if by else ""


# ------------------------------------------------------------------------------------------------ where it stands
def _stand(
    scene: Scene, o: Obligation, kind: ObligationKind, owed: Sum | None, done: tuple[int, int] | None
) -> Stand:
    last = o.entries[-1] if o.entries else {}
    if o.state in OVER:
        return _ended(scene, o, last)
    if o.state == "waiting":
        return _waits(scene, o, kind, last)
    notes, said, late = tuple(_notes(scene, o, last)), str(last.get("words") or last.get("reasons") or ""), ""
    if kind.with_ != "person" and o.due is not None and scene.clock.now > o.due:
        late = scene.clock.left(o.due).left
    if owed is not None:
        return Stand("", _paid_words(scene, o, kind, owed), (*_since(scene, owed), *notes), late, said)
    if done is not None:
        reached = done[0] >= done[1]
        words = _("%(done)s of %(of)s, to be verified") if reached else _("%(done)s of %(of)s")
        name = terms.read(kind).tally
        words = f"{pick(kind.terms[name].title, name)}: {words % {'done': done[0], 'of': done[1]}}"
        return Stand("circle", words, notes, late, said)
    return Stand("circle", _("Under way") if o.state == "under_way" else _("Agreed"), notes, late, said)


def _notes(scene: Scene, o: Obligation, last: Mapping[str, Any]) -> Iterable[str]:
    if not o.entries:
        yield _("on %(when)s") % {"when": scene.clock.when(o.at)}
        return
    when, who = scene.clock.when(int(last["at"])), by_words(scene, last)
    what = {"varied": _("changed"), "progressed": _("last seen")}.get(str(last["what"]), "")
    if last.get("reverses"):
        what = _("an entry was reversed")
    yield ", ".join(x for x in (f"{what} {when}".strip(), who) if x)


def _paid_words(scene: Scene, o: Obligation, kind: ObligationKind, s: Sum) -> str:
    total = s.paid + s.to_go
    paid = _("%(paid)s of %(total)s paid") % {
        "paid": in_money(scene, o, kind, s.paid), "total": in_money(scene, o, kind, total),
    }  # fmt: skip
    if not s.to_go:
        return _("%(paid)s, to be verified") % {"paid": paid}
    if not s.behind:
        return paid
    return _("%(paid)s, %(behind)s behind") % {"paid": paid, "behind": in_money(scene, o, kind, s.behind)}


def _since(scene: Scene, s: Sum) -> Iterable[str]:
    if s.since is not None:
        far = (today(scene) - s.since).days
        yield _("Since %(day)s, %(days)s.") % {"day": said_day(scene, s.since), "days": span(far * 86400)}


def _waits(scene: Scene, o: Obligation, kind: ObligationKind, last: Mapping[str, Any]) -> Stand:
    whose = {
        "service": _("a service"),
        "authority": _("an authority"),
        "us": _("us"),
        "person": scene.person(),
    }
    on = whose.get(o.whose, o.whose)
    ours = o.whose in OTHERS
    words = _("Waits on %(whom)s: ours") if ours and o.whose != "us" else _("Waits on %(whom)s")
    said = str(last.get("reasons") or "")
    notes = [
        _("written %(when)s, %(who)s")
        % {"when": scene.clock.when(int(last["at"])), "who": by_words(scene, last)}
    ]
    notes += [_("“Not done” cannot be recorded while it waits.")] if ours and kind.breach else []
    return Stand("pause", words % {"whom": on}, tuple(notes), said=said)


def _ended(scene: Scene, o: Obligation, last: Mapping[str, Any]) -> Stand:
    at = scene.clock.when(int(last["at"])) if last else ""
    who = by_words(scene, last)
    why = str(last.get("reasons") or last.get("words") or "")
    if o.state == "met":
        shown = last.get("evidence")
        by = _("Verified by %(who)s, %(when)s") % {"who": who, "when": at}
        by = (
            f"{by}; {_('shown by: %(what)s') % {'what': terms.evidence_words(scene, str(shown))}}"
            if shown
            else by
        )
        return Stand("check", _("Done"), (by,), said=why)
    words = {"waived": _("No longer asked"), "breached": _("Not done"), "ended": _("Ended")}[o.state]
    return Stand("dash", words, (f"{at}, {who}",), said=why)
