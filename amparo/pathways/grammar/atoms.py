"""The small forms of the language, the attributes of every element, and rows and periods, which many elements
have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from amparo.pathways import model
from amparo.pathways.forms import Choice, Form, Name, RuleText, Word
from amparo.pathways.model import Period
from amparo.pathways.records import Either, Key, ListOf, Record
from amparo.pathways.typed import Citations, Len, Words
from amparo.pathways.values import parse, parse_date
from amparo.pathways.words import MILESTONES

Wrong = Iterator[tuple[str, str, str]]
Settle = Callable[[dict[str, Any]], Wrong]


def _whole(text: str) -> int:
    if not re.fullmatch(r"\d{1,6}", text):
        raise ValueError(f"'{text}' is no whole number: write a number, such as 3")
    return int(text)


def _word(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", text):
        raise ValueError(f"'{text}' can be no name: write small letters, digits and _")
    return text


def _currency(text: str) -> str:
    if not (len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()):
        raise ValueError("write the three capital letters of a currency, EUR")
    return text


def _id(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", text):
        raise ValueError(f"'{text}' is no id of a pathway: write small letters and -")
    return text


def _yes(text: str) -> bool:
    return bool(parse(model.Type("yes_no"), text))


ANY = Word("words", str)
ID = Word("the id", _id)
CURRENCY = Word("a currency, `EUR`", _currency, r"^[A-Z]{3}$")
NUMBER = Word("a whole number", _whole, r"^\d+$")
YES = Word("`yes` or `no`", _yes, "^(yes|no)$")
DATE = Word("a date, `2023-10-01`", parse_date, r"^\d{4}-\d\d-\d\d$")
CODE = Word("a word", _word, "^[a-z][a-z0-9_]*$")
RULE = RuleText()
TEXT = Words()
LEN = Len()

ROLE = Name("a role", ("role",))
STEP = Name("a step", ("step",))
STAGE = Name("a stage", ("stage",))
FACT = Name("a fact", ("fact",))
NOTICE = Name("a notice", ("notice",))
VOCABULARY = Name("a vocabulary", ("vocabulary",))
TASK = Name("a role, or a quality of a body's members", ("role", "quality"))
SEEN = Name("a class of facts or a fact", ("class", "fact"))
SHARED = Name("a class of facts, a fact or an obligation", ("class", "fact", "obligation"))
EVENT = Name(
    "a step",
    ("step",),
    phrases={"enter": "stage", "delivered": "letter", "answered": "support", "silent": "fact"},
)

ROLES = ListOf(ROLE)
WHO = ListOf(Name("a role or body", ("role", "body")))
STEPS = ListOf(STEP)
STAGES = ListOf(STAGE)
FACTS = ListOf(FACT)
LETTERS = ListOf(Name("a letter", ("letter",)))
COUNTS = ListOf(Name("a count", ("count",)))
CONSENTS = ListOf(Name("a consent", ("consent",)))
EVENTS = ListOf(EVENT)
REACHED = ListOf(Choice(MILESTONES, called="a milestone"))
NOTHINGS = ListOf(Choice(("not_known", "refused", "no_answer")))
ALL_OR_NONE = {"all": "all", "none": "none"}
CRITERIA = ListOf(Name("a criterion", ("criterion",)), ALL_OR_NONE)
DOORS = ListOf(Name("a door", ("door",)), ALL_OR_NONE)

MAY_REPLACE = Key(Choice(("may_replace",)), "`may_replace`: a profile may put another in its place")

PARTS = {
    "roles": Key(ROLES, "roles"),
    "facts": Key(FACTS, "facts"),
    "steps": Key(STEPS, "steps"),
    "clocks": Key(ListOf(Name("a clock", ("clock",))), "clocks"),
    "letters": Key(LETTERS, "letters"),
    "codes": Key(ListOf(Name("a code, `vocabulary.code`", ("code",))), "codes of vocabularies: `vocabulary.code`"),
}
"""What there may be none of in another place."""

COMMON = {
    "title": Key(TEXT, "what people read"),
    "basis": Key(Citations(), "where it is written; `house`: a rule of this software, `site`: of the site"),
    "unverified": Key(Either(ANY, map=TEXT), "why it is not settled; shown wherever the element is used"),
    "note": Key(ANY, "for reviewers"),
    "was": Key(ANY, "its name in an earlier version"),
}
"""Keys of every element; where an element has a form of its own for one, that one holds."""


def element(
    what: str, make: Any, keys: dict[str, Key], short: str = "", settle: Settle | None = None
) -> Record:
    """A record with the attributes of every element."""
    common = {name: key for name, key in COMMON.items() if name not in keys}
    return Record(what, make, {**keys, **common}, short, settle)


def exactly_one(values: dict[str, Any], *names: str) -> Wrong:
    if sum(name in values for name in names) != 1:
        keys = ", ".join(name.rstrip("_") for name in names)
        yield "Y2", f"exactly one of {keys} is needed here", "write one of them"


def period(what: str, key: str, form: Form) -> Record:
    """One period of a dated thing: `{from, until, <key>}`."""

    def settle(values: dict[str, Any]) -> Wrong:
        values["period"] = Period(values.pop("from_"), values.pop("until", None))
        yield from ()

    keys = {
        "from": Key(DATE, "first day", must=True),
        "until": Key(DATE, "last day; without it, open"),
        key: Key(form, "what holds on these days", must=True, attr="value"),
    }
    return element(what, model.Dated, keys, settle=settle)


def row(what: str, make: Any, key: str, form: Form, short: str = "") -> Record:
    """One row of a choice: `{if, <key>}`, or the last one, `{otherwise}`."""

    def settle(values: dict[str, Any]) -> Wrong:
        if "otherwise" in values and not {"if_", key} & values.keys():
            values[key] = values.pop("otherwise")
        elif "otherwise" in values:
            yield "Y2", "`otherwise` stands with other keys in one row", "give it a row of its own"
        elif key not in values:
            yield "Y2", f"this row lacks '{key}'", f"write {key}: what it gives"
        values.setdefault("if_", None)

    keys = {
        "if": Key(RULE, "the first row whose rule is true is taken"),
        key: Key(form, "what this row gives"),
        "otherwise": Key(form, "the last row: what holds if none was true"),
    }
    return element(what, make, keys, short, settle)
