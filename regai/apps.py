"""The site as an app: what plugs the parts together when the process starts."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class RegaiConfig(AppConfig):
    name = "regai"

    def ready(self) -> None:
        """Hang up the outbox's doorbell and register the system checks."""
        from outbox import steps  # noqa: PLC0415 -- models exist only now
        from regai import checks, doorbell  # noqa: F401, PLC0415 -- importing registers the checks

        if doorbell.ring not in steps.doorbell:
            steps.doorbell.append(doorbell.ring)


class OperatorConfig(AdminConfig):
    """Django's admin behind the same log-in as all else."""

    default_site = "regai.operator_site.OperatorSite"
