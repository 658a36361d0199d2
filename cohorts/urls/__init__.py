"""Addresses of cohorts, one file for each kind of reader."""

from cohorts.urls import aid, participant, planning, protection, public, staff

app_name = "cohorts"
urlpatterns = [
    *public.urlpatterns,
    *participant.urlpatterns,
    *staff.urlpatterns,
    *planning.urlpatterns,
    *aid.urlpatterns,
    *protection.urlpatterns,
]
