"""Django's view of the ledger's tables. They are made and changed by `tables` through `RunSQL` only.

What stands in clear here is all that does; everything else is sealed (docs/reference/language.md, Events).
"""

from __future__ import annotations

from django.db import models
from django.db.models import CompositePrimaryKey


class EventRow(models.Model):
    """One entry of a case's log.

    day: of recording, days since 1970 UTC. key: number of the case's key; 0 = `sealed` stands in clear,
    which only `case.erased` does. idem: HMAC of the idempotency key, on the last event of a request. hash:
    over the ciphertext.
    """

    pk = CompositePrimaryKey("case", "seq")
    case = models.CharField(db_column="case_id", max_length=40)
    seq = models.BigIntegerField()
    day = models.BigIntegerField()
    key = models.BigIntegerField()
    nonce = models.BinaryField()
    version = models.TextField()
    prev = models.BinaryField()
    hash = models.BinaryField()
    idem = models.BinaryField(null=True)
    sealed = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_event"

    def __str__(self) -> str:
        return f"{self.case} {self.seq}"


class Head(models.Model):
    """The newest entry of a case's chain. marked: the newest one that a checkpoint holds. This row is the
    case's lock.
    """

    case = models.CharField(db_column="case_id", max_length=40, primary_key=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField()
    marked = models.BigIntegerField(default=0)

    class Meta:
        managed = False
        db_table = "ledger_head"

    def __str__(self) -> str:
        return self.case


class Summary(models.Model):
    """What a worklist needs, and nothing more. due: day since 1970 in the site's zone; `NO_DUE` if none
    runs.
    """

    case = models.CharField(db_column="case_id", max_length=40, primary_key=True)
    site = models.TextField()
    pathway = models.TextField()
    door = models.TextField()
    open = models.BooleanField()
    box = models.BigIntegerField()
    owner = models.TextField()
    due = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "ledger_case"

    def __str__(self) -> str:
        return self.case


class CaseKey(models.Model):
    """The key of a case, wrapped by the ring. wrapped None: destroyed, for good."""

    pk = CompositePrimaryKey("case", "number")
    case = models.CharField(db_column="case_id", max_length=40)
    number = models.BigIntegerField()
    wrapped = models.BinaryField(null=True)

    class Meta:
        managed = False
        db_table = "ledger_case_key"

    def __str__(self) -> str:
        return f"{self.case} {self.number}"


class OtherPerson(models.Model):
    """Another person in a case, with a key of their own. tag: HMAC of who they are; sealed: who, and in which role."""

    pk = CompositePrimaryKey("case", "number")
    case = models.CharField(db_column="case_id", max_length=40)
    number = models.BigIntegerField()
    tag = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_other"

    def __str__(self) -> str:
        return f"{self.case} {self.number}"


class Tie(models.Model):
    """Somebody in a case, as a tag that nobody without the key ring can make: a person, who is assigned,
    who recorded.
    """

    pk = CompositePrimaryKey("tag", "case")
    tag = models.BinaryField()
    case = models.CharField(db_column="case_id", max_length=40)

    class Meta:
        managed = False
        db_table = "ledger_tie"

    def __str__(self) -> str:
        return self.case


class Wake(models.Model):
    """When `tick` must look at a case again. tag: HMAC of that day; sealed: the second, and what is done
    already.
    """

    case = models.CharField(db_column="case_id", max_length=40, primary_key=True)
    tag = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_wake"

    def __str__(self) -> str:
        return self.case


class Disclosure(models.Model):
    """One look. case: the case looked at, or None for a list, whose cases stand in `cases`, spaces around
    each.

    sealed: role, what was shown and for which purpose; under the case's key, or the ring's for a list.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.BigIntegerField()
    actor = models.TextField()
    case = models.CharField(db_column="case_id", max_length=40, null=True)  # noqa: DJ001 - None is no case
    cases = models.TextField(default="")
    sealed = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_disclosure"

    def __str__(self) -> str:
        return f"{self.at} {self.actor}"


class Checkpoint(models.Model):
    """A signed root over the heads that changed since the one before. n: from 1, without gaps."""

    n = models.BigIntegerField(primary_key=True)
    at = models.BigIntegerField()
    items = models.BigIntegerField()
    prev = models.BinaryField()
    root = models.BinaryField()
    signature = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_checkpoint"

    def __str__(self) -> str:
        return str(self.n)


class Mark(models.Model):
    """The head of one case as checkpoint n holds it."""

    pk = CompositePrimaryKey("case", "n")
    case = models.CharField(db_column="case_id", max_length=40)
    n = models.BigIntegerField()
    seq = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_mark"

    def __str__(self) -> str:
        return f"{self.case} {self.n}"


class LetterBytes(models.Model):
    """A letter as it was first opened or handed over, sealed under the case's key."""

    pk = CompositePrimaryKey("case", "tag")
    case = models.CharField(db_column="case_id", max_length=40)
    tag = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_letter"

    def __str__(self) -> str:
        return self.case


class Draft(models.Model):
    """Typing not yet sent, for its author only. Sealed under the author's key until there is a case, then
    its key.
    """

    tag = models.BinaryField(primary_key=True)
    author = models.TextField()
    case = models.CharField(db_column="case_id", max_length=40, null=True)  # noqa: DJ001 - None is no case
    at = models.BigIntegerField()
    sealed = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_draft"

    def __str__(self) -> str:
        return self.author


class Tally(models.Model):
    """A count outside any case: codes and the month, no name, no free text."""

    pk = CompositePrimaryKey("site", "pathway", "name", "month", "codes")
    site = models.TextField()
    pathway = models.TextField()
    name = models.TextField()
    month = models.TextField()
    codes = models.TextField()
    n = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "ledger_tally"

    def __str__(self) -> str:
        return f"{self.name} {self.month}"


class TallyWait(models.Model):
    """One count that is still to be added, sealed by the ring, under an id that says nothing: `tick` adds those of a
    day together, so that nothing of it stands beside the case with which it was written.
    """

    id = models.BinaryField(primary_key=True)
    sealed = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_tally_wait"

    def __str__(self) -> str:
        return "a count"


class Coarse(models.Model):
    """What remains of a case for statistics, under an id of its own. Months as `2026-11`; codes: JSON."""

    id = models.TextField(primary_key=True)
    pathway = models.TextField()
    site = models.TextField()
    month = models.TextField()
    closed = models.TextField()
    area = models.TextField()
    door = models.TextField()
    stage = models.TextField()
    outcome = models.TextField()
    codes = models.TextField()

    class Meta:
        managed = False
        db_table = "ledger_coarse"

    def __str__(self) -> str:
        return self.id


class Definition(models.Model):
    """The text of a definition under which cases began: they stay on it when a newer one comes."""

    pk = CompositePrimaryKey("pathway", "version")
    pathway = models.TextField()
    version = models.TextField()
    text = models.TextField()

    class Meta:
        managed = False
        db_table = "ledger_definition"

    def __str__(self) -> str:
        return f"{self.pathway} {self.version}"


class Heartbeat(models.Model):
    """When `tick` last went through; `through`: the day up to which every case was looked at."""

    id = models.BigIntegerField(primary_key=True)
    at = models.BigIntegerField()
    through = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "ledger_heartbeat"

    def __str__(self) -> str:
        return str(self.at)
