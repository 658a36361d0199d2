"""The site. Celery's app is loaded with it, so that shared tasks find it."""

from regai.celery import app as celery_app

__all__ = ["celery_app"]
