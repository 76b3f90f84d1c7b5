"""Codes of `amparo check`, each by faults planted in the tour: what is found, and where."""

import pytest

from amparo.pathways.check import check
from amparo.pathways.reader import read_text
from tests.pathways.tour import TOUR, line_of, planted

MORE = {
    "stages": "  waiting: {title: {en: Waiting}, owner: supervisor, watch: none, note: a test}\n",
    "roles": "  ghost: {is: clerk, title: {en: Nobody}}\n",
}
"""What a planted fault needs beside it, wherever it names it."""

FAULTS = [
    # code, old text, new text, what is said, the text on whose line it is found
    (
        "N2",
        "settings:\n",
        "settings:\n  spare: {type: count, value: 3, title: {en: Spare}, basis: ACT 1}\n",
        "setting 'spare' is read by nothing",
        "  spare:",
    ),
    (
        "N3",
        "apart_from: [propose], needs: {criteria",
        'allowed: "harm", apart_from: [propose], needs: {criteria',
        "'approve' reads 'harm'",
        "  approve:",
    ),
    (
        "N3",
        "asks: [adult, harm, {fact: repaired",
        "asks: [adult, {fact: repaired",
        "reads 'harm'",
        "!harm || repaired",
    ),
    ("R1", 'allowed: "times.dispute > 0"', 'allowed: "times.disput > 0"', "times.disput", "times.disput "),
    ("R1", 'grown: "adult"', 'grown: "grown"', "leans on itself", "grown: "),
    ("R1", 'or_from: "age >= 18"', 'or_from: "adult"', "'adult' leans on itself", "  adult:"),
    ("R2", 'allowed: "harm"', 'allowed: "risk"', "score", 'allowed: "risk"'),
    ("R2", 'allowed: "harm"', 'allowed: "words"', "text", 'allowed: "words"'),
    ("R2", 'holds: "admits"', "holds: \"sex == 'a'\"", "demographic", "sex == "),
    ("R2", 'allowed: "harm"', 'allowed: "harm && !late.chased"', "about support", "late.chased"),
    (
        "R2",
        "stops: [close], late: [{task: supervisor}]",
        "stops: [close], late: [{opens: close}]",
        "about support",
        "  chased:",
    ),
    (
        "R2",
        "fields: [occurred_at, setting",
        "fields: [occurred_at, sex, setting",
        "stands in a letter",
        "  caution:",
    ),
    (
        "R3",
        'grown: "adult"',
        'grown: [{from: 2020-01-01, until: 2021-01-01, is: "adult"}, {from: 2021-01-01, is: "adult"}]',
        "overlap on 2021-01-01",
        "grown: ",
    ),
    (
        "R3",
        'grown: "adult"',
        'grown: [{from: 2020-01-01, until: 2021-01-01, is: "adult"}, {from: 2021-02-01, is: "adult"}]',
        "no version covers 2021-01-02",
        "grown: ",
    ),
    (
        "R4",
        'allowed: "!harm || repaired"',
        'allowed: "repaired || harm == false && age > 3"',
        "'repaired' applies only",
        "repaired || harm",
    ),
    (
        "S1",
        "convene:   {by: supervisor, from: proposed, to: panel",
        "convene:   {by: supervisor, from: proposed, to: dropped",
        "no step leads to 'panel'",
        "  panel:     {",
    ),
    ("S1", "opens_with: propose", "opens_with: drop", "opens no case", "  street:"),
    (
        "S2",
        "dispute:   {by: person, from: standing, title: {en: Dispute}, times: 1, basis: ACT 9}",
        "dispute:   {by: person, from: waiting, title: {en: Dispute}, times: 1, basis: ACT 9}\n"
        "  linger:    {by: person, from: standing, to: waiting, title: {en: Wait}, basis: ACT 9}",
        "'waiting' can't be left",
        "  waiting:",
    ),
    (
        "S3",
        "sitting:  {kind: legal, within: 30 days, title: {en: Panel}, starts: [enter panel]",
        "sitting:  {kind: legal, within: 30 days, title: {en: Panel}, starts: [approve]",
        "'panel' has no clock",
        "  panel:     {",
    ),
    (
        "S4",
        "panel:     {title: {en: Before the panel}, owner: supervisor}",
        "panel:     {title: {en: Before the panel}}",
        "has no owner",
        "  panel:     {",
    ),
    (
        "S5",
        "  dispute:   {by: person, from: standing",
        "  dispute:   {by: person, to: standing, from: closed",
        "final stage 'closed' is left by 'dispute'",
        "  dispute:",
    ),
    (
        "S5",
        "  dispute:   {by: person, from: standing",
        "  dispute:   {by: person, to: standing, from: dropped",
        "which does not reopen",
        "  dispute:",
    ),
    (
        "D1",
        "    choice: outcome\n    title: {en: Uphold}\n",
        '    choice: outcome\n    title: {en: Uphold}\n    required: "harm"\n',
        "'uphold' and 'refuse' both required",
        "  refuse:\n",
    ),
    (
        "D2",
        'required: "harm && !repaired"',
        'required: "!harm || !repaired"',
        "'refuse' required and not allowed",
        "  refuse:\n",
    ),
    (
        "D2",
        "late: [{opens: close}]",
        "late: [{opens: [close, refuse]}]",
        "opened only by a clock",
        "  refuse:\n",
    ),
    (
        "D2",
        "    by: panel_body\n    from: panel\n    to: dropped",
        "    by: ghost\n    from: panel\n    to: dropped",
        "nobody in its `by` can open the case",
        "  refuse:\n",
    ),
    (
        "C1",
        "starts: [enter panel]",
        "starts: [enter panel], while: [proposed, panel, standing, closed, set_aside, dropped]",
        "'sitting' starts and nothing ends it",
        "  sitting:",
    ),
    (
        "C1",
        "late: [{opens: close}]",
        "extended_by: {refuse: {term: longer, at_most: 3 h}}, late: [{opens: close}]",
        "in another kind of time",
        "  window:",
    ),
    (
        "O1",
        "  - {title: {en: Late}",
        "  - {title: {en: All}, rest: yes}\n  - {title: {en: Late}",
        "stands before",
        "{en: All}",
    ),
    ("O1", "reasons: yes, heard: yes", "reasons: yes", "the person unheard", "  plan:"),
    ("O1", "fewer: {number: 2", "fewer: {number: 3", "no fewer with 3", "  panel_body:"),
    ("O1", "quality: jurist, number: 1", "quality: jurist, number: 4", "must include 4", "  panel_body:"),
    (
        "D3",
        'allowed: "!harm || repaired"',
        'allowed: "harm && repaired"',
        "no step of 'outcome' is lawful: harm = no",
        "  panel:     {",
    ),
    ("D4", "means: [diverted]", "means: [charged]", "which only an authority does", "  approve:"),
    (
        "D4",
        "    title: {en: Uphold}\n",
        "    title: {en: Uphold}\n    recorded: yes\n",
        "stands in the choice",
        "  uphold:\n",
    ),
    (
        "C1",
        "starts: [propose], stops",
        "starts: [propose], while: [standing], stops",
        "outside its while",
        "  approval:",
    ),
    (
        "C1",
        "starts: [enter panel]",
        "starts: [enter panel], pauses_in: [standing]",
        "pauses in 'standing'",
        "  sitting:",
    ),
    (
        "C1",
        "starts: [approve, uphold], late: [{opens: close}]",
        "starts: [approve, uphold], late: [{opens: convene}]",
        "opens 'convene', which no stage",
        "  window:",
    ),
    ("C1", "before: 5 days", "before: 40 days", "warns before it starts", "  sitting:"),
    (
        "C1",
        "within: 10 min, title: {en: Approval}, starts: [propose], stops: [approve, drop, convene]",
        "within: 10 min, title: {en: Approval}, starts: [propose], stops: [dispute]",
        "cannot be taken while",
        "  approval:",
    ),
    ("B1", "counts: [stopped], basis: ACT 4}", "counts: [stopped]}", "step 'drop' has no basis", "  drop:"),
    (
        "B1",
        "then: statistics, basis: ACT 12}",
        "then: statistics}",
        "retention line has no basis",
        "{after: [closed",
    ),
    (
        "B2",
        "counts: [stopped], basis: ACT 4}",
        "counts: [stopped], basis: ACTT 4}",
        "did you mean 'ACT'",
        "  drop:",
    ),
    ("B3", "read: whole", "read: not_read", "nobody has read", "  dispute_window"),
    ("T1", "languages: {en: checked}", "languages: {en: checked, pt: draft}", "no words in pt", "  officer:"),
    ("T1", "title: {en: Convene}", "note: none", "warning: step 'convene' has no title", "  convene:"),
    ("T1", "say: {en: The person was 18 or older}", "say: {en: ''}", "'say' has no words in en", "  of_age:"),
    (
        "N1",
        "say: {en: The person was 18 or older}",
        "say: {en: 'Older than {years}'}",
        "'{years}' in a text",
        "  of_age:",
    ),
    (
        "P1",
        "dropped:   {title: {en: No action}",
        "dropped:   {implies: [risk, fault, words, adult, sex], title: {en: No action}",
        "supervisor sees stage 'dropped', which implies 'sex'",
        "  supervisor:",
    ),
    (
        "P1",
        "facts: none, stages: none",
        "facts: none, stages: [closed]",
        "officer 'officer' sees 'closed'",
        "  officer:",
    ),
    (
        "P1",
        "facts: none, stages: none",
        "facts: [health], stages: none",
        "officer 'officer' sees 'health'",
        "  officer:",
    ),
    (
        "P1",
        "{cases: site, facts: [justice], stages: [panel]}",
        "{cases: none}",
        "goes to member, who cannot open",
        "  sitting:",
    ),
    (
        "P1",
        "fields: [occurred_at, setting dispute_window]",
        "fields: [occurred_at, sex, words, setting dispute_window]",
        "supervisor sees letter 'caution' with 'sex'",
        "  caution:",
    ),
    (
        "P3",
        "    asks: [occurred_at, {fact: age",
        "    needs: {consents: [sharing]}\n    asks: [occurred_at, {fact: age",
        "no step can obtain consent 'sharing'",
        "  propose:",
    ),
    (
        "P3",
        'required: "harm && !repaired"',
        'required: "harm && !repaired && !consent.sharing"',
        "was withdrawn",
        "  refuse:\n",
    ),
    (
        "P4",
        "after: [closed, set_aside, dropped]",
        "after: [closed, set_aside]",
        "'dropped' has no retention",
        "  dropped:",
    ),
    (
        "P4",
        "after: [closed, set_aside, dropped]",
        "after: [closed, set_aside, dropped, panel]",
        "where cases are open",
        "  panel:     {",
    ),
    ("D4", "law_date:", "operated: recording\nlaw_date:", "'approve' is not recorded", "  approve:"),
    ("D4", "law_date:", "operated: recording\nlaw_date:", "clock 'window' opens a step", "  window:"),
    ("D4", "law_date:", "operated: recording\nlaw_date:", "letter 'caution' goes to person", "  caution:"),
    ("P1", "keeps: [month]", "keeps: [month, words]", "count 'stopped' keeps 'words'", "  stopped:"),
    (
        "P4",
        "named: 2 years, then: statistics",
        "named: at once, ends: receipts, then: wiped",
        "'closed' ends with its receipts, and 'close' tells nothing",
        "  - {after: [closed",
    ),
    ("O1", "rest: yes", 'if: "late.window"', "do not end in", "{title: {en: The rest}"),
    ("O1", "asks: [fault], ", "", "whose fault", "  plan:"),
    ("O1", "with: person, due", "with: service, due", "can be breached", "  plan:"),
    ("O1", "verified_by: [supervisor]", "verified_by: []", "nobody verifies", "  plan:"),
    ("O1", "sits_with: 3", "sits_with: 4", "sits with 4 of 3", "  panel_body:"),
]


def test_the_tour_itself_has_no_finding() -> None:
    assert check(read_text(TOUR, "tour.yaml")) == ()


@pytest.mark.parametrize(("code", "old", "new", "said", "line"), FAULTS, ids=lambda text: str(text)[:24])
def test_a_planted_fault_is_found_where_it_stands(
    code: str, old: str, new: str, said: str, line: str
) -> None:
    text = planted(old, new)
    for chapter, more in MORE.items():
        text = (
            text.replace(f"\n{chapter}:\n", f"\n{chapter}:\n{more}")
            if more.split(":")[0].strip() in new
            else text
        )
    found = check(read_text(text, "tour.yaml"))
    hits = [f for f in found if f.code == code and said in str(f)]
    assert hits, "\n".join(map(str, found)) or "nothing was found"
    assert line_of(text, line) in {hit.where.line for hit in hits}


def test_what_only_records_gives_the_person_no_task() -> None:
    text = planted("stops: [approve, drop, convene], late: [{task: supervisor}]", "late: [{task: person}]")
    found = check(read_text(text.replace("law_date:", "operated: recording\nlaw_date:", 1), "tour.yaml"))
    assert any(f.code == "D4" and "a task of 'approval' goes to person" in f.what for f in found)
