"""The operator's window: everything can be looked at, nothing can be changed.

Changes go through the actions, which lock, check and write history; a form over a table would not.
"""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from accounts.models import Change, RoleHeld, User

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Model]
else:
    Base = admin.ModelAdmin


class ReadOnlyAdmin(Base):
    """Shows the rows of one table; nobody adds, changes or deletes any here."""

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:  # noqa: ARG002 -- Django's signature
        """Return the columns to show; no form is made for what nobody fills in."""
        hidden = set(self.exclude or ())
        return [field.name for field in self.model._meta.fields if field.name not in hidden]  # noqa: SLF001 -- Django's documented API

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- Django's signature
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 -- same
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 -- same
        return False


# What other packages show here can be changed: an address, a factor or a provider of log-ins would
# make the operator anybody. Theirs are put away; this file is read after all of them.
for foreign in [*admin.site._registry]:  # noqa: SLF001 -- there is no other list
    admin.site.unregister(foreign)


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ["id", "name", "email", "is_active", "is_staff"]
    search_fields = ["name", "email"]
    exclude = ["password", "groups", "user_permissions"]


@admin.register(RoleHeld)
class RoleHeldAdmin(ReadOnlyAdmin):
    list_display = ["user", "role", "given_at", "ended_at"]
    list_select_related = ["user"]
    list_filter = ["role"]


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["at", "subject", "was", "became", "by", "by_user"]
    list_select_related = ["by_user"]
    search_fields = ["subject"]
