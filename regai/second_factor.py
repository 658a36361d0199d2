"""The second step of the log-in: how its secrets are kept, who is asked, and its pages' ways on."""

from typing import Any

import segno
from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.gates import employer_vouches, first_step, has_second_factor
from accounts.models import User
from accounts.queries import works_here
from accounts.requests import UserRequest
from companies.sealing import opened, sealed
from regai.starts import start_page

Kind = Authenticator.Type
WANTED = "second_factor_wanted"


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets are sealed with the site's keys; codes carry our name; faults speak our language."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Det gick inte: koden eller nyckeln stämmer inte. Försök igen."),
        "unverified_email": _("Logga först in med en kod till din e-post."),
        "cannot_generate_recovery_codes": _("Reservkoder får du när du har ett extra steg."),
    }

    def encrypt(self, text: str) -> str:
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text)

    def get_totp_issuer(self) -> str:
        return str(settings.SITE["name"])

    def _get_site_name(self) -> str:
        return str(settings.SITE["name"])

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code as SVG to stand in the page: no image is fetched, no style used."""
        return str(segno.make(url, micro=False).svg_inline(scale=5, border=4, light="#fff"))

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 -- allauth's name
        """Return a name to begin with: "Nyckel 2"."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return str(_("Nyckel %(number)d") % {"number": number})

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.name}


class SecondStep(AuthenticateStage):  # type: ignore[misc]  # allauth ships no types
    """Asks those who work here, and whoever has chosen an app for codes.

    A participant's passkey is a shorter way in, not a lock on the other: the code to the address
    goes on working without it.
    """

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        if not super()._should_handle(request) or employer_vouches(request, user):
            return False
        return works_here(user) or is_mfa_enabled(user, [Kind.TOTP])


class ActivateApp(ActivateTOTPView):  # type: ignore[misc]  # allauth ships no types
    """Sets up an app for codes; the code that was typed to show that it works counts at once."""

    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _count_newest(self.request, Kind.TOTP)
        return response


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]  # allauth ships no types
    """Sets up a passkey; to have made it counts as having used it."""

    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _count_newest(self.request, Kind.WEBAUTHN)
        return response


@first_step
def second_factor(request: UserRequest) -> HttpResponse:
    """Lead through the second step, explaining it to who has none, and back to the page asked for.

    The page asked for is kept in the session while the factor is set up.
    """
    user = request.user
    wanted = get_next_redirect_url(request) or request.session.get(WANTED) or ""
    if not (settings.STAFF_SECOND_FACTOR and works_here(user)):
        return redirect(wanted or "mfa_index")
    if has_second_factor(request, user):
        request.session.pop(WANTED, None)
        return redirect(wanted or start_page(user))
    if is_mfa_enabled(user, [Kind.TOTP, Kind.WEBAUTHN]):
        ways = get_adapter().get_reauthentication_methods(user)
        back = {"next": wanted or start_page(user)}
        return redirect(f"{ways[0]['url']}?{urlencode(back)}")
    request.session[WANTED] = wanted
    return TemplateResponse(request, "mfa/required.html")


def _count_newest(request: HttpRequest, kind: str) -> None:
    newest = Authenticator.objects.filter(user=request.user, type=kind).latest("pk")
    post_authentication(request, newest, reauthenticated=True)
