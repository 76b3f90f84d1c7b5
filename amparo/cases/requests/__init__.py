"""Requests other than steps. Each passes the checks 0 to 4 and its own few.

The arguments of a verb stand in `Request.args`:

================  ================================================================================================
note_need         kind, words, audience                 give_advice  kind, words, audience
offer_help        kind, words, answer (yes, no, later), audience
refer             kind, to, says, audience, agreed (yes to this very referral), consent (its kind), link (a random text
                  by which the service answers), language (of the sentence that the law adds)
answer            id or kind, answer (or `call`: to be called first, which is none), reason, whose, place, next, where,
                  said_by, words
link_answer       id or kind, link
chase, end        id or kind; how, next; reason
tell              facts (name -> plain or Nothing_) or fact and value or nothing; given_by, as_of
correct           fact, seq (else the newest telling), value or nothing, given_by, reason
annul             seq or step (its newest taking), reason, basis
sit               do: set (kind, at, place, members, chair, vacant), move (at, place), open and present and impeded
                  (present: accounts, impeded: account -> code, vacant, chair), recuse (who, code), confirm and dissent
                  (step_seq, vote, words), close (minutes)
oblige            id or kind; do: progress (amount, term, words), reverse (entry), waiting (whose), met, varied (terms,
                  due), waived, breached (facts), ended
consent           do: give (kind or several, to, about, until, signature), withdraw, end, receipt (id, or kind and
                  to)
enter_other       party
assign, unassign  role, who                             contact      do: tried or made; channel, result, next,
                                                                              where, words
add_to_contact    next, where, words
make, deliver     id, or letter and to; language; how, proof            returned     the same
send, receive     id, or notice and to; how; receipt
link              kind, other                           hold, release  rule
record_death, record_move, change_channel, cover, note_safety: words, to, channel, who, times
object, ask_correction: words                           answer_right id, words
emergency_disclosure  to, what, why                     review_disclosure  id or to, words
legal_demand  from, under, what, due (a day)            answer_demand  id, answer (refused, part, complied), words
================  ================================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from amparo.cases import words
from amparo.cases.model import Refusal
from amparo.cases.requests import (
    consents,
    corrections,
    exceptional,
    obligations,
    others,
    papers,
    routine,
    sittings,
    support,
    tests,
)
from amparo.cases.requests.base import Wish, no
from amparo.cases.writer import Writer

Verb = Callable[[Wish], Refusal | None]

VERBS: Mapping[str, Verb] = {
    "note_need": support.note_need,
    "give_advice": support.give_advice,
    "offer_help": support.offer_help,
    "refer": support.refer,
    "answer": support.answer,
    "link_answer": support.link_answer,
    "chase": support.chase,
    "end": support.end,
    "tell": corrections.tell,
    "correct": corrections.correct,
    "annul": corrections.annul,
    "sit": sittings.sit,
    "test": tests.order,
    "oblige": obligations.oblige,
    "consent": consents.consent,
    "make": papers.make,
    "deliver": papers.deliver,
    "returned": papers.returned,
    "send": papers.send,
    "receive": papers.receive,
    "enter_other": others.enter_other,
    "assign": routine.assign,
    "unassign": routine.unassign,
    "contact": routine.contact,
    "add_to_contact": routine.add_to_contact,
    "link": routine.link,
    "hold": routine.hold,
    "release": routine.release,
    "answer_right": routine.answer_right,
    "emergency_disclosure": exceptional.emergency_disclosure,
    "review_disclosure": exceptional.review_disclosure,
    "legal_demand": exceptional.legal_demand,
    "answer_demand": exceptional.answer_demand,
    **dict.fromkeys(routine.HOUSE_STEPS, routine.house_step),
    **dict.fromkeys(routine.RIGHTS, routine.right),
}


def write(w: Writer) -> Refusal | None:
    """The events of a request other than steps, or why not."""
    r = w.request
    verb = VERBS.get(r.verb)
    if verb is None or w.state is None or not w.case.stage:
        return words.refusal(w.pathway, "no_such_step", "", r.verb)
    q = Wish(w, r.verb, r.args, r.actor, r.role, w.t)
    if w.t > w.now:
        return no(q, "not_in_the_future", instead=(("at", w.now),), field="happened_at")
    if w.t < w.case.opened_at:
        return no(
            q, "out_of_order", "before_opening", instead=(("at", w.case.opened_at),), field="happened_at"
        )
    return verb(q)
