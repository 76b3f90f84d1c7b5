"""Rules of a pathway: a small part of CEL, three answers (true, false, not known), the parts that decided.

The way of a rule, each stage usable alone::

    node = parse(text)                    # the tree as written
    checked = check(text, scope)          # names, kinds, codes and fields are right; .kind, .reads, .rules
    checked = check(text, scope, kind)    # and it answers with this kind (a condition: YES_NO)
    rules = check_rules({name: text}, scope)          # all named rules, in any order; rings are refused
    rules = check_rules({name: [(from, until, text)]}, scope)       # with versions; text None is `none`
    scope = with_rules(scope, rules)                  # so that other rules may read them
    compiled = compile_rule(checked, rules)           # or compile_rule(rules[name], rules)

    compiled.verdict(get, day)            # True, False, None (not known); of another kind: its value or None
    compiled.rule(get, day)               # (value, mask): the fast form; bit k of the mask is .sites[k]
    compiled.explain(get, day)            # Answer(value, leaves), the leaves that decided
    compiled.asks(get, day)               # names behind the leaves that are not known and decided
    compiled.reads                        # every name asked of `get`, through other rules too
    compiled.atoms                        # the boolean skeleton, for checks over all possible cases,
    compiled.verdict_of(truths)           # and its answer, given those of the atoms in their order

    unguarded(compiled, fact, guard)      # R4: a case where a fact that does not apply is lacking, or None
    period_fault([(from, until), …])      # R3: what is wrong with the dates of versions, or None
    first_true([(verdict, value), …])     # the row that `choose`, branches and bounds take (section 6.5)

What cannot be used raises `RuleFault` with message, offset, remedy and code (R1, R2). `possible.groups` and
`possible.cases` enumerate what the atoms of rules can answer at once, for D1 to D3.

`get(name)` returns what the case knows under a name, or None: for all four kinds of nothing, and for a
setting without a value. `day(instant)` returns the civil day of an instant at the site. Both are given at
each call.

======================  ================================================================================
name given to `get`     value, None where not known
======================  ================================================================================
a fact, a setting       by its kind, see below
``times.report`` …      a reading, declared in the scope under its dotted name
``threshold``           a derived value: `Records`, or one value
``limits``             a table in the version of the law date: key -> column -> value; None where that
                        date is not known
``law date``            `datetime.date`; chooses the version of dated rules. `asks` names it where it lacks
``item``                the record at hand, where the scope declares one (derived values)
======================  ================================================================================

================  ============================  ======================================================
kind              made by                       value
================  ============================  ======================================================
yes_no            ``YES_NO``                    bool
codes             ``codes(words)``              str, one of the words
some              ``some(words)``               ``Some(codes, open)``
count, number     ``COUNT``, ``NUMBER``         int, `decimal.Decimal`
mass              ``MASS``                      int, micrograms
money             ``money(currency)``           int, minor units; currencies never mix
date, instant     ``DATE``, ``INSTANT``         `datetime.date`; int, seconds since 1970 UTC
duration          ``DURATION``                  int, seconds (elapsed)
length            ``LENGTH``                    a civil term (3 months): refused in rules
place             ``place(areas)``              str
text, score       ``TEXT``, ``SCORE``           refused in rules (R2)
records, record   ``records(fields)``, record   ``Records(items, open)``; a mapping field -> value
table             ``table(keys, columns)``      a mapping of mappings
================  ============================  ======================================================

A scope is ``Scope({name: Declaration(role, kind)}, {name: why})``. Roles: fact, setting, derived, rule,
table, reading, item. The second mapping names what exists but must not stand in this rule (R2), for example
``{"sex": "a demographic fact"}``.

Wherever a version is chosen by the law date, a leaf with the names ``("law date",)`` is among those that
decided.
"""

from amparo.pathways.rules.check import check
from amparo.pathways.rules.compiled import Answer, Compiled, Leaf, compile_rule
from amparo.pathways.rules.dated import Dated, Version, first_true, period_fault
from amparo.pathways.rules.faults import RuleFault
from amparo.pathways.rules.guards import unguarded
from amparo.pathways.rules.kinds import (
    COUNT,
    DATE,
    DURATION,
    INSTANT,
    LENGTH,
    MASS,
    NUMBER,
    SCORE,
    TEXT,
    YES_NO,
    Declaration,
    Kind,
    Records,
    Scope,
    Some,
    codes,
    money,
    place,
    record,
    records,
    some,
    table,
)
from amparo.pathways.rules.named import check_rules, with_rules
from amparo.pathways.rules.parse import parse
from amparo.pathways.rules.skeleton import Atom
from amparo.pathways.rules.terms import CheckedTree

__all__ = [
    "COUNT",
    "DATE",
    "DURATION",
    "INSTANT",
    "LENGTH",
    "MASS",
    "NUMBER",
    "SCORE",
    "TEXT",
    "YES_NO",
    "Answer",
    "Atom",
    "CheckedTree",
    "Compiled",
    "Dated",
    "Declaration",
    "Kind",
    "Leaf",
    "Records",
    "RuleFault",
    "Scope",
    "Some",
    "Version",
    "check",
    "check_rules",
    "codes",
    "compile_rule",
    "first_true",
    "money",
    "parse",
    "period_fault",
    "place",
    "record",
    "records",
    "some",
    "table",
    "unguarded",
    "with_rules",
]
