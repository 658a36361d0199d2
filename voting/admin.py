"""The operator's window on ballots. Who has voted and what was voted have no window at all.

The seed stays out of sight as well: whoever knew it before the close could reckon out the lot.
"""

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin
from voting.models import Ballot, Option


@admin.register(Ballot)
class BallotAdmin(ReadOnlyAdmin):
    list_display = ["id", "question", "state", "rule", "opens_at", "closes_at"]
    list_filter = ["state"]
    exclude = ["seed"]


@admin.register(Option)
class OptionAdmin(ReadOnlyAdmin):
    list_display = ["id", "ballot", "key", "title"]
    list_select_related = ["ballot"]
