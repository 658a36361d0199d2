"""Addresses that only example mode has."""

from django.urls import path

from regai.example import views

app_name = "example"
urlpatterns = [
    path("brevladan/", views.mailbox, name="mailbox"),
    path("brevladan/logga-in/", views.log_in, name="log_in"),
    path("brevladan/<int:message_id>/", views.letter, name="letter"),
    path("brevladan/<int:message_id>/html/", views.letter_html, name="letter_html"),
]
