"""Who may open a page. Every view wears exactly one gate; a test walks the URLs to see to it.

A gate answers for the kind of person only. Which rows they may see is the query's business: it
starts from the user, and somebody else's row does not exist (404).

Whoever works here passes no gate without a second factor (``settings.STAFF_SECOND_FACTOR``) but
those in front of the pages where the factor is set up and used.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.account.authentication import get_authentication_records
from allauth.mfa.internal.flows.trust import is_trusted_browser
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.models import User
from accounts.queries import roles_of, works_here
from accounts.rules import Role

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

PUBLIC = "anyone"
BY_LINK = "link"
FIRST_STEP = "first_step"
LOGGED_IN = "logged_in"


def anyone(view: View) -> View:
    """Open a page to the public; it needs no cookie."""
    return marked(view, PUBLIC)


def link_in_hand(view: View) -> View:
    """Open a page to whoever holds the link in its address; the view reads the link itself."""
    return marked(view, BY_LINK)


def first_step(view: View) -> View:
    """Open a page to whoever has logged in, with or without a second factor: it is given here."""
    return marked(_only(view, lambda _: True, whole=False), FIRST_STEP)


def logged_in(view: View) -> View:
    """Open a page to whoever has logged in; the others are sent to the log-in page."""
    return marked(_only(view, lambda _: True), LOGGED_IN)


def role_needed(*roles: Role) -> Callable[[View], View]:
    """Open a page to those who hold one of ``roles``; other people are told so (403)."""

    def gate(view: View) -> View:
        checked = _only(view, lambda user: not roles_of(user).isdisjoint(roles))
        return marked(checked, "role:" + ",".join(sorted(roles)))

    return gate


def marked(view: View, gate: str) -> View:
    """Return ``view`` with the name of its gate on it."""
    view.gate = gate  # type: ignore[attr-defined]  # a mark on a function
    return view


def lacks_second_factor(request: HttpRequest) -> bool:
    """Return whether somebody who works here has come by the first step of the log-in only."""
    if not (settings.STAFF_SECOND_FACTOR and isinstance(request.user, User)):
        return False
    return works_here(request.user) and not has_second_factor(request, request.user)


def has_second_factor(request: HttpRequest, user: User) -> bool:
    """Return whether a second factor that ``user`` still has was used in this session today.

    That is a code or a passkey, a browser that a code has vouched for, or the employer's log-in
    where it is trusted to ask for one.
    """
    used = {record["id"] for record in _fresh(request, user) if record["method"] == "mfa"}
    if used and Authenticator.objects.filter(user=user, pk__in=used).exists():
        return True
    return employer_vouches(request, user) or is_trusted_browser(request, user)


def employer_vouches(request: HttpRequest, user: User) -> bool:
    """Return whether the session comes from an employer's log-in that is a second factor itself."""
    employer = settings.EMPLOYER
    return bool(employer and employer.is_second_factor) and any(
        record["method"] == "socialaccount" for record in _fresh(request, user)
    )


def _fresh(request: HttpRequest, user: User) -> list[dict[str, Any]]:
    """Return how ``user`` has shown who they are in this session, without what is too old."""
    since = time.time() - settings.STAFF_SECOND_FACTOR_HOURS * 3600
    return [one for one in get_authentication_records(request, user) if one["at"] > since]


def _only(view: View, may_open: Callable[[User], bool], *, whole: bool = True) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        if not may_open(request.user):
            raise PermissionDenied
        if whole and lacks_second_factor(request):
            return redirect_to_login(request.get_full_path(), settings.SECOND_FACTOR_URL)
        return view(request, *args, **kwargs)

    return checked  # type: ignore[return-value]  # same shape as the view it wraps
