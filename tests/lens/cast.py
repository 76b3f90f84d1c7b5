"""A case laid before the lens: one person's way through a commission, with a canary in every fact that may
tell something.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from amparo.cases.decide import decide
from amparo.cases.fold import fold
from amparo.cases.model import Case, Do, Event, Refusal, Request, Site, World
from amparo.lens import View, view
from amparo.lens.readers import usual
from amparo.pathways.model import Pathway
from amparo.pathways.reader import programme

T = 1_709_590_200  # 4 March 2024, 22:10 in Lisbon
HOUR, DAY = 3600, 86_400
SITE = Site("lisboa", "Europe/Lisbon", {}, frozenset(), {"lisboa": {"en": "Lisbon", "pt": "Lisboa"}})
MEMBERS = {"m1": ("president",), "m2": ("jurist",), "m3": ()}
WORLD = World(relation=("own", "assigned", "sitting", "site"), mandates=MEMBERS)


def pathway() -> Pathway:
    return programme("pt-dissuasion")


class Story:
    """A case that grows request by request; each must be accepted."""

    def __init__(self) -> None:
        self.pathway, self.now = pathway(), T
        self.events: list[Event] = []
        self.case: Case | None = None

    def ask(self, request: Request, after: int = HOUR) -> Any:
        self.now += after
        request = request._replace(world=WORLD)
        return decide(self.pathway, SITE, self.case, "c1", request, self.now)

    def do(self, request: Request, after: int = HOUR) -> Story:
        answer = self.ask(request, after)
        assert not isinstance(answer, Refusal), answer
        self.events += answer
        self.case = fold(self.pathway, SITE, self.events)
        return self

    def seen_by(self, role: str, account: str = "") -> View:
        assert self.case is not None
        viewer = usual(self.pathway, role)._replace(account=account)
        return view(self.pathway, SITE, self.case, self.events, viewer, self.now, WORLD)


def steps(actor: str, role: str, *dos: Do, **more: Any) -> Request:
    return Request("steps", actor, role, steps=dos, **more)


def votes() -> dict[str, str]:
    return dict.fromkeys(MEMBERS, "for")


SUBSTANCES = {"items": [{"substance": "heroin", "mass": 400_000, "weight": "net"}], "open": False}
REPORT = {
    "occurred_at": T - HOUR, "area": "lisboa", "seized": True, "own_use": True, "age": 31, "home": "lisboa",
    "appointment": T + 36 * HOUR, "language": "pt", "substances": SUBSTANCES,
}  # fmt: skip


@lru_cache
def reported() -> Story:
    return _reported()


def _reported() -> Story:
    opening = steps("o1", "police", Do("report", REPORT, handed=("summons",)), door="police_record")
    return Story().do(opening, 0)


@lru_cache
def in_treatment() -> Story:
    """A dependent person, suspended with treatment: the stage's name alone tells. Not to be grown further."""
    return grown()


def grown() -> Story:
    """The same, to be grown further."""
    s = _reported()
    s.do(steps("k1", "clerk", Do("receive_record")))
    s.do(steps("k1", "clerk", Do("accept", {"competent_here": True})))
    s.do(steps("t1", "technician", Do("assess", {
        "assist_band": {"total": 27, "band": "canary-band"}, "technical_opinion": True,
        "psychosocial_notes": "canary-notes", "members_summary": "canary-summary",
    })))  # fmt: skip
    s.do(Request("note_need", "t1", "technician", args={"kind": "housing", "words": "canary-need"}))
    s.do(
        Request(
            "offer_help", "t1", "technician", args={"kind": "work", "words": "canary-refusal", "answer": "no"}
        )
    )
    s.do(steps("k1", "clerk", Do("attend")), 33 * HOUR)
    s.do(steps("k1", "clerk", Do("register_answers", {"prior_entry": False})))
    s.do(Request("sit", "m1", "member", args={
        "do": "open", "kind": "hearing", "present": list(MEMBERS), "impeded": {}, "vacant": 0, "chair": "m1",
    }))  # fmt: skip
    s.do(decision())
    return s


def decision() -> Request:
    found = {"for_own_use": True, "offence_found": True, "dependent": True, "accepts_treatment": True}
    chosen = Do(
        "suspend_with_treatment", {"accepts_treatment": True}, {"length": {"n": 1, "unit": "years"}},
        items=({"kind": "treatment"},), accepted={"accepts_treatment": "canary-yes"},
    )  # fmt: skip
    return steps(
        "m1", "member", Do("find", found, accepted={"accepts_treatment": "canary-yes"}), chosen,
        votes=votes(), reasons="canary-reasons", heard=True, dissent={"m3": "canary-dissent"},
    )  # fmt: skip
