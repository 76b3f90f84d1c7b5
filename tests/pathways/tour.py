"""The programme of the guided tour: small, whole, and without a finding. Tests plant one fault at a time in it."""

TOUR = '''\
pathway: tour-caution
version: "1"
title: {en: Caution}
languages: {en: checked}
in_force: {from: 2026-01-01}
law_date: occurred_at
sources: {ACT: {title: Example Act, read: whole}}
settings:
  dispute_window: {type: duration, value: 28 days, title: {en: Time to dispute}, basis: ACT 9}
vocabularies:
  reasons: {gone: {en: Gone}, ill: {en: Ill}}
roles:
  officer:    {is: officer,    title: {en: Officer},    sees: {cases: own, facts: none, stages: none, milestones: [contacted], own: yes}}
  supervisor: {is: supervisor, title: {en: Supervisor}, sees: {cases: site, facts: [justice, identity], stages: all, steps: all, letters: all}}
  member:     {is: member,     title: {en: Member},     sees: {cases: site, facts: [justice], stages: [panel]}}
  person:     {is: person,     title: {en: Person}}
bodies:
  panel_body: {title: {en: Panel}, made_of: {member: 3}, must_include: [{quality: jurist, number: 1}], sits_with: 3, fewer: {number: 2, reasons: reasons}, basis: ACT 5}
facts:
  occurred_at: {type: instant, class: justice,  from: [officer], title: {en: When it happened}}
  age:         {type: count,   class: identity, from: [officer, person], title: {en: Age at the time}}
  adult:       {type: yes_no,  class: identity, from: [panel_body], or_from: "age >= 18", title: {en: An adult}}
  admits:      {type: yes_no,  class: justice,  from: [person], prompt: never, title: {en: Clearly admits it}}
  harm:        {type: yes_no,  class: justice,  from: [panel_body], finding: yes, title: {en: Somebody was harmed}}
  repaired:    {type: yes_no,  class: justice,  from: [panel_body], finding: yes, applies_if: "harm", title: {en: The harm was repaired}}
  fault:       {type: yes_no,  class: justice,  from: [panel_body], title: {en: Whose fault}}
  sex:         {type: text,    class: demographic, from: [person], title: {en: Sex}}
  risk:        {type: score,   class: justice,  from: [supervisor], title: {en: Risk}}
  words:       {type: text,    class: justice,  from: [person], title: {en: In own words}}
tables:
  limits:
    by: reasons
    title: {en: Limits}
    columns: {days: count}
    basis: ACT 8
    versions:
      - {from: 2020-01-01, rows: {gone: {days: 3}, ill: {days: unset}}}
rules:
  grown: "adult"
criteria:
  of_age:   {holds: "grown",     basis: ACT 2, say: {en: The person was 18 or older}}
  admitted: {holds: "admits",    basis: ACT 3, say: {en: The person clearly admits it}, otherwise: {en: "Only if the person, free to say no, clearly says so"}}
doors:
  street: {title: {en: Officer in the street}, opens_with: propose, criteria: all}
stages:
  proposed:  {title: {en: Waiting for approval}, owner: supervisor}
  panel:     {title: {en: Before the panel}, owner: supervisor}
  standing:  {title: {en: Caution given}, owner: supervisor}
  closed:    {title: {en: Closed}, closed: completed, final: yes}
  set_aside: {title: {en: Set aside}, closed: set_aside}
  dropped:   {title: {en: No action}, closed: no_action}
boxes:
  - {title: {en: Late}, if: "late.approval"}
  - {title: {en: Long}, if: "stage == 'panel' && limits['gone'].days > 2"}
  - {title: {en: The rest}, rest: yes}
steps:
  propose:
    by: officer
    opens: proposed
    title: {en: Propose a caution}
    asks: [occurred_at, {fact: age, may_be: [not_known]}, {fact: admits, may_be: [refused, not_known]}]
    also: [risk, words, sex]
    means: [encountered, contacted]
    basis: ACT 4
  approve:   {by: supervisor, from: proposed, to: standing, title: {en: Approve}, apart_from: [propose], needs: {criteria: all, letters: [caution]}, gives: [caution], tells: [told], makes: [plan], means: [diverted], basis: ACT 4}
  convene:   {by: supervisor, from: proposed, to: panel, title: {en: Convene}, basis: ACT 4}
  drop:      {by: supervisor, from: proposed, to: dropped, title: {en: Drop}, needs: {reasons: yes}, counts: [stopped], basis: ACT 4}
  judge:     {by: panel_body, from: panel, title: {en: Findings}, asks: [adult, harm, {fact: repaired, if: "harm"}], basis: ACT 5}
  uphold:
    by: panel_body
    from: panel
    to: standing
    choice: outcome
    title: {en: Uphold}
    allowed: "!harm || repaired"
    basis: ACT 5
  refuse:
    by: panel_body
    from: panel
    to: dropped
    choice: outcome
    title: {en: Refuse}
    required: "harm && !repaired"
    allowed: "harm"
    terms: {longer: {type: duration, title: {en: How long}, at_most: setting dispute_window}}
    basis: ACT 5
  dispute:   {by: person, from: standing, title: {en: Dispute}, times: 1, basis: ACT 9}
  set_aside: {by: supervisor, from: standing, to: set_aside, title: {en: Set aside}, apart_from: [propose, approve], allowed: "times.dispute > 0", needs: {reasons: yes}, basis: ACT 9}
  close:     {by: supervisor, from: standing, to: closed, title: {en: Close}, basis: ACT 9}
clocks:
  approval: {kind: target, within: 10 min, title: {en: Approval}, starts: [propose], stops: [approve, drop, convene], late: [{task: supervisor}], basis: house}
  sitting:  {kind: legal, within: 30 days, title: {en: Panel}, starts: [enter panel], near: {before: 5 days, task: jurist}, basis: ACT 5}
  window:   {kind: legal, within: setting dispute_window, title: {en: Dispute}, starts: [approve, uphold], late: [{opens: close}], basis: ACT 9}
  chased:   {kind: target, within: 5 days, title: {en: Answer}, starts: [answered refer], stops: [close], late: [{task: supervisor}], basis: house}
obligations:
  plan: {title: {en: Plan}, with: person, due: own term, verified_by: [supervisor], varied_by: [supervisor], breach: {by: [panel_body], asks: [fault], needs: {reasons: yes, heard: yes}}}
support:
  refer: {by: supervisor, kinds: all, answer_within: 5 days, basis: ACT 11}
consents:
  sharing: {title: {en: Sharing}, to: [member], about: [justice], purpose: {en: Coordination}, lasts: until closed, basis: ACT 10}
letters:
  caution: {to: person, title: {en: Caution}, fields: [occurred_at, setting dispute_window]}
notices:
  told: {to: member, title: {en: Told}, says: [occurred_at], ground: consent sharing}
counts:
  stopped: {of: {en: Stopped}, keeps: [month], basis: house}
retention:
  - {after: [closed, set_aside, dropped], named: 2 years, then: statistics, basis: ACT 12}
'''


def planted(old: str, new: str) -> str:
    """The tour with one text replaced; the text must stand there exactly once."""
    assert TOUR.count(old) == 1, f"{old!r} stands {TOUR.count(old)} times"
    return TOUR.replace(old, new)


def line_of(text: str, part: str) -> int:
    """The number of the first line that holds a part."""
    return text[: text.index(part)].count("\n") + 1
