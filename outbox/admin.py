"""The operator's window on letters: what was promised and what became of it.

Nothing can be changed here. The outbox knows no other app, so it says so in its own lines. What a
fleeting letter says (a log-in code) is shown to nobody.
"""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest

from outbox.models import Message

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Message]
else:
    Base = admin.ModelAdmin


@admin.register(Message)
class MessageAdmin(Base):
    list_display = ["id", "key", "state", "tries", "last_fault", "next_try_at", "ended_at"]
    list_filter = ["state", "perhaps_twice"]
    search_fields = ["key", "about"]
    exclude = ["text", "links", "calendars"]
    readonly_fields = ["shown_text"]

    @admin.display(description="text")
    def shown_text(self, message: Message) -> str:
        """Return what the letter says, its links as names only."""
        return "" if message.fleeting else message.text

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- Django's signature
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:  # noqa: ARG002 -- same
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:  # noqa: ARG002 -- same
        return False
