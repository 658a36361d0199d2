"""What the pages of example mode read: letters, and the people in the region."""

from django.db.models import Q, QuerySet

from accounts.models import User
from cohorts.models import Interest
from outbox.models import Message
from regai.example.people import EVERYBODY, Somebody, is_invented


def letters(to: str = "") -> QuerySet[Message]:
    """Return all letters, newest first; ``to`` narrows by any part of the receiver's address."""
    found = Message.objects.order_by("-queued_at", "-id")
    return found.filter(to__icontains=to.strip()) if to.strip() else found


def invented_user(email: str) -> User | None:
    """Return the user with an address under example.org, or None: nobody real is among them."""
    if not is_invented(email):
        return None
    return User.objects.filter(email=User.objects.canonical(email), is_active=True).first()


def receiver_of(message: Message) -> User | None:
    """Return who logs in to follow the links of a letter, or None before there is a log-in."""
    kind, _, row = message.about.partition("/")
    of_interest = Interest.objects.filter(pk=row).values("user") if kind == "interest" else None
    found = Q(email=User.objects.canonical(message.to))
    if of_interest is not None:
        found |= Q(pk__in=of_interest)
    return User.objects.filter(found, is_active=True).order_by("pk").first()


def people_to_be() -> list[tuple[Somebody, User]]:
    """Return those whom one can log in as, in the order of the roles; none before the region is."""
    users = {
        user.email: user
        for user in User.objects.filter(
            email__in=[somebody.email for somebody in EVERYBODY], is_active=True
        )
    }
    return [(who, users[who.email]) for who in EVERYBODY if who.email in users]
