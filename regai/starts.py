"""Where each kind of person begins."""

from django.urls import reverse

from accounts.models import User
from accounts.queries import roles_of
from accounts.rules import Role

# The first role that somebody holds decides; whoever holds none is a participant or a contact.
PAGES = (
    (Role.COORDINATOR, "cohorts:coordinator"),
    (Role.FACILITATOR, "cohorts:facilitator"),
    (Role.AID_OFFICER, "cohorts:aid_desk"),
    (Role.COACH, "cohorts:coach"),
    (Role.AUDITOR, "reports:report"),
    (Role.DATA_PROTECTION, "cohorts:protection"),
    (Role.OPERATOR, "admin:index"),
)


def start_page(user: User) -> str:
    """Return the address of the page where ``user`` begins after logging in."""
    roles = roles_of(user)
    page = next((page for role, page in PAGES if role in roles), "")
    if not page:
        speaks_only = user.speaks_for.exists() and not user.enrolments.exists()
        page = "cohorts:my_company" if speaks_only else "cohorts:my_page"
    return reverse(page)
