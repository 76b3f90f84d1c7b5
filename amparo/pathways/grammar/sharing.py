"""Keys of who is told and helped: sittings, support, consents, letters, notices, places, counts, retention,
simulate.
"""

from __future__ import annotations

from typing import Any

from amparo.pathways import model
from amparo.pathways.forms import Around, Choice, Name, Reading, Schema
from amparo.pathways.grammar.atoms import (
    ANY,
    CONSENTS,
    DOORS,
    FACT,
    LEN,
    MAY_REPLACE,
    NUMBER,
    ROLE,
    ROLES,
    RULE,
    SHARED,
    STAGES,
    STEPS,
    TASK,
    TEXT,
    WHO,
    YES,
    Wrong,
    element,
)
from amparo.pathways.records import Key, ListOf, MapOf
from amparo.pathways.typed import SETTING, Citations, Len, SettingOr
from amparo.pathways.words import KEPT_WORDS, LETTER_FIELDS, LETTER_SAYS, MILESTONES, NOTICE_SAYS
from amparo.pathways.yaml_form import Node, Scalar

SITTING = element(
    "a sitting",
    model.SittingKind,
    {
        "body": Key(Name("a body", ("body",)), "the body that sits"),
        "public": Key(YES, "whether it is open to the public"),
        "records": Key(Choice(("open", "closed", "minutes", "none")), "what is kept of it"),
        "apart": Key(YES, "its record is kept apart from the open one"),
        "every": Key(LEN, "its rhythm"),
        "agenda": Key(Choice(("site", "none")), "whether cases of a site are heard in one agenda"),
    },
)

SUPPORT = element(
    "a support step",
    model.Support,
    {
        "by": Key(WHO, "who gives it or notes it", must=True),
        "kinds": Key(
            ListOf(Name("a kind of need", ("need",)), {"all": ()}), "kinds of need; without it, all"
        ),
        "answer_within": Key(LEN, "by when a referral is answered; then chasing it is our task"),
        "after_end": Key(YES, "open after the case has ended"),
        "consents": Key(CONSENTS, "consents that it needs"),
        "answered_by": Key(ROLES, "who may type in an answer"),
    },
)


class _Lasts:
    """A length, or the events that end a consent: `until closed`, `until <step>`."""

    says = "a length, or list: `until closed` or `until <step>`"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if isinstance(node, Scalar) and not node.text.startswith("until "):
            return LEN.read(reading, node, around)
        return UNTIL.read(reading, node, around)

    def schema(self) -> Schema:
        return UNTIL.schema()


class _Until(Name):
    """`until closed` becomes `closed`, `until <step>` the step's name."""

    def named(self, reading: Reading, node: Scalar) -> Any:
        return "closed" if node.text == "until closed" else super().named(reading, node)


UNTIL = ListOf(_Until("an end, `until closed`", phrases={"until": "step"}, make=lambda prefix, name: name))

WITHDRAWAL = element(
    "a withdrawal",
    model.Withdrawal,
    {
        "stops": Key(YES, "disclosure stops at once (default yes)"),
        "task": Key(TASK, "who tells each recipient"),
        "within": Key(LEN, "by when each recipient is told (default: on the very day)"),
    },
)

CONSENT = element(
    "a consent",
    model.ConsentKind,
    {
        "to": Key(ROLES, "who may be told", must=True),
        "about": Key(ListOf(SHARED), "classes, facts and obligations that may be told", must=True),
        "doors": Key(DOORS, "only for cases that came in by these doors"),
        "purpose": Key(TEXT, "what for", must=True),
        "lasts": Key(_Lasts(), "until when, or until what", must=True),
        "alone": Key(YES, "never on one form with another"),
        "regime": Key(SETTING, "the setting that holds its legal regime"),
        "adds": Key(TEXT, "the sentence that the law adds to each text told under it, while the regime applies"),
        "on_withdrawal": Key(WITHDRAWAL, "what a withdrawal does"),
        "profile": MAY_REPLACE,
    },
)

PHRASES = "`term <step>.<term>`, `obligations.<obligation>`"

LETTER_FIELD = Name(
    "a field of a letter",
    ("fact", "owed"),
    LETTER_FIELDS,
    {"term": "term", "setting": "setting", "clock": "clock"},
    called=f"a fact, {PHRASES}, `setting <setting>`, `clock <clock>`, or a field of the case (see below)",
)
LETTER = element(
    "a letter",
    model.Letter,
    {
        "to": Key(ROLES, "one copy for each addressee who is in the case", must=True),
        "fields": Key(
            ListOf(LETTER_FIELD), "what it shows; with one not known or unset, it refuses to print", must=True
        ),
        "says": Key(ListOf(Choice(LETTER_SAYS)), "passages beside its own text"),
        "hour": Key(FACT, "the fact that holds the hour for which it summons"),
        "draft": Key(YES, "not yet checked by a jurist"),
        "profile": MAY_REPLACE,
    },
)

NOTICE_FIELD = Name(
    "what a notice says",
    ("fact", "owed"),
    (*MILESTONES, *NOTICE_SAYS),
    {"term": "term"},
    called=f"a fact, a milestone, {PHRASES}, or a field of the case (see below)",
)


def _notice(values: dict[str, Any]) -> Wrong:
    if values.get("corrects") and "recipients" not in values["to"]:
        yield "Y2", "this notice corrects others and is not for recipients", "write to: recipients"


NOTICE = element(
    "a notice",
    model.Notice,
    {
        "to": Key(
            ListOf(Name("a role", ("role",), ("recipients",))),
            "whom it tells; `recipients`: everybody who was told before",
            must=True,
        ),
        "says": Key(
            ListOf(NOTICE_FIELD),
            "exactly what it tells, never a whole class",
            must=True,
        ),
        "ground": Key(Citations(consent=True), "on what ground it is told", must=True),
        "receipt": Key(YES, "a receipt is asked for"),
        "without_name": Key(YES, "never names the person"),
        "party": Key(FACT, "the fact that names who is told, where one role stands for many"),
        "corrects": Key(
            ListOf(Name("a notice", ("notice",))),
            "for `recipients`: only who was sent one of these gets a copy, and what of these is unsent is cancelled",
        ),
    },
    settle=_notice,
)

ORDER = Name(
    "a key of the order",
    words=("waiting_since",),
    phrases={"since": "step", "due": "clock", "door": "door"},
)


def _place(values: dict[str, Any]) -> Wrong:
    if "held_in" not in values and not {"taken_by", "per"} <= values.keys():
        yield "Y2", "nothing says how long a place is used", "write held_in, or taken_by and per"


PLACE = element(
    "a place",
    model.Place,
    {
        "number": Key(SettingOr(NUMBER), "how many", must=True),
        "held_in": Key(STAGES, "stages in which one is held"),
        "taken_by": Key(STEPS, "steps that use one"),
        "per": Key(LEN, "how long a use counts, in whole days: `1 week` is so many a week"),
        "each": Key(ROLE, "so many for each worker of this role, by whose case it is"),
        "order": Key(ListOf(ORDER), "who is first", must=True),
        "warn_over": Key(SettingOr(NUMBER), "the number over which a page says that a worker carries many"),
        "waived_by": Key(ROLES, "who may let a case in without a free place, with reasons"),
    },
    settle=_place,
)

COUNT = element(
    "a count",
    model.Count,
    {
        "of": Key(TEXT, "what is counted", must=True),
        "keeps": Key(
            ListOf(Name("a fact", ("fact",), KEPT_WORDS)),
            "codes kept with it",
        ),
    },
)


RETENTION = element(
    "a retention line",
    model.Retention,
    {
        "after": Key(STAGES, "the closed stages it is about", must=True),
        "named": Key(Len(("at once",)), "how long lists, searches and registers use the name", must=True),
        "ends": Key(
            Len(("receipts",)),
            "when the case's key is destroyed (default: the same); `receipts`: once every receipt asked is in",
        ),
        "then": Key(Choice(("statistics", "wiped")), "what remains", must=True),
        "never_named": Key(YES, "no register is ever told who it is"),
        "kept_while": Key(RULE, "neither name nor file goes until this is false, however long ago the end was"),
    },
)

SIMULATE = element(
    "simulate",
    model.Simulate,
    {
        "skips": Key(STEPS, "steps that the simulation leaves out"),
        "draws": Key(MapOf(ANY, "a fact"), "at which step a fact gets its value"),
        "assumes": Key(MapOf(ANY, "a word"), "what the scribe fills"),
    },
)
