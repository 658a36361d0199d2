"""How allauth speaks in this house: log-in codes are letters, nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.crypto import get_random_string

from accounts.models import User
from outbox.letters import Letter
from outbox.steps import queue
from regai.limits import client_address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made when a seat is accepted or a role is given, never by a form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

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
            fleeting=True,
        )
        with transaction.atomic():
            queue(letter, now=timezone.now())
