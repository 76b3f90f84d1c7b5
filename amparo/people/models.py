"""Who works here, where, in which role and since when; and the sealed rows of who people are.

Periods are civil days, both inclusive; `until` empty is open. Nobody is deleted: a post or a mandate ends.
"""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

ID_LENGTH = 40


def new_id(kind: str) -> str:
    """A random id that says only what it is the id of: `acc-…`, `off-…`, `per-…`."""
    return f"{kind}-{secrets.token_hex(8)}"


def account_id() -> str:
    return new_id("acc")


def office_id() -> str:
    return new_id("off")


def person_id() -> str:
    return new_id("per")


def on_day(day: date) -> Q:
    """The rows whose period holds on `day`."""
    return Q(from_day__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


# ------------------------------------------------------------------------------------------------ sites
class Site(models.Model):
    """A commission, panel or court that runs programmes. zone: IANA name. places: address and the like for
    letters.
    """

    code = models.SlugField(primary_key=True, max_length=ID_LENGTH)
    name = models.CharField(max_length=200)
    zone = models.CharField(max_length=60)
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    hours = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A district or municipality that a site is competent for. title: language -> words."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="areas")
    code = models.SlugField(max_length=ID_LENGTH)
    title = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["site", "code"], name="area_once_a_site")
        ]

    def __str__(self) -> str:
        return self.code


class Holiday(models.Model):
    """A civil day on which nobody works at a site."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="holidays")
    day = models.DateField()
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["site", "day"], name="holiday_once_a_site")
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class SettingEntry(models.Model):
    """What a site entered for a setting of a programme. The newest with `from_day` not after the day counts.

    value: as written in a definition (`15 days`, `yes`, `EUR 870.00`). fictional: a value of the training
    world.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="entries")
    programme = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    value = models.CharField(max_length=200)
    from_day = models.DateField()
    source = models.CharField(max_length=300)
    source_date = models.DateField()
    by = models.ForeignKey("Account", models.PROTECT)
    entered = models.DateTimeField(auto_now_add=True)
    fictional = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["from_day", "id"]

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"


class Office(models.Model):
    """An outside party at a site: court, treatment service, police authority, register.

    standing: it is a party to every case of the site (the register, the authority that carries out
    sanctions).
    """

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=office_id)
    site = models.ForeignKey(Site, models.PROTECT, related_name="offices")
    role = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    kinds = models.JSONField(default=list, blank=True)  # kinds of help it gives: codes of vocabulary/needs
    standing = models.BooleanField(default=False)
    from_day = models.DateField(default=date.min)
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Practice(models.Model):
    """How a service works, as it was told last: whom it takes, when it is open, who speaks what, how to get there.

    takes: code -> whether it takes somebody like that; what is not in it is not known. hours: as `people.services`
    reads them. at: epoch seconds. by: None for what the service told through a link of its own.
    """

    office = models.OneToOneField(Office, models.PROTECT, related_name="practice")
    takes = models.JSONField(default=dict, blank=True)
    hours = models.JSONField(default=dict, blank=True)
    speaks = models.CharField(max_length=200, blank=True)
    way = models.CharField(max_length=200, blank=True)
    at = models.BigIntegerField()
    by = models.ForeignKey("Account", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.office_id


class Vacancy(models.Model):
    """How many places a service said were free, and when: the newest counts, and none is ever changed.

    what: what they are, in its words (beds, rooms). at: epoch seconds. by: as in `Practice`.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="vacancies")
    free = models.PositiveIntegerField()
    what = models.CharField(max_length=60, blank=True)
    at = models.BigIntegerField()
    by = models.ForeignKey("Account", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.office_id} {self.free}"


# ------------------------------------------------------------------------------------------------ accounts
class Accounts(BaseUserManager["Account"]):
    """Making accounts; there is no signing up."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Account:
        email = self.normalize_email(fields.pop("email", ""))
        account = self.model(username=username, email=email, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who signs in. demo: belongs to the training world. wrapped: the key under which their drafts
    lie.
    """

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=account_id)
    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=10, default="en")
    is_active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True)
    wrapped = models.BinaryField(null=True, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[Accounts] = Accounts()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Post(models.Model):
    """A role that an account has at a site, in one programme, for a time."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="posts")
    site = models.ForeignKey(Site, models.PROTECT, related_name="posts")
    programme = models.CharField(max_length=60)
    role = models.CharField(max_length=60)
    from_day = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["site", "programme", "role"], name="post_by_role")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"


class OnCall(models.Model):
    """Who answers for a role at a site when somebody is needed at once: the newest entry of a role counts.

    account: None where nobody is on call from then on. at: from when, epoch seconds. phone: where they are reached.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="on_call")
    programme = models.CharField(max_length=60)
    role = models.CharField(max_length=60)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="on_call")
    phone = models.CharField(max_length=60, blank=True)
    at = models.BigIntegerField()
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.role} {self.account_id}"


class Mandate(models.Model):
    """A seat in a body. qualities: codes such as `jurist`, `president`."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="mandates")
    site = models.ForeignKey(Site, models.PROTECT, related_name="mandates")
    body = models.CharField(max_length=60)
    qualities = models.JSONField(default=list, blank=True)
    from_day = models.DateField()
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.account_id} {self.body}"


# --------------------------------------------------------------------------------------------- people, sealed
class Person(models.Model):
    """A person, sealed under a key of their own. Without the key ring a row says nothing, not even whose it
    is.
    """

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=person_id)
    wrapped = models.BinaryField(null=True, editable=False)
    sealed = models.BinaryField(editable=False)

    def __str__(self) -> str:
        return self.id


class BlindIndex(models.Model):
    """A tag by which a person can be found: HMAC of a folded name, a birth date, a phone number."""

    tag = models.BinaryField(max_length=32)
    person = models.ForeignKey(Person, models.CASCADE, related_name="tags")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["tag"], name="person_by_tag")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "tag"], name="tag_once_a_person")
        ]

    def __str__(self) -> str:
        return self.person_id


class PersonLink(models.Model):
    """Two rows that a human said are one person. Undone, it says when and by whom it ended."""

    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.one_id} = {self.other_id}"
