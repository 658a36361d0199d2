"""The operator's window on certificates and the ledger. Lines of the ledger are never changed."""

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin
from deminimis.models import (
    Certificate,
    DeclaredAid,
    LedgerEntry,
    Paper,
    Rate,
    Recovery,
    RegisterMark,
    Settlement,
)


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


@admin.register(Paper)
class PaperAdmin(ReadOnlyAdmin):
    list_display = ["id", "certificate", "kind", "size_bytes", "added_at"]
    list_select_related = ["certificate"]
    exclude = ["stored_as"]


@admin.register(Settlement)
class SettlementAdmin(ReadOnlyAdmin):
    list_display = ["id", "case", "rule", "key", "state", "proposed_by", "decided_by"]
    list_select_related = ["proposed_by", "decided_by"]
    list_filter = ["state"]


@admin.register(Recovery)
class RecoveryAdmin(ReadOnlyAdmin):
    list_display = ["id", "entry", "state", "sum_sek", "interest_sek", "opened_at"]
    list_select_related = ["entry"]
    list_filter = ["state"]
