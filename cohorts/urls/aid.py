"""Addresses for the aid officer's pages, the company's page, and the reason for a fee."""

from django.urls import path

from cohorts.views import company as own
from cohorts.views.aid import (
    batch,
    case,
    certificate,
    changes,
    company,
    contacts,
    controls,
    desk,
    documents,
    kind,
    leaving,
    ledger,
    rates,
    register,
    settling,
)

urlpatterns = [
    path("stod/", desk.aid_desk, name="aid_desk"),
    path(
        "stod/intyg/<int:certificate_id>/", certificate.certificate_check, name="certificate_check"
    ),
    path("stod/intyg/", batch.batch, name="certificate_batch"),
    path("stod/intyg/<int:certificate_id>/pdf/", documents.certificate_pdf, name="certificate_pdf"),
    path("stod/papper/<int:paper_id>/", documents.paper_file, name="paper_file"),
    path("stod/arenden/<int:participation_id>/", case.aid_case, name="aid_case"),
    path("stod/arenden/<int:participation_id>/pdf/", documents.case_pdf, name="aid_case_pdf"),
    path("stod/forslag/<int:settlement_id>/", settling.settlement, name="settlement"),
    path("stod/avhopp/<int:drop_out_id>/", leaving.drop_out, name="drop_out"),
    path("stod/foretag/<int:company_id>/", company.aid_company, name="aid_company"),
    path("stod/foretag/<int:company_id>/hor-ihop/", controls.control_new, name="control_new"),
    path("stod/foretag/<int:company_id>/slag/", kind.company_kind, name="company_kind"),
    path("stod/foretag/<int:company_id>/kontakt/", contacts.contact_new, name="contact_new"),
    path("stod/kontakter/<int:contact_id>/", contacts.contact_end, name="contact_end"),
    path("stod/kopplingar/<int:control_id>/", controls.control_end, name="control_end"),
    path("stod/foretag/<int:company_id>/handelse/", changes.change_new, name="change_new"),
    path("stod/handelser/<int:change_id>/", changes.change_back, name="change_back"),
    path("stod/kurser/", rates.rates, name="rates"),
    path("stod/register/<int:entry_id>/andra/", ledger.correction, name="correction"),
    path("stod/register/<int:entry_id>/aterkrav/", ledger.recovery_new, name="recovery_new"),
    path("stod/aterkrav/<int:recovery_id>/", ledger.recovery, name="recovery"),
    path("stod/register/", register.register, name="register"),
    path("stod/register/register.csv", register.register_csv, name="register_csv"),
    path("stod/register/register.xlsx", register.register_xlsx, name="register_xlsx"),
    path("stod/register/<int:entry_id>/", register.register_entry, name="register_entry"),
    path("foretag/", own.my_company, name="my_company"),
    path("varfor/<int:participation_id>/", own.why_fee, name="why_fee"),
]
