"""The app's place in the site."""

from django.apps import AppConfig


class VotingConfig(AppConfig):
    name = "voting"
