"""The words people read about who was there, and about certificates of completion."""

from django.utils.translation import gettext_lazy as _

from cohorts.rules.attendance import CheckInRefusal, CorrectionRefusal
from cohorts.rules.proofs import ProofRefusal, ProofState

CHECK_IN_REFUSALS = {
    CheckInRefusal.MEETING_OFF: _("Träffen är inställd. Ingenting sparades."),
    CheckInRefusal.TOO_EARLY: _(
        "Det är för tidigt. Incheckningen öppnar en halvtimme före träffen. Ingenting sparades."
    ),
    CheckInRefusal.TOO_LATE: _(
        "Träffen är över, så koden gäller inte längre. Ingenting sparades."
        " Säg till handledaren om du var med."
    ),
    CheckInRefusal.NOT_A_MEMBER: _(
        "Koden gäller en träff med en annan grupp än din. Ingenting sparades."
    ),
    CheckInRefusal.MARKED_AWAY: _(
        "Handledaren har markerat att du inte var med. Ingenting ändrades. Prata med handledaren."
    ),
}
CORRECTION_REFUSALS = {
    CorrectionRefusal.MEETING_OFF: _("Träffen är inställd. Ingenting sparades."),
    CorrectionRefusal.NOT_LOCKED: _(
        "Närvaron är inte låst än. Markera den på träffens sida. Ingenting sparades."
    ),
    CorrectionRefusal.NO_REASON: _("Skriv varför närvaron rättas. Ingenting sparades."),
    CorrectionRefusal.NOT_A_MEMBER: _("Personen har inte varit med i gruppen."),
}
MARKS = {"there": _("var med"), "away": _("var inte med"), "unknown": _("inte markerad")}
PROOF_STATES = {
    ProofState.WAITING: _("väntar på att handledaren tittar"),
    ProofState.VERIFIED: _("intygat av handledaren"),
    ProofState.REFUSED: _("räckte inte, lämna ett nytt"),
}
PROOF_REFUSALS = {
    ProofRefusal.NOTHING: _("Lämna en fil eller skriv en länk. Ingenting sparades."),
    ProofRefusal.BOTH: _("Välj ett av dem: en fil eller en länk. Ingenting sparades."),
    ProofRefusal.TOO_LARGE: _("Filen är större än 5 MB. Ingenting sparades."),
    ProofRefusal.NO_SUCH_KIND: _(
        "Filen är varken PDF, PNG eller JPEG. Vi tittar på innehållet, inte på namnet."
        " Ingenting sparades."
    ),
    ProofRefusal.NOT_STUDYING: _("Du deltar inte i kursen just nu. Ingenting sparades."),
    ProofRefusal.VERIFIED_ALREADY: _("Handledaren har redan intygat att du är klar."),
}
