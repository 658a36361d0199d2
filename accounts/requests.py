"""The request that a view behind a gate is handed."""

from django.http import HttpRequest

from accounts.models import User


class UserRequest(HttpRequest):
    """A request behind ``logged_in`` or ``role_needed``: its user is one of ours."""

    user: User
