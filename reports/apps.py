"""The app's place in the site."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
