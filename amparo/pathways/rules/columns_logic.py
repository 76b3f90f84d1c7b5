"""Conditions over columns, by the table of section 6.2: answers where it is yes, and where it is no."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from amparo.pathways.rules.columns_frame import Condition, Frame, Value
from amparo.pathways.rules.columns_held import (
    ALL,
    FIRST_DAY,
    NONE,
    Array,
    Column,
    Flags,
    Held,
    Lookup,
    Masks,
    Several,
    both,
)
from amparo.pathways.rules.columns_numbers import compared, numbered, picked
from amparo.pathways.rules.dated import LAW_DATE, Version


def masks_of(column: Column) -> Masks:
    """A column of yes and no as a condition."""
    if column.known is ALL:
        return Masks(column.values, ~column.values)
    return Masks(column.values & column.known, column.known > column.values)


def column_of_masks(masks: Masks) -> Column:
    return Column(masks.yes, masks.yes | masks.no)


def negation(of: Condition) -> Condition:
    def answer(frame: Frame) -> Masks:
        yes, no = of(frame)
        return Masks(no, yes)

    return answer


def conjunction(sides: Sequence[Condition]) -> Condition:
    """Yes where all are, no where one is."""
    first, *rest = sides

    def answer(frame: Frame) -> Masks:
        yes, no = first(frame)
        for side in rest:
            more, less = side(frame)
            yes, no = yes & more, no | less
        return Masks(yes, no)

    return answer


def disjunction(sides: Sequence[Condition]) -> Condition:
    return negation(conjunction([negation(side) for side in sides]))


def choice(condition: Condition, one: Condition, other: Condition) -> Condition:
    """The branch; where the condition is not known, the answer that both branches give."""

    def answer(frame: Frame) -> Masks:
        (when, unless), (a, b), (c, d) = condition(frame), one(frame), other(frame)
        return Masks((when & a) | (unless & c) | (a & c), (when & b) | (unless & d) | (b & d))

    return answer


def comparison(op: str, left: Value, right: Value) -> Condition:
    def answer(frame: Frame) -> Masks:
        return masks_of(compared(op, left(frame), right(frame)))

    return answer


# ------------------------------------------------------------------------------------------------ membership
def listed(item: Value, elements: Sequence[Value]) -> Condition:
    """Yes where equal to a known element; else not known where an element is not."""

    def answer(frame: Frame) -> Masks:
        of, yes, settled = item(frame), NONE, ALL
        for element in elements:
            equal = compared("==", of, element(frame))
            yes, settled = yes | (equal.values & equal.known), both(settled, equal.known)
        return Masks(yes, both(settled, of.known) & ~yes)

    return answer


def coded(item: Value, words: frozenset[str]) -> Condition:
    """As `listed`, among codes written in the rule: each code of the column is looked up once."""

    @lru_cache(maxsize=8)
    def written(known: tuple[str, ...]) -> Flags:
        return np.array([word in words for word in known] or [False], np.bool_)

    def answer(frame: Frame) -> Masks:
        of = item(frame)
        return masks_of(Column(written(of.words).take(of.values, mode="clip"), of.known))

    return answer


def one_of_several(item: Value, of: Value) -> Condition:
    def answer(frame: Frame) -> Masks:
        code, several = item(frame), of(frame)
        return among(code, several)

    return answer


def among(code: Column, several: Several) -> Masks:
    """Yes where told; else not known where there may be more."""
    number = numbered(code, several.words)
    there = has(several, np.minimum(number, len(several.words) - 1)) & (number < len(several.words))
    known = both(code.known, several.known)
    return Masks(there & known, known & ~there & ~(several.open | several.lacking))


def has(several: Several, number: Any) -> Flags:
    """Where the code of this number is told."""
    shift = np.asarray(number).astype(np.uint64)
    return ((several.bits >> shift) & np.uint64(1)).astype(np.bool_)


# ------------------------------------------------------------------------------------------------ tables
def row_of(table: Lookup, key: Column) -> tuple[Array, Flags]:
    """Where in the table's columns a key's row is, and where key and version are known."""
    number, known = numbered(key, table.words), both(key.known, table.version >= 0)
    inside = known & (number < len(table.words))
    return np.where(inside, table.version.astype(np.int64) * len(table.words) + number, 0), known


def in_table(item: Value, of: Value) -> Condition:
    def answer(frame: Frame) -> Masks:
        table, key = of(frame), item(frame)
        row, known = row_of(table, key)
        if not len(table.present):
            return Masks(NONE, known)
        return masks_of(Column(table.present[row], known))

    return answer


def cell(table: Value, key: Value, column: str) -> Value:
    """What the row says; not known where there is no such row."""

    def answer(frame: Frame) -> Held:
        of = table(frame)
        row, known = row_of(of, key(frame))
        found: Held = of.columns[column]
        if not len(of.present):
            return _nothing(found)
        here = of.present[row] & known
        return found.taken(row).only(here)

    return answer


def _nothing(like: Held) -> Held:
    """A column of the same sort in which nothing is known, made of one without rows."""
    match like:
        case Column():
            return Column(np.zeros(1, like.values.dtype), NONE, like.words, like.places)
        case Several():
            return Several(np.zeros(1, np.uint64), like.words, NONE)
    raise AssertionError(like)


# ------------------------------------------------------------------------------------------------ lists
def each_record(exists: bool, of: Value, variable: str, body: Condition) -> Condition:
    """`||` over the items, or `&&`; where the list is open, more may come."""

    def answer(frame: Frame) -> Masks:
        found = of(frame)
        if found.rows != frame.rows:
            found = found.gathered(np.zeros(frame.rows, np.intp))
        inner = frame.within(found, variable)
        said = body(inner)
        yes, no = (np.broadcast_to(each, inner.rows) for each in said)
        assert inner.index is not None
        some_yes, some_no, some_open = (
            _marked(frame.rows, inner.index[each]) for each in (yes, no, ~(yes | no))
        )
        return _quantified(exists, some_yes, some_no, some_open | found.open, found.known)

    return answer


def _marked(rows: int, index: Array) -> Flags:
    marked = np.zeros(rows, np.bool_)
    marked[index] = True
    return marked


def _quantified(exists: bool, yes: Flags, no: Flags, more: Flags, known: Flags) -> Masks:
    if exists:
        return Masks(yes & known, known & ~yes & ~more)
    return Masks(known & ~no & ~more, no & known)


def each_code(exists: bool, of: Value, variable: str, body: Condition) -> Condition:
    """As `each_record`, for several codes: the body is answered once for each word there is."""

    def answer(frame: Frame) -> Masks:
        found: Several = of(frame)
        yes, no, more = NONE, NONE, found.open
        codes = [(has(found, number), number) for number in range(len(found.words))]
        items = [(there, Column(np.array([n], np.int16), ALL, found.words)) for there, n in codes]
        for there, item in [*items, (found.lacking, Column(np.zeros(1, np.int16), NONE, found.words))]:
            if there.any():
                frame.items[variable] = item
                one, other = body(frame)
                yes, no, more = yes | (there & one), no | (there & other), more | (there & ~(one | other))
        frame.items.pop(variable, None)
        return _quantified(exists, yes, no, more, found.known)

    return answer


# ------------------------------------------------------------------------------------------------ versions
def covered(frame: Frame, from_: Any, until: Any) -> Masks:
    """Whether the law date lies in a period, both ends inclusive."""
    law = frame.read(LAW_DATE)
    inside = np.ones(1, np.bool_)
    if from_ is not None:
        inside = inside & (law.values >= from_.toordinal() - FIRST_DAY)
    if until is not None:
        inside = inside & (law.values <= until.toordinal() - FIRST_DAY)
    return masks_of(Column(np.broadcast_to(inside, len(law.values)), law.known))


def dated_condition(versions: Sequence[Version], found: Sequence[Condition]) -> Condition:
    """The version of the law date; where that is not known, the common answer of all."""

    def answer(frame: Frame) -> Masks:
        dateless = ~frame.read(LAW_DATE).known
        taken, yes, no, all_yes, all_no = NONE, NONE, NONE, dateless, dateless
        for version, one in zip(versions, found, strict=True):
            here = covered(frame, version.from_, version.until).yes & ~taken
            is_, is_not = one(frame)
            taken, yes, no = taken | here, yes | (here & is_), no | (here & is_not)
            all_yes, all_no = all_yes & is_, all_no & is_not
        return Masks(yes | all_yes, no | all_no)

    return answer


def dated_value(versions: Sequence[Version], found: Sequence[Value]) -> Value:
    """As `dated_condition`, for a rule that answers with something else."""

    def answer(frame: Frame) -> Held:
        answers = [one(frame) for one in found]
        first, taken, chosen = answers[0], NONE, answers[0].only(NONE)
        common = ~frame.read(LAW_DATE).known & first.known
        for version, each in zip(versions, answers, strict=True):
            here = covered(frame, version.from_, version.until).yes & ~taken
            taken, chosen = taken | here, merged(here, each, chosen)
            common = common & alike(first, each)
        return merged(common, first, chosen)

    return answer


def merged(where: Flags, one: Held, other: Held) -> Held:
    """The one there, the other elsewhere."""
    match one, other:
        case Column(), Column():
            return picked(where, one, other)
        case Several(), Several():
            left = (one.bits, one.known, one.open, one.lacking)
            right = (_bits(other, one.words), other.known, other.open, other.lacking)
            bits, *flags = (np.where(where, a, b) for a, b in zip(left, right, strict=True))
            return Several(bits, one.words, *flags)
    raise AssertionError((one, other))


def alike(one: Held, other: Held) -> Flags:
    """Where both are known and the same."""
    match one, other:
        case Column(), Column():
            equal = compared("==", one, other)
            return equal.values & equal.known
        case Several(), Several():
            told = (one.bits == _bits(other, one.words)) & (one.lacking == other.lacking)
            same: Flags = told & (one.open == other.open) & one.known & other.known
            return same
    raise AssertionError((one, other))


def _bits(several: Several, words: tuple[str, ...]) -> Array:
    """The bits as they stand for these words, which are the same in another order."""
    if several.words == words:
        return several.bits
    found = np.zeros(1, np.uint64)
    for number, word in enumerate(several.words):
        found = found | (has(several, number).astype(np.uint64) << np.uint64(words.index(word)))
    return found
