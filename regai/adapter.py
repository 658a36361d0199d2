"""How allauth speaks in this house: log-in codes are letters, nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.steps import acting, record
from outbox.letters import Letter
from outbox.steps import queue
from regai.limits import client_address
from regai.starts import start_page

ASKS = "allauth.mfa.stages.AuthenticateStage"
# What the record of changes says when somebody changes how they log in.
TOLD = {
    "mfa/email/totp_activated": "app for codes added",
    "mfa/email/totp_deactivated": "app for codes removed",
    "mfa/email/webauthn_added": "passkey added",
    "mfa/email/webauthn_removed": "passkey removed",
    "mfa/email/recovery_codes_generated": "spare codes renewed",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made when a seat is accepted or a role is given, never by a form."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("Koden stämmer inte. Försök igen, eller be om en ny."),
        "too_many_login_attempts": _("För många försök. Vänta fem minuter och försök igen."),
        "rate_limited": _("För många försök. Vänta fem minuter och försök igen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody begins who asked for no page: who works here, at the desk."""
        user = request.user
        return (
            start_page(user) if isinstance(user, User) else super().get_login_redirect_url(request)
        )

    def get_login_stages(self) -> list[str]:
        """Return the steps of a log-in; whom the second one asks is ours to say."""
        stages = super().get_login_stages()
        return ["regai.second_factor.SecondStep" if one == ASKS else one for one in stages]

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Return the ways to show again who one is, in our words."""
        words = {
            "mfa_reauthenticate": _("Skriv en kod"),
            "mfa_reauthenticate:webauthn": _("Använd en inloggningsnyckel"),
        }
        ways = super().get_reauthentication_methods(user)
        return [{**way, "description": words.get(way["id"], "")} for way in ways]

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody, in their language, that how they log in has changed, and record it."""
        now = timezone.now()
        with transaction.atomic(), translation.override(user.language):
            record(user, was="", became=TOLD[template_prefix], actor=acting(user), now=now)
            super().send_notification_mail(template_prefix, user, context, email or user.email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Promise allauth's letter through the outbox; a code is not kept once it has left."""
        user = User.objects.filter(email=User.objects.canonical(email)).first()
        language = translation.get_language() or "sv"
        words = {**context, "email": email}
        subject = render_to_string(f"{template_prefix}_subject.txt", words)
        letter = Letter(
            key=f"account/{get_random_string(20)}",
            about=f"user/{user.pk}" if user else "",
            to=email,
            language=language,
            subject=" ".join(subject.split()),
            text=render_to_string(f"{template_prefix}_message.txt", words),
            fleeting=template_prefix not in TOLD,
        )
        with transaction.atomic():
            queue(letter, now=timezone.now())
