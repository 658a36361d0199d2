"""The words people read for what became of a letter."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from outbox.rules import LetterState

LETTER_STATES = {
    LetterState.WAITING: _("väntar på att skickas"),
    LetterState.SENT: _("skickat"),
    LetterState.GIVEN_UP: _("kom inte fram"),
}

LINK_LEFT_OUT = _("(länken står bara i mottagarens brev)")
REFUSED = "refused "
# The mail server takes nothing from our sender, or wants us to log in.
OURS_REFUSED = "sender refused "
LOG_IN_REFUSED = "SMTPAuthenticationError"


def fault_in_words(fault: str) -> str:
    """Return what went wrong with the last try, for somebody who can do something about it."""
    if not fault:
        return ""
    if fault.startswith(OURS_REFUSED) or fault == LOG_IN_REFUSED:
        return gettext(
            "E-postservern tar inte emot brev från oss. Säg till den som sköter driften."
        )
    if fault.startswith(f"{REFUSED}5"):
        return gettext("Mottagarens server tar inte emot brev till adressen.")
    if fault.startswith(REFUSED):
        return gettext("Mottagarens server kunde inte ta emot brevet just då.")
    return gettext("E-postservern svarade inte.")
