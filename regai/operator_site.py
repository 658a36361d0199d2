"""Django's admin with the site's own log-in in front: a code, and a second factor."""

from typing import Any, NoReturn

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.gates import lacks_second_factor
from accounts.models import User


class OperatorSite(AdminSite):
    """The operator's window. Nobody has a password, so none is asked for or changed here."""

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not lacks_second_factor(request)

    def login(
        self,
        request: HttpRequest,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002 -- Django's signature
    ) -> HttpResponse:
        """Lead on to what is missing: the log-in, or its second step."""
        wanted = get_next_redirect_url(request) or reverse("admin:index")
        if self.has_permission(request):
            return redirect(wanted)
        if not isinstance(request.user, User):
            return redirect_to_login(wanted)
        if not super().has_permission(request):
            raise PermissionDenied
        return redirect_to_login(wanted, settings.SECOND_FACTOR_URL)

    def password_change(
        self,
        request: HttpRequest,  # noqa: ARG002 -- Django's signature
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002 -- same
    ) -> NoReturn:
        """Answer that there is no such page."""
        raise Http404
