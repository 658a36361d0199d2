"""Who a session belongs to, read with the roles in one statement: every page asks for both."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from accounts.queries import user_with_roles


class OneStatement(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """allauth's log-in; the roles come with the person."""

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session, or None if they are gone or may not log in."""
        user = user_with_roles(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
