"""What can be written about an item, each in a small form of its own: a word and a press."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from django.utils.translation import gettext as _

from amparo.cases.model import Obligation
from amparo.cases.requests.obligations import OTHERS
from amparo.desk import audience
from amparo.desk.asking import DATE, line, of_type, pick_one, words
from amparo.desk.context import Control, Form, Option, Row
from amparo.desk.drawing import control
from amparo.desk.obligations.terms import evidence_words
from amparo.desk.scene import Scene, capital
from amparo.desk.times import named_day
from amparo.desk.typed import field_id, one
from amparo.desk.words import pick
from amparo.pathways.model import ObligationKind, Term

COUNTED = ("count", "money")
LATER = (7, 14, 28)
"""Days by which an item is usually put off, offered beside a day of one's own."""


def forms(scene: Scene, o: Obligation, kind: ObligationKind, full: bool = False) -> Iterable[Form]:
    """The forms that this role may send for this item, the usual one first: of what is `full`, to verify it."""
    mine = {scene.role, *(b for b, x in scene.pathway.bodies.items() if scene.role in x.made_of)}
    waits_on_others = o.state == "waiting" and o.whose in OTHERS
    hidden = (("id", o.id),)
    if scene.role in kind.verified_by:
        two = (_progress(scene, o, kind, hidden), _met(scene, kind, hidden))
        yield from two[::-1] if full else two
    if mine & {*kind.verified_by, *kind.varied_by}:
        yield _waiting(scene, hidden)
    if mine & set(kind.varied_by):
        yield _varied(scene, o, kind, hidden)
        yield _waived(scene, kind, hidden)
    if kind.breach and mine & set(kind.breach.by) and not waits_on_others:
        yield Form(
            "breached",
            _("Not done?"),
            _("Write that it was not done"),
            breach_rows(scene, kind),
            "ink",
            _("Whose it was, in a finding of its own; the person is heard; reasons are given."),
            hidden,
        )


def _progress(scene: Scene, o: Obligation, kind: ObligationKind, hidden: tuple[tuple[str, str], ...]) -> Form:
    amounts = tuple(
        of_type(scene, t.type, f"amount.{n}", pick(t.title, n), _("done now"))
        for n, t in kind.terms.items()
        if t.type.kind in COUNTED and n in _owed(kind) and o.terms.get(n) is not None
    )
    said = words(scene, "words", _("In a word"), audience.of_obligations(scene, _named(scene, kind)))
    return Form("progress", _("How it goes"), _("Write it down"), (*amounts, said), "go", hidden=hidden)


def _owed(kind: ObligationKind) -> tuple[str, ...]:
    """What is counted towards: the first sum of money and the first count."""
    by: dict[str, str] = {}
    for name, term in kind.terms.items():
        by.setdefault(term.type.kind, name)
    return tuple(by[k] for k in COUNTED if k in by)


def _named(scene: Scene, kind: ObligationKind) -> tuple[str, ...]:
    return tuple(n for n, k in scene.pathway.obligations.items() if k is kind)


def _met(scene: Scene, kind: ObligationKind, hidden: tuple[tuple[str, str], ...]) -> Form:
    from_list = tuple((e, capital(evidence_words(scene, e))) for e in kind.evidence)
    shown = (
        pick_one(scene, "evidence", _("Shown by"), from_list)
        if from_list
        else line(scene, "evidence", _("Shown by"))
    )
    said = words(scene, "words", _("In a word"), audience.of_obligations(scene, _named(scene, kind)))
    return Form("met", _("It is done: verify"), _("Done, and seen"), (shown, said), "ink", hidden=hidden)


def _waiting(scene: Scene, hidden: tuple[tuple[str, str], ...]) -> Form:
    said = words(scene, "reasons", _("In a word"), audience.of_routine(scene))
    rows = (_small(pick_one(scene, "whose", _("On whom"), sides(scene))), said)
    note = _("What waits on a service, an authority or on us is never the person’s breach.")
    return Form("waiting", _("It waits"), _("It waits"), rows, "go", note, hidden)


def _varied(scene: Scene, o: Obligation, kind: ObligationKind, hidden: tuple[tuple[str, str], ...]) -> Form:
    up_to = (*sides(scene), ("nobody", _("nobody")))
    yes = (
        (pick_one(scene, "agreed", _("Ask: “Can this be done so?”"), yes_no_time()),
         words(scene, "words", _("The answer, in their words"), audience.of_routine(scene)))
        if asks_yes(scene, kind)
        else ()
    )  # fmt: skip
    return Form(
        "varied",
        _("Change it"),
        _("Write the change"),
        (
            *_new_day(scene, o),
            *(
                of_type(scene, t.type, f"term.{n}", pick(t.title, n), _("if it changes"))
                for n, t in _terms(o, kind)
            ),
            _small(pick_one(scene, "up_to", _("What got in the way was up to"), up_to)),
            _reasons(scene),
            *yes,
        ),
        "ink",
        _("What was agreed before stays readable under the new."),
        hidden,
    )


def _small(row: Row) -> Row:
    """Short answers beside each other."""
    return replace(row, control=replace(row.control, wide="days"))


def asks_yes(scene: Scene, kind: ObligationKind) -> bool:
    """Is the person's yes asked? Theirs to do, and it is not they themselves who write."""
    return kind.with_ == "person" and scene.pathway.roles[scene.role].is_ != "person"


def yes_no_time() -> tuple[tuple[str, str], ...]:
    return (("yes", _("Yes")), ("no", _("No")), ("later", _("Wants time")))


def _terms(o: Obligation, kind: ObligationKind) -> Iterable[tuple[str, Term]]:
    """Terms that are varied as such: sums, counts, lengths and days. Another thing altogether is another item."""
    varied = (*COUNTED, "duration", "date")
    return ((n, t) for n, t in kind.terms.items() if t.type.kind in varied and o.terms.get(n) is not None)


def _new_day(scene: Scene, o: Obligation) -> tuple[Row, ...]:
    if o.due is None:
        return ()
    today = scene.clock.local(scene.clock.now).date()
    start = max(scene.clock.local(o.due).date(), today)
    chosen = one(scene.typed, "due.in")
    days = [start + timedelta(days=n) for n in LATER]
    options = tuple(
        Option(str(d), named_day(d, today), chosen == str(d), note=_("%(n)s weeks more") % {"n": n // 7} if n > 7
               else _("1 week more"))
        for d, n in zip(days, LATER, strict=True)
    )  # fmt: skip
    quick = Control("answers", "due.in", field_id("due.in"), _("New day"), options=options, wide="days")
    return (Row(quick), of_type(scene, DATE, "due", _("or another day")))


def _waived(scene: Scene, kind: ObligationKind, hidden: tuple[tuple[str, str], ...]) -> Form:
    return Form(
        "waived",
        _("No longer ask it"),
        _("No longer ask it"),
        (_reasons(scene), *votes(scene, kind.varied_by)),
        "ink",
        hidden=hidden,
    )


def reverse_form(scene: Scene, o: Obligation, n: int) -> Form:
    """An entry is never changed: a wrong one is reversed, and both stay."""
    rows = (words(scene, "words", _("Why"), audience.of_routine(scene)),)
    return Form("reverse", _("Reverse it"), _("Reverse it"), rows, hidden=(("id", o.id), ("entry", str(n))))


def sides(scene: Scene) -> tuple[tuple[str, str], ...]:
    """On whose side something waits."""
    return (
        ("service", _("a service")),
        ("authority", _("an authority")),
        ("us", _("us")),
        ("person", scene.person()),
    )


def _reasons(scene: Scene) -> Row:
    return words(scene, "reasons", _("The reason"), audience.of_routine(scene))


def breach_rows(scene: Scene, kind: ObligationKind) -> tuple[Row, ...]:
    """Whose fault, the reasons, that the person was heard, and the votes of a body."""
    assert kind.breach is not None
    facts = scene.pathway.facts
    asked = tuple(
        Row(
            control(scene.d, facts[f].type, f"fact.{f}", pick(facts[f].title, f), scene.typed),
            why=_("finding"),
        )
        for f in kind.breach.asks
    )
    last_word = _("%(person)s had the last word") % {"person": capital(scene.person())}
    heard = Control(
        "checks", "heard", field_id("heard"), _("Heard"),
        options=(Option("yes", last_word, one(scene.typed, "heard") == "yes"),),
    )  # fmt: skip
    return (*asked, _reasons(scene), Row(heard), *votes(scene, kind.breach.by))


def votes(scene: Scene, by: Iterable[str]) -> tuple[Row, ...]:
    """A vote for each member present, where a body decides."""
    s = scene.view.sitting if scene.view is not None else None
    if s is None or s.state != "open" or s.body not in by:
        return ()
    options = (("for", _("For")), ("against", _("Against")), ("abstain", _("Abstains")))
    return tuple(pick_one(scene, f"vote.{m}", scene.who(m), options) for m in s.present)
