"""Who may open a page. Every view wears exactly one gate; a test walks the URLs to see to it.

A gate answers for the kind of person only. Which rows they may see is the query's business: it
starts from the user, and somebody else's row does not exist (404).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.models import User
from accounts.queries import roles_of
from accounts.rules import Role

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

PUBLIC = "anyone"
BY_LINK = "link"
LOGGED_IN = "logged_in"


def anyone(view: View) -> View:
    """Open a page to the public; it needs no cookie."""
    return marked(view, PUBLIC)


def link_in_hand(view: View) -> View:
    """Open a page to whoever holds the link in its address; the view reads the link itself."""
    return marked(view, BY_LINK)


def logged_in(view: View) -> View:
    """Open a page to whoever has logged in; the others are sent to the log-in page."""
    return marked(_only(view, lambda _user: True), LOGGED_IN)


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


def _only(view: View, may_open: Callable[[User], bool]) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        if not may_open(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked  # type: ignore[return-value]  # same shape as the view it wraps
