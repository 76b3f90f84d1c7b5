"""What can happen to a case, as the simulator knows it."""

from __future__ import annotations

from typing import Any, NamedTuple

Told = tuple[tuple[str, Any], ...]
"""Facts or terms with their plain values (or `Nothing_`), in the order of the definition."""


class Act(NamedTuple):
    """One thing that happens.

    verb: `step`, `deliver` (a letter reaches its addressee) or `oblige` (an obligation is met, breached, …: `does`).
    name: the step, the letter, the kind of obligation. facts, terms: what was drawn for it; everything else that the
    step asks is filled by the scribe with what no rule reads.
    """

    verb: str
    name: str
    facts: Told = ()
    terms: Told = ()
    does: str = ""
    door: str = ""

    @property
    def key(self) -> str:
        """The name under which evidence gives it: `approve`, `delivered <letter>`, `<kind>.met`."""
        if self.verb == "deliver":
            return f"delivered {self.name}"
        return f"{self.name}.{self.does}" if self.verb == "oblige" else self.name
