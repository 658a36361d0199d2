"""The task queue, and what the clock starts. Every task is one line that calls an action."""

import os
from datetime import timedelta

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regai.settings")

app = Celery("regai")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
MINUTE = timedelta(seconds=60)
TEN_MINUTES = timedelta(minutes=10)
app.conf.beat_schedule = {
    task: {"task": task, "schedule": often, "options": {"expires": 600}}
    for task, often in {
        "outbox.tasks.deliver_waiting": MINUTE,
        "cohorts.tasks.close_votes": MINUTE,
        "cohorts.tasks.lapse_invitations": TEN_MINUTES,
        "cohorts.tasks.lapse_offers": TEN_MINUTES,
        "cohorts.tasks.remind_of_invitations": crontab(minute=5),
        "cohorts.tasks.remind_of_meetings": crontab(minute=10),
        "cohorts.tasks.remind_voters": crontab(minute=15),
        "cohorts.tasks.purge_unconfirmed": crontab(hour=4, minute=10),
        "cohorts.tasks.end_pauses": crontab(hour=4, minute=20),
        "cohorts.tasks.ask_to_renew": crontab(hour=4, minute=30),
    }.items()
}
