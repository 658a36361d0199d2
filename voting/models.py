"""A ballot with its options, its roll and its votes.

The roll knows who may vote and who has voted; a vote knows a ranking. No column, key, time or
order joins the two (docs/decisions on secrecy).
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from voting import words
from voting.rules import BallotState, Rule


class Ballot(models.Model):
    """A question put to a fixed roll of voters, open from a moment until a moment.

    ``seed`` decides the lot; its digest is shown from the opening, the seed itself from the close.
    ``receipt_key`` is kept at the close and published with the check values of the receipts.
    ``swept_at`` is when old versions of its rows were taken out of the database.
    """

    lot_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=words.BALLOT_STATES, default=BallotState.DRAFT)
    rule = models.CharField(max_length=20, choices=words.RULES, default=Rule.RANKED_PAIRS)
    quorum_percent = models.PositiveSmallIntegerField(default=50)
    is_open_count = models.BooleanField(default=False)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    seed = models.CharField(max_length=64, blank=True)
    seed_digest = models.CharField(max_length=64, blank=True)
    counted_at = models.DateTimeField(null=True)
    turnout = models.PositiveIntegerField(null=True)
    result = models.JSONField(null=True)
    receipt_key = models.CharField(max_length=64, blank=True)
    void_why = models.CharField(max_length=300, blank=True)
    swept_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(BallotState)), name="ballot_state_known"
            ),
            models.CheckConstraint(condition=Q(rule__in=list(Rule)), name="ballot_rule_known"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="ballot_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent__lte=100), name="ballot_quorum_0_to_100"
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | ~Q(seed_digest=""), name="ballot_open_has_seed"
            ),
        ]

    def __str__(self) -> str:
        return f"ballot {self.pk}: {self.state}"


class Option(models.Model):
    """One thing that can be voted for: a key, a title, and facts frozen at the opening."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="options")
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "key"], name="option_key_once"),
        ]

    def __str__(self) -> str:
        return f"option {self.pk}: {self.title}"


class RollEntry(models.Model):
    """One person who may vote in one ballot, and whether that has happened. No time, no choice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="roll")
    voter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="on_rolls"
    )
    has_voted = models.BooleanField(default=False)
    reminders = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "voter"], name="on_the_roll_once"),
            models.CheckConstraint(condition=Q(reminders__lte=2), name="at_most_two_reminders"),
        ]

    def __str__(self) -> str:
        return "roll entry"


class Vote(models.Model):
    """One ranking in one ballot, with the keyed hash of its receipt. No voter, no time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="votes")
    ranking = models.JSONField()
    receipt_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "receipt_hash"], name="receipt_once"),
        ]

    def __str__(self) -> str:
        return "vote"
