"""Addresses of certificates."""

from django.urls import URLPattern

app_name = "deminimis"
urlpatterns: list[URLPattern] = []
