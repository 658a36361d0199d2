"""What every page knows: the site, the menu for this person, the other language."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import roles_of
from accounts.rules import Role
from cohorts.queries import current_programme
from cohorts.words.publicity import publicity_of

ENGLISH = "/en"
PUBLICITY_KEPT_SECONDS = 300


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the context of every page; nothing is read before a template asks for it."""
    return {
        "site": (known := SimpleLazyObject(_site)),
        "regai": known,  # allauth's pages have a "site" of their own
        "menu": SimpleLazyObject(lambda: _menu(request)),
        "language_switch": SimpleLazyObject(lambda: _languages(request)),
    }


def _site() -> dict[str, Any]:
    kept = cache.get_or_set(f"publicity/{get_language()}", _publicity, PUBLICITY_KEPT_SECONDS)
    return {
        **settings.SITE,
        "example_mode": settings.EXAMPLE_MODE,
        "employer": settings.EMPLOYER.label if settings.EMPLOYER else "",
        **(kept or {}),
    }


def _publicity() -> dict[str, Any]:
    programme = current_programme()
    if programme is None:
        return {"programme_name": settings.SITE["name"], "publicity": None}
    return {
        "programme_name": programme.name,
        "publicity": {
            "text": publicity_of(programme.facts),
            "financiers": programme.financiers,
            "eu": bool(programme.facts.get("eu_cofinanced")),
        },
    }


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    entries = [
        (reverse("cohorts:courses"), _("Kurser")),
        (reverse("cohorts:meetings"), _("Träffar")),
        (reverse("regai:employers"), _("För arbetsgivare")),
        (reverse("regai:questions"), _("Frågor och svar")),
    ]
    user = getattr(request, "user", None)
    if isinstance(user, User):
        roles = roles_of(user)
        entries = [(reverse("cohorts:my_page"), _("Min sida")), *_staff_entries(roles)]
        if not roles and user.speaks_for.filter(ended_at=None).exists():
            entries.append((reverse("cohorts:my_company"), _("Företaget")))
        entries.append((reverse("cohorts:courses"), _("Kurser")))
    return [
        {"url": url, "label": label, "current": request.path.startswith(url)}
        for url, label in entries
    ]


def _staff_entries(roles: frozenset[Role]) -> list[tuple[str, str]]:
    entries = []
    if Role.FACILITATOR in roles:
        entries.append((reverse("cohorts:facilitator"), _("Handledare")))
    if Role.COORDINATOR in roles:
        entries.append((reverse("cohorts:coordinator"), _("Samordna")))
    if Role.AID_OFFICER in roles:
        entries.append((reverse("cohorts:aid_desk"), _("Stöd")))
    if Role.COACH in roles:
        entries.append((reverse("cohorts:coach"), _("Coach")))
    if Role.DATA_PROTECTION in roles:
        entries.append((reverse("cohorts:protection"), _("Dataskydd")))
    if roles & {Role.COORDINATOR, Role.AUDITOR}:
        entries.append((reverse("reports:report"), _("Rapport")))
    return entries


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    path = request.get_full_path()
    swedish = path.removeprefix(ENGLISH) or "/"
    if not swedish.startswith("/"):  # "/english-something" is no English page
        swedish = path
    now = get_language()
    return [
        {"code": "sv", "label": "Svenska", "url": swedish, "current": now == "sv"},
        {"code": "en", "label": "English", "url": ENGLISH + swedish, "current": now == "en"},
    ]
