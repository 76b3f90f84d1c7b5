"""Another person in the case: that they were written down. Who they are stands in a record of their own."""

from __future__ import annotations

from amparo.cases.about import other_people
from amparo.cases.index import index
from amparo.cases.model import Refusal
from amparo.cases.requests.base import Wish, first, no, running, staff


def enter_other(q: Wish) -> Refusal | None:
    """`party`: the role of the other person. Only by who may read how to reach them."""
    party = q.text("party")
    if party not in other_people(q.pathway):
        return no(q, "not_allowed", "kind", field="party", thing=party)
    refused = first(staff(q), _reaches(q, party), running(q))
    if refused is None:
        q.w.add("other.entered", {"party": party})
    return refused


def _reaches(q: Wish, party: str) -> Refusal | None:
    role, parties = q.pathway.roles.get(q.role), index(q.pathway).parties
    named = role.sees.facts if role is not None and role.sees is not None else ()
    reach = [n for n, of in parties.items() if of == party and q.pathway.facts[n].class_ == "contact"]
    return None if any(n in named for n in reach) else no(q, "not_you", "verb")
