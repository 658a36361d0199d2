"""Addresses of the data protection officer."""

from django.urls import path

from cohorts.views import protection

urlpatterns = [
    path("dataskydd/", protection.protection, name="protection"),
    path("dataskydd/raderat/", protection.erased, name="erased"),
    path("dataskydd/personer/<int:interest_id>/", protection.erase_interest, name="erase_interest"),
    path("dataskydd/konton/<int:user_id>/", protection.erase_log_in, name="erase_log_in"),
]
