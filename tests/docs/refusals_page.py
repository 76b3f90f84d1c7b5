"""Put into `docs/explanation/refusals.md` the refusals that the program gives, and the rule as it stands.

    .venv/bin/python -m tests.docs.refusals_page

`tests/docs/test_refusals.py` fails while the page is not what this makes.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from amparo.cases import decide, fold, words
from amparo.cases.model import Do, Event, Refusal, Request, Site, World
from amparo.pathways import reader, values
from tests.docs import pages

PAGE = pages.DOCS / "explanation" / "refusals.md"
RULE = re.compile(r'(?<=^required: ").*(?="$)', re.MULTILINE)
SHOWN = re.compile(r"<!-- refusal: (?P<mark>[^>]+) -->\n(?P<said>(?:>.*\n)+)")

PATHWAY = reader.programme("pt-dissuasion")
LISBON = Site("lisboa", "Europe/Lisbon", settings={"hearing_starts_from": "first_session"})
MEMBERS: Mapping[str, tuple[str, ...]] = {"ana": ("president",), "bruno": ("jurist",), "carla": ()}
WORLD = World(("own", "assigned", "sitting", "site", "programme"), MEMBERS)
CASE = "7k4m-2qxd-91tz"


def at(written: str) -> int:
    return int(datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(LISBON.zone)).timestamp())


def plain(kind: str, name: str, written: str) -> Any:
    """A term as it stands in a request, from how people write it."""
    type_ = PATHWAY.steps[kind].terms[name].type
    return values.encode(type_, values.parse(type_, written))


SIX_GRAMS = values.Records(({"substance": "cannabis_herb", "mass": 6_000_000, "weight": "net"},), False)
RECORD = {
    "occurred_at": at("2024-03-04 21:30"), "area": "lisboa", "seized": True, "own_use": True, "age": 24,
    "home": "lisboa", "appointment": at("2024-03-06 10:00"), "language": "pt",
    "substances": values.encode(PATHWAY.facts["substances"].type, SIX_GRAMS),
}  # fmt: skip
FOUND = Do("find", facts={"for_own_use": True, "offence_found": True, "dependent": False})
FINE = Do("fine", facts={"light_tables_only": True}, terms={"amount": plain("fine", "amount", "EUR 50.00")})
LONG = Do("suspend", terms={"length": plain("suspend", "length", "30 months")})
PRESENT = {"do": "open", "kind": "hearing", "present": list(MEMBERS), "members": MEMBERS, "chair": "ana"}


class Lisbon:
    """The case of the page, step by step."""

    def __init__(self) -> None:
        self.log: tuple[Event, ...] = ()

    def ask(self, role: str, when: str, *steps: Do, **fields: Any) -> Refusal | None:
        """Send a request; what is refused is not written."""
        request = Request(fields.pop("verb", "steps"), "ana", role, steps, world=WORLD, **fields)
        case = fold.fold(PATHWAY, LISBON, self.log) if self.log else None
        answer = decide.decide(PATHWAY, LISBON, case, CASE, request, at(when))
        if isinstance(answer, Refusal):
            return answer
        self.log += answer
        return None

    def decide(self, when: str, *steps: Do) -> Refusal | None:
        """The commission's own: three votes for, the person heard."""
        votes = dict.fromkeys(MEMBERS, "for")
        return self.ask(
            "member", when, *steps, votes=votes, heard=True, defence="offered_declined", reasons="…"
        )


@cache
def refused() -> Mapping[str, Refusal | None]:
    """The refusals of the page, by their marks."""
    case = Lisbon()
    for before in (
        case.ask(
            "police", "2024-03-04 22:10", Do("report", RECORD, handed=("summons",)), door="police_record"
        ),
        case.ask("clerk", "2024-03-05 09:00", Do("receive_record")),
        case.ask("clerk", "2024-03-05 10:00", Do("accept", {"competent_here": True})),
        case.ask("clerk", "2024-03-06 10:05", Do("attend")),
        case.ask("member", "2024-03-06 10:10", verb="sit", args=PRESENT),
        case.decide("2024-03-06 10:41", FOUND),
    ):
        assert before is None, before
    silent = case.decide("2024-03-06 10:50", FINE)
    assert case.ask("clerk", "2024-03-06 11:00", Do("register_answers", {"prior_entry": False})) is None
    return {
        "the register has not answered": silent,
        "the register has answered": case.decide("2024-03-06 11:05", FINE),
        "thirty months": case.decide("2024-03-06 11:08", LONG),
    }


def page(text: str) -> str:
    """The page with its refusals, and the rule it quotes, as they are now."""
    required = PATHWAY.steps["suspend"].required
    assert required is not None
    return SHOWN.sub(_shown, RULE.sub(lambda _: required.text, text))


def _shown(found: re.Match[str]) -> str:
    given = refused()[found["mark"]]
    assert given is not None, found["mark"]
    lines = words.sentence(given, "en", PATHWAY, LISBON.zone)
    return f"<!-- refusal: {found['mark']} -->\n" + "\n>\n".join(f"> {line}" for line in lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(pages.text(PAGE)), encoding="utf-8")
