"""Links in letters: opened, or answered with a page that says what is wrong with them.

Somebody who is logged in reaches the same pages without looking for the letter.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.emails.readers import INVITATION, MANAGE
from cohorts.models import Interest, Invitation
from cohorts.rules.interests import MANAGE_LINK_LIVES
from outbox.letters import link_to
from outbox.links import ForgedLink, Opened, opened

NOT_FOUND = 404
GONE = 410


@dataclass(frozen=True, slots=True)
class OpenedFor:
    """A genuine link and the purpose it was made for."""

    purpose: str
    link: Opened


def open_link(token: str, *purposes: str) -> OpenedFor | None:
    """Return what a token names for the first of ``purposes`` it was made for, or None."""
    for purpose in purposes:
        try:
            return OpenedFor(purpose, opened(token, purpose=purpose))
        except ForgedLink:
            continue
    return None


def path_to_interest(interest: Interest) -> str:
    """Return the address at which the person behind an interest changes, pauses or ends it."""
    return link_to(
        "cohorts:interest_link",
        purpose=MANAGE,
        row=interest.pk,
        generation=interest.link_generation,
        last_day=timezone.localdate() + MANAGE_LINK_LIVES,
    ).signed_path()


def path_to_invitation(invitation: Invitation) -> str:
    """Return the address at which the invited person answers."""
    return link_to(
        "cohorts:invitation",
        purpose=INVITATION,
        row=invitation.pk,
        generation=invitation.link_generation,
        last_day=timezone.localdate(invitation.expires_at),
    ).signed_path()


def unknown_link(request: HttpRequest) -> HttpResponse:
    """Say that the link is not one of ours, or names something that is gone."""
    return _page(
        request,
        NOT_FOUND,
        title=_("Länken går inte att använda"),
        text=_(
            "Den är inte hel, eller så finns det som den ledde till inte kvar."
            " Ingenting har ändrats. Öppna länken direkt i brevet, eller hör av dig till oss."
        ),
    )


def superseded_link(request: HttpRequest) -> HttpResponse:
    """Say that a newer letter has made this link void."""
    return _page(
        request,
        GONE,
        title=_("Det finns en nyare länk"),
        text=_("Använd länken i det senaste brevet från oss. Ingenting har ändrats."),
    )


def ended_link(request: HttpRequest) -> HttpResponse:
    """Say that the link's last day has passed."""
    return _page(
        request,
        GONE,
        title=_("Länken har gått ut"),
        text=_(
            "Ingenting har ändrats. Behöver du en ny länk, anmäl dig igen med samma namn och"
            " e-postadress, så skickar vi den, eller hör av dig till oss."
        ),
    )


def left_group(request: HttpRequest) -> HttpResponse:
    """Say that the person has no seat in the group any more."""
    return _page(
        request,
        GONE,
        title=_("Du är inte med i gruppen längre"),
        text=_("Därför går det inte att svara om träffen. Ingenting har ändrats."),
    )


def has_ended(link: Opened) -> bool:
    """Return whether the link's last day lies before today."""
    return link.has_ended(timezone.localdate())


def _page(request: HttpRequest, status: int, *, title: str, text: str) -> HttpResponse:
    return TemplateResponse(
        request,
        "cohorts/participant/link_problem.html",
        {"title": title, "text": text},
        status=status,
    )
