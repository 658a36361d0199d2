"""Letters as they would read, for whoever is about to send them. Nothing is written or signed."""

from copy import copy
from dataclasses import replace
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from cohorts.emails.seats import invitation_released
from cohorts.models import CourseRound, Invitation, Meeting
from outbox.letters import Letter, with_links


def invitation_preview(
    draft: Invitation,
    *,
    first_round: CourseRound,
    meetings: list[Meeting],
    deadline: datetime,
    now: datetime,
) -> Letter:
    """Return the letter that releasing ``draft`` would send, with words where its link goes."""
    as_released = copy(draft)
    as_released.expires_at = deadline
    letter = invitation_released(as_released, first_round=first_round, meetings=meetings, now=now)
    with translation.override(letter.language):
        link = _("(här står personens egen länk)")
    text = with_links(letter.text, letter.links, lambda _name, _words: link)
    return replace(letter, text=text)
