"""The words for what goes and what stays when a person is erased."""

from django.utils.translation import gettext_lazy as _

from cohorts.rules import ErasureState
from cohorts.rules.erasures import ErasureRefusal

ERASURE_STATES = {
    ErasureState.ASKED: _("väntar"),
    ErasureState.DONE: _("raderad"),
    ErasureState.TAKEN_BACK: _("tog tillbaka sin begäran"),
}
ERASURE_REFUSALS = {
    ErasureRefusal.HOLDS_A_ROLE: _(
        "Personen arbetar i systemet. Avsluta personens roller först. Ingenting är raderat."
    ),
    ErasureRefusal.ERASED_ALREADY: _("Personen är redan raderad. Ingenting ändrades."),
}
# What goes, and what stays without the name, by the codes of queries/personal.py.
PERSONAL = {
    "account": _("Konto: namn och adress att logga in med"),
    "addresses": _("Bekräftade adresser"),
    "second_factors": _("Andra steget vid inloggning: koder och nycklar"),
    "employer_log_ins": _("Inloggning genom arbetsgivaren"),
    "log_ins": _("Pågående inloggningar"),
    "interests": _("Intresseanmälningar: namn, adress, företagets namn, tider, önskemål"),
    "needs": _("Behov på träffarna, och telefonnummer"),
    "questions": _("Frågor till gruppen, med svar"),
    "invoices": _("Fakturaadresser"),
    "proofs": _("Bevis på genomförda kurser, med filer"),
    "feeds": _("Hemliga adresser till kalendrar"),
    "reasons": _("Skäl i historiken"),
    "letters": _("Brev"),
    "certificates_asked": _("Namn och adress som ett intyg begärdes från"),
    "certificates_helped": _("Namn och adress till den som hjälpte till med ett intyg"),
    "sole_traders": _("Den egna firmans namn och nummer"),
}
KEPT = {
    "seats": _("Platser i grupper"),
    "courses": _("Kurser"),
    "lessons": _("Markerade lektioner"),
    "meetings": _("Svar och närvaro på träffar"),
    "fees": _("Avgiftsbeslut"),
    "invoices": _("Avgifter med faktura"),
    "aid": _("Stöd av mindre betydelse till företaget"),
    "rolls": _("Uppgift om rösträtt och om den användes"),
}
_FUNDED = _("fem år räknat från 31 december det år då projektet får sin sista utbetalning")
_AID = _("tio år från den dag stödet beviljades")
KEPT_FOR = {
    "seats": _FUNDED,
    "courses": _FUNDED,
    "lessons": _FUNDED,
    "meetings": _FUNDED,
    "fees": _AID,
    "invoices": _("sju år efter räkenskapsårets slut, med namnet på fakturan"),
    "aid": _AID,
    "rolls": _FUNDED,
}
