"""Addresses of cohorts, one file for each kind of reader."""

from cohorts.urls import aid, participant, protection, public, staff

app_name = "cohorts"
urlpatterns = [
    *public.urlpatterns,
    *participant.urlpatterns,
    *staff.urlpatterns,
    *aid.urlpatterns,
    *protection.urlpatterns,
]
