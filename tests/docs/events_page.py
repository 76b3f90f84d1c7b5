"""Make `docs/reference/events.md` from the vocabulary of events.

    .venv/bin/python -m tests.docs.events_page

`tests/docs/test_events.py` fails while the page is not what this makes.
"""

from collections.abc import Iterator

from amparo.cases.events import KINDS, Kind
from tests.docs import pages

PAGE = pages.DOCS / "reference" / "events.md"

HEAD = """# Events

Made from `amparo/cases/events.py`; do not change it by hand: `.venv/bin/python -m tests.docs.events_page`.

A case's log holds these kinds of entries and no others. Each is in the past tense, what it is about first. An
entry also has its number in the case (from 1, without gaps), when it happened and when it was recorded (whole
seconds, UTC), who did it (an account, the person, an office, or `clock`), in which role, and the version of
the definition.

*Holds* are the keys of what the entry carries. *About* is what it tells of, and so what a role must be
allowed to see before it reads the entry ([the lens](../explanation/privacy.md#the-lens)). Entries about the
case as a whole, its opening apart, are the office's routine, like sittings: the person sees them, and roles
that read every step. The sentence is what the timeline says; `{…}` is filled from the definition's titles.

Starting, stopping and pausing a clock is no event: it follows from the steps, and the fold works it out.
Looking is no event either: looks have a log of their own. `case.erased` is the one that stands in clear.
"""


def page() -> str:
    """The whole page."""
    families = dict.fromkeys(name.partition(".")[0] for name in KINDS)
    return "\n".join([HEAD, *(line for family in families for line in _section(family))])


def _section(family: str) -> Iterator[str]:
    yield from (
        f"## {family}",
        "",
        "| kind | sentence | em português | holds | about |",
        "|---|---|---|---|---|",
    )
    yield from (_row(kind) for name, kind in KINDS.items() if name.partition(".")[0] == family)
    yield ""


def _row(kind: Kind) -> str:
    holds = ", ".join(f"`{key}`" for key in kind.holds)
    return f"| `{kind.name}` | {kind.says['en']} | {kind.says['pt']} | {holds} | `{kind.about}` |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
