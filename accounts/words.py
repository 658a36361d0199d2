"""The words people read for roles."""

from django.utils.translation import gettext_lazy as _

from accounts.rules import Role

ROLES = {
    Role.COACH: _("kommuncoach"),
    Role.FACILITATOR: _("handledare"),
    Role.COORDINATOR: _("samordnare"),
    Role.AID_OFFICER: _("stödhandläggare"),
    Role.AUDITOR: _("revisor"),
    Role.DATA_PROTECTION: _("dataskyddsombud"),
    Role.OPERATOR: _("driftansvarig"),
}
