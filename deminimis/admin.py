"""The operator's window on certificates and the ledger. Lines of the ledger are never changed."""

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin
from deminimis.models import Certificate, DeclaredAid, LedgerEntry, Rate, RegisterMark


@admin.register(Certificate)
class CertificateAdmin(ReadOnlyAdmin):
    list_display = ["id", "company", "state", "signed_on", "submitted_at", "decided_at"]
    list_select_related = ["company"]
    list_filter = ["state"]


@admin.register(DeclaredAid)
class DeclaredAidAdmin(ReadOnlyAdmin):
    list_display = ["id", "certificate", "granter", "granted_on", "year", "amount", "currency"]
    list_select_related = ["certificate"]


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    list_display = ["id", "company", "kind", "case", "granted_on", "amount_eur", "register_due_on"]
    list_select_related = ["company"]
    list_filter = ["kind"]
    search_fields = ["case"]


@admin.register(RegisterMark)
class RegisterMarkAdmin(ReadOnlyAdmin):
    list_display = ["entry", "registered_on", "reference", "by"]
    list_select_related = ["entry", "by"]


@admin.register(Rate)
class RateAdmin(ReadOnlyAdmin):
    list_display = ["on", "sek_per_eur", "source"]
