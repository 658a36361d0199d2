"""Addresses of certificates."""

from django.urls import path

from deminimis.views import certificate as views

app_name = "deminimis"
urlpatterns = [
    path("intyg/<str:token>/", views.certificate, name="certificate"),
    path("intyg/<str:token>/<slug:page>/", views.certificate_page, name="certificate_page"),
]
