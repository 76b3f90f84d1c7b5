"""A file that ends with its receipts: what is still awaited, and when the last of it came.

What counts is what fell due when the case ended: notices that ask a receipt, and letters that must still reach
somebody. A notice that lost its ground tells nobody, and is not waited for.
"""

from __future__ import annotations

from typing import NamedTuple

from amparo.cases.model import Case, Letter, Notice


class Receipts(NamedTuple):
    """asked: receipts of the end; received: those that are in; letters: letters of the end not yet handed over."""

    asked: int
    received: int
    letters: int

    @property
    def awaited(self) -> int:
        return self.asked - self.received + self.letters


def receipts(case: Case) -> Receipts:
    """How far the receipts are with which a case ends."""
    asked = _asked(case)
    open_ = sum(x.state in ("due", "made") for x in _letters(case))
    return Receipts(len(asked), sum(x.state == "received" for x in asked), open_)


def last_in(case: Case) -> int | None:
    """When the last receipt came, or the case ended where none is asked; None while one is awaited."""
    if receipts(case).awaited:
        return None
    came = (x.received for x in _asked(case))
    reached = (x.delivered for x in _letters(case))
    return max(at for at in (*came, *reached, case.stage_since) if at is not None)


def _end(case: Case) -> int:
    """The number of the step that ended the case."""
    ending = (x.seq for all_ in case.taken.values() for x in all_ if x.to == case.stage != x.from_)
    return max(ending, default=0)


def _asked(case: Case) -> tuple[Notice, ...]:
    kinds, end = case.pathway.notices, _end(case)
    asks = (x for x in case.notices.values() if kinds[x.notice].receipt and x.step_seq >= end)
    return tuple(x for x in asks if x.state in ("due", "sent", "received"))


def _letters(case: Case) -> tuple[Letter, ...]:
    end = _end(case)
    return tuple(x for x in case.letters.values() if x.step_seq >= end)
