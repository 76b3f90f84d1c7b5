"""Is the log what was written? One pass over all entries, beside the marks of the checkpoints.

Found: altered, removed, reordered and cut-off entries, a whole case gone, a checkpoint altered, removed or
not ours. Not protected: what follows the last root that left the building; how much that is, is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from amparo.ledger import chain, checkpoints
from amparo.ledger.chain import START, Link
from amparo.ledger.models import CaseKey, Checkpoint, EventRow, Head, Mark
from amparo.people.keys import ring

CHUNK = 2000


class Fault(NamedTuple):
    """kind: altered, removed, reordered, cut_off, case_gone, head, checkpoint. seq: 0 if it is no entry's."""

    kind: str
    case: str
    seq: int
    says: str

    def __str__(self) -> str:
        return self.says


class Report(NamedTuple):
    """What was looked at and found. unprotected: entries that no checkpoint holds yet. root: the last root,
    0 if none.
    """

    cases: int
    entries: int
    erased: int
    root: int
    root_at: int
    unprotected: int
    faults: tuple[Fault, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The report in lines, the last one what is not protected yet."""
        found = [f"{self.entries} entries of {self.cases} cases read, {self.erased} of them erased: ", ""]
        found[0] += "all as written." if not self.faults else f"{len(self.faults)} faults."
        found[1:] = [str(fault) for fault in self.faults]
        return (*found, self._unprotected())

    def _unprotected(self) -> str:
        if not self.root:
            return f"No root is signed yet: removal of the {self.unprotected} entries would not be seen."
        if not self.unprotected:
            return f"Root {self.root} protects every entry."
        left = f"removal of the {self.unprotected} entries after it would not be seen."
        return f"Root {self.root} is the last one: {left}"


def verify(outside: Path | None = None) -> Report:
    """Read the whole log. `outside`: the file of roots kept elsewhere; unset: the one named by the
    settings.
    """
    faults: list[Fault] = [*_checkpoint_faults(outside or Path(settings.AMPARO_CHECKPOINT_FILE))]
    heads, marks = _Beside(Head.objects.order_by("case")), _Beside(Mark.objects.order_by("case", "n"))
    cases = entries = unprotected = 0
    for case, rows in groupby(EventRow.objects.order_by("case", "seq").iterator(CHUNK), lambda row: row.case):
        faults += _gone(heads, marks, case)
        head = next((Link(row.seq, bytes(row.hash)) for row in heads.of(case)), None)
        found = _Case(case, head, {row.seq: bytes(row.hash) for row in marks.of(case)})
        faults += found.faults(rows)
        cases, entries, unprotected = cases + 1, entries + found.entries, unprotected + found.unprotected
    faults += _gone(heads, marks, None)
    last = Checkpoint.objects.order_by("-n").first()
    erased = CaseKey.objects.filter(wrapped__isnull=True).values("case").distinct().count()
    return Report(
        cases, entries, erased, last.n if last else 0, last.at if last else 0, unprotected, _once(faults)
    )


def _once(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple({(fault.case, fault.seq, fault.says): fault for fault in faults}.values())


def _gone(heads: _Beside, marks: _Beside, before: str | None) -> list[Fault]:
    """The cases up to the next one with entries that a head or a checkpoint knows, and that have none."""
    names = {row.case for row in (*heads.until(before), *marks.until(before)) if row.seq}
    return [Fault("case_gone", case, 0, f"Case {case}: every entry is gone.") for case in sorted(names)]


class _Beside:
    """Rows in order of case, read beside the entries, so that memory does not grow with the log."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self._rows: Iterator[Any] = rows.iterator(CHUNK)
        self._next = next(self._rows, None)

    def until(self, case: str | None) -> Iterator[Any]:
        """The rows of cases before this one; all that are left for None."""
        while self._next is not None and (case is None or self._next.case < case):
            yield self._next
            self._next = next(self._rows, None)

    def of(self, case: str) -> list[Any]:
        """The rows of this case."""
        found = []
        while self._next is not None and self._next.case == case:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found


class _Case:
    """One case's entries against its chain, its head and its marks."""

    def __init__(self, case: str, head: Link | None, marked: dict[int, bytes]) -> None:
        self.case, self.head, self.marked = case, head, marked
        self.entries = self.unprotected = 0

    def faults(self, rows: Iterable[EventRow]) -> Iterator[Fault]:
        last, protected = Link(0, START), max(self.marked, default=0)
        for row in rows:
            self.entries += 1
            self.unprotected += row.seq > protected
            yield from self._entry(row, last)
            last = Link(row.seq, bytes(row.hash))
        yield from self._end(last)

    def _entry(self, row: EventRow, last: Link) -> Iterator[Fault]:
        if row.seq != last.seq + 1:
            yield self._fault(
                "removed", last.seq + 1, f"entries {last.seq + 1} to {row.seq - 1} are missing."
            )
        if chain.digest(row) != bytes(row.hash):
            kind = "reordered" if self._moved(row) else "altered"
            yield self._fault(kind, row.seq, f"entry {row.seq} was {kind}.")
        elif row.seq == last.seq + 1 and bytes(row.prev) != last.hash:
            yield self._fault(
                "altered", row.seq, f"entry {row.seq} does not follow entry {last.seq} as it is now."
            )
        elif row.seq in self.marked and self.marked[row.seq] != bytes(row.hash):
            yield self._fault("altered", row.seq, f"entry {row.seq} is not the one that a checkpoint holds.")

    def _moved(self, row: EventRow) -> bool:
        """Whether the row is whole under another number of its case."""
        mine, hash_ = row.seq, bytes(row.hash)
        try:
            for seq in range(1, max(self.head.seq if self.head else 0, mine) + 2):
                row.seq = seq
                if chain.digest(row) == hash_:
                    return True
            return False
        finally:
            row.seq = mine

    def _end(self, last: Link) -> Iterator[Fault]:
        for seq in sorted(seq for seq in self.marked if seq > last.seq):
            yield self._fault("cut_off", seq, f"entry {seq}, which a checkpoint holds, is gone from the end.")
        if self.head is None:
            yield self._fault("head", 0, "its head is gone.")
        elif last != self.head:
            yield self._fault(
                "cut_off", self.head.seq, f"its log ends at entry {last.seq}, its head says {self.head.seq}."
            )

    def _fault(self, kind: str, seq: int, says: str) -> Fault:
        return Fault(kind, self.case, seq, f"Case {self.case}: {says}")


# ------------------------------------------------------------------------------------------------ checkpoints
def _checkpoint_faults(outside: Path) -> Iterator[Fault]:
    public, prev, expected = ring().signing_key().public_key(), START, 1
    roots: dict[int, str] = {}
    for row in Checkpoint.objects.order_by("n").iterator(CHUNK):
        if row.n != expected or bytes(row.prev) != prev:
            yield Fault("checkpoint", "", 0, f"Checkpoint {row.n} does not follow the one before it.")
        if not checkpoints.holds(row, public):
            yield Fault("checkpoint", "", 0, f"Checkpoint {row.n} does not bear our signature.")
        if _recomputed(row) != bytes(row.root):
            yield Fault("checkpoint", "", 0, f"Checkpoint {row.n}: what it holds of the cases was changed.")
        prev, expected, roots[row.n] = bytes(row.root), row.n + 1, bytes(row.root).hex()
    for root in checkpoints.read_file(outside):
        if roots.get(root.n) != root.root:
            yield Fault("checkpoint", "", 0, f"Root {root.n}, kept outside, is not the one of this database.")


def _recomputed(row: Checkpoint) -> bytes:
    items = Mark.objects.filter(n=row.n).order_by("case").values_list("case", "seq", "hash").iterator(CHUNK)
    return checkpoints.root_of(bytes(row.prev), ((case, seq, bytes(hash_)) for case, seq, hash_ in items))
