"""The words people read for what became of a letter."""

from django.utils.translation import gettext_lazy as _

from outbox.rules import LetterState

LETTER_STATES = {
    LetterState.WAITING: _("väntar på att skickas"),
    LetterState.SENT: _("skickat"),
    LetterState.GIVEN_UP: _("kom inte fram"),
}
