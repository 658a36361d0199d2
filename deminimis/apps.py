"""The app's place in the site."""

from django.apps import AppConfig


class DeminimisConfig(AppConfig):
    name = "deminimis"
