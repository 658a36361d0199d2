"""The site as an app: what plugs the parts together when the process starts."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class RegaiConfig(AppConfig):
    name = "regai"

    def ready(self) -> None:
        """Hang up what one app does for another, and register the system checks."""
        from cohorts.steps import plan_jobs  # noqa: PLC0415 -- models exist only now
        from cohorts.steps.fees import decide_after_certificate  # noqa: PLC0415 -- as above
        from deminimis.actions import certificates  # noqa: PLC0415 -- models exist only now
        from outbox import steps  # noqa: PLC0415 -- models exist only now
        from regai import checks, doorbell  # noqa: F401, PLC0415 -- importing registers the checks

        if doorbell.ring not in steps.doorbell:
            steps.doorbell.append(doorbell.ring)
        if doorbell.ring_planner not in plan_jobs.planner_bell:
            plan_jobs.planner_bell.append(doorbell.ring_planner)
        if decide_after_certificate not in certificates.taken_back:
            certificates.taken_back.append(decide_after_certificate)


class OperatorConfig(AdminConfig):
    """Django's admin behind the same log-in as all else."""

    default_site = "regai.operator_site.OperatorSite"
