"""Addresses for the aid pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
