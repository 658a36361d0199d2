"""People who log in, what they are trusted with, and the record of who changed what."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from accounts import words
from accounts.rules import Role


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, **fields: Any) -> "User":
        """Return a new user who logs in by a code to ``email``; nobody has a password."""
        user = self.model(email=self.canonical(email), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    @staticmethod
    def canonical(email: str) -> str:
        """Return an address as it is kept: no spaces around it, in lower case."""
        return email.strip().lower()

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.canonical(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can log in: participant, company contact or staff."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="sv")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_in_lower_case"),
            models.CheckConstraint(
                condition=models.Q(language__in=["sv", "en"]), name="user_language_known"
            ),
        ]

    def __str__(self) -> str:
        return f"user {self.pk}"

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ", maxsplit=1)[0]


class RoleHeld(models.Model):
    """One role that one person holds, from a moment until it is ended."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles_held")
    role = models.CharField(max_length=20, choices=words.ROLES)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=list(Role)), name="role_known"),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(ended_at=None),
                name="role_held_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"user {self.user_id}: {self.role}"


class Change(models.Model):
    """One change of state of anything: what, from, to, who, why, when. Never edited, only added.

    ``subject`` names the row ("interest/42"). ``by_user`` is empty when a link in a letter or the
    clock acted; ``by`` says which. Votes leave no such row.
    """

    subject = models.CharField(max_length=80)
    was = models.CharField(max_length=30, blank=True)
    became = models.CharField(max_length=30)
    by = models.CharField(max_length=10)
    by_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="change_of_subject")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(by__in=["user", "link", "clock", "anyone"]),
                name="change_by_known",
            ),
            models.CheckConstraint(
                condition=models.Q(by="user", by_user__isnull=False)
                | (~models.Q(by="user") & models.Q(by_user=None)),
                name="change_by_user_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.was} -> {self.became}"
