"""The task queue, and what the clock starts. Every task is one line that calls an action."""

import os
from datetime import timedelta
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regai.settings")

app = Celery("regai")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_the_site_does(**_: Any) -> None:
    """Keep celery from setting up logging of its own: worker and beat write as the web does."""
    dictConfig(settings.LOGGING)


MINUTE = timedelta(seconds=60)
TEN_MINUTES = timedelta(minutes=10)
app.conf.beat_schedule = {
    task: {"task": task, "schedule": often, "options": {"expires": 600}}
    for task, often in {
        "outbox.tasks.deliver_waiting": MINUTE,
        "cohorts.tasks.open_votes": MINUTE,
        "cohorts.tasks.close_votes": MINUTE,
        "cohorts.tasks.make_plans": MINUTE,
        "cohorts.tasks.sweep_votes": MINUTE,
        "cohorts.tasks.lapse_invitations": TEN_MINUTES,
        "cohorts.tasks.lapse_offers": TEN_MINUTES,
        "cohorts.tasks.remind_of_invitations": crontab(minute=5),
        "cohorts.tasks.remind_of_offers": crontab(minute=7),
        "cohorts.tasks.remind_of_meetings": crontab(minute=10),
        "cohorts.tasks.remind_voters": crontab(minute=15),
        "cohorts.tasks.send_weeks": crontab(minute=20, day_of_week="mon"),
        "cohorts.tasks.remind_of_lessons": crontab(hour=9, minute=25),
        "cohorts.tasks.erase_needs": crontab(hour=4, minute=40),
        "cohorts.tasks.forget_lost_files": crontab(hour=4, minute=50),
        "cohorts.tasks.purge_unconfirmed": crontab(hour=4, minute=10),
        "cohorts.tasks.end_pauses": crontab(hour=4, minute=20),
        "cohorts.tasks.ask_to_renew": crontab(hour=4, minute=30),
        "cohorts.tasks.remind_of_register": crontab(hour=7, minute=5),
        # The bank publishes at 16:00 Central European Time on its working days.
        "deminimis.tasks.fetch_rates": crontab(hour=18, minute=20),
        "cohorts.tasks.decide_for_new_rates": crontab(hour=18, minute=40),
        "regai.tasks.check_invariants": crontab(hour=3, minute=30),
        "regai.tasks.forget_ended_sessions": crontab(hour=3, minute=50),
    }.items()
}
