"""The operator's window on companies and places. A sealed number is not shown, not even sealed."""

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin
from companies.models import (
    Company,
    CompanyChange,
    Contact,
    Control,
    Distance,
    Municipality,
    Place,
)


@admin.register(Company)
class CompanyAdmin(ReadOnlyAdmin):
    list_display = ["id", "name", "shown_number", "kind", "needs_check"]
    list_filter = ["kind", "needs_check"]
    search_fields = ["name", "number"]
    exclude = ["sealed_number", "number_digest"]


@admin.register(Control)
class ControlAdmin(ReadOnlyAdmin):
    list_display = ["owner", "owned", "basis", "percent", "from_on", "until_on"]
    list_select_related = ["owner", "owned"]


@admin.register(CompanyChange)
class CompanyChangeAdmin(ReadOnlyAdmin):
    list_display = ["kind", "on", "source", "target", "kept_by", "taken_back_at"]
    list_select_related = ["source", "target", "kept_by"]
    list_filter = ["kind"]


@admin.register(Contact)
class ContactAdmin(ReadOnlyAdmin):
    list_display = ["company", "user", "may_sign", "since_at", "ended_at"]
    list_select_related = ["company", "user"]


@admin.register(Municipality)
class MunicipalityAdmin(ReadOnlyAdmin):
    list_display = ["code", "name", "seat_population"]


@admin.register(Place)
class PlaceAdmin(ReadOnlyAdmin):
    list_display = ["code", "name", "municipality", "address"]
    list_select_related = ["municipality"]


@admin.register(Distance)
class DistanceAdmin(ReadOnlyAdmin):
    list_display = ["one", "other", "km", "minutes"]
    list_select_related = ["one", "other"]
