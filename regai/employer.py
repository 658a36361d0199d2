"""The employer's own log-in (OpenID Connect), for those who work here. None unless it is set.

It opens an account that exists, that holds a role and whose address the employer has verified; it
never makes one and is never tied to one, so that the address decides each time. Nothing is asked
of the employer before somebody presses the button.
"""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from requests import RequestException

from accounts.gates import anyone
from accounts.models import User
from accounts.queries import works_here


class EmployerAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Lets in whom the employer vouches for and who works here; everybody else reads the same."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 -- allauth's signature
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Turn away whoever may not come in this way.

        :raises ImmediateHttpResponse: with the page that says so.
        """
        logs_in = sociallogin.state.get("process", AuthProcess.LOGIN) == AuthProcess.LOGIN
        if not (logs_in and _is_vouched_for(sociallogin)):
            refusal = render(request, "socialaccount/refused.html", status=403)
            raise ImmediateHttpResponse(refusal)


@anyone
def log_in_at_employer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the employer's log-in, if one of our own pages asked for it."""
    if settings.EMPLOYER is None:
        raise Http404
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return redirect(settings.LOGIN_URL)
    try:
        response: HttpResponse = views.login(request, provider_id=provider_id)
    except (RequestException, ValueError, KeyError):  # no answer, or none that can be read
        return render(request, "socialaccount/authentication_error.html", status=503)
    return response


@anyone
def back_from_employer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the employer's answer."""
    if settings.EMPLOYER is None:
        raise Http404
    response: HttpResponse = views.callback(request, provider_id=provider_id)
    return response


@anyone
def cancelled_at_employer(request: HttpRequest) -> HttpResponse:
    """Say that nobody was logged in, and what else there is."""
    return TemplateResponse(request, "socialaccount/login_cancelled.html")


def _is_vouched_for(sociallogin: SocialLogin) -> bool:
    user = sociallogin.user
    if not (sociallogin.is_existing and isinstance(user, User) and works_here(user)):
        return False
    # Some providers send the words "true" and "false"; only what is surely a yes is one.
    verified = {
        User.objects.canonical(address.email)
        for address in sociallogin.email_addresses
        if address.verified is True or address.verified == "true"
    }
    return user.email in verified
