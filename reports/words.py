"""The words people read for figures, and how each figure is counted."""

from django.utils.translation import gettext_lazy as _

from reports.rules import Stage

STAGES = {
    Stage.SIGNED_UP: _("anmälda"),
    Stage.CONFIRMED: _("bekräftade"),
    Stage.INVITED: _("inbjudna"),
    Stage.ENROLLED: _("deltar eller har deltagit"),
    Stage.FINISHED: _("har fullföljt"),
}
STAGE_DEFINITIONS = {
    Stage.SIGNED_UP: _(
        "Intresseanmälningar till projektet. Den som inte bekräftar i tid gallras och räknas inte"
        " längre. Två anmälningar som har slagits samman räknas en gång."
    ),
    Stage.CONFIRMED: _("Anmälningar som personen själv har bekräftat, även om de är avslutade nu."),
    Stage.INVITED: _("Personer som har fått minst en inbjudan till en kursgrupp."),
    Stage.ENROLLED: _("Personer som har eller har haft en plats i en kursgrupp."),
    Stage.FINISHED: _(
        "Personer som har gått klart minst en kurs, enligt egen uppgift eller intyg."
    ),
}
FEE_DEFINITIONS = {
    "not_needed": _("Platser i kurser som är gratis för alla."),
    "certificate_requested": _("Platser där företaget ännu inte har lämnat ett intyg som gäller."),
    "in_review": _("Platser som en handläggare ska avgöra."),
    "free_as_aid": _("Platser som är gratis som stöd av mindre betydelse."),
    "fee": _("Platser som kostar, därför att stödet inte ryms eller inte får ges."),
    "waived": _("Platser till organisationer utan verksamhet som räknas som företag."),
}
FEWER_THAN_FIVE = _("färre än 5")
